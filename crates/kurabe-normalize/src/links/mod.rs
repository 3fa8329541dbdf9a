//! Links between measures of an older and a newer edition of a plan, made of the gathered dataset.
//!
//! Rules compare measures, documents state what became of measures, people decide. The reasons stand in
//! `docs/decisions/0028-links-between-editions.md`, weights and words in `data/links.toml`.

mod assign;
mod card;
mod decided;
mod editions;
mod evidence;
mod names;
mod stated;
mod words;

pub use decided::link_key_of;

use crate::categories::rounded;
use crate::similar;
use card::{Card, Fields};
use editions::{Edition, Measures, Step};
use evidence::Labels;
use kurabe_review::links::LinkDecision;
use kurabe_schema::{Dataset, Document, Measure, MeasureLink};
use std::collections::{BTreeMap, BTreeSet};
use words::WORDS;

/// Makes `measure_links` from measures, their codes and what documents say; decisions of people win.
pub fn link_editions(data: &mut Dataset, decisions: &[LinkDecision]) {
    let found = Linker::new(data).run(decisions);
    data.measure_links = found.0;
    data.findings.extend(found.1);
}

/// A link that is not a row yet.
#[derive(Debug, Clone)]
pub(crate) struct Draft<'d> {
    pub(crate) older: Option<&'d Document>,
    pub(crate) newer: &'d Document,
    pub(crate) from: Option<&'d Measure>,
    pub(crate) to: Option<&'d Measure>,
    pub(crate) row: MeasureLink,
}

struct Linker<'d> {
    data: &'d Dataset,
    fields: Fields<'d>,
    labels: Labels<'d>,
    measures: Measures<'d>,
}

impl<'d> Linker<'d> {
    fn new(data: &'d Dataset) -> Self {
        let mut measures: Measures<'d> = BTreeMap::new();
        for measure in &data.measures {
            let own = measures.entry(&measure.document_id).or_default();
            own.push(measure);
        }
        Self {
            data,
            fields: Fields::new(data),
            labels: Labels::new(data),
            measures,
        }
    }

    fn run(
        &self,
        decisions: &[LinkDecision],
    ) -> (Vec<MeasureLink>, Vec<kurabe_schema::FindingRow>) {
        let mut drafts = Vec::new();
        let mut steps = Vec::new();
        // Every document brings its municipality along.
        let rows = self.data.municipalities.iter();
        let municipalities: BTreeMap<&str, &str> = rows
            .map(|row| (row.municipality_code.as_str(), row.name.as_str()))
            .collect();
        for (code, name) in municipalities {
            let own = |d: &&Document| d.municipality_code == code;
            let documents: Vec<&Document> = self.data.documents.iter().filter(own).collect();
            let editions = editions::editions(&documents);
            for step in editions::steps(&editions, &self.measures, name) {
                if let Some(links) = self.by_rule(&step) {
                    drafts.extend(links);
                    steps.push(step);
                }
            }
            self.stated(&editions, name, &mut drafts);
        }
        let findings = decided::apply(self.data, decisions, &mut drafts);
        for step in &steps {
            self.complete(step, &mut drafts);
        }
        settle_relations(&mut drafts);
        let rows = drafts.into_iter().map(finished).collect();
        (rows, findings)
    }

    /// The links of two documents; `None` where one does not follow the other.
    fn by_rule(&self, step: &Step<'d>) -> Option<Vec<Draft<'d>>> {
        let of = |document: &Document| self.measures.get(document.document_id.as_str());
        let (older, newer) = (of(step.older)?, of(step.newer)?);
        let (older, newer) = card::cards(&self.fields, older, newer);
        let pairs = assign::assign(&older, &newer);
        let fewer = older.len().min(newer.len()).max(1);
        let share = pairs.len() as f64 / fewer as f64;
        if step.is_doubtful && share < WORDS.thresholds.plan_share {
            return None;
        }
        let draft = |pair: &assign::Pair| {
            let (from, to) = (&older[pair.older], &newer[pair.newer]);
            self.draft(step, from, to, &pair.fit)
        };
        Some(pairs.iter().map(draft).collect())
    }

    fn draft(
        &self,
        step: &Step<'d>,
        from: &Card<'d>,
        to: &Card<'d>,
        fit: &card::Match,
    ) -> Draft<'d> {
        let (ja, en) = self.labels.sentence(from, to, fit);
        Draft {
            older: Some(step.older),
            newer: step.newer,
            from: Some(from.measure),
            to: Some(to.measure),
            row: MeasureLink {
                score: Some(rounded(fit.score)),
                method: "rule".to_owned(),
                evidence: ja,
                evidence_en: en,
                locator: to.measure.locator.clone(),
                ..MeasureLink::default()
            },
        }
    }

