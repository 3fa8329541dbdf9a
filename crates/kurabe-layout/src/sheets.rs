//! One key–value sheet per measure.

use crate::cursor::{Cursor, words, words_at};
use crate::items;
use crate::pattern::Pattern;
use crate::phase;
use crate::profile::{FieldRole, Sheets};
use crate::record::{RawKpi, RawMeasure, RawSchedule, RawSeries, RawStatement, Words};
use crate::region::{self, Region, Unit};
use crate::schedule::{self, Head};
use kurabe_page::{Node, Row, Table};
use kurabe_text::width;
use kurabe_trace::{Code, Finding, Locator};
use std::collections::BTreeMap;

/// Reads all sheets of a region.
pub(crate) fn read<'p>(cursor: &mut Cursor<'p>, region: &Region<'p>, spec: &Sheets) {
    for unit in &region.units {
        if region::skip_lines(cursor, region.spec, unit) {
            continue;
        }
        if let Unit::Table(table) = unit {
            for sheet in sheets(table, spec) {
                read_sheet(cursor, region, spec, sheet);
            }
        }
    }
}

/// Cuts a table into sheets: one begins with every row that ends with the mark.
fn sheets<'t>(table: &'t Table, spec: &Sheets) -> Vec<&'t [Row]> {
    let mark = width::key(&spec.first_row_mark);
    let begins = |row: &Row| {
        row.cells
            .iter()
            .any(|c| width::key(&c.text()).starts_with(&mark))
    };
    let starts: Vec<usize> = (0..table.rows.len())
        .filter(|i| begins(&table.rows[*i]))
        .collect();
    let ends = starts
        .iter()
        .skip(1)
        .copied()
        .chain(std::iter::once(table.rows.len()));
    starts
        .iter()
        .zip(ends)
        .map(|(from, to)| &table.rows[*from..to])
        .collect()
}

fn read_sheet(cursor: &mut Cursor<'_>, region: &Region<'_>, spec: &Sheets, rows: &[Row]) {
    let Some((first, rest)) = rows.split_first() else {
        return;
    };
    let mut measure = first_row(cursor, spec, first);
    measure.part = region.part.clone();
    let mut at = 0;
    while at < rest.len() {
        let role = role(cursor, spec, &rest[at]);
        let end = (at + 1..rest.len())
            .find(|i| !goes_on(cursor, spec, role, &rest[at], &rest[*i]))
            .unwrap_or(rest.len());
        match role {
            Some(role) => field(cursor, region, spec, &mut measure, role, &rest[at..end]),
            None => unknown_field(cursor, &mut measure, &rest[at..end]),
        }
        at = end;
    }
    measure.lines = (first.line, rows.last().map_or(first.line, |r| r.line));
    cursor.measure(measure);
}

/// Number, title and marks of the first row.
fn first_row(cursor: &mut Cursor<'_>, spec: &Sheets, row: &Row) -> RawMeasure {
    cursor.take_row(row);
    let mark = width::key(&spec.first_row_mark);
    let mut cells = (0..row.cells.len())
        .filter_map(|column| words_at(row, column))
        .filter(|w| !width::key(&w.text).starts_with(&mark));
    let number = cells.next();
    let title = cells.next();
    RawMeasure {
        number,
        title,
        marks: cells.collect(),
        ..RawMeasure::default()
    }
}

/// What a row holds, by its heading. An unknown heading is remarked and left unread.
fn role(cursor: &mut Cursor<'_>, spec: &Sheets, row: &Row) -> Option<FieldRole> {
    let heading = words_at(row, 0)?;
    if let Some(role) = find(&spec.fields, &width::tidy(&heading.text)) {
        return Some(role);
    }
    let right = cursor.heading(&heading.text, &heading.locator);
    let role = find(&spec.fields, &right);
    if role.is_none() {
        cursor.unknown_heading(&heading.text, heading.locator);
    }
    role
}

/// Whether a row belongs to the field that began on the row `first`. A remark (※) does. A row with
/// a heading of its own does only when the heading is a cell of a table: a misplaced name in a schedule, or the
/// plain copy of a table inside a cell.
fn goes_on(
    cursor: &Cursor<'_>,
    spec: &Sheets,
    role: Option<FieldRole>,
    first: &Row,
    row: &Row,
) -> bool {
    let Some(heading) = words_at(row, 0) else {
        return true;
    };
    if heading.text.starts_with('※') {
        return true;
    }
    let tidy = width::tidy(&heading.text);
    let known = [tidy.clone(), cursor.repaired(&tidy)];
    if known.iter().any(|t| find(&spec.fields, t).is_some()) {
        return false;
    }
    let holds_phase = |row: &Row| {
        (1..row.cells.len()).any(|c| {
            words_at(row, c).is_some_and(|w| phase::stage(&w.text, &BTreeMap::new()).is_some())
        })
    };
    match role {
        Some(FieldRole::Schedule) => holds_table(first) || holds_phase(row),
        Some(FieldRole::Actuals) => holds_table(first),
        _ => false,
    }
}

