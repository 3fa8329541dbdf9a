//! The published dataset: every table and every column is described here once.
//!
//! A table is declared in `tables/` with the `record!` macro, which makes both a typed record
//! struct ([`Measure`], [`Kpi`], …) and its description ([`TableSpec`]), so that the two cannot
//! drift apart. [`Dataset`] holds one list of records per table. The writers (Parquet, CSV, …)
//! know only [`TableSpec`] and values, never a record's fields.
//!
//! Conventions of the data: a fiscal year is the year in which it starts (令和5年度 is `2023`),
//! missing is `None` and never an empty string, `*_raw` is the text as printed.

#[macro_use]
mod record;

mod dataset;
mod field;
mod labels;
pub mod municipality_code;
mod spec;
mod tables;
mod value;
pub mod words;

pub use dataset::{Dataset, SchemaError, TableView};
pub use field::Field;
pub use labels::{Label, label_in};
pub use record::Record;
pub use spec::{ColumnSpec, ColumnType, TableSpec};
pub use tables::{
    BenchmarkCategory, BenchmarkIndicator, Category, CategoryCrosswalk, CategoryEvidence,
    CoverageRow, Document, FindingRow, Indicator, IndicatorEvidence, IndicatorValue, Kpi,
    KpiProgress, KpiValue, Listing, Measure, MeasureCategory, MeasureDepartment, MeasureLink,
    MeasurePlace, MeasureStage, MeasureTrack, Municipality, Outcome, PeerGroup, PlanItem,
    PlanQuality, PlanVsSurvey, Schedule, SurveyIndicator, SurveyPosition, SurveyResult,
};
pub use value::{Value, ValueRef};
