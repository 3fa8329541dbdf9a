//! What goes to standard output: lines and small tables.

use std::io::Write;
use std::path::Path;

use crate::problem::{Result, writing};
use crate::text::Lang;

/// Standard output.
pub struct Screen<'a> {
    out: &'a mut dyn Write,
    /// The language of what is shown.
    pub lang: Lang,
}

impl std::fmt::Debug for Screen<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Screen")
            .field("lang", &self.lang)
            .finish_non_exhaustive()
    }
}

impl<'a> Screen<'a> {
    /// A screen in one language.
    pub fn new(out: &'a mut dyn Write, lang: Lang) -> Self {
        Self { out, lang }
    }

    /// Shows text as it is.
    ///
    /// # Errors
    /// When it cannot be written for another reason than that nobody reads it any more.
    pub fn text(&mut self, text: &str) -> Result<()> {
        self.bytes(text.as_bytes())
    }

    /// Shows one line.
    ///
    /// # Errors
    /// See [`Screen::text`].
    pub fn line(&mut self, line: &str) -> Result<()> {
        self.text(&format!("{line}\n"))
    }

    /// Writes bytes as they are.
    ///
    /// # Errors
    /// See [`Screen::text`].
    pub fn bytes(&mut self, bytes: &[u8]) -> Result<()> {
        match self.out.write_all(bytes).and_then(|()| self.out.flush()) {
            Err(error) if !super::is_gone(&error) => Err(writing(Path::new("stdout"))(error)),
            _ => Ok(()),
        }
    }

    /// Shows rows with their columns aligned: the first column to the left, numbers to the
    /// right.
    ///
    /// # Errors
    /// See [`Screen::text`].
    pub fn table(&mut self, rows: &[Vec<String>]) -> Result<()> {
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        let width_of = |column: usize| {
            rows.iter()
                .filter_map(|row| row.get(column))
                .map(|cell| width(cell))
                .max()
        };
        let widths: Vec<usize> = (0..columns).map(|c| width_of(c).unwrap_or(0)).collect();
        let is_number: Vec<bool> = (0..columns).map(|c| is_numeric(rows, c)).collect();
        for row in rows {
            let cells = row.iter().zip(&widths).zip(&is_number);
            let cells = cells.map(|((cell, width), right)| padded(cell, *width, *right));
            let line = cells.collect::<Vec<_>>().join("  ");
            self.line(line.trim_end())?;
        }
        Ok(())
    }
}

/// Whether all cells of a column below the heading are numbers.
fn is_numeric(rows: &[Vec<String>], column: usize) -> bool {
    let mut cells = rows
        .iter()
        .skip(1)
        .filter_map(|row| row.get(column))
        .peekable();
    cells.peek().is_some() && cells.all(|cell| cell.chars().all(|c| c.is_ascii_digit() || c == '-'))
}

fn padded(cell: &str, wanted: usize, is_right: bool) -> String {
    let blanks = " ".repeat(wanted.saturating_sub(width(cell)));
    if is_right {
        blanks + cell
    } else {
        cell.to_owned() + &blanks
    }
}

/// Columns that a text takes on a terminal: full-width characters take two.
fn width(text: &str) -> usize {
    text.chars().map(|c| if is_wide(c) { 2 } else { 1 }).sum()
}

/// Whether a character is wide by the East Asian Width of Unicode, as far as it occurs here.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{115F}' | '\u{2E80}'..='\u{A4CF}' | '\u{AC00}'..='\u{D7A3}'
        | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE6F}' | '\u{FF00}'..='\u{FF60}'
        | '\u{FFE0}'..='\u{FFE6}' | '\u{20000}'..='\u{3FFFD}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_width_cells_are_aligned() {
        let mut out = Vec::new();
        let rows = [["文書", "施策"], ["a-b", "46"]].map(|row| row.map(str::to_owned).to_vec());
        Screen::new(&mut out, Lang::Ja).table(&rows).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "文書  施策\na-b     46\n");
    }
}