/// The role whose patterns fit a heading.
pub(crate) fn find(fields: &BTreeMap<FieldRole, Vec<Pattern>>, text: &str) -> Option<FieldRole> {
    fields
        .iter()
        .find(|(_, ps)| ps.iter().any(|p| p.is_match(text)))
        .map(|(role, _)| *role)
}

/// Reads a field: the row with its heading and the rows that belong to it.
fn field(
    cursor: &mut Cursor<'_>,
    region: &Region<'_>,
    spec: &Sheets,
    measure: &mut RawMeasure,
    role: FieldRole,
    rows: &[Row],
) {
    let Some(first) = rows.first() else { return };
    if !matches!(
        role,
        FieldRole::Image | FieldRole::Schedule | FieldRole::Actuals
    ) {
        rows.iter().for_each(|r| cursor.take_row(r));
    }
    let values = || rows.iter().filter_map(|r| words_at(r, 1));
    match role {
        FieldRole::Image => rows
            .iter()
            .for_each(|r| cursor.claims.skip(r.line, &spec.image_rule)),
        FieldRole::Schedule => schedule_field(cursor, region, spec, measure, rows),
        FieldRole::Actuals => actuals_field(cursor, measure, rows),
        FieldRole::Departments => measure.departments = values().next(),
        FieldRole::Section => measure.section = values().next(),
        FieldRole::Summary => measure.summary = values().collect(),
        FieldRole::Effect => measure.effect = values().collect(),
        FieldRole::Past => measure.past = values().collect(),
        FieldRole::Future => measure.future = values().collect(),
        FieldRole::Kpis => {
            measure.kpis = kpis(first);
            measure.note.extend(remarks(first));
        }
        FieldRole::Note => measure.note.extend(values()),
    }
}

/// Rows below a heading that the profile does not know are kept as notes, as they stand.
fn unknown_field(cursor: &mut Cursor<'_>, measure: &mut RawMeasure, rows: &[Row]) {
    for row in rows {
        cursor.take_row(row);
        let cells: Vec<String> = (0..row.cells.len())
            .filter_map(|c| words_at(row, c))
            .map(|w| w.text)
            .collect();
        measure
            .note
            .push(Words::new(cells.join("："), Locator::line(row.line)));
    }
}

/// The indicators in the cell beside their heading.
fn kpis(row: &Row) -> Vec<RawKpi> {
    let statements = statements(row).into_iter();
    let indicators = statements.filter(|w| !is_remark(w));
    indicators.map(RawKpi::Statement).collect()
}

/// What is remarked below the indicators.
fn remarks(row: &Row) -> Vec<Words> {
    let statements = statements(row).into_iter();
    statements.filter(is_remark).collect()
}

fn is_remark(words: &Words) -> bool {
    words.text.starts_with('※')
}

fn statements(row: &Row) -> Vec<Words> {
    let Some(cell) = row.cells.get(1) else {
        return Vec::new();
    };
    let place = words(cell, row.line, 1).locator;
    let items = items::items(&cell.content).into_iter();
    items
        .map(|item| Words::new(item.text, place.clone()))
        .collect()
}

/// Years in the row of the heading, phases in the rows below, or a table inside the cell with
/// its plain copy behind it.
fn schedule_field(
    cursor: &mut Cursor<'_>,
    region: &Region<'_>,
    spec: &Sheets,
    measure: &mut RawMeasure,
    rows: &[Row],
) {
    let Some((first, rest)) = rows.split_first() else {
        return;
    };
    cursor.take_row(first);
    let page = region.spec.name.clone();
    if let Some((head, read)) = nested_table(first) {
        rest.iter()
            .for_each(|r| cursor.claims.skip(r.line, "flattened_copy"));
        let years = head.fiscal_years();
        measure.schedules.push(RawSchedule {
            page,
            is_damaged: false,
            years,
            rows: read,
        });
        markup_repeated(cursor, first.line);
        return;
    }
    let Some(mut head) = Head::of(first) else {
        return;
    };
    head.start = (head.years.last().map_or(0, |(c, _)| *c) + 1..first.cells.len())
        .find(|c| words_at(first, *c).is_some());
    head.look_before(first, &spec.item_headings);
    head.key = Some(0);
    let is_damaged = head.misplaced_item.is_some();
    let rows: Vec<&Row> = rest.iter().collect();
    let read = schedule::read(cursor, &head, &rows);
    if is_damaged || read.iter().all(|r| r.cells.is_empty()) {
        damaged(cursor, first.line);
    }
    let years = head.fiscal_years();
    measure.schedules.push(RawSchedule {
        page,
        is_damaged,
        years,
        rows: read,
    });
}

