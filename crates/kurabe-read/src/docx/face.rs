//! Paragraphs and tables as the file says they are.

use super::xml::El;
use crate::facsimile::{Part, PartCell};

/// What stands in the body, in its order.
pub(super) fn parts(body: El) -> Vec<Part> {
    let mut parts = Vec::new();
    gather(body, &mut parts);
    parts
}

fn gather(parent: El, out: &mut Vec<Part>) {
    for child in parent.children() {
        match child.name() {
            "w:p" => {
                let text = text(child);
                if !text.trim().is_empty() {
                    out.push(Part::Paragraph(text));
                }
            }
            "w:tbl" => out.push(Part::Table(rows(child))),
            _ => gather(child, out),
        }
    }
}

fn rows(table: El) -> Vec<Vec<PartCell>> {
    let rows = table.children().filter(|child| child.name() == "w:tr");
    rows.map(|row| {
        let cells = row.children().filter(|child| child.name() == "w:tc");
        cells.map(cell).collect()
    })
    .collect()
}

fn cell(cell: El) -> PartCell {
    let properties = cell.child("w:tcPr");
    let span = properties.and_then(|p| p.value("w:gridSpan")?.trim().parse().ok());
    let merge = properties.and_then(|p| p.child("w:vMerge"));
    let lines: Vec<String> = paragraphs(cell).into_iter().map(text).collect();
    PartCell {
        text: lines.join("\n"),
        columns: span.unwrap_or(1).clamp(1, 1000),
        goes_on: merge.is_some_and(|merge| merge.attribute("val") != Some("restart")),
    }
}

/// The paragraphs in an element, those of tables in it included.
fn paragraphs(parent: El) -> Vec<El> {
    let mut found = Vec::new();
    for child in parent.children() {
        if child.name() == "w:p" {
            found.push(child);
        } else {
            found.extend(paragraphs(child));
        }
    }
    found
}

/// All text in an element, in its order.
fn text(parent: El) -> String {
    let mut out = String::new();
    push(parent, &mut out);
    out
}

fn push(at: El, out: &mut String) {
    match at.name() {
        "w:t" | "m:t" => out.push_str(at.text()),
        "w:tab" | "w:ptab" => out.push('\t'),
        "w:br" | "w:cr" => out.push('\n'),
        "w:noBreakHyphen" => out.push('-'),
        _ => at.children().for_each(|child| push(child, out)),
    }
}
