//! Rows of `indicator_values`: in the unit of the indicator, with the value per resident.

use super::Found;
use crate::progress::cadence_of;
use jiff::civil::Date;
use kurabe_indicator::{Figure, Role, Take};
use kurabe_schema::{
    Dataset, Document, IndicatorValue, Kpi, KpiProgress, KpiValue, Measure, Municipality, Outcome,
};
use kurabe_text::era;
use kurabe_text::number::quantities;
use std::collections::BTreeMap;

/// What values are made from.
pub(super) struct Values<'d> {
    of_kpis: BTreeMap<&'d str, Vec<&'d KpiValue>>,
    progress: BTreeMap<(&'d str, i32), &'d KpiProgress>,
    municipalities: BTreeMap<&'d str, &'d Municipality>,
    /// The day of the populations that values are divided by: one for all municipalities.
    population_day: Option<Date>,
}

/// What notes of effects say of their numbers, and the qualifier that it is.
const NOTES: [(&str, &str); 4] = [
    ("約", "about"),
    ("月あたり", "per_month"),
    ("年あたり", "per_year"),
    ("合計", "cumulative"),
];

/// Words for the year that a document reports on.
const THIS_YEAR: [&str; 2] = ["今年度", "本年度"];

impl<'d> Values<'d> {
    pub(super) fn new(data: &'d Dataset) -> Self {
        let mut of_kpis: BTreeMap<&str, Vec<&KpiValue>> = BTreeMap::new();
        for value in &data.kpi_values {
            of_kpis.entry(&value.kpi_id).or_default().push(value);
        }
        let finals = data.kpi_progress.iter().filter(|row| row.is_final);
        let progress = finals.filter_map(|row| {
            let position = row.actual_position?;
            Some(((row.kpi_id.as_str(), position), row))
        });
        let municipalities = data.municipalities.iter();
        Self {
            population_day: common_day(&data.municipalities),
            progress: progress.collect(),
            municipalities: municipalities
                .map(|m| (m.municipality_code.as_str(), m))
                .collect(),
            of_kpis,
        }
    }

    /// A value of a thing in a document; `None` when its unit measures something else.
    fn row(
        &self,
        found: &Found<'_>,
        document: &Document,
        value: f64,
        unit: Option<&str>,
    ) -> Option<IndicatorValue> {
        let indicator = found.indicator;
        let value = indicator.in_unit(value, unit)?;
        let municipality = self.municipalities.get(document.municipality_code.as_str());
        let people = municipality
            .filter(|m| indicator.is_per_capita && m.population > Some(0))
            .filter(|m| m.population_as_of == self.population_day);
        let population = people.and_then(|m| m.population);
        Some(IndicatorValue {
            indicator_id: indicator.id.clone(),
            municipality_code: document.municipality_code.clone(),
            document_id: document.document_id.clone(),
            value,
            population,
            population_as_of: people.and_then(|m| m.population_as_of),
            per_capita: population.map(|people| value / people as f64),
            caveat_ja: found.rule.and_then(|rule| rule.caveat_ja.clone()),
            caveat_en: found.rule.and_then(|rule| rule.caveat_en.clone()),
            ..IndicatorValue::default()
        })
    }

    pub(super) fn of_kpi(
        &self,
        kpi: &Kpi,
        document: &Document,
        found: &Found<'_>,
    ) -> Vec<IndicatorValue> {
        let own = self.of_kpis.get(kpi.kpi_id.as_str()).into_iter().flatten();
        let left_out = |value: &KpiValue| {
            let words = found.rule.into_iter().flat_map(|rule| &rule.leave_out);
            let note = value.note.as_deref().unwrap_or_default();
            words.into_iter().any(|word| note.contains(word.as_str()))
        };
        let fits = |value: &KpiValue| {
            let cadence = cadence_of(value, kpi.cadence.as_deref());
            found.indicator.has_cadence(cadence) && !left_out(value)
        };
        let subject = match &kpi.segment {
            Some(segment) => format!("{}（{segment}）", kpi.name),
            None => kpi.name.clone(),
        };
        let rows = own.filter(|value| fits(value)).filter_map(|value| {
            let row = self.row(found, document, value.value?, value.unit.as_deref())?;
            let is_actual = value.role == "actual";
            let key = (kpi.kpi_id.as_str(), value.position);
            let progress = self.progress.get(&key).filter(|_| is_actual);
            Some(IndicatorValue {
                source_id: kpi.kpi_id.clone(),
                kpi_id: Some(kpi.kpi_id.clone()),
                measure_id: Some(kpi.measure_id.clone()),
                subject: subject.clone(),
                role: value.role.clone(),
                position: value.position,
                fiscal_year: value.fiscal_year,
                as_of_earliest: value.as_of_earliest,
                as_of_latest: value.as_of_latest,
                value_raw: Some(value.value_text.clone()),
                qualifier: value.qualifier.clone(),
                achievement: progress.and_then(|row| row.achievement),
                is_repeat: kpi.is_repeat,
                locator: value.locator.clone(),
                ..row
            })
        });
        rows.collect()
    }

