//! Measures in another order: the same records at other places.

use super::{Except, assert_same};
use crate::corpus;

/// Everything but places; findings and coverage speak of places and neighbours.
pub(super) const ORDER: Except<'static> = Except {
    columns: &[],
    tables: &["findings", "coverage"],
    places: true,
};

/// The sheets of 安来市: what stands before them, and the lines of each.
pub(super) fn sheets(text: &str) -> (Vec<&str>, Vec<Vec<&str>>) {
    let mut head = Vec::new();
    let mut sheets: Vec<Vec<&str>> = Vec::new();
    for line in text.split('\n') {
        if line.contains("\t【関連するSDGsの取組】") {
            sheets.push(Vec::new());
        }
        sheets.last_mut().unwrap_or(&mut head).push(line);
    }
    assert_eq!(sheets.len(), 46);
    // The last sheet ends like the others, so that it may stand before them.
    sheets[45].push("");
    (head, sheets)
}

fn same_in_order(order: impl Fn(usize) -> usize) {
    let (mut lines, sheets) = sheets(corpus::text_of(corpus::YASUGI));
    for index in 0..sheets.len() {
        lines.extend(&sheets[order(index)]);
    }
    let variant = corpus::read(lines.join("\n").as_bytes(), "shuffled.txt");
    assert_eq!(variant.coverage[0].unread, 0);
    assert_same("sheets", corpus::original(corpus::YASUGI), &variant, ORDER);
}

#[test]
fn sheets_backwards() {
    same_in_order(|index| 45 - index);
}

#[test]
fn sheets_shuffled() {
    // 46 and 17 have no common divisor: every sheet comes once.
    same_in_order(|index| (index * 17 + 5) % 46);
}

/// Runs of rows of one section that are whole: nine cells, no continuation after them.
fn sections(lines: &[&str]) -> Vec<std::ops::Range<usize>> {
    let cells = |index: usize| lines[index].split('\t').collect::<Vec<_>>();
    let whole = |index: usize| {
        let cells = cells(index);
        cells.len() == 9 && !cells[1].is_empty() && cells[1].chars().all(|c| c.is_ascii_digit())
    };
    let mut found: Vec<std::ops::Range<usize>> = Vec::new();
    for index in 0..lines.len() {
        if !whole(index) {
            continue;
        }
        match found.last_mut() {
            Some(run) if run.end == index && cells(index)[0].is_empty() => run.end += 1,
            _ => found.push(index..index + 1),
        }
    }
    // Only runs that begin with their label and end with the section, not at a page break.
    found.retain(|run| {
        run.len() > 1
            && !cells(run.start)[0].is_empty()
            && cells(run.start)[1] == "1"
            && !lines.get(run.end).is_some_and(|next| next.contains('\t'))
    });
    found
}

#[test]
fn rows_of_a_section_backwards() {
    let lines: Vec<&str> = corpus::text_of(corpus::MATSUE).split('\n').collect();
    let sections = sections(&lines);
    assert!(sections.len() >= 5, "{sections:?}");
    for section in sections {
        let mut changed: Vec<String> = lines.iter().map(|&line| line.to_owned()).collect();
        let (label, _) = lines[section.start].split_once('\t').unwrap();
        changed[section.start] = lines[section.start][label.len()..].to_owned();
        changed[section.clone()].reverse();
        changed[section.start].insert_str(0, label);
        let variant = corpus::read(changed.join("\n").as_bytes(), "backwards.txt");
        let what = format!("rows of {label}, lines {section:?}");
        assert_same(&what, corpus::original(corpus::MATSUE), &variant, ORDER);
    }
}

/// The measures of 大江町: first line and line after the last of each.
pub(super) fn outline(lines: &[&str]) -> Vec<std::ops::Range<usize>> {
    let start = lines.iter().position(|l| *l == "6 具体的な取組み").unwrap();
    let heading = |line: &&str| line.starts_with('(') || line.starts_with("7 用語の解説");
    let headings: Vec<usize> = (start..lines.len())
        .filter(|i| heading(&lines[*i]))
        .collect();
    let measure = |line: &str| line.split(' ').next().unwrap().matches('-').count() == 2;
    headings
        .windows(2)
        .filter(|pair| measure(lines[pair[0]]))
        .map(|pair| pair[0]..pair[1])
        .collect()
}

#[test]
fn measures_of_an_outline_swapped() {
    let lines: Vec<&str> = corpus::text_of(corpus::OE).split('\n').collect();
    let measures = outline(&lines);
    assert_eq!(measures.len(), 33);
    for pair in measures.windows(2) {
        let (first, second) = (pair[0].clone(), pair[1].clone());
        if first.end != second.start {
            // A heading stands between them: another section.
            continue;
        }
        let changed = [
            &lines[..first.start],
            &lines[second.clone()],
            &lines[first.clone()],
            &lines[second.end..],
        ]
        .concat();
        let variant = corpus::read(changed.join("\n").as_bytes(), "swapped.txt");
        let what = format!("{} after {}", lines[first.start], lines[second.start]);
        assert_same(&what, corpus::original(corpus::OE), &variant, ORDER);
    }
}
