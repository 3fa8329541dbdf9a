//! Results: what a document reports, matched to the indicators of its measures.
//!
//! A result belongs to the indicator whose name it prints or comes close to, with the same unit;
//! a result without a name belongs to the only indicator it can belong to. What cannot be matched
//! is reported, not published as a value.

mod compare;
mod matching;
mod statement;

use crate::context::Context;
use crate::kpi::{as_of, qualifier_words};
use crate::mentions::Joined;
use crate::outcomes;
use jiff::civil::Date;
use kurabe_layout::{RawMeasure, RawSeries};
use kurabe_schema::{Kpi, KpiValue};
use kurabe_text::era::{self, fiscal_year_bounds, fiscal_year_of};
use kurabe_text::number;
use kurabe_trace::{Code, Finding, Locator};
use matching::Match;
use statement::Actual;

/// Publishes the results of all measures.
pub(crate) fn publish(context: &mut Context<'_>, joined: &[Joined<'_>]) {
    for (id, measure) in context.published(joined) {
        if measure.main.reports_actuals {
            results(context, &id, measure.main);
        }
    }
}

/// Fiscal year that results are reported for: the year in their heading, else the document's.
fn reported_year(context: &Context<'_>, main: &RawMeasure) -> Option<i32> {
    let heading = main
        .actuals_heading
        .as_ref()
        .and_then(|w| era::fiscal_years(&w.text));
    heading
        .map(|span| span.first)
        .or_else(|| context.current_year())
}

fn results(context: &mut Context<'_>, id: &str, main: &RawMeasure) {
    let kpis: Vec<Kpi> = context
        .data
        .kpis
        .iter()
        .filter(|k| k.measure_id == id)
        .cloned()
        .collect();
    let year = reported_year(context, main);
    let actuals: Vec<Actual> = main.actuals.iter().flat_map(statement::read).collect();
    let matches = matching::assign(context, &kpis, &actuals);
    let mut matched: Vec<&str> = Vec::new();
    for (actual, found) in actuals.iter().zip(&matches) {
        match found {
            Some(found) => {
                let kpi = &kpis[found.kpi];
                publish_value(context, kpi, actual, found, year);
                matched.push(&kpi.kpi_id);
            }
            None if matches.len() == 1 && matching::is_none_yet(actual) => {
                // The one statement of the cell speaks of all indicators.
                for (kpi, row) in kpis.iter().enumerate() {
                    let by = matching::By::Only;
                    publish_value(context, row, actual, &Match { kpi, by }, year);
                    matched.push(&row.kpi_id);
                }
            }
            None => unmatched(context, id, &kpis, actual),
        }
    }
    for series in &main.series {
        outcomes::series(context, id, series);
        series_values(context, &kpis, series);
    }
    let reported = |kpi: &Kpi| {
        matched.contains(&kpi.kpi_id.as_str())
            || context
                .data
                .kpi_values
                .iter()
                .any(|v| v.kpi_id == kpi.kpi_id && v.role == "actual")
    };
    let missing: Vec<Kpi> = kpis.iter().filter(|k| !reported(k)).cloned().collect();
    missing.iter().for_each(|kpi| without_actual(context, kpi));
    compare::progress(context, &kpis);
}

fn publish_value(
    context: &mut Context<'_>,
    kpi: &Kpi,
    actual: &Actual,
    found: &Match,
    year: Option<i32>,
) {
    let reading = &actual.reading;
    let dates = as_of(&actual.words).or_else(|| end_of(year));
    if let (Some((_, day)), Some(year)) = (dates, year)
        && fiscal_year_of(day) != year
    {
        outside_year(context, kpi, actual, day, year);
    }
    if found.by != matching::By::Name {
        name_differs(context, kpi, actual);
    }
    let position = next_position(context, &kpi.kpi_id);
    context.data.kpi_values.push(KpiValue {
        kpi_id: kpi.kpi_id.clone(),
        role: "actual".to_owned(),
        value: reading.value,
        value_text: actual.words.clone(),
        unit: reading.unit.clone(),
        fiscal_year: year,
        as_of_earliest: dates.map(|d| d.0),
        as_of_latest: dates.map(|d| d.1),
        qualifier: qualifier_words(reading),
        note: actual.note.clone(),
        locator: actual.locator.to_string(),
        period_start: None,
        position,
    });
}

fn end_of(year: Option<i32>) -> Option<(Date, Date)> {
    let end = fiscal_year_bounds(year?).latest;
    Some((end, end))
}

fn next_position(context: &Context<'_>, kpi_id: &str) -> i32 {
    let count = context
        .data
        .kpi_values
        .iter()
        .filter(|v| v.kpi_id == kpi_id && v.role == "actual")
        .count();
    i32::try_from(count + 1).unwrap_or(i32::MAX)
}

