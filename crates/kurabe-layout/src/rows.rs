//! One row per record under header rows.
//!
//! Group cells are carried down, also over page breaks; a row whose cells have moved is put
//! right by what its cells look like; a row without number and title continues the one before.

use crate::columns::Columns;
use crate::cursor::{Cursor, words, words_at};
use crate::mentioned;
use crate::profile::{ColumnRole, Record, TableSpec};
use crate::record::{RawMeasure, RawSchedule, RawTrack, Words};
use crate::region::Region;
use crate::schedule::{self, Head};
use crate::wide;
use kurabe_page::{Cell, Row};
use kurabe_text::{department, era, number, width};
use kurabe_trace::{Code, Finding, Locator};
use std::collections::{BTreeMap, BTreeSet};

/// Values of the group columns that hold for the rows below them.
pub(crate) type Carried = BTreeMap<ColumnRole, Words>;

/// Shifts that are tried, the smallest first.
const SHIFTS: [isize; 5] = [0, 1, -1, 2, -2];

/// Reads the rows of a table of measures.
pub(crate) fn measures(
    cursor: &mut Cursor<'_>,
    region: &Region<'_>,
    spec: &TableSpec,
    columns: &Columns,
    rows: &[&Row],
    carried: &mut Carried,
) {
    cursor.run += 1;
    let mut last: Option<usize> = None;
    let status = &cursor.profile.words.status;
    let view = |row| View {
        cursor_words: status,
        row,
        columns,
    };
    let mut at = 0;
    while at < rows.len() {
        let row = rows[at];
        let this = view(row);
        let rest = rows.get(at + 1..).unwrap_or_default();
        at += 1;
        if only_cell(row).is_some_and(|words| band(spec, &words, carried)) {
            cursor.take_row(row);
            cursor.run += 1;
            last = None;
        } else if let Some(shift) = this.shift() {
            let index = measure_row(cursor, region, spec, &this, shift, carried);
            last = Some(index);
            if spec.record == Record::Measure {
                let more = rest.iter().take_while(|row| view(row).adds()).count();
                let group: Vec<&Row> = rows[at - 1..at + more].to_vec();
                wide::add(cursor, region, columns, index, &group);
                at += more;
            }
        } else if this.continues() {
            continue_measure(cursor, &this, last, carried);
        } else {
            let is_open = spec.record == Record::Measure && this.adds();
            if !(is_open && wide::goes_on(cursor, columns, row)) {
                unread(cursor, row);
            }
        }
    }
}

/// The only written cell of a row.
fn only_cell(row: &Row) -> Option<Words> {
    let mut written = (0..row.cells.len()).filter_map(|column| words_at(row, column));
    let words = written.next()?;
    written.next().is_none().then_some(words)
}

/// Whether words name the group of the rows below them; what they name is carried.
pub(crate) fn band(spec: &TableSpec, words: &Words, carried: &mut Carried) -> bool {
    let found = spec.bands.iter().find_map(|(role, pattern)| {
        let found = pattern.find(&words.text)?;
        let text = found.get("text").unwrap_or(&words.text).trim().to_owned();
        Some((*role, Words::new(text, words.locator.clone())))
    });
    let Some((role, words)) = found else {
        return false;
    };
    // What a wider group held ends with it.
    carried.retain(|inner, _| *inner < role);
    carried.insert(role, words);
    true
}

/// Whether a line names the group of a table of the region.
pub(crate) fn is_band(region: &Region<'_>, words: &Words) -> bool {
    let mut bands = region
        .spec
        .tables
        .iter()
        .flat_map(|spec| spec.bands.values());
    bands.any(|pattern| pattern.is_match(&words.text))
}

/// What is said of a row whose cells have moved.
const SHIFTED: (&str, &str) = (
    "行の列が見出しとずれていたため、内容に合わせて読みました。",
    "The cells of a row were moved back under their headings.",
);

