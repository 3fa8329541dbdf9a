//! What a careful reader of a workbook would want to be told.

use std::collections::BTreeMap;

use kurabe_trace::{Code, Finding, Locator};

use super::model::{Area, Sheet, SheetCell, Trouble};

/// Remarks of one kind that are made one by one on each sheet; the rest is counted.
const LISTED: usize = 20;

/// The remark on a sheet of which records are damaged; `None` when it is sound.
pub(super) fn damaged(sheet: &Sheet) -> Option<Finding> {
    if !sheet.is_damaged {
        return None;
    }
    let name = &sheet.name;
    let locator = extent(&sheet.cells).map_or(Locator::Document, |area| {
        Locator::cells(name, area.first, area.last)
    });
    Some(Finding::new(
        Code::FileDamaged,
        locator,
        format!(
            "シート「{name}」の記録が壊れていて、読めたのはこの範囲だけです。欠けたセルがあるかもしれません。\
             表計算ソフトで開いて保存し直すか、取得し直してください。"
        ),
        format!(
            "Records of sheet \"{name}\" are damaged and only this area could be read, perhaps with \
             cells missing; open the file in a spreadsheet program and save it anew, or fetch it again."
        ),
    ))
}

/// Remarks on cells without a proper value.
pub(super) fn troubles(sheet: &Sheet) -> Vec<Finding> {
    let of = |trouble| {
        sheet
            .cells
            .iter()
            .filter(move |cell| cell.trouble == Some(trouble))
    };
    let errors = limited(sheet, of(Trouble::Error), |cell| {
        let text = &cell.text;
        remark(
            sheet,
            cell,
            format!("セルの値がエラー「{text}」です。値の代わりにこの文字を残しました。"),
            format!("The value of the cell is the error {text}, which was kept as its text."),
        )
        .raw(text)
    });
    let missing = limited(sheet, of(Trouble::NotComputed), |cell| {
        remark(
            sheet,
            cell,
            "数式の計算結果が保存されていないため、値を読めません。表計算ソフトで開いて保存し直してください。",
            "The result of the formula is not stored, so there is no value to read; open the file \
             in a spreadsheet program and save it anew.",
        )
    });
    [errors, missing].concat()
}

fn remark(
    sheet: &Sheet,
    cell: &SheetCell,
    ja: impl Into<String>,
    en: impl Into<String>,
) -> Finding {
    let at = (cell.row, cell.column);
    Finding::new(Code::CellError, Locator::cells(&sheet.name, at, at), ja, en)
}

fn limited<'s>(
    sheet: &Sheet,
    cells: impl Iterator<Item = &'s SheetCell>,
    remark: impl Fn(&SheetCell) -> Finding,
) -> Vec<Finding> {
    let cells: Vec<&SheetCell> = cells.collect();
    let mut findings: Vec<Finding> = cells.iter().take(LISTED).map(|cell| remark(cell)).collect();
    let rest = cells.len().saturating_sub(LISTED);
    if rest > 0 {
        let name = &sheet.name;
        findings.push(Finding::new(
            Code::CellError,
            Locator::Document,
            format!("シート「{name}」には、同様のセルがほかに{rest}個あります。"),
            format!("Sheet \"{name}\" has {rest} more such cells."),
        ));
    }
    findings
}

/// The smallest area that holds the cells; `None` when there are none.
fn extent<'s>(cells: impl IntoIterator<Item = &'s SheetCell>) -> Option<Area> {
    let areas = cells.into_iter().map(|cell| {
        let at = (cell.row, cell.column);
        Area::between(at, at)
    });
    areas.reduce(joined)
}

fn joined(a: Area, b: Area) -> Area {
    Area {
        first: (a.first.0.min(b.first.0), a.first.1.min(b.first.1)),
        last: (a.last.0.max(b.last.0), a.last.1.max(b.last.1)),
    }
}

/// The remark on a hidden sheet; `None` when nothing is written in it.
pub(super) fn hidden_sheet(sheet: &Sheet) -> Option<Finding> {
    let Area { first, last } = extent(&sheet.cells)?;
    let name = &sheet.name;
    let finding = Finding::new(
        Code::HiddenSkipped,
        Locator::cells(name, first, last),
        format!(
            "非表示のシート「{name}」は読みませんでした。読むには設定で非表示の部分を読むように指定してください。"
        ),
        format!(
            "The hidden sheet \"{name}\" was left out; set that hidden parts are read to have it."
        ),
    );
    Some(finding.raw(name))
}

/// Remarks on hidden rows and columns in which something is written.
pub(super) fn hidden_lines(sheet: &Sheet) -> Vec<Finding> {
    let rows = places(sheet, |cell| sheet.rows.run_of(cell.row));
    let columns = places(sheet, |cell| sheet.columns.run_of(cell.column));
    let rows = left_out(&rows, "行", "rows");
    let columns = left_out(&columns, "列", "columns");
    rows.into_iter().chain(columns).collect()
}

/// What is written in each hidden run of rows or columns.
fn places(sheet: &Sheet, run: impl Fn(&SheetCell) -> Option<u32>) -> Vec<Locator> {
    let mut areas: BTreeMap<u32, Area> = BTreeMap::new();
    for cell in &sheet.cells {
        let at = (cell.row, cell.column);
        let area = Area::between(at, at);
        if let Some(run) = run(cell) {
            areas
                .entry(run)
                .and_modify(|known| *known = joined(*known, area))
                .or_insert(area);
        }
    }
    let areas = areas.into_values();
    areas
        .map(|area| Locator::cells(&sheet.name, area.first, area.last))
        .collect()
}

fn left_out(places: &[Locator], ja: &str, en: &str) -> Option<Finding> {
    let locator = match places {
        [] => return None,
        [only] => only.clone(),
        _ => Locator::Document,
    };
    let finding = Finding::new(
        Code::HiddenSkipped,
        locator,
        format!(
            "非表示の{ja}は読みませんでした。読むには設定で非表示の部分を読むように指定してください。"
        ),
        format!("Hidden {en} were left out; set that hidden parts are read to have them."),
    );
    Some(finding.raw(list(places)))
}

/// The first of some places; `…` stands for the rest.
fn list(places: &[Locator]) -> String {
    let first = places.iter().take(LISTED).map(ToString::to_string);
    let rest = (places.len() > LISTED).then(|| "…".to_owned());
    first.chain(rest).collect::<Vec<_>>().join(",")
}

/// The remark on cells that lie under merged cells, where no reader of the sheet sees them.
pub(super) fn covered(sheet: &Sheet, cells: &[&SheetCell]) -> Option<Finding> {
    let written = cells.iter().filter(|cell| !cell.text.trim().is_empty());
    let places: Vec<Locator> = written
        .map(|cell| {
            let at = (cell.row, cell.column);
            Locator::cells(&sheet.name, at, at)
        })
        .collect();
    if places.is_empty() {
        return None;
    }
    let finding = Finding::new(
        Code::HiddenSkipped,
        Locator::Document,
        "結合セルの下に隠れたセルの値は読みませんでした。",
        "Values of cells that lie hidden under merged cells were left out.",
    );
    Some(finding.raw(list(&places)))
}
