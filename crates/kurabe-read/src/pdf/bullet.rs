//! Bullets of lists that are drawn as shapes, not as characters.

use super::geometry::{Flow, Rect};
use super::ink::Glyph;

/// Small shapes of one page that are looked at; more make a drawing.
pub(super) const MOST: usize = 400;

/// Whether a filled shape is as small and as square as a bullet.
pub(super) fn may_be(rect: Rect) -> bool {
    let (width, height) = (rect.width(), rect.height());
    let is_small = (1.0..10.0).contains(&width) && (1.0..10.0).contains(&height);
    is_small && width < 1.4 * height && height < 1.4 * width
}

/// The bullets among small shapes: those that stand right before a line.
pub(super) fn bullets(dots: &[Rect], glyphs: &[Glyph]) -> Vec<Glyph> {
    if dots.len() > MOST {
        return Vec::new();
    }
    dots.iter().filter_map(|dot| bullet(*dot, glyphs)).collect()
}

fn bullet(dot: Rect, glyphs: &[Glyph]) -> Option<Glyph> {
    let is_level = |g: &&Glyph| {
        let near = (g.rect.middle().1 - dot.middle().1).abs() < 0.4 * g.size;
        g.flow == Flow::Right && near && !g.c.is_whitespace()
    };
    let on_line = || glyphs.iter().filter(is_level);
    let distance = |g: &Glyph| g.rect.left - dot.right;
    let next = on_line()
        .filter(|g| (0.0..2.5 * g.size).contains(&distance(g)))
        .min_by(|a, b| distance(a).total_cmp(&distance(b)))?;
    let has_before = on_line().any(|g| {
        let gap = dot.left - g.rect.right;
        g.rect.left < dot.right && gap < 3.0 * g.size
    });
    let is_bullet = !has_before && dot.height() < 0.7 * next.size;
    is_bullet.then_some(Glyph {
        c: '•',
        rect: Rect::new(dot.left, next.rect.top, dot.right, next.rect.bottom),
        ..*next
    })
}
