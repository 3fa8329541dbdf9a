//! Collects the characters and ruling lines that the instructions of a page draw.

use hayro_interpret::font::{Glyph as FontGlyph, GlyphRun, PositionedGlyph};
use hayro_interpret::hayro_cmap::{BfString, WritingMode};
use hayro_interpret::kurbo::{self, Affine, BezPath, PathEl, Point, Shape};
use hayro_interpret::{
    BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, Paint, SoftMask,
    util::x_y_advances,
};
use rustc_hash::FxHashMap;

use super::bullet;
use super::geometry::{Flow, Rect};
use super::ink::{Glyph, Ink, Rule};
use super::shade;
use super::stroke::{DrawnFont, Strokes, is_straight};

/// Characters of one page that are read at most.
const GLYPHS: usize = 400_000;
/// Ruling lines of one page that are read at most.
const RULES: usize = 200_000;
/// A filled box that is thinner is a ruling line, in points.
const THIN: f64 = 3.0;
/// A shorter line rules nothing, in points.
const SHORT: f64 = 2.0;
/// Upper and lower edge of a character box in thousandths of an em, as usual for Japanese fonts.
const ABOVE: f64 = 880.0;
const BELOW: f64 = -120.0;

/// A file may draw every character as a run of its own. Telling the font of a drawn character is slow, so that in a row of
/// such runs it is told of the first ones, and then of every so many.
const FIRST: usize = 4;
const EVERY: usize = 4;
/// A row goes on to the right, at the same height, in points.
const LEVEL: f64 = 1.0;
const GAP: f64 = 60.0;

/// A row of runs of one character.
#[derive(Debug, Default)]
struct Row {
    x: f64,
    y: f64,
    /// Runs so far.
    runs: usize,
}

impl Row {
    /// Takes up a run at that point and says whether its font is told.
    fn take(&mut self, point: Point) -> bool {
        let is_same = (point.y - self.y).abs() < LEVEL && (0.0..GAP).contains(&(point.x - self.x));
        self.runs = if is_same { self.runs + 1 } else { 0 };
        (self.x, self.y) = (point.x, point.y);
        self.runs < FIRST || self.runs.is_multiple_of(EVERY)
    }
}

/// A device that keeps what is needed for reading.
pub(super) struct Collector<'s, 'a> {
    /// What was found.
    pub(super) ink: Ink,
    page: Rect,
    clips: Vec<Rect>,
    strokes: &'s mut Strokes<'a>,
    /// Characters by place, to find those that are drawn twice.
    drawn: FxHashMap<(char, i64, i64), usize>,
    row: Row,
}

impl<'s, 'a> Collector<'s, 'a> {
    /// A device for a page of that size.
    pub(super) fn new(width: f64, height: f64, strokes: &'s mut Strokes<'a>) -> Self {
        Self {
            ink: Ink::default(),
            page: Rect::new(0.0, 0.0, width, height),
            clips: Vec::new(),
            strokes,
            drawn: FxHashMap::default(),
            row: Row::default(),
        }
    }

    fn clip(&self) -> Rect {
        self.clips.last().copied().unwrap_or(self.page)
    }

    fn push_clip(&mut self, rect: kurbo::Rect) {
        let rect = Rect::new(rect.x0, rect.y0, rect.x1, rect.y1);
        let nothing = Rect::new(-1.0, -1.0, -1.0, -1.0);
        let both = self.clip().intersection(rect);
        self.clips.push(both.unwrap_or(nothing));
    }

    fn glyph(&mut self, glyph: &PositionedGlyph<'a>, run: &Run<'_, 'a>) {
        if self.ink.glyphs.len() >= GLYPHS {
            self.ink.is_full = true;
            return;
        }
        let transform = run.transform * glyph.transform();
        let (along, up) = x_y_advances(&transform);
        let size = up.length() * 1000.0;
        let advance = advance(glyph, run.mode);
        let corners = transform.transform_rect_bbox(kurbo::Rect::new(0.0, BELOW, advance, ABOVE));
        let rect = Rect::new(corners.x0, corners.y0, corners.x1, corners.y1);
        let is_read = rect.is_sound() && size > 0.5 && self.clip().holds(rect.middle());
        if !is_read {
            self.ink.hidden += 1;
            return;
        }
        let turn = turn(along.x, along.y);
        let shape = self.strokes.shape(glyph, run.font, run.paint);
        let like = Glyph {
            c: ' ',
            rect,
            size,
            shape,
            stroke: 0.0,
            is_doubled: false,
            flow: flow(run.mode, turn),
            turn,
        };
        self.characters(glyph.as_unicode(), like);
    }

