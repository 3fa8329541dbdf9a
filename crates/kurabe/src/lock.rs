//! The lock that keeps two runs apart.

use std::fs::{self, File, TryLockError};
use std::path::Path;

use crate::disk::make_folder;
use crate::problem::{Problem, Result, writing};

/// Name of the lock file in a folder that is written to.
pub const LOCK_NAME: &str = ".lock";

/// Held while a run writes to a folder. The operating system lets go of it when the process
/// ends in whatever way, so that a killed run leaves nothing to clean up.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock of a folder, making the folder where it does not exist.
    ///
    /// # Errors
    /// When another run holds it, or when the lock file cannot be written.
    pub fn take(folder: &Path) -> Result<Self> {
        Self::named(folder, LOCK_NAME)
    }

    /// Takes another lock, whose file lies in a folder.
    ///
    /// # Errors
    /// See [`Lock::take`].
    pub fn named(folder: &Path, name: &str) -> Result<Self> {
        make_folder(folder)?;
        let path = folder.join(name);
        let file = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(writing(&path))?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => Err(Problem::Locked(path).into()),
            Err(TryLockError::Error(error)) => Err(Problem::Write(path, error).into()),
        }
    }
}

/// Puts the lock file of `folder` into `beside`, too, so that it stays the same file when
/// `beside` takes the place of `folder`.
///
/// # Errors
/// When the file cannot be made.
pub(crate) fn carry_over(folder: &Path, beside: &Path) -> Result<()> {
    let (from, to) = (folder.join(LOCK_NAME), beside.join(LOCK_NAME));
    if fs::hard_link(&from, &to).is_err() {
        File::create(&to).map_err(writing(&to))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::Exit;

    #[test]
    fn the_second_lock_is_refused_until_the_first_is_gone() {
        let folder = tempfile::tempdir().unwrap();
        let first = Lock::take(folder.path()).unwrap();
        assert_eq!(Lock::take(folder.path()).unwrap_err().exit(), Exit::Busy);
        drop(first);
        Lock::take(folder.path()).unwrap();
    }

    #[test]
    fn a_carried_lock_is_the_same_lock() {
        let parent = tempfile::tempdir().unwrap();
        let (old, new) = (parent.path().join("old"), parent.path().join("new"));
        let _held = Lock::take(&old).unwrap();
        fs::create_dir(&new).unwrap();
        carry_over(&old, &new).unwrap();
        assert_eq!(Lock::take(&new).unwrap_err().exit(), Exit::Busy);
    }
}
