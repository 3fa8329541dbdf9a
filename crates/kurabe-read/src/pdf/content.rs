//! Whether the instructions of a page are whole: a damaged file may draw a part of its text.

use std::collections::BTreeSet;

use hayro_interpret::hayro_syntax::content::TypedIter;
use hayro_interpret::hayro_syntax::content::ops::TypedInstruction;
use hayro_interpret::hayro_syntax::page::Page;

/// What was noticed.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Content {
    /// Instructions are unknown or lost.
    pub(super) is_broken: bool,
    /// Fonts or forms are named that the page does not have.
    pub(super) has_unknown_names: bool,
}

/// Looks at the instructions of a page without following them.
pub(super) fn check(page: &Page<'_>) -> Content {
    let bytes = page.page_stream().unwrap_or_default();
    let resources = page.resources();
    let mut content = Content::default();
    let mut shown = 0_usize;
    // A page names its fonts thousands of times, and each look-up reads the font's dictionary again.
    let mut known: BTreeSet<Vec<u8>> = BTreeSet::new();
    let mut instructions = TypedIter::new(bytes);
    while let Some(instruction) = instructions.next() {
        match instruction {
            TypedInstruction::Fallback(_) => content.is_broken = true,
            TypedInstruction::TextFont(font) => {
                let name: &[u8] = font.0.as_ref();
                if !known.contains(name) {
                    known.insert(name.to_vec());
                    content.has_unknown_names |= resources.get_font(font.0).is_none();
                }
            }
            TypedInstruction::XObject(object) => {
                content.has_unknown_names |= resources.get_x_object(object.0).is_none();
            }
            TypedInstruction::ShowText(_)
            | TypedInstruction::ShowTexts(_)
            | TypedInstruction::NextLineAndShowText(_)
            | TypedInstruction::ShowTextWithParameters(_) => shown += 1,
            _ => {}
        }
    }
    content.is_broken |= shown < written(bytes);
    content
}

/// How often the bytes of instructions ask for text to be shown, outside of strings.
fn written(bytes: &[u8]) -> usize {
    let words = bytes.split(|b| b.is_ascii_whitespace() || matches!(b, b')' | b']' | b'>'));
    words.filter(|w| matches!(*w, b"Tj" | b"TJ")).count()
}
