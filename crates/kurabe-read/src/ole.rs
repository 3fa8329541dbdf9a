//! Compound files (OLE2, MS-CFB): a small file system inside a file, which old Office documents
//! are. Chains of sectors are followed no further than the file is long.

use crate::ReadError;
use crate::fault::{Fault, FaultKind};

/// The first bytes of a compound file.
pub(crate) const SIGNATURE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// Name of the format in errors.
const FORMAT: &str = "OLE2 (.xls, .doc)";

/// Sector numbers from here on are marks, not sectors.
const MARKS: u32 = 0xFFFF_FFFA;

/// Sectors of the short streams.
const MINI_SECTOR: usize = 64;

/// A compound file.
pub(crate) struct Compound<'b> {
    bytes: &'b [u8],
    sector: usize,
    /// The sector that follows each sector.
    next: Vec<u32>,
    /// Streams shorter than this lie in `mini`.
    cutoff: usize,
    mini: Vec<u8>,
    mini_next: Vec<u32>,
    /// Streams and folders that stand directly in the root.
    entries: Vec<Entry>,
}

/// A stream or a folder.
#[derive(Debug, Clone)]
struct Entry {
    name: String,
    left: u32,
    right: u32,
    child: u32,
    start: u32,
    size: usize,
}

fn damaged(kind: FaultKind) -> ReadError {
    ReadError::Damaged {
        format: FORMAT,
        detail: Fault::new(kind),
    }
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let pair = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes(pair.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(four.try_into().ok()?))
}

fn usize_at(bytes: &[u8], at: usize) -> Option<usize> {
    usize::try_from(u32_at(bytes, at)?).ok()
}

fn numbers(bytes: &[u8]) -> impl Iterator<Item = u32> {
    let (fours, _) = bytes.as_chunks::<4>();
    fours.iter().map(|four| u32::from_le_bytes(*four))
}

impl<'b> Compound<'b> {
    /// Opens a compound file by its tables.
    ///
    /// # Errors
    ///
    /// When they cannot be read.
    pub(crate) fn open(bytes: &'b [u8]) -> Result<Self, ReadError> {
        let shift = u16_at(bytes, 30).ok_or_else(|| damaged(FaultKind::HeaderCut))?;
        if !matches!(shift, 9 | 12) {
            return Err(damaged(FaultKind::SectorSize));
        }
        let mut file = Self {
            bytes,
            sector: 1 << shift,
            next: Vec::new(),
            cutoff: usize_at(bytes, 56).unwrap_or(4096),
            mini: Vec::new(),
            mini_next: Vec::new(),
            entries: Vec::new(),
        };
        file.next = file.sector_table();
        let directory = file.chain(u32_at(bytes, 48).unwrap_or(MARKS));
        let all = entries(&directory);
        let root = all.first().ok_or_else(|| damaged(FaultKind::NoDirectory))?;
        file.mini = file.chain(root.start);
        let mini_next = file.chain(u32_at(bytes, 60).unwrap_or(MARKS));
        file.mini_next = numbers(&mini_next).collect();
        file.entries = siblings(&all, root.child);
        Ok(file)
    }

