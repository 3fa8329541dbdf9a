//! What the numbers of a page mean in its file.

use crate::Page;
use kurabe_trace::{Area, Locator};
use serde::{Deserialize, Serialize};

/// What coverage counts in a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Unit {
    /// Lines of a text or of a PDF, records of a CSV file.
    #[default]
    Line,
    /// Rows of sheets.
    Row,
    /// Paragraphs and rows of tables.
    Paragraph,
}

impl Unit {
    /// The word published in the `unit` column of `coverage`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Line => "line",
            Self::Row => "row",
            Self::Paragraph => "paragraph",
        }
    }
}

/// Where one numbered piece of a page stands in its file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Place {
    /// Lines of a text file: a CSV record with line breaks in it takes several.
    Lines {
        /// First line, from 1.
        first: u32,
        /// Last line.
        last: u32,
    },
    /// A row of a sheet.
    SheetRow {
        /// Name of the sheet.
        sheet: String,
        /// Row in the sheet, from 1.
        row: u32,
        /// Column in the sheet, from 1, of each cell.
        columns: Vec<u32>,
    },
    /// A paragraph, or the row of a table, of a document without lines.
    Block {
        /// Number of the paragraph or table among the blocks of the document, from 1.
        block: u32,
        /// Row in the table, from 1.
        row: Option<u32>,
    },
    /// A line, or the row of a table, of a PDF.
    OnPage {
        /// Page, from 1.
        page: u32,
        /// The box of the whole.
        area: Area,
        /// The box of each cell.
        cells: Vec<Option<Area>>,
    },
}

impl Place {
    /// The place as a locator.
    fn whole(&self) -> Locator {
        match self {
            Self::Lines { first, last } => Locator::lines(*first, *last),
            Self::SheetRow {
                sheet,
                row,
                columns,
            } => {
                let first = columns.iter().min().copied().unwrap_or(1);
                let last = columns.iter().max().copied().unwrap_or(1);
                Locator::cells(sheet, (*row, first), (*row, last))
            }
            Self::Block { block, row: None } => Locator::Blocks {
                first: *block,
                last: *block,
            },
            Self::Block { block, row } => Locator::BlockRow {
                block: *block,
                row: row.unwrap_or(1),
                column: None,
            },
            Self::OnPage { page, area, .. } => Locator::page(*page, Some(*area)),
        }
    }

    /// The cell in a column, from 1.
    fn cell(&self, column: u32) -> Locator {
        let index = usize::try_from(column)
            .unwrap_or(usize::MAX)
            .saturating_sub(1);
        match self {
            Self::Lines { first, .. } => Locator::cell(*first, column),
            Self::SheetRow {
                sheet,
                row,
                columns,
            } => match columns.get(index) {
                Some(column) => Locator::cells(sheet, (*row, *column), (*row, *column)),
                None => self.whole(),
            },
            Self::Block { block, row } => match row {
                Some(row) => Locator::block_cell(*block, *row, column),
                None => self.whole(),
            },
            Self::OnPage { page, area, cells } => {
                let area = cells.get(index).copied().flatten().unwrap_or(*area);
                Locator::page(*page, Some(area))
            }
        }
    }
}

/// The smallest place that holds both; the whole document when there is none.
fn joined(first: Locator, last: Locator) -> Locator {
    match (first, last) {
        (Locator::Lines { first, .. }, Locator::Lines { last, .. }) => Locator::lines(first, last),
        (
            Locator::Cells {
                sheet,
                first: a,
                last: b,
            },
            Locator::Cells {
                sheet: other,
                first: c,
                last: d,
            },
        ) if sheet == other => {
            let upper = (a.0.min(c.0), a.1.min(c.1));
            Locator::cells(sheet, upper, (b.0.max(d.0), b.1.max(d.1)))
        }
        (
            Locator::BlockRow {
                block, row: first, ..
            },
            Locator::BlockRow {
                block: other,
                row: last,
                ..
            },
        ) if block == other && first == last => Locator::BlockRow {
            block,
            row: first,
            column: None,
        },
        (
            Locator::Pages {
                first: a,
                last: b,
                area: one,
            },
            Locator::Pages {
                first: c,
                last: d,
                area: two,
            },
        ) => {
            let (first, last) = (a.min(c), b.max(d));
            let area = one.zip(two).map(|(one, two)| one.union(two));
            Locator::Pages {
                first,
                last,
                area: area.filter(|_| first == last),
            }
        }
        (first, last) => match (block(&first), block(&last)) {
            (Some(first), Some(last)) => Locator::Blocks { first, last },
            _ => Locator::Document,
        },
    }
}

fn block(locator: &Locator) -> Option<u32> {
    match locator {
        Locator::Blocks { first, .. } => Some(*first),
        Locator::BlockRow { block, .. } => Some(*block),
        Locator::Lines { .. }
        | Locator::Cell { .. }
        | Locator::Cells { .. }
        | Locator::Pages { .. }
        | Locator::Document => None,
    }
}

