//! Which source files there are and which document each of them holds.
//!
//! A file is known by its words, never by its name. What was found out is kept in
//! `normalized/index.json`, so that a file is read again only when its bytes, a profile or the
//! program have changed.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::config::Settings;
use crate::engine::{self, FindingRow, Limits, Page, Profile, Recognition, Staged};
use crate::hash;
use crate::isolate::isolated;
use crate::pipeline::Work;
use crate::problem::Result;
use crate::profiles::{Configured, ProfileFiles};
use crate::reading::{Reader, Refusal};
use crate::results::json;
use crate::text::{Lang, remark, screen};
use crate::walk;

/// Name of the file that keeps what is known of the source files.
pub const INDEX_NAME: &str = "index.json";

/// How many near profiles a finding names.
const CANDIDATES: usize = 3;

/// What is known of one source file.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SourceEntry {
    /// Path relative to the folder of source files, written with `/`.
    pub path: String,
    /// Size.
    pub bytes: u64,
    /// BLAKE3 of the bytes.
    pub blake3: String,
    /// SHA-256 of the bytes.
    pub sha256: String,
    /// Encoding it was read with.
    pub encoding: Option<String>,
    /// Documents that recognise it.
    pub documents: Vec<String>,
    /// Documents of which it is another edition, with the edition found.
    pub other_editions: Vec<(String, String)>,
    /// Documents it resembles, where none recognises it.
    pub candidates: Vec<String>,
    /// Why it cannot be read, in Japanese and English.
    pub unreadable: Option<(String, String)>,
}

/// What is known of all source files.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Index {
    /// The program that found it out.
    pub program: String,
    /// Hash over all profiles.
    pub profiles: String,
    /// The documents that profiles describe.
    pub configured: Vec<Configured>,
    /// The files in the order of their paths.
    pub files: Vec<SourceEntry>,
}

/// A document and the file that holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assigned {
    /// The document.
    pub configured: Configured,
    /// The file.
    pub source: SourceEntry,
}

/// What the source files turned out to be.
#[derive(Debug)]
pub struct Ingested {
    /// What is known of the files.
    pub index: Index,
    /// Pages that were read on the way, by path.
    pub pages: BTreeMap<String, Staged<Page>>,
    /// The profiles, where they had to be parsed.
    pub profiles: Option<Vec<Profile>>,
}

/// Finds the source files, recognises their documents and keeps the result.
///
/// # Errors
/// When the folder of source files cannot be listed, a profile is wrong, or the index cannot be written.
pub fn ingest(work: &Work, files: &ProfileFiles) -> Result<Ingested> {
    let settings = work.settings;
    let place = settings.normalized.join(INDEX_NAME);
    let known = Index::load(&place).filter(|index| !settings.is_forced && index.fits(files));
    let paths = source_paths(work)?;
    let unread = Unread::all(work, paths, known.as_ref());
    let is_known = unread.iter().all(|file| file.known.is_some());
    let profiles = if known.is_some() && is_known {
        None
    } else {
        Some(work.threads.install(|| files.parse())?)
    };
    let configured = match (&profiles, &known) {
        (Some(profiles), _) => files.configured(profiles),
        (None, Some(index)) => index.configured.clone(),
        (None, None) => Vec::new(),
    };
    let (entries, pages) = read_all(work, unread, profiles.as_deref().unwrap_or_default());
    let program = hash::program().to_owned();
    let index = Index {
        program,
        profiles: files.hash.clone(),
        configured,
        files: entries,
    };
    index.keep(work, &place)?;
    Ok(Ingested {
        index,
        pages,
        profiles,
    })
}

/// Whether what is kept of the source files still fits them and the profiles.
#[must_use]
pub fn is_current(work: &Work) -> bool {
    let settings = work.settings;
    let Some(index) = Index::load(&settings.normalized.join(INDEX_NAME)) else {
        return false;
    };
    let fits = ProfileFiles::load(&settings.municipalities).is_ok_and(|files| index.fits(&files));
    let Ok(paths) = source_paths(work) else {
        return false;
    };
    let now = Unread::all(work, paths, Some(&index));
    let known: Vec<Option<SourceEntry>> = now.into_iter().map(|file| file.known).collect();
    fits && known == index.files.iter().cloned().map(Some).collect::<Vec<_>>()
}

