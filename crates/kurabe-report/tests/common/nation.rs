//! A made-up nation: every municipality with one plan, texts of realistic length.
//!
//! Rates per measure are those of the documents in the corpus: 8 words of evidence in each of
//! five editions, a KPI at every second measure, two rows of schedules.

use kurabe_schema::*;

/// Editions of the national plan.
const EDITIONS: [&str; 5] = ["1.0", "2.2", "2.3", "3.0", "5.1"];

/// Categories of each edition.
const CATEGORIES: i32 = 22;

/// Shared indicators.
const INDICATORS: i32 = 20;

/// Pieces that texts are made of.
const PIECES: [&str; 12] = [
    "行政手続のオンライン化を進め、",
    "窓口での待ち時間を短くする。",
    "職員の研修を年に三回行い、",
    "業務の流れを見直したうえで",
    "対象となる手続の一覧を公表し、",
    "利用者の声を集めて改める。",
    "標準準拠システムへの移行を終え、",
    "データに基づく施策の立案を支える。",
    "高齢者向けの講習会を開き、",
    "地域の事業者と協力して取り組む。",
    "・令和6年度に試行し、翌年度から運用する。\n",
    "・費用と効果を毎年度確かめる。\n",
];

/// Words that speak for a category.
const TERMS: [&str; 6] = [
    "オンライン化",
    "研修",
    "待ち時間",
    "標準準拠システム",
    "講習会",
    "データ",
];

/// A nation of so many municipalities with so many measures each.
pub(crate) fn nation(towns: i32, measures: i32) -> Dataset {
    let mut dataset = Dataset::default();
    lists(&mut dataset);
    for town in 0..towns {
        add_town(&mut dataset, town, measures);
        for number in 0..measures {
            add_measure(&mut dataset, town, number);
        }
        add_counts(&mut dataset, town, measures);
    }
    dataset
}

fn code_of(town: i32) -> String {
    format!("{:02}{:04}", town % 47 + 1, town)
}

fn index(number: i32, length: usize) -> usize {
    usize::try_from(number).unwrap() % length
}

/// A text of about so many characters.
fn text(seed: i32, characters: usize) -> String {
    let mut text = String::new();
    let mut at = seed;
    while text.len() < characters * 3 {
        text.push_str(PIECES[index(at, PIECES.len())]);
        at = at * 7 % 9973 + 5;
    }
    text
}

fn lists(dataset: &mut Dataset) {
    for edition in EDITIONS {
        dataset
            .categories
            .extend((0..CATEGORIES).map(|number| Category {
                taxonomy: edition.into(),
                category_id: format!("c{number:02}"),
                order: number + 1,
                label_ja: format!("{number}番目の取組事項の名称"),
                label_en: format!("Name of item {number}"),
                group: if number < 8 { "priority" } else { "companion" }.into(),
                published: Some(format!("202{}-04", &edition[..1])),
                ..Category::default()
            }));
    }
    dataset.indicators = (0..INDICATORS)
        .map(|number| Indicator {
            indicator_id: format!("i{number:02}"),
            label_ja: format!("{number}番目の共通指標"),
            label_en: format!("Indicator {number}"),
            definition_ja: text(number, 80),
            definition_en: "What it counts".into(),
            unit: "件".into(),
            direction: Some("increase".into()),
            is_level_comparable: true,
            national_survey: (number < 5).then(|| "s".into()),
            national_indicator: (number < 5).then(|| format!("s{number}")),
            ..Indicator::default()
        })
        .collect();
}

