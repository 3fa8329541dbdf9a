//! 「国の調査との違い」: where a plan and a national survey differ.

use kurabe_schema::{PlanVsSurvey, words};

use crate::WorkbookError;
use crate::book::Book;
use crate::index::Index;
use crate::list::{Cell, Heading, List, columns};
use crate::style::Look::{Date, Number, Text, Whole, Wrapped};

pub(crate) fn write(book: &mut Book, index: &Index<'_>) -> Result<(), WorkbookError> {
    let mut differences: Vec<&PlanVsSurvey> = index.dataset.plan_vs_survey.iter().collect();
    differences.sort_by_key(|row| {
        (
            &row.municipality_code,
            &row.survey,
            row.year,
            &row.indicator,
            &row.document_id,
        )
    });
    list(index).write(book, differences.into_iter().map(|each| row(index, each)))
}

/// Headers of the columns, in Japanese and English, with width, look and meaning.
const COLUMNS: &[Heading] = &[
    ("自治体", "Municipality", 11.0, Text, "municipalities.name"),
    (
        "違いの種類",
        "Difference",
        16.0,
        Text,
        "plan_vs_survey.difference",
    ),
    (
        "説明",
        "In words",
        70.0,
        Wrapped,
        "plan_vs_survey.sentence_ja",
    ),
    ("調査", "Survey", 16.0, Text, "plan_vs_survey.survey"),
    ("調査年度", "Year", 9.0, Whole, "plan_vs_survey.year"),
    (
        "調査の値",
        "Survey value",
        11.0,
        Number,
        "plan_vs_survey.survey_value",
    ),
    (
        "調査の文字",
        "Survey as printed",
        14.0,
        Wrapped,
        "plan_vs_survey.survey_raw",
    ),
    (
        "計画の値",
        "Plan value",
        11.0,
        Number,
        "plan_vs_survey.plan_value",
    ),
    (
        "計画の段階",
        "Plan stage",
        13.0,
        Text,
        "plan_vs_survey.plan_stage",
    ),
    (
        "計画の原文",
        "Plan as printed",
        28.0,
        Wrapped,
        "plan_vs_survey.plan_raw",
    ),
    (
        "計画の時点",
        "Plan as of",
        12.0,
        Date,
        "plan_vs_survey.plan_as_of",
    ),
    ("文書", "Document", 28.0, Wrapped, "documents.title"),
    (
        "計画の中の場所",
        "Place in the plan",
        16.0,
        Text,
        "plan_vs_survey.plan_locator",
    ),
    (
        "施策ID",
        "Measure IDs",
        34.0,
        Wrapped,
        "plan_vs_survey.measure_ids",
    ),
];

fn list(index: &Index<'_>) -> List {
    let lang = index.lang;
    List {
        name: lang.pick("国の調査との違い", "Plans and surveys"),
        about: lang.pick(
            "計画の記載と国の調査の回答が違うところ",
            "Where a plan and a national survey differ",
        ),
        frozen: 1,
        bar: None,
        printed: 9,
        columns: columns(lang, COLUMNS),
    }
}

fn row<'a>(index: &Index<'a>, each: &'a PlanVsSurvey) -> Vec<Cell<'a>> {
    let lang = index.lang;
    let stage = each.plan_stage.as_deref();
    vec![
        Cell::text(index.name(&each.municipality_code)),
        Cell::text(lang.word(words::SURVEY_DIFFERENCES, &each.difference)),
        Cell::text(lang.pick(&*each.sentence_ja, &*each.sentence_en)),
        Cell::text(&each.survey),
        Cell::number(each.year),
        Cell::maybe_number(each.survey_value),
        Cell::maybe(each.survey_raw.as_deref()),
        Cell::maybe_number(each.plan_value),
        stage.map_or(Cell::Empty, |stage| {
            Cell::Stage(stage, lang.word(words::STAGES, stage).into())
        }),
        Cell::maybe(each.plan_raw.as_deref()),
        each.plan_as_of.map_or(Cell::Empty, Cell::Day),
        Cell::text(index.title(&each.document_id)),
        index.source(&each.document_id, &each.plan_locator),
        Cell::maybe(each.measure_ids.as_deref()),
    ]
}
