//! The results of all documents together become the dataset in `out/`.
//!
//! `out/parquet`, `out/csv`, `out/partitioned`, `out/kurabe.xlsx`, `out/datapackage.json`, `out/CHANGES.md` and `out/run.json` are one
//! generation: they are built beside `out/` and take its place in one step (see [`crate::generation`]). These names and the lock file
//! belong to the program; whatever else lies in `out/` stays there.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use kurabe_export::LossyCharacter;
use rayon::prelude::*;

use crate::config::Settings;
use crate::disk::{make_folder, settle_folder};
use crate::engine::{self, Dataset, FindingRow};
use crate::generation::{Generation, has_leftovers, put_back, recover};
use crate::hash;
use crate::ingest::{Assigned, Index};
use crate::lock::{self, LOCK_NAME, Lock};
use crate::package::{DESCRIPTOR_NAME, PARTITIONED, Packaging};
use crate::pipeline::Work;
use crate::problem::{Problem, Result, reading};
use crate::record::{Input, Output, RECORD_NAME, RunRecord, Stopwatch};
use crate::results::{self, DocumentResult, Stamp};
use crate::rules::Rules;
use crate::text::screen;
use crate::versioning::{self, CHANGES_NAME};
use crate::workbook::{self, WORKBOOK_NAME};

/// Folder of the Parquet files in `out/`.
pub const PARQUET: &str = "parquet";

/// Folder of the CSV files in `out/`.
pub const CSV: &str = "csv";

/// What is published and whether it had to be written.
#[derive(Debug)]
pub struct Published {
    /// The record in `out/run.json`.
    pub record: RunRecord,
    /// Whether this run wrote it.
    pub is_new: bool,
}

/// Whether an entry of `out/` belongs to the program.
#[must_use]
pub fn is_ours(name: &OsStr) -> bool {
    let ours = [
        PARQUET,
        CSV,
        PARTITIONED,
        WORKBOOK_NAME,
        DESCRIPTOR_NAME,
        CHANGES_NAME,
        RECORD_NAME,
        LOCK_NAME,
    ];
    ours.iter().any(|ours| name == *ours)
}

/// Writes the dataset, unless the one in `out/` was made of the same.
///
/// # Errors
/// When a result is missing or the dataset cannot be written; the old one is then untouched.
pub fn publish(
    work: &Work,
    index: &Index,
    results: Vec<DocumentResult>,
    rules: &Rules,
    watch: &mut Stopwatch,
) -> Result<Published> {
    let (assigned, mut findings) = index.assigned();
    findings.extend(results.iter().filter_map(|result| result.failure.clone()));
    let packaging = Packaging::load(work.settings)?;
    let key = key_of(work, [&rules.hash, &packaging.hash], &assigned, &findings);
    let out = &work.settings.out;
    if has_leftovers(out) {
        put_back(out)?;
        let _lock = Lock::take(out)?;
        recover(out, is_ours)?;
    }
    let current = RunRecord::load(out).filter(|record| record.is_complete(out, &key));
    if let Some(record) = current.filter(|_| !work.settings.is_forced) {
        return Ok(Published {
            record,
            is_new: false,
        });
    }
    let stage = work.stage(&screen::stage_export(work.lang), 1);
    let _lock = Lock::take(out)?;
    let mut dataset = gather(work, &assigned, results, findings)?;
    rules.state(&mut dataset)?;
    let record = RunRecord {
        program: hash::program().to_owned(),
        key,
        rules: rules.hash.clone(),
        csv_encoding: work.settings.csv_encoding.as_str().to_owned(),
        inputs: inputs(index, &assigned),
        surveys: rules.surveys.inputs(),
        ..RunRecord::default()
    };
    let record = write(work, dataset, packaging, record, watch)?;
    stage.step("");
    Ok(Published {
        record,
        is_new: true,
    })
}

