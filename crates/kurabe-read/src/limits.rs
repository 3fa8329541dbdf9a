//! How much is read at most.

/// Limits on everything that is read. They are checked before memory is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Size of a file in bytes.
    pub bytes: u64,
    /// Size in bytes of what a compressed file or stream unpacks to, all parts together.
    pub unpacked_bytes: u64,
    /// How many times larger a part of more than a megabyte may become when it is unpacked.
    pub ratio: u64,
    /// Cells of all tables together, blank ones that a grid needs included.
    pub cells: u64,
    /// Characters in one cell.
    pub cell_characters: u64,
    /// Pages of a PDF, sheets of a workbook.
    pub pages: u64,
    /// Elements inside each other.
    pub depth: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 200 << 20,
            unpacked_bytes: 400 << 20,
            ratio: 1000,
            cells: 5_000_000,
            cell_characters: 200_000,
            pages: 5_000,
            depth: 256,
        }
    }
}
