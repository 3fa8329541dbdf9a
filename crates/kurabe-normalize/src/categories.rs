//! Codes of measures in every edition of the national plan, with what speaks for them.

use std::collections::{BTreeMap, BTreeSet};

use crate::reviewed::Decisions;

use kurabe_category::{Classifier, Edition, Editions, Field, Scored, Status, Subject, Verdict};
use kurabe_review::overrides::Override;
use kurabe_schema::{
    Category, CategoryCrosswalk, CategoryEvidence, Dataset, Measure, MeasureCategory,
};
use kurabe_trace::Locator;

/// Codes every measure of a gathered dataset in every edition that is not merely inferred.
///
/// What a person decided wins over the rules; a decision that does not hold any more becomes a
/// finding. A repeat has the codes of its first occurrence, whose evidence stands there. Outcomes get the
/// code of the newest edition as their hint.
pub fn categorise(data: &mut Dataset, editions: &Editions, overrides: &[Override]) {
    let shown: Vec<&Edition> = editions
        .versions(false)
        .into_iter()
        .filter_map(|version| editions.edition(version))
        .collect();
    data.categories = shown
        .iter()
        .flat_map(|edition| categories(edition))
        .collect();
    data.category_crosswalk = crosswalk(editions, &shown);
    let coder = Coder {
        classifier: Classifier::new(editions),
        shown,
    };
    let subjects = subjects(data);
    let decisions = Decisions::new(editions, overrides, &data.measures);
    let mut codes = BTreeMap::new();
    data.category_evidence.clear();
    for measure in data.measures.iter().filter(|m| own_codes(m)) {
        let Some(subject) = subjects.get(&measure.measure_id) else {
            continue;
        };
        let coded = coder.code(&measure.measure_id, subject);
        data.category_evidence.extend(coded.evidence);
        let rows = decisions.overrule(&measure.measure_id, &coder.shown, coded.categories);
        codes.insert(measure.measure_id.clone(), rows);
    }
    let rows = data
        .measures
        .iter()
        .flat_map(|measure| match &measure.repeat_of {
            Some(first) => inherited(measure, codes.get(first)),
            None => codes.get(&measure.measure_id).cloned().unwrap_or_default(),
        });
    let rows = rows.collect();
    data.findings.extend(decisions.findings);
    data.measure_categories = rows;
    coder.hint(data);
}

fn own_codes(measure: &Measure) -> bool {
    measure.repeat_of.is_none()
}

fn inherited(measure: &Measure, first: Option<&Vec<MeasureCategory>>) -> Vec<MeasureCategory> {
    let rows = first.into_iter().flatten().cloned();
    rows.map(|row| MeasureCategory {
        measure_id: measure.measure_id.clone(),
        method: "inherited".to_owned(),
        ..row
    })
    .collect()
}

fn categories(edition: &Edition) -> Vec<Category> {
    let row = |category: &kurabe_category::Category| Category {
        taxonomy: edition.version.clone(),
        category_id: category.id.clone(),
        order: i32::try_from(category.order).unwrap_or(i32::MAX),
        label_ja: category.label_ja.clone(),
        label_en: category.label_en.clone(),
        group: category.group.as_str().to_owned(),
        published: Some(edition.published.clone()).filter(|date| !date.is_empty()),
        confidence: category
            .confidence
            .clone()
            .unwrap_or_else(|| edition.confidence.clone()),
        is_inferred: edition.is_inferred,
    };
    edition.categories.iter().map(row).collect()
}

