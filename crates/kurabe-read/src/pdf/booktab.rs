//! Tables that are ruled between their rows only: their columns are told by what is left blank.

use super::geometry::{Rect, union};
use super::ink::{Axis, Glyph, Rule};
use super::lattice::{self, Lattice};

/// Ends of lines that differ less are the same, in points.
const SAME: f64 = 3.0;
/// Lines that such a table has at least.
const LINES: usize = 3;
/// Lines of one page that are looked at; more make a drawing.
const MOST: usize = 1_000;

/// The tables of a page whose lines are all level, by lines that no other table holds.
pub(super) fn lattices(rules: &[Rule], glyphs: &[Glyph], others: &[Lattice]) -> Vec<Lattice> {
    let mut level = lattice::joined(rules, Axis::Horizontal);
    level.retain(|rule| {
        !others
            .iter()
            .any(|l| l.rect().grown(SAME).holds(rule.rect().middle()))
    });
    if level.len() > MOST {
        return Vec::new();
    }
    let groups = groups(&level);
    let tables = groups.iter();
    tables
        .filter_map(|group| of_group(group, &level, &[], glyphs))
        .collect()
}

/// Lines of the same ends below each other.
fn groups(level: &[Rule]) -> Vec<Vec<Rule>> {
    let mut groups: Vec<Vec<Rule>> = Vec::new();
    for rule in level.iter().copied() {
        let is_same = |group: &&mut Vec<Rule>| {
            group.last().is_some_and(|last| {
                let ends = (last.from - rule.from).abs() < SAME && (last.to - rule.to).abs() < SAME;
                ends && rule.at - last.at > SAME
            })
        };
        match groups.iter_mut().find(is_same) {
            Some(group) => group.push(rule),
            None => groups.push(vec![rule]),
        }
    }
    groups.retain(|group| group.len() >= LINES);
    groups
}

/// The table of lines of the same ends; shorter lines between them part some of its cells.
/// `columns` are the edges between columns where they are known.
pub(super) fn of_group(
    group: &[Rule],
    level: &[Rule],
    columns: &[f64],
    glyphs: &[Glyph],
) -> Option<Lattice> {
    let mut bands: Vec<Band> = group
        .windows(2)
        .filter_map(|pair| Band::of(pair, glyphs))
        .collect();
    let gutters = if columns.is_empty() {
        gutters(&bands)
    } else {
        columns.to_vec()
    };
    if bands.len() + 1 < group.len() {
        return None;
    }
    let beyond = [Side::Above, Side::Below].map(|side| beyond(group, side, &gutters, glyphs));
    let beyond: Vec<(Rule, Band)> = beyond.into_iter().flatten().collect();
    let lines = group.len() + beyond.len();
    let has_columns = gutters.len() >= 2 || (gutters.len() == 1 && lines > LINES);
    if !has_columns || lines < LINES {
        return None;
    }
    let whole = union(group.iter().map(|rule| rule.rect()))?.grown(SAME);
    let inside = level.iter().filter(|rule| {
        let rect = rule.rect();
        whole.left <= rect.left && rect.right <= whole.right && whole.holds(rect.middle())
    });
    let mut rules: Vec<Rule> = inside.copied().collect();
    for (rule, band) in beyond {
        rules.push(rule);
        bands.push(band);
    }
    for band in &bands {
        let free = gutters.iter().filter(|x| band.is_free(**x));
        let sides = [band.rect.left, band.rect.right];
        rules.extend(free.chain(&sides).map(|x| Rule {
            axis: Axis::Vertical,
            at: *x,
            from: band.rect.top,
            to: band.rect.bottom,
        }));
    }
    lattice::lattices(&rules).into_iter().next()
}

/// A side of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Above,
    Below,
}

