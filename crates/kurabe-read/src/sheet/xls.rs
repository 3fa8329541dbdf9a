//! Workbooks of Excel 5 to 2003: BIFF5 and BIFF8 records (MS-XLS) in a compound file.

mod cells;
mod record;
mod strings;

use std::collections::BTreeMap;

use super::bytes::{u16_at, u32_at};
use super::model::{Book, Gathering};
use super::value::Styles;
use crate::fault::{Fault, FaultKind};
use crate::ole::Compound;
use crate::{Limits, ReadError};
use record::{Record, Records, id};
use strings::Encoding;

const FORMAT: &str = "xls";

/// What the first part of the stream says about the whole workbook.
#[derive(Default)]
struct Globals {
    encoding: Encoding,
    is_1904: bool,
    /// Where each sheet begins, its name and whether it is hidden.
    sheets: Vec<(usize, String, bool)>,
    formats: BTreeMap<u16, String>,
    used_formats: Vec<u16>,
    strings: Vec<String>,
    /// Whether the list of sheets is damaged.
    is_damaged: bool,
}

/// Reads a workbook.
pub(super) fn read(bytes: &[u8], limits: Limits) -> Result<Book, ReadError> {
    let file = Compound::open(bytes)?;
    let stream = file.stream("Workbook").or_else(|| file.stream("Book"));
    let stream = stream.ok_or_else(|| damaged(FaultKind::WorkbookMissing))?;
    let globals = globals(&stream, limits)?;
    let mut styles = Styles::new(&globals.formats, &globals.used_formats);
    styles.is_1904 = globals.is_1904;
    let mut gathering = Gathering::new(FORMAT, limits);
    for (start, name, is_hidden) in &globals.sheets {
        let records = stream.get(*start..).unwrap_or_default();
        gathering.begin(name, *is_hidden)?;
        if globals.is_damaged {
            gathering.damaged();
        }
        cells::read(records, &globals, &styles, &mut gathering)?;
        gathering.end();
    }
    Ok(gathering.book())
}

fn damaged(kind: FaultKind) -> ReadError {
    ReadError::Damaged {
        format: FORMAT,
        detail: Fault::new(kind),
    }
}

fn globals(stream: &[u8], limits: Limits) -> Result<Globals, ReadError> {
    let mut globals = Globals::default();
    let mut records = Records::new(stream);
    match records.next() {
        Some(first) if first.id == id::BOF => globals.version(&first)?,
        _ => return Err(damaged(FaultKind::WorkbookStart)),
    }
    globals.is_damaged = true;
    for record in records {
        match record.id {
            id::EOF => {
                globals.is_damaged = false;
                break;
            }
            id::FILE_PASS => return Err(ReadError::Encrypted { format: FORMAT }),
            id::SST => globals.strings = strings::shared(&record, limits)?,
            _ => globals.take(&record),
        }
    }
    Ok(globals)
}

impl Globals {
    /// Notes which version of the format this is.
    fn version(&mut self, record: &Record) -> Result<(), ReadError> {
        match u16_at(record.data, 0) {
            Some(0x0600) => self.encoding = Encoding::Unicode,
            Some(0x0500) => self.encoding = Encoding::default(),
            _ => return Err(damaged(FaultKind::TooOld)),
        }
        Ok(())
    }

    /// Takes in a record; one that is cut off is left out.
    fn take(&mut self, record: &Record) {
        let data = record.data;
        match record.id {
            id::CODE_PAGE => self.encoding.set_code_page(u16_at(data, 0).unwrap_or(0)),
            id::DATE_MODE => self.is_1904 = u16_at(data, 0) == Some(1),
            id::FORMAT => self.formats.extend(self.format(data)),
            id::XF => self.used_formats.push(u16_at(data, 2).unwrap_or(0)),
            id::BOUND_SHEET => self.sheets.extend(self.sheet(data)),
            _ => {}
        }
    }

    fn format(&self, data: &[u8]) -> Option<(u16, String)> {
        let code = match self.encoding {
            Encoding::Unicode => self.encoding.long_text(data.get(2..)?)?,
            Encoding::Bytes(_) => self.encoding.short_text(data.get(2..)?)?,
        };
        Some((u16_at(data, 0)?, code))
    }

    /// A worksheet; charts, macros and modules have no cells to read.
    fn sheet(&self, data: &[u8]) -> Option<(usize, String, bool)> {
        let start = usize::try_from(u32_at(data, 0)?).ok()?;
        let is_hidden = data.get(4)? & 3 != 0;
        let is_worksheet = *data.get(5)? == 0;
        let name = self.encoding.short_text(data.get(6..)?)?;
        is_worksheet.then_some((start, name, is_hidden))
    }
}
