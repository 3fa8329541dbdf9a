//! Indicators, measured effects, lists.

use super::score::Scores;
use super::{Found, Gold, column, key, normal, words};
use crate::rows::{self, Row};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Published indicators and their values.
struct Published {
    kpis: Vec<Row>,
    values: Vec<Row>,
}

impl Published {
    /// The indicator of a measure by its name, or else by a name that holds the other.
    fn find(&self, measure: Option<&String>, name: &str, segment: &str) -> Option<&Row> {
        let name = normal(name);
        let own: Vec<&Row> = self
            .kpis
            .iter()
            .filter(|k| Some(&rows::text(k, "measure_id")) == measure)
            .filter(|k| segment.is_empty() || column(k, "segment") == segment)
            .collect();
        let exact = own.iter().find(|k| column(k, "name") == name);
        let part = || {
            own.iter().find(|k| {
                let is = column(k, "name");
                !is.is_empty() && (is.contains(&name) || name.contains(&is))
            })
        };
        exact.or_else(part).copied()
    }

    /// Whether an indicator has this value in this role, in this year when one is given.
    fn has(&self, kpi: Option<&Row>, role: &str, value: f64, year: Option<f64>) -> bool {
        let Some(id) = kpi.map(|k| rows::text(k, "kpi_id")) else {
            return false;
        };
        self.values.iter().any(|v| {
            rows::text(v, "kpi_id") == id
                && rows::text(v, "role") == role
                && rows::number(v, "value").is_some_and(|is| rows::close(is, value))
                && (year.is_none() || rows::number(v, "fiscal_year") == year)
        })
    }
}

/// Compares indicators and their values.
pub(super) fn kpis(gold: &Gold<'_>, name: &str, found: &Found, scores: &mut Scores) {
    let published = Published {
        kpis: gold.rows("kpis"),
        values: gold.rows("kpi_values"),
    };
    let records = gold.records(&format!("{name}/kpis.jsonl"));
    let mut matched = BTreeMap::new();
    for record in &records {
        let segment = words(&record["segment"]);
        let title = record["name"].as_str().unwrap_or_default();
        let kpi = published.find(found.get(&key(name, record)), title, &segment);
        let what = || format!("{} {title} {segment}", record["number"]);
        scores.count(format!("{name}.kpi.recall"), kpi.is_some(), what);
        matched.insert(place(record, &segment), kpi);
        values(name, record, kpi, &published, scores);
    }
    if name == "yasugi" {
        actuals(gold, &matched, &published, scores);
    }
}

/// Measure, number of the indicator, segment: what results refer to.
fn place(record: &Value, segment: &str) -> (String, u64, String) {
    let index = record["kpi"].as_u64().unwrap_or_default();
    (words(&record["number"]), index, segment.to_owned())
}

fn values(
    name: &str,
    record: &Value,
    kpi: Option<&Row>,
    published: &Published,
    scores: &mut Scores,
) {
    let what = |kind: &str| format!("{} {} {kind}: {record}", record["number"], record["name"]);
    // Amounts are published in yen, the canonical unit.
    let yen = record["unit"] == "千円" && kpi.is_some_and(|k| column(k, "unit") == "円");
    let (unit, factor) = if yen {
        ("円".to_owned(), 1000.0)
    } else {
        (words(&record["unit"]), 1.0)
    };
    if !record["unit"].is_null() {
        let hit = kpi.is_some_and(|k| column(k, "unit") == unit);
        scores.count(format!("{name}.kpi.unit"), hit, || what("unit"));
    }
    if let Some(value) = record["baseline"].as_f64() {
        let hit = published.has(kpi, "baseline", value * factor, None);
        scores.count(format!("{name}.kpi.baseline"), hit, || what("baseline"));
    }
    for (value, year) in targets(record) {
        let hit = published.has(kpi, "target", value * factor, year);
        scores.count(format!("{name}.kpi.target"), hit, || what("target"));
    }
}

fn targets(record: &Value) -> Vec<(f64, Option<f64>)> {
    match record["targets"].as_array() {
        Some(list) => list
            .iter()
            .filter_map(|t| Some((t["value"].as_f64()?, t["fiscal_year"].as_f64())))
            .collect(),
        None => record["target"]
            .as_f64()
            .map(|value| (value, record["target_fiscal_year"].as_f64()))
            .into_iter()
            .collect(),
    }
}

fn actuals(
    gold: &Gold<'_>,
    matched: &BTreeMap<(String, u64, String), Option<&Row>>,
    published: &Published,
    scores: &mut Scores,
) {
    for record in gold.records("yasugi/actuals.jsonl") {
        let (Some(_), Some(value)) = (record["kpi"].as_u64(), record["value"].as_f64()) else {
            continue;
        };
        let own = matched.get(&place(&record, &words(&record["segment"])));
        let whole = || matched.get(&place(&record, ""));
        let kpi = own.or_else(whole).copied().flatten();
        let hit = published.has(kpi, "actual", value, None);
        scores.count("yasugi.kpi.actual".to_owned(), hit, || record.to_string());
    }
}

/// Every figure printed of a year must stand in a row of that year.
pub(super) fn outcomes(gold: &Gold<'_>, scores: &mut Scores) {
    let rows: Vec<Row> = gold
        .rows("outcomes")
        .into_iter()
        .filter(|row| rows::text(row, "municipality_code") == "322032")
        .collect();
    for record in gold.records("izumo/outcomes.jsonl") {
        for name in [
            "hours_before",
            "hours_after",
            "hours_saved",
            "tasks",
            "departments_count",
        ] {
            let Some(value) = record[name].as_f64() else {
                continue;
            };
            let hit = rows.iter().any(|row| {
                rows::number(row, "fiscal_year") == record["fiscal_year"].as_f64()
                    && ["before", "after", "change"].iter().any(|column| {
                        rows::number(row, column).is_some_and(|is| rows::close(is, value))
                    })
            });
            scores.count("izumo.outcomes".to_owned(), hit, || {
                format!("{name}: {record}")
            });
        }
    }
}

/// Every online procedure must be an item of a list.
pub(super) fn procedures(gold: &Gold<'_>, scores: &mut Scores) {
    let listings = gold.rows("listings");
    let items: BTreeSet<String> = listings.iter().map(|row| column(row, "item")).collect();
    for record in gold.records("oe/procedures.jsonl") {
        let name = record.get("name").unwrap_or(&record["item"]);
        let hit = items.contains(&words(name));
        scores.count("oe.listing.procedures".to_owned(), hit, || name.to_string());
    }
}
