//! The file as another library reads it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail"
)]

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
use kurabe_schema::*;
use kurabe_workbook::{Lang, Limits, WorkbookError, WorkbookOptions, write_workbook_to};

/// Two towns with one document each, one of them on the web; four measures, two KPIs.
fn small() -> Dataset {
    let town = |code: &str, name: &str| Municipality {
        municipality_code: code.into(),
        name: name.into(),
        prefecture: "某県".into(),
        kind: "town".into(),
        ..Municipality::default()
    };
    let document = |code: &str, url: Option<&str>| Document {
        document_id: format!("{code}-plan"),
        municipality_code: code.into(),
        title: format!("{code}のDX推進計画"),
        kind: "plan".into(),
        path: format!("{code}.txt"),
        source_url: url.map(Into::into),
        as_of: Some(jiff::civil::date(2024, 3, 31)),
        ..Document::default()
    };
    let category = |order, id: &str, group: &str| Category {
        taxonomy: "5.1".into(),
        category_id: id.into(),
        order,
        label_ja: format!("{id}の分類"),
        label_en: format!("Category {id}"),
        group: group.into(),
        published: Some("2025-03-28".into()),
        ..Category::default()
    };
    Dataset {
        municipalities: vec![town("000019", "北町"), town("000027", "南町")],
        documents: vec![
            document("000027", Some("https://www.example.jp/minami.pdf")),
            document("000019", None),
        ],
        categories: vec![category(1, "own", "local"), category(2, "ai", "priority")],
        measures: vec![
            measure("000019", 1, "窓口の電子化", "operating"),
            measure("000019", 2, "=1+1", "study"),
            measure("000027", 1, "AIの利用", "trial"),
            measure("000027", 2, "研修", "unknown"),
        ],
        measure_categories: vec![code("000019", 1), code("000019", 2), code("000027", 1)],
        benchmark_categories: vec![counts("000019", 1, 1), counts("000027", 0, 1)],
        measure_stages: vec![stage("000019", 2024, false), stage("000019", 2025, true)],
        kpis: vec![kpi("000019")],
        kpi_values: vec![
            value("000019", "baseline", 1, "10件"),
            value("000019", "target", 1, "20件"),
        ],
        kpi_progress: vec![
            progress("000019", 1, Some(0.5)),
            progress("000019", 2, Some(-0.25)),
        ],
        ..Dataset::default()
    }
}

fn measure(town: &str, number: i32, title: &str, stage: &str) -> Measure {
    Measure {
        measure_id: format!("{town}-plan-{number}"),
        document_id: format!("{town}-plan"),
        municipality_code: town.into(),
        number: Some(format!("{number:02}")),
        title: title.into(),
        title_raw: title.into(),
        stage: stage.into(),
        locator: format!("L{number}"),
        position: number,
        ..Measure::default()
    }
}

fn code(town: &str, number: i32) -> MeasureCategory {
    MeasureCategory {
        measure_id: format!("{town}-plan-{number}"),
        taxonomy: "5.1".into(),
        category_id: Some("ai".into()),
        rank: 1,
        verdict: "assigned".into(),
        method: "rule".into(),
        confidence: Some(0.75),
        ..MeasureCategory::default()
    }
}

fn counts(town: &str, operating: i64, trial: i64) -> BenchmarkCategory {
    BenchmarkCategory {
        taxonomy: "5.1".into(),
        category_id: "ai".into(),
        municipality_code: town.into(),
        document_id: format!("{town}-plan"),
        document_kind: "plan".into(),
        measures: operating + trial,
        measures_all: 3,
        operating,
        trial,
        ..BenchmarkCategory::default()
    }
}

fn stage(town: &str, fiscal_year: i32, is_plan: bool) -> MeasureStage {
    MeasureStage {
        measure_id: format!("{town}-plan-1"),
        fiscal_year,
        stage: "operating".into(),
        is_certain: !is_plan,
        is_plan: Some(is_plan),
        ..MeasureStage::default()
    }
}

fn kpi(town: &str) -> Kpi {
    Kpi {
        kpi_id: format!("{town}-plan-1-k1"),
        measure_id: format!("{town}-plan-1"),
        name: "申請の件数".into(),
        kind: "number".into(),
        locator: "L9".into(),
        ..Kpi::default()
    }
}

