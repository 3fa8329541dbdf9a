//! The language of the workbook.

use kurabe_schema::{ColumnSpec, Label, label_in};

/// Language of headers, explanations and labels. Quotations stay in the language of their source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Lang {
    /// Japanese.
    #[default]
    Ja,
    /// English.
    En,
}

impl Lang {
    /// The one of the two that is in this language.
    pub(crate) fn pick<T>(self, ja: T, en: T) -> T {
        match self {
            Self::Ja => ja,
            Self::En => en,
        }
    }

    /// A label in this language.
    pub(crate) fn of(self, label: Label) -> &'static str {
        self.pick(label.ja, label.en)
    }

    /// What people call a word of a closed list; the word itself when the list lacks it.
    pub(crate) fn word<'a>(self, list: &[&str], word: &'a str) -> &'a str {
        label_in(list, word).map_or(word, |label| self.of(label))
    }

    /// The meaning of a column.
    pub(crate) fn meaning(self, column: &ColumnSpec) -> &'static str {
        self.pick(column.ja, column.en)
    }
}
