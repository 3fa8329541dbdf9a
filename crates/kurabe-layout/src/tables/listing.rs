//! Lists of items: one row per item, many items in a cell, or a grid of items.

use crate::columns::Columns;
use crate::cursor::{Cursor, words_at};
use crate::profile::{ColumnRole, TableSpec};
use crate::record::{RawListing, RawMeasure, Words};
use crate::rows::Carried;
use kurabe_page::{Node, Row};
use kurabe_text::{number, width};
use kurabe_trace::{Code, Finding, Locator};

/// Reads rows of a list.
pub(crate) fn read(
    cursor: &mut Cursor<'_>,
    spec: &TableSpec,
    columns: &Columns,
    rows: &[&Row],
    carried: &mut Carried,
    measure: Option<usize>,
) {
    for row in rows {
        cursor.take_row(row);
        carry(spec, columns, row, carried);
        let value = |role: &ColumnRole| {
            let own = columns.roles.get(role).and_then(|c| words_at(row, *c));
            own.or_else(|| carried.get(role).cloned()).map(|w| w.text)
        };
        let Some(column) = columns.roles.get(&ColumnRole::Item).copied() else {
            continue;
        };
        let Some(cell) = row.cells.get(column) else {
            continue;
        };
        let printed = value(&ColumnRole::State);
        let template = RawListing {
            measure,
            list: spec
                .list
                .clone()
                .or_else(|| columns.labels.get(column).cloned())
                .unwrap_or_default(),
            group: value(&ColumnRole::Group),
            department: value(&ColumnRole::Departments),
            state: state(spec, printed.as_deref()),
            locator: words_at(row, column).map(|w| w.locator),
            ..RawListing::default()
        };
        for listing in cell_items(cursor, spec, &cell.content, &template) {
            cursor.document.listings.push(listing);
        }
    }
}

fn carry(spec: &TableSpec, columns: &Columns, row: &Row, carried: &mut Carried) {
    for role in &spec.carry {
        if let Some(words) = columns.roles.get(role).and_then(|c| words_at(row, *c)) {
            carried.insert(*role, words);
        }
    }
}

/// The state that a printed sign stands for, or the state of all items.
fn state(spec: &TableSpec, printed: Option<&str>) -> Option<String> {
    let all = || spec.states.get("*").cloned();
    let Some(printed) = printed else { return all() };
    let key = width::key(printed);
    spec.states
        .iter()
        .find(|(sign, _)| width::key(sign) == key)
        .map(|(_, s)| s.clone())
        .or_else(all)
}

/// The items of a cell: numbered or bulleted ones below group headings, or the cell itself.
fn cell_items(
    cursor: &mut Cursor<'_>,
    spec: &TableSpec,
    nodes: &[Node],
    template: &RawListing,
) -> Vec<RawListing> {
    let texts = nodes.iter().filter_map(Node::text).map(str::trim);
    let wraps_dots = cursor.profile.source.wraps_dots;
    let texts: Vec<String> = texts.flat_map(|t| lines(t, wraps_dots)).collect();
    let numbered = texts.iter().any(|t| leading_number(t).is_some());
    let (mut outer, mut inner) = (template.group.clone(), None::<String>);
    let mut found: Vec<RawListing> = Vec::new();
    for text in texts.iter().filter(|t| !t.is_empty()) {
        if let Some(group) = spec.inner_group.as_ref().and_then(|p| p.find(text)) {
            inner = Some(group.get("text").unwrap_or(text).trim().to_owned());
        } else if numbered && leading_number(text).is_none() {
            outer = Some(text.clone());
            inner = None;
        } else {
            let group = [outer.clone(), inner.clone()]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>();
            let group = (!group.is_empty()).then(|| group.join(" / "));
            for item in item_texts(text) {
                found.push(item_of(spec, &item, group.clone(), template));
            }
        }
    }
    repeated_numbers(cursor, &mut found);
    found
}

/// The lines of a text, where one of them begins with a number; else the text as it is.
fn lines(text: &str, wraps_dots: bool) -> Vec<String> {
    let lines = if wraps_dots {
        crate::items::unwrapped(text)
    } else {
        text.lines().map(|line| line.trim().to_owned()).collect()
    };
    let is_numbered = lines.iter().any(|line| leading_number(line).is_some());
    if is_numbered || wraps_dots {
        lines
    } else {
        vec![text.to_owned()]
    }
}

fn item_texts(text: &str) -> Vec<String> {
    if leading_number(text).is_some() {
        vec![text.to_owned()]
    } else {
        crate::items::split_items(text)
    }
}

/// Circled number at the beginning of a text, and the rest.
fn leading_number(text: &str) -> Option<(u32, &str)> {
    let first = text.chars().next()?;
    Some((
        number::circled(first)?,
        text[first.len_utf8()..].trim_start(),
    ))
}

fn item_of(
    spec: &TableSpec,
    text: &str,
    group: Option<String>,
    template: &RawListing,
) -> RawListing {
    let (number, rest) = leading_number(text).map_or((None, text), |(n, rest)| (Some(n), rest));
    let (item, note) = trailing_note(rest);
    let noted = note.as_ref().and_then(|n| {
        spec.state_notes
            .iter()
            .find(|(words, _)| n.contains(words.as_str()))
            .map(|(_, s)| s.clone())
    });
    RawListing {
        group,
        number: number.map(|n| n.to_string()),
        item: item.to_owned(),
        state: noted.or_else(|| template.state.clone()),
        note,
        ..template.clone()
    }
}

