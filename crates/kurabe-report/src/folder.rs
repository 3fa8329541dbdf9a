//! The files of a report.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use crate::error::ReportError;
use crate::json::Json;
use crate::script;

/// Folder of the data files.
const DATA: &str = "data";

/// A report that is being written.
#[derive(Debug)]
pub(crate) struct Folder {
    path: PathBuf,
    files: AtomicUsize,
    bytes: AtomicU64,
}

impl Folder {
    /// A report in that folder.
    pub(crate) fn new(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
            files: AtomicUsize::new(0),
            bytes: AtomicU64::new(0),
        }
    }

    /// How many files were written, and their bytes.
    pub(crate) fn written(&self) -> (usize, u64) {
        (
            self.files.load(Ordering::Relaxed),
            self.bytes.load(Ordering::Relaxed),
        )
    }

    /// Writes a data file.
    pub(crate) fn data(&self, key: &str, value: &Json<'_>) -> Result<(), ReportError> {
        let path = self.path.join(DATA).join(format!("{key}.js"));
        let failed = ReportError::write(&path);
        let mut file = Counted::new(create(&path)?);
        let written = script::write(&mut file, key, value).and_then(|()| file.flush());
        written.map_err(failed)?;
        self.count(file.bytes);
        Ok(())
    }

    /// Writes a file as it is; `path` is one of ours.
    pub(crate) fn file(&self, path: &Path, contents: &[u8]) -> Result<(), ReportError> {
        let path = self.path.join(path);
        let mut file = create(&path)?;
        let written = file.write_all(contents).and_then(|()| file.flush());
        written.map_err(ReportError::write(&path))?;
        self.count(contents.len() as u64);
        Ok(())
    }

    fn count(&self, bytes: u64) {
        self.files.fetch_add(1, Ordering::Relaxed);
        self.bytes.fetch_add(bytes, Ordering::Relaxed);
    }
}

fn create(path: &Path) -> Result<BufWriter<File>, ReportError> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).map_err(ReportError::write(parent))?;
    }
    let file = File::create(path).map_err(ReportError::write(path))?;
    Ok(BufWriter::with_capacity(1 << 16, file))
}

struct Counted {
    to: BufWriter<File>,
    bytes: u64,
}

impl Counted {
    fn new(to: BufWriter<File>) -> Self {
        Self { to, bytes: 0 }
    }
}

impl Write for Counted {
    fn write(&mut self, buffer: &[u8]) -> std::io::Result<usize> {
        let written = self.to.write(buffer)?;
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.to.flush()
    }
}
