//! Reading `editions/`: files to checked data.

mod checks;
mod raw;
mod titles;

use crate::data::{Crosswalk, Edition, Facet, Rule};
use crate::error::{EditionError, nearest};
use crate::lexicon::Lexicon;
use crate::model::Model;
use crate::usage::{USAGE, Usage};
use kurabe_text::width::key;
use serde::de::DeserializeOwned;

/// A file of `editions/`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SourceFile<'a> {
    /// Path below `editions/` with `/`: `5.1/edition.toml`, `rules/frontyard.toml`.
    pub path: &'a str,
    /// Its text.
    pub text: &'a str,
}

impl SourceFile<'_> {
    /// Line of a byte offset, from 1.
    pub(crate) fn line(&self, offset: usize) -> usize {
        let before = self.text.get(..offset).unwrap_or_default();
        before.matches('\n').count() + 1
    }

    /// Line of a key of one of the tables (`decay.factor`) or above them (`margin`).
    pub(crate) fn line_of_key(&self, key: &str) -> usize {
        let (table, name) = key.rsplit_once('.').unwrap_or(("", key));
        let mut open = "";
        for (index, line) in self.text.lines().map(str::trim).enumerate() {
            if line.starts_with('[') {
                open = line.split(']').next().unwrap_or_default();
                open = open.trim_start_matches('[').trim();
            }
            let is_key = line.split('=').next().is_some_and(|k| k.trim() == name);
            if is_key && open == table {
                return index + 1;
            }
        }
        1
    }

    /// The file as TOML.
    pub(crate) fn parse<T: DeserializeOwned>(&self) -> Result<T, EditionError> {
        toml::from_str(self.text).map_err(|e| EditionError::from_toml(&e, self))
    }
}

/// The editions of the national plan with the facets and rules that are common to them.
#[derive(Debug)]
pub struct Editions {
    facets: Vec<Facet>,
    rules: Vec<Rule>,
    editions: Vec<Edition>,
    crosswalk: Vec<Crosswalk>,
    pub(crate) model: Model,
    pub(crate) lexicon: Lexicon,
    pub(crate) usage: Option<Usage>,
}

impl Editions {
    /// Reads and checks the files of `editions/`; their order does not matter.
    ///
    /// # Errors
    /// At the first file that is missing, unknown or wrong, with its place.
    pub fn load(files: &[SourceFile<'_>]) -> Result<Self, EditionError> {
        let sorted = Sorted::new(files)?;
        let facets = checks::facets(&sorted.facets)?;
        let model = Model::load(&sorted.model)?;
        let rules = checks::rules(&sorted.rules, &facets)?;
        let editions = checks::editions(&sorted.editions, &facets)?;
        let crosswalk = match &sorted.crosswalk {
            Some(file) => checks::crosswalk(file, &editions)?,
            None => Vec::new(),
        };
        let lexicon = Lexicon::new(&rules, &facets, &model)?;
        let examples = titles::titles(&sorted.usage, &facets)?;
        let usage = model.usage.map(|m| Usage::new(&examples, &facets, m));
        Ok(Self {
            facets,
            rules,
            editions,
            crosswalk,
            model,
            lexicon,
            usage,
        })
    }

    /// The versions, oldest first; those that are only inferred on request.
    #[must_use]
    pub fn versions(&self, with_inferred: bool) -> Vec<&str> {
        let shown = |e: &&Edition| with_inferred || !e.is_inferred;
        let versions = self.editions.iter().filter(shown);
        versions.map(|e| e.version.as_str()).collect()
    }

    /// An edition, inferred or not.
    #[must_use]
    pub fn edition(&self, version: &str) -> Option<&Edition> {
        self.editions.iter().find(|e| e.version == version)
    }

    /// The edition that decisions are made in: the newest that was read, or else the newest.
    pub(crate) fn reference(&self) -> Option<&Edition> {
        let read = self.editions.iter().rfind(|e| !e.is_inferred);
        read.or_else(|| self.editions.last())
    }

    /// The version that a mistyped one resembles most, for a hint; `None` when none is like it.
    #[must_use]
    pub fn nearest(&self, version: &str) -> Option<&str> {
        let near = nearest(version, self.versions(true))?;
        self.edition(&near).map(|e| e.version.as_str())
    }

    /// The crosswalk between editions, in the order of the file.
    #[must_use]
    pub fn crosswalk(&self) -> &[Crosswalk] {
        &self.crosswalk
    }

    /// The rules, by id.
    #[must_use]
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// The facets, in the order of the file.
    #[must_use]
    pub fn facets(&self) -> &[Facet] {
        &self.facets
    }

    /// Id of the category that a bare list of keywords gives a title: the first facet, in the order
    /// of the file, one of whose keywords stands in it. A baseline, no verdict.
    #[must_use]
    pub fn by_keyword<'e>(&'e self, title: &str, edition: &'e Edition) -> Option<&'e str> {
        let title = key(title);
        let is_named = |f: &&Facet| f.keywords.iter().any(|word| title.contains(&key(word)));
        let facet = self.facets.iter().find(is_named)?;
        let category = edition.category_of_facet(&facet.id)?;
        Some(&category.id)
    }

    /// Weights and thresholds.
    #[must_use]
    pub fn model(&self) -> &Model {
        &self.model
    }
}

/// The files by what they hold.
struct Sorted<'a> {
    facets: SourceFile<'a>,
    model: SourceFile<'a>,
    crosswalk: Option<SourceFile<'a>>,
    rules: Vec<SourceFile<'a>>,
    editions: Vec<SourceFile<'a>>,
    usage: Vec<SourceFile<'a>>,
}

