//! National surveys: what is wrong with a table, and what is to be remarked about it.

use kurabe_register::ResolveError;
use kurabe_register::survey::{Remark, SurveyError};

use crate::engine::{Code, FindingRow, file_finding};
use crate::text::Lang;

messages! {
    /// The configuration names an unknown survey.
    unknown(id, known) = "[[survey]] の「{id}」という調査はありません（使えるもの：{known}）", "[[survey]]: there is no survey `{id}` (known: {known})";
    /// A file is not there.
    missing(path) = "[[survey]] のファイル {path} がありません", "[[survey]]: the file {path} is not there";
    /// A path is no file, or the file is too large.
    not_a_file(path, most) = "[[survey]] の {path} はファイルでないか、上限（limits.bytes = {most}）を超えています", "[[survey]]: {path} is no file, or larger than `limits.bytes = {most}`";
    /// A day cannot be read.
    day(text) = "[[survey]] の as_of「{text}」は日付ではありません（2023-04-01 のように書いてください）", "[[survey]]: `{text}` of as_of is no date (write it as 2023-04-01)";
    /// Two files answer the same.
    answered_twice(one, two, place) = "[[survey]] の {one} と {two}（{place}）が、同じ調査・年度・指標・自治体の値を持っています", "[[survey]]: {one} and {two} ({place}) hold the same indicator of the same survey, year and municipality";

    /// A table cannot be read.
    unreadable(path, detail) = "調査の表 {path} を読めません：{detail}。", "The survey table {path} cannot be read: {detail}.";
    /// It is no CSV.
    csv(detail) = "CSV として読めません（{detail}）。コンマ区切りの CSV で保存し直してください", "it is no CSV ({detail}); save it as CSV with commas";
    /// No names.
    no_names() = "1行目に市区町村名がありません。名前は3列目から並べてください", "its first row names no municipality; names begin in the third column";
    /// A column without a name.
    unnamed(column, line, value) = "{column} 列目には名前がないのに、{line} 行目に「{value}」とあります。名前を書くか、セルを空にしてください", "column {column} has no name, but line {line} has `{value}` there; name the municipality or clear the cell";
    /// A column without a name among the others.
    no_name(column) = "{column} 列目に市区町村名がありません。名前を書くか、列を消してください", "column {column} has no name; name the municipality or delete the column";
    /// Something is wrong with a name.
    at_column(column, detail) = "{column} 列目：{detail}", "column {column}: {detail}";
    /// A name that nobody bears.
    name_unknown(name, nearest) = "「{name}」という市区町村はありません（近い名前：{nearest}）。名前を直してください", "no municipality is called `{name}` (near names: {nearest}); correct the name";
    /// A name that several bear.
    name_ambiguous(name, candidates) = "「{name}」は {candidates} のどれか決まりません。都道府県名を前に付けてください（例：東京都府中市の形）", "`{name}` can be {candidates}; write the prefecture before the name";
    /// A name that did not exist then.
    name_not_then(name, on, candidates) = "「{name}」は {on} にはありません（{candidates}）。その日の名前にするか、as_of を直してください", "`{name}` did not exist on {on} ({candidates}); write the name of that day or correct `as_of`";
    /// A name out of order.
    misplaced(name, before, after) = "「{name}」は「{before}」と「{after}」の間にありますが、団体コード順ではありません。列を団体コード順に並べてください", "`{name}` stands between `{before}` and `{after}`, which is not the order of the codes; put the columns in the order of the codes";
    /// A row is too short.
    short(line, cells, wanted) = "{line} 行目のセルは {cells} 個ですが、1行目に合わせて {wanted} 個必要です。行を補ってください", "line {line} has {cells} cells, but the first row asks for {wanted}; complete the row";
    /// Another number of municipalities.
    count(found, wanted) = "市区町村が {found} あります（設定では {wanted}）。表を補うか、設定の municipalities を直してください", "it has {found} municipalities, {wanted} are expected; complete the table or correct `municipalities`";
    /// No near name.
    none() = "なし", "none";

    /// A row that nobody knows.
    label_unknown(path, label, nearest) = "調査の表 {path} の項目「{label}」は定義にないため公開していません（近い項目：{nearest}）。項目名を確かめてください。", "The survey table {path} asks “{label}”, which the definition does not know; it is not published (nearest: {nearest}). Check the label.";
    /// A row that is there twice.
    label_repeated(path, label) = "調査の表 {path} に項目「{label}」が二つあります。先のものだけを公開しました。", "The survey table {path} asks “{label}” twice; the first row is published.";
    /// Cells that are no answer.
    values_unknown(path, label, count, place) = "調査の表 {path} の項目「{label}」に、値として読めないセルが {count} 個あります（最初は {place}）。値は空にし、文字は value_raw に残しました。", "The survey table {path} has {count} cells under “{label}” that are no known answer (first at {place}); their value is null, their words stand in value_raw.";
}

/// Why a table cannot be read.
#[must_use]
pub fn error(lang: Lang, error: &SurveyError) -> String {
    match error {
        SurveyError::Csv { detail } => csv(lang, detail),
        SurveyError::NoNames => no_names(lang),
        SurveyError::Unnamed { column, value, .. } if value.is_empty() => no_name(lang, column),
        SurveyError::Unnamed {
            column,
            line,
            value,
        } => unnamed(lang, column, line, value),
        SurveyError::Name { column, error } => at_column(lang, column, name(lang, error)),
        SurveyError::Misplaced {
            column,
            name,
            before,
            after,
        } => at_column(lang, column, misplaced(lang, name, before, after)),
        SurveyError::Undecided {
            column,
            name,
            candidates,
        } => at_column(
            lang,
            column,
            name_ambiguous(lang, name, candidates.join(", ")),
        ),
        SurveyError::Short {
            line,
            cells,
            wanted,
        } => short(lang, line, cells, wanted),
        SurveyError::Count { found, wanted } => count(lang, found, wanted),
    }
}

fn name(lang: Lang, error: &ResolveError) -> String {
    let list = |names: &[String]| match names {
        [] => none(lang),
        names => names.join(", "),
    };
    match error {
        ResolveError::Unknown { name, nearest } => name_unknown(lang, name, list(nearest)),
        ResolveError::Ambiguous { name, candidates } => {
            name_ambiguous(lang, name, list(candidates))
        }
        ResolveError::NotThen {
            name,
            on,
            candidates,
        } => name_not_then(lang, name, on, list(candidates)),
    }
}

/// The finding that a remark becomes.
#[must_use]
pub fn finding(remark: &Remark, path: &str) -> FindingRow {
    match remark {
        Remark::UnknownLabel {
            line,
            label,
            nearest,
        } => FindingRow {
            locator: Some(format!("L{line}")),
            ..file_finding(Code::SurveyLabelUnknown, Some(label), |lang| {
                let near = nearest.clone().unwrap_or_else(|| none(lang));
                label_unknown(lang, path, label, near)
            })
        },
        Remark::Repeated { line, label } => FindingRow {
            locator: Some(format!("L{line}")),
            ..file_finding(Code::SurveyLabelRepeated, Some(label), |lang| {
                label_repeated(lang, path, label)
            })
        },
        Remark::UnknownValues {
            line,
            label,
            count,
            column,
            value,
        } => {
            let place = format!("L{line}C{column}");
            let told = file_finding(Code::SurveyValueUnknown, Some(value), |lang| {
                values_unknown(lang, path, label, count, &place)
            });
            FindingRow {
                locator: Some(place),
                ..told
            }
        }
    }
}
