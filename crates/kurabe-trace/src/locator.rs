//! Places in a source document.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A place in a source document. It prints as the `locator` column of the published tables.
///
/// Readers number what they read (lines of a text, rows and paragraphs elsewhere) and layouts work
/// with those numbers as [`Locator::Lines`] and [`Locator::Cell`]; the page says which place of
/// the file a number means.
///
/// ```
/// use kurabe_trace::{Area, Locator};
/// assert_eq!(Locator::lines(120, 131).to_string(), "L120-131");
/// assert_eq!(Locator::lines(12, 12).to_string(), "L12");
/// assert_eq!(Locator::cell(12, 3).to_string(), "L12C3");
/// assert_eq!(Locator::cells("表1", (4, 1), (9, 3)).to_string(), "表1!A4:C9");
/// assert_eq!(Locator::cells("表 1", (4, 1), (4, 1)).to_string(), "'表 1'!A4");
/// assert_eq!(Locator::Blocks { first: 3, last: 5 }.to_string(), "¶3-5");
/// assert_eq!(Locator::block_cell(7, 2, 3).to_string(), "¶7R2C3");
/// assert_eq!(Locator::page(12, Some(Area::new(72, 80, 520, 120))).to_string(), "p12[72,80,520,120]");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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
    /// Cells of a sheet, both corners included: `表1!A4:C9`.
    Cells {
        /// Name of the sheet.
        sheet: String,
        /// Row and column of the upper left cell, from 1.
        first: (u32, u32),
        /// Row and column of the lower right cell, from 1.
        last: (u32, u32),
    },
    /// Blocks (paragraphs, headings, whole tables) of a document without lines, in their order
    /// from 1: `¶12-14`.
    Blocks {
        /// First block.
        first: u32,
        /// Last block, not before `first`.
        last: u32,
    },
    /// A row or a cell of a table in a document without lines: `¶7R2`, `¶7R2C3`.
    BlockRow {
        /// The block that the table is.
        block: u32,
        /// Row from 1.
        row: u32,
        /// Column from 1; the whole row when absent.
        column: Option<u32>,
    },
    /// Pages of a PDF, or a box on one page: `p12`, `p12-13`, `p12[72,80,520,120]`.
    Pages {
        /// First page, from 1.
        first: u32,
        /// Last page, not before `first`.
        last: u32,
        /// Where on the page, when it is one.
        area: Option<Area>,
    },
    /// The document as a whole.
    Document,
}

/// A box on a page, in points (1/72 inch) from its upper left corner as it is displayed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Area {
    /// Left edge.
    pub left: i32,
    /// Upper edge.
    pub top: i32,
    /// Right edge.
    pub right: i32,
    /// Lower edge.
    pub bottom: i32,
}

impl Area {
    /// A box by its edges.
    #[must_use]
    pub fn new(left: i32, top: i32, right: i32, bottom: i32) -> Self {
        Self {
            left,
            top,
            right,
            bottom,
        }
    }

    /// The smallest box that holds both.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    /// Whether the two have a point in common.
    #[must_use]
    pub fn meets(self, other: Self) -> bool {
        self.left <= other.right
            && other.left <= self.right
            && self.top <= other.bottom
            && other.top <= self.bottom
    }
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

    /// Cells of a sheet between two corners, each a row and a column from 1.
    #[must_use]
    pub fn cells(sheet: impl Into<String>, first: (u32, u32), last: (u32, u32)) -> Self {
        let sheet = sheet.into();
        Self::Cells { sheet, first, last }
    }

    /// A cell of a table in a document without lines.
    #[must_use]
    pub fn block_cell(block: u32, row: u32, column: u32) -> Self {
        let column = Some(column);
        Self::BlockRow { block, row, column }
    }

    /// One page, or a box on it.
    #[must_use]
    pub fn page(page: u32, area: Option<Area>) -> Self {
        Self::Pages {
            first: page,
            last: page,
            area,
        }
    }

    /// First and last line of the place; `None` for places that are not lines.
    #[must_use]
    pub fn line_span(&self) -> Option<(u32, u32)> {
        match self {
            Self::Lines { first, last } => Some((*first, *last)),
            Self::Cell { line, .. } => Some((*line, *line)),
            Self::Cells { .. }
            | Self::Blocks { .. }
            | Self::BlockRow { .. }
            | Self::Pages { .. }
            | Self::Document => None,
        }
    }

    /// Reads a locator back from its printed form.
    ///
    /// ```
    /// use kurabe_trace::{Area, Locator};
    /// assert_eq!(Locator::parse("L12C3"), Some(Locator::cell(12, 3)));
    /// assert_eq!(Locator::parse("L1-4"), Some(Locator::lines(1, 4)));
    /// assert_eq!(Locator::parse("p3"), Some(Locator::page(3, None)));
    /// assert_eq!(Locator::parse("'a!b'!B2"), Some(Locator::cells("a!b", (2, 2), (2, 2))));
    /// assert_eq!(Locator::parse("somewhere"), None);
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text == "document" {
            return Some(Self::Document);
        }
        if let Some((sheet, range)) = text.rsplit_once('!') {
            return parse_cells(sheet, range);
        }
        if let Some(body) = text.strip_prefix('L') {
            return parse_lines(body);
        }
        if let Some(body) = text.strip_prefix('¶') {
            return parse_blocks(body);
        }
        parse_pages(text.strip_prefix('p')?)
    }
}

