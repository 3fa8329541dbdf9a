//! Decisions of people about codes: they win over the rules as long as the source says what the
//! person saw.

use std::collections::BTreeMap;

use jiff::civil::Date;
use kurabe_category::{Category, Edition, Editions};
use kurabe_review::overrides::{Override, Standing, apply, content_key};
use kurabe_schema::{FindingRow, Measure, MeasureCategory};
use kurabe_trace::Code;

/// Key of what a person reads of a measure: its title, departments and summary.
#[must_use]
pub fn content_key_of(measure: &Measure) -> String {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    content_key(
        &measure.title,
        &text(&measure.departments),
        &text(&measure.summary),
    )
}

/// The decisions that hold, by measure and edition, and findings on those that do not.
#[derive(Debug)]
pub(crate) struct Decisions<'a> {
    editions: &'a Editions,
    by_measure: BTreeMap<&'a str, Vec<&'a Override>>,
    pub(crate) findings: Vec<FindingRow>,
}

impl<'a> Decisions<'a> {
    pub(crate) fn new(
        editions: &'a Editions,
        overrides: &'a [Override],
        measures: &[Measure],
    ) -> Self {
        let known: BTreeMap<&str, &Measure> = measures
            .iter()
            .map(|m| (m.measure_id.as_str(), m))
            .collect();
        let mut decisions = Self {
            editions,
            by_measure: BTreeMap::new(),
            findings: Vec::new(),
        };
        for decision in overrides {
            match known.get(decision.measure_id.as_str()) {
                None => decisions.findings.push(homeless(decision)),
                Some(measure) => decisions.take(decision, measure),
            }
        }
        decisions
    }

    fn take(&mut self, decision: &'a Override, measure: &Measure) {
        if let Standing::Stale { .. } = apply(decision, &content_key_of(measure)) {
            self.findings.push(outdated(decision, measure));
            return;
        }
        let edition = self.editions.edition(&decision.edition);
        let codes = || decision.secondary.iter().chain([&decision.primary]);
        let missing = match edition {
            None => Some(&decision.edition),
            Some(edition) => codes().find(|code| edition.category(code).is_none()),
        };
        if let Some(missing) = missing {
            self.findings.push(unknown(decision, measure, missing));
            return;
        }
        let own = self.by_measure.entry(&decision.measure_id).or_default();
        own.push(decision);
    }

    /// Puts the decisions on a measure over what the rules say, edition by edition.
    pub(crate) fn overrule(
        &self,
        measure_id: &str,
        shown: &[&Edition],
        coded: Vec<MeasureCategory>,
    ) -> Vec<MeasureCategory> {
        let Some(own) = self.by_measure.get(measure_id) else {
            return coded;
        };
        let mut rows = Vec::with_capacity(coded.len());
        for edition in shown {
            let by_rules: Vec<MeasureCategory> = coded
                .iter()
                .filter(|row| row.taxonomy == edition.version)
                .cloned()
                .collect();
            let here = own.iter().find(|one| one.edition == edition.version);
            match here.or(own.first()) {
                Some(decision) => rows.extend(self.decided(decision, edition, &by_rules)),
                None => rows.extend(by_rules),
            }
        }
        rows
    }

    /// The rows of an edition that follow from a decision.
    fn decided(
        &self,
        decision: &Override,
        edition: &Edition,
        by_rules: &[MeasureCategory],
    ) -> Vec<MeasureCategory> {
        let primary = self.carried(decision, &decision.primary, edition, by_rules);
        let is_clear = primary.len() == 1;
        let mut codes: Vec<(String, &str)> = Vec::new();
        let verdict = match primary.first() {
            Some(category) if is_clear && category.is_out_of_scope() => "out_of_scope",
            Some(_) if is_clear => "assigned",
            _ => "ambiguous",
        };
        codes.extend(
            primary
                .iter()
                .map(|category| (category.id.clone(), verdict)),
        );
        for code in &decision.secondary {
            let secondary = self.carried(decision, code, edition, by_rules);
            codes.extend(
                secondary
                    .iter()
                    .map(|category| (category.id.clone(), "assigned")),
            );
        }
        let mut rows: Vec<MeasureCategory> = Vec::with_capacity(codes.len());
        for (code, verdict) in codes {
            if rows
                .iter()
                .any(|row| row.category_id.as_ref() == Some(&code))
            {
                continue;
            }
            let score = by_rules
                .iter()
                .find(|row| row.category_id.as_ref() == Some(&code));
            rows.push(MeasureCategory {
                measure_id: decision.measure_id.clone(),
                taxonomy: edition.version.clone(),
                rank: i32::try_from(rows.len() + 1).unwrap_or(i32::MAX),
                verdict: verdict.to_owned(),
                score: score.and_then(|row| row.score),
                method: "override".to_owned(),
                confidence: is_clear.then_some(1.0),
                decided_by: Some(decision.who.clone()),
                decided_on: decision.when.parse::<Date>().ok(),
                decision_source: Some(decision.source.as_str().to_owned()),
                decision_reason: Some(decision.why.clone()).filter(|why| !why.is_empty()),
                category_id: Some(code),
            });
        }
        rows
    }

