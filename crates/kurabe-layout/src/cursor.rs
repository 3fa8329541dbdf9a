//! What the modules of a layout share while they read: the records so far and the account.

use crate::claims::Claims;
use crate::profile::Profile;
use crate::record::{RawDocument, RawMeasure, Words};
use kurabe_page::{Cell, Page, Row};
use kurabe_text::repair::{self, Lexicon};
use kurabe_text::width;
use kurabe_trace::{Code, Finding, Locator, Staged};

/// The state of reading one document.
pub(crate) struct Cursor<'p> {
    /// The profile.
    pub(crate) profile: &'p Profile,
    /// Records so far.
    pub(crate) document: RawDocument,
    /// The account of lines.
    pub(crate) claims: Claims,
    /// Remarks so far.
    pub(crate) findings: Vec<Finding>,
    /// For each measure, the run of rows it was read in: (run, place in the run).
    pub(crate) runs: Vec<usize>,
    /// Number of the current run.
    pub(crate) run: usize,
    lexicon: Lexicon,
}

impl<'p> Cursor<'p> {
    pub(crate) fn new(page: &'p Page, profile: &'p Profile) -> Self {
        Self {
            profile,
            document: RawDocument::default(),
            claims: Claims::new(page.written_lines.clone()),
            findings: Vec::new(),
            runs: Vec::new(),
            run: 0,
            lexicon: profile.lexicon(),
        }
    }

    pub(crate) fn finish(self) -> Staged<RawDocument> {
        let mut document = self.document;
        document.claims = self.claims;
        Staged {
            value: document,
            findings: self.findings,
        }
    }

    /// Adds a measure and returns its index.
    pub(crate) fn measure(&mut self, measure: RawMeasure) -> usize {
        self.document.measures.push(measure);
        self.runs.push(self.run);
        self.document.measures.len() - 1
    }

    pub(crate) fn remark(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// Claims the line of a row as part of a record.
    pub(crate) fn take_row(&mut self, row: &Row) {
        self.claims.record(row.line);
    }

    /// A heading put right by the lexicon, with a remark when that changed it.
    pub(crate) fn heading(&mut self, text: &str, locator: &Locator) -> String {
        let tidy = width::tidy(text);
        let repairs = self.lexicon.repairs(&tidy);
        if repairs.is_empty() {
            return tidy;
        }
        let right = repair::apply(&tidy, &repairs);
        let finding = Finding::new(
            Code::HeadingRepaired,
            locator.clone(),
            format!("見出し「{tidy}」を「{right}」と読みました。"),
            format!("The heading “{tidy}” was read as “{right}”."),
        );
        self.remark(finding.raw(text.trim()).repaired(right.clone()));
        right
    }

    /// Remarks that a heading is in no list of the profile.
    pub(crate) fn unknown_heading(&mut self, heading: &str, place: Locator) {
        self.remark(
            Finding::new(
                Code::HeadingUnknown,
                place,
                format!("「{heading}」という見出しはプロファイルにありません。内容は「その他の記載」に入れました。"),
                format!("The profile does not know the heading “{heading}”; its content was kept as a note."),
            )
            .raw(heading),
        );
    }

    /// A text put right by the lexicon, without a remark.
    pub(crate) fn repaired(&self, text: &str) -> String {
        repair::apply(text, &self.lexicon.repairs(text))
    }

    /// Remarks that a row was put right.
    pub(crate) fn shifted(&mut self, line: u32, ja: &str, en: &str) {
        self.remark(Finding::new(Code::RowShifted, Locator::line(line), ja, en));
    }
}

/// The words of a cell and where they stand; column counts from 0 here, from 1 in the place.
pub(crate) fn words(cell: &Cell, line: u32, column: usize) -> Words {
    let column = u32::try_from(column).unwrap_or(u32::MAX - 1) + 1;
    Words::new(cell.text().trim(), Locator::cell(line, column))
}

/// The words of the cell in a column of a row, unless it is blank or missing.
pub(crate) fn words_at(row: &Row, column: usize) -> Option<Words> {
    let cell = row
        .cells
        .get(column)
        .filter(|c| !c.text().trim().is_empty())?;
    Some(words(cell, row.line, column))
}