fn value(town: &str, role: &str, position: i32, text: &str) -> KpiValue {
    KpiValue {
        kpi_id: format!("{town}-plan-1-k1"),
        role: role.into(),
        value_text: text.into(),
        position,
        ..KpiValue::default()
    }
}

fn progress(town: &str, position: i32, achievement: Option<f64>) -> KpiProgress {
    KpiProgress {
        kpi_id: format!("{town}-plan-1-k1"),
        position,
        measure_id: format!("{town}-plan-1"),
        baseline: Some(10.0),
        baseline_position: Some(1),
        target: Some(20.5),
        achievement,
        ..KpiProgress::default()
    }
}

fn bytes(dataset: &Dataset, options: &WorkbookOptions) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    write_workbook_to(&mut bytes, dataset, options).unwrap();
    bytes.into_inner()
}

/// The cells of a sheet as text, rows without trailing blanks.
fn sheet(bytes: &[u8], name: &str) -> Vec<Vec<String>> {
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    let range = book.worksheet_range(name).unwrap();
    range
        .rows()
        .map(|row| row.iter().map(ToString::to_string).collect())
        .collect()
}

fn names(bytes: &[u8]) -> Vec<String> {
    let book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    book.sheet_names()
}

/// The cells of a list by header.
fn records(bytes: &[u8], name: &str) -> Vec<BTreeMap<String, String>> {
    let mut rows = sheet(bytes, name).into_iter();
    let header = rows.next().unwrap();
    rows.map(|row| header.iter().cloned().zip(row).collect())
        .collect()
}

#[test]
fn two_runs_give_the_same_bytes_whatever_the_order_of_rows() {
    let options = WorkbookOptions::default();
    let mut turned = small();
    turned.measures.reverse();
    turned.measure_categories.reverse();
    turned.kpi_progress.reverse();
    assert_eq!(bytes(&small(), &options), bytes(&small(), &options));
    assert_eq!(bytes(&small(), &options), bytes(&turned, &options));
}

#[test]
fn the_first_sheet_explains_the_others() {
    let bytes = bytes(
        &small(),
        &WorkbookOptions {
            version: Some("1.2.0".into()),
            ..WorkbookOptions::default()
        },
    );
    let names = names(&bytes);
    assert_eq!(names[0], "はじめに");
    let text: Vec<String> = sheet(&bytes, "はじめに").concat();
    for name in &names[1..] {
        assert!(text.contains(name), "{name}");
    }
    for said in [
        "1.2.0",
        "5.1",
        "2自治体・2文書・4施策（再掲を含む）",
        "段階の記載なし",
        "https://www.example.jp/minami.pdf",
        "000019.txt",
    ] {
        assert!(text.iter().any(|cell| cell == said), "{said}");
    }
}

#[test]
fn measures_come_by_municipality_with_codes_and_places() {
    let bytes = bytes(&small(), &WorkbookOptions::default());
    let rows = records(&bytes, "施策");
    let titles: Vec<&str> = rows.iter().map(|row| &*row["施策"]).collect();
    assert_eq!(titles, ["窓口の電子化", "'=1+1", "AIの利用", "研修"]);
    assert_eq!(rows[0]["番号"], "01");
    assert_eq!(rows[0]["国の計画の分類（5.1版）"], "aiの分類");
    assert_eq!(rows[0]["分類の確信度"], "0.75");
    assert_eq!(rows[0]["段階"], "運用・実施");
    assert_eq!(rows[0]["KPI数"], "1");
    assert_eq!(rows[3]["分類コード"], "");
    assert_eq!(rows[3]["原文の場所"], "L2");
}

#[test]
fn nothing_is_a_formula() {
    let bytes = bytes(&small(), &WorkbookOptions::default());
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(&*bytes)).unwrap();
    for name in book.sheet_names() {
        let formulas = book.worksheet_formula(&name).unwrap();
        assert!(formulas.rows().flatten().all(String::is_empty), "{name}");
    }
}

