//! Running text as a browser shows it: white space collapsed (CSS Text 3, 4.1), breaks as line
//! feeds.

/// White space not yet written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gap {
    /// Spaces and tabs.
    Space,
    /// White space with a line end of the source in it.
    LineEnd,
}

/// Text of one block that is being put together.
#[derive(Debug, Default)]
pub(super) struct Inline {
    text: String,
    gap: Option<Gap>,
}

impl Inline {
    /// Adds text of the source.
    pub(super) fn push(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '\n' | '\r' => self.gap = Some(Gap::LineEnd),
                ' ' | '\t' | '\u{c}' => self.gap = self.gap.or(Some(Gap::Space)),
                _ => {
                    self.close_gap(c);
                    self.text.push(c);
                }
            }
        }
    }

    /// Adds text of which the white space is shown as it is.
    pub(super) fn push_preformatted(&mut self, text: &str) {
        if let Some(first) = text.chars().next() {
            self.close_gap(first);
        }
        self.text.push_str(text);
    }

    /// Writes a space for the white space before `next`, where one is shown: not at the beginning
    /// of a line, and not where the source breaks its line between two Japanese characters.
    fn close_gap(&mut self, next: char) {
        let Some(gap) = self.gap.take() else { return };
        let Some(last) = self.text.chars().next_back() else {
            return;
        };
        let joins = gap == Gap::LineEnd && is_wide(last) && is_wide(next);
        if last != '\n' && !joins {
            self.text.push(' ');
        }
    }

    /// Adds a line break.
    pub(super) fn break_line(&mut self) {
        self.gap = None;
        self.text.push('\n');
    }

    /// Sees to it that what follows begins a line.
    pub(super) fn end_line(&mut self) {
        self.gap = None;
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    /// The text so far without line breaks around it; `None` when nothing is visible.
    pub(super) fn take(&mut self) -> Option<String> {
        self.gap = None;
        let text = std::mem::take(&mut self.text);
        let visible = !text.trim().is_empty();
        visible.then(|| text.trim_matches('\n').to_owned())
    }
}

/// Characters of full, half or ambiguous East Asian width, hangul not among them.
fn is_wide(c: char) -> bool {
    matches!(u32::from(c),
        0x2E80..=0x30FF | 0x3190..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0xFE30..=0xFE4F
        | 0xFF00..=0xFFEF | 0x1B000..=0x1B2FF | 0x20000..=0x3FFFF)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(texts: &[&str]) -> String {
        let mut inline = Inline::default();
        for text in texts {
            inline.push(text);
        }
        inline.take().unwrap_or_default()
    }

    #[test]
    fn white_space_collapses_as_in_a_browser() {
        assert_eq!(shown(&["  A \t B\n", " ", "C\u{a0} D "]), "A B C\u{a0} D");
        assert_eq!(shown(&["総合\n  計画"]), "総合計画");
        assert_eq!(shown(&["総合\n計画", "\n2"]), "総合計画 2");
        assert_eq!(shown(&["総合 計画", "\u{3000}字"]), "総合 計画\u{3000}字");
        assert_eq!(shown(&[" \n "]), "");
    }

    #[test]
    fn breaks_begin_lines() {
        let mut inline = Inline::default();
        inline.break_line();
        inline.push("A ");
        inline.break_line();
        inline.break_line();
        inline.push(" B");
        inline.end_line();
        inline.end_line();
        inline.push("C");
        assert_eq!(inline.take().as_deref(), Some("A\n\nB\nC"));
        assert_eq!(inline.take(), None);
    }
}
