//! Shares of a whole: they must follow from the counts beside them.

use super::quantity;
use crate::context::Context;
use kurabe_layout::{RawDocument, RawOutcome};
use kurabe_text::width;
use kurabe_trace::{Code, Finding, Locator};

/// Words that name the sum of the counts of a case.
const WHOLES: [&str; 4] = ["計", "合計", "総計", "全体"];

/// Compares the printed shares of every case with its counts.
pub(super) fn check(context: &mut Context<'_>, raw: &RawDocument) {
    let is_same = |a: &RawOutcome, b: &RawOutcome| a.subject == b.subject && a.locator == b.locator;
    for case in raw.outcomes.chunk_by(is_same) {
        let parts: Vec<(&RawOutcome, f64)> = case
            .iter()
            .filter(|o| o.is_share)
            .filter_map(|o| Some((o, quantity(o.after.as_ref())?.value)))
            .collect();
        if parts.is_empty() {
            continue;
        }
        let sum: f64 = parts.iter().map(|(_, count)| count).sum();
        let printed = case.iter().find(|o| is_whole(o));
        let whole = printed.and_then(|o| quantity(o.after.as_ref()));
        let whole = whole.map_or(sum, |q| q.value);
        if parts.len() > 1 && (whole - sum).abs() > 0.5 {
            total_differs(context, case, whole, sum);
        }
        for (part, count) in parts {
            share(context, part, count / whole * 100.0);
        }
    }
}

fn is_whole(outcome: &RawOutcome) -> bool {
    let metric = width::key(&outcome.metric);
    WHOLES.iter().any(|word| metric == width::key(word))
}

/// A share may be off by no more than its last printed digit allows.
fn share(context: &mut Context<'_>, part: &RawOutcome, expected: f64) {
    let Some(printed) = part.rate.clone() else {
        return;
    };
    let Some(rate) = quantity(Some(&printed)) else {
        return;
    };
    let digits = printed.trim_end_matches(['%', '％']).split_once('.');
    let digits = digits.map_or(0, |(_, behind)| behind.trim().chars().count());
    let last = 10_f64.powi(-i32::try_from(digits).unwrap_or(0));
    if !expected.is_finite() || (expected - rate.value).abs() <= last / 2.0 + 1e-9 {
        return;
    }
    let metric = &part.metric;
    let place = part.locator.clone().unwrap_or(Locator::Document);
    context.remark(
        Finding::new(
            Code::RateDiffers,
            place,
            format!("「{metric}」の割合{printed}は、件数から計算した{expected:.1}%と異なります。"),
            format!("The share {printed} of “{metric}” differs from {expected:.1}%, which follows from the counts."),
        )
        .raw(printed),
    );
}

fn total_differs(context: &mut Context<'_>, case: &[RawOutcome], whole: f64, sum: f64) {
    let Some(first) = case.first() else { return };
    let subject = width::tidy(&first.subject);
    context.remark(Finding::new(
        Code::TotalDiffers,
        first.locator.clone().unwrap_or(Locator::Document),
        format!("「{subject}」の計{whole}は、内訳の和{sum}と異なります。"),
        format!("The total {whole} of “{subject}” differs from the sum of its parts, {sum}."),
    ));
}