/// Whether the dataset was made of the present rules, decisions, manifest, surveys and groups of peers.
#[must_use]
pub fn has_current_rules(settings: &Settings) -> bool {
    let record = RunRecord::load(&settings.out);
    Rules::load(settings).is_ok_and(|rules| record.is_some_and(|record| record.rules == rules.hash))
}

/// One hash over everything that decides what is published.
fn key_of(
    work: &Work,
    [rules, package]: [&str; 2],
    assigned: &[Assigned],
    findings: &[FindingRow],
) -> String {
    let settings = work.settings;
    let lossy = if settings.is_lossy { "lossy" } else { "strict" };
    let partitions = settings.partition_by.map_or("", |by| by.as_str());
    let workbook = settings.workbook.map(|lang| lang.to_string());
    let options = [
        hash::program(),
        settings.csv_encoding.as_str(),
        lossy,
        workbook.as_deref().unwrap_or("none"),
        rules,
        package,
        partitions,
    ];
    let stamps: Vec<String> = assigned.iter().map(|one| Stamp::of(one).key).collect();
    let told = findings
        .iter()
        .flat_map(|f| [&*f.code, &*f.message_ja, &*f.message_en]);
    hash::joined(
        options
            .into_iter()
            .chain(stamps.iter().map(String::as_str))
            .chain(told),
    )
}

/// All documents in one dataset, not yet linked.
fn gather(
    work: &Work,
    assigned: &[Assigned],
    results: Vec<DocumentResult>,
    findings: Vec<FindingRow>,
) -> Result<Dataset> {
    let mut all = Dataset::default();
    let mut fresh: Vec<(String, Option<Dataset>)> = results
        .into_iter()
        .map(|result| (result.assigned.configured.document_id, result.fresh))
        .collect();
    for one in assigned {
        let made = fresh
            .iter_mut()
            .find(|(id, _)| *id == one.configured.document_id);
        match made.and_then(|(_, dataset)| dataset.take()) {
            Some(dataset) => all.append(dataset),
            None => all.append(results::stored(work, one)?),
        }
    }
    all.findings.extend(findings);
    Ok(all)
}

fn inputs(index: &Index, assigned: &[Assigned]) -> Vec<Input> {
    let document = |path: &str| {
        let holder = assigned.iter().find(|one| one.source.path == path)?;
        Some(holder.configured.document_id.clone())
    };
    let input = |entry: &crate::ingest::SourceEntry| Input {
        path: entry.path.clone(),
        bytes: entry.bytes,
        sha256: entry.sha256.clone(),
        blake3: entry.blake3.clone(),
        document_id: document(&entry.path),
    };
    index.files.iter().map(input).collect()
}

/// Writes a new generation of the dataset and puts it in the place of the old one.
fn write(
    work: &Work,
    gathered: Dataset,
    packaging: Packaging,
    mut record: RunRecord,
    watch: &mut Stopwatch,
) -> Result<RunRecord> {
    let generation = Generation::begin(&work.settings.out, is_ours)?;
    let folder = generation.folder();
    let dataset = write_tables(work, folder, gathered)?;
    record.count(&dataset);
    let version = versioning::state(work.disk, &work.settings.out, folder, &record.tables)?;
    record.version = version.to_string();
    record.outputs = finished(work, folder, &dataset, &record.version)?;
    let text = packaging.describe(work.settings, &dataset, &record, &record.version)?;
    record.outputs.push(descriptor(work, folder, &text)?);
    watch.lap("export");
    watch.report(&mut record);
    let place = folder.join(RECORD_NAME);
    work.disk
        .create(&place, results::json(&record, &place)?.as_bytes(), true)?;
    lock::carry_over(&work.settings.out, folder)?;
    generation.publish()?;
    Ok(record)
}

