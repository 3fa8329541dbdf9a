//! Tasks of this repository, run with `cargo run -p xtask -- TASK`.
//!
//! `raw` makes the bundled files in `raw/` of the transcriptions in `xtask/sources/`, in the formats
//! that municipalities publish; `raw --check` says whether they are what the sources give.
#![forbid(unsafe_code)]
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a task speaks to the person who started it"
)]

mod document;
mod docx;
mod error;
mod html;
mod raw;
mod recipe;
mod xlsx;
mod xml;

use std::path::Path;
use std::process::ExitCode;

use error::TaskError;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match task(&arguments) {
        Ok(told) => {
            println!("{told}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            error.exit_code()
        }
    }
}

fn task(arguments: &[String]) -> Result<String, TaskError> {
    let home = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap_or(Path::new("."));
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["raw"] => raw::write(home),
        ["raw", "--check"] => raw::check(home),
        _ => Err(TaskError::Usage),
    }
}