    /// Bytes of a sector, fewer than its size where the file is cut off; never none.
    fn sector(&self, number: u32) -> Option<&'b [u8]> {
        let number = usize::try_from(number).ok()?;
        let start = number.checked_add(1)?.checked_mul(self.sector)?;
        let rest = self.bytes.get(start..).filter(|rest| !rest.is_empty())?;
        Some(rest.get(..self.sector).unwrap_or(rest))
    }

    /// The table of following sectors, gathered from the sectors that the header lists and from
    /// those that it leads to.
    fn sector_table(&self) -> Vec<u32> {
        let header = self.bytes.get(76..512).unwrap_or_default();
        let mut tables: Vec<u32> = numbers(header).collect();
        let mut list = u32_at(self.bytes, 68).unwrap_or(MARKS);
        for _ in 0..self.bytes.len() / self.sector {
            let Some(sector) = self.sector(list).filter(|_| list < MARKS) else {
                break;
            };
            tables.extend(numbers(sector));
            list = tables.pop().unwrap_or(MARKS);
        }
        let known = tables.into_iter().filter(|number| *number < MARKS);
        let longest = self.bytes.len() / self.sector + 1;
        let sectors = known.take(longest).filter_map(|number| self.sector(number));
        sectors.flat_map(numbers).collect()
    }

    /// The bytes of a chain of sectors; a chain that runs in a circle ends where it would be
    /// longer than the file.
    fn chain(&self, first: u32) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut number = first;
        while let Some(sector) = self.sector(number).filter(|_| number < MARKS) {
            if bytes.len() > self.bytes.len() {
                break;
            }
            bytes.extend_from_slice(sector);
            number = follow(&self.next, number);
        }
        bytes
    }

    fn mini_chain(&self, first: u32) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut number = first;
        while number < MARKS && bytes.len() <= self.mini.len() {
            let start =
                usize::try_from(number).map_or(usize::MAX, |n| n.saturating_mul(MINI_SECTOR));
            let rest = self.mini.get(start..).unwrap_or_default();
            if rest.is_empty() {
                break;
            }
            bytes.extend_from_slice(rest.get(..MINI_SECTOR).unwrap_or(rest));
            number = follow(&self.mini_next, number);
        }
        bytes
    }

    /// Whether a stream or folder of that name stands in the root.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.names().any(|n| n.eq_ignore_ascii_case(name))
    }

    /// Names of the streams and folders that stand in the root.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|entry| entry.name.as_str())
    }

    /// The bytes of a stream in the root.
    pub(crate) fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let mut entries = self.entries.iter();
        let entry = entries.find(|entry| entry.name.eq_ignore_ascii_case(name))?;
        let mut bytes = if entry.size < self.cutoff {
            self.mini_chain(entry.start)
        } else {
            self.chain(entry.start)
        };
        bytes.truncate(entry.size);
        Some(bytes)
    }
}

fn follow(next: &[u32], number: u32) -> u32 {
    let index = usize::try_from(number).unwrap_or(usize::MAX);
    next.get(index).copied().unwrap_or(MARKS)
}

/// The entries of a directory.
fn entries(directory: &[u8]) -> Vec<Entry> {
    let (records, _) = directory.as_chunks::<128>();
    records.iter().filter_map(|r| entry(r)).collect()
}

fn entry(record: &[u8]) -> Option<Entry> {
    let length = usize::from(u16_at(record, 64)?).clamp(2, 64);
    let (units, _) = record.get(..length - 2)?.as_chunks::<2>();
    let units: Vec<u16> = units.iter().map(|unit| u16::from_le_bytes(*unit)).collect();
    Some(Entry {
        name: String::from_utf16_lossy(&units),
        left: u32_at(record, 68)?,
        right: u32_at(record, 72)?,
        child: u32_at(record, 76)?,
        start: u32_at(record, 116)?,
        size: usize_at(record, 120)?,
    })
}

/// The entries of the folder whose tree begins with entry `first`.
fn siblings(all: &[Entry], first: u32) -> Vec<Entry> {
    let mut found = Vec::new();
    let mut waiting = vec![first];
    while let Some(number) = waiting.pop() {
        let index = usize::try_from(number).unwrap_or(usize::MAX);
        // A tree of a sound file has each entry once.
        let Some(entry) = all.get(index).filter(|_| found.len() < all.len()) else {
            continue;
        };
        waiting.extend([entry.left, entry.right]);
        found.push(entry.clone());
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file of two sectors whose chains run in a circle right behind its end, where nothing is.
    #[test]
    fn a_circle_behind_the_end_is_left() {
        let bytes = vec![0; 3 * 512];
        let file = Compound {
            bytes: &bytes,
            sector: 512,
            next: vec![1, 2, 2],
            cutoff: 4096,
            mini: vec![7; 2 * MINI_SECTOR],
            mini_next: vec![1, 2, 2],
            entries: Vec::new(),
        };
        assert_eq!(file.chain(0).len(), 2 * 512);
        assert_eq!(file.mini_chain(0), vec![7; 2 * MINI_SECTOR]);
    }

    #[test]
    fn a_circle_ends_where_it_is_longer_than_the_file() {
        let bytes = vec![0; 3 * 512];
        let file = Compound {
            bytes: &bytes,
            sector: 512,
            next: vec![1, 0],
            cutoff: 4096,
            mini: vec![7; 2 * MINI_SECTOR],
            mini_next: vec![1, 0],
            entries: Vec::new(),
        };
        assert!(file.chain(0).len() <= 4 * 512);
        assert!(file.mini_chain(0).len() <= 3 * MINI_SECTOR);
    }
}
