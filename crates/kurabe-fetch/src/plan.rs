//! What would be asked for, and what is there already: without the network.

use std::path::Path;

use crate::error::Result;
use crate::partial::Partial;
use crate::{Entry, Manifest, Source, shown, store};

/// What a run would do for a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intent {
    /// The source.
    pub id: String,
    /// Address that would be asked for first, without secrets.
    pub url: String,
    /// The file below `raw/` where it is known already.
    pub path: Option<String>,
    /// What is there.
    pub held: Held,
}

/// What is there of a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// Nothing: it would be fetched.
    Nothing,
    /// The beginning of a body: the rest would be fetched.
    Part(u64),
    /// The file that the manifest describes: the server would be asked whether it changed.
    Whole,
    /// Another file than the manifest describes: it would be fetched, and what is there kept as
    /// an older version.
    Altered,
}

/// What a run would do.
///
/// # Errors
/// When the manifest or a file cannot be read.
pub fn intents(
    raw: &Path,
    sources: &[Source],
) -> std::result::Result<Vec<Intent>, crate::FetchError> {
    let manifest = Manifest::load(raw)?;
    let intent = |source: &Source| {
        let entry = manifest.of_source(&source.id);
        Ok(Intent {
            id: source.id.clone(),
            url: shown(&source.url),
            path: entry
                .map(|entry| entry.path.clone())
                .or_else(|| source.file.clone()),
            held: held_by(raw, source, entry)?,
        })
    };
    sources.iter().map(intent).collect()
}

/// What is there of a source.
///
/// # Errors
/// When the manifest or the file cannot be read.
pub fn held(raw: &Path, source: &Source) -> std::result::Result<Held, crate::FetchError> {
    held_by(raw, source, Manifest::load(raw)?.of_source(&source.id))
}

fn held_by(raw: &Path, source: &Source, entry: Option<&Entry>) -> Result<Held> {
    let part = Partial::of(raw, &source.id).resumable_bytes();
    if let Some(bytes) = part {
        return Ok(Held::Part(bytes));
    }
    let Some(entry) = entry else {
        return Ok(Held::Nothing);
    };
    Ok(match store::standing(&raw.join(&entry.path))? {
        None => Held::Nothing,
        Some(found) if found.sha256 == entry.sha256 => Held::Whole,
        Some(_) => Held::Altered,
    })
}
