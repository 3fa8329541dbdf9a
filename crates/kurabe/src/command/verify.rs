//! `kurabe verify`: proves the published values against their sources.
//!
//! A row is proven when the places it names exist in the file that was read, when the printed words
//! stand there, and when reading the sources again from nothing gives the same row.

use std::collections::{BTreeMap, BTreeSet};

use kurabe_schema::{TableView, ValueRef};
use kurabe_text::repair::Lexicon;
use kurabe_trace::Locator;

use crate::cli::{Screen, Task};
use crate::config::Settings;
use crate::engine::{self, Dataset, Difference, Pieces};
use crate::pipeline::Work;
use crate::problem::{Exit, Problem, Result, writing};
use crate::progress::Progress;
use crate::proof::{Prints, Record, plain};
use crate::publish;
use crate::reading::Reader;
use crate::recompute::Computed;
use crate::second;
use crate::sources::Sources;
use crate::surveys::{Proofs, Surveys};
use crate::text::{Lang, screen as words};

/// The table whose rows stand in tables of surveys, not in documents.
const SURVEYS: &str = "survey_indicators";

/// The columns of a cell of a survey's table that a row about a document names beside its own place: file, place, words.
const CELL: [&str; 3] = ["survey_path", "survey_locator", "survey_raw"];
/// The table whose rows name two documents.
const LINKS: &str = "measure_links";

/// How many failures are told.
const TOLD: usize = 20;

/// Proves the published dataset.
pub(crate) fn verify(task: &Task, screen: &mut Screen) -> Result<Exit> {
    let settings = Settings::load(&task.surroundings.folder, &task.invocation.overrides)?;
    let published = publish::published(&settings.out)?;
    let again = read_again(task, &settings)?;
    let views = published.sorted_views();
    let derived: BTreeMap<&str, BTreeSet<String>> = again
        .sorted_views()
        .iter()
        .map(|view| {
            (
                view.spec.name,
                view.rows.iter().map(|row| whole(row)).collect(),
            )
        })
        .collect();
    let sources = Sources::new(&settings);
    let mut verifier = Verifier {
        slips: slips(&sources, &published),
        pieces: pieces(&sources, &settings, &published)?,
        owners: owners(&published),
        prints: Prints::new(&published),
        computed: Computed::new(&published),
        surveys: Surveys::load(&settings)?.proofs(),
        derived,
        failures: Vec::new(),
        cited: BTreeMap::new(),
    };
    let mut table = vec![words::verify_columns(task.lang)];
    let mut is_whole = true;
    for view in &views {
        let tally = verifier.table(view);
        is_whole &= tally.is_whole();
        if tally.rows > 0 {
            table.push(tally.shown(view.spec.name));
        }
    }
    screen.table(&table)?;
    is_whole &= second_reading(task, &settings, &published, &mut verifier, screen)?;
    tell(&verifier.failures, screen)?;
    Ok(if is_whole { Exit::Done } else { Exit::Findings })
}

fn tell(failures: &[String], screen: &mut Screen) -> Result<()> {
    for failure in failures.iter().take(TOLD) {
        screen.line(failure)?;
    }
    match failures.len().saturating_sub(TOLD) {
        0 => Ok(()),
        more => screen.line(&words::verify_more(screen.lang, more)),
    }
}

/// Compares every workbook with a second reading of its bytes; whether nothing is in doubt.
fn second_reading(
    task: &Task,
    settings: &Settings,
    published: &Dataset,
    verifier: &mut Verifier<'_>,
    screen: &mut Screen,
) -> Result<bool> {
    let reader = Reader::new(task.surroundings.program.as_deref(), settings.bounds);
    let sources = Sources::new(settings);
    let (mut books, mut agreed, mut differ) = (0_u64, 0_u64, 0_u64);
    for document in &published.documents {
        let path = document.path.as_str();
        let format = document.reader.as_deref().unwrap_or_default();
        let hint = engine::hint(None, Some(path), settings.limits);
        let bytes = sources.bytes(document);
        let opinion = bytes.and_then(|bytes| reader.opinion(&bytes, &hint, format));
        match opinion {
            Some(Ok(opinion)) => {
                let cited = verifier.cited.remove(&document.document_id);
                books += 1;
                agreed += opinion.agreed;
                for difference in second::in_doubt(&opinion, &cited.unwrap_or_default()) {
                    differ += 1;
                    let line = differs(screen, path, difference);
                    verifier.failures.push(line);
                }
            }
            Some(Err(why)) => {
                let (ja, en) = why.told();
                let why = if screen.lang == Lang::Ja { ja } else { en };
                screen.line(&words::verify_unread(screen.lang, path, why))?;
            }
            None => {}
        }
    }
    if books > 0 {
        screen.line(&words::verify_second(screen.lang, books, agreed, differ))?;
    }
    Ok(differ == 0)
}

