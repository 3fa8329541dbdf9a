//! The measures of an edition in the order in which they need a person.

use std::collections::BTreeMap;

use kurabe_review::overrides::Override;
use kurabe_schema::{Measure, MeasureCategory};
use serde::Serialize;

use crate::cli::Selection;
use crate::command::review::Ground;
use crate::problem::Result;
use crate::reviews::content_key_of;
use crate::serve::live::Shown;

/// Why a measure needs a person, the most urgent first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Need {
    /// The text changed after a person had decided.
    Outdated,
    /// Several codes fit alike.
    Ambiguous,
    /// No code fits.
    Unmatched,
    /// A rule gave the code.
    Rule,
    /// The document names the code itself.
    Explicit,
    /// A person decided.
    Decided,
}

impl Need {
    const ALL: [Self; 6] = [
        Self::Outdated,
        Self::Ambiguous,
        Self::Unmatched,
        Self::Rule,
        Self::Explicit,
        Self::Decided,
    ];

    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Outdated => "outdated",
            Self::Ambiguous => "ambiguous",
            Self::Unmatched => "unmatched",
            Self::Rule => "rule",
            Self::Explicit => "explicit",
            Self::Decided => "decided",
        }
    }
}

/// A measure in the list.
#[derive(Debug)]
struct Item {
    /// Place in the table of measures.
    measure: usize,
    need: Need,
    confidence: Option<f64>,
}

/// The measures of an edition as they are reviewed.
#[derive(Debug)]
pub(in crate::serve) struct Desk {
    pub(super) ground: Ground,
    items: Vec<Item>,
}

/// Which measures are wanted.
#[derive(Debug, Default)]
pub(super) struct Wanted<'q> {
    pub(super) municipality: Option<&'q str>,
    pub(super) need: Option<&'q str>,
    pub(super) verdict: Option<&'q str>,
    /// A code, primary or secondary.
    pub(super) category: Option<&'q str>,
    /// Confidence below this.
    pub(super) below: Option<f64>,
    /// Words of title, number, departments or id, all of which are to occur.
    pub(super) words: Option<&'q str>,
}

/// A part of a list.
#[derive(Debug, Serialize)]
pub(super) struct List<'d> {
    generation: u64,
    total: usize,
    rows: Vec<Row<'d>>,
}

/// A measure as the list shows it.
#[derive(Debug, Serialize)]
struct Row<'d> {
    id: &'d str,
    municipality: String,
    document: &'d str,
    number: Option<&'d str>,
    title: &'d str,
    need: Need,
    verdict: Option<&'d str>,
    method: Option<&'d str>,
    primary: Option<&'d str>,
    confidence: Option<f64>,
}

impl Desk {
    /// The measures of an edition; the newest that was read when none is named.
    pub(in crate::serve) fn new(shown: &Shown, edition: Option<&str>) -> Result<Self> {
        let ground = Ground::of(shown.settings.clone(), shown.data.clone(), edition)?;
        let decisions = shown.reviews.overrides.iter();
        let decisions: BTreeMap<&str, &Override> = decisions
            .filter(|one| one.edition == ground.codes.edition())
            .map(|one| (&*one.measure_id, one))
            .collect();
        let mut items = Vec::new();
        for (place, measure) in shown.data.measures.iter().enumerate() {
            if measure.repeat_of.is_none() {
                let first = primary(&ground, measure);
                items.push(Item {
                    measure: place,
                    need: need(decisions.get(&*measure.measure_id).copied(), measure, first),
                    confidence: first.and_then(|row| row.confidence),
                });
            }
        }
        let order = ground.measures(&Selection::default())?;
        let order: BTreeMap<&str, usize> = order
            .iter()
            .enumerate()
            .map(|(place, measure)| (measure.measure_id.as_str(), place))
            .collect();
        let place = |item: &Item| {
            let measure = shown.data.measures.get(item.measure);
            measure.and_then(|measure| order.get(measure.measure_id.as_str()))
        };
        items.sort_by(|a, b| {
            let confidence = |item: &Item| item.confidence.unwrap_or(0.0);
            a.need
                .cmp(&b.need)
                .then(confidence(a).total_cmp(&confidence(b)))
                .then(place(a).cmp(&place(b)))
        });
        Ok(Self { ground, items })
    }

