//! `kurabe export --to`: the published dataset in files and in a PostgreSQL that the test starts.

mod files;
mod postgres;
mod refusals;
#[path = "../../../../kurabe-database/tests/databases/server.rs"]
#[allow(
    dead_code,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "shared with the tests of the databases, which use all of it"
)]
mod server;

use std::ffi::OsString;
use std::path::Path;

use kurabe::cli::{DatabaseVariables, Surroundings, run};
use kurabe::disk::Disk;

use crate::support::Answer;

/// The languages of the program.
const LANGUAGES: [&str; 2] = ["ja", "en"];

/// Runs a command line in a folder, with what the environment says of databases.
fn ask(folder: &Path, language: &str, line: &str, database: &DatabaseVariables) -> Answer {
    let words = std::iter::once("kurabe").chain(line.split_whitespace());
    let surroundings = Surroundings {
        arguments: words.map(OsString::from).collect(),
        folder: folder.to_owned(),
        language: Some(language.to_owned()),
        disk: Disk::default(),
        database: database.clone(),
        ..Surroundings::default()
    };
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let exit = run(&surroundings, &mut out, &mut err);
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Answer {
        code: exit.code(),
        out: text(out),
        err: text(err),
    }
}

/// The tables of a published dataset with the number of their rows, as its record names them.
fn published_rows(out: &Path) -> Vec<(String, u64)> {
    let record = kurabe::record::RunRecord::load(out).expect("run.json");
    record.tables.into_iter().collect()
}
