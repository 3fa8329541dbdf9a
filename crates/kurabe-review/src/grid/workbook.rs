//! Workbooks (xlsx), written by rust_xlsxwriter and read by calamine.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, Reader, Xlsx};
use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, DocProperties, ExcelDateTime, Format,
    FormatAlign, Formula, Workbook, Worksheet, XlsxError,
};
use zip::ZipArchive;

use super::{Choices, DropDown, Grid, MAX_BYTES, MAX_COLUMNS, MAX_ROWS, Table, clean, letters};
use crate::{Code, ReadError, WriteError};

/// What a workbook may hold when it is unpacked; a bomb of some kilobytes holds far more.
const MAX_UNPACKED: u64 = 256 << 20;

/// Parts of a workbook; ours have about fifteen.
const MAX_PARTS: usize = 1_000;

/// The sheet as a workbook, with the lists to choose from on sheets of their own.
pub(crate) fn write_xlsx(table: &Table<'_>) -> Result<Vec<u8>, WriteError> {
    refuse_long_cells(table)?;
    build(table).map_err(|error| WriteError::Workbook {
        detail: error.to_string(),
    })
}

fn refuse_long_cells(table: &Table<'_>) -> Result<(), WriteError> {
    for (index, row) in table.rows.iter().enumerate() {
        for (cell, column) in row.iter().zip(&table.columns) {
            if cell.encode_utf16().count() > 32_767 {
                return Err(WriteError::TooLong {
                    row: index + 2,
                    column: column.header.clone(),
                });
            }
        }
    }
    Ok(())
}

fn build(table: &Table<'_>) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // A fixed day, so that the same sheet has the same bytes.
    let day = ExcelDateTime::from_ymd(2020, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&day));
    fill(workbook.add_worksheet(), table)?;
    for choices in &table.choices {
        fill_choices(workbook.add_worksheet(), choices)?;
    }
    workbook.save_to_buffer()
}

fn header_format() -> Format {
    Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::Top)
        .set_background_color(Color::RGB(0x00D9_E2EC))
}

/// Text, so that `1-2` and `007` stay what they are.
fn text_format() -> Format {
    Format::new()
        .set_num_format("@")
        .set_text_wrap()
        .set_align(FormatAlign::Top)
}

fn fill(sheet: &mut Worksheet, table: &Table<'_>) -> Result<(), XlsxError> {
    sheet.set_name(table.name)?.set_freeze_panes(1, 0)?;
    let header = header_format();
    let plain = text_format();
    let input = text_format().set_background_color(Color::RGB(0x00FF_F8E1));
    for (place, column) in (0u16..).zip(&table.columns) {
        sheet.set_column_width(place, column.width)?;
        sheet.write_string_with_format(0, place, &column.header, &header)?;
    }
    for (number, row) in (1u32..).zip(&table.rows) {
        for ((place, cell), column) in (0u16..).zip(row).zip(&table.columns) {
            let format = if column.is_input { &input } else { &plain };
            sheet.write_string_with_format(number, place, clean(cell), format)?;
        }
    }
    let last_row = u32::try_from(table.rows.len()).unwrap_or(u32::MAX);
    let last_column = u16::try_from(table.columns.len().saturating_sub(1)).unwrap_or(u16::MAX);
    sheet.autofilter(0, 0, last_row, last_column)?;
    table
        .drop_downs
        .iter()
        .try_for_each(|drop_down| add_drop_down(sheet, table, drop_down))
}

fn add_drop_down(sheet: &mut Worksheet, table: &Table<'_>, at: &DropDown) -> Result<(), XlsxError> {
    let Some(choices) = table.choices.get(at.choices).filter(|c| !c.list.is_empty()) else {
        return Ok(());
    };
    let last = choices.list.len() + 1;
    let range = Formula::new(format!("='{}'!$A$2:$A${last}", choices.name));
    let rule = DataValidation::new()
        .allow_list_formula(range)
        .set_error_style(DataValidationErrorStyle::Stop)
        .set_error_title("リストにない値 / Not in the list")?
        .set_error_message(format!(
            "「{0}」シートの一覧から選んでください。Choose from the list on the sheet 「{0}」.",
            choices.name
        ))?;
    let row = |index: usize| u32::try_from(index + 1).unwrap_or(u32::MAX);
    let column = u16::try_from(at.column).unwrap_or(u16::MAX);
    sheet.add_data_validation(row(at.first), column, row(at.last), column, &rule)?;
    Ok(())
}

