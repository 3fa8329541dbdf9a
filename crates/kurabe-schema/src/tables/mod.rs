//! The declarations of all tables, a file per family.

mod checks;
mod kpis;
mod lists;
mod mapping;
mod measures;
mod sources;
mod surveys;

pub use checks::{CoverageRow, FindingRow};
pub use kpis::{Kpi, KpiValue, Outcome};
pub use lists::{Listing, PlanItem, SurveyResult};
pub use mapping::{Category, CategoryCrosswalk, CategoryEvidence, MeasureCategory};
pub use measures::{Measure, MeasureDepartment, MeasurePlace, MeasureTrack, Schedule};
pub use sources::{Document, Municipality};
pub use surveys::SurveyIndicator;
