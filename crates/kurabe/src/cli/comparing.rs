//! The command lines of `kurabe compare` and `kurabe gaps`.

use clap::builder::PossibleValuesParser;
use clap::{ArgAction, ArgMatches, Command, value_parser};

use super::grammar::{edition, option, positional};
use crate::comparison::{Choice, Form};
use crate::text::{Lang, comparison as words};

fn shared(command: Command, lang: Lang) -> Command {
    let form = option(
        "format",
        "table|csv|json|md",
        words::compare_format(lang),
        lang,
    )
    .value_parser(PossibleValuesParser::new(Form::NAMES.map(|(name, _)| name)))
    .hide_possible_values(true);
    command
        .arg(option("peer", "GROUP", words::compare_peer(lang), lang))
        .arg(edition(lang))
        .arg(form)
}

/// `kurabe compare`.
pub(super) fn compare(lang: Lang) -> Command {
    let command = Command::new("compare")
        .about(words::compare(lang))
        .arg(
            option("category", "ID", words::compare_category(lang), lang)
                .conflicts_with("indicator"),
        )
        .arg(option(
            "indicator",
            "ID",
            words::compare_indicator(lang),
            lang,
        ))
        .arg(
            option(
                "municipality",
                "CODE",
                words::compare_municipality(lang),
                lang,
            )
            .action(ArgAction::Append)
            .value_delimiter(','),
        )
        .arg(
            option("year", "N", words::compare_year(lang), lang)
                .value_parser(value_parser!(i32).range(1950..=2200)),
        );
    shared(command, lang)
}

/// `kurabe gaps`.
pub(super) fn gaps(lang: Lang) -> Command {
    let municipality = positional("MUNICIPALITY", lang).help(words::gaps_municipality(lang));
    let command = Command::new("gaps")
        .about(words::gaps(lang))
        .arg(municipality);
    shared(command, lang)
}

/// What `compare` is to put side by side.
pub(super) fn choice(own: &ArgMatches) -> Choice {
    let municipalities = own.get_many("municipality").into_iter().flatten();
    Choice {
        category: own.get_one("category").cloned(),
        indicator: own.get_one("indicator").cloned(),
        municipalities: municipalities.cloned().collect(),
        year: own.get_one("year").copied(),
        ..peers(own)
    }
}

/// With whom `gaps` compares.
pub(super) fn peers(own: &ArgMatches) -> Choice {
    Choice {
        peer: own.get_one("peer").cloned(),
        edition: own.get_one("edition").cloned(),
        ..Choice::default()
    }
}

/// In which form it is shown.
pub(super) fn form(own: &ArgMatches) -> Form {
    let name = own.get_one::<String>("format");
    name.and_then(|name| Form::parse(name)).unwrap_or_default()
}
