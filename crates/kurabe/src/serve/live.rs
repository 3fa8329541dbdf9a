//! What is served at the moment, and what the worker is doing.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::Serialize;

use super::pages::Pages;
use super::review::Desk;
use crate::config::Settings;
use crate::engine::{Dataset, Pieces};
use crate::problem::{Error, Result};
use crate::reviews::Reviews;
use crate::text::Lang;

/// What the worker is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Phase {
    /// Nothing: what is served is current.
    #[default]
    Current,
    /// It runs the pipeline.
    Running,
    /// It waits for another run that holds the lock.
    Waiting,
    /// The last run failed; what is served is older.
    Failed,
}

/// What happened, for the person at the terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Event {
    /// The report was made anew, with so many measures.
    Updated(usize),
    /// Another run holds the lock.
    Waiting,
    /// A run failed; told in the language of the program.
    Failed(String),
    /// The server has ended.
    Ended,
}

/// A problem in both languages, as the pages show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Told {
    pub(super) ja: Wording,
    pub(super) en: Wording,
}

/// A problem in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Wording {
    pub(super) message: String,
    pub(super) place: Option<String>,
    pub(super) hint: String,
}

impl Told {
    pub(super) fn of(error: &Error) -> Self {
        let in_language = |lang| {
            let report = error.problem().report(lang);
            Wording {
                message: report.message,
                place: report.place,
                hint: report.hint,
            }
        };
        Self {
            ja: in_language(Lang::Ja),
            en: in_language(Lang::En),
        }
    }

    /// A problem without place, by the functions that word it.
    pub(super) fn worded(message: impl Fn(Lang) -> String, hint: impl Fn(Lang) -> String) -> Self {
        let in_language = |lang| Wording {
            message: message(lang),
            place: None,
            hint: hint(lang),
        };
        Self {
            ja: in_language(Lang::Ja),
            en: in_language(Lang::En),
        }
    }
}

/// What `/api/state` says.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Status {
    pub(super) generation: u64,
    pub(super) phase: Phase,
    pub(super) problem: Option<Told>,
    pub(super) lang: &'static str,
}

/// A published dataset with its report, as it is served.
pub(super) struct Shown {
    pub(super) generation: u64,
    pub(super) settings: Settings,
    pub(super) data: Arc<Dataset>,
    pub(super) reviews: Reviews,
    pub(super) pages: Pages,
    desks: Mutex<BTreeMap<String, Arc<Desk>>>,
    pieces: Mutex<BTreeMap<String, Option<Arc<Pieces>>>>,
}

impl fmt::Debug for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shown")
            .field("generation", &self.generation)
            .finish_non_exhaustive()
    }
}

impl Shown {
    pub(super) fn new(settings: Settings, data: Dataset, reviews: Reviews, pages: Pages) -> Self {
        Self {
            generation: 0,
            settings,
            data: Arc::new(data),
            reviews,
            pages,
            desks: Mutex::default(),
            pieces: Mutex::default(),
        }
    }

    /// The measures as they are reviewed in an edition; the newest one when none is named.
    pub(super) fn desk(&self, edition: Option<&str>) -> Result<Arc<Desk>> {
        let mut desks = held(&self.desks);
        let name = edition.unwrap_or_default().to_owned();
        if let Some(desk) = desks.get(&name) {
            return Ok(Arc::clone(desk));
        }
        let desk = Arc::new(Desk::new(self, edition)?);
        // Unknown names fail above, so that only editions are kept.
        desks.insert(name, Arc::clone(&desk));
        Ok(desk)
    }

    /// The pieces of the file of a document; `None` when it is not the one that was read.
    pub(super) fn pieces(&self, document_id: &str) -> Option<Arc<Pieces>> {
        let mut pieces = held(&self.pieces);
        if let Some(found) = pieces.get(document_id) {
            return found.clone();
        }
        let mut documents = self.data.documents.iter();
        let document = documents.find(|one| one.document_id == document_id)?;
        let sources = crate::sources::Sources::new(&self.settings);
        let read = sources.pieces(document).ok().flatten().map(Arc::new);
        pieces.insert(document_id.to_owned(), read.clone());
        read
    }
}

#[derive(Debug, Default)]
struct Inner {
    generation: u64,
    phase: Phase,
    problem: Option<Told>,
    shown: Option<Arc<Shown>>,
    is_woken: bool,
}

/// What the worker and the server share.
#[derive(Debug)]
pub(super) struct Live {
    pub(super) lang: Lang,
    inner: Mutex<Inner>,
    woken: Condvar,
    events: Sender<Event>,
    /// Held while a decision is written, so that two requests do not meet.
    pub(super) writing: Mutex<()>,
}

impl Live {
    pub(super) fn new(lang: Lang, events: Sender<Event>) -> Self {
        Self {
            lang,
            inner: Mutex::new(Inner {
                phase: Phase::Running,
                ..Inner::default()
            }),
            woken: Condvar::new(),
            events,
            writing: Mutex::default(),
        }
    }

    pub(super) fn status(&self) -> Status {
        let inner = held(&self.inner);
        Status {
            generation: inner.generation,
            phase: inner.phase,
            problem: inner.problem.clone(),
            lang: self.lang.pick("ja", "en"),
        }
    }

    pub(super) fn shown(&self) -> Option<Arc<Shown>> {
        held(&self.inner).shown.clone()
    }

    /// Says what the worker is doing.
    pub(super) fn enter(&self, phase: Phase) {
        let mut inner = held(&self.inner);
        if phase == Phase::Waiting && inner.phase != Phase::Waiting {
            self.tell(Event::Waiting);
        }
        inner.phase = phase;
    }

    /// Shows a new dataset from now on.
    pub(super) fn show(&self, mut shown: Shown) {
        let measures = shown.data.measures.len();
        let mut inner = held(&self.inner);
        inner.generation += 1;
        shown.generation = inner.generation;
        inner.shown = Some(Arc::new(shown));
        inner.phase = Phase::Current;
        inner.problem = None;
        self.tell(Event::Updated(measures));
    }

    /// A run failed; what was shown stays.
    pub(super) fn fail(&self, error: &Error) {
        let mut inner = held(&self.inner);
        inner.phase = Phase::Failed;
        inner.problem = Some(Told::of(error));
        self.tell(Event::Failed(error.told(self.lang)));
    }

    /// Asks the worker to run now.
    pub(super) fn wake(&self) {
        held(&self.inner).is_woken = true;
        self.woken.notify_all();
    }

    /// Waits for so long or until somebody asks for a run; `true` then.
    pub(super) fn wait(&self, longest: Duration) -> bool {
        let inner = held(&self.inner);
        let waited = self
            .woken
            .wait_timeout_while(inner, longest, |inner| !inner.is_woken);
        let (mut inner, _) = waited.unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut inner.is_woken)
    }

    /// The server has ended.
    pub(super) fn end(&self) {
        self.tell(Event::Ended);
        self.wake();
    }

    fn tell(&self, event: Event) {
        // Nobody listens any more when the program ends.
        let _ = self.events.send(event);
    }
}

/// What a lock guards. A thread that panicked while it held the lock left whole values behind.
pub(super) fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}
