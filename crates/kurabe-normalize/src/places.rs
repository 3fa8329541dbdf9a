//! The table `measure_places`: where each field of a measure stands.

use crate::context::Context;
use crate::mentions::Joined;
use kurabe_layout::{RawMeasure, Words};
use kurabe_schema::MeasurePlace;
use kurabe_trace::Locator;
use std::collections::BTreeSet;

/// Publishes the places of the fields of all measures.
pub(crate) fn publish(context: &mut Context<'_>, joined: &[Joined<'_>]) {
    let published = context.published(joined);
    let rows = published.iter().flat_map(|(id, measure)| rows(id, measure));
    let rows: Vec<MeasurePlace> = rows.collect();
    context.data.measure_places.extend(rows);
}

fn rows(id: &str, joined: &Joined<'_>) -> Vec<MeasurePlace> {
    let fields = fields(joined.main).into_iter();
    fields
        .flat_map(|(field, pieces)| of_field(id, field, pieces))
        .collect()
}

/// One row for each place; pieces of one cell share theirs.
fn of_field(id: &str, field: &str, pieces: Vec<&Words>) -> Vec<MeasurePlace> {
    let mut seen = BTreeSet::new();
    let places = pieces.into_iter().map(|words| &words.locator);
    let places = places.filter(|place| **place != Locator::Document && seen.insert(*place));
    let row = |(index, place): (usize, &Locator)| MeasurePlace {
        measure_id: id.to_owned(),
        field: field.to_owned(),
        position: i32::try_from(index + 1).unwrap_or(i32::MAX),
        locator: place.to_string(),
    };
    places.enumerate().map(row).collect()
}

/// The words of each field as they were laid out.
fn fields(main: &RawMeasure) -> Vec<(&'static str, Vec<&Words>)> {
    let later = main.tracks.iter().skip(1);
    let past = main
        .past
        .iter()
        .chain(later.filter_map(|t| t.detail.as_ref()));
    vec![
        ("number", main.number.iter().collect()),
        ("title", main.title.iter().collect()),
        ("part", main.part.iter().collect()),
        ("section", main.section.iter().collect()),
        ("departments", main.departments.iter().collect()),
        ("summary", main.summary.iter().collect()),
        ("effect", main.effect.iter().collect()),
        ("past", past.collect()),
        ("future", main.future.iter().collect()),
        ("note", main.note.iter().collect()),
        ("status", main.status.iter().collect()),
        ("start", main.start.iter().collect()),
    ]
}
