//! The table `plan_vs_survey`: where a plan and a national survey differ (docs/decisions/0030-plan-and-survey.md).
//!
//! What in a plan speaks of an indicator is told by the definition of the survey. Of yes and no, a difference
//! is only stated where the plan leaves no doubt: what it does not say is never a no. Figures are compared
//! through the shared indicators, and only where the dates cannot explain what lies between them.

mod figures;
mod sentence;
mod statement;
mod terms;

use jiff::civil::Date;
use kurabe_schema::{Dataset, Document, PlanVsSurvey, SurveyIndicator};
use kurabe_text::era::fiscal_year_of;
use kurabe_text::width;
use std::collections::{BTreeMap, BTreeSet};

use statement::{OPERATIVE, Statement, Tables};

pub(crate) use terms::{Folded, Terms};

/// What in a plan speaks of an indicator of a survey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correspondence {
    /// The survey.
    pub survey: String,
    /// Its title.
    pub title: String,
    /// The indicator.
    pub indicator: String,
    /// What speaks of it.
    pub speaker: Speaker,
}

/// What in a plan speaks of an indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Speaker {
    /// The plan itself: that there is one.
    Document,
    /// Measures, by the words of their titles, items and tracks.
    Measures {
        /// Terms; the words of one term must all be there.
        terms: Vec<String>,
        /// Terms of which none may be there.
        without: Vec<String>,
        /// Whether one measure under preparation does not contradict a yes, as it need not be the only one.
        is_broad: bool,
    },
    /// Values of the shared indicator that names it.
    Values,
}

/// A survey's answer and the document that it is compared with.
#[derive(Clone, Copy)]
pub(crate) struct Pair<'d> {
    pub(crate) answer: &'d SurveyIndicator,
    pub(crate) document: &'d Document,
    pub(crate) survey_title: &'d str,
}

/// States where the plans and the surveys of a dataset differ.
pub fn compare_with_surveys(dataset: &mut Dataset, correspondences: &[Correspondence]) {
    let known: BTreeMap<(&str, &str), &Correspondence> = correspondences
        .iter()
        .map(|one| ((one.survey.as_str(), one.indicator.as_str()), one))
        .collect();
    let tables = Tables::new(dataset);
    let folded = Folded::default();
    let mut rows = Vec::new();
    for answer in &dataset.survey_indicators {
        let Some(spoken) = known.get(&(answer.survey.as_str(), answer.indicator.as_str())) else {
            continue;
        };
        let own = |document: &&Document| document.municipality_code == answer.municipality_code;
        for document in dataset.documents.iter().filter(own) {
            let pair = Pair {
                answer,
                document,
                survey_title: &spoken.title,
            };
            rows.extend(match &spoken.speaker {
                Speaker::Document => of_document(pair, dataset),
                Speaker::Measures {
                    terms,
                    without,
                    is_broad,
                } => of_measures(
                    pair,
                    &tables,
                    &Terms::new(terms, without, &folded),
                    *is_broad,
                ),
                Speaker::Values => figures::compare(pair, dataset),
            });
        }
    }
    dataset.plan_vs_survey = rows;
}

/// A plan of a municipality of which the survey says that it has none.
fn of_document(pair: Pair<'_>, dataset: &Dataset) -> Option<PlanVsSurvey> {
    let document = pair.document;
    if pair.answer.value != Some(0.0) || document.kind != "plan" {
        return None;
    }
    let title = width::key(&document.title);
    let mut items = dataset.plan_items.iter();
    let named = items.find(|item| {
        item.document_id == document.document_id && width::key(&item.text).contains(&title)
    });
    let as_of = document.published.or(document.as_of);
    let time = Time::of(as_of, pair.answer.as_of);
    Some(PlanVsSurvey {
        difference: "plan_only".to_owned(),
        plan_raw: named.map(|_| document.title.clone()),
        plan_as_of: as_of,
        plan_locator: named.map_or_else(|| "document".to_owned(), |item| item.locator.clone()),
        sentence_ja: sentence::adopted_ja(pair, as_of, time),
        sentence_en: sentence::adopted_en(pair, as_of, time),
        ..row(pair)
    })
}

/// Measures against a yes or a no.
fn of_measures(
    pair: Pair<'_>,
    tables: &Tables<'_>,
    terms: &Terms,
    is_broad: bool,
) -> Option<PlanVsSurvey> {
    let statements = tables.statements(&pair.document.document_id, terms);
    match pair.answer.value {
        Some(0.0) => denied(pair, tables, &statements),
        Some(1.0) if !is_broad => claimed(pair, &statements),
        _ => None,
    }
}

