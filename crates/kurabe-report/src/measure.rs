//! A measure with all that hangs off it.

use kurabe_schema::*;

use crate::evidence::{Texts, evidence};
use crate::json::Json;
use crate::lookup::Lookup;
use crate::project::{Columns, Projection};
use crate::tables::parts;

const MEASURE: Columns = &[
    ("id", "measure_id"),
    ("doc", "document_id"),
    ("number", "number"),
    ("number_raw", "number_raw"),
    ("title", "title"),
    ("title_raw", "title_raw"),
    ("part", "part"),
    ("section", "section"),
    ("summary", "summary"),
    ("effect", "effect"),
    ("past", "past"),
    ("future", "future"),
    ("note", "note"),
    ("stage", "stage"),
    ("stage_raw", "stage_raw"),
    ("stage_basis", "stage_basis"),
    ("start", "start_fiscal_year"),
    ("start_qualifier", "start_qualifier"),
    ("start_raw", "start_raw"),
    ("op_earliest", "operation_start_earliest"),
    ("op_latest", "operation_start_latest"),
    ("op_raw", "operation_start_raw"),
    ("term_start", "term_start"),
    ("term_end", "term_end"),
    ("is_new", "is_new"),
    ("is_repeat", "is_repeat"),
    ("repeat_of", "repeat_of"),
    ("locator", "locator"),
    ("part_raw", "part_raw"),
    ("section_raw", "section_raw"),
    ("summary_raw", "summary_raw"),
    ("effect_raw", "effect_raw"),
    ("past_raw", "past_raw"),
    ("future_raw", "future_raw"),
    ("note_raw", "note_raw"),
];

const PLACE: Columns = &[("field", "field"), ("locator", "locator")];

const CODE: Columns = &[
    ("taxonomy", "taxonomy"),
    ("category", "category_id"),
    ("rank", "rank"),
    ("verdict", "verdict"),
    ("score", "score"),
    ("method", "method"),
    ("confidence", "confidence"),
    ("decided_by", "decided_by"),
    ("decided_on", "decided_on"),
    ("decision_source", "decision_source"),
    ("decision_reason", "decision_reason"),
];

const STAGE: Columns = &[
    ("fiscal_year", "fiscal_year"),
    ("stage", "stage"),
    ("basis", "basis"),
    ("is_certain", "is_certain"),
    ("is_plan", "is_plan"),
    ("raw", "stage_raw"),
    ("item", "item"),
    ("locator", "locator"),
];

const SCHEDULE: Columns = &[
    ("item", "item"),
    ("fy", "fiscal_year"),
    ("phase", "phase_raw"),
    ("stage", "stage"),
    ("department", "department"),
    ("position", "position"),
    ("is_certain", "is_span_certain"),
    ("basis", "span_basis"),
    ("locator", "locator"),
    ("other_phase", "other_phase_raw"),
    ("other_locator", "other_locator"),
];

const TRACK: Columns = &[
    ("track", "track"),
    ("stage", "stage"),
    ("stage_raw", "stage_raw"),
    ("op_raw", "operation_start_raw"),
    ("op_earliest", "operation_start_earliest"),
    ("op_latest", "operation_start_latest"),
    ("locator", "locator"),
];

const KPI: Columns = &[
    ("id", "kpi_id"),
    ("name", "name"),
    ("segment", "segment"),
    ("kind", "kind"),
    ("unit", "unit"),
    ("unit_raw", "unit_raw"),
    ("cadence", "cadence"),
    ("direction", "direction"),
    ("indicator", "indicator_id"),
    ("is_repeat", "is_repeat"),
    ("locator", "locator"),
    ("name_raw", "name_raw"),
];

const VALUE: Columns = &[
    ("role", "role"),
    ("position", "position"),
    ("value", "value"),
    ("text", "value_text"),
    ("unit", "unit"),
    ("fy", "fiscal_year"),
    ("fy_from", "period_start"),
    ("as_of_earliest", "as_of_earliest"),
    ("as_of_latest", "as_of_latest"),
    ("qualifier", "qualifier"),
    ("note", "note"),
    ("locator", "locator"),
];

const PROGRESS: Columns = &[
    ("position", "position"),
    ("unit", "unit"),
    ("baseline", "baseline"),
    ("baseline_fy", "baseline_year"),
    ("target", "target"),
    ("target_fy", "target_year"),
    ("actual", "actual"),
    ("actual_fy", "actual_year"),
    ("actual_as_of", "actual_as_of"),
    ("achievement", "achievement"),
    ("reason", "reason"),
    ("expected", "expected"),
    ("is_on_track", "is_on_track"),
    ("is_met", "is_met"),
    ("milestone_state", "milestone_state"),
    ("is_final", "is_final"),
];

