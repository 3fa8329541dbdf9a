//! One measure removed from the source: exactly that measure disappears.

use super::order::{ORDER, outline, sheets};
use super::{Except, difference, words};
use crate::corpus;
use kurabe_schema::{Dataset, Value};
use std::collections::BTreeSet;

/// Tables whose rows may outlive the measure they are linked to.
const LINKED: &[&str] = &["outcomes", "listings"];

/// Compares with the original, out of which all that belongs to one measure is taken.
///
/// `linked` says that figures and lists stand elsewhere in the source, so that they stay and
/// only lose their link.
fn assert_only(document: &str, text: &str, gone: &str, linked: bool) {
    let variant = corpus::read(text.as_bytes(), "shorter.txt");
    let original = corpus::original(document);
    assert!(
        original.measures.iter().any(|m| m.measure_id == gone),
        "{gone}"
    );
    let base = taken(original, gone, linked);
    let except = Except {
        tables: &["coverage", "findings"],
        ..ORDER
    };
    let difference = difference(&words(&base, except), &words(&variant, except));
    assert!(
        difference.is_empty(),
        "without {gone}\n{}",
        difference.join("\n")
    );
    assert_eq!(variant.coverage[0].unread, 0, "without {gone}");
    let about: Vec<_> = variant
        .findings
        .iter()
        .map(|f| f.measure_id.as_deref())
        .collect();
    assert!(!about.contains(&Some(gone)), "a finding speaks of {gone}");
    assert!(
        variant.findings.iter().any(|f| f.code == "expected_more"),
        "{gone}"
    );
}

fn taken(data: &Dataset, gone: &str, linked: bool) -> Dataset {
    let id = Value::Text(gone.to_owned());
    let kpis: BTreeSet<Value> = data
        .kpis
        .iter()
        .filter(|kpi| kpi.measure_id == gone)
        .map(|kpi| Value::Text(kpi.kpi_id.clone()))
        .collect();
    let tables = data.tables().into_iter().map(|(spec, mut rows)| {
        let at = |name: &str| spec.column(name).map(|(index, _)| index);
        if let Some(kpi) = at("kpi_id") {
            rows.retain(|row| !kpis.contains(&row[kpi]));
        }
        if let Some(repeat) = at("repeat_of") {
            rows.iter_mut()
                .filter(|r| r[repeat] == id)
                .for_each(|r| r[repeat] = Value::Null);
        }
        if let Some(measure) = at("measure_id") {
            if linked && LINKED.contains(&spec.name) {
                rows.iter_mut()
                    .filter(|r| r[measure] == id)
                    .for_each(|r| r[measure] = Value::Null);
            }
            rows.retain(|row| row[measure] != id);
        }
        (spec, rows)
    });
    Dataset::from_tables(tables).unwrap()
}

/// Takes a row out of a table; labels that it carries for the rows after it move down.
fn take_row(lines: &mut Vec<String>, index: usize, labels: usize) {
    let row = lines.remove(index);
    let labels: Vec<&str> = row.split('\t').take(labels).collect();
    let Some(next) = lines.get_mut(index).filter(|next| next.contains('\t')) else {
        return;
    };
    let mut cells: Vec<&str> = next.split('\t').collect();
    for (column, label) in labels.iter().enumerate() {
        // A part that ends with the removed row is not carried into the next one.
        if !cells[column].is_empty() {
            break;
        }
        cells[column] = label;
    }
    *next = cells.join("\t");
}

#[test]
fn a_sheet_with_its_rows_in_the_lists() {
    let (head, sheets) = sheets(corpus::text_of(corpus::YASUGI));
    for number in 1..=46_usize {
        let mut lines: Vec<String> = head.iter().map(|&line| line.to_owned()).collect();
        let own = |line: &String, column: usize| {
            line.split('\t').nth(column) == Some(number.to_string().as_str())
        };
        let list = lines.iter().position(|line| own(line, 2)).unwrap();
        take_row(&mut lines, list, 2);
        let first = lines.iter().position(|line| own(line, 0)).unwrap();
        lines.remove(first);
        while lines[first].starts_with('\t') {
            lines.remove(first);
        }
        let rest = sheets
            .iter()
            .enumerate()
            .filter(|(index, _)| index + 1 != number);
        lines.extend(
            rest.flat_map(|(_, sheet)| sheet)
                .map(|&line| line.to_owned()),
        );
        let gone = format!("{}-{number}", corpus::YASUGI);
        assert_only(corpus::YASUGI, &lines.join("\n"), &gone, false);
    }
}

