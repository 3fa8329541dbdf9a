//! One shared indicator: its values in every document, with ranks among peers and the survey.

use std::collections::BTreeMap;

use kurabe_schema::{
    BenchmarkIndicator, Indicator, IndicatorValue, Kpi, KpiProgress, SurveyPosition,
};

use super::choice::unknown;
use super::{Cell, Chosen, Sheet};
use crate::problem::Result;
use crate::text::comparison as words;

/// The columns: key and the name of its heading.
const COLUMNS: [&str; 12] = [
    "municipality",
    "document_id",
    "source_id",
    "name",
    "baseline",
    "target",
    "actual",
    "achievement",
    "per_thousand",
    "rank",
    "gap_to_best",
    "survey",
];

/// Rows are the KPIs and outcomes that measure the indicator.
pub(super) fn compare(chosen: &Chosen, id: &str) -> Result<Sheet> {
    let lang = chosen.lang;
    let indicators = &chosen.dataset.indicators;
    let indicator = indicators
        .iter()
        .find(|row| row.indicator_id == id)
        .ok_or_else(|| unknown(id, indicators.iter().map(|row| &*row.indicator_id)))?;
    let view = View::new(chosen, indicator);
    let mut rows = Vec::new();
    for document in &chosen.documents {
        let sources = view.values.iter().filter(|(_, values)| {
            values
                .first()
                .is_some_and(|value| value.document_id == document.document_id)
        });
        rows.extend(sources.map(|(source, values)| view.row(source, values)));
    }
    let caveat = match (&indicator.caveat_ja, &indicator.caveat_en) {
        (Some(ja), Some(en)) => Some(lang.pick(ja, en).to_owned()),
        _ => None,
    };
    let definition = lang.pick(&indicator.definition_ja, &indicator.definition_en);
    let mut notes = vec![definition.to_owned()];
    notes.extend(caveat);
    notes.extend(chosen.notes());
    let heading = |key: &&str| {
        (
            (*key).to_owned(),
            words::indicator_column(lang, key).to_owned(),
        )
    };
    Ok(Sheet {
        title: words::indicator_title(
            lang,
            lang.pick(&indicator.label_ja, &indicator.label_en),
            &indicator.unit,
            words::year_suffix(lang, chosen.year),
        ),
        columns: COLUMNS.iter().map(heading).collect(),
        rows,
        hidden: vec!["document_id", "source_id"],
        notes,
    })
}

struct View<'a> {
    chosen: &'a Chosen<'a>,
    indicator: &'a Indicator,
    values: BTreeMap<&'a str, Vec<&'a IndicatorValue>>,
    ranks: BTreeMap<&'a str, Vec<&'a BenchmarkIndicator>>,
    kpis: BTreeMap<&'a str, &'a Kpi>,
    progress: BTreeMap<&'a str, &'a KpiProgress>,
}

impl<'a> View<'a> {
    fn new(chosen: &'a Chosen<'a>, indicator: &'a Indicator) -> Self {
        let dataset = chosen.dataset;
        let mut values: BTreeMap<&str, Vec<&IndicatorValue>> = BTreeMap::new();
        for row in &dataset.indicator_values {
            let is_year = chosen.year.is_none_or(|year| row.fiscal_year == Some(year));
            if row.indicator_id == indicator.indicator_id && is_year && !row.is_repeat {
                values.entry(&row.source_id).or_default().push(row);
            }
        }
        let mut ranks: BTreeMap<&str, Vec<&BenchmarkIndicator>> = BTreeMap::new();
        for row in &dataset.benchmark_indicators {
            let is_group = chosen.peer.as_ref() == Some(&row.peer_group);
            if row.indicator_id == indicator.indicator_id && is_group {
                ranks.entry(&row.source_id).or_default().push(row);
            }
        }
        let finals = dataset.kpi_progress.iter().filter(|row| row.is_final);
        Self {
            chosen,
            indicator,
            values,
            ranks,
            kpis: dataset.kpis.iter().map(|row| (&*row.kpi_id, row)).collect(),
            progress: finals.map(|row| (&*row.kpi_id, row)).collect(),
        }
    }

    fn row(&self, source: &str, values: &[&IndicatorValue]) -> Vec<Cell> {
        let Some(first) = values.first() else {
            return Vec::new();
        };
        let rank = self.latest_rank(source);
        let show = |role: &str| self.latest(values, role);
        let per_capita = values.iter().filter(|row| row.role == "actual");
        let per_capita = per_capita
            .max_by_key(|row| row.fiscal_year)
            .and_then(|row| row.per_capita);
        vec![
            Cell::text(self.chosen.name(&first.municipality_code)),
            Cell::text(&*first.document_id),
            Cell::text(source),
            self.name(source),
            show("baseline"),
            show("target"),
            show("actual"),
            self.achievement(source),
            Cell::maybe(per_capita, |value| {
                Cell::number(value * 1000.0, grouped(value * 1000.0))
            }),
            Cell::maybe(rank, |row| self.rank(row)),
            Cell::maybe(rank.and_then(|row| row.gap_to_best), |gap| {
                Cell::number(gap, self.figure(gap))
            }),
            self.survey(&first.municipality_code),
        ]
    }

