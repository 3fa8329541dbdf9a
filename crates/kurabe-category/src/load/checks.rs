//! From files as written to data that fits together.

use super::SourceFile;
use super::raw::{
    CrosswalkFile, EditionFile, FacetFile, RawCategory, RawCrosswalk, RawRule, RuleFile,
};
use crate::data::{Category, Crosswalk, Edition, Facet, Relation, Rule};
use crate::error::{EditionError, nearest};
use crate::subject::Field;
use kurabe_text::width;
use std::collections::BTreeMap;
use toml::Spanned;

/// Where an id was used first.
type Seen = BTreeMap<String, String>;

/// One entry of an array of tables, to name it in an error.
#[derive(Clone, Copy)]
struct Entry<'a> {
    file: &'a SourceFile<'a>,
    table: &'static str,
    index: usize,
}

impl Entry<'_> {
    fn path(self) -> String {
        self.file.path.to_owned()
    }

    fn key(self, key: &str) -> String {
        format!("{}[{}].{key}", self.table, self.index)
    }

    fn line<T>(self, at: &Spanned<T>) -> usize {
        self.file.line(at.span().start)
    }

    fn empty<T>(self, key: &str, at: &Spanned<T>) -> EditionError {
        EditionError::Empty {
            path: self.path(),
            line: self.line(at),
            key: self.key(key),
        }
    }

    /// A text that is not blank.
    fn text(self, key: &str, text: &Spanned<String>) -> Result<String, EditionError> {
        match text.get_ref().trim() {
            "" => Err(self.empty(key, text)),
            _ => Ok(text.get_ref().clone()),
        }
    }

    /// An id that was not used before.
    fn id(self, id: &Spanned<String>, seen: &mut Seen) -> Result<String, EditionError> {
        let value = self.text("id", id)?;
        let place = format!("{}:{}", self.file.path, self.line(id));
        match seen.insert(value.clone(), place) {
            None => Ok(value),
            Some(first) => Err(EditionError::Twice {
                path: self.path(),
                line: self.line(id),
                key: self.key("id"),
                value,
                first,
            }),
        }
    }

    /// A word that is one of `known`.
    fn known<'k>(
        self,
        key: &str,
        word: &Spanned<String>,
        known: impl Iterator<Item = &'k str> + Clone,
    ) -> Result<String, EditionError> {
        let value = word.get_ref().clone();
        if known.clone().any(|k| k == value) {
            return Ok(value);
        }
        Err(EditionError::Word {
            path: self.path(),
            line: self.line(word),
            key: self.key(key),
            nearest: nearest(&value, known),
            value,
        })
    }

    /// Terms that can be found in a text.
    fn terms(self, key: &str, terms: &[Spanned<String>]) -> Result<Vec<String>, EditionError> {
        let term = |t: &Spanned<String>| match width::key(t.get_ref()).as_str() {
            "" => Err(self.empty(key, t)),
            _ => Ok(t.get_ref().clone()),
        };
        terms.iter().map(term).collect()
    }
}

/// The entries of an array of tables, each with its place.
fn entries<'a, T>(
    file: &'a SourceFile<'a>,
    table: &'static str,
    items: Vec<T>,
) -> impl Iterator<Item = (Entry<'a>, T)> {
    let entry = move |(index, item)| (Entry { file, table, index }, item);
    items.into_iter().enumerate().map(entry)
}

/// Facets in the order of the file.
pub(super) fn facets(file: &SourceFile<'_>) -> Result<Vec<Facet>, EditionError> {
    let mut seen = Seen::new();
    let raw: FacetFile = file.parse()?;
    entries(file, "facet", raw.facet)
        .map(|(entry, raw)| {
            Ok(Facet {
                id: entry.id(&raw.id, &mut seen)?,
                label_ja: raw.label_ja,
                label_en: raw.label_en,
                note: raw.note,
                keywords: raw.keywords,
            })
        })
        .collect()
}

