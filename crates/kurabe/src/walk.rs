//! The files of a folder and of those below it, in a fixed order.

use std::fs;
use std::path::{Path, PathBuf};

use crate::problem::{Result, reading};

/// Folders deeper than this are not entered, so that links in a circle end.
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
    let mut found = Vec::new();
    collect(folder, "", 0, &mut |path, name, relative| {
        let is_left_out = || fs::canonicalize(path).is_ok_and(|path| without.contains(&path));
        if path.is_dir() {
            return !is_left_out();
        }
        if wanted(name) {
            found.push(relative.to_owned());
        }
        false
    })?;
    found.sort();
    Ok(found)
}

/// Calls `visit` with path, name and relative path of every entry that is not hidden, and
/// enters those for which it says so.
fn collect(
    folder: &Path,
    above: &str,
    depth: usize,
    visit: &mut dyn FnMut(&Path, &str, &str) -> bool,
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
        if visit(&path, &name, &relative) && depth < DEEPEST {
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
