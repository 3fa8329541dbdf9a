//! One key–value sheet per measure.

use crate::cursor::{Cursor, words, words_at};
use crate::items;
use crate::pattern::Pattern;
use crate::phase;
use crate::profile::{FieldRole, Sheets};
use crate::record::{RawKpi, RawMeasure, RawSchedule, RawSeries, RawStatement, Words};
use crate::region::{self, Region, Unit};
use crate::schedule::{self, Head};
use kurabe_page::{Cell, Node, Row, Table};
use kurabe_text::width;
use kurabe_trace::{Code, Finding, Locator};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The rows of one sheet, and its number and title where they stand on a line of their own.
struct Sheet<'t> {
    head: Option<RawMeasure>,
    rows: Cow<'t, [Row]>,
}

/// Reads all sheets of a region. A table that begins with a field of a sheet goes on with the sheet of
/// the table before: a page ended in between.
pub(crate) fn read<'p>(cursor: &mut Cursor<'p>, region: &Region<'p>, spec: &Sheets) {
    let mut found: Vec<Sheet<'_>> = Vec::new();
    let mut head = None;
    for unit in &region.units {
        if region::skip_lines(cursor, region.spec, unit) {
            continue;
        }
        let Unit::Table(table) = unit else {
            let own = title_line(spec, &unit.words());
            if own.is_some() {
                let lines = unit.lines();
                lines.into_iter().for_each(|l| cursor.claims.record(l));
                head = own;
            }
            continue;
        };
        if head.is_some() {
            found.push(Sheet {
                head: head.take(),
                rows: Cow::Borrowed(&[]),
            });
        }
        let (rest, sheets) = sheets(table, spec);
        let goes_on = rest.first().is_some_and(|row| goes_on_overleaf(spec, row));
        if let Some(last) = found.last_mut().filter(|_| goes_on) {
            last.rows.to_mut().extend_from_slice(rest);
        }
        found.extend(sheets.into_iter().map(|rows| Sheet {
            head: None,
            rows: Cow::Borrowed(rows),
        }));
    }
    for sheet in found {
        read_sheet(cursor, region, spec, sheet);
    }
}

/// Number and title of the sheet that a line stands above.
fn title_line(spec: &Sheets, line: &Words) -> Option<RawMeasure> {
    let found = spec.title.as_ref()?.find(&line.text)?;
    let place = &line.locator;
    let words = |name| found.get(name).map(|t| Words::new(t.trim(), place.clone()));
    let lines = place.line_span().unwrap_or_default();
    Some(RawMeasure {
        number: words("number"),
        title: words("title"),
        departments: words("departments"),
        lines,
        ..RawMeasure::default()
    })
}

/// Whether the first row of a table belongs to the sheet of the table before: it begins with the heading
/// of a field, or with nothing beside words that go on.
fn goes_on_overleaf(spec: &Sheets, row: &Row) -> bool {
    !labels(spec, row).is_empty() || (words_at(row, 0).is_none() && written(row) > 0)
}

/// The headings of fields in a row: their columns and roles.
fn labels(spec: &Sheets, row: &Row) -> Vec<(usize, FieldRole)> {
    let label = |column: usize| {
        let words = words_at(row, column)?;
        let role = find(&spec.fields, &width::tidy(&words.text))?;
        Some((column, role))
    };
    (0..row.cells.len()).filter_map(label).collect()
}

/// Cuts a table into sheets: one begins with every row that ends with the mark, or that is a title. Gives
/// the rows before the first one, too.
fn sheets<'t>(table: &'t Table, spec: &Sheets) -> (&'t [Row], Vec<&'t [Row]>) {
    let mark = spec.first_row_mark.as_deref().map(width::key);
    let is_marked = |cell: &Cell| {
        let mark = mark.as_ref();
        mark.is_some_and(|mark| width::key(&cell.text()).starts_with(mark.as_str()))
    };
    let begins = |row: &Row| row.cells.iter().any(is_marked) || title_row(spec, row).is_some();
    let rows = table.rows.as_slice();
    let starts: Vec<usize> = (0..rows.len()).filter(|i| begins(&rows[*i])).collect();
    let ends = starts.iter().skip(1).copied().chain([rows.len()]);
    let sheets = starts.iter().zip(ends).map(|(from, to)| &rows[*from..to]);
    let before = starts.first().copied().unwrap_or(rows.len());
    (&rows[..before], sheets.collect())
}

/// Number and title in the only written cell of a row.
fn title_row(spec: &Sheets, row: &Row) -> Option<RawMeasure> {
    let mut cells = (0..row.cells.len()).filter_map(|column| words_at(row, column));
    let words = cells.next()?;
    title_line(spec, &words).filter(|_| cells.next().is_none())
}

