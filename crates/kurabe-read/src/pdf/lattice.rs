//! Ruling lines → lattices: which cells a table has and what they span.

use super::geometry::Rect;
use super::ink::{Axis, Rule};

/// Lines closer than this are one line, in points: double lines, borders of cells side by side.
const SAME: f64 = 3.0;
/// Lines that end so near to each other meet, in points.
const MEET: f64 = 1.6;
/// Lines of one page, joined, that may rule tables; more make a drawing.
const LINES: usize = 6_000;
/// Unit cells of one lattice; more make a drawing.
const UNITS: usize = 250_000;

/// A cell of a lattice.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Slot {
    pub(super) row: usize,
    pub(super) column: usize,
    pub(super) row_span: usize,
    pub(super) column_span: usize,
    pub(super) rect: Rect,
    /// Whether no line is drawn above the first row of the lattice, or below its last.
    pub(super) is_open_above: bool,
    pub(super) is_open_below: bool,
}

/// A ruled table without its text.
#[derive(Debug, Clone)]
pub(super) struct Lattice {
    /// Edges of the columns.
    pub(super) xs: Vec<f64>,
    /// Edges of the rows.
    pub(super) ys: Vec<f64>,
    /// Cells by row and column.
    pub(super) slots: Vec<Slot>,
    /// For every unit cell, row by row, the slot that it belongs to.
    owner: Vec<usize>,
}

impl Lattice {
    /// The box of the whole.
    pub(super) fn rect(&self) -> Rect {
        let edge = |edges: &[f64], last: bool| {
            let found = if last { edges.last() } else { edges.first() };
            found.copied().unwrap_or(0.0)
        };
        Rect::new(
            edge(&self.xs, false),
            edge(&self.ys, false),
            edge(&self.xs, true),
            edge(&self.ys, true),
        )
    }

    /// Number of columns.
    pub(super) fn columns(&self) -> usize {
        self.xs.len().saturating_sub(1)
    }

    /// The slot that holds a point.
    pub(super) fn slot_at(&self, (x, y): (f64, f64)) -> Option<usize> {
        let column = interval(&self.xs, x)?;
        let row = interval(&self.ys, y)?;
        self.owner.get(row * self.columns() + column).copied()
    }
}

/// The interval between two edges that holds a value.
fn interval(edges: &[f64], value: f64) -> Option<usize> {
    let after = edges.partition_point(|e| *e <= value);
    after.checked_sub(1).filter(|_| after < edges.len())
}

/// The ruled tables of a page, from top to bottom.
pub(super) fn lattices(rules: &[Rule]) -> Vec<Lattice> {
    let mut lines = joined(rules, Axis::Horizontal);
    lines.extend(joined(rules, Axis::Vertical));
    if lines.len() > LINES {
        return Vec::new();
    }
    let parts = components(&lines);
    let mut lattices: Vec<Lattice> = parts.iter().flat_map(|part| of_component(part)).collect();
    lattices.sort_by(|a, b| a.rect().top.total_cmp(&b.rect().top));
    lattices
}

/// Lines of one direction with those that continue each other joined.
pub(super) fn joined(rules: &[Rule], axis: Axis) -> Vec<Rule> {
    let mut lines: Vec<Rule> = rules.iter().filter(|r| r.axis == axis).copied().collect();
    lines.sort_by(|a, b| a.at.total_cmp(&b.at).then(a.from.total_cmp(&b.from)));
    let mut joined: Vec<Rule> = Vec::new();
    // Lines that are nearly in line are brought in line first, so that they meet in order.
    for group in lines.chunk_by(|a, b| b.at - a.at < 0.5) {
        let mut group = group.to_vec();
        group.sort_by(|a, b| a.from.total_cmp(&b.from));
        let first = joined.len();
        for line in group {
            let open = joined.get_mut(first..).and_then(<[Rule]>::last_mut);
            match open.filter(|open| line.from - open.to <= MEET) {
                Some(open) => open.to = open.to.max(line.to),
                None => joined.push(line),
            }
        }
    }
    joined
}

