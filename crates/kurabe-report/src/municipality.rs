//! `municipality/<code>`: the measures of a municipality and what is said of them.

use std::collections::BTreeMap;

use kurabe_schema::*;

use crate::json::Json;
use crate::lookup::Lookup;
use crate::measure::Measures;
use crate::project::{Columns, table};
use crate::tables::{Tables, parts};

pub(crate) const FINDING: Columns = &[
    ("id", "finding_id"),
    ("severity", "severity"),
    ("code", "code"),
    ("document", "document_id"),
    ("measure", "measure_id"),
    ("locator", "locator"),
    ("ja", "message_ja"),
    ("en", "message_en"),
    ("raw", "raw"),
    ("repaired", "repaired"),
];

const QUALITY: Columns = &[
    ("document", "document_id"),
    ("field", "field"),
    ("stated", "stated"),
    ("not_stated", "not_stated"),
    ("not_read", "not_read"),
    ("not_applicable", "not_applicable"),
    ("denominator", "denominator"),
    ("share", "share"),
];

const COVERAGE: Columns = &[
    ("document", "document_id"),
    ("unit", "unit"),
    ("total", "total"),
    ("in_records", "in_records"),
    ("skipped", "skipped_by_rule"),
    ("unread", "unread"),
    ("unread_locators", "unread_locators"),
    ("skipped_rules", "skipped_rules"),
];

const LINK: Columns = &[
    ("from", "from_measure_id"),
    ("to", "to_measure_id"),
    ("relation", "relation"),
    ("score", "score"),
    ("method", "method"),
    ("from_title", "from_title"),
    ("to_title", "to_title"),
    ("from_document", "from_document_id"),
    ("to_document", "to_document_id"),
    ("evidence_ja", "evidence"),
    ("evidence_en", "evidence_en"),
    ("statement", "statement"),
    ("decided_by", "decided_by"),
    ("decided_on", "decided_on"),
    ("locator", "locator"),
];

const OUTCOME: Columns = &[
    ("id", "outcome_id"),
    ("document", "document_id"),
    ("measure", "measure_id"),
    ("section", "section"),
    ("subject", "subject"),
    ("hint", "category_hint"),
    ("fy", "fiscal_year"),
    ("metric", "metric"),
    ("before", "before"),
    ("after", "after"),
    ("change", "change"),
    ("rate", "rate"),
    ("unit", "unit"),
    ("note", "note"),
    ("locator", "locator"),
];

const LISTING: Columns = &[
    ("document", "document_id"),
    ("measure", "measure_id"),
    ("list", "list"),
    ("group", "group"),
    ("number", "number"),
    ("item", "item"),
    ("state", "state"),
    ("department", "department"),
    ("note", "note"),
    ("locator", "locator"),
];

const PLAN_ITEM: Columns = &[
    ("document", "document_id"),
    ("list", "list"),
    ("group", "group"),
    ("number", "number"),
    ("text", "text"),
    ("period_start", "period_start"),
    ("period_end", "period_end"),
    ("locator", "locator"),
];

const ANSWER: Columns = &[
    ("document", "document_id"),
    ("question_id", "question_id"),
    ("question", "question"),
    ("answer_type", "answer_type"),
    ("option", "option"),
    ("count", "count"),
    ("percent", "percent"),
    ("base_n", "base_n"),
    ("locator", "locator"),
];

/// What municipality files are made of.
#[derive(Debug)]
pub(crate) struct Municipalities<'a> {
    measures: Measures<'a>,
    findings: Lookup<'a, FindingRow>,
    quality: Lookup<'a, PlanQuality>,
    coverage: Lookup<'a, CoverageRow>,
    links: Lookup<'a, MeasureLink>,
    differences: Lookup<'a, PlanVsSurvey>,
    surveys: Lookup<'a, SurveyIndicator>,
    positions: Lookup<'a, SurveyPosition>,
    outcomes: Lookup<'a, Outcome>,
    listings: Lookup<'a, Listing>,
    plan_items: Lookup<'a, PlanItem>,
    answers: Lookup<'a, SurveyResult>,
}

impl<'a> Municipalities<'a> {
    /// Those of a dataset.
    pub(crate) fn of(dataset: &'a Dataset) -> Self {
        Self {
            measures: Measures::of(dataset),
            findings: Lookup::by_some(&dataset.findings, |row| row.document_id.as_deref()),
            quality: Lookup::by(&dataset.plan_quality, |row| &row.document_id),
            coverage: Lookup::by(&dataset.coverage, |row| &row.document_id),
            links: Lookup::by(&dataset.measure_links, |row| &row.municipality_code),
            differences: Lookup::by(&dataset.plan_vs_survey, |row| &row.municipality_code),
            surveys: Lookup::by(&dataset.survey_indicators, |row| &row.municipality_code),
            positions: Lookup::by(&dataset.survey_positions, |row| &row.municipality_code),
            outcomes: Lookup::by(&dataset.outcomes, |row| &row.municipality_code),
            listings: Lookup::by(&dataset.listings, |row| &row.document_id),
            plan_items: Lookup::by(&dataset.plan_items, |row| &row.document_id),
            answers: Lookup::by(&dataset.survey_results, |row| &row.document_id),
        }
    }

