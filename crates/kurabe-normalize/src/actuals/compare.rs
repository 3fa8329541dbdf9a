//! Results beside the baseline and the last target of their indicator.

use crate::context::Context;
use kurabe_schema::{Kpi, KpiValue};
use kurabe_trace::{Code, Finding, Locator};

/// Remarks results that are worse than the baseline or better than the last target.
pub(super) fn progress(context: &mut Context<'_>, kpis: &[Kpi]) {
    let findings: Vec<Finding> = kpis
        .iter()
        .flat_map(|kpi| remarks(&context.data.kpi_values, kpi))
        .collect();
    findings.into_iter().for_each(|f| context.remark(f));
}

fn remarks(values: &[KpiValue], kpi: &Kpi) -> Vec<Finding> {
    let own = |role: &'static str| {
        let rows = values
            .iter()
            .filter(move |v| v.kpi_id == kpi.kpi_id && v.role == role);
        rows.filter(|v| v.value.is_some())
    };
    let sign = match kpi.direction.as_deref() {
        Some("increase") => 1.0,
        Some("decrease") => -1.0,
        _ => return Vec::new(),
    };
    let Some(actual) = own("actual").max_by_key(|v| v.fiscal_year) else {
        return Vec::new();
    };
    let ahead = |other: &KpiValue| {
        let is_same_unit = other.unit == actual.unit;
        let pair = actual.value.zip(other.value).filter(|_| is_same_unit);
        pair.map(|(a, b)| (a - b) * sign)
    };
    let mut found = Vec::new();
    if let Some(baseline) = own("baseline")
        .next_back()
        .filter(|b| ahead(b).is_some_and(|d| d < 0.0))
    {
        found.push(behind(kpi, actual, baseline));
    }
    let target = own("target").max_by_key(|v| v.fiscal_year);
    let is_later = |t: &&KpiValue| t.fiscal_year > actual.fiscal_year;
    if let Some(target) = target
        .filter(is_later)
        .filter(|t| ahead(t).is_some_and(|d| d > 0.0))
    {
        found.push(beyond(kpi, actual, target));
    }
    found
}

fn behind(kpi: &Kpi, actual: &KpiValue, baseline: &KpiValue) -> Finding {
    let (name, now, before) = (&kpi.name, &actual.value_text, &baseline.value_text);
    finding(
        Code::ActualBehindBaseline,
        kpi,
        actual,
        format!("効果指標「{name}」の実績（{now}）は現状値（{before}）より後退しています。"),
        format!("The result of “{name}” ({now}) is worse than its baseline ({before})."),
    )
}

fn beyond(kpi: &Kpi, actual: &KpiValue, target: &KpiValue) -> Finding {
    let (name, now, aim) = (&kpi.name, &actual.value_text, &target.value_text);
    finding(
        Code::ActualBeyondTarget,
        kpi,
        actual,
        format!("効果指標「{name}」の実績（{now}）は最終目標（{aim}）を既に超えています。"),
        format!("The result of “{name}” ({now}) is already beyond its last target ({aim})."),
    )
}

fn finding(code: Code, kpi: &Kpi, actual: &KpiValue, ja: String, en: String) -> Finding {
    let place = Locator::parse(&actual.locator).unwrap_or(Locator::Document);
    Finding::new(code, place, ja, en)
        .of_measure(kpi.measure_id.clone())
        .raw(actual.value_text.clone())
}
