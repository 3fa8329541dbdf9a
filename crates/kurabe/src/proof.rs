//! Which printed words a published row stands on, and whether they stand in the source.

use std::collections::BTreeMap;

use kurabe_schema::{Dataset, TableSpec, ValueRef};
use kurabe_text::repair::{self, Lexicon};
use kurabe_text::width;
use kurabe_trace::Locator;

use crate::engine::Pieces;

/// A row of a table.
#[derive(Debug, Clone, Copy)]
pub struct Record<'a> {
    /// Description of the table.
    pub spec: &'static TableSpec,
    /// Its values.
    pub row: &'a [ValueRef<'a>],
}

/// A value as text; empty for none.
#[must_use]
pub fn plain(value: &ValueRef<'_>) -> String {
    match value {
        ValueRef::Null => String::new(),
        ValueRef::Text(text) => (*text).to_owned(),
        ValueRef::Int(number) => number.to_string(),
        ValueRef::Float(number) => number.to_string(),
        ValueRef::Bool(flag) => flag.to_string(),
        ValueRef::Date(date) => date.to_string(),
    }
}

impl Record<'_> {
    /// The text of a column; empty when it is null or missing.
    #[must_use]
    pub fn text(&self, column: &str) -> String {
        let position = self.spec.column(column).map(|(position, _)| position);
        let value = position.and_then(|position| self.row.get(position));
        value.map(plain).unwrap_or_default()
    }

    /// Every place that the row names, with its column.
    #[must_use]
    pub fn places(&self) -> Vec<(&'static str, Option<Locator>)> {
        let columns = self.spec.columns.iter().zip(self.row);
        let named = columns.filter(|(column, value)| {
            column.name.ends_with("locator") && **value != ValueRef::Null
        });
        named
            .map(|(column, value)| (column.name, Locator::parse(&plain(value))))
            .collect()
    }
}

/// Words of a row that must stand at some places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Print {
    /// The column that holds them.
    pub column: &'static str,
    /// The words.
    pub words: String,
    /// Where they stand, together.
    pub places: Vec<Locator>,
    /// Whether they are words of the standard form: they stand there once slips are put right.
    pub is_standard: bool,
}

/// Columns of printed words by table: the column as printed, the standard one that holds the print
/// where they do not differ, and the column of the place.
const PRINTED: &[(&str, &str, &str, &str)] = &[
    ("measure_departments", "department", "department", "locator"),
    ("measure_tracks", "stage_raw", "stage_raw", "locator"),
    (
        "measure_tracks",
        "operation_start_raw",
        "operation_start_raw",
        "locator",
    ),
    ("schedules", "phase_raw", "phase_raw", "locator"),
    (
        "schedules",
        "other_phase_raw",
        "other_phase_raw",
        "other_locator",
    ),
    ("schedules", "item_raw", "item", "item_locator"),
    ("kpis", "name_raw", "name", "locator"),
    ("kpi_values", "value_text", "value_text", "locator"),
    ("listings", "item_raw", "item", "locator"),
    ("survey_results", "option", "option", "locator"),
    ("plan_items", "text_raw", "text", "locator"),
    ("category_evidence", "term", "term", "locator"),
    ("measure_links", "statement", "statement", "locator"),
    ("measure_stages", "stage_raw", "stage_raw", "locator"),
    ("plan_vs_survey", "plan_raw", "plan_raw", "plan_locator"),
    ("indicator_evidence", "term", "term", "locator"),
    ("indicator_values", "value_raw", "value_raw", "locator"),
];

/// Tables whose words are those of the standard form.
const STANDARD: &[&str] = &[
    "category_evidence",
    "indicator_evidence",
    "indicator_values",
];

/// Fields of measures: the column as printed, the standard one, and the name of the place.
const FIELDS: &[(&str, &str, &str)] = &[
    ("number_raw", "number", "number"),
    ("title_raw", "title", "title"),
    ("part_raw", "part", "part"),
    ("section_raw", "section", "section"),
    ("summary_raw", "summary", "summary"),
    ("effect_raw", "effect", "effect"),
    ("past_raw", "past", "past"),
    ("future_raw", "future", "future"),
    ("note_raw", "note", "note"),
];

/// Numbers that stand in the source as they are published.
const FIGURES: &[(&str, &str)] = &[
    ("outcomes", "before"),
    ("outcomes", "after"),
    ("outcomes", "rate"),
    ("survey_results", "count"),
    ("survey_results", "percent"),
];