#[test]
fn numbers_are_numbers_and_numbers_of_measures_are_text() {
    let bytes = bytes(&small(), &WorkbookOptions::default());
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(&*bytes)).unwrap();
    let measures = book.worksheet_range("施策").unwrap();
    assert_eq!(measures.get_value((1, 2)), Some(&Data::String("01".into())));
    let kpis = book.worksheet_range("KPI").unwrap();
    let row: Vec<&Data> = kpis.rows().nth(1).unwrap().iter().collect();
    assert!(
        row.contains(&&Data::Float(20.5)) && row.contains(&&Data::Float(0.5)),
        "{row:?}"
    );
}

#[test]
fn targets_show_what_was_printed() {
    let bytes = bytes(&small(), &WorkbookOptions::default());
    let rows = records(&bytes, "KPI");
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[0]["基準値（原文）"], "10件");
    assert_eq!(rows[0]["目標値（原文）"], "20件");
    assert_eq!(rows[0]["達成度"], "0.5");
    assert_eq!(rows[0]["実績値（原文）"], "");
}

#[test]
fn the_comparison_says_stages_in_words() {
    let bytes = bytes(&small(), &WorkbookOptions::default());
    let rows = sheet(&bytes, "比較表");
    assert_eq!(
        rows[3][..7],
        [
            "自治体",
            "文書",
            "基準日",
            "項目",
            "aiの分類",
            "ownの分類",
            "分類なし"
        ]
    );
    assert_eq!(rows[4][4], "2");
    assert_eq!(rows[5][3..5], ["主な段階", "運用・実施（1）"]);
    assert_eq!(rows[6][3..5], ["運用以降", "0.5"]);
    assert_eq!(rows[4][6..8], ["1", "3"]);
}

#[test]
fn years_mark_plans_and_doubts() {
    let rows = sheet(&bytes(&small(), &WorkbookOptions::default()), "年度別段階");
    assert_eq!(rows[0][4..], ["2024年度", "2025年度"]);
    assert_eq!(rows[1][4..], ["運用・実施", "▷運用・実施?"]);
    assert_eq!(rows.len(), 2);
}

#[test]
fn it_speaks_english_too() {
    let options = WorkbookOptions {
        lang: Lang::En,
        ..WorkbookOptions::default()
    };
    let bytes = bytes(&small(), &options);
    assert_eq!(names(&bytes)[..3], ["Read me", "Comparison", "Measures"]);
    assert_eq!(records(&bytes, "Measures")[0]["Stage"], "Operating");
    assert!(
        !sheet(&bytes, "Read me")
            .concat()
            .iter()
            .any(|cell| cell.contains("シート"))
    );
}

#[test]
fn what_does_not_fit_is_told() {
    let limits = Limits {
        rows: 3,
        characters: 60,
        links: 1,
    };
    let options = WorkbookOptions {
        limits,
        ..WorkbookOptions::default()
    };
    let mut dataset = small();
    dataset.measures[0].summary = Some("長".repeat(100));
    let bytes = bytes(&dataset, &options);
    let first = records(&bytes, "施策");
    let second = records(&bytes, "施策 (2)");
    assert_eq!((first.len(), second.len()), (2, 2));
    let summary = &first[0]["内容"];
    assert_eq!(summary.chars().count(), 60);
    assert!(summary.ends_with("Parquetにあります】"));
    assert_eq!(first[0]["原文の場所（リンクは上から1件まで）"], "L1");
    let text = sheet(&bytes, "はじめに").concat();
    for said in [
        "「施策」：1つのセルに入る文字数を超えた文章が1件",
        "「施策」：1枚のシートに置けるリンクの数を超えた1件",
        "「施策 (2)」まで続きます",
    ] {
        assert!(text.iter().any(|cell| cell.contains(said)), "{said}");
    }
}

#[test]
fn an_empty_dataset_and_an_unknown_edition() {
    let options = WorkbookOptions::default();
    assert!(names(&bytes(&Dataset::default(), &options)).len() > 10);
    let options = WorkbookOptions {
        edition: Some("9".into()),
        ..options
    };
    let error = write_workbook_to(Cursor::new(Vec::new()), &small(), &options).unwrap_err();
    assert!(matches!(error, WorkbookError::Edition { .. }), "{error}");
    assert!(error.to_string().ends_with("it has: 5.1"), "{error}");
}