/// A row that was pushed to the right has no room for its last cells.
fn cell_lost(cursor: &mut Cursor<'_>, line: u32, label: &str) {
    cursor.remark(
        Finding::new(
            Code::CellLost,
            Locator::line(line),
            format!("行が右へずれており、「{label}」の欄の内容が失われています。"),
            format!("The row was pushed to the right; what stood under “{label}” is lost."),
        )
        .raw(label),
    );
}

fn unread(cursor: &mut Cursor<'_>, row: &Row) {
    cursor.remark(Finding::new(
        Code::RowUnread,
        Locator::line(row.line),
        "取組の行として読めない行があります。",
        "A row could not be read as a measure.",
    ));
}

/// A row under its columns.
struct View<'a> {
    cursor_words: &'a BTreeMap<String, String>,
    row: &'a Row,
    columns: &'a Columns,
}

impl<'a> View<'a> {
    /// The cell of a role when the row is moved by `shift` columns.
    fn cell(&self, role: ColumnRole, shift: isize) -> Option<(usize, &'a Cell)> {
        let column = self.columns.roles.get(&role)?.checked_add_signed(shift)?;
        Some((column, self.row.cells.get(column)?))
    }

    fn words(&self, role: ColumnRole, shift: isize) -> Option<Words> {
        let (column, cell) = self.cell(role, shift)?;
        (!cell.is_blank()).then(|| words(cell, self.row.line, column))
    }

    /// The words of all columns of a role.
    fn all(&self, role: ColumnRole, shift: isize) -> Vec<Words> {
        let more = self.columns.more.iter().filter(|(r, _)| *r == role);
        let more =
            more.filter_map(|(_, column)| words_at(self.row, column.checked_add_signed(shift)?));
        self.words(role, shift).into_iter().chain(more).collect()
    }

    /// Headings of the columns that a row pushed to the right has no cells for. A row that is
    /// shorter than the header has blank cells at its end, and has lost none.
    fn lost(&self, shift: isize) -> Vec<&'a str> {
        let labels = &self.columns.labels;
        let Ok(pushed) = usize::try_from(shift) else {
            return Vec::new();
        };
        let last_is_written = self.row.cells.last().is_some_and(|c| !c.is_blank());
        if pushed == 0 || self.row.cells.len() > labels.len() || !last_is_written {
            return Vec::new();
        }
        let from = self.row.cells.len().saturating_sub(pushed);
        let lost = labels.iter().skip(from).map(String::as_str);
        lost.filter(|label| !label.is_empty()).collect()
    }

    /// What stands below headings that the profile does not know, each with its heading.
    fn unknown(&self, shift: isize) -> Vec<Words> {
        let below = |(column, label): &(usize, String)| {
            let words = words_at(self.row, column.checked_add_signed(shift)?)?;
            Some(Words::new(
                format!("{label}：{}", words.text),
                words.locator,
            ))
        };
        self.columns.unknown.iter().filter_map(below).collect()
    }

    fn is_status(&self, text: &str) -> bool {
        let key = width::key(text);
        self.cursor_words
            .keys()
            .any(|status| width::key(status) == key)
    }

    /// Whether the cell of a role looks like what the role holds.
    fn fits(&self, role: ColumnRole, shift: isize) -> bool {
        let Some(words) = self.words(role, shift) else {
            return false;
        };
        match role {
            ColumnRole::Number => number::item_number(&words.text).is_some(),
            ColumnRole::Status => self.is_status(&words.text),
            ColumnRole::Departments => department::split(&words.text)
                .names
                .iter()
                .all(|n| department::looks_like_department(n)),
            ColumnRole::Title => {
                number::item_number(&words.text).is_none() && !self.is_status(&words.text)
            }
            ColumnRole::Part
            | ColumnRole::Section
            | ColumnRole::Summary
            | ColumnRole::Effect
            | ColumnRole::Past
            | ColumnRole::Future
            | ColumnRole::Note
            | ColumnRole::Start
            | ColumnRole::Year
            | ColumnRole::Group
            | ColumnRole::Item
            | ColumnRole::State
            | ColumnRole::Count
            | ColumnRole::Percent
            | ColumnRole::Subject
            | ColumnRole::Before
            | ColumnRole::After
            | ColumnRole::Means
            | ColumnRole::Result
            | ColumnRole::Kpis
            | ColumnRole::Baseline
            | ColumnRole::Target
            | ColumnRole::Actuals => true,
        }
    }

    /// By how many columns the row has moved; `None` when it holds no record of its own.
    fn shift(&self) -> Option<isize> {
        let needed: Vec<ColumnRole> = [ColumnRole::Number, ColumnRole::Title]
            .into_iter()
            .filter(|role| self.columns.roles.contains_key(role))
            .collect();
        let telling = [ColumnRole::Departments, ColumnRole::Status];
        let score = |shift: isize| {
            telling
                .iter()
                .filter(|role| self.fits(**role, shift))
                .count()
        };
        let shift = SHIFTS
            .into_iter()
            .filter(|shift| needed.iter().all(|role| self.fits(*role, *shift)))
            .max_by_key(|shift| (score(*shift), std::cmp::Reverse(shift.unsigned_abs())));
        let is_numbered = || {
            self.words(ColumnRole::Number, 0)
                .is_some_and(|w| is_code(&w.text))
        };
        let is_titled = || {
            needed
                .iter()
                .all(|r| *r == ColumnRole::Number || self.fits(*r, 0))
        };
        shift.or_else(|| (is_numbered() && is_titled()).then_some(0))
    }

    /// Whether the row has neither number nor title and adds words to the record above it.
    fn adds(&self) -> bool {
        let is_blank = |role| self.words(role, 0).is_none();
        is_blank(ColumnRole::Number)
            && is_blank(ColumnRole::Title)
            && !self.continues()
            && wide::is_written(self.columns, self.row)
    }

    /// Whether the row goes on with the record before: no number, but a status of its own.
    fn continues(&self) -> bool {
        self.row.cells.iter().any(|c| self.is_status(&c.text()))
    }
}

