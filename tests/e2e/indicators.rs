//! Progress of KPIs and shared indicators over whole documents: values worked out by hand from the
//! sources, and every alignment, pinned so that each change of a rule is read as a diff.

use crate::corpus;
use kurabe::engine;
use kurabe::indicators::IndicatorFiles;
use kurabe_indicator::Indicators;
use kurabe_review::alignments::AlignmentDecision;
use kurabe_schema::{Dataset, IndicatorValue, KpiProgress};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

fn indicators() -> Indicators {
    let folder = corpus::root().join("indicators");
    let files = IndicatorFiles::load(Some(&folder)).unwrap();
    engine::parse_indicators(&files, Some(&folder)).unwrap()
}

/// All bundled documents, aligned.
fn aligned(decisions: &[AlignmentDecision]) -> Dataset {
    let mut all = Dataset::default();
    for source in corpus::bundled() {
        all.append(corpus::original(&source.document).clone());
    }
    engine::link(&mut all);
    engine::align(&mut all, &indicators(), decisions);
    all
}

fn both(check: impl Fn(&Dataset)) {
    check(&aligned(&[]));
    match corpus::published() {
        None => println!("SKIPPED: ../shared/corpus is not there"),
        Some(published) => {
            let mut published = published.clone();
            engine::link(&mut published);
            engine::align(&mut published, &indicators(), &[]);
            check(&published);
        }
    }
}

/// The progress of the KPI whose name holds the words, in the target year.
fn progress<'d>(data: &'d Dataset, name: &str, year: i32) -> &'d KpiProgress {
    let own = data.kpis.iter().filter(|kpi| kpi.name.contains(name));
    let own: BTreeSet<&str> = own.map(|kpi| kpi.kpi_id.as_str()).collect();
    let mut rows = data.kpi_progress.iter();
    rows.find(|p| own.contains(p.kpi_id.as_str()) && p.target_year == Some(year))
        .unwrap_or_else(|| panic!("no progress of {name} towards {year}"))
}

#[test]
fn achievements_are_those_worked_out_by_hand() {
    // Name, target year, baseline, actual, target, achievement, expected, on track.
    let cases = [
        (
            "アプリ登録者数",
            2025,
            89.0,
            364.0,
            500.0,
            275.0 / 411.0,
            true,
        ),
        (
            "外国人宿泊者数",
            2025,
            76.0,
            671.0,
            1000.0,
            595.0 / 924.0,
            true,
        ),
        ("転入届の操作", 2023, 40.0, 29.6, 30.0, 10.4 / 10.0, true),
        ("転入届の操作", 2024, 40.0, 29.6, 20.0, 10.4 / 20.0, true),
        ("転入届の操作", 2025, 40.0, 29.6, 10.0, 10.4 / 30.0, true),
        (
            "オンライン診療の有資格医師数",
            2025,
            2.0,
            1.0,
            4.0,
            -0.5,
            false,
        ),
        (
            "LINEの友だち数",
            2025,
            585.0,
            890.0,
            1000.0,
            305.0 / 415.0,
            true,
        ),
        (
            "相談窓口を通じた移住者数",
            2025,
            38.0,
            28.0,
            100.0,
            -10.0 / 62.0,
            false,
        ),
    ];
    both(|data| {
        for (name, year, baseline, actual, target, achievement, is_on_track) in cases {
            let row = progress(data, name, year);
            let three = [row.baseline, row.actual, row.target];
            assert_eq!(
                three,
                [Some(baseline), Some(actual), Some(target)],
                "{name}"
            );
            assert!(
                (row.achievement.unwrap() - achievement).abs() < 1e-9,
                "{name}"
            );
            assert_eq!(row.is_on_track, Some(is_on_track), "{name} {year}");
            assert_eq!(row.reason, None, "{name}");
        }
        let registered = progress(data, "アプリ登録者数", 2025);
        assert_eq!((registered.achievement.unwrap() * 1000.0).round(), 669.0);
        assert_eq!(registered.expected.map(|e| (e * 3.0).round()), Some(1.0));
    });
}

