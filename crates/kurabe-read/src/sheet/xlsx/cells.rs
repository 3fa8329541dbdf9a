//! The cells of a sheet, its merged areas and what is hidden in it.

use quick_xml::events::{BytesStart, Event};

use super::missing;
use super::strings::{StringItem, unescaped};
use crate::ReadError;
use crate::sheet::model::{Area, Gathering};
use crate::sheet::number::serial_of;
use crate::sheet::value::{Styles, Value};
use crate::sheet::xml::{Xml, attribute, is_set, number, text};
use crate::zip_guard::Package;

/// Reads the part of a sheet into the sheet that was begun.
pub(super) fn read(
    package: &mut Package,
    part: &str,
    strings: &[String],
    styles: &Styles,
    gathering: &mut Gathering,
) -> Result<(), ReadError> {
    let format = package.format;
    let source = package.markup(part)?.ok_or_else(|| missing(format, part))?;
    let mut xml = Xml::new(source, format, part);
    let mut reader = CellReader {
        strings,
        styles,
        gathering,
        row: 0,
        cell: CellState::default(),
        within: Within::Sheet,
    };
    while let Some(event) = xml.next()? {
        reader.event(&event)?;
    }
    if xml.is_cut() {
        gathering.damaged();
    }
    Ok(())
}

/// What an event stands in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    Sheet,
    Cell,
    Value,
    Formula,
    Inline,
}

/// A cell while it is read.
#[derive(Default)]
struct CellState {
    column: u32,
    style: usize,
    kind: String,
    value: Option<String>,
    has_formula: bool,
    inline: StringItem,
}

struct CellReader<'a> {
    strings: &'a [String],
    styles: &'a Styles,
    gathering: &'a mut Gathering,
    row: u32,
    cell: CellState,
    within: Within,
}

