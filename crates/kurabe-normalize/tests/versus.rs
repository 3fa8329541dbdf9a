//! `plan_vs_survey` on tables made by hand: which differences are stated, and which are not.
#![allow(
    clippy::unwrap_used,
    reason = "a test that meets something unexpected fails"
)]

use jiff::civil::{Date, date};
use kurabe_normalize::{Correspondence, Speaker, compare_with_surveys};
use kurabe_schema::{
    Dataset, Document, Indicator, IndicatorValue, Kpi, KpiValue, Measure, MeasureStage, PlanItem,
    PlanVsSurvey, Schedule, SurveyIndicator,
};

const SURVEY: Date = date(2023, 4, 1);

fn words(list: &[&str]) -> Vec<String> {
    list.iter().map(|word| (*word).to_owned()).collect()
}

fn speaking(indicator: &str, speaker: Speaker) -> Correspondence {
    Correspondence {
        survey: "survey".to_owned(),
        title: "見本調査".to_owned(),
        indicator: indicator.to_owned(),
        speaker,
    }
}

fn correspondences() -> Vec<Correspondence> {
    let measures = |terms: &[&str], is_broad| Speaker::Measures {
        terms: words(terms),
        without: words(&["農業"]),
        is_broad,
    };
    vec![
        speaking("rpa", measures(&["RPA"], false)),
        speaking("ai", measures(&["AI"], true)),
        speaking("policy", Speaker::Document),
        speaking("rate", Speaker::Values),
    ]
}

fn answer(indicator: &str, value: f64, raw: &str) -> SurveyIndicator {
    SurveyIndicator {
        municipality_code: "131016".to_owned(),
        indicator: indicator.to_owned(),
        survey: "survey".to_owned(),
        year: 2023,
        value: Some(value),
        value_raw: Some(raw.to_owned()),
        label: format!("{indicator}の状況"),
        as_of: Some(SURVEY),
        path: "survey.csv".to_owned(),
        locator: "L2C3".to_owned(),
        ..SurveyIndicator::default()
    }
}

fn document(as_of: Date) -> Dataset {
    Dataset {
        documents: vec![Document {
            document_id: "131016-plan".to_owned(),
            municipality_code: "131016".to_owned(),
            title: "見本DX計画".to_owned(),
            kind: "plan".to_owned(),
            as_of: Some(as_of),
            ..Document::default()
        }],
        ..Dataset::default()
    }
}

fn add(data: &mut Dataset, title: &str, stage: &str, basis: &str) -> String {
    let now = if data.documents[0].as_of.unwrap() < SURVEY {
        2022
    } else {
        2023
    };
    let id = format!("131016-plan-{}", data.measures.len() + 1);
    data.measures.push(Measure {
        measure_id: id.clone(),
        document_id: "131016-plan".to_owned(),
        municipality_code: "131016".to_owned(),
        title: title.to_owned(),
        stage: stage.to_owned(),
        stage_basis: Some(basis.to_owned()),
        locator: "L5-9".to_owned(),
        ..Measure::default()
    });
    data.measure_stages.push(MeasureStage {
        measure_id: id.clone(),
        fiscal_year: now,
        stage: stage.to_owned(),
        basis: basis.to_owned(),
        stage_raw: Some("原文".to_owned()),
        is_certain: basis != "text",
        is_plan: Some(false),
        locator: "L6".to_owned(),
        ..MeasureStage::default()
    });
    id
}

fn compared(mut data: Dataset, answer: SurveyIndicator) -> Option<PlanVsSurvey> {
    data.survey_indicators = vec![answer];
    compare_with_surveys(&mut data, &correspondences());
    assert!(data.plan_vs_survey.len() <= 1);
    data.plan_vs_survey.pop()
}

