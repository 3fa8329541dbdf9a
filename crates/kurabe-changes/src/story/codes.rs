//! Codes of the national plan: what a measure is coded to in the newest edition, and in how
//! many others that changed, too.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use kurabe_schema::{ValueRef, label_in, words as lists};

use super::sheet::Sheet;
use super::subjects::Subjects;
use super::{Sentence, Tables};
use crate::compare::Changes;
use crate::show::Both;
use crate::words;

/// A code: order, category and verdict.
type Code<'a> = (Option<i64>, Option<&'a str>, Option<&'a str>);

/// The codes of a measure by edition.
type Codes<'a> = BTreeMap<&'a str, Vec<Code<'a>>>;

pub(super) fn tell(
    changes: &Changes,
    tables: &Tables<'_>,
    subjects: &Subjects<'_>,
) -> Vec<Sentence> {
    if changes.table("measure_categories").is_none() {
        return Vec::new();
    }
    let (old, new) = (tables.codes.old, tables.codes.new);
    let (before, now) = (editions(old), editions(new));
    let mut sentences: Vec<Sentence> = (now.difference(&before).map(|name| (name, true)))
        .chain(before.difference(&now).map(|name| (name, false)))
        .map(|(name, is_new)| Sentence::remark(words::edition(name, is_new)))
        .collect();
    let pairs = super::affected(changes, "measure_categories", old, new);
    let olds = codes(old, &pairs.iter().map(|(old, _)| *old).collect());
    let news = codes(new, &pairs.iter().map(|(_, new)| *new).collect());
    let mut quiet = 0;
    for (old_id, id) in pairs {
        let (before, now) = (olds.get(old_id), news.get(id));
        let (Some(before), Some(now)) = (before, now) else {
            sentences.extend(whole(tables, subjects, id, before, now));
            continue;
        };
        let differing = differing(before, now);
        match differing.first() {
            None => quiet += 1,
            Some(edition) => {
                let (old, new) = (before.get(edition), now.get(edition));
                let mut said = one(tables, subjects, id, edition, (old, new));
                let others = words::other_editions(differing.len() - 1);
                said.ja += &others.ja;
                said.en += &others.en;
                sentences.push(Sentence::new(id, Some("category_id"), said));
            }
        }
    }
    let is_all = sentences.is_empty();
    let remark = (quiet > 0).then(|| Sentence::remark(words::only_scores(quiet, is_all)));
    sentences.extend(remark);
    sentences
}

fn editions(codes: Sheet<'_>) -> BTreeSet<&str> {
    let rows = codes.rows();
    rows.filter_map(|row| codes.text(row, "taxonomy")).collect()
}

/// The codes of some measures.
fn codes<'a>(table: Sheet<'a>, wanted: &BTreeSet<&str>) -> BTreeMap<&'a str, Codes<'a>> {
    let rows = table.rows_of("measure_id", wanted).into_iter();
    rows.map(|(id, rows)| {
        let mut codes = Codes::new();
        for row in rows {
            let edition = table.text(row, "taxonomy").unwrap_or_default();
            codes.entry(edition).or_default().push((
                table.int(row, "rank"),
                table.text(row, "category_id"),
                table.text(row, "verdict"),
            ));
        }
        codes.values_mut().for_each(|codes| codes.sort_unstable());
        (id, codes)
    })
    .collect()
}

/// The editions in which both are coded, differently; the newest first.
fn differing<'a>(before: &Codes<'a>, now: &Codes<'a>) -> Vec<&'a str> {
    let mut editions: Vec<&str> = before
        .iter()
        .filter(|(edition, codes)| now.get(*edition).is_some_and(|now| now != *codes))
        .map(|(edition, _)| *edition)
        .collect();
    editions.sort_by_key(|edition| Reverse(parts(edition)));
    editions
}

/// An edition such that newer ones come later.
fn parts(edition: &str) -> Vec<(u32, &str)> {
    let numbers = edition.split('.');
    numbers
        .map(|part| (part.parse().unwrap_or_default(), part))
        .collect()
}

/// A measure that was not coded before, or is not any more.
fn whole(
    tables: &Tables<'_>,
    subjects: &Subjects<'_>,
    id: &str,
    before: Option<&Codes<'_>>,
    now: Option<&Codes<'_>>,
) -> Option<Sentence> {
    let codes = before.or(now)?;
    let edition = codes.keys().max_by_key(|edition| parts(edition))?;
    let (before, now) = (
        before.and_then(|codes| codes.get(edition)),
        now.and_then(|codes| codes.get(edition)),
    );
    let said = one(tables, subjects, id, edition, (before, now));
    Some(Sentence::new(id, Some("category_id"), said))
}

fn one(
    tables: &Tables<'_>,
    subjects: &Subjects<'_>,
    id: &str,
    edition: &str,
    (old, new): (Option<&Vec<Code<'_>>>, Option<&Vec<Code<'_>>>),
) -> Both {
    let old = old.map(|codes| shown(tables.categories.old, edition, codes));
    let new = new.map(|codes| shown(tables.categories.new, edition, codes));
    words::changed(
        &subjects.new.measure(id),
        &words::code(edition),
        old,
        new,
        subjects.new.place(id),
    )
}

/// The codes of a measure in one edition as people call them.
fn shown(categories: Sheet<'_>, edition: &str, codes: &[Code<'_>]) -> Both {
    let names = |column: &str| -> Vec<String> {
        let known = codes.iter().filter_map(|(_, category, _)| *category);
        known
            .map(|id| label(categories, edition, id, column))
            .collect()
    };
    let (ja, en) = (names("label_ja"), names("label_en"));
    let verdict = codes
        .iter()
        .find_map(|(_, _, verdict)| *verdict)
        .unwrap_or_default();
    let called = label_in(lists::VERDICTS, verdict);
    let (called_ja, called_en) = called.map_or((verdict, verdict), |label| (label.ja, label.en));
    match (ja.is_empty(), verdict) {
        (true, _) => Both::new(called_ja, called_en),
        (false, "assigned") => Both::new(ja.join("・"), en.join("; ")),
        (false, _) => Both::new(
            format!("{}（{called_ja}）", ja.join("・")),
            format!("{} ({called_en})", en.join("; ")),
        ),
    }
}

fn label(categories: Sheet<'_>, edition: &str, id: &str, column: &str) -> String {
    let is_it = |row: &usize| {
        categories.cell(*row, "taxonomy") == ValueRef::Text(edition)
            && categories.cell(*row, "category_id") == ValueRef::Text(id)
    };
    let row = categories.rows().find(is_it);
    let label = row.and_then(|row| categories.text(row, column));
    label.unwrap_or(id).to_owned()
}
