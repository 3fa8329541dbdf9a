//! Paragraphs and tables of a part, in reading order.

use super::notes::Note;
use super::numbering::{Label, Numbering};
use super::styles::{self, NumberingOf, Styles};
use super::text::{Fields, Text};
use super::xml::El;
use crate::ReadError;
use crate::pieces::{Budget, Piece};

/// What is shared while a document is read.
pub(super) struct Flow<'d> {
    pub(super) styles: &'d Styles,
    pub(super) numbering: Numbering,
    pub(super) budget: Budget,
    pub(super) fields: Fields,
    /// Notes that the text refers to, in its order.
    pub(super) notes: Vec<Note>,
    /// The mark of the note that is being read, until it is printed.
    pub(super) mark: Option<String>,
}

impl<'d> Flow<'d> {
    pub(super) fn new(styles: &'d Styles, numbering: Numbering, budget: Budget) -> Self {
        Self {
            styles,
            numbering,
            budget,
            fields: Fields::default(),
            notes: Vec::new(),
            mark: None,
        }
    }

    /// Reads what stands directly in an element: a body, a cell, a text box, a note.
    pub(super) fn blocks(&mut self, parent: El) -> Result<Vec<Piece>, ReadError> {
        let mut pieces = Vec::new();
        // Text whose paragraph goes on in the next one, because the mark between them was deleted.
        let mut open = Text::default();
        for child in parent.children() {
            match child.name() {
                "w:p" => {
                    let text = self.paragraph_text(child, std::mem::take(&mut open))?;
                    if is_mark_deleted(child) {
                        open = text;
                    } else {
                        self.paragraph(child, text, &mut pieces);
                    }
                }
                "w:tbl" => {
                    plain(std::mem::take(&mut open), &mut pieces);
                    self.table(child, &mut pieces)?;
                }
                _ => {}
            }
        }
        plain(open, &mut pieces);
        Ok(pieces)
    }

    /// The text of a paragraph after what is open before it.
    fn paragraph_text(&mut self, paragraph: El, open: Text) -> Result<Text, ReadError> {
        let style = paragraph.child("w:pPr").and_then(|p| p.value("w:pStyle"));
        let mut text = self.text(paragraph, style)?;
        text.text.insert_str(0, &open.text);
        text.boxes.splice(0..0, open.boxes);
        text.is_hidden |= open.is_hidden;
        Ok(text)
    }

    fn paragraph(&mut self, paragraph: El, text: Text, out: &mut Vec<Piece>) {
        let properties = paragraph.child("w:pPr");
        let style = properties.and_then(|p| p.value("w:pStyle"));
        let label = self.label(properties, style, &text);
        if !text.text.trim().is_empty() {
            let piece = match (self.heading(properties, style), label) {
                (Some(level), Some(Label::Number(number))) => {
                    Piece::Heading(level, number + &text.text)
                }
                (Some(level), Some(Label::Bullet) | None) => Piece::Heading(level, text.text),
                (None, Some(Label::Number(number))) => Piece::Item(number + &text.text),
                (None, Some(Label::Bullet)) => Piece::Item(text.text),
                (None, None) => Piece::Paragraph(text.text),
            };
            out.push(piece);
        }
        rest(text.boxes, text.is_hidden, out);
    }

    fn heading(&self, properties: Option<El>, style: Option<&str>) -> Option<u8> {
        match properties.and_then(|p| p.value("w:outlineLvl")) {
            Some(stated) => styles::outline_level(stated),
            None => self.styles.heading(style),
        }
    }

    /// The number or bullet of a paragraph. One that is hidden as a whole does not count.
    fn label(&mut self, properties: Option<El>, style: Option<&str>, text: &Text) -> Option<Label> {
        if text.is_hidden && text.text.trim().is_empty() {
            return None;
        }
        let stated = properties.and_then(NumberingOf::stated).unwrap_or_default();
        let by_style = self.styles.numbering(style).unwrap_or_default();
        let of = NumberingOf {
            style: by_style.style.filter(|_| stated.list.is_none()),
            list: stated.list.or(by_style.list),
            level: stated.level.or(by_style.level),
        };
        self.numbering.next(&of, self.styles)
    }
}

/// Adds text without properties of its own.
fn plain(text: Text, out: &mut Vec<Piece>) {
    if !text.text.trim().is_empty() {
        out.push(Piece::Paragraph(text.text));
    }
    rest(text.boxes, text.is_hidden, out);
}

fn rest(boxes: Vec<Piece>, is_hidden: bool, out: &mut Vec<Piece>) {
    out.extend(boxes);
    if is_hidden {
        out.push(Piece::Skipped("hidden"));
    }
}

/// Whether the mark at the end of a paragraph was deleted or moved away.
fn is_mark_deleted(paragraph: El) -> bool {
    let mark = paragraph.child("w:pPr").and_then(|p| p.child("w:rPr"));
    mark.is_some_and(|mark| mark.child("w:del").or(mark.child("w:moveFrom")).is_some())
}