impl Page {
    /// The place of the file that a locator over numbers of this page means.
    #[must_use]
    pub fn locate(&self, locator: &Locator) -> Locator {
        if self.places.is_empty() {
            return locator.clone();
        }
        match locator {
            Locator::Cell { line, column } => self
                .place(*line)
                .map_or(Locator::Document, |place| place.cell(*column)),
            Locator::Lines { first, last } => {
                let places = (*first..=*last).filter_map(|n| self.place(n));
                let wholes = places.map(Place::whole);
                wholes.reduce(joined).unwrap_or(Locator::Document)
            }
            other => other.clone(),
        }
    }

    /// Numbers of the pieces that a place of the file holds or lies in, ascending.
    #[must_use]
    pub fn numbers_at(&self, locator: &Locator) -> Vec<u32> {
        if self.places.is_empty() {
            let span = locator.line_span();
            return span.map_or_else(Vec::new, |(first, last)| (first..=last).collect());
        }
        let numbers = 1..;
        let numbered = numbers.zip(&self.places);
        let meeting = numbered.filter(|(_, place)| meets(place, locator));
        meeting.map(|(number, _)| number).collect()
    }

    fn place(&self, number: u32) -> Option<&Place> {
        let index = usize::try_from(number).ok()?.checked_sub(1)?;
        self.places.get(index)
    }
}

/// Whether a piece and a place have something in common.
fn meets(place: &Place, locator: &Locator) -> bool {
    match (place, locator) {
        (Place::Lines { first, last }, _) => locator
            .line_span()
            .is_some_and(|(from, to)| *first <= to && from <= *last),
        (
            Place::SheetRow { sheet, row, .. },
            Locator::Cells {
                sheet: other,
                first,
                last,
            },
        ) => sheet == other && (first.0..=last.0).contains(row),
        (Place::Block { block, .. }, Locator::Blocks { first, last }) => {
            (first..=last).contains(&block)
        }
        (
            Place::Block { block, row },
            Locator::BlockRow {
                block: other,
                row: r,
                ..
            },
        ) => block == other && *row == Some(*r),
        (
            Place::OnPage { page, area, .. },
            Locator::Pages {
                first,
                last,
                area: other,
            },
        ) => (first..=last).contains(&page) && other.is_none_or(|other| area.meets(other)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(row: u32) -> Place {
        Place::SheetRow {
            sheet: "表".to_owned(),
            row,
            columns: vec![2, 3, 5],
        }
    }

    fn page(places: Vec<Place>) -> Page {
        Page {
            places,
            ..Page::default()
        }
    }

    #[test]
    fn lines_of_a_text_are_their_own_places() {
        let text = page(Vec::new());
        assert_eq!(text.locate(&Locator::lines(3, 5)), Locator::lines(3, 5));
        assert_eq!(text.numbers_at(&Locator::cell(4, 2)), [4]);
    }

    #[test]
    fn rows_of_a_sheet() {
        let page = page(vec![sheet(4), sheet(5), sheet(9)]);
        let all = page.locate(&Locator::lines(1, 3));
        assert_eq!(all.to_string(), "表!B4:E9");
        assert_eq!(page.locate(&Locator::cell(2, 3)).to_string(), "表!E5");
        assert_eq!(page.numbers_at(&all), [1, 2, 3]);
        let cell = Locator::parse("表!E5").unwrap();
        assert_eq!(page.numbers_at(&cell), [2]);
    }

    #[test]
    fn blocks_of_a_document() {
        let block = |block, row| Place::Block { block, row };
        let page = page(vec![block(1, None), block(2, Some(1)), block(2, Some(2))]);
        assert_eq!(page.locate(&Locator::lines(1, 3)).to_string(), "¶1-2");
        assert_eq!(page.locate(&Locator::lines(2, 3)).to_string(), "¶2");
        assert_eq!(page.locate(&Locator::cell(3, 2)).to_string(), "¶2R2C2");
        assert_eq!(page.numbers_at(&Locator::block_cell(2, 2, 2)), [3]);
    }

    #[test]
    fn boxes_on_pages() {
        let on = |page, top| Place::OnPage {
            page,
            area: Area::new(10, top, 90, top + 8),
            cells: vec![None, Some(Area::new(50, top, 90, top + 8))],
        };
        let page = page(vec![on(1, 20), on(1, 40), on(2, 20)]);
        assert_eq!(
            page.locate(&Locator::lines(1, 2)).to_string(),
            "p1[10,20,90,48]"
        );
        assert_eq!(page.locate(&Locator::lines(2, 3)).to_string(), "p1-2");
        assert_eq!(
            page.locate(&Locator::cell(3, 2)).to_string(),
            "p2[50,20,90,28]"
        );
        assert_eq!(
            page.numbers_at(&Locator::page(1, Some(Area::new(0, 41, 5, 42)))),
            []
        );
        assert_eq!(
            page.numbers_at(&Locator::page(1, Some(Area::new(0, 41, 15, 42)))),
            [2]
        );
    }
}
