//! What stands on a page: characters and ruling lines.

use super::geometry::{Flow, Rect};
use super::stroke::ShapeId;

/// A character on a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Glyph {
    /// The character as the font gives it; U+FFFD when it gives none.
    pub(super) c: char,
    /// Its box: as wide as the character advances, one em high.
    pub(super) rect: Rect,
    /// Height of an em in points.
    pub(super) size: f64,
    /// Its shape, when that is known.
    pub(super) shape: Option<ShapeId>,
    /// Mean thickness of its strokes in em; 0 when unknown or not asked for.
    pub(super) stroke: f32,
    /// Whether it is drawn twice to look bold.
    pub(super) is_doubled: bool,
    /// Where the next character of the line stands.
    pub(super) flow: Flow,
    /// Where its own right side points.
    pub(super) turn: Flow,
}

/// Direction of a ruling line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Axis {
    Horizontal,
    Vertical,
}

/// A ruling line along an axis: `at` is its place across, `from` and `to` are its ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rule {
    pub(super) axis: Axis,
    pub(super) at: f64,
    pub(super) from: f64,
    pub(super) to: f64,
}

impl Rule {
    /// The line that a thin box is.
    pub(super) fn of(rect: Rect) -> Self {
        let (x, y) = rect.middle();
        if rect.width() >= rect.height() {
            Self {
                axis: Axis::Horizontal,
                at: y,
                from: rect.left,
                to: rect.right,
            }
        } else {
            Self {
                axis: Axis::Vertical,
                at: x,
                from: rect.top,
                to: rect.bottom,
            }
        }
    }

    /// The box of the line, without thickness.
    pub(super) fn rect(self) -> Rect {
        match self.axis {
            Axis::Horizontal => Rect::new(self.from, self.at, self.to, self.at),
            Axis::Vertical => Rect::new(self.at, self.from, self.at, self.to),
        }
    }

    pub(super) fn length(self) -> f64 {
        self.to - self.from
    }
}

/// All that was found on a page.
#[derive(Debug, Clone, Default)]
pub(super) struct Ink {
    /// Characters in the order in which they are drawn.
    pub(super) glyphs: Vec<Glyph>,
    /// Ruling lines.
    pub(super) rules: Vec<Rule>,
    /// Filled boxes, which may shade rows or cells.
    pub(super) fills: Vec<Rect>,
    /// Small filled shapes, which may be bullets.
    pub(super) dots: Vec<Rect>,
    /// Whether a picture is on the page.
    pub(super) has_image: bool,
    /// Characters that no font knows.
    pub(super) unknown: usize,
    /// Runs of characters that were drawn, seen or not.
    pub(super) runs: usize,
    /// Characters outside of the page, hidden by a clip or without size.
    pub(super) hidden: usize,
    /// Whether there was more than is read of one page.
    pub(super) is_full: bool,
}

impl Ink {
    /// How most characters of the page are turned.
    pub(super) fn turn(&self) -> Flow {
        let count = |flow: Flow| self.glyphs.iter().filter(|g| g.turn == flow).count();
        let turned = Flow::ALL
            .into_iter()
            .find(|f| count(*f) * 2 > self.glyphs.len());
        turned.unwrap_or(Flow::Right)
    }

    /// The page turned so that what points to `turn` points to the right.
    pub(super) fn upright(mut self, turn: Flow) -> Self {
        if turn == Flow::Right {
            return self;
        }
        for glyph in &mut self.glyphs {
            glyph.rect = turn.upright(glyph.rect);
            glyph.flow = glyph.flow.after(turn);
            glyph.turn = glyph.turn.after(turn);
        }
        for shape in self.dots.iter_mut().chain(&mut self.fills) {
            *shape = turn.upright(*shape);
        }
        for rule in &mut self.rules {
            *rule = Rule::of(turn.upright(rule.rect()));
        }
        self
    }
}