    /// A code in another edition: the categories that hold its facets, narrowed down to the one
    /// of the rules where they are several.
    fn carried<'e>(
        &self,
        decision: &Override,
        code: &str,
        edition: &'e Edition,
        by_rules: &[MeasureCategory],
    ) -> Vec<&'e Category> {
        if decision.edition == edition.version {
            return edition.category(code).into_iter().collect();
        }
        let own = self.editions.edition(&decision.edition);
        let facets = own
            .and_then(|own| own.category(code))
            .map(|category| &category.facets);
        let mut there: Vec<&Category> = Vec::new();
        for facet in facets.into_iter().flatten() {
            let category = edition.category_of_facet(facet);
            there.extend(category.filter(|found| !there.iter().any(|known| known.id == found.id)));
        }
        let is_of_rules = |category: &&&Category| {
            by_rules
                .iter()
                .any(|row| row.rank == 1 && row.category_id.as_ref() == Some(&category.id))
        };
        match there.iter().find(is_of_rules) {
            Some(category) => vec![*category],
            None => there,
        }
    }
}

fn finding(code: Code, decision: &Override, messages: (String, String)) -> FindingRow {
    FindingRow {
        severity: code.severity().as_str().to_owned(),
        code: code.as_str().to_owned(),
        message_ja: messages.0,
        message_en: messages.1,
        raw: Some(decision.primary.clone()),
        ..FindingRow::default()
    }
}

fn of_measure(finding: FindingRow, measure: &Measure) -> FindingRow {
    FindingRow {
        document_id: Some(measure.document_id.clone()),
        measure_id: Some(measure.measure_id.clone()),
        locator: Some(measure.locator.clone()),
        ..finding
    }
}

fn outdated(decision: &Override, measure: &Measure) -> FindingRow {
    let Override {
        who,
        when,
        edition,
        primary,
        ..
    } = decision;
    let messages = (
        format!(
            "{who}（{when}）による分類の判断（{edition} 版「{primary}」）の後に原文が変わったため、\
             判断を外しました。見直してください。"
        ),
        format!(
            "The source changed after {who} decided on {when} ({edition}: {primary}); the decision \
             no longer counts and needs another look."
        ),
    );
    of_measure(finding(Code::ReviewOutdated, decision, messages), measure)
}

fn unknown(decision: &Override, measure: &Measure, missing: &str) -> FindingRow {
    let Override {
        who, when, edition, ..
    } = decision;
    let messages = (
        format!(
            "{who}（{when}）による分類の判断にある「{missing}」は {edition} 版にありません。判断を外しました。"
        ),
        format!(
            "The decision by {who} on {when} names `{missing}`, which edition {edition} does not have; it does not count."
        ),
    );
    of_measure(finding(Code::ReviewUnknown, decision, messages), measure)
}

fn homeless(decision: &Override) -> FindingRow {
    let Override {
        measure_id,
        who,
        when,
        ..
    } = decision;
    let messages = (
        format!(
            "{who}（{when}）による分類の判断の対象「{measure_id}」が今回のデータにありません。"
        ),
        format!(
            "The decision by {who} on {when} is about `{measure_id}`, which is not in this dataset."
        ),
    );
    FindingRow {
        raw: Some(measure_id.clone()),
        ..finding(Code::ReviewUnknown, decision, messages)
    }
}
