//! 「データ品質」: what plans state, and 「読み取り範囲」: how much of them was read.

use kurabe_schema::{CoverageRow, PlanQuality, words};

use crate::WorkbookError;
use crate::book::Book;
use crate::index::Index;
use crate::list::{Cell, List, columns};
use crate::style::Look::{Number, Percent, Text, Wrapped};

/// The column with the share, whose bar shows it.
const SHARE: usize = 3;

pub(crate) fn write(book: &mut Book, index: &Index<'_>) -> Result<(), WorkbookError> {
    let place = |id: &str| index.place_of_document(id);
    let order = |field: &str| words::QUALITY_FIELDS.iter().position(|word| *word == field);
    let mut stated: Vec<&PlanQuality> = index.dataset.plan_quality.iter().collect();
    stated.sort_by_cached_key(|row| (place(&row.document_id), order(&row.field)));
    quality(index).write(book, stated.into_iter().map(|row| quality_row(index, row)))?;
    let mut read: Vec<&CoverageRow> = index.dataset.coverage.iter().collect();
    read.sort_by_cached_key(|row| (place(&row.document_id), row.unit.clone()));
    coverage(index).write(book, read.into_iter().map(|row| coverage_row(index, row)))
}

fn quality(index: &Index<'_>) -> List {
    let lang = index.lang;
    List {
        name: lang.pick("データ品質", "Data quality"),
        about: lang.pick(
            "計画に何がどれだけ書かれているか（分母つき）",
            "How much plans state, with denominators",
        ),
        frozen: 3,
        bar: Some(SHARE),
        printed: 9,
        columns: columns(
            lang,
            &[
                ("自治体", "Municipality", 11.0, Text, "municipalities.name"),
                ("文書", "Document", 36.0, Wrapped, "documents.title"),
                ("項目", "Field", 12.0, Text, "plan_quality.field"),
                (
                    "書かれている割合",
                    "Share stated",
                    14.0,
                    Percent,
                    "plan_quality.share",
                ),
                (
                    "書かれている",
                    "Stated",
                    12.0,
                    Number,
                    "plan_quality.stated",
                ),
                (
                    "書かれていない",
                    "Not stated",
                    12.0,
                    Number,
                    "plan_quality.not_stated",
                ),
                (
                    "読み取れなかった",
                    "Not read",
                    12.0,
                    Number,
                    "plan_quality.not_read",
                ),
                (
                    "対象外",
                    "Not applicable",
                    12.0,
                    Number,
                    "plan_quality.not_applicable",
                ),
                (
                    "分母",
                    "Denominator",
                    12.0,
                    Number,
                    "plan_quality.denominator",
                ),
                (
                    "文書ID",
                    "Document ID",
                    30.0,
                    Text,
                    "plan_quality.document_id",
                ),
            ],
        ),
    }
}

fn quality_row<'a>(index: &Index<'a>, row: &'a PlanQuality) -> Vec<Cell<'a>> {
    let mut cells = about(index, &row.document_id);
    cells.extend([
        Cell::text(index.lang.word(words::QUALITY_FIELDS, &row.field)),
        Cell::maybe_number(row.share),
        Cell::total(row.stated),
        Cell::total(row.not_stated),
        Cell::total(row.not_read),
        Cell::total(row.not_applicable),
        Cell::total(row.denominator),
        Cell::text(&row.document_id),
    ]);
    cells
}

fn coverage(index: &Index<'_>) -> List {
    let lang = index.lang;
    List {
        name: lang.pick("読み取り範囲", "Coverage"),
        about: lang.pick(
            "文書のどれだけを読み取ったか",
            "How much of each document is accounted for",
        ),
        frozen: 3,
        bar: None,
        printed: 9,
        columns: columns(
            lang,
            &[
                ("自治体", "Municipality", 11.0, Text, "municipalities.name"),
                ("文書", "Document", 36.0, Wrapped, "documents.title"),
                ("数える単位", "Unit", 10.0, Text, "coverage.unit"),
                ("総数", "Total", 10.0, Number, "coverage.total"),
                (
                    "記録に含まれた",
                    "In records",
                    12.0,
                    Number,
                    "coverage.in_records",
                ),
                (
                    "規則で除いた",
                    "Skipped by rule",
                    12.0,
                    Number,
                    "coverage.skipped_by_rule",
                ),
                (
                    "読み取れなかった",
                    "Unread",
                    12.0,
                    Number,
                    "coverage.unread",
                ),
                (
                    "読み取れなかった場所",
                    "Unread places",
                    40.0,
                    Wrapped,
                    "coverage.unread_locators",
                ),
                (
                    "除いた規則と件数",
                    "Rules that skipped",
                    50.0,
                    Wrapped,
                    "coverage.skipped_rules",
                ),
            ],
        ),
    }
}

fn coverage_row<'a>(index: &Index<'a>, row: &'a CoverageRow) -> Vec<Cell<'a>> {
    let mut cells = about(index, &row.document_id);
    cells.extend([
        Cell::text(index.lang.word(words::COVERAGE_UNITS, &row.unit)),
        Cell::total(row.total),
        Cell::total(row.in_records),
        Cell::total(row.skipped_by_rule),
        Cell::total(row.unread),
        Cell::maybe(row.unread_locators.as_deref()),
        Cell::maybe(row.skipped_rules.as_deref()),
    ]);
    cells
}

/// Municipality and title of a document.
fn about<'a>(index: &Index<'a>, id: &'a str) -> Vec<Cell<'a>> {
    let name = index
        .document(id)
        .map(|document| index.name(&document.municipality_code));
    vec![Cell::maybe(name), Cell::text(index.title(id))]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::WorkbookOptions;
    use kurabe_schema::Dataset;

    #[test]
    fn the_bar_is_in_the_column_of_the_share() {
        let (dataset, options) = (Dataset::default(), WorkbookOptions::default());
        let list = quality(&Index::of(&dataset, &options).unwrap());
        assert_eq!(list.columns[SHARE].meaning, "plan_quality.share");
    }
}
