//! The files of published documents, opened again to quote or prove what was read from them.

use std::fs;

use crate::config::Settings;
use crate::engine::{self, Pieces, Profile};
use crate::hash;
use crate::problem::{Problem, Result};
use crate::profiles::ProfileFiles;

use kurabe_schema::Document;

/// The source files of a configuration with the profiles that say how they are read.
#[derive(Debug)]
pub struct Sources<'s> {
    settings: &'s Settings,
    profiles: Vec<Profile>,
}

impl<'s> Sources<'s> {
    /// The sources of a configuration. Profiles that cannot be read count as absent: files are then
    /// read as their content suggests.
    #[must_use]
    pub fn new(settings: &'s Settings) -> Self {
        let profiles = ProfileFiles::load(&settings.municipalities);
        let profiles = profiles.and_then(|files| files.parse());
        Self {
            settings,
            profiles: profiles.unwrap_or_default(),
        }
    }

    /// The profile of a document.
    #[must_use]
    pub fn profile(&self, document_id: &str) -> Option<&Profile> {
        let mut profiles = self.profiles.iter();
        profiles.find(|profile| profile.document_id() == document_id)
    }

    /// The bytes of the file of a document; `None` when it is gone or is not the one that was read.
    #[must_use]
    pub fn bytes(&self, document: &Document) -> Option<Vec<u8>> {
        let bytes = fs::read(self.settings.raw.join(&document.path)).ok()?;
        (hash::sha256(&bytes) == document.sha256).then_some(bytes)
    }

    /// The pieces of the file of a document; `None` when it is gone or is not the one that was
    /// read.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn pieces(&self, document: &Document) -> Result<Option<Pieces>> {
        let Some(bytes) = self.bytes(document) else {
            return Ok(None);
        };
        let profile = self.profile(&document.document_id);
        let path = document.path.as_str();
        let mut hint = engine::hint(profile, Some(path), self.settings.limits);
        if hint.encoding.is_none() && document.reader.as_deref() == Some("text") {
            hint.encoding = document.encoding.as_deref();
        }
        let place = self.settings.raw.join(path);
        let unreadable = |(ja, _): (String, String)| Problem::Unreadable(place, ja).into();
        Pieces::read(&bytes, &hint).map(Some).map_err(unreadable)
    }
}
