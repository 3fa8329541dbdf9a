//! Benchmark tables of a dataset that is small enough to count by hand.

use jiff::civil::date;
use kurabe_benchmark::benchmark;
use kurabe_schema::{
    Category, Dataset, Document, Indicator, IndicatorValue, Kpi, KpiProgress, KpiValue, Measure,
    MeasureCategory, MeasureDepartment, PeerGroup, SurveyIndicator,
};

fn document(id: &str, code: &str, kind: &str) -> Document {
    Document {
        document_id: id.into(),
        municipality_code: code.into(),
        kind: kind.into(),
        as_of: Some(date(2024, 3, 31)),
        ..Document::default()
    }
}

fn measure(id: &str, document: &str, stage: &str) -> Measure {
    Measure {
        measure_id: id.into(),
        document_id: document.into(),
        stage: stage.into(),
        ..Measure::default()
    }
}

fn coded(measure: &str, category: Option<&str>, rank: i32) -> MeasureCategory {
    MeasureCategory {
        measure_id: measure.into(),
        taxonomy: "1".into(),
        category_id: category.map(Into::into),
        rank,
        ..MeasureCategory::default()
    }
}

fn kpi(id: &str, measure: &str, kind: &str) -> Kpi {
    Kpi {
        kpi_id: id.into(),
        measure_id: measure.into(),
        kind: kind.into(),
        ..Kpi::default()
    }
}

fn kpi_value(kpi: &str, role: &str, value: Option<f64>, year: Option<i32>) -> KpiValue {
    KpiValue {
        kpi_id: kpi.into(),
        role: role.into(),
        value,
        fiscal_year: year,
        ..KpiValue::default()
    }
}

fn progress(kpi: &str, achievement: f64) -> KpiProgress {
    KpiProgress {
        kpi_id: kpi.into(),
        achievement: Some(achievement),
        is_final: true,
        ..KpiProgress::default()
    }
}

/// Two documents: `a` with three measures and a repeat, `b` with one measure.
fn measures() -> Dataset {
    let mut dataset = Dataset {
        documents: vec![
            document("a", "1", "plan"),
            document("b", "2", "progress_review"),
        ],
        categories: ["ai", "telework"]
            .map(|id| Category {
                taxonomy: "1".into(),
                category_id: id.into(),
                ..Category::default()
            })
            .to_vec(),
        measures: vec![
            measure("a-1", "a", "study"),
            measure("a-2", "a", "withdrawn"),
            measure("a-3", "a", "operating"),
            measure("a-4", "a", "operating"),
            measure("b-1", "b", "operating"),
        ],
        measure_categories: vec![
            coded("a-1", Some("ai"), 1),
            coded("a-2", Some("ai"), 1),
            coded("a-2", Some("telework"), 2),
            coded("a-3", None, 1),
            coded("a-4", Some("ai"), 1),
            coded("b-1", Some("ai"), 1),
        ],
        measure_departments: ["a-1", "a-1", "a-3"]
            .map(|id| MeasureDepartment {
                measure_id: id.into(),
                ..MeasureDepartment::default()
            })
            .to_vec(),
        kpis: vec![
            kpi("a-1-k1", "a-1", "number"),
            kpi("a-1-k2", "a-1", "number"),
            kpi("a-3-k1", "a-3", "milestone"),
            kpi("a-4-k1", "a-4", "number"),
        ],
        kpi_values: vec![
            kpi_value("a-1-k1", "baseline", Some(0.0), Some(2022)),
            kpi_value("a-1-k1", "target", Some(10.0), Some(2026)),
            kpi_value("a-1-k1", "actual", Some(4.0), Some(2023)),
            kpi_value("a-1-k2", "target", None, Some(2027)),
            kpi_value("a-3-k1", "target", None, None),
        ],
        kpi_progress: vec![
            progress("a-1-k1", 0.4),
            progress("a-1-k2", 0.9),
            progress("a-4-k1", 7.0),
        ],
        ..Dataset::default()
    };
    dataset.measures[0].start_fiscal_year = Some(2023);
    dataset.measures[3].is_repeat = true;
    dataset
}

#[test]
fn measures_are_counted_once_with_their_stages_and_kpis() {
    let mut dataset = measures();
    benchmark(&mut dataset).unwrap();
    assert_eq!(dataset.benchmark_categories.len(), 4);
    let cell = |document: &str, category: &str| {
        let mut rows = dataset.benchmark_categories.iter();
        rows.find(|row| row.document_id == document && row.category_id == category)
            .unwrap()
    };
    let ai = cell("a", "ai");
    assert_eq!((ai.measures, ai.measures_all), (2, 3));
    assert!((ai.share - 2.0 / 3.0).abs() < 1e-9);
    assert_eq!((ai.study, ai.withdrawn, ai.operating), (1, 1, 0));
    assert_eq!(
        (ai.with_kpi, ai.with_numeric_target, ai.with_result),
        (1, 1, 1)
    );
    assert_eq!(ai.achievement_n, 2);
    assert_eq!(ai.achievement_mean, Some(0.65));
    assert_eq!(ai.achievement_median, Some(0.65));
    assert_eq!(
        (ai.achievement_min, ai.achievement_max),
        (Some(0.4), Some(0.9))
    );
    assert_eq!((ai.first_start, ai.last_target), (Some(2023), Some(2027)));
    assert_eq!(ai.as_of, Some(date(2024, 3, 31)));
    let none = cell("b", "telework");
    assert_eq!((none.measures, none.measures_all, none.share), (0, 1, 0.0));
    assert_eq!((none.achievement_mean, none.first_start), (None, None));
    assert_eq!(cell("b", "ai").document_kind, "progress_review");
}

