//! Where the source files came from, by `raw/manifest.jsonl`: addresses and times for the table of
//! documents, and a finding for every document that was replaced at its address.
//!
//! This is stated when the dataset is published, so that the results of the documents do not
//! depend on it. An entry counts only for a file that has the bytes it describes. A replaced
//! document stays a finding for as long as the older version is kept: who has compared the two
//! deletes that file.

use std::path::Path;

use kurabe_fetch::{Entry, Manifest, Version};

use crate::engine::{Code, Dataset, FindingRow, file_finding};
use crate::fetching::manifest_problem;
use crate::hash;
use crate::problem::Result;
use crate::text::remark;

/// What is known of where files came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provenance {
    /// Hash over all that is published of it.
    pub hash: String,
    manifest: Manifest,
}

impl Provenance {
    /// Reads the manifest of a folder of source files; there need not be one.
    ///
    /// # Errors
    /// When it is damaged.
    pub fn load(raw: &Path) -> Result<Self> {
        let mut manifest = Manifest::load(raw).map_err(manifest_problem)?;
        for entry in &mut manifest.entries {
            entry
                .previous
                .retain(|version| raw.join(&version.path).is_file());
        }
        let hash = hash::joined(manifest.entries.iter().flat_map(published));
        Ok(Self { hash, manifest })
    }

    /// States what is known in a dataset.
    pub fn state(&self, dataset: &mut Dataset) {
        for document in &mut dataset.documents {
            let entry = self.manifest.of_path(&document.path);
            if let Some(entry) = entry.filter(|entry| entry.sha256 == document.sha256) {
                let url = || entry.document_url.clone();
                document.source_url.get_or_insert_with(url);
                let time = || entry.retrieved_at.clone();
                document.retrieved_at.get_or_insert_with(time);
            }
        }
        let entries = self.manifest.entries.iter();
        let versions = entries.flat_map(|e| e.previous.iter().map(move |version| (e, version)));
        let findings = versions.map(|(entry, version)| changed(dataset, entry, version));
        let findings: Vec<FindingRow> = findings.collect();
        dataset.findings.extend(findings);
    }
}

/// All of an entry that is published; when a server last confirmed a file is not.
fn published(entry: &Entry) -> Vec<&str> {
    let mut parts = vec![
        &*entry.path,
        &*entry.sha256,
        &*entry.document_url,
        &*entry.retrieved_at,
    ];
    for version in &entry.previous {
        parts.extend([&*version.path, &*version.replaced_at]);
    }
    parts
}

fn changed(dataset: &Dataset, entry: &Entry, version: &Version) -> FindingRow {
    let day = version
        .replaced_at
        .get(..10)
        .unwrap_or(&version.replaced_at);
    let finding = file_finding(Code::SourceChanged, None, |lang| {
        remark::source_changed(lang, &entry.document_url, day, &version.path)
    });
    let document = dataset.documents.iter().find(|d| d.path == entry.path);
    FindingRow {
        document_id: document.map(|document| document.document_id.clone()),
        locator: document.map(|_| "document".to_owned()),
        ..finding
    }
}
