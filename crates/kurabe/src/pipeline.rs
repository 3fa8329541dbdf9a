//! The order of a run: ingest, normalize, publish.

use std::path::Path;

use rayon::{ThreadPool, ThreadPoolBuilder};

use crate::config::Settings;
use crate::disk::Disk;
use crate::hash;
use crate::ingest::{INDEX_NAME, Index, Ingested, ingest};
use crate::lock::Lock;
use crate::problem::{Problem, Result};
use crate::profiles::ProfileFiles;
use crate::progress::{Progress, Stage};
use crate::publish::{Published, publish};
use crate::reading::Reader;
use crate::record::Stopwatch;
use crate::results::{DocumentResult, normalize, stored_results};
use crate::rules::Rules;
use crate::text::Lang;

/// What the stages of a run work with.
#[derive(Debug)]
pub struct Work<'a> {
    /// What is to be done.
    pub settings: &'a Settings,
    /// The language of progress lines.
    pub lang: Lang,
    /// Where results are written.
    pub disk: &'a Disk,
    /// Shows how far the run is.
    pub progress: Progress,
    /// Reads files, here or in a child process.
    pub reader: Reader,
    /// Works on documents side by side.
    pub threads: ThreadPool,
}

impl<'a> Work<'a> {
    /// Prepares the work; `program` is this one, where it can be started again to read files.
    ///
    /// # Errors
    /// When the threads cannot be started.
    pub fn new(
        settings: &'a Settings,
        lang: Lang,
        disk: &'a Disk,
        progress: Progress,
        program: Option<&Path>,
    ) -> Result<Self> {
        let threads = ThreadPoolBuilder::new()
            .num_threads(settings.jobs.unwrap_or(0))
            .build()
            .map_err(|error| Problem::Threads(error.to_string()))?;
        Ok(Self {
            settings,
            lang,
            disk,
            progress,
            reader: Reader::new(program, settings.bounds),
            threads,
        })
    }

    pub(crate) fn stage(&self, name: &str, steps: usize) -> Stage {
        self.progress.stage(name, steps)
    }

    /// Checks the inputs and takes the lock.
    fn begin(&self) -> Result<(ProfileFiles, Lock)> {
        // The program's own bytes are many: they are hashed while other files are read.
        self.threads.spawn(|| _ = hash::program());
        let profiles = ProfileFiles::load(&self.settings.municipalities)?;
        if !self.settings.raw.is_dir() {
            return Err(Problem::RawMissing(self.settings.raw.clone()).into());
        }
        Ok((profiles, Lock::take(&self.settings.normalized)?))
    }

    /// Finds the source files and recognises their documents.
    ///
    /// # Errors
    /// See [`ingest`].
    pub fn ingest(&self) -> Result<Ingested> {
        let (profiles, _lock) = self.begin()?;
        ingest(self, &profiles)
    }

    /// Makes the tables of every document.
    ///
    /// # Errors
    /// See [`ingest`] and [`normalize`].
    pub fn normalize(&self) -> Result<(Index, Vec<DocumentResult>)> {
        let (profiles, _lock) = self.begin()?;
        let mut ingested = ingest(self, &profiles)?;
        let results = normalize(self, &profiles, &mut ingested)?;
        Ok((ingested.index, results))
    }

    /// Writes the dataset from the results that are there.
    ///
    /// # Errors
    /// When there are none, or see [`publish`].
    pub fn export(&self) -> Result<Published> {
        let normalized = &self.settings.normalized;
        let missing = || Problem::ResultsMissing(normalized.clone());
        let index = Index::load(&normalized.join(INDEX_NAME)).ok_or_else(missing)?;
        let _lock = Lock::take(normalized)?;
        let results = stored_results(self, &index)?;
        let rules = Rules::load(self.settings)?;
        publish(self, &index, results, &rules, &mut Stopwatch::start())
    }

    /// All three.
    ///
    /// # Errors
    /// See [`ingest`], [`normalize`] and [`publish`].
    pub fn run(&self) -> Result<Published> {
        let mut watch = Stopwatch::start();
        let (profiles, _lock) = self.begin()?;
        let mut ingested = ingest(self, &profiles)?;
        watch.lap("ingest");
        let rules = Rules::load(self.settings)?;
        // Where a document is read anew the dataset is made anew, and the rules are wanted: they are parsed meanwhile.
        let is_new = !ingested.pages.is_empty();
        let (results, _) = self.threads.join(
            || normalize(self, &profiles, &mut ingested),
            || is_new.then(|| rules.parse().map(|_| ())),
        );
        let results = results?;
        watch.lap("normalize");
        publish(self, &ingested.index, results, &rules, &mut watch)
    }
}
