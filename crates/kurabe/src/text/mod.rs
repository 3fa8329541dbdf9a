//! Everything the program says, Japanese and English side by side.
//!
//! A message is a function of the language and of what it names. No other module holds words
//! that a person reads.

use std::fmt;

/// Declares messages: a name with its arguments, the Japanese and the English wording.
macro_rules! messages {
    ($($(#[doc = $doc:literal])* $name:ident($($argument:ident),*) = $ja:literal, $en:literal;)+) => {$(
        $(#[doc = $doc])*
        #[must_use]
        pub fn $name(lang: $crate::text::Lang $(, $argument: impl std::fmt::Display)*) -> String {
            match lang {
                $crate::text::Lang::Ja => format!($ja),
                $crate::text::Lang::En => format!($en),
            }
        }
    )+};
}

pub mod accuracy;
pub mod comparison;
pub mod database;
pub mod decision;
pub mod difference;
pub mod fetch;
pub mod help;
pub mod package;
pub mod peers;
pub mod problem;
pub mod remark;
pub mod report;
pub mod review;
pub mod screen;
pub mod serve;
pub mod starter;
pub mod survey;
pub mod view;

/// The language the program speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Lang {
    /// Japanese.
    #[default]
    Ja,
    /// English.
    En,
}

impl Lang {
    /// The language of that name (`ja`, `en`; also `ja_JP.UTF-8` and the like).
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        match name.split(['_', '-', '.']).next() {
            Some("ja") => Some(Self::Ja),
            Some("en") => Some(Self::En),
            _ => None,
        }
    }

    /// Takes the wording in this language out of a pair.
    pub fn pick<'a>(self, ja: &'a str, en: &'a str) -> &'a str {
        match self {
            Self::Ja => ja,
            Self::En => en,
        }
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.pick("ja", "en"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_known_by_their_locale_names() {
        assert_eq!(Lang::parse("ja"), Some(Lang::Ja));
        assert_eq!(Lang::parse("en_GB.UTF-8"), Some(Lang::En));
        assert_eq!(Lang::parse("fr"), None);
    }
}
