//! Schedule tables: years in the columns, one row per item.
//!
//! Text recognition loses spans and moves cells. What can be put right by the row itself is put
//! right here, with a finding; what two pages say differently is kept and settled later.

use crate::columns;
use crate::cursor::{Cursor, words, words_at};
use crate::phase;
use crate::record::{RawSchedule, RawScheduleCell, RawScheduleRow, Words};
use kurabe_page::{Row, Table};
use kurabe_text::{department, era, width};

/// Columns of a schedule.
#[derive(Debug, Clone, Default)]
pub(crate) struct Head {
    /// Columns of the fiscal years.
    pub(crate) years: Vec<(usize, i32)>,
    /// Column of the start year.
    pub(crate) start: Option<usize>,
    /// Column of the item's name.
    pub(crate) item: Option<usize>,
    /// Column of the department.
    pub(crate) departments: Option<usize>,
    /// Column that holds no value in a row of the schedule, so that a name in it is misplaced.
    pub(crate) key: Option<usize>,
    /// Name of an item that stands where a year should.
    pub(crate) misplaced_item: Option<Words>,
}

impl Head {
    /// A head with years in the columns of a row; `None` when there are fewer than two.
    pub(crate) fn of(row: &Row) -> Option<Self> {
        let years = columns::years(&row.cells);
        (years.len() >= 2).then(|| Self {
            years,
            ..Self::default()
        })
    }

    /// The head above the rows of a table, with the headings of its columns and the number of its
    /// rows: years may stand in a second row below a heading that spans them.
    pub(crate) fn above(rows: &[Row]) -> Option<(Self, Vec<String>, usize)> {
        let first = rows.first()?;
        let labels = |row: &Row| -> Vec<String> {
            let texts = row.cells.iter().map(|cell| width::tidy(&cell.text()));
            texts.collect()
        };
        if let Some(head) = Self::of(first) {
            return Some((head, labels(first), 1));
        }
        let second = rows.get(1)?;
        let head = Self::of(second)?;
        let lower = labels(second);
        let mut upper = labels(first);
        upper.resize(upper.len().max(lower.len()), String::new());
        for (label, lower) in upper.iter_mut().zip(lower).filter(|(_, l)| !l.is_empty()) {
            *label = lower;
        }
        Some((head, upper, 2))
    }

    /// Looks at the cell before the first year: a heading above the names of the items, or the
    /// name of an item that overwrote a year.
    pub(crate) fn look_before(&mut self, row: &Row, label: usize, item_headings: &[String]) {
        let first = self.years.first().copied();
        let Some((column, year)) = first.filter(|(c, _)| *c >= label + 2) else {
            return;
        };
        let Some(words) = words_at(row, column - 1) else {
            return;
        };
        let key = width::key(&words.text);
        if item_headings.iter().any(|h| width::key(h) == key) {
            self.item = Some(column - 1);
        } else {
            self.years.insert(0, (column - 1, year - 1));
            self.misplaced_item = Some(words);
        }
    }

    /// Names of items may stand below the blank heading before the first year.
    pub(crate) fn look_below(&mut self, row: &Row, label: usize, rows: &[Row]) {
        let Some(column) = self.years.first().and_then(|(c, _)| c.checked_sub(1)) else {
            return;
        };
        let is_named = rows.iter().any(|row| words_at(row, column).is_some());
        if self.item.is_none() && column > label && words_at(row, column).is_none() && is_named {
            self.item = Some(column);
        }
    }

    pub(crate) fn fiscal_years(&self) -> Vec<i32> {
        self.years.iter().map(|(_, y)| *y).collect()
    }

    fn last_column(&self) -> usize {
        self.years.last().map_or(0, |(c, _)| *c)
    }

    fn last_year(&self) -> i32 {
        self.years.last().map_or(0, |(_, y)| *y)
    }

    fn year_at(&self, column: usize) -> Option<i32> {
        self.years
            .iter()
            .find(|(c, _)| *c == column)
            .map(|(_, y)| *y)
    }
}

/// Reads the rows below a head.
pub(crate) fn read(cursor: &mut Cursor<'_>, head: &Head, rows: &[&Row]) -> Vec<RawScheduleRow> {
    let mut found: Vec<RawScheduleRow> = Vec::new();
    let tells_spans = rows.iter().any(|row| has_span(head, row));
    for row in rows {
        cursor.take_row(row);
        let read = read_row(cursor, head, row, tells_spans);
        if !is_empty(&read) {
            join(cursor, &mut found, read, head);
        }
    }
    if let Some(name) = &head.misplaced_item {
        move_names_down(&mut found, name.clone());
    }
    if head.item.is_none() {
        names_from_first_year(cursor, &mut found, head);
    }
    found
}