    /// The numbers of an effect. What was before has no year of its own.
    pub(super) fn of_outcome(
        &self,
        outcome: &Outcome,
        document: &Document,
        found: &Found<'_>,
    ) -> Vec<IndicatorValue> {
        let said = qualifiers(outcome);
        let cadence = match said.as_slice() {
            words if words.contains(&"per_month") => Some("monthly_average"),
            words if words.contains(&"per_year") => Some("annual"),
            words if words.contains(&"cumulative") => Some("cumulative"),
            _ => None,
        };
        if !found.indicator.has_cadence(cadence) {
            return Vec::new();
        }
        let unit = outcome.unit.as_deref();
        let (baseline, actual, unit) = match found.rule.map(|rule| rule.take).unwrap_or_default() {
            Take::BeforeAfter => (outcome.before, outcome.after, unit),
            Take::After => (None, outcome.after, unit),
            Take::Change => (None, outcome.change, unit),
            Take::Rate => (None, outcome.rate, Some("%")),
        };
        let values = [(Role::Baseline, baseline), (Role::Actual, actual)];
        let rows = values.into_iter().filter_map(|(role, value)| {
            let row = self.row(found, document, value?, unit)?;
            Some(IndicatorValue {
                source_id: outcome.outcome_id.clone(),
                outcome_id: Some(outcome.outcome_id.clone()),
                measure_id: outcome.measure_id.clone(),
                subject: outcome.subject.clone(),
                role: role.as_str().to_owned(),
                position: 1,
                fiscal_year: outcome.fiscal_year.filter(|_| role == Role::Actual),
                qualifier: (!said.is_empty()).then(|| said.join(";")),
                locator: outcome.locator.clone(),
                ..row
            })
        });
        rows.collect()
    }

    /// The figure that a pattern found in the text of a measure.
    pub(super) fn of_text(
        &self,
        measure: &Measure,
        document: &Document,
        found: &Found<'_>,
    ) -> Vec<IndicatorValue> {
        let value = found.figure.as_ref().and_then(|figure| {
            let quantity = quantities(&figure.value).into_iter().next()?;
            let row = self.row(found, document, quantity.value, Some(&quantity.unit))?;
            let role = found.rule.map(|rule| rule.role).unwrap_or_default();
            Some(IndicatorValue {
                source_id: measure.measure_id.clone(),
                measure_id: Some(measure.measure_id.clone()),
                subject: measure.title.clone(),
                role: role.as_str().to_owned(),
                position: 1,
                fiscal_year: year(figure, document),
                value_raw: Some(figure.print.clone()),
                is_repeat: measure.is_repeat,
                locator: figure.locator.clone(),
                ..row
            })
        });
        value.into_iter().collect()
    }
}

/// The day of most populations; of several the latest. Values per resident of other days would not
/// stand on one base.
fn common_day(municipalities: &[Municipality]) -> Option<Date> {
    let mut counts: BTreeMap<Date, usize> = BTreeMap::new();
    let with_people = municipalities.iter().filter(|m| m.population.is_some());
    for day in with_people.filter_map(|m| m.population_as_of) {
        *counts.entry(day).or_default() += 1;
    }
    counts
        .into_iter()
        .max_by_key(|(day, count)| (*count, *day))
        .map(|(day, _)| day)
}

/// What the note of an effect says of its numbers.
fn qualifiers(outcome: &Outcome) -> Vec<&'static str> {
    let pieces: Vec<&str> = outcome.note.iter().flat_map(|n| n.split('；')).collect();
    let known = NOTES.iter().filter(|(word, _)| pieces.contains(word));
    known.map(|(_, qualifier)| *qualifier).collect()
}

/// The year that stands with a figure.
fn year(figure: &Figure, document: &Document) -> Option<i32> {
    let said = figure.year.as_deref()?;
    if THIS_YEAR.contains(&said) {
        return document.as_of.map(era::fiscal_year_of);
    }
    era::fiscal_year(said)
}
