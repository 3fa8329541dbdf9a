//! The sheet that a prefecture sends to a municipality: one row per fact, to confirm or correct.
//!
//! What comes back has its own provenance,
//! [`Source::MunicipalityReply`](crate::overrides::Source::MunicipalityReply).

mod answer;

pub use answer::{Reply, ReplyChange, ReplyError, code_changes, read_reply};

use crate::grid::{self, Choices, Column, DropDown, Table, excerpt};
use crate::{Code, Codes, WriteError};

const NAME: &str = "確認";
const CODES: &str = "分類";
const STAGES: &str = "段階";
const ANSWERS: &str = "回答";

const HEADERS: [&str; 12] = [
    "自治体",
    "種別",
    "ID",
    "番号",
    "名称",
    "項目",
    "現在の内容",
    "回答",
    "訂正後の内容",
    "備考",
    "計画の版",
    "内容キー",
];
const WIDTHS: [f64; 12] = [
    12.0, 8.0, 22.0, 8.0, 36.0, 12.0, 36.0, 12.0, 36.0, 30.0, 10.0, 18.0,
];
const MUNICIPALITY: usize = 0;
const KIND: usize = 1;
const ID: usize = 2;
const FIELD: usize = 5;
const CURRENT: usize = 6;
const ANSWER: usize = 7;
const CORRECTED: usize = 8;
const REMARK: usize = 9;
const EDITION: usize = 10;
const KEY: usize = 11;

/// Which fact of a measure or of a KPI value is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// Title of a measure.
    Title,
    /// Departments of a measure.
    Departments,
    /// Stage of a measure, one of the words of the common life cycle.
    Stage,
    /// Primary code of a measure.
    Primary,
    /// Secondary codes of a measure, separated by semicolons.
    Secondary,
    /// Value of a KPI.
    Value,
    /// Fiscal year of the value of a KPI.
    Year,
}

impl Field {
    /// All fields, in the order in which a sheet should ask for them.
    pub const ALL: [Self; 7] = [
        Self::Title,
        Self::Departments,
        Self::Stage,
        Self::Primary,
        Self::Secondary,
        Self::Value,
        Self::Year,
    ];

    /// The word in the data.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Departments => "departments",
            Self::Stage => "stage",
            Self::Primary => "primary",
            Self::Secondary => "secondary",
            Self::Value => "value",
            Self::Year => "year",
        }
    }

    /// The word in the sheet.
    pub fn label_ja(self) -> &'static str {
        match self {
            Self::Title => "施策名",
            Self::Departments => "担当部署",
            Self::Stage => "段階",
            Self::Primary => "主分類",
            Self::Secondary => "副分類",
            Self::Value => "値",
            Self::Year => "年度",
        }
    }

    /// What kind of thing has the field, in the word of the sheet.
    fn kind(self) -> &'static str {
        match self {
            Self::Value | Self::Year => "KPI",
            Self::Title | Self::Departments | Self::Stage | Self::Primary | Self::Secondary => {
                "施策"
            }
        }
    }
}

/// A fact that the municipality is asked to confirm or correct.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplyRow {
    /// Name of the municipality.
    pub municipality: String,
    /// Id of the measure or of the KPI value.
    pub id: String,
    /// Number of the measure or KPI; empty when it has none.
    pub number: String,
    /// Title of the measure or name of the KPI, so that people know what is meant.
    pub name: String,
    /// Which fact.
    pub field: Field,
    /// What the dataset says; `None` when it says nothing.
    pub current: Option<String>,
    /// Key of the content, see [`content_key`](crate::overrides::content_key).
    pub content_key: String,
}

/// What may be chosen in a reply.
#[derive(Debug, Clone, Copy)]
pub struct Lists<'a> {
    /// The codes of an edition.
    pub codes: &'a Codes,
    /// The stages of the common life cycle.
    pub stages: &'a [Code],
}

/// What a municipality says about a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answer {
    Right,
    Corrected,
    None,
}

/// The answers as they stand in the drop-down list.
fn answers() -> &'static [Code] {
    use std::sync::LazyLock;
    static ANSWERS: LazyLock<Vec<Code>> = LazyLock::new(|| {
        [
            (
                "正しい",
                "現在の内容のとおり",
                "The present content is right",
            ),
            ("訂正", "訂正後の内容に記入", "See the corrected content"),
            ("該当なし", "この項目はない", "There is no such thing"),
        ]
        .map(|(id, ja, en)| Code {
            id: id.to_owned(),
            label_ja: ja.to_owned(),
            label_en: en.to_owned(),
        })
        .to_vec()
    });
    &ANSWERS
}

/// The sheet as CSV for spreadsheets: UTF-8 with a byte order mark, CRLF, nothing that a
/// spreadsheet would run.
pub fn write_reply_csv(rows: &[ReplyRow], lists: Lists<'_>) -> Vec<u8> {
    grid::write_csv(&table(rows, lists))
}

/// The sheet as a workbook, with drop-down lists for answers, codes and stages.
///
/// # Errors
/// When a text is too long for a cell, or there are more rows than a workbook holds.
pub fn write_reply_xlsx(rows: &[ReplyRow], lists: Lists<'_>) -> Result<Vec<u8>, WriteError> {
    grid::write_xlsx(&table(rows, lists))
}

fn table<'a>(rows: &[ReplyRow], lists: Lists<'a>) -> Table<'a> {
    let column = |(index, (header, width))| match index {
        ANSWER | CORRECTED | REMARK => Column::input(header, width),
        _ => Column::new(header, width),
    };
    let headers = HEADERS.into_iter().zip(WIDTHS).enumerate();
    let choices = |name, list| Choices { name, list };
    Table {
        name: NAME,
        columns: headers.map(column).collect(),
        rows: rows
            .iter()
            .map(|row| cells(row, lists.codes.edition()))
            .collect(),
        choices: vec![
            choices(ANSWERS, answers()),
            choices(CODES, lists.codes.list()),
            choices(STAGES, lists.stages),
        ],
        drop_downs: drop_downs(rows),
    }
}

fn cells(row: &ReplyRow, edition: &str) -> Vec<String> {
    vec![
        row.municipality.clone(),
        row.field.kind().to_owned(),
        row.id.clone(),
        row.number.clone(),
        excerpt(&row.name),
        row.field.label_ja().to_owned(),
        shown(row),
        String::new(),
        String::new(),
        String::new(),
        edition.to_owned(),
        row.content_key.clone(),
    ]
}

/// The present content as the sheet shows it.
fn shown(row: &ReplyRow) -> String {
    excerpt(row.current.as_deref().unwrap_or_default())
}

/// Answers for every row, codes and stages for the rows that ask for them.
fn drop_downs(rows: &[ReplyRow]) -> Vec<DropDown> {
    let mut found = vec![DropDown {
        column: ANSWER,
        first: 0,
        last: rows.len().saturating_sub(1),
        choices: 0,
    }];
    for (index, row) in rows.iter().enumerate() {
        let choices = match row.field {
            Field::Primary => 1,
            Field::Stage => 2,
            Field::Title | Field::Departments | Field::Secondary | Field::Value | Field::Year => {
                continue;
            }
        };
        found.push(DropDown {
            column: CORRECTED,
            first: index,
            last: index,
            choices,
        });
    }
    found
}
