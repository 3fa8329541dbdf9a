//! `quality`: how well the documents were read and what they state.

use std::collections::BTreeMap;

use kurabe_schema::{CoverageRow, Dataset, FindingRow, PlanQuality};

use crate::ReportOptions;
use crate::json::Json;
use crate::municipality::FINDING;
use crate::project::table;
use crate::tables::{Tables, sorted};

/// The whole file. Documents are named by their position in `index`; findings that are about no
/// document are in it in full.
pub(crate) fn quality<'a>(tables: &Tables<'a>, options: &'a ReportOptions) -> Json<'a> {
    let dataset = tables.dataset;
    let general = sorted(&dataset.findings);
    let general = general.into_iter().filter(|row| row.document_id.is_none());
    Json::object([
        ("findings", findings(tables, dataset)),
        ("codes", codes(options)),
        ("coverage", coverage(tables, dataset)),
        ("quality", fields(tables, dataset)),
        ("general", table(FINDING, general)),
    ])
}

fn findings<'a>(tables: &Tables<'a>, dataset: &'a Dataset) -> Json<'a> {
    let mut counts: BTreeMap<(Option<usize>, &str, &str), usize> = BTreeMap::new();
    for row in &dataset.findings {
        let document = index_of(tables, row);
        *counts
            .entry((document, &row.severity, &row.code))
            .or_default() += 1;
    }
    let rows = counts
        .into_iter()
        .map(|((document, severity, code), count)| {
            vec![
                document.map(Json::count).into(),
                severity.into(),
                code.into(),
                Json::count(count),
            ]
        });
    Json::table(&["document", "severity", "code", "count"], rows.collect())
}

fn index_of(tables: &Tables<'_>, row: &FindingRow) -> Option<usize> {
    let id = row.document_id.as_deref()?;
    tables.document_index(id)
}

fn codes(options: &ReportOptions) -> Json<'_> {
    let named = options.codes.iter().map(|code| {
        let texts = [code.ja.as_ref(), code.en.as_ref()];
        (code.code.as_str().into(), Json::list(texts))
    });
    Json::Object(named.collect())
}

fn coverage<'a>(tables: &Tables<'a>, dataset: &'a Dataset) -> Json<'a> {
    let row = |row: &'a CoverageRow| {
        let document = tables.document_index(&row.document_id);
        vec![
            document.map(Json::count).into(),
            (&row.unit).into(),
            row.total.into(),
            row.in_records.into(),
            row.skipped_by_rule.into(),
            row.unread.into(),
        ]
    };
    let names = [
        "document",
        "unit",
        "total",
        "in_records",
        "skipped",
        "unread",
    ];
    Json::table(
        &names,
        sorted(&dataset.coverage).into_iter().map(row).collect(),
    )
}

fn fields<'a>(tables: &Tables<'a>, dataset: &'a Dataset) -> Json<'a> {
    let row = |row: &'a PlanQuality| {
        let document = tables.document_index(&row.document_id);
        vec![
            document.map(Json::count).into(),
            (&row.field).into(),
            row.stated.into(),
            row.not_stated.into(),
            row.not_read.into(),
            row.not_applicable.into(),
        ]
    };
    let names = [
        "document",
        "field",
        "stated",
        "not_stated",
        "not_read",
        "not_applicable",
    ];
    Json::table(
        &names,
        sorted(&dataset.plan_quality).into_iter().map(row).collect(),
    )
}