fn read_sheet(cursor: &mut Cursor<'_>, region: &Region<'_>, spec: &Sheets, sheet: Sheet<'_>) {
    let mut rest: &[Row] = &sheet.rows;
    let first_line = rest.first().map_or(0, |row| row.line);
    let is_named = [FieldRole::Number, FieldRole::Title]
        .iter()
        .any(|role| spec.fields.contains_key(role));
    let mut measure = match (sheet.head, rest.split_first()) {
        (Some(head), _) => head,
        (None, None) => return,
        (None, Some((first, after))) => {
            if is_named && !labels(spec, first).is_empty() {
                RawMeasure::default()
            } else {
                rest = after;
                match title_row(spec, first) {
                    Some(titled) => {
                        cursor.take_row(first);
                        titled
                    }
                    None => first_row(cursor, spec, first),
                }
            }
        }
    };
    measure.part = measure.part.take().or_else(|| region.part.clone());
    measure.section = measure.section.take().or_else(|| region.section.clone());
    // Headings of groups may stand before those of the fields.
    let columns = rest
        .iter()
        .filter_map(|row| Some(labels(spec, row).first()?.0));
    let base = columns.min().unwrap_or(0);
    let mut at = 0;
    while at < rest.len() {
        let found = roles(cursor, spec, &rest[at], base);
        let role = found.first().map(|(_, role)| *role);
        let end = (at + 1..rest.len())
            .find(|i| !goes_on(cursor, spec, role, base, &rest[at], &rest[*i]))
            .unwrap_or(rest.len());
        if found.is_empty() {
            unknown_field(cursor, &mut measure, &rest[at..end]);
        }
        for (column, role) in &found {
            let place = place(&rest[at], *column, *role, &found);
            field(
                cursor,
                region,
                spec,
                &mut measure,
                (*role, place),
                &rest[at..end],
            );
        }
        at = end;
    }
    let first = if measure.lines.0 > 0 {
        measure.lines.0
    } else {
        first_line
    };
    measure.lines = (first, sheet.rows.last().map_or(first, |r| r.line));
    cursor.measure(measure);
}

/// Number, title and marks of the first row.
fn first_row(cursor: &mut Cursor<'_>, spec: &Sheets, row: &Row) -> RawMeasure {
    cursor.take_row(row);
    let mark = spec.first_row_mark.as_deref().map(width::key);
    let is_mark = |w: &Words| {
        mark.as_ref()
            .is_some_and(|m| width::key(&w.text).starts_with(m.as_str()))
    };
    let mut cells = (0..row.cells.len())
        .filter_map(|column| words_at(row, column))
        .filter(|w| !is_mark(w));
    let number = cells.next();
    let title = cells.next();
    RawMeasure {
        number,
        title,
        marks: cells.collect(),
        lines: (row.line, row.line),
        ..RawMeasure::default()
    }
}

/// Columns of a field: that of its heading and that of its words.
#[derive(Clone, Copy)]
struct FieldPlace {
    label: usize,
    value: usize,
}

/// Where the words of a field stand: in the first written cell behind its heading, before the next
/// heading. Years and figures stand in columns of their own, behind the first.
fn place(row: &Row, label: usize, role: FieldRole, found: &[(usize, FieldRole)]) -> FieldPlace {
    let span = row
        .cells
        .get(label)
        .map_or(1, |cell| usize::from(cell.column_span));
    let is_covered = |column: &usize| row.cells.get(*column).is_some_and(Cell::is_blank);
    let covered = (label + 1..label + span).take_while(is_covered).count();
    let beside = label + 1 + covered;
    let mut next = found
        .iter()
        .map(|(column, _)| *column)
        .filter(|c| *c > label);
    let end = next.next().unwrap_or(row.cells.len());
    let has_columns = matches!(role, FieldRole::Schedule | FieldRole::Actuals);
    let mut written = (beside..end).filter(|column| {
        // A cell that holds nothing but a table is written, too.
        row.cells.get(*column).is_some_and(|cell| !cell.is_blank())
    });
    let value = written.next().filter(|_| !has_columns).unwrap_or(beside);
    FieldPlace { label, value }
}

/// What a row holds, by its headings. An unknown heading is remarked.
fn roles(
    cursor: &mut Cursor<'_>,
    spec: &Sheets,
    row: &Row,
    base: usize,
) -> Vec<(usize, FieldRole)> {
    let mut found = labels(spec, row);
    if let Some((column, role)) = found.first().copied() {
        let is_single = matches!(
            role,
            FieldRole::Schedule | FieldRole::Actuals | FieldRole::Image
        );
        let has_own = column != base && words_at(row, base).is_some();
        if is_single {
            found.truncate(1);
        }
        if !has_own {
            return found;
        }
    }
    let Some(heading) = words_at(row, base) else {
        return found;
    };
    let right = cursor.heading(&heading.text, &heading.locator);
    match find(&spec.fields, &right) {
        Some(role) => vec![(base, role)],
        None => {
            cursor.unknown_heading(&heading.text, heading.locator);
            Vec::new()
        }
    }
}

