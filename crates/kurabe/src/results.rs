//! The tables of each document, made once and kept in `normalized/<document_id>/`.
//!
//! Beside the tables lies `stamp.json`, which says of which bytes, profile and program they are
//! the result. They are made again only when one of these has changed.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::engine::{self, Dataset, FindingRow, Page, Profile, Source, Staged};
use crate::generation::{Generation, recover};
use crate::hash;
use crate::ingest::{self, Assigned, Index, Ingested, SourceEntry};
use crate::isolate::isolated;
use crate::pipeline::Work;
use crate::problem::{Problem, Result, reading, writing};
use crate::profiles::ProfileFiles;
use crate::reading::Refusal;
use crate::text::{Lang, remark, screen};

/// Name of the file that says what a result was made of.
pub const STAMP_NAME: &str = "stamp.json";

/// What the result of a document was made of, and what it consists of.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Stamp {
    /// Hash over everything below.
    pub key: String,
    /// The program that made it.
    pub program: String,
    /// The file it was made of, as it is shown.
    pub path: String,
    /// BLAKE3 of that file.
    pub source: String,
    /// BLAKE3 of the profile.
    pub profile: String,
    /// Files of the result and BLAKE3 of their bytes.
    pub files: BTreeMap<String, String>,
    /// What stopped the document, in Japanese and English, when something did.
    pub failure: Option<(String, String)>,
}

/// The result of one document.
#[derive(Debug)]
pub struct DocumentResult {
    /// The document and its file.
    pub assigned: Assigned,
    /// The tables, where they were made by this run.
    pub fresh: Option<Dataset>,
    /// What stopped the document, when something did.
    pub failure: Option<FindingRow>,
}

impl Stamp {
    /// What the result of a document will be made of.
    #[must_use]
    pub fn of(assigned: &Assigned) -> Self {
        let program = hash::program().to_owned();
        let path = assigned.source.path.clone();
        let source = assigned.source.blake3.clone();
        let profile = assigned.configured.profile_blake3.clone();
        let key = hash::joined([&*program, &path, &source, &profile]);
        Self {
            key,
            program,
            path,
            source,
            profile,
            files: BTreeMap::new(),
            failure: None,
        }
    }

    /// The stamp of a stored result; `None` when there is none, it was made of something else,
    /// or its files are not what was written. Files are not forced onto the disk when they are
    /// written, so that a power cut can leave damaged ones.
    #[must_use]
    pub fn stored(folder: &Path, key: &str) -> Option<Self> {
        let bytes = fs::read(folder.join(STAMP_NAME)).ok()?;
        let stamp: Self = serde_json::from_slice(&bytes).ok()?;
        let is_whole = |(name, blake3): (&String, &String)| {
            fs::read(folder.join(name)).is_ok_and(|bytes| hash::blake3(&bytes) == *blake3)
        };
        (stamp.key == key && stamp.files.iter().all(is_whole)).then_some(stamp)
    }

    /// The finding on what stopped the document.
    fn failure_finding(&self) -> Option<FindingRow> {
        let (ja, en) = self.failure.as_ref()?;
        let tell = |lang: Lang| lang.pick(ja, en).to_owned();
        Some(engine::file_finding(
            engine::Code::FileUnreadable,
            Some(&self.path),
            tell,
        ))
    }
}

/// Folder of a document's result.
#[must_use]
pub fn folder_of(work: &Work, document_id: &str) -> PathBuf {
    work.settings.normalized.join(document_id)
}

