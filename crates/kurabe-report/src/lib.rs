//! The report: the published tables as pages that open from the file system without a network.
//!
//! A report is a folder: `index.html` and `assets/` (the pages, the same for every dataset),
//! `data/` (the dataset, one file for each thing that a page shows) and whatever the caller puts
//! into `downloads/`. The files in `data/` are scripts that call `kurabe.receive(key, value)`,
//! since a page that was opened from the file system may not read other files. Names of files are
//! made from ids so that no id leads out of the folder, and texts are escaped so that none ends a
//! script. The same dataset and options give the same bytes.

mod assets;
mod category;
mod editions;
mod error;
mod evidence;
mod folder;
mod index;
mod indicator;
mod json;
mod labels;
mod lookup;
mod matrix;
mod measure;
mod municipality;
mod name;
mod project;
mod quality;
mod script;
mod tables;

use std::path::Path;

use kurabe_schema::Dataset;
use rayon::prelude::*;

pub use error::ReportError;

use crate::folder::Folder;
use crate::indicator::Indicators;
use crate::municipality::Municipalities;
use crate::tables::Tables;

/// The language in which a report opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// Japanese.
    #[default]
    Ja,
    /// English.
    En,
}

impl Lang {
    /// The word for it in the data.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Lang::Ja => "ja",
            Lang::En => "en",
        }
    }
}

/// What a report says beside the dataset.
#[derive(Debug, Clone, Default)]
pub struct ReportOptions {
    /// Version of the dataset, where it has one.
    pub version: Option<String>,
    /// The program and its version.
    pub program: String,
    /// Title in Japanese.
    pub title_ja: String,
    /// Title in English.
    pub title_en: String,
    /// The language in which it opens.
    pub lang: Lang,
    /// The edition of the national plan that is shown first; the newest when absent.
    pub edition: Option<String>,
    /// What the codes of findings mean.
    pub codes: Vec<CodeMeaning>,
    /// Files that the caller puts into the folder.
    pub downloads: Vec<Download>,
}

/// What a code of findings means.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CodeMeaning {
    /// The code.
    pub code: String,
    /// Its meaning in Japanese, where there is one.
    pub ja: Option<String>,
    /// Its meaning in English, where there is one.
    pub en: Option<String>,
}

/// A file beside the pages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Download {
    /// Its path in the report, with `/`.
    pub path: String,
    /// Its size.
    pub bytes: u64,
    /// What it is: `csv`, `parquet`, `xlsx`, ….
    pub kind: String,
    /// What is in it, in Japanese.
    pub ja: String,
    /// What is in it, in English.
    pub en: String,
}

/// What was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Report {
    /// Number of files.
    pub files: usize,
    /// Their bytes together.
    pub bytes: u64,
}

/// Writes the pages and the data of a report into a folder, which is empty or does not exist.
///
/// # Errors
/// When a file cannot be written, an id is too long for a file name, or the edition is unknown.
pub fn write_report(
    folder: &Path,
    dataset: &Dataset,
    options: &ReportOptions,
) -> Result<Report, ReportError> {
    let folder = Folder::new(folder);
    assets::write(&folder)?;
    let tables = Tables::of(dataset, options.edition.as_deref())?;
    folder.data("index", &index::index(&tables, options))?;
    folder.data("quality", &quality::quality(&tables, options))?;
    write_editions(&folder, &tables)?;
    write_indicators(&folder, &tables)?;
    write_municipalities(&folder, &tables)?;
    let (files, bytes) = folder.written();
    Ok(Report { files, bytes })
}

fn write_editions(folder: &Folder, tables: &Tables<'_>) -> Result<(), ReportError> {
    let coded = category::coded(tables);
    tables.editions.all.par_iter().try_for_each(|edition| {
        let id = edition.id;
        folder.data(
            &name::key("matrix", &[id])?,
            &matrix::matrix(tables, edition),
        )?;
        let codes = coded.get(id);
        let with = |category| codes.and_then(|codes| codes.get(&category));
        let list = |category| with(category).map_or(&[][..], Vec::as_slice);
        let key = name::key("uncategorised", &[id])?;
        folder.data(&key, &category::category(tables, list(None)))?;
        edition.categories.par_iter().try_for_each(|category| {
            let key = name::key("category", &[id, &category.category_id])?;
            let rows = list(Some(&*category.category_id));
            folder.data(&key, &category::category(tables, rows))
        })
    })
}

fn write_indicators(folder: &Folder, tables: &Tables<'_>) -> Result<(), ReportError> {
    let indicators = Indicators::of(tables.dataset);
    let all = &tables.dataset.indicators;
    all.par_iter().try_for_each(|indicator| {
        let key = name::key("indicator", &[&indicator.indicator_id])?;
        folder.data(&key, &indicators.file(tables, indicator))
    })
}

fn write_municipalities(folder: &Folder, tables: &Tables<'_>) -> Result<(), ReportError> {
    let municipalities = Municipalities::of(tables.dataset);
    tables
        .municipalities
        .par_iter()
        .try_for_each(|municipality| {
            let code = &*municipality.municipality_code;
            let key = name::key("municipality", &[code])?;
            folder.data(&key, &municipalities.file(tables, code))
        })
}
