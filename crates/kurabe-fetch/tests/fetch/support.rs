//! A folder of source files, and one fetch after the other into it.

use std::cell::{Cell, RefCell};
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use kurabe_fetch::{
    Event, FetchError, Fetched, Manifest, Options, Outside, Report, Source, SourceSpec, Watch,
    fetch,
};
use tempfile::TempDir;

use crate::server::Server;

pub(crate) const PLAN: &[u8] = b"%PDF-1.7 the plan as first published, long enough to be cut";

/// A folder `raw/`, options for a quick test, and a clock that a test sets.
pub(crate) struct Raw {
    folder: TempDir,
    pub(crate) options: Options,
    pub(crate) minute: Cell<u8>,
    pub(crate) told: RefCell<Vec<String>>,
    pub(crate) received: Cell<u64>,
}

impl Watch for Raw {
    fn tell(&self, id: &str, event: &Event<'_>) {
        if let Event::Received(bytes) = event {
            self.received.set(self.received.get() + bytes);
        }
        self.told.borrow_mut().push(format!("{id} {event:?}"));
    }
}

impl Raw {
    pub(crate) fn new() -> Self {
        let options = Options {
            agent: "kurabe/test (+mailto:dx@example.jp)".to_owned(),
            delay: Duration::ZERO,
            retries: 2,
            backoff: Duration::from_millis(2),
            longest_wait: Duration::from_secs(2),
            largest: 100_000,
            connect_timeout: Duration::from_secs(2),
            stall_timeout: Duration::from_secs(3),
            total_timeout: Duration::from_secs(10),
            ..Options::default()
        };
        Self {
            folder: tempfile::tempdir().unwrap(),
            options,
            minute: Cell::new(0),
            told: RefCell::default(),
            received: Cell::new(0),
        }
    }

    pub(crate) fn path(&self, relative: &str) -> PathBuf {
        self.folder.path().join(relative)
    }

    pub(crate) fn read(&self, relative: &str) -> Vec<u8> {
        std::fs::read(self.path(relative)).unwrap()
    }

    pub(crate) fn put(&self, relative: &str, bytes: &[u8]) {
        use std::io::Write;
        let mut file = std::fs::File::create(self.path(relative)).unwrap();
        file.write_all(bytes).unwrap();
    }

    /// All files below the folder.
    pub(crate) fn files(&self) -> Vec<String> {
        let mut files = Vec::new();
        collect(self.folder.path(), "", &mut files);
        files.sort();
        files
    }

    pub(crate) fn all(&self, specs: &[SourceSpec]) -> Result<Vec<Report>, FetchError> {
        let sources = Source::all(specs).unwrap();
        let clock = || -> Timestamp {
            let time = format!("2026-11-20T09:{:02}:00Z", self.minute.get());
            time.parse().unwrap()
        };
        let outside = Outside {
            clock: &clock,
            watch: self,
        };
        fetch(self.folder.path(), &sources, &self.options, outside)
    }

    pub(crate) fn one(&self, spec: &SourceSpec) -> Result<Fetched, FetchError> {
        let reports = self.all(std::slice::from_ref(spec)).unwrap();
        reports.into_iter().next().unwrap().outcome
    }

    pub(crate) fn manifest(&self) -> Manifest {
        Manifest::load(self.folder.path()).unwrap()
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }
}

fn collect(folder: &Path, above: &str, files: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if path.is_dir() {
            collect(&path, &format!("{above}{name}/"), files);
        } else {
            files.push(format!("{above}{name}"));
        }
    }
}

/// A source on the server, whose address is allowed.
pub(crate) fn source(server: &Server, path: &str) -> SourceSpec {
    SourceSpec {
        id: "plan".to_owned(),
        url: server.url(path),
        allow_private: true,
        ..SourceSpec::default()
    }
}
