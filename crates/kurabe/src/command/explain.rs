//! `kurabe explain`: a record with all its values and the source lines it came from.
//!
//! The identifier of a record is its key; where the key has several columns their values are
//! joined by `/` (`322067-plan/一覧/3`).

use std::collections::{BTreeMap, BTreeSet};

use kurabe_schema::{TableSpec, TableView, ValueRef};
use kurabe_trace::Locator;

use crate::cli::{Screen, Task};
use crate::command::decision::Decision;
use crate::config::Settings;
use crate::engine::{self, Dataset};
use crate::ingest::{INDEX_NAME, Index};
use crate::problem::{Exit, Problem, Result};
use crate::publish;
use crate::sources::Sources;
use crate::surveys::Surveys;
use crate::text::{Lang, screen as words};

/// How many lines of a source are quoted at most.
const QUOTED: usize = 200;

/// How many near identifiers are named.
const NEAREST: usize = 3;

/// Longest value of a related record that is shown, in characters.
const SUMMARY: usize = 60;

/// Tables that are shown as a decision.
const CODES: [&str; 2] = ["measure_categories", "category_evidence"];

/// Shows the record with that identifier.
pub(crate) fn explain(task: &Task, id: &str, screen: &mut Screen) -> Result<Exit> {
    let settings = Settings::load(&task.surroundings.folder, &task.invocation.overrides)?;
    let published = publish::published(&settings.out).or_else(|_| normalized(&settings))?;
    if Records::new(&published).find(id).is_none() {
        let normalized = normalized(&settings).unwrap_or_default();
        if Records::new(&normalized).find(id).is_some() {
            return show(&Records::new(&normalized), id, &settings, screen);
        }
    }
    show(&Records::new(&published), id, &settings, screen)
}

/// The results of all documents as they lie in `normalized/`.
fn normalized(settings: &Settings) -> Result<Dataset> {
    let missing = || Problem::DatasetMissing(settings.out.clone());
    let index = Index::load(&settings.normalized.join(INDEX_NAME)).ok_or_else(missing)?;
    let mut all = Dataset::default();
    for one in index.assigned().0 {
        let folder = settings.normalized.join(&one.configured.document_id);
        all.append(engine::read_parquet(&folder)?);
    }
    Ok(all)
}

fn show(records: &Records, id: &str, settings: &Settings, screen: &mut Screen) -> Result<Exit> {
    let Some(record) = records.find(id) else {
        let nearest = records.nearest(id);
        return Err(Problem::IdUnknown {
            id: id.to_owned(),
            nearest,
        }
        .into());
    };
    let lang = screen.lang;
    screen.line(&words::explain_row(lang, title(record.spec, lang), id))?;
    for (column, value) in record.spec.columns.iter().zip(record.row) {
        let label = lang.pick(column.ja, column.en);
        screen.line(&format!(
            "  {}: {}  [{label}]",
            column.name,
            shown(value, lang)
        ))?;
    }
    let related = records.related(&record);
    let codes = Decision::of(records.dataset, &record.id(), record.spec.name, settings)?;
    for (spec, summaries) in summaries(&related, id) {
        screen.line(&format!("\n■ {}", title(spec, lang)))?;
        summaries
            .iter()
            .try_for_each(|summary| screen.line(&format!("  {summary}")))?;
    }
    if let Some(codes) = &codes {
        codes.show(screen)?;
    }
    let terms = codes.as_ref().map(Decision::terms).unwrap_or_default();
    let places = related
        .iter()
        .chain([&record])
        .flat_map(Record::places)
        .collect();
    show_source(records, &record, places, &terms, settings, screen)?;
    Ok(Exit::Done)
}

fn title(spec: &TableSpec, lang: Lang) -> String {
    let meaning = lang.pick(spec.ja, spec.en);
    let first = meaning.split(['。', '.']).next().unwrap_or(meaning);
    format!("{} {first}", spec.name)
}

fn shown(value: &ValueRef, lang: Lang) -> String {
    match value {
        ValueRef::Null => words::no_value(lang),
        ValueRef::Bool(true) => words::yes(lang),
        ValueRef::Bool(false) => words::no(lang),
        other => plain(other).replace('\n', "\n    "),
    }
}

