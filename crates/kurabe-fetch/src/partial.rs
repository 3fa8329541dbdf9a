//! `raw/.partial/`: bodies that are not complete yet, so that a cut does not cost what has come.

use std::io;
use std::path::{Path, PathBuf};

use fs_err::File;
use reqwest::header::{CONTENT_ENCODING, ETAG, HeaderMap, LAST_MODIFIED};
use serde::{Deserialize, Serialize};

use crate::error::{Result, disk};

/// Name of the folder below the folder of source files. It is hidden, so that what lies in it is
/// no source.
const FOLDER: &str = ".partial";

/// The body of one source while it comes.
#[derive(Debug, Clone)]
pub(crate) struct Partial {
    /// The bytes as sent.
    pub(crate) body: PathBuf,
    note: PathBuf,
}

/// Which body it is, so that it is continued by the same one only.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct Note {
    /// The document asked for, without secrets.
    pub(crate) url: String,
    /// The version by its `ETag` or `Last-Modified`, as sent back in `If-Range`.
    pub(crate) validator: Option<String>,
    /// `Content-Encoding`.
    pub(crate) coding: Option<String>,
}

impl Note {
    /// What the headers of an answer say of its body. Only a strong `ETag` can be continued
    /// (RFC 9110, section 13.1.5).
    pub(crate) fn of(url: &str, headers: &HeaderMap) -> Self {
        let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
        let etag = text(ETAG);
        let strong = etag.filter(|etag| !etag.starts_with("W/"));
        let date = text(LAST_MODIFIED).filter(|_| etag.is_none());
        Self {
            url: url.to_owned(),
            validator: strong.or(date).map(str::to_owned),
            coding: text(CONTENT_ENCODING).map(str::to_owned),
        }
    }
}

impl Partial {
    pub(crate) fn of(raw: &Path, id: &str) -> Self {
        let folder = raw.join(FOLDER);
        Self {
            body: folder.join(id),
            note: folder.join(format!("{id}.json")),
        }
    }

    /// What can be continued: which body, and how many bytes of it are there.
    pub(crate) fn resumable(&self, url: &str) -> Option<(Note, u64)> {
        let note: Note = serde_json::from_slice(&fs_err::read(&self.note).ok()?).ok()?;
        let bytes = fs_err::metadata(&self.body).ok()?.len();
        let is_same = note.url == url && note.validator.is_some() && bytes > 0;
        is_same.then_some((note, bytes))
    }

    /// Bytes that can be continued, of whatever document.
    pub(crate) fn resumable_bytes(&self) -> Option<u64> {
        let note: Note = serde_json::from_slice(&fs_err::read(&self.note).ok()?).ok()?;
        self.resumable(&note.url).map(|(_, bytes)| bytes)
    }

    /// Begins a body anew.
    pub(crate) fn begin(&self, note: &Note) -> Result<File> {
        if let Some(folder) = self.body.parent() {
            fs_err::create_dir_all(folder).map_err(disk(folder))?;
        }
        self.clear()?;
        let file = File::create(&self.body).map_err(disk(&self.body))?;
        let mut notes = File::create(&self.note).map_err(disk(&self.note))?;
        serde_json::to_writer(&mut notes, note)
            .map_err(io::Error::other)
            .map_err(disk(&self.note))?;
        Ok(file)
    }

    /// Opens the body to be continued.
    pub(crate) fn append(&self) -> Result<File> {
        let mut options = fs_err::OpenOptions::new();
        options.append(true);
        options.open(&self.body).map_err(disk(&self.body))
    }

    /// Forgets the body; the folder, too, when it is the last one.
    pub(crate) fn clear(&self) -> Result<()> {
        for path in [&self.note, &self.body] {
            match fs_err::remove_file(path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    return Err(disk(path)(error));
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Forgets the body of a source that is done, and the folder when it is the last one.
    pub(crate) fn finish(&self) -> Result<()> {
        self.clear()?;
        if let Some(folder) = self.body.parent() {
            // It stays while others are in it.
            let _ = fs_err::remove_dir(folder);
        }
        Ok(())
    }
}
