//! The table `coverage`, and the expectations of the profile.

use crate::context::Context;
use kurabe_layout::RawDocument;
use kurabe_schema::CoverageRow;
use kurabe_trace::{Code, Finding, Locator};

/// Publishes the account of lines and compares the counts with what the profile expects.
pub(crate) fn publish(context: &mut Context<'_>, raw: &RawDocument) {
    let unread = raw.claims.unread();
    let skipped = raw.claims.skipped();
    let rules: Vec<String> = skipped
        .iter()
        .map(|(rule, n)| format!("{rule}={n}"))
        .collect();
    let places: Vec<String> = runs(&unread).iter().map(ToString::to_string).collect();
    let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    context.data.coverage.push(CoverageRow {
        document_id: context.document_id.clone(),
        unit: "line".to_owned(),
        total: number(raw.claims.total()),
        in_records: number(raw.claims.in_records()),
        skipped_by_rule: number(skipped.values().sum()),
        unread: number(unread.len()),
        unread_locators: (!places.is_empty()).then(|| places.join(";")),
        skipped_rules: (!rules.is_empty()).then(|| rules.join(";")),
    });
    for place in runs(&unread) {
        context.remark(Finding::new(
            Code::LineUnread,
            place,
            "どの記録にも読み込まれていない行です。",
            "These lines are in no record and no rule skips them.",
        ));
    }
    expectations(context);
}

/// Neighbouring lines as one place.
fn runs(lines: &[u32]) -> Vec<Locator> {
    let mut found: Vec<(u32, u32)> = Vec::new();
    for line in lines {
        match found.last_mut() {
            Some((_, last)) if *last + 1 == *line => *last = *line,
            _ => found.push((*line, *line)),
        }
    }
    found
        .into_iter()
        .map(|(first, last)| Locator::lines(first, last))
        .collect()
}

fn expectations(context: &mut Context<'_>) {
    for (table, expected) in &context.profile.expect {
        let rows = context.data.tables();
        let Some(count) = rows
            .iter()
            .find(|(spec, _)| spec.name == table)
            .map(|(_, r)| r.len())
        else {
            continue;
        };
        let expected = *expected as usize;
        if count == expected {
            continue;
        }
        let code = if count < expected {
            Code::ExpectedMore
        } else {
            Code::ExpectedFewer
        };
        context.remark(Finding::new(
            code,
            Locator::Document,
            format!("{table}は{expected}件のはずですが、{count}件読み込みました。"),
            format!("{expected} rows of {table} were expected, {count} were read."),
        ));
    }
}
