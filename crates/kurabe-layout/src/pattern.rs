//! Patterns of a profile: regular expressions that see one width of characters.

use regex::Regex;
use serde::{Deserialize, Deserializer, de::Error};

/// A regular expression over *folded* text: full-width letters, digits, brackets and colons
/// count as half-width, an ideographic space as a space. Patterns are written half-width.
/// What a group captures is given back as printed.
#[derive(Debug, Clone)]
pub struct Pattern(Regex);

/// What a pattern found, by group name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    groups: Vec<(String, String)>,
}

impl Found {
    /// The words that the group `name` captured, as printed.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.groups
            .iter()
            .find(|(n, _)| n == name)
            .map(|(_, text)| text.as_str())
    }
}

impl Pattern {
    /// Whether the pattern occurs in the text.
    #[must_use]
    pub fn is_match(&self, text: &str) -> bool {
        self.0.is_match(&fold(text.trim()))
    }

    /// The first place where the pattern occurs, with the words of its named groups.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<Found> {
        let text = text.trim();
        let folded = fold(text);
        let captures = self.0.captures(&folded)?;
        let names = self.0.capture_names().flatten();
        let groups = names
            .filter_map(|name| {
                let found = captures.name(name)?;
                Some((name.to_owned(), unfold(text, &folded, found.range())))
            })
            .collect();
        Some(Found { groups })
    }
}

impl<'de> Deserialize<'de> for Pattern {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let source = String::deserialize(deserializer)?;
        Regex::new(&source)
            .map(Self)
            .map_err(|e| D::Error::custom(format!("not a pattern: {e}")))
    }
}

/// Folds width, one character to one character.
pub(crate) fn fold(text: &str) -> String {
    text.chars().map(fold_char).collect()
}

fn fold_char(c: char) -> char {
    match c {
        '\u{3000}' | '\u{a0}' => ' ',
        '〜' | '～' | '∼' => '~',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        other => other,
    }
}

/// The part of `text` that corresponds to a byte range of its folded form.
fn unfold(text: &str, folded: &str, range: std::ops::Range<usize>) -> String {
    let skip = folded[..range.start].chars().count();
    let take = folded[range].chars().count();
    text.chars().skip(skip).take(take).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_come_back_as_printed() {
        let pattern = Pattern(Regex::new(r"^\((?<n>\d+)\) (?<t>.+)$").unwrap());
        let found = pattern.find("（１）　題名（案）").unwrap();
        assert_eq!(found.get("n"), Some("１"));
        assert_eq!(found.get("t"), Some("題名（案）"));
    }
}