/// Figures of several years in the unit of an indicator are its results of those years.
fn series_values(context: &mut Context<'_>, kpis: &[Kpi], series: &RawSeries) {
    for kpi in kpis.iter().filter(|k| k.segment.is_none()) {
        let Some(unit) = kpi.unit.clone().filter(|u| !u.is_empty()) else {
            continue;
        };
        for (heading, words) in &series.values {
            let Some(year) = era::fiscal_years(heading).map(|y| y.first) else {
                continue;
            };
            let quantity = number::quantities(&words.text)
                .into_iter()
                .find(|q| q.unit == unit);
            let Some(quantity) = quantity else { continue };
            let known = context.data.kpi_values.iter().any(|v| {
                v.kpi_id == kpi.kpi_id
                    && v.role == "actual"
                    && v.fiscal_year == Some(year)
                    && v.value == Some(quantity.value)
            });
            if known {
                continue;
            }
            from_table(context, kpi, heading, words);
            let dates = end_of(Some(year));
            let position = next_position(context, &kpi.kpi_id);
            context.data.kpi_values.push(KpiValue {
                kpi_id: kpi.kpi_id.clone(),
                role: "actual".to_owned(),
                value: Some(quantity.value),
                value_text: words.text.clone(),
                unit: Some(unit.clone()),
                fiscal_year: Some(year),
                as_of_earliest: dates.map(|d| d.0),
                as_of_latest: dates.map(|d| d.1),
                qualifier: None,
                note: Some(format!("{}（{heading}）", series.label)),
                locator: words.locator.to_string(),
                period_start: None,
                position,
            });
        }
    }
}

fn from_table(context: &mut Context<'_>, kpi: &Kpi, heading: &str, words: &kurabe_layout::Words) {
    let (text, name) = (&words.text, &kpi.name);
    context.remark(
        Finding::new(
            Code::ActualNameDiffers,
            words.locator.clone(),
            format!("表の{heading}「{text}」は、単位が同じ効果指標「{name}」の実績と読みました。"),
            format!("“{text}” of {heading} in the table was read as a result of “{name}”, which has its unit."),
        )
        .of_measure(kpi.measure_id.clone())
        .raw(text.clone())
        .repaired(name.clone()),
    );
}

fn unmatched(context: &mut Context<'_>, id: &str, kpis: &[Kpi], actual: &Actual) {
    let words = &actual.words;
    let (code, ja, en) = match matching::namesake(kpis, actual) {
        Some(kpi) if actual.reading.value.is_some() => (
            Code::ActualOtherBasis,
            format!(
                "実績「{words}」は効果指標「{}」の名称に合いますが、別の実績を採ったため値にしていません。",
                kpi.name
            ),
            format!(
                "The result “{words}” has the name of the indicator “{}”, for which another result was taken.",
                kpi.name
            ),
        ),
        Some(_) | None if actual.reading.value.is_none() => (
            Code::ActualNarrative,
            format!("実績欄の記述「{words}」は数値がなく、どの効果指標の値にもしていません。"),
            format!("The statement “{words}” has no figure and was taken for no indicator."),
        ),
        Some(_) | None => (
            Code::ActualWithoutKpi,
            format!("実績「{words}」に対応する効果指標がありません。"),
            format!("The result “{words}” belongs to no indicator."),
        ),
    };
    let finding = Finding::new(code, actual.locator.clone(), ja, en);
    context.remark(finding.of_measure(id).raw(words.clone()));
}

fn name_differs(context: &mut Context<'_>, kpi: &Kpi, actual: &Actual) {
    let (words, name) = (&actual.words, &kpi.name);
    let (ja, en) = match &actual.name {
        Some(_) => (
            format!("実績「{words}」は名称が異なりますが、効果指標「{name}」の実績と読みました。"),
            format!(
                "The result “{words}” was read as that of the indicator “{name}”, whose name differs."
            ),
        ),
        None => (
            format!("実績「{words}」に名称はありませんが、効果指標「{name}」の実績と読みました。"),
            format!(
                "The result “{words}” prints no name and was read as that of the indicator “{name}”."
            ),
        ),
    };
    context.remark(
        Finding::new(Code::ActualNameDiffers, actual.locator.clone(), ja, en)
            .of_measure(kpi.measure_id.clone())
            .raw(words.clone())
            .repaired(name.clone()),
    );
}

fn outside_year(context: &mut Context<'_>, kpi: &Kpi, actual: &Actual, day: Date, year: i32) {
    let words = &actual.words;
    context.remark(
        Finding::new(
            Code::ValueOutsideYear,
            actual.locator.clone(),
            format!("実績「{words}」の時点（{day}）が{year}年度の外にあります。"),
            format!("The result “{words}” is as of {day}, outside fiscal year {year}."),
        )
        .of_measure(kpi.measure_id.clone())
        .raw(words.clone()),
    );
}

fn without_actual(context: &mut Context<'_>, kpi: &Kpi) {
    let name = &kpi.name;
    let place = Locator::parse(&kpi.locator).unwrap_or(Locator::Document);
    context.remark(
        Finding::new(
            Code::KpiWithoutActual,
            place,
            format!("効果指標「{name}」の実績が記載されていません。"),
            format!("No result is reported for the indicator “{name}”."),
        )
        .of_measure(kpi.measure_id.clone())
        .raw(name.clone()),
    );
}