/// Adds rows that a page break parts from a schedule: a first one without a name goes on with the item
/// before it.
pub(crate) fn go_on(schedule: &mut RawSchedule, rows: Vec<RawScheduleRow>) {
    let mut rows = rows.into_iter().peekable();
    if let Some(before) = schedule.rows.last_mut()
        && let Some(first) = rows.next_if(|row| row.item.is_none() && before.item.is_some())
    {
        before.cells.extend(first.cells);
        before.department = before.department.take().or(first.department);
    }
    schedule.rows.extend(rows);
}

fn is_empty(row: &RawScheduleRow) -> bool {
    row.cells.is_empty() && row.item.is_none() && row.department.is_none() && row.start.is_none()
}

/// A row without a name goes on with the item of the row before.
fn join(
    cursor: &mut Cursor<'_>,
    found: &mut Vec<RawScheduleRow>,
    row: RawScheduleRow,
    head: &Head,
) {
    let continues = head.item.is_some() && row.item.is_none();
    match found.last_mut().filter(|_| continues) {
        Some(before) => {
            before.cells.extend(row.cells);
            before.department = before.department.take().or(row.department);
            cursor.remark(kurabe_trace::Finding::new(
                kurabe_trace::Code::RowContinued,
                kurabe_trace::Locator::line(row.line),
                "項目名のない行を直前の項目の続きとして読みました。",
                "A row without an item was read as the continuation of the row before.",
            ));
        }
        None => found.push(row),
    }
}

/// Whether a phase spans several years; then no other phase of the table lasts longer than printed.
fn has_span(head: &Head, row: &Row) -> bool {
    let cells = head
        .years
        .iter()
        .filter_map(|(column, _)| row.cells.get(*column));
    cells.into_iter().any(|cell| cell.column_span > 1)
}

fn read_row(cursor: &mut Cursor<'_>, head: &Head, row: &Row, tells_spans: bool) -> RawScheduleRow {
    let mut read = RawScheduleRow {
        item: head.item.and_then(|c| words_at(row, c)),
        start: head.start.and_then(|c| words_at(row, c)),
        department: head.departments.and_then(|c| words_at(row, c)),
        line: row.line,
        cells: phases(head, row, tells_spans),
    };
    late_start(cursor, head, row, &mut read);
    early_start(cursor, head, &mut read);
    misplaced_department(cursor, head, &mut read);
    misplaced_key(cursor, head, row, &mut read);
    read
}

fn phases(head: &Head, row: &Row, tells_spans: bool) -> Vec<RawScheduleCell> {
    let phase = |(column, fiscal_year): &(usize, i32)| {
        let phase = words_at(row, *column)?;
        let span = row.cells.get(*column).map_or(1, |cell| cell.column_span);
        Some(RawScheduleCell {
            fiscal_year: *fiscal_year,
            span: if tells_spans { span } else { 0 },
            phase,
        })
    };
    head.years.iter().filter_map(phase).collect()
}

fn is_start(words: &Words) -> bool {
    era::start(&words.text).is_some() && !phase_like(&words.text)
}

fn phase_like(text: &str) -> bool {
    phase::stage(text, &std::collections::BTreeMap::new()).is_some()
}

/// The start stands one column further right and the last phase in its place.
fn late_start(cursor: &mut Cursor<'_>, head: &Head, row: &Row, read: &mut RawScheduleRow) {
    let Some(column) = head.start else { return };
    let Some(pushed) = read.start.clone().filter(|s| !is_start(s)) else {
        return;
    };
    let Some(start) = words_at(row, column + 1).filter(is_start) else {
        return;
    };
    if column != head.last_column() + 1
        || read.cells.iter().any(|c| c.fiscal_year == head.last_year())
    {
        return;
    }
    read.start = Some(start);
    read.cells.push(RawScheduleCell {
        fiscal_year: head.last_year(),
        span: 0,
        phase: pushed,
    });
    shifted(cursor, read.line);
}

/// The start stands in the last year: the phases that touch it move one year later.
fn early_start(cursor: &mut Cursor<'_>, head: &Head, read: &mut RawScheduleRow) {
    if head.start.is_none() || read.start.is_some() {
        return;
    }
    let last = head.last_year();
    let Some(cell) = read
        .cells
        .last()
        .filter(|c| c.fiscal_year == last && is_start(&c.phase))
    else {
        return;
    };
    read.start = Some(cell.phase.clone());
    read.cells.pop();
    let mut next = last;
    for cell in read.cells.iter_mut().rev() {
        if cell.fiscal_year + 1 != next {
            break;
        }
        cell.fiscal_year = next;
        next -= 1;
    }
    shifted(cursor, read.line);
}

