//! The declarations of all tables, a file per family.

mod benchmarks;
mod checks;
mod indicators;
mod kpis;
mod lists;
mod mapping;
mod measures;
mod sources;
mod surveys;

pub use benchmarks::{
    BenchmarkCategory, BenchmarkIndicator, MeasureLink, MeasureStage, PeerGroup, PlanQuality,
    PlanVsSurvey, SurveyPosition,
};
pub use checks::{CoverageRow, FindingRow};
pub use indicators::{Indicator, IndicatorEvidence, IndicatorValue, KpiProgress};
pub use kpis::{Kpi, KpiValue, Outcome};
pub use lists::{Listing, PlanItem, SurveyResult};
pub use mapping::{Category, CategoryCrosswalk, CategoryEvidence, MeasureCategory};
pub use measures::{Measure, MeasureDepartment, MeasurePlace, MeasureTrack, Schedule};
pub use sources::{Document, Municipality};
pub use surveys::SurveyIndicator;
