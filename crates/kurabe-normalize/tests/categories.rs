//! Codes of gathered measures: rules, repeats, decisions of people, editions that nest.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use kurabe_category::{Editions, SourceFile};
use kurabe_normalize::{categorise, content_key_of};
use kurabe_review::overrides::{Override, Source};
use kurabe_schema::{Dataset, Measure, MeasureCategory};

/// The editions of this repository.
fn editions() -> Editions {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../editions");
    let mut files: Vec<(String, String)> = Vec::new();
    let mut folders: Vec<PathBuf> = vec![folder.clone()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(&folder).unwrap().to_str().unwrap();
                files.push((name.replace('\\', "/"), fs::read_to_string(&path).unwrap()));
            }
        }
    }
    let sources: Vec<SourceFile<'_>> = files
        .iter()
        .map(|(path, text)| SourceFile { path, text })
        .collect();
    Editions::load(&sources).unwrap()
}

fn measure(id: &str, title: &str, repeat_of: Option<&str>) -> Measure {
    Measure {
        measure_id: id.to_owned(),
        document_id: "d".to_owned(),
        title: title.to_owned(),
        locator: "L7".to_owned(),
        is_repeat: repeat_of.is_some(),
        repeat_of: repeat_of.map(str::to_owned),
        ..Measure::default()
    }
}

fn dataset() -> Dataset {
    Dataset {
        measures: vec![
            measure("m1", "テレワークの推進", None),
            measure("m2", "RPAの導入", None),
            measure("m3", "テレワークの推進", Some("m1")),
            measure("m4", "あいうえお", None),
        ],
        ..Dataset::default()
    }
}

fn decision(measure: &Measure, edition: &str, primary: &str, secondary: &[&str]) -> Override {
    Override {
        measure_id: measure.measure_id.clone(),
        content_key: content_key_of(measure),
        edition: edition.to_owned(),
        primary: primary.to_owned(),
        secondary: secondary.iter().map(|code| (*code).to_owned()).collect(),
        old_primary: None,
        old_secondary: Vec::new(),
        who: "甲".to_owned(),
        when: "2026-11-20".to_owned(),
        why: "本文による".to_owned(),
        source: Source::MunicipalityReply,
    }
}

fn coded(overrides: &[Override]) -> Dataset {
    let mut data = dataset();
    categorise(&mut data, &editions(), overrides);
    data
}

fn rows<'d>(data: &'d Dataset, id: &str, edition: &str) -> Vec<&'d MeasureCategory> {
    let of = |row: &&MeasureCategory| row.measure_id == id && row.taxonomy == edition;
    data.measure_categories.iter().filter(of).collect()
}

fn primary<'d>(data: &'d Dataset, id: &str, edition: &str) -> Option<&'d str> {
    rows(data, id, edition)[0].category_id.as_deref()
}

#[test]
fn each_edition_has_a_primary_row_for_each_measure() {
    let data = coded(&[]);
    let editions: BTreeSet<&str> = data.categories.iter().map(|row| &*row.taxonomy).collect();
    assert_eq!(
        editions.into_iter().collect::<Vec<_>>(),
        ["1.0", "2.2", "2.3", "3.0", "5.1"]
    );
    for edition in ["1.0", "2.2", "2.3", "3.0", "5.1"] {
        for id in ["m1", "m2", "m3", "m4"] {
            let rows = rows(&data, id, edition);
            let ranks: Vec<i32> = rows.iter().map(|row| row.rank).collect();
            assert_eq!(
                ranks,
                (1..).take(ranks.len()).collect::<Vec<_>>(),
                "{id} {edition}"
            );
        }
        assert_eq!(primary(&data, "m1", edition), Some("telework"));
    }
}

#[test]
fn what_no_rule_knows_has_no_code() {
    let data = coded(&[]);
    let row = rows(&data, "m4", "5.1")[0];
    assert_eq!(
        (&*row.verdict, row.category_id.as_deref()),
        ("unmatched", None)
    );
    assert_eq!(row.score, None);
}

#[test]
fn what_an_edition_dropped_follows_its_facet() {
    let data = coded(&[]);
    assert_eq!(primary(&data, "m2", "5.1"), Some("internal-operations"));
    assert_eq!(primary(&data, "m2", "3.0"), Some("ai-rpa"));
}

