//! The table `kpi_progress`: how far a KPI has come towards each of its targets.
//!
//! A number stands there only where a careful reader would give one; else a word of
//! [`kurabe_schema::words::ACHIEVEMENT_REASONS`] says why not (docs/decisions/0027).

mod exact;
#[cfg(test)]
mod tests;

use crate::context::Context;
use exact::{Basis, basis_of, is_about, is_exact};
use jiff::civil::Date;
use kurabe_schema::{Kpi, KpiProgress, KpiValue};
use kurabe_text::era::fiscal_year_of;
use kurabe_text::milestone;
use kurabe_text::number::convert;

pub(crate) use exact::cadence_of;

/// Publishes the progress of all KPIs of a document.
pub(crate) fn publish(context: &mut Context<'_>) {
    let year = context.as_of.map(fiscal_year_of);
    let data = &context.data;
    let rows = data.kpis.iter().flat_map(|kpi| {
        let values = data.kpi_values.iter();
        let own: Vec<&KpiValue> = values.filter(|v| v.kpi_id == kpi.kpi_id).collect();
        rows(kpi, &own, year)
    });
    context.data.kpi_progress = rows.collect();
}

/// One row per target; one with position 0 for a KPI without targets.
fn rows(kpi: &Kpi, values: &[&KpiValue], year: Option<i32>) -> Vec<KpiProgress> {
    let mut targets = of_role(values, "target");
    targets.sort_by_key(|v| (v.fiscal_year, v.position));
    let last = targets.last().map(|v| v.position);
    let case = Case { kpi, values, year };
    let mut rows: Vec<KpiProgress> = targets
        .iter()
        .map(|target| KpiProgress {
            is_final: Some(target.position) == last,
            ..case.towards(target)
        })
        .collect();
    if rows.is_empty() {
        rows.push(KpiProgress {
            reason: Some("no_target".to_owned()),
            is_final: true,
            ..case.blank()
        });
    }
    rows.sort_by_key(|row| row.position);
    rows
}

fn of_role<'v>(values: &[&'v KpiValue], role: &str) -> Vec<&'v KpiValue> {
    let own = values.iter().filter(|v| v.role == role);
    own.copied().collect()
}

/// A KPI with its values, and the fiscal year that the document speaks of.
struct Case<'a> {
    kpi: &'a Kpi,
    values: &'a [&'a KpiValue],
    year: Option<i32>,
}

/// The three values of an achievement, in one unit.
struct Three {
    baseline: f64,
    target: f64,
    actual: f64,
}