    /// The font of a run of drawn characters, where it is told.
    fn font(&mut self, run: &[PositionedGlyph<'a>], transform: Affine) -> Option<DrawnFont> {
        if let [single] = run {
            let place = transform * single.transform();
            if !self.row.take(place.translation().to_point()) {
                return None;
            }
        }
        self.strokes.font(run)
    }

    /// Adds the characters that one glyph stands for, side by side in its box.
    fn characters(&mut self, meaning: Option<BfString>, like: Glyph) {
        match meaning {
            None => {
                self.ink.unknown += 1;
                self.character(Glyph {
                    c: char::REPLACEMENT_CHARACTER,
                    ..like
                });
            }
            Some(BfString::Char(c)) => self.character(Glyph { c, ..like }),
            Some(BfString::String(text)) => {
                let count = text.chars().count().max(1);
                for (index, c) in text.chars().enumerate() {
                    let rect = part(like.rect, like.flow, index, count);
                    self.character(Glyph { c, rect, ..like });
                }
            }
        }
    }

    fn character(&mut self, glyph: Glyph) {
        if glyph.c.is_control() {
            return;
        }
        if let Some(twin) = self.twin(&glyph) {
            if let Some(twin) = self.ink.glyphs.get_mut(twin) {
                twin.is_doubled = true;
            }
            return;
        }
        let (x, y) = place(&glyph);
        self.drawn.insert((glyph.c, x, y), self.ink.glyphs.len());
        self.ink.glyphs.push(glyph);
    }

    /// The same character less than a point away: bold type that is made by drawing twice.
    fn twin(&self, glyph: &Glyph) -> Option<usize> {
        if glyph.c.is_whitespace() {
            return None;
        }
        let (x, y) = place(glyph);
        let near = (0.3 * glyph.size).min(1.0);
        let (cx, cy) = glyph.rect.middle();
        let around = (-1..=1).flat_map(|dx| (-1..=1).map(move |dy| (dx, dy)));
        let found = around.filter_map(|(dx, dy)| self.drawn.get(&(glyph.c, x + dx, y + dy)));
        found.copied().find(|index| {
            self.ink.glyphs.get(*index).is_some_and(|other| {
                let (ox, oy) = other.rect.middle();
                (ox - cx).abs() < near && (oy - cy).abs() < near
            })
        })
    }

    fn rule(&mut self, rect: Rect) {
        if self.ink.rules.len() >= RULES {
            self.ink.is_full = true;
            return;
        }
        if !rect.is_sound() {
            return;
        }
        let seen = rect.intersection(self.clip().grown(1.0));
        let rule = seen.map(Rule::of).filter(|rule| rule.length() >= SHORT);
        self.ink.rules.extend(rule);
    }

    fn fill(&mut self, path: &BezPath) {
        for part in parts(path) {
            let edges = part.bounding_box();
            let rect = Rect::new(edges.x0, edges.y0, edges.x1, edges.y1);
            if is_straight(&part) && rect.width().min(rect.height()) <= THIN {
                self.rule(rect);
            } else if is_shade(&part, rect) && self.ink.fills.len() <= shade::MOST {
                let seen = rect.intersection(self.clip());
                self.ink
                    .fills
                    .extend(seen.filter(|r| r.width() < 0.98 * self.page.width()));
            } else if bullet::may_be(rect) && self.ink.dots.len() <= bullet::MOST {
                self.ink.dots.push(rect);
            }
        }
    }

    fn stroke(&mut self, path: &BezPath) {
        for part in parts(path) {
            for (from, to) in edges(&part) {
                let is_along = (from.x - to.x).abs() < 0.5 || (from.y - to.y).abs() < 0.5;
                if is_along {
                    self.rule(Rect::new(from.x, from.y, to.x, to.y));
                }
            }
        }
    }
}

/// What the characters of a run have in common.
struct Run<'r, 'a> {
    transform: Affine,
    mode: WritingMode,
    paint: &'r Paint<'a>,
    font: Option<DrawnFont>,
}

/// How wide a character is in thousandths of an em. Of a character in vertical writing the font
/// tells only how high it is; it is one em wide.
fn advance(glyph: &FontGlyph<'_>, mode: WritingMode) -> f64 {
    if mode == WritingMode::Vertical {
        return 1000.0;
    }
    let advance = match glyph {
        FontGlyph::Outline(outline) => outline.advance_width(),
        FontGlyph::Type3(drawn) => drawn.advance_width(),
    };
    f64::from(advance.filter(|a| a.is_finite()).unwrap_or(500.0)).max(0.0)
}

/// Where the right side of a character points.
fn turn(x: f64, y: f64) -> Flow {
    match (x.abs() >= y.abs(), x >= 0.0, y >= 0.0) {
        (true, true, _) => Flow::Right,
        (true, false, _) => Flow::Left,
        (false, _, true) => Flow::Down,
        (false, _, false) => Flow::Up,
    }
}

/// Where the next character stands.
fn flow(mode: WritingMode, turn: Flow) -> Flow {
    match (mode, turn) {
        (WritingMode::Horizontal, turn) => turn,
        (WritingMode::Vertical, Flow::Right) => Flow::Down,
        (WritingMode::Vertical, Flow::Down) => Flow::Left,
        (WritingMode::Vertical, Flow::Left) => Flow::Up,
        (WritingMode::Vertical, Flow::Up) => Flow::Right,
    }
}

/// One of several equal parts of a box along its flow.
fn part(rect: Rect, flow: Flow, index: usize, count: usize) -> Rect {
    let upright = flow.upright(rect);
    let share = |n: usize| fraction(n, count).mul_add(upright.width(), upright.left);
    flow.as_displayed(Rect {
        left: share(index),
        right: share(index + 1),
        ..upright
    })
}

#[allow(clippy::cast_precision_loss)]
fn fraction(part: usize, whole: usize) -> f64 {
    part as f64 / whole as f64
}

/// The square point in which the middle of a character lies.
#[allow(clippy::cast_possible_truncation)]
fn place(glyph: &Glyph) -> (i64, i64) {
    let (x, y) = glyph.rect.middle();
    (x.floor() as i64, y.floor() as i64)
}

/// The pieces of a path that are drawn without lifting the pen.
fn parts(path: &BezPath) -> Vec<BezPath> {
    let mut parts: Vec<BezPath> = Vec::new();
    for element in path.elements() {
        if matches!(element, PathEl::MoveTo(_)) || parts.is_empty() {
            parts.push(BezPath::new());
        }
        if let Some(part) = parts.last_mut() {
            if part.elements().is_empty() && !matches!(element, PathEl::MoveTo(_)) {
                continue;
            }
            part.push(*element);
        }
    }
    parts
}

/// Whether a piece is a level box that may shade a row or cell.
fn is_shade(part: &BezPath, rect: Rect) -> bool {
    let is_large = rect.width() >= 12.0 && rect.height() >= 8.0;
    let area = rect.width() * rect.height();
    is_large && is_straight(part) && part.area().abs() > 0.98 * area
}

/// The straight edges of a piece.
fn edges(part: &BezPath) -> Vec<(Point, Point)> {
    let mut edges = Vec::new();
    let (mut first, mut at) = (Point::ZERO, Point::ZERO);
    for element in part.elements() {
        match *element {
            PathEl::MoveTo(p) => (first, at) = (p, p),
            PathEl::LineTo(p) => {
                edges.push((at, p));
                at = p;
            }
            PathEl::QuadTo(_, p) | PathEl::CurveTo(_, _, p) => at = p,
            PathEl::ClosePath => {
                edges.push((at, first));
                at = first;
            }
        }
    }
    edges
}

/// Whether something is drawn in a colour that cannot be seen on paper.
fn is_invisible(paint: &Paint<'_>) -> bool {
    match paint {
        Paint::Color(color) => {
            let [red, green, blue, alpha] = color.to_rgba().to_rgba8();
            alpha == 0 || red.min(green).min(blue) >= 250
        }
        Paint::Pattern(_) => false,
    }
}

impl<'a> Device<'a> for Collector<'_, 'a> {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        if is_invisible(&props.paint) || path.elements().len() > RULES {
            return;
        }
        let placed = props.transform * path.clone();
        match mode {
            DrawMode::Fill(_) => self.fill(&placed),
            DrawMode::Stroke(stroke) | DrawMode::FillAndStroke(_, stroke) => {
                let (x, _) = x_y_advances(&props.transform);
                if f64::from(stroke.line_width) * x.length() <= 2.0 * THIN {
                    self.stroke(&placed);
                }
            }
            DrawMode::Invisible => {}
        }
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        self.push_clip(clip.path.bounding_box());
    }

