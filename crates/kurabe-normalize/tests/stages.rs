//! `measure_stages` on records made by hand: which year is taken from what, and which is not claimed.
#![allow(
    clippy::unwrap_used,
    reason = "a test that meets something unexpected fails"
)]

use kurabe_layout::{
    Profile, RawDocument, RawMeasure, RawSchedule, RawScheduleCell, RawScheduleRow, RawTrack, Words,
};
use kurabe_normalize::{Source, normalize};
use kurabe_schema::Dataset;
use kurabe_trace::Locator;

const PROFILE: &str = r#"
[municipality]
code = "131016"
name = "見本区"
prefecture = "東京都"
kind = "ward"
[document]
slug = "plan"
plan_id = "plan"
title = "見本計画"
publisher = "見本区"
kind = "progress_review"
as_of = "2024-03-31"
[recognise]
title = ["見本計画"]
[words.status]
"運用中" = "operating"
"着手中" = "build"
"検討中" = "study"
"取り下げ" = "withdrawn"
"#;

fn words(line: u32, text: &str) -> Words {
    Words::new(text, Locator::line(line))
}

fn tables(profile: &str, measure: RawMeasure) -> Dataset {
    let profile = Profile::parse(profile, "sample.toml").unwrap();
    let raw = RawDocument {
        measures: vec![RawMeasure {
            number: Some(words(1, "1")),
            title: Some(words(1, "見本の取組")),
            lines: (1, 9),
            ..measure
        }],
        ..RawDocument::default()
    };
    normalize(&raw, Vec::new(), &profile, &Source::default())
}

/// Year, stage, basis, print, certain, plan.
type Shown = (i32, String, String, String, bool, Option<bool>);

fn stages(measure: RawMeasure) -> Vec<Shown> {
    shown(&tables(PROFILE, measure))
}

fn shown(data: &Dataset) -> Vec<Shown> {
    let rows = data.measure_stages.iter().map(|row| {
        (
            row.fiscal_year,
            row.stage.clone(),
            row.basis.clone(),
            row.stage_raw.clone().unwrap_or_default(),
            row.is_certain,
            row.is_plan,
        )
    });
    rows.collect()
}

fn is(year: i32, stage: &str, basis: &str, raw: &str, is_certain: bool, is_plan: bool) -> Shown {
    let [stage, basis, raw] = [stage, basis, raw].map(str::to_owned);
    (year, stage, basis, raw, is_certain, Some(is_plan))
}

fn schedule(items: &[(&str, &[(i32, &str)])]) -> RawSchedule {
    let row = |(item, phases): &(&str, &[(i32, &str)])| RawScheduleRow {
        item: Some(words(5, item)),
        cells: phases
            .iter()
            .map(|(fiscal_year, phase)| RawScheduleCell {
                fiscal_year: *fiscal_year,
                phase: words(5, phase),
                span: 1,
            })
            .collect(),
        line: 5,
        ..RawScheduleRow::default()
    };
    RawSchedule {
        years: (2022..=2026).collect(),
        rows: items.iter().map(row).collect(),
        ..RawSchedule::default()
    }
}

#[test]
fn a_status_holds_for_the_year_of_the_document_and_no_other() {
    let rows = stages(RawMeasure {
        status: Some(words(3, "検討中")),
        ..RawMeasure::default()
    });
    assert_eq!(rows, [is(2023, "study", "status", "検討中", true, false)]);
}

#[test]
fn something_that_runs_has_run_since_its_start() {
    let rows = stages(RawMeasure {
        status: Some(words(3, "運用中")),
        start: Some(words(4, "R3.11月～")),
        ..RawMeasure::default()
    });
    assert_eq!(
        rows,
        [
            is(2021, "operating", "start", "R3.11月～", true, false),
            is(2022, "operating", "start", "R3.11月～", false, false),
            is(2023, "operating", "status", "運用中", true, false),
        ]
    );
}

#[test]
fn a_start_to_come_is_a_plan_for_its_own_year() {
    let rows = stages(RawMeasure {
        status: Some(words(3, "着手中")),
        start: Some(words(4, "R8年度中")),
        ..RawMeasure::default()
    });
    assert_eq!(
        rows,
        [
            is(2023, "build", "status", "着手中", true, false),
            is(2026, "operating", "start", "R8年度中", true, true),
        ]
    );
}