fn fill_choices(sheet: &mut Worksheet, choices: &Choices<'_>) -> Result<(), XlsxError> {
    sheet.set_name(choices.name)?.set_freeze_panes(1, 0)?;
    let (header, text) = (header_format(), text_format());
    let titles = [("コード", 24.0), ("日本語", 60.0), ("English", 60.0)];
    for (place, (title, width)) in (0u16..).zip(titles) {
        sheet.set_column_width(place, width)?;
        sheet.write_string_with_format(0, place, title, &header)?;
    }
    for (number, code) in (1u32..).zip(choices.list) {
        let Code {
            id,
            label_ja,
            label_en,
        } = code;
        for (place, cell) in (0u16..).zip([id, label_ja, label_en]) {
            sheet.write_string_with_format(number, place, clean(cell), &text)?;
        }
    }
    Ok(())
}

/// Reads the sheet of that name, or the first one where there is none.
pub(crate) fn read_xlsx(bytes: &[u8], sheet: &str) -> Result<Grid, ReadError> {
    if bytes.len() > MAX_BYTES {
        return Err(ReadError::TooLarge { bytes: bytes.len() });
    }
    refuse_bombs(bytes, MAX_UNPACKED)?;
    // A damaged workbook must not end the program, whatever the library does with it.
    catch_unwind(AssertUnwindSafe(|| cells(bytes, sheet))).unwrap_or_else(|_| {
        Err(ReadError::Unreadable {
            detail: "damaged workbook".to_owned(),
        })
    })
}

fn unreadable(error: impl std::fmt::Display) -> ReadError {
    ReadError::Unreadable {
        detail: error.to_string(),
    }
}

/// Unpacks everything once, as declared sizes can lie.
fn refuse_bombs(bytes: &[u8], limit: u64) -> Result<(), ReadError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(unreadable)?;
    if archive.len() > MAX_PARTS {
        return Err(ReadError::Bomb);
    }
    let mut left = limit;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(unreadable)?;
        let copied = std::io::copy(&mut part.take(left), &mut std::io::sink());
        left -= copied.map_err(unreadable)?;
        if left == 0 {
            return Err(ReadError::Bomb);
        }
    }
    Ok(())
}

/// The cells one by one: a range would allocate everything between the corners of the sheet.
fn cells(bytes: &[u8], sheet: &str) -> Result<Grid, ReadError> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(unreadable)?;
    let names = workbook.sheet_names();
    let named = names.iter().find(|name| *name == sheet);
    let name = named.or(names.first()).cloned().unwrap_or_default();
    let mut reader = workbook.worksheet_cells_reader(&name).map_err(unreadable)?;
    let mut rows: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    while let Some(cell) = reader.next_cell().map_err(unreadable)? {
        let (row, column) = cell.get_position();
        let (row, column) = (row as usize, column as usize);
        let text = clean(&text(cell.get_value(), row, column)?);
        if text.is_empty() {
            continue;
        }
        if row > MAX_ROWS {
            return Err(ReadError::TooManyRows);
        }
        if column >= MAX_COLUMNS {
            return Err(ReadError::TooManyColumns);
        }
        let cells = rows.entry(row).or_default();
        cells.resize(cells.len().max(column + 1), String::new());
        cells.splice(column..=column, [text]);
    }
    let count = rows.last_key_value().map_or(0, |(last, _)| last + 1);
    Grid::new(
        (0..count)
            .map(|row| rows.remove(&row).unwrap_or_default())
            .collect(),
    )
}

fn text(value: &DataRef<'_>, row: usize, column: usize) -> Result<String, ReadError> {
    Ok(match value {
        DataRef::Empty => String::new(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(flag) => flag.to_string(),
        DataRef::DateTime(moment) => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(error) => {
            return Err(ReadError::ErrorCell {
                row: row + 1,
                column: letters(column),
                value: error.to_string(),
            });
        }
    })
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    #[test]
    fn bombs_are_refused_by_what_they_unpack_to() {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for name in ["a", "b"] {
            zip.start_file(name, SimpleFileOptions::default()).unwrap();
            zip.write_all(&[0; 5_000]).unwrap();
        }
        let bytes = zip.finish().unwrap().into_inner();
        assert!(bytes.len() < 1_000);
        assert_eq!(refuse_bombs(&bytes, 10_001), Ok(()));
        assert_eq!(refuse_bombs(&bytes, 10_000), Err(ReadError::Bomb));
    }
}