fn add_town(dataset: &mut Dataset, town: i32, measures: i32) {
    let code = code_of(town);
    let kind = ["city", "town", "village", "ward"][index(town, 4)];
    dataset.municipalities.push(Municipality {
        municipality_code: code.clone(),
        name: format!("第{town}{}", ["市", "町", "村", "区"][index(town, 4)]),
        prefecture: format!("第{}県", town % 47 + 1),
        kind: kind.into(),
        population: Some(i64::from(town) * 37 % 400_000 + 500),
        ..Municipality::default()
    });
    let groups = [
        ("nation".to_owned(), "nation"),
        (format!("prefecture-{:02}", town % 47 + 1), "prefecture"),
        (format!("kind-{kind}"), "kind"),
    ];
    dataset
        .peer_groups
        .extend(groups.iter().map(|(group, basis)| PeerGroup {
            peer_group: group.clone(),
            municipality_code: code.clone(),
            label_ja: format!("{group}の市区町村"),
            label_en: group.clone(),
            basis: (*basis).into(),
        }));
    dataset.documents.push(Document {
        document_id: format!("{code}-dx-plan"),
        municipality_code: code.clone(),
        title: format!("第{town}番の自治体のDX推進計画"),
        kind: ["plan", "progress_review"][index(town, 2)].into(),
        as_of: Some(jiff::civil::date(2024, 3, 31)),
        period_start: Some(2023),
        period_end: Some(2027),
        path: format!("{code}/dx-plan.pdf"),
        source_url: Some(format!("https://example.com/{code}/dx-plan.pdf")),
        bytes: 1_000_000,
        sha256: format!("{town:064x}"),
        ..Document::default()
    });
    add_surveys(dataset, town, &code, &groups.map(|(group, _)| group));
    dataset.coverage.push(CoverageRow {
        document_id: format!("{code}-dx-plan"),
        unit: "line".into(),
        total: i64::from(measures) * 12,
        in_records: i64::from(measures) * 11,
        skipped_by_rule: i64::from(measures),
        ..CoverageRow::default()
    });
}

fn add_surveys(dataset: &mut Dataset, town: i32, code: &str, groups: &[String; 3]) {
    for number in 0..67 {
        let value = f64::from((town * 31 + number) % 101);
        dataset.survey_indicators.push(SurveyIndicator {
            municipality_code: code.into(),
            indicator: format!("s{number}"),
            survey: "s".into(),
            year: 2023,
            unit: "percent".into(),
            label: format!("{number}番目の調査項目の名称"),
            group: "調査の区分".into(),
            source: "調査の出典".into(),
            value: Some(value),
            value_raw: Some(format!("{value}%")),
            ..SurveyIndicator::default()
        });
        for group in groups {
            dataset.survey_positions.push(SurveyPosition {
                municipality_code: code.into(),
                survey: "s".into(),
                year: 2023,
                indicator: format!("s{number}"),
                peer_group: group.clone(),
                unit: "percent".into(),
                value,
                rank: i64::from(town) % 100 + 1,
                n: 100,
                mean: Some(50.0),
                median: Some(50.0),
            });
        }
    }
}

fn stage_of(town: i32, number: i32) -> &'static str {
    words::STAGES[index(town + number * 5, words::STAGES.len())]
}

fn category_of(town: i32, number: i32) -> i32 {
    (town + number * 7) % CATEGORIES
}

fn add_measure(dataset: &mut Dataset, town: i32, number: i32) {
    let document_id = format!("{}-dx-plan", code_of(town));
    let measure_id = format!("{document_id}-{}", number + 1);
    let seed = town * 45 + number;
    let line = number * 12 + 1;
    let summary = text(seed, 180);
    dataset.measures.push(Measure {
        measure_id: measure_id.clone(),
        document_id,
        municipality_code: code_of(town),
        part: Some("基本方針1 市民の利便性を高めるための行政サービスの改革".into()),
        section: Some("窓口・手続".into()),
        number: Some((number + 1).to_string()),
        number_raw: Some((number + 1).to_string()),
        title: format!(
            "{}に関する取組その{number}",
            TERMS[index(seed, TERMS.len())]
        ),
        title_raw: format!(
            "{}に関する取組その{number}",
            TERMS[index(seed, TERMS.len())]
        ),
        departments: Some("情報政策課;市民課".into()),
        summary: Some(summary),
        effect: (number % 4 == 0).then(|| text(seed + 1, 108)),
        past: (number % 3 < 2).then(|| text(seed + 2, 92)),
        future: (number % 3 == 0).then(|| text(seed + 3, 97)),
        stage: stage_of(town, number).into(),
        stage_raw: Some("運用中".into()),
        stage_basis: Some("status".into()),
        start_fiscal_year: Some(2020 + number % 7),
        locator: format!("L{line}-{}", line + 11),
        position: number + 1,
        ..Measure::default()
    });
    add_places(dataset, &measure_id, line);
    add_codes(dataset, town, number, &measure_id, line);
    add_years(dataset, town, number, &measure_id, line);
    if number % 2 == 0 {
        add_kpi(dataset, town, number, &measure_id, line);
    }
    dataset.findings.push(FindingRow {
        finding_id: format!("{measure_id}-f"),
        severity: words::SEVERITIES[index(number, 3)].into(),
        code: ["schedule_span_assumed", "title_differs", "word_repaired"][index(number, 3)].into(),
        document_id: Some(format!("{}-dx-plan", code_of(town))),
        measure_id: Some(measure_id),
        locator: Some(format!("L{line}")),
        message_ja: "読み取りの際に気付いた点を述べる一つの文です。原文を確かめてください。".into(),
        message_en: "A sentence on what was noticed while reading; see the source.".into(),
        ..FindingRow::default()
    });
}

