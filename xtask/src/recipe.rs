//! Recipes: which source becomes which file, and in what shape.

use serde::Deserialize;

/// The recipes of all bundled files.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Recipes {
    /// One per file.
    pub(crate) file: Vec<Recipe>,
}

/// How one file is made.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Recipe {
    /// Name of the transcription in `xtask/sources/`.
    pub(crate) source: String,
    /// Name of the file in `raw/`.
    pub(crate) file: String,
    /// What the file is.
    pub(crate) format: Format,
    /// Label of the encoding of a web page.
    #[serde(default = "utf8")]
    pub(crate) encoding: String,
    /// Title in the properties of the file.
    #[serde(default)]
    pub(crate) title: String,
    /// Author in the properties of the file.
    #[serde(default)]
    pub(crate) author: String,
    /// Paragraph that begins a sheet, with the name of the sheet as its group.
    pub(crate) sheet: Option<String>,
    /// Widths of the columns of a sheet, in characters.
    #[serde(default)]
    pub(crate) widths: Vec<f64>,
    /// Headings of columns whose blank cells belong to the cell above them.
    #[serde(default)]
    pub(crate) merge_down: Vec<String>,
    /// Headings above several columns.
    #[serde(default)]
    pub(crate) group: Vec<Group>,
}

/// The formats of the bundled files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Format {
    /// The transcription as it is.
    Text,
    /// A workbook.
    Xlsx,
    /// A Word file.
    Docx,
    /// A web page.
    Html,
}

/// A heading above several columns.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Group {
    /// The heading.
    pub(crate) title: String,
    /// Headings of the columns below it, which stand side by side.
    pub(crate) over: Vec<String>,
}

fn utf8() -> String {
    "utf-8".to_owned()
}
