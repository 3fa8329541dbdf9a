//! Coding sheets: there and back, one edit, and everything that is refused.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that meets something unexpected fails"
)]

mod common;

use common::{codes, row, rows};
use kurabe_review::sheet::{SheetRow, check, read, read_csv, read_xlsx, write_csv, write_xlsx};
use kurabe_review::{Coding, Problem, ReadError, SheetError, WriteError};

/// The sheet with one cell (or all of a text) replaced.
fn edited(edit: impl FnOnce(&mut Vec<SheetRow>)) -> Vec<SheetRow> {
    let mut sheet = rows();
    edit(&mut sheet);
    sheet
}

fn refused(edit: impl FnOnce(&mut Vec<SheetRow>)) -> Vec<SheetError> {
    check(&rows(), &edited(edit), &codes()).unwrap_err()
}

fn one(mut errors: Vec<SheetError>) -> (usize, &'static str, Problem) {
    assert_eq!(errors.len(), 1, "{errors:?}");
    let SheetError {
        row,
        column,
        problem,
    } = errors.remove(0);
    (row, column, problem)
}

#[test]
fn csv_comes_back() {
    let bytes = write_csv(&rows(), &codes(), false);
    assert!(bytes.starts_with("\u{feff}施策ID,自治体,".as_bytes()));
    let text = String::from_utf8(bytes.clone()).unwrap();
    assert!(text.contains(",\"'=HYPERLINK("));
    assert!(text.ends_with("\r\n"));
    let back = read_csv(&bytes).unwrap();
    assert_eq!(back, rows());
    assert_eq!(write_csv(&back, &codes(), false), bytes);
    assert_eq!(read(&bytes).unwrap(), back);
}

#[test]
fn workbook_comes_back() {
    let bytes = write_xlsx(&rows(), &codes(), false).unwrap();
    let back = read_xlsx(&bytes).unwrap();
    assert_eq!(back, rows());
    assert_eq!(write_xlsx(&back, &codes(), false).unwrap(), bytes);
    assert_eq!(read(&bytes).unwrap(), back);
}

#[test]
fn both_formats_say_the_same() {
    let csv = read(&write_csv(&rows(), &codes(), false)).unwrap();
    let xlsx = read(&write_xlsx(&rows(), &codes(), false).unwrap()).unwrap();
    assert_eq!(csv, xlsx);
    assert_eq!(check(&rows(), &xlsx, &codes()).unwrap(), []);
}

#[test]
fn line_breaks_and_control_characters_become_plain() {
    let mut sheet = vec![row("a", "一行\r\n二行\r三行\u{b}", None)];
    let csv = read(&write_csv(&sheet, &codes(), false)).unwrap();
    let xlsx = read(&write_xlsx(&sheet, &codes(), false).unwrap()).unwrap();
    assert_eq!(csv, xlsx);
    assert_eq!(csv[0].title, "一行\n二行\n三行");
    sheet[0].text = "長".repeat(40_000);
    let cut = read(&write_xlsx(&sheet, &codes(), false).unwrap()).unwrap();
    assert_eq!(cut[0].text.chars().count(), 32_001);
    sheet[0].title = "長".repeat(40_000);
    let error = write_xlsx(&sheet, &codes(), false).unwrap_err();
    assert!(matches!(&error, WriteError::TooLong { row: 2, column } if column == "施策名"));
    assert!(error.message(true).starts_with("2行目 施策名"));
}

#[test]
fn a_blind_sheet_hides_the_answer() {
    for bytes in [
        write_csv(&rows(), &codes(), true),
        write_xlsx(&rows(), &codes(), true).unwrap(),
    ] {
        let back = read(&bytes).unwrap();
        assert!(back.iter().all(|r| r.program_coding() == Coding::default()));
        assert_eq!(check(&rows(), &back, &codes()).unwrap(), []);
    }
}

#[test]
fn more_secondary_codes_than_columns() {
    let all = ["ai", "security", "regional", "organisation", "out-of-scope"];
    let sheet = edited(|r| r[0].secondary = all.map(str::to_owned).to_vec());
    let bytes = write_csv(&sheet, &codes(), false);
    assert_eq!(read(&bytes).unwrap(), sheet);
    assert!(String::from_utf8(bytes).unwrap().contains(",副分類5,理由"));
}

