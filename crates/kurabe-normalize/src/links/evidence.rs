//! What speaks for a link, in a sentence.

use super::card::{Card, Match};
use crate::similar;
use kurabe_schema::{Dataset, Measure, MeasureLink};
use std::collections::BTreeMap;

/// Likeness from which on a feature is named as agreeing.
const AGREES: f64 = 0.5;

/// Words that sentences need.
pub(super) struct Labels<'d> {
    departments: BTreeMap<&'d str, Vec<&'d str>>,
    categories: BTreeMap<&'d str, (&'d str, &'d str)>,
}

impl<'d> Labels<'d> {
    pub(super) fn new(data: &'d Dataset) -> Self {
        let mut departments: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for row in &data.measure_departments {
            let own = departments.entry(&row.measure_id).or_default();
            own.push(&row.department);
        }
        let mut editions: Vec<_> = data.categories.iter().collect();
        editions.sort_by(|a, b| (&a.published, &a.taxonomy).cmp(&(&b.published, &b.taxonomy)));
        let label = |row: &&'d kurabe_schema::Category| {
            (
                row.category_id.as_str(),
                (row.label_ja.as_str(), row.label_en.as_str()),
            )
        };
        let categories = editions.iter().map(label).collect();
        Self {
            departments,
            categories,
        }
    }

    /// Which features agree, in Japanese and English.
    pub(super) fn sentence(&self, from: &Card<'d>, to: &Card<'d>, fit: &Match) -> (String, String) {
        let percent = |value: f64| format!("{:.0}%", value * 100.0);
        let mut told: Vec<(String, String)> = Vec::new();
        if similar::is_same(&from.measure.title, &to.measure.title) {
            told.push(("施策名が同じ".into(), "same title".into()));
        } else {
            let how = percent(fit.title);
            told.push((format!("施策名の一致 {how}"), format!("titles alike {how}")));
        }
        if let Some((a, b)) = fit.kpi.and_then(|kpi| indicator(from, to, kpi)) {
            let ja = if a == b {
                format!("指標「{a}」が同じ")
            } else {
                format!("指標「{a}」と「{b}」が近い")
            };
            told.push((ja, format!("indicators 「{a}」 and 「{b}」")));
        }
        let common = self.departments_of(from, to);
        if !common.is_empty() {
            told.push((
                format!("担当「{common}」が同じ"),
                format!("department 「{common}」"),
            ));
        }
        if let Some((ja, en)) = self.category(from, to) {
            told.push((format!("分類「{ja}」が同じ"), format!("category \"{en}\"")));
        }
        if let Some(text) = fit.text.filter(|text| *text >= AGREES) {
            let how = percent(text);
            told.push((format!("内容の一致 {how}"), format!("texts alike {how}")));
        }
        if fit.section.is_some_and(|section| section >= AGREES) {
            told.push(("区分が同じか近い".into(), "sections alike".into()));
        }
        let (ja, en): (Vec<String>, Vec<String>) = told.into_iter().unzip();
        (
            format!("{}。", ja.join("、")),
            format!("{}.", en.join(", ")),
        )
    }

    fn departments_of(&self, from: &Card<'_>, to: &Card<'_>) -> String {
        let names = self.departments.get(to.measure.measure_id.as_str());
        let is_common = |name: &&&str| {
            let key = kurabe_text::width::key(name);
            from.departments.contains(&key) && to.departments.contains(&key)
        };
        let names = names.into_iter().flatten().filter(is_common).copied();
        names.collect::<Vec<_>>().join("・")
    }

    fn category(&self, from: &Card<'_>, to: &Card<'_>) -> Option<(&'d str, &'d str)> {
        let (a, b) = from.category.zip(to.category)?;
        self.categories.get(a).filter(|_| a == b).copied()
    }
}

/// The names of indicators that are most alike.
fn indicator<'d>(from: &Card<'d>, to: &Card<'d>, kpi: f64) -> Option<(&'d str, &'d str)> {
    if kpi < AGREES {
        return None;
    }
    let each = from
        .kpis
        .iter()
        .flat_map(|a| to.kpis.iter().map(move |b| (a, b)));
    let best = each.max_by(|x, y| x.0.1.dice(&x.1.1).total_cmp(&y.0.1.dice(&y.1.1)));
    best.map(|(a, b)| (a.0, b.0))
}

/// The row of a measure that has no counterpart.
pub(super) fn unmatched(from: Option<&Measure>, to: Option<&Measure>) -> MeasureLink {
    let (ja, en) = match to {
        Some(_) => (
            "古い文書に対応する施策が見つからない。",
            "No measure of the older document fits.",
        ),
        None => (
            "新しい文書に対応する施策が見つからない。",
            "No measure of the newer document fits.",
        ),
    };
    MeasureLink {
        method: "rule".to_owned(),
        evidence: ja.to_owned(),
        evidence_en: en.to_owned(),
        locator: to.or(from).map(|m| m.locator.clone()).unwrap_or_default(),
        ..MeasureLink::default()
    }
}
