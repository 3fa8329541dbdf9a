//! All municipalities of the country: time and memory.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail"
)]

use std::time::Instant;

use kurabe_schema::*;
use kurabe_workbook::{WorkbookOptions, write_workbook};

const STAGES: [&str; 4] = ["study", "operating", "planned", "completed"];

/// 1,741 municipalities with one plan of 46 measures each, a KPI every third measure, a stage for
/// each of six fiscal years, a finding per measure.
fn nation() -> Dataset {
    let mut dataset = Dataset::default();
    dataset.categories.extend((0..14).map(|order| Category {
        taxonomy: "5.1".into(),
        category_id: format!("c{order}"),
        order,
        label_ja: format!("分類{order}"),
        group: "priority".into(),
        ..Category::default()
    }));
    for town in 0..1741 {
        add_town(&mut dataset, town);
        for number in 0..46 {
            add_measure(&mut dataset, town, number);
        }
    }
    dataset
}

fn add_town(dataset: &mut Dataset, town: i32) {
    let code = format!("{town:06}");
    dataset.municipalities.push(Municipality {
        municipality_code: code.clone(),
        name: format!("第{town}市"),
        prefecture: "某県".into(),
        kind: "city".into(),
        ..Municipality::default()
    });
    dataset.documents.push(Document {
        document_id: format!("{code}-plan"),
        municipality_code: code.clone(),
        title: format!("第{town}市DX推進計画"),
        kind: "plan".into(),
        source_url: Some(format!("https://www.example.jp/{code}/plan.pdf")),
        ..Document::default()
    });
    let cells = (0..14).map(|category| BenchmarkCategory {
        taxonomy: "5.1".into(),
        category_id: format!("c{category}"),
        municipality_code: code.clone(),
        document_id: format!("{code}-plan"),
        document_kind: "plan".into(),
        measures: 3,
        measures_all: 46,
        study: 1,
        operating: 2,
        ..BenchmarkCategory::default()
    });
    dataset.benchmark_categories.extend(cells);
}

fn add_measure(dataset: &mut Dataset, town: i32, number: i32) {
    let document_id = format!("{town:06}-plan");
    let measure_id = format!("{document_id}-{number}");
    let stage = STAGES[usize::try_from(town + number).unwrap() % 4];
    dataset.measures.push(Measure {
        measure_id: measure_id.clone(),
        document_id: document_id.clone(),
        municipality_code: format!("{town:06}"),
        number: Some(format!("{number:02}")),
        title: format!("施策{number}のデジタル化による市民サービスの向上"),
        departments: Some("デジタル戦略課;総務課".into()),
        summary: Some(
            format!("{measure_id}について、窓口の手続きを見直し、申請を電子化する。").repeat(5),
        ),
        stage: stage.into(),
        start_fiscal_year: Some(2020 + number % 7),
        locator: format!("L{number}"),
        position: number,
        ..Measure::default()
    });
    dataset.measure_categories.push(MeasureCategory {
        measure_id: measure_id.clone(),
        taxonomy: "5.1".into(),
        category_id: Some(format!("c{}", (town + number * 7) % 14)),
        rank: 1,
        verdict: "assigned".into(),
        method: "rule".into(),
        confidence: Some(0.9),
        ..MeasureCategory::default()
    });
    dataset
        .measure_stages
        .extend((2022..2028).map(|fiscal_year| MeasureStage {
            measure_id: measure_id.clone(),
            fiscal_year,
            stage: stage.into(),
            is_certain: true,
            ..MeasureStage::default()
        }));
    dataset.findings.push(FindingRow {
        finding_id: format!("{measure_id}-f"),
        severity: "warning".into(),
        code: "word_repaired".into(),
        document_id: Some(document_id),
        measure_id: Some(measure_id.clone()),
        locator: Some(format!("L{number}C2")),
        message_ja: "「デジダル」を「デジタル」に直しました。".into(),
        ..FindingRow::default()
    });
    if number % 3 == 0 {
        add_kpi(dataset, town, measure_id);
    }
}

fn add_kpi(dataset: &mut Dataset, town: i32, measure_id: String) {
    let kpi_id = format!("{measure_id}-k1");
    dataset.kpis.push(Kpi {
        kpi_id: kpi_id.clone(),
        measure_id: measure_id.clone(),
        name: "オンライン申請の件数".into(),
        kind: "number".into(),
        locator: "L1".into(),
        ..Kpi::default()
    });
    for (role, year) in [("baseline", 2022), ("target", 2026), ("actual", 2023)] {
        dataset.kpi_values.push(KpiValue {
            kpi_id: kpi_id.clone(),
            role: role.into(),
            value: Some(f64::from(town)),
            value_text: format!("{town}件"),
            fiscal_year: Some(year),
            position: 1,
            ..KpiValue::default()
        });
    }
    dataset.kpi_progress.push(KpiProgress {
        kpi_id,
        position: 1,
        measure_id,
        achievement: Some(f64::from(town) / 1741.0),
        is_final: true,
        ..KpiProgress::default()
    });
}

#[test]
#[ignore = "a measurement, for a release build: cargo test --release -p kurabe-workbook --test nation -- --ignored --nocapture"]
fn the_nation_in_twenty_seconds() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("nation.xlsx");
    let dataset = nation();
    let input = peak();
    let start = Instant::now();
    let sheets = write_workbook(&file, &dataset, &WorkbookOptions::default()).unwrap();
    let time = start.elapsed();
    let rows: usize = sheets.iter().map(|sheet| sheet.rows).sum();
    let bytes = std::fs::metadata(&file).unwrap().len();
    println!(
        "{rows} rows, {bytes} bytes, {time:?}, {} after {input} of the input",
        peak()
    );
    if let Some(kept) = std::env::var_os("KURABE_KEEP") {
        std::fs::copy(&file, kept).unwrap();
    }
    assert!(time.as_secs_f64() <= 20.0, "{time:?}");
}

fn peak() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM"));
    line.unwrap_or("VmHWM unknown").to_owned()
}