fn range(text: &str) -> Option<(u32, u32)> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    Some((first.parse().ok()?, last.parse().ok()?))
}

fn parse_lines(body: &str) -> Option<Locator> {
    if let Some((line, column)) = body.split_once('C') {
        return Some(Locator::cell(line.parse().ok()?, column.parse().ok()?));
    }
    let (first, last) = range(body)?;
    Some(Locator::lines(first, last))
}

fn parse_blocks(body: &str) -> Option<Locator> {
    let Some((block, row)) = body.split_once('R') else {
        let (first, last) = range(body)?;
        return Some(Locator::Blocks { first, last });
    };
    let (row, column) = match row.split_once('C') {
        Some((row, column)) => (row, Some(column.parse().ok()?)),
        None => (row, None),
    };
    Some(Locator::BlockRow {
        block: block.parse().ok()?,
        row: row.parse().ok()?,
        column,
    })
}

fn parse_pages(body: &str) -> Option<Locator> {
    let (pages, area) = match body.split_once('[') {
        Some((pages, area)) => (pages, Some(parse_area(area.strip_suffix(']')?)?)),
        None => (body, None),
    };
    let (first, last) = range(pages)?;
    Some(Locator::Pages { first, last, area })
}

fn parse_area(text: &str) -> Option<Area> {
    let mut edges = text.split(',').map(str::parse);
    let mut next = || edges.next()?.ok();
    Some(Area::new(next()?, next()?, next()?, next()?))
}

fn parse_cells(sheet: &str, range: &str) -> Option<Locator> {
    let sheet = match sheet.strip_prefix('\'').and_then(|s| s.strip_suffix('\'')) {
        Some(quoted) => quoted.replace("''", "'"),
        None => sheet.to_owned(),
    };
    let (first, last) = range.split_once(':').unwrap_or((range, range));
    Some(Locator::cells(
        sheet,
        parse_address(first)?,
        parse_address(last)?,
    ))
}

/// `C9` as row and column.
fn parse_address(text: &str) -> Option<(u32, u32)> {
    let digits = text.find(|c: char| c.is_ascii_digit())?;
    let (letters, row) = text.split_at(digits);
    let mut column = 0_u32;
    for letter in letters.chars() {
        let value = letter.is_ascii_uppercase().then(|| letter as u32 - 64)?;
        column = column.checked_mul(26)?.checked_add(value)?;
    }
    (column > 0).then_some((row.parse().ok()?, column))
}

/// The letters of a column: 1 is A, 28 is AB.
fn column_letters(column: u32) -> String {
    let mut rest = column;
    let mut letters = Vec::new();
    while rest > 0 {
        let digit = u8::try_from((rest - 1) % 26).unwrap_or(0);
        letters.push(char::from(b'A' + digit));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// A sheet's name as it stands before `!`: in quotes unless it is one plain word.
fn quoted(sheet: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || c == '_' || c == '.';
    if !sheet.is_empty() && sheet.chars().all(is_plain) {
        sheet.to_owned()
    } else {
        format!("'{}'", sheet.replace('\'', "''"))
    }
}

impl fmt::Display for Locator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Lines { first, last } if first == last => write!(f, "L{first}"),
            Self::Lines { first, last } => write!(f, "L{first}-{last}"),
            Self::Cell { line, column } => write!(f, "L{line}C{column}"),
            Self::Cells { sheet, first, last } => {
                let sheet = quoted(sheet);
                write!(f, "{sheet}!{}{}", column_letters(first.1), first.0)?;
                if first == last {
                    return Ok(());
                }
                write!(f, ":{}{}", column_letters(last.1), last.0)
            }
            Self::Blocks { first, last } if first == last => write!(f, "¶{first}"),
            Self::Blocks { first, last } => write!(f, "¶{first}-{last}"),
            Self::BlockRow { block, row, column } => {
                write!(f, "¶{block}R{row}")?;
                column.map_or(Ok(()), |column| write!(f, "C{column}"))
            }
            Self::Pages { first, last, area } => {
                write!(f, "p{first}")?;
                if first != last {
                    write!(f, "-{last}")?;
                }
                area.map_or(Ok(()), |a| {
                    write!(f, "[{},{},{},{}]", a.left, a.top, a.right, a.bottom)
                })
            }
            Self::Document => f.write_str("document"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_can_be_read_back() {
        let forms = [
            "L1",
            "L1-4",
            "L12C3",
            "表1!A4",
            "表1!A4:AB9",
            "'表 1'!A4",
            "'a!b''c'!B2:C3",
            "¶3",
            "¶3-9",
            "¶7R2",
            "¶7R2C3",
            "p12",
            "p12-13",
            "p12[72,-8,520,120]",
            "document",
        ];
        for form in forms {
            let locator = Locator::parse(form).unwrap_or_else(|| panic!("{form}"));
            assert_eq!(locator.to_string(), form);
        }
    }

    #[test]
    fn what_is_no_place() {
        for form in [
            "",
            "L",
            "Lx",
            "表1!",
            "表1!4A",
            "表1!a4",
            "¶",
            "p1[1,2,3]",
            "p1[1,2,3,4",
            "x1",
        ] {
            assert_eq!(Locator::parse(form), None, "{form}");
        }
    }

    #[test]
    fn columns_go_on_after_z() {
        let letters = [1, 26, 27, 52, 703].map(column_letters);
        assert_eq!(letters, ["A", "Z", "AA", "AZ", "AAA"]);
    }
}
