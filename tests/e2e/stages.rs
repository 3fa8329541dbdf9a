//! Stages per year of measures of all four municipalities, read in the sources by hand.

use crate::corpus;
use kurabe_schema::Dataset;

/// A measure with its years: fiscal year, stage, basis, certain, planned.
type Case = (
    &'static str,
    &'static [(i32, &'static str, &'static str, bool, bool)],
);

const CASES: &[Case] = &[
    // 調査・試行 in R5 and a blank R6, 導入 in R7, 運用 in R8; nothing is printed of R4.
    (
        "322067-action-plan-r5-results-45",
        &[
            (2023, "study", "schedule", true, false),
            (2024, "study", "schedule", false, true),
            (2025, "build", "schedule", true, true),
            (2026, "operating", "schedule", true, true),
        ],
    ),
    // Three items: a tablet in operation speaks for the measure while an app is still on trial.
    (
        "322067-action-plan-r5-results-10",
        &[
            (2023, "operating", "schedule", true, false),
            (2024, "operating", "schedule", true, true),
            (2025, "operating", "schedule", false, true),
            (2026, "operating", "schedule", true, true),
        ],
    ),
    // 着手中, 運用開始 R8年度中: nothing is said of the years between.
    (
        "322016-phase1-review-r4-efficiency-divisions-1",
        &[
            (2022, "build", "status", true, false),
            (2026, "operating", "start", true, true),
        ],
    ),
    // 運用中 since R3.11.
    (
        "322016-phase1-review-r4-efficiency-workstyle-2",
        &[
            (2021, "operating", "start", true, false),
            (2022, "operating", "status", true, false),
        ],
    ),
    // ホームページ 運用中 since R5.2, LINE 着手中 until R5年度中.
    (
        "322016-phase1-review-r4-service-relations-1",
        &[
            (2022, "operating", "status", true, false),
            (2023, "operating", "start", true, true),
        ],
    ),
    // 調査・研究中, 未定.
    (
        "322016-phase1-review-r4-efficiency-divisions-16",
        &[(2022, "study", "status", true, false)],
    ),
    // 電子決裁: 構築 R6, 運用開始 R7; 文書管理: 検討 from R6, 構築 R11. The document is of R5.
    (
        "063240-dx-plan-r6-2-1-2",
        &[
            (2023, "planned", "schedule", false, false),
            (2024, "build", "schedule", true, true),
            (2025, "operating", "schedule", true, true),
            (2026, "operating", "schedule", false, true),
            (2027, "operating", "schedule", false, true),
            (2028, "operating", "schedule", false, true),
            (2029, "operating", "schedule", false, true),
        ],
    ),
    // 実施 every third year, a text that says that the system runs, and nothing of the years between.
    (
        "063240-dx-plan-r6-2-1-3",
        &[
            (2023, "operating", "text", false, false),
            (2026, "operating", "schedule", true, true),
            (2029, "operating", "schedule", true, true),
        ],
    ),
    // 短期 R4–R5: under way, and no word on how far.
    (
        "322032-dx-briefing-r5-46",
        &[
            (2022, "unknown", "term", true, false),
            (2023, "unknown", "term", true, false),
        ],
    ),
    // 長期 R4–: an open term is known to hold until the document's own year.
    (
        "322032-dx-briefing-r5-56",
        &[
            (2022, "unknown", "term", true, false),
            (2023, "unknown", "term", true, false),
        ],
    ),
];

fn check(data: &Dataset) {
    let mut wrong = Vec::new();
    for (id, expected) in CASES {
        let rows = data
            .measure_stages
            .iter()
            .filter(|row| row.measure_id == *id);
        let now: Vec<_> = rows
            .map(|row| {
                let is_plan = row.is_plan.unwrap();
                (
                    row.fiscal_year,
                    &*row.stage,
                    &*row.basis,
                    row.is_certain,
                    is_plan,
                )
            })
            .collect();
        if now != *expected {
            wrong.push(format!("{id}: {now:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn of_the_transcriptions() {
    check(corpus::transcribed());
}

#[test]
fn of_the_published_documents() {
    let Some(all) = corpus::published() else {
        println!("SKIPPED: ../shared/corpus is not there");
        return;
    };
    check(all);
    let withdrawn = all
        .measures
        .iter()
        .find(|row| row.stage == "withdrawn")
        .unwrap();
    let rows = all.measure_stages.iter();
    let years: Vec<i32> = rows
        .filter(|row| row.measure_id == withdrawn.measure_id)
        .map(|row| row.fiscal_year)
        .collect();
    assert_eq!(years, [2022]);
}

/// No year is claimed twice, and no status for another year than its own.
#[test]
fn a_status_never_leaves_its_year() {
    let data = corpus::transcribed();
    for row in data
        .measure_stages
        .iter()
        .filter(|row| row.basis == "status")
    {
        assert_eq!(
            (row.fiscal_year, row.is_plan),
            (2022, Some(false)),
            "{row:?}"
        );
    }
    let keys = |row: &kurabe_schema::MeasureStage| (row.measure_id.clone(), row.fiscal_year);
    let all: std::collections::BTreeSet<_> = data.measure_stages.iter().map(keys).collect();
    assert_eq!(all.len(), data.measure_stages.len());
}

/// Every row on the bundled documents and facts, checked by hand against both.
#[test]
fn plans_and_the_survey_differ_where_a_reader_says_so() {
    let rows = corpus::transcribed().plan_vs_survey.iter().map(|row| {
        (
            &*row.document_id,
            &*row.indicator,
            &*row.difference,
            row.plan_stage.as_deref().unwrap_or_default(),
            row.plan_raw.as_deref().unwrap_or_default(),
        )
    });
    let rows: Vec<_> = rows
        .map(|row| {
            (
                row.0,
                row.1,
                row.2,
                row.3,
                row.4.chars().take(9).collect::<String>(),
            )
        })
        .collect();
    let row = |id, indicator, difference, stage, raw: &str| {
        (id, indicator, difference, stage, raw.to_owned())
    };
    assert_eq!(
        rows,
        [
            row(
                corpus::OE,
                "ai",
                "in_preparation",
                "trial",
                "令和5年度にDX推"
            ),
            row(
                corpus::OE,
                "overall_policy",
                "plan_only",
                "",
                "大江町DX推進計画"
            ),
            row(
                corpus::OE,
                "rpa",
                "in_preparation",
                "study",
                "導入に向けた検討継"
            ),
            row(
                corpus::YASUGI,
                "rpa",
                "in_preparation",
                "study",
                "調査・試行"
            ),
        ]
    );
}
