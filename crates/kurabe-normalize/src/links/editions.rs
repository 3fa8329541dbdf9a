//! Which documents are older and newer editions of each other.
//!
//! Documents with the same `plan_id` and the same period are documents of one edition. Within it only
//! documents of one kind follow each other (the review of one year and of the next); a plan and its
//! action plan state the same measure twice and are not linked. Of two editions, the last document of
//! the older and the first of the newer are linked; a briefing only where there is nothing else,
//! as it shows a choice of the measures.

use super::words::WORDS;
use crate::similar;
use jiff::civil::Date;
use kurabe_schema::{Document, Measure};
use std::collections::BTreeMap;

/// A document with its measures.
#[derive(Debug)]
pub(super) struct Edition<'d> {
    /// The plan and its period.
    key: (String, Option<i32>, Option<i32>),
    /// Its documents, by date.
    pub(super) documents: Vec<&'d Document>,
}

/// An older and a newer document.
#[derive(Debug, Clone, Copy)]
pub(super) struct Step<'d> {
    pub(super) older: &'d Document,
    pub(super) newer: &'d Document,
    /// Whether the titles of the plans are unlike: only many links show that one follows the other.
    pub(super) is_doubtful: bool,
}

/// Measures by document.
pub(super) type Measures<'d> = BTreeMap<&'d str, Vec<&'d Measure>>;

fn date(document: &Document) -> (Option<Date>, Option<Date>, &str) {
    (document.as_of, document.published, &document.document_id)
}

impl Edition<'_> {
    /// First year, and the first date where none is stated.
    fn start(&self) -> i32 {
        let dated = || {
            self.documents
                .iter()
                .filter_map(|d| d.as_of.or(d.published))
                .min()
        };
        self.key
            .1
            .or_else(|| dated().map(kurabe_text::era::fiscal_year_of))
            .unwrap_or(i32::MAX)
    }
}

/// The editions of the plans of one municipality, each with its documents.
pub(super) fn editions<'d>(documents: &[&'d Document]) -> Vec<Edition<'d>> {
    let mut by_key: BTreeMap<_, Vec<&'d Document>> = BTreeMap::new();
    for document in documents {
        let plan = document
            .plan_id
            .clone()
            .unwrap_or_else(|| document.document_id.clone());
        let key = (plan, document.period_start, document.period_end);
        by_key.entry(key).or_default().push(document);
    }
    let mut all: Vec<Edition<'d>> = by_key
        .into_iter()
        .map(|(key, mut documents)| {
            documents.sort_by(|a, b| date(a).cmp(&date(b)));
            Edition { key, documents }
        })
        .collect();
    all.sort_by(|a, b| (a.start(), &a.key).cmp(&(b.start(), &b.key)));
    all
}

/// The edition before one: the last that begins earlier, one with a like title first.
pub(super) fn former<'e, 'd>(
    editions: &'e [Edition<'d>],
    edition: &Edition<'d>,
    municipality: &str,
) -> Option<(&'e Edition<'d>, bool)> {
    let earlier = || {
        editions
            .iter()
            .filter(|other| other.start() < edition.start())
            .rev()
    };
    let is_like = |other: &&Edition<'d>| {
        other.key.0 == edition.key.0 || is_one_series(title(other), title(edition), municipality)
    };
    let like = earlier().find(is_like).map(|found| (found, false));
    like.or_else(|| earlier().next().map(|found| (found, true)))
}

fn title<'d>(edition: &Edition<'d>) -> &'d str {
    edition
        .documents
        .first()
        .map_or("", |document| &document.title)
}

fn is_one_series(a: &str, b: &str, municipality: &str) -> bool {
    let bare = |title: &str| title.replace(municipality, "");
    similar::overlap(&bare(a), &bare(b)) >= WORDS.thresholds.plan_title
}

/// The pairs of documents of one municipality that are linked.
pub(super) fn steps<'d>(
    editions: &[Edition<'d>],
    measures: &Measures<'d>,
    municipality: &str,
) -> Vec<Step<'d>> {
    let mut steps = Vec::new();
    for edition in editions {
        steps.extend(within(edition, measures));
        let Some((older, is_doubtful)) = former(editions, edition, municipality) else {
            continue;
        };
        let last = speaking(older, measures).last().copied();
        let first = speaking(edition, measures).first().copied();
        steps.extend(last.zip(first).map(|(older, newer)| Step {
            older,
            newer,
            is_doubtful,
        }));
    }
    steps
}

/// The documents of an edition that state its measures: briefings only where nothing else does.
pub(super) fn speaking<'d>(edition: &Edition<'d>, measures: &Measures<'d>) -> Vec<&'d Document> {
    let with = |is_briefing: bool| -> Vec<&'d Document> {
        let own = edition.documents.iter().copied();
        own.filter(|d| measures.contains_key(d.document_id.as_str()))
            .filter(|d| is_partial(d) == is_briefing)
            .collect()
    };
    let whole = with(false);
    if whole.is_empty() { with(true) } else { whole }
}

/// Whether a document shows only some of its plan's measures.
pub(super) fn is_partial(document: &Document) -> bool {
    document.kind == "briefing"
}

/// Documents of one kind and edition that follow each other.
fn within<'d>(edition: &Edition<'d>, measures: &Measures<'d>) -> Vec<Step<'d>> {
    let mut last: BTreeMap<&str, &'d Document> = BTreeMap::new();
    let mut steps = Vec::new();
    for document in edition.documents.iter().copied() {
        if !measures.contains_key(document.document_id.as_str()) || is_partial(document) {
            continue;
        }
        let before = last.insert(&document.kind, document);
        if let Some(older) = before.filter(|older| is_later(document, older)) {
            steps.push(Step {
                older,
                newer: document,
                is_doubtful: false,
            });
        }
    }
    steps
}

fn is_later(document: &Document, older: &Document) -> bool {
    (document.as_of, document.published) > (older.as_of, older.published)
}
