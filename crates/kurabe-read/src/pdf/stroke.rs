//! How thick the strokes of a character are: what tells bold type, whatever its font is called.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex};

use hayro_interpret::font::{Glyph, GlyphRun, OutlineGlyph, PositionedGlyph, Type3Glyph};
use hayro_interpret::kurbo::{Affine, BezPath, PathEl, Shape};
use hayro_interpret::{
    BlendMode, CacheKey, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, Paint,
    SoftMask,
};

/// Shapes of characters of one page that are measured at most; when more are kept from the pages
/// before, they are forgotten.
const MEASURED: usize = 20_000;
/// Outlines with more parts are drawings, not characters.
const PARTS: usize = 4_000;

/// Number of a character shape in [`Strokes`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ShapeId(usize);

/// Number of a font whose characters are drawn by instructions (Type 3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct DrawnFont(usize);

/// The shapes of all characters that were met, and how thick the strokes are of those that were
/// asked for: few stand outside of tables, and following an outline is slow.
#[derive(Default)]
pub(super) struct Strokes<'a> {
    shapes: Vec<Met<'a>>,
    /// Number of the page, and of the shapes that were met on it.
    page: usize,
    on_page: usize,
    by_key: BTreeMap<u128, ShapeId>,
    /// For each font of drawn characters its shapes by code. The key of such a character is a hash
    /// over the dictionary of its font, too slow to be made for each character of a page.
    fonts: Vec<BTreeMap<u32, ShapeId>>,
    /// The font of a drawn character, by its key.
    font_of: BTreeMap<u128, DrawnFont>,
    /// Whether characters that are drawn by instructions (Type 3) are left out.
    without_drawn: bool,
    measured: Measured,
}

/// How thick the strokes of a shape are, by its key: what one thread measured is known to all.
#[derive(Debug, Clone, Default)]
pub(super) struct Measured(Arc<Mutex<BTreeMap<u128, f32>>>);

impl Measured {
    fn get(&self, key: u128) -> Option<f32> {
        let known = self.0.lock().ok()?;
        known.get(&key).copied()
    }

    fn put(&self, key: u128, thickness: f32) {
        if let Ok(mut known) = self.0.lock() {
            if known.len() >= MEASURED {
                known.clear();
            }
            known.insert(key, thickness);
        }
    }
}

/// A shape, and the last page that it was met on.
struct Met<'a> {
    key: u128,
    kept: Kept<'a>,
    page: usize,
}

/// What is known of a shape: its outline until it is measured, then the thickness in em.
enum Kept<'a> {
    Outline(OutlineGlyph),
    Drawn(Box<(Type3Glyph<'a>, Paint<'a>)>),
    Measured(f32),
}

impl<'a> Strokes<'a> {
    /// Nothing met yet.
    pub(super) fn new(without_drawn: bool, measured: Measured) -> Self {
        Self {
            without_drawn,
            measured,
            ..Self::default()
        }
    }

    /// Whether all shapes are forgotten when another page begins.
    pub(super) fn is_full(&self) -> bool {
        self.shapes.len() > MEASURED
    }

    /// Tells that another page begins. What is said of its characters does not depend on the pages
    /// before, which differ with the number of threads.
    pub(super) fn next_page(&mut self) {
        if self.is_full() {
            *self = Self {
                page: self.page,
                ..Self::new(self.without_drawn, self.measured.clone())
            };
        }
        self.page += 1;
        self.on_page = 0;
    }

    /// The font of a run of characters that are drawn by instructions; all of them have the font
    /// of the first.
    pub(super) fn font(&mut self, run: &[PositionedGlyph<'a>]) -> Option<DrawnFont> {
        let Glyph::Type3(first) = &**run.first()? else {
            return None;
        };
        if self.without_drawn || self.on_page >= MEASURED {
            return None;
        }
        let next = DrawnFont(self.fonts.len());
        let font = *self.font_of.entry(first.cache_key()).or_insert(next);
        if font == next {
            self.fonts.push(BTreeMap::new());
        }
        Some(font)
    }

    /// The shape of a character; `None` when there are too many, or of a drawn character without
    /// a font.
    pub(super) fn shape(
        &mut self,
        glyph: &Glyph<'a>,
        font: Option<DrawnFont>,
        paint: &Paint<'a>,
    ) -> Option<ShapeId> {
        match glyph {
            Glyph::Outline(outline) => {
                let key = outline.identifier().cache_key();
                self.keep(key, || Kept::Outline(outline.clone()))
            }
            Glyph::Type3(drawn) => {
                let font = font?;
                let code = drawn.char_code();
                let known = self.fonts.get(font.0).and_then(|codes| codes.get(&code));
                if let Some(known) = known {
                    return self.meet(*known);
                }
                let key = drawn.cache_key();
                let kept = || Kept::Drawn(Box::new((Type3Glyph::clone(drawn), paint.clone())));
                let shape = self.keep(key, kept)?;
                // A run that begins with this character has this font.
                self.font_of.entry(key).or_insert(font);
                if let Some(codes) = self.fonts.get_mut(font.0) {
                    codes.insert(code, shape);
                }
                Some(shape)
            }
        }
    }

    fn keep(&mut self, key: u128, kept: impl FnOnce() -> Kept<'a>) -> Option<ShapeId> {
        if let Some(known) = self.by_key.get(&key) {
            return self.meet(*known);
        }
        if self.on_page >= MEASURED {
            return None;
        }
        let shape = ShapeId(self.shapes.len());
        self.shapes.push(Met {
            key,
            kept: kept(),
            page: self.page,
        });
        self.on_page += 1;
        self.by_key.insert(key, shape);
        Some(shape)
    }

    /// Counts a shape that was met before as one of this page.
    fn meet(&mut self, shape: ShapeId) -> Option<ShapeId> {
        let known = self.shapes.get_mut(shape.0)?;
        if known.page != self.page {
            if self.on_page >= MEASURED {
                return None;
            }
            known.page = self.page;
            self.on_page += 1;
        }
        Some(shape)
    }

    /// Mean thickness in em; 0 when it cannot be told.
    pub(super) fn thickness(&mut self, shape: ShapeId) -> f32 {
        let Some(Met { key, kept, .. }) = self.shapes.get_mut(shape.0) else {
            return 0.0;
        };
        if let Kept::Measured(known) = kept {
            return *known;
        }
        let measured = self.measured.get(*key).unwrap_or_else(|| {
            let measured = catch_unwind(AssertUnwindSafe(|| thickness(&outline(kept))));
            let measured = measured.unwrap_or(0.0);
            self.measured.put(*key, measured);
            measured
        });
        *kept = Kept::Measured(measured);
        measured
    }
}

/// The outline of a character in em.
fn outline(kept: &Kept<'_>) -> BezPath {
    let unit = Affine::scale(0.001);
    match kept {
        Kept::Outline(outline) => unit * outline.outline(),
        Kept::Drawn(drawn) => {
            let (glyph, paint) = &**drawn;
            let mut outline = Outline::default();
            glyph.interpret(&mut outline, Affine::IDENTITY, unit, paint);
            outline.0
        }
        Kept::Measured(_) => BezPath::new(),
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
