//! The command line: which commands and options there are.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use clap_complete::Shell;

use super::difference::{self, Difference};
use super::reporting::{self, Reporting};
use super::review::{self, Review};
use super::serving::{self, Serve};
use super::target::{self, Export};
use crate::comparison::{self, Choice};
use crate::config::{CsvEncoding, Overrides};
use crate::text::{Lang, help};
use crate::view::Pages;

/// Name of the program.
pub const PROGRAM: &str = "kurabe";

/// A command with its own arguments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Write a commented configuration.
    Init,
    /// Fetch documents from the web.
    Fetch {
        /// Sources; all when empty.
        ids: Vec<String>,
        /// Whether and how the network is used.
        mode: FetchMode,
    },
    /// Read the source files and recognise their documents.
    Ingest,
    /// Make the tables of every document.
    Normalize,
    /// Write the dataset, and hand it on.
    Export(Export),
    /// All of the three.
    Run,
    /// Show a file as read.
    Inspect(Inspection),
    /// Show a record with its source.
    Explain(String),
    /// Show findings, expectations and coverage.
    Check {
        /// Whether as JSON.
        is_json: bool,
    },
    /// Prove the published values against their sources.
    Verify,
    /// Code the measures on standard input.
    Classify {
        /// Edition of the national plan; the newest that was read when absent.
        edition: Option<String>,
    },
    /// Measure the codes against those of a person.
    Evaluate {
        /// File of the reference codes.
        codes: PathBuf,
        /// Edition of the national plan; the newest that was read when absent.
        edition: Option<String>,
        /// Whether as the Markdown page of the documentation.
        is_markdown: bool,
    },
    /// Put the published tables side by side.
    Compare {
        /// What is compared.
        choice: Choice,
        /// In which form.
        form: comparison::Form,
    },
    /// List where a municipality stands out.
    Gaps {
        /// Its code or name.
        municipality: String,
        /// With whom it is compared.
        choice: Choice,
        /// In which form.
        form: comparison::Form,
    },
    /// Write the report.
    Report(Reporting),
    /// Serve the report and the review page.
    Serve(Serve),
    /// Say what differs between two datasets.
    Diff(Difference),
    /// Work with the decisions of people.
    Review(Review),
    /// Write a completion script.
    Completions(Shell),
    /// Write the man page.
    Man,
}

/// What `kurabe inspect` shows, and where.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Inspection {
    /// The file to look at.
    pub file: PathBuf,
    /// In which form.
    pub form: Form,
    /// Pages or sheets; all (of HTML, the first ones) when absent.
    pub pages: Option<Pages>,
    /// File to write; standard output when absent.
    pub to: Option<PathBuf>,
}

/// The forms in which `kurabe inspect` shows a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Form {
    /// Lines of text.
    #[default]
    Text,
    /// A page beside its source.
    Html,
    /// JSON for programs.
    Json,
}

impl Form {
    /// The words for them on the command line.
    const NAMES: [(&'static str, Self); 3] = [
        ("text", Self::Text),
        ("html", Self::Html),
        ("json", Self::Json),
    ];

    fn parse(name: &str) -> Option<Self> {
        let found = Self::NAMES.iter().find(|(known, _)| *known == name);
        found.map(|(_, form)| *form)
    }
}

/// Whether and how `kurabe fetch` uses the network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FetchMode {
    /// Documents are fetched.
    Online,
    /// Only what is there is checked.
    Offline,
    /// Only what would be done is shown.
    DryRun,
}

/// A command line that was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invocation {
    /// What to do.
    pub action: Action,
    /// What it says over the configuration.
    pub overrides: Overrides,
    /// Whether progress and the table of results are left out.
    pub is_quiet: bool,
}

/// The language that a command line or, failing that, the environment asks for. It is found
/// before the command line is parsed, so that errors and help are in that language, too.
#[must_use]
pub fn language(arguments: &[OsString], variable: Option<&str>) -> Lang {
    let words: Vec<&str> = arguments.iter().filter_map(|word| word.to_str()).collect();
    let joined = words.iter().find_map(|word| word.strip_prefix("--lang="));
    let apart = words
        .windows(2)
        .find(|pair| pair[0] == "--lang")
        .map(|pair| pair[1]);
    joined
        .or(apart)
        .or(variable)
        .and_then(Lang::parse)
        .unwrap_or_default()
}

