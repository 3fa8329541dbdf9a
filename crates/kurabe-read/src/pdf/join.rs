//! Lines as printed → lines as written: where a line goes on below, and where it ends.

use super::line::{TextLine, is_wide};

/// A line as written that may have been broken in print.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Written {
    /// The text as the fonts give it.
    pub(super) raw: String,
    /// Index of its first and last printed line.
    pub(super) lines: (usize, usize),
}

/// Joins printed lines; `room` says how much wider each could be.
pub(super) fn join(lines: &[TextLine], room: impl Fn(&TextLine) -> f64) -> Vec<Written> {
    let mut written: Vec<Written> = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|i| lines.get(i));
        let goes_on = before.is_some_and(|before| !ends(before, line, room(before)));
        match written.last_mut().filter(|_| goes_on) {
            Some(last) => {
                append(&mut last.raw, &line.raw);
                last.lines.1 = index;
            }
            None => written.push(Written {
                raw: line.raw.clone(),
                lines: (index, index),
            }),
        }
    }
    written
}

/// Whether a line as written ends with a printed line although another follows.
fn ends(line: &TextLine, next: &TextLine, room: f64) -> bool {
    line.flow != next.flow || ends_before(room, line, next.head, &next.raw)
}

/// Whether a line with so much room left ends before a line that begins with a word of that width.
pub(super) fn ends_before(room: f64, line: &TextLine, head: f64, next: &str) -> bool {
    let would_fit = room > head + 0.3 * line.size;
    let is_sentence = line.last().is_some_and(|c| "。」）)．".contains(c));
    match mark(next) {
        Some(Mark::Strong) => would_fit || !is_listed_inside(&line.raw, next),
        Some(Mark::Weak) => would_fit || is_sentence,
        None => would_fit,
    }
}

/// Whether a line counts things inside (`①受付 ②審査`) as the next one goes on doing.
fn is_listed_inside(line: &str, next: &str) -> bool {
    let is_number = |c: char| ('①'..='⓿').contains(&c) || ('❶'..='➓').contains(&c);
    let goes_on = next.trim_start().starts_with(is_number);
    goes_on && line.trim_start().chars().skip(1).any(is_number)
}

/// Appends a printed line to the one that it continues.
pub(super) fn append(text: &mut String, next: &str) {
    text.truncate(text.trim_end().len());
    let next = next.trim_start();
    if text.ends_with('\u{AD}') {
        text.pop();
    } else {
        let meets = text.chars().next_back().zip(next.chars().next());
        if meets.is_some_and(|(a, b)| !is_wide(a) && !is_wide(b)) {
            text.push(' ');
        }
    }
    text.push_str(next);
}

/// A sign that begins a new line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// It cannot be anything else.
    Strong,
    /// It may be a part of the text.
    Weak,
}

/// The mark at the start of a line.
pub(super) fn mark(text: &str) -> Option<Mark> {
    let text = text.trim_start();
    let first = text.chars().next()?;
    let is_strong = "・‧･•●○◎■□◆◇▲△▼▽★☆※【➢➤✓✔⇒→".contains(first)
        || ('①'..='⓿').contains(&first)
        || ('❶'..='➓').contains(&first);
    if is_strong {
        return Some(Mark::Strong);
    }
    (is_bracketed(text) || is_numbered(text) || is_dash(text)).then_some(Mark::Weak)
}

/// `(1)`, `（ア）`, `1)`.
fn is_bracketed(text: &str) -> bool {
    let body = text.trim_start_matches(['(', '（']);
    let Some((inside, _)) = body.split_once([')', '）']) else {
        return false;
    };
    let count = inside.chars().count();
    let is_number = inside.chars().all(char::is_numeric);
    let is_letter = count == 1 && body.len() < text.len();
    (1..=3).contains(&count) && (is_number || is_letter)
}

/// `1.`, `２．`, `第3`.
fn is_numbered(text: &str) -> bool {
    let body = text.trim_start_matches(char::is_numeric);
    let digits = text.chars().count() - body.chars().count();
    let after = body.chars().nth(1);
    (1..=2).contains(&digits)
        && body.starts_with(['.', '．', '、'])
        && after.is_none_or(|c| !c.is_numeric())
}

/// `- `, `* `.
fn is_dash(text: &str) -> bool {
    ["- ", "* ", "– "].iter().any(|mark| text.starts_with(mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_begin_lines() {
        for text in ["・窓口", "①申請", "※注", "【概要】"] {
            assert_eq!(mark(text), Some(Mark::Strong), "{text}");
        }
        for text in [
            "(1) 目的",
            "（ア）目的",
            "1. 目的",
            "２．目的",
            "- 目的",
            "1) 目的",
        ] {
            assert_eq!(mark(text), Some(Mark::Weak), "{text}");
        }
        for text in ["1.5倍", "令和5年度", "（仮称）", "", "10件（累計）"] {
            assert_eq!(mark(text), None, "{text}");
        }
    }

    #[test]
    fn joins_keep_words_apart_and_characters_together() {
        let joined = |a: &str, b: &str| {
            let mut text = a.to_owned();
            append(&mut text, b);
            text
        };
        assert_eq!(joined("窓口の", "改善"), "窓口の改善");
        assert_eq!(joined("digital", "plan"), "digital plan");
        assert_eq!(joined("DX", "推進"), "DX推進");
        assert_eq!(joined("digi\u{AD}", "tal"), "digital");
    }
}
