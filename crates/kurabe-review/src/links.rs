//! What people decided about links between measures of two editions of a plan, as it is kept in
//! `reviews/links/*.toml`.
//!
//! ```toml
//! [[link]]
//! from = "older-measure"   # left out for a new measure
//! to = "newer-measure"     # left out for a dropped one
//! relation = "renamed"     # or `none`: the two have nothing to do with each other
//! content_key = "0123456789abcdef"
//! who = "…"
//! when = "2026-11-20"
//! why = "…"
//! ```
//!
//! A decision is keyed to the texts of both measures ([`link_key`]): when one of them changes, somebody has
//! to look again.

use crate::overrides::content_key;
use jiff::civil::Date;
use serde::Deserialize;
use thiserror::Error;
use toml::Spanned;

/// The word for two measures that are not linked.
pub const NOT_LINKED: &str = "none";

/// The relations that a decision can give.
const RELATIONS: [&str; 7] = [
    "continued",
    "renamed",
    "split",
    "merged",
    "dropped",
    "new",
    NOT_LINKED,
];

/// A decision of a person about one link.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinkDecision {
    /// The older measure; absent when the newer one is new.
    pub from: Option<String>,
    /// The newer measure; absent when the older one was dropped.
    pub to: Option<String>,
    /// How they relate, or [`NOT_LINKED`].
    pub relation: String,
    /// Key of the texts that the person saw, see [`link_key`].
    pub content_key: String,
    /// Who decided.
    pub who: String,
    /// Day of the decision, `2026-11-20`.
    pub when: String,
    /// Why.
    pub why: String,
}

/// Why decisions about links cannot be used.
#[derive(Debug, Error, Clone, PartialEq, Eq)]
pub enum LinkError {
    /// The file is not TOML, or a key is unknown, missing or of the wrong type.
    #[error("{path}:{line}: {message}; correct it, or remove the entry")]
    Invalid {
        /// The file.
        path: String,
        /// Line in the file, from 1.
        line: usize,
        /// What the TOML reader said.
        message: String,
    },
    /// A value has the wrong form.
    #[error("{path}:{line}: `{value}` is no valid `{key}`; {form} is needed")]
    Value {
        /// The file.
        path: String,
        /// Line of the entry, from 1.
        line: usize,
        /// The key.
        key: &'static str,
        /// Its value.
        value: String,
        /// What is needed, in English.
        form: &'static str,
        /// What is needed, in Japanese.
        form_ja: &'static str,
    },
}

impl LinkError {
    /// The message in Japanese, or else in English.
    pub fn message(&self, ja: bool) -> String {
        if !ja {
            return self.to_string();
        }
        match self {
            Self::Invalid {
                path,
                line,
                message,
            } => {
                format!("{path}:{line}: {message}。直すか、その項目を消してください")
            }
            Self::Value {
                path,
                line,
                key,
                value,
                form_ja,
                ..
            } => format!(
                "{path}:{line}: 「{value}」は{key}として正しくありません。{form_ja}にしてください"
            ),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default, rename = "link")]
    links: Vec<Spanned<LinkDecision>>,
}

/// Reads a file of decisions; `path` is for messages.
///
/// # Errors
/// When it is not TOML, a key is unknown or missing, or a value has the wrong form.
pub fn parse(text: &str, path: &str) -> Result<Vec<LinkDecision>, LinkError> {
    let line_of = |at: usize| text.get(..at).unwrap_or_default().matches('\n').count() + 1;
    let file: File = toml::from_str(text).map_err(|error| LinkError::Invalid {
        path: path.to_owned(),
        line: line_of(error.span().map_or(0, |span| span.start)),
        message: error.message().to_owned(),
    })?;
    let checked = file.links.into_iter().map(|spanned| {
        let line = line_of(spanned.span().start);
        let decision = spanned.into_inner();
        match decision.fault() {
            None => Ok(decision),
            Some((key, value, form, form_ja)) => Err(LinkError::Value {
                path: path.to_owned(),
                line,
                key,
                value,
                form,
                form_ja,
            }),
        }
    });
    checked.collect()
}

type Fault = (&'static str, String, &'static str, &'static str);

impl LinkDecision {
    /// The first value that has the wrong form, and what it should be.
    fn fault(&self) -> Option<Fault> {
        let is_hex = |c: char| c.is_ascii_digit() || ('a'..='f').contains(&c);
        let is_day = self
            .when
            .parse::<Date>()
            .is_ok_and(|day| day.to_string() == self.when);
        let wrong = |key, value: &str, form, form_ja| Some((key, value.to_owned(), form, form_ja));
        if !RELATIONS.contains(&&*self.relation) {
            let form = "continued, renamed, split, merged, dropped, new or none";
            return wrong("relation", &self.relation, form, form);
        }
        if self.content_key.len() != 16 || !self.content_key.chars().all(is_hex) {
            let form = "16 hexadecimal digits";
            return wrong("content_key", &self.content_key, form, "16桁の16進数");
        }
        if !is_day {
            let form = "a date such as 2026-11-20";
            return wrong("when", &self.when, form, "2026-11-20のような日付");
        }
        for (key, value) in [("who", &self.who), ("why", &self.why)] {
            if value.trim().is_empty() {
                return wrong(key, value, "a text that is not blank", "空でない文字列");
            }
        }
        self.side()
    }

    /// A side that the relation needs and that is missing, or the other way round.
    fn side(&self) -> Option<Fault> {
        let (from, to) = (self.from.is_some(), self.to.is_some());
        let (fits, form, form_ja) = match self.relation.as_str() {
            "dropped" => (from && !to, "`from` alone", "from だけ"),
            "new" => (!from && to, "`to` alone", "to だけ"),
            _ => (from && to, "`from` and `to`", "from と to の両方"),
        };
        (!fits).then(|| ("relation", self.relation.clone(), form, form_ja))
    }
}

/// Key of what a person reads of a link: of both measures, each by its
/// [`content_key`](crate::overrides::content_key); empty for a side that is not there.
pub fn link_key(from: &str, to: &str) -> String {
    content_key(from, to, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENTRY: &str = "[[link]]\nfrom = \"a\"\nto = \"b\"\nrelation = \"renamed\"\n\
        content_key = \"0123456789abcdef\"\nwho = \"A\"\nwhen = \"2026-11-20\"\nwhy = \"同じ事業\"\n";

    #[test]
    fn an_entry_is_read() {
        let read = parse(ENTRY, "links/a.toml").unwrap();
        assert_eq!(
            (read[0].from.as_deref(), &*read[0].relation),
            (Some("a"), "renamed")
        );
    }

    #[test]
    fn wrong_values_are_refused_with_their_line() {
        for (old, new, key) in [
            ("renamed", "moved", "relation"),
            ("renamed", "dropped", "relation"),
            ("renamed", "new", "relation"),
            ("0123456789abcdef", "0123", "content_key"),
            ("2026-11-20", "2026-11-32", "when"),
            ("同じ事業", " ", "why"),
        ] {
            let error = parse(&ENTRY.replace(old, new), "links/a.toml").unwrap_err();
            assert!(error.to_string().contains(&format!("`{key}`")), "{error}");
            assert!(error.message(true).contains("links/a.toml:1"), "{error}");
        }
        assert!(parse(&format!("{ENTRY}unknown = 1\n"), "a").is_err());
    }

    #[test]
    fn the_key_tells_the_sides_apart() {
        assert_ne!(link_key("a", ""), link_key("", "a"));
    }
}