#[test]
fn one_edit_is_one_change() {
    let sheet = edited(|r| {
        r[1].primary = Some("ｾｷｭﾘﾃｨ対策の徹底".to_owned());
        r[1].secondary = vec!["AI".to_owned()];
        r[1].reason = Some(" 監査が主 ".to_owned());
        r.reverse();
    });
    for bytes in [
        write_csv(&sheet, &codes(), false),
        write_xlsx(&sheet, &codes(), false).unwrap(),
    ] {
        let changes = check(&rows(), &read(&bytes).unwrap(), &codes()).unwrap();
        let [change] = changes.as_slice() else {
            panic!("{changes:?}")
        };
        assert_eq!(change.measure_id, "a-2");
        assert_eq!(change.content_key, rows()[1].content_key);
        assert_eq!(change.edition, "5.1");
        assert_eq!(change.old, Coding::new("ai", []));
        assert_eq!(change.new, Coding::new("security", ["ai"]));
        assert_eq!(change.reason.as_deref(), Some("監査が主"));
    }
}

#[test]
fn a_first_code_replaces_the_program() {
    let sheet = edited(|r| r[2].primary = Some("ai".to_owned()));
    let changes = check(&rows(), &sheet, &codes()).unwrap();
    assert_eq!(changes.len(), 1);
    assert_eq!(changes[0].old, Coding::new("ai", ["frontyard", "security"]));
    assert_eq!(changes[0].new, Coding::new("ai", []));
}

#[test]
fn order_of_rows_and_of_codes_is_no_change() {
    let sheet = edited(|r| {
        r[0].secondary.reverse();
        r[2].reason = Some("まだ見ていない".to_owned());
        r.rotate_left(2);
    });
    assert_eq!(check(&rows(), &sheet, &codes()).unwrap(), []);
}

#[test]
fn unknown_codes_are_refused() {
    let errors = refused(|r| {
        r[0].primary = Some("frontyrad".to_owned());
        r[2].primary = Some("ai".to_owned());
        r[2].secondary = vec!["量子".to_owned()];
    });
    let unknown = |value: &str, nearest: Option<&str>| Problem::Unknown {
        value: value.to_owned(),
        list: "5.1".to_owned(),
        nearest: nearest.map(str::to_owned),
    };
    let found: Vec<_> = errors
        .iter()
        .map(|e| (e.row, e.column, &e.problem))
        .collect();
    assert_eq!(
        found,
        [
            (2, "主分類", &unknown("frontyrad", Some("frontyard"))),
            (4, "副分類", &unknown("量子", None)),
        ]
    );
    assert_eq!(
        errors[0].message(false),
        "row 2, column 主分類: `frontyrad` is not in the list of 5.1 (did you mean `frontyard`?): choose from the list"
    );
    assert_eq!(
        errors[0].message(true),
        "2行目 主分類: 「frontyrad」は5.1の一覧にありません(「frontyard」のことですか)。一覧から選んでください"
    );
}

#[test]
fn missing_additional_and_doubled_rows_are_refused() {
    let missing = one(refused(|r| drop(r.remove(3))));
    let id = "a-4".to_owned();
    assert_eq!(missing, (5, "施策ID", Problem::Missing { id }));
    let additional = one(refused(|r| r.push(row("b-1", "他市の施策", Some("ai")))));
    let id = "b-1".to_owned();
    assert_eq!(additional, (7, "施策ID", Problem::Additional { id }));
    let doubled = one(refused(|r| {
        let copy = r[1].clone();
        r.push(copy);
    }));
    let problem = Problem::Duplicate {
        id: "a-2".to_owned(),
        first: 3,
    };
    assert_eq!(doubled, (7, "施策ID", problem));
}

#[test]
fn changed_ids_and_keys_are_refused() {
    let id = one(refused(|r| r[2].measure_id = "a-33".to_owned()));
    let problem = Problem::Changed {
        expected: "a-3".to_owned(),
        found: "a-33".to_owned(),
    };
    assert_eq!(id, (4, "施策ID", problem));
    let key = one(refused(|r| r[2].content_key = "0".repeat(16)));
    assert_eq!((key.0, key.1), (4, "内容キー"));
    assert!(matches!(key.2, Problem::OtherContent { .. }));
    let edition = one(refused(|r| r[4].edition = "3.0".to_owned()));
    let problem = Problem::OtherEdition {
        expected: "5.1".to_owned(),
        found: "3.0".to_owned(),
    };
    assert_eq!(edition, (6, "計画の版", problem));
}

