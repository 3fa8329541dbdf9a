//! Writing to disk: the one place where the bytes of results go out.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::problem::{Result, writing};

/// The disk that results are written to.
///
/// A disk with a budget runs full after that many bytes: tests use it to see what a full disk
/// does to a run.
#[derive(Debug, Default)]
pub struct Disk {
    budget: Option<AtomicU64>,
}

impl Disk {
    /// A disk that has room for `bytes` more bytes.
    #[must_use]
    pub fn with_room_for(bytes: u64) -> Self {
        Self {
            budget: Some(AtomicU64::new(bytes)),
        }
    }

    /// Writes a new file; what stood there is lost, so that only files nobody reads yet may be
    /// written this way. The bytes are on the disk, not only in its cache, when `is_durable`.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn create(&self, path: &Path, bytes: &[u8], is_durable: bool) -> Result<()> {
        self.try_create(path, bytes, is_durable)
            .map_err(writing(path))
    }

    /// Replaces a file in one step: a reader sees the old bytes or the new ones.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn replace(&self, path: &Path, bytes: &[u8]) -> Result<()> {
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(".tmp");
        let beside = path.with_file_name(name);
        self.create(&beside, bytes, true)?;
        fs::rename(&beside, path).map_err(writing(path))
    }

    /// Takes room for a file that another writer has written.
    ///
    /// # Errors
    /// When the disk is full.
    pub fn charge(&self, path: &Path, bytes: usize) -> Result<()> {
        if self.take(bytes as u64) < bytes {
            return Err(writing(path)(io::ErrorKind::StorageFull.into()));
        }
        Ok(())
    }

    /// Puts a file that another writer has written on the disk, not only in its cache.
    ///
    /// # Errors
    /// When that fails, in particular when the disk is full.
    pub fn settle(&self, path: &Path) -> Result<()> {
        let file = File::open(path).map_err(writing(path))?;
        let bytes = file.metadata().map_err(writing(path))?.len();
        self.charge(path, usize::try_from(bytes).unwrap_or(usize::MAX))?;
        file.sync_all().map_err(writing(path))
    }

    fn try_create(&self, path: &Path, bytes: &[u8], is_durable: bool) -> io::Result<()> {
        let mut file = File::create(path)?;
        let room = self.take(bytes.len() as u64);
        file.write_all(bytes.get(..room).unwrap_or(bytes))?;
        if room < bytes.len() {
            return Err(io::ErrorKind::StorageFull.into());
        }
        if is_durable { file.sync_all() } else { Ok(()) }
    }

    /// Takes room for `wanted` bytes and says how many there are.
    fn take(&self, wanted: u64) -> usize {
        let granted = self.budget.as_ref().map_or(wanted, |budget| {
            let left = budget
                .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| {
                    Some(left.saturating_sub(wanted))
                })
                .unwrap_or_default();
            left.min(wanted)
        });
        usize::try_from(granted).unwrap_or(usize::MAX)
    }
}

/// Makes a folder and those above it.
///
/// # Errors
/// When it cannot be made.
pub fn make_folder(path: &Path) -> Result<()> {
    fs::create_dir_all(path).map_err(writing(path))
}

/// Puts the entries of a folder on the disk, not only in its cache. Where folders cannot be
/// opened (Windows) nothing is done.
pub(crate) fn settle_folder(path: &Path) {
    if let Ok(folder) = File::open(path) {
        let _ = folder.sync_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_fails_and_the_old_file_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.json");
        Disk::default().replace(&path, b"old").unwrap();
        let error = Disk::with_room_for(2).replace(&path, b"newer").unwrap_err();
        assert!(error.to_string().contains("a.json.tmp"));
        assert_eq!(fs::read(&path).unwrap(), b"old");
    }
}
