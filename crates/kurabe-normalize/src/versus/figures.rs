//! Figures of a plan against those of a survey.

use super::{Pair, row, sentence};
use jiff::civil::Date;
use kurabe_schema::{Dataset, Indicator, IndicatorValue, PlanVsSurvey};

/// Percent points that figures of different counting can lie apart.
const TOLERANCE: f64 = 5.0;

/// The same where nothing is known of the way the figure should go.
const WIDE_TOLERANCE: f64 = 10.0;

/// Days within which two dates count as the same where nothing is known of the way.
const NEAR_DAYS: i32 = 92;

/// The figure of a document that lies furthest from the survey's without the dates explaining it.
pub(super) fn compare(pair: Pair<'_>, dataset: &Dataset) -> Option<PlanVsSurvey> {
    let (value, day) = (pair.answer.value?, pair.answer.as_of?);
    let is_it = |one: &&Indicator| {
        one.national_survey.as_deref() == Some(&pair.answer.survey)
            && one.national_indicator.as_deref() == Some(&pair.answer.indicator)
    };
    let indicators: Vec<&Indicator> = dataset.indicators.iter().filter(is_it).collect();
    let compared = dataset.indicator_values.iter().filter_map(|one| {
        let indicator = indicators
            .iter()
            .find(|i| i.indicator_id == one.indicator_id)?;
        let is_own = one.document_id == pair.document.document_id && is_plain(one);
        let on = one.as_of_latest.filter(|_| is_own)?;
        let gap = (one.value - value).abs();
        is_unexplained(indicator.direction.as_deref(), one.value - value, on, day)
            .then_some((gap, one, on))
    });
    let (_, one, on) = compared.max_by(|a, b| a.0.total_cmp(&b.0))?;
    let (raw, locator) = printed(one, dataset)?;
    Some(PlanVsSurvey {
        difference: "value".to_owned(),
        plan_value: Some(one.value),
        plan_as_of: Some(on),
        measure_ids: measure_of(one, dataset),
        sentence_ja: sentence::value_ja(pair, one.value, &raw, on),
        sentence_en: sentence::value_en(pair, one.value, &raw, on),
        plan_raw: Some(raw),
        plan_locator: locator,
        ..row(pair)
    })
}

/// A value as it was found, not a target, not limited, not of another definition.
fn is_plain(one: &IndicatorValue) -> bool {
    let is_found = ["actual", "baseline"].contains(&one.role.as_str());
    is_found && one.qualifier.is_none() && one.caveat_ja.is_none() && !one.is_repeat
}

/// Whether the dates leave a difference unexplained: a figure that goes one way cannot have gone the
/// other way between them.
fn is_unexplained(direction: Option<&str>, difference: f64, plan: Date, survey: Date) -> bool {
    let days = (plan - survey).get_days();
    let is_against = match direction {
        Some("increase") => difference < 0.0 && days >= 0 || difference > 0.0 && days <= 0,
        Some("decrease") => difference > 0.0 && days >= 0 || difference < 0.0 && days <= 0,
        _ => return days.abs() <= NEAR_DAYS && difference.abs() > WIDE_TOLERANCE,
    };
    is_against && difference.abs() > TOLERANCE
}

/// The printed value and its place, when it is that of a KPI.
fn printed(one: &IndicatorValue, dataset: &Dataset) -> Option<(String, String)> {
    let kpi = one.kpi_id.as_ref()?;
    let mut values = dataset.kpi_values.iter();
    let value = values.find(|value| {
        value.kpi_id == *kpi && value.role == one.role && value.value == Some(one.value)
    })?;
    Some((value.value_text.clone(), value.locator.clone()))
}

fn measure_of(one: &IndicatorValue, dataset: &Dataset) -> Option<String> {
    let kpi = one.kpi_id.as_ref()?;
    let mut kpis = dataset.kpis.iter();
    Some(kpis.find(|row| row.kpi_id == *kpi)?.measure_id.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn dates_explain_what_goes_on() {
        let survey = date(2023, 4, 1);
        let later = date(2024, 1, 31);
        assert!(!is_unexplained(Some("increase"), 12.0, later, survey));
        assert!(is_unexplained(Some("increase"), -12.0, later, survey));
        assert!(!is_unexplained(Some("increase"), -4.0, later, survey));
        assert!(is_unexplained(
            Some("increase"),
            12.0,
            date(2022, 4, 1),
            survey
        ));
        assert!(!is_unexplained(None, 40.0, later, survey));
        assert!(is_unexplained(None, 40.0, date(2023, 5, 1), survey));
    }
}