/// The whole command line in one language.
#[must_use]
pub fn command(lang: Lang) -> Command {
    let root = Command::new(PROGRAM)
        .bin_name(PROGRAM)
        .version(env!("CARGO_PKG_VERSION"))
        .about(help::about(lang))
        .after_help(help::after_help(lang))
        .subcommand_required(true)
        .disable_help_subcommand(true)
        .disable_version_flag(true)
        .disable_help_flag(true)
        .subcommand_help_heading(help::commands(lang))
        .subcommand_value_name("COMMAND")
        .args(global_arguments(lang))
        .arg(version_flag(lang))
        .subcommands(subcommands(lang));
    styled(root, lang)
}

fn subcommands(lang: Lang) -> Vec<Command> {
    let plain = |name: &'static str, about: String| Command::new(name).about(about);
    let commands = vec![
        plain("init", help::init(lang)),
        fetch(lang),
        plain("ingest", help::ingest(lang)),
        plain("normalize", help::normalize(lang)),
        target::command(lang).arg(super::partitioning::argument(lang)),
        plain("run", help::run(lang)).arg(super::partitioning::argument(lang)),
        inspect(lang),
        plain("explain", help::explain(lang))
            .arg(positional("ID", lang).help(help::explain_id(lang))),
        plain("check", help::check(lang)).arg(flag("json", lang).help(help::json(lang))),
        plain("verify", help::verify(lang)),
        plain("classify", help::classify(lang)).arg(edition(lang)),
        plain("evaluate", help::evaluate(lang))
            .arg(
                option("codes", "FILE", help::codes(lang), lang)
                    .required(true)
                    .value_parser(value_parser!(PathBuf)),
            )
            .arg(edition(lang))
            .arg(flag("markdown", lang).help(help::markdown(lang))),
        super::comparing::compare(lang),
        super::comparing::gaps(lang),
        difference::command(lang),
        review::command(lang),
        reporting::command(lang),
        serving::command(lang),
        plain("completions", help::completions(lang)).arg(
            positional("SHELL", lang)
                .help(help::shell(lang))
                .hide_possible_values(true)
                .value_parser(value_parser!(Shell)),
        ),
        plain("man", help::man(lang)),
    ];
    commands
        .into_iter()
        .map(|command| styled(command, lang))
        .collect()
}

fn fetch(lang: Lang) -> Command {
    let ids = positional("ID", lang).required(false).num_args(0..);
    let offline = flag("offline", lang).help(help::offline(lang));
    let dry_run = flag("dry-run", lang).help(help::dry_run(lang));
    Command::new("fetch")
        .about(help::fetch(lang))
        .arg(ids.help(help::fetch_ids(lang)))
        .arg(offline.conflicts_with("dry-run"))
        .arg(dry_run)
}

fn inspect(lang: Lang) -> Command {
    let file = positional("FILE", lang).help(help::inspect_file(lang));
    let pages = |text: &str| Pages::parse(text).ok_or("1-3");
    Command::new("inspect")
        .about(help::inspect(lang))
        .arg(file.value_parser(value_parser!(PathBuf)))
        .arg(
            option("format", "text|html|json", help::inspect_format(lang), lang)
                .value_parser(PossibleValuesParser::new(Form::NAMES.map(|(name, _)| name)))
                .hide_possible_values(true),
        )
        .arg(option("pages", "N-M", help::inspect_pages(lang), lang).value_parser(pages))
        .arg(
            option("to", "FILE", help::inspect_to(lang), lang).value_parser(value_parser!(PathBuf)),
        )
}

fn inspection(own: &ArgMatches) -> Inspection {
    let form = own.get_one::<String>("format");
    Inspection {
        file: own.get_one("FILE").cloned().unwrap_or_default(),
        form: form.and_then(|name| Form::parse(name)).unwrap_or_default(),
        pages: own.get_one("pages").copied(),
        to: own.get_one("to").cloned(),
    }
}

/// Help in the chosen language down to its headings.
pub(super) fn styled(command: Command, lang: Lang) -> Command {
    let heading = help::usage(lang);
    command
        .help_template(format!(
            "{{about-with-newline}}\n{heading} {{usage}}\n\n{{all-args}}{{after-help}}\n"
        ))
        .disable_help_flag(true)
        .arg(
            Arg::new("help")
                .short('h')
                .long("help")
                .action(ArgAction::Help)
                .display_order(1000)
                .help(help::help(lang))
                .help_heading(help::options(lang)),
        )
}

fn version_flag(lang: Lang) -> Arg {
    Arg::new("version")
        .short('V')
        .long("version")
        .action(ArgAction::Version)
        .display_order(1000)
        .help(help::version(lang))
        .help_heading(help::options(lang))
}

