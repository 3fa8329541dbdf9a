//! Raw records: what a document says, as printed, with its place.

use crate::claims::Claims;
use kurabe_trace::Locator;

/// Words as printed and where they stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// The words as printed; markup is taken off, nothing else.
    pub text: String,
    /// Where they stand.
    pub locator: Locator,
}

impl Words {
    /// Words at a place.
    #[must_use]
    pub fn new(text: impl Into<String>, locator: Locator) -> Self {
        Self {
            text: text.into(),
            locator,
        }
    }
}

/// Everything that was read from one document.
#[derive(Debug, Clone, Default)]
pub struct RawDocument {
    /// Measures in the order of the document.
    pub measures: Vec<RawMeasure>,
    /// The same measures on overview pages: numbers, titles, departments, schedules.
    pub mentions: Vec<RawMeasure>,
    /// Items of lists.
    pub listings: Vec<RawListing>,
    /// Measured effects that are no indicator.
    pub outcomes: Vec<RawOutcome>,
    /// Survey questions with their answers.
    pub surveys: Vec<RawSurvey>,
    /// What the document says that belongs to no measure.
    pub plan_items: Vec<RawPlanItem>,
    /// What became of every written line.
    pub claims: Claims,
}

/// One measure as printed.
#[derive(Debug, Clone, Default)]
pub struct RawMeasure {
    /// Part of the plan (基本方針, 基本目標, …), carried down from where it is printed.
    pub part: Option<Words>,
    /// Section inside the part (施策分野, 区分け, …), carried down from where it is printed.
    pub section: Option<Words>,
    /// Number as printed.
    pub number: Option<Words>,
    /// Number that the sequence of the document calls for, where it differs from the printed one.
    pub number_by_sequence: Option<u32>,
    /// Title as printed, marks included.
    pub title: Option<Words>,
    /// Marks that stand in cells of their own.
    pub marks: Vec<Words>,
    /// Departments as printed.
    pub departments: Option<Words>,
    /// What is to be done (施策内容, 事業内容).
    pub summary: Vec<Words>,
    /// What is expected of it.
    pub effect: Vec<Words>,
    /// What was done so far.
    pub past: Vec<Words>,
    /// What is to be done next.
    pub future: Vec<Words>,
    /// What else is said of the measure.
    pub note: Vec<Words>,
    /// Status word.
    pub status: Option<Words>,
    /// Start as printed in a cell of its own (運用開始時期).
    pub start: Option<Words>,
    /// Tracks: further status words and starts of the same measure.
    pub tracks: Vec<RawTrack>,
    /// Term the measure belongs to: name and the years printed with it.
    pub term: Option<(Words, Vec<Words>)>,
    /// Schedules, one per page that prints one.
    pub schedules: Vec<RawSchedule>,
    /// Indicators.
    pub kpis: Vec<RawKpi>,
    /// What the document reports against the indicators.
    pub actuals: Vec<RawStatement>,
    /// Whether the document has a place for results of this measure.
    pub reports_actuals: bool,
    /// The fiscal year named by the heading of the results.
    pub actuals_heading: Option<Words>,
    /// Tables of figures over several years among the results.
    pub series: Vec<RawSeries>,
    /// First and last line.
    pub lines: (u32, u32),
}

/// A track of a measure: its own status and start.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RawTrack {
    /// Name of the track as far as one is printed.
    pub name: Option<Words>,
    /// Status word.
    pub status: Option<Words>,
    /// Start as printed.
    pub start: Option<Words>,
    /// Details of the progress.
    pub detail: Option<Words>,
    /// Line of the row.
    pub line: u32,
}

/// The schedule of a measure on one page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RawSchedule {
    /// Name of the region it stands in.
    pub page: String,
    /// Whether the table is damaged, so that another page is to be trusted first.
    pub is_damaged: bool,
    /// Fiscal years of the columns.
    pub years: Vec<i32>,
    /// One row per item.
    pub rows: Vec<RawScheduleRow>,
}

/// One row of a schedule.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RawScheduleRow {
    /// Name of the item, where the row has one.
    pub item: Option<Words>,
    /// Phases in the order of their years.
    pub cells: Vec<RawScheduleCell>,
    /// Start year as printed in the row.
    pub start: Option<Words>,
    /// Department as printed in the row.
    pub department: Option<Words>,
    /// Line of the row.
    pub line: u32,
}

