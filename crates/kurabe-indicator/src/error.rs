//! What can be wrong with the files of `indicators/`.

use thiserror::Error;

/// Why indicators cannot be used; each message names file and line and ends in what to do.
#[derive(Debug, Error, Clone, PartialEq, Eq)]
pub enum IndicatorError {
    /// No TOML, or a key is unknown, missing or of the wrong type.
    #[error("{path}:{line}: {message}; docs/guides/add-an-indicator.md lists the keys")]
    Invalid {
        /// The file.
        path: String,
        /// Line, from 1.
        line: usize,
        /// What the TOML reader said.
        message: String,
    },
    /// An id stands twice.
    #[error("{path}:{line}: the id `{id}` stands in {first} too; give one of them another")]
    Twice {
        /// The file.
        path: String,
        /// Line, from 1.
        line: usize,
        /// The id.
        id: String,
        /// File and line of the first.
        first: String,
    },
    /// A value cannot be used.
    #[error("{path}:{line}: `{id}`: {what}; {hint}")]
    Value {
        /// The file.
        path: String,
        /// Line, from 1.
        line: usize,
        /// Id of the indicator or rule.
        id: String,
        /// What is wrong.
        what: String,
        /// What to do.
        hint: &'static str,
    },
}
