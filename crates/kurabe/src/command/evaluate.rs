//! `kurabe evaluate`: how often the published codes are those that a person gave.

mod reference;
mod report;

use std::cmp::Reverse;
use std::path::Path;

use crate::cli::{Screen, Task};
use crate::config::Settings;
use crate::editions::EditionFiles;
use crate::engine::{self, Dataset};
use crate::evaluation::Case;
use crate::problem::{Exit, Problem, Result};
use crate::profiles::ProfileFiles;
use crate::publish;
use reference::{Municipalities, Sheet};
use report::Report;

/// Measures the published codes against the reference codes of a file.
pub(crate) fn evaluate(
    task: &Task,
    codes: &Path,
    edition: Option<&str>,
    is_markdown: bool,
    screen: &mut Screen,
) -> Result<Exit> {
    let settings = Settings::load(&task.surroundings.folder, &task.invocation.overrides)?;
    let dataset = publish::published(&settings.out)?;
    let edition = chosen(&dataset, edition)?;
    let profiles = ProfileFiles::load(&settings.municipalities)?;
    let municipalities = Municipalities::new(&dataset, &profiles);
    let sheet = Sheet {
        dataset: &dataset,
        edition: &edition,
        municipalities: &municipalities,
    };
    let reference = sheet.read(&task.place(codes))?;
    let (by_title, by_keyword) = titles(&settings, &edition, &reference.cases)?;
    let report = Report {
        lang: screen.lang,
        dataset: &dataset,
        edition: &edition,
        municipalities: &municipalities,
        reference: &reference,
        by_title,
        by_keyword,
        codes,
        is_markdown,
    };
    report.show(screen)?;
    Ok(Exit::Done)
}

/// The edition that was asked for, or the newest one of the dataset.
fn chosen(dataset: &Dataset, asked: Option<&str>) -> Result<String> {
    let mut known: Vec<&str> = dataset.categories.iter().map(|c| &*c.taxonomy).collect();
    known.sort_by_key(|version| Reverse(parts(version)));
    known.dedup();
    let found = match asked {
        Some(asked) => known.iter().find(|version| **version == asked),
        None => known.first(),
    };
    found.map(|version| (*version).to_owned()).ok_or_else(|| {
        let (name, known) = (asked.unwrap_or("-").to_owned(), known.join(", "));
        Problem::EditionUnknown { name, known }.into()
    })
}

/// A version as numbers, so that 10.0 comes after 9.0.
fn parts(version: &str) -> Vec<u32> {
    let numbers = version.split('.').map(str::parse);
    numbers.map(|number| number.unwrap_or_default()).collect()
}

/// A code per case, where there is one.
type Codes = Vec<Option<String>>;

/// The codes that the titles alone get, by the rules and by the list of keywords.
fn titles(settings: &Settings, edition: &str, cases: &[Case]) -> Result<(Codes, Codes)> {
    let folder = settings.editions.as_deref();
    let editions = engine::parse_editions(&EditionFiles::load(folder)?, folder)?;
    let edition = engine::edition(&editions, Some(edition))?;
    let code = |case: &Case| {
        let keyword = engine::keyword_code(&editions, edition, &case.title);
        (
            engine::title_code(&editions, edition, &case.title),
            keyword.map(str::to_owned),
        )
    };
    Ok(cases.iter().map(code).unzip())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_as_numbers() {
        assert!(parts("10.0") > parts("9.1"));
        assert!(parts("5.1") > parts("5.0"));
    }
}