fn measure_row(
    cursor: &mut Cursor<'_>,
    region: &Region<'_>,
    spec: &TableSpec,
    view: &View<'_>,
    shift: isize,
    carried: &mut Carried,
) -> usize {
    cursor.take_row(view.row);
    if shift != 0 {
        cursor.shifted(view.row.line, SHIFTED.0, SHIFTED.1);
    }
    for label in view.lost(shift) {
        cell_lost(cursor, view.row.line, label);
    }
    if carry(spec, view, shift, carried) {
        cursor.run += 1;
    }
    let group = |role| {
        view.words(role, shift)
            .or_else(|| carried.get(&role).cloned())
    };
    let list = |role| view.all(role, shift);
    let mut measure = RawMeasure {
        part: group(ColumnRole::Part).or_else(|| region.part.clone()),
        section: group(ColumnRole::Section).or_else(|| region.section.clone()),
        number: view.words(ColumnRole::Number, shift),
        title: view.words(ColumnRole::Title, shift),
        departments: view
            .all(ColumnRole::Departments, shift)
            .into_iter()
            .reduce(beside),
        summary: list(ColumnRole::Summary),
        effect: list(ColumnRole::Effect),
        past: list(ColumnRole::Past),
        future: list(ColumnRole::Future),
        note: list(ColumnRole::Note)
            .into_iter()
            .chain(view.unknown(shift))
            .collect(),
        status: view.words(ColumnRole::Status, shift),
        start: view.words(ColumnRole::Start, shift),
        lines: (view.row.line, view.row.line),
        ..RawMeasure::default()
    };
    let texts = measure
        .summary
        .iter()
        .chain(&measure.past)
        .chain(&measure.future);
    measure.kpis = mentioned::indicators(texts);
    if spec.record == Record::Mention {
        cursor.document.mentions.push(measure);
        return cursor.document.mentions.len() - 1;
    }
    cursor.measure(measure)
}