/// The printed words of rows; knows where the fields of measures stand.
#[derive(Debug)]
pub struct Prints<'d> {
    places: BTreeMap<(&'d str, &'d str), Vec<&'d str>>,
}

impl<'d> Prints<'d> {
    /// The prints of a dataset.
    #[must_use]
    pub fn new(data: &'d Dataset) -> Self {
        let mut places: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
        for row in &data.measure_places {
            let key = (row.measure_id.as_str(), row.field.as_str());
            places.entry(key).or_default().push(&row.locator);
        }
        Self { places }
    }

    /// What a row says that must stand in its source.
    #[must_use]
    pub fn of(&self, record: &Record<'_>) -> Vec<Print> {
        let table = record.spec.name;
        if is_of_effect(record) {
            return Vec::new();
        }
        let printed = PRINTED.iter().filter(|(name, ..)| *name == table);
        let mut prints: Vec<Print> = printed
            .filter_map(|(_, raw, standard, place)| {
                let place = Locator::parse(&record.text(place))?;
                print(record, raw, standard, vec![place])
            })
            .collect();
        if table == "measures" {
            prints.extend(self.fields(record));
        }
        let figures = FIGURES.iter().filter(|(name, _)| *name == table);
        prints.extend(figures.filter_map(|(_, column)| figure(record, column)));
        prints
    }

    fn fields(&self, record: &Record<'_>) -> Vec<Print> {
        let id = record.text("measure_id");
        let own = FIELDS.iter().filter_map(|(raw, standard, field)| {
            let places = self.places.get(&(id.as_str(), *field))?;
            let places = places.iter().filter_map(|place| Locator::parse(place));
            print(record, raw, standard, places.collect())
        });
        own.collect()
    }
}

/// Evidence in the name of an effect: made of headings and columns around its place, it is compared
/// with the row of the effect instead (see [`crate::recompute`]).
#[must_use]
pub fn is_of_effect(record: &Record<'_>) -> bool {
    let field = record.text("field");
    record.spec.name == "indicator_evidence" && ["subject", "metric", "section"].contains(&&*field)
}

fn print(
    record: &Record<'_>,
    raw: &'static str,
    standard: &'static str,
    places: Vec<Locator>,
) -> Option<Print> {
    let (column, words) = match record.text(raw) {
        empty if empty.is_empty() => (standard, record.text(standard)),
        words => (raw, words),
    };
    let is_placed = places.iter().any(|place| *place != Locator::Document);
    (is_placed && !words.is_empty()).then_some(Print {
        column,
        words,
        places,
        is_standard: STANDARD.contains(&record.spec.name),
    })
}

fn figure(record: &Record<'_>, column: &'static str) -> Option<Print> {
    let place = Locator::parse(&record.text("locator"))?;
    print(record, column, column, vec![place])
}

impl Print {
    /// Whether the words stand at their places: as one text, or piece by piece in their order where
    /// something else stands between them (a name and its value from two cells).
    #[must_use]
    pub fn stands_in(&self, pieces: &Pieces, slips: &Lexicon) -> bool {
        let mut source = String::new();
        for place in &self.places {
            source.push_str(&pieces.words_at(place));
            source.push('\n');
        }
        let words = bare(&self.words);
        if self.is_standard {
            let tidy = width::tidy(&source);
            let right = repair::apply(&tidy, &slips.repairs(&tidy));
            if bare(&right).contains(&words) {
                return true;
            }
        }
        let source = bare(&source);
        source.contains(&words) || stands_piecewise(&self.words, &source)
    }
}

/// Text without what a reader of the print does not see as a difference: width, case, white space,
/// marks of emphasis, separators of thousands.
fn bare(text: &str) -> String {
    let key = width::key(&text.replace("**", ""));
    key.replace([',', '‧'], "")
}

fn stands_piecewise(words: &str, source: &str) -> bool {
    let is_break = |c: char| c.is_whitespace() || "()（）：:、。・;；|｜→⇒".contains(c);
    let pieces: Vec<String> = words
        .split(is_break)
        .map(bare)
        .filter(|p| !p.is_empty())
        .collect();
    pieces.len() > 1 && pieces.iter().all(|piece| source.contains(piece.as_str()))
}