fn add_places(dataset: &mut Dataset, measure_id: &str, line: i32) {
    let fields = words::MEASURE_FIELDS.iter().take(7).enumerate();
    dataset
        .measure_places
        .extend(fields.map(|(index, field)| MeasurePlace {
            measure_id: measure_id.into(),
            field: (*field).into(),
            position: 1,
            locator: format!("L{}", line + i32::try_from(index).unwrap()),
        }));
}

fn add_codes(dataset: &mut Dataset, town: i32, number: i32, measure_id: &str, line: i32) {
    let category = format!("c{:02}", category_of(town, number));
    for edition in EDITIONS {
        dataset.measure_categories.push(MeasureCategory {
            measure_id: measure_id.into(),
            taxonomy: edition.into(),
            category_id: Some(category.clone()),
            rank: 1,
            verdict: "assigned".into(),
            score: Some(1.4),
            method: "rule".into(),
            confidence: Some(0.93),
            ..MeasureCategory::default()
        });
        for rule in 0..8 {
            dataset.category_evidence.push(CategoryEvidence {
                measure_id: measure_id.into(),
                taxonomy: edition.into(),
                category_id: category.clone(),
                rule_id: format!("rule-{rule}"),
                field: ["title", "description"][index(rule, 2)].into(),
                term: TERMS[index(rule + number, TERMS.len())].into(),
                weight: 0.25,
                locator: format!("L{}", line + rule),
            });
        }
    }
}

fn add_years(dataset: &mut Dataset, town: i32, number: i32, measure_id: &str, line: i32) {
    for year in 0..3 {
        dataset.measure_stages.push(MeasureStage {
            measure_id: measure_id.into(),
            fiscal_year: 2023 + year,
            stage: stage_of(town, number + year).into(),
            basis: "schedule".into(),
            stage_raw: Some("検討・導入".into()),
            is_certain: true,
            is_plan: Some(year > 0),
            locator: format!("L{}", line + 9),
            ..MeasureStage::default()
        });
    }
    for year in 0..2 {
        dataset.schedules.push(Schedule {
            measure_id: measure_id.into(),
            item: Some("導入に向けた検討".into()),
            fiscal_year: 2023 + year,
            phase_raw: "検討・導入".into(),
            stage: Some("study".into()),
            is_span_certain: true,
            locator: format!("L{}", line + 9),
            position: 1,
            span_basis: "cell".into(),
            ..Schedule::default()
        });
    }
}

fn add_kpi(dataset: &mut Dataset, town: i32, number: i32, measure_id: &str, line: i32) {
    let kpi_id = format!("{measure_id}-k1");
    let indicator = (number % 4 == 0).then(|| format!("i{:02}", number / 4 % INDICATORS));
    dataset.kpis.push(Kpi {
        kpi_id: kpi_id.clone(),
        measure_id: measure_id.into(),
        name: "オンラインで受け付けた手続の件数".into(),
        kind: "number".into(),
        unit: Some("件".into()),
        direction: Some("increase".into()),
        indicator_id: indicator.clone(),
        locator: format!("L{}", line + 10),
        position: 1,
        ..Kpi::default()
    });
    for (role, year) in [("baseline", 2022), ("target", 2026), ("actual", 2023)] {
        let value = f64::from(town % 400 + year - 2000);
        dataset.kpi_values.push(KpiValue {
            kpi_id: kpi_id.clone(),
            role: role.into(),
            value: Some(value),
            value_text: format!("{value}件"),
            unit: Some("件".into()),
            fiscal_year: Some(year),
            locator: format!("L{}", line + 10),
            position: 1,
            ..KpiValue::default()
        });
        if let Some(id) = &indicator {
            add_indicator(dataset, town, measure_id, id, (role, year, value));
        }
    }
    dataset.kpi_progress.push(KpiProgress {
        kpi_id,
        position: 1,
        measure_id: measure_id.into(),
        unit: Some("件".into()),
        baseline: Some(22.0),
        target: Some(26.0),
        actual: Some(23.0),
        achievement: Some(0.25),
        is_final: true,
        ..KpiProgress::default()
    });
}