/// What measures are made of.
#[derive(Debug)]
pub(crate) struct Measures<'a> {
    kpis: Lookup<'a, Kpi>,
    codes: Lookup<'a, MeasureCategory>,
    evidence: Lookup<'a, CategoryEvidence>,
    places: Lookup<'a, MeasurePlace>,
    stages: Lookup<'a, MeasureStage>,
    schedules: Lookup<'a, Schedule>,
    tracks: Lookup<'a, MeasureTrack>,
    values: Lookup<'a, KpiValue>,
    progress: Lookup<'a, KpiProgress>,
    columns: Projections,
}

#[derive(Debug)]
struct Projections {
    measure: Projection,
    place: Projection,
    code: Projection,
    stage: Projection,
    schedule: Projection,
    track: Projection,
    kpi: Projection,
    value: Projection,
    progress: Projection,
}

impl Projections {
    fn new() -> Self {
        Self {
            measure: Projection::of::<Measure>(MEASURE),
            place: Projection::of::<MeasurePlace>(PLACE),
            code: Projection::of::<MeasureCategory>(CODE),
            stage: Projection::of::<MeasureStage>(STAGE),
            schedule: Projection::of::<Schedule>(SCHEDULE),
            track: Projection::of::<MeasureTrack>(TRACK),
            kpi: Projection::of::<Kpi>(KPI),
            value: Projection::of::<KpiValue>(VALUE),
            progress: Projection::of::<KpiProgress>(PROGRESS),
        }
    }
}

impl<'a> Measures<'a> {
    /// Those of a dataset.
    pub(crate) fn of(dataset: &'a Dataset) -> Self {
        Self {
            kpis: Lookup::by(&dataset.kpis, |row| &row.measure_id),
            codes: Lookup::by(&dataset.measure_categories, |row| &row.measure_id),
            evidence: Lookup::by(&dataset.category_evidence, |row| &row.measure_id),
            places: Lookup::by(&dataset.measure_places, |row| &row.measure_id),
            stages: Lookup::by(&dataset.measure_stages, |row| &row.measure_id),
            schedules: Lookup::by(&dataset.schedules, |row| &row.measure_id),
            tracks: Lookup::by(&dataset.measure_tracks, |row| &row.measure_id),
            values: Lookup::by(&dataset.kpi_values, |row| &row.kpi_id),
            progress: Lookup::by(&dataset.kpi_progress, |row| &row.kpi_id),
            columns: Projections::new(),
        }
    }

    /// One measure as an object.
    pub(crate) fn object(&self, measure: &'a Measure) -> Json<'a> {
        let id = &*measure.measure_id;
        let mut kpis = self.kpis.get(id).to_vec();
        kpis.sort_by_key(|kpi| (kpi.position, &kpi.kpi_id));
        let (places, schedule) = (self.places.get(id), self.schedules.get(id));
        let texts = Texts {
            measure,
            places,
            kpis: &kpis,
            schedule,
        };
        let columns = &self.columns;
        let stages = self.stages.get(id).iter();
        let more = [
            (
                "departments",
                Json::list(parts(measure.departments.as_deref())),
            ),
            ("tags", Json::list(parts(measure.tags.as_deref()))),
            ("places", objects(&columns.place, places)),
            ("codes", objects(&columns.code, self.codes.get(id))),
            ("evidence", evidence(texts, self.evidence.get(id))),
            (
                "stages",
                Json::List(
                    stages
                        .map(|row| Json::List(columns.stage.row(*row)))
                        .collect(),
                ),
            ),
            ("schedule", objects(&columns.schedule, schedule)),
            ("tracks", objects(&columns.track, self.tracks.get(id))),
            (
                "kpis",
                Json::list(kpis.into_iter().map(|kpi| self.kpi(kpi))),
            ),
        ];
        columns.measure.object(measure, more)
    }

    fn kpi(&self, kpi: &'a Kpi) -> Json<'a> {
        let values = self.values.get(&kpi.kpi_id);
        let progress = self.progress.get(&kpi.kpi_id);
        let last = progress.iter().find(|row| row.is_final).or(progress.last());
        let last = last.map(|row| self.columns.progress.object(*row, []));
        let more = [
            ("values", objects(&self.columns.value, values)),
            ("progress", last.into()),
            ("targets", objects(&self.columns.progress, progress)),
        ];
        self.columns.kpi.object(kpi, more)
    }
}

fn objects<'a, T: Record>(columns: &Projection, rows: &[&'a T]) -> Json<'a> {
    Json::List(rows.iter().map(|row| columns.object(*row, [])).collect())
}
