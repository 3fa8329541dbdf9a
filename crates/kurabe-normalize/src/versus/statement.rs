//! What a plan says of something: its stages, each with its year and place.

use super::{Terms, is_operative};
use crate::stages;
use kurabe_schema::{Dataset, Measure, MeasureStage, MeasureTrack, Schedule};
use std::collections::BTreeMap;

/// Stages of what runs or has run.
pub(crate) const OPERATIVE: [&str; 3] = ["operating", "expanding", "completed"];

/// Stages of what does not run yet.
const BEFORE: [&str; 4] = ["planned", "study", "build", "trial"];

/// Parts of words that say that something is used, if only on trial.
const IN_USE: [&str; 13] = [
    "拡大",
    "拡充",
    "継続",
    "更新",
    "高度化",
    "実施",
    "運用",
    "利用",
    "稼働",
    "活用し",
    "試行",
    "試験",
    "実証",
];

/// Parts of a sentence that says that something is in use.
const RUNS: [&str; 8] = [
    "導入し",
    "導入済",
    "運用",
    "利用し",
    "活用し",
    "稼働",
    "整備し",
    "使用し",
];

/// Parts of a sentence that is, or may be, about something before use.
const PREPARES: [&str; 11] = [
    "検討",
    "調査",
    "研究",
    "検証",
    "予定",
    "目指",
    "研修",
    "勉強会",
    "試行",
    "試験",
    "実証",
];

/// Whether a sentence says of its subject that it is in use.
fn says_in_use(sentence: &str) -> bool {
    let has = |words: &[&str]| words.iter().any(|word| sentence.contains(word));
    has(&RUNS) && !has(&PREPARES)
}

/// What a measure says.
#[derive(Debug, Clone)]
pub(crate) struct Statement<'d> {
    pub(crate) measure: &'d Measure,
    /// Item or track that speaks, where it is not the measure as a whole.
    pub(crate) item: Option<String>,
    pub(crate) fiscal_year: i32,
    pub(crate) stage: String,
    /// Words as printed.
    pub(crate) raw: Option<String>,
    pub(crate) locator: String,
    /// Whether it is said of a year after the document's date.
    pub(crate) is_plan: bool,
    is_certain: bool,
    basis: String,
}

impl Statement<'_> {
    /// Whether it reports operation.
    pub(crate) fn is_running(&self) -> bool {
        !self.is_plan && is_operative(&self.stage)
    }

    /// Whether it tells of preparation. Operation planned for a later year is none: what a plan goes on with
    /// can run already.
    pub(crate) fn is_in_preparation(&self) -> bool {
        BEFORE.contains(&self.stage.as_str())
    }

    /// Whether it leaves open if something runs already: its stage is not told, operation is only planned, or the
    /// measure runs for reasons that may be others.
    pub(crate) fn is_open(&self) -> bool {
        let is_whole = self.item.is_none();
        self.stage == "unknown"
            || self.is_plan && is_operative(&self.stage)
            || is_whole && is_operative(&self.measure.stage)
    }

    /// What is reported comes before what is planned, the furthest and the nearest year first.
    pub(crate) fn nearness(&self) -> (bool, bool, usize, i32) {
        let rank = stages::rank(&self.stage);
        (
            !self.is_plan,
            self.is_certain,
            if self.is_plan { 0 } else { rank },
            -self.fiscal_year,
        )
    }

    /// Whether status or schedule say of the present that it is not in use, and no word says otherwise.
    pub(crate) fn is_certainly_not_running(&self) -> bool {
        let is_said = ["status", "schedule"].contains(&self.basis.as_str());
        let is_before = ["planned", "study", "build"].contains(&self.stage.as_str());
        let measure = self.measure;
        let texts = [&self.raw, &measure.past, &measure.summary];
        let mut texts = texts.into_iter().flatten().chain([&measure.title]);
        let is_used = texts.any(|text| IN_USE.iter().any(|word| text.contains(word)));
        is_said && is_before && self.is_certain && !self.is_plan && !is_used
    }
}

/// The tables that statements are read from, by measure and document.
pub(crate) struct Tables<'d> {
    measures: BTreeMap<&'d str, Vec<&'d Measure>>,
    stages: BTreeMap<&'d str, Vec<&'d MeasureStage>>,
    schedules: BTreeMap<&'d str, Vec<&'d Schedule>>,
    tracks: BTreeMap<&'d str, Vec<&'d MeasureTrack>>,
    pasts: BTreeMap<&'d str, Vec<&'d str>>,
}