    /// What newer editions say of measures of older ones.
    fn stated(&self, editions: &[Edition<'d>], municipality: &str, drafts: &mut Vec<Draft<'d>>) {
        for edition in editions {
            let former = editions::former(editions, edition, municipality);
            let former = former.filter(|(_, is_doubtful)| !is_doubtful);
            let older = former
                .and_then(|(former, _)| editions::speaking(former, &self.measures).last().copied());
            for newer in edition.documents.iter().copied() {
                let told = stated::stated(self.data, &self.measures, older, newer);
                told.into_iter().for_each(|link| join(drafts, link));
            }
        }
    }

    /// Measures of either document without a link: dropped or new. A briefing shows only some measures, so
    /// that nothing follows from what it leaves out.
    fn complete(&self, step: &Step<'d>, drafts: &mut Vec<Draft<'d>>) {
        let id = |m: Option<&'d Measure>| m.map(|m| m.measure_id.as_str());
        let of_step = |draft: &&Draft<'d>| {
            draft.newer.document_id == step.newer.document_id
                && draft
                    .older
                    .is_some_and(|older| older.document_id == step.older.document_id)
        };
        let own: Vec<&Draft<'d>> = drafts.iter().filter(of_step).collect();
        let from: BTreeSet<&str> = own.iter().filter_map(|draft| id(draft.from)).collect();
        let to: BTreeSet<&str> = own.iter().filter_map(|draft| id(draft.to)).collect();
        let left = |document: &Document, known: &BTreeSet<&str>| -> Vec<&'d Measure> {
            let all = self.measures.get(document.document_id.as_str());
            let all = all.into_iter().flatten().copied();
            all.filter(|m| !m.is_repeat && !known.contains(m.measure_id.as_str()))
                .collect()
        };
        let (dropped, new) = (left(step.older, &from), left(step.newer, &to));
        let single = |from: Option<&'d Measure>, to: Option<&'d Measure>| Draft {
            older: Some(step.older),
            newer: step.newer,
            from,
            to,
            row: evidence::unmatched(from, to),
        };
        if !editions::is_partial(step.newer) {
            drafts.extend(
                dropped
                    .into_iter()
                    .map(|measure| single(Some(measure), None)),
            );
        }
        if !editions::is_partial(step.older) {
            drafts.extend(new.into_iter().map(|measure| single(None, Some(measure))));
        }
    }
}

/// Adds what a document states: to the link of the same measures where there is one; a measure whose
/// link is known otherwise keeps it.
fn join<'d>(drafts: &mut Vec<Draft<'d>>, told: Draft<'d>) {
    let same = |a: Option<&Measure>, b: Option<&Measure>| {
        a.is_some() && a.map(|m| &m.measure_id) == b.map(|m| &m.measure_id)
    };
    let in_step = |draft: &&mut Draft<'d>| draft.newer.document_id == told.newer.document_id;
    let mut is_known = false;
    for draft in drafts.iter_mut().filter(in_step) {
        if same(draft.from, told.from) && (told.to.is_none() || same(draft.to, told.to)) {
            draft.row.method.clone_from(&told.row.method);
            draft.row.statement.clone_from(&told.row.statement);
            draft.row.locator.clone_from(&told.row.locator);
            draft.row.evidence = format!("{}{}", told.row.evidence, draft.row.evidence);
            draft.row.evidence_en = format!("{} {}", told.row.evidence_en, draft.row.evidence_en);
            is_known = true;
        }
        is_known |= same(draft.from, told.from) || same(draft.to, told.to);
    }
    if !is_known {
        drafts.push(told);
    }
}

/// Gives the links that have none their relation: by how many links their measures have, else by the titles.
fn settle_relations(drafts: &mut [Draft<'_>]) {
    let mut forward: BTreeMap<(String, String), usize> = BTreeMap::new();
    let mut backward: BTreeMap<String, usize> = BTreeMap::new();
    let from_key = |draft: &Draft<'_>| {
        let from = draft.from?;
        draft.to?;
        Some((from.measure_id.clone(), draft.newer.document_id.clone()))
    };
    for draft in drafts.iter() {
        if let Some(key) = from_key(draft) {
            *forward.entry(key).or_default() += 1;
            let to = draft.to.map(|to| to.measure_id.clone()).unwrap_or_default();
            *backward.entry(to).or_default() += 1;
        }
    }
    for draft in drafts
        .iter_mut()
        .filter(|draft| draft.row.relation.is_empty())
    {
        let many_to = from_key(draft)
            .and_then(|key| forward.get(&key))
            .is_some_and(|n| *n > 1);
        let many_from = draft
            .to
            .and_then(|to| backward.get(&to.measure_id))
            .is_some_and(|n| *n > 1);
        let relation = match (draft.from, draft.to) {
            (Some(_), None) => "dropped",
            (None, _) => "new",
            (Some(_), Some(_)) if many_from => "merged",
            (Some(_), Some(_)) if many_to => "split",
            (Some(from), Some(to)) if similar::is_same(&from.title, &to.title) => "continued",
            (Some(_), Some(_)) => "renamed",
        };
        relation.clone_into(&mut draft.row.relation);
    }
}

fn finished(draft: Draft<'_>) -> MeasureLink {
    let Draft {
        older,
        newer,
        from,
        to,
        row,
    } = draft;
    let id = |measure: Option<&Measure>| measure.map(|m| m.measure_id.clone());
    let from_title = from.map(|m| m.title.clone()).or(row.from_title);
    let to_title = to.map(|m| m.title.clone()).or(row.to_title);
    let named = |id: Option<String>, title: &Option<String>, none: &str| {
        let title = || title.as_ref().map(|title| format!("「{title}」"));
        id.or_else(title).unwrap_or_else(|| none.to_owned())
    };
    let (from_id, to_id) = (id(from), id(to));
    let link_id = format!(
        "{}>{}@{}",
        named(from_id.clone(), &from_title, "new"),
        named(to_id.clone(), &to_title, "dropped"),
        newer.document_id
    );
    MeasureLink {
        link_id,
        municipality_code: newer.municipality_code.clone(),
        from_document_id: older.map(|document| document.document_id.clone()),
        from_measure_id: from_id,
        from_title,
        to_document_id: newer.document_id.clone(),
        to_measure_id: to_id,
        to_title,
        content_key: decided::link_key_of(from, to),
        ..row
    }
}