    /// One municipality.
    pub(crate) fn file(&self, tables: &Tables<'a>, code: &'a str) -> Json<'a> {
        let documents = tables.documents_of.get(code);
        let ids = documents.iter().map(|row| &row.document_id);
        let mut measures = tables.measures.get(code).to_vec();
        measures.sort_by_key(|row| (&row.document_id, row.position, &row.measure_id));
        let measures = measures.into_iter().map(|row| self.measures.object(row));
        Json::object([
            ("code", code.into()),
            ("documents", Json::list(ids)),
            ("measures", Json::List(measures.collect())),
            (
                "findings",
                table(FINDING, of_documents(documents, &self.findings)),
            ),
            (
                "quality",
                table(QUALITY, of_documents(documents, &self.quality)),
            ),
            (
                "coverage",
                table(COVERAGE, of_documents(documents, &self.coverage)),
            ),
            ("surveys", self.surveys(code)),
            (
                "differences",
                differences(self.differences.get(code).iter().copied()),
            ),
            ("links", table(LINK, self.links.get(code).iter().copied())),
            (
                "outcomes",
                table(OUTCOME, self.outcomes.get(code).iter().copied()),
            ),
            (
                "listings",
                table(LISTING, of_documents(documents, &self.listings)),
            ),
            (
                "plan_items",
                table(PLAN_ITEM, of_documents(documents, &self.plan_items)),
            ),
            (
                "answers",
                table(ANSWER, of_documents(documents, &self.answers)),
            ),
        ])
    }

    /// The answers of a municipality to national surveys, with its position in each group of
    /// peers; an answer without a position stands once, without a group.
    fn surveys(&self, code: &str) -> Json<'a> {
        let mut positions: BTreeMap<_, Vec<&SurveyPosition>> = BTreeMap::new();
        for row in self.positions.get(code) {
            let key = (&*row.survey, row.year, &*row.indicator);
            positions.entry(key).or_default().push(row);
        }
        let rows = self.surveys.get(code).iter().flat_map(|answer| {
            let key = (&*answer.survey, answer.year, &*answer.indicator);
            match positions.get(&key) {
                Some(found) => found.iter().map(|row| survey(answer, Some(row))).collect(),
                None => vec![survey(answer, None)],
            }
        });
        Json::table(&SURVEY, rows.collect())
    }
}

const SURVEY: [&str; 16] = [
    "survey",
    "indicator",
    "label_ja",
    "label_en",
    "year",
    "value",
    "unit",
    "peer_group",
    "rank",
    "n",
    "mean",
    "median",
    "raw",
    "group",
    "as_of",
    "source",
];

fn survey<'a>(answer: &'a SurveyIndicator, position: Option<&'a SurveyPosition>) -> Vec<Json<'a>> {
    vec![
        (&answer.survey).into(),
        (&answer.indicator).into(),
        (&answer.label).into(),
        // Surveys print their labels in Japanese only.
        Json::Null,
        i64::from(answer.year).into(),
        float(answer.value),
        (&answer.unit).into(),
        position.map(|row| &row.peer_group).into(),
        position.map(|row| row.rank).into(),
        position.map(|row| row.n).into(),
        float(position.and_then(|row| row.mean)),
        float(position.and_then(|row| row.median)),
        answer.value_raw.as_ref().into(),
        (&answer.group).into(),
        answer.as_of.map_or(Json::Null, Json::Date),
        (&answer.source).into(),
    ]
}

/// Where plans and surveys differ.
pub(crate) fn differences<'a>(rows: impl Iterator<Item = &'a PlanVsSurvey>) -> Json<'a> {
    let date = |day: Option<_>| day.map_or(Json::Null, Json::Date);
    let rows = rows.map(|row| {
        vec![
            (&row.municipality_code).into(),
            (&row.survey).into(),
            i64::from(row.year).into(),
            (&row.indicator).into(),
            (&row.document_id).into(),
            (&row.difference).into(),
            float(row.survey_value),
            row.survey_raw.as_ref().into(),
            date(row.survey_as_of),
            (&row.survey_path).into(),
            (&row.survey_locator).into(),
            float(row.plan_value),
            row.plan_stage.as_ref().into(),
            row.plan_raw.as_ref().into(),
            date(row.plan_as_of),
            (&row.plan_locator).into(),
            Json::list(parts(row.measure_ids.as_deref())),
            (&row.sentence_ja).into(),
            (&row.sentence_en).into(),
        ]
    });
    Json::table(&DIFFERENCE, rows.collect())
}

const DIFFERENCE: [&str; 19] = [
    "municipality",
    "survey",
    "year",
    "indicator",
    "document",
    "difference",
    "survey_value",
    "survey_raw",
    "survey_as_of",
    "survey_path",
    "survey_locator",
    "plan_value",
    "plan_stage",
    "plan_raw",
    "plan_as_of",
    "plan_locator",
    "measures",
    "ja",
    "en",
];

fn float<'a>(number: Option<f64>) -> Json<'a> {
    number.map_or(Json::Null, Json::Float)
}

/// The rows of several documents, one document after the other.
fn of_documents<'a, T: Record>(documents: &[&'a Document], rows: &Lookup<'a, T>) -> Vec<&'a T> {
    let ids = documents.iter().map(|document| &*document.document_id);
    ids.flat_map(|id| rows.get(id).iter().copied()).collect()
}