impl Case<'_> {
    fn blank(&self) -> KpiProgress {
        KpiProgress {
            kpi_id: self.kpi.kpi_id.clone(),
            measure_id: self.kpi.measure_id.clone(),
            unit: self.kpi.unit.clone(),
            cadence: self.kpi.cadence.clone(),
            milestone_state: self.milestone_state(),
            ..KpiProgress::default()
        }
    }

    fn is_milestone(&self) -> bool {
        self.kpi.kind == "milestone"
    }

    fn milestone_state(&self) -> Option<String> {
        let latest = of_role(self.values, "actual")
            .into_iter()
            .max_by_key(|v| (v.fiscal_year, v.position));
        let state = latest.and_then(|v| milestone::state(&v.value_text));
        state
            .filter(|_| self.is_milestone())
            .map(|s| s.as_str().to_owned())
    }

    fn towards(&self, target: &KpiValue) -> KpiProgress {
        let baseline = self.baseline(target);
        let actual = self.actual(target);
        let in_unit = |v: &KpiValue| self.in_unit(v);
        let mut row = KpiProgress {
            position: target.position,
            baseline: baseline.and_then(in_unit),
            baseline_year: baseline.and_then(|v| v.fiscal_year),
            baseline_position: baseline.map(|v| v.position),
            target: in_unit(target),
            target_year: target.fiscal_year,
            actual: actual.and_then(in_unit),
            actual_year: actual.and_then(|v| v.fiscal_year),
            actual_as_of: actual.and_then(|v| v.as_of_latest),
            actual_position: actual.map(|v| v.position),
            is_met: actual.and_then(|actual| self.is_met(target, actual)),
            ..self.blank()
        };
        match self.three(target, baseline, actual) {
            Ok(three) => {
                let achievement = (three.actual - three.baseline) / (three.target - three.baseline);
                row.expected = expected(row.baseline_year, row.actual_year, row.target_year);
                row.is_on_track = row.expected.map(|asked| achievement >= asked - 1e-9);
                row.achievement = Some(achievement);
            }
            Err(reason) => row.reason = Some(reason.to_owned()),
        }
        row
    }

    /// The value in the unit of the KPI.
    fn in_unit(&self, value: &KpiValue) -> Option<f64> {
        let number = value.value?;
        match (&value.unit, &self.kpi.unit) {
            (Some(from), Some(to)) => convert(number, from, to),
            (None, None) => Some(number),
            _ => None,
        }
    }

    /// The newest numeric baseline that is not later than the target.
    fn baseline(&self, target: &KpiValue) -> Option<&KpiValue> {
        of_role(self.values, "baseline")
            .into_iter()
            .filter(|v| v.value.is_some() && !is_after(v, target))
            .max_by_key(|v| (v.fiscal_year, v.position))
    }

    /// The newest numeric actual value up to the target year.
    fn actual(&self, target: &KpiValue) -> Option<&KpiValue> {
        of_role(self.values, "actual")
            .into_iter()
            .filter(|v| v.value.is_some() && !is_after(v, target))
            .max_by_key(|v| (v.fiscal_year, std::cmp::Reverse(v.position)))
    }

    fn basis(&self, value: &KpiValue) -> Option<Basis> {
        basis_of(value, self.kpi.cadence.as_deref())
    }

    /// The values, or why there is no achievement.
    fn three(
        &self,
        target: &KpiValue,
        baseline: Option<&KpiValue>,
        actual: Option<&KpiValue>,
    ) -> Result<Three, &'static str> {
        if self.is_milestone() {
            return Err("milestone");
        }
        if target.value.is_none() {
            return Err("not_numeric");
        }
        let Some(actual) = actual else {
            return Err(self.without_actual(target, baseline));
        };
        let baseline = baseline.ok_or("no_baseline")?;
        let all = [baseline, target, actual];
        let [Some(from), Some(to), Some(now)] = all.map(|v| self.in_unit(v)) else {
            return Err("different_unit");
        };
        self.comparable(target, baseline, actual)?;
        if (to - from).abs() < f64::EPSILON * from.abs().max(1.0) {
            return Err("target_equals_baseline");
        }
        match self.kpi.direction.as_deref() {
            Some("increase") if to > from => {}
            Some("decrease") if to < from => {}
            _ => return Err("no_direction"),
        }
        Ok(Three {
            baseline: from,
            target: to,
            actual: now,
        })
    }

    /// Whether the values are counted alike, are exact and follow one another; else why not.
    fn comparable(
        &self,
        target: &KpiValue,
        baseline: &KpiValue,
        actual: &KpiValue,
    ) -> Result<(), &'static str> {
        let bases = [baseline, target, actual].map(|v| self.basis(v));
        let mut said = bases.iter().flatten();
        let first = said.next();
        if said.any(|basis| Some(basis) != first) || target.period_start > actual.fiscal_year {
            return Err("different_cadence");
        }
        if !is_exact(baseline) || !is_exact(actual) || is_about(target) {
            return Err("inexact");
        }
        if is_before(actual, baseline) {
            return Err("actual_before_baseline");
        }
        Ok(())
    }

    /// Why no actual value counts: none is a number, none is there yet, or none is printed.
    fn without_actual(&self, target: &KpiValue, baseline: Option<&KpiValue>) -> &'static str {
        let is_future = target.fiscal_year > self.year && self.year.is_some();
        let printed = of_role(self.values, "actual");
        if !printed.is_empty() && printed.iter().all(|v| v.value.is_none()) {
            "not_numeric"
        } else if printed.is_empty() && baseline.is_none() && is_future {
            "future_target_only"
        } else {
            "no_actual"
        }
    }

    /// Whether the actual value reaches the target in its year, where both are counted alike.
    fn is_met(&self, target: &KpiValue, actual: &KpiValue) -> Option<bool> {
        let (to, now) = (self.in_unit(target)?, self.in_unit(actual)?);
        let (wanted, is) = (self.basis(target), self.basis(actual));
        let is_other = wanted.is_some() && is.is_some() && wanted != is;
        let is_due = target.fiscal_year.is_none() || target.fiscal_year == actual.fiscal_year;
        if is_other
            || !is_due
            || !is_exact(actual)
            || is_about(target)
            || is_dated_elsewhere(actual)
        {
            return None;
        }
        let says = |word| exact::says(target, word);
        match self.kpi.direction.as_deref() {
            _ if says("at_least") => Some(now >= to),
            _ if says("at_most") => Some(now <= to),
            _ if says("less_than") => Some(now < to),
            _ if says("more_than") => Some(now > to),
            Some("increase") => Some(now >= to),
            Some("decrease") => Some(now <= to),
            _ => None,
        }
    }
}

/// Whether a value is of a later fiscal year than the target.
fn is_after(value: &KpiValue, target: &KpiValue) -> bool {
    value
        .fiscal_year
        .zip(target.fiscal_year)
        .is_some_and(|(value, target)| value > target)
}

/// Whether the actual value is no newer than the baseline.
fn is_before(actual: &KpiValue, baseline: &KpiValue) -> bool {
    let days: [Option<Date>; 2] = [actual.as_of_latest, baseline.as_of_latest];
    match (days, actual.fiscal_year, baseline.fiscal_year) {
        ([Some(actual), Some(baseline)], ..) => actual <= baseline,
        (_, Some(actual), Some(baseline)) => actual <= baseline,
        _ => false,
    }
}

/// Whether a value was taken on a day outside the fiscal year that it is reported for.
fn is_dated_elsewhere(value: &KpiValue) -> bool {
    let day = value.as_of_latest.map(fiscal_year_of);
    day.is_some() && value.fiscal_year.is_some() && day != value.fiscal_year
}

/// What a straight line from the baseline year to the target year asks for in the year of the
/// actual value.
fn expected(baseline: Option<i32>, actual: Option<i32>, target: Option<i32>) -> Option<f64> {
    let (from, now, to) = (baseline?, actual?, target?);
    (from < to && from <= now && now <= to).then(|| f64::from(now - from) / f64::from(to - from))
}
