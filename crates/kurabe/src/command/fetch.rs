//! `kurabe fetch`: documents from the web into the folder of source files.

use kurabe_fetch::{FetchError, Held, Intent, Outside, Report, Source, State, intents};

use crate::cli::{FetchMode, Screen, Task};
use crate::config::Settings;
use crate::fetching::{self, both};
use crate::lock::Lock;
use crate::problem::{Exit, Problem, Result};
use crate::progress::{Downloads, Progress};
use crate::record;
use crate::text::{Lang, fetch as words, screen};

/// Fetches the sources, or only shows what would be done or what is there.
pub(crate) fn fetch(
    task: &Task,
    ids: &[String],
    mode: FetchMode,
    screen: &mut Screen,
) -> Result<Exit> {
    let settings = Settings::load(&task.surroundings.folder, &task.invocation.overrides)?;
    let sources = fetching::sources(&settings, ids)?;
    match mode {
        FetchMode::Online => online(task, &settings, &sources, screen),
        FetchMode::Offline => offline(task, &settings, &sources, screen),
        FetchMode::DryRun => dry_run(task, &settings, &sources, screen),
    }
}

fn online(
    task: &Task,
    settings: &Settings,
    sources: &[Source],
    screen: &mut Screen,
) -> Result<Exit> {
    let seed = record::now().as_microsecond().unsigned_abs();
    let options = fetching::options(settings, &task.surroundings.proxies, seed)?;
    let _lock = Lock::take(&settings.raw)?;
    let progress = if task.invocation.is_quiet {
        Progress::hidden()
    } else {
        Progress::shown()
    };
    let downloads = Downloads::new(&progress, task.lang, sources.len());
    let outside = Outside {
        clock: &record::now,
        watch: &downloads,
    };
    let reports = kurabe_fetch::fetch(&settings.raw, sources, &options, outside);
    drop(downloads);
    let reports = reports.map_err(fetching::stopped)?;
    if !task.invocation.is_quiet {
        show(&reports, screen)?;
    }
    outcome(&reports)
}

fn show(reports: &[Report], screen: &mut Screen) -> Result<()> {
    let lang = screen.lang;
    let heading = [
        screen::column_source(lang),
        screen::column_state(lang),
        screen::column_bytes(lang),
        screen::column_file(lang),
    ];
    let rows = reports.iter().map(|report| row(lang, report));
    let rows: Vec<Vec<String>> = std::iter::once(heading.to_vec()).chain(rows).collect();
    screen.table(&rows)?;
    for report in reports {
        if let Ok(State::Changed(kept)) = report.outcome.as_ref().map(|fetched| &fetched.state) {
            screen.line(&screen::kept_version(lang, &report.id, kept))?;
        }
    }
    Ok(())
}

fn row(lang: Lang, report: &Report) -> Vec<String> {
    let id = report.id.clone();
    match &report.outcome {
        Ok(fetched) => {
            let state = match fetched.state {
                State::New => screen::state_new(lang),
                State::Changed(_) => screen::state_changed(lang),
                State::Unchanged => screen::state_unchanged(lang),
            };
            vec![id, state, fetched.bytes.to_string(), fetched.path.clone()]
        }
        Err(_) => vec![
            id,
            screen::state_failed(lang),
            "-".to_owned(),
            "-".to_owned(),
        ],
    }
}

/// The problem of the sources that failed, where any did.
fn outcome(reports: &[Report]) -> Result<Exit> {
    let failures: Vec<(&str, &FetchError)> = reports
        .iter()
        .filter_map(|report| Some((&*report.id, report.outcome.as_ref().err()?)))
        .collect();
    if failures.is_empty() {
        return Ok(Exit::Done);
    }
    let lines = |lang: Lang| {
        let line =
            |(id, error): &(&str, &FetchError)| format!("  {id}: {}", words::failure(lang, error));
        failures.iter().map(line).collect::<Vec<_>>().join("\n")
    };
    Err(Problem::FetchFailed {
        failed: failures.len(),
        all: reports.len(),
        detail: both(&lines),
    }
    .into())
}

/// Checks without the network that every source is there.
fn offline(
    task: &Task,
    settings: &Settings,
    sources: &[Source],
    screen: &mut Screen,
) -> Result<Exit> {
    let intents = intents(&settings.raw, sources).map_err(fetching::stopped)?;
    if !task.invocation.is_quiet {
        show_intents(&intents, held, screen)?;
    }
    let is_missing = |held| matches!(held, Held::Nothing | Held::Part(_));
    let missing: Vec<&str> = intents
        .iter()
        .filter(|intent| is_missing(intent.held))
        .map(|intent| &*intent.id)
        .collect();
    if missing.is_empty() {
        return Ok(Exit::Done);
    }
    Err(Problem::Offline {
        place: settings.raw.clone(),
        missing: missing.join(", "),
    }
    .into())
}

/// Shows without the network what would be done.
fn dry_run(
    task: &Task,
    settings: &Settings,
    sources: &[Source],
    screen: &mut Screen,
) -> Result<Exit> {
    let options = fetching::options(settings, &task.surroundings.proxies, 0)?;
    let intents = intents(&settings.raw, sources).map_err(fetching::stopped)?;
    screen.line(&screen::fetch_agent(screen.lang, &options.agent))?;
    let told = if options.is_forced { forced } else { planned };
    show_intents(&intents, told, screen)?;
    Ok(Exit::Done)
}

fn show_intents(
    intents: &[Intent],
    tell: fn(Lang, Held) -> String,
    screen: &mut Screen,
) -> Result<()> {
    let lang = screen.lang;
    let heading = [
        screen::column_source(lang),
        screen::column_state(lang),
        screen::column_file(lang),
        screen::column_url(lang),
    ];
    let row = |intent: &Intent| {
        let path = intent.path.clone().unwrap_or_else(|| "-".to_owned());
        vec![
            intent.id.clone(),
            tell(lang, intent.held),
            path,
            intent.url.clone(),
        ]
    };
    let rows = intents.iter().map(row);
    let rows: Vec<Vec<String>> = std::iter::once(heading.to_vec()).chain(rows).collect();
    screen.table(&rows)
}

fn held(lang: Lang, held: Held) -> String {
    match held {
        Held::Nothing => screen::held_nothing(lang),
        Held::Part(bytes) => screen::held_part(lang, bytes),
        Held::Whole => screen::held_whole(lang),
        Held::Altered => screen::held_altered(lang),
    }
}

fn planned(lang: Lang, held: Held) -> String {
    match held {
        Held::Nothing | Held::Altered => screen::intent_fetch(lang),
        Held::Part(bytes) => screen::intent_continue(lang, bytes),
        Held::Whole => screen::intent_check(lang),
    }
}

fn forced(lang: Lang, _held: Held) -> String {
    screen::intent_fetch(lang)
}
