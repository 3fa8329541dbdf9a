//! Changes that must not matter, or matter in one known way.

mod encodings;
mod order;
mod pages;
mod recognition;
mod removal;
mod text;

use crate::rows;
use kurabe_schema::{Dataset, Value};
use std::collections::BTreeMap;

/// Columns that say where in the document something stands, and identifiers that count.
const PLACES: &[&str] = &[
    "locator",
    "other_locator",
    "unread_locators",
    "position",
    "finding_id",
    "outcome_id",
    "plan_item_id",
];

/// Columns that describe the file.
const FILE: &[&str] = &["path", "bytes", "encoding", "sha256"];

/// What is compared: all columns of all tables, up to width and white space, but these.
#[derive(Clone, Copy, Default)]
pub(crate) struct Except<'a> {
    /// Columns that may differ.
    pub(crate) columns: &'a [&'a str],
    /// Tables that may differ.
    pub(crate) tables: &'a [&'a str],
    /// Whether places may differ.
    pub(crate) places: bool,
}

/// A row as comparable words: `column=value` in the order of the names.
type Words = Vec<String>;

/// Asserts that two datasets say the same.
pub(crate) fn assert_same(what: &str, base: &Dataset, variant: &Dataset, except: Except<'_>) {
    let difference = difference(&words(base, except), &words(variant, except));
    assert!(difference.is_empty(), "{what}\n{}", difference.join("\n"));
}

/// All rows of a dataset as words, by table.
pub(crate) fn words(data: &Dataset, except: Except<'_>) -> BTreeMap<&'static str, Vec<Words>> {
    let mut tables = BTreeMap::new();
    for spec in Dataset::specs() {
        if except.tables.contains(&spec.name) {
            continue;
        }
        let rows = rows::plain(data, spec.name);
        let mut rows: Vec<Words> = rows
            .into_iter()
            .map(|row| {
                row.into_iter()
                    .filter(|(column, _)| kept(column, except))
                    .map(|(column, value)| format!("{column}={}", word(&value, except.places)))
                    .collect()
            })
            .collect();
        rows.sort();
        tables.insert(spec.name, rows);
    }
    tables
}

fn kept(column: &str, except: Except<'_>) -> bool {
    let free = FILE.contains(&column) || except.columns.contains(&column);
    let placed = except.places && PLACES.contains(&column);
    !free && !placed
}

fn word(value: &Value, places: bool) -> String {
    let word = rows::same_width(&rows::cell(value));
    if places { without_places(&word) } else { word }
}

/// Words in which every place (`L12-14,L17C2`) is the same: messages name places, too.
fn without_places(word: &str) -> String {
    let mut result = String::with_capacity(word.len());
    let mut rest = word.chars().peekable();
    while let Some(c) = rest.next() {
        result.push(c);
        if c == 'L' && rest.peek().is_some_and(char::is_ascii_digit) {
            while rest
                .next_if(|c| matches!(c, '0'..='9' | 'L' | 'C' | '-' | ','))
                .is_some()
            {}
        }
    }
    result
}

/// The rows that only one side has, the first few of each table.
pub(crate) fn difference(
    base: &BTreeMap<&str, Vec<Words>>,
    variant: &BTreeMap<&str, Vec<Words>>,
) -> Vec<String> {
    let mut found = Vec::new();
    for (table, rows) in base {
        let others = &variant[table];
        let (lost, new) = (without(rows, others), without(others, rows));
        for (index, row) in lost.iter().take(4).enumerate() {
            let near = new.get(index);
            found.push(format!("{table}: - {}", differing(row, near)));
        }
        for (index, row) in new.iter().take(4).enumerate() {
            let near = lost.get(index);
            found.push(format!("{table}: + {}", differing(row, near)));
        }
    }
    found
}

/// The rows of one sorted list that the other does not have, each as often as it is missing.
fn without<'a>(rows: &'a [Words], others: &[Words]) -> Vec<&'a Words> {
    let mut count: BTreeMap<&Words, usize> = BTreeMap::new();
    for other in others {
        *count.entry(other).or_default() += 1;
    }
    rows.iter()
        .filter(|row| match count.get_mut(row) {
            Some(left) if *left > 0 => {
                *left -= 1;
                false
            }
            _ => true,
        })
        .collect()
}

/// The columns of a row, those first that a neighbour has not.
fn differing(row: &Words, near: Option<&&Words>) -> String {
    let differs = |column: &&String| near.is_none_or(|near| !near.contains(column));
    let own: Vec<&String> = row.iter().filter(differs).collect();
    let ids = row
        .iter()
        .filter(|c| c.contains("_id=") && !own.contains(c));
    let shown: Vec<&str> = own.iter().copied().chain(ids).map(String::as_str).collect();
    shown.join(" | ").chars().take(600).collect()
}