/// The correspondences between editions that are published.
fn crosswalk(editions: &Editions, shown: &[&Edition]) -> Vec<CategoryCrosswalk> {
    let versions: BTreeSet<&str> = shown.iter().map(|edition| &*edition.version).collect();
    let mut known: BTreeMap<[&str; 3], i32> = BTreeMap::new();
    let rows = editions.crosswalk().iter();
    rows.filter(|row| versions.contains(&*row.from_edition) && versions.contains(&*row.to_edition))
        .map(|row| CategoryCrosswalk {
            position: {
                let pair = [&*row.from_edition, &*row.from, &*row.to_edition];
                let count = known.entry(pair).or_default();
                *count += 1;
                *count
            },
            from_taxonomy: row.from_edition.clone(),
            from_category: row.from.clone(),
            to_taxonomy: row.to_edition.clone(),
            to_category: row.to.clone(),
            relation: row.relation.as_str().to_owned(),
            confidence: row.confidence.clone(),
        })
        .collect()
}

/// What is known of every measure, under its id: what the rules are matched with.
#[must_use]
pub fn subjects(data: &Dataset) -> BTreeMap<String, Subject> {
    let places = Places::new(data);
    let mut subjects: BTreeMap<String, Subject> = BTreeMap::new();
    for measure in &data.measures {
        subjects.insert(measure.measure_id.clone(), headed(measure, &places));
    }
    let mut add = |id: &str, field, text: &str, locator: &str| {
        if let Some(subject) = subjects.get_mut(id) {
            let is_known = subject
                .pieces
                .iter()
                .any(|piece| piece.field == field && piece.text == text);
            if !is_known {
                subject.push(field, text, Some(locator.to_owned()));
            }
        }
    };
    for row in &data.kpis {
        add(&row.measure_id, Field::Kpi, &row.name, &row.locator);
    }
    for row in &data.schedules {
        if let Some(item) = &row.item {
            let place = row.item_locator.as_ref().unwrap_or(&row.locator);
            add(&row.measure_id, Field::Item, item, place);
        }
    }
    for row in &data.measure_departments {
        add(
            &row.measure_id,
            Field::Department,
            &row.department,
            &row.locator,
        );
    }
    for measure in &data.measures {
        let texts = [
            ("summary", &measure.summary),
            ("effect", &measure.effect),
            ("past", &measure.past),
            ("future", &measure.future),
        ];
        for (field, text) in texts {
            if let Some(text) = text {
                let place = places.of(measure, field);
                add(&measure.measure_id, Field::Description, text, &place);
            }
        }
    }
    subjects
}

/// The title of a measure and the headings above it.
fn headed(measure: &Measure, places: &Places<'_>) -> Subject {
    let mut subject = Subject::new();
    subject.push(
        Field::Title,
        &*measure.title,
        Some(places.of(measure, "title")),
    );
    let headings = [("part", &measure.part), ("section", &measure.section)];
    for (field, heading) in headings {
        if let Some(heading) = heading {
            subject.push(Field::Section, &**heading, Some(places.of(measure, field)));
        }
    }
    subject
}

/// Where the fields of measures stand.
pub(crate) struct Places<'d> {
    rows: BTreeMap<(&'d str, &'d str), Vec<&'d str>>,
}

impl<'d> Places<'d> {
    pub(crate) fn new(data: &'d Dataset) -> Self {
        let mut rows: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
        for row in &data.measure_places {
            let key = (row.measure_id.as_str(), row.field.as_str());
            rows.entry(key).or_default().push(&row.locator);
        }
        Self { rows }
    }

    /// The place of a field: its own where there is one, all of them together where they are
    /// lines, else that of the measure.
    pub(crate) fn of(&self, measure: &Measure, field: &str) -> String {
        let places = self.rows.get(&(measure.measure_id.as_str(), field));
        let spans = |places: &Vec<&str>| {
            let spans = places
                .iter()
                .map(|place| Locator::parse(place)?.line_span());
            let spans = spans.collect::<Option<Vec<(u32, u32)>>>()?;
            let first = spans.iter().map(|span| span.0).min()?;
            let last = spans.iter().map(|span| span.1).max()?;
            Some(Locator::lines(first, last).to_string())
        };
        match places {
            Some(places) if places.len() == 1 => places[0].to_owned(),
            Some(places) => spans(places).unwrap_or_else(|| measure.locator.clone()),
            None => measure.locator.clone(),
        }
    }
}

