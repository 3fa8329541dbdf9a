//! Why a report cannot be written.

use std::io;
use std::path::{Path, PathBuf};

/// Why a report cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// A file or folder cannot be written.
    #[error("{path} cannot be written: {source}; is there room, and may the folder be changed?")]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// An id does not make a file name.
    #[error(
        "the id `{id}` is too long for a file name; give it a shorter one where it is configured"
    )]
    LongId {
        /// The id.
        id: String,
    },
    /// The default edition has no categories.
    #[error("there are no categories of the edition `{edition}`; there are: {known}")]
    UnknownEdition {
        /// The edition that was asked for.
        edition: String,
        /// The editions of the dataset.
        known: String,
    },
}

impl ReportError {
    pub(crate) fn write(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| ReportError::Write { path, source }
    }
}