/// Words of two columns of one role as one.
fn beside(first: Words, second: Words) -> Words {
    Words::new(format!("{}、{}", first.text, second.text), first.locator)
}

/// Whether a text numbers a row in another way than by a number: `1-2`, `No.3`, `(4)`, `①`, `Ⅱ-1`.
fn is_code(text: &str) -> bool {
    let text = width::nfkc(text);
    let text = text.trim();
    let is_sign = |c: char| c.is_ascii_alphanumeric() || "()[]-‐−–ー._/#第号の ".contains(c);
    let has_digit = text
        .chars()
        .any(|c| c.is_ascii_digit() || "IVX".contains(c));
    has_digit && text.chars().count() <= 12 && text.chars().all(is_sign)
}

/// Carries group values down; whether a group was printed in this row.
fn carry(spec: &TableSpec, view: &View<'_>, shift: isize, carried: &mut Carried) -> bool {
    let mut printed = false;
    for (depth, role) in spec.carry.iter().enumerate() {
        let Some(words) = view.words(*role, shift) else {
            continue;
        };
        if view.is_status(&words.text) {
            continue;
        }
        for inner in &spec.carry[depth + 1..] {
            carried.remove(inner);
        }
        carried.insert(*role, words);
        printed = true;
    }
    printed
}

/// A row without a number of its own: a further track of the measure before.
fn continue_measure(
    cursor: &mut Cursor<'_>,
    view: &View<'_>,
    last: Option<usize>,
    carried: &Carried,
) {
    let Some(index) = last.or_else(|| cursor.document.measures.len().checked_sub(1)) else {
        return unread(cursor, view.row);
    };
    cursor.take_row(view.row);
    if !view.fits(ColumnRole::Status, 0) {
        cursor.shifted(view.row.line, SHIFTED.0, SHIFTED.1);
    }
    let track = continuation(view, carried);
    let Some(measure) = cursor.document.measures.get_mut(index) else {
        return;
    };
    if measure.tracks.is_empty() {
        let first = first_track(measure);
        measure.tracks.push(first);
    }
    measure.lines.1 = view.row.line;
    measure.tracks.push(track);
    cursor.remark(Finding::new(
        Code::RowContinued,
        Locator::line(view.row.line),
        "番号のない行を直前の取組の続き（別の取組区分）として読みました。",
        "A row without a number was read as a further track of the measure before.",
    ));
}

/// The track that the first row of a measure describes.
fn first_track(measure: &RawMeasure) -> RawTrack {
    RawTrack {
        name: measure.past.first().and_then(track_name),
        status: measure.status.clone(),
        start: measure.start.clone(),
        detail: measure.past.first().cloned(),
        line: measure.lines.0,
    }
}

/// Status, start and details of a continuation row, by what its cells look like: in such rows
/// no column can be trusted. Of several cells that name a date, the shortest is the start. Cells that
/// only repeat the group are none of the track's.
fn continuation(view: &View<'_>, carried: &Carried) -> RawTrack {
    let mut track = RawTrack {
        line: view.row.line,
        ..RawTrack::default()
    };
    let mut rest: Vec<Words> = Vec::new();
    // Where the row has not moved, columns that nobody asked for say nothing of the track.
    let is_asked = |column: &usize| {
        let more = view.columns.more.iter().map(|(_, column)| column);
        !view.fits(ColumnRole::Status, 0)
            || view.columns.roles.values().chain(more).any(|c| c == column)
    };
    let asked = (0..view.row.cells.len()).filter(is_asked);
    for words in asked.filter_map(|column| words_at(view.row, column)) {
        let repeats = |group: &Words| width::key(&group.text) == width::key(&words.text);
        if track.status.is_none() && view.is_status(&words.text) {
            track.status = Some(words);
        } else if !carried.values().any(repeats) {
            rest.push(words);
        }
    }
    let start = (0..rest.len())
        .filter(|i| era::start(&rest[*i].text).is_some())
        .min_by_key(|i| rest[*i].text.chars().count());
    track.start = start.map(|i| rest.remove(i));
    track.detail = rest.into_iter().next();
    track.name = track.detail.as_ref().and_then(track_name);
    track
}