fn differs(screen: &Screen, path: &str, difference: &Difference) -> String {
    let text = |text: &Option<String>| -> String {
        let text = text.as_deref().unwrap_or_default();
        text.chars().take(40).collect()
    };
    words::verify_differs(
        screen.lang,
        path,
        second::place(difference),
        text(&difference.ours),
        text(&difference.theirs),
    )
}

/// Everything read again from nothing, in a folder that is thrown away.
fn read_again(task: &Task, settings: &Settings) -> Result<Dataset> {
    let folder = tempfile::tempdir().map_err(writing(&std::env::temp_dir()))?;
    let settings = Settings {
        normalized: folder.path().join("normalized"),
        out: folder.path().join("out"),
        is_forced: true,
        workbook: None,
        ..settings.clone()
    };
    let disk = &task.surroundings.disk;
    let program = task.surroundings.program.as_deref();
    Work::new(&settings, task.lang, disk, Progress::hidden(), program)?.run()?;
    publish::published(&settings.out)
}

/// The pieces of the file of every document; none where the file is gone or another one.
fn pieces(
    sources: &Sources<'_>,
    settings: &Settings,
    published: &Dataset,
) -> Result<BTreeMap<String, Pieces>> {
    let mut pieces = BTreeMap::new();
    for document in &published.documents {
        let read = sources.pieces(document)?;
        let gone = || Problem::SourceGone(settings.raw.join(&document.path));
        pieces.insert(document.document_id.clone(), read.ok_or_else(gone)?);
    }
    Ok(pieces)
}

/// The slips that are put right in every document.
fn slips(sources: &Sources<'_>, published: &Dataset) -> BTreeMap<String, Lexicon> {
    let documents = published.documents.iter().map(|row| &row.document_id);
    let known = documents.filter_map(|id| Some((id.clone(), sources.profile(id)?.lexicon())));
    known.collect()
}

/// The document of every measure and KPI.
fn owners(published: &Dataset) -> BTreeMap<String, String> {
    let measures = published.measures.iter();
    let mut owners: BTreeMap<String, String> = measures
        .map(|row| (row.measure_id.clone(), row.document_id.clone()))
        .collect();
    for kpi in &published.kpis {
        if let Some(document) = owners.get(&kpi.measure_id).cloned() {
            owners.insert(kpi.kpi_id.clone(), document);
        }
    }
    owners
}

/// A row as one text.
fn whole(row: &[ValueRef<'_>]) -> String {
    let cells = row.iter().map(|value| format!("{value:?}"));
    cells.collect::<Vec<_>>().join("\u{1f}")
}

/// What was proven of one table.
#[derive(Debug, Default)]
struct Tally {
    rows: usize,
    derived: usize,
    places: usize,
    places_proven: usize,
    prints: usize,
    prints_proven: usize,
}

impl Tally {
    fn is_whole(&self) -> bool {
        self.derived == self.rows
            && self.places_proven == self.places
            && self.prints_proven == self.prints
    }

    fn shown(&self, table: &str) -> Vec<String> {
        let proven = self.derived + self.places_proven + self.prints_proven;
        let all = self.rows + self.places + self.prints;
        vec![
            table.to_owned(),
            format!("{}/{}", self.derived, self.rows),
            format!("{}/{}", self.places_proven, self.places),
            format!("{}/{}", self.prints_proven, self.prints),
            format!("{:.2}%", 100.0 * proven as f64 / all.max(1) as f64),
        ]
    }
}

struct Verifier<'a> {
    pieces: BTreeMap<String, Pieces>,
    slips: BTreeMap<String, Lexicon>,
    owners: BTreeMap<String, String>,
    prints: Prints<'a>,
    computed: Computed<'a>,
    surveys: Proofs,
    derived: BTreeMap<&'a str, BTreeSet<String>>,
    failures: Vec<String>,
    /// The places that values of each document name.
    cited: BTreeMap<String, BTreeSet<Locator>>,
}

