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

use error::{Lang, TaskError};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let (words, lang) = match words.as_slice() {
        [rest @ .., "--lang", "en"] => (rest.to_vec(), Lang::En),
        [rest @ .., "--lang", "ja"] => (rest.to_vec(), Lang::Ja),
        rest => (rest.to_vec(), usual()),
    };
    match task(&words, lang) {
        Ok(told) => {
            println!("{told}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{}", error.told(lang));
            error.exit_code()
        }
    }
}

/// Japanese, unless the environment says otherwise.
fn usual() -> Lang {
    let is_english = std::env::var("KURABE_LANG").is_ok_and(|lang| lang == "en");
    if is_english { Lang::En } else { Lang::Ja }
}

fn task(words: &[&str], lang: Lang) -> Result<String, TaskError> {
    let home = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap_or(Path::new("."));
    match words {
        ["raw"] => raw::write(home, lang),
        ["raw", "--check"] => raw::check(home, lang),
        _ => Err(TaskError::Usage),
    }
}