/// Lines that touch each other, directly or through others.
fn components(lines: &[Rule]) -> Vec<Vec<Rule>> {
    let mut sets = Sets::new(lines.len());
    for (i, a) in lines.iter().enumerate() {
        let reach = a.rect().grown(MEET);
        for (j, b) in lines.iter().enumerate().skip(i + 1) {
            if reach.intersection(b.rect()).is_some() {
                sets.unite(i, j);
            }
        }
    }
    let mut parts: Vec<Vec<Rule>> = vec![Vec::new(); lines.len()];
    for (i, line) in lines.iter().enumerate() {
        if let Some(part) = parts.get_mut(sets.root(i)) {
            part.push(*line);
        }
    }
    parts.retain(|part| part.len() >= 3);
    parts
}

/// Disjoint sets of numbers.
struct Sets(Vec<usize>);

impl Sets {
    fn new(size: usize) -> Self {
        Self((0..size).collect())
    }

    fn root(&mut self, mut i: usize) -> usize {
        while let Some(above) = self.0.get(i).copied().filter(|above| *above != i) {
            let higher = self.0.get(above).copied().unwrap_or(above);
            if let Some(entry) = self.0.get_mut(i) {
                *entry = higher;
            }
            i = higher;
        }
        i
    }

    fn unite(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        if let Some(entry) = self.0.get_mut(a.max(b)) {
            *entry = a.min(b);
        }
    }
}

/// The tables that lines make which hang together: one, or several that stand on each other.
fn of_component(lines: &[Rule]) -> Vec<Lattice> {
    let (xs, ys) = edges(lines);
    let frame = Frame::new(lines, xs, ys);
    let bands = frame.bands();
    let parts = bands.iter().map(|band| frame.within(lines, *band));
    parts.filter_map(|part| part.lattice()).collect()
}

/// Edges of columns and rows: where lines run, and where the lines across end (tables that are
/// open at their sides).
fn edges(lines: &[Rule]) -> (Vec<f64>, Vec<f64>) {
    let along = |axis: Axis| lines.iter().filter(move |l| l.axis == axis);
    let edges = |axis: Axis, across: Axis| {
        let ends = along(across).fold(None, |ends: Option<(f64, f64)>, l| {
            let (from, to) = ends.unwrap_or((l.from, l.to));
            Some((from.min(l.from), to.max(l.to)))
        });
        let mut places: Vec<f64> = along(axis).map(|l| l.at).collect();
        places.sort_by(f64::total_cmp);
        let mut edges = clusters(&places);
        if let Some((from, to)) = ends {
            if edges.first().is_none_or(|e| from < e - 2.0 * SAME) {
                edges.insert(0, from);
            }
            if edges.last().is_none_or(|e| to > e + 2.0 * SAME) {
                edges.push(to);
            }
        }
        edges
    };
    (
        edges(Axis::Vertical, Axis::Horizontal),
        edges(Axis::Horizontal, Axis::Vertical),
    )
}

/// Sorted places with those that are the same line brought together.
fn clusters(places: &[f64]) -> Vec<f64> {
    let mut groups: Vec<(f64, f64)> = Vec::new();
    for place in places {
        match groups.last_mut() {
            Some((first, last)) if place - *first <= SAME => *last = *place,
            _ => groups.push((*place, *place)),
        }
    }
    let middle = |(first, last): (f64, f64)| f64::midpoint(first, last);
    groups.into_iter().map(middle).collect()
}

/// Which edges of the unit cells are drawn.
struct Frame {
    xs: Vec<f64>,
    ys: Vec<f64>,
    /// For every vertical edge and row.
    upright: Vec<Vec<bool>>,
    /// For every horizontal edge and column.
    level: Vec<Vec<bool>>,
}

/// Rows from `top` to `bottom` and columns from `left` to `right` of a frame, as edges.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Band {
    top: usize,
    bottom: usize,
    left: usize,
    right: usize,
}

