//! KPIs and their values.

use std::collections::{BTreeMap, BTreeSet};

use kurabe_schema::{label_in, words as lists};

use super::sheet::{Sheet, Sides};
use super::subjects::Subjects;
use super::{Sentence, Tables, told};
use crate::compare::Changes;
use crate::show::{Both, short, value};
use crate::words;

/// A KPI: its row and those of its values by role and position.
struct Kpi<'a> {
    id: &'a str,
    /// What the id adds to that of the measure.
    suffix: &'a str,
    /// Name and segment.
    name: (Option<&'a str>, Option<&'a str>),
    row: usize,
    values: BTreeMap<(&'a str, Option<i64>), usize>,
}

/// The KPIs of a measure.
type Kpis<'a> = Vec<Kpi<'a>>;

struct Teller<'t, 'a> {
    tables: &'t Tables<'a>,
    subjects: &'t Subjects<'a>,
    sentences: Vec<Sentence>,
}

pub(super) fn tell(
    changes: &Changes,
    tables: &Tables<'_>,
    subjects: &Subjects<'_>,
) -> Vec<Sentence> {
    let mut pairs = super::affected(changes, "kpis", tables.kpis.old, tables.kpis.new);
    pairs.extend(of_values(changes, tables));
    let olds: BTreeSet<&str> = pairs.iter().map(|(old, _)| *old).collect();
    let news: BTreeSet<&str> = pairs.iter().map(|(_, new)| *new).collect();
    let olds = kpis(tables.kpis.old, tables.values.old, &olds);
    let news = kpis(tables.kpis.new, tables.values.new, &news);
    let mut teller = Teller {
        tables,
        subjects,
        sentences: Vec::new(),
    };
    let none = Kpis::new();
    for (old_id, id) in pairs {
        let (before, now) = (
            olds.get(old_id).unwrap_or(&none),
            news.get(id).unwrap_or(&none),
        );
        teller.measure(id, before, now);
    }
    teller.sentences
}

/// The measures, old and new id, of whose KPIs a value differs.
fn of_values<'a>(changes: &'a Changes, tables: &Tables<'a>) -> BTreeSet<(&'a str, &'a str)> {
    let Some(change) = changes.table("kpi_values") else {
        return BTreeSet::new();
    };
    let touched = |side: fn(Sides<'a>) -> Sheet<'a>, rows: Vec<usize>| -> Vec<&'a str> {
        let (values, kpis) = (side(tables.values), side(tables.kpis));
        let measures = kpis.index("kpi_id");
        let ids = rows
            .into_iter()
            .filter_map(|row| values.text(row, "kpi_id"));
        ids.filter_map(|id| kpis.text(*measures.get(id)?, "measure_id"))
            .collect()
    };
    let olds = change.rows.iter().filter_map(|row| row.old).collect();
    let news = change.rows.iter().filter_map(|row| row.new).collect();
    let olds = touched(|sides| sides.old, olds).into_iter();
    let news = touched(|sides| sides.new, news).into_iter();
    let pairing = &changes.measures;
    olds.filter_map(|old| Some((old, pairing.new_id(old)?)))
        .chain(news.filter_map(|new| Some((pairing.old_id(new)?, new))))
        .collect()
}

/// The KPIs of some measures with their values.
fn kpis<'a>(
    kpis: Sheet<'a>,
    values: Sheet<'a>,
    wanted: &BTreeSet<&str>,
) -> BTreeMap<&'a str, Kpis<'a>> {
    let of_measure = kpis.rows_of("measure_id", wanted);
    let ids = of_measure
        .values()
        .flatten()
        .filter_map(|row| kpis.text(*row, "kpi_id"));
    let of_kpi = values.rows_of("kpi_id", &ids.collect());
    let kpi = |measure: &str, row: usize| {
        let id = kpis.text(row, "kpi_id")?;
        let rows = of_kpi.get(id).into_iter().flatten();
        let values = rows.map(|row| {
            let role = values.text(*row, "role").unwrap_or_default();
            ((role, values.int(*row, "position")), *row)
        });
        Some(Kpi {
            id,
            suffix: id.strip_prefix(measure).unwrap_or(id),
            name: (kpis.text(row, "name"), kpis.text(row, "segment")),
            row,
            values: values.collect(),
        })
    };
    let measures = of_measure.into_iter();
    measures
        .map(|(id, rows)| {
            (
                id,
                rows.into_iter().filter_map(|row| kpi(id, row)).collect(),
            )
        })
        .collect()
}

