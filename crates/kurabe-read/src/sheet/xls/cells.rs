//! The cells of a sheet, its merged areas and what is hidden in it.

use super::Globals;
use super::record::{Record, Records, id, is_known};
use crate::ReadError;
use crate::sheet::bytes::{f64_at, u16_at, u32_at};
use crate::sheet::model::{Area, Gathering};
use crate::sheet::value::{Styles, Value, error_words, packed_number};

/// Where a cell stands and the number of its style.
type Head = ((u32, u32), usize);

/// Reads the records of a sheet into the sheet that was begun.
pub(super) fn read(
    records: &[u8],
    globals: &Globals,
    styles: &Styles,
    gathering: &mut Gathering,
) -> Result<(), ReadError> {
    let mut reader = CellReader {
        globals,
        styles,
        gathering,
        formula: None,
    };
    // Charts that are drawn on a sheet are streams of their own inside its stream.
    let mut depth = 0_u32;
    for record in Records::new(records) {
        match record.id {
            id::BOF => depth += 1,
            id::EOF if depth == 1 => return Ok(()),
            id::EOF if depth > 1 => depth -= 1,
            _ if depth == 0 => break,
            unknown if !is_known(unknown) => break,
            _ if depth == 1 => reader.record(&record)?,
            _ => {}
        }
    }
    // A sound sheet begins like one and has an end.
    reader.gathering.damaged();
    Ok(())
}

struct CellReader<'a> {
    globals: &'a Globals,
    styles: &'a Styles,
    gathering: &'a mut Gathering,
    /// A formula that gave a text, which the next record holds.
    formula: Option<Head>,
}

impl CellReader<'_> {
    fn record(&mut self, record: &Record) -> Result<(), ReadError> {
        let data = record.data;
        match record.id {
            id::ROW => self.row(data),
            id::COL_INFO => self.columns(data),
            id::MERGE_CELLS => self.merges(data),
            id::MUL_RK => return self.packed_row(data),
            id::STRING => return self.formula_text(record),
            _ => {}
        }
        let Some(head) = head(data) else {
            return Ok(());
        };
        self.check(record.id, data);
        match record.id {
            id::NUMBER => self.number(head, f64_at(data, 6)),
            id::RK => self.number(head, u32_at(data, 6).map(packed_number)),
            id::BOOL_ERR => self.bool_or_error(head, data.get(6), data.get(7) == Some(&1)),
            id::LABEL_SST => self.shared(head, data),
            id::LABEL | id::R_STRING => {
                let text = data
                    .get(6..)
                    .and_then(|d| self.globals.encoding.long_text(d));
                self.cell(head, &Value::Text(&text.unwrap_or_default()))
            }
            id::FORMULA => self.formula(head, data),
            _ => Ok(()),
        }
    }

    /// Notes a cell that is too short to hold its value.
    fn check(&mut self, id: u16, data: &[u8]) {
        let least = match id {
            id::NUMBER | id::FORMULA => 14,
            id::RK | id::LABEL_SST => 10,
            id::BOOL_ERR | id::LABEL | id::R_STRING => 8,
            _ => 0,
        };
        let is_text = matches!(id, id::LABEL | id::R_STRING);
        let text = data.get(6..);
        let is_cut = || text.is_none_or(|t| self.globals.encoding.long_text(t).is_none());
        if data.len() < least || is_text && is_cut() {
            self.gathering.damaged();
        }
    }

    fn cell(&mut self, head: Head, value: &Value) -> Result<(), ReadError> {
        self.gathering.cell(self.styles.cell(head.0, head.1, value))
    }

    fn number(&mut self, head: Head, number: Option<f64>) -> Result<(), ReadError> {
        number.map_or(Ok(()), |number| self.cell(head, &Value::Number(number)))
    }

    fn bool_or_error(
        &mut self,
        head: Head,
        value: Option<&u8>,
        is_error: bool,
    ) -> Result<(), ReadError> {
        match value {
            Some(number) if is_error => self.cell(head, &Value::Error(error_words(*number))),
            Some(value) => self.cell(head, &Value::Bool(*value != 0)),
            None => Ok(()),
        }
    }

    fn shared(&mut self, head: Head, data: &[u8]) -> Result<(), ReadError> {
        let index = u32_at(data, 6).and_then(|index| usize::try_from(index).ok());
        let globals = self.globals;
        match index.and_then(|index| globals.strings.get(index)) {
            Some(text) => self.cell(head, &Value::Text(text)),
            None => self.cell(head, &Value::Error(error_words(u8::MAX))),
        }
    }

    /// The value that a formula gave (MS-XLS 2.5.133, `FormulaValue`).
    fn formula(&mut self, head: Head, data: &[u8]) -> Result<(), ReadError> {
        self.formula = None;
        if u16_at(data, 12) != Some(0xFFFF) {
            return self.number(head, f64_at(data, 6));
        }
        match data.get(6) {
            Some(0) => {
                self.formula = Some(head);
                Ok(())
            }
            Some(kind @ (1 | 2)) => self.bool_or_error(head, data.get(8), *kind == 2),
            _ => Ok(()),
        }
    }

    fn formula_text(&mut self, record: &Record) -> Result<(), ReadError> {
        let text = self.globals.encoding.record_text(record);
        match (self.formula.take(), text) {
            (Some(head), Some(text)) => self.cell(head, &Value::Text(&text)),
            _ => Ok(()),
        }
    }

    /// Numbers that stand side by side.
    fn packed_row(&mut self, data: &[u8]) -> Result<(), ReadError> {
        let (Some(row), Some(first)) = (u16_at(data, 0), u16_at(data, 2)) else {
            return Ok(());
        };
        let (cells, _) = data.get(4..).unwrap_or_default().as_chunks::<6>();
        for (column, cell) in (u32::from(first) + 1..).zip(cells) {
            let style = usize::from(u16_at(cell, 0).unwrap_or(0));
            let head = ((u32::from(row) + 1, column), style);
            self.number(head, u32_at(cell, 2).map(packed_number))?;
        }
        Ok(())
    }

    fn row(&mut self, data: &[u8]) {
        let is_hidden = u32_at(data, 12).is_some_and(|flags| flags & 0x20 != 0);
        if let Some(row) = u16_at(data, 0).filter(|_| is_hidden) {
            let row = u32::from(row) + 1;
            self.gathering.sheet().rows.add(row, row);
        }
    }

    fn columns(&mut self, data: &[u8]) {
        let is_hidden = u16_at(data, 8).is_some_and(|flags| flags & 1 != 0);
        let ends = u16_at(data, 0).zip(u16_at(data, 2));
        if let Some((first, last)) = ends.filter(|_| is_hidden) {
            let columns = &mut self.gathering.sheet().columns;
            columns.add(u32::from(first) + 1, u32::from(last) + 1);
        }
    }

    fn merges(&mut self, data: &[u8]) {
        let (areas, _) = data.get(2..).unwrap_or_default().as_chunks::<8>();
        let number = |area: &[u8], at| u16_at(area, at).map_or(1, |n| u32::from(n) + 1);
        let areas = areas.iter().map(|area| {
            let first = (number(area, 0), number(area, 4));
            Area::between(first, (number(area, 2), number(area, 6)))
        });
        self.gathering.sheet().merges.extend(areas);
    }
}

fn head(data: &[u8]) -> Option<Head> {
    let row = u32::from(u16_at(data, 0)?) + 1;
    let column = u32::from(u16_at(data, 2)?) + 1;
    Some(((row, column), usize::from(u16_at(data, 4)?)))
}
