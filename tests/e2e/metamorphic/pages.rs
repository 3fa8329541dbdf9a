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

/// Numbers that begin anew in the middle of a section are put right by their page; rows of such
/// a page that stand after another break are a case of their own.
fn restarted(line: &str) -> bool {
    let data = corpus::original(corpus::MATSUE);
    data.measures.iter().any(|measure| {
        let printed = measure.number_raw.as_deref();
        printed.is_some_and(|printed| line.contains(&format!("\t{printed}\t{}", measure.title)))
            && measure.number.as_deref() != printed
            && printed.is_some_and(|printed| !printed.contains(' '))
    })
}

fn breaks(insert: &[&str], also: impl Fn(&str) -> bool) {
    let text = corpus::text_of(corpus::MATSUE);
    let lines: Vec<&str> = text.split('\n').collect();
    let mut rows = inner_rows(&lines);
    rows.retain(|index| also(lines[*index]));
    assert!(!rows.is_empty());
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
    breaks(&["", header], |line| !restarted(line));
}

#[test]

fn inside_a_restarted_run() {
    breaks(&[""], restarted);
}

#[test]
fn without_the_header_row() {
    breaks(&[""], |line| !restarted(line));
}
