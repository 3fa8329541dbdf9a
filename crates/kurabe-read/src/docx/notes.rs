//! Footnotes and endnotes: paragraphs at the end, with the marks that are printed.

use std::collections::BTreeMap;

use super::flow::Flow;
use super::numbering::numeral;
use super::xml::{El, Tree};
use crate::ReadError;
use crate::numeral::{Case, Numeral};
use crate::pieces::Piece;

/// Where a note is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoteKind {
    /// At the foot of the page.
    Foot,
    /// At the end of the document.
    End,
}

/// A note that the text refers to.
#[derive(Debug)]
pub(super) struct Note {
    pub(super) kind: NoteKind,
    pub(super) id: String,
    /// Whether its mark is typed, not counted.
    pub(super) has_own_mark: bool,
}

impl NoteKind {
    /// Name of the elements of such notes.
    fn element(self) -> &'static str {
        match self {
            Self::Foot => "w:footnote",
            Self::End => "w:endnote",
        }
    }

    /// How such notes are numbered, by the settings of the document.
    fn numeral(self, settings: Option<&Tree>) -> Numeral {
        let (element, usual) = match self {
            Self::Foot => ("w:footnotePr", Numeral::Decimal),
            Self::End => ("w:endnotePr", Numeral::Roman(Case::Lower)),
        };
        let stated = settings.and_then(|tree| tree.all(element).next()?.value("w:numFmt"));
        stated.map_or(usual, numeral)
    }
}

impl Flow<'_> {
    /// Reads the notes of a kind that the text has referred to.
    pub(super) fn read_notes(
        &mut self,
        kind: NoteKind,
        part: &Tree,
        settings: Option<&Tree>,
    ) -> Result<Vec<Piece>, ReadError> {
        let numeral = kind.numeral(settings);
        let mut bodies: BTreeMap<&str, El> = BTreeMap::new();
        for body in part.all(kind.element()) {
            bodies.insert(body.attribute("id").unwrap_or_default(), body);
        }
        let (referred, others): (Vec<Note>, Vec<Note>) = std::mem::take(&mut self.notes)
            .into_iter()
            .partition(|note| note.kind == kind);
        self.notes = others;
        let mut pieces = Vec::new();
        let mut number: u32 = 0;
        for note in referred {
            let counts = !note.has_own_mark;
            number = number.saturating_add(u32::from(counts));
            // A note that is referred to again is printed once.
            if let Some(body) = bodies.remove(note.id.as_str()) {
                self.mark = counts.then(|| numeral.print(number));
                pieces.extend(self.read_note(body)?);
            }
        }
        Ok(pieces)
    }

    fn read_note(&mut self, note: El) -> Result<Vec<Piece>, ReadError> {
        let mut pieces = self.blocks(note)?;
        let first = pieces.iter_mut().find_map(|piece| match piece {
            Piece::Paragraph(text) | Piece::Item(text) | Piece::Heading(_, text) => Some(text),
            Piece::Text(_) | Piece::ListText(_) | Piece::Table(_) | Piece::Skipped(_) => None,
        });
        if let (Some(mark), Some(text)) = (self.mark.take(), first) {
            text.insert_str(0, &format!("{mark} "));
        }
        Ok(pieces)
    }
}