fn source_paths(work: &Work) -> Result<Vec<String>> {
    let settings = work.settings;
    let outputs = [&settings.normalized, &settings.out].map(fs::canonicalize);
    let outputs: Vec<_> = outputs.into_iter().flatten().collect();
    walk::files_inside(&settings.raw, &outputs, &walk::is_source)
}

/// A file with what is known of its bytes.
struct Unread {
    path: String,
    known: Option<SourceEntry>,
}

impl Unread {
    /// Looks every file up in what is known.
    fn all(work: &Work, paths: Vec<String>, known: Option<&Index>) -> Vec<Self> {
        let look_up = |path: String| {
            let place = work.settings.raw.join(&path);
            let known = known.and_then(|index| {
                let entry =
                    index.of_bytes(&hash::blake3(&bytes_of(work.settings, &place).ok()?))?;
                Some(SourceEntry {
                    path: path.clone(),
                    ..entry.clone()
                })
            });
            Self { path, known }
        };
        work.threads
            .install(|| paths.into_par_iter().map(look_up).collect())
    }
}

/// Reads every file that is not known.
fn read_all(
    work: &Work,
    files: Vec<Unread>,
    profiles: &[Profile],
) -> (Vec<SourceEntry>, BTreeMap<String, Staged<Page>>) {
    let stage = work.stage(&screen::stage_ingest(work.lang), files.len());
    let read = |file: Unread| {
        let read = match file.known {
            Some(entry) => (entry, None),
            None => read_one(work, file.path, profiles),
        };
        stage.step("");
        read
    };
    let read: Vec<(SourceEntry, Option<Staged<Page>>)> = work
        .threads
        .install(|| files.into_par_iter().map(read).collect());
    let (mut entries, mut pages) = (Vec::new(), BTreeMap::new());
    for (entry, page) in read {
        pages.extend(page.map(|page| (entry.path.clone(), page)));
        entries.push(entry);
    }
    (entries, pages)
}

/// Reads a file and recognises its document.
fn read_one(
    work: &Work,
    path: String,
    profiles: &[Profile],
) -> (SourceEntry, Option<Staged<Page>>) {
    let settings = work.settings;
    let place = settings.raw.join(&path);
    let mut entry = SourceEntry {
        path,
        ..SourceEntry::default()
    };
    let bytes = match bytes_of(settings, &place) {
        Ok(bytes) => bytes,
        Err(refusal) => {
            entry.unreadable = Some(refusal.told());
            return (entry, None);
        }
    };
    entry.bytes = bytes.len() as u64;
    entry.blake3 = hash::blake3(&bytes);
    entry.sha256 = hash::sha256(&bytes);
    let file = File {
        bytes: &bytes,
        limits: settings.limits,
        reader: &work.reader,
    };
    let mut page = recognised(&file, profiles, &mut entry);
    if let Some(page) = &mut page {
        let hint = engine::hint(None, Some(&entry.path), settings.limits);
        work.reader.compare(&bytes, &hint, page);
    }
    (entry, page)
}

/// A file that is being read.
struct File<'a> {
    bytes: &'a [u8],
    limits: Limits,
    reader: &'a Reader,
}

impl File<'_> {
    /// The page by what a profile says, or by the content alone.
    fn page(
        &self,
        profile: Option<&Profile>,
        path: &str,
    ) -> std::result::Result<Staged<Page>, Refusal> {
        let hint = engine::hint(profile, Some(path), self.limits);
        self.reader.read(self.bytes, &hint)
    }
}

/// The bytes of a source file. Links that lead out of the folder are not followed, and nothing but
/// files is opened: a pipe would have no end.
pub(crate) fn bytes_of(settings: &Settings, path: &Path) -> std::result::Result<Vec<u8>, Refusal> {
    let failed = |error: &io::Error| Refusal::of(&|lang| unopened(lang, path, error));
    let real = fs::canonicalize(path).map_err(|error| failed(&error))?;
    if !fs::canonicalize(&settings.raw).is_ok_and(|raw| real.starts_with(raw)) {
        return Err(Refusal::of(&remark::outside));
    }
    let known = fs::metadata(&real).map_err(|error| failed(&error))?;
    if !known.is_file() {
        return Err(Refusal::of(&remark::no_file));
    }
    let most = settings.limits.bytes;
    if known.len() > most {
        return Err(Refusal::of(&|lang| remark::too_large(lang, "bytes", most)));
    }
    fs::read(&real).map_err(|error| failed(&error))
}

