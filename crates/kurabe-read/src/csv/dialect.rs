//! Which signs separate cells and enclose them.

use super::records;
use crate::Limits;

/// The signs of a delimited text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Dialect {
    pub(super) delimiter: char,
    pub(super) quote: char,
    /// Whether one of them is neither named nor the usual one.
    pub(super) is_guess: bool,
}

/// The delimiters that are looked for, the more usual ones first.
const DELIMITERS: [char; 4] = [',', '\t', ';', '|'];

/// How much of a text is looked at.
const SAMPLE: usize = 1 << 16;

impl Dialect {
    /// The signs of a text, the delimiter being `named` where it is.
    pub(super) fn of(text: &str, named: Option<char>) -> Self {
        let sample = sample(text);
        let delimiter = named.unwrap_or_else(|| guess(sample));
        let quote = quote(sample, delimiter);
        Self {
            delimiter,
            quote,
            is_guess: named.is_none() && delimiter != ',' || quote != '"',
        }
    }
}

/// Whole lines from the start of a text.
fn sample(text: &str) -> &str {
    let mut end = SAMPLE.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let head = text.get(..end).unwrap_or(text);
    let whole = head.rfind('\n').filter(|_| end < text.len());
    whole.and_then(|at| head.get(..=at)).unwrap_or(head)
}

/// How well a delimiter fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
struct Fit {
    /// Per cent of the records that have the most frequent number of cells, when it is at least 2.
    share: usize,
    /// That number of cells.
    width: usize,
    records: usize,
    /// Whether a cell holds a line break or the delimiter itself, as only quotes allow.
    needs_quotes: bool,
}

fn fit(sample: &str, delimiter: char) -> Fit {
    let dialect = Dialect {
        delimiter,
        quote: '"',
        is_guess: false,
    };
    let Ok(read) = records::read(sample, dialect, Limits::default()) else {
        return Fit::default();
    };
    let written = read.records.iter().filter(|record| record.written() > 0);
    let records: Vec<&records::Record> = written.collect();
    let mut counts = std::collections::BTreeMap::new();
    for record in records.iter().filter(|record| record.cells.len() > 1) {
        *counts.entry(record.cells.len()).or_insert(0_usize) += 1;
    }
    let most = counts
        .into_iter()
        .max_by_key(|(width, count)| (*count, *width));
    let (width, count) = most.unwrap_or_default();
    let mut cells = records.iter().flat_map(|record| &record.cells);
    Fit {
        share: (count * 100).checked_div(records.len()).unwrap_or(0),
        width,
        records: records.len(),
        needs_quotes: cells.any(|cell| cell.contains(['\n', delimiter])),
    }
}

/// The delimiter under which most records have the same number of cells.
fn guess(sample: &str) -> char {
    let fits = DELIMITERS.map(|delimiter| (fit(sample, delimiter), delimiter));
    // Of equal ones the first is taken.
    let better = |best: (Fit, char), next: (Fit, char)| {
        let is_better = (next.0.share, next.0.width) > (best.0.share, best.0.width);
        if is_better { next } else { best }
    };
    let best = fits.into_iter().reduce(better);
    best.filter(|(fit, _)| fit.share > 0)
        .map_or(',', |(_, delimiter)| delimiter)
}

/// Whether a text without a known name is delimited: no table of tab-separated lines is in it, and
/// nearly all its records have the same number of cells under one delimiter.
pub(crate) fn looks_delimited(text: &str) -> bool {
    let sample = sample(text);
    let is_even = |fit: Fit| fit.records >= 2 && fit.share >= 80;
    if sample.contains('\t') {
        let fit = fit(sample, '\t');
        return is_even(fit) && fit.needs_quotes;
    }
    [',', ';']
        .into_iter()
        .any(|delimiter| is_even(fit(sample, delimiter)))
}

/// The apostrophe where cells stand in apostrophes and none in quotation marks, else the quotation
/// mark.
fn quote(sample: &str, delimiter: char) -> char {
    let enclosed = |quote: char| {
        let cells = sample.lines().flat_map(|line| line.split(delimiter));
        let begun = cells.filter(|cell| cell.starts_with(quote));
        let (whole, open): (Vec<&str>, Vec<&str>) =
            begun.partition(|cell| cell.len() > 1 && cell.ends_with(quote));
        (whole.len(), open.len())
    };
    let (whole, open) = enclosed('\'');
    let is_apostrophe = whole > 1 && whole > open && enclosed('"') == (0, 0);
    if is_apostrophe { '\'' } else { '"' }
}
