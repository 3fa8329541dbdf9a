//! The version of the dataset: the new one is compared with the one that it replaces.
//!
//! The version follows from what changed (`docs/decisions/0033-dataset-version.md`). It stands in
//! `run.json`, and `CHANGES.md` tells what changed. A former dataset that cannot be read costs no
//! run: the version then moves as if something were gone, and `CHANGES.md` says so.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use kurabe_changes::changelog::{self, Entry};
use kurabe_changes::{Changes, ExportError, Story, Version, compare, is_dataset};
use serde::Deserialize;

use crate::disk::Disk;
use crate::isolate::isolated;
use crate::problem::{Result, writing};
use crate::publish::PARQUET;
use crate::record::RECORD_NAME;

/// Name of the file that tells what changed from version to version.
pub const CHANGES_NAME: &str = "CHANGES.md";

/// Where a file of that name goes that is not the program's.
const FOREIGN_NAME: &str = "CHANGES.old.md";

/// What is known of the dataset that is replaced.
struct Former {
    version: Version,
    /// Its `CHANGES.md`, where it is one of the program.
    log: Option<String>,
}

/// Compares the tables in `fresh` with those in `out`, writes `CHANGES.md` into `fresh` and gives
/// the version of the new dataset; `rows` are the rows of its tables.
///
/// The file is not yet settled on the disk.
///
/// # Errors
/// When the file cannot be written.
pub fn state(
    disk: &Disk,
    out: &Path,
    fresh: &Path,
    rows: &BTreeMap<String, u64>,
) -> Result<Version> {
    keep_foreign(out, fresh)?;
    let (version, log) = match former(out) {
        None => {
            let first = Entry::First(rows);
            (Version::FIRST, changelog::with(None, Version::FIRST, first))
        }
        Some(former) => following(&former, &out.join(PARQUET), &fresh.join(PARQUET), rows),
    };
    disk.create(&fresh.join(CHANGES_NAME), log.as_bytes(), false)?;
    Ok(version)
}

/// The version of the dataset in a folder, as its record or else its `CHANGES.md` says; the
/// first one for a dataset of a program that knew no versions. None where there is no dataset.
#[must_use]
pub fn version_of(out: &Path) -> Option<Version> {
    former(out).map(|former| former.version)
}

fn former(out: &Path) -> Option<Former> {
    let log = log_of(out).filter(|log| changelog::is_ours(log));
    let told = log.as_deref().and_then(changelog::newest);
    let has_record = out.join(RECORD_NAME).exists();
    let is_there = has_record || told.is_some() || is_dataset(&out.join(PARQUET));
    is_there.then(|| Former {
        version: recorded(out).or(told).unwrap_or(Version::FIRST),
        log,
    })
}

/// What stands in `CHANGES.md`, as far as it is text.
fn log_of(out: &Path) -> Option<String> {
    let bytes = fs::read(out.join(CHANGES_NAME)).ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// The version in the record of a run, whatever else the record holds.
fn recorded(out: &Path) -> Option<Version> {
    #[derive(Deserialize)]
    struct Record {
        version: String,
    }
    let bytes = fs::read(out.join(RECORD_NAME)).ok()?;
    let record: Record = serde_json::from_slice(&bytes).ok()?;
    Version::parse(&record.version)
}

/// The version that follows, and the file that tells of it.
fn following(
    former: &Former,
    old: &Path,
    new: &Path,
    rows: &BTreeMap<String, u64>,
) -> (Version, String) {
    let since = former.version;
    let log = former.log.as_deref();
    match compared(old, new) {
        Ok((changes, story)) => match changes.level() {
            None => (since, unchanged(log, since, rows)),
            Some(level) => {
                let version = since.after(Some(level));
                let (changes, story) = (&changes, &story);
                let entry = Entry::Changed {
                    since,
                    changes,
                    story,
                };
                (version, changelog::with(log, version, entry))
            }
        },
        Err(what) => {
            let version = since.after(Some(kurabe_changes::Level::Major));
            let what = &what;
            let entry = Entry::Unknown { since, what };
            (version, changelog::with(log, version, entry))
        }
    }
}

/// The file of a dataset that is written again as it is.
fn unchanged(log: Option<&str>, version: Version, rows: &BTreeMap<String, u64>) -> String {
    let is_first = version == Version::FIRST;
    match log {
        Some(log) if changelog::newest(log) == Some(version) => log.to_owned(),
        None if is_first => changelog::with(None, version, Entry::First(rows)),
        log => changelog::with(log, version, Entry::Unrecorded),
    }
}

/// What differs; or the file or folder of the old dataset that cannot be read.
fn compared(old: &Path, new: &Path) -> std::result::Result<(Changes, Story), String> {
    if !is_dataset(old) {
        return Err(PARQUET.to_owned());
    }
    let outcome = isolated(|| {
        let changes = compare(old, new)?;
        let story = Story::of(&changes)?;
        Ok::<_, ExportError>((changes, story))
    });
    match outcome {
        Ok(Ok(found)) => Ok(found),
        Ok(Err(error)) => Err(error.path().map_or_else(|| PARQUET.to_owned(), name_of)),
        Err(_) => Err(PARQUET.to_owned()),
    }
}

/// A path as it is called in the folder of the dataset.
fn name_of(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    if name == PARQUET {
        return PARQUET.to_owned();
    }
    format!("{PARQUET}/{name}")
}

/// Keeps a file that bears the name of ours but is somebody else's.
fn keep_foreign(out: &Path, fresh: &Path) -> Result<()> {
    let (path, place) = (out.join(CHANGES_NAME), fresh.join(FOREIGN_NAME));
    let is_foreign = log_of(out).is_some_and(|log| !changelog::is_ours(&log));
    if is_foreign && !out.join(FOREIGN_NAME).exists() {
        fs::copy(&path, &place).map_err(writing(&place))?;
    }
    Ok(())
}
