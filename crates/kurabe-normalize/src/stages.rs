//! The table `measure_stages`: one row per measure and fiscal year of which the source says something.
//!
//! Each year is taken from the first of these that speaks of it (docs/decisions/0029-stages-per-year.md):
//!
//! 1. the stage of the measure, in the fiscal year of the document's date and in no other;
//! 2. the schedule, for the years that it prints;
//! 3. the start of operation: in its year, and up to the document's year when the measure runs by then;
//! 4. the term, whose years say that a measure is under way but not how far.
//!
//! A year of which nothing speaks has no row.

use crate::context::Context;
use crate::mentions::Joined;
use jiff::civil::Date;
use kurabe_layout::{Words, phase};
use kurabe_schema::{Measure, MeasureStage, MeasureTrack, Schedule};
use kurabe_text::era::fiscal_year_of;
use kurabe_trace::{Code, Finding, Locator};
use std::collections::BTreeMap;

/// Stages of a measure that runs or has run.
const OPERATIVE: [&str; 3] = ["operating", "expanding", "completed"];

/// Stages of a measure that does not run yet.
const BEFORE: [&str; 4] = ["planned", "study", "build", "trial"];

/// What is known of a measure.
struct Facts<'d> {
    measure: &'d Measure,
    schedules: Vec<&'d Schedule>,
    tracks: Vec<&'d MeasureTrack>,
    /// Fiscal year of the document's date.
    now: Option<i32>,
    places: Places,
}

/// Where the fields of a measure stand that its stages are read from.
#[derive(Default)]
struct Places {
    status: Option<String>,
    start: Option<String>,
    text: Option<String>,
    term: Option<String>,
}

/// Publishes the stages of all measures.
pub(crate) fn publish(context: &mut Context<'_>, joined: &[Joined<'_>]) {
    let now = context.current_year();
    let places: Vec<Places> = joined.iter().map(places).collect();
    let data = &context.data;
    let all = data.measures.iter().zip(places);
    let facts = all.map(|(measure, places)| Facts {
        measure,
        schedules: of(&data.schedules, measure, |row| &row.measure_id),
        tracks: of(&data.measure_tracks, measure, |row| &row.measure_id),
        now,
        places,
    });
    let (mut rows, mut findings) = (Vec::new(), Vec::new());
    for facts in facts {
        let (years, behind) = facts.years();
        findings.extend(behind.map(|row| contradiction(&facts, row)));
        rows.extend(years.into_values());
    }
    context.data.measure_stages = rows;
    findings
        .into_iter()
        .for_each(|finding| context.remark(finding));
}

fn of<'d, T>(rows: &'d [T], measure: &Measure, id: impl Fn(&T) -> &String) -> Vec<&'d T> {
    rows.iter()
        .filter(|row| *id(row) == measure.measure_id)
        .collect()
}

fn places(joined: &Joined<'_>) -> Places {
    let main = joined.main;
    let place = |words: Option<&Words>| words.map(|words| words.locator.to_string());
    Places {
        status: place(main.status.as_ref()),
        start: place(main.start.as_ref()),
        text: place(main.past.first()),
        term: place(main.term.as_ref().map(|(name, _)| name)),
    }
}

/// The stage that stands for several items of a year: of those that are not over, the furthest; `completed`
/// and `withdrawn` only where all items are.
pub(crate) fn furthest<'s>(stages: impl Iterator<Item = &'s str> + Clone) -> Option<&'s str> {
    let is_over = |stage: &&str| ["completed", "withdrawn"].contains(stage);
    let open = stages.clone().filter(|stage| !is_over(stage));
    open.max_by_key(|stage| rank(stage))
        .or_else(|| stages.max_by_key(|stage| rank(stage)))
}

/// Position in the life of a measure; what is not known comes first.
pub(crate) fn rank(stage: &str) -> usize {
    match stage {
        "unknown" => 0,
        "planned" => 1,
        other => phase::rank(other) + 2,
    }
}

