//! The command line: understands it, does what it asks, tells the outcome.

mod comparing;
mod difference;
mod grammar;
mod mistake;
mod partitioning;
mod reporting;
mod review;
mod screen;
mod serving;
mod target;

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::PathBuf;

pub use difference::{Difference, Form as DifferenceForm};
pub use grammar::{
    Action, FetchMode, Form, Inspection, Invocation, PROGRAM, command, language, parse,
};
pub use reporting::Reporting;
pub use review::{Review, Selection, Signature};
pub use screen::Screen;
pub use serving::Serve;
pub use target::{DatabaseVariables, Destination, Export, Secret};

use kurabe_fetch::Proxies;
use kurabe_serve::Stop;

use crate::command::review as command_review;
use crate::command::{
    check, classify, compare, diff, evaluate, explain, fetch, init, inspect, report, serve, shell,
    stages, verify,
};
use crate::disk::Disk;
use crate::problem::{Error, Exit, Result};
use crate::reading;
use crate::text::Lang;

/// What the program finds around it.
#[derive(Debug, Default)]
pub struct Surroundings {
    /// The command line; the first word is the program's name.
    pub arguments: Vec<OsString>,
    /// The folder that relative paths begin at; empty for that of the process.
    pub folder: PathBuf,
    /// The environment variable `KURABE_LANG`.
    pub language: Option<String>,
    /// Standard input; that of the process when absent.
    pub input: Option<Vec<u8>>,
    /// Where results are written.
    pub disk: Disk,
    /// This program, to be started again for files that could take it down; they are read in this
    /// process when absent.
    pub program: Option<PathBuf>,
    /// The proxies that environment variables name.
    pub proxies: Proxies,
    /// Ends `kurabe serve`; signals to the process do that when absent.
    pub stop: Option<Stop>,
    /// What environment variables say of databases.
    pub database: DatabaseVariables,
}

impl Surroundings {
    /// Those of this process.
    #[must_use]
    pub fn of_process() -> Self {
        Self {
            arguments: std::env::args_os().collect(),
            folder: PathBuf::new(),
            language: std::env::var("KURABE_LANG").ok(),
            input: None,
            disk: Disk::default(),
            program: reading::this_program(),
            proxies: Proxies::of(|name| std::env::var(name).ok()),
            stop: None,
            database: DatabaseVariables::of_process(),
        }
    }
}

/// Runs the program: results go to `out`, errors to `err`.
pub fn run(surroundings: &Surroundings, out: &mut dyn Write, err: &mut dyn Write) -> Exit {
    if is_child(surroundings) {
        return reading::answer(&mut io::stdin().lock(), out);
    }
    let lang = language(&surroundings.arguments, surroundings.language.as_deref());
    let mut screen = Screen::new(out, lang);
    let outcome = match parse(&surroundings.arguments, lang) {
        Ok(invocation) => act(surroundings, &invocation, lang, &mut screen),
        Err(error) => answer(&error, &mut screen),
    };
    match outcome {
        Ok(exit) => exit,
        Err(error) => tell(&error, lang, err),
    }
}

/// Whether the program was started by itself to read one file: the hidden command is no part of
/// its interface.
fn is_child(surroundings: &Surroundings) -> bool {
    let mut words = surroundings.arguments.iter().skip(1);
    words.next().is_some_and(|word| word == reading::WORD) && words.next().is_none()
}

fn tell(error: &Error, lang: Lang, err: &mut dyn Write) -> Exit {
    // Nothing is left to be done when even the error stream is closed.
    let _ = writeln!(err, "{}", error.told(lang));
    error.exit()
}

/// Help and the version are answers, everything else that clap says is a mistake.
fn answer(error: &clap::Error, screen: &mut Screen) -> Result<Exit> {
    match mistake::problem(error) {
        Some(problem) => Err(problem),
        None => {
            screen.text(&error.render().to_string())?;
            Ok(Exit::Done)
        }
    }
}

fn act(
    surroundings: &Surroundings,
    invocation: &Invocation,
    lang: Lang,
    screen: &mut Screen,
) -> Result<Exit> {
    let task = Task {
        surroundings,
        invocation,
        lang,
    };
    match &invocation.action {
        Action::Init => init::init(&task, screen),
        Action::Fetch { ids, mode } => fetch::fetch(&task, ids, *mode, screen),
        Action::Ingest => stages::ingest(&task, screen),
        Action::Normalize => stages::normalize(&task, screen),
        Action::Export(export) => stages::export(&task, export, screen),
        Action::Run => stages::run(&task, screen),
        Action::Inspect(asked) => inspect::inspect(&task, asked, screen),
        Action::Explain(id) => explain::explain(&task, id, screen),
        Action::Check { is_json } => check::check(&task, *is_json, screen),
        Action::Verify => verify::verify(&task, screen),
        Action::Classify { edition } => classify::classify(&task, edition.as_deref(), screen),
        Action::Evaluate {
            codes,
            edition,
            is_markdown,
        } => evaluate::evaluate(&task, codes, edition.as_deref(), *is_markdown, screen),
        Action::Compare { choice, form } => compare::compare(&task, choice, *form, screen),
        Action::Gaps {
            municipality,
            choice,
            form,
        } => compare::gaps(&task, municipality, choice, *form, screen),
        Action::Report(asked) => report::report(&task, asked, screen),
        Action::Serve(asked) => serve::serve(&task, asked, screen),
        Action::Diff(difference) => diff::diff(&task, difference, screen),
        Action::Review(review) => command_review::review(&task, review, screen),
        Action::Completions(shell) => shell::completions(*shell, screen),
        Action::Man => shell::man(screen),
    }
}

/// A command that is being done.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Task<'a> {
    pub(crate) surroundings: &'a Surroundings,
    pub(crate) invocation: &'a Invocation,
    pub(crate) lang: Lang,
}

impl Task<'_> {
    /// A path of the command line.
    pub(crate) fn place(&self, path: &std::path::Path) -> PathBuf {
        self.surroundings.folder.join(path)
    }
}

/// Whether output failed only because its reader has gone (`kurabe check | head`).
fn is_gone(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::BrokenPipe
}
