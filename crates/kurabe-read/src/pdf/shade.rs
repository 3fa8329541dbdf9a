//! Tables whose rows or cells are shaded instead of ruled.

use super::booktab;
use super::geometry::Rect;
use super::ink::{Axis, Glyph, Rule};
use super::lattice::Lattice;

/// Edges that differ less are the same, in points.
const SAME: f64 = 3.0;
/// Cells of a row stand no further apart, in points: white borders.
const APART: f64 = 6.0;
/// A row that is not shaded is no higher, in points.
const HIGH: f64 = 160.0;
/// Shaded boxes of one page that are looked at; more make a drawing.
pub(super) const MOST: usize = 5_000;

/// Boxes beside each other: a shaded row.
#[derive(Debug, Clone)]
struct Row {
    rect: Rect,
    /// Edges between its cells.
    edges: Vec<f64>,
}

/// The tables that shaded boxes make which no other table holds.
pub(super) fn lattices(fills: &[Rect], glyphs: &[Glyph], others: &[Lattice]) -> Vec<Lattice> {
    if fills.len() > MOST {
        return Vec::new();
    }
    let is_free = |fill: &Rect| {
        !others
            .iter()
            .any(|l| l.rect().grown(SAME).holds(fill.middle()))
    };
    let fills: Vec<Rect> = fills.iter().copied().filter(is_free).collect();
    let groups = groups(rows(&fills));
    groups.iter().filter_map(|g| of_group(g, glyphs)).collect()
}

/// Boxes of the same height beside each other, from top to bottom.
fn rows(fills: &[Rect]) -> Vec<Row> {
    let mut sorted = fills.to_vec();
    sorted.sort_by(|a, b| a.top.total_cmp(&b.top).then(a.left.total_cmp(&b.left)));
    let mut rows: Vec<Row> = Vec::new();
    for level in sorted.chunk_by(|a, b| b.top - a.top < 1.0) {
        let mut level = level.to_vec();
        level.sort_by(|a, b| a.left.total_cmp(&b.left));
        let first = rows.len();
        for fill in level {
            let open = rows.get_mut(first..).and_then(<[Row]>::last_mut);
            let open = open.filter(|row| {
                let is_level = (row.rect.bottom - fill.bottom).abs() < SAME;
                is_level && (-1.0..APART).contains(&(fill.left - row.rect.right))
            });
            match open {
                Some(row) => {
                    row.edges.push(f64::midpoint(row.rect.right, fill.left));
                    row.rect = row.rect.union(fill);
                }
                None => rows.push(Row {
                    rect: fill,
                    edges: Vec::new(),
                }),
            }
        }
    }
    rows
}

/// Rows below each other that reach equally far to both sides.
fn groups(rows: Vec<Row>) -> Vec<Vec<Row>> {
    let mut groups: Vec<Vec<Row>> = Vec::new();
    for row in rows {
        let is_next = |group: &&mut Vec<Row>| {
            group.last().is_some_and(|last| {
                let (a, b) = (last.rect, row.rect);
                let ends = (a.left - b.left).abs() < SAME && (a.right - b.right).abs() < SAME;
                ends && (-1.0..HIGH).contains(&(b.top - a.bottom))
            })
        };
        match groups.iter_mut().find(is_next) {
            Some(group) => group.push(row),
            None => groups.push(vec![row]),
        }
    }
    groups.retain(|group| group.len() >= 2);
    groups
}

/// The table of shaded rows; what stands between two of them is a row that is not shaded.
fn of_group(group: &[Row], glyphs: &[Glyph]) -> Option<Lattice> {
    let mut ys: Vec<f64> = Vec::new();
    for row in group {
        match ys.last_mut() {
            Some(last) if row.rect.top - *last < APART => {
                *last = f64::midpoint(*last, row.rect.top)
            }
            _ => ys.push(row.rect.top),
        }
        ys.push(row.rect.bottom);
    }
    let mut columns: Vec<f64> = group
        .iter()
        .flat_map(|row| row.edges.iter().copied())
        .collect();
    columns.sort_by(f64::total_cmp);
    columns.dedup_by(|b, a| *b - *a < SAME);
    let whole = group.first()?.rect;
    let level: Vec<Rule> = ys
        .iter()
        .map(|y| Rule {
            axis: Axis::Horizontal,
            at: *y,
            from: whole.left,
            to: whole.right,
        })
        .collect();
    booktab::of_group(&level, &level, &columns, glyphs)
}
