//! Ties what was read to its place in the source.
//!
//! Pages, sheets and lines have places that both sides know. Blocks of a Word or HTML file are
//! numbers that only the reader knows: there the text is looked for, in the order in which it
//! stands, and what is not found stays without a tie.

use std::collections::BTreeSet;
use std::ops::Range;

use kurabe_read::{Facsimile, Kind, Merge, Part, SheetFace};
use kurabe_trace::Locator;

use super::model::{View, ViewBlock, ViewNode, ViewPage, ViewTable};

/// Lines of one place that are tied at most.
const LINES: u32 = 200;
/// How far ahead a text is looked for: bytes of markup, pieces of a Word file.
const BYTES: usize = 40_000;
const PIECES: usize = 400;

/// The ties that the source side needs beside its own places.
#[derive(Debug, Default)]
pub(super) struct Links {
    /// Keys in use.
    pub(super) used: BTreeSet<String>,
}

/// Something of what was read: its place, its text, and where its key goes.
struct Piece<'v> {
    locator: &'v Locator,
    text: &'v str,
    key: &'v mut String,
}

/// Gives every piece of the view its key.
pub(super) fn link(view: &mut View, source: &Facsimile) -> Links {
    let is_html = Kind::parse(view.document.kind) == Some(Kind::Html);
    let mut pieces = Vec::new();
    for page in &mut view.pages {
        gather(page, &mut pieces);
    }
    pieces.extend(view.findings.iter_mut().map(|finding| Piece {
        locator: &finding.locator,
        text: "",
        key: &mut finding.key,
    }));
    match source {
        Facsimile::Lines(lines) if is_html => tie_markup(&mut pieces, lines),
        Facsimile::Lines(_) => tie(&mut pieces, lines_of),
        Facsimile::Pages(_) => tie(&mut pieces, area_of),
        Facsimile::Sheets(faces) => {
            let sheets: Vec<SheetCells> = faces.iter().map(SheetCells::of).collect();
            tie(&mut pieces, |locator| cell_of(locator, &sheets));
        }
        Facsimile::Parts(parts) => tie_parts(&mut pieces, parts),
    }
    let keys = pieces.iter().flat_map(|piece| piece.key.split(' '));
    let used = keys.filter(|key| !key.is_empty()).map(str::to_owned);
    Links {
        used: used.collect(),
    }
}

fn gather<'v>(page: &'v mut ViewPage, out: &mut Vec<Piece<'v>>) {
    for block in &mut page.blocks {
        if let ViewBlock::Table(table) = block {
            gather_table(table, out);
        } else {
            out.extend(block.lines_mut().iter_mut().map(|line| Piece {
                locator: &line.locator,
                text: &line.text,
                key: &mut line.key,
            }));
        }
    }
    out.extend(page.skipped.iter_mut().map(|skipped| Piece {
        locator: &skipped.locator,
        text: "",
        key: &mut skipped.key,
    }));
}

fn gather_table<'v>(table: &'v mut ViewTable, out: &mut Vec<Piece<'v>>) {
    for row in &mut table.rows {
        for cell in &mut row.cells {
            // A cell of a record names its first line only; the record may take several.
            let locator = match cell.locator {
                Locator::Cell { .. } => &row.locator,
                _ => &cell.locator,
            };
            out.push(Piece {
                locator,
                text: &cell.text,
                key: &mut cell.key,
            });
            for node in &mut cell.content {
                if let ViewNode::Table(table) = node {
                    gather_table(table, out);
                }
            }
        }
    }
}

/// Ties by places.
fn tie(pieces: &mut [Piece], key_of: impl Fn(&Locator) -> String) {
    for piece in pieces {
        *piece.key = key_of(piece.locator);
    }
}

/// The keys of lines.
fn lines_of(locator: &Locator) -> String {
    let Some((first, last)) = locator.line_span() else {
        return String::new();
    };
    let last = last.min(first.saturating_add(LINES));
    let keys: Vec<String> = (first..=last).map(line_key).collect();
    keys.join(" ")
}

/// The key of a line.
pub(super) fn line_key(line: u32) -> String {
    format!("L{line}")
}

/// The key of a box on a page.
pub(super) fn area_of(locator: &Locator) -> String {
    match locator {
        Locator::Pages {
            first,
            area: Some(area),
            ..
        } => format!(
            "P{first}x{}x{}x{}x{}",
            area.left, area.top, area.right, area.bottom
        ),
        _ => String::new(),
    }
}

/// What is needed of a sheet to find its cells.
struct SheetCells<'s> {
    name: &'s str,
    /// Merged areas whose upper left corner is hidden, so that the reader names another cell.
    veiled: Vec<&'s Merge>,
}

impl<'s> SheetCells<'s> {
    fn of(face: &'s SheetFace) -> Self {
        let is_hidden = |runs: &[(u32, u32)], number: u32| {
            runs.iter().any(|run| (run.0..=run.1).contains(&number))
        };
        let merges = face.merges.iter().filter(|merge| {
            is_hidden(&face.hidden_rows, merge.first.0)
                || is_hidden(&face.hidden_columns, merge.first.1)
        });
        Self {
            name: &face.name,
            veiled: merges.collect(),
        }
    }
}

