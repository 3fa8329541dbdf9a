//! The same words written in another way: width, line ends, blanks, years.

use super::{Except, assert_same};
use crate::corpus;

/// Changes each bundled document and compares everything, places too.
fn same_everywhere(what: &str, except: Except<'_>, change: impl Fn(&str) -> String) {
    for source in corpus::bundled() {
        let text = change(&source.text);
        assert_ne!(
            text, source.text,
            "{what}: {} is not changed",
            source.document
        );
        let variant = corpus::read(text.as_bytes(), &source.path);
        let what = format!("{what}: {}", source.document);
        assert_same(&what, corpus::original(&source.document), &variant, except);
    }
}

#[test]
fn full_width_digits() {
    same_everywhere("full-width digits", Except::default(), |text| {
        outside_tags(text, |c| match c {
            '0'..='9' => char::from_u32(u32::from(c) - u32::from('0') + 0xff10).unwrap(),
            _ => c,
        })
    });
}

#[test]
fn half_width_digits() {
    for source in corpus::bundled() {
        let text = outside_tags(&source.text, |c| match c {
            '０'..='９' => char::from_u32(u32::from(c) - 0xff10 + u32::from('0')).unwrap(),
            _ => c,
        });
        let variant = corpus::read(text.as_bytes(), &source.path);
        let base = corpus::original(&source.document);
        assert_same(&source.document, base, &variant, Except::default());
    }
}

#[test]
fn full_width_brackets_and_colons() {
    same_everywhere("brackets", Except::default(), |text| {
        outside_tags(text, |c| match c {
            '(' => '（',
            ')' => '）',
            ':' => '：',
            '%' => '％',
            _ => c,
        })
    });
}

#[test]
fn windows_line_ends() {
    same_everywhere("CRLF", Except::default(), |text| text.replace('\n', "\r\n"));
}

#[test]
fn trailing_blanks() {
    for blanks in [" ", "  \u{3000}", "\u{a0}"] {
        same_everywhere("trailing blanks", Except::default(), |text| {
            let lines = text.split('\n').map(|line| format!("{line}{blanks}"));
            lines.collect::<Vec<_>>().join("\n")
        });
    }
}

#[test]
fn blank_lines_between_blocks() {
    let except = Except {
        places: true,
        ..Except::default()
    };
    same_everywhere("blank lines", except, |text| {
        text.split('\n')
            .flat_map(|line| {
                // A blank line is always between blocks, so another one may stand beside it.
                let times = if line.trim().is_empty() { 3 } else { 1 };
                std::iter::repeat_n(line, times)
            })
            .collect::<Vec<_>>()
            .join("\n")
    });
}

#[test]
fn western_years() {
    let except = Except {
        columns: &[
            "note",
            "start_raw",
            "operation_start_raw",
            // In `measure_stages` that of a start is the printed start.
            "stage_raw",
            "message_ja",
            "message_en",
            "raw",
        ],
        ..Except::default()
    };
    for document in [corpus::YASUGI, corpus::MATSUE, corpus::OE] {
        let text = corpus::text_of(document);
        let changed = western(text);
        assert_ne!(changed, text);
        let variant = corpus::read(changed.as_bytes(), "western.txt");
        assert_same(document, corpus::original(document), &variant, except);
    }
}

/// Fiscal years that fill a cell (headers of schedules, starts) in the western calendar.
fn western(text: &str) -> String {
    let lines = text.split('\n').map(|line| {
        let cells = line.split('\t').map(|cell| match western_cell(cell) {
            Some(year) if line.contains('\t') => year,
            _ => western_markup(cell),
        });
        cells.collect::<Vec<_>>().join("\t")
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// `令和8年度以降` → `2026年度以降`; `R5年度中`, `R3年度から継続`, `R7年度秋` likewise.
fn western_cell(cell: &str) -> Option<String> {
    let rest = cell
        .strip_prefix("令和")
        .or_else(|| cell.strip_prefix('R'))?;
    let (year, after) = rest.split_at_checked(1)?;
    let year: i32 = year.parse().ok()?;
    // R10 and R11 have two digits.
    let (year, after) = match after.chars().next() {
        Some(digit @ '0'..='9') => (year * 10 + (digit as i32 - '0' as i32), &after[1..]),
        _ => (year, after),
    };
    let suffix = after.trim_start().strip_prefix("年度")?;
    let known = ["", "以降", "中", "から継続", "秋"];
    known
        .contains(&suffix)
        .then(|| format!("{}年度{suffix}", 2018 + year))
}

/// The same for the cells of tables in markup.
fn western_markup(cell: &str) -> String {
    let mut text = cell.to_owned();
    for year in 1..=9 {
        for tag in ["td", "th"] {
            text = text.replace(
                &format!("<{tag}>令和{year}年度</{tag}>"),
                &format!("<{tag}>{}年度</{tag}>", 2018 + year),
            );
        }
    }
    text
}

/// Changes characters, but none of the markup: `colspan="3"` is no number of the document.
fn outside_tags(text: &str, change: impl Fn(char) -> char) -> String {
    let mut result = String::with_capacity(text.len());
    let mut in_tag = false;
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let opens = c == '<'
            && rest
                .peek()
                .is_some_and(|n| n.is_ascii_alphabetic() || *n == '/');
        in_tag = (in_tag || opens) && c != '>';
        result.push(if in_tag { c } else { change(c) });
    }
    result
}
