//! All that a person has to know of one measure to code it.

use kurabe_review::overrides::Override;
use kurabe_schema::{CategoryEvidence, Measure, MeasureCategory};
use kurabe_serve::Reply;
use kurabe_trace::Locator;
use serde::Serialize;

use super::desk::{Desk, Need};
use super::runs::{Run, runs};
use crate::command::review::decisions::{decision, version};
use crate::reviews::{Reviews, content_key_of};
use crate::serve::live::{Shown, Told};
use crate::serve::site::{failed, json, problem};
use crate::text::serve as words;

/// How many pieces of the source are quoted at most.
const QUOTED: usize = 60;

/// A measure with everything that speaks for its codes.
#[derive(Serialize)]
struct Detail<'d> {
    generation: u64,
    id: &'d str,
    edition: &'d str,
    content_key: String,
    version: String,
    need: Need,
    municipality: String,
    municipality_code: &'d str,
    document: &'d str,
    document_title: &'d str,
    path: Option<&'d str>,
    number: Option<&'d str>,
    locator: &'d str,
    fields: Vec<FieldText<'d>>,
    source: Vec<String>,
    codes: Vec<CodeRow<'d>>,
    decision: Option<Decided>,
    evidence: Vec<EvidenceRow<'d>>,
}

/// A part of the measure, with the evidence in it.
#[derive(Serialize)]
struct FieldText<'d> {
    field: &'static str,
    runs: Vec<Run<'d>>,
}

/// A code as it is published.
#[derive(Serialize)]
struct CodeRow<'d> {
    category: Option<&'d str>,
    rank: i32,
    verdict: &'d str,
    method: &'d str,
    score: Option<f64>,
    confidence: Option<f64>,
}

/// A decision as it stands in `reviews/` now.
#[derive(Debug, Serialize)]
pub(super) struct Decided {
    primary: String,
    secondary: Vec<String>,
    who: String,
    when: String,
    why: String,
    source: &'static str,
    /// Whether the person saw the present text.
    holds: bool,
}

impl Decided {
    pub(super) fn of(decision: &Override, content_key: &str) -> Self {
        Self {
            primary: decision.primary.clone(),
            secondary: decision.secondary.clone(),
            who: decision.who.clone(),
            when: decision.when.clone(),
            why: decision.why.clone(),
            source: decision.source.as_str(),
            holds: decision.content_key == content_key,
        }
    }
}

/// A rule that speaks for or against a code.
#[derive(Serialize)]
struct EvidenceRow<'d> {
    category: &'d str,
    rule: &'d str,
    field: &'d str,
    term: &'d str,
    weight: f64,
    locator: &'d str,
}

/// A part of a measure: its name, the word of the evidence for it, and the text.
type Part<'d> = (&'static str, &'static str, &'d str);

/// The answer about a measure.
pub(super) fn answer(shown: &Shown, desk: &Desk, id: &str) -> Reply {
    let Some((measure, need)) = desk.find(id) else {
        let told = Told::worded(|lang| words::measure_unknown(lang, id), words::reload_hint);
        return problem(404, told);
    };
    // What is on the disk now, as somebody may have decided since the last run.
    match Reviews::load(&shown.settings.reviews) {
        Ok(reviews) => json(200, &detail(shown, desk, (measure, need), &reviews)),
        Err(error) => failed(&error),
    }
}

fn detail<'d>(
    shown: &'d Shown,
    desk: &'d Desk,
    (measure, need): (&'d Measure, Need),
    reviews: &Reviews,
) -> Detail<'d> {
    let edition = desk.ground.codes.edition();
    let content_key = content_key_of(measure);
    let decided = decision(reviews, &measure.measure_id, edition);
    let mut documents = shown.data.documents.iter();
    let document = documents.find(|one| one.document_id == measure.document_id);
    let evidence = evidence(shown, measure, edition);
    Detail {
        generation: shown.generation,
        id: &measure.measure_id,
        edition,
        version: version(decided),
        decision: decided.map(|one| Decided::of(one, &content_key)),
        content_key,
        need,
        municipality: desk.ground.municipality(&measure.municipality_code),
        municipality_code: &measure.municipality_code,
        document: &measure.document_id,
        document_title: document.map_or("", |one| &one.title),
        path: document.map(|one| &*one.path),
        number: measure.number.as_deref(),
        locator: &measure.locator,
        fields: fields(shown, measure, &evidence),
        source: source(shown, measure),
        codes: desk.ground.rows(&measure.measure_id).map(code).collect(),
        evidence: evidence.into_iter().map(row).collect(),
    }
}

