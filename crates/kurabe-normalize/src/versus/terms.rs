//! Words of a plan that speak of an indicator.

use std::cell::RefCell;
use std::collections::BTreeMap;

use kurabe_text::width;

/// Texts as they are compared, each folded once: every indicator looks at the same ones.
pub(crate) type Folded = RefCell<BTreeMap<String, String>>;

/// Terms, ready to be looked for.
pub(crate) struct Terms<'f> {
    terms: Vec<Vec<String>>,
    without: Vec<String>,
    folded: &'f Folded,
}

impl<'f> Terms<'f> {
    pub(crate) fn new(terms: &[String], without: &[String], folded: &'f Folded) -> Self {
        let words = |term: &String| term.split_whitespace().map(fold).collect();
        Self {
            terms: terms.iter().map(words).collect(),
            without: without.iter().map(|term| fold(term)).collect(),
            folded,
        }
    }

    /// Whether a text speaks of it.
    pub(crate) fn are_in(&self, text: &str) -> bool {
        let mut folded = self.folded.borrow_mut();
        if !folded.contains_key(text) {
            folded.insert(text.to_owned(), fold(text));
        }
        let Some(text) = folded.get(text) else {
            return false;
        };
        let is_spoken = |term: &Vec<String>| term.iter().all(|word| stands(text, word));
        let is_other = self.without.iter().any(|word| stands(text, word));
        !is_other && self.terms.iter().any(is_spoken)
    }
}

/// One width and case, no white space between Japanese words.
fn fold(text: &str) -> String {
    width::tidy(&width::nfkc(text)).to_lowercase()
}

/// Whether a word stands in a text, Latin letters not as a part of a longer word.
fn stands(text: &str, word: &str) -> bool {
    let is_free = |next: Option<char>, edge: Option<char>| {
        let is_letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
        !(is_letter(next) && is_letter(edge))
    };
    text.match_indices(word).any(|(at, found)| {
        let before = text.get(..at).and_then(|part| part.chars().next_back());
        let after = text
            .get(at + found.len()..)
            .and_then(|part| part.chars().next());
        is_free(before, word.chars().next()) && is_free(after, word.chars().next_back())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(terms: &[&str], without: &[&str]) -> Terms<'static> {
        let owned = |words: &[&str]| {
            words
                .iter()
                .map(|word| (*word).to_owned())
                .collect::<Vec<_>>()
        };
        let folded = Box::leak(Box::default());
        Terms::new(&owned(terms), &owned(without), folded)
    }

    #[test]
    fn latin_terms_are_whole_words() {
        let ai = terms(&["AI"], &["ドリル"]);
        assert!(ai.are_in("生成ＡＩの業務利用") && ai.are_in("AI-OCR"));
        assert!(!ai.are_in("RAIDAの活用") && !ai.are_in("AIドリル") && !ai.are_in("main"));
    }

    #[test]
    fn all_words_of_a_term_are_needed() {
        let training = terms(&["全職員 研修"], &["セキュリティ"]);
        assert!(training.are_in("DX 推進検討委員及び全職員への研修"));
        assert!(
            !training.are_in("全職員への周知") && !training.are_in("全職員向けセキュリティ研修")
        );
    }
}