fn add_indicator(
    dataset: &mut Dataset,
    town: i32,
    measure_id: &str,
    id: &str,
    (role, year, value): (&str, i32, f64),
) {
    let code = code_of(town);
    let source_id = format!("{measure_id}-k1");
    dataset.indicator_values.push(IndicatorValue {
        indicator_id: id.into(),
        municipality_code: code.clone(),
        document_id: format!("{code}-dx-plan"),
        source_id: source_id.clone(),
        kpi_id: Some(source_id.clone()),
        measure_id: Some(measure_id.into()),
        subject: "オンラインで受け付けた手続の件数".into(),
        role: role.into(),
        position: 1,
        fiscal_year: Some(year),
        value,
        locator: "L1".into(),
        ..IndicatorValue::default()
    });
    let kind = ["city", "town", "village", "ward"][index(town, 4)];
    let groups = [
        "nation".to_owned(),
        format!("prefecture-{:02}", town % 47 + 1),
        format!("kind-{kind}"),
    ];
    dataset
        .benchmark_indicators
        .extend(groups.map(|group| BenchmarkIndicator {
            indicator_id: id.into(),
            fiscal_year: year,
            role: role.into(),
            peer_group: group,
            municipality_code: code.clone(),
            source_id: source_id.clone(),
            document_id: format!("{code}-dx-plan"),
            document_kind: "plan".into(),
            unit: "件".into(),
            value,
            rank: Some(i64::from(town % 400) + 1),
            n: 400,
            peer_median: Some(200.0),
            ..BenchmarkIndicator::default()
        }));
}

/// The figures that are counted from the measures of one town.
fn add_counts(dataset: &mut Dataset, town: i32, measures: i32) {
    let code = code_of(town);
    for category in 0..CATEGORIES {
        let numbers: Vec<i32> = (0..measures)
            .filter(|number| category_of(town, *number) == category)
            .collect();
        for edition in EDITIONS {
            dataset
                .benchmark_categories
                .push(counted(&code, town, edition, category, &numbers));
        }
    }
    let fields = words::QUALITY_FIELDS.iter();
    dataset.plan_quality.extend(fields.map(|field| PlanQuality {
        document_id: format!("{code}-dx-plan"),
        field: (*field).into(),
        stated: i64::from(measures / 2),
        not_stated: i64::from(measures - measures / 2),
        denominator: i64::from(measures),
        share: Some(0.5),
        document_kind: "plan".into(),
        ..PlanQuality::default()
    }));
}

fn counted(
    code: &str,
    town: i32,
    edition: &str,
    category: i32,
    numbers: &[i32],
) -> BenchmarkCategory {
    let at = |stage: &str| {
        let found = numbers
            .iter()
            .filter(|number| stage_of(town, **number) == stage);
        i64::try_from(found.count()).unwrap()
    };
    BenchmarkCategory {
        taxonomy: edition.into(),
        category_id: format!("c{category:02}"),
        municipality_code: code.into(),
        document_id: format!("{code}-dx-plan"),
        document_kind: "plan".into(),
        measures: i64::try_from(numbers.len()).unwrap(),
        planned: at("planned"),
        study: at("study"),
        build: at("build"),
        trial: at("trial"),
        operating: at("operating"),
        expanding: at("expanding"),
        completed: at("completed"),
        withdrawn: at("withdrawn"),
        unknown: at("unknown"),
        with_kpi: i64::try_from(numbers.iter().filter(|n| **n % 2 == 0).count()).unwrap(),
        achievement_mean: Some(0.25),
        ..BenchmarkCategory::default()
    }
}
