//! CSV: what a spreadsheet opens without surprises.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod common;

use std::fs;

use encoding_rs::SHIFT_JIS;
use kurabe_export::{CsvEncoding, CsvOptions, CsvReport, ExportError, LossyCharacter, write_csv};
use kurabe_schema::Dataset;

const UTF8: CsvOptions = CsvOptions {
    encoding: CsvEncoding::Utf8Bom,
    lossy: false,
};
const CP932: CsvOptions = CsvOptions {
    encoding: CsvEncoding::Cp932,
    lossy: false,
};
const LOSSY: CsvOptions = CsvOptions {
    encoding: CsvEncoding::Cp932,
    lossy: true,
};

/// The bytes of one table.
fn bytes(dataset: &Dataset, table: &str, options: CsvOptions) -> (CsvReport, Vec<u8>) {
    let dir = tempfile::tempdir().unwrap();
    let report = write_csv(dir.path(), dataset, options).unwrap();
    let bytes = fs::read(dir.path().join(format!("{table}.csv"))).unwrap();
    (report, bytes)
}

fn utf8(dataset: &Dataset, table: &str) -> String {
    String::from_utf8(bytes(dataset, table, UTF8).1).unwrap()
}

/// A dataset with one municipality of that name.
fn named(name: &str) -> Dataset {
    Dataset {
        municipalities: vec![common::municipality("322067", name)],
        ..Dataset::default()
    }
}

#[test]
fn a_table_is_utf8_with_bom_and_crlf() {
    let text = utf8(&common::small(), "municipalities");
    assert_eq!(
        text,
        "\u{feff}municipality_code,name,prefecture,kind,population,population_as_of,\
         population_source\r\n\
         322016,松江市,島根県,city,,,\r\n\
         322067,安来市,島根県,city,,,\r\n"
    );
}

#[test]
fn values_are_written_as_a_person_would() {
    let dataset = common::small();
    let documents = utf8(&dataset, "documents");
    assert!(documents.contains(",2024-03-01,1969-12-31,"), "{documents}");
    assert!(documents.contains(",9007199254740993,"), "{documents}");
    let values = utf8(&dataset, "kpi_values");
    let column: Vec<_> = values
        .lines()
        .skip(1)
        .map(|line| line.split(',').nth(2))
        .collect();
    assert_eq!(column, [Some("37000000"), Some("0.1"), Some("")]);
    let measures = utf8(&dataset, "measures");
    assert!(measures.contains(",true,false,"), "{measures}");
}

#[test]
fn quotes_commas_and_line_breaks_are_quoted() {
    let measures = utf8(&common::small(), "measures");
    assert!(
        measures.contains(",\"「書かない窓口」,\r\n\"\"DX\"\"\","),
        "{measures}"
    );
}

#[test]
fn cells_that_a_spreadsheet_would_run_are_neutralised() {
    for (text, cell) in [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("-5", "'-5"),
        ("＠市", "'＠市"),
        ("\t=1", "'\t=1"),
        ("\r=1", "\"'\r=1\""),
        ("5", "5"),
    ] {
        let csv = utf8(&named(text), "municipalities");
        assert!(csv.contains(&format!("322067,{cell},島根県")), "{csv}");
    }
    let negative = Dataset {
        kpi_values: vec![kurabe_schema::KpiValue {
            value: Some(-5.0),
            ..Default::default()
        }],
        ..Dataset::default()
    };
    assert!(
        utf8(&negative, "kpi_values").contains(",-5,"),
        "a number is no text"
    );
}

#[test]
fn every_table_is_written_and_the_bytes_are_the_same() {
    let (first, second) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut reversed = common::small();
    reversed.measures.reverse();
    let report = write_csv(first.path(), &common::small(), UTF8).unwrap();
    write_csv(second.path(), &reversed, UTF8).unwrap();
    assert_eq!(report.written.len(), Dataset::specs().len());
    assert_eq!(report.lossy, []);
    for written in report.written {
        let name = written.path.file_name().unwrap();
        let bytes = fs::read(&written.path).unwrap();
        assert_eq!(bytes, fs::read(second.path().join(name)).unwrap());
    }
}

