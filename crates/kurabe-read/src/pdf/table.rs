//! Lattices and characters → tables.

use super::geometry::{Rect, union};
use super::ink::Glyph;
use super::join::{self, Written};
use super::lattice::{Lattice, Slot};
use super::line::{self, TextLine};

/// A table of a page.
#[derive(Debug, Clone)]
pub(super) struct Grid {
    pub(super) rows: Vec<GridRow>,
    /// Edges of the columns.
    pub(super) xs: Vec<f64>,
    pub(super) rect: Rect,
    /// Whether the columns were told by alignment alone.
    pub(super) is_guessed: bool,
}

impl Grid {
    /// The table with the remark that its columns were not ruled.
    pub(super) fn guessed(self) -> Self {
        Self {
            is_guessed: true,
            ..self
        }
    }
}

/// A row of a table: a cell for every column.
#[derive(Debug, Clone)]
pub(super) struct GridRow {
    pub(super) rect: Rect,
    pub(super) cells: Vec<GridCell>,
}

/// A cell; one that another covers is blank.
#[derive(Debug, Clone, Default)]
pub(super) struct GridCell {
    /// The text as the fonts give it.
    pub(super) raw: String,
    /// Its box; `None` when another cell covers it.
    pub(super) rect: Option<Rect>,
    pub(super) row_span: usize,
    pub(super) column_span: usize,
    pub(super) is_open_above: bool,
    pub(super) is_open_below: bool,
    /// Printed first and last line, and the room that a line has.
    pub(super) ends: Option<Box<(TextLine, TextLine, f64)>>,
}

impl GridCell {
    pub(super) fn is_blank(&self) -> bool {
        self.raw.trim().is_empty()
    }
}

/// Takes the characters that stand in the lattice out of `glyphs` and makes a table of them;
/// `None` when there are none.
pub(super) fn fill(lattice: &Lattice, glyphs: &mut Vec<Glyph>) -> Option<Grid> {
    let mut held: Vec<Vec<Glyph>> = vec![Vec::new(); lattice.slots.len()];
    let taken = |glyph: &Glyph| lattice.slot_at(glyph.rect.middle());
    glyphs.retain(|glyph| {
        let slot = taken(glyph).and_then(|slot| held.get_mut(slot));
        slot.is_none_or(|slot| {
            slot.push(*glyph);
            false
        })
    });
    let is_written = held.iter().flatten().any(|g| !g.c.is_whitespace());
    if !is_written {
        return None;
    }
    let mut rows = blank_rows(lattice);
    for (slot, glyphs) in lattice.slots.iter().zip(&held) {
        let place = rows.get_mut(slot.row);
        if let Some(place) = place.and_then(|row| row.cells.get_mut(slot.column)) {
            *place = cell(slot, glyphs);
        }
    }
    Some(Grid {
        rows,
        xs: lattice.xs.clone(),
        rect: lattice.rect(),
        is_guessed: false,
    })
}

fn blank_rows(lattice: &Lattice) -> Vec<GridRow> {
    let whole = lattice.rect();
    let row = |ends: &[f64]| match ends {
        [top, bottom] => Some(GridRow {
            rect: Rect::new(whole.left, *top, whole.right, *bottom),
            cells: vec![GridCell::covered(); lattice.columns()],
        }),
        _ => None,
    };
    lattice.ys.windows(2).filter_map(row).collect()
}

impl GridCell {
    /// A cell that another one covers.
    pub(super) fn covered() -> Self {
        Self {
            row_span: 1,
            column_span: 1,
            ..Self::default()
        }
    }
}

fn cell(slot: &Slot, glyphs: &[Glyph]) -> GridCell {
    let lines = line::lines(glyphs);
    let room = room(slot.rect, &lines);
    let written = join::join(&lines, |line| room - line.upright.width());
    GridCell {
        raw: raw(&written),
        rect: Some(slot.rect),
        row_span: slot.row_span,
        column_span: slot.column_span,
        is_open_above: slot.is_open_above,
        is_open_below: slot.is_open_below,
        ends: lines
            .first()
            .zip(lines.last())
            .map(|(first, last)| Box::new((first.clone(), last.clone(), room))),
    }
}

fn raw(written: &[Written]) -> String {
    let lines: Vec<&str> = written.iter().map(|w| w.raw.as_str()).collect();
    lines.join("\n")
}

/// How wide a line may be in a cell: as wide as the cell but for a margin on both sides, which the
/// line tells that begins furthest to the left.
fn room(cell: Rect, lines: &[TextLine]) -> f64 {
    let Some(flow) = lines.first().map(|l| l.flow) else {
        return cell.width();
    };
    let upright = flow.upright(cell);
    let same = lines.iter().filter(|l| l.flow == flow);
    let Some(text) = union(same.map(|l| l.upright)) else {
        return upright.width();
    };
    let margin = (text.left - upright.left).max(0.0);
    let margin = margin.min((upright.right - text.right).max(0.0));
    let size = lines.first().map_or(0.0, |l| l.size);
    let margin = margin.min(0.8 * size);
    (upright.width() - 2.0 * margin).max(text.width())
}