/// Why a file cannot be opened, and what to do.
fn unopened(lang: Lang, path: &Path, error: &io::Error) -> String {
    let is_lossy = path.to_string_lossy().contains(char::REPLACEMENT_CHARACTER);
    match error.kind() {
        io::ErrorKind::NotFound if is_lossy => remark::name_not_utf8(lang),
        io::ErrorKind::NotFound => remark::gone(lang),
        io::ErrorKind::PermissionDenied => remark::denied(lang),
        _ => remark::unopened(lang, error),
    }
}

/// Reads a page and asks every profile about it; the answers go into `entry`.
fn recognised(file: &File, profiles: &[Profile], entry: &mut SourceEntry) -> Option<Staged<Page>> {
    let page = match first_reading(file, profiles, &entry.path) {
        Ok(page) => page,
        Err(refusal) => {
            entry.unreadable = Some(refusal.told());
            return None;
        }
    };
    if let Err(panic) = isolated(|| ask_profiles(&page.value, profiles, entry)) {
        entry.unreadable = Some(Refusal::of(&|lang| remark::died(lang, &panic)).told());
        return None;
    }
    let page = match as_declared(file, page, profiles, entry) {
        Ok(page) => page,
        Err(refusal) => {
            entry.unreadable = Some(refusal.told());
            return None;
        }
    };
    entry.encoding = Some(page.value.encoding.clone());
    (entry.documents.len() == 1).then_some(page)
}

/// Which profiles know the page, or else come near.
fn ask_profiles(page: &Page, profiles: &[Profile], entry: &mut SourceEntry) {
    for profile in profiles {
        match profile.recognise(page) {
            Recognition::Document => entry.documents.push(profile.document_id()),
            Recognition::OtherEdition { found } => {
                entry.other_editions.push((profile.document_id(), found));
            }
            Recognition::No => {}
        }
    }
    if entry.documents.is_empty() && entry.other_editions.is_empty() {
        entry.candidates = candidates(page, profiles);
    }
}

/// The page by the encoding that its bytes suggest, or else by one that a profile declares, where
/// that could help: a damaged file is not read once more for every profile.
fn first_reading(
    file: &File,
    profiles: &[Profile],
    path: &str,
) -> std::result::Result<Staged<Page>, Refusal> {
    let refusal = match file.page(None, path) {
        Err(refusal) if !refusal.is_final => refusal,
        other => return other,
    };
    let declaring = profiles.iter().filter(|profile| declares(profile));
    let page = declaring
        .map(|profile| file.page(Some(profile), path))
        .find_map(|page| page.ok());
    page.ok_or(refusal)
}

/// Whether a profile says how its file is to be read.
fn declares(profile: &Profile) -> bool {
    let source = &profile.source;
    source.encoding.is_some()
        || source.format.is_some()
        || source.delimiter.is_some()
        || source.hidden
}

/// Reads the page again where the profile of its document says how.
fn as_declared(
    file: &File,
    page: Staged<Page>,
    profiles: &[Profile],
    entry: &SourceEntry,
) -> std::result::Result<Staged<Page>, Refusal> {
    let [document] = entry.documents.as_slice() else {
        return Ok(page);
    };
    let profile = profiles
        .iter()
        .find(|profile| profile.document_id() == *document);
    match profile.filter(|profile| declares(profile)) {
        Some(profile) => file.page(Some(profile), &entry.path),
        None => Ok(page),
    }
}

/// The documents whose title or municipality comes nearest to what the page begins with.
fn candidates(page: &Page, profiles: &[Profile]) -> Vec<String> {
    let opening = engine::opening(page);
    let score = |profile: &Profile| {
        let names = opening
            .iter()
            .any(|line| line.contains(&profile.municipality.name));
        let title = &profile.document.title;
        let nearest = opening
            .iter()
            .map(|line| strsim::sorensen_dice(line, title));
        nearest.fold(0.0, f64::max) + if names { 0.5 } else { 0.0 }
    };
    let mut scored: Vec<(f64, String)> = profiles
        .iter()
        .map(|profile| (score(profile), profile.document_id()))
        .filter(|(score, _)| *score >= 0.3)
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    scored
        .into_iter()
        .take(CANDIDATES)
        .map(|(_, document)| document)
        .collect()
}