/// Makes the results of all documents that have none yet.
///
/// # Errors
/// When a result cannot be written.
pub fn normalize(
    work: &Work,
    files: &ProfileFiles,
    ingested: &mut Ingested,
) -> Result<Vec<DocumentResult>> {
    let (assigned, _) = ingested.index.assigned();
    tidy(work, &assigned)?;
    let is_stale = |one: &Assigned| !has_result(work, one);
    if ingested.profiles.is_none() && assigned.iter().any(is_stale) {
        ingested.profiles = Some(work.threads.install(|| files.parse())?);
    }
    let profiles = ingested.profiles.as_deref().unwrap_or_default();
    let tasks: Vec<(Assigned, Option<Staged<Page>>)> = assigned
        .into_iter()
        .map(|one| {
            let page = ingested.pages.remove(&one.source.path);
            (one, page)
        })
        .collect();
    let stage = work.stage(&screen::stage_normalize(work.lang), tasks.len());
    let make = |(assigned, page)| {
        let result = make(work, profiles, assigned, page)?;
        stage.step(&told(work, &result));
        Ok(result)
    };
    let made: Vec<Result<DocumentResult>> = work
        .threads
        .install(|| tasks.into_par_iter().map(make).collect());
    made.into_iter().collect()
}

fn told(work: &Work, result: &DocumentResult) -> String {
    let document = &result.assigned.configured.document_id;
    match &result.fresh {
        Some(dataset) => screen::document_done(work.lang, document, dataset.measures.len()),
        None => screen::document_unchanged(work.lang, document),
    }
}

fn has_result(work: &Work, assigned: &Assigned) -> bool {
    let folder = folder_of(work, &assigned.configured.document_id);
    let stored = Stamp::stored(&folder, &Stamp::of(assigned).key);
    !work.settings.is_forced && stored.is_some_and(|stamp| stamp.failure.is_none())
}

fn make(
    work: &Work,
    profiles: &[Profile],
    assigned: Assigned,
    page: Option<Staged<Page>>,
) -> Result<DocumentResult> {
    let mut stamp = Stamp::of(&assigned);
    let fresh = if has_result(work, &assigned) {
        None
    } else {
        let made = tables_of(work, profiles, &assigned, page);
        stamp.failure = made.as_ref().err().cloned();
        let dataset = made.ok();
        store(work, &assigned, &mut stamp, dataset.as_ref())?;
        dataset
    };
    let failure = stamp.failure_finding();
    Ok(DocumentResult {
        assigned,
        fresh,
        failure,
    })
}

/// Reads, lays out and normalises one document; the error says in Japanese and English what
/// stopped it.
fn tables_of(
    work: &Work,
    profiles: &[Profile],
    assigned: &Assigned,
    page: Option<Staged<Page>>,
) -> std::result::Result<Dataset, (String, String)> {
    let entry = &assigned.source;
    let document = &assigned.configured.document_id;
    let unreadable = |detail: (String, String)| {
        both(&|lang| remark::unreadable(lang, &entry.path, lang.pick(&detail.0, &detail.1)))
    };
    let profile = profiles
        .iter()
        .find(|profile| profile.document_id() == *document);
    let profile = profile.ok_or_else(|| unreadable((document.clone(), document.clone())))?;
    let page = match page {
        Some(page) => page,
        None => read_again(work, profile, entry).map_err(unreadable)?,
    };
    let source = source_of(entry, &page.value);
    isolated(|| engine::tables(page, profile, &source))
        .map_err(|detail| both(&|lang| remark::panicked(lang, &entry.path, &detail)))
}

fn both(tell: &dyn Fn(Lang) -> String) -> (String, String) {
    (tell(Lang::Ja), tell(Lang::En))
}

fn read_again(
    work: &Work,
    profile: &Profile,
    entry: &SourceEntry,
) -> std::result::Result<Staged<Page>, (String, String)> {
    let path = work.settings.raw.join(&entry.path);
    let bytes = ingest::bytes_of(work.settings, &path).map_err(Refusal::told)?;
    let hint = engine::hint(Some(profile), Some(&entry.path), work.settings.limits);
    let mut page = work.reader.read(&bytes, &hint).map_err(Refusal::told)?;
    work.reader.compare(&bytes, &hint, &mut page);
    Ok(page)
}

fn source_of(entry: &SourceEntry, page: &Page) -> Source {
    Source {
        path: entry.path.clone(),
        media_type: engine::media_type(&page.reader).to_owned(),
        encoding: page.encoding.clone(),
        bytes: entry.bytes,
        sha256: entry.sha256.clone(),
        reader: page.reader.clone(),
    }
}