#[test]
fn nothing_is_expected_of_what_was_withdrawn() {
    let rows = stages(RawMeasure {
        status: Some(words(3, "取り下げ")),
        start: Some(words(4, "R8年度中")),
        ..RawMeasure::default()
    });
    assert_eq!(
        rows,
        [is(2023, "withdrawn", "status", "取り下げ", true, false)]
    );
}

#[test]
fn of_several_items_the_furthest_that_is_not_over_speaks() {
    let rows = stages(RawMeasure {
        schedules: vec![schedule(&[
            ("甲", &[(2023, "検討"), (2024, "導入"), (2025, "完了")]),
            ("乙", &[(2024, "検討"), (2025, "運用"), (2026, "完了")]),
        ])],
        ..RawMeasure::default()
    });
    assert_eq!(
        rows,
        [
            is(2023, "study", "schedule", "検討", true, false),
            is(2024, "build", "schedule", "導入", true, true),
            is(2025, "operating", "schedule", "運用", true, true),
            is(2026, "completed", "schedule", "完了", true, true),
        ]
    );
}

#[test]
fn a_status_wins_over_the_schedule_of_its_year_and_the_contradiction_is_told() {
    let data = tables(
        PROFILE,
        RawMeasure {
            status: Some(words(3, "検討中")),
            schedules: vec![schedule(&[(
                "甲",
                &[(2022, "運用"), (2023, "運用"), (2024, "運用")],
            )])],
            ..RawMeasure::default()
        },
    );
    assert_eq!(
        shown(&data),
        [
            is(2022, "operating", "schedule", "運用", false, false),
            is(2023, "study", "status", "検討中", true, false),
            is(2024, "operating", "schedule", "運用", true, true),
        ]
    );
    let codes = data.findings.iter().map(|finding| finding.code.as_str());
    let told = codes.filter(|code| *code == "status_contradicts_schedule");
    assert_eq!(told.count(), 1);
}

#[test]
fn years_of_a_term_say_that_it_is_under_way_and_not_how_far() {
    let term = |years: &str| {
        let term = Some((words(2, "中期"), vec![words(2, years)]));
        RawMeasure {
            term,
            ..RawMeasure::default()
        }
    };
    let under_way = |year, is_plan| is(year, "unknown", "term", "中期", true, is_plan);
    let years = [(2022, false), (2023, false), (2024, true), (2025, true)];
    assert_eq!(
        stages(term("R4～R7")),
        years.map(|(year, is_plan)| under_way(year, is_plan))
    );
    assert_eq!(
        stages(term("R6～R7")),
        [
            is(2023, "planned", "term", "中期", true, false),
            under_way(2024, true),
            under_way(2025, true),
        ]
    );
}

#[test]
fn every_track_speaks_for_itself() {
    let track = |line, name: &str, status: &str, start: &str| RawTrack {
        name: Some(words(line, name)),
        status: Some(words(line, status)),
        start: Some(words(line, start)),
        line,
        ..RawTrack::default()
    };
    let data = tables(
        PROFILE,
        RawMeasure {
            status: Some(words(6, "着手中")),
            tracks: vec![
                track(6, "甲", "着手中", "R6.4月～"),
                track(7, "乙", "運用中", "R5.2月～"),
            ],
            ..RawMeasure::default()
        },
    );
    assert_eq!(
        shown(&data),
        [
            is(2022, "operating", "start", "R5.2月～", true, false),
            is(2023, "operating", "status", "運用中", true, false),
            is(2024, "operating", "start", "R6.4月～", true, true),
        ]
    );
    let places: Vec<&str> = data
        .measure_stages
        .iter()
        .map(|row| &*row.locator)
        .collect();
    assert_eq!(places, ["L7", "L7", "L6"]);
}

#[test]
fn without_a_date_a_status_has_no_year() {
    let profile = PROFILE.replace("as_of = \"2024-03-31\"\n", "");
    let data = tables(
        &profile,
        RawMeasure {
            status: Some(words(3, "運用中")),
            schedules: vec![schedule(&[("甲", &[(2024, "運用")])])],
            ..RawMeasure::default()
        },
    );
    let rows = shown(&data);
    assert_eq!(rows.len(), 1);
    assert_eq!((rows[0].0, rows[0].5), (2024, None));
}
