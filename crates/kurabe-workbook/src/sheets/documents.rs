//! 「文書」: what was read, and where it came from.

use std::collections::BTreeMap;

use kurabe_schema::{Document, words};

use crate::WorkbookError;
use crate::book::Book;
use crate::index::Index;
use crate::list::{Cell, List, Target, columns};
use crate::style::Look::{Date, Number, Text, Whole, Wrapped};
use crate::text;

pub(crate) fn write(book: &mut Book, index: &Index<'_>) -> Result<(), WorkbookError> {
    let mut measures: BTreeMap<&str, usize> = BTreeMap::new();
    for measure in &index.measures {
        *measures.entry(&measure.document_id).or_default() += 1;
    }
    let rows = index.documents.iter().map(|document| {
        row(
            index,
            document,
            measures
                .get(&*document.document_id)
                .copied()
                .unwrap_or_default(),
        )
    });
    list(index).write(book, rows)
}

fn list(index: &Index<'_>) -> List {
    let lang = index.lang;
    List {
        name: text::documents_sheet(lang),
        about: lang.pick(
            "読み取った文書と取得元",
            "The documents that were read, and where they came from",
        ),
        frozen: 3,
        bar: None,
        printed: 12,
        columns: columns(
            lang,
            &[
                (
                    "自治体コード",
                    "Code",
                    10.0,
                    Text,
                    "documents.municipality_code",
                ),
                ("自治体", "Municipality", 12.0, Text, "municipalities.name"),
                ("文書", "Document", 40.0, Wrapped, "documents.title"),
                ("種類", "Kind", 11.0, Text, "documents.kind"),
                ("発行者", "Publisher", 14.0, Wrapped, "documents.publisher"),
                (
                    "国の計画の版",
                    "Edition",
                    9.0,
                    Text,
                    "documents.edition_of_national_plan",
                ),
                ("公表日", "Published", 12.0, Date, "documents.published"),
                ("基準日", "As of", 12.0, Date, "documents.as_of"),
                ("開始年度", "From FY", 9.0, Whole, "documents.period_start"),
                ("終了年度", "To FY", 9.0, Whole, "documents.period_end"),
                (
                    "施策数（再掲を含む）",
                    "Measures (with repeats)",
                    10.0,
                    Number,
                    "",
                ),
                ("取得元", "Source", 50.0, Wrapped, "documents.source_url"),
                ("ファイル", "File", 36.0, Wrapped, "documents.path"),
                (
                    "取得日時",
                    "Retrieved",
                    20.0,
                    Text,
                    "documents.retrieved_at",
                ),
                ("文書ID", "Document ID", 30.0, Text, "documents.document_id"),
                ("SHA-256", "SHA-256", 20.0, Text, "documents.sha256"),
            ],
        ),
    }
}

fn row<'a>(index: &Index<'a>, document: &'a Document, measures: usize) -> Vec<Cell<'a>> {
    let source = match &document.source_url {
        Some(url) => Cell::Link(Target::Web(url), url.into()),
        None => Cell::Empty,
    };
    vec![
        Cell::text(&document.municipality_code),
        Cell::text(index.name(&document.municipality_code)),
        Cell::text(&document.title),
        Cell::text(index.lang.word(words::DOCUMENT_KINDS, &document.kind)),
        Cell::maybe(document.publisher.as_deref()),
        Cell::maybe(document.edition_of_national_plan.as_deref()),
        document.published.map_or(Cell::Empty, Cell::Day),
        document.as_of.map_or(Cell::Empty, Cell::Day),
        Cell::maybe_number(document.period_start),
        Cell::maybe_number(document.period_end),
        Cell::count(measures),
        source,
        Cell::text(&document.path),
        Cell::maybe(document.retrieved_at.as_deref()),
        Cell::text(&document.document_id),
        Cell::text(&document.sha256),
    ]
}
