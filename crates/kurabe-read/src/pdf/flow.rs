//! Lines of running text → headings, paragraphs and items.

use std::collections::BTreeSet;

use super::geometry::{Flow, Rect, median, union};
use super::join::{self, Mark};
use super::line::TextLine;

/// Characters of a heading at most.
const HEADING: usize = 80;

/// What is usual in the running text of a document.
#[derive(Debug, Clone, Default)]
pub(super) struct Body {
    /// Height of an em.
    size: f64,
    /// Thickness of strokes in em; 0 when unknown.
    stroke: f32,
    /// Space between lines of a paragraph.
    gap: f64,
    /// Right edge of the text.
    pub(super) right: f64,
    /// Sizes of headings in half points, the largest first.
    sizes: Vec<i64>,
}

/// A piece of running text.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Piece {
    Heading(u8, String, Rect),
    Paragraph(Vec<(String, Rect)>),
    Item(String, Rect),
}

impl Body {
    /// What is usual in these lines; `others` are sizes of the text in tables.
    pub(super) fn of(lines: &[&TextLine], others: &[f64]) -> Self {
        let mut sizes = by_character(lines, |l| l.size);
        if sizes.len() < 200 {
            sizes.extend(others);
        }
        let size = usual(&sizes);
        let is_body = |l: &&&TextLine| (l.size - size).abs() < 0.06 * size;
        let body: Vec<&TextLine> = lines.iter().filter(is_body).copied().collect();
        let strokes = by_character(&body, |l| f64::from(l.stroke));
        let mut ends: Vec<f64> = body.iter().map(|l| l.rect.right).collect();
        ends.sort_by(f64::total_cmp);
        let last = ends.len().saturating_sub(1);
        let mut found = Self {
            size,
            stroke: narrow(median(strokes.into_iter().filter(|s| *s > 0.0).collect())),
            gap: gap(&body),
            right: ends.get(last - last / 20).copied().unwrap_or(0.0),
            sizes: Vec::new(),
        };
        let large: BTreeSet<i64> = lines
            .iter()
            .filter(|l| found.is_heading(l))
            .map(|l| half_points(l.size))
            .collect();
        found.sizes = large.into_iter().rev().collect();
        found
    }

    fn is_bold(&self, line: &TextLine) -> bool {
        let is_thick = self.stroke > 0.0 && line.stroke > 1.25 * self.stroke;
        is_thick || line.is_doubled
    }

    fn is_heading(&self, line: &TextLine) -> bool {
        let is_large = line.size > 1.15 * self.size;
        let ends = line.last().is_some_and(|c| "。、，".contains(c));
        let is_smaller = line.size < 0.95 * self.size;
        let marked = join::mark(&line.raw) == Some(Mark::Strong) && !line.raw.starts_with('【');
        let short = line.raw.chars().count() <= HEADING && self.size > 0.0;
        short && !ends && !marked && (is_large || (self.is_bold(line) && !is_smaller))
    }

    fn level(&self, line: &TextLine) -> u8 {
        let size = half_points(line.size);
        let above = self.sizes.iter().filter(|s| **s > size).count();
        u8::try_from(above + 1).unwrap_or(6).min(6)
    }
}

#[allow(clippy::cast_possible_truncation)]
fn half_points(size: f64) -> i64 {
    (size * 2.0).round() as i64
}

#[allow(clippy::cast_possible_truncation)]
fn narrow(value: f64) -> f32 {
    value as f32
}

fn by_character(lines: &[&TextLine], of: fn(&TextLine) -> f64) -> Vec<f64> {
    let repeated = lines
        .iter()
        .flat_map(|l| std::iter::repeat_n(of(l), l.raw.chars().count().min(200)));
    repeated.collect()
}

/// The size of most characters.
fn usual(sizes: &[f64]) -> f64 {
    let mut sorted: Vec<i64> = sizes.iter().map(|s| half_points(*s)).collect();
    sorted.sort_unstable();
    let most = sorted
        .chunk_by(|a, b| a == b)
        .max_by_key(|run| run.len())
        .and_then(|run| run.first().copied());
    let like: Vec<f64> = sizes
        .iter()
        .copied()
        .filter(|s| Some(half_points(*s)) == most)
        .collect();
    median(like)
}

