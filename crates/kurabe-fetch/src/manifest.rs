//! `raw/manifest.jsonl`: where every fetched file came from, one JSON object per line.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// Name of the manifest in the folder of source files.
pub const MANIFEST_NAME: &str = "manifest.jsonl";

/// What is known of the file of one source.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Entry {
    /// The source.
    pub id: String,
    /// Address of the source as configured, without secrets.
    pub url: String,
    /// Address of the document: `url`, or where the link on that page leads.
    pub document_url: String,
    /// Address that the bytes came from, after redirects.
    pub final_url: String,
    /// The file relative to `raw/`, written with `/`.
    pub path: String,
    /// Its size.
    pub bytes: u64,
    /// SHA-256 of its bytes, lower-case hexadecimal.
    pub sha256: String,
    /// Media type as the server said.
    pub media_type: Option<String>,
    /// When these bytes were first fetched, ISO 8601 in UTC.
    pub retrieved_at: String,
    /// When the server last confirmed them, ISO 8601 in UTC.
    pub checked_at: String,
    /// Headers of the answer that say what the document is and how old.
    pub headers: BTreeMap<String, String>,
    /// Older versions, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub previous: Vec<Version>,
}

/// An older version of a file.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Version {
    /// Where it is kept, relative to `raw/`, written with `/`.
    pub path: String,
    /// Its size.
    pub bytes: u64,
    /// SHA-256 of its bytes, lower-case hexadecimal.
    pub sha256: String,
    /// When it was fetched, ISO 8601 in UTC; absent when it was put there by hand.
    pub retrieved_at: Option<String>,
    /// When the newer version took its place, ISO 8601 in UTC.
    pub replaced_at: String,
}

/// What is known of all fetched files.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Manifest {
    /// The entries in the order of their sources.
    pub entries: Vec<Entry>,
}

/// Why the manifest cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ManifestError {
    /// The file cannot be read or written.
    #[error("{}: {error}; check that you may read and write it", .path.display())]
    Disk {
        /// The file.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// A line is no entry.
    #[error("{}:{line}: no entry of a manifest ({detail}); delete that line and fetch the source again", .path.display())]
    Line {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        detail: String,
    },
}

impl Manifest {
    /// Reads the manifest of a folder; an empty one where there is none.
    ///
    /// # Errors
    /// When it cannot be read or a line is damaged.
    pub fn load(raw: &Path) -> Result<Self, ManifestError> {
        let path = raw.join(MANIFEST_NAME);
        let text = match fs_err::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => return Err(ManifestError::Disk { path, error }),
        };
        let lines = text.lines().enumerate();
        let written = lines.filter(|(_, line)| !line.trim().is_empty());
        let entries = written.map(|(at, line)| {
            serde_json::from_str(line).map_err(|error| ManifestError::Line {
                path: path.clone(),
                line: at + 1,
                detail: error.to_string(),
            })
        });
        let entries = entries.collect::<Result<Vec<Entry>, _>>()?;
        Ok(Self { entries })
    }

    /// Replaces the manifest of a folder in one step.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn save(&self, raw: &Path) -> Result<(), ManifestError> {
        let path = raw.join(MANIFEST_NAME);
        let write = || -> io::Result<()> {
            let mut file = crate::store::temporary(raw)?;
            for entry in &self.entries {
                serde_json::to_writer(&mut file, entry)?;
                file.write_all(b"\n")?;
            }
            crate::store::persist(file, &path)
        };
        write().map_err(|error| ManifestError::Disk {
            path: path.clone(),
            error,
        })
    }

    /// The entry of a source.
    #[must_use]
    pub fn of_source(&self, id: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.id == id)
    }

    /// The entry of a file.
    #[must_use]
    pub fn of_path(&self, path: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.path == path)
    }

    /// Puts an entry in the place of the one of the same source, and of one of the same file.
    pub(crate) fn put(&mut self, entry: Entry) {
        self.entries
            .retain(|other| other.path != entry.path || other.id == entry.id);
        match self
            .entries
            .binary_search_by(|other| other.id.cmp(&entry.id))
        {
            Ok(at) => self.entries[at] = entry,
            Err(at) => self.entries.insert(at, entry),
        }
    }

    /// Sorts what a person may have put into another order.
    pub(crate) fn sorted(mut self) -> Self {
        self.entries.sort_by(|a, b| a.id.cmp(&b.id));
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(id: &str, path: &str) -> Entry {
        Entry {
            id: id.to_owned(),
            path: path.to_owned(),
            ..Entry::default()
        }
    }

    #[test]
    fn a_manifest_comes_back_as_written() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(Manifest::load(folder.path()).unwrap(), Manifest::default());
        let mut manifest = Manifest::default();
        for id in ["b", "a", "b"] {
            manifest.put(entry(id, &format!("{id}.pdf")));
        }
        manifest.save(folder.path()).unwrap();
        let read = Manifest::load(folder.path()).unwrap();
        assert_eq!(read, manifest);
        assert_eq!(read.of_path("b.pdf").unwrap().id, "b");
        assert_eq!(read.entries.len(), 2);
    }

    #[test]
    fn a_damaged_line_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let mut file = std::fs::File::create(folder.path().join(MANIFEST_NAME)).unwrap();
        file.write_all(b"\n{\"id\": 3}\n").unwrap();
        let told = Manifest::load(folder.path()).unwrap_err().to_string();
        assert!(told.contains("manifest.jsonl:2"), "{told}");
    }
}
