//! `kurabe inspect`: a file as it was read.

use std::fs;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use kurabe_page::Page;

use crate::cli::{Form, Inspection, Screen, Task};
use crate::config::Settings;
use crate::engine::{self, Limits, Recognition};
use crate::isolate::isolated;
use crate::problem::{Error, Exit, Problem, Result, reading};
use crate::profiles::ProfileFiles;
use crate::text::{review, view as words};
use crate::view::{self, About, Pages, View};

/// Shows what was read of a file, or writes it to another one.
pub(crate) fn inspect(task: &Task, asked: &Inspection, screen: &mut Screen) -> Result<Exit> {
    let path = task.place(&asked.file);
    let to = asked.to.as_deref().map(|to| target(task, &path, to));
    let to = to.transpose()?;
    let text = shown(task, asked, path)?;
    let Some(to) = to else {
        screen.text(&text)?;
        return Ok(Exit::Done);
    };
    task.surroundings.disk.replace(&to, text.as_bytes())?;
    if !task.invocation.is_quiet {
        screen.line(&review::written(screen.lang, to.display()))?;
    }
    Ok(Exit::Done)
}

/// The file to write: never the source, and an old one only when that was asked for.
fn target(task: &Task, source: &Path, to: &Path) -> Result<PathBuf> {
    let path = task.place(to);
    if path.exists() {
        let same = |path: &Path| fs::canonicalize(path).ok();
        if same(&path).is_some_and(|path| same(source) == Some(path)) {
            return Err(Error::usage(words::onto_source, words::onto_source_hint));
        }
        if !task.invocation.overrides.is_forced {
            return Err(Problem::Exists(path).into());
        }
    }
    Ok(path)
}

fn shown(task: &Task, asked: &Inspection, path: PathBuf) -> Result<String> {
    let bytes = fs::read(&path).map_err(reading(&path))?;
    let limits = Settings::load(&task.surroundings.folder, &task.invocation.overrides)
        .map_or_else(|_| Limits::default(), |settings| settings.limits);
    let name = path.to_string_lossy().into_owned();
    let hint = engine::hint(None, Some(&name), limits);
    let unreadable = |(ja, en): (String, String)| {
        Error::from(Problem::Unreadable(
            path.clone(),
            task.lang.pick(&ja, &en).to_owned(),
        ))
    };
    let read = isolated(|| -> std::result::Result<_, (String, String)> {
        let page = engine::read(&bytes, &hint)?;
        let drawn = drawn(asked);
        let (recognised, source) = engine::facsimile(&bytes, &hint, drawn)?;
        Ok((page, recognised, source))
    });
    let (page, recognised, source) = read
        .map_err(|panic| unreadable((panic.clone(), panic)))?
        .map_err(unreadable)?;
    let about = About {
        file: asked.file.display().to_string(),
        bytes: bytes.len(),
        recognised,
        profiles: profiles(task, &page.value),
        media_type: engine::media_type(&page.value.reader),
    };
    let mut view = View::new(about, &page.value, page.findings, &source);
    check_pages(asked.pages, view.count())?;
    let range = asked.pages.map_or(1..=usize::MAX, Pages::range);
    Ok(match asked.form {
        Form::Html => view::html(view, &source, &drawn(asked), task.lang),
        Form::Json => {
            view.keep(&range);
            view::json(&view)?
        }
        Form::Text => {
            view.keep(&range);
            view::listing(&view, task.lang)
        }
    })
}

/// The pages that are drawn.
fn drawn(asked: &Inspection) -> RangeInclusive<usize> {
    match (asked.form, asked.pages) {
        (Form::Html, Some(pages)) => pages.range(),
        (Form::Html, None) => 1..=view::USUAL_PAGES,
        // An empty range: nothing is drawn.
        (Form::Text | Form::Json, _) => RangeInclusive::new(1, 0),
    }
}

fn check_pages(pages: Option<Pages>, all: usize) -> Result<()> {
    let beyond = pages.map(|pages| pages.first).filter(|first| *first > all);
    beyond.map_or(Ok(()), |asked| {
        Err(Error::usage(
            |lang| words::pages_beyond(lang, asked, all),
            |lang| words::pages_hint(lang, all),
        ))
    })
}

/// The documents whose profiles recognise the page, as far as profiles are at hand.
fn profiles(task: &Task, page: &Page) -> Vec<String> {
    let overrides = &task.invocation.overrides;
    let profiles = Settings::load(&task.surroundings.folder, overrides)
        .and_then(|settings| ProfileFiles::load(&settings.municipalities))
        .and_then(|files| files.parse())
        .unwrap_or_default();
    let claims = |profile: &&engine::Profile| profile.recognise(page) == Recognition::Document;
    let claiming = profiles.iter().filter(claims);
    claiming.map(|profile| profile.document_id()).collect()
}