/// Options of every command.
fn global_arguments(lang: Lang) -> Vec<Arg> {
    let wide =
        |name, value, told: fn(Lang) -> String| option(name, value, told(lang), lang).global(true);
    let folder = |name, told| wide(name, "DIR", told).value_parser(value_parser!(PathBuf));
    let switch = |name, told: fn(Lang) -> String| flag(name, lang).help(told(lang)).global(true);
    vec![
        wide("config", "FILE", help::config).value_parser(value_parser!(PathBuf)),
        folder("raw", help::raw),
        folder("normalized", help::normalized),
        folder("out", help::out),
        wide("jobs", "N", help::jobs).value_parser(value_parser!(u16).range(1..=1024)),
        wide("csv-encoding", "NAME", help::csv_encoding)
            .value_parser(PossibleValuesParser::new(CsvEncoding::NAMES))
            .hide_possible_values(true),
        switch("lossy", help::lossy),
        switch("force", help::force),
        switch("quiet", help::quiet).short('q'),
        wide("lang", "ja|en", help::lang)
            .value_parser(PossibleValuesParser::new(["ja", "en"]))
            .hide_possible_values(true),
    ]
}

/// An option with a value.
pub(super) fn option(name: &'static str, value: &'static str, told: String, lang: Lang) -> Arg {
    Arg::new(name)
        .long(name)
        .value_name(value)
        .help(told)
        .help_heading(help::options(lang))
}

pub(super) fn flag(name: &'static str, lang: Lang) -> Arg {
    Arg::new(name)
        .long(name)
        .action(ArgAction::SetTrue)
        .help_heading(help::options(lang))
}

pub(super) fn edition(lang: Lang) -> Arg {
    option("edition", "VERSION", help::edition(lang), lang)
}

pub(super) fn positional(name: &'static str, lang: Lang) -> Arg {
    Arg::new(name)
        .required(true)
        .help_heading(help::arguments(lang))
}

/// Understands a command line; the first word is the program's name.
///
/// # Errors
/// What clap says of a wrong command line, and of one that asks for help or the version.
pub fn parse(arguments: &[OsString], lang: Lang) -> Result<Invocation, clap::Error> {
    let matches = command(lang).try_get_matches_from(arguments)?;
    let (name, own) = matches.subcommand().unwrap_or(("", &matches));
    Ok(Invocation {
        action: action(name, own),
        overrides: overrides(own),
        is_quiet: own.get_flag("quiet"),
    })
}

fn action(name: &str, own: &ArgMatches) -> Action {
    match name {
        "init" => Action::Init,
        "fetch" => Action::Fetch {
            ids: own.get_many("ID").into_iter().flatten().cloned().collect(),
            mode: match (own.get_flag("offline"), own.get_flag("dry-run")) {
                (true, _) => FetchMode::Offline,
                (_, true) => FetchMode::DryRun,
                _ => FetchMode::Online,
            },
        },
        "ingest" => Action::Ingest,
        "normalize" => Action::Normalize,
        "export" => Action::Export(target::export(own)),
        "inspect" => Action::Inspect(inspection(own)),
        "explain" => Action::Explain(own.get_one("ID").cloned().unwrap_or_default()),
        "check" => Action::Check {
            is_json: own.get_flag("json"),
        },
        "verify" => Action::Verify,
        "classify" => Action::Classify {
            edition: own.get_one("edition").cloned(),
        },
        "evaluate" => Action::Evaluate {
            codes: own.get_one("codes").cloned().unwrap_or_default(),
            edition: own.get_one("edition").cloned(),
            is_markdown: own.get_flag("markdown"),
        },
        "compare" => Action::Compare {
            choice: super::comparing::choice(own),
            form: super::comparing::form(own),
        },
        "gaps" => Action::Gaps {
            municipality: own.get_one("MUNICIPALITY").cloned().unwrap_or_default(),
            choice: super::comparing::peers(own),
            form: super::comparing::form(own),
        },
        "diff" => Action::Diff(difference::action(own)),
        "review" => Action::Review(review::action(own)),
        "report" => Action::Report(reporting::action(own)),
        "serve" => Action::Serve(serving::action(own)),
        "completions" => Action::Completions(own.get_one("SHELL").copied().unwrap_or(Shell::Bash)),
        "man" => Action::Man,
        _ => Action::Run,
    }
}

fn overrides(own: &ArgMatches) -> Overrides {
    let path = |name: &str| own.get_one::<PathBuf>(name).cloned();
    Overrides {
        config: path("config"),
        raw: path("raw"),
        normalized: path("normalized"),
        out: path("out"),
        csv_encoding: own
            .get_one::<String>("csv-encoding")
            .and_then(|n| CsvEncoding::parse(n)),
        partition_by: super::partitioning::chosen(own),
        is_lossy: own.get_flag("lossy"),
        jobs: own.get_one::<u16>("jobs").map(|jobs| usize::from(*jobs)),
        is_forced: own.get_flag("force"),
    }
}