/// The department stands in a column of a year.
fn misplaced_department(cursor: &mut Cursor<'_>, head: &Head, read: &mut RawScheduleRow) {
    if head.departments.is_none() || read.department.is_some() {
        return;
    }
    let is_department = |c: &&RawScheduleCell| {
        department::looks_like_department(&c.phase.text) && !phase_like(&c.phase.text)
    };
    if let Some(cell) = read.cells.last().filter(is_department).cloned() {
        read.department = Some(cell.phase);
        read.cells.pop();
        shifted(cursor, read.line);
    }
}

/// The name of the item stands in the key column: the phases before the first blank year have
/// moved one year to the left with it.
fn misplaced_key(cursor: &mut Cursor<'_>, head: &Head, row: &Row, read: &mut RawScheduleRow) {
    let Some(name) = head.key.and_then(|c| words_at(row, c)) else {
        return;
    };
    read.item = Some(name);
    let blank = head
        .years
        .iter()
        .map(|(_, y)| *y)
        .find(|y| !read.cells.iter().any(|c| c.fiscal_year == *y));
    if let Some(blank) = blank {
        for cell in read.cells.iter_mut().filter(|c| c.fiscal_year < blank) {
            cell.fiscal_year += 1;
        }
    }
    shifted(cursor, read.line);
}

fn shifted(cursor: &mut Cursor<'_>, line: u32) {
    cursor.shifted(
        line,
        "年次計画の行の列がずれていたため、見出しに合わせて読みました。",
        "The cells of a schedule row were moved back under their headings.",
    );
}

/// The first name stands in the head, so every name belongs to the phases one row below it.
fn move_names_down(rows: &mut [RawScheduleRow], first: Words) {
    let mut name = Some(first);
    for row in rows.iter_mut() {
        let own = take_first_year(row);
        row.item = name;
        name = own;
    }
}

/// Names of several items stand in the column of the first year.
fn names_from_first_year(cursor: &mut Cursor<'_>, rows: &mut [RawScheduleRow], head: &Head) {
    let first = head.years.first().map_or(0, |(_, y)| *y);
    let named = |row: &RawScheduleRow| {
        row.item.is_some() || row.cells.first().is_some_and(|c| c.fiscal_year == first)
    };
    let names_phase = |row: &RawScheduleRow| {
        row.item.is_none()
            && row
                .cells
                .first()
                .is_some_and(|c| phase::is_plain(&c.phase.text))
    };
    if rows.len() < 2 || !rows.iter().all(named) || rows.iter().all(names_phase) {
        return;
    }
    for row in rows.iter_mut().filter(|r| r.item.is_none()) {
        row.item = take_first_year(row);
        cursor.shifted(
            row.line,
            "項目名が最初の年度の列にあるため、項目名として読みました。",
            "The name of an item stands in the column of the first year and was read as its name.",
        );
    }
}

fn take_first_year(row: &mut RawScheduleRow) -> Option<Words> {
    if row.cells.is_empty() {
        None
    } else {
        Some(row.cells.remove(0).phase)
    }
}

/// Reads a schedule that stands as a table with spans inside a cell.
pub(crate) fn nested(
    table: &Table,
    line: u32,
    column: usize,
) -> Option<(Head, Vec<RawScheduleRow>)> {
    let (first, rest) = table.rows.split_first()?;
    let years = columns::years(&first.cells);
    let last = years.last()?.0;
    let head = Head {
        start: Some(last + 1),
        years,
        ..Head::default()
    };
    let rows = rest
        .iter()
        .map(|row| nested_row(&head, row, line, column))
        .collect::<Vec<_>>();
    Some((head, rows.into_iter().filter(|r| !is_empty(r)).collect()))
}

fn nested_row(head: &Head, row: &Row, line: u32, column: usize) -> RawScheduleRow {
    let mut read = RawScheduleRow {
        line,
        ..RawScheduleRow::default()
    };
    let mut at = 0_usize;
    for cell in &row.cells {
        if !cell.is_blank() {
            let phase = words(cell, line, column);
            match head.year_at(at) {
                Some(fiscal_year) => {
                    let span = cell.column_span;
                    read.cells.push(RawScheduleCell {
                        fiscal_year,
                        span,
                        phase,
                    });
                }
                None => read.start = Some(phase),
            }
        }
        at += usize::from(cell.column_span);
    }
    read
}