/// The key of a cell of a sheet: that of the upper left corner where it is merged.
fn cell_of(locator: &Locator, sheets: &[SheetCells]) -> String {
    let Locator::Cells { sheet, first, .. } = locator else {
        return String::new();
    };
    let Some(index) = sheets.iter().position(|cells| cells.name == sheet) else {
        return String::new();
    };
    let holds = |merge: &&&Merge| {
        (merge.first.0..=merge.last.0).contains(&first.0)
            && (merge.first.1..=merge.last.1).contains(&first.1)
    };
    let merges = sheets.get(index).map(|cells| cells.veiled.as_slice());
    let merge = merges.unwrap_or_default().iter().find(holds);
    cell_key(index + 1, merge.map_or(*first, |merge| merge.first))
}

/// The key of a cell of a sheet, from 1.
pub(super) fn cell_key(sheet: usize, (row, column): (u32, u32)) -> String {
    format!("S{sheet}R{row}C{column}")
}

/// The key of a piece of a Word file, from 0.
pub(super) fn part_key(piece: usize) -> String {
    format!("D{piece}")
}

/// The texts of paragraphs and cells, in the order in which they are shown.
pub(super) fn texts(parts: &[Part]) -> impl Iterator<Item = &str> {
    parts
        .iter()
        .flat_map(|part| -> Box<dyn Iterator<Item = &str>> {
            match part {
                Part::Paragraph(text) => Box::new(std::iter::once(text.as_str())),
                Part::Table(rows) => Box::new(rows.iter().flatten().map(|cell| cell.text.as_str())),
            }
        })
}

fn tie_parts(pieces: &mut [Piece], parts: &[Part]) {
    let texts: Vec<String> = texts(parts).map(squeezed).collect();
    let mut at = 0;
    for group in runs(pieces) {
        let Some(run) = pieces.get_mut(group) else {
            continue;
        };
        let text: String = run.iter().map(|piece| squeezed(piece.text)).collect();
        if text.is_empty() {
            continue;
        }
        let ahead = texts.iter().enumerate().skip(at).take(PIECES);
        let is_same = |found: &String| !found.is_empty() && text.ends_with(found.as_str());
        let exact = ahead.clone().find(|(_, found)| **found == text);
        let found = exact.or_else(|| ahead.clone().find(|(_, found)| is_same(found)));
        if let Some((index, _)) = found {
            run.iter_mut()
                .for_each(|piece| *piece.key = part_key(index));
            at = index + 1;
        }
    }
}

/// Pieces side by side with the same place: the lines of one paragraph.
fn runs(pieces: &[Piece]) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (index, piece) in pieces.iter().enumerate() {
        let before = runs.last_mut().filter(|run| {
            let first = pieces.get(run.start);
            first.is_some_and(|first| first.locator == piece.locator)
        });
        match before {
            Some(run) => run.end = index + 1,
            None => runs.push(index..index + 1),
        }
    }
    runs
}

/// A text without blanks.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn tie_markup(pieces: &mut [Piece], lines: &[String]) {
    let source = lines.join("\n");
    let ends: Vec<usize> = source.match_indices('\n').map(|(at, _)| at).collect();
    let mut at = 0;
    for piece in pieces {
        let needle = needle(piece.text);
        if needle.is_empty() {
            continue;
        }
        let far = if needle.chars().count() < 3 {
            BYTES / 40
        } else {
            BYTES
        };
        let mut end = (at + far).min(source.len());
        while !source.is_char_boundary(end) {
            end += 1;
        }
        let ahead = source.get(at..end).unwrap_or_default();
        if let Some(found) = outside_tags(ahead, needle) {
            let line = ends.partition_point(|end| *end < at + found);
            *piece.key = line_key(u32::try_from(line + 1).unwrap_or(u32::MAX));
            at += found + needle.len();
        }
    }
}

/// Where a text stands ahead, outside of tags.
fn outside_tags(ahead: &str, needle: &str) -> Option<usize> {
    let mut found = ahead.match_indices(needle).map(|(at, _)| at);
    found.find(|at| {
        let before = ahead.get(..*at).unwrap_or_default();
        let (opened, closed) = (before.rfind('<'), before.rfind('>'));
        opened.is_none() || closed > opened
    })
}

/// The beginning of a text that stands in markup as it is.
fn needle(text: &str) -> &str {
    let text = text.trim_start();
    let end = text.find(|c: char| c.is_whitespace() || "<>&\"'\u{a0}".contains(c));
    let word = text.get(..end.unwrap_or(text.len())).unwrap_or_default();
    let cut = word.char_indices().nth(20).map(|(at, _)| at);
    word.get(..cut.unwrap_or(word.len())).unwrap_or_default()
}
