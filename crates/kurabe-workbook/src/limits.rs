//! What the file format allows.

/// What a sheet may hold. The usual values are those of Excel; smaller ones are for tests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Rows of a sheet, the header included.
    pub rows: u32,
    /// Characters of a cell, counted as UTF-16 does.
    pub characters: usize,
    /// Links of a sheet.
    pub links: usize,
}

impl Default for Limits {
    /// "Excel specifications and limits" of Microsoft.
    fn default() -> Self {
        Self {
            rows: 1_048_576,
            characters: 32_767,
            links: 65_530,
        }
    }
}

/// Longest name of a sheet.
pub(crate) const SHEET_NAME: usize = 31;

/// Longest address of a link.
pub(crate) const ADDRESS: usize = 2_079;

/// Longest message that a header shows when it is selected.
pub(crate) const MESSAGE: usize = 255;
