//! A sheet as it is laid out in its file.

use std::collections::{BTreeMap, BTreeSet};

use kurabe_read::{FaceCell, Merge, SheetFace};
use kurabe_trace::Locator;

use super::super::links::cell_key;
use super::write::{Cover, Html};
use crate::text::view as words;

/// Columns that are shown at most.
const COLUMNS: u32 = 256;
/// Rows of a merged area that are shown at most.
const MERGED_ROWS: u32 = 200;
/// Blank rows side by side that are shown; more of them become one.
const BLANK_ROWS: u32 = 3;

/// Writes the sheet with the letters of its columns and the numbers of its rows.
pub(super) fn write(sheet: &SheetFace, number: usize, room: &mut usize, html: &mut Html) {
    if sheet.is_hidden {
        html.note("left-out", &words::hidden_sheet(html.lang));
    }
    if sheet.cells.is_empty() {
        return html.note("empty", &words::empty_sheet(html.lang));
    }
    let rows = rows(sheet);
    let columns = columns(sheet);
    html.raw("<div class=\"wide\"><table class=\"grid\"><tr><th></th>");
    for column in 1..=columns {
        let is_hidden = holds(&sheet.hidden_columns, column);
        head(&letters(column), is_hidden, html);
    }
    html.raw("</tr>");
    let mut writer = Writer {
        sheet,
        number,
        columns,
        merges: sheet.merges.iter().map(|m| (m.first, *m)).collect(),
        cover: Cover::default(),
    };
    let mut cells = sheet.cells.iter().peekable();
    let (mut before, mut is_cut) = (0, false);
    for row in rows {
        let width = usize::try_from(columns).unwrap_or(usize::MAX);
        if *room < width {
            (*room, is_cut) = (0, true);
            break;
        }
        *room -= width;
        if row > before + 1 {
            gap(before + 1, row - 1, columns, html);
        }
        before = row;
        while cells.next_if(|cell| cell.row < row).is_some() {}
        let mut written = BTreeMap::new();
        while let Some(cell) = cells.next_if(|cell| cell.row == row) {
            written.insert(cell.column, cell);
        }
        writer.row(row, &written, html);
    }
    html.raw("</table></div>");
    if is_cut {
        html.note("left-out", &words::rows_cut(html.lang));
    }
}

/// The rows that are shown: those with something in them, those of merged areas, and single blank
/// ones between them.
fn rows(sheet: &SheetFace) -> BTreeSet<u32> {
    let mut rows: BTreeSet<u32> = sheet.cells.iter().map(|cell| cell.row).collect();
    for merge in &sheet.merges {
        if rows.contains(&merge.first.0) {
            let last = merge.last.0.min(merge.first.0 + MERGED_ROWS - 1);
            rows.extend(merge.first.0..=last);
        }
    }
    let mut blank = Vec::new();
    let mut before = 0;
    for row in &rows {
        if row - before - 1 <= BLANK_ROWS {
            blank.extend(before + 1..*row);
        }
        before = *row;
    }
    rows.extend(blank);
    rows
}

/// The last column that is shown.
fn columns(sheet: &SheetFace) -> u32 {
    let written = sheet.cells.iter().map(|cell| cell.column).max();
    let merged = sheet.merges.iter().map(|merge| merge.last.1);
    let merged = merged.filter(|last| *last < COLUMNS).max();
    written.max(merged).unwrap_or(1).min(COLUMNS)
}

fn holds(runs: &[(u32, u32)], number: u32) -> bool {
    let after = runs.partition_point(|run| run.1 < number);
    runs.get(after).is_some_and(|run| run.0 <= number)
}

fn head(name: &str, is_hidden: bool, html: &mut Html) {
    if is_hidden {
        let told = words::hidden(html.lang);
        html.raw("<th class=\"hidden\" title=\"");
        html.text(&told);
        html.raw("\">");
    } else {
        html.raw("<th>");
    }
    html.text(name);
    html.raw("</th>");
}

/// One row that stands for blank ones.
fn gap(first: u32, last: u32, columns: u32, html: &mut Html) {
    let told = words::blank_rows(html.lang, first, last);
    html.raw(&format!(
        "<tr class=\"gap\"><th>⋮</th><td colspan=\"{columns}\">"
    ));
    html.text(&told);
    html.raw("</td></tr>");
}

struct Writer<'s> {
    sheet: &'s SheetFace,
    number: usize,
    columns: u32,
    merges: BTreeMap<(u32, u32), Merge>,
    cover: Cover,
}

impl Writer<'_> {
    fn row(&mut self, row: u32, written: &BTreeMap<u32, &FaceCell>, html: &mut Html) {
        let is_hidden = holds(&self.sheet.hidden_rows, row);
        html.raw(if is_hidden {
            "<tr class=\"hidden\">"
        } else {
            "<tr>"
        });
        head(&row.to_string(), is_hidden, html);
        for column in 1..=self.columns {
            if !self.cover.holds(index(row), index(column)) {
                self.cell((row, column), written.get(&column).copied(), html);
            }
        }
        html.raw("</tr>");
    }

    fn cell(&mut self, place: (u32, u32), cell: Option<&FaceCell>, html: &mut Html) {
        html.raw("<td");
        let mut class = String::new();
        if holds(&self.sheet.hidden_columns, place.1) {
            class.push_str("hidden ");
        }
        if let Some(merge) = self.merges.get(&place) {
            let rows = (merge.last.0 - merge.first.0 + 1).min(MERGED_ROWS);
            let columns = merge.last.1.min(self.columns) - merge.first.1 + 1;
            let (row, column) = (index(place.0), index(place.1));
            self.cover.add(row, column, index(rows), index(columns));
            html.raw(&format!(" rowspan=\"{rows}\" colspan=\"{columns}\""));
            class.push_str("span");
        }
        if !class.is_empty() {
            html.raw(&format!(" class=\"{}\"", class.trim_end()));
        }
        if let Some(cell) = cell {
            let locator = Locator::cells(self.sheet.name.as_str(), place, place);
            html.tie(&cell_key(self.number, place), &locator.to_string());
            html.raw(">");
            html.text(&cell.text);
        } else {
            html.raw(">");
        }
        html.raw("</td>");
    }
}

fn index(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// The letters of a column: 1 is A, 28 is AB.
fn letters(column: u32) -> String {
    let place = Locator::cells("x", (1, column), (1, column)).to_string();
    let letters = place.trim_start_matches("x!");
    letters.trim_end_matches('1').to_owned()
}