    /// Name and series of a KPI, subject of an effect, title of a measure, above the id.
    fn name(&self, source: &str) -> Cell {
        let dataset = self.chosen.dataset;
        let kpi = self.kpis.get(source).map(|kpi| {
            let segment = kpi.segment.as_ref().map(|segment| format!("（{segment}）"));
            format!("{}{}", kpi.name, segment.unwrap_or_default())
        });
        let outcome = || {
            let row = dataset
                .outcomes
                .iter()
                .find(|row| row.outcome_id == source)?;
            Some(format!("{} {}", row.subject, row.metric))
        };
        let measure = || {
            let row = dataset
                .measures
                .iter()
                .find(|row| row.measure_id == source)?;
            Some(row.title.clone())
        };
        Cell::maybe(kpi.or_else(outcome).or_else(measure), |name| Cell {
            text: format!("{name}\n{source}"),
            value: name.into(),
        })
    }

    /// The value of a role in its last year, with year and limits.
    fn latest(&self, values: &[&IndicatorValue], role: &str) -> Cell {
        let of_role = values.iter().filter(|row| row.role == role);
        let last = of_role.max_by_key(|row| (row.fiscal_year, row.position));
        Cell::maybe(last, |row| {
            let limit = row.qualifier.as_deref();
            let limit = limit.map_or("", |limit| words::qualifier(self.chosen.lang, limit));
            let year = row
                .fiscal_year
                .map(|year| words::in_year(self.chosen.lang, year));
            let text = format!(
                "{}{limit}{}",
                self.figure(row.value),
                year.unwrap_or_default()
            );
            let value = serde_json::json!({
                "value": row.value, "fiscal_year": row.fiscal_year, "qualifier": row.qualifier,
                "locator": row.locator,
            });
            Cell { text, value }
        })
    }

    fn figure(&self, value: f64) -> String {
        format!("{} {}", grouped(value), self.indicator.unit)
    }

    fn achievement(&self, source: &str) -> Cell {
        let Some(row) = self.progress.get(source) else {
            return Cell::none();
        };
        match (row.achievement, &row.reason) {
            (Some(value), _) => Cell::number(value, format!("{:.1} %", value * 100.0)),
            (None, Some(reason)) => Cell {
                text: format!("–（{}）", words::reason(self.chosen.lang, reason)),
                value: serde_json::Value::Null,
            },
            (None, None) => Cell::none(),
        }
    }

    /// The newest actual value that is ranked, else the newest ranked value of any role.
    fn latest_rank(&self, source: &str) -> Option<&'a BenchmarkIndicator> {
        let rows = self.ranks.get(source)?.iter();
        let rows = rows.filter(|row| row.rank.is_some() && row.n > 1);
        let rows = rows.filter(|row| self.chosen.year.is_none_or(|year| row.fiscal_year == year));
        rows.max_by_key(|row| (row.role == "actual", row.fiscal_year))
            .copied()
    }

    fn rank(&self, row: &BenchmarkIndicator) -> Cell {
        let lang = self.chosen.lang;
        let rank = row.rank.unwrap_or_default();
        let mixed = if row.is_mixed { "＊" } else { "" };
        let role = words::role(lang, &row.role);
        Cell {
            text: words::ranked(lang, rank, row.n, role, row.fiscal_year) + mixed,
            value: serde_json::json!({
                "rank": rank, "n": row.n, "role": row.role, "fiscal_year": row.fiscal_year,
                "peer_group": row.peer_group, "peer_median": row.peer_median,
                "is_mixed": row.is_mixed,
            }),
        }
    }

    fn survey(&self, code: &str) -> Cell {
        let is_it = |row: &&SurveyPosition| {
            row.municipality_code == code
                && self.indicator.national_survey.as_ref() == Some(&row.survey)
                && self.indicator.national_indicator.as_ref() == Some(&row.indicator)
                && self.chosen.peer.as_ref() == Some(&row.peer_group)
        };
        let rows = self.chosen.dataset.survey_positions.iter().filter(is_it);
        Cell::maybe(rows.max_by_key(|row| row.year), |row| Cell {
            text: words::surveyed(
                self.chosen.lang,
                words::survey_value(self.chosen.lang, &row.unit, row.value),
                row.year,
                row.rank,
                row.n,
            ),
            value: serde_json::json!({
                "value": row.value, "year": row.year, "rank": row.rank, "n": row.n,
                "median": row.median,
            }),
        })
    }
}

/// A number as people write it: no fraction where there is none, thousands apart.
pub(super) fn grouped(value: f64) -> String {
    let text = format!("{:.2}", value.abs());
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let digits: Vec<char> = whole.chars().collect();
    let groups: Vec<String> = digits
        .rchunks(3)
        .rev()
        .map(|group| group.iter().collect())
        .collect();
    let fraction = fraction.trim_end_matches('0');
    let dot = if fraction.is_empty() { "" } else { "." };
    let sign = if value < 0.0 { "−" } else { "" };
    format!("{sign}{}{dot}{fraction}", groups.join(","))
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn numbers_are_written_as_people_write_them() {
        assert_eq!(grouped(37_000_000.0), "37,000,000");
        assert_eq!(grouped(29.6), "29.6");
        assert_eq!(grouped(-1234.5), "−1,234.5");
        assert_eq!(grouped(0.0), "0");
    }
}
