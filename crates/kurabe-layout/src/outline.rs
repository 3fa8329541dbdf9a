//! Numbered headings that lead to measures, with sections inside each measure.

use crate::cursor::{Cursor, words_at};
use crate::indicator::{self, Indicators};
use crate::profile::{FieldRole, Outline};
use crate::record::{RawMeasure, RawSchedule, RawStatement, Words};
use crate::region::{self, Flow, Region, Unit};
use crate::schedule::{self, Head};
use crate::sheets::find;
use crate::{items, tables};
use kurabe_page::{Cell, Line, Node, Row, Table};
use kurabe_text::width;
use kurabe_trace::Locator;

/// The measure that is being read.
struct Open {
    measure: RawMeasure,
    field: Option<FieldRole>,
    /// The indicators of the open field.
    kpis: Indicators,
}

/// Reads a region of numbered headings.
pub(crate) fn read<'p>(cursor: &mut Cursor<'p>, region: &Region<'p>, spec: &Outline) {
    let mut reader = Reader {
        spec,
        region,
        part: region.part.clone(),
        section: region.section.clone(),
        open: None,
        schedule: None,
        flow: Flow::default(),
    };
    for unit in &region.units {
        if region::skip_lines(cursor, region.spec, unit) {
            continue;
        }
        match unit {
            Unit::Table(table) => reader.table(cursor, table),
            Unit::Heading(..) | Unit::Text(_) => reader.text(cursor, unit),
            Unit::Item(lines) => reader.item(cursor, lines, None),
        }
    }
    reader.close(cursor);
}

struct Reader<'r, 'p> {
    spec: &'r Outline,
    region: &'r Region<'p>,
    part: Option<Words>,
    section: Option<Words>,
    open: Option<Open>,
    /// Head of the schedule that a table without one goes on with, and its number of columns.
    schedule: Option<(Head, usize)>,
    flow: Flow,
}

