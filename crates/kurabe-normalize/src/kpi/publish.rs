//! Rows of `kpis` and `kpi_values`.

use super::statement;
use super::value::{Entry, Reading, as_of, outside, qualifier_words, read_entry};
use crate::context::{Context, raw_if_other};
use crate::mentions::Joined;
use kurabe_layout::{RawKpi, Words};
use kurabe_schema::{Kpi, KpiValue};
use kurabe_text::number::Qualifier;
use kurabe_text::{era, mark, width};
use kurabe_trace::{Code, Finding, Locator};
use std::collections::BTreeMap;

/// An indicator of one segment, ready to be published.
struct Series {
    segment: Option<String>,
    values: Vec<(&'static str, Reading, Locator)>,
}

/// Publishes the indicators of all measures.
pub(crate) fn publish(context: &mut Context<'_>, joined: &[Joined<'_>]) {
    for (id, measure) in context.published(joined) {
        for (position, kpi) in measure.main.kpis.iter().enumerate() {
            indicator(context, &id, position + 1, kpi);
        }
    }
    compare_repeats(context);
}

fn indicator(context: &mut Context<'_>, id: &str, position: usize, kpi: &RawKpi) {
    let (name, series, place) = match kpi {
        RawKpi::Statement(words) => from_statement(context, words),
        RawKpi::Listed { name, values } => listed(context, name, values),
    };
    let words = &context.profile.words;
    let name_printed = name.replace('\n', " ");
    let marked = mark::take_marks(&name, &words.repeat_marks);
    let is_repeat = !marked.marks.is_empty();
    let printed = marked.text.replace('\n', " ");
    let name = context.standard(&Words::new(printed.clone(), place.clone()));
    let name_raw = raw_if_other(&name_printed, &name);
    for series in series {
        let suffix = series
            .segment
            .as_ref()
            .map_or(String::new(), |s| format!("-{s}"));
        let kpi_id = format!("{id}-k{position}{suffix}");
        let row = Kpi {
            kpi_id: kpi_id.clone(),
            measure_id: id.to_owned(),
            kind: kind(&series).to_owned(),
            unit: first(&series, |r| r.unit.clone()),
            unit_raw: first(&series, |r| r.unit_raw.clone()),
            cadence: cadence(&name, &series).map(str::to_owned),
            direction: direction(&name, &series).map(str::to_owned),
            indicator_id: None,
            is_repeat,
            locator: place.to_string(),
            position: i32::try_from(position).unwrap_or(i32::MAX),
            segment: series.segment.clone(),
            name: name.clone(),
            name_raw: name_raw.clone(),
        };
        remarks(context, &row, &series, &place);
        context.data.kpis.push(row);
        let readings = series.values.iter();
        let rows =
            readings.flat_map(|(role, reading, place)| values(&kpi_id, role, reading, place));
        let mut positions: BTreeMap<String, i32> = BTreeMap::new();
        for value in rows {
            let position = positions.entry(value.role.clone()).or_default();
            *position += 1;
            let position = *position;
            context.data.kpi_values.push(KpiValue { position, ..value });
        }
    }
}

fn from_statement(context: &Context<'_>, words: &Words) -> (String, Vec<Series>, Locator) {
    let known = &context.profile.words;
    let parsed = statement::parse(&words.text, &known.baseline, &known.target);
    let mut series: Vec<Series> = Vec::new();
    for (segment, is_target, reading) in parsed.values {
        let role = if is_target { "target" } else { "baseline" };
        let value = (role, reading, words.locator.clone());
        match series.iter_mut().find(|s| s.segment == segment) {
            Some(open) => open.values.push(value),
            None => series.push(Series {
                segment,
                values: vec![value],
            }),
        }
    }
    if series.is_empty() {
        series.push(Series {
            segment: None,
            values: Vec::new(),
        });
    }
    (parsed.name, series, words.locator.clone())
}

