//! A wrong command line, told in the program's own voice.

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::problem::{Error, Problem};
use crate::text::{Lang, problem as words};

/// Makes a problem of what clap says; `None` when it is help or the version that was asked for.
#[must_use]
pub(super) fn problem(error: &clap::Error) -> Option<Error> {
    if matches!(
        error.kind(),
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion
    ) {
        return None;
    }
    let both = |tell: &dyn Fn(Lang) -> String| (tell(Lang::Ja), tell(Lang::En));
    let message = both(&|lang| message(error, lang));
    let hint = both(&|lang| hint(error, lang));
    Some(Problem::Usage { message, hint }.into())
}

fn message(error: &clap::Error, lang: Lang) -> String {
    let argument = context(error, ContextKind::InvalidArg);
    let value = context(error, ContextKind::InvalidValue);
    match error.kind() {
        ErrorKind::UnknownArgument => words::argument_unknown(lang, argument),
        ErrorKind::InvalidSubcommand => {
            words::command_unknown(lang, context(error, ContextKind::InvalidSubcommand))
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation if value.is_empty() => {
            words::value_missing(lang, argument)
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            words::value_invalid(lang, argument, value)
        }
        ErrorKind::MissingRequiredArgument => words::argument_missing(lang, argument),
        ErrorKind::ArgumentConflict => words::argument_conflict(lang, argument),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            words::command_missing(lang)
        }
        _ => words::usage_other(lang, error.kind()),
    }
}

fn hint(error: &clap::Error, lang: Lang) -> String {
    let nearest =
        nearest(error, ContextKind::SuggestedArg, ContextKind::InvalidArg).or_else(|| {
            nearest(
                error,
                ContextKind::SuggestedSubcommand,
                ContextKind::InvalidSubcommand,
            )
        });
    let values = context(error, ContextKind::ValidValue);
    match nearest {
        Some(nearest) => words::did_you_mean(lang, nearest),
        None if values.is_empty() => words::see_help(lang),
        None => words::possible_values(lang, values),
    }
}

/// Of the words that clap suggests the one most like the word that was given.
fn nearest(error: &clap::Error, suggested: ContextKind, given: ContextKind) -> Option<String> {
    let given = context(error, given);
    let suggested = context(error, suggested);
    let score = |word: &&str| strsim::normalized_damerau_levenshtein(word, &given);
    let words = suggested.split(", ").filter(|word| !word.is_empty());
    words
        .max_by(|a, b| score(a).total_cmp(&score(b)))
        .map(str::to_owned)
}

fn context(error: &clap::Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        _ => String::new(),
    }
}