impl<'p> Reader<'_, 'p> {
    fn close(&mut self, cursor: &mut Cursor<'p>) {
        if let Some(mut open) = self.open.take() {
            open.measure.kpis.append(&mut open.kpis.finish());
            cursor.measure(open.measure);
        }
    }

    /// Text line by line: a heading, the beginning of a field, or words of the open field.
    fn text(&mut self, cursor: &mut Cursor<'p>, unit: &Unit<'p>) {
        let lines = unit.text_lines();
        let mut from = 0;
        for (at, line) in lines.iter().enumerate() {
            if self.heading(cursor, line) || self.field_heading(cursor, line) {
                self.body(cursor, &lines[from..at], None);
                from = at + 1;
            }
        }
        self.body(cursor, &lines[from..], None);
    }

    fn heading(&mut self, cursor: &mut Cursor<'p>, line: &'p Line) -> bool {
        let place = Locator::line(line.number);
        if let Some(found) = self.spec.measure.find(&line.text) {
            self.close(cursor);
            cursor.claims.record(line.number);
            let words = |name| found.get(name).map(|t| Words::new(t.trim(), place.clone()));
            let measure = RawMeasure {
                part: self.part.clone(),
                section: self.section.clone(),
                number: words("number"),
                title: words("title"),
                departments: words("departments"),
                lines: (line.number, line.number),
                ..RawMeasure::default()
            };
            self.open = Some(Open {
                measure,
                field: None,
                kpis: Indicators::default(),
            });
            return true;
        }
        let section = self.spec.section.as_ref().and_then(|p| p.find(&line.text));
        let part = self.spec.part.as_ref().and_then(|p| p.find(&line.text));
        let Some(found) = section.as_ref().or(part.as_ref()) else {
            return false;
        };
        self.close(cursor);
        cursor.claims.record(line.number);
        let words = found.get("text").map(|t| Words::new(t.trim(), place));
        if section.is_some() {
            self.section = words;
        } else {
            self.part = words;
            self.section = None;
        }
        true
    }

    fn field_heading(&mut self, cursor: &mut Cursor<'p>, line: &Line) -> bool {
        let place = Locator::line(line.number);
        let is_heading = self.open.is_some() && self.spec.field_heading.is_match(&line.text);
        if is_heading {
            self.open_field(cursor, &Words::new(line.text.clone(), place));
            cursor.claims.record(line.number);
        }
        is_heading
    }

    /// Opens the field of a heading; one that the profile does not know is kept as a note.
    fn open_field(&mut self, cursor: &mut Cursor<'p>, heading: &Words) {
        let role = find(&self.spec.fields, &width::tidy(&heading.text)).or_else(|| {
            let right = cursor.heading(&heading.text, &heading.locator);
            find(&self.spec.fields, &right)
        });
        let Some(open) = self.open.as_mut() else {
            return;
        };
        if role.is_none() {
            let text = heading.text.trim();
            cursor.unknown_heading(text, heading.locator.clone());
            let note = Words::new(text, heading.locator.clone());
            open.measure.note.push(note);
        }
        if role == Some(FieldRole::Actuals) {
            open.measure.reports_actuals = true;
            open.measure.actuals_heading = Some(heading.clone());
        }
        open.field = Some(role.unwrap_or(FieldRole::Note));
        open.measure.kpis.append(&mut open.kpis.finish());
        if let Some((_, line)) = heading.locator.line_span() {
            open.measure.lines.1 = line;
        }
        self.schedule = None;
        self.flow.captions.clear();
    }

    /// Words of the open field.
    fn body(&mut self, cursor: &mut Cursor<'p>, lines: &[Line], place: Option<&Locator>) {
        let (Some(open), Some(last)) = (self.open.as_mut(), lines.last()) else {
            return;
        };
        let unit = Unit::Text(lines);
        let words = placed(unit.words(), place);
        let measure = cursor.document.measures.len();
        open.measure.lines.1 = last.number;
        match open.field {
            Some(FieldRole::Kpis) => {
                let words = |line: &Line| {
                    let words = Words::new(line.text.trim(), Locator::line(line.number));
                    placed(words, place)
                };
                let lines: Vec<Words> = lines.iter().map(words).collect();
                let profile = cursor.profile;
                let wraps_dots = profile.source.wraps_dots;
                let remarks = open.kpis.text(&profile.words, &lines, wraps_dots);
                open.measure.note.extend(remarks);
            }
            Some(role) => {
                let wraps_dots = cursor.profile.source.wraps_dots;
                add(&mut open.measure, role, words.clone(), wraps_dots);
            }
            None => return,
        }
        lines.iter().for_each(|l| cursor.claims.record(l.number));
        tables::inline(cursor, self.region, &unit, Some(measure));
        self.flow.captions.push(words);
    }

    /// An item of a list: a value of an indicator, or words of the open field.
    fn item(&mut self, cursor: &mut Cursor<'p>, lines: &[Line], place: Option<&Locator>) {
        let (Some(open), Some(last)) = (self.open.as_mut(), lines.last()) else {
            return;
        };
        let words = placed(Unit::Item(lines).words(), place);
        open.measure.lines.1 = last.number;
        match open.field {
            Some(FieldRole::Kpis) => {
                if !open.kpis.item(&cursor.profile.words, &words) {
                    return;
                }
            }
            Some(role) => {
                let wraps_dots = cursor.profile.source.wraps_dots;
                add(&mut open.measure, role, words, wraps_dots);
            }
            None => return,
        }
        lines.iter().for_each(|l| cursor.claims.record(l.number));
    }

    fn table(&mut self, cursor: &mut Cursor<'p>, table: &'p Table) {
        let measure = self
            .open
            .is_some()
            .then_some(cursor.document.measures.len());
        if self.field_table(cursor, table) {
            return;
        }
        if measure.is_some() && self.is_form(table) {
            return self.form(cursor, table);
        }
        self.flow.tables.measure = measure;
        tables::read(cursor, self.region, table, &mut self.flow);
        self.flow.captions.clear();
    }

    /// Reads a table that the open field calls for: a schedule or indicators.
    fn field_table(&mut self, cursor: &mut Cursor<'p>, table: &'p Table) -> bool {
        let Some(open) = self.open.as_mut() else {
            return false;
        };
        open.measure.lines.1 = table.rows.last().map_or(open.measure.lines.1, |r| r.line);
        let page = self.region.spec.name.clone();
        match open.field {
            Some(FieldRole::Schedule) => {
                if let Some((schedule, head)) = read_schedule(cursor, self.spec, page, table) {
                    open.measure.schedules.push(schedule);
                    self.schedule =
                        Some((head, table.rows.first().map_or(0, |row| row.cells.len())));
                    return true;
                }
                // Rows that a page break parts from their head.
                let width = table.rows.first().map_or(0, |row| row.cells.len());
                let head = self.schedule.as_ref().filter(|(_, w)| *w == width);
                if let (Some((head, _)), Some(last)) = (head, open.measure.schedules.last_mut()) {
                    let rows: Vec<&Row> = table.rows.iter().collect();
                    schedule::go_on(last, schedule::read(cursor, head, &rows));
                    return true;
                }
            }
            Some(FieldRole::Kpis) => {
                if let Some(found) = indicator::table(&cursor.profile.words, table) {
                    table.rows.iter().for_each(|row| cursor.take_row(row));
                    open.measure.kpis.append(&mut open.kpis.finish());
                    open.measure.kpis.extend(found);
                    return true;
                }
            }
            _ => {}
        }
        false
    }

    /// Whether a table holds the fields of a measure: a row begins with the heading of one.
    fn is_form(&self, table: &Table) -> bool {
        let heading = |row: &Row| {
            let first = (0..row.cells.len()).find_map(|c| words_at(row, c))?;
            let text = width::tidy(&first.text);
            let is_known = find(&self.spec.fields, &text).is_some();
            (is_known && self.spec.field_heading.is_match(&first.text)).then_some(())
        };
        table.rows.iter().any(|row| heading(row).is_some())
    }

    /// Fields of a measure in the rows of a table: headings, each with what stands in the cells
    /// beside and below it.
    fn form(&mut self, cursor: &mut Cursor<'p>, table: &'p Table) {
        for row in &table.rows {
            cursor.take_row(row);
            for (column, cell) in row.cells.iter().enumerate() {
                match words_at(row, column) {
                    Some(words) if self.spec.field_heading.is_match(&words.text) => {
                        self.open_field(cursor, &words);
                    }
                    Some(words) => self.cell(cursor, cell, row.line, &words.locator),
                    None => self.cell(cursor, cell, row.line, &Locator::line(row.line)),
                }
            }
        }
    }

    /// What stands in a cell of such a table.
    fn cell(&mut self, cursor: &mut Cursor<'p>, cell: &'p Cell, number: u32, place: &Locator) {
        for node in &cell.content {
            let text = match node {
                Node::Table(table) => {
                    self.table(cursor, table);
                    continue;
                }
                other => other.text().unwrap_or_default(),
            };
            let lines: Vec<Line> = text
                .lines()
                .filter(|line| !line.trim().is_empty())
                .map(|line| Line {
                    number,
                    text: line.to_owned(),
                })
                .collect();
            match node {
                Node::Item(_) => self.item(cursor, &lines, Some(place)),
                _ => self.body(cursor, &lines, Some(place)),
            }
        }
    }
}