impl<'d> Tables<'d> {
    pub(crate) fn new(data: &'d Dataset) -> Self {
        let firsts = data.measures.iter().filter(|row| !row.is_repeat);
        let pasts = data.measure_places.iter().filter(|row| row.field == "past");
        Self {
            measures: grouped(firsts, |row| &row.document_id),
            stages: grouped(data.measure_stages.iter(), |row| &row.measure_id),
            schedules: grouped(data.schedules.iter(), |row| &row.measure_id),
            tracks: grouped(data.measure_tracks.iter(), |row| &row.measure_id),
            pasts: pasts.fold(BTreeMap::new(), |mut all, row| {
                let places: &mut Vec<&str> = all.entry(&row.measure_id).or_default();
                places.push(&row.locator);
                all
            }),
        }
    }

    /// What the measures of a document say, in their order.
    pub(crate) fn statements(&self, document: &str, terms: &Terms) -> Vec<Statement<'d>> {
        let measures = self.measures.get(document).into_iter().flatten();
        measures
            .flat_map(|measure| self.of_measure(measure, terms))
            .collect()
    }

    /// The first of the fiscal years before one in which the measures ran; only what speaks of whole
    /// measures.
    pub(crate) fn running_before(&self, all: &[&Statement<'_>], year: i32) -> Option<i32> {
        let whole = all.iter().filter(|one| one.item.is_none());
        let rows = whole.flat_map(|one| self.stages_of(one.measure));
        let earlier = rows.filter(|row| row.fiscal_year < year && is_operative(&row.stage));
        earlier.map(|row| row.fiscal_year).min()
    }

    fn stages_of(&self, measure: &Measure) -> impl Iterator<Item = &'d MeasureStage> {
        let rows = self.stages.get(measure.measure_id.as_str());
        rows.into_iter().flatten().copied()
    }

    /// What a measure says of it: its items and tracks that name it, or the measure as a whole when its
    /// title does and no item is more precise.
    fn of_measure(&self, measure: &'d Measure, terms: &Terms) -> Vec<Statement<'d>> {
        let is_titled = terms.are_in(&measure.title);
        let mut items = self.items(measure, terms);
        let told = self.told(measure, terms);
        if !items.is_empty() {
            items.extend(told.filter(|_| is_titled));
            return items;
        }
        if !is_titled {
            return Vec::new();
        }
        let present = || {
            let rows = self
                .stages_of(measure)
                .filter(|row| row.is_plan == Some(false) && row.basis == measure_basis(measure));
            rows.max_by_key(|row| row.fiscal_year)
        };
        let spoken = told.or_else(|| {
            let row = present().filter(|row| row.basis != "text")?;
            Some(whole(measure, row))
        });
        let planned = || {
            let mut rows = self.stages_of(measure);
            rows.find(|row| row.is_plan == Some(true) && row.stage != "unknown")
        };
        let said = match spoken {
            // A stage that only follows from the schedule having not begun: what the schedule says is more.
            Some(one) if one.stage == "planned" => {
                Some(planned().map_or(one, |row| whole(measure, row)))
            }
            Some(one) => Some(one),
            None => planned().map(|row| whole(measure, row)),
        };
        vec![said.unwrap_or_else(|| nothing(measure))]
    }

    /// The items of the schedule and the tracks that name it: in the year of the document, else in
    /// the first year after.
    fn items(&self, measure: &'d Measure, terms: &Terms) -> Vec<Statement<'d>> {
        let mut found = Vec::new();
        let now = self
            .stages_of(measure)
            .filter(|row| row.is_plan == Some(false));
        let now = now.map(|row| row.fiscal_year).max();
        let rows = self.schedules.get(measure.measure_id.as_str());
        let mut items: BTreeMap<i32, Vec<&Schedule>> = BTreeMap::new();
        for row in rows.into_iter().flatten().filter(|row| names(row, terms)) {
            items.entry(row.position).or_default().push(row);
        }
        for rows in items.values() {
            let Some(now) = now else { continue };
            let present = rows.iter().find(|row| row.fiscal_year == now);
            let next = rows.iter().filter(|row| row.fiscal_year > now);
            let row = present.or_else(|| next.min_by_key(|row| row.fiscal_year));
            found.extend(row.map(|row| scheduled(measure, row, now)));
        }
        let tracks = self.tracks.get(measure.measure_id.as_str());
        let tracks = tracks.into_iter().flatten();
        for (track, now) in tracks
            .filter(|row| terms.are_in(&row.track))
            .zip(now.into_iter().cycle())
        {
            found.push(tracked(measure, track, now));
        }
        found
    }

    /// A stage that was read from the text of what was done, where that text speaks of it.
    fn told(&self, measure: &'d Measure, terms: &Terms) -> Option<Statement<'d>> {
        let text = measure.past_raw.as_ref().or(measure.past.as_ref())?;
        let sentences = text.split(['。', '\n']).map(str::trim);
        let mut naming = sentences.filter(|sentence| terms.are_in(sentence));
        let in_use = naming.clone().find(|sentence| says_in_use(sentence));
        let sentence = in_use.or_else(|| naming.next())?;
        let mut rows = self.stages_of(measure);
        let row = rows.find(|row| row.basis == "text" && row.is_plan == Some(false))?;
        let places = self.pasts.get(measure.measure_id.as_str());
        let place = match places.map(Vec::as_slice) {
            Some([only]) => (*only).to_owned(),
            _ => measure.locator.clone(),
        };
        let mut said = whole(measure, row);
        if is_operative(&said.stage) && in_use.is_none() {
            "unknown".clone_into(&mut said.stage);
        }
        Some(Statement {
            raw: Some(sentence.to_owned()),
            locator: place,
            ..said
        })
    }
}

fn grouped<'d, T>(
    rows: impl Iterator<Item = &'d T>,
    key: impl Fn(&'d T) -> &'d String,
) -> BTreeMap<&'d str, Vec<&'d T>> {
    let mut all: BTreeMap<&str, Vec<&T>> = BTreeMap::new();
    for row in rows {
        all.entry(key(row)).or_default().push(row);
    }
    all
}

fn measure_basis(measure: &Measure) -> &str {
    measure.stage_basis.as_deref().unwrap_or_default()
}

/// Whether an item of a schedule names it, in itself or in its phase.
fn names(row: &Schedule, terms: &Terms) -> bool {
    let item = row.item.as_deref().unwrap_or_default();
    terms.are_in(&format!("{item} {}", row.phase_raw))
}

fn whole<'d>(measure: &'d Measure, row: &MeasureStage) -> Statement<'d> {
    Statement {
        measure,
        item: None,
        fiscal_year: row.fiscal_year,
        stage: row.stage.clone(),
        raw: row.stage_raw.clone(),
        locator: row.locator.clone(),
        is_plan: row.is_plan != Some(false),
        is_certain: row.is_certain,
        basis: row.basis.clone(),
    }
}

