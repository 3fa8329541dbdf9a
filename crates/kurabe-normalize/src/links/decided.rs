//! Decisions of people about links: they win over rules and statements as long as both measures say what
//! the person saw.

use super::Draft;
use crate::reviewed::content_key_of;
use jiff::civil::Date;
use kurabe_review::links::{LinkDecision, NOT_LINKED, link_key};
use kurabe_schema::{Dataset, Document, FindingRow, Measure, MeasureLink};
use kurabe_trace::Code;
use std::collections::BTreeMap;

/// Key of what a person reads of a link; a side that is not there counts as empty.
#[must_use]
pub fn link_key_of(from: Option<&Measure>, to: Option<&Measure>) -> String {
    let key = |measure: Option<&Measure>| measure.map(content_key_of).unwrap_or_default();
    link_key(&key(from), &key(to))
}

/// Puts decisions over the links, and says which do not hold.
pub(super) fn apply<'d>(
    data: &'d Dataset,
    decisions: &[LinkDecision],
    drafts: &mut Vec<Draft<'d>>,
) -> Vec<FindingRow> {
    let known: BTreeMap<&str, &'d Measure> = data
        .measures
        .iter()
        .map(|m| (m.measure_id.as_str(), m))
        .collect();
    let documents: BTreeMap<&str, &'d Document> = data
        .documents
        .iter()
        .map(|d| (d.document_id.as_str(), d))
        .collect();
    let mut sorted: Vec<&LinkDecision> = decisions.iter().collect();
    sorted.sort();
    let mut findings = Vec::new();
    for decision in sorted {
        let side = |id: &Option<String>| -> Result<Option<&'d Measure>, String> {
            let Some(id) = id else { return Ok(None) };
            let found = known.get(id.as_str()).copied().filter(|m| !m.is_repeat);
            found.map(Some).ok_or_else(|| id.clone())
        };
        let (from, to) = match (side(&decision.from), side(&decision.to)) {
            (Ok(from), Ok(to)) => (from, to),
            (Err(id), _) | (_, Err(id)) => {
                findings.push(homeless(decision, &id));
                continue;
            }
        };
        let current = link_key_of(from, to);
        if current != decision.content_key {
            findings.push(outdated(decision, to.or(from), &current));
            continue;
        }
        decide(decision, (from, to), &documents, drafts);
    }
    findings
}

fn decide<'d>(
    decision: &LinkDecision,
    (from, to): (Option<&'d Measure>, Option<&'d Measure>),
    documents: &BTreeMap<&str, &'d Document>,
    drafts: &mut Vec<Draft<'d>>,
) {
    let document =
        |m: Option<&'d Measure>| m.and_then(|m| documents.get(m.document_id.as_str()).copied());
    let id = |m: Option<&Measure>| m.map(|m| m.measure_id.clone());
    let is_alone = from.is_none() || to.is_none();
    // The documents of a measure that stands alone: those of the links that it has.
    let near = drafts.iter().find(|d| {
        (from.is_some() && id(d.from) == id(from)) || (to.is_some() && id(d.to) == id(to))
    });
    let (near_older, near_newer) = (near.and_then(|d| d.older), near.map(|d| d.newer));
    let older = document(from).or(near_older);
    let Some(newer) = document(to).or(near_newer).or(document(from)) else {
        return;
    };
    let mut old = None;
    drafts.retain(|draft| {
        let same_from = id(draft.from) == id(from);
        let same_to = id(draft.to) == id(to);
        let goes = match (from, to) {
            _ if !is_alone => same_from && same_to,
            (Some(_), _) => same_from,
            _ => same_to,
        };
        if goes {
            old = draft.row.score.or(old);
        }
        !goes
    });
    if decision.relation == NOT_LINKED {
        return;
    }
    let LinkDecision { who, when, why, .. } = decision;
    drafts.push(Draft {
        older,
        newer,
        from,
        to,
        row: MeasureLink {
            relation: decision.relation.clone(),
            score: old.filter(|_| !is_alone),
            method: "override".to_owned(),
            evidence: format!("{who}（{when}）の判断：{why}"),
            evidence_en: format!("Decided by {who} on {when}: {why}"),
            decided_by: Some(who.clone()),
            decided_on: when.parse::<Date>().ok(),
            locator: to.or(from).map(|m| m.locator.clone()).unwrap_or_default(),
            ..MeasureLink::default()
        },
    });
}

fn sides(decision: &LinkDecision) -> String {
    let side = |id: &Option<String>| id.clone().unwrap_or_else(|| "-".to_owned());
    format!("{} > {}", side(&decision.from), side(&decision.to))
}

fn finding(code: Code, raw: String, messages: (String, String)) -> FindingRow {
    FindingRow {
        severity: code.severity().as_str().to_owned(),
        code: code.as_str().to_owned(),
        message_ja: messages.0,
        message_en: messages.1,
        raw: Some(raw),
        ..FindingRow::default()
    }
}

fn outdated(decision: &LinkDecision, measure: Option<&Measure>, current: &str) -> FindingRow {
    let LinkDecision {
        who,
        when,
        relation,
        ..
    } = decision;
    let messages = (
        format!(
            "{who}（{when}）による施策の対応の判断（{relation}）は、今の原文の内容キー {current} と合わないため外しました。\
             見直してから content_key を書き直してください。"
        ),
        format!(
            "The decision by {who} on {when} about a link ({relation}) does not fit the present texts, whose key is \
             {current}; it does not count. Look again, then write that content_key."
        ),
    );
    let row = finding(Code::ReviewOutdated, sides(decision), messages);
    FindingRow {
        document_id: measure.map(|m| m.document_id.clone()),
        measure_id: measure.map(|m| m.measure_id.clone()),
        locator: measure.map(|m| m.locator.clone()),
        ..row
    }
}

fn homeless(decision: &LinkDecision, id: &str) -> FindingRow {
    let LinkDecision { who, when, .. } = decision;
    let messages = (
        format!(
            "{who}（{when}）による施策の対応の判断の対象「{id}」が今回のデータにないか、再掲です。"
        ),
        format!(
            "The decision by {who} on {when} about a link names `{id}`, which is not in this dataset or is a repeat."
        ),
    );
    finding(Code::ReviewUnknown, sides(decision), messages)
}
