//! Binary workbooks (MS-XLSB): records in the parts of an Office Open XML package.

mod cells;
mod record;

use std::collections::BTreeMap;

use super::bytes::{u16_at, u32_at, utf_16};
use super::model::{Book, Gathering};
use super::value::Styles;
use super::xlsx::{Outline, SheetEntry, main_part, missing, part_of, relations};
use crate::ReadError;
use crate::zip_guard::Package;
use record::{Records, id};

const FORMAT: &str = "xlsb";

/// Reads a workbook.
pub(super) fn read(package: &mut Package) -> Result<Book, ReadError> {
    let main = main_part(package, "xl/workbook.bin")?;
    let outline = outline(package, &main)?;
    let relations = relations(package, &main)?;
    let strings = match part_of(&relations, "sharedStrings") {
        Some(part) => strings(package, part)?,
        None => Vec::new(),
    };
    let mut styles = match part_of(&relations, "styles") {
        Some(part) => styles(package, part)?,
        None => Styles::default(),
    };
    styles.is_1904 = outline.is_1904;
    let mut gathering = Gathering::new(FORMAT, package.limits());
    for sheet in &outline.sheets {
        let Some(target) = relations.get(&sheet.relation) else {
            continue;
        };
        if target.kind == "worksheet" {
            gathering.begin(&sheet.name, sheet.is_hidden)?;
            cells::read(package, &target.part, &strings, &styles, &mut gathering)?;
            gathering.end();
        }
    }
    Ok(gathering.book())
}

/// Opens a part of records that has to be there.
fn open<'p, 'b>(
    package: &'p mut Package<'b>,
    part: &str,
) -> Result<Records<crate::zip_guard::Part<'p, 'b>>, ReadError> {
    let source = package.binary(part)?.ok_or_else(|| missing(FORMAT, part))?;
    Ok(Records::new(source, FORMAT, part))
}

fn outline(package: &mut Package, part: &str) -> Result<Outline, ReadError> {
    let mut outline = Outline::default();
    let mut records = open(package, part)?;
    while let Some(record) = records.next(&[id::WB_PROP, id::BUNDLE_SH])? {
        match record {
            id::WB_PROP => outline.is_1904 = records.data().first().is_some_and(|b| b & 1 != 0),
            _ => outline.sheets.extend(entry(records.data())),
        }
    }
    Ok(outline)
}

fn entry(data: &[u8]) -> Option<SheetEntry> {
    let is_hidden = u32_at(data, 0)? != 0;
    let (relation, length) = wide_text(data.get(8..)?)?;
    let (name, _) = wide_text(data.get(8 + length..)?)?;
    Some(SheetEntry {
        name,
        is_hidden,
        relation,
    })
}

/// A string with its length in four bytes, and how many bytes it takes.
fn wide_text(data: &[u8]) -> Option<(String, usize)> {
    let count = u32_at(data, 0)?;
    if count == u32::MAX {
        return Some((String::new(), 4));
    }
    let length = usize::try_from(count).ok()?.checked_mul(2)?;
    let end = length.checked_add(4)?;
    Some((utf_16(data.get(4..end)?), end))
}

fn strings(package: &mut Package, part: &str) -> Result<Vec<String>, ReadError> {
    let most = package.limits().cells;
    let mut strings = Vec::new();
    let mut records = open(package, part)?;
    while records.next(&[id::SST_ITEM])?.is_some() {
        // A byte of flags, the text, then the runs of its fonts and its phonetic guide.
        let text = records.data().get(1..).and_then(wide_text);
        strings.push(text.map(|(text, _)| text).unwrap_or_default());
        if u64::try_from(strings.len()).unwrap_or(u64::MAX) > most {
            return Err(ReadError::too_large("cells", most));
        }
    }
    Ok(strings)
}

fn styles(package: &mut Package, part: &str) -> Result<Styles, ReadError> {
    let mut own = BTreeMap::new();
    let mut used = Vec::new();
    let mut in_cells = false;
    let mut records = open(package, part)?;
    let wanted = [id::FMT, id::BEGIN_CELL_XFS, id::XF, id::END_CELL_XFS];
    while let Some(record) = records.next(&wanted)? {
        let data = records.data();
        match record {
            id::FMT => {
                let code = data.get(2..).and_then(wide_text);
                own.extend(u16_at(data, 0).zip(code.map(|(code, _)| code)));
            }
            id::XF if in_cells => used.push(u16_at(data, 2).unwrap_or(0)),
            id::XF => {}
            record => in_cells = record == id::BEGIN_CELL_XFS,
        }
    }
    Ok(Styles::new(&own, &used))
}
