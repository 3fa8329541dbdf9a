//! The regions of a document: where each begins and how it is read.

use crate::pattern::Pattern;
use serde::Deserialize;
use std::collections::BTreeMap;

/// A stretch of the document that is read in one way.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Region {
    /// Name, used in messages and as the name of a page.
    pub name: String,
    /// Line that the region begins with; the first region of a document may have none. The groups
    /// `part` and `section` set the part and section of the plan.
    pub starts: Option<Pattern>,
    /// Name of the rule that skips the whole region.
    pub skip: Option<String>,
    /// Key–value sheets.
    pub sheets: Option<Sheets>,
    /// Numbered headings with sections.
    pub outline: Option<Outline>,
    /// Numbered items under headings.
    pub lists: Option<Lists>,
    /// Running text.
    pub prose: Option<Prose>,
    /// Tables that may stand in the region.
    #[serde(default, rename = "table")]
    pub tables: Vec<TableSpec>,
    /// Pairs of labelled figures.
    #[serde(default, rename = "pair")]
    pub pairs: Vec<PairSpec>,
    /// Lists that stand inside a sentence.
    #[serde(default, rename = "inline_list")]
    pub inline_lists: Vec<InlineList>,
    /// Rates that stand inside a sentence.
    #[serde(default, rename = "inline_rate")]
    pub inline_rates: Vec<InlineRate>,
    /// Shares of several answers that stand inside a sentence.
    #[serde(default, rename = "inline_share")]
    pub inline_shares: Vec<InlineShare>,
    /// Single figures that stand inside a sentence.
    #[serde(default, rename = "inline_figure")]
    pub inline_figures: Vec<InlineFigure>,
    /// Lines that a named rule skips.
    #[serde(default, rename = "skip_line")]
    pub skip_lines: Vec<SkipLine>,
}

/// Lines that say nothing of their own.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SkipLine {
    /// Name of the rule.
    pub rule: String,
    /// What the line looks like.
    pub pattern: Pattern,
}

/// What a row of a sheet, or a section of an outline, holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldRole {
    /// Part of the plan.
    Part,
    /// Number of the measure.
    Number,
    /// Title of the measure.
    Title,
    /// Status word.
    Status,
    /// Start, month or year.
    Start,
    /// Departments in charge.
    Departments,
    /// Section of the plan.
    Section,
    /// What is to be done.
    Summary,
    /// What is expected of it.
    Effect,
    /// Picture with its caption.
    Image,
    /// Indicators.
    Kpis,
    /// Years and phases.
    Schedule,
    /// What was done so far.
    Past,
    /// Results against the indicators.
    Actuals,
    /// What is to be done next.
    Future,
    /// Anything else.
    Note,
}

/// One sheet per measure: a first row with number and title, or a line above it, then the fields.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sheets {
    /// Words that a cell of the first row of every sheet begins with.
    pub first_row_mark: Option<String>,
    /// The line that every sheet stands below, or the only written cell of its first row, with the
    /// groups `title`, `number` and `departments`.
    pub title: Option<Pattern>,
    /// Headings of the fields.
    pub fields: BTreeMap<FieldRole, Vec<Pattern>>,
    /// Headings that a schedule may have above the names of its items.
    #[serde(default = "item_headings")]
    pub item_headings: Vec<String>,
    /// Rule that skips the captions of pictures.
    #[serde(default = "image_caption")]
    pub image_rule: String,
}

fn item_headings() -> Vec<String> {
    [
        "項目",
        "取組",
        "取組項目",
        "取組内容",
        "実施項目",
        "内容",
        "区分",
    ]
    .map(str::to_owned)
    .to_vec()
}

fn image_caption() -> String {
    "image_caption".to_owned()
}