impl Index {
    /// The index as kept; `None` when there is none that can be used.
    #[must_use]
    pub fn load(place: &Path) -> Option<Self> {
        serde_json::from_slice(&fs::read(place).ok()?).ok()
    }

    /// Whether it was made by this program with these profiles.
    #[must_use]
    pub fn fits(&self, profiles: &ProfileFiles) -> bool {
        self.program == hash::program() && self.profiles == profiles.hash
    }

    fn of_bytes(&self, blake3: &str) -> Option<&SourceEntry> {
        self.files.iter().find(|entry| entry.blake3 == blake3)
    }

    /// Writes the index, unless the same one is kept already.
    fn keep(&self, work: &Work, place: &Path) -> Result<()> {
        if Self::load(place).as_ref() == Some(self) {
            return Ok(());
        }
        work.disk.replace(place, json(self, place)?.as_bytes())
    }

    /// The documents with their files, in the order of the documents' identifiers, and what is
    /// to be remarked about files.
    #[must_use]
    pub fn assigned(&self) -> (Vec<Assigned>, Vec<FindingRow>) {
        let mut holders: BTreeMap<&str, &SourceEntry> = BTreeMap::new();
        let mut findings = Vec::new();
        for entry in &self.files {
            match holder_of(entry) {
                Ok(document) => {
                    let holder = *holders.entry(document).or_insert(entry);
                    if holder.path != entry.path {
                        findings.push(duplicate(entry, document, holder));
                    }
                }
                Err(finding) => findings.push(*finding),
            }
        }
        let missing = self
            .configured
            .iter()
            .filter(|c| !holders.contains_key(&*c.document_id));
        findings.extend(missing.map(missing_document));
        let mut assigned: Vec<Assigned> = self
            .configured
            .iter()
            .filter_map(|configured| {
                let source = (*holders.get(&*configured.document_id)?).clone();
                Some(Assigned {
                    configured: configured.clone(),
                    source,
                })
            })
            .collect();
        assigned.sort_by(|a, b| a.configured.document_id.cmp(&b.configured.document_id));
        (assigned, findings)
    }
}

fn missing_document(configured: &Configured) -> FindingRow {
    let Configured {
        document_id, title, ..
    } = configured;
    let tell = |lang| remark::missing(lang, document_id, title);
    engine::file_finding(engine::Code::DocumentMissing, None, tell)
}

/// The document that a file holds, or what is to be remarked about the file.
fn holder_of(entry: &SourceEntry) -> std::result::Result<&str, Box<FindingRow>> {
    use engine::Code;
    let path = &entry.path;
    let told = |code, tell: &dyn Fn(Lang) -> String| {
        Err(Box::new(engine::file_finding(code, Some(path), tell)))
    };
    if let Some((ja, en)) = &entry.unreadable {
        let tell = |lang: Lang| remark::unreadable(lang, path, lang.pick(ja, en));
        return told(Code::FileUnreadable, &tell);
    }
    match (entry.documents.as_slice(), entry.other_editions.as_slice()) {
        ([document], _) => Ok(document),
        ([], []) => told(Code::FileUnclaimed, &|lang| {
            let none = remark::no_candidate(lang);
            let list = entry.candidates.join(", ");
            remark::unclaimed(lang, path, if list.is_empty() { none } else { list })
        }),
        ([], [(document, found), ..]) => told(Code::FileOtherEdition, &|lang| {
            remark::other_edition(lang, path, document, found)
        }),
        (several, _) => {
            let list = several.join(", ");
            told(Code::FileAmbiguous, &|lang| {
                remark::ambiguous(lang, path, &list)
            })
        }
    }
}

fn duplicate(entry: &SourceEntry, document: &str, first: &SourceEntry) -> FindingRow {
    let tell = |lang| remark::duplicate(lang, &entry.path, document, &first.path);
    engine::file_finding(engine::Code::FileDuplicate, Some(&entry.path), tell)
}
