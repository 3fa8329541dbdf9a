//! The files of a folder and of those below it, in a fixed order.

use std::fs;
use std::path::{Path, PathBuf};

use crate::problem::{Result, reading};

/// Folders deeper than this are not entered but found like files, so that links in a circle end and
/// somebody is told.
const DEEPEST: usize = 32;

/// Paths, relative to `folder` and written with `/`, of all files whose name is `wanted`, in
/// the order of the paths. Hidden entries and the folders `without` are left out.
///
/// # Errors
/// When a folder cannot be listed.
pub fn files(
    folder: &Path,
    without: &[PathBuf],
    wanted: &dyn Fn(&str) -> bool,
) -> Result<Vec<String>> {
    found(folder, without, wanted, &|_| true, &|_| true)
}

/// The same for a folder that others fill: a link to a folder elsewhere is not followed but is
/// itself found, so that somebody is told; a link to a folder inside adds nothing.
///
/// # Errors
/// When a folder cannot be listed.
pub fn files_inside(
    folder: &Path,
    without: &[PathBuf],
    wanted: &dyn Fn(&str) -> bool,
) -> Result<Vec<String>> {
    let real = fs::canonicalize(folder).map_err(reading(folder))?;
    let is_inside = |path: &Path| path.starts_with(&real);
    found(folder, without, wanted, &is_inside, &|path| {
        !path.is_symlink()
    })
}

fn found(
    folder: &Path,
    without: &[PathBuf],
    wanted: &dyn Fn(&str) -> bool,
    is_inside: &dyn Fn(&Path) -> bool,
    enters: &dyn Fn(&Path) -> bool,
) -> Result<Vec<String>> {
    let mut found = Vec::new();
    collect(folder, "", 0, &mut |path, name, relative, is_deepest| {
        if path.is_dir() && !is_deepest {
            let real = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
            if without.contains(&real) {
                return false;
            }
            if is_inside(&real) {
                return enters(path);
            }
        }
        if wanted(name) {
            found.push(relative.to_owned());
        }
        false
    })?;
    found.sort();
    Ok(found)
}

/// Calls `visit` with path, name and relative path of every entry that is not hidden, and with
/// whether it lies as deep as any may; enters those for which it says so.
fn collect(
    folder: &Path,
    above: &str,
    depth: usize,
    visit: &mut dyn FnMut(&Path, &str, &str, bool) -> bool,
) -> Result<()> {
    for entry in fs::read_dir(folder).map_err(reading(folder))? {
        let path = entry.map_err(reading(folder))?.path();
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if name.starts_with('.') {
            continue;
        }
        let relative = format!("{above}{name}");
        if visit(&path, &name, &relative, depth == DEEPEST) {
            collect(&path, &format!("{relative}/"), depth + 1, visit)?;
        }
    }
    Ok(())
}

/// Whether a file of that name can be a source: notes about the sources and the manifest of what
/// was fetched are none.
#[must_use]
pub fn is_source(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    let is_note = lower.starts_with("readme") || lower.ends_with(".md") || lower.ends_with(".toml");
    let is_note = is_note || lower == kurabe_fetch::MANIFEST_NAME;
    !is_note && !lower.ends_with('~') && !lower.ends_with(".tmp")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::disk::{Disk, make_folder};

    #[test]
    fn files_come_in_the_order_of_their_paths() {
        let folder = tempfile::tempdir().unwrap();
        for path in [
            "b.txt",
            "a/c.txt",
            "a-b.txt",
            ".hidden/x.txt",
            "README.txt",
            "manifest.jsonl",
            "n.md",
        ] {
            let path = folder.path().join(path);
            make_folder(path.parent().unwrap()).unwrap();
            Disk::default().create(&path, b"x", false).unwrap();
        }
        let found = files(folder.path(), &[], &is_source).unwrap();
        assert_eq!(found, ["a-b.txt", "a/c.txt", "b.txt"]);
        let without = [fs::canonicalize(folder.path().join("a")).unwrap()];
        assert_eq!(
            files(folder.path(), &without, &is_source).unwrap(),
            ["a-b.txt", "b.txt"]
        );
    }
}