#[test]
fn the_quality_of_a_plan_keeps_three_kinds_of_absence_apart() {
    let mut dataset = measures();
    dataset.measures[4].start_raw = Some("そのうち".into());
    benchmark(&mut dataset).unwrap();
    let counts = |document: &str, field: &str| {
        let mut rows = dataset.plan_quality.iter();
        let row = rows
            .find(|row| row.document_id == document && row.field == field)
            .unwrap();
        (row.stated, row.not_stated, row.not_read, row.not_applicable)
    };
    assert_eq!(counts("a", "owner"), (2, 1, 0, 0));
    assert_eq!(counts("a", "schedule"), (1, 1, 0, 1));
    assert_eq!(counts("b", "schedule"), (0, 0, 1, 0));
    assert_eq!(counts("a", "kpi"), (2, 0, 0, 1));
    // a-3 has only a milestone, which has no baseline.
    assert_eq!(counts("a", "baseline"), (1, 0, 0, 2));
    assert_eq!(counts("a", "target"), (2, 0, 0, 1));
    assert_eq!(counts("a", "target_year"), (1, 1, 0, 1));
    assert_eq!(counts("a", "result"), (1, 1, 0, 1));
    assert_eq!(dataset.plan_quality.len(), 14);
    let owner = &dataset
        .plan_quality
        .iter()
        .find(|row| row.field == "kpi" && row.document_id == "b");
    assert_eq!(owner.unwrap().share, Some(0.0));
}

fn value(code: &str, source: &str, value: f64) -> IndicatorValue {
    IndicatorValue {
        indicator_id: "minutes".into(),
        municipality_code: code.into(),
        document_id: code.into(),
        source_id: source.into(),
        role: "actual".into(),
        fiscal_year: Some(2023),
        value,
        ..IndicatorValue::default()
    }
}

fn peers(groups: &[(&str, &[&str])]) -> Vec<PeerGroup> {
    let members = groups.iter().flat_map(|(group, codes)| {
        codes.iter().map(|code| PeerGroup {
            peer_group: (*group).into(),
            municipality_code: (*code).into(),
            ..PeerGroup::default()
        })
    });
    members.collect()
}

#[test]
fn values_are_ranked_within_their_peers() {
    let codes = ["1", "2", "3", "4"];
    let mut dataset = Dataset {
        documents: codes.map(|code| document(code, code, "plan")).to_vec(),
        indicators: vec![Indicator {
            indicator_id: "minutes".into(),
            unit: "分".into(),
            direction: Some("decrease".into()),
            is_level_comparable: true,
            ..Indicator::default()
        }],
        indicator_values: vec![
            value("1", "1-k1", 10.0),
            value("2", "2-k1", 30.0),
            value("3", "3-k1", 10.0),
            value("4", "4-k1", 1.0),
            value("4", "4-k2", 2.0),
        ],
        peer_groups: peers(&[("nation", &codes), ("pair", &["1", "2"])]),
        ..Dataset::default()
    };
    dataset.documents[1].kind = "briefing".into();
    benchmark(&mut dataset).unwrap();
    let row = |group: &str, source: &str| {
        let mut rows = dataset.benchmark_indicators.iter();
        rows.find(|row| row.peer_group == group && row.source_id == source)
            .unwrap()
    };
    let second = row("nation", "2-k1");
    assert_eq!(
        (second.rank, second.n, second.peer_median),
        (Some(3), 3, Some(10.0))
    );
    assert_eq!(
        (second.gap_to_best, second.gap_to_median),
        (Some(20.0), Some(20.0))
    );
    assert!(second.is_mixed);
    assert_eq!(
        (row("nation", "1-k1").rank, row("nation", "3-k1").rank),
        (Some(1), Some(1))
    );
    // Two values of one municipality in one year stand for neither.
    assert_eq!(
        (
            row("nation", "4-k1").rank,
            row("nation", "4-k1").gap_to_best
        ),
        (None, None)
    );
    // Fewer than three: a rank, but no median.
    let pair = row("pair", "2-k1");
    assert_eq!((pair.rank, pair.n, pair.peer_median), (Some(2), 2, None));
    assert_eq!(dataset.benchmark_indicators.len(), 7);
}

#[test]
fn survey_positions_are_those_of_municipalities_with_documents() {
    let answer = |code: &str, value: Option<f64>| SurveyIndicator {
        municipality_code: code.into(),
        indicator: "rpa".into(),
        survey: "s".into(),
        year: 2023,
        unit: "yes_no".into(),
        value,
        ..SurveyIndicator::default()
    };
    let mut dataset = Dataset {
        documents: vec![document("a", "1", "plan"), document("a2", "1", "briefing")],
        survey_indicators: vec![
            answer("1", Some(0.0)),
            answer("2", Some(1.0)),
            answer("3", Some(1.0)),
            answer("4", Some(0.0)),
            answer("5", None),
        ],
        peer_groups: peers(&[
            ("nation", &["1", "2", "3", "4", "5"]),
            ("pair", &["1", "2"]),
        ]),
        ..Dataset::default()
    };
    benchmark(&mut dataset).unwrap();
    assert_eq!(dataset.survey_positions.len(), 2);
    let nation = &dataset
        .survey_positions
        .iter()
        .find(|row| row.peer_group == "nation")
        .unwrap();
    assert_eq!((nation.rank, nation.n), (3, 4));
    assert_eq!((nation.mean, nation.median), (Some(0.5), Some(0.5)));
    let pair = &dataset
        .survey_positions
        .iter()
        .find(|row| row.peer_group == "pair")
        .unwrap();
    assert_eq!((pair.rank, pair.mean), (2, None));
}

#[test]
fn nothing_gives_nothing() {
    let mut dataset = Dataset::default();
    benchmark(&mut dataset).unwrap();
    assert_eq!(dataset, Dataset::default());
}
