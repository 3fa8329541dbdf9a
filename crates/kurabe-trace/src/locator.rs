//! Places in a source document.

use std::fmt;

/// A place in a source document. It prints as the `locator` column of the published tables.
///
/// ```
/// use kurabe_trace::Locator;
/// assert_eq!(Locator::lines(120, 131).to_string(), "L120-131");
/// assert_eq!(Locator::lines(12, 12).to_string(), "L12");
/// assert_eq!(Locator::cell(12, 3).to_string(), "L12C3");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Locator {
    /// Whole lines of a text source, both ends included, counting from 1.
    Lines {
        /// First line.
        first: u32,
        /// Last line, not before `first`.
        last: u32,
    },
    /// One cell of a row of a text source: line and column, both counting from 1.
    Cell {
        /// Line of the row.
        line: u32,
        /// Column in the row.
        column: u32,
    },
    /// The document as a whole.
    Document,
}

impl Locator {
    /// Lines `first` to `last`; the order of the two does not matter.
    #[must_use]
    pub fn lines(first: u32, last: u32) -> Self {
        Self::Lines {
            first: first.min(last),
            last: first.max(last),
        }
    }

    /// One line.
    #[must_use]
    pub fn line(line: u32) -> Self {
        Self::lines(line, line)
    }

    /// The cell in `column` of the row on `line`.
    #[must_use]
    pub fn cell(line: u32, column: u32) -> Self {
        Self::Cell { line, column }
    }

    /// First and last line of the place; `None` for the document as a whole.
    #[must_use]
    pub fn line_span(&self) -> Option<(u32, u32)> {
        match self {
            Self::Lines { first, last } => Some((*first, *last)),
            Self::Cell { line, .. } => Some((*line, *line)),
            Self::Document => None,
        }
    }

    /// Reads a locator back from its printed form.
    ///
    /// ```
    /// use kurabe_trace::Locator;
    /// assert_eq!(Locator::parse("L12C3"), Some(Locator::cell(12, 3)));
    /// assert_eq!(Locator::parse("L1-4"), Some(Locator::lines(1, 4)));
    /// assert_eq!(Locator::parse("p3"), None);
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text == "document" {
            return Some(Self::Document);
        }
        let body = text.strip_prefix('L')?;
        if let Some((line, column)) = body.split_once('C') {
            return Some(Self::cell(line.parse().ok()?, column.parse().ok()?));
        }
        let (first, last) = body.split_once('-').unwrap_or((body, body));
        Some(Self::lines(first.parse().ok()?, last.parse().ok()?))
    }
}

impl fmt::Display for Locator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Lines { first, last } if first == last => write!(f, "L{first}"),
            Self::Lines { first, last } => write!(f, "L{first}-{last}"),
            Self::Cell { line, column } => write!(f, "L{line}C{column}"),
            Self::Document => f.write_str("document"),
        }
    }
}