fn code(row: &MeasureCategory) -> CodeRow<'_> {
    CodeRow {
        category: row.category_id.as_deref(),
        rank: row.rank,
        verdict: &row.verdict,
        method: &row.method,
        score: row.score,
        confidence: row.confidence,
    }
}

fn row(row: &CategoryEvidence) -> EvidenceRow<'_> {
    EvidenceRow {
        category: &row.category_id,
        rule: &row.rule_id,
        field: &row.field,
        term: &row.term,
        weight: row.weight,
        locator: &row.locator,
    }
}

/// What speaks for and against codes of the edition, the strongest first.
fn evidence<'d>(shown: &'d Shown, measure: &Measure, edition: &str) -> Vec<&'d CategoryEvidence> {
    let all = shown.data.category_evidence.iter();
    let own = all.filter(|row| row.measure_id == measure.measure_id && row.taxonomy == edition);
    let mut own: Vec<&CategoryEvidence> = own.collect();
    own.sort_by(|a, b| b.weight.abs().total_cmp(&a.weight.abs()));
    own
}

/// The parts of a measure with the evidence marked.
fn fields<'d>(
    shown: &'d Shown,
    measure: &'d Measure,
    evidence: &[&CategoryEvidence],
) -> Vec<FieldText<'d>> {
    let marked = |(field, word, text): Part<'d>| {
        let terms = evidence.iter().enumerate();
        let terms = terms.filter(|(_, row)| row.field == word);
        let terms: Vec<(usize, &str)> = terms.map(|(number, row)| (number, &*row.term)).collect();
        FieldText {
            field,
            runs: runs(text, &terms),
        }
    };
    parts(shown, measure).into_iter().map(marked).collect()
}

fn parts<'d>(shown: &'d Shown, measure: &'d Measure) -> Vec<Part<'d>> {
    let mut parts: Vec<Part<'d>> = vec![("title", "title", &measure.title)];
    let own = [
        ("part", "section", &measure.part),
        ("section", "section", &measure.section),
        ("departments", "department", &measure.departments),
        ("summary", "description", &measure.summary),
        ("effect", "description", &measure.effect),
        ("past", "description", &measure.past),
        ("future", "description", &measure.future),
        ("note", "", &measure.note),
    ];
    for (field, word, text) in own {
        parts.extend(text.iter().map(|text| (field, word, &**text)));
    }
    let kpis = shown.data.kpis.iter();
    let kpis = kpis.filter(|kpi| kpi.measure_id == measure.measure_id);
    parts.extend(kpis.map(|kpi| ("kpi", "kpi", &*kpi.name)));
    let items = shown.data.schedules.iter();
    let items = items.filter(|row| row.measure_id == measure.measure_id);
    for item in items.filter_map(|row| row.item.as_deref()) {
        let part = ("item", "item", item);
        if !parts.contains(&part) {
            parts.push(part);
        }
    }
    parts
}

/// The lines of the file that the measure stands on.
fn source(shown: &Shown, measure: &Measure) -> Vec<String> {
    let pieces = shown.pieces(&measure.document_id);
    let place = Locator::parse(&measure.locator);
    let (Some(pieces), Some(place)) = (pieces, place) else {
        return Vec::new();
    };
    let numbers = pieces.numbers_at(&place).into_iter().take(QUOTED);
    numbers
        .map(|number| pieces.quote(number).1.to_owned())
        .collect()
}