#[test]
fn a_sheet_alone() {
    let (mut lines, sheets) = sheets(corpus::text_of(corpus::YASUGI));
    let rest = sheets.iter().enumerate().filter(|(index, _)| *index != 19);
    lines.extend(rest.flat_map(|(_, sheet)| sheet));
    let variant = corpus::read(lines.join("\n").as_bytes(), "shorter.txt");
    // The list pages still name it: whether it is published from them or not, it is never lost
    // without a word, and no other measure changes.
    let id = format!("{}-20", corpus::YASUGI);
    let others = variant.measures.iter().filter(|m| m.measure_id != id);
    assert_eq!(others.count(), 45);
    let mut about = variant
        .findings
        .iter()
        .filter(|f| f.code == "measure_on_one_page");
    let title = "ごみ収集・分別等サポートシステムの拡充";
    assert!(
        about.any(|f| f.message_ja.contains(title)),
        "{title} is not named"
    );
}

#[test]
fn a_measure_of_an_outline_with_its_mention() {
    let lines: Vec<&str> = corpus::text_of(corpus::OE).split('\n').collect();
    for measure in outline(&lines) {
        let number = lines[measure.start].split(' ').next().unwrap();
        let parts: Vec<&str> = number.split('-').collect();
        let (part, section, item) = (parts[0], parts[1], parts[2].parse::<usize>().unwrap());
        let mut changed: Vec<String> = lines.iter().map(|&line| line.to_owned()).collect();
        let row = overview_row(&lines, part, section);
        changed[row] = without_item(lines[row], item);
        changed.drain(measure.clone());
        let slug = number.replace(['(', ')'], "");
        let gone = format!("{}-{slug}", corpus::OE);
        assert_only(corpus::OE, &changed.join("\n"), &gone, false);
    }
}

/// The row of the overview for a section, whose part may stand in a row before it.
fn overview_row(lines: &[&str], part: &str, section: &str) -> usize {
    let start = lines
        .iter()
        .position(|line| line.starts_with("基本目標\t"))
        .unwrap();
    let first = (start..).find(|i| lines[*i].starts_with(part)).unwrap();
    let own = |line: &str| {
        let cell = line.split('\t').nth(1).unwrap_or_default();
        cell.split(' ').next() == Some(section)
    };
    (first..).find(|i| own(lines[*i])).unwrap()
}

/// A row of the overview without one of its numbered items.
fn without_item(row: &str, item: usize) -> String {
    let (head, cell) = row.rsplit_once('\t').unwrap();
    let padded = format!(" {cell}");
    let start = padded.find(&format!(" {item} ")).unwrap();
    let end = padded
        .find(&format!(" {} ", item + 1))
        .unwrap_or(padded.len());
    let rest = format!("{}{}", &padded[..start], &padded[end..]);
    if rest.trim().is_empty() {
        // The section stays in the overview with nothing in it.
        return format!("{head}\t");
    }
    format!("{head}\t{}", rest.trim())
}

#[test]
fn an_item_of_a_list() {
    let lines: Vec<&str> = corpus::text_of(corpus::IZUMO).split('\n').collect();
    let mut count = 0;
    for (index, line) in lines.iter().enumerate() {
        let number = line
            .strip_prefix("- ")
            .and_then(|l| l.split(' ').next()?.parse::<u32>().ok());
        let Some(number) = number else {
            continue;
        };
        count += 1;
        let changed = [&lines[..index], &lines[index + 1..]].concat();
        let gone = format!("{}-{number}", corpus::IZUMO);
        assert_only(corpus::IZUMO, &changed.join("\n"), &gone, true);
    }
    assert_eq!(count, 61);
}

#[test]
fn a_row_of_a_table() {
    let lines: Vec<&str> = corpus::text_of(corpus::MATSUE).split('\n').collect();
    let original = corpus::original(corpus::MATSUE);
    let mut count = 0;
    for measure in &original.measures {
        let place = kurabe_trace::Locator::parse(&measure.locator).unwrap();
        let (first, last) = place.line_span().unwrap();
        let index = first as usize - 1;
        let cells: Vec<&str> = lines[index].split('\t').collect();
        // Rows that were put right by their neighbours (shifted cells, restarted or broken
        // numbers) and those before them cannot go without the neighbours changing.
        let plain = |i: usize| {
            let cells: Vec<&str> = lines[i].split('\t').collect();
            cells.len() == 9 && cells[1].parse::<u32>().is_ok() && cells[2] != "取組名"
        };
        let number: Option<u32> = measure.number.as_deref().and_then(|n| n.parse().ok());
        let as_printed = cells.get(1).and_then(|c| c.parse().ok()) == number;
        let next = lines.get(index + 1).is_some_and(|next| next.contains('\t'));
        let next_fits = !next || plain(index + 1);
        let restarts = measure.section.as_deref() == Some("職員の働き方の効率化");
        if first != last || !plain(index) || !as_printed || !next_fits || restarts {
            continue;
        }
        count += 1;
        let mut changed: Vec<String> = lines.iter().map(|&line| line.to_owned()).collect();
        take_row(&mut changed, index, 1);
        assert_only(
            corpus::MATSUE,
            &changed.join("\n"),
            &measure.measure_id,
            false,
        );
    }
    assert!(count > 40, "only {count} rows were removed");
}
