//! `out/run.json`: what a run read, what it published and how long it took.
//!
//! This is the only module that asks the time, and times are the only part of a dataset that may
//! differ between two runs on the same input.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

use serde::{Deserialize, Serialize};

use crate::engine::Dataset;

/// Name of the record in the folder of the dataset.
pub const RECORD_NAME: &str = "run.json";

/// A source file of a run.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Input {
    /// Path relative to the folder of source files.
    pub path: String,
    /// Size.
    pub bytes: u64,
    /// SHA-256 of the bytes.
    pub sha256: String,
    /// BLAKE3 of the bytes.
    pub blake3: String,
    /// The document it was read for.
    pub document_id: Option<String>,
}

/// What was found in one document, or about files that belong to none.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Tally {
    /// The document; `None` for findings about files.
    pub document_id: Option<String>,
    /// Number of measures.
    pub measures: u64,
    /// Number of KPIs.
    pub kpis: u64,
    /// Number of findings of severity error.
    pub errors: u64,
    /// Number of findings of severity warning.
    pub warnings: u64,
    /// Number of findings of severity info.
    pub infos: u64,
    /// Number of lines that are not accounted for.
    pub unread: u64,
}

/// A file of the dataset.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Output {
    /// Path relative to the folder of the dataset.
    pub path: String,
    /// Size.
    pub bytes: u64,
    /// SHA-256 of the bytes.
    pub sha256: String,
}

/// The record of a run.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct RunRecord {
    /// Version and build of the program.
    pub program: String,
    /// Version of the dataset; empty where a program wrote it that knew none.
    #[serde(default)]
    pub version: String,
    /// Hash over everything the dataset was made of.
    pub key: String,
    /// Hash over the editions, their rules, the decisions of people, what is known of where
    /// the files came from, and the national surveys.
    pub rules: String,
    /// Encoding of the CSV files.
    pub csv_encoding: String,
    /// The source files.
    pub inputs: Vec<Input>,
    /// The tables of national surveys that the configuration names, with their paths from its folder.
    pub surveys: Vec<Input>,
    /// What was found, document by document.
    pub documents: Vec<Tally>,
    /// Rows of every table.
    pub tables: BTreeMap<String, u64>,
    /// Findings of every severity.
    pub findings: BTreeMap<String, u64>,
    /// The files of the dataset.
    pub outputs: Vec<Output>,
    /// When the run began, ISO 8601 in UTC.
    pub started_at: String,
    /// Milliseconds that each stage took.
    pub durations_ms: BTreeMap<String, f64>,
}

impl RunRecord {
    /// The record in a folder; `None` when there is none.
    #[must_use]
    pub fn load(folder: &Path) -> Option<Self> {
        serde_json::from_slice(&std::fs::read(folder.join(RECORD_NAME)).ok()?).ok()
    }

    /// Whether the dataset in `folder` was made of what `key` stands for and all its files are
    /// there with their sizes.
    #[must_use]
    pub fn is_complete(&self, folder: &Path, key: &str) -> bool {
        let has_size = |output: &Output| {
            folder
                .join(&output.path)
                .metadata()
                .is_ok_and(|file| file.len() == output.bytes)
        };
        self.key == key && !self.outputs.is_empty() && self.outputs.iter().all(has_size)
    }

    /// Counts rows and findings.
    pub fn count(&mut self, dataset: &Dataset) {
        let tables = dataset.sorted_views();
        self.tables = tables
            .iter()
            .map(|t| (t.spec.name.to_owned(), t.rows.len() as u64))
            .collect();
        self.findings = ["error", "warning", "info"]
            .map(|name| (name.to_owned(), 0))
            .into();
        for finding in &dataset.findings {
            *self.findings.entry(finding.severity.clone()).or_default() += 1;
        }
        self.documents = tallies(dataset);
    }
}

/// What was found, document by document; at last what is about no document, when there is any.
#[must_use]
pub fn tallies(dataset: &Dataset) -> Vec<Tally> {
    let mut ids: Vec<Option<&str>> = dataset
        .documents
        .iter()
        .map(|document| Some(&*document.document_id))
        .collect();
    ids.sort_unstable();
    ids.push(None);
    let tallies = ids.into_iter().map(|id| tally(dataset, id));
    tallies
        .filter(|tally| tally.document_id.is_some() || tally.findings() > 0)
        .collect()
}

fn tally(dataset: &Dataset, id: Option<&str>) -> Tally {
    let severity = |name: &str| {
        let of_it = dataset
            .findings
            .iter()
            .filter(|f| f.document_id.as_deref() == id);
        of_it.filter(|finding| finding.severity == name).count() as u64
    };
    let ids: std::collections::BTreeSet<&str> = dataset
        .measures
        .iter()
        .filter(|measure| Some(&*measure.document_id) == id)
        .map(|measure| &*measure.measure_id)
        .collect();
    let kpis = dataset
        .kpis
        .iter()
        .filter(|kpi| ids.contains(&*kpi.measure_id))
        .count() as u64;
    let coverage = dataset
        .coverage
        .iter()
        .filter(|row| Some(&*row.document_id) == id);
    Tally {
        document_id: id.map(str::to_owned),
        measures: ids.len() as u64,
        kpis,
        errors: severity("error"),
        warnings: severity("warning"),
        infos: severity("info"),
        unread: coverage.map(|row| row.unread.unsigned_abs()).sum(),
    }
}

impl Tally {
    /// Number of findings of any severity.
    #[must_use]
    pub fn findings(&self) -> u64 {
        self.errors + self.warnings + self.infos
    }
}

/// The present day in Japan, `2026-11-20`.
#[must_use]
pub fn today() -> String {
    let japan = jiff::tz::TimeZone::fixed(jiff::tz::offset(9));
    jiff::Timestamp::now().to_zoned(japan).date().to_string()
}

/// The present time, for the manifest of what is fetched and for what servers ask to wait.
#[must_use]
pub fn now() -> jiff::Timestamp {
    jiff::Timestamp::now()
}

/// Measures how long the stages of a run take.
#[derive(Debug)]
pub struct Stopwatch {
    started_at: String,
    begin: Instant,
    lap: Instant,
    laps: BTreeMap<String, f64>,
}

impl Default for Stopwatch {
    fn default() -> Self {
        Self::start()
    }
}

impl Stopwatch {
    /// Begins to measure.
    #[must_use]
    pub fn start() -> Self {
        let now = Instant::now();
        let started_at = jiff::Timestamp::now().to_string();
        Self {
            started_at,
            begin: now,
            lap: now,
            laps: BTreeMap::new(),
        }
    }

    /// Ends a stage.
    pub fn lap(&mut self, stage: &str) {
        let now = Instant::now();
        self.laps
            .insert(stage.to_owned(), milliseconds(now.duration_since(self.lap)));
        self.lap = now;
    }

    /// Writes the times into a record.
    pub fn report(&self, record: &mut RunRecord) {
        record.started_at.clone_from(&self.started_at);
        record.durations_ms.clone_from(&self.laps);
        record
            .durations_ms
            .insert("total".to_owned(), milliseconds(self.begin.elapsed()));
    }
}

fn milliseconds(duration: std::time::Duration) -> f64 {
    (duration.as_secs_f64() * 10_000.0).round() / 10.0
}
