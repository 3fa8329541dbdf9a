//! What a second reader of workbooks (`calamine`) says of what we read.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use kurabe_read::{Difference, Opinion};
use kurabe_trace::{Code, Finding, Locator};

/// Cells that a finding names one by one.
const NAMED: usize = 5;

/// Remarks on sheets of which the two readers find different cells to be written in.
#[must_use]
pub fn findings(opinion: &Opinion) -> Vec<Finding> {
    let mut sheets: BTreeMap<&str, Vec<&Difference>> = BTreeMap::new();
    for difference in opinion.differences.iter().filter(|d| is_of_shape(d)) {
        let sheet = sheets.entry(difference.sheet.as_str()).or_default();
        sheet.push(difference);
    }
    sheets.into_iter().map(finding).collect()
}

fn finding((sheet, cells): (&str, Vec<&Difference>)) -> Finding {
    let first = cells.iter().find_map(|difference| difference.cell);
    let Some(first) = first else {
        return Finding::new(
            Code::SecondReadingDiffers,
            Locator::Document,
            format!(
                "シート「{sheet}」は、別の読み取り（calamine）との一方にしか見つかりません。\
                 表計算ソフトで開いて確かめてください。"
            ),
            format!(
                "Only one of two readers (the other is calamine) finds the sheet \"{sheet}\"; open \
                 the file in a spreadsheet program and check."
            ),
        );
    };
    let mut named = String::new();
    for difference in cells.iter().take(NAMED) {
        let comma = if named.is_empty() { "" } else { ", " };
        let _ = write!(named, "{comma}{}", place(difference));
    }
    let count = cells.len();
    Finding::new(
        Code::SecondReadingDiffers,
        Locator::cells(sheet, first, first),
        format!(
            "シート「{sheet}」の{count}個のセルは、別の読み取り（calamine）との一方にしか値がありません（{named}）。\
             表計算ソフトで開いて確かめてください。"
        ),
        format!(
            "Only one of two readers (the other is calamine) finds a value in {count} cells of sheet \
             \"{sheet}\" ({named}); open the file in a spreadsheet program and check."
        ),
    )
}

/// Whether only one of the readers finds anything.
fn is_of_shape(difference: &Difference) -> bool {
    difference.ours.is_none() || difference.theirs.is_none()
}

/// The place of a difference: a cell, or the name of a sheet.
#[must_use]
pub fn place(difference: &Difference) -> String {
    match difference.cell {
        Some(at) => Locator::cells(&*difference.sheet, at, at).to_string(),
        None => difference.sheet.clone(),
    }
}

/// The differences that put published values in doubt: cells that a place names, and cells or
/// sheets that only one of the readers finds.
pub fn in_doubt<'o>(
    opinion: &'o Opinion,
    cited: &'o BTreeSet<Locator>,
) -> impl Iterator<Item = &'o Difference> {
    let differences = opinion.differences.iter();
    differences.filter(move |difference| {
        is_of_shape(difference) || cited.iter().any(|place| names(place, difference))
    })
}

fn names(place: &Locator, difference: &Difference) -> bool {
    match (place, difference.cell) {
        (Locator::Cells { sheet, first, last }, Some((row, column))) => {
            *sheet == difference.sheet
                && (first.0..=last.0).contains(&row)
                && (first.1..=last.1).contains(&column)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn difference(cell: Option<(u32, u32)>, ours: &str, theirs: &str) -> Difference {
        let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        Difference {
            sheet: "表1".to_owned(),
            cell,
            ours: some(ours),
            theirs: some(theirs),
        }
    }

    fn opinion() -> Opinion {
        Opinion {
            agreed: 7,
            differences: vec![
                difference(Some((2, 1)), "", "申"),
                difference(Some((4, 2)), "甲", "申"),
                difference(Some((9, 9)), "乙", "丙"),
            ],
        }
    }

    #[test]
    fn only_cells_that_one_reader_misses_are_remarked() {
        let findings = findings(&opinion());
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].locator.to_string(), "表1!A2");
        assert!(findings[0].message_ja.contains("1個のセル"));
        let sheet = Opinion {
            differences: vec![difference(None, "表1", "")],
            ..Opinion::default()
        };
        assert_eq!(super::findings(&sheet)[0].locator, Locator::Document);
    }

    #[test]
    fn values_are_in_doubt_where_a_place_names_them() {
        let opinion = opinion();
        let cited = BTreeSet::from([Locator::cells("表1", (4, 1), (4, 3))]);
        let doubted: Vec<String> = in_doubt(&opinion, &cited).map(place).collect();
        assert_eq!(doubted, ["表1!A2", "表1!B4"]);
        let elsewhere = BTreeSet::from([Locator::cells("表2", (4, 1), (4, 3))]);
        assert_eq!(in_doubt(&opinion, &elsewhere).count(), 1);
    }
}