impl Verifier<'_> {
    fn table(&mut self, view: &TableView<'_>) -> Tally {
        let mut tally = Tally::default();
        let derived = self.derived.remove(view.spec.name).unwrap_or_default();
        for row in &view.rows {
            let record = Record {
                spec: view.spec,
                row,
            };
            tally.rows += 1;
            let is_derived = derived.contains(&whole(row));
            tally.derived += usize::from(is_derived);
            if !is_derived {
                self.fail(&record, "-");
            }
            self.again(&record, &mut tally);
            self.in_source(&record, &mut tally);
        }
        tally
    }

    /// Computes figures again that stand in no source.
    fn again(&mut self, record: &Record<'_>, tally: &mut Tally) {
        for check in self.computed.checks(record) {
            tally.prints += 1;
            tally.prints_proven += usize::from(check.holds);
            if !check.holds {
                self.fail(record, check.column);
            }
        }
    }

    /// Looks the places and the printed words of a row up in its document.
    fn in_source(&mut self, record: &Record<'_>, tally: &mut Tally) {
        if record.spec.name == SURVEYS {
            return self.in_survey(record, tally);
        }
        let Some(document) = self.document_of(record) else {
            return;
        };
        let (Some(pieces), Some(slips)) = (self.pieces.get(&document), self.slips.get(&document))
        else {
            return;
        };
        let mut missing = Vec::new();
        self.in_cell(record, tally, &mut missing);
        let mut places = record.places();
        places.retain(|(column, _)| !CELL.contains(column));
        let cited = self.cited.entry(document).or_default();
        cited.extend(places.iter().filter_map(|(_, place)| place.clone()));
        for (column, place) in places {
            let is_there = place.is_some_and(|place| {
                place == Locator::Document || !pieces.numbers_at(&place).is_empty()
            });
            tally.places += 1;
            tally.places_proven += usize::from(is_there);
            if !is_there {
                missing.push(column);
            }
        }
        for print in self.prints.of(record) {
            let stands = print.stands_in(pieces, slips);
            tally.prints += 1;
            tally.prints_proven += usize::from(stands);
            if !stands {
                missing.push(print.column);
            }
        }
        for column in missing {
            self.fail(record, column);
        }
    }

    /// Looks the cell of a survey's table up that a row about a document names.
    fn in_cell(&self, record: &Record<'_>, tally: &mut Tally, missing: &mut Vec<&'static str>) {
        let [path, place, printed] = CELL.map(|column| record.text(column));
        if path.is_empty() {
            return;
        }
        let quote = self.surveys.quote(&path, &place);
        let is_same = quote.as_ref().is_some_and(|quote| quote.cell == printed);
        tally.places += 1;
        tally.prints += 1;
        tally.places_proven += usize::from(quote.is_some());
        tally.prints_proven += usize::from(is_same);
        if quote.is_none() {
            missing.push(CELL[1]);
        }
        if !is_same {
            missing.push(CELL[2]);
        }
    }

    /// Looks a value of a national survey up in its table: the cell, the name over its column and the
    /// label before its row.
    fn in_survey(&mut self, record: &Record<'_>, tally: &mut Tally) {
        let [path, locator] = ["path", "locator"].map(|column| record.text(column));
        let quote = self.surveys.quote(&path, &locator);
        let printed = quote.as_ref().map(|quote| {
            [
                ("value_raw", quote.cell),
                ("name_raw", quote.name),
                ("label", quote.label),
            ]
        });
        tally.places += 1;
        tally.places_proven += usize::from(printed.is_some());
        tally.prints += 3;
        let missing: Vec<&str> = match printed {
            Some(printed) => printed
                .iter()
                .filter(|(column, words)| record.text(column) != *words)
                .map(|(column, _)| *column)
                .collect(),
            None => vec!["locator", "name_raw", "label"],
        };
        tally.prints_proven += 3 - missing.len();
        for column in missing {
            self.fail(record, column);
        }
    }

    /// The document that a row was read from.
    fn document_of(&self, record: &Record<'_>) -> Option<String> {
        let own = record.text("document_id");
        if !own.is_empty() {
            return Some(own);
        }
        if record.spec.name == LINKS {
            // The place of a link is in the newer document; of a dropped measure by rule in the older one.
            let stands_in = match (record.text("to_measure_id"), record.text("statement")) {
                (to, told) if to.is_empty() && told.is_empty() => "from_document_id",
                _ => "to_document_id",
            };
            return Some(record.text(stands_in));
        }
        let keys = ["measure_id", "kpi_id"].map(|column| record.text(column));
        keys.iter().find_map(|key| self.owners.get(key)).cloned()
    }

    fn fail(&mut self, record: &Record<'_>, column: &str) {
        let keys = record.spec.sort_by.iter();
        let key: Vec<String> = keys.map(|name| record.text(name)).collect();
        let value = record
            .spec
            .column(column)
            .and_then(|(position, _)| record.row.get(position));
        let value: String = value
            .map(plain)
            .unwrap_or_default()
            .chars()
            .take(40)
            .collect();
        let line = format!("{} {} {column} {value}", record.spec.name, key.join("/"));
        self.failures.push(line);
    }
}
