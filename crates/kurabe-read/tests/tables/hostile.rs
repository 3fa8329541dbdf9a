//! Files made to take too much.

use std::time::{Duration, Instant};

use kurabe_read::{Hint, Limits, ReadError, read};

use crate::build::{Xlsx, compound, deflated, ods, package, raw_package, xlsx_sheet};
use crate::{detect, grid, tables, written};

fn refused_quickly(bytes: &[u8]) -> ReadError {
    let start = Instant::now();
    let error = detect(bytes).unwrap_err();
    let elapsed = start.elapsed();
    assert!(elapsed < Duration::from_secs(2), "{elapsed:?}");
    error
}

const OPEN: &str = "<worksheet><sheetData><row><c t=\"inlineStr\"><is><t>";

/// A workbook whose only sheet is one cell of so many letters, at least; what the file says about
/// its size is `declared`.
fn endless_cell(letters: usize, declared: u32) -> Vec<u8> {
    let base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let workbook = "<workbook><sheets><sheet name=\"表\" r:id=\"s\"/></sheets></workbook>";
    let relations = format!(
        "<Relationships><Relationship Id=\"s\" Type=\"{base}/worksheet\" Target=\"s.xml\"/>\
         </Relationships>"
    );
    raw_package(&[
        ("[Content_Types].xml", 0, b"spreadsheetml.sheet.main", 24),
        (
            "xl/workbook.xml",
            0,
            workbook.as_bytes(),
            workbook.len() as u32,
        ),
        (
            "xl/_rels/workbook.xml.rels",
            0,
            relations.as_bytes(),
            relations.len() as u32,
        ),
        ("xl/s.xml", 8, &deflated(OPEN, letters), declared),
    ])
}

#[test]
fn a_cell_of_300_megabytes_is_refused() {
    let letters = 300 << 20;
    let bytes = endless_cell(letters, letters as u32);
    assert!(bytes.len() < 3 << 20);
    let error = refused_quickly(&bytes);
    assert!(
        matches!(
            error,
            ReadError::TooLarge {
                limit: "cell_characters",
                ..
            }
        ),
        "{error}"
    );
}

#[test]
fn a_package_that_lies_about_its_sizes_is_refused() {
    let error = refused_quickly(&endless_cell(300 << 20, 1000));
    assert!(
        matches!(
            error,
            ReadError::TooLarge { .. } | ReadError::Damaged { .. }
        ),
        "{error}"
    );
}

#[test]
fn a_part_that_is_packed_too_densely_is_refused_unread() {
    let blank = " ".repeat(4 << 20);
    let error = refused_quickly(&xlsx_sheet(&format!("<sheetData>{blank}</sheetData>")));
    assert!(
        matches!(error, ReadError::TooLarge { limit: "ratio", .. }),
        "{error}"
    );
}

#[test]
fn one_long_text_in_many_cells_is_refused() {
    let long = "あ".repeat(100_000);
    let rows = format!("<row>{}</row>", "<c t=\"s\"><v>0</v></c>".repeat(100)).repeat(100);
    let sheet = format!("<sheetData>{rows}</sheetData>");
    let book = Xlsx {
        sheets: &[("表", "visible", &sheet)],
        strings: &format!("<si><t>{long}</t></si>"),
        styles: "",
    };
    let hint = Hint {
        limits: Limits {
            unpacked_bytes: 20 << 20,
            ..Limits::default()
        },
        ..Hint::default()
    };
    let error = read(book.build(), &hint).unwrap_err();
    assert!(
        matches!(
            error,
            ReadError::TooLarge {
                limit: "unpacked_bytes",
                ..
            }
        ),
        "{error}"
    );
}

#[test]
fn two_cells_far_apart_are_two_cells() {
    let sheet = "<dimension ref=\"A1:XFD1048576\"/><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row>\
                 <row r=\"1048576\"><c r=\"XFD1048576\"><v>2</v></c></row></sheetData>";
    let start = Instant::now();
    let staged = detect(&xlsx_sheet(sheet)).unwrap();
    assert!(start.elapsed() < Duration::from_secs(2));
    let cells: Vec<_> = written(&staged.value).into_iter().collect();
    let at = |row, column| ("表".to_owned(), row, column);
    assert_eq!(
        cells,
        [
            (at(1, 1), "1".to_owned()),
            (at(1 << 20, 1 << 14), "2".to_owned())
        ]
    );
}

#[test]
fn a_wide_row_costs_what_it_is_wide() {
    let rows: String = (1..=400)
        .map(|n| {
            format!("<row r=\"{n}\"><c r=\"A{n}\"><v>1</v></c><c r=\"XFD{n}\"><v>2</v></c></row>")
        })
        .collect();
    let error = refused_quickly(&xlsx_sheet(&format!("<sheetData>{rows}</sheetData>")));
    assert!(matches!(error, ReadError::TooLarge { limit: "cells", .. }));
}

#[test]
fn merged_areas_of_the_whole_sheet_cost_nothing() {
    let merges = "<mergeCell ref=\"A1:XFD1048576\"/>".repeat(1000);
    let sheet = format!(
        "<cols><col min=\"1\" max=\"4294967295\" width=\"9\"/></cols><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c>\
         </row></sheetData><mergeCells>{merges}</mergeCells>"
    );
    let staged = detect(&xlsx_sheet(&sheet)).unwrap();
    assert_eq!(written(&staged.value).len(), 1);
}

#[test]
fn repeated_blank_rows_cost_nothing() {
    let far = "<table:table-row table:number-rows-repeated=\"4294967295\"><table:table-cell \
               table:number-columns-repeated=\"4294967295\"/></table:table-row>";
    let sheet = format!(
        "<table:table table:name=\"表\">{}{far}</table:table>",
        "<table:table-row><table:table-cell><text:p>1</text:p></table:table-cell>\
         <table:table-cell><text:p>2</text:p></table:table-cell></table:table-row>"
    );
    let staged = detect(&ods("", &sheet)).unwrap();
    assert_eq!(grid(tables(&staged.value)[0]), "1|2");
}

#[test]
fn chains_that_run_in_circles_end() {
    let mut bytes = compound(&[("Workbook", &[0; 5000])]);
    let tables = bytes.len() - 512;
    // Every sector is followed by itself.
    for (number, at) in (0_u32..).zip((tables..bytes.len()).step_by(4)) {
        bytes[at..at + 4].copy_from_slice(&number.to_le_bytes());
    }
    let error = refused_quickly(&bytes);
    assert!(
        matches!(error, ReadError::Damaged { .. } | ReadError::Binary { .. }),
        "{error}"
    );
}

#[test]
fn a_package_without_its_parts_is_damaged() {
    let types: (&str, &[u8]) = ("[Content_Types].xml", b"spreadsheetml.sheet.main");
    let error = refused_quickly(&package(&[types]));
    assert!(
        error
            .to_string()
            .contains("xl/workbook.xml: this part is missing"),
        "{error}"
    );
}

#[test]
fn depth_is_no_danger() {
    let sheet = format!("{}<sheetData/>", "<x>".repeat(200_000));
    assert_eq!(detect(&xlsx_sheet(&sheet)), Err(ReadError::Empty));
}
