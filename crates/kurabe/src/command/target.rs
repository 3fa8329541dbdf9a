//! `kurabe export --to …`: hands the published dataset on. A target is a row of [`KINDS`].

use std::path::{Path, PathBuf};

use kurabe_database::{Load, Loaded, duckdb, postgres, sqlite};

use crate::cli::{Destination, Export, Screen, Secret, Task};
use crate::config::Settings;
use crate::engine::Dataset;
use crate::problem::{Error, Result};
use crate::publish::{self, PARQUET};
use crate::record::RunRecord;
use crate::text::{Lang, database as words};

/// A kind of target.
struct Kind {
    /// Its name after `--to`.
    name: &'static str,
    /// Whether a file follows the name.
    has_file: bool,
    /// Hands the dataset on and says what was done.
    hand_on: fn(&Errand) -> Result<Vec<String>>,
}

const KINDS: [Kind; 3] = [
    Kind {
        name: "postgres",
        has_file: false,
        hand_on: to_postgres,
    },
    Kind {
        name: "sqlite",
        has_file: true,
        hand_on: to_sqlite,
    },
    Kind {
        name: "duckdb",
        has_file: true,
        hand_on: to_duckdb,
    },
];

/// A target that was looked up.
pub(crate) struct Target {
    kind: &'static Kind,
    file: PathBuf,
}

/// The published dataset on its way to a target.
struct Errand<'a> {
    task: &'a Task<'a>,
    export: &'a Export,
    file: &'a Path,
    parquet: &'a Path,
    dataset: &'a Dataset,
    record: &'a RunRecord,
}

impl Errand<'_> {
    fn load(&self) -> Load<'_> {
        let version = &*self.record.version;
        Load {
            dataset: self.dataset,
            version: (!version.is_empty()).then_some(version),
            program: &self.record.program,
            run_key: &self.record.key,
        }
    }
}

/// Looks the targets up, before anything is done.
pub(crate) fn targets(task: &Task, export: &Export) -> Result<Vec<Target>> {
    let found = export.to.iter().map(|asked| target(task, asked));
    let found: Vec<Target> = found.collect::<Result<_>>()?;
    if found.iter().any(|target| !target.kind.has_file) {
        address(task, export)?;
    }
    Ok(found)
}

fn target(task: &Task, asked: &Destination) -> Result<Target> {
    let Some(kind) = KINDS.iter().find(|kind| kind.name == asked.name) else {
        let known = KINDS.map(|kind| kind.name).join(", ");
        let message = |lang| words::target_unknown(lang, &asked.name);
        return Err(Error::usage(message, |lang| {
            words::targets_known(lang, &known)
        }));
    };
    let hint = |lang| words::target_form(lang, kind.name);
    match &asked.file {
        None if kind.has_file => Err(Error::usage(
            |lang| words::file_missing(lang, kind.name),
            hint,
        )),
        Some(_) if !kind.has_file => Err(Error::usage(
            |lang| words::file_useless(lang, kind.name),
            words::url_missing_hint,
        )),
        file => Ok(Target {
            kind,
            file: task.place(file.as_deref().unwrap_or(Path::new(""))),
        }),
    }
}

/// The address of the database server, from the command line or the environment.
fn address<'a>(task: &'a Task, export: &'a Export) -> Result<&'a Secret> {
    let around = task.surroundings.database.url.as_ref();
    let given = export.url.as_ref().or(around);
    given.ok_or_else(|| Error::usage(words::url_missing, words::url_missing_hint))
}

/// Hands the published dataset on to every target.
pub(crate) fn hand_on(
    task: &Task,
    settings: &Settings,
    export: &Export,
    targets: &[Target],
    record: &RunRecord,
    screen: &mut Screen,
) -> Result<()> {
    if targets.is_empty() {
        return Ok(());
    }
    let dataset = publish::published(&settings.out)?;
    for target in targets {
        let lines = (target.kind.hand_on)(&Errand {
            task,
            export,
            file: &target.file,
            parquet: &settings.out.join(PARQUET),
            dataset: &dataset,
            record,
        })?;
        if !task.invocation.is_quiet {
            lines.iter().try_for_each(|line| screen.line(line))?;
        }
    }
    Ok(())
}

fn to_postgres(errand: &Errand) -> Result<Vec<String>> {
    let variables = &errand.task.surroundings.database;
    let options = postgres::Options {
        url: address(errand.task, errand.export)?.reveal(),
        password: variables.password.as_ref().map(Secret::reveal),
        schema: &errand.export.schema,
        is_replacing: errand.export.is_replacing,
    };
    let loaded = postgres::load(&options, &errand.load())?;
    let place = format!("PostgreSQL {}", errand.export.schema);
    Ok(told(errand.task.lang, &place, &loaded))
}

fn to_sqlite(errand: &Errand) -> Result<Vec<String>> {
    let loaded = sqlite::write(errand.file, &errand.load())?;
    let place = errand.file.display().to_string();
    Ok(told(errand.task.lang, &place, &loaded))
}

fn to_duckdb(errand: &Errand) -> Result<Vec<String>> {
    let program = errand.task.surroundings.database.duckdb();
    let load = errand.load();
    let loaded = duckdb::write(errand.file, program.as_deref(), errand.parquet, &load)?;
    let place = errand.file.display().to_string();
    Ok(told(errand.task.lang, &place, &loaded))
}

/// What was loaded, in sentences.
fn told(lang: Lang, place: &str, loaded: &Loaded) -> Vec<String> {
    let (tables, rows) = (loaded.tables, loaded.rows);
    let mut lines = vec![match loaded.changed {
        None => words::written(lang, place, tables, rows),
        Some(changed) => words::merged(lang, place, tables, rows, changed),
    }];
    lines.extend(loaded.dangling.iter().map(|one| {
        let (table, column) = (one.table, one.column);
        words::dangling(lang, table, column, one.target, one.rows, &one.example)
    }));
    if !loaded.dropped.is_empty() {
        lines.push(words::dropped(lang, loaded.dropped.join(", ")));
    }
    lines
}
