//! Numbered items under headings that set a term or a group.

use crate::cursor::Cursor;
use crate::profile::{Lists, Record};
use crate::record::{RawListing, RawMeasure, Words};
use crate::region::{Flow, Region, Unit};
use kurabe_trace::Locator;

/// Reads a unit as part of a list; whether it was one.
pub(crate) fn read(
    cursor: &mut Cursor<'_>,
    region: &Region<'_>,
    unit: &Unit<'_>,
    flow: &mut Flow,
) -> bool {
    let Some(spec) = &region.spec.lists else {
        return false;
    };
    if group(spec, unit, flow) || term_line(spec, unit, flow) || item(cursor, spec, unit, flow) {
        unit.lines()
            .into_iter()
            .for_each(|l| cursor.claims.record(l));
        return true;
    }
    false
}

/// A heading that sets the group of the items below it.
fn group(spec: &Lists, unit: &Unit<'_>, flow: &mut Flow) -> bool {
    let (Unit::Heading(..) | Unit::Text(_)) = unit else {
        return false;
    };
    let Some(pattern) = &spec.group else {
        return false;
    };
    let words = unit.words();
    let Some(found) = pattern.find(&words.text) else {
        return false;
    };
    let text = found.get("text").unwrap_or(&words.text).to_owned();
    flow.group = Some((Words::new(text, words.locator), Vec::new()));
    true
}

/// A line between a heading and its items: a year of the term, or an arrow.
fn term_line(spec: &Lists, unit: &Unit<'_>, flow: &mut Flow) -> bool {
    let (true, Unit::Text(_), Some((_, years))) = (spec.term, unit, flow.group.as_mut()) else {
        return false;
    };
    let words = unit.words();
    if spec
        .term_mark
        .as_ref()
        .is_some_and(|p| p.is_match(&words.text))
    {
        return true;
    }
    if kurabe_text::era::fiscal_years(&words.text).is_none() {
        return false;
    }
    years.push(words);
    true
}

fn item(cursor: &mut Cursor<'_>, spec: &Lists, unit: &Unit<'_>, flow: &Flow) -> bool {
    if matches!(unit, Unit::Heading(..) | Unit::Table(_)) {
        return false;
    }
    let words = unit.words();
    let Some(found) = spec.item.find(&words.text) else {
        return false;
    };
    let at = |name: &str| {
        found
            .get(name)
            .map(|t| Words::new(t.trim(), words.locator.clone()))
    };
    let lines = words.locator.line_span().unwrap_or_default();
    if spec.record == Record::Measure {
        cursor.measure(RawMeasure {
            number: at("number"),
            title: at("title"),
            term: flow.group.clone(),
            lines,
            ..RawMeasure::default()
        });
    } else {
        let text = found
            .get("text")
            .or_else(|| found.get("title"))
            .unwrap_or(&words.text);
        cursor.document.listings.push(RawListing {
            measure_title: spec.measure_title.clone(),
            list: spec.list.clone().unwrap_or_default(),
            group: flow.group.as_ref().map(|(g, _)| g.text.clone()),
            number: found.get("number").map(str::to_owned),
            item: text.trim().to_owned(),
            state: spec.state.clone(),
            note: found.get("note").map(str::to_owned),
            locator: Some(Locator::lines(lines.0, lines.1)),
            ..RawListing::default()
        });
    }
    true
}
