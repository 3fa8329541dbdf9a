//! Figures that stand in no source are computed again from the published rows that they follow from.

use std::collections::{BTreeMap, BTreeSet};

use kurabe_schema::{
    BenchmarkCategory, BenchmarkIndicator, Dataset, KpiProgress, KpiValue, PlanQuality,
    Record as Row, SurveyPosition, Value,
};
use kurabe_text::number::convert;

use crate::engine;
use crate::proof::{Record, is_of_effect};

/// The rows that computed figures follow from.
#[derive(Debug)]
pub struct Computed<'d> {
    values: BTreeMap<(&'d str, &'d str, i32), &'d KpiValue>,
    progress: BTreeMap<(&'d str, i32), &'d KpiProgress>,
    outcomes: BTreeMap<&'d str, [Option<f64>; 4]>,
    populations: BTreeMap<&'d str, Option<i64>>,
    texts: BTreeMap<&'d str, String>,
    benchmarks: BTreeMap<&'static str, BTreeSet<Vec<Value>>>,
}

/// A figure and whether it was found again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Check {
    /// Its column.
    pub column: &'static str,
    /// Whether computing it again gives the same.
    pub holds: bool,
}

impl<'d> Computed<'d> {
    /// The rows of a dataset.
    #[must_use]
    pub fn new(data: &'d Dataset) -> Self {
        let values = data.kpi_values.iter();
        let outcomes = data.outcomes.iter();
        let progress = data.kpi_progress.iter();
        let municipalities = data.municipalities.iter();
        Self {
            texts: texts(data),
            benchmarks: benchmarks(data),
            values: values
                .map(|v| ((v.kpi_id.as_str(), v.role.as_str(), v.position), v))
                .collect(),
            progress: progress
                .filter(|p| p.is_final)
                .filter_map(|p| Some(((p.kpi_id.as_str(), p.actual_position?), p)))
                .collect(),
            outcomes: outcomes
                .map(|o| (o.outcome_id.as_str(), [o.before, o.after, o.change, o.rate]))
                .collect(),
            populations: municipalities
                .map(|m| (m.municipality_code.as_str(), m.population))
                .collect(),
        }
    }

    /// Computes the figures of a row again; none for a table without such figures.
    #[must_use]
    pub fn checks(&self, record: &Record<'_>) -> Vec<Check> {
        match record.spec.name {
            "kpi_progress" => self.progress(record),
            "indicator_values" => self.indicator(record),
            "indicator_evidence" if is_of_effect(record) => vec![self.term(record)],
            table => self.benchmark(table, record).into_iter().collect(),
        }
    }

    /// Whether a row of a benchmark table is among those that the other tables give.
    fn benchmark(&self, table: &str, record: &Record<'_>) -> Option<Check> {
        let rows = self.benchmarks.get(table)?;
        let row: Vec<Value> = record.row.iter().map(|value| Value::from(*value)).collect();
        Some(Check {
            column: record.spec.columns.first().map_or("", |column| column.name),
            holds: rows.contains(&row),
        })
    }

    /// The values of an achievement are those of `kpi_values`; it follows from them, or a reason
    /// stands in its place.
    fn progress(&self, record: &Record<'_>) -> Vec<Check> {
        let kpi = record.text("kpi_id");
        let unit = record.text("unit");
        let named = [
            ("baseline", "baseline_position"),
            ("target", "position"),
            ("actual", "actual_position"),
        ];
        let mut checks = Vec::new();
        for (role, position) in named {
            let printed = record.text(position).parse().ok();
            let value = printed.and_then(|at| self.values.get(&(kpi.as_str(), role, at)));
            let wanted = value.and_then(|value| {
                let from = value.unit.as_deref().unwrap_or_default();
                convert(value.value?, from, &unit)
            });
            checks.push(Check {
                column: role,
                holds: same(wanted, number(record, role)),
            });
        }
        let [baseline, target, actual] =
            ["baseline", "target", "actual"].map(|c| number(record, c));
        let achievement = number(record, "achievement");
        let holds = match achievement {
            None => !record.text("reason").is_empty(),
            Some(_) => {
                let three = baseline.zip(target).zip(actual);
                let again = three.map(|((from, to), now)| (now - from) / (to - from));
                record.text("reason").is_empty() && same(again, achievement)
            }
        };
        checks.push(Check {
            column: "achievement",
            holds,
        });
        checks
    }

