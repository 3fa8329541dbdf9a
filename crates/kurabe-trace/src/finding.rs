//! Findings and values that carry them.

use serde::{Deserialize, Serialize};

use crate::{Code, Locator};

/// Something a careful reader of the source would want to be told.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Finding {
    /// What kind of remark it is; severity follows from it.
    pub code: Code,
    /// Where it stands.
    pub locator: Locator,
    /// The measure it is about, when it is about one.
    pub measure_id: Option<String>,
    /// The remark in Japanese, one sentence.
    pub message_ja: String,
    /// The remark in English, one sentence.
    pub message_en: String,
    /// The words as printed that the remark is about.
    pub raw: Option<String>,
    /// What the program published in their place, when it did.
    pub repaired: Option<String>,
}

impl Finding {
    /// A finding of `code` at `locator` with its sentence in both languages.
    #[must_use]
    pub fn new(
        code: Code,
        locator: Locator,
        message_ja: impl Into<String>,
        message_en: impl Into<String>,
    ) -> Self {
        Self {
            code,
            locator,
            measure_id: None,
            message_ja: message_ja.into(),
            message_en: message_en.into(),
            raw: None,
            repaired: None,
        }
    }

    /// Names the measure that the finding is about.
    #[must_use]
    pub fn of_measure(mut self, measure_id: impl Into<String>) -> Self {
        self.measure_id = Some(measure_id.into());
        self
    }

    /// Quotes the words as printed.
    #[must_use]
    pub fn raw(mut self, raw: impl Into<String>) -> Self {
        self.raw = Some(raw.into());
        self
    }

    /// Says what was published instead.
    #[must_use]
    pub fn repaired(mut self, repaired: impl Into<String>) -> Self {
        self.repaired = Some(repaired.into());
        self
    }
}

/// What a step of the pipeline returns: its value and what it has to remark.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Staged<T> {
    /// The result.
    pub value: T,
    /// Remarks, in the order they were made.
    pub findings: Vec<Finding>,
}

impl<T> Staged<T> {
    /// A value without remarks.
    #[must_use]
    pub fn clean(value: T) -> Self {
        Self {
            value,
            findings: Vec::new(),
        }
    }
}
