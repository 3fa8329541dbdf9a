//! Boxes on a page, in points from its upper left corner as it is displayed.

use kurabe_trace::Area;

/// A box; its edges are in order and finite.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rect {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) right: f64,
    pub(super) bottom: f64,
}

/// Where the characters of a line follow each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Flow {
    /// From left to right, lines from top to bottom.
    Right,
    /// From top to bottom, lines from right to left: vertical writing, or a page on its side.
    Down,
    /// Upside down.
    Left,
    /// From bottom to top, lines from left to right.
    Up,
}

impl Flow {
    /// All of them.
    pub(super) const ALL: [Self; 4] = [Self::Right, Self::Down, Self::Left, Self::Up];

    /// This flow on a page that was turned so that `turn` runs to the right.
    pub(super) fn after(self, turn: Self) -> Self {
        let place = |flow: Self| Self::ALL.iter().position(|f| *f == flow).unwrap_or(0);
        let index = (place(self) + 4 - place(turn)) % 4;
        Self::ALL.get(index).copied().unwrap_or(Self::Right)
    }

    /// A box as somebody sees it who turns the page so that the flow runs to the right.
    pub(super) fn upright(self, r: Rect) -> Rect {
        match self {
            Self::Right => r,
            Self::Down => Rect::new(r.top, -r.right, r.bottom, -r.left),
            Self::Left => Rect::new(-r.right, -r.bottom, -r.left, -r.top),
            Self::Up => Rect::new(-r.bottom, r.left, -r.top, r.right),
        }
    }

    /// Undoes [`Flow::upright`].
    pub(super) fn as_displayed(self, r: Rect) -> Rect {
        match self {
            Self::Right => r,
            Self::Down => Rect::new(-r.bottom, r.left, -r.top, r.right),
            Self::Left => Rect::new(-r.right, -r.bottom, -r.left, -r.top),
            Self::Up => Rect::new(r.top, -r.right, r.bottom, -r.left),
        }
    }
}

impl Rect {
    /// A box by two corners in any order.
    pub(super) fn new(x0: f64, y0: f64, x1: f64, y1: f64) -> Self {
        Self {
            left: x0.min(x1),
            top: y0.min(y1),
            right: x0.max(x1),
            bottom: y0.max(y1),
        }
    }

    pub(super) fn width(self) -> f64 {
        self.right - self.left
    }

    pub(super) fn height(self) -> f64 {
        self.bottom - self.top
    }

    pub(super) fn middle(self) -> (f64, f64) {
        (
            f64::midpoint(self.left, self.right),
            f64::midpoint(self.top, self.bottom),
        )
    }

    /// Whether all edges are numbers that a page can have.
    pub(super) fn is_sound(self) -> bool {
        let edges = [self.left, self.top, self.right, self.bottom];
        edges.iter().all(|e| e.is_finite() && e.abs() < 1e6)
    }

    /// The smallest box that holds both.
    pub(super) fn union(self, other: Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    /// What both have in common; `None` when they do not meet.
    pub(super) fn intersection(self, other: Self) -> Option<Self> {
        let both = Self {
            left: self.left.max(other.left),
            top: self.top.max(other.top),
            right: self.right.min(other.right),
            bottom: self.bottom.min(other.bottom),
        };
        (both.left <= both.right && both.top <= both.bottom).then_some(both)
    }

    /// Whether a point lies in the box.
    pub(super) fn holds(self, (x, y): (f64, f64)) -> bool {
        (self.left..=self.right).contains(&x) && (self.top..=self.bottom).contains(&y)
    }

    /// The box made larger by `by` on every side.
    pub(super) fn grown(self, by: f64) -> Self {
        Self::new(
            self.left - by,
            self.top - by,
            self.right + by,
            self.bottom + by,
        )
    }

    /// How much of the height of the lower of two boxes both share, from 0 to 1.
    pub(super) fn shared_height(self, other: Self) -> f64 {
        let shared = self.bottom.min(other.bottom) - self.top.max(other.top);
        let lower = self.height().min(other.height());
        if lower > 0.0 { shared / lower } else { 0.0 }
    }

    /// The box in whole points.
    pub(super) fn area(self) -> Area {
        let [left, top, right, bottom] =
            [self.left, self.top, self.right, self.bottom].map(whole_points);
        Area::new(left, top, right, bottom)
    }
}

/// The nearest whole number; `as` saturates, so that no value is out of range.
#[allow(clippy::cast_possible_truncation)]
fn whole_points(value: f64) -> i32 {
    value.round() as i32
}

/// The box around all; `None` of nothing.
pub(super) fn union(boxes: impl IntoIterator<Item = Rect>) -> Option<Rect> {
    boxes.into_iter().reduce(Rect::union)
}

/// The middle one of some values, 0 of none.
pub(super) fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turning_and_turning_back_is_nothing() {
        let r = Rect::new(10.0, 20.0, 30.0, 25.0);
        for flow in Flow::ALL {
            assert_eq!(flow.as_displayed(flow.upright(r)), r);
        }
    }

    #[test]
    fn vertical_lines_read_from_the_right() {
        let right = Flow::Down.upright(Rect::new(90.0, 0.0, 100.0, 50.0));
        let left = Flow::Down.upright(Rect::new(70.0, 0.0, 80.0, 50.0));
        assert!(right.bottom < left.top);
        assert!((right.left - 0.0).abs() < f64::EPSILON && right.width() > right.height());
    }
}