fn plain(value: &ValueRef) -> String {
    match value {
        ValueRef::Null => String::new(),
        ValueRef::Text(text) => (*text).to_owned(),
        ValueRef::Int(number) => number.to_string(),
        ValueRef::Float(number) => number.to_string(),
        ValueRef::Bool(flag) => flag.to_string(),
        ValueRef::Date(date) => date.to_string(),
    }
}

/// Related records in one line each, table by table.
fn summaries(related: &[Record], id: &str) -> Vec<(&'static TableSpec, Vec<String>)> {
    let mut tables: Vec<(&'static TableSpec, Vec<String>)> = Vec::new();
    for record in related {
        let line = summary(record, id);
        match tables.last_mut() {
            Some((spec, lines)) if spec.name == record.spec.name => lines.push(line),
            _ => tables.push((record.spec, vec![line])),
        }
    }
    tables
}

/// The values that a record states, without the identifier it is listed under.
fn summary(record: &Record, id: &str) -> String {
    let columns = record.spec.columns.iter().zip(record.row);
    let stated = columns.map(|(column, value)| (column.name, plain(value)));
    let shown = stated
        .filter(|(_, value)| !value.is_empty() && value != id)
        .map(|(name, value)| format!("{name}={}", cut(&value.replace('\n', " "))));
    shown.collect::<Vec<_>>().join(" | ")
}

fn cut(text: &str) -> String {
    let short: String = text.chars().take(SUMMARY).collect();
    if short.len() < text.len() {
        short + "…"
    } else {
        short
    }
}

/// Quotes the source lines at some places.
fn show_source(
    records: &Records,
    record: &Record,
    places: Vec<Locator>,
    terms: &[String],
    settings: &Settings,
    screen: &mut Screen,
) -> Result<()> {
    let lang = screen.lang;
    if record.spec.name == "survey_indicators" {
        return show_cell(record, settings, screen);
    }
    let document = records.document_of(record).filter(|_| !places.is_empty());
    let Some(document) = document else {
        return screen.line(&format!("\n{}", words::source_none(lang)));
    };
    let id = document.text("document_id");
    let mut documents = records.dataset.documents.iter();
    let published = documents.find(|published| published.document_id == id);
    let pieces = match published {
        Some(published) => Sources::new(settings).pieces(published)?,
        None => None,
    };
    let Some(pieces) = pieces else {
        let path = settings.raw.join(document.text("path"));
        return screen.line(&format!("\n{}", words::source_gone(lang, path.display())));
    };
    screen.line(&format!(
        "\n{}",
        words::explain_source(lang, document.text("path"))
    ))?;
    let at = places.iter().flat_map(|place| pieces.numbers_at(place));
    let wanted: BTreeSet<u32> = at.collect();
    for number in wanted.iter().take(QUOTED) {
        let (place, text) = pieces.quote(*number);
        screen.line(&format!("  {place}  {}", marked(text, terms)))?;
    }
    match wanted.len().saturating_sub(QUOTED) {
        0 => Ok(()),
        more => screen.line(&words::source_cut(lang, more)),
    }
}

/// Quotes the cell of a survey's table with the label before its row and the name over its column.
fn show_cell(record: &Record, settings: &Settings, screen: &mut Screen) -> Result<()> {
    let lang = screen.lang;
    let [path, locator] = ["path", "locator"].map(|column| record.text(column));
    let proofs = Surveys::load(settings)?.proofs();
    let Some(quote) = proofs.quote(&path, &locator) else {
        return screen.line(&format!("\n{}", words::source_gone(lang, path)));
    };
    screen.line(&format!("\n{}", words::explain_source(lang, path)))?;
    screen.line(&format!(
        "  {locator}  {} | {} | {}",
        quote.label, quote.name, quote.cell
    ))
}

/// A line with the terms that decided on the codes in brackets.
fn marked(line: &str, terms: &[String]) -> String {
    let mut marked = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(character) = rest.chars().next() {
        let longest = terms
            .iter()
            .filter(|term| rest.starts_with(term.as_str()))
            .max_by_key(|term| term.len());
        let length = longest.map_or(character.len_utf8(), String::len);
        let (found, after) = rest.split_at(length);
        match longest {
            Some(_) => marked.extend(["⟦", found, "⟧"]),
            None => marked.push_str(found),
        }
        rest = after;
    }
    marked
}

/// A row of a table.
#[derive(Debug, Clone, Copy)]
struct Record<'a> {
    spec: &'static TableSpec,
    row: &'a [ValueRef<'a>],
}

