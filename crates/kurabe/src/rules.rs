//! What decides, beside the documents, what is published: editions and their rules, shared indicators, decisions of
//! people, the manifest, surveys and groups of peers.

use std::sync::OnceLock;

use crate::config::Settings;
use crate::editions::EditionFiles;
use crate::engine::{self, Dataset, Editions, Indicators};
use crate::hash;
use crate::indicators::IndicatorFiles;
use crate::peers::Peers;
use crate::problem::Result;
use crate::provenance::Provenance;
use crate::replies;
use crate::reviews::Reviews;
use crate::surveys::Surveys;

/// All of it, read; the editions and indicators are parsed when they are needed.
#[derive(Debug)]
pub struct Rules<'s> {
    /// One hash over all of it.
    pub hash: String,
    /// The national surveys.
    pub surveys: Surveys,
    settings: &'s Settings,
    editions: EditionFiles,
    indicators: IndicatorFiles,
    reviews: Reviews,
    provenance: Provenance,
    peers: Peers<'s>,
    parsed: OnceLock<(Editions, Indicators)>,
}

impl<'s> Rules<'s> {
    /// Reads the files that the settings name, or takes the built-in ones.
    ///
    /// # Errors
    /// When a file cannot be read, or one that is parsed at once is wrong.
    pub fn load(settings: &'s Settings) -> Result<Self> {
        let editions = EditionFiles::load(settings.editions.as_deref())?;
        let indicators = IndicatorFiles::load(settings.indicators.as_deref())?;
        let reviews = Reviews::load(&settings.reviews)?;
        let provenance = Provenance::load(&settings.raw)?;
        let surveys = Surveys::load(settings)?;
        let peers = Peers::load(settings)?;
        let hash = hash::joined([
            &*editions.hash,
            &*indicators.hash,
            &*reviews.hash,
            &*provenance.hash,
            &*surveys.hash,
            &*peers.hash,
        ]);
        Ok(Self {
            hash,
            surveys,
            settings,
            editions,
            indicators,
            reviews,
            provenance,
            peers,
            parsed: OnceLock::new(),
        })
    }

    /// Parses editions and indicators, once.
    ///
    /// # Errors
    /// When a file is wrong.
    pub fn parse(&self) -> Result<&(Editions, Indicators)> {
        if let Some(parsed) = self.parsed.get() {
            return Ok(parsed);
        }
        let settings = self.settings;
        let editions = engine::parse_editions(&self.editions, settings.editions.as_deref())?;
        let indicators =
            engine::parse_indicators(&self.indicators, settings.indicators.as_deref())?;
        Ok(self.parsed.get_or_init(|| (editions, indicators)))
    }

    /// States in the tables of all documents what follows from the rules.
    ///
    /// # Errors
    /// When a file is wrong.
    pub fn state(&self, dataset: &mut Dataset) -> Result<()> {
        let (editions, indicators) = self.parse()?;
        engine::categorise(dataset, editions, &self.reviews.overrides);
        engine::align(dataset, indicators, &self.reviews.alignments);
        engine::link_editions(dataset, &self.reviews.links);
        let replied = replies::findings(dataset, &self.reviews.replies);
        dataset.findings.extend(replied);
        self.provenance.state(dataset);
        self.surveys.state(self.settings, dataset)?;
        self.peers.state(dataset)?;
        engine::compare_with_surveys(dataset, &self.surveys.correspondences());
        engine::benchmark(dataset)
    }
}
