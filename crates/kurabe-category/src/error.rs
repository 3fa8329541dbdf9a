//! What can be wrong with the files of `editions/`.

use crate::load::SourceFile;
use thiserror::Error;

/// Editions, rules or a model that cannot be used. The message names file, line, key and a remedy.
#[derive(Debug, Error, Clone, PartialEq, Eq)]
pub enum EditionError {
    /// A file that is always needed was not given.
    #[error("{path}: this file is missing")]
    Missing {
        /// Path below `editions/`.
        path: String,
    },
    /// A file that is none of the known ones.
    #[error("{path}: not a file of the editions{}", hint(nearest.as_deref()))]
    UnknownFile {
        /// Path below `editions/`.
        path: String,
        /// The known file that it resembles most.
        nearest: Option<String>,
    },
    /// A key is not one of the keys that may stand there.
    #[error("{path}:{line}: unknown key `{key}`{}", hint(nearest.as_deref()))]
    UnknownKey {
        /// Path below `editions/`.
        path: String,
        /// Line in the file, from 1.
        line: usize,
        /// The key with the table above it, `rule[2].trems`; the index counts from 0.
        key: String,
        /// The valid key that it resembles most.
        nearest: Option<String>,
    },
    /// The file is not TOML, or a value has the wrong type or is missing.
    #[error("{path}:{line}: {message}")]
    Invalid {
        /// Path below `editions/`.
        path: String,
        /// Line in the file, from 1.
        line: usize,
        /// What is wrong.
        message: String,
    },
    /// A word is not one of the words or ids that may stand there.
    #[error("{path}:{line}: `{value}` is no valid value of `{key}`{}", hint(nearest.as_deref()))]
    Word {
        /// Path below `editions/`.
        path: String,
        /// Line in the file, from 1.
        line: usize,
        /// Key that holds the word.
        key: String,
        /// The word as written.
        value: String,
        /// The valid word that it resembles most.
        nearest: Option<String>,
    },
    /// An id is used twice.
    #[error("{path}:{line}: `{value}` of `{key}` is taken already, by {first}")]
    Twice {
        /// Path below `editions/`.
        path: String,
        /// Line in the file, from 1.
        line: usize,
        /// Key that holds the id.
        key: String,
        /// The id.
        value: String,
        /// File and line of its first use.
        first: String,
    },
    /// A text or list is empty, or a term has nothing but white space and dropped characters.
    #[error("{path}:{line}: `{key}` is empty")]
    Empty {
        /// Path below `editions/`.
        path: String,
        /// Line in the file, from 1.
        line: usize,
        /// The key.
        key: String,
    },
    /// A number is out of its range.
    #[error("{path}:{line}: `{key}` is {value}, but must be {must}")]
    Range {
        /// Path below `editions/`.
        path: String,
        /// Line in the file, from 1.
        line: usize,
        /// The key.
        key: String,
        /// The number as read.
        value: String,
        /// What it must be.
        must: &'static str,
    },
    /// A facet is in two categories of one edition.
    #[error("{path}:{line}: facet `{facet}` is in category `{first}` and again in `{second}`")]
    FacetShared {
        /// Path below `editions/`.
        path: String,
        /// Line in the file, from 1.
        line: usize,
        /// The facet.
        facet: String,
        /// The category that has it.
        first: String,
        /// The category that names it again.
        second: String,
    },
    /// Facets are in no category of an edition.
    #[error("{path}: no category has the facets {facets}: each facet must be in exactly one")]
    FacetsMissing {
        /// Path below `editions/`.
        path: String,
        /// The facets.
        facets: String,
    },
    /// The terms cannot be made into an automaton.
    #[error("rules: the terms are too many for one automaton: {message}")]
    Automaton {
        /// What the automaton's builder says.
        message: String,
    },
}

fn hint(nearest: Option<&str>) -> String {
    nearest.map_or_else(String::new, |n| format!("; did you mean `{n}`?"))
}

impl EditionError {
    /// Turns an error of the TOML reader into one that names the key and its nearest neighbour.
    pub(crate) fn from_toml(error: &toml::de::Error, file: &SourceFile<'_>) -> Self {
        let offset = error.span().map_or(0, |s| s.start);
        let before = file.text.get(..offset).unwrap_or_default();
        let path = file.path.to_owned();
        let line = file.line(offset);
        let message = error.message();
        if let Some((field, expected)) = quoted(message, "unknown field `") {
            return Self::UnknownKey {
                path,
                line,
                key: key_path(before, field),
                nearest: nearest(field, expected),
            };
        }
        if let Some((word, expected)) = quoted(message, "unknown variant `") {
            return Self::Word {
                path,
                line,
                key: key_path(before, key_of_value(before)),
                value: word.to_owned(),
                nearest: nearest(word, expected),
            };
        }
        let message = message.to_owned();
        Self::Invalid {
            path,
            line,
            message,
        }
    }
}

/// Word and expected words of serde's "unknown field `x`, expected one of `a`, `b`".
fn quoted<'m>(message: &'m str, prefix: &str) -> Option<(&'m str, Vec<&'m str>)> {
    let (word, rest) = message.strip_prefix(prefix)?.split_once('`')?;
    Some((word, rest.split('`').skip(1).step_by(2).collect()))
}

/// The word that `word` resembles most, if it does.
pub(crate) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    known
        .into_iter()
        .map(|k| (strsim::normalized_damerau_levenshtein(word, k), k))
        .filter(|(likeness, _)| *likeness >= 0.4)
        .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)))
        .map(|(_, k)| k.to_owned())
}

/// The key whose value begins at the end of `before`.
fn key_of_value(before: &str) -> &str {
    let line = before.lines().rev().find(|l| l.contains('='));
    let key = line.and_then(|l| l.split('=').next());
    key.unwrap_or_default().trim()
}

/// `field` after the table that is open at the end of `before`, with its index in an array.
fn key_path(before: &str, field: &str) -> String {
    let current = before.rsplit('\n').next().unwrap_or_default();
    if current.trim_start().starts_with('[') {
        return field.to_owned();
    }
    let header = before.lines().map(str::trim).rfind(|l| l.starts_with('['));
    let Some(header) = header else {
        return field.to_owned();
    };
    let name = header.trim_matches(['[', ']']);
    if !header.starts_with("[[") {
        return format!("{name}.{field}");
    }
    let count = before.lines().filter(|l| l.trim() == header).count();
    format!("{name}[{}].{field}", count.saturating_sub(1))
}