impl<'a> Teller<'_, 'a> {
    fn measure(&mut self, id: &str, before: &[Kpi<'a>], now: &[Kpi<'a>]) {
        let subject = self.subjects.new.measure(id);
        let (old, new) = (self.tables.kpis.old, self.tables.kpis.new);
        let formers = paired(before, now);
        let gone = before.iter().enumerate();
        for (_, gone) in gone.filter(|(at, _)| !formers.contains(&Some(*at))) {
            let subject = named(old, gone.row, &subject);
            let said = words::removed(&subject, old.text(gone.row, "locator"));
            self.sentences.push(Sentence::new(gone.id, None, said));
        }
        for (kpi, former) in now.iter().zip(formers) {
            let subject = named(new, kpi.row, &subject);
            let place = new.text(kpi.row, "locator");
            let Some(former) = former.map(|at| &before[at]) else {
                let said = words::added(&subject, place);
                self.sentences.push(Sentence::new(kpi.id, None, said));
                continue;
            };
            for told in told(old, former.row, new, kpi.row, &["kpi_id", "measure_id"]) {
                let said = told.said("kpis", new.table, &subject, place);
                self.sentences
                    .push(Sentence::new(kpi.id, Some(told.column), said));
            }
            self.values(&subject, former, kpi);
        }
    }

    fn values(&mut self, subject: &Both, before: &Kpi<'a>, now: &Kpi<'a>) {
        let (old, new) = (self.tables.values.old, self.tables.values.new);
        let gone = before.values.iter();
        for (_, row) in gone.filter(|(key, _)| !now.values.contains_key(*key)) {
            let (field, shown) = (field(old, *row), printed(old, *row));
            let said = words::changed(subject, &field, shown, None, old.text(*row, "locator"));
            self.sentences
                .push(Sentence::new(now.id, Some("value"), said));
        }
        for (key, row) in &now.values {
            let (field, place) = (field(new, *row), new.text(*row, "locator"));
            match before.values.get(key) {
                None => {
                    let said = words::changed(subject, &field, None, printed(new, *row), place);
                    self.sentences
                        .push(Sentence::new(now.id, Some("value"), said));
                }
                Some(former) => {
                    let said = changed(old, *former, new, *row, subject, &field);
                    let said = said.into_iter();
                    self.sentences.extend(
                        said.map(|(column, said)| Sentence::new(now.id, Some(column), said)),
                    );
                }
            }
        }
    }
}

/// Whether two KPIs can be the same.
type Rule<'r> = dyn Fn(&Kpi<'_>, &Kpi<'_>) -> bool + 'r;

/// For each KPI the one that it was before: of the same id and name, else of the same name where
/// only one has it, else of the same id.
fn paired(before: &[Kpi<'_>], now: &[Kpi<'_>]) -> Vec<Option<usize>> {
    let mut formers: Vec<Option<usize>> = vec![None; now.len()];
    let is_once = |kpis: &[Kpi<'_>], kpi: &Kpi<'_>| {
        kpis.iter().filter(|other| other.name == kpi.name).count() == 1
    };
    let rules: [&Rule<'_>; 3] = [
        &|old, new| old.suffix == new.suffix && old.name == new.name,
        &|old, new| old.name == new.name && is_once(before, old) && is_once(now, new),
        &|old, new| old.suffix == new.suffix,
    ];
    for rule in rules {
        for (at, kpi) in now.iter().enumerate() {
            if formers[at].is_none() {
                let mut olds = before.iter().enumerate();
                let free = olds.find(|(o, old)| !formers.contains(&Some(*o)) && rule(old, kpi));
                formers[at] = free.map(|(o, _)| o);
            }
        }
    }
    formers
}

fn named(kpis: Sheet<'_>, row: usize, measure: &Both) -> Both {
    let name = kpis.text(row, "name").unwrap_or_default();
    let segment = kpis.text(row, "segment");
    let name = segment.map_or_else(|| name.to_owned(), |segment| format!("{name}・{segment}"));
    words::kpi(measure, &short(&name))
}

/// What a value is: its role and year.
fn field(values: Sheet<'_>, row: usize) -> Both {
    let role = values.text(row, "role").unwrap_or_default();
    let label = label_in(lists::KPI_ROLES, role);
    let role = label.map_or_else(|| Both::same(role), |label| Both::new(label.ja, label.en));
    words::kpi_value(&role, values.int(row, "fiscal_year"))
}

/// A value as printed, or else as a number.
fn printed(values: Sheet<'_>, row: usize) -> Option<Both> {
    let text = values
        .text(row, "value_text")
        .filter(|text| !text.is_empty());
    match text {
        Some(text) => Some(Both::same(short(text))),
        None => value(None, values.cell(row, "value")),
    }
}

/// The sentences about a value that changed: the value first, as printed where the print
/// changed; then what else is said of it.
fn changed<'a>(
    old: Sheet<'a>,
    o: usize,
    new: Sheet<'a>,
    n: usize,
    subject: &Both,
    field: &Both,
) -> Vec<(&'a str, Both)> {
    let place = new.text(n, "locator");
    let differing = told(old, o, new, n, &["kpi_id"]);
    let is_printed = differing.iter().any(|told| told.column == "value_text");
    let whole = Both::new(
        format!("{}の{}", subject.ja, field.ja),
        format!("{}, {}", subject.en, field.en),
    );
    differing
        .into_iter()
        .filter(|told| !(is_printed && told.column == "value"))
        .map(|told| {
            let said = match told.column {
                "value_text" | "value" => {
                    let (old, new) = (value(None, told.old), value(None, told.new));
                    words::changed(subject, field, old, new, place)
                }
                _ => told.said("kpi_values", new.table, &whole, place),
            };
            (told.column, said)
        })
        .collect()
}
