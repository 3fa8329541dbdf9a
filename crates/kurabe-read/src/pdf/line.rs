//! Characters → lines.

use super::fold;
use super::geometry::{Flow, Rect, median, union};
use super::ink::Glyph;
use super::stroke::ShapeId;

/// Lines above that a character is compared with.
const OPEN: usize = 8;
/// Characters of a piece of a line whose strokes are measured: how thick they are in the middle
/// hardly changes with more of them, and following outlines is slow.
const MEASURED: usize = 9;
/// A gap that separates pieces of a line, in em.
pub(super) const WIDE: f64 = 1.5;

/// A line of text as it stands on the page.
#[derive(Debug, Clone)]
pub(super) struct TextLine {
    /// The text as the fonts give it, with blanks where gaps are.
    pub(super) raw: String,
    /// Its box on the page.
    pub(super) rect: Rect,
    /// Its box when the page is turned so that it reads to the right.
    pub(super) upright: Rect,
    /// Where it runs.
    pub(super) flow: Flow,
    /// Height of an em.
    pub(super) size: f64,
    /// Mean thickness of its strokes in em; 0 when unknown or not yet measured.
    pub(super) stroke: f32,
    /// Whether it is drawn twice to look bold.
    pub(super) is_doubled: bool,
    /// Width of what stands at its start and cannot be broken.
    pub(super) head: f64,
    /// Its pieces between wide gaps.
    pub(super) pieces: Vec<Piece>,
}

/// A part of a line between wide gaps, upright.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub(super) rect: Rect,
    pub(super) glyphs: Vec<Glyph>,
}

impl TextLine {
    /// The line that characters make which stand in a row.
    pub(super) fn of(glyphs: &[Glyph], flow: Flow) -> Option<Self> {
        let mut row: Vec<(Rect, Glyph)> =
            glyphs.iter().map(|g| (flow.upright(g.rect), *g)).collect();
        row.sort_by(|a, b| a.0.left.total_cmp(&b.0.left));
        let is_written = |(_, g): &&(Rect, Glyph)| !g.c.is_whitespace();
        let upright = union(row.iter().filter(is_written).map(|(r, _)| *r))?;
        let written: Vec<(Rect, Glyph)> = row.iter().filter(is_written).copied().collect();
        let size = median(written.iter().map(|(_, g)| g.size).collect());
        Some(Self {
            raw: text(&row),
            rect: flow.as_displayed(upright),
            upright,
            flow,
            size,
            stroke: stroke(written.iter().map(|(_, g)| g)),
            is_doubled: written.iter().filter(|(_, g)| g.is_doubled).count() * 2 > written.len(),
            head: head(&written),
            pieces: pieces(&row, size),
        })
    }

    /// Measures the strokes of some characters of each of its pieces.
    pub(super) fn measure(&mut self, mut thickness: impl FnMut(ShapeId) -> f32) {
        for piece in &mut self.pieces {
            let glyphs = piece.glyphs.iter_mut();
            let shaped = glyphs.filter(|g| !g.c.is_whitespace() && g.shape.is_some());
            let mut shaped: Vec<&mut Glyph> = shaped.collect();
            let step = shaped.len().div_ceil(MEASURED).max(1);
            for glyph in shaped.iter_mut().step_by(step) {
                glyph.stroke = glyph.shape.map_or(0.0, &mut thickness);
            }
        }
        self.stroke = stroke(self.pieces.iter().flat_map(|piece| &piece.glyphs));
    }

    /// Forgets the characters of a line of one piece: the piece is the line.
    pub(super) fn settle(&mut self) {
        if let [piece] = self.pieces.as_mut_slice() {
            piece.glyphs = Vec::new();
        }
    }

    /// The line that some of its pieces make.
    pub(super) fn part(&self, is_in: impl Fn(&Piece) -> bool) -> Option<Self> {
        if let [piece] = self.pieces.as_slice() {
            return is_in(piece).then(|| self.clone());
        }
        let pieces = self.pieces.iter().filter(|piece| is_in(piece));
        let glyphs: Vec<Glyph> = pieces.flat_map(|p| p.glyphs.iter().copied()).collect();
        Self::of(&glyphs, self.flow)
    }

    /// The last character that is no blank.
    pub(super) fn last(&self) -> Option<char> {
        self.raw.chars().rev().find(|c| !c.is_whitespace())
    }
}

#[allow(clippy::cast_possible_truncation)]
fn narrow(value: f64) -> f32 {
    value as f32
}

/// The lines of a part of a page, from top to bottom as one reads.
pub(super) fn lines(glyphs: &[Glyph]) -> Vec<TextLine> {
    let mut lines = Vec::new();
    for flow in Flow::ALL {
        let along: Vec<Glyph> = glyphs.iter().filter(|g| g.flow == flow).copied().collect();
        let rows = rows(&along, flow);
        lines.extend(rows.iter().filter_map(|row| TextLine::of(row, flow)));
    }
    lines
}