impl<'d> Facts<'d> {
    /// The rows by year, and a schedule that the status contradicts.
    fn years(&self) -> (BTreeMap<i32, MeasureStage>, Option<&'d Schedule>) {
        let mut years: BTreeMap<i32, MeasureStage> = BTreeMap::new();
        let behind = self.behind();
        let sources = [
            self.present().into_iter().collect(),
            self.scheduled(),
            self.started(),
            self.terms(),
        ];
        for row in sources.into_iter().flatten() {
            years.entry(row.fiscal_year).or_insert(row);
        }
        if let (Some(_), Some(now)) = (behind, self.now) {
            let past = years.values_mut().filter(|row| row.fiscal_year < now);
            past.filter(|row| OPERATIVE.contains(&row.stage.as_str()))
                .for_each(|row| row.is_certain = false);
        }
        (years, behind)
    }

    fn row(&self, fiscal_year: i32, stage: &str, basis: &str) -> MeasureStage {
        MeasureStage {
            measure_id: self.measure.measure_id.clone(),
            fiscal_year,
            stage: stage.to_owned(),
            basis: basis.to_owned(),
            is_plan: self.now.map(|now| fiscal_year > now),
            locator: self.measure.locator.clone(),
            ..MeasureStage::default()
        }
    }

    fn placed(&self, place: Option<&String>) -> String {
        place.unwrap_or(&self.measure.locator).clone()
    }

    /// The stage of the measure in the year of the document.
    fn present(&self) -> Option<MeasureStage> {
        let measure = self.measure;
        let row = self.row(self.now?, &measure.stage, measure.stage_basis.as_deref()?);
        match measure.stage_basis.as_deref()? {
            "status" => Some(self.reported(row)),
            "schedule" => Some(self.in_schedule(row)),
            "text" => Some(MeasureStage {
                locator: self.placed(self.places.text.as_ref()),
                ..row
            }),
            // Of a term that has begun, the years of the term speak.
            "term" if measure.stage == "planned" => Some(MeasureStage {
                stage_raw: measure.stage_raw.clone(),
                is_certain: true,
                locator: self.placed(self.places.term.as_ref()),
                ..row
            }),
            _ => None,
        }
    }

    /// A status, that of the track whose stage is the measure's.
    fn reported(&self, row: MeasureStage) -> MeasureStage {
        let is_same =
            |track: &&&MeasureTrack| track.stage == row.stage && track.stage_raw.is_some();
        let track = self.tracks.iter().find(is_same);
        let raw = track.map_or(&self.measure.stage_raw, |track| &track.stage_raw);
        let own = || self.placed(self.places.status.as_ref());
        MeasureStage {
            stage_raw: raw.clone(),
            item: track.map(|track| track.track.clone()),
            is_certain: true,
            locator: track.map_or_else(own, |track| track.locator.clone()),
            ..row
        }
    }

    /// The phase of the present year, or a schedule of which every phase is still to come.
    fn in_schedule(&self, row: MeasureStage) -> MeasureStage {
        let raw = self.measure.stage_raw.as_ref();
        let is_it = |phase: &&&Schedule| {
            phase.fiscal_year == row.fiscal_year
                && phase.stage.as_ref() == Some(&row.stage)
                && Some(&phase.phase_raw) == raw
        };
        match self.schedules.iter().find(is_it) {
            Some(phase) => scheduled(row, phase),
            None => MeasureStage {
                locator: self.placed(self.schedules.first().map(|phase| &phase.locator)),
                ..row
            },
        }
    }

    /// What the schedule prints for each of its years.
    fn scheduled(&self) -> Vec<MeasureStage> {
        let mut years: BTreeMap<i32, Vec<&Schedule>> = BTreeMap::new();
        for phase in &self.schedules {
            years.entry(phase.fiscal_year).or_default().push(phase);
        }
        let row = |(year, phases): (i32, Vec<&Schedule>)| {
            let stages = phases.iter().filter_map(|phase| phase.stage.as_deref());
            let stage = furthest(stages);
            let mut same = phases
                .iter()
                .filter(|phase| phase.stage.as_deref() == stage);
            let certain = same.clone().find(|phase| phase.is_span_certain);
            let phase = certain.or_else(|| same.next())?;
            let row = self.row(year, stage.unwrap_or("unknown"), "schedule");
            Some(scheduled(row, phase))
        };
        years.into_iter().filter_map(row).collect()
    }

