//! Two datasets, written by the project's writer, and what is said of their difference.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail"
)]

use std::fs;

use kurabe_changes::changelog::{self, Entry};
use kurabe_changes::{Changes, Lang, Level, Story, Version, compare, sections};
use kurabe_export::{ParquetOptions, write_parquet};
use kurabe_schema::{
    Dataset, Document, Kpi, KpiProgress, KpiValue, Measure, MeasureCategory, Municipality,
};

/// A town with a plan of so many measures, each with a code; the first has a KPI.
fn plan(measures: i32) -> Dataset {
    let town = Municipality {
        municipality_code: "000019".into(),
        name: "北町".into(),
        ..Municipality::default()
    };
    let document = Document {
        document_id: "p".into(),
        municipality_code: "000019".into(),
        title: "計画".into(),
        ..Document::default()
    };
    let kpi = Kpi {
        kpi_id: "p-1-k1".into(),
        measure_id: "p-1".into(),
        name: "利用率".into(),
        ..Kpi::default()
    };
    let value = KpiValue {
        kpi_id: "p-1-k1".into(),
        role: "target".into(),
        value: Some(50.0),
        value_text: "50%".into(),
        fiscal_year: Some(2025),
        ..KpiValue::default()
    };
    Dataset {
        municipalities: vec![town],
        documents: vec![document],
        measures: (1..=measures).map(measure).collect(),
        measure_categories: (1..=measures).map(code).collect(),
        kpis: vec![kpi],
        kpi_values: vec![value],
        ..Dataset::default()
    }
}

fn measure(number: i32) -> Measure {
    Measure {
        measure_id: format!("p-{number}"),
        document_id: "p".into(),
        municipality_code: "000019".into(),
        number: Some(number.to_string()),
        title: format!("施策の名{number}"),
        locator: format!("L{number}"),
        position: number,
        ..Measure::default()
    }
}

fn code(number: i32) -> MeasureCategory {
    MeasureCategory {
        measure_id: format!("p-{number}"),
        taxonomy: "5.1".into(),
        category_id: Some("ai".into()),
        rank: 1,
        verdict: "assigned".into(),
        method: "rule".into(),
        confidence: Some(0.75),
        ..MeasureCategory::default()
    }
}

fn compared(old: &Dataset, new: &Dataset) -> (Changes, Story) {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, dataset: &Dataset| {
        let place = folder.path().join(name);
        fs::create_dir_all(&place).unwrap();
        write_parquet(&place, dataset, ParquetOptions::default()).unwrap();
        place
    };
    let (old, new) = (write("old", old), write("new", new));
    let changes = compare(&old, &new).unwrap();
    let story = Story::of(&changes).unwrap();
    (changes, story)
}

/// The step of the version and all sentences, in both languages.
fn said(old: &Dataset, new: &Dataset) -> (Option<Level>, String, String) {
    let (changes, story) = compared(old, new);
    let lines = |lang| {
        let sections = sections(&changes, &story, lang, 1000);
        let lines: Vec<String> = sections.into_iter().flat_map(|s| s.lines).collect();
        lines.join("\n")
    };
    (changes.level(), lines(Lang::Ja), lines(Lang::En))
}

#[track_caller]
fn holds(text: &str, sentences: &[&str]) {
    for sentence in sentences {
        assert!(text.contains(sentence), "{sentence}\n{text}");
    }
}

#[test]
fn nothing_changed() {
    let (level, ja, en) = said(&plan(2), &plan(2));
    assert_eq!((level, &*ja, &*en), (None, "", ""));
}

#[test]
fn measures_that_come_and_go() {
    let (level, ja, en) = said(&plan(1), &plan(2));
    assert_eq!(level, Some(Level::Minor));
    holds(&ja, &["北町「計画」施策2「施策の名2」が加わった（L2）"]);
    holds(&en, &["measure 2 \"施策の名2\" was added (L2)"]);
    let (level, ja, en) = said(&plan(2), &plan(1));
    assert_eq!(level, Some(Level::Major));
    holds(&ja, &["施策2「施策の名2」がなくなった（前の版ではL2）"]);
    holds(&en, &["was removed (formerly at L2)"]);
}