/// A phase in a schedule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawScheduleCell {
    /// Fiscal year of the column the phase is printed in.
    pub fiscal_year: i32,
    /// Number of columns that the cell spans by markup; 0 when the source has no markup.
    pub span: u16,
    /// The phase as printed.
    pub phase: Words,
}

/// An indicator as printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RawKpi {
    /// Name, baseline and targets in one statement.
    Statement(Words),
    /// Name on a line of its own, then labelled values.
    Listed {
        /// The name as printed.
        name: Words,
        /// Each value with its label (`現状値（R5）`).
        values: Vec<(Words, Words)>,
    },
}

/// One statement about results.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawStatement {
    /// The statement as printed.
    pub words: Words,
    /// The heading inside the cell that it stands under (【…】).
    pub heading: Option<String>,
}

/// A small table of figures: one row per quantity, one column per year.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RawSeries {
    /// Label of the row.
    pub label: String,
    /// Column heading and value.
    pub values: Vec<(String, Words)>,
    /// Remarks below the table.
    pub note: Option<String>,
}

/// One item of a list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RawListing {
    /// Index of the measure in [`RawDocument::measures`] that the list belongs to.
    pub measure: Option<usize>,
    /// Words of a measure's title by which the list is tied to it.
    pub measure_title: Option<String>,
    /// Name of the list.
    pub list: String,
    /// Group inside the list.
    pub group: Option<String>,
    /// Printed number.
    pub number: Option<String>,
    /// The item.
    pub item: String,
    /// State, already one of the words of the contract.
    pub state: Option<String>,
    /// Department as printed.
    pub department: Option<String>,
    /// Remark printed with the item.
    pub note: Option<String>,
    /// Where it stands.
    pub locator: Option<Locator>,
}

/// A measured effect as printed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RawOutcome {
    /// Index of the measure it belongs to.
    pub measure: Option<usize>,
    /// Heading that it stands under.
    pub section: Option<String>,
    /// What was measured.
    pub subject: String,
    /// Fiscal year as printed.
    pub year: Option<String>,
    /// Quantity.
    pub metric: String,
    /// Value before, as printed.
    pub before: Option<String>,
    /// Value after, as printed; the only value of a plain figure.
    pub after: Option<String>,
    /// Change as printed.
    pub change: Option<String>,
    /// Rate as printed.
    pub rate: Option<String>,
    /// Whether the rate is the share of a whole rather than a change.
    pub is_share: bool,
    /// Remark.
    pub note: Option<String>,
    /// Whether the row is a printed total of the rows above.
    pub is_total: bool,
    /// Whether the figures of the rows may be added up.
    pub is_additive: bool,
    /// Where it stands.
    pub locator: Option<Locator>,
}

/// A survey question with its answers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RawSurvey {
    /// Heading above the table.
    pub topic: String,
    /// The question as asked, where it is printed.
    pub question: Option<String>,
    /// Words that say whether one or several answers were allowed.
    pub answer_type: Option<String>,
    /// Answers.
    pub options: Vec<RawSurveyOption>,
    /// The row of totals: count and percent.
    pub total: Option<RawSurveyOption>,
    /// Shares of several answers together that the text states.
    pub shares: Vec<RawShare>,
}

/// The share of several answers together, as the text states it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawShare {
    /// The answers.
    pub options: Vec<String>,
    /// Their share as printed.
    pub percent: Words,
}

/// One answer of a survey question.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RawSurveyOption {
    /// The answer.
    pub option: String,
    /// Count as printed.
    pub count: Option<String>,
    /// Percent as printed.
    pub percent: Option<String>,
    /// Where it stands.
    pub locator: Option<Locator>,
}

/// Something the document says that belongs to no measure.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RawPlanItem {
    /// Name of the list.
    pub list: String,
    /// Group: the headings above, or the first column of a table.
    pub group: Option<String>,
    /// Printed number.
    pub number: Option<String>,
    /// Period or date as printed.
    pub period: Option<String>,
    /// The words.
    pub text: String,
    /// Where they stand.
    pub locator: Option<Locator>,
}
