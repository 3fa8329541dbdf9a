//! What changed, in sentences: documents, measures, codes and KPI values.

mod codes;
mod kpis;
mod sheet;
mod subjects;

use std::collections::BTreeSet;

use kurabe_export::{ExportError, StoredTable};
use kurabe_schema::ValueRef;

use crate::compare::Changes;
use crate::show::{self, Both};
use crate::words;
use sheet::{Sheet, Sides, Unchanged};
use subjects::Subjects;

/// What is told of one change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// The id of what changed: a document, measure or KPI, as in the new dataset where it is there.
    pub id: String,
    /// The column that changed; none where the whole is new, gone or has another id.
    pub column: Option<String>,
    /// In Japanese.
    pub ja: String,
    /// In English.
    pub en: String,
}

impl Sentence {
    fn new(id: &str, column: Option<&str>, said: Both) -> Self {
        Self {
            id: id.to_owned(),
            column: column.map(str::to_owned),
            ja: said.ja,
            en: said.en,
        }
    }

    /// A remark about several things.
    fn remark(said: Both) -> Self {
        Self::new("", None, said)
    }
}

/// The sentences about two datasets, by what they are about, in the order of the datasets.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Story {
    /// About documents.
    pub documents: Vec<Sentence>,
    /// About measures.
    pub measures: Vec<Sentence>,
    /// About codes of the national plan.
    pub codes: Vec<Sentence>,
    /// About KPIs and their values.
    pub kpis: Vec<Sentence>,
}

/// Columns that say where something stands or in which order, not what.
fn is_place(column: &str) -> bool {
    column == "locator" || column == "position" || column.ends_with("_locator")
}

impl Story {
    /// Tells the changes.
    ///
    /// # Errors
    /// When a table that did not change, and is needed for names, cannot be read.
    pub fn of(changes: &Changes) -> Result<Self, ExportError> {
        const TOLD: [&str; 5] = [
            "documents",
            "measures",
            "measure_categories",
            "kpis",
            "kpi_values",
        ];
        if !TOLD.iter().any(|name| changes.table(name).is_some()) {
            return Ok(Self::default());
        }
        let unchanged = Unchanged::read(changes)?;
        let tables = Tables::of(changes, &unchanged);
        let subjects = Subjects::new(&tables);
        Ok(Self {
            documents: documents(changes, &tables, &subjects),
            measures: measures(changes, &subjects),
            codes: codes::tell(changes, &tables, &subjects),
            kpis: kpis::tell(changes, &tables, &subjects),
        })
    }

    /// All sentences with what they are about.
    #[must_use]
    pub fn topics(&self) -> [(&'static str, &[Sentence]); 4] {
        [
            ("documents", &self.documents),
            ("measures", &self.measures),
            ("codes", &self.codes),
            ("kpis", &self.kpis),
        ]
    }
}

/// The tables that are told or that name what is told, of both datasets.
struct Tables<'a> {
    municipalities: Sides<'a>,
    documents: Sides<'a>,
    measures: Sides<'a>,
    codes: Sides<'a>,
    categories: Sides<'a>,
    kpis: Sides<'a>,
    values: Sides<'a>,
}

impl<'a> Tables<'a> {
    fn of(changes: &'a Changes, unchanged: &'a Unchanged) -> Self {
        let sides = |name| Sides::of(changes, unchanged, name);
        Self {
            municipalities: sides("municipalities"),
            documents: sides("documents"),
            measures: sides("measures"),
            codes: sides("measure_categories"),
            categories: sides("categories"),
            kpis: sides("kpis"),
            values: sides("kpi_values"),
        }
    }
}

/// The measures, by old and new id, that rows of a table belong to which differ or whose measure
/// has another id. Measures that came or went are told as a whole.
fn affected<'a>(
    changes: &'a Changes,
    name: &str,
    old: Sheet<'a>,
    new: Sheet<'a>,
) -> BTreeSet<(&'a str, &'a str)> {
    let Some(change) = changes.table(name) else {
        return BTreeSet::new();
    };
    let pairing = &changes.measures;
    let olds = change.rows.iter().filter_map(|row| row.old);
    let olds = olds.filter_map(|row| old.text(row, "measure_id"));
    let news = change.rows.iter().filter_map(|row| row.new);
    let news = news.filter_map(|row| new.text(row, "measure_id"));
    olds.filter_map(|old| Some((old, pairing.new_id(old)?)))
        .chain(news.filter_map(|new| Some((pairing.old_id(new)?, new))))
        .collect()
}

/// The columns of two rows that differ and are worth a sentence: neither places nor keys, and
/// the words as printed only where the standard form stayed the same.
fn told<'a>(old: Sheet<'a>, o: usize, new: Sheet<'a>, n: usize, but: &[&str]) -> Vec<Told<'a>> {
    let (Some(olds), Some(news)) = (old.table, new.table) else {
        return Vec::new();
    };
    let shared = crate::rows::shared(olds, news);
    let differing: Vec<Told<'a>> = shared
        .into_iter()
        .map(|(column, at, there)| Told {
            column,
            old: olds.cell(o, at),
            new: news.cell(n, there),
        })
        .filter(|told| told.old != told.new)
        .collect();
    let has_standard = |column: &str| {
        let standard = column.strip_suffix("_raw");
        standard.is_some_and(|name| differing.iter().any(|told| told.column == name))
    };
    let is_told = |told: &&Told<'a>| {
        !is_place(told.column) && !but.contains(&told.column) && !has_standard(told.column)
    };
    differing.iter().filter(is_told).copied().collect()
}

