//! Replacing a whole folder so that a reader, or a run stopped at any moment, meets the old
//! content or the new one and never a mixture.
//!
//! The new content is built in `<folder>.new.tmp` beside the folder, put on the disk, and takes
//! the folder's place in one step: on Linux the two names are exchanged by one system call;
//! elsewhere the old folder first becomes `<folder>.old.tmp`. Entries that are not ours (a
//! person's notes in `out/`) are then moved from the old folder to the new one. Whatever a
//! stopped run left beside the folder is put right by [`recover`] at the start of the next one:
//! the folder is put back if it is missing, foreign entries are moved home, the rest is removed.
//! The caller holds a lock.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::disk::{make_folder, settle_folder};
use crate::problem::{Result, writing};

/// Says whether an entry of a folder, given by its name, belongs to the program.
pub type IsOurs = fn(&OsStr) -> bool;

/// New content of a folder that is being built.
#[derive(Debug)]
pub struct Generation {
    target: PathBuf,
    fresh: PathBuf,
    is_ours: IsOurs,
}

impl Generation {
    /// Begins to build new content for `target`.
    ///
    /// # Errors
    /// When leftovers cannot be removed or the folder cannot be made.
    pub fn begin(target: &Path, is_ours: IsOurs) -> Result<Self> {
        recover(target, is_ours)?;
        let target = resolved(target);
        let fresh = beside(&target, ".new.tmp");
        make_folder(&fresh)?;
        if let Ok(old) = fs::metadata(&target) {
            let _ = fs::set_permissions(&fresh, old.permissions());
        }
        Ok(Self {
            target,
            fresh,
            is_ours,
        })
    }

    /// The folder to build in.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.fresh
    }

    /// Puts the new content in the place of the old.
    ///
    /// # Errors
    /// When a folder cannot be renamed; the old content is then still in its place.
    pub fn publish(self) -> Result<()> {
        settle_folder(&self.fresh);
        let left = swap(&self.fresh, &self.target).map_err(writing(&self.target))?;
        if let Some(parent) = self.target.parent() {
            settle_folder(parent);
        }
        left.map_or(Ok(()), |old| clear(&old, &self.target, self.is_ours))
    }
}

impl Drop for Generation {
    /// Removes what was built when it was not published.
    fn drop(&mut self) {
        let _ = clear(&self.fresh, &self.target, self.is_ours);
    }
}

/// Puts right what a stopped run left beside `target`.
///
/// # Errors
/// When a leftover cannot be moved or removed.
pub fn recover(target: &Path, is_ours: IsOurs) -> Result<()> {
    put_back(target)?;
    let target = resolved(target);
    clear(&beside(&target, ".old.tmp"), &target, is_ours)?;
    clear(&beside(&target, ".new.tmp"), &target, is_ours)
}

/// Puts the folder back where a stopped run left it aside. Needs no lock.
///
/// # Errors
/// When it cannot be renamed.
pub fn put_back(target: &Path) -> Result<()> {
    let old = beside(&resolved(target), ".old.tmp");
    if old.exists() && !target.exists() {
        fs::rename(&old, target).map_err(writing(target))?;
    }
    Ok(())
}

/// Whether a stopped run left something beside the folder.
#[must_use]
pub fn has_leftovers(target: &Path) -> bool {
    let target = resolved(target);
    [".old.tmp", ".new.tmp"]
        .iter()
        .any(|ending| beside(&target, ending).exists())
}

/// The folder itself, where `path` is a link to it.
fn resolved(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

fn beside(target: &Path, ending: &str) -> PathBuf {
    let mut name = target.file_name().unwrap_or_default().to_owned();
    name.push(ending);
    target.with_file_name(name)
}

/// Gives `fresh` the name `target` and says where the old content is now, if there was any.
fn swap(fresh: &Path, target: &Path) -> io::Result<Option<PathBuf>> {
    if !target.exists() {
        return fs::rename(fresh, target).map(|()| None);
    }
    if exchange(fresh, target) {
        return Ok(Some(fresh.to_owned()));
    }
    let old = beside(target, ".old.tmp");
    fs::rename(target, &old)?;
    if let Err(error) = fs::rename(fresh, target) {
        fs::rename(&old, target)?;
        return Err(error);
    }
    Ok(Some(old))
}

/// Exchanges two names in one step; `false` where the system cannot do that.
#[cfg(target_os = "linux")]
fn exchange(a: &Path, b: &Path) -> bool {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE).is_ok()
}