const FACETS: &str = "facets.toml";
const MODEL: &str = "model.toml";
const CROSSWALK: &str = "crosswalk.toml";
const EDITION: &str = "/edition.toml";

impl<'a> Sorted<'a> {
    fn new(files: &[SourceFile<'a>]) -> Result<Self, EditionError> {
        let mut files = files.to_vec();
        files.sort_by_key(|f| f.path);
        let is_rules = |p: &str| p.starts_with("rules/") && p.ends_with(".toml");
        let is_usage = |p: &str| p.starts_with(USAGE) && p.ends_with(".tsv");
        let is_edition = |p: &str| p.matches('/').count() == 1 && p.ends_with(EDITION);
        let one = |path: &str| files.iter().copied().find(|f| f.path == path);
        let missing = |path: &str| EditionError::Missing {
            path: path.to_owned(),
        };
        let known = |p: &str| [FACETS, MODEL, CROSSWALK].contains(&p);
        if let Some(other) = files.iter().find(|f| {
            !known(f.path) && !is_rules(f.path) && !is_usage(f.path) && !is_edition(f.path)
        }) {
            return Err(unknown_file(other.path));
        }
        let all =
            |is: &dyn Fn(&str) -> bool| files.iter().copied().filter(|f| is(f.path)).collect();
        Ok(Self {
            facets: one(FACETS).ok_or_else(|| missing(FACETS))?,
            model: one(MODEL).ok_or_else(|| missing(MODEL))?,
            crosswalk: one(CROSSWALK),
            rules: all(&is_rules),
            editions: all(&|p| !is_rules(p) && is_edition(p)),
            usage: all(&is_usage),
        })
    }
}

fn unknown_file(path: &str) -> EditionError {
    let in_folder = path.split_once('/').map(|(folder, name)| {
        let stem = name.split('.').next().unwrap_or(name);
        match path.strip_prefix(USAGE) {
            Some(_) => format!("{USAGE}{stem}.tsv"),
            None => format!("{folder}{EDITION}"),
        }
    });
    let known = [FACETS, MODEL, CROSSWALK]
        .into_iter()
        .chain(in_folder.as_deref());
    EditionError::UnknownFile {
        path: path.to_owned(),
        nearest: nearest(path, known),
    }
}
