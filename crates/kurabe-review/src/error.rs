//! What can be wrong with a sheet: each message names the row, the column and what to do.

use std::fmt;

use thiserror::Error;

use crate::{MAX_BYTES, MAX_ROWS};

/// A sheet of which nothing can be read.
#[derive(Debug, Error, Clone, PartialEq, Eq)]
pub enum ReadError {
    /// The file is too big.
    #[error("the sheet has {bytes} bytes, more than {MAX_BYTES}: remove pictures and other sheets")]
    TooLarge {
        /// Size of the file.
        bytes: usize,
    },
    /// The sheet has too many rows.
    #[error("the sheet has more than {MAX_ROWS} rows: split it, or delete what stands far below")]
    TooManyRows,
    /// The sheet has too many columns.
    #[error("the sheet has more than 256 columns: delete what stands far to the right")]
    TooManyColumns,
    /// The workbook becomes far too big when unpacked.
    #[error("the workbook unpacks to more than 256 MB: save the sheet alone in a new workbook")]
    Bomb,
    /// The bytes are neither UTF-8 nor CP932.
    #[error("the file is no CSV in UTF-8 or Shift_JIS: save it as CSV UTF-8 or as xlsx")]
    Encoding,
    /// The file is damaged or has another format.
    #[error("the file cannot be read ({detail}): save it again as xlsx or CSV UTF-8")]
    Unreadable {
        /// What the library said.
        detail: String,
    },
    /// A column is missing.
    #[error("row 1: the column `{header}` is missing: put it back from the sheet that was sent")]
    MissingColumn {
        /// Header of the column.
        header: &'static str,
    },
    /// A column stands there twice.
    #[error("row 1: the column `{header}` stands there twice: delete one")]
    RepeatedColumn {
        /// Header of the column.
        header: String,
    },
    /// A column is not known.
    #[error(
        "row 1, column {column}: `{header}` is no column of this sheet: move its text to the column for reasons or remarks and delete it"
    )]
    UnknownColumn {
        /// Name of the column in the spreadsheet, such as `Q`.
        column: String,
        /// Its header.
        header: String,
    },
    /// A row is blank although rows follow.
    #[error("row {row} is blank: delete it, or put back what stood there")]
    BlankRow {
        /// Row in the spreadsheet, from 1.
        row: usize,
    },
    /// A cell holds an error of the spreadsheet.
    #[error("row {row}, column {column}: the cell holds the error {value}: type the value itself")]
    ErrorCell {
        /// Row in the spreadsheet, from 1.
        row: usize,
        /// Name of the column in the spreadsheet.
        column: String,
        /// The error, such as `#REF!`.
        value: String,
    },
}

impl ReadError {
    /// The message in Japanese, or else in English.
    pub fn message(&self, ja: bool) -> String {
        if !ja {
            return self.to_string();
        }
        match self {
            Self::TooLarge { bytes } => format!(
                "シートが{bytes}バイトあり、上限の{MAX_BYTES}バイトを超えています。画像や他のシートを取り除いてください"
            ),
            Self::TooManyRows => format!(
                "シートが{MAX_ROWS}行を超えています。分割するか、はるか下にあるものを削除してください"
            ),
            Self::TooManyColumns => {
                "シートが256列を超えています。はるか右にあるものを削除してください".to_owned()
            }
            Self::Bomb => {
                "展開すると256 MBを超えるブックです。このシートだけを新しいブックに保存してください"
                    .to_owned()
            }
            Self::Encoding => {
                "UTF-8でもShift_JISでもないCSVです。「CSV UTF-8」かxlsxで保存し直してください"
                    .to_owned()
            }
            Self::Unreadable { detail } => {
                format!("ファイルを読めません({detail})。xlsxか「CSV UTF-8」で保存し直してください")
            }
            Self::MissingColumn { header } => {
                format!("1行目: 列「{header}」がありません。送付したシートから列を戻してください")
            }
            Self::RepeatedColumn { header } => {
                format!("1行目: 列「{header}」が二つあります。一つを削除してください")
            }
            Self::UnknownColumn { column, header } => format!(
                "1行目 {column}列: 「{header}」はこのシートにない列です。内容を理由や備考の列に移して列を削除してください"
            ),
            Self::BlankRow { row } => {
                format!("{row}行目が空です。行を削除するか、元の内容を戻してください")
            }
            Self::ErrorCell { row, column, value } => {
                format!("{row}行目 {column}列: エラー値 {value} です。値そのものを入力してください")
            }
        }
    }
}

/// A sheet that cannot be written.
#[derive(Debug, Error, Clone, PartialEq, Eq)]
pub enum WriteError {
    /// A cell of a workbook holds 32,767 characters at most.
    #[error("row {row}, column {column}: the text is too long for a cell: write CSV instead")]
    TooLong {
        /// Row in the spreadsheet, from 1.
        row: usize,
        /// Header of the column.
        column: String,
    },
    /// The workbook could not be made.
    #[error("the workbook cannot be written ({detail}): write CSV instead")]
    Workbook {
        /// What the library said.
        detail: String,
    },
}

impl WriteError {
    /// The message in Japanese, or else in English.
    pub fn message(&self, ja: bool) -> String {
        match self {
            Self::TooLong { row, column } if ja => {
                format!("{row}行目 {column}: 文字がセルの上限を超えます。CSVで書き出してください")
            }
            Self::Workbook { detail } if ja => {
                format!("ブックを書き出せません({detail})。CSVで書き出してください")
            }
            _ => self.to_string(),
        }
    }
}

