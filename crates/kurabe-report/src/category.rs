//! `category/<edition>/<category>`: the measures of a category side by side, and
//! `uncategorised/<edition>`: those that have none.

use std::collections::BTreeMap;

use kurabe_schema::{Measure, MeasureCategory};

use crate::json::Json;

use crate::tables::{Tables, parts};

/// Characters of a summary that are given; the rest is with the measure.
const SUMMARY: usize = 160;

const COLUMNS: [&str; 14] = [
    "measure",
    "municipality",
    "document",
    "number",
    "title",
    "departments",
    "stage",
    "start_fiscal_year",
    "rank",
    "confidence",
    "has_kpi",
    "summary",
    "is_repeat",
    "verdict",
];

/// The codes of one edition by category; measures without a category under `None`.
pub(crate) type Coded<'a> = BTreeMap<Option<&'a str>, Vec<(&'a Measure, &'a MeasureCategory)>>;

/// The codes of every edition.
pub(crate) fn coded<'a>(tables: &Tables<'a>) -> BTreeMap<&'a str, Coded<'a>> {
    let mut editions: BTreeMap<&str, Coded<'_>> = BTreeMap::new();
    for code in &tables.dataset.measure_categories {
        if let Some(measure) = tables.measure(&code.measure_id) {
            let edition = editions.entry(&code.taxonomy).or_default();
            let category = edition.entry(code.category_id.as_deref()).or_default();
            category.push((measure, code));
        }
    }
    for list in editions.values_mut().flat_map(BTreeMap::values_mut) {
        list.sort_by_key(|(measure, code)| {
            let document = (&measure.municipality_code, &measure.document_id);
            (document, measure.position, &measure.measure_id, code.rank)
        });
    }
    editions
}

/// The measures with a code, primary and secondary ones.
pub(crate) fn category<'a>(
    tables: &Tables<'a>,
    list: &[(&'a Measure, &'a MeasureCategory)],
) -> Json<'a> {
    let rows = list
        .iter()
        .map(|(measure, code)| row(tables, measure, code));
    Json::table(&COLUMNS, rows.collect())
}

fn row<'a>(tables: &Tables<'a>, measure: &'a Measure, code: &'a MeasureCategory) -> Vec<Json<'a>> {
    vec![
        (&measure.measure_id).into(),
        (&measure.municipality_code).into(),
        (&measure.document_id).into(),
        measure.number.as_ref().into(),
        (&measure.title).into(),
        Json::list(parts(measure.departments.as_deref())),
        (&measure.stage).into(),
        measure.start_fiscal_year.map(i64::from).into(),
        i64::from(code.rank).into(),
        code.confidence.map_or(Json::Null, Json::Float),
        tables.kpis.has(&measure.measure_id).into(),
        measure.summary.as_deref().map(beginning).into(),
        measure.is_repeat.into(),
        (&code.verdict).into(),
    ]
}

/// The beginning of a text.
fn beginning(text: &str) -> Json<'_> {
    match text.char_indices().nth(SUMMARY) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or(text)).into(),
        None => text.into(),
    }
}
