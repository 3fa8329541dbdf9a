//! The editions of the national plan and the rules that code measures to them: the built-in
//! files, or those of a folder.

use std::fs;
use std::io;
use std::path::Path;

use include_dir::{Dir, DirEntry, include_dir};

use crate::hash;
use crate::problem::{Problem, Result, reading};
use crate::walk;

/// The files of `editions/` as they were when the program was built.
static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../editions");

/// The files of the editions, in the order of their paths.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditionFiles {
    /// Path below the folder and text of each file.
    pub files: Vec<(String, String)>,
    /// One hash over all of them.
    pub hash: String,
}

impl EditionFiles {
    /// Reads the folder, or takes the built-in files when none is named.
    ///
    /// # Errors
    /// When the folder has no such files, or one cannot be read.
    pub fn load(folder: Option<&Path>) -> Result<Self> {
        let missing = |folder: &Path| Problem::EditionsMissing(folder.to_owned());
        let files = data_files(folder, &BUILT_IN, &is_edition_file, &missing)?;
        let hash = hash_of(&files);
        Ok(Self { files, hash })
    }
}

fn is_edition_file(name: &str) -> bool {
    [".toml", ".tsv"].iter().any(|end| name.ends_with(end))
}

/// Whether a file of that name belongs to the data.
pub(crate) type IsFile = dyn Fn(&str) -> bool;

/// One hash over paths and texts.
pub(crate) fn hash_of(files: &[(String, String)]) -> String {
    hash::joined(files.iter().flat_map(|(path, text)| [&**path, &**text]))
}

/// Paths and texts of the files of a folder of data, or of the built-in one when none is named, in
/// the order of their paths.
pub(crate) fn data_files(
    folder: Option<&Path>,
    built_in: &Dir<'_>,
    is_file: &IsFile,
    missing: &dyn Fn(&Path) -> Problem,
) -> Result<Vec<(String, String)>> {
    let Some(folder) = folder else {
        let mut files = Vec::new();
        gather(built_in, is_file, &mut files);
        files.sort();
        return Ok(files);
    };
    if !folder.is_dir() {
        return Err(missing(folder).into());
    }
    let paths = walk::files(folder, &[], is_file)?;
    if paths.is_empty() {
        return Err(missing(folder).into());
    }
    let text = |path: String| {
        let place = folder.join(&path);
        let bytes = fs::read(&place).map_err(reading(&place))?;
        let text = String::from_utf8(bytes)
            .map_err(|error| reading(&place)(io::Error::new(io::ErrorKind::InvalidData, error)))?;
        Ok((path, text))
    };
    paths.into_iter().map(text).collect()
}

fn gather(folder: &Dir<'_>, is_file: &IsFile, files: &mut Vec<(String, String)>) {
    for entry in folder.entries() {
        match entry {
            DirEntry::Dir(inner) => gather(inner, is_file, files),
            DirEntry::File(file) => {
                let path = file.path().to_string_lossy().replace('\\', "/");
                if let Some(text) = file.contents_utf8().filter(|_| is_file(&path)) {
                    files.push((path, text.to_owned()));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn built_in_files_are_those_of_the_folder() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../editions");
        let built_in = EditionFiles::load(None).unwrap();
        assert_eq!(built_in, EditionFiles::load(Some(&folder)).unwrap());
        assert!(!built_in.files.is_empty());
    }

    #[test]
    fn a_folder_without_editions_is_named() {
        let error = EditionFiles::load(Some(Path::new("/nowhere/editions"))).unwrap_err();
        assert!(error.to_string().contains("/nowhere/editions"), "{error}");
    }
}