fn scheduled<'d>(measure: &'d Measure, row: &Schedule, now: i32) -> Statement<'d> {
    Statement {
        measure,
        item: Some(row.item.clone().unwrap_or_default()).filter(|item| !item.is_empty()),
        fiscal_year: row.fiscal_year,
        stage: row.stage.clone().unwrap_or_else(|| "unknown".to_owned()),
        raw: Some(row.phase_raw.clone()),
        locator: row.locator.clone(),
        is_plan: row.fiscal_year > now,
        is_certain: row.is_span_certain,
        basis: "schedule".to_owned(),
    }
}

fn tracked<'d>(measure: &'d Measure, track: &MeasureTrack, now: i32) -> Statement<'d> {
    Statement {
        measure,
        item: Some(track.track.clone()),
        fiscal_year: now,
        stage: track.stage.clone(),
        raw: track.stage_raw.clone(),
        locator: track.locator.clone(),
        is_plan: false,
        is_certain: true,
        basis: "status".to_owned(),
    }
}

/// A measure that names it and says nothing of how far it is.
fn nothing(measure: &Measure) -> Statement<'_> {
    Statement {
        measure,
        item: None,
        fiscal_year: 0,
        stage: "unknown".to_owned(),
        raw: None,
        locator: measure.locator.clone(),
        is_plan: false,
        is_certain: false,
        basis: String::new(),
    }
}