/// The survey says no: what the plan has in operation, or else in preparation.
fn denied(
    pair: Pair<'_>,
    tables: &Tables<'_>,
    statements: &[Statement<'_>],
) -> Option<PlanVsSurvey> {
    let running: Vec<&Statement<'_>> = statements.iter().filter(|one| one.is_running()).collect();
    if let Some(first) = running.first() {
        let before = pair.answer.as_of.and_then(|day| {
            let year = fiscal_year_of(day);
            tables.running_before(&running, year)
        });
        let time = match (Time::of(pair.document.as_of, pair.answer.as_of), before) {
            (_, Some(since)) => Time::Since(since),
            (time, None) => time,
        };
        return Some(stated(pair, "plan_only", first, &running, time));
    }
    let ahead: Vec<&Statement<'_>> = statements
        .iter()
        .filter(|one| one.is_in_preparation())
        .collect();
    let is_told = |id: &str| ahead.iter().any(|one| one.measure.measure_id == id);
    let mut open = statements.iter().filter(|one| one.is_open());
    if open.any(|one| !is_told(&one.measure.measure_id)) {
        return None;
    }
    let best = ahead.iter().max_by_key(|one| one.nearness())?;
    let time = Time::of(pair.document.as_of, pair.answer.as_of);
    Some(stated(pair, "in_preparation", best, &ahead, time))
}

/// The survey says yes: a plan that has nothing but preparation, and says so in so many words.
fn claimed(pair: Pair<'_>, statements: &[Statement<'_>]) -> Option<PlanVsSurvey> {
    let is_open = |one: &Statement<'_>| one.is_certainly_not_running();
    if statements.is_empty() || !statements.iter().all(is_open) {
        return None;
    }
    let all: Vec<&Statement<'_>> = statements.iter().collect();
    let furthest = all.iter().max_by_key(|one| one.nearness())?;
    let time = Time::of(pair.document.as_of, pair.answer.as_of);
    Some(stated(pair, "survey_only", furthest, &all, time))
}

fn stated(
    pair: Pair<'_>,
    difference: &str,
    one: &Statement<'_>,
    all: &[&Statement<'_>],
    time: Time,
) -> PlanVsSurvey {
    let ids: BTreeSet<&str> = all
        .iter()
        .map(|one| one.measure.measure_id.as_str())
        .collect();
    let ids: Vec<&str> = ids.into_iter().collect();
    PlanVsSurvey {
        difference: difference.to_owned(),
        plan_stage: Some(one.stage.clone()),
        plan_raw: one.raw.clone(),
        plan_as_of: pair.document.as_of,
        plan_locator: one.locator.clone(),
        measure_ids: Some(ids.join(";")),
        sentence_ja: sentence::stated_ja(pair, difference, one, time),
        sentence_en: sentence::stated_en(pair, difference, one, time),
        ..row(pair)
    }
}

/// A row with what the survey says.
pub(crate) fn row(pair: Pair<'_>) -> PlanVsSurvey {
    let answer = pair.answer;
    PlanVsSurvey {
        municipality_code: answer.municipality_code.clone(),
        survey: answer.survey.clone(),
        year: answer.year,
        indicator: answer.indicator.clone(),
        document_id: pair.document.document_id.clone(),
        survey_value: answer.value,
        survey_raw: answer.value_raw.clone(),
        survey_as_of: answer.as_of,
        survey_path: answer.path.clone(),
        survey_locator: answer.locator.clone(),
        ..PlanVsSurvey::default()
    }
}

/// How the date of a plan lies to that of a survey.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Time {
    /// The plan is of a later day.
    Later,
    /// The plan is of the same day or an earlier one.
    NotLater,
    /// The plan says that it runs since a fiscal year that was over when the survey was made.
    Since(i32),
    /// One of the days is not known.
    Unknown,
}

impl Time {
    pub(crate) fn of(plan: Option<Date>, survey: Option<Date>) -> Self {
        match (plan, survey) {
            (Some(plan), Some(survey)) if plan > survey => Self::Later,
            (Some(_), Some(_)) => Self::NotLater,
            _ => Self::Unknown,
        }
    }
}

/// Whether a stage is that of something that runs or has run.
pub(crate) fn is_operative(stage: &str) -> bool {
    OPERATIVE.contains(&stage)
}
