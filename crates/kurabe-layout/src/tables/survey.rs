//! Survey tables: an answer per row with its count and percent.

use crate::columns::Columns;
use crate::cursor::{Cursor, words_at};
use crate::profile::{ColumnRole, TableSpec};
use crate::record::{RawSurvey, RawSurveyOption, Words};
use kurabe_page::Row;
use kurabe_text::width;
use kurabe_trace::Locator;

/// Reads a survey table; what was asked stands above it.
pub(crate) fn read(
    cursor: &mut Cursor<'_>,
    spec: &TableSpec,
    columns: &Columns,
    rows: &[&Row],
    captions: &[Words],
) {
    let mut survey = RawSurvey {
        answer_type: answer_type(spec, columns, captions),
        ..above(spec, captions)
    };
    for row in rows {
        cursor.take_row(row);
        let value = |role: ColumnRole| {
            columns
                .roles
                .get(&role)
                .and_then(|c| words_at(row, *c))
                .map(|w| w.text)
        };
        let mut option = RawSurveyOption {
            option: value(ColumnRole::Item)
                .map_or(String::new(), |t| without_number(&t).to_owned()),
            count: value(ColumnRole::Count),
            percent: value(ColumnRole::Percent),
            locator: Some(Locator::line(row.line)),
        };
        if let Some(label) = total_label(spec, row) {
            option.option = label;
            survey.total = Some(option);
        } else if !option.option.is_empty() {
            survey.options.push(option);
        }
    }
    cursor.document.surveys.push(survey);
}

/// The label of a row of totals.
fn total_label(spec: &TableSpec, row: &Row) -> Option<String> {
    (0..row.cells.len())
        .filter_map(|c| words_at(row, c))
        .map(|w| w.text)
        .find(|text| {
            let key = width::key(text);
            spec.totals.iter().any(|t| width::key(t) == key)
        })
}

/// An answer without the number that stands before it in the same cell.
fn without_number(text: &str) -> &str {
    match text.split_once(' ') {
        Some((number, rest)) if number.chars().all(char::is_numeric) => rest.trim(),
        _ => text,
    }
}

/// Topic and question in the lines above the table, the nearest first.
fn above(spec: &TableSpec, captions: &[Words]) -> RawSurvey {
    let is_question = |text: &str| spec.question.as_ref().is_some_and(|p| p.is_match(text));
    let is_type = |text: &str| {
        spec.answer_types
            .iter()
            .any(|t| width::key(t) == width::key(text))
    };
    let mut survey = RawSurvey::default();
    for words in captions.iter().rev().filter(|w| !is_type(&w.text)) {
        if is_question(&words.text) && survey.question.is_none() {
            let found = spec.question.as_ref().and_then(|p| p.find(&words.text));
            let text = found
                .as_ref()
                .and_then(|f| f.get("text"))
                .unwrap_or(&words.text);
            survey.question = Some(text.trim().to_owned());
        } else {
            survey.topic = words.text.clone();
            break;
        }
    }
    survey
}

/// How many answers were allowed: in the header or in a line above the table.
fn answer_type(spec: &TableSpec, columns: &Columns, captions: &[Words]) -> Option<String> {
    let above = captions.iter().rev().take(2).map(|w| w.text.clone());
    let mut labels = columns.top.iter().cloned().chain(above);
    labels.find(|l| {
        spec.answer_types
            .iter()
            .any(|t| width::key(t) == width::key(l))
    })
}
