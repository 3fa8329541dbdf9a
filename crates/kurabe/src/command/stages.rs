//! `kurabe ingest`, `normalize`, `export` and `run`.

use crate::cli::{Export, Screen, Task};
use crate::command::target;
use crate::config::Settings;
use crate::engine::{Dataset, FindingRow};
use crate::ingest::Index;
use crate::pipeline::Work;
use crate::problem::{Exit, Result};
use crate::progress::Progress;
use crate::publish::Published;
use crate::record::{Tally, tallies};
use crate::results::{self, DocumentResult};
use crate::text::{Lang, screen as words};
use crate::versioning::CHANGES_NAME;

/// Does the work of a stage with the settings of the command line.
fn with_work<T>(task: &Task, stage: impl FnOnce(&Work) -> Result<T>) -> Result<T> {
    let settings = Settings::load(&task.surroundings.folder, &task.invocation.overrides)?;
    let progress = if task.invocation.is_quiet {
        Progress::hidden()
    } else {
        Progress::shown()
    };
    stage(&Work::new(
        &settings,
        task.lang,
        &task.surroundings.disk,
        progress,
        task.surroundings.program.as_deref(),
    )?)
}

/// Reads the source files and shows which documents they hold.
pub(crate) fn ingest(task: &Task, screen: &mut Screen) -> Result<Exit> {
    with_work(task, |work| {
        let ingested = work.ingest()?;
        let (_, findings) = ingested.index.assigned();
        if !task.invocation.is_quiet {
            screen.table(&file_rows(&ingested.index, task.lang))?;
            show_findings(&findings, screen)?;
        }
        Ok(exit_of(findings.iter().map(|finding| &*finding.severity)))
    })
}

fn file_rows(index: &Index, lang: Lang) -> Vec<Vec<String>> {
    let (assigned, _) = index.assigned();
    let heading = [
        words::column_file(lang),
        words::column_document(lang),
        words::column_encoding(lang),
    ];
    let mut rows = vec![heading.to_vec()];
    for entry in &index.files {
        let holder = assigned.iter().find(|one| one.source.path == entry.path);
        let document = holder.map_or("-", |one| &*one.configured.document_id);
        let encoding = entry.encoding.as_deref().unwrap_or("-");
        rows.push(
            [&*entry.path, document, encoding]
                .map(str::to_owned)
                .to_vec(),
        );
    }
    rows
}

fn show_findings(findings: &[FindingRow], screen: &mut Screen) -> Result<()> {
    for finding in findings {
        let severity = severity_word(screen.lang, &finding.severity);
        let message = screen
            .lang
            .pick(&finding.message_ja, &finding.message_en)
            .to_owned();
        screen.line(&format!("{severity}: {message}"))?;
    }
    Ok(())
}

/// The word for a severity.
pub(crate) fn severity_word(lang: Lang, severity: &str) -> String {
    match severity {
        "error" => words::severity_error(lang),
        "warning" => words::severity_warning(lang),
        _ => words::severity_info(lang),
    }
}

/// Makes the tables of every document.
pub(crate) fn normalize(task: &Task, screen: &mut Screen) -> Result<Exit> {
    with_work(task, |work| {
        let (index, results) = work.normalize()?;
        let tallies = tallies(&joined(work, &index, results)?);
        if !task.invocation.is_quiet {
            show_tallies(&tallies, screen)?;
            let folder = work.settings.normalized.display();
            screen.line(&words::normalized(task.lang, folder))?;
        }
        Ok(exit_of_tallies(&tallies))
    })
}

/// The tables of all documents and what is to be remarked about files.
fn joined(work: &Work, index: &Index, results: Vec<DocumentResult>) -> Result<Dataset> {
    let mut all = Dataset::default();
    for result in results {
        all.findings.extend(result.failure);
        all.append(match result.fresh {
            Some(dataset) => dataset,
            None => results::stored(work, &result.assigned)?,
        });
    }
    all.findings.extend(index.assigned().1);
    Ok(all)
}

/// Writes the dataset and hands it on to databases.
pub(crate) fn export(task: &Task, export: &Export, screen: &mut Screen) -> Result<Exit> {
    let targets = target::targets(task, export)?;
    with_work(task, |work| {
        let published = work.export()?;
        let exit = show_published(work, &published, task, screen)?;
        let (settings, record) = (work.settings, &published.record);
        target::hand_on(task, settings, export, &targets, record, screen)?;
        Ok(exit)
    })
}

/// All stages.
pub(crate) fn run(task: &Task, screen: &mut Screen) -> Result<Exit> {
    with_work(task, |work| {
        show_published(work, &work.run()?, task, screen)
    })
}

fn show_published(
    work: &Work,
    published: &Published,
    task: &Task,
    screen: &mut Screen,
) -> Result<Exit> {
    let exit = exit_of_tallies(&published.record.documents);
    if task.invocation.is_quiet {
        return Ok(exit);
    }
    show_tallies(&published.record.documents, screen)?;
    let folder = work.settings.out.display();
    screen.line(&if published.is_new {
        words::written(task.lang, folder)
    } else {
        words::up_to_date(task.lang, folder)
    })?;
    if published.is_new {
        let version = &published.record.version;
        screen.line(&words::version(task.lang, version, CHANGES_NAME))?;
    }
    if exit == Exit::Findings {
        screen.line(&words::see_check(task.lang))?;
    }
    Ok(exit)
}

fn show_tallies(tallies: &[Tally], screen: &mut Screen) -> Result<()> {
    let lang = screen.lang;
    let heading = [
        words::column_document(lang),
        words::column_measures(lang),
        words::column_kpis(lang),
        words::column_errors(lang),
        words::column_warnings(lang),
        words::column_infos(lang),
        words::column_unread(lang),
    ];
    let mut rows = vec![heading.to_vec()];
    for tally in tallies {
        let name = tally
            .document_id
            .clone()
            .unwrap_or_else(|| words::files_row(lang));
        rows.push(tally_row(name, tally));
    }
    rows.push(tally_row(words::total_row(lang), &sum(tallies)));
    screen.table(&rows)
}

fn tally_row(name: String, tally: &Tally) -> Vec<String> {
    let Tally {
        measures,
        kpis,
        errors,
        warnings,
        infos,
        unread,
        ..
    } = tally;
    let numbers = [measures, kpis, errors, warnings, infos, unread].map(u64::to_string);
    std::iter::once(name).chain(numbers).collect()
}

fn sum(tallies: &[Tally]) -> Tally {
    tallies.iter().fold(Tally::default(), |sum, tally| Tally {
        document_id: None,
        measures: sum.measures + tally.measures,
        kpis: sum.kpis + tally.kpis,
        errors: sum.errors + tally.errors,
        warnings: sum.warnings + tally.warnings,
        infos: sum.infos + tally.infos,
        unread: sum.unread + tally.unread,
    })
}

fn exit_of_tallies(tallies: &[Tally]) -> Exit {
    if tallies.iter().any(|tally| tally.errors > 0) {
        Exit::Findings
    } else {
        Exit::Done
    }
}

/// How a command ends that met findings of these severities.
pub(crate) fn exit_of<'a>(severities: impl IntoIterator<Item = &'a str>) -> Exit {
    let has_error = severities.into_iter().any(|severity| severity == "error");
    if has_error {
        Exit::Findings
    } else {
        Exit::Done
    }
}