impl<'a> Record<'a> {
    fn value(&self, column: &str) -> Option<ValueRef<'a>> {
        let (position, _) = self.spec.column(column)?;
        self.row.get(position).copied()
    }

    fn text(&self, column: &str) -> String {
        self.value(column).as_ref().map(plain).unwrap_or_default()
    }

    fn id(&self) -> String {
        let values: Vec<String> = self.spec.sort_by.iter().map(|key| self.text(key)).collect();
        values.join("/")
    }

    /// Every place that the row names.
    fn places(&self) -> Vec<Locator> {
        let columns = self.spec.columns.iter().zip(self.row);
        let locators = columns.filter(|(column, _)| column.name.ends_with("locator"));
        let places = locators.filter_map(|(_, value)| Locator::parse(&plain(value)));
        places.filter(|place| *place != Locator::Document).collect()
    }
}

/// All rows of a dataset.
struct Records<'a> {
    dataset: &'a Dataset,
    views: Vec<TableView<'a>>,
}

impl<'a> Records<'a> {
    fn new(dataset: &'a Dataset) -> Self {
        Self {
            dataset,
            views: dataset.sorted_views(),
        }
    }

    fn all(&self) -> impl Iterator<Item = Record<'_>> {
        self.views.iter().flat_map(|view| {
            view.rows.iter().map(|row| Record {
                spec: view.spec,
                row,
            })
        })
    }

    fn find(&self, id: &str) -> Option<Record<'_>> {
        self.all().find(|record| record.id() == id)
    }

    /// Identifiers that end in the given one or are spelt most like it.
    fn nearest(&self, id: &str) -> Vec<String> {
        let score = |candidate: &str| {
            let ends = candidate.ends_with(&format!("-{id}"));
            strsim::normalized_damerau_levenshtein(candidate, id) + if ends { 1.0 } else { 0.0 }
        };
        let known: BTreeMap<String, ()> = self.all().map(|record| (record.id(), ())).collect();
        let mut scored: Vec<(f64, String)> = known
            .into_keys()
            .map(|candidate| (score(&candidate), candidate))
            .collect();
        scored.retain(|(score, _)| *score >= 0.6);
        scored.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        scored
            .into_iter()
            .take(NEAREST)
            .map(|(_, candidate)| candidate)
            .collect()
    }

    /// Rows that belong to a measure, a KPI or the like; those of a whole document or
    /// municipality would be nearly everything.
    fn related(&self, record: &Record) -> Vec<Record<'_>> {
        let [key] = record.spec.sort_by else {
            return Vec::new();
        };
        if matches!(record.spec.name, "documents" | "municipalities") {
            return Vec::new();
        }
        let is_shown = |other: &Record| !CODES.contains(&other.spec.name);
        let id = record.id();
        let belongs = |other: &Record| {
            let refers = |column: &&kurabe_schema::ColumnSpec| {
                column.references == Some((record.spec.name, key))
            };
            let columns = other.spec.columns.iter().filter(refers);
            columns
                .into_iter()
                .any(|column| other.text(column.name) == id)
        };
        self.all().filter(is_shown).filter(belongs).collect()
    }

    /// The document that a row belongs to, by way of the rows it refers to.
    fn document_of(&self, record: &Record) -> Option<Record<'_>> {
        if record.spec.name == "documents" {
            return self.find(&record.id());
        }
        let document = record.text("document_id");
        if !document.is_empty() {
            return self.named("documents", &document);
        }
        let above = record.spec.columns.iter().find_map(|column| {
            let (table, _) = column.references?;
            self.named(table, &record.text(column.name))
        })?;
        if above.spec.name == record.spec.name {
            None
        } else {
            self.document_of(&above)
        }
    }

    fn named(&self, table: &str, id: &str) -> Option<Record<'_>> {
        self.all()
            .find(|record| record.spec.name == table && record.id() == id)
    }
}