/// Writes the tables of a document with their stamp, all in one step.
fn store(
    work: &Work,
    assigned: &Assigned,
    stamp: &mut Stamp,
    dataset: Option<&Dataset>,
) -> Result<()> {
    let target = folder_of(work, &assigned.configured.document_id);
    let generation = Generation::begin(&target, is_ours)?;
    let folder = generation.folder();
    if let Some(dataset) = dataset {
        engine::write_parquet(folder, dataset)?;
    }
    for entry in fs::read_dir(folder).map_err(reading(folder))? {
        let path = entry.map_err(reading(folder))?.path();
        let bytes = fs::read(&path).map_err(reading(&path))?;
        work.disk.charge(&path, bytes.len())?;
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        stamp.files.insert(name, hash::blake3(&bytes));
    }
    let place = folder.join(STAMP_NAME);
    work.disk
        .create(&place, json(stamp, &place)?.as_bytes(), false)?;
    generation.publish()
}

/// A record as JSON text.
///
/// # Errors
/// When it cannot be written as JSON.
pub(crate) fn json(record: &impl Serialize, place: &Path) -> Result<String> {
    let text = serde_json::to_string_pretty(record);
    text.map(|text| text + "\n")
        .map_err(|error| writing(place)(std::io::Error::other(error)))
}

/// Whether a file in a document's folder is part of the result.
fn is_ours(name: &OsStr) -> bool {
    name == STAMP_NAME
        || Path::new(name)
            .extension()
            .is_some_and(|ending| ending == "parquet")
}

/// Reads the stored tables of a document; none where something stopped it.
///
/// # Errors
/// When there is no result made of what the index names, or it cannot be read.
pub fn stored(work: &Work, assigned: &Assigned) -> Result<Dataset> {
    match stored_stamp(work, assigned)?.failure {
        Some(_) => Ok(Dataset::default()),
        None => engine::read_parquet(&folder_of(work, &assigned.configured.document_id)),
    }
}

/// The results that are stored for the documents of an index.
///
/// # Errors
/// When there is none for a document.
pub fn stored_results(work: &Work, index: &Index) -> Result<Vec<DocumentResult>> {
    let result = |assigned: Assigned| {
        let failure = stored_stamp(work, &assigned)?.failure_finding();
        Ok(DocumentResult {
            assigned,
            fresh: None,
            failure,
        })
    };
    index.assigned().0.into_iter().map(result).collect()
}

fn stored_stamp(work: &Work, assigned: &Assigned) -> Result<Stamp> {
    let folder = folder_of(work, &assigned.configured.document_id);
    Stamp::stored(&folder, &Stamp::of(assigned).key)
        .ok_or_else(|| Problem::ResultsMissing(work.settings.normalized.clone()).into())
}

/// Puts right what stopped runs left, and removes results of documents that are no longer among
/// the sources.
fn tidy(work: &Work, assigned: &[Assigned]) -> Result<()> {
    let folder = &work.settings.normalized;
    for entry in fs::read_dir(folder).map_err(reading(folder))? {
        let path = entry.map_err(reading(folder))?.path();
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let stem = name
            .strip_suffix(".new.tmp")
            .or_else(|| name.strip_suffix(".old.tmp"));
        if let Some(stem) = stem {
            recover(&folder.join(stem), is_ours)?;
        } else if !assigned
            .iter()
            .any(|one| one.configured.document_id == name)
        {
            forget(&path)?;
        }
    }
    Ok(())
}

/// Removes a result; the folder stays when something else lies in it.
fn forget(folder: &Path) -> Result<()> {
    if !folder.join(STAMP_NAME).is_file() {
        return Ok(());
    }
    for entry in fs::read_dir(folder).map_err(reading(folder))? {
        let path = entry.map_err(reading(folder))?.path();
        if is_ours(path.file_name().unwrap_or_default()) {
            fs::remove_file(&path).map_err(writing(&path))?;
        }
    }
    let _ = fs::remove_dir(folder);
    Ok(())
}