/// Numbered headings that lead to a measure, and sections inside it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outline {
    /// Heading of a part, with the group `text`.
    pub part: Option<Pattern>,
    /// Heading of a section, with the group `text`.
    pub section: Option<Pattern>,
    /// Heading of a measure, with the groups `number`, `title` and `departments`.
    pub measure: Pattern,
    /// Headings of the fields of a measure.
    pub fields: BTreeMap<FieldRole, Vec<Pattern>>,
    /// What a heading of a field looks like, so that an unknown one is noticed.
    pub field_heading: Pattern,
    /// Column headings of a schedule.
    #[serde(default)]
    pub schedule: ScheduleColumns,
}

/// Column headings of a schedule beside its years.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScheduleColumns {
    /// The item.
    #[serde(default)]
    pub item: Vec<String>,
    /// The year the measure starts in.
    #[serde(default)]
    pub start: Vec<String>,
    /// The department.
    #[serde(default)]
    pub departments: Vec<String>,
}

/// Numbered items under headings.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lists {
    /// What the items are.
    pub record: Record,
    /// An item, with the groups `number` and `title` (`text` for other records).
    pub item: Pattern,
    /// Heading that sets the group of the items, with the group `text`.
    pub group: Option<Pattern>,
    /// Whether lines between the heading and the first item name the years of the term.
    #[serde(default)]
    pub term: bool,
    /// Lines between the heading and the items that carry no words (arrows).
    pub term_mark: Option<Pattern>,
    /// Name of the list, for listings.
    pub list: Option<String>,
    /// State of the items, for listings.
    pub state: Option<String>,
    /// Words of the title of the measure that a listing belongs to.
    pub measure_title: Option<String>,
}

/// Running text: paragraphs under headings, each an item of the plan.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prose {
    /// Name of the list that the items go to.
    pub list: String,
    /// Headings by depth, outermost first.
    #[serde(default)]
    pub headings: Vec<Pattern>,
    /// Numbered headings that are items of a list of their own.
    #[serde(default)]
    pub numbered: Vec<Numbered>,
    /// Name of the list of dated paragraphs.
    pub milestones: Option<String>,
    /// Terms that are followed by their definition.
    pub term: Option<Pattern>,
}

/// Numbered headings that are a list of their own.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Numbered {
    /// Name of the list.
    pub list: String,
    /// Line after which the list begins.
    pub after: Pattern,
    /// Line at which it ends.
    pub until: Option<Pattern>,
    /// The heading, with the groups `number` and `text`.
    pub pattern: Pattern,
}

/// What a row or an item becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Record {
    /// A measure.
    Measure,
    /// A measure that is described elsewhere in the document, too.
    Mention,
    /// The schedule of a measure that is described elsewhere in the document.
    Schedule,
    /// An item of a list.
    Listing,
    /// A grid whose cells are all items of a list.
    Grid,
    /// A measured effect.
    Outcome,
    /// A case described in words, with figures before and after.
    Case,
    /// A survey question.
    Survey,
    /// An item of the plan.
    PlanItem,
}

/// What a column of a table holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ColumnRole {
    /// Part of the plan.
    Part,
    /// Section of the plan.
    Section,
    /// Number.
    Number,
    /// Title.
    Title,
    /// Departments.
    Departments,
    /// What is to be done.
    Summary,
    /// What is expected.
    Effect,
    /// What was done.
    Past,
    /// What is to be done next.
    Future,
    /// Anything else that is said.
    Note,
    /// Status word.
    Status,
    /// Start, month or year.
    Start,
    /// Year label of the row.
    Year,
    /// Group of an item.
    Group,
    /// Item of a list, answer of a survey.
    Item,
    /// State of an item.
    State,
    /// Count.
    Count,
    /// Percent.
    Percent,
    /// Subject of an outcome.
    Subject,
    /// Value before.
    Before,
    /// Value after.
    After,
    /// Means by which it was reached.
    Means,
    /// Effect of a case in words.
    Result,
    /// Indicators, or the name of one whose values stand in columns of their own.
    Kpis,
    /// Value of the indicator before.
    Baseline,
    /// Value of the indicator that is aimed at.
    Target,
    /// What is reported against the indicators.
    Actuals,
}

