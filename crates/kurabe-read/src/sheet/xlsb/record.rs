//! Records of BIFF12: a number, a length, the data.

use std::io::{self, BufRead, Read};

use crate::ReadError;
use crate::zip_guard::{breach, unpacking};

/// Numbers of the records that are read (MS-XLSB 2.3).
pub(super) mod id {
    pub(in crate::sheet::xlsb) const ROW_HDR: u32 = 0;
    pub(in crate::sheet::xlsb) const CELL_RK: u32 = 2;
    pub(in crate::sheet::xlsb) const CELL_ERROR: u32 = 3;
    pub(in crate::sheet::xlsb) const CELL_BOOL: u32 = 4;
    pub(in crate::sheet::xlsb) const CELL_REAL: u32 = 5;
    pub(in crate::sheet::xlsb) const CELL_ST: u32 = 6;
    pub(in crate::sheet::xlsb) const CELL_ISST: u32 = 7;
    pub(in crate::sheet::xlsb) const FMLA_STRING: u32 = 8;
    pub(in crate::sheet::xlsb) const FMLA_NUM: u32 = 9;
    pub(in crate::sheet::xlsb) const FMLA_BOOL: u32 = 10;
    pub(in crate::sheet::xlsb) const FMLA_ERROR: u32 = 11;
    pub(in crate::sheet::xlsb) const SST_ITEM: u32 = 19;
    pub(in crate::sheet::xlsb) const FMT: u32 = 44;
    pub(in crate::sheet::xlsb) const XF: u32 = 47;
    pub(in crate::sheet::xlsb) const COL_INFO: u32 = 60;
    pub(in crate::sheet::xlsb) const CELL_R_STRING: u32 = 62;
    pub(in crate::sheet::xlsb) const END_SHEET: u32 = 130;
    pub(in crate::sheet::xlsb) const END_SHEET_DATA: u32 = 146;
    pub(in crate::sheet::xlsb) const WB_PROP: u32 = 153;
    pub(in crate::sheet::xlsb) const BUNDLE_SH: u32 = 156;
    pub(in crate::sheet::xlsb) const MERGE_CELL: u32 = 176;
    pub(in crate::sheet::xlsb) const BEGIN_CELL_XFS: u32 = 617;
    pub(in crate::sheet::xlsb) const END_CELL_XFS: u32 = 618;
}

/// The longest record that is kept: a cell with a text of 32 767 characters and its formula.
const LONGEST: u64 = 1 << 20;

/// A part of records while it is read.
pub(super) struct Records<R> {
    source: R,
    data: Vec<u8>,
    format: &'static str,
    part: String,
}

impl<R: BufRead> Records<R> {
    pub(super) fn new(source: R, format: &'static str, part: &str) -> Self {
        Self {
            source,
            data: Vec::new(),
            format,
            part: part.to_owned(),
        }
    }

    /// Goes on to the next record with one of the numbers `wanted`; `None` at the end.
    pub(super) fn next(&mut self, wanted: &[u32]) -> Result<Option<u32>, ReadError> {
        let found = self.find(wanted);
        found.map_err(|error| unpacking(self.format, &self.part, &error))
    }

    /// The data of the record that was found last.
    pub(super) fn data(&self) -> &[u8] {
        &self.data
    }

    fn find(&mut self, wanted: &[u32]) -> io::Result<Option<u32>> {
        loop {
            let Some(number) = self.number()? else {
                return Ok(None);
            };
            let length = self.length()?;
            if length > LONGEST && wanted.contains(&number) {
                return Err(breach("cell_characters", LONGEST / 2));
            }
            if !wanted.contains(&number) {
                io::copy(&mut self.source.by_ref().take(length), &mut io::sink())?;
                continue;
            }
            self.data.clear();
            self.source
                .by_ref()
                .take(length)
                .read_to_end(&mut self.data)?;
            if u64::try_from(self.data.len()).unwrap_or(u64::MAX) < length {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            return Ok(Some(number));
        }
    }

    fn byte(&mut self) -> io::Result<Option<u8>> {
        let byte = self.source.fill_buf()?.first().copied();
        self.source.consume(usize::from(byte.is_some()));
        Ok(byte)
    }

    /// The number of a record: seven bits of each of one or two bytes.
    fn number(&mut self) -> io::Result<Option<u32>> {
        let Some(low) = self.byte()? else {
            return Ok(None);
        };
        if low & 0x80 == 0 {
            return Ok(Some(u32::from(low)));
        }
        let high = self.byte()?.unwrap_or(0);
        Ok(Some(u32::from(low & 0x7F) | u32::from(high & 0x7F) << 7))
    }

    /// The length of a record: seven bits of each of up to four bytes.
    fn length(&mut self) -> io::Result<u64> {
        let mut length = 0;
        for place in 0..4 {
            let byte = self.byte()?.unwrap_or(0);
            length |= u64::from(byte & 0x7F) << (7 * place);
            if byte & 0x80 == 0 {
                break;
            }
        }
        Ok(length)
    }
}
