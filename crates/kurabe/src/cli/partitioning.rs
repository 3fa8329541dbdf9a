//! `--partition-by` of `kurabe export` and `kurabe run`.

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgMatches};

use super::grammar::option;
use crate::package::PartitionBy;
use crate::text::{Lang, help};

const NAME: &str = "partition-by";

/// The option.
pub(super) fn argument(lang: Lang) -> Arg {
    option(NAME, "COLUMN", help::partition_by(lang), lang)
        .value_parser(PossibleValuesParser::new(PartitionBy::NAMES))
        .hide_possible_values(true)
}

/// What it says; nothing for a command that does not have it.
pub(super) fn chosen(own: &ArgMatches) -> Option<PartitionBy> {
    let name = own.try_get_one::<String>(NAME).ok().flatten()?;
    PartitionBy::parse(name)
}