/// The words before the first bullet of a detail: the name of the track.
fn track_name(detail: &Words) -> Option<Words> {
    let first = detail.text.lines().next()?.trim();
    let name = first.split('・').next()?.trim();
    let short = !name.is_empty() && name.chars().count() <= 20 && !name.ends_with('。');
    (short && detail.text.trim() != name).then(|| Words::new(name, detail.locator.clone()))
}

/// Reads the rows of a page that prints the schedules of measures described elsewhere.
pub(crate) fn schedules(
    cursor: &mut Cursor<'_>,
    region: &Region<'_>,
    columns: &Columns,
    rows: &[&Row],
) {
    let number = columns.roles.get(&ColumnRole::Number).copied();
    let title = columns.roles.get(&ColumnRole::Title).copied();
    let head = Head {
        years: columns.years.clone(),
        start: columns.roles.get(&ColumnRole::Start).copied(),
        ..Head::default()
    };
    let begins = |row: &Row| number.and_then(|c| words_at(row, c)).is_some();
    let mut at = 0;
    while at < rows.len() {
        let end = (at + 1..rows.len())
            .find(|i| begins(rows[*i]))
            .unwrap_or(rows.len());
        let group = &rows[at..end];
        let read = schedule::read(cursor, &head, group);
        let schedule = RawSchedule {
            page: region.spec.name.clone(),
            is_damaged: false,
            years: head.fiscal_years(),
            rows: read,
        };
        cursor.document.mentions.push(RawMeasure {
            number: number.and_then(|c| words_at(rows[at], c)),
            title: title.and_then(|c| words_at(rows[at], c)),
            schedules: vec![schedule],
            lines: (rows[at].line, rows[end - 1].line),
            ..RawMeasure::default()
        });
        at = end;
    }
}

/// Numbers that a section has given out so far, and by how much its printed numbers lag behind.
#[derive(Default)]
struct Given {
    numbers: BTreeSet<u32>,
    offset: u32,
}

/// Numbers that start anew inside a section go on from the rows before: when a run of rows
/// uses a number that its section has already given out, the run continues the numbers of the
/// section. The runs after it go on in the same way.
pub(crate) fn settle_numbers(cursor: &mut Cursor<'_>) {
    let mut given: BTreeMap<(String, String), Given> = BTreeMap::new();
    let runs = std::mem::take(&mut cursor.runs);
    let mut at = 0;
    while at < runs.len() {
        let end = (at..runs.len())
            .find(|i| runs[*i] != runs[at])
            .unwrap_or(runs.len());
        if let Some(measures) = cursor.document.measures.get_mut(at..end) {
            settle_run(&mut given, measures);
        }
        at = end;
    }
}

fn settle_run(given: &mut BTreeMap<(String, String), Given>, measures: &mut [RawMeasure]) {
    let text = |w: &Option<Words>| w.as_ref().map_or(String::new(), |w| width::key(&w.text));
    let group = |m: &RawMeasure| (text(&m.part), text(&m.section));
    let printed = |m: &RawMeasure| {
        m.number
            .as_ref()
            .and_then(|n| number::item_number(&n.text))
            .map(|n| n.value)
    };
    let Some(first) = measures.first().map(group) else {
        return;
    };
    let section = given.entry(first).or_default();
    let taken = |offset: u32| {
        measures
            .iter()
            .filter_map(printed)
            .any(|n| section.numbers.contains(&(n + offset)))
    };
    if taken(section.offset) {
        section.offset = section.numbers.last().copied().unwrap_or(0);
    }
    let offset = section.offset;
    for measure in measures.iter_mut() {
        let Some(value) = printed(measure) else {
            continue;
        };
        if offset > 0 {
            measure.number_by_sequence = Some(value + offset);
        }
        given
            .entry(group(measure))
            .or_default()
            .numbers
            .insert(value + offset);
    }
}
