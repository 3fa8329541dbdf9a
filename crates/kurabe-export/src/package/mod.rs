//! The Data Package: `datapackage.json`, which says what every file, table and column is.
//!
//! Frictionless Data Package v2 with Tabular Data Resources (<https://datapackage.org>), made of
//! the one schema and of the rows: a key or a closed list is stated only when the CSV file
//! that people open fulfils it (see `claims.rs`). `title` and `description` are Japanese; the
//! properties with `_en` beside them, `alternatives` and `rows` are ours.

mod claims;
mod descriptor;
mod resource;

use kurabe_schema::Dataset;

use crate::{CsvEncoding, ExportError};

use descriptor::Descriptor;
pub use descriptor::{Contributor, License};

/// The profile that the descriptor follows.
const PROFILE: &str = "https://datapackage.org/profiles/2.0/datapackage.json";

/// A text in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Both {
    /// In Japanese.
    pub ja: String,
    /// In English.
    pub en: String,
}

/// What a package says of the dataset as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Package {
    /// Short name in lower case.
    pub name: String,
    /// What it is called.
    pub title: Both,
    /// What it holds.
    pub description: Both,
    /// Version of the dataset.
    pub version: String,
    /// Under which terms it may be used.
    pub licenses: Vec<License>,
    /// Who made it, and whom to ask.
    pub contributors: Vec<Contributor>,
    /// What it was made of.
    pub sources: Vec<Source>,
    /// Encoding of the CSV files.
    pub encoding: CsvEncoding,
}

/// A file that the dataset was made of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Source {
    /// The document that was read from it, if any.
    pub document_id: Option<String>,
    /// What it is called.
    pub title: String,
    /// The file, as its folder names it.
    pub file: String,
    /// Address that it came from, when known.
    pub url: Option<String>,
    /// Its size.
    pub bytes: u64,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

/// A file of the dataset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PackageFile<'a> {
    /// Path from the folder of `datapackage.json`, with `/`.
    pub path: &'a str,
    /// Its size.
    pub bytes: u64,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: &'a str,
}

/// The folders of the files, from the folder of `datapackage.json`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Places<'a> {
    /// Folder of `<table>.csv`.
    pub csv: &'a str,
    /// Folder of `<table>.parquet`.
    pub parquet: &'a str,
    /// Folder of the files by municipality; left out where none of the files lies in it.
    pub partitioned: &'a str,
}

/// The text of `datapackage.json`: the same for the same data, without a time.
///
/// # Errors
/// When a table has no CSV file among `files`, or the text cannot be made.
pub fn data_package(
    dataset: &Dataset,
    package: &Package,
    files: &[PackageFile<'_>],
    places: Places<'_>,
) -> Result<String, ExportError> {
    let views = dataset.sorted_views();
    let claims = claims::of(&views, package.encoding);
    let resources: Result<Vec<_>, _> = views
        .iter()
        .zip(&claims)
        .map(|(view, claims)| resource::of(view, claims, package.encoding, files, places))
        .collect();
    let descriptor = Descriptor::of(package, resources?);
    let mut text = serde_json::to_string_pretty(&descriptor)
        .map_err(|source| ExportError::Descriptor { source })?;
    text.push('\n');
    Ok(text)
}

/// Whether a Data Package may name a path: an address of the web, or a path below its folder.
#[must_use]
pub fn is_relative_or_web(path: &str) -> bool {
    if ["http://", "https://"]
        .iter()
        .any(|web| path.starts_with(web))
    {
        return true;
    }
    let is_odd = |part: &str| part == ".." || part.is_empty();
    !path.starts_with(['.', '/', '~'])
        && !path.contains(['\\', '\n'])
        && !path.contains("://")
        && !path.starts_with("file:")
        && !path.split('/').any(is_odd)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_below_the_package_or_lead_to_the_web() {
        for path in ["LICENSE.md", "https://a.example/b", "計画/1 年.txt"] {
            assert!(is_relative_or_web(path), "{path}");
        }
        for path in [
            "", "../a", "a/../b", "/a", "~a", "./a", "file:a", "ftp://a", "a\\b", "a//b",
        ] {
            assert!(!is_relative_or_web(path), "{path}");
        }
    }
}
