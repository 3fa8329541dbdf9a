//! Rows that a page break cuts in two.

use super::join;
use super::table::{Grid, GridCell, GridRow};

/// Edges of columns that differ less are the same, in points.
const SAME: f64 = 3.0;

/// Whether two tables have the same columns.
fn is_same_shape(above: &Grid, below: &Grid) -> bool {
    let pairs = above.xs.iter().zip(&below.xs);
    let shift = above
        .xs
        .first()
        .zip(below.xs.first())
        .map_or(0.0, |(a, b)| b - a);
    above.xs.len() == below.xs.len()
        && !above.is_guessed
        && !below.is_guessed
        && pairs.into_iter().all(|(a, b)| (b - a - shift).abs() < SAME)
}

/// Rows at the start of both tables that say the same: header rows that are repeated.
fn repeated(above: &Grid, below: &Grid) -> usize {
    let pairs = above.rows.iter().zip(&below.rows);
    let same = pairs.take_while(|(a, b)| {
        let cells = a.cells.iter().zip(&b.cells);
        !is_blank(a) && cells.into_iter().all(|(a, b)| a.raw == b.raw)
    });
    same.count()
}

fn is_blank(row: &GridRow) -> bool {
    row.cells.iter().all(GridCell::is_blank)
}

/// Gives the last row of a table what the first row of the table on the next page continues;
/// whether anything was. A row of which nothing is left is taken out.
pub(super) fn mend(above: &mut Grid, below: &mut Grid, is_at_end: bool) -> bool {
    if !is_same_shape(above, below) {
        return false;
    }
    let header = repeated(above, below);
    let (Some(last), Some(first)) = (above.rows.len().checked_sub(1), below.rows.get(header))
    else {
        return false;
    };
    let first = first.clone();
    let continued: Vec<(usize, usize)> = (0..first.cells.len())
        .filter_map(|column| Some((owner(above, last, column)?, column)))
        .collect();
    let is_cut = is_cut(above, &first, &continued);
    let goes_on = is_at_end && reads_on(above, last, &first, &continued);
    if !is_cut && !goes_on {
        return false;
    }
    for (row, column) in continued {
        move_text(above, below, (row, header), column, goes_on);
    }
    if below.rows.get(header).is_some_and(is_blank) {
        below.rows.remove(header);
    }
    true
}

/// The row in which the cell stands that reaches down to the last row of a column.
fn owner(grid: &Grid, last: usize, column: usize) -> Option<usize> {
    (0..=last).rev().find(|row| {
        let cell = grid.rows.get(*row).and_then(|r| r.cells.get(column));
        cell.is_some_and(|c| c.rect.is_some() && row + c.row_span > last)
    })
}

fn cell(grid: &Grid, row: usize, column: usize) -> Option<&GridCell> {
    grid.rows.get(row)?.cells.get(column)
}

/// Whether no line is drawn where the table is cut, neither above nor below the break.
fn is_cut(above: &Grid, first: &GridRow, continued: &[(usize, usize)]) -> bool {
    continued.iter().any(|(row, column)| {
        let is_open = cell(above, *row, *column).is_some_and(|c| c.is_open_below);
        is_open && first.cells.get(*column).is_some_and(|c| c.is_open_above)
    })
}

/// Whether the first row has nothing of its own and goes on in the middle of a sentence.
fn reads_on(above: &Grid, last: usize, first: &GridRow, continued: &[(usize, usize)]) -> bool {
    let pairs: Vec<(&GridCell, &GridCell)> = continued
        .iter()
        .filter(|(row, _)| *row == last)
        .filter_map(|(row, column)| Some((cell(above, *row, *column)?, first.cells.get(*column)?)))
        .collect();
    let written = first.cells.iter().filter(|c| !c.is_blank()).count();
    let continuing = pairs.iter().filter(|(a, b)| !a.is_blank() && !b.is_blank());
    let begins = first.cells.first().is_none_or(|c| !c.is_blank());
    let stops = pairs
        .iter()
        .filter(|(a, b)| !a.is_blank() && b.is_blank())
        .count();
    let is_inside = pairs.iter().any(|(a, b)| is_inside(a, b));
    !begins && stops > 0 && written > 0 && continuing.count() == written && is_inside
}

/// Whether the text of a cell goes on in another: its last line is full and ends no sentence.
fn is_inside(a: &GridCell, b: &GridCell) -> bool {
    let Some((ends, next)) = a.ends.as_ref().zip(b.ends.as_ref()) else {
        return false;
    };
    let (_, last, room) = ends.as_ref();
    let first = &next.0;
    let is_sentence = last.last().is_some_and(|c| "。．".contains(c));
    let left = room - last.upright.width();
    !is_sentence && !join::ends_before(left, last, first.head, &first.raw)
}

/// Moves the text of a cell to the cell that it continues.
fn move_text(
    above: &mut Grid,
    below: &mut Grid,
    (row, first): (usize, usize),
    column: usize,
    is_whole: bool,
) {
    let from = below
        .rows
        .get_mut(first)
        .and_then(|r| r.cells.get_mut(column));
    let to = above
        .rows
        .get_mut(row)
        .and_then(|r| r.cells.get_mut(column));
    let Some((from, to)) = from.zip(to) else {
        return;
    };
    let is_cut = to.is_open_below && from.is_open_above;
    if from.is_blank() || !(is_cut || is_whole) {
        return;
    }
    let text = std::mem::take(&mut from.raw);
    if to.is_blank() {
        to.raw = text;
    } else if is_inside_cut(to, from) {
        join::append(&mut to.raw, &text);
    } else {
        to.raw.push('\n');
        to.raw.push_str(&text);
    }
    if let (Some(to), Some(from)) = (to.ends.as_mut(), from.ends.take()) {
        to.1 = from.1;
    }
}

/// Whether the line that a break cuts goes on below it.
fn is_inside_cut(to: &GridCell, from: &GridCell) -> bool {
    let Some((ends, next)) = to.ends.as_ref().zip(from.ends.as_ref()) else {
        return false;
    };
    let (_, last, room) = ends.as_ref();
    let left = room - last.upright.width();
    !join::ends_before(left, last, next.0.head, &next.0.raw)
}
