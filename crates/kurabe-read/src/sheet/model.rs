//! A workbook as the readers of its formats leave it: written cells, merged areas, what is hidden.

use crate::fault::{Fault, FaultKind};
use crate::{Limits, ReadError};

/// A cell in which something is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SheetCell {
    /// Row from 1.
    pub(super) row: u32,
    /// Column from 1.
    pub(super) column: u32,
    /// What the sheet displays.
    pub(super) text: String,
    /// What is wrong with the value.
    pub(super) trouble: Option<Trouble>,
    /// Whether it holds a value of which its format shows nothing.
    pub(super) is_unseen: bool,
}

/// What can be wrong with the value of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trouble {
    /// The value is an error such as `#REF!`.
    Error,
    /// The cell holds a formula and no value that was computed from it.
    NotComputed,
}

/// Cells from an upper left to a lower right one, both included, as row and column from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Area {
    pub(super) first: (u32, u32),
    pub(super) last: (u32, u32),
}

/// No sheet has more rows or columns than this.
const LAST: u32 = 1 << 20;

impl Area {
    /// The area between two corners, within the bounds of sheets.
    pub(super) fn between(a: (u32, u32), b: (u32, u32)) -> Self {
        let within = |corner: (u32, u32)| (corner.0.clamp(1, LAST), corner.1.clamp(1, LAST));
        let (a, b) = (within(a), within(b));
        Self {
            first: (a.0.min(b.0), a.1.min(b.1)),
            last: (a.0.max(b.0), a.1.max(b.1)),
        }
    }
}

/// Numbers of rows or columns that are hidden, as runs with both ends.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Hidden {
    runs: Vec<(u32, u32)>,
}

impl Hidden {
    /// Adds a run, within the bounds of sheets.
    pub(super) fn add(&mut self, first: u32, last: u32) {
        let (first, last) = (first.clamp(1, LAST), last.clamp(1, LAST));
        match self.runs.last_mut() {
            Some(run) if run.1.checked_add(1) == Some(first) => run.1 = last,
            _ => self.runs.push((first, last)),
        }
    }

    /// The runs, in their order.
    pub(super) fn runs(&self) -> &[(u32, u32)] {
        &self.runs
    }

    /// Orders the runs and joins those that meet.
    fn settle(&mut self) {
        self.runs.sort_unstable();
        let runs = std::mem::take(&mut self.runs);
        for (first, last) in runs.into_iter().filter(|(first, last)| first <= last) {
            match self.runs.last_mut() {
                Some(run) if first <= run.1.saturating_add(1) => run.1 = run.1.max(last),
                _ => self.runs.push((first, last)),
            }
        }
    }

    /// Whether a row or column is hidden.
    pub(super) fn holds(&self, number: u32) -> bool {
        self.run_of(number).is_some()
    }

    /// How many rows or columns from `first` to `last` are shown.
    pub(super) fn shown(&self, first: u32, last: u32) -> u32 {
        if last < first {
            return 0;
        }
        let from = self.runs.partition_point(|run| run.1 < first);
        let runs = self.runs.get(from..).unwrap_or_default().iter();
        let meeting = runs.take_while(|run| run.0 <= last);
        let hidden: u32 = meeting
            .map(|run| run.1.min(last) - run.0.max(first) + 1)
            .sum();
        last - first + 1 - hidden
    }

    /// The first row or column from `first` to `last` that is shown.
    pub(super) fn first_shown(&self, first: u32, last: u32) -> Option<u32> {
        let from = self.runs.partition_point(|run| run.1 < first);
        let candidate = match self.runs.get(from) {
            Some(run) if run.0 <= first => run.1.checked_add(1)?,
            _ => first,
        };
        (candidate <= last).then_some(candidate)
    }

    /// The beginning of the run that a hidden row or column belongs to.
    pub(super) fn run_of(&self, number: u32) -> Option<u32> {
        let after = self.runs.partition_point(|run| run.1 < number);
        let run = self.runs.get(after)?;
        (run.0 <= number).then_some(run.0)
    }
}

/// A sheet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Sheet {
    pub(super) name: String,
    /// Whether the sheet is hidden.
    pub(super) is_hidden: bool,
    /// Written cells by row and column.
    pub(super) cells: Vec<SheetCell>,
    /// Whether records of the sheet are damaged, so that cells may be missing.
    pub(super) is_damaged: bool,
    /// Merged areas.
    pub(super) merges: Vec<Area>,
    pub(super) rows: Hidden,
    pub(super) columns: Hidden,
    /// Where values stand of which nothing is shown, as far as they are kept.
    pub(super) unseen: Vec<Area>,
}

/// Areas of values that are not shown of which a sheet keeps the place.
const UNSEEN: usize = 10_000;

impl Sheet {
    /// Notes the place of values of which nothing is shown.
    pub(super) fn not_shown(&mut self, area: Area) {
        if self.unseen.len() < UNSEEN {
            self.unseen.push(area);
        }
    }
}

/// A workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Book {
    /// Name of the format, which is that of the reader.
    pub(super) format: &'static str,
    pub(super) sheets: Vec<Sheet>,
}

