//! The text of one paragraph.

use super::flow::Flow;
use super::notes::{Note, NoteKind};
use super::symbol;
use super::xml::El;
use crate::ReadError;
use crate::pieces::Piece;

/// What stands in a paragraph.
#[derive(Debug, Default)]
pub(super) struct Text {
    /// The text; lines are separated by line feeds.
    pub(super) text: String,
    /// Text boxes that are anchored in it.
    pub(super) boxes: Vec<Piece>,
    /// Whether some text is hidden.
    pub(super) is_hidden: bool,
}

/// Fields that are open: whether their result has begun. What stands before it says how the result
/// is made.
#[derive(Debug, Default)]
pub(super) struct Fields(Vec<bool>);

impl Fields {
    fn mark(&mut self, kind: Option<&str>) {
        match kind {
            Some("begin") => self.0.push(false),
            Some("separate") => {
                if let Some(has_begun) = self.0.last_mut() {
                    *has_begun = true;
                }
            }
            Some("end") => {
                self.0.pop();
            }
            Some(_) | None => {}
        }
    }

    fn is_shown(&self) -> bool {
        self.0.iter().all(|has_begun| *has_begun)
    }

    /// At the end of a paragraph: a field whose result has not begun is damaged.
    pub(super) fn end_paragraph(&mut self) {
        self.0.retain(|has_begun| *has_begun);
    }
}

impl Flow<'_> {
    /// Reads what stands in a paragraph; `style` is its style.
    pub(super) fn text(&mut self, paragraph: El, style: Option<&str>) -> Result<Text, ReadError> {
        let mut text = Text::default();
        let hides = self.styles.vanish(style).unwrap_or(false);
        for child in paragraph.children() {
            self.inline(child, hides, &mut text)?;
        }
        self.fields.end_paragraph();
        Ok(text)
    }

    fn inline(&mut self, at: El, hides: bool, out: &mut Text) -> Result<(), ReadError> {
        match at.name() {
            "w:r" => self.run(at, hides, out)?,
            "w:t" => self.push(&written(at), hides, out),
            "m:t" => self.push(at.text(), hides, out),
            "m:den" => {
                self.push("/", hides, out);
                for child in at.children() {
                    self.inline(child, hides, out)?;
                }
            }
            "w:tab" | "w:ptab" => self.push("\t", hides, out),
            "w:br" | "w:cr" => self.push("\n", hides, out),
            "w:noBreakHyphen" => self.push("-", hides, out),
            "w:sym" => {
                let (font, code) = (at.attribute("font"), at.attribute("char"));
                let sign = symbol::character(font.unwrap_or_default(), code.unwrap_or_default());
                self.push(&sign.map_or_else(String::new, String::from), hides, out);
            }
            "w:fldChar" => self.fields.mark(at.attribute("fldCharType")),
            "w:txbxContent" => {
                let fields = std::mem::take(&mut self.fields);
                out.boxes.extend(self.blocks(at)?);
                self.fields = fields;
            }
            "w:footnoteReference" => self.note(NoteKind::Foot, at),
            "w:endnoteReference" => self.note(NoteKind::End, at),
            "w:footnoteRef" | "w:endnoteRef" => {
                let mark = self.mark.take().unwrap_or_default();
                self.push(&mark, hides, out);
            }
            _ => {}
        }
        Ok(())
    }

    fn run(&mut self, run: El, hides: bool, out: &mut Text) -> Result<(), ReadError> {
        let properties = run.child("w:rPr");
        let stated = properties.and_then(|p| {
            let style = p.value("w:rStyle");
            let by_style = || style.and_then(|style| self.styles.vanish(Some(style)));
            p.switch("w:vanish").or_else(by_style)
        });
        for child in run.children() {
            self.inline(child, stated.unwrap_or(hides), out)?;
        }
        Ok(())
    }

    fn push(&mut self, text: &str, hides: bool, out: &mut Text) {
        if !self.fields.is_shown() {
            return;
        }
        if hides {
            out.is_hidden |= !text.trim().is_empty();
        } else {
            out.text.push_str(text);
        }
    }

    fn note(&mut self, kind: NoteKind, reference: El) {
        if let Some(id) = reference.attribute("id") {
            self.notes.push(Note {
                kind,
                id: id.to_owned(),
                has_own_mark: reference.switch_attribute("customMarkFollows"),
            });
        }
    }
}

/// White space around a text counts only where it is said to.
fn written(text: El) -> String {
    let space = [' ', '\t', '\n', '\r'];
    let written = match text.attribute("space") {
        Some("preserve") => text.text(),
        Some(_) | None => text.text().trim_matches(space),
    };
    // Lines end at breaks only.
    written.replace(['\n', '\r'], " ")
}
