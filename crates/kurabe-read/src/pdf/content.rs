//! Whether the instructions of a page are whole: a damaged file may draw a part of its text.

use std::collections::{BTreeMap, BTreeSet};

use hayro_interpret::hayro_syntax::content::TypedIter;
use hayro_interpret::hayro_syntax::content::ops::TypedInstruction;
use hayro_interpret::hayro_syntax::object::{Array, Name, Object, ObjectIdentifier};
use hayro_interpret::hayro_syntax::page::{Page, Resources};

/// What was noticed.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Content {
    /// Instructions are unknown or lost.
    pub(super) is_broken: bool,
    /// Fonts or forms are named that the page does not have.
    pub(super) has_unknown_names: bool,
    /// How often text is shown that draws a character, whatever its font is.
    pub(super) shown: usize,
    /// How often each form or picture is drawn, by name.
    pub(super) drawn: BTreeMap<Vec<u8>, u64>,
}

/// Fonts that were found on a page. A page names its fonts thousands of times and most pages name
/// the same, while each look-up reads the dictionary of the font again.
#[derive(Debug, Default)]
pub(super) struct Fonts {
    known: BTreeSet<ObjectIdentifier>,
}

impl Fonts {
    /// Whether a page has a font of that name.
    fn has(&mut self, resources: &Resources<'_>, name: &Name<'_>) -> bool {
        let place = resources.fonts.get_ref(name).map(ObjectIdentifier::from);
        if place.is_some_and(|place| self.known.contains(&place)) {
            return true;
        }
        let is_there = resources.get_font(name).is_some();
        self.known.extend(place.filter(|_| is_there));
        is_there
    }
}

/// Looks at the instructions of a page without following them.
pub(super) fn check(page: &Page<'_>, fonts: &mut Fonts) -> Content {
    let bytes = page.page_stream().unwrap_or_default();
    let resources = page.resources();
    let mut content = Content::default();
    let mut shown = 0_usize;
    let mut known: BTreeSet<Vec<u8>> = BTreeSet::new();
    let mut instructions = TypedIter::new(bytes);
    while let Some(instruction) = instructions.next() {
        match instruction {
            TypedInstruction::Fallback(_) => content.is_broken = true,
            TypedInstruction::TextFont(font) => {
                let name: &[u8] = font.0.as_ref();
                if !known.contains(name) {
                    known.insert(name.to_vec());
                    content.has_unknown_names |= !fonts.has(resources, font.0);
                }
            }
            TypedInstruction::XObject(object) => {
                let name: &[u8] = object.0.as_ref();
                if let Some(times) = content.drawn.get_mut(name) {
                    *times = times.saturating_add(1);
                } else {
                    content.drawn.insert(name.to_vec(), 1);
                    content.has_unknown_names |= resources.get_x_object(object.0).is_none();
                }
            }
            TypedInstruction::ShowText(text) => {
                shown += 1;
                content.shown += usize::from(!text.0.as_bytes().is_empty());
            }
            TypedInstruction::ShowTexts(texts) => {
                shown += 1;
                content.shown += usize::from(has_text(texts.0));
            }
            TypedInstruction::NextLineAndShowText(_)
            | TypedInstruction::ShowTextWithParameters(_) => shown += 1,
            _ => {}
        }
    }
    content.is_broken |= shown < written(bytes);
    content
}

/// Whether a list of strings and gaps between them holds a character.
fn has_text(list: &Array<'_>) -> bool {
    let mut parts = list.iter::<Object<'_>>();
    parts.any(|part| matches!(part, Object::String(text) if !text.as_bytes().is_empty()))
}

/// Whether a page has layers that may be hidden: not all that it shows is seen.
pub(super) fn has_layers(page: &Page<'_>) -> bool {
    page.resources().properties.keys().next().is_some()
}

/// How often the bytes of instructions ask for text to be shown, outside of strings.
fn written(bytes: &[u8]) -> usize {
    let words = bytes.split(|b| b.is_ascii_whitespace() || matches!(b, b')' | b']' | b'>'));
    words.filter(|w| matches!(*w, b"Tj" | b"TJ")).count()
}
