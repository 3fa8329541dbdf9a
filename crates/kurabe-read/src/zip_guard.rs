//! Files packed in ZIP: their parts, unpacked piece by piece within the limits.
//!
//! What a part says about its size is checked before it is unpacked, and what really comes out is
//! counted while it is read, because a file can lie. Sheets come piece by piece, never as a whole.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, BufReader, Cursor, Read};
use std::rc::Rc;

use zip::ZipArchive;
use zip::read::ZipFile;
use zip::result::ZipError;

use crate::fault::{Fault, FaultKind};
use crate::{Limits, ReadError};

/// Parts smaller than this may be packed as densely as they like.
const SMALL: u64 = 1 << 20;

/// Bytes of markup that one character of a cell takes at most (`&#x1F600;`), with room to spare.
const BYTES_PER_CHARACTER: u64 = 12;

/// A part of the file while it is read.
pub(crate) type Part<'p, 'b> = BufReader<Guarded<ZipFile<'p, Cursor<&'b [u8]>>>>;

/// A file packed in ZIP.
pub(crate) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    /// Index of each part by its name in lower case with forward slashes: programs differ in both.
    names: BTreeMap<String, usize>,
    limits: Limits,
    /// Bytes unpacked so far, all parts together.
    unpacked: Rc<Cell<u64>>,
    /// What the file is, as errors name it.
    pub(crate) format: &'static str,
}

/// The name by which a part is found.
fn key(name: &str) -> String {
    let slashes = name.replace('\\', "/").to_lowercase();
    slashes.trim_start_matches('/').to_owned()
}

/// Bytes of all parts as they are packed: parts that share their bytes, so that a small file unpacks
/// to a huge one, take more than the file has.
fn packed_size(archive: &mut ZipArchive<Cursor<&[u8]>>) -> u64 {
    let mut size = 0_u64;
    for index in 0..archive.len() {
        if let Ok(part) = archive.by_index_raw(index) {
            size = size.saturating_add(part.compressed_size());
        }
    }
    size
}

impl<'b> Package<'b> {
    /// Opens a file by its list of parts.
    ///
    /// # Errors
    ///
    /// When the list cannot be read.
    pub(crate) fn open(bytes: &'b [u8], limits: Limits) -> Result<Self, ReadError> {
        Self::open_as("ZIP (.xlsx, .docx, .ods)", bytes, limits)
    }

    /// The same where it is known what the file is; errors name the format so.
    ///
    /// # Errors
    ///
    /// When the list cannot be read.
    pub(crate) fn open_as(
        format: &'static str,
        bytes: &'b [u8],
        limits: Limits,
    ) -> Result<Self, ReadError> {
        let mut archive = ZipArchive::new(Cursor::new(bytes))
            .map_err(|e| damaged(format, Fault::new(FaultKind::Package), &e))?;
        if packed_size(&mut archive) > u64::try_from(bytes.len()).unwrap_or(u64::MAX) {
            return Err(ReadError::Damaged {
                format,
                detail: Fault::new(FaultKind::Overlap),
            });
        }
        let mut names = BTreeMap::new();
        for index in 0..archive.len() {
            if let Some(Ok(name)) = archive.name_for_index(index) {
                names.insert(key(&name), index);
            }
        }
        Ok(Self {
            archive,
            names,
            limits,
            unpacked: Rc::default(),
            format,
        })
    }

    /// The limits that the file was opened with.
    pub(crate) fn limits(&self) -> Limits {
        self.limits
    }

