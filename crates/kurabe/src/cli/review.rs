//! The command line of `kurabe review`.

use std::path::PathBuf;

use clap::{Arg, ArgMatches, Command, value_parser};

use super::grammar::{edition, flag, option, positional, styled};
use crate::text::{Lang, help};

/// What `kurabe review` does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Review {
    /// Write a coding sheet.
    Export {
        /// Which measures and codes.
        selection: Selection,
        /// File to write.
        to: PathBuf,
        /// Whether without the program's codes and earlier decisions.
        is_blind: bool,
    },
    /// Take the decisions of a coding sheet over.
    Import {
        /// Which measures and codes were exported.
        selection: Selection,
        /// The filled sheet.
        file: PathBuf,
        /// Who decided.
        signature: Signature,
    },
    /// Compare two coding sheets.
    Agreement {
        /// The two sheets.
        files: [PathBuf; 2],
        /// Edition of the codes; the newest that was read when absent.
        edition: Option<String>,
        /// File for the sheet that settles the disagreements.
        to: Option<PathBuf>,
    },
    /// Write the sheet for a municipality.
    ReplyExport {
        /// The municipality and the edition.
        selection: Selection,
        /// File to write.
        to: PathBuf,
    },
    /// Take the reply of a municipality over.
    ReplyImport {
        /// The municipality and the edition.
        selection: Selection,
        /// The filled sheet.
        file: PathBuf,
        /// Who answered.
        signature: Signature,
    },
}

/// Which measures are in a sheet, and the edition of their codes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Selection {
    /// Edition of the codes; the newest that was read when absent.
    pub edition: Option<String>,
    /// Measures of this municipality only.
    pub municipality: Option<String>,
    /// Measures of this document only.
    pub document: Option<String>,
}

/// Who decided, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// The name.
    pub who: String,
    /// The day; today when absent.
    pub when: Option<String>,
}

/// The command with its own commands.
pub(super) fn command(lang: Lang) -> Command {
    let plain = |name: &'static str, about: String| Command::new(name).about(about);
    let export = plain("export", help::review_export(lang))
        .arg(to(lang).required(true))
        .args(selection_arguments(lang))
        .arg(flag("blind", lang).help(help::blind(lang)));
    let import = plain("import", help::review_import(lang))
        .arg(file("FILE", help::filled_sheet(lang), lang))
        .args(signature_arguments(lang))
        .args(selection_arguments(lang));
    let agreement = plain("agreement", help::review_agreement(lang))
        .arg(file("A", help::first_sheet(lang), lang))
        .arg(file("B", help::second_sheet(lang), lang))
        .arg(edition(lang))
        .arg(to(lang).help(help::adjudication(lang)));
    let commands = [export, import, agreement].map(|command| styled(command, lang));
    group("review", help::review(lang), lang)
        .subcommands(commands)
        .subcommand(reply(lang))
}

fn reply(lang: Lang) -> Command {
    let export = Command::new("export")
        .about(help::reply_export(lang))
        .arg(municipality(lang).required(true))
        .arg(to(lang).required(true))
        .arg(edition(lang));
    let import = Command::new("import")
        .about(help::reply_import(lang))
        .arg(file("FILE", help::filled_sheet(lang), lang))
        .arg(municipality(lang).required(true))
        .args(signature_arguments(lang))
        .arg(edition(lang));
    let commands = [export, import].map(|command| styled(command, lang));
    let group = group("reply", help::review_reply(lang), lang).subcommands(commands);
    styled(group, lang)
}

/// A command that has commands of its own.
fn group(name: &'static str, about: String, lang: Lang) -> Command {
    Command::new(name)
        .about(about)
        .subcommand_required(true)
        .disable_help_subcommand(true)
        .subcommand_help_heading(help::commands(lang))
        .subcommand_value_name("COMMAND")
}

fn to(lang: Lang) -> Arg {
    option("to", "FILE", help::to(lang), lang).value_parser(value_parser!(PathBuf))
}

fn municipality(lang: Lang) -> Arg {
    option("municipality", "CODE", help::municipality(lang), lang)
}

fn file(name: &'static str, help: String, lang: Lang) -> Arg {
    positional(name, lang)
        .help(help)
        .value_parser(value_parser!(PathBuf))
}

fn selection_arguments(lang: Lang) -> [Arg; 3] {
    let document = option("document", "ID", help::document(lang), lang);
    [edition(lang), municipality(lang), document]
}

fn signature_arguments(lang: Lang) -> [Arg; 2] {
    let who = option("who", "NAME", help::who(lang), lang);
    let when = option("when", "YYYY-MM-DD", help::when(lang), lang);
    [who.required(true), when]
}

/// What a command line that clap has accepted asks for.
pub(super) fn action(own: &ArgMatches) -> Review {
    match own.subcommand() {
        Some(("reply", group)) => reply_action(group),
        Some(("import", own)) => Review::Import {
            selection: selection(own),
            file: path(own, "FILE"),
            signature: signature(own),
        },
        Some(("agreement", own)) => Review::Agreement {
            files: [path(own, "A"), path(own, "B")],
            edition: own.get_one("edition").cloned(),
            to: own.get_one("to").cloned(),
        },
        other => {
            let own = other.map_or(own, |(_, own)| own);
            Review::Export {
                selection: selection(own),
                to: path(own, "to"),
                is_blind: own.get_flag("blind"),
            }
        }
    }
}

fn reply_action(group: &ArgMatches) -> Review {
    match group.subcommand() {
        Some(("import", own)) => Review::ReplyImport {
            selection: selection(own),
            file: path(own, "FILE"),
            signature: signature(own),
        },
        other => {
            let own = other.map_or(group, |(_, own)| own);
            Review::ReplyExport {
                selection: selection(own),
                to: path(own, "to"),
            }
        }
    }
}

fn path(own: &ArgMatches, name: &str) -> PathBuf {
    own.get_one(name).cloned().unwrap_or_default()
}

/// The arguments that a command has; not every one has all.
fn selection(own: &ArgMatches) -> Selection {
    let text = |name| own.try_get_one::<String>(name).ok().flatten().cloned();
    Selection {
        edition: text("edition"),
        municipality: text("municipality"),
        document: text("document"),
    }
}

fn signature(own: &ArgMatches) -> Signature {
    Signature {
        who: own.get_one("who").cloned().unwrap_or_default(),
        when: own.get_one("when").cloned(),
    }
}
