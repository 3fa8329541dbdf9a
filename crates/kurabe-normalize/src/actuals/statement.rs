//! One reported result: its name, its value, its remarks.

use crate::kpi::{Entry, Reading, cadences, entries, read_entry, top_level_colon};
use kurabe_layout::RawStatement;
use kurabe_text::number;
use kurabe_trace::Locator;

/// A result as reported.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Actual {
    /// Name that it is reported under, as far as one is printed.
    pub(crate) name: Option<String>,
    /// Heading inside the cell.
    pub(crate) heading: Option<String>,
    /// Segment (小学校) of the value.
    pub(crate) segment: Option<String>,
    /// The value.
    pub(crate) reading: Reading,
    /// Words in brackets behind the value.
    pub(crate) note: Option<String>,
    /// The words as printed.
    pub(crate) words: String,
    /// Where they stand.
    pub(crate) locator: Locator,
}

/// Reads a statement; it holds several results when several values are printed.
pub(crate) fn read(statement: &RawStatement) -> Vec<Actual> {
    let text = statement.words.text.trim();
    let (name, value) = match top_level_colon(text) {
        Some(at) => {
            let colon = text[at..].chars().next().map_or(1, char::len_utf8);
            (
                Some(text[..at].trim().to_owned()),
                text[at + colon..].trim(),
            )
        }
        None => (None, text),
    };
    let value = value
        .strip_prefix("現状値")
        .map_or(value, |v| v.trim_start_matches([':', '：', ' ']));
    let mut found: Vec<Actual> = Vec::new();
    let parts = entries(value);
    let several = parts.len() > 1;
    for entry in parts {
        found.push(actual(statement, name.as_deref(), &entry, text, several));
        found.extend(inner(statement, &entry));
    }
    found
}

fn actual(
    statement: &RawStatement,
    name: Option<&str>,
    entry: &Entry,
    text: &str,
    several: bool,
) -> Actual {
    let mut reading = read_entry(entry, false);
    if missed(&entry.text) {
        reading.value = None;
    }
    if let Some(label) = name {
        for qualifier in cadences(label) {
            if !reading.qualifiers.contains(&qualifier) {
                reading.qualifiers.push(qualifier);
            }
        }
    }
    let own = name.is_none().then(|| name_before(&entry.text)).flatten();
    let words = if several {
        [name, entry.segment.as_deref(), Some(reading.text.as_str())]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join("：")
    } else {
        text.to_owned()
    };
    Actual {
        name: name.map(str::to_owned).or(own),
        heading: statement.heading.clone(),
        segment: entry.segment.clone(),
        reading,
        note: (!entry.bracket.is_empty()).then(|| entry.bracket.clone()),
        words,
        locator: statement.words.locator.clone(),
    }
}

/// `1%未達`: the number is the one that was not reached.
fn missed(text: &str) -> bool {
    text.trim_end().ends_with("未達") || text.contains("未達成")
}

/// The words before a number, when they are short enough to be a name.
fn name_before(text: &str) -> Option<String> {
    let quantity = number::quantities(text).into_iter().next()?;
    let name = text
        .get(..quantity.range.start)?
        .trim()
        .trim_end_matches(['を', 'が', 'は', 'に', '約']);
    (!name.is_empty() && !name.contains('。')).then(|| name.to_owned())
}

/// `相談件数：108件（内オンライン8件）`: the part in brackets is a result of its own.
fn inner(statement: &RawStatement, entry: &Entry) -> Option<Actual> {
    let bracket = entry.bracket.trim();
    let rest = bracket
        .strip_prefix('内')
        .or_else(|| bracket.strip_prefix("うち"))?;
    let part = Entry {
        text: rest.to_owned(),
        bracket: String::new(),
        printed: rest.to_owned(),
        segment: None,
    };
    let reading = read_entry(&part, false);
    reading.value?;
    Some(Actual {
        name: name_before(rest),
        heading: statement.heading.clone(),
        segment: None,
        reading,
        note: None,
        words: bracket.to_owned(),
        locator: statement.words.locator.clone(),
    })
}
