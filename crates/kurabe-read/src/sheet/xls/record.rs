//! Records of BIFF: a number, a length, the data.

use crate::sheet::bytes::u16_at;

/// Numbers of the records that are read (MS-XLS 2.3).
pub(super) mod id {
    pub(in crate::sheet::xls) const FORMULA: u16 = 0x0006;
    pub(in crate::sheet::xls) const EOF: u16 = 0x000A;
    pub(in crate::sheet::xls) const DATE_MODE: u16 = 0x0022;
    pub(in crate::sheet::xls) const FILE_PASS: u16 = 0x002F;
    pub(in crate::sheet::xls) const CONTINUE: u16 = 0x003C;
    pub(in crate::sheet::xls) const CODE_PAGE: u16 = 0x0042;
    pub(in crate::sheet::xls) const COL_INFO: u16 = 0x007D;
    pub(in crate::sheet::xls) const BOUND_SHEET: u16 = 0x0085;
    pub(in crate::sheet::xls) const MUL_RK: u16 = 0x00BD;
    pub(in crate::sheet::xls) const R_STRING: u16 = 0x00D6;
    pub(in crate::sheet::xls) const XF: u16 = 0x00E0;
    pub(in crate::sheet::xls) const MERGE_CELLS: u16 = 0x00E5;
    pub(in crate::sheet::xls) const SST: u16 = 0x00FC;
    pub(in crate::sheet::xls) const LABEL_SST: u16 = 0x00FD;
    pub(in crate::sheet::xls) const NUMBER: u16 = 0x0203;
    pub(in crate::sheet::xls) const LABEL: u16 = 0x0204;
    pub(in crate::sheet::xls) const BOOL_ERR: u16 = 0x0205;
    pub(in crate::sheet::xls) const STRING: u16 = 0x0207;
    pub(in crate::sheet::xls) const ROW: u16 = 0x0208;
    pub(in crate::sheet::xls) const RK: u16 = 0x027E;
    pub(in crate::sheet::xls) const FORMAT: u16 = 0x041E;
    pub(in crate::sheet::xls) const BOF: u16 = 0x0809;
}

/// Whether a record of that number may stand in a sheet: others mean that the numbers are no
/// longer those of records.
pub(super) fn is_known(id: u16) -> bool {
    (1..0x1100).contains(&id)
}

/// A record with the records that continue it.
pub(super) struct Record<'b> {
    pub(super) id: u16,
    pub(super) data: &'b [u8],
    pub(super) more: Vec<&'b [u8]>,
}

/// Iterates over the records of a stream; it ends where one is cut off.
pub(super) struct Records<'b> {
    rest: &'b [u8],
}

impl<'b> Records<'b> {
    pub(super) fn new(stream: &'b [u8]) -> Self {
        Self { rest: stream }
    }

    fn raw(&mut self) -> Option<(u16, &'b [u8])> {
        let id = u16_at(self.rest, 0)?;
        let length = usize::from(u16_at(self.rest, 2)?);
        let body = self.rest.get(4..)?;
        let data = body.get(..length)?;
        self.rest = body.get(length..)?;
        Some((id, data))
    }
}

impl<'b> Iterator for Records<'b> {
    type Item = Record<'b>;

    fn next(&mut self) -> Option<Record<'b>> {
        let (id, data) = self.raw()?;
        let mut more = Vec::new();
        while u16_at(self.rest, 0) == Some(id::CONTINUE) {
            let Some((_, data)) = self.raw() else {
                break;
            };
            more.push(data);
        }
        Some(Record { id, data, more })
    }
}
