//! What the caller is told while and after sources are fetched.

use std::time::Duration;

use crate::FetchError;

/// Is told what happens. Everything has a place to be ignored.
pub trait Watch {
    /// Something happened to the source of that identifier.
    fn tell(&self, id: &str, event: &Event<'_>);
}

/// Something that happens while a source is fetched.
#[derive(Debug)]
pub enum Event<'a> {
    /// A request is about to be made; the URL is shown without secrets.
    Asking(&'a str),
    /// A body begins: bytes that are there already, and bytes as a whole where they are known.
    Begins {
        /// Bytes of an earlier attempt.
        done: u64,
        /// Bytes as a whole.
        total: Option<u64>,
    },
    /// So many more bytes have come.
    Received(u64),
    /// An attempt failed and will be repeated after a while.
    Waiting {
        /// How long.
        time: Duration,
        /// Why.
        error: &'a FetchError,
    },
    /// The source is done.
    Done(&'a Result<Fetched, FetchError>),
}

/// Ignores everything.
#[derive(Debug, Clone, Copy)]
pub struct Silent;

impl Watch for Silent {
    fn tell(&self, _id: &str, _event: &Event<'_>) {}
}

/// What became of a source.
#[derive(Debug)]
pub struct Report {
    /// The source.
    pub id: String,
    /// The file, or why there is none or it could not be looked at.
    pub outcome: Result<Fetched, FetchError>,
}

/// A source whose file is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    /// What happened to the file.
    pub state: State,
    /// The file relative to `raw/`, written with `/`.
    pub path: String,
    /// Its size.
    pub bytes: u64,
}

/// What happened to the file of a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// It was not there before.
    New,
    /// It has other bytes than before; the older version is kept at this path below `raw/`.
    Changed(String),
    /// It has the same bytes as before.
    Unchanged,
}
