//! The command line of `kurabe report`.

use std::path::PathBuf;

use clap::{ArgMatches, Command, value_parser};

use super::grammar::{flag, option};
use crate::text::{Lang, report as words};

/// What `kurabe report` writes, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reporting {
    /// The folder; that of the configuration when absent.
    pub to: Option<PathBuf>,
    /// The edition of the national plan that is shown first; the newest when absent.
    pub edition: Option<String>,
    /// Whether the files of the dataset are put into the report.
    pub has_downloads: bool,
}

/// The command.
pub(super) fn command(lang: Lang) -> Command {
    Command::new("report")
        .about(words::report(lang))
        .arg(option("to", "DIR", words::to(lang), lang).value_parser(value_parser!(PathBuf)))
        .arg(option("edition", "VERSION", words::edition(lang), lang))
        .arg(flag("no-downloads", lang).help(words::no_downloads(lang)))
}

/// What is asked for.
pub(super) fn action(own: &ArgMatches) -> Reporting {
    Reporting {
        to: own.get_one("to").cloned(),
        edition: own.get_one("edition").cloned(),
        has_downloads: !own.get_flag("no-downloads"),
    }
}