    fn push_clip_rect(&mut self, rect: &kurbo::Rect) {
        self.push_clip(*rect);
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        self.ink.runs += 1;
        let shared = Run {
            transform: props.transform,
            mode: run.writing_mode(),
            paint: &props.paint,
            font: self.font(run.glyphs(), props.transform),
        };
        for glyph in run.glyphs() {
            self.glyph(glyph, &shared);
        }
    }

    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {
        self.ink.has_image = true;
    }

    fn pop_clip(&mut self) {
        self.clips.pop();
    }

    fn pop_transparency_group(&mut self) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fonts_are_told_of_the_first_characters_of_a_row_and_of_some_after() {
        let mut row = Row::default();
        let mut told = |y: f64| -> String {
            let points = (0..12).map(|n| Point::new(100.0 + 10.0 * f64::from(n), y));
            let told = points.map(|point| if row.take(point) { '1' } else { '.' });
            told.collect()
        };
        // The next row begins anew.
        assert_eq!(told(100.0), "11111...1...");
        assert_eq!(told(120.0), "11111...1...");
    }

    #[test]
    fn characters_below_one_another_are_rows_of_one() {
        let mut row = Row::default();
        assert!((0..20).all(|n| row.take(Point::new(100.0, 12.0 * f64::from(n)))));
    }
}