    /// The years of starts of operation.
    fn started(&self) -> Vec<MeasureStage> {
        let mut rows = Vec::new();
        for track in &self.tracks {
            let start = Start {
                stage: &track.stage,
                earliest: track.operation_start_earliest,
                latest: track.operation_start_latest,
                raw: track.operation_start_raw.as_ref(),
                item: Some(&track.track),
                place: Some(&track.locator),
            };
            rows.extend(self.running(&start));
        }
        if self.tracks.is_empty() {
            let measure = self.measure;
            rows.extend(self.running(&Start {
                stage: &measure.stage,
                earliest: measure.operation_start_earliest,
                latest: measure.operation_start_latest,
                raw: measure.operation_start_raw.as_ref(),
                item: None,
                place: self.places.start.as_ref(),
            }));
        }
        rows.sort_by_key(|row| (row.fiscal_year, !row.is_certain));
        rows
    }

    /// The years in which something that starts then is in operation, as far as that can be said.
    fn running(&self, start: &Start<'_>) -> Vec<MeasureStage> {
        let (Some(first), Some(latest)) = (start.earliest, start.latest) else {
            return Vec::new();
        };
        let first = fiscal_year_of(first);
        let is_definite = first == fiscal_year_of(latest) && self.measure.start_qualifier.is_none();
        let is_running = OPERATIVE.contains(&start.stage);
        let years = match self.now {
            Some(now) if is_running => first..now,
            Some(now) if BEFORE.contains(&start.stage) && first > now => first..first + 1,
            None => first..first + 1,
            Some(_) => return Vec::new(),
        };
        let row = |year| MeasureStage {
            stage_raw: start.raw.cloned(),
            item: start.item.cloned(),
            is_certain: is_definite && year == first && self.now.is_some(),
            locator: self.placed(start.place),
            ..self.row(year, "operating", "start")
        };
        years.map(row).collect()
    }

    /// The years of a term that has begun, or will.
    fn terms(&self) -> Vec<MeasureStage> {
        let Some(first) = self.measure.term_start else {
            return Vec::new();
        };
        // An open term is known to hold up to the document's year.
        let last = self.measure.term_end.or(self.now).unwrap_or(first);
        let raw = self.measure.stage_raw.as_ref();
        let row = |year| MeasureStage {
            stage_raw: raw
                .filter(|_| self.measure.stage_basis.as_deref() == Some("term"))
                .cloned(),
            is_certain: true,
            locator: self.placed(self.places.term.as_ref()),
            ..self.row(year, "unknown", "term")
        };
        (first..=last.max(first)).map(row).collect()
    }

    /// A phase in operation, by the present year, of a measure whose status says that it does not run yet.
    fn behind(&self) -> Option<&'d Schedule> {
        let now = self.now?;
        let is_reported = self.measure.stage_basis.as_deref() == Some("status");
        if !is_reported || !BEFORE.contains(&self.measure.stage.as_str()) {
            return None;
        }
        let mut phases = self
            .schedules
            .iter()
            .filter(|phase| phase.fiscal_year <= now);
        let is_operative = |phase: &&&Schedule| {
            let stage = phase.stage.as_deref();
            stage.is_some_and(|stage| OPERATIVE.contains(&stage))
        };
        phases.find(is_operative).copied()
    }
}

/// A start of operation as it is published.
struct Start<'f> {
    stage: &'f str,
    earliest: Option<Date>,
    latest: Option<Date>,
    raw: Option<&'f String>,
    item: Option<&'f String>,
    place: Option<&'f String>,
}

fn scheduled(row: MeasureStage, phase: &Schedule) -> MeasureStage {
    MeasureStage {
        stage_raw: Some(phase.phase_raw.clone()),
        item: phase.item.clone(),
        is_certain: phase.is_span_certain,
        locator: phase.locator.clone(),
        ..row
    }
}

fn contradiction(facts: &Facts<'_>, phase: &Schedule) -> Finding {
    let (year, planned) = (phase.fiscal_year, &phase.phase_raw);
    let status = facts.measure.stage_raw.as_deref().unwrap_or_default();
    Finding::new(
        Code::StatusContradictsSchedule,
        Locator::parse(&phase.locator).unwrap_or(Locator::Document),
        format!("{year}年度の工程は「{planned}」ですが、進捗状況は「{status}」です。進捗状況を採りました。"),
        format!("The schedule has “{planned}” in {year}, the status is “{status}”; the status was taken."),
    )
    .of_measure(&facts.measure.measure_id)
    .raw(planned.clone())
}