impl Frame {
    fn new(lines: &[Rule], xs: Vec<f64>, ys: Vec<f64>) -> Self {
        let units = xs.len().saturating_mul(ys.len());
        let is_table = xs.len() >= 2 && ys.len() >= 2 && units <= UNITS;
        let (xs, ys) = if is_table {
            (xs, ys)
        } else {
            Default::default()
        };
        let upright = drawn(lines, Axis::Vertical, &xs, &ys);
        let level = drawn(lines, Axis::Horizontal, &ys, &xs);
        Self {
            xs,
            ys,
            upright,
            level,
        }
    }

    fn rows(&self) -> usize {
        self.ys.len().saturating_sub(1)
    }

    fn is_upright(&self, edge: usize, row: usize) -> bool {
        is_set(&self.upright, edge, row)
    }

    fn is_level(&self, edge: usize, column: usize) -> bool {
        is_set(&self.level, edge, column)
    }

    /// First and last vertical edge of what is drawn in a row.
    fn extent(&self, row: usize) -> Option<(usize, usize)> {
        let columns = self.xs.len().saturating_sub(1);
        let drawn = (0..self.xs.len()).filter(|edge| self.is_upright(*edge, row));
        let covered = (0..columns)
            .filter(|column| self.is_level(row, *column) && self.is_level(row + 1, *column))
            .flat_map(|column| [column, column + 1]);
        let edges: Vec<usize> = drawn.chain(covered).collect();
        edges.iter().min().copied().zip(edges.iter().max().copied())
    }

    /// Rows that reach equally far to both sides: tables of their own where this changes.
    fn bands(&self) -> Vec<Band> {
        let mut bands: Vec<Band> = Vec::new();
        for row in 0..self.rows() {
            let Some((left, right)) = self.extent(row) else {
                continue;
            };
            match bands.last_mut() {
                Some(b) if (b.bottom, b.left, b.right) == (row, left, right) => b.bottom = row + 1,
                _ => bands.push(Band {
                    top: row,
                    bottom: row + 1,
                    left,
                    right,
                }),
            }
        }
        bands
    }

    /// The frame of a band alone: without the columns that only other bands have.
    fn within(&self, lines: &[Rule], band: Band) -> Self {
        let ys = self.ys.get(band.top..=band.bottom).unwrap_or_default();
        let used = |edge: usize| {
            let is_side = edge == band.left || edge == band.right;
            is_side || (band.top..band.bottom).any(|row| self.is_upright(edge, row))
        };
        let edges = (band.left..=band.right).filter(|edge| used(*edge));
        let xs: Vec<f64> = edges
            .filter_map(|edge| self.xs.get(edge).copied())
            .collect();
        Self::new(lines, xs, ys.to_vec())
    }

    /// The lattice; `None` when there is nothing but a box around something.
    fn lattice(&self) -> Option<Lattice> {
        let (rows, columns) = (self.rows(), self.xs.len().saturating_sub(1));
        let owner = self.owners(rows, columns);
        let mut slots: Vec<Slot> = Vec::new();
        let mut numbers = vec![usize::MAX; owner.len()];
        for (unit, root) in owner.iter().enumerate() {
            let (row, column) = (unit / columns.max(1), unit % columns.max(1));
            let number = numbers.get_mut(*root)?;
            if *number == usize::MAX {
                *number = slots.len();
                slots.push(self.slot(row, column));
            }
            let number = *number;
            if let Some(slot) = slots.get_mut(number) {
                slot.row_span = slot.row_span.max(row + 1 - slot.row);
                slot.column_span = slot.column_span.max(column + 1 - slot.column);
            }
        }
        for slot in &mut slots {
            self.close(slot);
        }
        let owner = owner.iter().filter_map(|root| numbers.get(*root).copied());
        let owner = owner.collect();
        (slots.len() > 1).then(|| Lattice {
            xs: self.xs.clone(),
            ys: self.ys.clone(),
            slots,
            owner,
        })
    }