fn listed(
    context: &Context<'_>,
    name: &Words,
    values: &[(Words, Words)],
) -> (String, Vec<Series>, Locator) {
    let known = &context.profile.words;
    let mut series = Series {
        segment: None,
        values: Vec::new(),
    };
    let mut place = name.locator.clone();
    for (label, value) in values {
        let is_baseline = known
            .baseline
            .iter()
            .any(|w| label.text.starts_with(w.as_str()));
        let (text, bracket) = outside(&value.text);
        let printed = value.text.trim().to_owned();
        let note = Some(bracket.clone()).filter(|note| note.starts_with('※'));
        let mut reading = read_entry(
            &Entry {
                text,
                bracket,
                printed,
                segment: None,
            },
            true,
        );
        reading.note = reading.note.or(note);
        let (_, year) = outside(&label.text);
        reading.fiscal_year = era::fiscal_year(&year).or(reading.fiscal_year);
        reading.period_start = None;
        let role = if is_baseline { "baseline" } else { "target" };
        series.values.push((role, reading, value.locator.clone()));
        if value.locator != name.locator
            && let (Some((first, _)), Some((_, last))) =
                (place.line_span(), value.locator.line_span())
        {
            place = Locator::lines(first, last);
        }
    }
    (name.text.clone(), vec![series], place)
}

fn first<T>(series: &Series, of: impl Fn(&Reading) -> Option<T>) -> Option<T> {
    series.values.iter().find_map(|(_, reading, _)| of(reading))
}

fn kind(series: &Series) -> &'static str {
    let numeric = series.values.iter().any(|(_, r, _)| r.value.is_some());
    let unit = first(series, |r| r.unit.clone()).unwrap_or_default();
    match unit.as_str() {
        _ if !numeric
            && series
                .values
                .iter()
                .any(|(role, r, _)| *role == "target" && is_milestone(r)) =>
        {
            "milestone"
        }
        _ if !numeric => "text",
        u if u.starts_with('%') => "percent",
        "円" => "money",
        "分" | "時間" | "秒" | "日" | "か月" => "duration",
        _ => "number",
    }
}

/// A value that is nothing but a year.
fn is_milestone(reading: &Reading) -> bool {
    reading.fiscal_year.is_some() && era::fiscal_years(&reading.text).is_some()
}

fn cadence(name: &str, series: &Series) -> Option<&'static str> {
    let has = |q: &Qualifier| {
        series
            .values
            .iter()
            .any(|(_, r, _)| r.qualifiers.contains(q))
    };
    let numeric = series.values.iter().any(|(_, r, _)| r.value.is_some());
    let period = series
        .values
        .iter()
        .any(|(_, r, _)| r.period_start.is_some() && !r.each_year);
    if has(&Qualifier::MonthlyAverage)
        || has(&Qualifier::PerMonth)
        || name.contains("月平均")
        || name.contains("一月当たり")
    {
        Some("monthly_average")
    } else if has(&Qualifier::Cumulative) || name.contains("累計") || (period && numeric) {
        Some("cumulative")
    } else if has(&Qualifier::PerYear)
        || name.contains("年間")
        || name.contains("1年間")
        || name.contains("各年度")
        || series
            .values
            .iter()
            .any(|(_, r, _)| r.each_year || r.unit.as_deref().is_some_and(|u| u.ends_with("/年")))
    {
        Some("annual")
    } else {
        None
    }
}

fn direction(name: &str, series: &Series) -> Option<&'static str> {
    const FALLING: [&str; 10] = [
        "待ち時間",
        "所要時間",
        "処理時間",
        "経費",
        "費用",
        "コスト",
        "廃棄",
        "短縮",
        "紛失",
        "製本代",
    ];
    let of = |role: &str| {
        series
            .values
            .iter()
            .filter(|v| v.0 == role)
            .filter_map(|v| v.1.value)
            .collect::<Vec<_>>()
    };
    let (baseline, targets) = (of("baseline"), of("target"));
    let (from, to) = match (baseline.first(), targets.as_slice()) {
        (Some(from), [.., to]) => (*from, *to),
        (None, [from, .., to]) => (*from, *to),
        (None, [only]) => (0.0, *only),
        _ => {
            return series
                .values
                .iter()
                .any(|v| v.0 == "target")
                .then_some("achieve");
        }
    };
    let alone = baseline.is_empty() && targets.len() == 1;
    let percent = first(series, |r| r.unit.clone()).is_some_and(|u| u.starts_with('%'));
    if alone && FALLING.iter().any(|w| name.contains(w)) {
        Some("decrease")
    } else if alone && cadence(name, series) == Some("annual") && !percent {
        Some("maintain")
    } else if to > from {
        Some("increase")
    } else if to < from {
        Some("decrease")
    } else {
        Some("maintain")
    }
}