/// Links the dataset and writes its tables. Characters that the CSV files could not hold become
/// findings of the dataset, which is then written once more.
fn write_tables(work: &Work, folder: &Path, gathered: Dataset) -> Result<Dataset> {
    make_folder(&folder.join(PARQUET))?;
    make_folder(&folder.join(CSV))?;
    let mut dataset = gathered;
    engine::link(&mut dataset);
    let lost = write_forms(work, folder, &dataset)?;
    let findings = engine::lossy_findings(&dataset, &lost);
    if !findings.is_empty() {
        dataset.findings.extend(findings);
        engine::link(&mut dataset);
        write_forms(work, folder, &dataset)?;
    }
    if work.settings.partition_by.is_some() {
        let partitioned = folder.join(PARTITIONED);
        make_folder(&partitioned)?;
        engine::write_partitioned(&partitioned, &dataset)?;
    }
    Ok(dataset)
}

/// Writes `datapackage.json` and says what it is.
fn descriptor(work: &Work, folder: &Path, text: &str) -> Result<Output> {
    let place = folder.join(DESCRIPTOR_NAME);
    work.disk.create(&place, text.as_bytes(), true)?;
    Ok(Output {
        path: DESCRIPTOR_NAME.to_owned(),
        bytes: text.len() as u64,
        sha256: hash::sha256(text.as_bytes()),
    })
}

/// Writes Parquet and CSV side by side; gives the characters that CSV could not hold.
fn write_forms(work: &Work, folder: &Path, dataset: &Dataset) -> Result<Vec<LossyCharacter>> {
    let settings = work.settings;
    let (parquet, csv) = (folder.join(PARQUET), folder.join(CSV));
    let (encoding, is_lossy) = (settings.csv_encoding, settings.is_lossy);
    let (lost, tables) = work.threads.join(
        || engine::write_csv(&csv, dataset, encoding, is_lossy),
        || engine::write_parquet(&parquet, dataset),
    );
    tables?;
    lost
}

/// Writes the workbook, which states the version, while the other files are put on the disk; says what all of them are.
fn finished(work: &Work, folder: &Path, dataset: &Dataset, version: &str) -> Result<Vec<Output>> {
    let book = folder.join(WORKBOOK_NAME);
    let lang = work.settings.workbook;
    let write = || match lang {
        Some(lang) => workbook::write(&book, dataset, lang, version),
        None => Ok(()),
    };
    let (mut paths, mut folders) = (Vec::new(), Vec::new());
    files_below(folder, &mut paths, &mut folders)?;
    let settle = || -> Vec<Result<Output>> {
        let outputs = paths.par_iter().map(|path| settled(work, folder, path));
        outputs.collect()
    };
    let (written, outputs) = work.threads.join(write, settle);
    written?;
    let mut outputs: Vec<Output> = outputs.into_iter().collect::<Result<_>>()?;
    if lang.is_some() {
        outputs.push(settled(work, folder, &book)?);
    }
    folders.iter().for_each(|folder| settle_folder(folder));
    outputs.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(outputs)
}

/// Puts a written file on the disk and says what it is.
fn settled(work: &Work, folder: &Path, path: &Path) -> Result<Output> {
    work.disk.settle(path)?;
    let bytes = fs::read(path).map_err(reading(path))?;
    let relative = path.strip_prefix(folder).unwrap_or(path);
    Ok(Output {
        path: relative.to_string_lossy().replace('\\', "/"),
        bytes: bytes.len() as u64,
        sha256: hash::sha256(&bytes),
    })
}

/// All files and folders below a folder.
fn files_below(folder: &Path, files: &mut Vec<PathBuf>, folders: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder).map_err(reading(folder))? {
        let path = entry.map_err(reading(folder))?.path();
        if path.is_dir() {
            files_below(&path, files, folders)?;
            folders.push(path);
        } else {
            files.push(path);
        }
    }
    Ok(())
}

/// Reads the published dataset.
///
/// # Errors
/// When there is none or it is damaged.
pub fn published(out: &Path) -> Result<Dataset> {
    let folder = out.join(PARQUET);
    if !folder.is_dir() {
        return Err(Problem::DatasetMissing(out.to_owned()).into());
    }
    engine::read_parquet(&folder)
}