#[test]
fn operation_that_the_survey_does_not_know_is_dated() {
    let mut data = document(date(2024, 3, 31));
    add(&mut data, "農業RPAの導入", "operating", "status");
    let id = add(&mut data, "ＲＰＡの導入", "operating", "status");
    let row = compared(data.clone(), answer("rpa", 0.0, "未実施")).unwrap();
    assert_eq!(row.difference, "plan_only");
    assert_eq!(row.measure_ids.as_deref(), Some(id.as_str()));
    assert_eq!(
        (row.plan_locator.as_str(), row.survey_locator.as_str()),
        ("L6", "L2C3")
    );
    assert_eq!(
        (row.survey_as_of, row.plan_as_of),
        (Some(SURVEY), Some(date(2024, 3, 31)))
    );
    assert!(
        row.sentence_ja
            .contains("その間に運用が始まったことで説明できます"),
        "{}",
        row.sentence_ja
    );
    assert!(
        row.sentence_en.contains("explains it"),
        "{}",
        row.sentence_en
    );

    // It ran before the survey, by the plan itself.
    data.measure_stages.push(MeasureStage {
        measure_id: id,
        fiscal_year: 2021,
        stage: "operating".to_owned(),
        basis: "start".to_owned(),
        is_plan: Some(false),
        ..MeasureStage::default()
    });
    let row = compared(data, answer("rpa", 0.0, "未実施")).unwrap();
    assert!(
        row.sentence_ja.contains("2021年度から"),
        "{}",
        row.sentence_ja
    );
    assert!(
        row.sentence_en.contains("do not explain it"),
        "{}",
        row.sentence_en
    );
}

#[test]
fn what_both_call_unfinished_is_no_contradiction_and_says_so() {
    let mut data = document(date(2024, 3, 31));
    add(&mut data, "RPAの導入", "study", "schedule");
    let row = compared(data, answer("rpa", 0.0, "未実施")).unwrap();
    assert_eq!(row.difference, "in_preparation");
    assert_eq!(row.plan_stage.as_deref(), Some("study"));
    assert!(
        row.sentence_ja.ends_with("両者は矛盾しません。"),
        "{}",
        row.sentence_ja
    );
}

#[test]
fn a_text_must_say_that_the_thing_itself_is_in_use() {
    let no = || answer("rpa", 0.0, "未実施");
    for (past, is_told) in [
        ("RPAを3課で利用しています。", true),
        ("RPAの導入を検討しました。", false),
        ("RPAの事例を調査し、説明会を開催しました。", false),
        ("電子申請を運用しています。", false),
    ] {
        let mut data = document(date(2024, 3, 31));
        add(&mut data, "RPAの導入", "operating", "text");
        data.measures[0].past = Some(past.to_owned());
        let row = compared(data.clone(), no());
        assert_eq!(row.is_some(), is_told, "{past}");
        // As long as that is open, another measure does not speak for the plan.
        add(&mut data, "RPAの検討", "study", "status");
        let found = compared(data, no()).map(|row| row.difference);
        assert_eq!(found.as_deref(), is_told.then_some("plan_only"), "{past}");
    }
}

#[test]
fn a_yes_needs_a_plain_no_of_the_plan() {
    let yes = || answer("rpa", 1.0, "実施");
    let mut data = document(date(2024, 3, 31));
    add(&mut data, "RPAの導入", "study", "status");
    let row = compared(data.clone(), yes()).unwrap();
    assert_eq!(row.difference, "survey_only");
    assert!(row.sentence_en.contains("do not explain it"));
    let mut earlier = document(date(2023, 3, 31));
    add(&mut earlier, "RPAの導入", "study", "status");
    let row = compared(earlier, yes()).unwrap();
    assert!(
        row.sentence_en.contains("began after the plan"),
        "{}",
        row.sentence_en
    );

    // Words that say that it is in use, if only on trial; a stage read from a text; one that is not told;
    // another measure in operation; a subject of many measures.
    let mut used = data.clone();
    used.measures[0].past = Some("一部の課で試行した。".to_owned());
    assert_eq!(compared(used, yes()), None);
    for (stage, basis) in [
        ("study", "text"),
        ("unknown", "term"),
        ("operating", "status"),
    ] {
        let mut more = data.clone();
        add(&mut more, "RPAの活用", stage, basis);
        assert_eq!(compared(more, yes()), None, "{stage} {basis}");
    }
    let mut broad = document(date(2024, 3, 31));
    add(&mut broad, "生成AIの導入", "study", "status");
    assert_eq!(compared(broad, answer("ai", 1.0, "実施")), None);
}