/// Words at a nearer place than that of their lines, where one is known.
fn placed(words: Words, place: Option<&Locator>) -> Words {
    match place {
        Some(place) => Words::new(words.text, place.clone()),
        None => words,
    }
}

fn add(measure: &mut RawMeasure, role: FieldRole, words: Words, wraps_dots: bool) {
    let first = |place: &mut Option<Words>, words: Words| match place {
        Some(before) => {
            before.text.push('\n');
            before.text.push_str(&words.text);
        }
        None => *place = Some(words),
    };
    match role {
        FieldRole::Past => measure.past.push(words),
        FieldRole::Future => measure.future.push(words),
        FieldRole::Summary => measure.summary.push(words),
        FieldRole::Effect => measure.effect.push(words),
        FieldRole::Departments => first(&mut measure.departments, words),
        FieldRole::Part => measure.part = Some(words),
        FieldRole::Section => measure.section = Some(words),
        FieldRole::Number => measure.number = Some(words),
        FieldRole::Title => measure.title = Some(words),
        FieldRole::Status => first(&mut measure.status, words),
        FieldRole::Start => first(&mut measure.start, words),
        FieldRole::Actuals => {
            let statements = items::items(&[Node::Text(words.text)], wraps_dots).into_iter();
            measure.actuals.extend(statements.map(|item| RawStatement {
                words: Words::new(item.text, words.locator.clone()),
                heading: item.heading,
            }));
        }
        FieldRole::Note | FieldRole::Image | FieldRole::Kpis | FieldRole::Schedule => {
            measure.note.push(words);
        }
    }
}

fn read_schedule(
    cursor: &mut Cursor<'_>,
    spec: &Outline,
    page: String,
    table: &Table,
) -> Option<(RawSchedule, Head)> {
    let (mut head, labels, count) = Head::above(&table.rows)?;
    let named = |names: &[String]| {
        let is_named = |label: &String| names.iter().any(|n| width::key(n) == width::key(label));
        labels.iter().position(is_named)
    };
    head.item = named(&spec.schedule.item);
    head.start = named(&spec.schedule.start);
    head.departments = named(&spec.schedule.departments);
    let first_year = head.years.first().map_or(0, |(c, _)| *c);
    if head.item.is_none() && first_year > 0 {
        head.item = Some(0);
    }
    let (heading, rest) = table.rows.split_at_checked(count)?;
    heading.iter().for_each(|row| cursor.take_row(row));
    let rows: Vec<&Row> = rest.iter().collect();
    let read = schedule::read(cursor, &head, &rows);
    let schedule = RawSchedule {
        page,
        is_damaged: false,
        years: head.fiscal_years(),
        rows: read,
    };
    Some((schedule, head))
}