/// Gathers the cells of all sheets within the limits.
pub(super) struct Gathering {
    format: &'static str,
    limits: Limits,
    cells: u64,
    /// Bytes of all texts together: many cells may show one shared text.
    bytes: u64,
    sheet: Sheet,
    sheets: Vec<Sheet>,
}

impl Gathering {
    /// Nothing gathered of a file of that format yet.
    pub(super) fn new(format: &'static str, limits: Limits) -> Self {
        Self {
            format,
            limits,
            cells: 0,
            bytes: 0,
            sheet: Sheet::default(),
            sheets: Vec::new(),
        }
    }

    /// Begins the next sheet.
    ///
    /// # Errors
    ///
    /// When there are too many.
    pub(super) fn begin(&mut self, name: &str, is_hidden: bool) -> Result<(), ReadError> {
        let count = u64::try_from(self.sheets.len()).unwrap_or(u64::MAX);
        if count >= self.limits.pages {
            return Err(ReadError::too_large("pages", self.limits.pages));
        }
        self.sheet = Sheet {
            name: name.to_owned(),
            is_hidden,
            ..Sheet::default()
        };
        Ok(())
    }

    /// The sheet that was begun last.
    pub(super) fn sheet(&mut self) -> &mut Sheet {
        &mut self.sheet
    }

    /// Notes that records of the sheet are damaged.
    pub(super) fn damaged(&mut self) {
        self.sheet.is_damaged = true;
    }

    /// Makes sure that so many more cells may be added.
    ///
    /// # Errors
    ///
    /// When there would be too many.
    pub(super) fn reserve(&self, count: u64) -> Result<(), ReadError> {
        if self.cells.saturating_add(count) > self.limits.cells {
            return Err(ReadError::too_large("cells", self.limits.cells));
        }
        Ok(())
    }

    /// Adds a cell to the sheet; one without text and without trouble is left out.
    ///
    /// # Errors
    ///
    /// When it holds too much, or there are too many.
    pub(super) fn cell(&mut self, cell: SheetCell) -> Result<(), ReadError> {
        if cell.text.is_empty() && cell.trouble.is_none() {
            if cell.is_unseen {
                let place = (cell.row, cell.column);
                self.sheet.not_shown(Area::between(place, place));
            }
            return Ok(());
        }
        if !(1..=LAST).contains(&cell.row) || !(1..=LAST).contains(&cell.column) {
            let at = format!("row {}, column {}", cell.row, cell.column);
            return Err(ReadError::Damaged {
                format: self.format,
                detail: Fault::new(FaultKind::OutsideOfSheet).cause(&at),
            });
        }
        check_length(&cell.text, self.limits.cell_characters)?;
        self.reserve(1)?;
        self.cells += 1;
        let length = u64::try_from(cell.text.len()).unwrap_or(u64::MAX);
        self.bytes = self.bytes.saturating_add(length);
        if self.bytes > self.limits.unpacked_bytes {
            let value = self.limits.unpacked_bytes;
            return Err(ReadError::too_large("unpacked_bytes", value));
        }
        self.sheet.cells.push(cell);
        Ok(())
    }

    /// Ends the sheet: its cells are put in order, each place once.
    pub(super) fn end(&mut self) {
        let mut sheet = std::mem::take(&mut self.sheet);
        let place = |cell: &SheetCell| (cell.row, cell.column);
        sheet.cells.sort_by_key(place);
        sheet.cells.dedup_by(|later, first| {
            let is_same = place(later) == place(first);
            // Two texts in one place are no sound sheet.
            sheet.is_damaged |= is_same && later.text != first.text;
            is_same
        });
        sheet.merges.retain(|area| area.first != area.last);
        sheet.merges.sort_unstable();
        sheet.rows.settle();
        sheet.columns.settle();
        self.sheets.push(sheet);
    }

    /// The workbook.
    pub(super) fn book(self) -> Book {
        Book {
            format: self.format,
            sheets: self.sheets,
        }
    }
}

/// Makes sure that a text is no longer than the limit, counting only where it may be.
pub(crate) fn check_length(text: &str, most: u64) -> Result<(), ReadError> {
    let long = |length: usize| u64::try_from(length).unwrap_or(u64::MAX) > most;
    if long(text.len()) && long(text.chars().count()) {
        return Err(ReadError::too_large("cell_characters", most));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_runs_are_counted() {
        let mut hidden = Hidden::default();
        hidden.add(8, 9);
        hidden.add(3, 3);
        hidden.add(4, 5);
        hidden.settle();
        assert_eq!(hidden.runs, [(3, 5), (8, 9)]);
        let held: Vec<u32> = (1..=10).filter(|n| hidden.holds(*n)).collect();
        assert_eq!(held, [3, 4, 5, 8, 9]);
        assert_eq!(hidden.shown(1, 10), 5);
        assert_eq!(hidden.shown(4, 8), 2);
        assert_eq!(hidden.shown(5, 4), 0);
        assert_eq!(hidden.first_shown(4, 8), Some(6));
        assert_eq!(hidden.first_shown(8, 9), None);
        assert_eq!(hidden.first_shown(1, 2), Some(1));
    }
}