/// Rules of all files, by id.
pub(super) fn rules(files: &[SourceFile<'_>], facets: &[Facet]) -> Result<Vec<Rule>, EditionError> {
    let mut seen = Seen::new();
    let mut rules = Vec::new();
    for file in files {
        let raw: RuleFile = file.parse()?;
        for (entry, raw) in entries(file, "rule", raw.rule) {
            rules.push(rule(entry, raw, facets, &mut seen)?);
        }
    }
    rules.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(rules)
}

fn rule(
    entry: Entry<'_>,
    raw: RawRule,
    facets: &[Facet],
    seen: &mut Seen,
) -> Result<Rule, EditionError> {
    if raw.terms.get_ref().is_empty() {
        return Err(entry.empty("terms", &raw.terms));
    }
    Ok(Rule {
        id: entry.id(&raw.id, seen)?,
        facet: entry.known("facet", &raw.facet, facets.iter().map(|f| f.id.as_str()))?,
        terms: entry.terms("terms", raw.terms.get_ref())?,
        weight: weight(entry, &raw.weight)?,
        fields: fields(entry, raw.fields)?,
        requires: entry.terms("requires", &raw.requires)?,
        excludes: entry.terms("excludes", &raw.excludes)?,
        is_against: raw.against,
        why: entry.text("why", &raw.why)?,
        why_ja: entry.text("why_ja", &raw.why_ja)?,
        path: entry.path(),
        line: entry.line(&raw.id),
    })
}

fn weight(entry: Entry<'_>, weight: &Spanned<f64>) -> Result<f64, EditionError> {
    let value = *weight.get_ref();
    if value.is_finite() && value > 0.0 {
        return Ok(value);
    }
    Err(EditionError::Range {
        path: entry.path(),
        line: entry.line(weight),
        key: entry.key("weight"),
        value: value.to_string(),
        must: "a number above 0 (`against = true` makes a rule speak against its facet)",
    })
}

/// The fields of a rule: all when none are named.
fn fields(
    entry: Entry<'_>,
    fields: Option<Spanned<Vec<Field>>>,
) -> Result<Vec<Field>, EditionError> {
    match fields {
        None => Ok(Field::ALL.to_vec()),
        Some(none) if none.get_ref().is_empty() => Err(entry.empty("fields", &none)),
        Some(some) => Ok(some.into_inner()),
    }
}

/// Editions, oldest version first.
pub(super) fn editions(
    files: &[SourceFile<'_>],
    facets: &[Facet],
) -> Result<Vec<Edition>, EditionError> {
    let read = |file| edition(file, facets);
    let mut editions: Vec<Edition> = files.iter().map(read).collect::<Result<_, _>>()?;
    editions.sort_by_cached_key(|e| (numbers(&e.version), e.version.clone()));
    Ok(editions)
}

/// `5.1` as numbers, so that 10.0 comes after 9.0.
fn numbers(version: &str) -> Vec<u64> {
    let number = |part: &str| part.parse().unwrap_or(u64::MAX);
    version.split('.').map(number).collect()
}

fn edition(file: &SourceFile<'_>, facets: &[Facet]) -> Result<Edition, EditionError> {
    let raw: EditionFile = file.parse()?;
    let version = version(file, &raw.version)?;
    let mut seen = Seen::new();
    let mut owners = Owners::new(file);
    let mut categories = Vec::new();
    for (entry, raw) in entries(file, "category", raw.category) {
        categories.push(category(entry, raw, facets, &mut seen, &mut owners)?);
    }
    categories.sort_by(|a, b| {
        let position = |c: &Category| (c.group, c.order);
        position(a).cmp(&position(b)).then_with(|| a.id.cmp(&b.id))
    });
    let category_of = owners.indices(facets, &categories)?;
    Ok(Edition {
        version,
        published: raw.published,
        published_precision: raw.published_precision,
        confidence: raw.confidence,
        is_inferred: raw.inferred,
        note: raw.note,
        categories,
        category_of,
        facet_ids: facets.iter().map(|f| f.id.clone()).collect(),
    })
}

/// The version, which must be the name of the folder.
fn version(file: &SourceFile<'_>, version: &Spanned<String>) -> Result<String, EditionError> {
    let folder = file.path.split('/').next().unwrap_or_default();
    if version.get_ref() == folder {
        return Ok(folder.to_owned());
    }
    Err(EditionError::Word {
        path: file.path.to_owned(),
        line: file.line(version.span().start),
        key: "version".to_owned(),
        value: version.get_ref().clone(),
        nearest: Some(folder.to_owned()),
    })
}

fn category(
    entry: Entry<'_>,
    raw: RawCategory,
    facets: &[Facet],
    seen: &mut Seen,
    owners: &mut Owners<'_>,
) -> Result<Category, EditionError> {
    let id = entry.id(&raw.id, seen)?;
    let mut own = Vec::new();
    for facet in &raw.facets {
        own.push(entry.known("facets", facet, facets.iter().map(|f| f.id.as_str()))?);
        owners.take(facet, &id)?;
    }
    Ok(Category {
        id,
        order: raw.order,
        group: raw.group,
        label_ja: raw.label_ja,
        label_en: raw.label_en,
        facets: own,
        confidence: raw.confidence,
    })
}

/// Which category of an edition has which facet: each facet belongs to exactly one.
struct Owners<'a> {
    file: &'a SourceFile<'a>,
    category_of: BTreeMap<String, String>,
}

impl<'a> Owners<'a> {
    fn new(file: &'a SourceFile<'a>) -> Self {
        Self {
            file,
            category_of: BTreeMap::new(),
        }
    }

    fn take(&mut self, facet: &Spanned<String>, category: &str) -> Result<(), EditionError> {
        let id = facet.get_ref().clone();
        match self.category_of.insert(id.clone(), category.to_owned()) {
            None => Ok(()),
            Some(first) => Err(EditionError::FacetShared {
                path: self.file.path.to_owned(),
                line: self.file.line(facet.span().start),
                facet: id,
                first,
                second: category.to_owned(),
            }),
        }
    }

    /// For each facet the index of its category.
    fn indices(
        &self,
        facets: &[Facet],
        categories: &[Category],
    ) -> Result<Vec<usize>, EditionError> {
        let index = |facet: &Facet| {
            let id = self.category_of.get(&facet.id)?;
            categories.iter().position(|c| c.id == *id)
        };
        let missing: Vec<String> = facets
            .iter()
            .filter(|f| index(f).is_none())
            .map(|f| format!("`{}`", f.id))
            .collect();
        if !missing.is_empty() {
            return Err(EditionError::FacetsMissing {
                path: self.file.path.to_owned(),
                facets: missing.join(", "),
            });
        }
        Ok(facets.iter().filter_map(index).collect())
    }
}

/// Crosswalk in the order of the file.
pub(super) fn crosswalk(
    file: &SourceFile<'_>,
    editions: &[Edition],
) -> Result<Vec<Crosswalk>, EditionError> {
    let raw: CrosswalkFile = file.parse()?;
    entries(file, "crosswalk", raw.crosswalk)
        .map(|(entry, raw)| step(entry, raw, editions))
        .collect()
}

fn step(
    entry: Entry<'_>,
    raw: RawCrosswalk,
    editions: &[Edition],
) -> Result<Crosswalk, EditionError> {
    let versions = editions.iter().map(|e| e.version.as_str());
    let category = |key: &str, id: &Spanned<String>, version: &str| {
        let edition = editions.iter().find(|e| e.version == version);
        let known = edition.into_iter().flat_map(|e| &e.categories);
        entry.known(key, id, known.map(|c| c.id.as_str()))
    };
    let from_edition = entry.known("from_edition", &raw.from_edition, versions.clone())?;
    let to_edition = entry.known("to_edition", &raw.to_edition, versions)?;
    let to = raw.to.as_ref().map(|to| category("to", to, &to_edition));
    let to = to.transpose()?;
    if to.is_none() && *raw.relation.get_ref() != Relation::Residual {
        return Err(entry.empty("to", &raw.relation));
    }
    Ok(Crosswalk {
        from: category("from", &raw.from, &from_edition)?,
        from_edition,
        to_edition,
        to,
        relation: raw.relation.into_inner(),
        confidence: raw.confidence,
    })
}