#[test]
fn repeats_have_the_codes_of_their_first_occurrence() {
    let data = coded(&[]);
    let row = rows(&data, "m3", "5.1")[0];
    assert_eq!(
        (&*row.method, row.category_id.as_deref()),
        ("inherited", Some("telework"))
    );
    assert!(
        data.category_evidence
            .iter()
            .all(|row| row.measure_id != "m3")
    );
}

#[test]
fn evidence_names_term_field_rule_and_place() {
    let data = coded(&[]);
    let of = |row: &&kurabe_schema::CategoryEvidence| {
        row.measure_id == "m1" && row.taxonomy == "5.1" && row.category_id == "telework"
    };
    let row = data.category_evidence.iter().find(of).unwrap();
    assert_eq!(
        (&*row.field, &*row.term, &*row.locator),
        ("title", "テレワーク", "L7")
    );
    assert!(row.weight > 0.0 && !row.rule_id.is_empty());
}

#[test]
fn a_person_wins_in_every_edition_and_for_repeats() {
    let decided = decision(&dataset().measures[0], "5.1", "ai", &["security"]);
    let data = coded(&[decided]);
    let row = rows(&data, "m1", "5.1")[0];
    assert_eq!(
        (row.category_id.as_deref(), &*row.method),
        (Some("ai"), "override")
    );
    assert_eq!(row.decided_by.as_deref(), Some("甲"));
    assert_eq!(row.decided_on.unwrap().to_string(), "2026-11-20");
    assert_eq!(row.decision_source.as_deref(), Some("municipality_reply"));
    assert_eq!(
        rows(&data, "m1", "5.1")[1].category_id.as_deref(),
        Some("security")
    );
    assert_eq!(primary(&data, "m1", "3.0"), Some("ai-rpa"));
    assert_eq!(primary(&data, "m3", "5.1"), Some("ai"));
    assert_eq!(rows(&data, "m3", "5.1")[0].method, "inherited");
    assert!(data.findings.is_empty());
    let rules = coded(&[]);
    for id in ["m2", "m4"] {
        assert_eq!(rows(&data, id, "5.1"), rows(&rules, id, "5.1"));
    }
}

#[test]
fn a_category_that_was_split_is_ambiguous_unless_the_rules_settle_it() {
    let of_rpa = decision(&dataset().measures[1], "3.0", "ai-rpa", &[]);
    let data = coded(&[of_rpa]);
    assert_eq!(primary(&data, "m2", "5.1"), Some("internal-operations"));
    let of_nothing = decision(&dataset().measures[3], "3.0", "ai-rpa", &[]);
    let data = coded(&[of_nothing]);
    let rows = rows(&data, "m4", "5.1");
    assert_eq!(rows.len(), 2);
    assert!(
        rows.iter()
            .all(|row| row.verdict == "ambiguous" && row.confidence.is_none())
    );
}

#[test]
fn a_changed_source_retires_the_decision_with_a_finding() {
    let mut seen = dataset().measures[0].clone();
    seen.title = "テレワークの検討".to_owned();
    let data = coded(&[decision(&seen, "5.1", "ai", &[])]);
    assert_eq!(primary(&data, "m1", "5.1"), Some("telework"));
    let finding = &data.findings[0];
    assert_eq!(finding.code, "review_outdated");
    assert_eq!(finding.measure_id.as_deref(), Some("m1"));
    assert!(finding.message_ja.contains('甲') && finding.message_en.contains("5.1"));
}

#[test]
fn a_decision_about_nothing_known_is_a_finding() {
    let measures = dataset().measures;
    let data = coded(&[
        decision(&measures[0], "5.1", "nonsense", &[]),
        decision(&measures[1], "9.9", "ai", &[]),
        decision(&measure("m9", "", None), "5.1", "ai", &[]),
    ]);
    let codes: Vec<&str> = data.findings.iter().map(|row| &*row.code).collect();
    assert_eq!(codes, ["review_unknown"; 3]);
    assert_eq!(primary(&data, "m1", "5.1"), Some("telework"));
    assert_eq!(data.findings[2].measure_id, None);
}