/// Exchanges two names in one step; `false` where the system cannot do that.
#[cfg(not(target_os = "linux"))]
fn exchange(_a: &Path, _b: &Path) -> bool {
    false
}

/// Removes a folder after moving the entries that are not ours to `home`.
fn clear(folder: &Path, home: &Path, is_ours: IsOurs) -> Result<()> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(writing(folder)(error)),
    };
    for entry in entries {
        let entry = entry.map_err(writing(folder))?;
        if !is_ours(&entry.file_name()) {
            let place = free_name(&home.join(entry.file_name()));
            fs::rename(entry.path(), &place).map_err(writing(&place))?;
        }
    }
    fs::remove_dir_all(folder).map_err(writing(folder))
}

/// The path, or, where something stands there, the first free name made from it.
fn free_name(path: &Path) -> PathBuf {
    let numbered = (1..).map(|number: u32| beside(path, &format!(".{number}")));
    std::iter::once(path.to_owned())
        .chain(numbered)
        .find(|place| !place.exists())
        .unwrap_or_else(|| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::disk::Disk;

    fn ours(name: &OsStr) -> bool {
        name == "data"
    }

    fn put(path: &Path, text: &str) {
        make_folder(path.parent().unwrap()).unwrap();
        Disk::default()
            .create(path, text.as_bytes(), false)
            .unwrap();
    }

    fn text(path: &Path) -> String {
        fs::read_to_string(path).unwrap()
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn the_new_content_takes_the_place_and_notes_stay() {
        let parent = tempfile::tempdir().unwrap();
        let out = parent.path().join("out");
        put(&out.join("data"), "old");
        put(&out.join("notes.txt"), "mine");
        let generation = Generation::begin(&out, ours).unwrap();
        put(&generation.folder().join("data"), "new");
        assert_eq!(text(&out.join("data")), "old");
        generation.publish().unwrap();
        assert_eq!(text(&out.join("data")), "new");
        assert_eq!(text(&out.join("notes.txt")), "mine");
        assert_eq!(names(parent.path()), ["out"]);
    }

    #[test]
    fn what_is_not_published_leaves_nothing_behind() {
        let parent = tempfile::tempdir().unwrap();
        let out = parent.path().join("out");
        put(&out.join("data"), "old");
        let generation = Generation::begin(&out, ours).unwrap();
        put(&generation.folder().join("data"), "new");
        drop(generation);
        assert_eq!(text(&out.join("data")), "old");
        assert_eq!(names(parent.path()), ["out"]);
    }

    #[test]
    fn a_run_stopped_while_building_is_cleaned_up() {
        let parent = tempfile::tempdir().unwrap();
        let out = parent.path().join("out");
        put(&out.join("data"), "old");
        put(&parent.path().join("out.new.tmp/data"), "half");
        recover(&out, ours).unwrap();
        assert_eq!(text(&out.join("data")), "old");
        assert_eq!(names(parent.path()), ["out"]);
    }

    #[test]
    fn a_run_stopped_between_two_renames_is_put_back() {
        let parent = tempfile::tempdir().unwrap();
        let out = parent.path().join("out");
        put(&parent.path().join("out.old.tmp/data"), "old");
        put(&parent.path().join("out.old.tmp/notes.txt"), "mine");
        put(&parent.path().join("out.new.tmp/data"), "new");
        recover(&out, ours).unwrap();
        assert_eq!(text(&out.join("data")), "old");
        assert_eq!(text(&out.join("notes.txt")), "mine");
        assert_eq!(names(parent.path()), ["out"]);
    }

    #[test]
    fn a_run_stopped_after_the_exchange_brings_notes_home() {
        let parent = tempfile::tempdir().unwrap();
        let out = parent.path().join("out");
        put(&out.join("data"), "new");
        put(&parent.path().join("out.new.tmp/data"), "old");
        put(&parent.path().join("out.new.tmp/notes.txt"), "mine");
        recover(&out, ours).unwrap();
        assert_eq!(text(&out.join("data")), "new");
        assert_eq!(text(&out.join("notes.txt")), "mine");
        assert_eq!(names(parent.path()), ["out"]);
    }

    #[test]
    fn without_exchange_the_old_folder_steps_aside() {
        let parent = tempfile::tempdir().unwrap();
        let (out, taken) = (parent.path().join("out"), parent.path().join("notes"));
        put(&taken, "mine");
        assert_eq!(free_name(&taken), parent.path().join("notes.1"));
        assert_eq!(free_name(&out), out);
    }
}
