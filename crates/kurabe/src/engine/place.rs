//! From the numbers that layouts work with to places of the file, and back to its words.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use kurabe_page::{Block, Page, Row};
use kurabe_schema::{Dataset, Value};
use kurabe_trace::Locator;
use regex::{Captures, Regex};

use super::Hint;

/// Puts places of the file where tables hold numbers of the page.
///
/// Nothing changes for texts, whose numbers are their lines.
pub(super) fn relocate(tables: Dataset, page: &Page) -> Dataset {
    if page.places.is_empty() {
        return tables;
    }
    let moved = tables.tables().into_iter().map(|(spec, mut rows)| {
        let names = spec.columns.iter().map(|column| column.name);
        let kinds: Vec<Option<Kind>> = names.map(Kind::of).collect();
        for row in &mut rows {
            for (value, kind) in row.iter_mut().zip(&kinds) {
                if let (Value::Text(text), Some(kind)) = (value, kind) {
                    *text = kind.moved(text, page);
                }
            }
        }
        (spec.name, rows)
    });
    // Only texts were exchanged, so that every row still fits its table.
    Dataset::from_tables(moved).unwrap_or(tables)
}

/// How a column holds places.
#[derive(Debug, Clone, Copy)]
enum Kind {
    /// One place.
    Place,
    /// Several, separated by semicolons.
    Places,
    /// Inside a sentence.
    Sentence,
}

impl Kind {
    fn of(column: &str) -> Option<Self> {
        match column {
            "message_ja" | "message_en" => Some(Self::Sentence),
            name if name.ends_with("locators") => Some(Self::Places),
            name if name.ends_with("locator") => Some(Self::Place),
            _ => None,
        }
    }

    fn moved(self, text: &str, page: &Page) -> String {
        let one = |text: &str| match Locator::parse(text) {
            Some(place) => page.locate(&place).to_string(),
            None => text.to_owned(),
        };
        match self {
            Self::Place => one(text),
            Self::Places => text.split(';').map(one).collect::<Vec<_>>().join(";"),
            Self::Sentence => {
                let found = |found: &Captures<'_>| format!("{}{}", &found[1], one(&found[2]));
                LINES.replace_all(text, found).into_owned()
            }
        }
    }
}

/// A place in a sentence.
#[allow(clippy::expect_used, reason = "a pattern that is tested")]
static LINES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(^|[^0-9A-Za-z])(L\d+(?:-\d+|C\d+)?)").expect("the pattern is valid")
});

/// The pieces of a source (lines, rows, paragraphs) as they are quoted.
#[derive(Debug)]
pub struct Pieces {
    page: Page,
    texts: BTreeMap<u32, String>,
}

impl Pieces {
    /// Reads a source again.
    ///
    /// # Errors
    /// Why it cannot be read, in Japanese and English.
    pub fn read(bytes: &[u8], hint: &Hint) -> Result<Self, (String, String)> {
        let page = super::read(bytes, hint)?.value;
        let texts = if page.places.is_empty() {
            lines(bytes, &page.encoding)
        } else {
            pieces(&page)
        };
        Ok(Self { page, texts })
    }

    /// The page that the pieces are of.
    #[must_use]
    pub fn page(&self) -> &Page {
        &self.page
    }

    /// Numbers of the pieces at a place, ascending.
    #[must_use]
    pub fn numbers_at(&self, place: &Locator) -> Vec<u32> {
        let numbers = self.page.numbers_at(place);
        let known = |number: &u32| self.texts.contains_key(number);
        numbers.into_iter().filter(known).collect()
    }

    /// Place and words of a piece.
    #[must_use]
    pub fn quote(&self, number: u32) -> (String, &str) {
        let place = self.page.locate(&Locator::line(number));
        let text = self.texts.get(&number).map_or("", String::as_str);
        (place.to_string(), text)
    }
}

/// The lines of a text as they are written.
fn lines(bytes: &[u8], encoding: &str) -> BTreeMap<u32, String> {
    let Ok(decoded) = kurabe_read::encoding::decode(bytes, Some(encoding)) else {
        return BTreeMap::new();
    };
    let text = decoded.text.replace("\r\n", "\n").replace('\r', "\n");
    (1..).zip(text.split('\n').map(str::to_owned)).collect()
}

/// The words of every numbered piece of a page.
fn pieces(page: &Page) -> BTreeMap<u32, String> {
    let mut texts = BTreeMap::new();
    for block in &page.blocks {
        match block {
            Block::Heading { line, .. } => {
                texts.insert(line.number, line.text.clone());
            }
            Block::Paragraph(lines) | Block::Item(lines) => {
                texts.extend(lines.iter().map(|line| (line.number, line.text.clone())));
            }
            Block::Table(table) => {
                texts.extend(table.rows.iter().map(|row| (row.line, cells(row))));
            }
        }
    }
    texts
}

fn cells(row: &Row) -> String {
    let cells = row.cells.iter().map(|cell| cell.text().replace('\n', " "));
    cells.collect::<Vec<_>>().join("\t")
}

#[cfg(test)]
mod tests {
    use super::*;
    use kurabe_page::Place;
    use kurabe_schema::FindingRow;

    #[test]
    fn places_of_rows_and_sentences_become_those_of_the_file() {
        let row = |row| Place::SheetRow {
            sheet: "表".to_owned(),
            row,
            columns: vec![1, 2],
        };
        let page = Page {
            places: vec![row(4), row(6)],
            ..Page::default()
        };
        let finding = FindingRow {
            locator: Some("L2C2".to_owned()),
            message_ja: "L1（初出）とL1-2が異なります。".to_owned(),
            message_en: "L10 and LINE2 stay.".to_owned(),
            ..FindingRow::default()
        };
        let tables = Dataset {
            findings: vec![finding],
            ..Dataset::default()
        };
        let moved = &relocate(tables, &page).findings[0];
        assert_eq!(moved.locator.as_deref(), Some("表!B6"));
        assert_eq!(moved.message_ja, "表!A4:B4（初出）と表!A4:B6が異なります。");
        assert_eq!(moved.message_en, "document and LINE2 stay.");
    }
}