/// A remark in brackets that stands behind the item, separated by a space.
fn trailing_note(text: &str) -> (&str, Option<String>) {
    let text = text.trim();
    let split = text.find([' ', '\u{3000}']).map(|at| text.split_at(at));
    match split {
        Some((item, rest)) if bracketed(rest.trim()) => {
            let note = rest.trim().trim_matches(['（', '）', '(', ')']);
            (item.trim(), Some(note.to_owned()))
        }
        _ => (text, None),
    }
}

fn bracketed(text: &str) -> bool {
    text.starts_with(['（', '(']) && text.ends_with(['）', ')'])
}

/// A number that repeats the one before is put right by its place.
fn repeated_numbers(cursor: &mut Cursor<'_>, items: &mut [RawListing]) {
    let mut last = 0_u32;
    for item in items {
        let Some(printed) = item.number.as_ref().and_then(|n| n.parse::<u32>().ok()) else {
            continue;
        };
        if printed == last && printed > 0 {
            let right = last + 1;
            let place = item.locator.clone().unwrap_or(Locator::Document);
            cursor.remark(
                Finding::new(
                    Code::NumberRepaired,
                    place,
                    format!(
                        "番号{printed}が続けて2回あるため、「{}」を{right}番と読みました。",
                        item.item
                    ),
                    format!(
                        "The number {printed} is printed twice; “{}” was read as {right}.",
                        item.item
                    ),
                )
                .raw(printed.to_string())
                .repaired(right.to_string()),
            );
            item.number = Some(right.to_string());
            last = right;
        } else {
            last = printed;
        }
    }
}

/// Reads a grid in which every cell is an item.
pub(crate) fn grid(
    cursor: &mut Cursor<'_>,
    spec: &TableSpec,
    rows: &[&Row],
    measure: Option<usize>,
) {
    let from = cursor.document.listings.len();
    let mut total: Option<(String, Words)> = None;
    for row in rows {
        cursor.take_row(row);
        for words in (0..row.cells.len()).filter_map(|c| words_at(row, c)) {
            if let Some(found) = spec.not_an_item.as_ref().and_then(|p| p.find(&words.text)) {
                total = found
                    .get("total")
                    .map(|n| (n.to_owned(), words.clone()))
                    .or(total);
                continue;
            }
            let template = RawListing {
                measure,
                list: spec.list.clone().unwrap_or_default(),
                state: state(spec, None),
                locator: Some(words.locator.clone()),
                ..RawListing::default()
            };
            let item = item_of(spec, &words.text, None, &template);
            cursor.document.listings.push(item);
        }
    }
    let count = cursor.document.listings.len() - from;
    if let Some((printed, words)) = total {
        check_count(cursor, Some(&printed), count, &words);
    }
}

/// A number of items that the document states must be the number of items listed.
pub(crate) fn check_count(
    cursor: &mut Cursor<'_>,
    printed: Option<&str>,
    count: usize,
    words: &Words,
) {
    let Some(stated) = printed.and_then(number::parse_number) else {
        return;
    };
    if (stated - count as f64).abs() < 0.5 {
        return;
    }
    cursor.remark(
        Finding::new(
            Code::CountDiffers,
            words.locator.clone(),
            format!("一覧は{count}項目ですが、{stated}と書かれています。"),
            format!("The list has {count} items, but {stated} is stated."),
        )
        .raw(words.text.clone()),
    );
}

/// Reads an overview in which the items of a section stand numbered in one cell.
pub(crate) fn numbered_mentions(
    cursor: &mut Cursor<'_>,
    spec: &TableSpec,
    columns: &Columns,
    rows: &[&Row],
    carried: &mut Carried,
) {
    for row in rows {
        cursor.take_row(row);
        carry(spec, columns, row, carried);
        let value = |role: ColumnRole| {
            let own = columns.roles.get(&role).and_then(|c| words_at(row, *c));
            own.or_else(|| carried.get(&role).cloned())
        };
        let Some(items) = value(ColumnRole::Item) else {
            continue;
        };
        for (n, title) in numbered_items(&items.text) {
            let template = spec.number.clone().unwrap_or_default();
            let head = |w: Option<Words>| w.map_or(String::new(), |w| first_word(&w.text));
            let number = template
                .replace("{part}", &head(value(ColumnRole::Part)))
                .replace("{section}", &head(value(ColumnRole::Section)))
                .replace("{item}", &n.to_string());
            cursor.document.mentions.push(RawMeasure {
                number: Some(Words::new(number, items.locator.clone())),
                title: Some(Words::new(title, items.locator.clone())),
                lines: (row.line, row.line),
                ..RawMeasure::default()
            });
        }
    }
}

fn first_word(text: &str) -> String {
    text.split_whitespace()
        .next()
        .unwrap_or_default()
        .to_owned()
}

/// `1 題名 2 題名 3 題名`: the numbers must follow one another.
fn numbered_items(text: &str) -> Vec<(u32, String)> {
    let mut items: Vec<(u32, String)> = Vec::new();
    for word in text.split_whitespace() {
        let next = u32::try_from(items.len()).unwrap_or(0) + 1;
        if width::nfkc(word).parse::<u32>() == Ok(next) {
            items.push((next, String::new()));
        } else if let Some((_, title)) = items.last_mut() {
            if !title.is_empty() {
                title.push(' ');
            }
            title.push_str(word);
        }
    }
    items.into_iter().filter(|(_, t)| !t.is_empty()).collect()
}

/// Reads the items of a sentence (`A、B、Cの3件`).
pub(crate) fn sentence_items(text: &str) -> Vec<String> {
    text.split(['、', '，'])
        .map(|t| t.trim().to_owned())
        .filter(|t| !t.is_empty())
        .collect()
}
