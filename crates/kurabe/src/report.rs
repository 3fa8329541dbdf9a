//! The report of the published dataset: its pages, and the files of the dataset beside them.
//!
//! A folder with a report bears a mark, [`MARK_NAME`], so that no other folder is ever taken for
//! one and replaced.

use std::ffi::OsStr;
use std::fs;
use std::path::Path;

use kurabe_report::{CodeMeaning, Download, Report, ReportError, ReportOptions, write_report};
use serde::Serialize;

use crate::disk::{Disk, make_folder};
use crate::engine::{Code, Dataset};
use crate::hash;
use crate::lock::LOCK_NAME;
use crate::package::{DESCRIPTOR_NAME, PARTITIONED};
use crate::problem::{Error, Problem, Result, reading, writing};
use crate::publish::{CSV, PARQUET};
use crate::record::RunRecord;
use crate::text::{Lang, report as words};
use crate::versioning::CHANGES_NAME;
use crate::workbook::WORKBOOK_NAME;

/// Name of the file that says that a folder is a report of this program.
pub const MARK_NAME: &str = "kurabe-report.json";

/// The page that a report opens with.
pub const START_NAME: &str = "index.html";

/// Folder of the files to download.
const DOWNLOADS: &str = "downloads";

/// Everything in a report but the downloads.
const PAGES: [&str; 5] = [START_NAME, MARK_NAME, "assets", "data", LOCK_NAME];

/// Whether an entry of a report belongs to the program.
#[must_use]
pub fn is_ours(name: &OsStr) -> bool {
    PAGES.iter().any(|ours| name == *ours) || name == DOWNLOADS
}

/// What a report says and holds.
#[derive(Debug, Clone, Copy, Default)]
pub struct Contents<'a> {
    /// The language in which it opens.
    pub lang: Lang,
    /// The edition that is shown first; the newest when absent.
    pub edition: Option<&'a str>,
    /// The record of the dataset, where there is one.
    pub record: Option<&'a RunRecord>,
    /// The folder of the dataset, when its files are put into the report.
    pub downloads: Option<&'a Path>,
}

/// What the mark says.
#[derive(Debug, Serialize)]
struct Mark<'a> {
    program: &'a str,
    version: Option<&'a str>,
    measures: usize,
}

/// Refuses a folder that holds something else than a report.
///
/// # Errors
/// When it is a file, cannot be looked into, or is neither empty nor a report.
pub fn refuse_foreign(folder: &Path) -> Result<()> {
    if !folder.exists() || folder.join(MARK_NAME).is_file() {
        return Ok(());
    }
    let shown = folder.display();
    if !folder.is_dir() {
        return Err(Error::usage(
            |lang| words::not_a_folder(lang, &shown),
            words::foreign_hint,
        ));
    }
    for entry in fs::read_dir(folder).map_err(reading(folder))? {
        if entry.map_err(reading(folder))?.file_name() != LOCK_NAME {
            return Err(Error::usage(
                |lang| words::foreign(lang, &shown),
                words::foreign_hint,
            ));
        }
    }
    Ok(())
}

/// Writes a report into an empty folder.
///
/// # Errors
/// When the edition is unknown or a file cannot be written or copied.
pub fn write(disk: &Disk, folder: &Path, dataset: &Dataset, contents: &Contents) -> Result<Report> {
    make_folder(folder)?;
    let record = contents.record;
    let downloads = match (contents.downloads, record) {
        (Some(out), Some(record)) => copied(disk, out, folder, record)?,
        _ => Vec::new(),
    };
    let version = record.map(|record| record.version.clone());
    let options = ReportOptions {
        version: version.filter(|version| !version.is_empty()),
        program: hash::program().to_owned(),
        title_ja: words::title(Lang::Ja),
        title_en: words::title(Lang::En),
        lang: match contents.lang {
            Lang::Ja => kurabe_report::Lang::Ja,
            Lang::En => kurabe_report::Lang::En,
        },
        edition: contents.edition.map(str::to_owned),
        codes: Code::ALL.iter().map(meaning).collect(),
        downloads,
    };
    let mut report = write_report(folder, dataset, &options).map_err(problem)?;
    report.files += options.downloads.len();
    report.bytes += options.downloads.iter().map(|file| file.bytes).sum::<u64>();
    mark(disk, folder, dataset, &options)?;
    Ok(report)
}

fn meaning(code: &Code) -> CodeMeaning {
    CodeMeaning {
        code: code.as_str().to_owned(),
        ja: Some(code.meaning_ja().to_owned()),
        en: Some(code.meaning().trim().to_owned()),
    }
}

fn mark(disk: &Disk, folder: &Path, dataset: &Dataset, options: &ReportOptions) -> Result<()> {
    let place = folder.join(MARK_NAME);
    let mark = Mark {
        program: &options.program,
        version: options.version.as_deref(),
        measures: dataset.measures.len(),
    };
    let text = crate::results::json(&mark, &place)?;
    disk.create(&place, text.as_bytes(), false)
}

/// Copies the files of the dataset and says what they are. The folders by municipality hold the
/// same once more and stay away.
fn copied(disk: &Disk, out: &Path, folder: &Path, record: &RunRecord) -> Result<Vec<Download>> {
    let partitioned = format!("{PARTITIONED}/");
    let files = record.outputs.iter();
    let wanted = files.map(|output| &*output.path);
    let mut paths: Vec<&str> = wanted
        .filter(|path| !path.starts_with(&partitioned))
        .collect();
    // What people open first: the workbook, then what lies beside the folders of tables.
    paths.sort_by_key(|path| (*path != WORKBOOK_NAME, path.contains('/')));
    paths
        .into_iter()
        .map(|path| {
            let from = out.join(path);
            let to = folder.join(DOWNLOADS).join(path);
            if let Some(parent) = to.parent() {
                make_folder(parent)?;
            }
            let bytes = fs::read(&from).map_err(reading(&from))?;
            disk.create(&to, &bytes, false)?;
            Ok(described(path, bytes.len() as u64))
        })
        .collect()
}

/// What a file of the dataset is, in both languages.
fn described(path: &str, bytes: u64) -> Download {
    let (above, name) = path.rsplit_once('/').unwrap_or(("", path));
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let specs = Dataset::specs();
    let table = specs.iter().find(|spec| spec.name == stem);
    let (kind, told): (&str, &dyn Fn(Lang) -> String) = match (above, name, table) {
        (CSV, _, Some(table)) => ("csv", &|lang| {
            words::csv(lang, lang.pick(table.ja, table.en))
        }),
        (PARQUET, _, Some(table)) => ("parquet", &|lang| {
            words::parquet(lang, lang.pick(table.ja, table.en))
        }),
        ("", WORKBOOK_NAME, _) => ("xlsx", &words::workbook),
        ("", DESCRIPTOR_NAME, _) => ("json", &words::descriptor),
        ("", CHANGES_NAME, _) => ("md", &words::changes),
        _ => ("file", &words::other),
    };
    Download {
        path: format!("{DOWNLOADS}/{path}"),
        bytes,
        kind: kind.to_owned(),
        ja: told(Lang::Ja),
        en: told(Lang::En),
    }
}

fn problem(error: ReportError) -> Error {
    match error {
        ReportError::Write { path, source } => writing(&path)(source),
        ReportError::UnknownEdition { edition, known } => Problem::EditionUnknown {
            name: edition,
            known,
        }
        .into(),
        ReportError::LongId { id } => {
            Error::usage(|lang| words::long_id(lang, &id), words::long_id_hint)
        }
    }
}
