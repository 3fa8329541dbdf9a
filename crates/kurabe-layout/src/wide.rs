//! What a row of a measure holds beside its words: indicators, results, phases under years, and the rows
//! below it that go on without a number.

use crate::columns::Columns;
use crate::cursor::{Cursor, words_at};
use crate::indicator;
use crate::items;
use crate::profile::ColumnRole;
use crate::record::{RawKpi, RawMeasure, RawSchedule, RawStatement, Words};
use crate::region::Region;
use crate::schedule::{self, Head};
use kurabe_page::Row;
use kurabe_trace::{Code, Finding, Locator};

/// Roles of which a row without a number may hold more.
const TEXTS: [ColumnRole; 5] = [
    ColumnRole::Summary,
    ColumnRole::Effect,
    ColumnRole::Past,
    ColumnRole::Future,
    ColumnRole::Note,
];

/// Roles of indicators and of what is reported against them.
const FIGURES: [ColumnRole; 4] = [
    ColumnRole::Kpis,
    ColumnRole::Baseline,
    ColumnRole::Target,
    ColumnRole::Actuals,
];

/// The columns of a role, from left to right.
fn places(columns: &Columns, role: ColumnRole) -> impl Iterator<Item = usize> {
    let more = columns.more.iter().filter(move |(r, _)| *r == role);
    let first = columns.roles.get(&role).copied();
    first.into_iter().chain(more.map(|(_, column)| *column))
}

/// Whether a row holds words, figures or phases that a measure may have more of.
pub(crate) fn is_written(columns: &Columns, row: &Row) -> bool {
    let roles = TEXTS.iter().chain(&FIGURES);
    let mut places = roles.flat_map(|role| places(columns, *role));
    places.any(|column| words_at(row, column).is_some())
        || columns
            .years
            .iter()
            .any(|(column, _)| words_at(row, *column).is_some())
}

/// Adds to a measure what its row and the rows below it hold.
pub(crate) fn add(
    cursor: &mut Cursor<'_>,
    region: &Region<'_>,
    columns: &Columns,
    index: usize,
    group: &[&Row],
) {
    let schedule = schedule(cursor, region, columns, group);
    for (at, row) in group.iter().enumerate() {
        if at > 0 {
            texts(cursor, columns, index, row);
        }
        figures(cursor, columns, index, row);
    }
    let Some(measure) = cursor.document.measures.get_mut(index) else {
        return;
    };
    if let Some(schedule) = schedule {
        // The start stands in the rows of the schedule.
        measure.start = None;
        measure.schedules.push(schedule);
    }
}

/// Adds a row that a page break parts from its measure; whether there is one.
pub(crate) fn goes_on(cursor: &mut Cursor<'_>, columns: &Columns, row: &Row) -> bool {
    let Some(index) = cursor.document.measures.len().checked_sub(1) else {
        return false;
    };
    texts(cursor, columns, index, row);
    figures(cursor, columns, index, row);
    true
}

fn schedule(
    cursor: &mut Cursor<'_>,
    region: &Region<'_>,
    columns: &Columns,
    group: &[&Row],
) -> Option<RawSchedule> {
    if columns.years.len() < 2 {
        return None;
    }
    let head = Head {
        years: columns.years.clone(),
        start: columns.roles.get(&ColumnRole::Start).copied(),
        item: columns.roles.get(&ColumnRole::Item).copied(),
        ..Head::default()
    };
    let rows = schedule::read(cursor, &head, group);
    Some(RawSchedule {
        page: region.spec.name.clone(),
        is_damaged: false,
        years: head.fiscal_years(),
        rows,
    })
}

/// Words of a row without a number go on with those of the measure.
fn texts(cursor: &mut Cursor<'_>, columns: &Columns, index: usize, row: &Row) {
    cursor.take_row(row);
    cursor.remark(Finding::new(
        Code::RowContinued,
        Locator::line(row.line),
        "番号のない行を直前の取組の続きとして読みました。",
        "A row without a number was read as the continuation of the measure before.",
    ));
    let Some(measure) = cursor.document.measures.get_mut(index) else {
        return;
    };
    measure.lines.1 = measure.lines.1.max(row.line);
    for role in TEXTS {
        for words in places(columns, role).filter_map(|column| words_at(row, column)) {
            if let Some(texts) = text_of(measure, role) {
                texts.push(words);
            }
        }
    }
}

fn text_of(measure: &mut RawMeasure, role: ColumnRole) -> Option<&mut Vec<Words>> {
    match role {
        ColumnRole::Summary => Some(&mut measure.summary),
        ColumnRole::Effect => Some(&mut measure.effect),
        ColumnRole::Past => Some(&mut measure.past),
        ColumnRole::Future => Some(&mut measure.future),
        ColumnRole::Note => Some(&mut measure.note),
        _ => None,
    }
}

/// Indicators of a row and what is reported against them.
fn figures(cursor: &mut Cursor<'_>, columns: &Columns, index: usize, row: &Row) {
    let wraps_dots = cursor.profile.source.wraps_dots;
    let statements = |column: usize| -> Vec<(items::Item, Words)> {
        let (Some(cell), Some(words)) = (row.cells.get(column), words_at(row, column)) else {
            return Vec::new();
        };
        let found = items::items(&cell.content, wraps_dots).into_iter();
        found.map(|item| (item, words.clone())).collect()
    };
    let values = values(cursor, columns, row);
    let names: Vec<usize> = places(columns, ColumnRole::Kpis).collect();
    let reported: Vec<usize> = places(columns, ColumnRole::Actuals).collect();
    let Some(measure) = cursor.document.measures.get_mut(index) else {
        return;
    };
    if values.is_empty() {
        let found = names.iter().flat_map(|column| statements(*column));
        let (notes, kpis): (Vec<_>, Vec<_>) = found.partition(|(i, _)| i.text.starts_with('※'));
        let at = |(item, words): (items::Item, Words)| Words::new(item.text, words.locator);
        measure
            .kpis
            .extend(kpis.into_iter().map(at).map(RawKpi::Statement));
        measure.note.extend(notes.into_iter().map(at));
    } else if let Some(name) = names.iter().find_map(|column| words_at(row, *column)) {
        measure.kpis.push(RawKpi::Listed { name, values });
    } else if let Some(RawKpi::Listed { values: before, .. }) = measure.kpis.last_mut() {
        before.extend(values);
    }
    for column in reported {
        measure.reports_actuals = true;
        let heading = columns.labels.get(column).cloned();
        measure.actuals_heading = heading.map(|text| Words::new(text, Locator::line(row.line)));
        let found = statements(column).into_iter();
        measure
            .actuals
            .extend(found.map(|(item, words)| RawStatement {
                words: Words::new(item.text, words.locator),
                heading: item.heading,
            }));
    }
}

/// The values of the indicator of a row, each with the heading of its column.
fn values(cursor: &Cursor<'_>, columns: &Columns, row: &Row) -> Vec<(Words, Words)> {
    let roles = [
        (ColumnRole::Baseline, "現状値"),
        (ColumnRole::Target, "目標値"),
    ];
    let of_role = roles.into_iter().flat_map(|(role, word)| {
        places(columns, role).filter_map(move |column| {
            let value = words_at(row, column)?;
            let heading = columns.labels.get(column).cloned().unwrap_or_default();
            let label = if indicator::names_role(&cursor.profile.words, &heading) {
                heading
            } else {
                format!("{word}（{heading}）")
            };
            Some((Words::new(label, value.locator.clone()), value))
        })
    });
    of_role.collect()
}