fn nested_table(row: &Row) -> Option<(Head, Vec<crate::record::RawScheduleRow>)> {
    row.cells.iter().enumerate().find_map(|(column, cell)| {
        cell.content.iter().find_map(|node| match node {
            Node::Table(table) => schedule::nested(table, row.line, column),
            _ => None,
        })
    })
}

fn markup_repeated(cursor: &mut Cursor<'_>, line: u32) {
    cursor.remark(Finding::new(
        Code::MarkupDamaged,
        Locator::line(line),
        "セル内の表と同じ内容が続く行に展開されています。セル内の表を採りました。",
        "A table inside a cell is repeated as plain cells; the table was read.",
    ));
}

fn damaged(cursor: &mut Cursor<'_>, line: u32) {
    cursor.remark(Finding::new(
        Code::SheetDamaged,
        Locator::line(line),
        "年次計画の表が崩れています（年度の見出しまたは行が失われています）。",
        "The schedule of the sheet is damaged: a heading or the rows are lost.",
    ));
}

/// Statements about results, and tables of figures among them.
fn actuals_field(cursor: &mut Cursor<'_>, measure: &mut RawMeasure, rows: &[Row]) {
    let Some(first) = rows.first() else { return };
    cursor.take_row(first);
    measure.reports_actuals = true;
    measure.actuals_heading = words_at(first, 0);
    if written(first) > 2 && !holds_table(first) {
        measure.series.extend(plain_series(cursor, rows));
        return;
    }
    let Some(cell) = first.cells.get(1) else {
        return;
    };
    let place = words(cell, first.line, 1).locator;
    for item in items::items(&cell.content) {
        let words = Words::new(item.text, place.clone());
        measure.actuals.push(RawStatement {
            words,
            heading: item.heading,
        });
    }
    for node in &cell.content {
        if let Node::Table(table) = node {
            measure.series.extend(table_series(table, first.line, 1));
            rows.iter()
                .skip(1)
                .for_each(|r| cursor.claims.skip(r.line, "flattened_copy"));
        }
    }
    if rows.len() > 1 && !holds_table(first) {
        rows.iter()
            .skip(1)
            .for_each(|r| extra_row(cursor, measure, r));
    }
}

fn holds_table(row: &Row) -> bool {
    row.cells
        .iter()
        .any(|c| c.content.iter().any(|n| matches!(n, Node::Table(_))))
}

fn written(row: &Row) -> usize {
    row.cells.iter().filter(|c| !c.is_blank()).count()
}

fn extra_row(cursor: &mut Cursor<'_>, measure: &mut RawMeasure, row: &Row) {
    cursor.take_row(row);
    for words in (0..row.cells.len()).filter_map(|c| words_at(row, c)) {
        measure.actuals.push(RawStatement {
            words,
            heading: None,
        });
    }
}

/// A table that stands in the rows of the sheet itself: headings behind the field's heading.
fn plain_series(cursor: &mut Cursor<'_>, rows: &[Row]) -> Vec<RawSeries> {
    let Some((head, rest)) = rows.split_first() else {
        return Vec::new();
    };
    let mut found: Vec<RawSeries> = Vec::new();
    for row in rest {
        cursor.take_row(row);
        if written(row) == 1 {
            let note = (0..row.cells.len())
                .find_map(|c| words_at(row, c))
                .map(|w| w.text);
            found.iter_mut().for_each(|s| s.note.clone_from(&note));
        } else {
            found.push(series_row(head, row, 1));
        }
    }
    found
}

fn series_row(head: &Row, row: &Row, label_column: usize) -> RawSeries {
    let label = words_at(row, label_column).map_or(String::new(), |w| w.text);
    let values = (label_column + 1..row.cells.len())
        .filter_map(|c| Some((words_at(head, c)?.text, words_at(row, c)?)))
        .collect();
    RawSeries {
        label,
        values,
        note: None,
    }
}

fn table_series(table: &Table, line: u32, column: usize) -> Vec<RawSeries> {
    let Some((head, rest)) = table.rows.split_first() else {
        return Vec::new();
    };
    rest.iter()
        .map(|row| {
            let mut series = series_row(head, row, 0);
            let column = u32::try_from(column).unwrap_or(0) + 1;
            series
                .values
                .iter_mut()
                .for_each(|(_, w)| w.locator = Locator::cell(line, column));
            series
        })
        .collect()
}
