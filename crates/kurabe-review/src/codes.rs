//! The codes of an edition, and what a coder gives a measure.

use kurabe_text::width;

/// A code that may be given, with what people read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// Id as it stands in the data, such as `frontyard`.
    pub id: String,
    /// Label in Japanese.
    pub label_ja: String,
    /// Label in English.
    pub label_en: String,
}

/// The codes of one edition, in the order of the edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Codes {
    edition: String,
    list: Vec<Code>,
}

impl Codes {
    /// The codes of an edition such as `5.1`, in the order in which people shall see them.
    pub fn new(edition: impl Into<String>, list: Vec<Code>) -> Self {
        Self {
            edition: edition.into(),
            list,
        }
    }

    /// The edition.
    pub fn edition(&self) -> &str {
        &self.edition
    }

    /// The codes in order.
    pub fn list(&self) -> &[Code] {
        &self.list
    }

    /// The id that a person means: the id itself or one of its labels, of any width and case.
    /// A label that several codes share means none of them.
    ///
    /// ```
    /// use kurabe_review::{Code, Codes};
    /// let code = |id: &str, ja: &str, en: &str| Code {
    ///     id: id.into(), label_ja: ja.into(), label_en: en.into(),
    /// };
    /// let codes = Codes::new("5.1", vec![code("ai", "AIの利用推進", "Use of AI")]);
    /// assert_eq!(codes.resolve("ＡＩの利用推進"), Some("ai"));
    /// assert_eq!(codes.resolve("rpa"), None);
    /// ```
    pub fn resolve(&self, text: &str) -> Option<&str> {
        resolve(&self.list, text)
    }

    /// The id that resembles a text most, for a hint.
    pub(crate) fn nearest(&self, text: &str) -> Option<String> {
        nearest(&self.list, text)
    }

    /// Place of a code in the edition; unknown codes stand last.
    fn place(&self, id: &str) -> usize {
        let found = self.list.iter().position(|code| code.id == id);
        found.unwrap_or(self.list.len())
    }

    /// The same coding with the secondary codes in the order of the edition, each once.
    pub(crate) fn ordered(&self, coding: &Coding) -> Coding {
        let mut secondary = coding.secondary.clone();
        secondary.sort_by(|a, b| (self.place(a), a).cmp(&(self.place(b), b)));
        secondary.dedup();
        Coding {
            primary: coding.primary.clone(),
            secondary,
        }
    }
}

/// [`Codes::resolve`] for any list of words with labels.
pub(crate) fn resolve<'c>(list: &'c [Code], text: &str) -> Option<&'c str> {
    let wanted = width::key(text);
    let by_id = list.iter().find(|code| width::key(&code.id) == wanted);
    let is_label =
        |code: &&Code| width::key(&code.label_ja) == wanted || width::key(&code.label_en) == wanted;
    by_id
        .or_else(|| {
            let mut labelled = list.iter().filter(is_label);
            labelled.next().filter(|_| labelled.next().is_none())
        })
        .map(|code| code.id.as_str())
}

/// The id whose id or label resembles a text most.
pub(crate) fn nearest(list: &[Code], text: &str) -> Option<String> {
    let wanted = width::key(text);
    let score = |code: &Code| {
        [&code.id, &code.label_ja, &code.label_en]
            .map(|name| strsim::normalized_damerau_levenshtein(&wanted, &width::key(name)))
            .into_iter()
            .fold(0.0, f64::max)
    };
    list.iter()
        .map(|code| (score(code), code))
        .filter(|(score, _)| *score >= 0.4)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, code)| code.id.clone())
}

/// The codes that a measure has: one primary code and any number of secondary ones.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Coding {
    /// The primary code; `None` when none was given.
    pub primary: Option<String>,
    /// The secondary codes, without the primary one.
    pub secondary: Vec<String>,
}

impl Coding {
    /// A coding with a primary code.
    pub fn new<'s>(primary: &str, secondary: impl IntoIterator<Item = &'s str>) -> Self {
        Self {
            primary: Some(primary.to_owned()),
            secondary: secondary.into_iter().map(str::to_owned).collect(),
        }
    }

    /// `ai; frontyard`: the codes in one line, the primary one first; `-` when there is none.
    pub fn in_words(&self) -> String {
        let all: Vec<&str> = self.all().collect();
        if all.is_empty() {
            "-".to_owned()
        } else {
            all.join("; ")
        }
    }

    /// All codes, the primary one first.
    pub(crate) fn all(&self) -> impl Iterator<Item = &str> {
        self.primary
            .iter()
            .chain(&self.secondary)
            .map(String::as_str)
    }
}