/// What is decided of one measure.
struct Coded {
    categories: Vec<MeasureCategory>,
    evidence: Vec<CategoryEvidence>,
}

struct Coder<'e> {
    classifier: Classifier<'e>,
    shown: Vec<&'e Edition>,
}

impl Coder<'_> {
    fn code(&self, measure_id: &str, subject: &Subject) -> Coded {
        let scores = self.classifier.score(subject);
        let found = self.classifier.evidence(&scores, subject);
        let mut coded = Coded {
            categories: Vec::new(),
            evidence: Vec::new(),
        };
        for edition in &self.shown {
            let verdict = self.classifier.verdict(&scores, edition);
            coded.categories.extend(rows(measure_id, edition, &verdict));
            let first = found.iter().filter(|one| !one.is_repeat);
            coded.evidence.extend(first.filter_map(|one| {
                let category = edition.category_of_facet(&one.rule.facet)?;
                Some(CategoryEvidence {
                    measure_id: measure_id.to_owned(),
                    taxonomy: edition.version.clone(),
                    category_id: category.id.clone(),
                    rule_id: one.rule.id.clone(),
                    field: one.field.as_str().to_owned(),
                    term: one.term.to_owned(),
                    weight: rounded(if one.rule.is_against {
                        -one.weight
                    } else {
                        one.weight
                    }),
                    locator: one.locator.unwrap_or_default().to_owned(),
                })
            }));
        }
        coded
    }

    /// The code of an outcome in the newest edition, where it is clear.
    fn hint(&self, data: &mut Dataset) {
        let Some(edition) = self.shown.last() else {
            return;
        };
        for outcome in &mut data.outcomes {
            let subject = Subject::titled(&*outcome.subject).with(Field::Kpi, &*outcome.metric);
            let scores = self.classifier.score(&subject);
            let verdict = self.classifier.verdict(&scores, edition);
            let is_clear = verdict.status == Status::Assigned;
            let primary = verdict.primary.filter(|_| is_clear);
            outcome.category_hint = primary.map(|scored| scored.category_id);
        }
    }
}

/// The primary code, then the other candidates, then the secondary codes.
fn rows(measure_id: &str, edition: &Edition, verdict: &Verdict) -> Vec<MeasureCategory> {
    let method = if verdict.is_explicit {
        "explicit"
    } else {
        "rule"
    };
    let row =
        |rank: usize, scored: Option<&Scored>, status: Status, method: &str| MeasureCategory {
            measure_id: measure_id.to_owned(),
            taxonomy: edition.version.clone(),
            category_id: scored.map(|scored| scored.category_id.clone()),
            rank: i32::try_from(rank).unwrap_or(i32::MAX),
            verdict: status.as_str().to_owned(),
            score: scored.map(|scored| rounded(scored.score)),
            method: method.to_owned(),
            confidence: scored.map(|scored| rounded(scored.confidence)),
            ..MeasureCategory::default()
        };
    let mut rows = vec![row(1, verdict.primary.as_ref(), verdict.status, method)];
    let others = verdict
        .candidates
        .iter()
        .map(|scored| (scored, verdict.status));
    let secondary = verdict
        .secondary
        .iter()
        .map(|scored| (scored, Status::Assigned));
    for (scored, status) in others.chain(secondary) {
        let is_new = |row: &MeasureCategory| row.category_id.as_ref() != Some(&scored.category_id);
        if rows.iter().all(is_new) {
            rows.push(row(rows.len() + 1, Some(scored), status, "rule"));
        }
    }
    rows
}

/// A score as it is published, with four digits after the point: no reader can use more.
#[must_use]
pub fn rounded(value: f64) -> f64 {
    (value * 10_000.0).round() / 10_000.0
}