/// The row right above the first or below the last line, and its outer edge: tables that are
/// ruled below each row only have none above their header. It has a text in every column.
fn beyond(group: &[Rule], side: Side, gutters: &[f64], glyphs: &[Glyph]) -> Option<(Rule, Band)> {
    let edge = match side {
        Side::Above => group.first(),
        Side::Below => group.last(),
    }?;
    // Distances from the edge, near and far end of a character.
    let span = |g: &Glyph| match side {
        Side::Above => (edge.at - g.rect.bottom, edge.at - g.rect.top),
        Side::Below => (g.rect.top - edge.at, g.rect.bottom - edge.at),
    };
    let is_beyond = |g: &&Glyph| {
        let (x, _) = g.rect.middle();
        !g.c.is_whitespace() && (edge.from..edge.to).contains(&x) && span(g).1 > 0.5 * g.size
    };
    let mut spans: Vec<(f64, f64, f64)> = glyphs
        .iter()
        .filter(is_beyond)
        .map(|g| (span(g).0, span(g).1, g.size))
        .collect();
    spans.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut far = 0.0_f64;
    for (from, to, size) in spans {
        if from - far > 0.7 * size.max(1.0) {
            break;
        }
        far = far.max(to);
    }
    let outer = Rule {
        at: match side {
            Side::Above => edge.at - far - 1.0,
            Side::Below => edge.at + far + 1.0,
        },
        ..*edge
    };
    let pair = match side {
        Side::Above => [outer, *edge],
        Side::Below => [*edge, outer],
    };
    let band = Band::of(&pair, glyphs).filter(|_| far > SAME && gutters.len() >= 2)?;
    let mut edges = vec![edge.from];
    edges.extend(gutters);
    edges.push(edge.to);
    let is_full = edges.windows(2).all(|pair| match pair {
        [from, to] => band.holds_between(*from, *to),
        _ => false,
    });
    let is_parted = gutters.iter().all(|x| band.is_free(*x));
    (is_full && is_parted && far < 5.0 * band.size).then_some((outer, band))
}

/// What stands between two lines.
struct Band {
    rect: Rect,
    /// Stretches that characters cover, from left to right.
    covered: Vec<(f64, f64)>,
    /// Height of an em.
    size: f64,
}

impl Band {
    /// The band between two lines; `None` when nothing stands there.
    fn of(pair: &[Rule], glyphs: &[Glyph]) -> Option<Self> {
        let [above, below] = pair else { return None };
        let rect = Rect::new(above.from, above.at, above.to, below.at);
        let inside = glyphs
            .iter()
            .filter(|g| !g.c.is_whitespace() && rect.holds(g.rect.middle()));
        let mut stretches: Vec<(f64, f64)> = Vec::new();
        let mut size = 0.0_f64;
        for glyph in inside {
            stretches.push((glyph.rect.left, glyph.rect.right));
            size = size.max(glyph.size);
        }
        stretches.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut covered: Vec<(f64, f64)> = Vec::new();
        for (left, right) in stretches {
            match covered.last_mut() {
                Some(last) if left - last.1 < 0.6 * size => last.1 = last.1.max(right),
                _ => covered.push((left, right)),
            }
        }
        (!covered.is_empty()).then_some(Self {
            rect,
            covered,
            size,
        })
    }

    /// Middles of the blanks between stretches.
    fn blanks(&self) -> impl Iterator<Item = f64> + '_ {
        self.covered.windows(2).filter_map(|pair| match pair {
            [a, b] => Some(f64::midpoint(a.1, b.0)),
            _ => None,
        })
    }

    fn is_free(&self, x: f64) -> bool {
        let near = 0.15 * self.size;
        !self
            .covered
            .iter()
            .any(|(left, right)| (left - near..right + near).contains(&x))
    }

    /// Whether something stands between two places.
    fn holds_between(&self, from: f64, to: f64) -> bool {
        self.covered
            .iter()
            .any(|(left, right)| *left >= from && *right <= to)
    }
}

/// Places between columns: blank in most bands, and something on both sides in some.
fn gutters(bands: &[Band]) -> Vec<f64> {
    let mut blanks: Vec<f64> = bands.iter().flat_map(Band::blanks).collect();
    blanks.sort_by(f64::total_cmp);
    let free = |x: f64| bands.iter().filter(|b| b.is_free(x)).count();
    let is_gutter = |x: &f64| free(*x) * 10 >= bands.len() * 6;
    let mut gutters: Vec<f64> = Vec::new();
    for blank in blanks.into_iter().filter(is_gutter) {
        let last = gutters.last_mut();
        match last.filter(|last| !bands.iter().any(|b| b.holds_between(**last, blank))) {
            Some(last) if free(blank) > free(*last) => *last = blank,
            Some(_) => {}
            None => gutters.push(blank),
        }
    }
    gutters
}
