//! One category: figures of each document and its measures, side by side.

use std::collections::BTreeSet;

use kurabe_schema::{BenchmarkCategory, Document, Measure, MeasureStage};

use super::{Cell, Chosen, Sheet};
use crate::problem::Result;
use crate::text::comparison as words;

/// The measures of a document whose primary code a category is, without repeats, in their order.
pub(super) fn counted<'a>(
    chosen: &Chosen<'a>,
    category: &str,
    document: &Document,
) -> Vec<&'a Measure> {
    let codes = chosen.dataset.measure_categories.iter();
    let coded: BTreeSet<&str> = codes
        .filter(|row| row.taxonomy == chosen.edition && row.rank == 1)
        .filter(|row| row.category_id.as_deref() == Some(category))
        .map(|row| &*row.measure_id)
        .collect();
    let mut measures: Vec<&Measure> = chosen
        .dataset
        .measures
        .iter()
        .filter(|row| row.document_id == document.document_id && !row.is_repeat)
        .filter(|row| coded.contains(&*row.measure_id))
        .collect();
    measures.sort_by_key(|row| row.position);
    measures
}

/// The stage of each measure in a fiscal year.
pub(super) fn stages_of<'a>(
    chosen: &Chosen<'a>,
    measures: &[&Measure],
    year: i32,
) -> Vec<Option<&'a MeasureStage>> {
    let of = |measure: &Measure| {
        let mut rows = chosen.dataset.measure_stages.iter();
        rows.find(|row| row.fiscal_year == year && row.measure_id == measure.measure_id)
    };
    measures.iter().map(|measure| of(measure)).collect()
}

/// Rows are figures and then measures, columns the documents.
pub(super) fn compare(chosen: &Chosen, id: &str) -> Result<Sheet> {
    let category = chosen.category(id)?;
    let lang = chosen.lang;
    let mut columns = vec![("row".to_owned(), String::new())];
    for document in &chosen.documents {
        columns.push((document.document_id.clone(), chosen.heading(document)));
    }
    let mut rows = match chosen.year {
        None => figures(chosen, id),
        Some(_) => Vec::new(),
    };
    rows.extend(titles(chosen, id));
    let mut notes = chosen.notes();
    notes.insert(0, words::share_note(lang));
    Ok(Sheet {
        title: words::category_title(
            lang,
            chosen.label(category),
            &chosen.edition,
            words::year_suffix(lang, chosen.year),
        ),
        columns,
        rows,
        notes,
        ..Sheet::default()
    })
}

fn percent(share: f64) -> Cell {
    Cell::number(share, format!("{:.1} %", share * 100.0))
}

/// How a figure of the benchmark table is shown.
type Shown = fn(&BenchmarkCategory) -> Cell;

/// The figures, by the name of their column.
const FIGURES: [(&str, Shown); 19] = [
    ("measures", |row| Cell::count(row.measures)),
    ("share", |row| percent(row.share)),
    ("planned", |row| Cell::count(row.planned)),
    ("study", |row| Cell::count(row.study)),
    ("build", |row| Cell::count(row.build)),
    ("trial", |row| Cell::count(row.trial)),
    ("operating", |row| Cell::count(row.operating)),
    ("expanding", |row| Cell::count(row.expanding)),
    ("completed", |row| Cell::count(row.completed)),
    ("withdrawn", |row| Cell::count(row.withdrawn)),
    ("unknown", |row| Cell::count(row.unknown)),
    ("with_kpi", |row| Cell::count(row.with_kpi)),
    ("with_numeric_target", |row| {
        Cell::count(row.with_numeric_target)
    }),
    ("with_result", |row| Cell::count(row.with_result)),
    ("achievement_n", |row| Cell::count(row.achievement_n)),
    ("achievement_mean", |row| {
        Cell::maybe(row.achievement_mean, percent)
    }),
    ("achievement_median", |row| {
        Cell::maybe(row.achievement_median, percent)
    }),
    ("first_start", |row| {
        Cell::maybe(row.first_start, |year| Cell::count(year.into()))
    }),
    ("last_target", |row| {
        Cell::maybe(row.last_target, |year| Cell::count(year.into()))
    }),
];

fn figures(chosen: &Chosen, id: &str) -> Vec<Vec<Cell>> {
    let of = |document: &Document| {
        let mut rows = chosen.dataset.benchmark_categories.iter();
        rows.find(|row| {
            row.taxonomy == chosen.edition
                && row.category_id == id
                && row.document_id == document.document_id
        })
    };
    let found: Vec<Option<&BenchmarkCategory>> = chosen
        .documents
        .iter()
        .map(|document| of(document))
        .collect();
    let row = |(name, shown): &(&str, Shown)| {
        let heading = Cell {
            text: words::figure(chosen.lang, name).to_owned(),
            value: (*name).into(),
        };
        let cells = found.iter().map(|row| Cell::maybe(*row, shown));
        std::iter::once(heading).chain(cells).collect()
    };
    FIGURES.iter().map(row).collect()
}

/// A row per measure: the first measures of all documents, then the second ones, …
fn titles(chosen: &Chosen, id: &str) -> Vec<Vec<Cell>> {
    let lists: Vec<Vec<Cell>> = chosen
        .documents
        .iter()
        .map(|document| measures(chosen, id, document))
        .collect();
    let longest = lists.iter().map(Vec::len).max().unwrap_or(0);
    let row = |index: usize| {
        let heading = Cell {
            text: words::measure_number(chosen.lang, index + 1),
            value: serde_json::json!(format!("measure {}", index + 1)),
        };
        let empty = Cell {
            text: String::new(),
            value: serde_json::Value::Null,
        };
        let cells = lists
            .iter()
            .map(|list| list.get(index).unwrap_or(&empty).clone());
        std::iter::once(heading).chain(cells).collect()
    };
    (0..longest).map(row).collect()
}

fn measures(chosen: &Chosen, id: &str, document: &Document) -> Vec<Cell> {
    let measures = counted(chosen, id, document);
    let show = |measure: &Measure, stage: &str| Cell {
        text: format!(
            "{}［{}］\n{}",
            measure.title,
            words::stage(chosen.lang, stage),
            measure.measure_id
        ),
        value: serde_json::json!({
            "measure_id": measure.measure_id, "title": measure.title, "stage": stage,
        }),
    };
    match chosen.year {
        None => measures
            .iter()
            .map(|measure| show(measure, &measure.stage))
            .collect(),
        Some(year) => stages_of(chosen, &measures, year)
            .into_iter()
            .zip(&measures)
            .filter_map(|(stage, measure)| Some(show(measure, &stage?.stage)))
            .collect(),
    }
}
