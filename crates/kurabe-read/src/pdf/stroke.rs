//! How thick the strokes of a character are: what tells bold type, whatever its font is called.

use std::collections::BTreeMap;

use hayro_interpret::font::Glyph;
use hayro_interpret::kurbo::{Affine, BezPath, PathEl, Shape};
use hayro_interpret::{
    BlendMode, CacheKey, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, Paint,
    SoftMask, font::GlyphRun,
};

/// Characters whose strokes are measured at most.
const MEASURED: usize = 20_000;
/// Outlines with more parts are drawings, not characters.
const PARTS: usize = 4_000;

/// Thickness of the strokes of every character that was met, by its outline.
#[derive(Debug, Default)]
pub(super) struct Strokes {
    known: BTreeMap<u128, f32>,
    /// Whether characters that are drawn by instructions (Type 3) are left out.
    without_drawn: bool,
}

impl Strokes {
    /// Nothing measured yet.
    pub(super) fn new(without_drawn: bool) -> Self {
        Self {
            without_drawn,
            ..Self::default()
        }
    }

    /// Mean thickness in em; 0 when it cannot be told.
    pub(super) fn of<'a>(&mut self, glyph: &Glyph<'a>, paint: &Paint<'a>) -> f32 {
        let key = match glyph {
            Glyph::Outline(outline) => outline.identifier().cache_key(),
            Glyph::Type3(_) if self.without_drawn => return 0.0,
            Glyph::Type3(drawn) => drawn.cache_key(),
        };
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        if self.known.len() >= MEASURED {
            return 0.0;
        }
        let thickness = thickness(&outline(glyph, paint));
        self.known.insert(key, thickness);
        thickness
    }
}

/// The outline of a character in em.
fn outline<'a>(glyph: &Glyph<'a>, paint: &Paint<'a>) -> BezPath {
    let unit = Affine::scale(0.001);
    match glyph {
        Glyph::Outline(outline) => unit * outline.outline(),
        Glyph::Type3(drawn) => {
            let mut outline = Outline::default();
            drawn.interpret(&mut outline, Affine::IDENTITY, unit, paint);
            outline.0
        }
    }
}

/// Twice the area by the length of the edge: the width of a long stroke.
#[allow(clippy::cast_possible_truncation)]
fn thickness(path: &BezPath) -> f32 {
    if path.elements().len() > PARTS {
        return 0.0;
    }
    let edge = path.perimeter(0.01);
    let thickness = 2.0 * path.area().abs() / edge;
    let is_sound = thickness.is_finite() && edge > 0.0;
    if is_sound { thickness as f32 } else { 0.0 }
}

/// Collects what a character fills.
#[derive(Default)]
struct Outline(BezPath);

impl<'a> Device<'a> for Outline {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        if matches!(mode, DrawMode::Fill(_)) && self.0.elements().len() <= PARTS {
            let placed: BezPath = props.transform * path.clone();
            self.0.extend(placed.elements().iter().copied());
        }
    }

    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn draw_glyph_run(&mut self, _: &GlyphRun<'_, 'a>, _: DrawProps<'a>, _: &DrawMode) {}
    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

/// Whether a path holds nothing but straight edges.
pub(super) fn is_straight(path: &BezPath) -> bool {
    let elements = path.elements().iter();
    !elements
        .copied()
        .any(|e| matches!(e, PathEl::QuadTo(..) | PathEl::CurveTo(..)))
}
