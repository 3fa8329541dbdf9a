//! Runs the pipeline when something changed, and makes the report anew.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use kurabe_serve::Stop;
use tempfile::TempDir;

use super::live::{Live, Phase, Shown};
use super::pages::Pages;
use super::report;
use super::watch::{Snapshot, Watch};
use crate::cli::Task;
use crate::config::{CONFIG_NAME, Overrides, Settings};
use crate::disk::Disk;
use crate::isolate::isolated;
use crate::lock::Lock;
use crate::pipeline::Work;
use crate::problem::{Error, Exit, Result, writing};
use crate::progress::Progress;
use crate::publish;
use crate::reviews::Reviews;
use crate::text::serve as words;

/// How often is looked for changes.
const TICK: Duration = Duration::from_secs(1);

/// How often is tried whether another run has ended.
const RETRY: Duration = Duration::from_millis(300);

/// The thread that runs the pipeline.
#[derive(Debug)]
pub(super) struct Worker {
    live: Arc<Live>,
    stop: Stop,
    watches: bool,
    folder: PathBuf,
    overrides: Overrides,
    program: Option<PathBuf>,
    disk: Disk,
    home: TempDir,
}

impl Worker {
    /// Prepares the work; reports are made in a temporary folder that only this user can read.
    pub(super) fn new(task: &Task, watches: bool, live: Arc<Live>, stop: Stop) -> Result<Self> {
        let builder = tempfile::Builder::new().prefix("kurabe-").tempdir();
        Ok(Self {
            live,
            stop,
            watches,
            folder: task.surroundings.folder.clone(),
            overrides: task.invocation.overrides.clone(),
            program: task.surroundings.program.clone(),
            disk: Disk::default(),
            home: builder.map_err(writing(&std::env::temp_dir()))?,
        })
    }

    /// Works until the end is asked for.
    pub(super) fn work(self) {
        let config = self.overrides.config.as_deref();
        let config = self
            .folder
            .join(config.unwrap_or(std::path::Path::new(CONFIG_NAME)));
        let mut watch = Watch::default();
        let mut is_woken = true;
        while !self.stop.is_asked() {
            let settings = Settings::load(&self.folder, &self.overrides);
            let inputs = Snapshot::inputs(&config, settings.as_ref().ok());
            let published = Snapshot::published(settings.as_ref().ok());
            let is_due = is_woken || self.watches && watch.sees([inputs.clone(), published]);
            if is_due && self.follow(settings.as_ref().ok()) {
                let published = Snapshot::published(settings.as_ref().ok());
                watch.done(inputs, published);
            }
            is_woken = self.live.wait(TICK);
        }
    }

    /// Makes everything anew and shows it, or says why not; `false` when the end was asked for.
    fn follow(&self, settings: Option<&Settings>) -> bool {
        self.live.enter(Phase::Running);
        while !self.stop.is_asked() {
            let made = isolated(|| match settings {
                Some(settings) => self.make(settings),
                // Once more, for the reason.
                None => Settings::load(&self.folder, &self.overrides).and_then(|s| self.make(&s)),
            });
            let made = made.unwrap_or_else(|detail| Err(panicked(&detail)));
            match made {
                Ok(shown) => self.live.show(shown),
                Err(error) if error.exit() == Exit::Busy => {
                    self.live.enter(Phase::Waiting);
                    self.live.wait(RETRY);
                    continue;
                }
                Err(error) => self.live.fail(&error),
            }
            return true;
        }
        false
    }

    fn make(&self, settings: &Settings) -> Result<Shown> {
        let program = self.program.as_deref();
        let progress = Progress::hidden();
        Work::new(settings, self.live.lang, &self.disk, progress, program)?.run()?;
        let (data, reviews) = {
            // Nobody replaces the dataset while it is read.
            let _lock = Lock::take(&settings.normalized)?;
            let reviews = Reviews::load(&settings.reviews)?;
            (publish::published(&settings.out)?, reviews)
        };
        let pages = Pages::make(self.home.path(), |folder| {
            report::write(&self.disk, self.live.lang, settings, &data, folder)
        })?;
        Ok(Shown::new(settings.clone(), data, reviews, pages))
    }
}

/// A run must not take the server with it.
fn panicked(detail: &str) -> Error {
    Error::usage(|lang| words::panicked(lang, detail), words::panicked_hint)
}