impl CellReader<'_> {
    fn event(&mut self, event: &Event) -> Result<(), ReadError> {
        match (self.within, event) {
            (Within::Sheet, Event::Start(element)) => self.start(element),
            (Within::Cell, Event::Start(element)) => self.start_in_cell(element),
            (Within::Cell, Event::End(element)) if element.local_name().as_ref() == "c" => {
                self.within = Within::Sheet;
                return self.finish();
            }
            (Within::Value, Event::End(_)) => self.end_value(),
            (Within::Formula, Event::End(_)) => self.within = Within::Cell,
            (Within::Value, other) => {
                if let (Some(value), Some(text)) = (&mut self.cell.value, text(other)) {
                    value.push_str(&text);
                }
            }
            (Within::Inline, Event::End(element)) if element.local_name().as_ref() == "is" => {
                self.cell.value = Some(self.cell.inline.finish());
                self.within = Within::Cell;
            }
            (Within::Inline, other) => self.cell.inline.event(other),
            _ => {}
        }
        Ok(())
    }

    fn start(&mut self, element: &BytesStart) {
        match element.local_name().as_ref() {
            "row" => self.start_row(element),
            "c" => self.start_cell(element),
            "col" => {
                let first = number(element, "min").unwrap_or(0);
                let last = number(element, "max").unwrap_or(first);
                if is_hidden(element, "width") {
                    self.gathering.sheet().columns.add(first, last);
                }
            }
            "mergeCell" => {
                let area = attribute(element, "ref").and_then(|r| area(&r));
                self.gathering.sheet().merges.extend(area);
            }
            _ => {}
        }
    }

    fn start_row(&mut self, element: &BytesStart) {
        self.row = number(element, "r").unwrap_or(self.row.saturating_add(1));
        self.cell.column = 0;
        if is_hidden(element, "ht") {
            self.gathering.sheet().rows.add(self.row, self.row);
        }
    }

    fn start_cell(&mut self, element: &BytesStart) {
        let mut column = self.cell.column.saturating_add(1);
        if let Some(at) = attribute(element, "r").and_then(|r| address(&r)) {
            self.row = at.0;
            column = at.1;
        }
        let style = number(element, "s").unwrap_or(0);
        self.cell = CellState {
            column,
            style: usize::try_from(style).unwrap_or(0),
            kind: attribute(element, "t").unwrap_or_default().into_owned(),
            ..CellState::default()
        };
        self.within = Within::Cell;
    }

    fn start_in_cell(&mut self, element: &BytesStart) {
        match element.local_name().as_ref() {
            "v" => {
                self.cell.value = Some(String::new());
                self.within = Within::Value;
            }
            "f" => {
                self.cell.has_formula = true;
                self.within = Within::Formula;
            }
            "is" => self.within = Within::Inline,
            _ => {}
        }
    }

    /// Text that a formula gave is escaped like any other.
    fn end_value(&mut self) {
        self.within = Within::Cell;
        if let (Some(value), "str") = (&mut self.cell.value, self.cell.kind.as_str()) {
            *value = unescaped(value).into_owned();
        }
    }

    fn finish(&mut self) -> Result<(), ReadError> {
        let column = self.cell.column;
        let cell = std::mem::take(&mut self.cell);
        self.cell.column = column;
        let Some(value) = self.value(&cell) else {
            return Ok(());
        };
        let at = (self.row, column);
        self.gathering
            .cell(self.styles.cell(at, cell.style, &value))
    }

    fn value<'c>(&'c self, cell: &'c CellState) -> Option<Value<'c>> {
        let Some(value) = cell.value.as_deref() else {
            return cell.has_formula.then_some(Value::NotComputed);
        };
        Some(match cell.kind.as_str() {
            "s" => {
                let index = value.trim().parse::<usize>().ok();
                match index.and_then(|index| self.strings.get(index)) {
                    Some(text) => Value::Text(text),
                    None => Value::Error(value),
                }
            }
            "inlineStr" => Value::Text(value),
            "b" => Value::Bool(matches!(value.trim(), "1" | "true")),
            "e" => Value::Error(value),
            "d" => match serial_of(value, self.styles.is_1904) {
                Some(serial) => Value::Number(serial),
                None => Value::Text(value),
            },
            "str" => Value::Text(value),
            _ if value.trim().is_empty() => return cell.has_formula.then_some(Value::NotComputed),
            _ => match value.trim().parse() {
                Ok(number) => Value::Number(number),
                Err(_) => Value::Text(value),
            },
        })
    }
}

/// Whether a row or column is marked as hidden or has no size.
fn is_hidden(element: &BytesStart, size: &str) -> bool {
    let size = attribute(element, size).and_then(|size| size.trim().parse::<f64>().ok());
    is_set(element, "hidden") || size == Some(0.0)
}

/// `A1:C3` as an area; `A1` alone is one cell.
fn area(text: &str) -> Option<Area> {
    let (first, last) = text.split_once(':').unwrap_or((text, text));
    Some(Area::between(address(first)?, address(last)?))
}

/// `$C$9` as row and column.
fn address(text: &str) -> Option<(u32, u32)> {
    let (mut row, mut column) = (0_u32, 0_u32);
    for byte in text.trim().bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' if row == 0 => {
                let letter = u32::from(byte.to_ascii_uppercase() - b'A') + 1;
                column = column.checked_mul(26)?.checked_add(letter)?;
            }
            b'0'..=b'9' => row = row.checked_mul(10)?.checked_add(u32::from(byte - b'0'))?,
            b'$' => {}
            _ => return None,
        }
    }
    (row > 0 && column > 0).then_some((row, column))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        assert_eq!(address("A1"), Some((1, 1)));
        assert_eq!(address("$XFD$1048576"), Some((1_048_576, 16_384)));
        assert_eq!(address("1A"), None);
        assert_eq!(address("A"), None);
        assert_eq!(address("AAAAAAAAAA1"), None);
        assert_eq!(area("C3:A1"), Some(Area::between((1, 1), (3, 3))));
    }
}
