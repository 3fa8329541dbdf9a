//! The rules of normalisation on records made by hand.
#![allow(
    clippy::unwrap_used,
    reason = "a test that meets something unexpected fails"
)]

use kurabe_layout::{
    Profile, RawDocument, RawKpi, RawMeasure, RawOutcome, RawSchedule, RawScheduleCell,
    RawScheduleRow, RawStatement, Words,
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
[words]
marks = ["重点"]
new_marks = ["【新規】"]
repeat_marks = ["（再掲）"]
reference = ["参考"]
[words.status]
"運用中" = "operating"
"検討中" = "study"
"#;

fn words(text: &str) -> Words {
    Words::new(text, Locator::line(1))
}

fn tables(raw: &RawDocument) -> Dataset {
    let profile = Profile::parse(PROFILE, "sample.toml").unwrap();
    normalize(raw, Vec::new(), &profile, &Source::default())
}

fn measure(number: &str, title: &str) -> RawMeasure {
    RawMeasure {
        number: Some(words(number)),
        title: Some(words(title)),
        lines: (1, 1),
        ..RawMeasure::default()
    }
}

fn schedule(page: &str, start: &str, phases: &[(i32, &str)]) -> RawSchedule {
    let cells = phases
        .iter()
        .map(|(fiscal_year, phase)| RawScheduleCell {
            fiscal_year: *fiscal_year,
            span: 0,
            phase: words(phase),
        })
        .collect();
    let start = (!start.is_empty()).then(|| words(start));
    RawSchedule {
        page: page.to_owned(),
        is_damaged: false,
        years: (2022..=2026).collect(),
        rows: vec![RawScheduleRow {
            cells,
            start,
            line: 1,
            ..RawScheduleRow::default()
        }],
    }
}

/// Phases per year of a measure that two pages print: its own sheet and a list.
fn settled(sheet: RawSchedule, list: RawSchedule) -> Vec<(i32, String, bool)> {
    let raw = RawDocument {
        measures: vec![RawMeasure {
            schedules: vec![sheet],
            ..measure("1", "窓口")
        }],
        mentions: vec![RawMeasure {
            schedules: vec![list],
            ..measure("1", "窓口")
        }],
        ..RawDocument::default()
    };
    let rows = tables(&raw).schedules;
    rows.into_iter()
        .map(|s| (s.fiscal_year, s.phase_raw, s.is_span_certain))
        .collect()
}

fn first_years(rows: &[(i32, String, bool)]) -> Vec<(i32, &str)> {
    rows.iter()
        .filter(|r| r.2)
        .map(|(y, p, _)| (*y, p.as_str()))
        .collect()
}

#[test]
fn the_page_whose_work_begins_in_the_start_year_is_taken() {
    let sheet = schedule(
        "sheet",
        "令和5年度",
        &[(2023, "検討"), (2024, "試験運用"), (2025, "運用")],
    );
    let list = schedule(
        "list",
        "令和5年度",
        &[(2022, "検討"), (2023, "試験運用"), (2024, "運用")],
    );
    let rows = settled(sheet, list);
    // The other page prints the blank 2025 of the one that was taken.
    assert_eq!(
        first_years(&rows),
        [
            (2022, "検討"),
            (2023, "試験運用"),
            (2024, "運用"),
            (2025, "運用")
        ]
    );
}

#[test]
fn a_year_that_only_the_other_page_fills_is_kept_as_uncertain() {
    let sheet = schedule("sheet", "令和6年度", &[(2024, "実施")]);
    let list = schedule("list", "令和6年度", &[(2023, "準備")]);
    let rows = settled(sheet, list);
    assert_eq!(rows[0], (2023, "準備".to_owned(), false));
    assert_eq!(rows[1], (2024, "実施".to_owned(), true));
}

#[test]
fn work_that_merely_goes_on_before_something_is_built_is_part_of_building() {
    let raw = RawDocument {
        measures: vec![RawMeasure {
            schedules: vec![schedule(
                "sheet",
                "",
                &[
                    (2022, "継続して取組"),
                    (2025, "切替作業"),
                    (2026, "継続利用"),
                ],
            )],
            ..measure("1", "標準化")
        }],
        ..RawDocument::default()
    };
    let stages: Vec<_> = tables(&raw)
        .schedules
        .iter()
        .map(|s| s.stage.clone().unwrap())
        .collect();
    assert_eq!(stages, ["build", "build", "build", "build", "operating"]);
}

#[test]
fn of_two_phases_in_one_cell_the_last_one_counts() {
    let sheet = schedule(
        "sheet",
        "令和5年度",
        &[(2023, "検討 → 試験運用"), (2024, "運用")],
    );
    let list = schedule(
        "list",
        "令和5年度",
        &[(2023, "検討"), (2024, "試験運用"), (2025, "運用")],
    );
    assert_eq!(
        first_years(&settled(sheet, list)),
        [(2023, "検討 → 試験運用"), (2024, "運用"), (2025, "運用")]
    );
}

#[test]
fn without_a_start_year_the_full_description_is_taken() {
    let sheet = schedule("sheet", "適宜", &[(2022, "運用")]);
    let list = schedule("list", "適宜", &[(2023, "運用")]);
    let rows = settled(sheet, list);
    assert_eq!(first_years(&rows), [(2022, "運用"), (2023, "運用")]);
    assert_eq!(rows.len(), 5, "blank cells go on with the phase");
}

#[test]
fn a_damaged_page_and_an_empty_one_give_way() {
    let damaged = RawSchedule {
        is_damaged: true,
        ..schedule("sheet", "令和6年度", &[(2023, "検討"), (2024, "導入")])
    };
    let list = schedule("list", "令和6年度", &[(2023, "検討"), (2024, "導入・運用")]);
    assert_eq!(
        first_years(&settled(damaged, list))[1],
        (2024, "導入・運用")
    );
    let empty = schedule("sheet", "令和6年度", &[]);
    let list = schedule("list", "令和6年度", &[(2024, "実施")]);
    assert_eq!(first_years(&settled(empty, list)), [(2024, "実施")]);
}

#[test]
fn a_phase_that_recurs_is_an_event() {
    let raw = RawDocument {
        measures: vec![RawMeasure {
            schedules: vec![schedule("sheet", "", &[(2023, "実施"), (2026, "実施")])],
            ..measure("1", "研修")
        }],
        ..RawDocument::default()
    };
    let years: Vec<i32> = tables(&raw)
        .schedules
        .iter()
        .map(|s| s.fiscal_year)
        .collect();
    assert_eq!(years, [2023, 2026]);
}

/// Value of every indicator's result by its name, and what was left over.
fn results(kpis: &[&str], actuals: &[(&str, Option<&str>)]) -> (Vec<(String, Option<f64>)>, usize) {
    let raw = RawDocument {
        measures: vec![RawMeasure {
            kpis: kpis.iter().map(|k| RawKpi::Statement(words(k))).collect(),
            actuals: actuals
                .iter()
                .map(|(text, heading)| RawStatement {
                    words: words(text),
                    heading: heading.map(str::to_owned),
                })
                .collect(),
            reports_actuals: true,
            actuals_heading: Some(words("令和5年度末実績")),
            ..measure("1", "窓口")
        }],
        ..RawDocument::default()
    };
    let data = tables(&raw);
    let found = data
        .kpi_values
        .iter()
        .filter(|v| v.role == "actual")
        .map(|v| {
            let kpi = data.kpis.iter().find(|k| k.kpi_id == v.kpi_id).unwrap();
            let segment = kpi.segment.clone().unwrap_or_default();
            (format!("{}{segment}", kpi.name), v.value)
        })
        .collect();
    let left = data
        .findings
        .iter()
        .filter(|f| ["actual_without_kpi", "actual_other_basis"].contains(&f.code.as_str()))
        .count();
    (found, left)
}

#[test]
fn results_go_to_the_indicator_they_name() {
    let (found, left) = results(
        &[
            "設置数：1台（年間）",
            "河川の水位監視カメラの設置箇所：1箇所（年間）",
        ],
        &[
            ("河川水位監視カメラ設置箇所：2箇所（中津町）", None),
            ("設置数：3台", None),
        ],
    );
    assert!(found.contains(&("河川の水位監視カメラの設置箇所".to_owned(), Some(2.0))));
    assert!(found.contains(&("設置数".to_owned(), Some(3.0))));
    assert_eq!(left, 0);
}

#[test]
fn the_only_result_in_a_unit_goes_to_the_only_indicator_in_it() {
    let (found, left) = results(
        &["保護者の利用率：98%（年間）"],
        &[
            ("登録率99%（R6.5.14時点）", None),
            ("連絡468件", None),
            ("配信17件", None),
        ],
    );
    assert_eq!(found, [("保護者の利用率".to_owned(), Some(99.0))]);
    assert_eq!(left, 2);
}

#[test]
fn results_of_segments_and_of_months_find_their_series() {
    let (found, _) = results(
        &[
            "割合：現状値 小学校70%・中学校60.5%(令和4年度末)⇒目標値 小学校95%・中学校85%(令和7年度末)",
        ],
        &[("小学校80.9%", None), ("中学校75.2%", None)],
    );
    assert_eq!(
        found,
        [
            ("割合小学校".to_owned(), Some(80.9)),
            ("割合中学校".to_owned(), Some(75.2))
        ]
    );
    let (found, left) = results(
        &["応答数：月あたり35件（令和7年度）"],
        &[("応答数：159件、月平均13.3件", None)],
    );
    assert_eq!(found, [("応答数".to_owned(), Some(13.3))]);
    assert_eq!(left, 1, "the yearly total is another figure");
}

#[test]
fn reference_figures_belong_to_no_indicator() {
    let (found, left) = results(
        &["移住者数：現状値38人（令和4年度末）⇒目標値100人（令和7年度末）"],
        &[
            ("移住者数：28人", None),
            ("相談件数：108件(内オンライン8件)", Some("参考")),
        ],
    );
    assert_eq!(found, [("移住者数".to_owned(), Some(28.0))]);
    assert_eq!(left, 2);
}

#[test]
fn of_a_set_the_part_that_is_done_counts_and_a_missed_mark_has_no_value() {
    let (found, _) = results(
        &["全51手続のオンライン化:令和7年度"],
        &[("51手続の内、40手続をオンライン化済み", None)],
    );
    assert_eq!(found[0].1, Some(40.0));
    let (found, _) = results(&["利用率：1%（令和7年度末）"], &[("利用率：1%未達", None)]);
    assert_eq!(found[0].1, None);
}

#[test]
fn marks_numbers_and_repeats_are_taken_off_the_title() {
    let raw = RawDocument {
        measures: vec![
            RawMeasure {
                departments: Some(words("子育て支援課生涯学習課")),
                status: Some(words("運用中")),
                start: Some(words("R5.3月末～")),
                ..measure("I", "【新規】\n窓口の改善 重点")
            },
            measure("1 2", "窓口の改善（再掲）"),
        ],
        ..RawDocument::default()
    };
    let data = tables(&raw);
    let [first, second] = &data.measures[..] else {
        unreachable!("two measures")
    };
    assert_eq!(
        (first.measure_id.as_str(), first.title.as_str()),
        ("131016-plan-1", "窓口の改善")
    );
    assert!(first.is_new && !first.is_repeat);
    assert_eq!(first.tags.as_deref(), Some("重点"));
    assert_eq!(
        first.departments.as_deref(),
        Some("子育て支援課;生涯学習課")
    );
    assert_eq!(first.stage, "operating");
    assert_eq!(
        first.operation_start_earliest.unwrap().to_string(),
        "2023-03-01"
    );
    assert_eq!(second.number.as_deref(), Some("12"));
    assert_eq!(second.repeat_of.as_deref(), Some("131016-plan-1"));
    let codes: Vec<&str> = data.findings.iter().map(|f| f.code.as_str()).collect();
    for code in [
        "number_repaired",
        "departments_split",
        "departments_differ",
        "repeat_contradicts",
    ] {
        assert!(codes.contains(&code), "{code} is missing in {codes:?}");
    }
}

#[test]
fn an_unknown_status_is_unknown_and_remarked() {
    let raw = RawDocument {
        measures: vec![RawMeasure {
            status: Some(words("様子見")),
            ..measure("1", "窓口")
        }],
        ..RawDocument::default()
    };
    let data = tables(&raw);
    assert_eq!(data.measures[0].stage, "unknown");
    assert!(data.findings.iter().any(|f| f.code == "status_unknown"));
}

/// Findings of a code that some records lead to, as Japanese sentences.
fn said(raw: &RawDocument, code: &str) -> Vec<String> {
    let findings = tables(raw).findings.into_iter();
    findings
        .filter(|f| f.code == code)
        .map(|f| f.message_ja)
        .collect()
}

fn share(metric: &str, count: &str, rate: Option<&str>) -> RawOutcome {
    RawOutcome {
        subject: "届出".to_owned(),
        metric: metric.to_owned(),
        after: Some(count.to_owned()),
        rate: rate.map(str::to_owned),
        is_share: rate.is_some(),
        ..RawOutcome::default()
    }
}

#[test]
fn shares_follow_from_their_counts() {
    let case = |rate: &str, whole: &str| RawDocument {
        outcomes: vec![
            share("窓口", "194件", Some(rate)),
            share("電子", "95件", Some("33%")),
            share("計", whole, None),
        ],
        ..RawDocument::default()
    };
    assert!(said(&case("67%", "289件"), "rate_differs").is_empty());
    assert!(said(&case("67.1%", "289件"), "rate_differs").is_empty());
    assert_eq!(said(&case("68%", "289件"), "rate_differs").len(), 1);
    assert_eq!(said(&case("67.2%", "289件"), "rate_differs").len(), 1);
    assert_eq!(said(&case("67%", "290件"), "total_differs").len(), 1);
}

#[test]
fn texts_that_two_repeats_have_swapped_are_named() {
    let described = |number: &str, title: &str, text: &str| RawMeasure {
        summary: vec![words(text)],
        ..measure(number, title)
    };
    let (works, maps) = (
        "受発注者の間で作成し提出する書類をシステムの上で共有する。",
        "都市計画の図面を画面で閲覧できるようにし、窓口で複写を渡す。",
    );
    let raw = RawDocument {
        measures: vec![
            described("1", "工事情報の共有", works),
            described("2", "都市計画の閲覧", maps),
            described("3", "工事情報の共有（再掲）", maps),
            described("4", "都市計画の閲覧（再掲）", works),
        ],
        ..RawDocument::default()
    };
    let said = said(&raw, "repeat_contradicts");
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said[0].contains("「都市計画の閲覧」"), "{said:?}");
    assert!(said[1].contains("「工事情報の共有」"), "{said:?}");
}

