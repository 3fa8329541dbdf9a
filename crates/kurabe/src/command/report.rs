//! `kurabe report`.

use std::path::Path;

use kurabe_report::Report;

use crate::cli::{Reporting, Screen, Task};
use crate::config::Settings;
use crate::generation::Generation;
use crate::lock::{self, Lock};
use crate::problem::{Exit, Problem, Result};
use crate::publish;
use crate::record::RunRecord;
use crate::report::{self, Contents, START_NAME};
use crate::text::report as words;

/// Writes the report, in place of a former one.
pub(crate) fn report(task: &Task, asked: &Reporting, screen: &mut Screen) -> Result<Exit> {
    let settings = Settings::load(&task.surroundings.folder, &task.invocation.overrides)?;
    let folder = match &asked.to {
        Some(to) => task.place(to),
        None => settings.report.clone(),
    };
    settings.refuse_report(&folder)?;
    report::refuse_foreign(&folder)?;
    let out = &settings.out;
    let record = RunRecord::load(out);
    let dataset = publish::published(out)?;
    let _lock = Lock::take(&folder)?;
    let generation = Generation::begin(&folder, report::is_ours)?;
    let contents = Contents {
        lang: task.lang,
        edition: asked.edition.as_deref(),
        record: record.as_ref(),
        downloads: asked.has_downloads.then_some(out),
    };
    let written = report::write(
        &task.surroundings.disk,
        generation.folder(),
        &dataset,
        &contents,
    )?;
    if RunRecord::load(out) != record {
        // The dataset was replaced meanwhile: pages and files would be of two of them.
        return Err(Problem::Locked(out.clone()).into());
    }
    lock::carry_over(&folder, generation.folder())?;
    generation.publish()?;
    if !task.invocation.is_quiet {
        screen.line(&told(task, &folder, &written))?;
    }
    Ok(Exit::Done)
}

fn told(task: &Task, folder: &Path, written: &Report) -> String {
    let page = folder.join(START_NAME);
    let size = indicatif::HumanBytes(written.bytes);
    words::written(task.lang, page.display(), written.files, size)
}
