//! Decisions of people on alignments.

use super::Found;
use kurabe_indicator::{Evidence, Indicator, Indicators, Subject};
use kurabe_review::alignments::AlignmentDecision;
use kurabe_review::overrides::content_key;
use kurabe_schema::{Document, FindingRow};
use kurabe_trace::Code;
use std::collections::BTreeMap;

/// What people say of one thing.
pub(super) enum Ruling<'i> {
    /// Nothing: the rules decide.
    Open,
    /// It belongs to no indicator.
    Closed,
    /// It belongs to this one.
    Given(&'i Indicator, &'i AlignmentDecision),
}

/// The decisions by what they are about, and findings on those that do not hold.
pub(super) struct Decisions<'i> {
    indicators: &'i Indicators,
    open: BTreeMap<&'i str, &'i AlignmentDecision>,
    findings: Vec<FindingRow>,
}

impl<'i> Decisions<'i> {
    pub(super) fn new(indicators: &'i Indicators, decisions: &'i [AlignmentDecision]) -> Self {
        let open = decisions.iter().map(|one| (one.source_id.as_str(), one));
        Self {
            indicators,
            open: open.collect(),
            findings: Vec::new(),
        }
    }

    /// What was decided on a thing with that content.
    pub(super) fn of(&mut self, id: &str, content: [&str; 3], document: &Document) -> Ruling<'i> {
        let Some(decision) = self.open.remove(id) else {
            return Ruling::Open;
        };
        let [first, second, third] = content;
        let current = content_key(first, second, third);
        if decision.content_key != current {
            self.findings.push(outdated(decision, &current, document));
            return Ruling::Open;
        }
        match &decision.indicator {
            None => Ruling::Closed,
            Some(name) => match self.indicators.get(name) {
                Some(indicator) => Ruling::Given(indicator, decision),
                None => {
                    let document = Some(document.document_id.clone());
                    self.findings.push(unknown(decision, name, document));
                    Ruling::Open
                }
            },
        }
    }

    /// The findings; decisions that nothing came for are among them.
    pub(super) fn finish(mut self) -> Vec<FindingRow> {
        let homeless = self.open.values();
        let homeless = homeless.map(|one| unknown(one, &one.source_id, None));
        self.findings.extend(homeless);
        self.findings
    }
}

/// An alignment that a person gave; the words that the person saw first stand for it.
pub(super) fn given<'i>(
    indicator: &'i Indicator,
    decision: &'i AlignmentDecision,
    subject: &Subject,
) -> Found<'i> {
    let first = subject.pieces.first();
    let own = |rule: &&kurabe_indicator::Rule| rule.source == subject.source;
    Found {
        indicator,
        rule: indicator.rules.iter().find(own),
        evidence: first
            .map(|piece| Evidence {
                field: piece.field,
                term: piece.text.clone(),
                locator: piece.locator.clone(),
            })
            .into_iter()
            .collect(),
        figure: None,
        decision: Some(decision),
    }
}

fn finding(code: Code, raw: &str, ja: String, en: String) -> FindingRow {
    FindingRow {
        severity: code.severity().as_str().to_owned(),
        code: code.as_str().to_owned(),
        message_ja: ja,
        message_en: en,
        raw: Some(raw.to_owned()),
        ..FindingRow::default()
    }
}

fn outdated(decision: &AlignmentDecision, current: &str, document: &Document) -> FindingRow {
    let AlignmentDecision {
        source_id,
        who,
        when,
        ..
    } = decision;
    FindingRow {
        document_id: Some(document.document_id.clone()),
        repaired: Some(current.to_owned()),
        ..finding(
            Code::ReviewOutdated,
            source_id,
            format!(
                "{who}（{when}）による「{source_id}」の共通指標の判断は、判断時と原文が違うため外しました。\
                 見直して content_key を {current} にしてください。"
            ),
            format!(
                "The decision of {who} on {when} about the indicator of `{source_id}` was made on other \
                 words and does not count; look again and set content_key to {current}."
            ),
        )
    }
}

fn unknown(decision: &AlignmentDecision, missing: &str, document: Option<String>) -> FindingRow {
    let AlignmentDecision { who, when, .. } = decision;
    FindingRow {
        document_id: document,
        ..finding(
            Code::ReviewUnknown,
            missing,
            format!(
                "{who}（{when}）による共通指標の判断にある「{missing}」がありません。判断を外しました。"
            ),
            format!(
                "The decision of {who} on {when} about an indicator names `{missing}`, which does not \
                 exist; it does not count."
            ),
        )
    }
}