    /// For every unit cell the first one of its cell. A cell that is no box falls apart into its
    /// rows.
    fn owners(&self, rows: usize, columns: usize) -> Vec<usize> {
        let whole = self.unite(rows, columns, true);
        let parts = self.unite(rows, columns, false);
        let mut boxes: Vec<(usize, Rect)> = vec![(0, Rect::new(0.0, 0.0, 0.0, 0.0)); whole.len()];
        let place = |unit: usize| {
            let (x, y) = (number(unit % columns.max(1)), number(unit / columns.max(1)));
            Rect::new(x, y, x + 1.0, y + 1.0)
        };
        for (unit, root) in whole.iter().enumerate() {
            if let Some((count, rect)) = boxes.get_mut(*root) {
                *rect = if *count == 0 {
                    place(unit)
                } else {
                    rect.union(place(unit))
                };
                *count += 1;
            }
        }
        let is_box = |root: usize| {
            let (count, rect) = boxes.get(root).copied().unwrap_or((0, place(0)));
            (rect.width() * rect.height() - number(count)).abs() < 0.5
        };
        let pairs = whole.iter().zip(&parts);
        pairs
            .map(|(root, part)| if is_box(*root) { *root } else { *part })
            .collect()
    }

    fn unite(&self, rows: usize, columns: usize, down: bool) -> Vec<usize> {
        let mut sets = Sets::new(rows * columns);
        for row in 0..rows {
            for column in 0..columns {
                let unit = row * columns + column;
                if column + 1 < columns && !self.is_upright(column + 1, row) {
                    sets.unite(unit, unit + 1);
                }
                if down && row + 1 < rows && !self.is_level(row + 1, column) {
                    sets.unite(unit, unit + columns);
                }
            }
        }
        (0..rows * columns).map(|unit| sets.root(unit)).collect()
    }

    fn slot(&self, row: usize, column: usize) -> Slot {
        Slot {
            row,
            column,
            row_span: 1,
            column_span: 1,
            rect: Rect::new(0.0, 0.0, 0.0, 0.0),
            is_open_above: row == 0 && !self.is_level(0, column),
            is_open_below: false,
        }
    }

    /// Fills in what follows from the spans of a slot.
    fn close(&self, slot: &mut Slot) {
        let edge = |edges: &[f64], at: usize| edges.get(at).copied().unwrap_or(0.0);
        let (right, bottom) = (slot.column + slot.column_span, slot.row + slot.row_span);
        slot.rect = Rect::new(
            edge(&self.xs, slot.column),
            edge(&self.ys, slot.row),
            edge(&self.xs, right),
            edge(&self.ys, bottom),
        );
        slot.is_open_below = bottom == self.rows() && !self.is_level(bottom, slot.column);
    }
}

fn is_set(marks: &[Vec<bool>], edge: usize, part: usize) -> bool {
    let mark = marks.get(edge).and_then(|row| row.get(part));
    mark.copied().unwrap_or(false)
}

/// A small number as a coordinate.
#[allow(clippy::cast_precision_loss)]
fn number(n: usize) -> f64 {
    n as f64
}

/// For every edge along an axis, and every interval across it, whether a line is drawn there.
fn drawn(lines: &[Rule], axis: Axis, edges: &[f64], across: &[f64]) -> Vec<Vec<bool>> {
    let intervals = across.len().saturating_sub(1);
    let mut covered = vec![vec![0.0; intervals]; edges.len()];
    for line in lines.iter().filter(|l| l.axis == axis) {
        let Some(row) = nearest(edges, line.at).and_then(|edge| covered.get_mut(edge)) else {
            continue;
        };
        for (cover, ends) in row.iter_mut().zip(across.windows(2)) {
            if let [from, to] = ends {
                *cover += (line.to.min(*to) - line.from.max(*from)).max(0.0);
            }
        }
    }
    let is_drawn = |(cover, ends): (&f64, &[f64])| match ends {
        [from, to] => *cover > 0.6 * (to - from),
        _ => false,
    };
    let rows = covered.iter();
    rows.map(|row| row.iter().zip(across.windows(2)).map(is_drawn).collect())
        .collect()
}

