//! Numbered headings that lead to measures, with sections inside each measure.

use crate::cursor::{Cursor, words_at};
use crate::profile::{FieldRole, Outline};
use crate::record::{RawKpi, RawMeasure, RawSchedule, Words};
use crate::region::{self, Flow, Region, Unit};
use crate::schedule::{self, Head};
use crate::sheets::find;
use crate::tables;
use kurabe_page::{Line, Row, Table};
use kurabe_text::{mark, width};
use kurabe_trace::Locator;

/// The measure that is being read.
struct Open {
    measure: RawMeasure,
    field: Option<FieldRole>,
    /// Name of the indicator whose values follow.
    kpi: Option<Words>,
}

/// Reads a region of numbered headings.
pub(crate) fn read<'p>(cursor: &mut Cursor<'p>, region: &Region<'p>, spec: &Outline) {
    let mut reader = Reader {
        spec,
        region,
        part: region.part.clone(),
        section: None,
        open: None,
        flow: Flow::default(),
    };
    for unit in &region.units {
        if region::skip_lines(cursor, region.spec, unit) {
            continue;
        }
        match unit {
            Unit::Table(table) => reader.table(cursor, table),
            Unit::Heading(..) | Unit::Text(_) => reader.text(cursor, unit),
            Unit::Item(lines) => reader.item(cursor, lines),
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
    flow: Flow,
}

impl<'p> Reader<'_, 'p> {
    fn close(&mut self, cursor: &mut Cursor<'p>) {
        if let Some(open) = self.open.take() {
            cursor.measure(open.measure);
        }
    }

    /// Text line by line: a heading, the beginning of a field, or words of the open field.
    fn text(&mut self, cursor: &mut Cursor<'p>, unit: &Unit<'p>) {
        let lines = unit.text_lines();
        let mut from = 0;
        for (at, line) in lines.iter().enumerate() {
            if self.heading(cursor, line) || self.field_heading(cursor, line) {
                self.body(cursor, &lines[from..at]);
                from = at + 1;
            }
        }
        self.body(cursor, &lines[from..]);
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
                kpi: None,
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

    fn field_heading(&mut self, cursor: &mut Cursor<'p>, line: &'p Line) -> bool {
        let Some(open) = self.open.as_mut() else {
            return false;
        };
        if !self.spec.field_heading.is_match(&line.text) {
            return false;
        }
        let place = Locator::line(line.number);
        let role = find(&self.spec.fields, &width::tidy(&line.text)).or_else(|| {
            let right = cursor.heading(&line.text, &place);
            find(&self.spec.fields, &right)
        });
        if role.is_none() {
            let heading = line.text.trim();
            cursor.unknown_heading(heading, place.clone());
            open.measure.note.push(Words::new(heading, place));
        }
        cursor.claims.record(line.number);
        open.field = Some(role.unwrap_or(FieldRole::Note));
        open.kpi = None;
        open.measure.lines.1 = line.number;
        self.flow.captions.clear();
        true
    }

    /// Words of the open field.
    fn body(&mut self, cursor: &mut Cursor<'p>, lines: &'p [Line]) {
        let (Some(open), Some(last)) = (self.open.as_mut(), lines.last()) else {
            return;
        };
        let unit = Unit::Text(lines);
        let words = unit.words();
        let measure = cursor.document.measures.len();
        open.measure.lines.1 = last.number;
        match open.field {
            Some(FieldRole::Kpis) => open.kpi = Some(words.clone()),
            Some(role) => add(&mut open.measure, role, words.clone()),
            None => return,
        }
        lines.iter().for_each(|l| cursor.claims.record(l.number));
        tables::inline(cursor, self.region, &unit, Some(measure));
        self.flow.captions.push(words);
    }

    /// An item of a list: a value of an indicator, or words of the open field.
    fn item(&mut self, cursor: &mut Cursor<'p>, lines: &'p [Line]) {
        let (Some(open), Some(last)) = (self.open.as_mut(), lines.last()) else {
            return;
        };
        let words = Unit::Item(lines).words();
        open.measure.lines.1 = last.number;
        match open.field {
            Some(FieldRole::Kpis) => {
                let Some(value) = labelled(&words) else {
                    return;
                };
                listed(&mut open.measure, open.kpi.take(), value);
            }
            Some(role) => add(&mut open.measure, role, words),
            None => return,
        }
        lines.iter().for_each(|l| cursor.claims.record(l.number));
    }

    fn table(&mut self, cursor: &mut Cursor<'p>, table: &'p Table) {
        let measure = self
            .open
            .is_some()
            .then_some(cursor.document.measures.len());
        if let Some(open) = self.open.as_mut() {
            open.measure.lines.1 = table.rows.last().map_or(open.measure.lines.1, |r| r.line);
            if open.field == Some(FieldRole::Schedule) {
                let page = self.region.spec.name.clone();
                if let Some(schedule) = read_schedule(cursor, self.spec, page, table) {
                    open.measure.schedules.push(schedule);
                    return;
                }
            }
        }
        self.flow.tables.measure = measure;
        tables::read(cursor, self.region, table, &mut self.flow);
        self.flow.captions.clear();
    }
}

fn add(measure: &mut RawMeasure, role: FieldRole, words: Words) {
    match role {
        FieldRole::Past => measure.past.push(words),
        FieldRole::Future => measure.future.push(words),
        FieldRole::Summary => measure.summary.push(words),
        FieldRole::Effect => measure.effect.push(words),
        FieldRole::Note
        | FieldRole::Image
        | FieldRole::Departments
        | FieldRole::Section
        | FieldRole::Kpis
        | FieldRole::Schedule
        | FieldRole::Actuals => measure.note.push(words),
    }
}

/// Label and value of an item such as `・現状値（R5）：31件`.
fn labelled(words: &Words) -> Option<(Words, Words)> {
    let range = mark::bullets(&words.text).and_then(|r| r.into_iter().next());
    let text = range
        .and_then(|r| words.text.get(r.start..))
        .unwrap_or(&words.text);
    let (label, value) = text.split_once([':', '：'])?;
    let at = |t: &str| Words::new(t.trim(), words.locator.clone());
    Some((at(label), at(value)))
}

/// Adds a value to the indicator that is open, or opens one.
fn listed(measure: &mut RawMeasure, name: Option<Words>, value: (Words, Words)) {
    if let Some(name) = name {
        measure.kpis.push(RawKpi::Listed {
            name,
            values: vec![value],
        });
    } else if let Some(RawKpi::Listed { values, .. }) = measure.kpis.last_mut() {
        values.push(value);
    }
}

fn read_schedule(
    cursor: &mut Cursor<'_>,
    spec: &Outline,
    page: String,
    table: &Table,
) -> Option<RawSchedule> {
    let (first, rest) = table.rows.split_first()?;
    let mut head = Head::of(first)?;
    let named = |names: &[String]| {
        (0..first.cells.len()).find(|c| {
            words_at(first, *c)
                .is_some_and(|w| names.iter().any(|n| width::key(n) == width::key(&w.text)))
        })
    };
    head.item = named(&spec.schedule.item);
    head.start = named(&spec.schedule.start);
    head.departments = named(&spec.schedule.departments);
    let first_year = head.years.first().map_or(0, |(c, _)| *c);
    if head.item.is_none() && first_year > 0 {
        head.item = Some(0);
    }
    cursor.take_row(first);
    let rows: Vec<&Row> = rest.iter().collect();
    let read = schedule::read(cursor, &head, &rows);
    Some(RawSchedule {
        page,
        is_damaged: false,
        years: head.fiscal_years(),
        rows: read,
    })
}