/// Rows of one reading: one, or one for each year when every year has the same value.
fn values(kpi_id: &str, role: &str, reading: &Reading, place: &Locator) -> Vec<KpiValue> {
    let dates = as_of(&reading.text);
    let row = KpiValue {
        kpi_id: kpi_id.to_owned(),
        role: role.to_owned(),
        value: reading.value,
        value_text: reading.text.clone(),
        unit: reading.unit.clone(),
        fiscal_year: reading.fiscal_year,
        as_of_earliest: dates.map(|d| d.0),
        as_of_latest: dates.map(|d| d.1),
        qualifier: qualifier_words(reading),
        note: reading.note.clone(),
        locator: place.to_string(),
        period_start: reading.period_start,
        position: 0,
    };
    match (reading.each_year, reading.period_start, reading.fiscal_year) {
        (true, Some(first), Some(last)) => (first..=last)
            .map(|year| KpiValue {
                fiscal_year: Some(year),
                period_start: None,
                ..row.clone()
            })
            .collect(),
        _ => vec![row],
    }
}

fn remarks(context: &mut Context<'_>, row: &Kpi, series: &Series, place: &Locator) {
    let name = &row.name;
    let targets: Vec<&Reading> = series
        .values
        .iter()
        .filter(|v| v.0 == "target")
        .map(|v| &v.1)
        .collect();
    let mut add = |code, ja: String, en: String| {
        context.remark(
            Finding::new(code, place.clone(), ja, en)
                .of_measure(row.measure_id.clone())
                .raw(name.clone()),
        );
    };
    if targets.is_empty() {
        add(
            Code::KpiWithoutTarget,
            format!("効果指標「{name}」に目標がありません。"),
            format!("The indicator “{name}” has no target."),
        );
    } else if targets.iter().all(|t| t.fiscal_year.is_none()) {
        add(
            Code::KpiWithoutTargetYear,
            format!("効果指標「{name}」に目標年度がありません。"),
            format!("The indicator “{name}” has no target year."),
        );
    }
    if row.kind == "text" && !targets.is_empty() {
        add(
            Code::KpiNotNumeric,
            format!("効果指標「{name}」は数値ではなく文章です。"),
            format!("The indicator “{name}” is a sentence, not a number."),
        );
    }
    let baseline = series.values.iter().find(|v| v.0 == "baseline");
    let baseline = baseline.map(|v| &v.1).filter(|b| b.value.is_some());
    let is_same =
        |t: &&Reading| baseline.is_some_and(|b| t.value == b.value && bounds(t) == bounds(b));
    if targets.iter().any(is_same) {
        add(
            Code::KpiTargetEqualsBaseline,
            format!("効果指標「{name}」の目標値が現状値と同じです。"),
            format!("The target of the indicator “{name}” equals its baseline."),
        );
    }
}

/// What is said of a number, but for the year that it is counted in: `3年ごとに1回` is another aim than
/// `1回`, `毎年1回` is not.
fn bounds(reading: &Reading) -> Vec<&Qualifier> {
    let said = reading.qualifiers.iter();
    said.filter(|q| **q != Qualifier::PerYear).collect()
}

/// A repeated indicator must carry the values of its first occurrence.
fn compare_repeats(context: &mut Context<'_>) {
    let kpis = context.data.kpis.clone();
    let list = |context: &Context<'_>, id: &str| -> Vec<(String, Option<f64>, Option<i32>)> {
        let rows = context.data.kpi_values.iter().filter(|v| v.kpi_id == id);
        rows.map(|v| (v.role.clone(), v.value, v.fiscal_year))
            .collect()
    };
    for kpi in kpis.iter().filter(|k| k.is_repeat) {
        let first = kpis
            .iter()
            .find(|k| !k.is_repeat && width::key(&k.name) == width::key(&kpi.name));
        let differs = first.is_none_or(|f| list(context, &f.kpi_id) != list(context, &kpi.kpi_id));
        if differs {
            let name = &kpi.name;
            context.remark(
                Finding::new(
                    Code::KpiRepeatDiffers,
                    Locator::parse(&kpi.locator).unwrap_or(Locator::Document),
                    format!("再掲の効果指標「{name}」の値が初出と異なるか、初出が見つかりません。"),
                    format!("The repeated indicator “{name}” differs from its first occurrence, or has none."),
                )
                .of_measure(kpi.measure_id.clone()),
            );
        }
    }
}
