//! `kurabe init`: a commented configuration and an example profile.

use std::path::PathBuf;

use crate::cli::{Screen, Task};
use crate::config::CONFIG_NAME;
use crate::disk::make_folder;
use crate::problem::{Exit, Problem, Result};
use crate::text::{screen as words, starter};

/// Name of the example profile. It does not end in `.toml`, so that it is no profile yet.
const EXAMPLE: &str = "municipalities/000000-example/plan.toml.example";

/// Writes the starting files, refusing to overwrite any.
pub(crate) fn init(task: &Task, screen: &mut Screen) -> Result<Exit> {
    let overrides = &task.invocation.overrides;
    let config = task.place(overrides.config.as_deref().unwrap_or(CONFIG_NAME.as_ref()));
    let home = config.parent().map(PathBuf::from).unwrap_or_default();
    let files = [
        (config, starter::config(task.lang)),
        (home.join(EXAMPLE), starter::profile(task.lang)),
        (home.join("raw/README.md"), starter::raw(task.lang)),
    ];
    let taken = files.iter().find(|(path, _)| path.exists());
    if let Some((path, _)) = taken.filter(|_| !overrides.is_forced) {
        return Err(Problem::Exists(path.clone()).into());
    }
    for (path, text) in files {
        if let Some(folder) = path.parent() {
            make_folder(folder)?;
        }
        task.surroundings.disk.replace(&path, text.as_bytes())?;
        screen.line(&words::created(task.lang, path.display()))?;
    }
    screen.line(&words::init_next(task.lang))?;
    Ok(Exit::Done)
}
