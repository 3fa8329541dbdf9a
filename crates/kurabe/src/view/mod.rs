//! A file as it was read, to be looked at: as text, as JSON, and beside its source as HTML.

mod html;
mod json;
mod links;
mod listing;
mod model;

pub(crate) use html::{USUAL_PAGES, html};
pub(crate) use json::json;
pub(crate) use listing::listing;
pub(crate) use model::{About, View};

use std::ops::RangeInclusive;

/// The pages or sheets that are shown, from 1: `3`, `1-3`, `4-`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pages {
    /// The first one.
    pub first: usize,
    /// The last one; all that follow when absent.
    pub last: Option<usize>,
}

impl Pages {
    /// Understands a range as it is typed.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let number = |text: &str| text.trim().parse().ok().filter(|n: &usize| *n > 0);
        let (first, last) = match text.split_once('-') {
            None => (number(text)?, Some(number(text)?)),
            Some((first, "")) => (number(first)?, None),
            Some((first, last)) => (number(first)?, Some(number(last)?)),
        };
        last.is_none_or(|last| first <= last)
            .then_some(Self { first, last })
    }

    /// The numbers that are meant.
    #[must_use]
    pub fn range(self) -> RangeInclusive<usize> {
        self.first..=self.last.unwrap_or(usize::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_of_pages_are_understood() {
        let range = |text| Pages::parse(text).map(Pages::range);
        assert_eq!(range("3"), Some(3..=3));
        assert_eq!(range("1-3"), Some(1..=3));
        assert_eq!(range("4-"), Some(4..=usize::MAX));
        for wrong in ["", "0", "-3", "3-1", "a", "1-x", "1,2"] {
            assert_eq!(range(wrong), None, "{wrong}");
        }
    }
}