#[test]
fn no_number_stands_where_none_can_be_given() {
    let cases = [
        (
            "オープンデータのダウンロード件数",
            2025,
            "target_equals_baseline",
        ),
        ("マイナンバーカード交付率", 2025, "no_baseline"),
        ("ごみチャットボットの利用件数", 2025, "no_baseline"),
        ("Wi-Fiに接続できるスポット", 2025, "no_baseline"),
        ("開庁時間帯におけるシステム稼働率", 2026, "not_numeric"),
        ("統合型GIS", 2024, "milestone"),
        (
            "インフラ設備のデータベース化拡充",
            2028,
            "future_target_only",
        ),
        ("標準準拠システム移行後の運用経費", 2029, "no_actual"),
        ("公会計システムの電子決裁", 2029, "not_numeric"),
    ];
    both(|data| {
        for (name, year, reason) in cases {
            let row = progress(data, name, year);
            assert_eq!(row.reason.as_deref(), Some(reason), "{name}");
            assert_eq!((row.achievement, row.is_on_track), (None, None), "{name}");
        }
        let costs = progress(data, "標準準拠システム移行後の運用経費", 2029);
        assert_eq!(costs.baseline, Some(56_736_000.0));
        assert_eq!(
            (costs.baseline_year, costs.target),
            (Some(2021), Some(39_715_000.0))
        );
        let gis = progress(data, "統合型GIS", 2024);
        assert_eq!(gis.milestone_state.as_deref(), Some("not_done"));
        let manual = progress(data, "オンライン診療の適切な利用", 2024);
        assert_eq!(manual.milestone_state.as_deref(), Some("done"));
    });
}

#[test]
fn every_kpi_has_its_progress() {
    both(|data| {
        let with: BTreeSet<&str> = data.kpi_progress.iter().map(|p| &*p.kpi_id).collect();
        assert_eq!(with.len(), data.kpis.len());
        for row in &data.kpi_progress {
            assert_ne!(
                row.achievement.is_some(),
                row.reason.is_some(),
                "{}",
                row.kpi_id
            );
        }
    });
}

fn of<'d>(data: &'d Dataset, indicator: &str, code: &str) -> Vec<&'d IndicatorValue> {
    let rows = data.indicator_values.iter();
    rows.filter(|v| v.indicator_id == indicator && v.municipality_code == code)
        .collect()
}

#[test]
fn effects_before_and_after_are_baseline_and_actual_value() {
    both(|data| {
        let hours = of(data, "rpa-work-hours", "322032");
        let total: Vec<(&str, f64)> = hours
            .iter()
            .filter(|v| v.qualifier.as_deref() == Some("cumulative"))
            .map(|v| (v.role.as_str(), v.value))
            .collect();
        assert_eq!(total, [("baseline", 10_137.0), ("actual", 3_919.0)]);
        let saved = of(data, "rpa-hours-saved", "322032");
        let last = saved.iter().find(|v| v.fiscal_year == Some(2022)).unwrap();
        assert_eq!((last.value, last.population), (3_851.0, Some(172_775)));
        assert!((last.per_capita.unwrap() - 3_851.0 / 172_775.0).abs() < 1e-12);
    });
}

#[test]
fn several_municipalities_share_indicators() {
    both(|data| {
        let mut municipalities: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for value in &data.indicator_values {
            let own = municipalities.entry(&value.indicator_id).or_default();
            own.insert(&value.municipality_code);
        }
        let shared = municipalities.values().filter(|own| own.len() >= 2).count();
        assert!(
            data.indicators.len() >= 15 && shared >= 8,
            "{municipalities:?}"
        );
    });
}

#[test]
fn national_indicators_are_those_of_a_survey() {
    for indicator in indicators().all() {
        let Some(national) = &indicator.national else {
            continue;
        };
        let path = format!("surveys/{}.toml", national.survey);
        let survey = std::fs::read_to_string(corpus::root().join(path)).unwrap();
        let line = format!("\nid = \"{}\"\n", national.indicator);
        assert!(survey.contains(&line), "{}: {line}", indicator.id);
    }
}