#[test]
fn one_statement_that_there_is_nothing_yet_speaks_of_all_indicators() {
    let (found, left) = results(
        &["利用率：80%（令和7年度）", "評価・見直し（令和7年度）"],
        &[("未導入のため実績なし", None)],
    );
    assert_eq!(
        found,
        [
            ("利用率".to_owned(), None),
            ("評価・見直し".to_owned(), None)
        ]
    );
    assert_eq!(left, 0);
}

#[test]
fn a_result_behind_its_baseline_is_remarked() {
    let measure = |actual: &str| RawDocument {
        measures: vec![RawMeasure {
            kpis: vec![RawKpi::Statement(words(
                "移住者数：現状値38人（令和4年度末）⇒目標値100人（令和7年度末）",
            ))],
            actuals: vec![RawStatement {
                words: words(actual),
                heading: None,
            }],
            reports_actuals: true,
            actuals_heading: Some(words("令和5年度末実績")),
            ..measure("1", "移住")
        }],
        ..RawDocument::default()
    };
    assert_eq!(
        said(&measure("移住者数：28人"), "actual_behind_baseline").len(),
        1
    );
    assert!(said(&measure("移住者数：38人"), "actual_behind_baseline").is_empty());
    assert_eq!(
        said(&measure("移住者数：101人"), "actual_beyond_target").len(),
        1
    );
}

#[test]
fn a_text_that_breaks_off_and_one_with_foreign_characters_are_remarked() {
    let described = |text: &str| RawDocument {
        measures: vec![RawMeasure {
            summary: vec![words(text)],
            ..measure("1", "支援")
        }],
        ..RawDocument::default()
    };
    assert_eq!(said(&described("・仕様書作成、"), "text_cut").len(), 1);
    assert!(said(&described("・仕様書作成"), "text_cut").is_empty());
    assert_eq!(said(&described("利用嗎する"), "character_suspect").len(), 1);
    assert!(said(&described("髙橋の﨑を見る"), "character_suspect").is_empty());
    // A glyph that a rule puts right is a repair and no suspicion.
    assert!(said(&described("推进する"), "character_suspect").is_empty());
}
