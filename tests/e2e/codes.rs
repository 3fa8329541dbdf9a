//! Codes of whole documents: pinned for the bundled ones, measured against reference codes for
//! the published ones, and consistent between editions for all.

use crate::corpus;
use kurabe::cli::{Surroundings, run};
use kurabe::editions::EditionFiles;
use kurabe::engine;
use kurabe_category::Editions;
use kurabe_schema::Dataset;
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fmt::Write as _;
use std::path::PathBuf;

fn editions() -> Editions {
    let folder = corpus::root().join("editions");
    let files = EditionFiles::load(Some(&folder)).unwrap();
    engine::parse_editions(&files, Some(&folder)).unwrap()
}

/// All bundled documents with their codes.
fn bundled() -> Dataset {
    let mut all = Dataset::default();
    for source in corpus::bundled() {
        all.append(corpus::original(&source.document).clone());
    }
    engine::categorise(&mut all, &editions(), &[]);
    engine::link(&mut all);
    all
}

fn is_blessing() -> bool {
    std::env::var_os("KURABE_BLESS").is_some_and(|value| value == "1")
}

#[allow(
    clippy::disallowed_methods,
    reason = "a golden file of the repository, written on request"
)]
fn settle(path: &str, now: &str, how: &str) {
    let place = corpus::root().join(path);
    if is_blessing() {
        std::fs::write(&place, now).unwrap();
        return;
    }
    let written = std::fs::read_to_string(&place).unwrap_or_default();
    let differences: Vec<String> = written
        .lines()
        .zip(now.lines())
        .filter(|(old, new)| old != new)
        .map(|(old, new)| format!("- {old}\n+ {new}"))
        .take(20)
        .collect();
    assert!(
        written == now,
        "{path} is not up to date:\n{}\n\nIf the new one is right: {how}",
        differences.join("\n")
    );
}

#[test]
fn codes_of_the_bundled_documents() {
    let data = bundled();
    let titles: BTreeMap<&str, &str> = data
        .measures
        .iter()
        .map(|row| (row.measure_id.as_str(), row.title.as_str()))
        .collect();
    let mut lines: BTreeMap<&str, String> = BTreeMap::new();
    for row in data
        .measure_categories
        .iter()
        .filter(|row| row.taxonomy == "5.1")
    {
        let code = row.category_id.as_deref().unwrap_or("-");
        let line = lines.entry(&row.measure_id).or_default();
        if row.rank == 1 {
            write!(line, "{} {}\t{code}", row.verdict, row.method).unwrap();
        } else {
            write!(line, " +{code}").unwrap();
        }
    }
    assert_eq!(lines.len(), data.measures.len());
    let mut list = String::new();
    for (id, line) in lines {
        writeln!(list, "{id}\t{line}\t{}", titles[id]).unwrap();
    }
    settle(
        "tests/golden/codes.tsv",
        &list,
        "KURABE_BLESS=1 cargo test -p kurabe --test e2e codes::",
    );
}

/// The primary code of every measure in an edition.
fn primaries<'d>(data: &'d Dataset, edition: &str) -> BTreeMap<&'d str, &'d str> {
    data.measure_categories
        .iter()
        .filter(|row| row.taxonomy == edition && row.rank == 1)
        .filter_map(|row| Some((row.measure_id.as_str(), row.category_id.as_deref()?)))
        .collect()
}

#[test]
fn counts_re_aggregate_between_editions() {
    let data = bundled();
    for pair in ["1.0", "2.2", "2.3", "3.0", "5.1"].windows(2) {
        let [from, to] = [pair[0], pair[1]];
        let (before, after) = (primaries(&data, from), primaries(&data, to));
        assert_eq!(
            before.keys().collect::<Vec<_>>(),
            after.keys().collect::<Vec<_>>(),
            "{from} and {to} code the same measures"
        );
        let rows = data
            .category_crosswalk
            .iter()
            .filter(|row| row.from_taxonomy == from && row.to_taxonomy == to);
        let mut successors: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for row in rows {
            let to = row.to_category.as_deref().unwrap();
            successors.entry(&row.from_category).or_default().insert(to);
        }
        let mut whole: BTreeMap<&str, usize> = BTreeMap::new();
        for (id, category) in &before {
            let next = after[id];
            assert!(
                successors[category].contains(next),
                "{id}: {category} ({from}) is {next} ({to}), which the crosswalk does not know"
            );
            if successors[category].len() == 1 {
                *whole.entry(next).or_default() += 1;
            }
        }
        for (category, count) in whole {
            let mut sources = successors.values().filter(|to| to.contains(category));
            let now = after.values().filter(|code| **code == category).count();
            assert!(now >= count, "{category} of {to}");
            if sources.all(|to| to.len() == 1) {
                assert_eq!(
                    now, count,
                    "{category} of {to} is the sum of its sources in {from}"
                );
            }
        }
    }
}

