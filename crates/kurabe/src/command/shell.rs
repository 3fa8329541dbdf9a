//! `kurabe completions` and `kurabe man`.

use clap_complete::Shell;
use clap_mangen::Man;

use crate::cli::{PROGRAM, Screen, command};
use crate::problem::{Exit, Result};

/// Writes a completion script.
pub(crate) fn completions(shell: Shell, screen: &mut Screen) -> Result<Exit> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command(screen.lang), PROGRAM, &mut script);
    screen.bytes(&script)?;
    Ok(Exit::Done)
}

/// Writes the man page, and below it one for every command.
pub(crate) fn man(screen: &mut Screen) -> Result<Exit> {
    let mut page = Vec::new();
    let root = command(screen.lang);
    // Writing into memory does not fail.
    let _ = Man::new(root.clone()).render(&mut page);
    screen.bytes(&page)?;
    Ok(Exit::Done)
}
