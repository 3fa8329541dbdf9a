//! Making a file beside the old one and putting it in its place in one step.

use std::fs::{self, File, TryLockError};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::DatabaseError;
use crate::error::writing;

/// A folder beside a file, in which its successor is made. The lock in it keeps two loaders
/// apart; what a stopped loader left there is removed by the next one.
pub(crate) struct Workshop {
    target: PathBuf,
    folder: PathBuf,
    _lock: File,
}

impl Workshop {
    /// Opens the workshop of a file.
    pub(crate) fn open(target: &Path) -> Result<Self, DatabaseError> {
        let target = fs::canonicalize(target).unwrap_or_else(|_| target.to_owned());
        let mut name = target.file_name().unwrap_or_default().to_owned();
        name.push(".new.tmp");
        let folder = target.with_file_name(name);
        fs::create_dir_all(&folder).map_err(writing(&target))?;
        let lock = locked(&folder.join("lock"), &target)?;
        for entry in fs::read_dir(&folder).map_err(writing(&folder))? {
            let path = entry.map_err(writing(&folder))?.path();
            if path.is_dir() {
                fs::remove_dir_all(&path).map_err(writing(&path))?;
            } else if !path.ends_with("lock") {
                fs::remove_file(&path).map_err(writing(&path))?;
            }
        }
        Ok(Self {
            target,
            folder,
            _lock: lock,
        })
    }

    /// A place in the workshop.
    pub(crate) fn place(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Puts a file of the workshop in the place of the old one.
    pub(crate) fn publish(&self, made: &Path) -> Result<(), DatabaseError> {
        let file = File::open(made).map_err(writing(&self.target))?;
        file.sync_all().map_err(writing(&self.target))?;
        if let Ok(old) = fs::metadata(&self.target) {
            // A file whose rights cannot be carried over is still the right file.
            let _ = fs::set_permissions(made, old.permissions());
        }
        fs::rename(made, &self.target).map_err(|source| self.denied(source))?;
        if let Some(Ok(folder)) = self.target.parent().map(File::open) {
            let _ = folder.sync_all();
        }
        Ok(())
    }

    /// Some systems do not let an open file be replaced.
    fn denied(&self, source: io::Error) -> DatabaseError {
        let path = self.target.clone();
        match source.kind() {
            io::ErrorKind::PermissionDenied | io::ErrorKind::ResourceBusy if path.exists() => {
                DatabaseError::InUse { path }
            }
            _ => DatabaseError::Write { path, source },
        }
    }
}

impl Drop for Workshop {
    /// The folder goes; what is left of it, the next loader removes.
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn locked(path: &Path, target: &Path) -> Result<File, DatabaseError> {
    let mut options = File::options();
    let file = options.create(true).truncate(false).write(true).open(path);
    let file = file.map_err(writing(target))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(DatabaseError::Busy {
            place: target.display().to_string(),
        }),
        Err(TryLockError::Error(error)) => Err(writing(target)(error)),
    }
}

/// Whether the file is there and holds something.
pub(crate) fn is_filled(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|data| data.len() > 0 || !data.is_file())
}

/// Whether these bytes stand at that place of the file.
pub(crate) fn has_magic(path: &Path, at: usize, magic: &[u8]) -> bool {
    let mut head = vec![0; at + magic.len()];
    let read = File::open(path).and_then(|mut file| file.read_exact(&mut head));
    read.is_ok() && head[at..] == *magic
}

/// Whether a file with this ending stands beside: databases keep what is not yet in the file
/// there, and would apply it to another file under the same name.
pub(crate) fn has_companion(path: &Path, endings: &[&str]) -> bool {
    endings.iter().any(|ending| {
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(ending);
        path.with_file_name(name).exists()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leftovers_go_and_a_second_loader_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("a.sqlite");
        let stopped = folder.path().join("a.sqlite.new.tmp");
        fs::create_dir_all(stopped.join("parquet")).unwrap();
        File::create(stopped.join("half")).unwrap();
        let workshop = Workshop::open(&target).unwrap();
        assert!(!workshop.place("half").exists() && !workshop.place("parquet").exists());
        let second = Workshop::open(&target).err().unwrap();
        assert!(matches!(second, DatabaseError::Busy { .. }), "{second}");
        File::create(workshop.place("new")).unwrap();
        workshop.publish(&workshop.place("new")).unwrap();
        drop(workshop);
        let left: Vec<_> = fs::read_dir(folder.path()).unwrap().collect();
        assert_eq!(left.len(), 1);
        assert!(target.is_file());
    }
}
