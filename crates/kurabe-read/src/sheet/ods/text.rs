//! The text of a cell: its paragraphs, one below the other.

use quick_xml::events::Event;

use crate::sheet::xml::{number, text};

/// Gathers the text of one cell; phonetic guides (`text:ruby-text`) are no part of it.
#[derive(Default)]
pub(super) struct CellText {
    out: String,
    paragraphs: usize,
    in_paragraph: bool,
    in_guide: bool,
    /// Whether the last character was a space of markup, which further ones are part of.
    after_space: bool,
}

impl CellText {
    /// Takes in an event inside the cell.
    pub(super) fn event(&mut self, event: &Event) {
        match event {
            Event::Start(element) => match element.name().as_ref() {
                "text:p" | "text:h" => self.start_paragraph(),
                "text:ruby-text" => self.in_guide = true,
                "text:s" => {
                    let count = number(element, "c").unwrap_or(1).min(1 << 12);
                    (0..count).for_each(|_| self.push(' '));
                }
                "text:tab" => self.push('\t'),
                "text:line-break" => self.push('\n'),
                _ => {}
            },
            Event::End(element) => match element.name().as_ref() {
                "text:p" | "text:h" => self.in_paragraph = false,
                "text:ruby-text" => self.in_guide = false,
                _ => {}
            },
            other if self.in_paragraph && !self.in_guide => {
                if let Some(text) = text(other) {
                    text.chars().for_each(|c| self.character(c));
                }
            }
            _ => {}
        }
    }

    fn start_paragraph(&mut self) {
        if self.paragraphs > 0 {
            self.out.push('\n');
        }
        self.paragraphs += 1;
        self.in_paragraph = true;
        self.after_space = true;
    }

    fn push(&mut self, c: char) {
        self.out.push(c);
        self.after_space = false;
    }

    /// A run of white space in the markup is one space, none at the start of a paragraph
    /// (OpenDocument 1.3, 6.1.2).
    fn character(&mut self, c: char) {
        if !matches!(c, ' ' | '\t' | '\r' | '\n') {
            self.push(c);
        } else if !self.after_space {
            self.out.push(' ');
            self.after_space = true;
        }
    }

    /// The text that was gathered.
    pub(super) fn finish(self) -> String {
        self.out
    }
}