#[test]
fn codes_that_make_no_sense_are_refused() {
    let removed = one(refused(|r| r[1].primary = None));
    assert_eq!(removed, (3, "主分類", Problem::NoPrimary));
    let alone = one(refused(|r| r[2].secondary = vec!["ai".to_owned()]));
    assert_eq!(alone, (4, "主分類", Problem::NoPrimary));
    let twice = one(refused(|r| r[1].secondary = vec!["Use of AI".to_owned()]));
    let code = "ai".to_owned();
    assert_eq!(twice, (3, "副分類", Problem::Repeated { code }));
}

#[test]
fn every_refusal_is_reported_by_row() {
    let errors = refused(|r| {
        r[4].edition = String::new();
        r[0].primary = None;
        r.remove(2);
    });
    let rows: Vec<usize> = errors.iter().map(|e| e.row).collect();
    assert_eq!(rows, [2, 4, 5]);
    for error in errors {
        assert!(error.message(false).starts_with("row "));
        assert!(error.message(true).contains("行目"));
    }
}

/// The CSV of one plain row, with a text replaced.
fn csv_with(from: &str, to: &str) -> Result<Vec<SheetRow>, ReadError> {
    let bytes = write_csv(&[row("a-1", "窓口", None)], &codes(), false);
    let text = String::from_utf8(bytes).unwrap();
    assert!(text.contains(from));
    read_csv(text.replacen(from, to, 1).as_bytes())
}

#[test]
fn sheets_with_other_columns_are_refused() {
    let header = "主分類";
    let missing = csv_with(",主分類", ",").unwrap_err();
    assert_eq!(missing, ReadError::MissingColumn { header });
    let header = "施策名".to_owned();
    let repeated = csv_with("自治体", "施策名").unwrap_err();
    assert_eq!(repeated, ReadError::RepeatedColumn { header });
    let unknown = csv_with("副分類4", "メモ").unwrap_err();
    let (column, header) = ("L".to_owned(), "メモ".to_owned());
    assert_eq!(unknown, ReadError::UnknownColumn { column, header });
    let beyond = csv_with("a-1,例市", "\"a-1\",例市,,,,,,,,,,,,,,,,,x\r\na-2,例市").unwrap_err();
    assert!(matches!(beyond, ReadError::UnknownColumn { .. }));
    assert!(beyond.message(true).contains("列"));
}

#[test]
fn blank_rows_and_other_files_are_refused() {
    let blank = csv_with("a-1,", ",,,\r\na-1,").unwrap_err();
    assert_eq!(blank, ReadError::BlankRow { row: 2 });
    assert_eq!(csv_with("a-1,", "a-1,").unwrap().len(), 1);
    assert!(matches!(read(b""), Err(ReadError::MissingColumn { .. })));
    assert_eq!(read(b"\xd0\xcf\x11\xe0\0\0"), Err(ReadError::Encoding));
    assert!(matches!(
        read(b"PK\x03\x04rest"),
        Err(ReadError::Unreadable { .. })
    ));
    let large = vec![b'a'; kurabe_review::MAX_BYTES + 1];
    assert!(matches!(read_csv(&large), Err(ReadError::TooLarge { .. })));
    assert!(matches!(read_xlsx(&large), Err(ReadError::TooLarge { .. })));
    let long = "a\n".repeat(kurabe_review::MAX_ROWS + 2);
    assert_eq!(read(long.as_bytes()), Err(ReadError::TooManyRows));
}

/// A workbook with only these cells on its first sheet.
fn workbook(fill: impl FnOnce(&mut rust_xlsxwriter::Worksheet)) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    fill(book.add_worksheet());
    book.save_to_buffer().unwrap()
}

#[test]
fn sparse_workbooks_are_refused() {
    let far = workbook(|s| drop(s.write(1_048_575, 16_383, "x").map(drop)));
    assert_eq!(read(&far), Err(ReadError::TooManyRows));
    let wide = workbook(|s| drop(s.write(0, 16_383, "x").map(drop)));
    assert_eq!(read(&wide), Err(ReadError::TooManyColumns));
}

#[test]
fn drop_downs_and_texts_are_in_the_workbook() {
    let bytes = write_xlsx(&rows(), &codes(), false).unwrap();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut part = |name: &str| std::io::read_to_string(archive.by_name(name).unwrap()).unwrap();
    let sheet = part("xl/worksheets/sheet1.xml");
    assert_eq!(sheet.matches("<dataValidation type=\"list\"").count(), 5);
    assert!(sheet.contains("'コード'!$A$2:$A$7"));
    assert!(sheet.contains("state=\"frozen\""));
    assert!(part("docProps/core.xml").contains("2020-01-01T00:00:00Z"));
}