/// The edge that a line is on.
fn nearest(edges: &[f64], at: f64) -> Option<usize> {
    let after = edges.partition_point(|e| *e < at);
    let near = [after.checked_sub(1), Some(after)];
    let distance = |i: &usize| edges.get(*i).map_or(f64::INFINITY, |e| (e - at).abs());
    let best = near.into_iter().flatten();
    best.min_by(|a, b| distance(a).total_cmp(&distance(b)))
        .filter(|i| distance(i) <= SAME)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(at: f64, from: f64, to: f64) -> Rule {
        Rule {
            axis: Axis::Horizontal,
            at,
            from,
            to,
        }
    }

    fn upright(at: f64, from: f64, to: f64) -> Rule {
        Rule {
            axis: Axis::Vertical,
            at,
            from,
            to,
        }
    }

    fn spans(lattice: &Lattice) -> Vec<(usize, usize, usize, usize)> {
        let slots = lattice.slots.iter();
        slots
            .map(|s| (s.row, s.column, s.row_span, s.column_span))
            .collect()
    }

    #[test]
    fn missing_lines_join_cells() {
        let rules = [
            level(0.0, 0.0, 90.0),
            level(20.0, 30.0, 90.0),
            level(40.0, 0.0, 90.0),
            upright(0.0, 0.0, 40.0),
            upright(30.0, 0.0, 40.0),
            upright(60.0, 20.0, 40.0),
            upright(90.0, 0.0, 40.0),
        ];
        let found = lattices(&rules);
        assert_eq!(found.len(), 1);
        let expected = [(0, 0, 2, 1), (0, 1, 1, 2), (1, 1, 1, 1), (1, 2, 1, 1)];
        assert_eq!(spans(&found[0]), expected);
        assert_eq!(found[0].slot_at((10.0, 35.0)), Some(0));
        assert_eq!(found[0].slot_at((95.0, 35.0)), None);
    }

    #[test]
    fn tables_that_stand_on_each_other_are_parted_where_their_width_changes() {
        let rules = [
            level(0.0, 0.0, 90.0),
            level(20.0, 0.0, 90.0),
            level(40.0, 0.0, 50.0),
            upright(0.0, 0.0, 40.0),
            upright(30.0, 0.0, 20.0),
            upright(25.0, 20.0, 40.0),
            upright(50.0, 20.0, 40.0),
            upright(90.0, 0.0, 20.0),
        ];
        let columns: Vec<usize> = lattices(&rules).iter().map(Lattice::columns).collect();
        assert_eq!(columns, [2, 2]);
    }

    #[test]
    fn sides_may_be_open() {
        let rules = [
            level(0.0, 0.0, 90.0),
            level(20.0, 0.0, 90.0),
            level(40.0, 0.0, 90.0),
            upright(30.0, 0.0, 40.0),
        ];
        let found = lattices(&rules);
        assert_eq!((found[0].ys.len(), found[0].columns()), (3, 2));
    }

    #[test]
    fn a_box_alone_is_no_table() {
        let rules = [
            level(0.0, 0.0, 90.0),
            level(40.0, 0.0, 90.0),
            upright(0.0, 0.0, 40.0),
            upright(90.0, 0.0, 40.0),
        ];
        assert!(lattices(&rules).is_empty());
    }

    #[test]
    fn rows_that_a_page_break_cuts_are_open() {
        let rules = [
            level(0.0, 0.0, 60.0),
            level(20.0, 0.0, 60.0),
            upright(0.0, 0.0, 40.0),
            upright(30.0, 0.0, 40.0),
            upright(60.0, 0.0, 40.0),
        ];
        let found = lattices(&rules);
        let open: Vec<bool> = found[0].slots.iter().map(|s| s.is_open_below).collect();
        assert_eq!(open, [false, false, true, true]);
    }
}
