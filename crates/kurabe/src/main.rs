//! The `kurabe` program.

use std::io::{stderr, stdout};
use std::process::ExitCode;

fn main() -> ExitCode {
    let surroundings = kurabe::cli::Surroundings::of_process();
    let exit = kurabe::cli::run(&surroundings, &mut stdout().lock(), &mut stderr());
    ExitCode::from(exit.code())
}