#[test]
fn a_kpi_value_names_both_values_and_its_year() {
    let mut new = plan(1);
    new.kpi_values[0].value = Some(60.0);
    new.kpi_values[0].value_text = "60%".into();
    let (level, ja, en) = said(&plan(1), &new);
    assert_eq!(level, Some(Level::Patch));
    holds(
        &ja,
        &["の指標「利用率」の目標値（2025年度）が「50%」から「60%」に変わった"],
    );
    holds(
        &en,
        &["KPI \"利用率\": target (FY2025) changed from \"50%\" to \"60%\""],
    );
}

#[test]
fn a_kpi_that_comes_or_goes() {
    let mut none = plan(1);
    none.kpis.clear();
    none.kpi_values.clear();
    let (level, ja, _) = said(&none, &plan(1));
    assert_eq!(level, Some(Level::Minor));
    holds(&ja, &["の指標「利用率」", "加わった"]);
    let (level, ja, en) = said(&plan(1), &none);
    assert_eq!(level, Some(Level::Major));
    holds(&ja, &["の指標「利用率」", "なくなった"]);
    holds(&en, &["KPI \"利用率\" was removed"]);
}

#[test]
fn a_code_names_both_categories_and_a_score_is_only_counted() {
    let mut new = plan(2);
    new.measure_categories[0].category_id = Some("bpr".into());
    let (level, ja, en) = said(&plan(2), &new);
    assert!(level.is_some());
    holds(
        &ja,
        &[
            "施策1「施策の名1」の分類（国の計画5.1版）",
            "「ai」から「bpr」に変わった",
        ],
    );
    holds(&en, &["code in edition 5.1 of the national plan"]);
    let mut new = plan(2);
    new.measure_categories[0].confidence = Some(0.5);
    let (level, ja, en) = said(&plan(2), &new);
    assert_eq!(level, Some(Level::Patch));
    assert!(ja.starts_with("1件の施策は、分類は同じで"), "{ja}");
    assert!(en.starts_with("1 measure kept its codes"), "{en}");
}

#[test]
fn derived_rows_follow_from_the_rest_and_are_a_patch() {
    let mut new = plan(1);
    new.kpi_progress.push(KpiProgress {
        kpi_id: "p-1-k1".into(),
        ..KpiProgress::default()
    });
    assert_eq!(said(&plan(1), &new).0, Some(Level::Patch));
    assert_eq!(said(&new, &plan(1)).0, Some(Level::Patch));
}

#[test]
fn a_long_list_is_cut_and_says_how_all_of_it_is_shown() {
    let (changes, story) = compared(&plan(1), &plan(301));
    let (since, changes, story) = (Version::FIRST, &changes, &story);
    let entry = Entry::Changed {
        since,
        changes,
        story,
    };
    let file = changelog::with(None, since.after(changes.level()), entry);
    holds(&file, &["ほか200件", "200 more", "`kurabe diff"]);
    assert!(file.lines().count() < 300, "{}", file.lines().count());
    assert_eq!(changelog::newest(&file), Version::parse("1.1.0"));
}

#[test]
fn the_file_keeps_older_versions_as_they_are_and_not_for_ever() {
    let mut file = changelog::with(None, Version::FIRST, Entry::Unrecorded);
    let mut version = Version::FIRST;
    for _ in 0..50 {
        version = version.after(Some(Level::Patch));
        file = changelog::with(Some(&file), version, Entry::Unrecorded);
    }
    assert!(changelog::is_ours(&file));
    assert_eq!(changelog::newest(&file), Some(version));
    assert_eq!(file.matches("\n## ").count(), 40);
    holds(&file, &["Older versions are left out"]);
}

#[test]
fn versions_are_three_numbers() {
    let version = Version::parse("2.3.4").unwrap();
    let next = |level| version.after(level).to_string();
    assert_eq!(next(None), "2.3.4");
    assert_eq!(next(Some(Level::Patch)), "2.3.5");
    assert_eq!(next(Some(Level::Minor)), "2.4.0");
    assert_eq!(next(Some(Level::Major)), "3.0.0");
    for text in ["", "1", "1.2", "1.2.3.4", "1.2.x", "-1.0.0", "1..0"] {
        assert_eq!(Version::parse(text), None, "{text}");
    }
}
