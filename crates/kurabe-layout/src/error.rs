//! What can be wrong with a profile.

use thiserror::Error;

/// A profile that cannot be used. The message names the file, the place and what to do.
#[derive(Debug, Error, Clone, PartialEq, Eq)]
pub enum ProfileError {
    /// A key is not one of the keys that may stand there.
    #[error("{path}:{line}: unknown key `{key}`{}", hint(nearest.as_deref()))]
    UnknownKey {
        /// File of the profile.
        path: String,
        /// Line in the file, from 1.
        line: usize,
        /// The key with the tables above it, `region[2].table.headr`.
        key: String,
        /// The valid key that it resembles most.
        nearest: Option<String>,
    },
    /// The file is not TOML, or a value has the wrong type or is missing.
    #[error("{path}:{line}: {message}")]
    Invalid {
        /// File of the profile.
        path: String,
        /// Line in the file, from 1.
        line: usize,
        /// What is wrong.
        message: String,
    },
    /// A word is not one of the words that may stand there.
    #[error("{path}: `{value}` is no valid value of `{key}`; did you mean `{nearest}`?")]
    Word {
        /// File of the profile.
        path: String,
        /// Key that holds the word.
        key: String,
        /// The word as written.
        value: String,
        /// The valid word that it resembles most.
        nearest: String,
    },
    /// A date is not written as year-month-day.
    #[error("{path}: `{value}` of `{key}` is no date: write it as 2024-03-31")]
    Date {
        /// File of the profile.
        path: String,
        /// Key that holds the date.
        key: String,
        /// The date as written.
        value: String,
    },
    /// A municipality code is wrong.
    #[error(
        "{path}: `{code}` is not a municipality code: six digits with the right check digit are needed"
    )]
    Code {
        /// File of the profile.
        path: String,
        /// The code as written.
        code: String,
    },
}

fn hint(nearest: Option<&str>) -> String {
    nearest.map_or_else(String::new, |n| format!("; did you mean `{n}`?"))
}

impl ProfileError {
    /// Turns an error of the TOML reader into one that names the key and its nearest neighbour.
    pub(crate) fn from_toml(error: &toml::de::Error, text: &str, path: &str) -> Self {
        let offset = error.span().map_or(0, |s| s.start);
        let before = text.get(..offset).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let message = error.message().to_owned();
        let path = path.to_owned();
        match unknown_field(&message) {
            None => Self::Invalid {
                path,
                line,
                message,
            },
            Some((field, expected)) => {
                let nearest = nearest(field, &expected);
                Self::UnknownKey {
                    path,
                    line,
                    key: key_path(before, field),
                    nearest,
                }
            }
        }
    }
}

/// Field and expected fields of serde's "unknown field `x`, expected one of `a`, `b`".
fn unknown_field(message: &str) -> Option<(&str, Vec<&str>)> {
    let rest = message
        .strip_prefix("unknown field `")
        .or_else(|| message.strip_prefix("unknown variant `"))?;
    let (field, rest) = rest.split_once('`')?;
    Some((field, rest.split('`').skip(1).step_by(2).collect()))
}

fn nearest(field: &str, expected: &[&str]) -> Option<String> {
    expected
        .iter()
        .map(|e| (strsim::normalized_damerau_levenshtein(field, e), *e))
        .filter(|(score, _)| *score >= 0.4)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, e)| e.to_owned())
}

/// The tables that are open at the end of `before`, with the index of array tables.
fn key_path(before: &str, field: &str) -> String {
    let header = before
        .lines()
        .rev()
        .chain(std::iter::once(""))
        .find_map(|l| {
            l.trim()
                .strip_prefix('[')
                .map(|h| h.trim_matches(['[', ']']))
        });
    let Some(header) = header else {
        return field.to_owned();
    };
    let first = header.split('.').next().unwrap_or(header);
    let index = before
        .lines()
        .filter(|l| l.trim() == format!("[[{first}]]"))
        .count();
    let rest = header.strip_prefix(first).unwrap_or_default();
    let last = rest.rsplit('.').next().unwrap_or_default();
    let tail = if last == field || (rest.is_empty() && first == field) {
        String::new()
    } else {
        format!(".{field}")
    };
    let position = if index > 0 {
        format!("[{}]", index - 1)
    } else {
        String::new()
    };
    format!("{first}{position}{rest}{tail}")
}
