//! How pages look: pictures of them for people.

use std::ops::RangeInclusive;
use std::panic::{AssertUnwindSafe, catch_unwind};

use hayro_interpret::font::{Glyph, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::kurbo::{BezPath, Rect};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps,
    InterpreterCache, InterpreterSettings, SoftMask, TransformExt, interpret_page,
};
use hayro_svg::{RenderCache, SvgRenderSettings, convert};
use hayro_syntax::page::Page;

use super::compact::compact;
use super::content::{self, Fonts};
use super::forms::{self, Forms};
use super::open::Document;
use crate::facsimile::{PageFace, Picture};

/// Pieces (characters, edges of paths) and pixels of pictures that one page may draw.
const PIECES: u64 = 1_000_000;
const PIXELS: u64 = 64 << 20;
/// Bytes of one picture, and of all.
const PICTURE: usize = 24 << 20;
const PICTURES: usize = 256 << 20;

/// The pages of a document; those in the range are drawn.
pub(super) fn faces(document: &Document, range: &RangeInclusive<usize>) -> Vec<PageFace> {
    let cache = RenderCache::new();
    let mut known = (Fonts::default(), Forms::default());
    let mut room = PICTURES;
    let pages = document.pdf().pages().iter().zip(1..);
    let faces = pages.map(|(page, number)| {
        let picture = if range.contains(&number) {
            let drawn = catch_unwind(AssertUnwindSafe(|| picture(page, &cache, &mut known)));
            within(drawn.unwrap_or(Picture::Failed), &mut room)
        } else {
            Picture::NotAsked
        };
        PageFace {
            size: page.render_dimensions(),
            picture,
        }
    });
    faces.collect()
}

/// The picture as long as there is room for it.
fn within(picture: Picture, room: &mut usize) -> Picture {
    let Picture::Svg(svg) = &picture else {
        return picture;
    };
    if svg.len() > PICTURE.min(*room) {
        return Picture::TooMuch;
    }
    *room -= svg.len();
    picture
}

fn picture<'a>(
    page: &'a Page<'a>,
    cache: &RenderCache<'a>,
    (fonts, forms): &mut (Fonts, Forms),
) -> Picture {
    let drawn = content::check(page, fonts).drawn;
    if forms.page(page, &drawn) > forms::MOST {
        return Picture::TooMuch;
    }
    let gauge = Gauge::of(page);
    if !gauge.is_drawable() {
        return Picture::TooMuch;
    }
    let white = SvgRenderSettings { bg_color: [255; 4] };
    let settings = InterpreterSettings::default();
    let svg = convert(page, cache, &settings, &white);
    Picture::Svg(with_text(compact(&svg), &gauge.blank))
}

/// A character that the picture lacks because its font is not in the file, and where it stands: the
/// coefficients of its transform from thousandths of an em.
type Blank = (char, [f64; 6]);

/// The picture with what it lacks as text, which the viewer draws with a font of its own.
fn with_text(mut svg: String, blank: &[Blank]) -> String {
    if blank.is_empty() {
        return svg;
    }
    let end = svg.rfind("</svg>").unwrap_or(svg.len());
    svg.truncate(end);
    svg.push_str("<g font-family=\"sans-serif\" font-size=\"1000\">");
    for (c, [a, b, c1, d, x, y]) in blank {
        let sign = match c {
            '&' => "&amp;".to_owned(),
            '<' => "&lt;".to_owned(),
            '>' => "&gt;".to_owned(),
            c => c.to_string(),
        };
        // The axis of characters points up, that of pictures down.
        let (c1, d) = (-c1, -d);
        svg.push_str(&format!(
            "<text transform=\"matrix({a:.5} {b:.5} {c1:.5} {d:.5} {x:.2} {y:.2})\">{sign}</text>"
        ));
    }
    svg.push_str("</g></svg>");
    svg
}

/// The character of a glyph that draws nothing although it should.
fn blank(glyph: &Glyph<'_>) -> Option<char> {
    let Glyph::Outline(outline) = glyph else {
        return None;
    };
    let c = match glyph.as_unicode()? {
        BfString::Char(c) => c,
        BfString::String(text) => text.chars().next()?,
    };
    let is_seen = !c.is_whitespace() && !c.is_control() && c != char::REPLACEMENT_CHARACTER;
    (is_seen && outline.outline().elements().is_empty()).then_some(c)
}

/// Measures what a page draws before memory is taken for a picture of it.
#[derive(Debug, Default)]
struct Gauge {
    pieces: u64,
    pixels: u64,
    blank: Vec<Blank>,
}

impl Gauge {
    fn of(page: &Page<'_>) -> Self {
        let (width, height) = page.render_dimensions();
        let area = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let transform = page.initial_transform(true).to_kurbo();
        let settings = InterpreterSettings::default();
        let cache = InterpreterCache::new();
        let mut context = Context::new(transform, area, &cache, page.xref(), settings);
        let mut gauge = Self::default();
        interpret_page(page, &mut context, &mut gauge);
        gauge
    }

    fn is_drawable(&self) -> bool {
        self.pieces <= PIECES && self.pixels <= PIXELS
    }

    fn add(&mut self, pieces: usize) {
        let pieces = u64::try_from(pieces).unwrap_or(u64::MAX);
        self.pieces = self.pieces.saturating_add(pieces);
    }
}

impl<'a> Device<'a> for Gauge {
    fn draw_path(&mut self, path: &BezPath, _: DrawProps<'a>, _: &DrawMode) {
        self.add(path.elements().len());
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        self.add(clip.path.elements().len());
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.add(1);
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        self.add(run.glyphs().len());
        if matches!(mode, DrawMode::Invisible) || !self.is_drawable() {
            return;
        }
        for glyph in run.glyphs() {
            if let Some(c) = blank(glyph) {
                let place = (props.transform * glyph.transform()).as_coeffs();
                let is_sound = place.iter().all(|n| n.is_finite());
                self.blank.extend(is_sound.then_some((c, place)));
            }
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, _: ImageDrawProps<'a>) {
        let pixels = u64::from(image.width()).saturating_mul(u64::from(image.height()));
        self.pixels = self.pixels.saturating_add(pixels);
    }

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_beyond_the_room_are_left_out() {
        let mut room = 5;
        let svg = |text: &str| Picture::Svg(text.to_owned());
        assert_eq!(within(svg("123"), &mut room), svg("123"));
        assert_eq!(within(svg("123"), &mut room), Picture::TooMuch);
        assert_eq!(within(svg("12"), &mut room), svg("12"));
        assert_eq!(within(Picture::Failed, &mut room), Picture::Failed);
    }

    #[test]
    fn characters_without_a_font_are_text() {
        let picture = with_text(
            "<svg></svg>".to_owned(),
            &[('<', [0.01, 0.0, 0.0, -0.01, 5.0, 9.0])],
        );
        let text =
            "<text transform=\"matrix(0.01000 0.00000 -0.00000 0.01000 5.00 9.00)\">&lt;</text>";
        let group = "<g font-family=\"sans-serif\" font-size=\"1000\">";
        assert_eq!(picture, format!("<svg>{group}{text}</g></svg>"));
        assert_eq!(with_text("<svg></svg>".to_owned(), &[]), "<svg></svg>");
    }

    #[test]
    fn pages_that_draw_too_much_are_not_drawn() {
        let mut gauge = Gauge::default();
        gauge.add(1_000_000);
        assert!(gauge.is_drawable());
        gauge.add(usize::MAX);
        assert!(!gauge.is_drawable());
    }
}