#[test]
fn every_code_has_evidence_and_every_place_is_one() {
    let data = bundled();
    let evidence: BTreeSet<(&str, &str, &str)> = data
        .category_evidence
        .iter()
        .filter(|row| row.weight > 0.0)
        .map(|row| (&*row.measure_id, &*row.taxonomy, &*row.category_id))
        .collect();
    let coded = data
        .measure_categories
        .iter()
        .filter(|row| row.method != "inherited");
    for row in coded {
        if let Some(category) = &row.category_id {
            let key = (&*row.measure_id, &*row.taxonomy, category.as_str());
            assert!(evidence.contains(&key), "{key:?}");
        }
    }
    for row in &data.category_evidence {
        assert!(
            kurabe_trace::Locator::parse(&row.locator).is_some(),
            "{row:?}"
        );
    }
}

#[test]
fn measures_under_the_national_items_are_explicit() {
    let data = bundled();
    let primary = data
        .measure_categories
        .iter()
        .filter(|row| row.taxonomy == "2.2" && row.rank == 1)
        .filter(|row| row.measure_id.starts_with(corpus::YASUGI));
    let explicit: Vec<&str> = primary
        .filter(|row| row.method == "explicit")
        .map(|row| row.category_id.as_deref().unwrap_or_default())
        .collect();
    // Measures 29 to 46 stand under the heading of the national items.
    assert_eq!(explicit.len(), 18, "{explicit:?}");
}

/// What `kurabe` prints for a command line in the root of the repository.
fn said(line: &str) -> String {
    let surroundings = Surroundings {
        arguments: line.split_whitespace().map(OsString::from).collect(),
        folder: corpus::root(),
        ..Surroundings::default()
    };
    let (mut out, mut err) = (Vec::new(), Vec::new());
    run(&surroundings, &mut out, &mut err);
    let err = String::from_utf8(err).unwrap();
    assert!(err.is_empty(), "{line}: {err}");
    String::from_utf8(out).unwrap()
}

/// The published documents, read into a temporary folder; `None` without them.
fn real(folder: &tempfile::TempDir) -> Option<String> {
    if corpus::shared().is_none() {
        println!("skipped: ../shared is absent");
        return None;
    }
    let at = |name: &str| -> PathBuf { folder.path().join(name) };
    let options = format!(
        "--config tests/real/pipeline.toml --normalized {} --out {} --quiet",
        at("normalized").display(),
        at("out").display()
    );
    said(&format!("kurabe run {options}"));
    Some(options)
}

#[test]
fn the_accuracy_page_is_up_to_date() {
    let folder = tempfile::tempdir().unwrap();
    let Some(options) = real(&folder) else { return };
    let page = said(&format!(
        "kurabe evaluate {options} --lang en --markdown --codes \
         ../shared/codebook/reference-codes.jsonl"
    ));
    settle(
        "docs/reference/accuracy.md",
        &page,
        "KURABE_BLESS=1 cargo test -p kurabe --test e2e codes::",
    );
}

#[test]
fn reference_codes_are_met() {
    let folder = tempfile::tempdir().unwrap();
    let Some(options) = real(&folder) else { return };
    let page = said(&format!(
        "kurabe evaluate {options} --lang en --codes ../shared/codebook/reference-codes.jsonl"
    ));
    let line = page
        .lines()
        .find(|line| line.contains("published codes"))
        .unwrap();
    let figures: Vec<f64> = line
        .split_whitespace()
        .filter_map(|word| word.parse().ok())
        .collect();
    let [_, accuracy, .., macro_f1] = figures.as_slice() else {
        panic!("{line}");
    };
    assert!(*accuracy >= 0.92 && *macro_f1 >= 0.90, "{line}");
}
