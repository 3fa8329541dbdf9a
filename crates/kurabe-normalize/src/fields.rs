//! Readings of the fields of a measure that several modules need.

use kurabe_layout::{Profile, RawMeasure};
use kurabe_text::{mark, number, width};

/// Number of a measure as it should read: recognition slips and restarted numbers put right.
pub(crate) fn number_value(measure: &RawMeasure) -> Option<String> {
    if let Some(n) = measure.number_by_sequence {
        return Some(n.to_string());
    }
    let printed = &measure.number.as_ref()?.text;
    match number::item_number(printed) {
        Some(slip) => Some(slip.value.to_string()),
        None => Some(width::nfkc(printed.trim())),
    }
}

/// Title as printed without marks, and the marks that were found with it.
pub(crate) fn title_and_marks(profile: &Profile, measure: &RawMeasure) -> (String, Vec<String>) {
    let words = &profile.words;
    let known: Vec<String> = [&words.marks, &words.new_marks, &words.repeat_marks]
        .into_iter()
        .flatten()
        .cloned()
        .collect();
    let printed = measure.title.as_ref().map_or("", |t| t.text.as_str());
    let mut marked = mark::take_marks(&printed.replace('\n', " "), &known);
    for field in measure
        .marks
        .iter()
        .chain(&measure.departments)
        .chain(&measure.section)
    {
        let found = mark::take_marks(&field.text, &words.marks);
        marked.marks.extend(found.marks);
    }
    marked.marks.sort();
    marked.marks.dedup();
    (width::tidy(&marked.text), marked.marks)
}
