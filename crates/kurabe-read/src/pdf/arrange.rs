//! The order in which one reads a page: tables, columns of text, lines.

use std::collections::BTreeMap;

use super::geometry::{Flow, Rect, median, union};
use super::line::{Piece, TextLine};
use super::table::{Grid, GridCell, GridRow};

/// Rows and columns that a table without ruled lines has at least.
const ROWS: usize = 3;
const COLUMNS: usize = 3;

/// A part of a page in reading order.
#[derive(Debug, Clone)]
pub(super) enum Part {
    /// A table.
    Table(Grid),
    /// Lines of one column of text; `right` is where its lines end at most, when that is known.
    Lines {
        lines: Vec<TextLine>,
        right: Option<f64>,
    },
}

impl Part {
    /// The box of the part.
    pub(super) fn rect(&self) -> Option<Rect> {
        match self {
            Self::Table(grid) => Some(grid.rect),
            Self::Lines { lines, .. } => union(lines.iter().map(|l| l.rect)),
        }
    }
}

/// Puts tables and lines into the order in which one reads them.
pub(super) fn arrange(tables: Vec<Grid>, lines: Vec<TextLine>) -> Vec<Part> {
    let mut lines = lines;
    let tops = tops(&lines);
    let top = |line: &TextLine| match line.flow {
        Flow::Right => line.rect.top,
        other => tops.get(&other).copied().unwrap_or(line.rect.top),
    };
    lines.sort_by(|a, b| top(a).total_cmp(&top(b)));
    let mut tables = tables;
    tables.sort_by(|a, b| {
        let top = a.rect.top.total_cmp(&b.rect.top);
        top.then(a.rect.left.total_cmp(&b.rect.left))
    });
    let mut parts = Vec::new();
    for table in tables {
        let above = lines.partition_point(|l| l.rect.middle().1 < table.rect.top);
        let rest = lines.split_off(above);
        parts.extend(band(std::mem::replace(&mut lines, rest)));
        parts.push(Part::Table(table));
    }
    parts.extend(band(lines));
    parts
}

/// Where the highest line of each flow begins. Lines that do not run to the right stay in the order
/// in which one reads them.
fn tops(lines: &[TextLine]) -> BTreeMap<Flow, f64> {
    let mut tops = BTreeMap::new();
    for line in lines {
        let top = tops.entry(line.flow).or_insert(line.rect.top);
        *top = line.rect.top.min(*top);
    }
    tops
}

/// The parts of a stretch of lines between tables.
fn band(lines: Vec<TextLine>) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut plain: Vec<TextLine> = Vec::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let rest = lines.get(at..).unwrap_or_default();
        if let Some((count, grid)) = aligned(rest) {
            flush(&mut plain, &mut parts);
            parts.push(Part::Table(grid));
            at += count;
        } else if let Some((count, columns)) = columns(rest) {
            flush(&mut plain, &mut parts);
            parts.extend(columns);
            at += count;
        } else {
            plain.push(line.clone());
            at += 1;
        }
    }
    flush(&mut plain, &mut parts);
    parts
}

fn flush(plain: &mut Vec<TextLine>, parts: &mut Vec<Part>) {
    if !plain.is_empty() {
        let lines = std::mem::take(plain);
        parts.push(Part::Lines { lines, right: None });
    }
}

/// Lines at the start that make a table without ruled lines, and that table.
fn aligned(lines: &[TextLine]) -> Option<(usize, Grid)> {
    let first = lines.first()?;
    let mut columns: Vec<Rect> = first.pieces.iter().map(|p| p.rect).collect();
    if columns.len() < COLUMNS || first.flow != Flow::Right {
        return None;
    }
    let mut count = 1;
    for pair in lines.windows(2) {
        let [before, line] = pair else { break };
        let gap = line.rect.top - before.rect.bottom;
        let is_near = line.flow == Flow::Right && gap < 1.5 * line.size;
        let Some(wider) = widened(&columns, line).filter(|_| is_near) else {
            break;
        };
        columns = wider;
        count += 1;
    }
    let rows = lines.get(..count)?;
    let full = rows.iter().filter(|r| r.pieces.len() >= COLUMNS).count();
    (full >= ROWS && starts_align(rows, &columns)).then(|| (count, guessed(rows, &columns)))
}

/// The columns with the pieces of one more line; `None` when they do not fit.
fn widened(columns: &[Rect], line: &TextLine) -> Option<Vec<Rect>> {
    if line.pieces.len() < 2 {
        return None;
    }
    let mut wider = columns.to_vec();
    for piece in &line.pieces {
        let column = column_of(columns, piece)?;
        let column = wider.get_mut(column)?;
        column.left = column.left.min(piece.rect.left);
        column.right = column.right.max(piece.rect.right);
    }
    let is_apart = wider.windows(2).all(|pair| match pair {
        [a, b] => b.left - a.right > 0.8 * line.size,
        _ => true,
    });
    is_apart.then_some(wider)
}

/// The one column that a piece meets.
fn column_of(columns: &[Rect], piece: &Piece) -> Option<usize> {
    let meets = |c: &Rect| c.left <= piece.rect.right && piece.rect.left <= c.right;
    let mut met = columns.iter().enumerate().filter(|(_, c)| meets(c));
    let (column, _) = met.next()?;
    met.next().is_none().then_some(column)
}