/// A row that does not fit what was exported.
#[derive(Debug, Error, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[error("row {row}, column {column}: {problem}")]
pub struct SheetError {
    /// Row in the spreadsheet, from 1 (the header). Of a missing row, where it stood when the
    /// sheet was exported.
    pub row: usize,
    /// Header of the column.
    pub column: &'static str,
    /// What is wrong.
    pub problem: Problem,
}

impl SheetError {
    /// The message in Japanese, or else in English.
    pub fn message(&self, ja: bool) -> String {
        if !ja {
            return self.to_string();
        }
        format!("{}行目 {}: {}", self.row, self.column, self.problem.ja())
    }
}

/// What is wrong with a row.
#[derive(Debug, Error, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Problem {
    /// A code or word is not in its list.
    #[error(
        "`{value}` is not in the list of {list}{}: choose from the list",
        Hint(nearest, false)
    )]
    Unknown {
        /// The text.
        value: String,
        /// What the list is of, such as the edition `5.1`.
        list: String,
        /// The valid word that it resembles most.
        nearest: Option<String>,
    },
    /// A row of the export is not in the sheet.
    #[error("the row of `{id}` is missing: put it back, unchanged if there is nothing to change")]
    Missing {
        /// The id.
        id: String,
    },
    /// A row has an id that was not exported.
    #[error("`{id}` was not exported in this sheet: delete the row")]
    Additional {
        /// The id.
        id: String,
    },
    /// A row stands there twice.
    #[error("`{id}` already stands in row {first}: keep one of the rows")]
    Duplicate {
        /// The id.
        id: String,
        /// Row of the first.
        first: usize,
    },
    /// A cell that tells what the row is about was changed.
    #[error("`{expected}` was changed to `{found}`: put `{expected}` back")]
    Changed {
        /// What was exported.
        expected: String,
        /// What stands there.
        found: String,
    },
    /// The key of the content is not the present one.
    #[error(
        "the content key is `{found}`, now `{expected}`: if nobody edited it, the source changed since the export, so export anew"
    )]
    OtherContent {
        /// Key of the present content.
        expected: String,
        /// What stands there.
        found: String,
    },
    /// The sheet is of another edition.
    #[error(
        "the row is of edition `{found}`, not {expected}: import it with the edition it was exported for, or export anew"
    )]
    OtherEdition {
        /// Edition of the codes.
        expected: String,
        /// Edition of the row.
        found: String,
    },
    /// The primary code was removed, or secondary codes stand alone.
    #[error(
        "no primary code: choose one, or the code for what is out of scope; to take back a decision, delete it from reviews/"
    )]
    NoPrimary,
    /// A code was given twice in one row.
    #[error("`{code}` is given twice: once is enough, as primary or as secondary")]
    Repeated {
        /// The code.
        code: String,
    },
    /// A correction is announced but missing.
    #[error("a correction is announced but not given: fill in the corrected value")]
    NoCorrection,
    /// A corrected value is given although the present one is confirmed or not applicable.
    #[error("the answer `{answer}` and the corrected value contradict each other: change one")]
    Contradiction {
        /// The answer.
        answer: String,
    },
    /// A fiscal year cannot be read.
    #[error("`{value}` is no fiscal year: write it as 2024 or 令和6年度")]
    Year {
        /// The text.
        value: String,
    },
}

impl Problem {
    fn ja(&self) -> String {
        match self {
            Self::Unknown {
                value,
                list,
                nearest,
            } => format!(
                "「{value}」は{list}の一覧にありません{}。一覧から選んでください",
                Hint(nearest, true)
            ),
            Self::Missing { id } => {
                format!("「{id}」の行がありません。変更がなくても行を戻してください")
            }
            Self::Additional { id } => {
                format!("「{id}」はこのシートで書き出した行ではありません。行を削除してください")
            }
            Self::Duplicate { id, first } => {
                format!("「{id}」は{first}行目にもあります。どちらか一方を残してください")
            }
            Self::Changed { expected, found } => {
                format!("「{expected}」が「{found}」に変わっています。「{expected}」に戻してください")
            }
            Self::OtherContent { expected, found } => format!(
                "内容キーが「{found}」で、現在の「{expected}」と違います。書き換えていなければ、書き出した後に原文が変わっています。書き出し直してください"
            ),
            Self::OtherEdition { expected, found } => format!(
                "計画の版が「{found}」で、{expected}ではありません。書き出したときの版で取り込むか、書き出し直してください"
            ),
            Self::NoPrimary => {
                "主分類がありません。対象外の場合もその分類を選んでください。決定の取消しはreviews/から削除してください"
                    .to_owned()
            }
            Self::Repeated { code } => {
                format!("「{code}」が二度あります。主分類か副分類のどちらかに一度だけ入力してください")
            }
            Self::NoCorrection => "訂正後の内容がありません。入力してください".to_owned(),
            Self::Contradiction { answer } => {
                format!("回答「{answer}」と訂正後の内容が食い違います。どちらかを直してください")
            }
            Self::Year { value } => {
                format!("「{value}」は年度として読めません。2024や令和6年度のように入力してください")
            }
        }
    }
}

/// The nearest valid word in words.
struct Hint<'a>(&'a Option<String>, bool);

impl fmt::Display for Hint<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self(None, _) => Ok(()),
            Self(Some(nearest), true) => write!(f, "(「{nearest}」のことですか)"),
            Self(Some(nearest), false) => write!(f, " (did you mean `{nearest}`?)"),
        }
    }
}