#[test]
fn cp932_has_no_bom_and_comes_back() {
    let (report, bytes) = bytes(&named("〜①髙‖ソ表−¥"), "municipalities", CP932);
    assert_eq!(report.lossy, []);
    assert!(bytes.starts_with(b"municipality_code,"));
    let (text, _, failed) = SHIFT_JIS.decode(&bytes);
    assert!(
        !failed && text.contains("322067,～①髙∥ソ表－￥,島根県,city,,,\r\n"),
        "{text}"
    );
}

#[test]
fn a_minus_sign_that_becomes_full_width_is_neutralised() {
    let (_, bytes) = bytes(&named("−5"), "municipalities", CP932);
    assert!(SHIFT_JIS.decode(&bytes).0.contains(",'－5,"));
}

#[test]
fn what_cp932_cannot_hold_is_an_error_that_names_its_place() {
    let dir = tempfile::tempdir().unwrap();
    let mut dataset = named("𠮷");
    dataset
        .municipalities
        .push(common::municipality("010006", "é"));
    let error = write_csv(dir.path(), &dataset, CP932).unwrap_err();
    assert!(matches!(
        error,
        ExportError::Cp932 {
            row: 1,
            character: 'é',
            ..
        }
    ));
    assert_eq!(
        error.to_string(),
        "table `municipalities`, row 1, column `name`: CP932 cannot hold `é` (U+00E9); write \
         UTF-8, or allow `〓` in its place with --lossy"
    );
}

#[test]
fn lossy_writes_geta_and_reports_every_character() {
    let (report, bytes) = bytes(&named("𠮷野é"), "municipalities", LOSSY);
    assert!(SHIFT_JIS.decode(&bytes).0.contains(",〓野〓,"));
    let lost = |character| LossyCharacter {
        table: "municipalities",
        row: 1,
        column: "name",
        character,
    };
    assert_eq!(report.lossy, [lost('𠮷'), lost('é')]);
}

#[test]
fn text_that_looks_like_an_escape_is_kept() {
    let (report, bytes) = bytes(&named("&#12316;"), "municipalities", CP932);
    assert_eq!(report.lossy, []);
    assert!(SHIFT_JIS.decode(&bytes).0.contains(",&#12316;,"));
}

#[test]
fn numbers_that_are_none_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    let mut dataset = common::small();
    dataset.kpi_values[0].value = Some(f64::INFINITY);
    let error = write_csv(dir.path(), &dataset, UTF8).unwrap_err();
    assert!(
        error
            .to_string()
            .contains("table `kpi_values`, row 1, column `value`"),
        "{error}"
    );
}

#[test]
fn a_missing_directory_is_an_error_with_a_remedy() {
    let dir = tempfile::tempdir().unwrap();
    let error = write_csv(&dir.path().join("no"), &Dataset::default(), UTF8).unwrap_err();
    assert!(
        error
            .to_string()
            .contains("check that its directory exists"),
        "{error}"
    );
}

/// Cells of every row of a CSV text.
fn cells(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(text.as_bytes());
    let row =
        |row: csv::Result<csv::StringRecord>| row.unwrap().iter().map(str::to_owned).collect();
    reader.records().map(row).collect()
}

#[test]
fn both_encodings_hold_the_same_text() {
    let mut dataset = common::small();
    dataset.municipalities = [
        "安来市",
        "①㈱髙﨑",
        "ｶﾅ ﾊﾝｶｸ",
        "=1+1",
        "-5",
        "Ⅳ　№、。",
        "改\r\n行",
        "\"引用\",",
        "∥―－～￠￡￢￥",
    ]
    .iter()
    .enumerate()
    .map(|(index, name)| common::municipality(&format!("{index:06}"), name))
    .collect();
    for table in Dataset::specs() {
        let (first, unicode) = bytes(&dataset, table.name, UTF8);
        let (second, japanese) = bytes(&dataset, table.name, CP932);
        assert_eq!((first.lossy, second.lossy), (vec![], vec![]));
        let unicode = String::from_utf8(unicode).unwrap();
        let (japanese, _, failed) = SHIFT_JIS.decode(&japanese);
        assert!(!failed, "{}", table.name);
        assert_eq!(
            cells(unicode.trim_start_matches('\u{feff}')),
            cells(&japanese),
            "{}",
            table.name
        );
    }
}
