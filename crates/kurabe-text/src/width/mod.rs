//! Width, compatibility characters and spacing.
//!
//! Readers of PDF files return look-alikes: Kangxi radicals for ordinary ideographs, U+2027 for ・,
//! three code points for ～. [`nfkc`] and [`key`] fold them for matching, [`tidy`] for display.
//! Where the place in the source matters, [`nfkc_mapped`] remembers it.

mod mapped;
mod tidy;

pub use mapped::{Mapped, nfkc_mapped};
pub(crate) use tidy::spaced_capitals;
pub use tidy::tidy;

use crate::data;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

#[derive(Deserialize)]
struct Radicals {
    radicals: BTreeMap<char, char>,
}

static RADICALS: LazyLock<BTreeMap<char, char>> =
    LazyLock::new(|| data::load::<Radicals>(include_str!("../../data/radicals.toml")).radicals);

/// Compatibility form (NFKC) with the look-alikes of Japanese PDF files folded.
///
/// Beyond NFKC: CJK radicals become the ideograph used in Japan, variation selectors are dropped,
/// `‧` becomes `・`, the wave dashes become `~`, and hyphens and minus signs become `-`. The
/// prolonged sound `ー` and the em dash `―` stay.
///
/// ```
/// use kurabe_text::width::nfkc;
/// assert_eq!(nfkc("市⺠課　Ｒ５"), "市民課 R5");
/// assert_eq!(nfkc("〜～∼"), "~~~");
/// ```
pub fn nfkc(s: &str) -> String {
    if s.chars().all(is_stable) {
        return s.to_owned();
    }
    s.chars().filter_map(fold).nfkc().collect()
}

/// Matching key: [`nfkc`], all white space removed, lower case, one form for quotes, commas, full
/// stops, middle dots and long dashes.
///
/// ```
/// use kurabe_text::width::key;
/// assert_eq!(key("Ｗｅｂ 会議（再掲）"), key("web会議(再掲)"));
/// ```
pub fn key(s: &str) -> String {
    let mut out = String::with_capacity(s.len());
    // White space goes first, so that letters it held apart can join; NFKC may make more of it.
    let written = s.chars().filter(|c| !c.is_whitespace());
    if s.chars().all(is_stable) {
        written.for_each(|c| push_key(&mut out, c));
    } else {
        let folded = written.filter_map(fold).nfkc();
        folded
            .filter(|c| !c.is_whitespace())
            .for_each(|c| push_key(&mut out, c));
    }
    out
}

fn push_key(out: &mut String, c: char) {
    if c.is_ascii() {
        out.push(c.to_ascii_lowercase());
    } else if is_stable(c) && !matches!(c, '、' | '。') {
        out.push(c);
    } else {
        out.extend(punctuation(c).to_lowercase());
    }
}

fn punctuation(c: char) -> char {
    match c {
        '‘' | '’' | '′' | '‛' => '\'',
        '“' | '”' | '″' | '〝' | '〟' | '〞' => '"',
        '、' => ',',
        '。' => '.',
        '—' | '―' | '─' | '━' => '-',
        '·' | '•' => '・',
        other => other,
    }
}

/// Characters that [`nfkc`] leaves alone and that never join with a neighbour.
pub(crate) fn is_stable(c: char) -> bool {
    matches!(c,
        '\u{0}'..='\u{7f}' | '\u{3001}'..='\u{301b}' | '\u{3041}'..='\u{3096}' | '\u{309d}' | '\u{309e}'
        | '\u{30a0}'..='\u{30fe}' | '\u{4e00}'..='\u{9fff}')
}

/// What one source character becomes before NFKC; `None` when it is dropped.
pub(crate) fn fold(c: char) -> Option<char> {
    Some(match c {
        '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' => return None,
        '\u{2e80}'..='\u{2fdf}' => radical(c),
        '\u{2027}' | '\u{ff65}' => '・',
        '\u{301c}' | '\u{ff5e}' | '\u{223c}' => '~',
        '\u{2010}'..='\u{2013}' | '\u{2212}' | '\u{ff0d}' | '\u{fe63}' => '-',
        '\u{309b}' => '\u{3099}',
        '\u{309c}' => '\u{309a}',
        other => other,
    })
}

/// The Japanese ideograph for a CJK radical; other characters unchanged.
pub(crate) fn radical(c: char) -> char {
    if !matches!(c, '\u{2e80}'..='\u{2fdf}') {
        return c;
    }
    let known = RADICALS.get(&c).copied();
    known
        .or_else(|| std::iter::once(c).nfkc().next())
        .unwrap_or(c)
}

/// `true` for kana, kanji, `ー`, `々`, `〆` and full-width punctuation; not for full-width Latin
/// letters and digits.
///
/// ```
/// use kurabe_text::width::is_japanese;
/// assert!(is_japanese('課') && is_japanese('ー') && is_japanese('（'));
/// assert!(!is_japanese('A') && !is_japanese('Ａ') && !is_japanese('('));
/// ```
pub fn is_japanese(c: char) -> bool {
    matches!(c,
        '\u{2e80}'..='\u{2fdf}' | '\u{3001}'..='\u{303f}' | '\u{3041}'..='\u{30ff}'
        | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}'
        | '\u{ff3b}'..='\u{ff40}' | '\u{ff5b}'..='\u{ff9f}' | '\u{20000}'..='\u{3ffff}')
}

/// `true` for katakana of either width and the prolonged sound `ー`.
///
/// ```
/// use kurabe_text::width::is_katakana;
/// assert!(is_katakana('デ') && is_katakana('ー') && is_katakana('ﾃ'));
/// assert!(!is_katakana('で') && !is_katakana('・'));
/// ```
pub fn is_katakana(c: char) -> bool {
    matches!(c, '\u{30a1}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}'
        | '\u{ff66}'..='\u{ff9f}')
}

/// `true` for kanji (with `々` and `〆`).
pub(crate) fn is_kanji(c: char) -> bool {
    matches!(c, '々' | '〆' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// A full-width ASCII character as its ASCII one; others unchanged. One to one, so that places stay.
pub(crate) fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' | '\u{a0}' => ' ',
        '〜' => '~',
        '−' | '‐' | '‑' | '–' => '-',
        other => other,
    }
}

#[cfg(test)]
mod tests;
