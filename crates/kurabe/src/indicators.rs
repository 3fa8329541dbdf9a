//! The shared indicators: the built-in files, or those of a folder.

use std::path::Path;

use include_dir::{Dir, include_dir};

use crate::editions::{data_files, hash_of};
use crate::problem::{Problem, Result};

/// The files of `indicators/` as they were when the program was built.
static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../indicators");

/// The files of the indicators, in the order of their paths.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndicatorFiles {
    /// Path below the folder and text of each file.
    pub files: Vec<(String, String)>,
    /// One hash over all of them.
    pub hash: String,
}

impl IndicatorFiles {
    /// Reads the folder, or takes the built-in files when none is named.
    ///
    /// # Errors
    /// When the folder has no such files, or one cannot be read.
    pub fn load(folder: Option<&Path>) -> Result<Self> {
        let missing = |folder: &Path| Problem::IndicatorsMissing(folder.to_owned());
        let is_file = |name: &str| name.ends_with(".toml");
        let files = data_files(folder, &BUILT_IN, &is_file, &missing)?;
        let hash = hash_of(&files);
        Ok(Self { files, hash })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn built_in_files_are_those_of_the_folder() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../indicators");
        let built_in = IndicatorFiles::load(None).unwrap();
        assert_eq!(built_in, IndicatorFiles::load(Some(&folder)).unwrap());
    }

    #[test]
    fn a_folder_without_indicators_is_named() {
        let error = IndicatorFiles::load(Some(Path::new("/nowhere/indicators"))).unwrap_err();
        assert!(error.to_string().contains("/nowhere/indicators"), "{error}");
    }
}