#[test]
fn an_item_speaks_for_itself_and_not_for_its_measure() {
    let mut data = document(date(2024, 2, 29));
    let id = add(&mut data, "AI・RPAの導入", "operating", "text");
    data.measures[0].past = Some("生成AIを各課で利用しています。".to_owned());
    for (position, item, phase, stage) in [
        (1, "対話型生成AIの導入", "運用", "operating"),
        (2, "RPAの導入", "検討", "study"),
    ] {
        data.schedules.push(Schedule {
            measure_id: id.clone(),
            item: Some(item.to_owned()),
            fiscal_year: 2024,
            phase_raw: phase.to_owned(),
            stage: Some(stage.to_owned()),
            is_span_certain: true,
            locator: format!("L{}", 7 + position),
            position,
            ..Schedule::default()
        });
    }
    let rpa = compared(data.clone(), answer("rpa", 0.0, "未実施")).unwrap();
    assert_eq!(
        (rpa.difference.as_str(), rpa.plan_locator.as_str()),
        ("in_preparation", "L9")
    );
    assert!(
        rpa.sentence_ja.contains("2024年度に「検討」"),
        "{}",
        rpa.sentence_ja
    );
    let ai = compared(data.clone(), answer("ai", 0.0, "未実施")).unwrap();
    assert_eq!(ai.difference, "plan_only");
    assert_eq!(ai.plan_raw.as_deref(), Some("生成AIを各課で利用しています"));

    // Operation that is planned does not say that it does not run yet.
    data.measures[0].past = None;
    assert_eq!(compared(data, answer("ai", 0.0, "未実施")), None);
}

#[test]
fn a_plan_is_its_own_answer() {
    let mut data = document(date(2024, 2, 29));
    data.plan_items = vec![PlanItem {
        document_id: "131016-plan".to_owned(),
        text: "本町は見本 DX 計画を策定します。".to_owned(),
        locator: "L12".to_owned(),
        ..PlanItem::default()
    }];
    let row = compared(data.clone(), answer("policy", 0.0, "未実施")).unwrap();
    assert_eq!(
        (row.difference.as_str(), row.plan_locator.as_str()),
        ("plan_only", "L12")
    );
    assert!(
        row.sentence_ja.contains("その間に策定された"),
        "{}",
        row.sentence_ja
    );
    assert_eq!(compared(data.clone(), answer("policy", 1.0, "実施")), None);
    data.documents[0].kind = "briefing".to_owned();
    assert_eq!(compared(data, answer("policy", 0.0, "未実施")), None);
}

#[test]
fn figures_differ_only_against_the_way_they_go() {
    let rate = |value: f64| {
        let mut data = document(date(2024, 2, 29));
        let id = add(&mut data, "オンライン化", "operating", "status");
        data.indicators = vec![Indicator {
            indicator_id: "online".to_owned(),
            direction: Some("increase".to_owned()),
            national_survey: Some("survey".to_owned()),
            national_indicator: Some("rate".to_owned()),
            ..Indicator::default()
        }];
        data.kpis = vec![Kpi {
            kpi_id: "k1".to_owned(),
            measure_id: id,
            ..Kpi::default()
        }];
        data.kpi_values = vec![KpiValue {
            kpi_id: "k1".to_owned(),
            role: "baseline".to_owned(),
            value: Some(value),
            value_text: format!("{value}％"),
            locator: "L8".to_owned(),
            ..KpiValue::default()
        }];
        data.indicator_values = vec![IndicatorValue {
            indicator_id: "online".to_owned(),
            municipality_code: "131016".to_owned(),
            document_id: "131016-plan".to_owned(),
            source_id: "k1".to_owned(),
            kpi_id: Some("k1".to_owned()),
            role: "baseline".to_owned(),
            as_of_latest: Some(date(2024, 1, 31)),
            value,
            ..IndicatorValue::default()
        }];
        compared(data, answer("rate", 50.0, "50%"))
    };
    assert_eq!(rate(90.0), None);
    assert_eq!(rate(46.0), None);
    let row = rate(30.0).unwrap();
    assert_eq!(
        (row.difference.as_str(), row.plan_value),
        ("value", Some(30.0))
    );
    assert_eq!(
        (row.plan_locator.as_str(), row.plan_as_of),
        ("L8", Some(date(2024, 1, 31)))
    );
    assert!(
        row.sentence_ja.contains("20.0ポイント"),
        "{}",
        row.sentence_ja
    );
}

/// Neither side is ever said to be wrong.
#[test]
fn no_sentence_accuses() {
    let mut data = document(date(2024, 3, 31));
    add(&mut data, "RPAの導入", "operating", "status");
    let row = compared(data, answer("rpa", 0.0, "未実施")).unwrap();
    for word in ["誤", "間違", "虚偽"] {
        assert!(!row.sentence_ja.contains(word));
    }
    for word in ["wrong", "false", "incorrect", "error"] {
        assert!(!row.sentence_en.contains(word));
    }
}