#[test]
fn people_confirm_change_and_remove_alignments() {
    let before = aligned(&[]);
    let kpi = |name: &str| {
        let mut all = before.kpis.iter();
        all.find(|kpi| kpi.name == name).unwrap().kpi_id.clone()
    };
    let (line, friends) = (kpi("LINE友だち数"), kpi("LINEの友だち数"));
    let decision = |id: &str, key: &str, indicator: Option<&str>| AlignmentDecision {
        source_id: id.to_owned(),
        content_key: key.to_owned(),
        indicator: indicator.map(str::to_owned),
        who: "総務課".to_owned(),
        when: "2026-11-20".to_owned(),
        why: "定義が違う".to_owned(),
    };
    let asked = aligned(&[decision(&line, "0000000000000000", None)]);
    assert_eq!(asked.indicator_values, before.indicator_values);
    let told = asked.findings.iter().find(|f| f.code == "review_outdated");
    let key = told.and_then(|f| f.repaired.clone()).unwrap();
    let removed = aligned(&[decision(&line, &key, None)]);
    let id_of = |data: &Dataset, id: &str| {
        let mut all = data.kpis.iter();
        all.find(|kpi| kpi.kpi_id == id)
            .unwrap()
            .indicator_id
            .clone()
    };
    assert_eq!(id_of(&removed, &line), None);
    assert_eq!(id_of(&removed, &friends).as_deref(), Some("line-friends"));
    let changed = aligned(&[decision(&line, &key, Some("x-followers"))]);
    assert_eq!(id_of(&changed, &line).as_deref(), Some("x-followers"));
    let evidence = changed
        .indicator_evidence
        .iter()
        .find(|e| e.source_id == line)
        .unwrap();
    assert_eq!(evidence.rule_id, "override");
    assert_eq!(evidence.decision_reason.as_deref(), Some("定義が違う"));
    let unknown = aligned(&[decision(&line, &key, Some("no-such"))]);
    assert!(unknown.findings.iter().any(|f| f.code == "review_unknown"));
    assert_eq!(id_of(&unknown, &line).as_deref(), Some("line-friends"));
}

/// Each line was read beside its source: see docs/decisions/0026-shared-indicators.md.
#[test]
#[allow(
    clippy::disallowed_methods,
    reason = "a golden file of the repository, written on request"
)]
fn alignments_are_those_that_were_read_beside_their_sources() {
    let data = aligned(&[]);
    let rules: BTreeMap<(&str, &str), &str> = data
        .indicator_evidence
        .iter()
        .map(|e| ((&*e.indicator_id, &*e.source_id), &*e.rule_id))
        .collect();
    let mut lines: Vec<String> = Vec::new();
    for v in &data.indicator_values {
        let rule = rules[&(&*v.indicator_id, &*v.source_id)];
        let year = v
            .fiscal_year
            .map_or_else(String::new, |year| year.to_string());
        let said = v.qualifier.as_deref().unwrap_or_default();
        let mut line = String::new();
        let (indicator, source) = (&v.indicator_id, &v.source_id);
        let (role, position, value, subject) = (&v.role, v.position, v.value, &v.subject);
        let place = &v.locator;
        write!(line, "{indicator}\t{source}\t{role}\t{position}\t{year}\t{value}\t{said}\t{rule}\t{subject}\t{place}").unwrap();
        lines.push(line);
    }
    lines.sort();
    let head = "indicator\tsource\trole\tposition\tyear\tvalue\tqualifier\trule\tsubject\tlocator";
    let now = format!("{head}\n{}\n", lines.join("\n"));
    let place = corpus::root().join("tests/golden/indicator_values.tsv");
    if std::env::var_os("KURABE_BLESS").is_some_and(|value| value == "1") {
        std::fs::write(&place, now).unwrap();
        return;
    }
    let written = std::fs::read_to_string(&place).unwrap_or_default();
    assert!(
        written == now,
        "tests/golden/indicator_values.tsv is not up to date; KURABE_BLESS=1 cargo test -p kurabe --test e2e writes it, to be read as a diff"
    );
}