    /// The words stand in the row that they are said to stand in.
    fn term(&self, record: &Record<'_>) -> Check {
        let (id, term) = (record.text("source_id"), record.text("term"));
        let text = self.texts.get(id.as_str());
        Check {
            column: "term",
            holds: text.is_some_and(|text| text.contains(&term)),
        }
    }

    /// A value is that of its KPI or effect, perhaps in another unit; the rest follows from it.
    fn indicator(&self, record: &Record<'_>) -> Vec<Check> {
        let value = number(record, "value");
        let mut checks = Vec::new();
        let population = number(record, "population");
        let code = record.text("municipality_code");
        if let Some(people) = population {
            let known = self.populations.get(code.as_str()).copied().flatten();
            let again = value.map(|value| value / people);
            checks.push(Check {
                column: "per_capita",
                holds: known.map(|known| known as f64) == population
                    && same(again, number(record, "per_capita")),
            });
        }
        let position = record.text("position").parse().unwrap_or_default();
        let (kpi, role) = (record.text("kpi_id"), record.text("role"));
        if let Some(of_kpi) = self.values.get(&(kpi.as_str(), role.as_str(), position)) {
            checks.push(Check {
                column: "value",
                holds: of_kpi.value.zip(value).is_some_and(is_multiple),
            });
            let of_progress = self.progress.get(&(kpi.as_str(), position));
            let achievement = of_progress.filter(|_| role == "actual");
            checks.push(Check {
                column: "achievement",
                holds: same(
                    achievement.and_then(|row| row.achievement),
                    number(record, "achievement"),
                ),
            });
        }
        if let Some(numbers) = self.outcomes.get(record.text("outcome_id").as_str()) {
            let mut pairs = numbers.iter().filter_map(|own| (*own).zip(value));
            checks.push(Check {
                column: "value",
                holds: pairs.any(is_multiple),
            });
        }
        checks
    }
}

/// The words of every effect, with the headings above it, and the headings of measures.
fn texts(data: &Dataset) -> BTreeMap<&str, String> {
    let sections = data.measures.iter().filter_map(|measure| {
        let section = measure.section.clone()?;
        Some((measure.measure_id.as_str(), section))
    });
    let mut texts: BTreeMap<&str, String> = sections.collect();
    for outcome in &data.outcomes {
        let measure = outcome.measure_id.as_deref();
        let above = measure.and_then(|id| texts.get(id)).cloned();
        let own = [&outcome.subject, &outcome.metric].map(String::as_str);
        let section = [above.as_deref(), outcome.section.as_deref()];
        let all: Vec<&str> = own
            .into_iter()
            .chain(section.into_iter().flatten())
            .collect();
        texts.insert(&outcome.outcome_id, all.join("\n"));
    }
    texts
}

fn number(record: &Record<'_>, column: &str) -> Option<f64> {
    record.text(column).parse().ok()
}

fn same(first: Option<f64>, second: Option<f64>) -> bool {
    match (first, second) {
        (None, None) => true,
        (Some(first), Some(second)) => (first - second).abs() <= 1e-9 * first.abs().max(1.0),
        _ => false,
    }
}

/// Whether two numbers are the same in units that turn into one another: equal, or by a factor of
/// minutes, hours, grams and the like.
fn is_multiple((first, second): (f64, f64)) -> bool {
    const FACTORS: [f64; 5] = [1.0, 10.0, 60.0, 1000.0, 3600.0];
    let close = |a: f64, b: f64| same(Some(a), Some(b));
    FACTORS
        .iter()
        .any(|factor| close(first * factor, second) || close(first, second * factor))
}

/// The rows of the benchmark tables, made again from the other tables; none when that fails.
fn benchmarks(data: &Dataset) -> BTreeMap<&'static str, BTreeSet<Vec<Value>>> {
    fn rows<R: Row>(records: Vec<R>) -> (&'static str, BTreeSet<Vec<Value>>) {
        (R::SPEC.name, records.into_iter().map(Row::values).collect())
    }
    let mut again = data.clone();
    again.benchmark_categories.clear();
    again.benchmark_indicators.clear();
    again.survey_positions.clear();
    again.plan_quality.clear();
    // Without its tables every row is found missing.
    let _ = engine::benchmark(&mut again);
    BTreeMap::from([
        rows::<BenchmarkCategory>(again.benchmark_categories),
        rows::<BenchmarkIndicator>(again.benchmark_indicators),
        rows::<SurveyPosition>(again.survey_positions),
        rows::<PlanQuality>(again.plan_quality),
    ])
}
