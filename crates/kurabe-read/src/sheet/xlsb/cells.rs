//! The cells of a sheet, its merged areas and what is hidden in it.

use super::record::id;
use super::{open, wide_text};
use crate::ReadError;
use crate::sheet::bytes::{f64_at, u16_at, u32_at};
use crate::sheet::model::{Area, Gathering};
use crate::sheet::value::{Styles, Value, error_words, packed_number};
use crate::zip_guard::Package;

const WANTED: &[u32] = &[
    id::ROW_HDR,
    id::CELL_RK,
    id::CELL_ERROR,
    id::CELL_BOOL,
    id::CELL_REAL,
    id::CELL_ST,
    id::CELL_ISST,
    id::FMLA_STRING,
    id::FMLA_NUM,
    id::FMLA_BOOL,
    id::FMLA_ERROR,
    id::CELL_R_STRING,
    id::COL_INFO,
    id::MERGE_CELL,
    id::END_SHEET_DATA,
    id::END_SHEET,
];

/// Reads the part of a sheet into the sheet that was begun.
pub(super) fn read(
    package: &mut Package,
    part: &str,
    strings: &[String],
    styles: &Styles,
    gathering: &mut Gathering,
) -> Result<(), ReadError> {
    let mut records = open(package, part)?;
    let mut row = 0;
    let (mut last, mut ends) = ((0, 0), 0);
    while let Some(record) = records.next(WANTED)? {
        let data = records.data();
        match record {
            id::ROW_HDR => {
                row = u32_at(data, 0).unwrap_or(row).saturating_add(1);
                // Rows and cells ascend (MS-XLSB 2.2.1 and 2.4).
                if row <= last.0 {
                    gathering.damaged();
                }
                last = (row, 0);
                if data.get(11).is_some_and(|flags| flags & 0x10 != 0) {
                    gathering.sheet().rows.add(row, row);
                }
            }
            id::COL_INFO => columns(data, gathering),
            id::MERGE_CELL => gathering.sheet().merges.extend(area(data)),
            id::END_SHEET_DATA | id::END_SHEET => ends += 1,
            record => {
                let text = text(record, data);
                let value = value(record, data, strings, text.as_deref());
                let Some(((column, style), value)) = head(data).zip(value) else {
                    gathering.damaged();
                    continue;
                };
                if column <= last.1 {
                    gathering.damaged();
                }
                last.1 = column;
                gathering.cell(styles.cell((row, column), style, &value))?;
            }
        }
    }
    // The rows have an end, and so has the sheet.
    if ends != 2 {
        gathering.damaged();
    }
    Ok(())
}

/// Column and style of a cell (MS-XLSB 2.5.9, `Cell`).
fn head(data: &[u8]) -> Option<(u32, usize)> {
    let column = u32_at(data, 0)?.saturating_add(1);
    let style = usize::try_from(u32_at(data, 4)? & 0x00FF_FFFF).ok()?;
    Some((column, style))
}

/// The text that a cell holds itself.
fn text(record: u32, data: &[u8]) -> Option<String> {
    let start = match record {
        id::CELL_ST | id::FMLA_STRING => 8,
        id::CELL_R_STRING => 9,
        _ => return None,
    };
    let (text, _) = wide_text(data.get(start..)?)?;
    Some(text)
}

fn value<'v>(
    record: u32,
    data: &[u8],
    strings: &'v [String],
    text: Option<&'v str>,
) -> Option<Value<'v>> {
    Some(match record {
        id::CELL_RK => Value::Number(packed_number(u32_at(data, 8)?)),
        id::CELL_REAL | id::FMLA_NUM => Value::Number(f64_at(data, 8)?),
        id::CELL_BOOL | id::FMLA_BOOL => Value::Bool(*data.get(8)? != 0),
        id::CELL_ERROR | id::FMLA_ERROR => Value::Error(error_words(*data.get(8)?)),
        id::CELL_ISST => {
            let index = usize::try_from(u32_at(data, 8)?).ok()?;
            match strings.get(index) {
                Some(text) => Value::Text(text),
                None => Value::Error(error_words(u8::MAX)),
            }
        }
        _ => Value::Text(text?),
    })
}

fn columns(data: &[u8], gathering: &mut Gathering) {
    let is_hidden = u16_at(data, 16).is_some_and(|flags| flags & 1 != 0);
    let ends = u32_at(data, 0).zip(u32_at(data, 4));
    if let Some((first, last)) = ends.filter(|_| is_hidden) {
        let columns = &mut gathering.sheet().columns;
        columns.add(first.saturating_add(1), last.saturating_add(1));
    }
}

fn area(data: &[u8]) -> Option<Area> {
    let number = |at| u32_at(data, at).map(|n| n.saturating_add(1));
    let first = (number(0)?, number(8)?);
    Some(Area::between(first, (number(4)?, number(12)?)))
}
