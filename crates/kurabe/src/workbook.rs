//! The workbook of the published dataset.

use std::io;
use std::path::Path;

use kurabe_workbook::{WorkbookError, WorkbookOptions, write_workbook};

use crate::engine::Dataset;
use crate::problem::{Problem, Result};
use crate::text::Lang;

/// Name of the workbook in `out/`.
pub const WORKBOOK_NAME: &str = "kurabe.xlsx";

/// Writes the dataset, of that version, as one workbook into that file.
///
/// # Errors
/// When the file cannot be written.
pub fn write(file: &Path, dataset: &Dataset, lang: Lang, version: &str) -> Result<()> {
    let options = WorkbookOptions {
        lang: match lang {
            Lang::Ja => kurabe_workbook::Lang::Ja,
            Lang::En => kurabe_workbook::Lang::En,
        },
        version: Some(version.to_owned()),
        ..WorkbookOptions::default()
    };
    let problem = |error| {
        let (path, cause) = match error {
            WorkbookError::Create { path, source } => (path, source),
            other => (file.to_owned(), io::Error::other(other.to_string())),
        };
        Problem::Write(path, cause).into()
    };
    write_workbook(file, dataset, &options)
        .map(|_| ())
        .map_err(problem)
}