/// Whether a row belongs to the field that began on the row `first`. A remark (※) does. A row with
/// a heading of its own does only when the heading is a cell of a table: a misplaced name in a schedule, or the
/// plain copy of a table inside a cell.
fn goes_on(
    cursor: &Cursor<'_>,
    spec: &Sheets,
    role: Option<FieldRole>,
    base: usize,
    first: &Row,
    row: &Row,
) -> bool {
    let Some(heading) = words_at(row, base) else {
        return labels(spec, row).is_empty();
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
        (base + 1..row.cells.len()).any(|c| {
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
    (role, place): (FieldRole, FieldPlace),
    rows: &[Row],
) {
    let Some(first) = rows.first() else { return };
    if !matches!(
        role,
        FieldRole::Image | FieldRole::Schedule | FieldRole::Actuals
    ) {
        rows.iter().for_each(|r| cursor.take_row(r));
    }
    let values = || rows.iter().filter_map(|r| words_at(r, place.value));
    match role {
        FieldRole::Image => rows
            .iter()
            .for_each(|r| cursor.claims.skip(r.line, &spec.image_rule)),
        FieldRole::Schedule => schedule_field(cursor, region, spec, measure, place.label, rows),
        FieldRole::Actuals => actuals_field(cursor, measure, place, rows),
        FieldRole::Part => measure.part = values().next(),
        FieldRole::Section => measure.section = values().next(),
        FieldRole::Number => measure.number = values().next(),
        FieldRole::Title => measure.title = values().next(),
        FieldRole::Status => measure.status = values().next(),
        FieldRole::Start => measure.start = values().next(),
        FieldRole::Departments => measure.departments = values().next(),
        FieldRole::Summary => measure.summary = values().collect(),
        FieldRole::Effect => measure.effect = values().collect(),
        FieldRole::Past => measure.past = values().collect(),
        FieldRole::Future => measure.future = values().collect(),
        FieldRole::Kpis => {
            let wraps_dots = cursor.profile.source.wraps_dots;
            let whole = whole_cell(rows, place.value);
            let first = whole.as_ref().unwrap_or(first);
            measure.kpis = kpis(first, place.value, wraps_dots);
            measure.note.extend(remarks(first, place.value, wraps_dots));
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
fn kpis(row: &Row, column: usize, wraps_dots: bool) -> Vec<RawKpi> {
    let statements = statements(row, column, wraps_dots).into_iter();
    let indicators = statements.filter(|w| !is_remark(w));
    indicators.map(RawKpi::Statement).collect()
}

/// The first of several rows with the words of the others in its cell: a page break may cut a cell.
fn whole_cell(rows: &[Row], column: usize) -> Option<Row> {
    let (first, rest) = rows.split_first().filter(|(_, rest)| !rest.is_empty())?;
    let mut row = first.clone();
    let cell = row.cells.get_mut(column)?;
    let mut text = cell.text();
    for words in rest.iter().filter_map(|row| words_at(row, column)) {
        if words.text.starts_with(['・', '※', '【', '①']) {
            text.push('\n');
        }
        text.push_str(&words.text);
    }
    cell.content = vec![Node::Text(text)];
    Some(row)
}

/// What is remarked below the indicators.
fn remarks(row: &Row, column: usize, wraps_dots: bool) -> Vec<Words> {
    let statements = statements(row, column, wraps_dots).into_iter();
    statements.filter(is_remark).collect()
}

fn is_remark(words: &Words) -> bool {
    words.text.starts_with('※')
}

fn statements(row: &Row, column: usize, wraps_dots: bool) -> Vec<Words> {
    let Some(cell) = row.cells.get(column) else {
        return Vec::new();
    };
    let place = words(cell, row.line, column).locator;
    let items = items::items(&cell.content, wraps_dots).into_iter();
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
    label: usize,
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
    head.look_before(first, label, &spec.item_headings);
    head.look_below(first, label, rest);
    head.key = Some(label);
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
fn actuals_field(cursor: &mut Cursor<'_>, measure: &mut RawMeasure, at: FieldPlace, rows: &[Row]) {
    let Some(first) = rows.first() else { return };
    cursor.take_row(first);
    measure.reports_actuals = true;
    measure.actuals_heading = words_at(first, at.label);
    if written(first) > 2 && !holds_table(first) {
        measure.series.extend(plain_series(cursor, at.value, rows));
        return;
    }
    let Some(cell) = first.cells.get(at.value) else {
        return;
    };
    let place = words(cell, first.line, at.value).locator;
    for item in items::items(&cell.content, cursor.profile.source.wraps_dots) {
        let words = Words::new(item.text, place.clone());
        measure.actuals.push(RawStatement {
            words,
            heading: item.heading,
        });
    }
    for node in &cell.content {
        if let Node::Table(table) = node {
            measure
                .series
                .extend(table_series(table, first.line, at.value));
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
fn plain_series(cursor: &mut Cursor<'_>, column: usize, rows: &[Row]) -> Vec<RawSeries> {
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
            found.push(series_row(head, row, column));
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