/// The thickness in the middle of those that were measured; 0 when none was.
fn stroke<'g>(glyphs: impl Iterator<Item = &'g Glyph>) -> f32 {
    let known = glyphs.map(|g| f64::from(g.stroke));
    narrow(median(known.filter(|s| *s > 0.0).collect()))
}

/// A row of characters that is being put together.
struct Open {
    /// The box of its largest character, upright.
    core: Rect,
    glyphs: Vec<Glyph>,
}

/// Characters by rows, from top to bottom when upright.
fn rows(glyphs: &[Glyph], flow: Flow) -> Vec<Vec<Glyph>> {
    let mut sorted: Vec<(Rect, Glyph)> =
        glyphs.iter().map(|g| (flow.upright(g.rect), *g)).collect();
    let middle = |r: &Rect| r.middle().1;
    sorted.sort_by(|(a, _), (b, _)| {
        middle(a)
            .total_cmp(&middle(b))
            .then(a.left.total_cmp(&b.left))
    });
    let mut rows: Vec<Open> = Vec::new();
    for (rect, glyph) in sorted {
        let recent = rows.iter_mut().rev().take(OPEN);
        let best = recent.max_by(|a, b| {
            let shared = |row: &Open| rect.shared_height(row.core);
            shared(a).total_cmp(&shared(b))
        });
        match best.filter(|row| rect.shared_height(row.core) >= 0.5) {
            Some(row) => {
                if rect.height() > row.core.height() && !glyph.c.is_whitespace() {
                    row.core = rect;
                }
                row.glyphs.push(glyph);
            }
            None => rows.push(Open {
                core: rect,
                glyphs: vec![glyph],
            }),
        }
    }
    rows.sort_by(|a, b| a.core.top.total_cmp(&b.core.top));
    rows.into_iter().map(|row| row.glyphs).collect()
}

/// The text of a row from left to right.
fn text(row: &[(Rect, Glyph)]) -> String {
    let mut text = String::new();
    let mut before: Option<(Rect, Glyph)> = None;
    for (rect, glyph) in row {
        if glyph.c.is_whitespace() {
            if before.is_some() {
                text.push(glyph.c);
            }
            continue;
        }
        if let Some((last, other)) = before {
            let gap = rect.left - last.right;
            let has_blank = text.ends_with(char::is_whitespace);
            if !has_blank && is_blank(other.c, glyph.c, gap / glyph.size.max(1.0)) {
                text.push(' ');
            }
        }
        text.push(glyph.c);
        before = Some((*rect, *glyph));
    }
    text.truncate(text.trim_end().len());
    text
}

/// Whether a gap of so many em between two characters is a blank.
fn is_blank(before: char, after: char, gap: f64) -> bool {
    let least = if is_wide(before) || is_wide(after) {
        1.0
    } else {
        0.18
    };
    gap >= least
}

/// Whether a character is one of those that are set without blanks between them.
pub(super) fn is_wide(c: char) -> bool {
    matches!(u32::from(c),
        0x2E80..=0x9FFF | 0xF900..=0xFAFF | 0xFE30..=0xFE4F | 0xFF00..=0xFFEF
        | 0x2_0000..=0x3_FFFF | 0x2010..=0x2027 | 0x2190..=0x27BF)
}

/// Whether a character may not stand at the start of a line (JIS X 4051).
pub(super) fn is_closing(c: char) -> bool {
    let c = fold::character(c).unwrap_or(c);
    "、。，．,.・：；:;？！?!」』】〕）)〉》］]｝}ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ々％%～〜"
        .contains(c)
}

fn is_opening(c: char) -> bool {
    "「『【〔（(〈《［[｛{".contains(c)
}

/// Width of the start of a row that cannot be broken: a word, or a character with the signs that
/// may not be parted from it.
fn head(row: &[(Rect, Glyph)]) -> f64 {
    let Some((first, glyph)) = row.first() else {
        return 0.0;
    };
    let (mut right, mut before) = (first.right, glyph.c);
    for (rect, glyph) in row.iter().skip(1) {
        let gap = (rect.left - right) / glyph.size.max(1.0);
        let is_word = !is_wide(before) && !is_wide(glyph.c) && gap < 0.18;
        if !(is_word || is_closing(glyph.c) || is_opening(before)) {
            break;
        }
        right = right.max(rect.right);
        before = glyph.c;
    }
    right - first.left
}

/// The parts of a row between wide gaps.
fn pieces(row: &[(Rect, Glyph)], size: f64) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for (rect, glyph) in row {
        let is_blank = glyph.c.is_whitespace();
        match pieces.last_mut() {
            Some(piece) if rect.left - piece.rect.right < WIDE * size => {
                piece.glyphs.push(*glyph);
                if !is_blank {
                    piece.rect = piece.rect.union(*rect);
                }
            }
            _ if is_blank => {}
            _ => pieces.push(Piece {
                rect: *rect,
                glyphs: vec![*glyph],
            }),
        }
    }
    pieces
}

