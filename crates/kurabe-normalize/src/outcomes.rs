//! The table `outcomes`: measured effects that are no indicator.

mod shares;

use crate::context::Context;
use kurabe_layout::{RawDocument, RawOutcome, RawSeries};
use kurabe_schema::Outcome;
use kurabe_text::era;
use kurabe_text::number::{self, Qualifier, Quantity};
use kurabe_text::width;
use kurabe_trace::{Code, Finding, Locator};

/// Publishes the outcomes of a document.
pub(crate) fn publish(context: &mut Context<'_>, raw: &RawDocument) {
    for outcome in &raw.outcomes {
        let measure_id = outcome
            .measure
            .and_then(|i| context.data.measures.get(i))
            .map(|m| m.measure_id.clone());
        let row = row(context, outcome);
        let row = Outcome { measure_id, ..row };
        check_rate(context, &row, outcome);
        push(context, row);
    }
    check_totals(context, raw);
    shares::check(context, raw);
}

fn push(context: &mut Context<'_>, mut row: Outcome) {
    let position = context.data.outcomes.len() + 1;
    row.outcome_id = format!("{}-o{position:03}", context.document_id);
    row.position = i32::try_from(position).unwrap_or(i32::MAX);
    context.data.outcomes.push(row);
}

fn quantity(text: Option<&String>) -> Option<Quantity> {
    number::quantities(text?).into_iter().next()
}

fn row(context: &Context<'_>, outcome: &RawOutcome) -> Outcome {
    let before = quantity(outcome.before.as_ref());
    let after = quantity(outcome.after.as_ref());
    let printed = quantity(outcome.change.as_ref());
    let value = |q: &Option<Quantity>| q.as_ref().map(|q| q.value);
    let computed = value(&before)
        .zip(value(&after))
        .map(|(b, a)| (b - a).abs());
    let is_computed = printed.is_none() && computed.is_some();
    let first = after.as_ref().or(before.as_ref()).or(printed.as_ref());
    let mut notes: Vec<String> = outcome.note.iter().cloned().collect();
    if is_computed {
        notes.push("差は導入前後の値から計算".to_owned());
    }
    if outcome.is_total {
        notes.push("合計".to_owned());
    }
    if outcome.is_share {
        notes.push("構成比".to_owned());
    }
    notes.extend(
        first
            .into_iter()
            .flat_map(|q| q.qualifiers.iter().filter_map(per)),
    );
    Outcome {
        document_id: context.document_id.clone(),
        municipality_code: context.profile.municipality.code.clone(),
        section: outcome.section.as_deref().map(width::tidy),
        subject: width::tidy(&outcome.subject),
        fiscal_year: outcome.year.as_ref().and_then(|y| fiscal_year(y)),
        metric: width::tidy(&outcome.metric),
        before: value(&before),
        after: value(&after),
        change: value(&printed).or(computed),
        rate: quantity(outcome.rate.as_ref()).map(|q| q.value),
        unit: first.map(|q| q.unit.clone()).filter(|u| !u.is_empty()),
        note: (!notes.is_empty()).then(|| notes.join("；")),
        locator: outcome
            .locator
            .clone()
            .unwrap_or(Locator::Document)
            .to_string(),
        ..Outcome::default()
    }
}

fn per(qualifier: &Qualifier) -> Option<String> {
    match qualifier {
        Qualifier::PerMonth => Some("月あたり".to_owned()),
        Qualifier::PerYear => Some("年あたり".to_owned()),
        Qualifier::About => Some("約".to_owned()),
        Qualifier::AtLeast
        | Qualifier::AtMost
        | Qualifier::LessThan
        | Qualifier::MoreThan
        | Qualifier::PerUnit(_)
        | Qualifier::EveryYears(_)
        | Qualifier::Cumulative
        | Qualifier::Average
        | Qualifier::MonthlyAverage => None,
    }
}

fn fiscal_year(text: &str) -> Option<i32> {
    era::fiscal_year(text)
        .or_else(|| text.parse().ok())
        .or_else(|| era::fiscal_years(text).map(|y| y.first))
}

/// A printed rate must follow from the values before and after.
fn check_rate(context: &mut Context<'_>, row: &Outcome, outcome: &RawOutcome) {
    let (Some(before), Some(after), Some(rate)) = (row.before, row.after, row.rate) else {
        return;
    };
    if outcome.is_share {
        return;
    }
    let expected = (before - after) / before * 100.0;
    if before == 0.0 || (expected - rate).abs() <= 0.1 {
        return;
    }
    let printed = outcome.rate.clone().unwrap_or_default();
    context.remark(
        Finding::new(
            Code::RateDiffers,
            Locator::parse(&row.locator).unwrap_or(Locator::Document),
            format!("「{}」の率{printed}は、前後の値から計算した{expected:.1}%と異なります。", row.metric),
            format!("The rate {printed} of “{}” differs from {expected:.1}%, which follows from the values.", row.metric),
        )
        .raw(printed),
    );
}

