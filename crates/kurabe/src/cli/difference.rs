//! The command line of `kurabe diff`.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{ArgAction, ArgMatches, Command, value_parser};

use super::grammar::{option, positional};
use crate::text::{Lang, difference as words};

/// What `kurabe diff` compares and how it shows it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Difference {
    /// The folder of the old dataset.
    pub old: PathBuf,
    /// The folder of the new dataset.
    pub new: PathBuf,
    /// In which form.
    pub form: Form,
    /// The tables whose rows are shown one by one; sentences about all where none is named.
    pub tables: Vec<String>,
}

/// The forms in which differences are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Form {
    /// Lines of text.
    #[default]
    Text,
    /// Markdown.
    Markdown,
    /// JSON for programs, with every row that differs.
    Json,
    /// One line for each value that differs.
    Csv,
}

impl Form {
    /// The words for them on the command line.
    const NAMES: [(&'static str, Self); 4] = [
        ("text", Self::Text),
        ("md", Self::Markdown),
        ("json", Self::Json),
        ("csv", Self::Csv),
    ];

    fn parse(name: &str) -> Option<Self> {
        let found = Self::NAMES.iter().find(|(known, _)| *known == name);
        found.map(|(_, form)| *form)
    }
}

/// `kurabe diff`.
pub(super) fn command(lang: Lang) -> Command {
    let folder = |name: &'static str, help: String| {
        positional(name, lang)
            .help(help)
            .value_parser(value_parser!(PathBuf))
    };
    let form = option("format", "text|md|json|csv", words::diff_format(lang), lang)
        .value_parser(PossibleValuesParser::new(Form::NAMES.map(|(name, _)| name)))
        .hide_possible_values(true);
    let tables = option("table", "TABLE", words::diff_table(lang), lang)
        .action(ArgAction::Append)
        .value_delimiter(',');
    Command::new("diff")
        .about(words::diff(lang))
        .arg(folder("OLD", words::diff_old(lang)))
        .arg(folder("NEW", words::diff_new(lang)))
        .arg(form)
        .arg(tables)
}

/// What it is to do.
pub(super) fn action(own: &ArgMatches) -> Difference {
    let folder = |name: &str| own.get_one(name).cloned().unwrap_or_default();
    let form = own.get_one::<String>("format");
    let tables = own.get_many("table").into_iter().flatten();
    Difference {
        old: folder("OLD"),
        new: folder("NEW"),
        form: form.and_then(|name| Form::parse(name)).unwrap_or_default(),
        tables: tables.cloned().collect(),
    }
}