    /// How many measures there are of every need.
    pub(super) fn counts(&self) -> BTreeMap<&'static str, usize> {
        let count = |need: Need| self.items.iter().filter(|item| item.need == need).count();
        Need::ALL.map(|need| (need.as_str(), count(need))).into()
    }

    /// A measure that is reviewed here, with its need.
    pub(super) fn find(&self, id: &str) -> Option<(&Measure, Need)> {
        let measures = &self.ground.data.measures;
        let mut all = self.items.iter().filter_map(|item| {
            let measure = measures.get(item.measure)?;
            Some((measure, item.need))
        });
        all.find(|(measure, _)| measure.measure_id == id)
    }

    /// The wanted measures from `offset` on.
    pub(super) fn list(
        &self,
        shown: &Shown,
        wanted: &Wanted,
        offset: usize,
        limit: usize,
    ) -> List<'_> {
        let measures = &self.ground.data.measures;
        let found: Vec<(&Item, &Measure)> = self
            .items
            .iter()
            .filter_map(|item| Some((item, measures.get(item.measure)?)))
            .filter(|(item, measure)| self.is_wanted(item, measure, wanted))
            .collect();
        let rows = found.iter().skip(offset).take(limit);
        List {
            generation: shown.generation,
            total: found.len(),
            rows: rows
                .map(|(item, measure)| self.row(item, measure))
                .collect(),
        }
    }

    fn is_wanted(&self, item: &Item, measure: &Measure, wanted: &Wanted) -> bool {
        let fits = |wanted: Option<&str>, value: &str| wanted.is_none_or(|one| one == value);
        let has_code = |code: &str| {
            let mut rows = self.ground.rows(&measure.measure_id);
            rows.any(|row| row.category_id.as_deref() == Some(code))
        };
        let verdict = primary(&self.ground, measure).map_or("unmatched", |row| &*row.verdict);
        fits(wanted.municipality, &measure.municipality_code)
            && fits(wanted.need, item.need.as_str())
            && fits(wanted.verdict, verdict)
            && wanted.category.is_none_or(has_code)
            && wanted
                .below
                .is_none_or(|below| item.confidence.is_none_or(|confidence| confidence < below))
            && wanted.words.is_none_or(|words| has_words(measure, words))
    }

    fn row<'d>(&'d self, item: &Item, measure: &'d Measure) -> Row<'d> {
        let first = primary(&self.ground, measure);
        Row {
            id: &measure.measure_id,
            municipality: self.ground.municipality(&measure.municipality_code),
            document: &measure.document_id,
            number: measure.number.as_deref(),
            title: &measure.title,
            need: item.need,
            verdict: first.map(|row| &*row.verdict),
            method: first.map(|row| &*row.method),
            primary: first.and_then(|row| row.category_id.as_deref()),
            confidence: item.confidence,
        }
    }
}

/// The row of the primary code.
fn primary<'g>(ground: &'g Ground, measure: &Measure) -> Option<&'g MeasureCategory> {
    ground.rows(&measure.measure_id).find(|row| row.rank == 1)
}

fn need(decided: Option<&Override>, measure: &Measure, first: Option<&MeasureCategory>) -> Need {
    if decided.is_some_and(|one| one.content_key != content_key_of(measure)) {
        return Need::Outdated;
    }
    match first.map(|row| (&*row.method, &*row.verdict)) {
        Some(("override", _)) => Need::Decided,
        Some((_, "ambiguous")) => Need::Ambiguous,
        None | Some((_, "unmatched")) => Need::Unmatched,
        Some(("explicit", _)) => Need::Explicit,
        Some(_) => Need::Rule,
    }
}

/// Whether all words occur in what names a measure, whatever their width and case.
fn has_words(measure: &Measure, words: &str) -> bool {
    let named = [
        Some(&measure.measure_id),
        Some(&measure.title),
        measure.number.as_ref(),
        measure.departments.as_ref(),
    ];
    let named: Vec<&str> = named.into_iter().flatten().map(String::as_str).collect();
    let text = kurabe_text::width::key(&named.join("\n"));
    words
        .split_whitespace()
        .all(|word| text.contains(&kurabe_text::width::key(word)))
}
