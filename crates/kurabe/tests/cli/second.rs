//! The second reading of workbooks, asked of a child as a run asks it.

use std::path::Path;

use kurabe::engine::{self, Hint};
use kurabe::reading::{Bounds, Reader};
use rust_xlsxwriter::Workbook;

const PROGRAM: &str = env!("CARGO_BIN_EXE_kurabe");

fn workbook() -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (row, title) in [(0, "取組名"), (1, "窓口の改善"), (2, "手続の見直し")] {
        sheet.write_string(row, 0, title).unwrap();
        sheet.write_number(row, 1, f64::from(row) + 0.5).unwrap();
    }
    workbook.save_to_buffer().unwrap()
}

#[test]
fn a_child_tells_on_how_many_cells_the_readers_agree() {
    let reader = Reader::new(Some(Path::new(PROGRAM)), Bounds::default());
    let bytes = workbook();
    let opinion = reader.opinion(&bytes, &Hint::default(), "xlsx");
    let opinion = opinion.expect("a child answers").expect("both can read it");
    assert_eq!((opinion.agreed, opinion.differences), (6, Vec::new()));

    let mut page = engine::try_read(&bytes, &Hint::default()).unwrap();
    reader.compare(&bytes, &Hint::default(), &mut page);
    assert_eq!(page.findings, []);
}

#[test]
fn nothing_is_asked_without_a_child_or_of_other_files() {
    let alone = Reader::new(None, Bounds::default());
    assert!(
        alone
            .opinion(&workbook(), &Hint::default(), "xlsx")
            .is_none()
    );
    let reader = Reader::new(Some(Path::new(PROGRAM)), Bounds::default());
    assert!(reader.opinion(b"a\n", &Hint::default(), "text").is_none());
}

#[test]
fn a_second_reader_that_cannot_read_costs_its_opinion_only() {
    let reader = Reader::new(Some(Path::new(PROGRAM)), Bounds::default());
    let mut page = engine::try_read(workbook(), &Hint::default()).unwrap();
    let before = page.clone();
    let cut = &workbook()[..200];
    let opinion = reader.opinion(cut, &Hint::default(), "xlsx");
    assert!(opinion.is_some_and(|opinion| opinion.is_err()));
    reader.compare(cut, &Hint::default(), &mut page);
    assert_eq!(page, before);
}
