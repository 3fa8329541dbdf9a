//! 「施策」: one row per measure.

use std::collections::BTreeMap;

use kurabe_schema::{Measure, MeasureCategory, words};

use crate::WorkbookError;
use crate::book::Book;
use crate::index::Index;
use crate::lang::Lang;
use crate::list::{Cell, Column, List, columns};
use crate::style::Look::{Number, Ratio, Text, Whole, Wrapped};

/// Columns up to the place in the source are printed.
const PRINTED: usize = 11;

pub(crate) fn write(book: &mut Book, index: &Index<'_>) -> Result<(), WorkbookError> {
    let mut kpis: BTreeMap<&str, usize> = BTreeMap::new();
    for kpi in &index.dataset.kpis {
        *kpis.entry(&kpi.measure_id).or_default() += 1;
    }
    let rows = index.measures.iter().map(|measure| {
        let kpis = kpis.get(&*measure.measure_id).copied();
        let mut cells = measure_cells(index, measure);
        cells.extend(main_cells(index, measure, kpis.unwrap_or_default()));
        cells.extend(code_cells(index, index.code(&measure.measure_id)));
        cells.extend(more_cells(index.lang, measure));
        cells
    });
    list(index).write(book, rows)
}

fn list(index: &Index<'_>) -> List {
    let lang = index.lang;
    let mut all = about_measure(lang);
    all.extend(main_columns(index));
    all.extend(columns(
        lang,
        &[
            (
                "分類の確信度",
                "Confidence",
                9.0,
                Ratio,
                "measure_categories.confidence",
            ),
            (
                "分類コード",
                "Category code",
                18.0,
                Text,
                "measure_categories.category_id",
            ),
            (
                "分類の判断",
                "Verdict",
                11.0,
                Text,
                "measure_categories.verdict",
            ),
            (
                "分類の方法",
                "Method",
                11.0,
                Text,
                "measure_categories.method",
            ),
            (
                "段階（原文）",
                "Stage as printed",
                16.0,
                Wrapped,
                "measures.stage_raw",
            ),
            (
                "開始の限定",
                "Start limited",
                9.0,
                Text,
                "measures.start_qualifier",
            ),
            (
                "期待される効果",
                "Expected effect",
                40.0,
                Wrapped,
                "measures.effect",
            ),
            ("部", "Part", 18.0, Wrapped, "measures.part"),
            ("区分", "Section", 18.0, Wrapped, "measures.section"),
            ("新規", "New", 7.0, Text, "measures.is_new"),
            ("再掲", "Repeat", 7.0, Text, "measures.is_repeat"),
            ("施策ID", "Measure ID", 34.0, Text, "measures.measure_id"),
        ],
    ));
    List {
        name: lang.pick("施策", "Measures"),
        about: lang.pick(
            "施策の一覧。分類・段階・担当部署で絞り込めます",
            "All measures; filter by category, stage, department",
        ),
        frozen: 4,
        bar: None,
        printed: PRINTED,
        columns: all,
    }
}

/// The columns that say which measure a row is about.
pub(super) fn about_measure(lang: Lang) -> Vec<Column> {
    columns(
        lang,
        &[
            ("自治体", "Municipality", 11.0, Text, "municipalities.name"),
            ("文書", "Document", 20.0, Wrapped, "documents.title"),
            ("番号", "Number", 9.0, Text, "measures.number"),
            ("施策", "Measure", 32.0, Wrapped, "measures.title"),
        ],
    )
}

/// The cells of those columns.
pub(super) fn measure_cells<'a>(index: &Index<'a>, measure: &'a Measure) -> Vec<Cell<'a>> {
    vec![
        Cell::text(index.name(&measure.municipality_code)),
        Cell::text(index.title(&measure.document_id)),
        Cell::maybe(measure.number.as_deref()),
        Cell::text(&measure.title),
    ]
}

/// What most readers look for.
fn main_columns(index: &Index<'_>) -> Vec<Column> {
    let lang = index.lang;
    let edition = &index.edition;
    let category = match lang {
        Lang::Ja => format!("国の計画の分類（{edition}版）"),
        Lang::En => format!("National category (edition {edition})"),
    };
    let mut all = columns(
        lang,
        &[
            (
                "担当部署",
                "Departments",
                16.0,
                Wrapped,
                "measures.departments",
            ),
            ("段階", "Stage", 13.0, Text, "measures.stage"),
            (
                "開始年度",
                "Start FY",
                9.0,
                Whole,
                "measures.start_fiscal_year",
            ),
            ("KPI数", "KPIs", 7.0, Number, ""),
            ("内容", "Summary", 56.0, Wrapped, "measures.summary"),
            (
                "原文の場所",
                "Place in the source",
                14.0,
                Text,
                "measures.locator",
            ),
        ],
    );
    all.insert(
        1,
        Column::new(category, 22.0, Wrapped, "categories.label_ja"),
    );
    all
}

fn main_cells<'a>(index: &Index<'a>, measure: &'a Measure, kpis: usize) -> [Cell<'a>; 7] {
    let code = index.code(&measure.measure_id);
    let category =
        code.and_then(|code| index.category(&code.taxonomy, code.category_id.as_deref()?));
    let stage = index.lang.word(words::STAGES, &measure.stage);
    [
        Cell::maybe(measure.departments.as_deref()),
        Cell::maybe(category.map(|category| index.label(category))),
        Cell::Stage(&measure.stage, stage.into()),
        Cell::maybe_number(measure.start_fiscal_year),
        Cell::count(kpis),
        Cell::maybe(measure.summary.as_deref()),
        index.source(&measure.document_id, &measure.locator),
    ]
}

fn code_cells<'a>(index: &Index<'a>, code: Option<&'a MeasureCategory>) -> [Cell<'a>; 4] {
    let lang = index.lang;
    [
        Cell::maybe_number(code.and_then(|code| code.confidence)),
        Cell::maybe(code.and_then(|code| code.category_id.as_deref())),
        Cell::maybe(code.map(|code| lang.word(words::VERDICTS, &code.verdict))),
        Cell::maybe(code.map(|code| lang.word(words::METHODS, &code.method))),
    ]
}

fn more_cells(lang: Lang, measure: &Measure) -> [Cell<'_>; 8] {
    let mark = |is: bool, word| if is { Cell::text(word) } else { Cell::Empty };
    let qualifier = measure.start_qualifier.as_deref();
    [
        Cell::maybe(measure.stage_raw.as_deref()),
        Cell::maybe(qualifier.map(|word| lang.word(words::START_QUALIFIERS, word))),
        Cell::maybe(measure.effect.as_deref()),
        Cell::maybe(measure.part.as_deref()),
        Cell::maybe(measure.section.as_deref()),
        mark(measure.is_new, lang.pick("新規", "new")),
        mark(measure.is_repeat, lang.pick("再掲", "repeat")),
        Cell::text(&measure.measure_id),
    ]
}
