//! Files that public bodies published, with what a person sees in them.

use kurabe_page::Page;
use kurabe_trace::Staged;

use crate::{assert_accounted, detect, grid, paragraphs, shape, shared, tables};

fn read(path: &str) -> Option<Staged<Page>> {
    let staged = detect(&shared(path)?).unwrap();
    assert_accounted(&staged.value);
    Some(staged)
}

fn row(page: &Page, table: usize, row: usize) -> Vec<String> {
    let cells = tables(page)[table].rows[row].cells.iter();
    cells.map(|cell| cell.raw.clone()).collect()
}

#[test]
fn population_of_all_municipalities() {
    let Some(staged) = read("real-files/soumu_juki_jinkou_r2.xls") else {
        return;
    };
    let page = &staged.value;
    assert_eq!(page.reader, "xls");
    assert_eq!(shape(tables(page)[0]), (2282, 25));
    let table = tables(page)[0];
    // Below the title there are three header rows with merged cells.
    let spans = |row: usize| -> Vec<(u16, u16)> {
        let cells = table.rows[row].cells.iter();
        let spans = cells.map(|cell| (cell.row_span, cell.column_span));
        spans.filter(|span| *span != (1, 1)).collect()
    };
    assert_eq!(spans(1), [(3, 1), (3, 1), (3, 1), (1, 4), (1, 18)]);
    assert_eq!(spans(2)[..4], [(1, 3), (2, 1), (1, 6), (1, 6)]);
    assert_eq!(row(page, 0, 3)[3..6], ["男", "女", "計"]);
    // Codes are text with their zeros, counts have separators, rates two decimals.
    assert_eq!(
        row(page, 0, 5)[..6],
        [
            "010006",
            "北海道",
            "",
            "2,488,629",
            "2,779,133",
            "5,267,762"
        ]
    );
    assert_eq!(
        row(page, 0, 4)[19..23],
        ["-305,530", "-0.24", "-501,445", "-0.39"]
    );
    assert_eq!(staged.findings, []);
}

#[test]
fn organisation_of_a_city() {
    let Some(staged) = read("real-files/takamatsu_soshiki_202404.xlsx") else {
        return;
    };
    let page = &staged.value;
    assert_eq!(shape(tables(page)[0]), (393, 12));
    assert_eq!(
        row(page, 0, 0)[..3],
        ["#property", "applicableDate", "affiliationCode"]
    );
    assert_eq!(
        row(page, 0, 1)[..4],
        ["1", "2024/4/1", "0000000000", "高松市"]
    );
    assert_eq!(row(page, 0, 8)[9], "087-839-2135");
}

#[test]
fn metadata_rows_above_a_table() {
    let Some(staged) = read("real-files/takamatsu_idou_2025.xlsx") else {
        return;
    };
    let page = &staged.value;
    assert_eq!(paragraphs(page), ["#LINK"]);
    assert_eq!(shape(tables(page)[0]), (20, 14));
    assert_eq!(row(page, 0, 0)[..3], ["#lang", "ja", ""]);
    assert_eq!(row(page, 0, 3)[..2], ["#file_name", "0092"]);
    assert_eq!(row(page, 0, 5)[..2], ["#property", "month"]);
    assert_eq!(row(page, 0, 8)[..4], ["1", "1", "88", "96"]);
}

#[test]
fn a_questionnaire_with_forms() {
    let Some(staged) = read("real-files/gif_opendata_chousahyo.xlsx") else {
        return;
    };
    let page = &staged.value;
    let shapes: Vec<_> = tables(page).into_iter().map(shape).collect();
    assert_eq!(
        shapes,
        [
            (3, 3),
            (3, 3),
            (2, 9),
            (63, 13),
            (2, 7),
            (62, 9),
            (2, 9),
            (63, 32)
        ]
    );
    assert!(paragraphs(page).contains(&"部局課室名：/記入者氏名：".to_owned()));
    let header = tables(page)[3];
    let spans: Vec<_> = header.rows[0]
        .cells
        .iter()
        .map(|c| (c.row_span, c.column_span))
        .collect();
    assert_eq!(spans[..3], [(4, 1), (4, 1), (1, 10)]);
    assert_eq!(row(page, 5, 2)[4], "2022/1/1");
    assert_eq!(
        row(page, 3, 4)[..6],
        [
            "1",
            "（記入例①）○○申請者データ",
            "有",
            "無",
            "無",
            "公開不可"
        ]
    );
}

#[test]
fn open_data_as_csv() {
    let Some(staged) = read("real-files/yaizu_aed_utf8.csv") else {
        return;
    };
    let page = &staged.value;
    assert_eq!(
        (page.reader.as_str(), page.encoding.as_str()),
        ("csv", "UTF-8")
    );
    assert_eq!(shape(tables(page)[0]), (83, 22));
    assert_eq!(row(page, 0, 1)[..2], ["222127", "0000000001"]);
    assert_eq!(staged.findings, []);
}

#[test]
fn a_small_csv_in_code_page_932() {
    let Some(staged) = read("real-files/yaizu_nouen_sjis.csv") else {
        return;
    };
    let page = &staged.value;
    assert_eq!(page.encoding, "Shift_JIS");
    assert_eq!(shape(tables(page)[0]), (10, 7));
    let first = grid(tables(page)[0]);
    assert_eq!(
        first.lines().next(),
        Some("ID|ID2|農園名|区分|住所|緯度|経度")
    );
    assert_eq!(row(page, 0, 3)[4], "静岡県焼津市中里480-1;480-2");
}