/// Whether the pieces of most columns begin, end or are centred at the same place.
fn starts_align(rows: &[TextLine], columns: &[Rect]) -> bool {
    let aligned = columns.iter().enumerate().filter(|(index, column)| {
        let size = rows.first().map_or(0.0, |r| r.size);
        let pieces = rows.iter().flat_map(|r| &r.pieces);
        let mine: Vec<Rect> = pieces
            .filter(|p| column_of(columns, p) == Some(*index))
            .map(|p| p.rect)
            .collect();
        let near = |place: fn(&Rect) -> f64, whole: f64| {
            mine.iter().all(|r| (place(r) - whole).abs() < 0.6 * size)
        };
        let middle = median(mine.iter().map(|r| r.middle().0).collect());
        near(|r| r.left, column.left)
            || near(|r| r.right, column.right)
            || near(|r| r.middle().0, middle)
    });
    aligned.count() == columns.len()
}

fn guessed(rows: &[TextLine], columns: &[Rect]) -> Grid {
    let whole = union(rows.iter().map(|r| r.rect));
    let mut xs: Vec<f64> = columns.iter().map(|c| c.left).collect();
    xs.extend(columns.last().map(|c| c.right));
    Grid {
        rows: rows.iter().map(|row| guessed_row(row, columns)).collect(),
        xs,
        rect: whole.unwrap_or(Rect::new(0.0, 0.0, 0.0, 0.0)),
        is_guessed: true,
    }
}

fn guessed_row(row: &TextLine, columns: &[Rect]) -> GridRow {
    let mut cells = vec![GridCell::covered(); columns.len()];
    for piece in &row.pieces {
        let place = column_of(columns, piece).and_then(|c| cells.get_mut(c));
        let line = row.part(|other| std::ptr::eq(other, piece));
        if let Some((cell, line)) = place.zip(line) {
            cell.raw = line.raw;
            cell.rect = Some(piece.rect);
        }
    }
    GridRow {
        rect: row.rect,
        cells,
    }
}

/// Lines at the start that stand in two columns of running text, and the two columns.
fn columns(lines: &[TextLine]) -> Option<(usize, [Part; 2])> {
    let first = lines.first()?;
    let [left, right] = first.pieces.as_slice() else {
        return None;
    };
    let (mut from, mut to) = (left.rect.right, right.rect.left);
    let mut count = 0;
    for line in lines {
        let Some((a, b)) = gutter(line, from, to).filter(|(a, b)| b - a >= line.size) else {
            break;
        };
        (from, to) = (a, b);
        count += 1;
    }
    let middle = f64::midpoint(from, to);
    let rows = side_by_side(lines.get(..count)?, middle);
    let sides = [true, false].map(|is_left| side(rows, middle, is_left));
    sides.iter().all(|side| is_prose(side)).then(|| {
        let part = |lines: Vec<TextLine>| Part::Lines {
            right: union(lines.iter().map(|l| l.rect)).map(|r| r.right),
            lines,
        };
        (rows.len(), sides.map(part))
    })
}

/// Rows up to where the two columns end: what stands below on one side only, after a space, is no
/// part of them.
fn side_by_side(rows: &[TextLine], middle: f64) -> &[TextLine] {
    let on = |row: &TextLine, left: bool| row.pieces.iter().any(|p| (p.rect.left < middle) == left);
    let last = rows.iter().rposition(|row| on(row, true) && on(row, false));
    let from = last.unwrap_or(0);
    let below = rows.get(from..).unwrap_or_default().windows(2);
    let spaces = below.map(|pair| match pair {
        [a, b] => (b.rect.top - a.rect.bottom) / a.size.max(1.0),
        _ => 0.0,
    });
    let end = spaces.into_iter().position(|space| space > 1.0);
    let count = end.map_or(rows.len(), |more| from + more + 1);
    rows.get(..count).unwrap_or(rows)
}

/// The part of a gutter that a line leaves free.
fn gutter(line: &TextLine, from: f64, to: f64) -> Option<(f64, f64)> {
    let mut free = (from, to);
    for piece in &line.pieces {
        let r = piece.rect;
        if r.right <= to && r.left < from {
            free.0 = free.0.max(r.right);
        } else if r.left >= from && r.right > to {
            free.1 = free.1.min(r.left);
        } else {
            return None;
        }
    }
    (line.flow == Flow::Right && free.0 < free.1).then_some(free)
}

fn side(rows: &[TextLine], middle: f64, is_left: bool) -> Vec<TextLine> {
    let mine = |piece: &Piece| (piece.rect.left < middle) == is_left;
    rows.iter().filter_map(|row| row.part(mine)).collect()
}

/// Whether lines fill their column like running text does.
fn is_prose(lines: &[TextLine]) -> bool {
    let Some(whole) = union(lines.iter().map(|l| l.rect)) else {
        return false;
    };
    let widths = lines.iter().map(|l| l.rect.width()).collect();
    let is_broad = lines.first().is_some_and(|l| whole.width() > 8.0 * l.size);
    lines.len() >= 4 && is_broad && median(widths) > 0.7 * whole.width()
}
