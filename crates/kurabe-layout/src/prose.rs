//! Running text: everything a plan says that is neither a measure nor a table of its own.

use crate::cursor::{Cursor, words_at};
use crate::profile::{Numbered, Prose};
use crate::record::{RawPlanItem, Words};
use crate::region::{Flow, Region, Unit};
use kurabe_page::Table;
use kurabe_text::{era, mark};
use kurabe_trace::Locator;

/// Depth of a numbered item that text may follow: below all headings.
const NUMBERED: usize = 9;

/// Depth of the line that ends a numbered list: it heads what follows, beside the list's items.
const AFTER_NUMBERED: usize = NUMBERED - 1;

/// Reads a unit of text as items of the plan.
pub(crate) fn read(cursor: &mut Cursor<'_>, region: &Region<'_>, unit: &Unit<'_>, flow: &mut Flow) {
    let Some(spec) = &region.spec.prose else {
        return;
    };
    unit.lines()
        .into_iter()
        .for_each(|l| cursor.claims.record(l));
    if milestone(cursor, spec, unit) {
        return;
    }
    let Unit::Text(lines) = unit else {
        return single(cursor, spec, unit, flow);
    };
    // Headings may stand on the first lines of a paragraph.
    let mut from = 0;
    while from < lines.len() && line(cursor, spec, &Unit::Text(&lines[from..=from]), flow) {
        from += 1;
    }
    if from < lines.len() {
        plain(cursor, spec, &Unit::Text(&lines[from..]), flow);
    }
}

fn single(cursor: &mut Cursor<'_>, spec: &Prose, unit: &Unit<'_>, flow: &mut Flow) {
    if let (Unit::Item(lines), Some(_)) = (unit, &spec.term) {
        flow.term = lines.first().map(|l| l.text.trim().to_owned());
        if lines.len() > 1 {
            plain(cursor, spec, &Unit::Text(&lines[1..]), flow);
        }
        return;
    }
    if let Unit::Heading(level, _) = unit {
        open_heading(cursor, spec, flow, usize::from(*level), &unit.words());
    } else if !line(cursor, spec, unit, flow) {
        plain(cursor, spec, unit, flow);
    }
}

/// A line with a meaning of its own: a numbered item, a heading, a term.
fn line(cursor: &mut Cursor<'_>, spec: &Prose, unit: &Unit<'_>, flow: &mut Flow) -> bool {
    let words = unit.words();
    for (index, list) in spec.numbered.iter().enumerate() {
        if list.after.is_match(&words.text) {
            flow.numbered = Some(index);
        } else if flow.numbered == Some(index)
            && list.until.as_ref().is_some_and(|u| u.is_match(&words.text))
        {
            flow.numbered = None;
            open_heading(cursor, spec, flow, AFTER_NUMBERED, &words);
            return true;
        }
    }
    if let Some(list) = flow.numbered.and_then(|n| spec.numbered.get(n))
        && numbered(cursor, spec, list, unit, flow)
    {
        return true;
    }
    if let Some(found) = spec.term.as_ref().and_then(|p| p.find(&words.text)) {
        flow.term = Some(found.get("text").unwrap_or(&words.text).trim().to_owned());
        return true;
    }
    let depth = spec.headings.iter().position(|p| p.is_match(&words.text));
    if let Some(depth) = depth {
        open_heading(cursor, spec, flow, depth + 1, &words);
        flow.term = None;
    }
    depth.is_some()
}

fn numbered(
    cursor: &mut Cursor<'_>,
    spec: &Prose,
    list: &Numbered,
    unit: &Unit<'_>,
    flow: &mut Flow,
) -> bool {
    let words = unit.words();
    let Some(found) = list.pattern.find(&words.text) else {
        return false;
    };
    let text = found.get("text").unwrap_or(&words.text).trim().to_owned();
    cursor.document.plan_items.push(RawPlanItem {
        list: list.list.clone(),
        group: flow.headings.path_above(NUMBERED),
        number: found.get("number").map(str::to_owned),
        text: text.clone(),
        locator: Some(words.locator.clone()),
        ..RawPlanItem::default()
    });
    open_heading(
        cursor,
        spec,
        flow,
        NUMBERED,
        &Words::new(text, words.locator),
    );
    // The item itself is a record.
    flow.headings.path_above(NUMBERED + 1);
    true
}

/// Opens a heading. One that closes without any text below it is all that the document says there,
/// thus an item of its own.
fn open_heading(
    cursor: &mut Cursor<'_>,
    spec: &Prose,
    flow: &mut Flow,
    depth: usize,
    words: &Words,
) {
    let closed = flow.headings.open(cursor, depth, words);
    alone(cursor, spec, flow, depth, closed);
}

