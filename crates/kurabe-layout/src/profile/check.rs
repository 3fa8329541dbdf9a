//! What the words of a profile must be, beyond their types.

use super::{Profile, Region};
use crate::error::ProfileError;
use jiff::civil::Date;
use kurabe_schema::{Dataset, municipality_code, words};

/// Checks the municipality code, dates and every word that is one of a closed list.
pub(super) fn check(profile: &Profile, path: &str) -> Result<(), ProfileError> {
    let code = &profile.municipality.code;
    if !municipality_code::is_valid(code) {
        return Err(ProfileError::Code {
            path: path.to_owned(),
            code: code.clone(),
        });
    }
    let checker = Checker { path };
    checker.word(
        "municipality.kind",
        &profile.municipality.kind,
        words::MUNICIPALITY_KINDS,
    )?;
    checker.word(
        "document.kind",
        &profile.document.kind,
        words::DOCUMENT_KINDS,
    )?;
    checker.dates(profile)?;
    let tables: Vec<&str> = Dataset::specs().iter().map(|spec| spec.name).collect();
    for table in profile.expect.keys() {
        checker.word("expect", table, &tables)?;
    }
    for stage in profile.words.status.values() {
        checker.word("words.status", stage, words::STAGES)?;
    }
    for stage in profile.words.phases.values() {
        checker.word("words.phases", stage, words::STAGES)?;
    }
    profile
        .regions
        .iter()
        .try_for_each(|region| checker.region(region))
}

struct Checker<'a> {
    path: &'a str,
}

impl Checker<'_> {
    fn word(&self, key: &str, value: &str, valid: &[&str]) -> Result<(), ProfileError> {
        if valid.contains(&value) {
            return Ok(());
        }
        let likeness = |word: &str| strsim::normalized_damerau_levenshtein(value, word);
        let nearest = valid
            .iter()
            .copied()
            .max_by(|a, b| likeness(a).total_cmp(&likeness(b)));
        Err(ProfileError::Word {
            path: self.path.to_owned(),
            key: key.to_owned(),
            value: value.to_owned(),
            nearest: nearest.unwrap_or_default().to_owned(),
        })
    }

    fn dates(&self, profile: &Profile) -> Result<(), ProfileError> {
        let document = &profile.document;
        let dates = [
            (
                "municipality.population_as_of",
                &profile.municipality.population_as_of,
            ),
            ("document.published", &document.published),
            ("document.as_of", &document.as_of),
            ("document.retrieved_at", &document.retrieved_at),
        ];
        for (key, value) in dates {
            if let Some(text) = value.as_ref().filter(|t| t.parse::<Date>().is_err()) {
                return Err(ProfileError::Date {
                    path: self.path.to_owned(),
                    key: key.to_owned(),
                    value: text.clone(),
                });
            }
        }
        Ok(())
    }

    fn region(&self, region: &Region) -> Result<(), ProfileError> {
        let of_lists = region.lists.iter().filter_map(|l| l.state.as_ref());
        let of_sentences = region.inline_lists.iter().filter_map(|l| l.state.as_ref());
        let of_tables = region
            .tables
            .iter()
            .flat_map(|t| t.states.values().chain(t.state_notes.values()));
        for state in of_lists.chain(of_sentences).chain(of_tables) {
            self.word("region.….state", state, words::LISTING_STATES)?;
        }
        Ok(())
    }
}
