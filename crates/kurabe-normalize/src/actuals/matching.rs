//! Which result belongs to which indicator.

use super::statement::Actual;
use crate::context::Context;
use crate::similar;
use kurabe_schema::Kpi;
use kurabe_text::number::Qualifier;
use kurabe_text::width;

/// How a match was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum By {
    /// The name is that of the indicator.
    Name,
    /// The name resembles that of the indicator, or is a part of it.
    Likeness,
    /// Nothing else can be meant.
    Only,
}

/// A match of a result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Match {
    /// Index of the indicator.
    pub(crate) kpi: usize,
    /// How it was found.
    pub(crate) by: By,
}

/// Smallest likeness of names that makes a match.
const LIKE: f64 = 0.55;

/// Finds the indicator of every result.
pub(crate) fn assign(
    context: &Context<'_>,
    kpis: &[Kpi],
    actuals: &[Actual],
) -> Vec<Option<Match>> {
    let mut found: Vec<Option<Match>> = vec![None; actuals.len()];
    let mut pairs: Vec<(f64, usize, usize, By)> = Vec::new();
    for (a, actual) in actuals
        .iter()
        .enumerate()
        .filter(|(_, a)| !is_reference(context, a))
    {
        for (k, kpi) in kpis.iter().enumerate() {
            if let Some((score, by)) = score(kpi, actual) {
                pairs.push((score, a, k, by));
            }
        }
    }
    pairs.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    let mut used = vec![false; kpis.len()];
    for (_, a, kpi, by) in pairs {
        if found[a].is_none() && !used[kpi] {
            found[a] = Some(Match { kpi, by });
            used[kpi] = true;
        }
    }
    by_segment(kpis, actuals, &mut found, &mut used);
    by_unit(context, kpis, actuals, &mut found, &mut used);
    only_one(context, kpis, actuals, &mut found, &used);
    found
}

/// A figure that the document itself calls a reference belongs to no indicator.
fn is_reference(context: &Context<'_>, actual: &Actual) -> bool {
    let words = &context.profile.words.reference;
    actual
        .heading
        .as_ref()
        .is_some_and(|h| words.iter().any(|w| w == h))
}

/// How well a result fits an indicator by name; `None` when it does not.
fn score(kpi: &Kpi, actual: &Actual) -> Option<(f64, By)> {
    if kpi.segment.is_some() && kpi.segment != actual.segment {
        return None;
    }
    let name = actual.name.clone().unwrap_or_else(|| actual.words.clone());
    let (mut score, by) = if similar::is_same(&name, &kpi.name) {
        (2.0, By::Name)
    } else if similar::contains(&name, &kpi.name) {
        (
            1.0 + similar::likeness(&name, &kpi.name) / 2.0,
            By::Likeness,
        )
    } else {
        let heading = actual.heading.clone().unwrap_or_default();
        let whole = similar::likeness(&name, &kpi.name);
        let with_heading = similar::overlap(&heading, &kpi.name) * 0.8;
        // A sentence without a figure can only be told by the words it shares.
        let weight = if actual.reading.value.is_none() {
            0.9
        } else {
            0.75
        };
        let part = similar::overlap(&name, &kpi.name) * weight;
        (whole.max(with_heading).max(part), By::Likeness)
    };
    score += unit_bonus(kpi, actual) + cadence_bonus(kpi, actual);
    (score >= LIKE).then_some((score, by))
}

fn unit_bonus(kpi: &Kpi, actual: &Actual) -> f64 {
    match (&kpi.unit, &actual.reading.unit) {
        (Some(a), Some(b)) if a == b => 0.2,
        (Some(_), Some(_)) => -0.4,
        _ => 0.0,
    }
}

fn cadence_bonus(kpi: &Kpi, actual: &Actual) -> f64 {
    let monthly = actual
        .reading
        .qualifiers
        .iter()
        .any(|q| matches!(q, Qualifier::MonthlyAverage | Qualifier::PerMonth));
    match (kpi.cadence.as_deref(), monthly) {
        (Some("monthly_average"), true) => 0.3,
        (Some("monthly_average"), false) if actual.reading.value.is_some() => -0.1,
        (_, true) => -0.2,
        _ => 0.0,
    }
}

/// Results that print nothing but a segment: `小学校80.9%`.
fn by_segment(kpis: &[Kpi], actuals: &[Actual], found: &mut [Option<Match>], used: &mut [bool]) {
    for (a, actual) in actuals.iter().enumerate() {
        let label = actual.segment.as_ref().or(actual.name.as_ref());
        let Some(label) = label.filter(|_| found[a].is_none()) else {
            continue;
        };
        let mut fitting = kpis.iter().enumerate().filter(|(k, kpi)| {
            !used[*k]
                && kpi
                    .segment
                    .as_deref()
                    .is_some_and(|s| width::key(s) == width::key(label))
        });
        if let (Some((kpi, _)), None) = (fitting.next(), fitting.next()) {
            found[a] = Some(Match { kpi, by: By::Only });
            used[kpi] = true;
        }
    }
}

/// The only open result in a unit belongs to the only open indicator in that unit.
fn by_unit(
    context: &Context<'_>,
    kpis: &[Kpi],
    actuals: &[Actual],
    found: &mut [Option<Match>],
    used: &mut [bool],
) {
    for a in 0..actuals.len() {
        let Some(unit) = actuals[a].reading.unit.clone() else {
            continue;
        };
        if found[a].is_some()
            || is_reference(context, &actuals[a])
            || actuals[a].reading.value.is_none()
        {
            continue;
        }
        let rivals = (0..actuals.len())
            .filter(|i| found[*i].is_none() && actuals[*i].reading.unit.as_ref() == Some(&unit))
            .count();
        let open: Vec<usize> = (0..kpis.len())
            .filter(|k| !used[*k] && kpis[*k].unit.as_ref() == Some(&unit))
            .collect();
        if let ([kpi], 1) = (open.as_slice(), rivals) {
            found[a] = Some(Match {
                kpi: *kpi,
                by: By::Only,
            });
            used[*kpi] = true;
        }
    }
}

/// A single result of a measure with a single indicator.
fn only_one(
    context: &Context<'_>,
    kpis: &[Kpi],
    actuals: &[Actual],
    found: &mut [Option<Match>],
    used: &[bool],
) {
    let open: Vec<usize> = (0..actuals.len())
        .filter(|a| found[*a].is_none() && !is_reference(context, &actuals[*a]))
        .collect();
    if let ([a], [_], [false]) = (open.as_slice(), kpis, used) {
        found[*a] = Some(Match {
            kpi: 0,
            by: By::Only,
        });
    }
}

/// The indicator that an unmatched result names, although another result was taken for it.
pub(crate) fn namesake<'k>(kpis: &'k [Kpi], actual: &Actual) -> Option<&'k Kpi> {
    let name = actual.name.as_ref()?;
    kpis.iter().find(|kpi| similar::contains(name, &kpi.name))
}

/// Whether a result says that there is none yet, for whatever indicator.
pub(crate) fn is_none_yet(actual: &Actual) -> bool {
    const NONE: [&str; 5] = ["実績なし", "未導入", "未実施", "準備中", "未着手"];
    let is_bare = actual.reading.value.is_none() && actual.name.is_none();
    is_bare && NONE.iter().any(|word| actual.words.contains(word))
}
