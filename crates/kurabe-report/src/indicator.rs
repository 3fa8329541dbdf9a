//! `indicator/<id>`: the values of a shared indicator, among peers and beside national surveys.

use kurabe_schema::*;

use crate::index::national;
use crate::json::Json;
use crate::lookup::Lookup;
use crate::municipality::differences;
use crate::project::{Columns, Projection, table};
use crate::tables::Tables;

const INDICATOR: Columns = &[
    ("id", "indicator_id"),
    ("ja", "label_ja"),
    ("en", "label_en"),
    ("unit", "unit"),
    ("cadence", "cadence"),
    ("direction", "direction"),
    ("definition_ja", "definition_ja"),
    ("definition_en", "definition_en"),
    ("denominator_ja", "denominator_ja"),
    ("denominator_en", "denominator_en"),
    ("caveat_ja", "caveat_ja"),
    ("caveat_en", "caveat_en"),
    ("is_per_capita", "is_per_capita"),
    ("is_level_comparable", "is_level_comparable"),
];

const VALUE: Columns = &[
    ("municipality", "municipality_code"),
    ("document", "document_id"),
    ("source_id", "source_id"),
    ("measure", "measure_id"),
    ("name", "subject"),
    ("role", "role"),
    ("fy", "fiscal_year"),
    ("value", "value"),
    ("per_capita", "per_capita"),
    ("achievement", "achievement"),
    ("caveat_ja", "caveat_ja"),
    ("caveat_en", "caveat_en"),
    ("raw", "value_raw"),
    ("qualifier", "qualifier"),
    ("is_repeat", "is_repeat"),
    ("kpi", "kpi_id"),
    ("outcome", "outcome_id"),
    ("as_of_earliest", "as_of_earliest"),
    ("as_of_latest", "as_of_latest"),
    ("locator", "locator"),
];

const BENCHMARK: Columns = &[
    ("fy", "fiscal_year"),
    ("role", "role"),
    ("peer_group", "peer_group"),
    ("municipality", "municipality_code"),
    ("value", "value"),
    ("rank", "rank"),
    ("n", "n"),
    ("peer_median", "peer_median"),
    ("gap_to_best", "gap_to_best"),
    ("gap_to_median", "gap_to_median"),
    ("per_capita", "per_capita"),
    ("source_id", "source_id"),
    ("document", "document_id"),
    ("is_mixed", "is_mixed"),
];

const SURVEY: Columns = &[
    ("municipality", "municipality_code"),
    ("year", "year"),
    ("value", "value"),
    ("raw", "value_raw"),
    ("unit", "unit"),
    ("label", "label"),
    ("as_of", "as_of"),
    ("source", "source"),
];

const EVIDENCE: Columns = &[
    ("source_id", "source_id"),
    ("document", "document_id"),
    ("rule", "rule_id"),
    ("field", "field"),
    ("term", "term"),
    ("locator", "locator"),
    ("decided_by", "decided_by"),
    ("decided_on", "decided_on"),
    ("decision_reason", "decision_reason"),
];

/// What indicator files are made of.
#[derive(Debug)]
pub(crate) struct Indicators<'a> {
    values: Lookup<'a, IndicatorValue>,
    benchmarks: Lookup<'a, BenchmarkIndicator>,
    evidence: Lookup<'a, IndicatorEvidence>,
    surveys: Lookup<'a, SurveyIndicator>,
    differences: Lookup<'a, PlanVsSurvey>,
}

impl<'a> Indicators<'a> {
    /// Those of a dataset.
    pub(crate) fn of(dataset: &'a Dataset) -> Self {
        Self {
            values: Lookup::by(&dataset.indicator_values, |row| &row.indicator_id),
            benchmarks: Lookup::by(&dataset.benchmark_indicators, |row| &row.indicator_id),
            evidence: Lookup::by(&dataset.indicator_evidence, |row| &row.indicator_id),
            surveys: Lookup::by(&dataset.survey_indicators, |row| &row.indicator),
            differences: Lookup::by(&dataset.plan_vs_survey, |row| &row.indicator),
        }
    }

    /// One indicator. Of surveys it holds the municipalities with a document.
    pub(crate) fn file(&self, tables: &Tables<'a>, indicator: &'a Indicator) -> Json<'a> {
        let id = &*indicator.indicator_id;
        let survey = indicator.national_survey.as_deref();
        let asked = survey.and(indicator.national_indicator.as_deref());
        let answers = asked.map_or(&[][..], |asked| self.surveys.get(asked));
        let answers = answers.iter().copied().filter(|row| {
            let has_document = tables.documents_of.has(&row.municipality_code);
            survey == Some(&*row.survey) && has_document
        });
        let differing = asked.map_or(&[][..], |asked| self.differences.get(asked));
        let differing = differing.iter().copied();
        let differing = differing.filter(|row| survey == Some(&*row.survey));
        let more = [
            ("national", national(indicator)),
            ("values", table(VALUE, self.values.get(id).iter().copied())),
            (
                "benchmarks",
                table(BENCHMARK, self.benchmarks.get(id).iter().copied()),
            ),
            ("survey", table(SURVEY, answers)),
            ("differences", differences(differing)),
            (
                "evidence",
                table(EVIDENCE, self.evidence.get(id).iter().copied()),
            ),
        ];
        Projection::of::<Indicator>(INDICATOR).object(indicator, more)
    }
}