    /// Whether there is such a part.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.names.contains_key(&key(name))
    }

    /// The names of all parts, in lower case, sorted.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.keys().map(String::as_str)
    }

    /// A part of markup; `None` when there is no such part.
    ///
    /// # Errors
    ///
    /// When it cannot be unpacked within the limits.
    pub(crate) fn markup(&mut self, name: &str) -> Result<Option<Part<'_, 'b>>, ReadError> {
        let run = self.limits.cell_characters;
        self.part(name, Some(run.saturating_mul(BYTES_PER_CHARACTER)))
    }

    /// A part of binary records; `None` when there is no such part.
    ///
    /// # Errors
    ///
    /// When it cannot be unpacked within the limits.
    pub(crate) fn binary(&mut self, name: &str) -> Result<Option<Part<'_, 'b>>, ReadError> {
        self.part(name, None)
    }

    /// All of a part of markup, for readers that need it as a whole; `None` when there is no such part.
    ///
    /// # Errors
    ///
    /// When it cannot be unpacked within the limits.
    pub(crate) fn whole(&mut self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        let format = self.format;
        let Some(mut part) = self.markup(name)? else {
            return Ok(None);
        };
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes)
            .map_err(|error| unpacking(format, name, &error))?;
        Ok(Some(bytes))
    }

    /// The first bytes of a part, as many as there are up to `length`; none when it is missing.
    pub(crate) fn head(&mut self, name: &str, length: u64) -> Vec<u8> {
        let mut head = Vec::new();
        if let Ok(Some(part)) = self.binary(name) {
            // What was read up to an error is what there is.
            let _ = part.take(length).read_to_end(&mut head);
        }
        head
    }

    fn part(&mut self, name: &str, run: Option<u64>) -> Result<Option<Part<'_, 'b>>, ReadError> {
        let Some(index) = self.names.get(&key(name)).copied() else {
            return Ok(None);
        };
        let (format, limits) = (self.format, self.limits);
        let file = self.archive.by_index(index);
        let file = file.map_err(|e| damaged(format, Fault::new(FaultKind::Part).part(name), &e))?;
        let packed = file.compressed_size();
        let declared = file.size();
        let most = packed.saturating_mul(limits.ratio).max(SMALL);
        if declared > most {
            return Err(ReadError::too_large("ratio", limits.ratio));
        }
        if self.unpacked.get().saturating_add(declared) > limits.unpacked_bytes {
            return Err(ReadError::too_large(
                "unpacked_bytes",
                limits.unpacked_bytes,
            ));
        }
        Ok(Some(BufReader::new(Guarded {
            inner: file,
            limits,
            unpacked: Rc::clone(&self.unpacked),
            own: 0,
            most,
            run: 0,
            longest: run,
        })))
    }
}

fn damaged(format: &'static str, fault: Fault, error: &ZipError) -> ReadError {
    match error {
        ZipError::InvalidPassword => ReadError::Encrypted { format },
        ZipError::UnsupportedArchive(text) if text.contains("assword") => {
            ReadError::Encrypted { format }
        }
        error => ReadError::Damaged {
            format,
            detail: fault.cause(error),
        },
    }
}

/// A reader that stops with [`Breach`] where a limit is passed.
pub(crate) struct Guarded<R> {
    inner: R,
    limits: Limits,
    unpacked: Rc<Cell<u64>>,
    /// Bytes that came out of this part, and how many may.
    own: u64,
    most: u64,
    /// Bytes since the last `<`, and how many there may be, in markup.
    run: u64,
    longest: Option<u64>,
}

/// A limit that was passed while unpacking.
#[derive(Debug)]
struct Breach {
    limit: &'static str,
    value: u64,
}

/// The error of a reader that meets a limit of its own.
pub(crate) fn breach(limit: &'static str, value: u64) -> io::Error {
    io::Error::other(Breach { limit, value })
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "limits.{} = {}", self.limit, self.value)
    }
}

impl std::error::Error for Breach {}

impl<R> Guarded<R> {
    fn check(&mut self, chunk: &[u8]) -> Result<(), Breach> {
        let length = u64::try_from(chunk.len()).unwrap_or(u64::MAX);
        let limits = self.limits;
        let breach = |limit, value| Err(Breach { limit, value });
        self.own = self.own.saturating_add(length);
        self.unpacked
            .set(self.unpacked.get().saturating_add(length));
        if self.own > self.most {
            return breach("ratio", limits.ratio);
        }
        if self.unpacked.get() > limits.unpacked_bytes {
            return breach("unpacked_bytes", limits.unpacked_bytes);
        }
        let Some(longest) = self.longest else {
            return Ok(());
        };
        self.run = match chunk.iter().rposition(|b| *b == b'<') {
            Some(at) => u64::try_from(chunk.len() - at).unwrap_or(u64::MAX),
            None => self.run.saturating_add(length),
        };
        if self.run > longest {
            return breach("cell_characters", limits.cell_characters);
        }
        Ok(())
    }
}

impl<R: Read> Read for Guarded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.inner.read(buffer)?;
        let chunk = buffer.get(..length).unwrap_or_default();
        self.check(chunk).map_err(io::Error::other)?;
        Ok(length)
    }
}

/// What an error while unpacking means.
pub(crate) fn unpacking(format: &'static str, part: &str, error: &io::Error) -> ReadError {
    let breach = error.get_ref().and_then(|e| e.downcast_ref::<Breach>());
    match breach {
        Some(breach) => ReadError::too_large(breach.limit, breach.value),
        None if error.kind() == io::ErrorKind::OutOfMemory => ReadError::OutOfMemory,
        None => ReadError::Damaged {
            format,
            detail: Fault::new(FaultKind::Unpacking).part(part).cause(error),
        },
    }
}
