//! All municipalities of the country: time and memory.

use std::time::Instant;

use kurabe_benchmark::benchmark;
use kurabe_schema::*;

const STAGES: [&str; 4] = ["study", "operating", "planned", "completed"];

const TAXONOMIES: [&str; 5] = ["1.0", "2.2", "2.3", "3.0", "5.1"];

/// 1,741 municipalities with one plan of 45 measures each, five editions, a KPI every third measure.
fn nation() -> Dataset {
    let mut dataset = Dataset::default();
    for taxonomy in TAXONOMIES {
        dataset.categories.extend((0..25).map(|category| Category {
            taxonomy: taxonomy.into(),
            category_id: format!("c{category}"),
            ..Category::default()
        }));
    }
    dataset.indicators = (0..20)
        .map(|indicator| Indicator {
            indicator_id: format!("i{indicator}"),
            unit: "件".into(),
            direction: Some("increase".into()),
            is_level_comparable: true,
            ..Indicator::default()
        })
        .collect();
    for town in 0..1741 {
        add_town(&mut dataset, town);
        for number in 0..45 {
            add_measure(&mut dataset, town, number);
        }
    }
    dataset
}

fn add_town(dataset: &mut Dataset, town: i32) {
    let code = format!("{town:06}");
    let groups = [
        "nation".to_owned(),
        format!("prefecture-{}", town % 47),
        format!("kind-{}", town % 4),
    ];
    dataset.peer_groups.extend(groups.map(|group| PeerGroup {
        peer_group: group,
        municipality_code: code.clone(),
        ..PeerGroup::default()
    }));
    dataset.documents.push(Document {
        document_id: format!("{code}-plan"),
        municipality_code: code.clone(),
        kind: "plan".into(),
        ..Document::default()
    });
    dataset
        .survey_indicators
        .extend((0..67).map(|survey| SurveyIndicator {
            municipality_code: code.clone(),
            indicator: format!("s{survey}"),
            survey: "s".into(),
            year: 2023,
            unit: "percent".into(),
            value: Some(f64::from(town * 31 % 101 + survey)),
            ..SurveyIndicator::default()
        }));
}

fn add_measure(dataset: &mut Dataset, town: i32, number: i32) {
    let document_id = format!("{town:06}-plan");
    let measure_id = format!("{document_id}-{number}");
    dataset.measures.push(Measure {
        measure_id: measure_id.clone(),
        document_id,
        municipality_code: format!("{town:06}"),
        stage: STAGES[usize::try_from(town + number).unwrap_or(0) % 4].into(),
        start_fiscal_year: Some(2020 + number % 7),
        ..Measure::default()
    });
    dataset
        .measure_categories
        .extend(TAXONOMIES.map(|taxonomy| MeasureCategory {
            measure_id: measure_id.clone(),
            taxonomy: taxonomy.into(),
            category_id: Some(format!("c{}", (town + number * 7) % 25)),
            rank: 1,
            ..MeasureCategory::default()
        }));
    if number % 3 == 0 {
        add_kpi(dataset, town, number, measure_id);
    }
}

fn add_kpi(dataset: &mut Dataset, town: i32, number: i32, measure_id: String) {
    let kpi_id = format!("{measure_id}-k1");
    dataset.kpis.push(Kpi {
        kpi_id: kpi_id.clone(),
        measure_id,
        kind: "number".into(),
        ..Kpi::default()
    });
    for (role, year) in [("baseline", 2022), ("target", 2026), ("actual", 2023)] {
        dataset.kpi_values.push(KpiValue {
            kpi_id: kpi_id.clone(),
            role: role.into(),
            value: Some(f64::from(town)),
            fiscal_year: Some(year),
            ..KpiValue::default()
        });
        dataset.indicator_values.push(IndicatorValue {
            indicator_id: format!("i{}", number / 3),
            municipality_code: format!("{town:06}"),
            document_id: format!("{town:06}-plan"),
            source_id: kpi_id.clone(),
            role: role.into(),
            fiscal_year: Some(year),
            value: f64::from(town),
            ..IndicatorValue::default()
        });
    }
    dataset.kpi_progress.push(KpiProgress {
        kpi_id,
        achievement: Some(f64::from(town) / 1741.0),
        is_final: true,
        ..KpiProgress::default()
    });
}

#[test]
#[ignore = "a measurement, for a release build: cargo test --release -p kurabe-benchmark --test nation -- --ignored --nocapture"]
fn the_nation_in_two_seconds() {
    let mut dataset = nation();
    let start = Instant::now();
    benchmark(&mut dataset).unwrap();
    let time = start.elapsed();
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status
        .lines()
        .find(|line| line.starts_with("VmHWM"))
        .unwrap_or("VmHWM unknown");
    println!(
        "{:?}, {peak} (input included); {} rows of categories, {} of indicators, {} of positions",
        time,
        dataset.benchmark_categories.len(),
        dataset.benchmark_indicators.len(),
        dataset.survey_positions.len(),
    );
    assert!(time.as_secs_f64() <= 2.0, "{time:?}");
}