/// A table that may stand in a region.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableSpec {
    /// What its rows are.
    pub record: Record,
    /// Words that stand in the header row; a table is read by the first specification whose
    /// words all do. Empty for tables without a header row.
    #[serde(default)]
    pub header: Vec<String>,
    /// Column headings by what they mean.
    #[serde(default)]
    pub columns: BTreeMap<ColumnRole, Vec<String>>,
    /// Headings of columns that are left out on purpose.
    #[serde(default)]
    pub ignore: Vec<String>,
    /// Columns whose value holds until the next one is printed.
    #[serde(default)]
    pub carry: Vec<ColumnRole>,
    /// Rows of one written cell, and lines above the table, that name a part or section for the rows
    /// below them, with the group `text`.
    #[serde(default)]
    pub bands: BTreeMap<ColumnRole, Pattern>,
    /// Name of the list (listings, plan items) or the subject (outcomes).
    pub list: Option<String>,
    /// Line above the table by which it is recognised.
    pub caption: Option<Pattern>,
    /// State words (listings), or the state of all items under the key `*`.
    #[serde(default)]
    pub states: BTreeMap<String, String>,
    /// Words inside an item that change its state.
    #[serde(default)]
    pub state_notes: BTreeMap<String, String>,
    /// Heading of a group inside a cell of items, with the group `text`.
    pub inner_group: Option<Pattern>,
    /// Cells of a grid that are no item (totals), with the group `total`.
    pub not_an_item: Option<Pattern>,
    /// Figures of an outcome table.
    #[serde(default)]
    pub metrics: Vec<MetricSpec>,
    /// Words that mark a row of totals.
    #[serde(default)]
    pub totals: Vec<String>,
    /// How the number of a mention is put together from its cells (`{part}-{section}-{item}`).
    pub number: Option<String>,
    /// Words above or in the header that say how many answers were allowed.
    #[serde(default)]
    pub answer_types: Vec<String>,
    /// Line above the table that is the question itself.
    pub question: Option<Pattern>,
    /// Rule that skips the table.
    pub skip: Option<String>,
}

/// One figure of an outcome table and the columns it is printed in.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MetricSpec {
    /// Name of the quantity.
    pub metric: String,
    /// Heading of the value before.
    pub before: Option<String>,
    /// Heading of the value after, or of the only value.
    pub after: Option<String>,
    /// Heading of the change.
    pub change: Option<String>,
    /// Heading of the rate.
    pub rate: Option<String>,
    /// Heading of the remark.
    pub note: Option<String>,
    /// Whether the rows add up to the total.
    #[serde(default)]
    pub additive: bool,
}

/// Two labelled figures, before and after.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PairSpec {
    /// Label of the value before.
    pub before: String,
    /// Label of the value after.
    pub after: String,
}

/// A list inside a sentence.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InlineList {
    /// Name of the list.
    pub list: String,
    /// The sentence, with the groups `items` (separated by 、), `group` and `count`, the number of
    /// items that the sentence itself states.
    pub pattern: Pattern,
    /// State of the items.
    pub state: Option<String>,
}

/// A rate inside a sentence.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InlineRate {
    /// Topic of the survey that the rate belongs to.
    pub topic: String,
    /// The sentence, with the groups `subject`, `rate` and optionally `rate2`.
    pub pattern: Pattern,
    /// What the rates measure.
    pub metrics: Vec<String>,
    /// Subject where the sentence does not capture one.
    pub subject: Option<String>,
}

/// The share of several answers of the survey question before, inside a sentence.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InlineShare {
    /// One sentence, with the groups `a`, `b` and optionally `c` (the answers) and `rate`.
    pub pattern: Pattern,
}

/// A single figure inside a sentence.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InlineFigure {
    /// Name of the quantity.
    pub metric: String,
    /// The sentence, with the group `value`.
    pub pattern: Pattern,
}
