//! One page: its tables, and the lines that stand in none.

use super::booktab;
use super::bullet;
use super::geometry::{Flow, Rect};
use super::ink::Ink;
use super::lattice::{self, Lattice};
use super::line::{self, TextLine};
use super::open::{Damage, Drawn};
use super::shade;
use super::stroke::ShapeId;
use super::table::{self, Grid};
use super::unruled;

/// A page as read.
#[derive(Debug)]
pub(super) struct Sheet {
    pub(super) tables: Vec<Grid>,
    pub(super) lines: Vec<TextLine>,
    /// What looks like a table and is left as lines.
    pub(super) unsure: Vec<Rect>,
    /// How the page was turned to be read.
    pub(super) turn: Flow,
    pub(super) damage: Vec<Damage>,
    pub(super) has_image: bool,
    /// Characters, and those of them that no font knows.
    pub(super) characters: usize,
    pub(super) unknown: usize,
    /// Upper and lower edge of what stands on the page.
    pub(super) body: (f64, f64),
}

impl Sheet {
    /// Reads tables and lines out of what was drawn.
    pub(super) fn of(drawn: Drawn) -> Self {
        let turn = drawn.ink.turn();
        let Ink {
            mut glyphs,
            rules,
            dots,
            fills,
            has_image,
            unknown,
            ..
        } = drawn.ink.upright(turn);
        line::mark_stacked(&mut glyphs);
        glyphs.extend(bullet::bullets(&dots, &glyphs));
        let characters = glyphs.iter().filter(|g| !g.c.is_whitespace()).count();
        let mut tables = Vec::new();
        let ruled = lattice::lattices(&rules);
        let mut unruled = booktab::lattices(&rules, &glyphs, &ruled);
        let others: Vec<Lattice> = ruled.iter().chain(&unruled).cloned().collect();
        unruled.extend(shade::lattices(&fills, &glyphs, &others));
        for lattice in innermost_first(ruled) {
            tables.extend(table::fill(&lattice, &mut glyphs));
        }
        for lattice in unruled {
            let table = table::fill(&lattice, &mut glyphs);
            tables.extend(table.map(Grid::guessed));
        }
        let mut lines = line::lines(&glyphs);
        let aligned = unruled::find(&lines);
        for lattice in &aligned.tables {
            let table = table::fill(lattice, &mut glyphs);
            tables.extend(table.map(Grid::guessed));
        }
        if !aligned.tables.is_empty() {
            lines = line::lines(&glyphs);
        }
        let body = body(&tables, &lines);
        Self {
            tables,
            lines,
            unsure: aligned.unsure,
            turn,
            damage: drawn.damage,
            has_image,
            characters,
            unknown,
            body,
        }
    }

    /// Has the strokes of the lines measured. Only text outside of tables is a heading or not.
    pub(super) fn measure(&mut self, mut thickness: impl FnMut(ShapeId) -> f32) {
        for line in &mut self.lines {
            line.measure(&mut thickness);
            line.settle();
        }
    }

    /// Whether any character stands on the page.
    pub(super) fn has_text(&self) -> bool {
        self.characters > 0
    }

    /// Cells of all tables.
    pub(super) fn cells(&self) -> u64 {
        let rows = self.tables.iter().flat_map(|t| &t.rows);
        let cells: usize = rows.map(|r| r.cells.len()).sum();
        u64::try_from(cells).unwrap_or(u64::MAX)
    }

    /// Heights of the text in tables, one for each cell.
    pub(super) fn table_sizes(&self) -> Vec<f64> {
        let rows = self.tables.iter().flat_map(|t| &t.rows);
        let ends = rows.flat_map(|r| &r.cells).filter_map(|c| c.ends.as_ref());
        ends.map(|ends| ends.0.size).collect()
    }
}

/// Tables inside the cell of another first, so that they get their own text.
fn innermost_first(mut lattices: Vec<Lattice>) -> Vec<Lattice> {
    let area = |l: &Lattice| l.rect().width() * l.rect().height();
    lattices.sort_by(|a, b| area(a).total_cmp(&area(b)));
    lattices
}

fn body(tables: &[Grid], lines: &[TextLine]) -> (f64, f64) {
    let boxes = tables.iter().map(|t| t.rect);
    let boxes = boxes.chain(lines.iter().map(|l| l.rect));
    let whole = super::geometry::union(boxes);
    let whole = whole.unwrap_or(Rect::new(0.0, 0.0, 0.0, 0.0));
    (whole.top, whole.bottom)
}
