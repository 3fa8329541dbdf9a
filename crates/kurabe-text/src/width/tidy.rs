//! The standard display form of a short text.

use super::{is_japanese, narrow, radical};
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;

/// The standard display form of a short text such as a title, a department or a stage.
///
/// NFC (not NFKC: `①`, `㈱` and full-width letters stay), Kangxi radicals folded, one form for `・`
/// and `～`, Markdown emphasis `**` removed. White space at the ends goes, runs of it become one
/// space, and a space goes where Japanese stands on one side and Japanese, a Latin letter, a digit
/// or a bracket on the other: recognition puts it there. Single capitals set apart are joined.
///
/// ```
/// use kurabe_text::width::tidy;
/// assert_eq!(tidy("  Web 会議の　環境 整備 "), "Web会議の環境整備");
/// assert_eq!(tidy("G I G A スクール"), "GIGAスクール");
/// assert_eq!(tidy("Power  BI"), "Power BI");
/// ```
pub fn tidy(s: &str) -> String {
    let folded: String = s.chars().filter_map(display).nfc().collect();
    let plain: Vec<char> = folded.replace("**", "").chars().collect();
    let words = squeeze(&plain);
    join_capitals(&words)
}

/// What one character becomes in the display form; `None` when it is dropped.
fn display(c: char) -> Option<char> {
    match c {
        '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' | '\u{200b}' | '\u{feff}' => None,
        '\u{2e80}'..='\u{2fdf}' => Some(radical(c)),
        '\u{2027}' | '\u{ff65}' => Some('・'),
        '\u{301c}' | '\u{223c}' => Some('～'),
        other => Some(other),
    }
}

/// White space squeezed and dropped where it is an artefact.
fn squeeze(chars: &[char]) -> String {
    let mut out = String::with_capacity(chars.len() * 3);
    let mut last = None;
    let mut gap = false;
    for &c in chars {
        if c.is_whitespace() {
            gap = true;
            continue;
        }
        if let Some(before) = last
            && gap
            && !is_artefact(before, c)
        {
            out.push(' ');
        }
        out.push(c);
        last = Some(c);
        gap = false;
    }
    out
}

/// A space between these two is a recognition artefact.
fn is_artefact(before: char, after: char) -> bool {
    (is_japanese(before) && sticks(after)) || (is_japanese(after) && sticks(before))
}

fn sticks(c: char) -> bool {
    is_japanese(c)
        || c.is_ascii_digit()
        || is_latin(narrow(c))
        || narrow(c).is_ascii_digit()
        || matches!(c, '(' | ')' | '[' | ']' | '%' | '\u{2460}'..='\u{24ff}' | '\u{3200}'..='\u{33ff}')
}

fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic()
}

fn join_capitals(s: &str) -> String {
    let mut out = String::with_capacity(s.len());
    let mut from = 0;
    for run in spaced_capitals(s) {
        out.push_str(s.get(from..run.start).unwrap_or_default());
        out.extend(
            s.get(run.clone())
                .unwrap_or_default()
                .chars()
                .filter(|c| !c.is_whitespace()),
        );
        from = run.end;
    }
    out.push_str(s.get(from..).unwrap_or_default());
    out
}

/// Runs of single Latin capitals set apart by spaces: `G I G A`. Two of them beside a Latin word
/// (`Plan A B`) are left alone.
pub(crate) fn spaced_capitals(s: &str) -> Vec<Range<usize>> {
    let mut runs = Vec::new();
    let mut tokens: Vec<(usize, char)> = Vec::new();
    let mut before = None;
    let mut gap = true;
    for (at, c) in s.char_indices().chain(std::iter::once((s.len(), '\n'))) {
        if is_space(c) {
            gap = true;
            continue;
        }
        let capital = narrow(c).is_ascii_uppercase() && stands_alone(s, at, c);
        let ends = at == s.len() || !capital || (!gap && !tokens.is_empty());
        if ends {
            close(
                &mut runs,
                &mut tokens,
                before,
                (at < s.len() && gap).then_some(c),
            );
        }
        if capital {
            tokens.push((at, c));
        } else {
            before = Some(c);
        }
        gap = false;
    }
    close(&mut runs, &mut tokens, before, None);
    runs
}

fn is_space(c: char) -> bool {
    c == ' ' || c == '\u{3000}' || c == '\u{a0}'
}

/// No Latin letter, digit or connecting sign touches the letter.
fn stands_alone(s: &str, at: usize, c: char) -> bool {
    let touches = |n: char| {
        narrow(n).is_ascii_alphanumeric() || matches!(narrow(n), '-' | '_' | '.' | '&' | '+' | '\'')
    };
    let before = s.get(..at).and_then(|p| p.chars().next_back());
    let after = s.get(at + c.len_utf8()..).and_then(|p| p.chars().next());
    !before.is_some_and(touches) && !after.is_some_and(touches)
}

fn close(
    runs: &mut Vec<Range<usize>>,
    tokens: &mut Vec<(usize, char)>,
    before: Option<char>,
    after: Option<char>,
) {
    let latin = |c: Option<char>| c.is_some_and(|c| is_latin(narrow(c)));
    let least = if latin(before) || latin(after) { 3 } else { 2 };
    if let (Some(&(start, _)), Some(&(last, c))) = (tokens.first(), tokens.last())
        && tokens.len() >= least
    {
        runs.push(start..last + c.len_utf8());
    }
    tokens.clear();
}
