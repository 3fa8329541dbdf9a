//! What the texts of a measure say against its status, and where they break off.

use crate::context::Context;
use kurabe_schema::Measure;
use kurabe_trace::{Code, Finding, Locator};

/// Remarks texts that contradict the status or the start of their measure, or are cut.
pub(crate) fn check(context: &mut Context<'_>) {
    let as_of = context.as_of;
    let measures = context.data.measures.clone();
    for row in &measures {
        let found = [dropped(row), late(row, as_of), without_start(row)];
        found.into_iter().flatten().for_each(|f| context.remark(f));
        cut(row).into_iter().for_each(|f| context.remark(f));
    }
}

fn finding(code: Code, row: &Measure, ja: String, en: String) -> Finding {
    let place = Locator::parse(&row.locator).unwrap_or(Locator::Document);
    Finding::new(code, place, ja, en).of_measure(row.measure_id.clone())
}

/// The texts of a measure with their Japanese and English names.
fn texts(row: &Measure) -> [(&'static str, &'static str, Option<&String>); 5] {
    [
        ("内容", "description", row.summary.as_ref()),
        ("効果", "effect", row.effect.as_ref()),
        ("これまでの取組", "progress", row.past.as_ref()),
        ("今後の取組", "future work", row.future.as_ref()),
        ("その他の記載", "note", row.note.as_ref()),
    ]
}

/// Words that say that a measure, or a part of it, is not carried out.
const DROPPED: [&str; 5] = ["見送", "断念", "取りやめ", "取り止め", "利用しない事とする"];

/// A measure with a printed status that goes on, and a text that says it was dropped.
fn dropped(row: &Measure) -> Option<Finding> {
    let status = row.stage_raw.as_ref()?;
    let is_status = row.stage_basis.as_deref() == Some("status");
    if !is_status || row.stage == "withdrawn" {
        return None;
    }
    let told = texts(row).into_iter().filter_map(|(_, _, text)| text);
    let sentence = told
        .flat_map(|text| text.split(['。', '\n']))
        .find(|sentence| DROPPED.iter().any(|word| sentence.contains(word)))?;
    let quote: String = sentence.trim().chars().take(60).collect();
    Some(
        finding(
            Code::StatusContradictsText,
            row,
            format!("進捗状況は「{status}」ですが、本文に「{quote}」とあります。"),
            format!("The status is “{status}”, while the text says “{quote}”."),
        )
        .raw(quote.clone()),
    )
}

/// A measure that is not in operation although its start lies behind.
fn late(row: &Measure, as_of: Option<jiff::civil::Date>) -> Option<Finding> {
    let (start, as_of) = (row.operation_start_latest?, as_of?);
    let is_before = matches!(row.stage.as_str(), "planned" | "study" | "build");
    let status = row.stage_raw.as_ref()?;
    if !is_before || start >= as_of || row.start_qualifier.is_some() {
        return None;
    }
    let printed = row.operation_start_raw.clone().unwrap_or_default();
    Some(finding(
        Code::StatusContradictsStart,
        row,
        format!("進捗状況は「{status}」ですが、開始時期「{printed}」を過ぎています。"),
        format!("The status is “{status}”, while the start “{printed}” lies behind."),
    ))
}

/// A measure that is in operation without a printed start, where the document prints starts.
fn without_start(row: &Measure) -> Option<Finding> {
    let status = row.stage_raw.as_ref()?;
    let is_status = row.stage_basis.as_deref() == Some("status");
    let is_blank = row.operation_start_raw.is_none() && row.start_raw.is_none();
    (is_status && is_blank && row.stage == "operating").then(|| {
        finding(
            Code::StatusContradictsStart,
            row,
            format!("進捗状況は「{status}」ですが、開始時期の記載がありません。"),
            format!("The status is “{status}”, but no start is printed."),
        )
    })
}

/// Texts that end in a comma or a bullet: the rest was cut off.
fn cut(row: &Measure) -> Vec<Finding> {
    let ends_open = |text: &&String| text.trim_end().ends_with(['、', '・', '，']);
    let open = texts(row).into_iter().filter_map(|(ja, en, text)| {
        let text = text.filter(ends_open)?;
        let chars: Vec<char> = text.trim_end().chars().collect();
        let tail: String = chars[chars.len().saturating_sub(12)..].iter().collect();
        Some(
            finding(
                Code::TextCut,
                row,
                format!("{ja}が「{tail}」で途切れています。"),
                format!("The {en} breaks off at “{tail}”."),
            )
            .raw(tail.clone()),
        )
    });
    open.collect()
}
