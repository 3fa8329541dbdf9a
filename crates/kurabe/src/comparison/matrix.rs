//! Municipality by category: how many measures, and how many of them run.

use std::collections::BTreeMap;

use kurabe_schema::{BenchmarkCategory, Category, Document};

use super::category::{counted, stages_of};
use super::{Cell, Chosen, Sheet};
use crate::problem::Result;
use crate::text::comparison as words;

/// Rows are the categories of the edition, columns the documents.
pub(super) fn compare(chosen: &Chosen) -> Result<Sheet> {
    let (lang, year) = (chosen.lang, chosen.year);
    let cells: BTreeMap<(&str, &str), &BenchmarkCategory> = chosen
        .dataset
        .benchmark_categories
        .iter()
        .filter(|row| row.taxonomy == chosen.edition)
        .map(|row| ((&*row.category_id, &*row.document_id), row))
        .collect();
    let mut columns = vec![
        ("category_id".to_owned(), words::id(lang)),
        ("category".to_owned(), words::category(lang)),
    ];
    for document in &chosen.documents {
        columns.push((document.document_id.clone(), chosen.heading(document)));
    }
    let cell = |category: &Category, document: &Document| match year {
        Some(year) => in_year(chosen, category, document, year),
        None => cells
            .get(&(&*category.category_id, &*document.document_id))
            .map_or_else(Cell::none, |row| as_published(chosen, row)),
    };
    let rows = chosen.categories().into_iter().map(|category| {
        let mut row = vec![
            Cell::text(&*category.category_id),
            Cell::text(chosen.label(category)),
        ];
        row.extend(
            chosen
                .documents
                .iter()
                .map(|document| cell(category, document)),
        );
        row
    });
    let mut notes = vec![words::matrix_note(lang)];
    notes.extend(chosen.notes());
    Ok(Sheet {
        title: words::matrix_title(lang, &chosen.edition, words::year_suffix(lang, year)),
        columns,
        rows: rows.collect(),
        notes,
        ..Sheet::default()
    })
}

fn as_published(chosen: &Chosen, row: &BenchmarkCategory) -> Cell {
    let running = row.operating + row.expanding + row.completed;
    let text = match (row.measures, row.withdrawn) {
        (0, _) => "–".to_owned(),
        (measures, 0) => words::measures_running(chosen.lang, measures, running),
        (measures, withdrawn) => {
            let some = words::measures_running(chosen.lang, measures, running);
            format!("{some} {}", words::withdrawn_of(chosen.lang, withdrawn))
        }
    };
    let value = serde_json::json!({
        "measures": row.measures, "share": row.share, "planned": row.planned, "study": row.study,
        "build": row.build, "trial": row.trial, "operating": row.operating,
        "expanding": row.expanding, "completed": row.completed, "withdrawn": row.withdrawn,
        "unknown": row.unknown,
    });
    Cell { text, value }
}

fn in_year(chosen: &Chosen, category: &Category, document: &Document, year: i32) -> Cell {
    let measures = counted(chosen, &category.category_id, document);
    let stages = stages_of(chosen, &measures, year);
    let mut counts: BTreeMap<&str, i64> = BTreeMap::new();
    for stage in stages.into_iter().flatten() {
        *counts.entry(&stage.stage).or_default() += 1;
    }
    if counts.is_empty() {
        return Cell::none();
    }
    let order = kurabe_schema::words::STAGES.iter();
    let told: Vec<String> = order
        .filter_map(|stage| Some((stage, counts.get(stage)?)))
        .map(|(stage, count)| format!("{}{count}", words::stage(chosen.lang, stage)))
        .collect();
    Cell {
        text: told.join(" "),
        value: serde_json::json!(counts),
    }
}
