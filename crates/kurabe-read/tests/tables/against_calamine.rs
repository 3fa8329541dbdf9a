//! The values of our readers and those of calamine, which is written independently of them.

use std::io::Cursor;

use calamine::{Data, Reader, open_workbook_auto_from_rs};
use kurabe_read::{Hint, read, second_opinion};

use crate::{shared, written};

/// Both readers find the same cells, and the same text or number in each.
pub(crate) fn assert_agrees(name: &str, bytes: &[u8]) {
    let hint = Hint {
        hidden: true,
        ..Hint::default()
    };
    let staged = read(bytes, &hint).unwrap();
    let mut ours = written(&staged.value);
    let mut book = open_workbook_auto_from_rs(Cursor::new(bytes)).unwrap();
    for sheet in book.sheet_names() {
        let range = book.worksheet_range(&sheet).unwrap();
        let (top, left) = range.start().unwrap_or_default();
        for (row, column, value) in range.used_cells() {
            let at = (
                sheet.clone(),
                top + row as u32 + 1,
                left + column as u32 + 1,
            );
            let displayed = ours.remove(&at);
            let is_blank = value.to_string().trim().is_empty();
            match displayed {
                Some(text) => assert!(is_same(&text, value), "{name} {at:?}: {text:?} {value:?}"),
                None => assert!(is_blank, "{name} {at:?}: missing {value:?}"),
            }
        }
    }
    assert_eq!(ours.into_iter().next(), None, "{name}: only here");
    let opinion = second_opinion(bytes, &hint).unwrap().unwrap();
    assert_eq!(opinion.differences, [], "{name}: {} agree", opinion.agreed);
    assert!(opinion.agreed > 0, "{name}: nothing was compared");
}

/// Whether what is displayed is the value.
fn is_same(text: &str, value: &Data) -> bool {
    match value {
        Data::String(other) => {
            // Paragraphs leave out blank lines of a cell.
            let lines = |text: &str| -> Vec<String> {
                let lines = text.lines().filter(|line| !line.trim().is_empty());
                lines.map(str::to_owned).collect()
            };
            lines(text) == lines(other)
        }
        Data::Float(number) => is_number(text, *number),
        Data::Int(number) => is_number(text, *number as f64),
        Data::Bool(is) => text == if *is { "TRUE" } else { "FALSE" },
        Data::Error(error) => text == error.to_string(),
        // How dates are displayed is tested for each format.
        _ => !text.is_empty(),
    }
}

fn is_number(text: &str, number: f64) -> bool {
    let plain = text.replace([',', '%'], "");
    let Ok(shown) = plain.parse::<f64>() else {
        return false;
    };
    let scale = if text.contains('%') { 100.0 } else { 1.0 };
    // Rounded to the digits that are displayed.
    let decimals = plain
        .split_once('.')
        .map_or(0, |(_, decimals)| decimals.len());
    let unit = 0.1_f64.powi(decimals as i32);
    (shown - number * scale).abs() <= unit * 0.51
}

#[test]
fn the_readers_agree() {
    for path in [
        "corpus-formats/matsue.xlsx",
        "corpus-formats/matsue.xls",
        "corpus-formats/matsue.ods",
        "corpus-formats/yasugi.xlsx",
        "corpus-formats/yasugi.ods",
        "real-files/soumu_juki_jinkou_r2.xls",
        "real-files/takamatsu_idou_2025.xlsx",
        "real-files/takamatsu_soshiki_202404.xlsx",
        "real-files/gif_opendata_chousahyo.xlsx",
    ] {
        if let Some(bytes) = shared(path) {
            assert_agrees(path, &bytes);
        }
    }
}

#[test]
fn a_number_that_its_format_hides_is_no_difference() {
    let format = rust_xlsxwriter::Format::new().set_num_format("0;-0;;@");
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    for (row, number) in [(0, 3.0), (1, 0.0), (2, 4.0)] {
        sheet
            .write_number_with_format(row, 0, number, &format)
            .unwrap();
    }
    let bytes = workbook.save_to_buffer().unwrap();
    let opinion = second_opinion(&bytes, &Hint::default()).unwrap().unwrap();
    assert_eq!((opinion.agreed, opinion.differences), (2, Vec::new()));
}

#[test]
fn other_files_are_given_no_second_opinion() {
    assert_eq!(second_opinion(b"a,b\n1,2\n", &Hint::default()), Ok(None));
}
