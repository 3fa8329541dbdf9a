//! Pages as read → the blocks of the document.

use kurabe_page::{Cell, Node, Place};
use kurabe_trace::{Area, Code, Finding, Locator};

use super::arrange::{self, Part};
use super::flow::{self, Body, Piece};
use super::fold;
use super::furniture;
use super::geometry::{Flow, Rect};
use super::line::TextLine;
use super::sheet::Sheet;
use super::split;
use super::table::{Grid, GridCell, GridRow};
use crate::build::PageBuilder;

/// A page with its parts in reading order.
struct Read {
    number: u32,
    turn: Flow,
    parts: Vec<Part>,
    /// Lines that are left out, with the rule that does.
    skipped: Vec<(TextLine, &'static str)>,
    /// What looks like a table and is left as lines.
    unsure: Vec<Rect>,
}

impl Read {
    fn place(&self, rect: Rect) -> Place {
        Place::OnPage {
            page: self.number,
            area: self.area(rect),
            cells: Vec::new(),
        }
    }

    fn area(&self, rect: Rect) -> Area {
        self.turn.as_displayed(rect).area()
    }
}

/// Writes the pages into the page that is being built.
pub(super) fn write(sheets: Vec<Sheet>, builder: &mut PageBuilder) {
    let sizes: Vec<f64> = sheets.iter().flat_map(Sheet::table_sizes).collect();
    let mut pages = pages(sheets);
    mend(&mut pages);
    let lines: Vec<&TextLine> = pages
        .iter()
        .flat_map(|page| &page.parts)
        .flat_map(|part| match part {
            Part::Lines { lines, .. } => lines.as_slice(),
            Part::Table(_) => &[],
        })
        .collect();
    let body = Body::of(&lines, &sizes);
    for page in &pages {
        write_page(page, &body, builder);
    }
}

/// Arranges every page after what stands on all of them was taken out.
fn pages(sheets: Vec<Sheet>) -> Vec<Read> {
    let lines: Vec<Vec<TextLine>> = sheets.iter().map(|s| s.lines.clone()).collect();
    let bodies: Vec<(f64, f64)> = sheets.iter().map(|s| s.body).collect();
    let furniture = furniture::find(&lines, &bodies);
    let mut pages = Vec::new();
    for (index, (sheet, lines)) in sheets.into_iter().zip(lines).enumerate() {
        let (mut kept, mut skipped) = (Vec::new(), Vec::new());
        for (number, line) in lines.into_iter().enumerate() {
            match furniture.get(&(index, number)) {
                Some(rule) => skipped.push((line, *rule)),
                None => kept.push(line),
            }
        }
        pages.push(Read {
            number: u32::try_from(index + 1).unwrap_or(u32::MAX),
            turn: sheet.turn,
            parts: arrange::arrange(sheet.tables, kept),
            skipped,
            unsure: sheet.unsure,
        });
    }
    pages
}

/// Brings rows together that a page break cuts. The text of a table that goes on over several
/// pages is moved up from its end on.
fn mend(pages: &mut [Read]) {
    for index in (1..pages.len()).rev() {
        let (above, below) = pages.split_at_mut(index);
        let (Some(above), Some(below)) = (above.last_mut(), below.first_mut()) else {
            continue;
        };
        let last = above.parts.last_mut();
        let first = below.parts.first_mut();
        if let (Some(Part::Table(last)), Some(Part::Table(first))) = (last, first) {
            split::mend(last, first, true);
        }
        below.parts.retain(|part| match part {
            Part::Table(grid) => !grid.rows.is_empty(),
            Part::Lines { .. } => true,
        });
    }
}

fn write_page(page: &Read, body: &Body, builder: &mut PageBuilder) {
    let (head, foot): (Vec<_>, Vec<_>) = page
        .skipped
        .iter()
        .partition(|(line, _)| is_above(line, page));
    for (line, rule) in head {
        builder.skip(rule, page.place(line.rect));
    }
    let tables = page.parts.iter().filter_map(|part| match part {
        Part::Table(grid) => Some(grid.rect.right),
        Part::Lines { .. } => None,
    });
    let widest = tables.fold(body.right, f64::max);
    let tables = page.parts.iter().filter_map(|part| match part {
        Part::Table(grid) => Some(grid.rect),
        Part::Lines { .. } => None,
    });
    let left = page.unsure.iter().filter(|rect| {
        let mut tables = tables.clone();
        !tables.any(|table| table.intersection(**rect).is_some())
    });
    let findings = left.map(|rect| unread(page, *rect));
    builder.findings.extend(findings);
    for part in &page.parts {
        match part {
            Part::Table(grid) => write_table(page, grid, builder),
            Part::Lines { lines, right } => {
                for piece in flow::pieces(lines, right.unwrap_or(widest), body) {
                    write_piece(page, piece, builder);
                }
            }
        }
    }
    for (line, rule) in foot {
        builder.skip(rule, page.place(line.rect));
    }
}

fn is_above(line: &TextLine, page: &Read) -> bool {
    let tops = page.parts.iter().filter_map(|p| p.rect()).map(|r| r.top);
    line.rect.top < tops.fold(f64::INFINITY, f64::min)
}

fn write_piece(page: &Read, piece: Piece, builder: &mut PageBuilder) {
    match piece {
        Piece::Heading(level, raw, rect) => {
            builder.heading(level, &fold::text(&raw), page.place(rect));
        }
        Piece::Item(raw, rect) => builder.item([(fold::text(&raw), page.place(rect))]),
        Piece::Paragraph(lines) => {
            let lines = lines.into_iter();
            builder.paragraph(lines.map(|(raw, rect)| (fold::text(&raw), page.place(rect))));
        }
    }
}

fn write_table(page: &Read, grid: &Grid, builder: &mut PageBuilder) {
    if grid.is_guessed {
        builder.findings.push(uncertain(page, grid));
    }
    let rows = grid.rows.iter().map(|row| write_row(page, row));
    builder.table(rows.collect::<Vec<_>>(), true);
}

fn uncertain(page: &Read, grid: &Grid) -> Finding {
    Finding::new(
        Code::TableUncertain,
        Locator::page(page.number, Some(page.area(grid.rect))),
        "罫線のない表を、文字の並びから復元しました。列の区切りを確かめてください。",
        "A table without ruled lines was rebuilt from the alignment of its words; check its columns.",
    )
}

fn unread(page: &Read, rect: Rect) -> Finding {
    Finding::new(
        Code::TableUncertain,
        Locator::page(page.number, Some(page.area(rect))),
        "罫線のない表のように文字が並んでいますが、行や列の区切りが定まらないため、行のまま読みました。",
        "Words stand as in a table without ruled lines whose rows or columns are not clear; they were \
         read as lines.",
    )
}

fn write_row(page: &Read, row: &GridRow) -> (Vec<Cell>, Place) {
    let place = Place::OnPage {
        page: page.number,
        area: page.area(row.rect),
        cells: row
            .cells
            .iter()
            .map(|cell| cell.rect.map(|rect| page.area(rect)))
            .collect(),
    };
    (row.cells.iter().map(write_cell).collect(), place)
}

fn write_cell(cell: &GridCell) -> Cell {
    let text = fold::text_lines(&cell.raw);
    let content = if text.trim().is_empty() {
        Vec::new()
    } else {
        vec![Node::Text(text)]
    };
    let span = |n: usize| u16::try_from(n.max(1)).unwrap_or(u16::MAX);
    Cell {
        raw: cell.raw.clone(),
        content,
        column_span: span(cell.column_span),
        row_span: span(cell.row_span),
    }
}
