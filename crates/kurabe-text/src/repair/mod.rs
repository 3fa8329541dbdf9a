//! Suggestions for slips of character recognition, with their places.
//!
//! A repair never overwrites: the caller keeps the words as written, shows the repair as a finding
//! and uses the result of [`apply`]. Known slips are data (`data/lexicon.toml`), as are the tables
//! of look-alike letters (`data/scripts.toml`) and glyphs (`data/glyphs.toml`).

mod lexicon;
mod rules;

pub use lexicon::Lexicon;

use std::ops::Range;

/// A suggested repair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repair {
    /// Bytes of the text that was given.
    pub range: Range<usize>,
    /// The words as written.
    pub raw: String,
    /// The words as they are meant.
    pub fixed: String,
    /// The rule: `lexicon`, `script`, `glyph` or `spacing`.
    pub rule: String,
}

/// The text with repairs applied. A repair that does not fit the text (its words stand elsewhere,
/// or it overlaps an earlier one) is left out.
///
/// ```
/// use kurabe_text::repair::{Lexicon, apply};
/// let text = "AIチャットポットの導入";
/// let repairs = Lexicon::builtin().repairs(text);
/// assert_eq!(apply(text, &repairs), "AIチャットボットの導入");
/// ```
pub fn apply(s: &str, repairs: &[Repair]) -> String {
    let mut sorted: Vec<&Repair> = repairs.iter().collect();
    sorted.sort_by_key(|r| r.range.start);
    let mut out = String::with_capacity(s.len());
    let mut from = 0;
    for repair in sorted {
        let fits = s.get(repair.range.clone()) == Some(repair.raw.as_str());
        if let Some(kept) = s.get(from..repair.range.start).filter(|_| fits) {
            out.push_str(kept);
            out.push_str(&repair.fixed);
            from = repair.range.end;
        }
    }
    out.push_str(s.get(from..).unwrap_or_default());
    out
}

#[cfg(test)]
mod tests;