/// The usual space between lines that follow each other.
fn gap(lines: &[&TextLine]) -> f64 {
    let gaps = lines.windows(2).filter_map(|pair| match pair {
        [a, b] => {
            let gap = b.upright.top - a.upright.bottom;
            let is_near = (-0.3..0.95).contains(&(gap / a.size.max(1.0)));
            (a.flow == b.flow && is_near).then_some(gap)
        }
        _ => None,
    });
    median(gaps.collect())
}

/// The pieces that the lines of a column make; `right` is where they end at most.
pub(super) fn pieces(lines: &[TextLine], right: f64, body: &Body) -> Vec<Piece> {
    let groups = lines.chunk_by(|a, b| goes_on(a, b, body));
    groups
        .flat_map(|group| group_pieces(group, right, body))
        .collect()
}

/// Whether two lines stand together: same type, no space between them.
fn goes_on(a: &TextLine, b: &TextLine, body: &Body) -> bool {
    let gap = b.upright.top - a.upright.bottom;
    let is_near = gap < body.gap + 0.35 * a.size && gap > -0.5 * a.size;
    let is_like = (a.size - b.size).abs() < 0.08 * a.size
        && body.is_heading(a) == body.is_heading(b)
        && a.flow == b.flow;
    let shared = a.upright.right.min(b.upright.right) - a.upright.left.max(b.upright.left);
    is_near && is_like && shared > 0.0
}

fn group_pieces(group: &[TextLine], right: f64, body: &Body) -> Vec<Piece> {
    let written = written(group, right, body);
    let mut pieces: Vec<Piece> = Vec::new();
    for (raw, lines) in written {
        let Some(first) = lines.first() else { continue };
        let rect = union(lines.iter().map(|l| l.rect)).unwrap_or(first.rect);
        if body.is_heading(first) {
            pieces.push(Piece::Heading(body.level(first), raw, rect));
        } else if let Some(item) = item(&raw) {
            pieces.push(Piece::Item(item.to_owned(), rect));
        } else if let Some(Piece::Paragraph(open)) = pieces.last_mut() {
            open.push((raw, rect));
        } else {
            pieces.push(Piece::Paragraph(vec![(raw, rect)]));
        }
    }
    pieces
}

/// The text of an item behind its mark; the middle dot is left where it stands.
fn item(raw: &str) -> Option<&str> {
    let marks = ["•", "- ", "* "];
    let rest = marks.iter().find_map(|mark| raw.strip_prefix(mark))?;
    Some(rest.trim_start()).filter(|rest| !rest.is_empty())
}

/// Lines as written with the printed lines of each.
fn written<'l>(group: &'l [TextLine], right: f64, body: &Body) -> Vec<(String, &'l [TextLine])> {
    let edge = union(group.iter().map(|l| l.rect)).map_or(right, |r| r.right.max(right));
    let room = |line: &TextLine| match line.flow {
        Flow::Right => edge - line.rect.right,
        _ => body.size,
    };
    let parts = indented(group);
    let mut written = Vec::new();
    for part in parts {
        for line in join::join(part, room) {
            let (first, last) = line.lines;
            written.push((line.raw, part.get(first..=last).unwrap_or_default()));
        }
    }
    written
}

/// Lines parted where one is set in: it begins a paragraph, unless the line above begins with a
/// mark that the text hangs from.
fn indented(group: &[TextLine]) -> Vec<&[TextLine]> {
    let mut parts = Vec::new();
    let mut from = 0;
    for (index, pair) in group.windows(2).enumerate() {
        let [above, line] = pair else { continue };
        let step = (line.upright.left - above.upright.left) / line.size.max(1.0);
        let is_first = index == from;
        let hangs = join::mark(&above.raw).is_some();
        let is_set_in = (0.7..4.0).contains(&step) && !hangs;
        let is_set_out = step < -0.7 && !is_first;
        if is_set_in || is_set_out {
            parts.push(group.get(from..=index).unwrap_or_default());
            from = index + 1;
        }
    }
    parts.push(group.get(from..).unwrap_or_default());
    parts
}
