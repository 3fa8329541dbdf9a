//! `matrix/<edition>`: how many measures each document has in each category, and at which stage.

use kurabe_schema::{BenchmarkCategory, words};

use crate::editions::Edition;
use crate::json::Json;
use crate::tables::Tables;

/// Columns beside the counts per stage.
const COLUMNS: [&str; 19] = [
    "document",
    "category",
    "measures",
    "s0",
    "s1",
    "s2",
    "s3",
    "s4",
    "s5",
    "s6",
    "s7",
    "s8",
    "with_kpi",
    "with_numeric_target",
    "achievement_mean",
    "with_result",
    "achievement_n",
    "first_start",
    "last_target",
];

/// The cells of an edition that are not empty, by document and category.
pub(crate) fn matrix<'a>(tables: &Tables<'a>, edition: &Edition<'a>) -> Json<'a> {
    let rows = tables.dataset.benchmark_categories.iter();
    let mut cells: Vec<(usize, usize, &BenchmarkCategory)> = rows
        .filter(|row| row.taxonomy == edition.id && row.measures > 0)
        .filter_map(|row| {
            let document = tables.document_index(&row.document_id)?;
            Some((document, edition.position(&row.category_id)?, row))
        })
        .collect();
    cells.sort_by_key(|(document, category, _)| (*document, *category));
    let rows = cells
        .into_iter()
        .map(|(document, category, row)| cell(document, category, row));
    Json::table(&COLUMNS, rows.collect())
}

fn cell(document: usize, category: usize, row: &BenchmarkCategory) -> Vec<Json<'_>> {
    let stages = words::STAGES
        .iter()
        .map(|stage| at_stage(row, stage).into());
    let before = [
        Json::count(document),
        Json::count(category),
        row.measures.into(),
    ];
    let after = [
        row.with_kpi.into(),
        row.with_numeric_target.into(),
        row.achievement_mean.map_or(Json::Null, Json::Float),
        row.with_result.into(),
        row.achievement_n.into(),
        row.first_start.map(i64::from).into(),
        row.last_target.map(i64::from).into(),
    ];
    before.into_iter().chain(stages).chain(after).collect()
}

/// The count of a stage; the columns of the table bear the names of the stages.
fn at_stage(row: &BenchmarkCategory, stage: &str) -> i64 {
    match stage {
        "planned" => row.planned,
        "study" => row.study,
        "build" => row.build,
        "trial" => row.trial,
        "operating" => row.operating,
        "expanding" => row.expanding,
        "completed" => row.completed,
        "withdrawn" => row.withdrawn,
        _ => row.unknown,
    }
}
