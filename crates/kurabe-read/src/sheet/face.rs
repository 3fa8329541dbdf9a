//! Sheets as their file says they are.

use super::model::Sheet;
use crate::facsimile::{FaceCell, Merge, SheetFace};

/// A sheet for people to look at.
pub(super) fn face(sheet: Sheet) -> SheetFace {
    let cells = sheet.cells.into_iter().map(|cell| FaceCell {
        row: cell.row,
        column: cell.column,
        text: cell.text,
    });
    let merges = sheet.merges.iter().map(|area| Merge {
        first: area.first,
        last: area.last,
    });
    SheetFace {
        name: sheet.name,
        is_hidden: sheet.is_hidden,
        cells: cells.collect(),
        merges: merges.collect(),
        hidden_rows: sheet.rows.runs().to_vec(),
        hidden_columns: sheet.columns.runs().to_vec(),
    }
}
