//! 「施策」: one row per measure.

use std::collections::BTreeMap;

use kurabe_schema::{Measure, MeasureCategory, words};

use crate::WorkbookError;
use crate::book::Book;
use crate::index::Index;
use crate::list::{Cell, Column, List};
use crate::style::Look::{Number, Ratio, Text, Whole, Wrapped};

pub(crate) fn write(book: &mut Book, index: &Index<'_>) -> Result<(), WorkbookError> {
    let mut kpis: BTreeMap<&str, usize> = BTreeMap::new();
    for kpi in &index.dataset.kpis {
        *kpis.entry(&kpi.measure_id).or_default() += 1;
    }
    let rows = index.measures.iter().map(|measure| {
        let kpis = kpis.get(&*measure.measure_id).copied().unwrap_or_default();
        row(index, measure, kpis)
    });
    list(index).write(book, rows)
}

fn list(index: &Index<'_>) -> List {
    let lang = index.lang;
    let mut columns = about_measure(index);
    columns.extend([
        Column::new(lang.pick("部", "Part"), 18.0, Wrapped, "measures.part"),
        Column::new(
            lang.pick("区分", "Section"),
            18.0,
            Wrapped,
            "measures.section",
        ),
        Column::new(
            lang.pick("担当部署", "Departments"),
            18.0,
            Wrapped,
            "measures.departments",
        ),
        Column::new(
            lang.pick("分類コード", "Category code"),
            18.0,
            Text,
            "measure_categories.category_id",
        ),
        Column::new(
            match lang {
                crate::Lang::Ja => format!("国の計画の分類（{}版）", index.edition),
                crate::Lang::En => format!("National category (edition {})", index.edition),
            },
            24.0,
            Wrapped,
            "categories.label_ja",
        ),
        Column::new(
            lang.pick("分類の判断", "Verdict"),
            11.0,
            Text,
            "measure_categories.verdict",
        ),
        Column::new(
            lang.pick("方法", "Method"),
            11.0,
            Text,
            "measure_categories.method",
        ),
        Column::new(
            lang.pick("確信度", "Confidence"),
            8.0,
            Ratio,
            "measure_categories.confidence",
        ),
        Column::new(lang.pick("段階", "Stage"), 13.0, Text, "measures.stage"),
        Column::new(
            lang.pick("段階（原文）", "Stage as printed"),
            16.0,
            Wrapped,
            "measures.stage_raw",
        ),
        Column::new(
            lang.pick("開始年度", "Start FY"),
            9.0,
            Whole,
            "measures.start_fiscal_year",
        ),
        Column::new(
            lang.pick("開始の限定", "Start limited"),
            9.0,
            Text,
            "measures.start_qualifier",
        ),
        Column::new(
            lang.pick("内容", "Summary"),
            60.0,
            Wrapped,
            "measures.summary",
        ),
        Column::new(
            lang.pick("期待される効果", "Expected effect"),
            40.0,
            Wrapped,
            "measures.effect",
        ),
        Column::new(lang.pick("KPI数", "KPIs"), 7.0, Number, ""),
        Column::new(lang.pick("新規", "New"), 7.0, Text, "measures.is_new"),
        Column::new(lang.pick("再掲", "Repeat"), 7.0, Text, "measures.is_repeat"),
        Column::new(
            lang.pick("原文の場所", "Place in the source"),
            18.0,
            Text,
            "measures.locator",
        ),
        Column::new(
            lang.pick("施策ID", "Measure ID"),
            34.0,
            Text,
            "measures.measure_id",
        ),
    ]);
    List {
        name: lang.pick("施策", "Measures"),
        about: lang.pick(
            "施策の一覧。分類・段階・担当部署で絞り込めます",
            "All measures; filter by category, stage, department",
        ),
        frozen: 4,
        bar: None,
        columns,
    }
}

/// The columns that say which measure a row is about.
pub(super) fn about_measure(index: &Index<'_>) -> Vec<Column> {
    let lang = index.lang;
    vec![
        Column::new(
            lang.pick("自治体", "Municipality"),
            11.0,
            Text,
            "municipalities.name",
        ),
        Column::new(
            lang.pick("文書", "Document"),
            24.0,
            Wrapped,
            "documents.title",
        ),
        Column::new(lang.pick("番号", "Number"), 9.0, Text, "measures.number"),
        Column::new(
            lang.pick("施策", "Measure"),
            34.0,
            Wrapped,
            "measures.title",
        ),
    ]
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

fn row<'a>(index: &Index<'a>, measure: &'a Measure, kpis: usize) -> Vec<Cell<'a>> {
    let lang = index.lang;
    let mark = |is: bool, word| if is { Cell::text(word) } else { Cell::Empty };
    let qualifier = measure.start_qualifier.as_deref();
    let mut cells = measure_cells(index, measure);
    cells.extend([
        Cell::maybe(measure.part.as_deref()),
        Cell::maybe(measure.section.as_deref()),
        Cell::maybe(measure.departments.as_deref()),
    ]);
    cells.extend(code_cells(index, index.code(&measure.measure_id)));
    cells.extend([
        Cell::Stage(
            &measure.stage,
            lang.word(words::STAGES, &measure.stage).into(),
        ),
        Cell::maybe(measure.stage_raw.as_deref()),
        Cell::maybe_number(measure.start_fiscal_year),
        Cell::maybe(qualifier.map(|word| lang.word(words::START_QUALIFIERS, word))),
        Cell::maybe(measure.summary.as_deref()),
        Cell::maybe(measure.effect.as_deref()),
        Cell::count(kpis),
        mark(measure.is_new, lang.pick("新規", "new")),
        mark(measure.is_repeat, lang.pick("再掲", "repeat")),
        index.source(&measure.document_id, &measure.locator),
        Cell::text(&measure.measure_id),
    ]);
    cells
}

fn code_cells<'a>(index: &Index<'a>, code: Option<&'a MeasureCategory>) -> [Cell<'a>; 5] {
    let Some(code) = code else {
        return [const { Cell::Empty }; 5];
    };
    let id = code.category_id.as_deref();
    let category = id.and_then(|id| index.category(&code.taxonomy, id));
    [
        Cell::maybe(id),
        Cell::maybe(category.map(|category| index.label(category))),
        Cell::text(index.lang.word(words::VERDICTS, &code.verdict)),
        Cell::text(index.lang.word(words::METHODS, &code.method)),
        Cell::maybe_number(code.confidence),
    ]
}
