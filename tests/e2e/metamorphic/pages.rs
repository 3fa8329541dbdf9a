//! Page breaks inside the tables of 松江市.

use super::{Except, assert_same};
use crate::corpus;

const HEADER: &str = "区分\tNo.\t取組名\t";

/// Lines of the rows of measures that another row of the same table stands before.
pub(super) fn inner_rows(lines: &[&str]) -> Vec<usize> {
    let row = |line: &str| line.contains('\t') && !header(line);
    (1..lines.len())
        .filter(|index| row(lines[*index]) && row(lines[index - 1]))
        .collect()
}

fn header(line: &str) -> bool {
    line.starts_with("区分")
}

fn breaks(insert: &[&str]) {
    let text = corpus::text_of(corpus::MATSUE);
    let lines: Vec<&str> = text.split('\n').collect();
    let rows = inner_rows(&lines);
    assert!(rows.len() > 40, "only {} rows", rows.len());
    for index in rows {
        let mut changed = lines.clone();
        changed.splice(index..index, insert.iter().copied());
        let variant = corpus::read(changed.join("\n").as_bytes(), "broken.txt");
        let what = format!("page break before line {}: {:.40}", index + 1, lines[index]);
        let except = Except {
            places: true,
            // A repeated header is one more line that a rule skips.
            tables: &["coverage"],
            ..Except::default()
        };
        assert_same(&what, corpus::original(corpus::MATSUE), &variant, except);
        assert_eq!(variant.coverage[0].unread, 0, "{what}");
    }
}

#[test]
fn with_the_header_row_again() {
    let text = corpus::text_of(corpus::MATSUE);
    let header = text.lines().find(|line| line.starts_with(HEADER)).unwrap();
    breaks(&["", header]);
}

#[test]
fn without_the_header_row() {
    breaks(&[""]);
}
