//! `kurabe compare` and `kurabe gaps`.

use crate::cli::{Screen, Task};
use crate::comparison::{self, Choice, Form};
use crate::config::Settings;
use crate::engine::Dataset;
use crate::problem::{Exit, Result};
use crate::publish;

/// Shows what was asked for side by side.
pub(crate) fn compare(
    task: &Task,
    choice: &Choice,
    form: Form,
    screen: &mut Screen,
) -> Result<Exit> {
    let sheet = comparison::compare(&published(task)?, choice, task.lang)?;
    screen.text(&sheet.shown(form))?;
    Ok(Exit::Done)
}

/// Lists where a municipality stands out.
pub(crate) fn gaps(
    task: &Task,
    municipality: &str,
    choice: &Choice,
    form: Form,
    screen: &mut Screen,
) -> Result<Exit> {
    let sheet = comparison::gaps(&published(task)?, municipality, choice, task.lang)?;
    screen.text(&sheet.shown(form))?;
    Ok(Exit::Done)
}

fn published(task: &Task) -> Result<Dataset> {
    let settings = Settings::load(&task.surroundings.folder, &task.invocation.overrides)?;
    publish::published(&settings.out)
}
