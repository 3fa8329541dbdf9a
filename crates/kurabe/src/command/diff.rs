//! `kurabe diff`.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use kurabe_changes::{Changes, ExportError, Story, compare, is_dataset, tables};

use crate::cli::{Difference, DifferenceForm, Screen, Task};
use crate::difference::{self, Versions};
use crate::isolate::isolated;
use crate::problem::{Error, Exit, Problem, Result};
use crate::publish::PARQUET;
use crate::text::difference as words;
use crate::versioning::version_of;

/// Shows what differs; ends with [`Exit::Findings`] where something does.
pub(crate) fn diff(task: &Task, asked: &Difference, screen: &mut Screen) -> Result<Exit> {
    let (old, new) = (task.place(&asked.old), task.place(&asked.new));
    let (old_tables, new_tables) = (tables_of(&old)?, tables_of(&new)?);
    known(&asked.tables, &old_tables, &new_tables)?;
    let (mut changes, mut story) = compared(&old_tables, &new_tables)?;
    if !asked.tables.is_empty() {
        changes = changes.only(&asked.tables);
        story = Story::default();
    }
    let versions = Versions {
        old: version_of(&old),
        new: version_of(&new),
    };
    let shown = match asked.form {
        DifferenceForm::Json => difference::json(&changes, &story, versions),
        DifferenceForm::Csv => difference::csv(&changes),
        DifferenceForm::Text | DifferenceForm::Markdown => {
            let is_markdown = asked.form == DifferenceForm::Markdown;
            let rows = !asked.tables.is_empty();
            difference::told(&changes, &story, versions, task.lang, is_markdown, rows)
        }
    };
    screen.text(&shown)?;
    Ok(if changes.is_empty() {
        Exit::Done
    } else {
        Exit::Findings
    })
}

/// The folder of Parquet files of a dataset: the one in an `out/`, or the folder itself.
fn tables_of(folder: &Path) -> Result<PathBuf> {
    let inner = folder.join(PARQUET);
    let candidates = [inner, folder.to_owned()];
    let found = candidates.into_iter().find(|folder| is_dataset(folder));
    found.ok_or_else(|| {
        let shown = folder.display();
        let told = |lang| words::dataset_none(lang, &shown);
        Error::usage(told, words::dataset_none_hint)
    })
}

/// Refuses tables that neither dataset has.
fn known(asked: &[String], old: &Path, new: &Path) -> Result<()> {
    let mut names = BTreeSet::new();
    for folder in [old, new] {
        names.extend(tables(folder).map_err(|error| unreadable(&error))?);
    }
    let unknown = asked.iter().find(|name| !names.contains(*name));
    unknown.map_or(Ok(()), |name| {
        let list = names.iter().cloned().collect::<Vec<_>>().join(", ");
        let told = |lang| words::table_unknown(lang, name);
        Err(Error::usage(told, |lang| {
            words::table_unknown_hint(lang, &list)
        }))
    })
}

/// What differs. A damaged file that makes its reader panic is a damaged file.
fn compared(old: &Path, new: &Path) -> Result<(Changes, Story)> {
    let work = || {
        let changes = compare(old, new)?;
        let story = Story::of(&changes)?;
        Ok::<_, ExportError>((changes, story))
    };
    match isolated(work) {
        Ok(outcome) => outcome.map_err(|error| unreadable(&error)),
        Err(panic) => Err(Problem::ResultsDamaged(old.to_owned(), panic).into()),
    }
}

fn unreadable(error: &ExportError) -> crate::problem::Error {
    let path = error.path().map(Path::to_owned).unwrap_or_default();
    Problem::ResultsDamaged(path, error.to_string()).into()
}
