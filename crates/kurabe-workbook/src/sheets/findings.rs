//! 「所見」: what was noticed while reading.

use kurabe_schema::{FindingRow, words};

use crate::WorkbookError;
use crate::book::Book;
use crate::index::Index;
use crate::list::{Cell, List, columns};
use crate::style::Look::{Text, Wrapped};

pub(crate) fn write(book: &mut Book, index: &Index<'_>) -> Result<(), WorkbookError> {
    let grave = |word: &str| words::SEVERITIES.iter().position(|known| *known == word);
    let mut findings: Vec<&FindingRow> = index.dataset.findings.iter().collect();
    findings.sort_by_cached_key(|row| {
        let document = row
            .document_id
            .as_deref()
            .and_then(|id| index.place_of_document(id));
        (grave(&row.severity), document, row.finding_id.clone())
    });
    list(index).write(
        book,
        findings.into_iter().map(|finding| row(index, finding)),
    )
}

fn list(index: &Index<'_>) -> List {
    let lang = index.lang;
    List {
        name: lang.pick("所見", "Findings"),
        about: lang.pick(
            "読み取りと検査で気付いた点。重い順",
            "What was noticed while reading, the gravest first",
        ),
        frozen: 2,
        bar: None,
        printed: 8,
        columns: columns(
            lang,
            &[
                ("重大さ", "Severity", 9.0, Text, "findings.severity"),
                ("自治体", "Municipality", 11.0, Text, "municipalities.name"),
                ("文書", "Document", 28.0, Wrapped, "documents.title"),
                ("施策", "Measure", 30.0, Wrapped, "measures.title"),
                ("説明", "Message", 70.0, Wrapped, "findings.message_ja"),
                ("原文", "As printed", 30.0, Wrapped, "findings.raw"),
                ("修正後", "Repaired", 30.0, Wrapped, "findings.repaired"),
                (
                    "原文の場所",
                    "Place in the source",
                    16.0,
                    Text,
                    "findings.locator",
                ),
                ("符号", "Code", 24.0, Text, "findings.code"),
                ("所見ID", "Finding ID", 28.0, Text, "findings.finding_id"),
            ],
        ),
    }
}

fn row<'a>(index: &Index<'a>, finding: &'a FindingRow) -> Vec<Cell<'a>> {
    let lang = index.lang;
    let document = finding.document_id.as_deref();
    let code = document
        .and_then(|id| index.document(id))
        .map(|row| &*row.municipality_code);
    let place = finding.locator.as_deref().map(|place| match document {
        Some(document) => index.source(document, place),
        None => Cell::text(place),
    });
    let measure = finding.measure_id.as_deref();
    let measure = measure.map(|id| index.measure(id).map_or(id, |row| &*row.title));
    vec![
        Cell::Severity(
            &finding.severity,
            lang.word(words::SEVERITIES, &finding.severity).into(),
        ),
        Cell::maybe(code.map(|code| index.name(code))),
        Cell::maybe(document.map(|id| index.title(id))),
        Cell::maybe(measure),
        Cell::text(lang.pick(&*finding.message_ja, &*finding.message_en)),
        Cell::maybe(finding.raw.as_deref()),
        Cell::maybe(finding.repaired.as_deref()),
        place.unwrap_or(Cell::Empty),
        Cell::text(&finding.code),
        Cell::text(&finding.finding_id),
    ]
}