/// Marks characters that are set upright one below the other: vertical writing that is made by
/// placing each one. A line of one character and the next below it look the same and read the
/// same.
pub(super) fn mark_stacked(glyphs: &mut [Glyph]) {
    let steps: Vec<(bool, bool)> = glyphs
        .windows(2)
        .map(|pair| match pair {
            [a, b] => step(a, b),
            _ => (false, false),
        })
        .collect();
    let at = |index: Option<usize>| index.and_then(|i| steps.get(i)).copied();
    // A line of one character above a line of two is no vertical writing.
    let is_apart = |index: Option<usize>| at(index).is_none_or(|step| !step.1);
    let steps: Vec<(bool, bool)> = (0..steps.len())
        .filter_map(|i| {
            let (is_below, is_beside) = at(Some(i))?;
            let is_alone = is_apart(i.checked_sub(1)) && is_apart(Some(i + 1));
            Some((is_below && is_alone, is_beside))
        })
        .collect();
    let at = |index: Option<usize>| index.and_then(|i| steps.get(i)).copied();
    for (index, glyph) in glyphs.iter_mut().enumerate() {
        let around = [at(index.checked_sub(1)), at(Some(index))];
        let has = |want: fn((bool, bool)) -> bool| around.iter().flatten().any(|s| want(*s));
        if glyph.flow == Flow::Right && has(|s| s.0) && !has(|s| s.1) {
            glyph.flow = Flow::Down;
        }
    }
}

/// Whether the second of two characters stands right below the first, or beside it.
fn step(a: &Glyph, b: &Glyph) -> (bool, bool) {
    let ((ax, ay), (bx, by)) = (a.rect.middle(), b.rect.middle());
    let em = a.size.max(b.size).max(1.0);
    let (dx, dy) = ((bx - ax) / em, (by - ay) / em);
    let is_like = (a.size - b.size).abs() < 0.1 * em && is_wide(a.c) && is_wide(b.c);
    let is_below = is_like && dx.abs() < 0.2 && (0.7..1.4).contains(&dy);
    let is_beside = dy.abs() < 0.3 && (0.0..2.0).contains(&dx);
    (is_below, is_beside)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(text: &str, x: f64, y: f64) -> Vec<Glyph> {
        let mut at = x;
        let mut glyphs = Vec::new();
        for c in text.chars() {
            let width = if is_wide(c) { 10.0 } else { 5.0 };
            glyphs.push(glyph(c, Rect::new(at, y, at + width, y + 10.0)));
            at += width;
        }
        glyphs
    }

    fn glyph(c: char, rect: Rect) -> Glyph {
        Glyph {
            c,
            rect,
            size: 10.0,
            shape: None,
            stroke: 0.0,
            is_doubled: false,
            flow: Flow::Right,
            turn: Flow::Right,
        }
    }

    fn texts(glyphs: &[Glyph]) -> Vec<String> {
        lines(glyphs).into_iter().map(|l| l.raw).collect()
    }

    #[test]
    fn lines_come_from_top_to_bottom() {
        let glyphs = [row("二行目", 0.0, 14.0), row("一行目", 0.0, 0.0)].concat();
        assert_eq!(texts(&glyphs), ["一行目", "二行目"]);
    }

    #[test]
    fn a_line_of_one_character_above_longer_ones_is_read_first() {
        let mut glyphs = [
            row("調", 0.0, 0.0),
            row("査済", 0.0, 11.0),
            row("完了", 0.0, 22.0),
            row("分", 0.0, 33.0),
        ]
        .concat();
        mark_stacked(&mut glyphs);
        assert_eq!(texts(&glyphs), ["調", "査済", "完了", "分"]);
    }

    #[test]
    fn blanks_follow_the_gaps() {
        let words = [row("DX", 0.0, 0.0), row("plan", 13.0, 0.0)].concat();
        assert_eq!(texts(&words), ["DX plan"]);
        let spaced = [
            row("目", 0.0, 0.0),
            row("次", 15.0, 0.0),
            row("等", 36.0, 0.0),
        ]
        .concat();
        assert_eq!(texts(&spaced), ["目次 等"]);
        assert_eq!(texts(&row("第 10 次", 0.0, 0.0)), ["第 10 次"]);
    }

    #[test]
    fn stacked_characters_read_down_and_to_the_left() {
        let column = |text: &str, x: f64| {
            let at = |(i, c): (usize, char)| {
                let y = f64::from(u8::try_from(i).unwrap()) * 11.0;
                glyph(c, Rect::new(x, y, x + 10.0, y + 10.0))
            };
            text.chars().enumerate().map(at).collect::<Vec<_>>()
        };
        let mut glyphs = [column("広報広", 30.0), column("聴課", 10.0)].concat();
        mark_stacked(&mut glyphs);
        assert_eq!(texts(&glyphs), ["広報広", "聴課"]);
    }

    #[test]
    fn the_head_of_a_line_keeps_its_signs() {
        let line = |text| TextLine::of(&row(text, 0.0, 0.0), Flow::Right).unwrap();
        assert!((line("町、村").head - 20.0).abs() < 0.1);
        assert!((line("Wi-Fi を").head - 25.0).abs() < 0.1);
        assert!((line("（町）").head - 30.0).abs() < 0.1);
    }
}