/// Printed totals must be the sums of the rows above them.
fn check_totals(context: &mut Context<'_>, raw: &RawDocument) {
    for total in raw.outcomes.iter().filter(|o| o.is_total && o.is_additive) {
        let rows: Vec<&RawOutcome> = raw
            .outcomes
            .iter()
            .filter(|o| !o.is_total && o.subject == total.subject && o.metric == total.metric)
            .collect();
        let columns: [fn(&RawOutcome) -> Option<&String>; 3] = [
            |o| o.before.as_ref(),
            |o| o.after.as_ref(),
            |o| o.change.as_ref(),
        ];
        for column in columns {
            let Some(printed) = quantity(column(total)) else {
                continue;
            };
            let sum: f64 = rows
                .iter()
                .filter_map(|o| quantity(column(o)))
                .map(|q| q.value)
                .sum();
            if (sum - printed.value).abs() > 0.5 {
                let (metric, value) = (&total.metric, printed.value);
                context.remark(Finding::new(
                    Code::TotalDiffers,
                    total.locator.clone().unwrap_or(Locator::Document),
                    format!("「{metric}」の合計{value}は、各行の和{sum}と異なります。"),
                    format!(
                        "The total {value} of “{metric}” differs from the sum of the rows, {sum}."
                    ),
                ));
            }
        }
    }
}

/// Figures of several years among the results of a measure: one outcome per year and figure.
pub(crate) fn series(context: &mut Context<'_>, id: &str, series: &RawSeries) {
    let subject = context
        .data
        .measures
        .iter()
        .find(|m| m.measure_id == id)
        .map(|m| m.title.clone());
    let (outer, inner) = label_parts(&series.label);
    let texts: Vec<(i32, &str)> = series
        .values
        .iter()
        .filter(|(_, w)| number::quantities(&w.text).is_empty() || w.text.chars().count() > 40)
        .filter_map(|(h, w)| Some((era::fiscal_years(h)?.first, w.text.as_str())))
        .collect();
    for (heading, words) in &series.values {
        let Some(year) = era::fiscal_years(heading).map(|y| y.first) else {
            continue;
        };
        if texts.iter().any(|(_, t)| *t == words.text) {
            continue;
        }
        for (index, quantity) in number::quantities(&words.text).into_iter().enumerate() {
            let unit = Some(quantity.unit.clone()).filter(|u| !u.is_empty());
            let metric = match (index, &inner) {
                (0, _) => outer.clone(),
                (_, Some(inner)) => inner.clone(),
                (_, None) => format!("{outer}（{}）", unit.clone().unwrap_or_default()),
            };
            let about = quantity
                .qualifiers
                .contains(&Qualifier::About)
                .then(|| "約".to_owned());
            let said = texts
                .iter()
                .find(|(y, _)| *y == year)
                .map(|(_, t)| (*t).to_owned());
            let counted = heading_period(heading);
            let note: Vec<String> = [about, counted, said, series.note.clone()]
                .into_iter()
                .flatten()
                .collect();
            let row = Outcome {
                document_id: context.document_id.clone(),
                municipality_code: context.profile.municipality.code.clone(),
                subject: subject.clone().unwrap_or_default(),
                fiscal_year: Some(year),
                metric,
                after: Some(quantity.value),
                unit,
                note: (!note.is_empty()).then(|| note.join("；")),
                locator: words.locator.to_string(),
                measure_id: Some(id.to_owned()),
                ..Outcome::default()
            };
            push(context, row);
        }
    }
}

/// What a heading says beside its year: `令和3年度 (R3.7~R4.3)` counts nine months.
fn heading_period(heading: &str) -> Option<String> {
    let (_, bracket) = heading.split_once(['(', '（'])?;
    let period = bracket.trim_end_matches([')', '）', ' ']);
    Some(format!("期間 {}", width::tidy(period)))
}

/// `会議数(時間数)`: the names of the figure and of the one in brackets.
fn label_parts(label: &str) -> (String, Option<String>) {
    let tidy = width::tidy(label);
    match tidy.split_once(['(', '（']) {
        Some((outer, inner)) => {
            let inner = inner.trim_end_matches([')', '）']).trim().to_owned();
            (outer.trim().to_owned(), Some(inner))
        }
        None => (tidy, None),
    }
}