/// A column in which two rows differ.
#[derive(Clone, Copy)]
struct Told<'a> {
    column: &'a str,
    old: ValueRef<'a>,
    new: ValueRef<'a>,
}

impl Told<'_> {
    /// The sentence about it.
    fn said(
        &self,
        table: &str,
        stored: Option<&StoredTable>,
        subject: &Both,
        place: Option<&str>,
    ) -> Both {
        let known = crate::compare::spec(table).and_then(|spec| spec.column(self.column));
        let value = |value| show::value(known.map(|(_, column)| column), value);
        let field = words::column(table, self.column, stored);
        words::changed(subject, &field, value(self.old), value(self.new), place)
    }
}

fn documents(changes: &Changes, tables: &Tables<'_>, subjects: &Subjects<'_>) -> Vec<Sentence> {
    let Some(change) = changes.table("documents") else {
        return Vec::new();
    };
    let Sides { old, new } = tables.documents;
    let mut sentences = Vec::new();
    for row in &change.rows {
        match (row.old, row.new) {
            (Some(o), Some(n)) => {
                let id = new.text(n, "document_id").unwrap_or_default();
                let subject = subjects.new.document(id);
                let hashes = (old.text(o, "sha256"), new.text(n, "sha256"));
                if let (Some(before), Some(now)) = hashes
                    && before != now
                {
                    let said = words::file_changed(&subject, before, now);
                    sentences.push(Sentence::new(id, Some("sha256"), said));
                }
                for told in told(old, o, new, n, &["document_id", "sha256", "bytes"]) {
                    let said = told.said("documents", new.table, &subject, None);
                    sentences.push(Sentence::new(id, Some(told.column), said));
                }
            }
            (Some(o), None) => {
                let id = old.text(o, "document_id").unwrap_or_default();
                let holds = subjects.old.holding(id);
                let mut said = words::removed(&subjects.old.document(id), None);
                said.ja += &holds.ja;
                said.en += &holds.en;
                sentences.push(Sentence::new(id, None, said));
            }
            (None, Some(n)) => {
                let id = new.text(n, "document_id").unwrap_or_default();
                let holds = subjects.new.holding(id);
                let mut said = words::added(&subjects.new.document(id), None);
                said.ja += &holds.ja;
                said.en += &holds.en;
                sentences.push(Sentence::new(id, None, said));
            }
            (None, None) => {}
        }
    }
    sentences
}

fn measures(changes: &Changes, subjects: &Subjects<'_>) -> Vec<Sentence> {
    let pairing = &changes.measures;
    let (old, new) = (subjects.old.measures, subjects.new.measures);
    let mut placed: Vec<(Order<'_>, Sentence)> = Vec::new();
    let mut quiet = 0;
    for row in &pairing.removed {
        let id = old.text(*row, "measure_id").unwrap_or_default();
        let said = words::removed(&subjects.old.measure(id), old.text(*row, "locator"));
        placed.push((Order::of(old, *row), Sentence::new(id, None, said)));
    }
    for row in &pairing.added {
        let id = new.text(*row, "measure_id").unwrap_or_default();
        let said = words::added(&subjects.new.measure(id), new.text(*row, "locator"));
        placed.push((Order::of(new, *row), Sentence::new(id, None, said)));
    }
    for (o, n) in &pairing.renumbered {
        let said = renumbered(subjects, *o, *n);
        let rest = differences(subjects, *o, *n, &["measure_id", "number", "number_raw"]);
        let order = Order::of(new, *n);
        placed.extend(std::iter::once(said).chain(rest).map(|said| (order, said)));
    }
    for (o, n) in &pairing.changed {
        let said = differences(subjects, *o, *n, &["measure_id"]);
        quiet += usize::from(said.is_empty());
        let order = Order::of(new, *n);
        placed.extend(said.into_iter().map(|said| (order, said)));
    }
    placed.sort_by_key(|(order, _)| *order);
    let remark = (quiet > 0).then(|| Sentence::remark(words::only_places(quiet)));
    let sentences = placed.into_iter().map(|(_, sentence)| sentence);
    sentences.chain(remark).collect()
}

/// Where a measure stands among all: document, then order in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Order<'a> {
    document: Option<&'a str>,
    position: Option<i64>,
}

impl<'a> Order<'a> {
    fn of(measures: Sheet<'a>, row: usize) -> Self {
        Self {
            document: measures.text(row, "document_id"),
            position: measures.int(row, "position"),
        }
    }
}

fn renumbered(subjects: &Subjects<'_>, o: usize, n: usize) -> Sentence {
    let new = subjects.new.measures;
    let old_id = subjects
        .old
        .measures
        .text(o, "measure_id")
        .unwrap_or_default();
    let id = new.text(n, "measure_id").unwrap_or_default();
    let subject = subjects.new.measure(id);
    let said = words::renumbered(&subject, old_id, id, new.text(n, "locator"));
    Sentence::new(id, None, said)
}

fn differences(subjects: &Subjects<'_>, o: usize, n: usize, but: &[&str]) -> Vec<Sentence> {
    let (old, new) = (subjects.old.measures, subjects.new.measures);
    let id = new.text(n, "measure_id").unwrap_or_default();
    let subject = subjects.new.measure(id);
    let place = new.text(n, "locator");
    told(old, o, new, n, but)
        .into_iter()
        .map(|told| {
            let said = told.said("measures", new.table, &subject, place);
            Sentence::new(id, Some(told.column), said)
        })
        .collect()
}