fn alone(cursor: &mut Cursor<'_>, spec: &Prose, flow: &mut Flow, depth: usize, closed: Vec<Words>) {
    for words in closed {
        let item = RawPlanItem {
            list: spec.list.clone(),
            group: flow.headings.path_above(depth),
            text: words.text,
            locator: Some(words.locator),
            ..RawPlanItem::default()
        };
        cursor.document.plan_items.push(item);
    }
}

/// Closes all headings at the end of a region.
pub(crate) fn close(cursor: &mut Cursor<'_>, region: &Region<'_>, flow: &mut Flow) {
    let closed = flow.headings.close(0);
    if let Some(spec) = &region.spec.prose {
        alone(cursor, spec, flow, 0, closed);
    }
}

fn plain(cursor: &mut Cursor<'_>, spec: &Prose, unit: &Unit<'_>, flow: &mut Flow) {
    let words = unit.words();
    if words.text.is_empty() {
        return;
    }
    let path = flow.path();
    let term = flow.term.clone().filter(|_| spec.term.is_some());
    let group = term.or(path);
    let bullet = mark::bullets(&words.text).filter(|r| r.len() == 1);
    let text = bullet
        .and_then(|r| words.text.get(r[0].clone()))
        .unwrap_or(&words.text)
        .to_owned();
    cursor.document.plan_items.push(RawPlanItem {
        list: spec.list.clone(),
        group,
        text,
        locator: Some(words.locator),
        ..RawPlanItem::default()
    });
}

/// A paragraph with a line that is nothing but a date or a period: a milestone.
fn milestone(cursor: &mut Cursor<'_>, spec: &Prose, unit: &Unit<'_>) -> bool {
    let (Some(list), Unit::Text(lines)) = (&spec.milestones, unit) else {
        return false;
    };
    let is_date = |text: &str| {
        let text = text.trim();
        matches!(text, "～" | "~" | "〜")
            || (text
                .chars()
                .next()
                .is_some_and(|c| c.is_ascii_alphabetic() || !c.is_ascii())
                && era::find_dates(text)
                    .first()
                    .is_some_and(|hit| hit.range == (0..text.len())))
    };
    let (dates, words): (Vec<_>, Vec<_>) = lines.iter().partition(|l| is_date(&l.text));
    if dates.is_empty() || words.is_empty() {
        return false;
    }
    let join = |lines: &[&kurabe_page::Line], by: &str| {
        lines
            .iter()
            .map(|l| l.text.trim())
            .collect::<Vec<_>>()
            .join(by)
    };
    let text = join(&words, "");
    cursor.document.plan_items.push(RawPlanItem {
        list: list.clone(),
        period: Some(join(&dates, "")),
        text: text.trim_end_matches(['→', '↓', ' ']).to_owned(),
        locator: Some(unit.words().locator),
        ..RawPlanItem::default()
    });
    true
}

/// A table that no specification describes: each row is an item, its cells side by side. A first
/// column with blanks below its entries names groups.
pub(crate) fn table(cursor: &mut Cursor<'_>, region: &Region<'_>, table: &Table, flow: &mut Flow) {
    let Some(spec) = &region.spec.prose else {
        return;
    };
    let caption = flow.captions.last().map(|w| w.text.clone());
    let caption = caption.filter(|c| c.chars().count() <= 60);
    let heading = caption.or_else(|| flow.path());
    let has_groups = has_group_column(table);
    let mut carried: Option<String> = None;
    for row in &table.rows {
        cursor.take_row(row);
        let cell = |c| words_at(row, c).map(|w| w.text.replace('\n', " "));
        let mut from = 0;
        if has_groups && (1..row.cells.len()).any(|c| cell(c).is_some()) {
            carried = cell(0).or(carried);
            from = 1;
        }
        let cells: Vec<String> = (from..row.cells.len()).filter_map(cell).collect();
        let group = [heading.clone(), carried.clone()].into_iter().flatten();
        let group: Vec<String> = group.collect();
        cursor.document.plan_items.push(RawPlanItem {
            list: spec.list.clone(),
            group: (!group.is_empty()).then(|| group.join(" / ")),
            period: cells.iter().find(|text| is_period(text)).cloned(),
            text: cells.join(" | "),
            locator: Some(Locator::line(row.line)),
            ..RawPlanItem::default()
        });
    }
}

/// Whether the first column names groups: an entry with a row below it that has none.
fn has_group_column(table: &Table) -> bool {
    let mut first = table.rows.iter().map(|row| words_at(row, 0).is_some());
    first.any(|is_named| is_named) && first.any(|is_named| !is_named)
}

/// Whether a text is a span of years and little else: `令和4年度～令和8年度`.
fn is_period(text: &str) -> bool {
    let Some(span) = era::fiscal_years(text) else {
        return false;
    };
    let is_long = span.open_end || span.last.is_some_and(|last| last != span.first);
    is_long && text.starts_with(|c: char| !c.is_ascii() || c == 'R' || c.is_ascii_digit())
}
