//! Comparable tables to benchmark tables.
//!
//! Each benchmark table is defined by one SQL query over the published tables, in `sql/`. The
//! program runs the queries with polars, lazily; the same text is printed in
//! `docs/reference/benchmarks.md`, so that anybody can recompute every figure from the published
//! Parquet files with DuckDB or another engine.
//!
//! - `benchmark_categories`: counts, stages, KPIs and achievement per document and category.
//! - `benchmark_indicators`: values of shared indicators among peers, per fiscal year.
//! - `survey_positions`: where a municipality with a document stands in a national survey.
//! - `plan_quality`: how far the measures of a document state what a reader looks for.
//!
//! This is the one crate that uses polars, which is heavy to build; none of its types are in the
//! interface.

mod error;
mod frame;
mod query;

pub use error::BenchmarkError;
pub use query::{QUERIES, Query, recompute};

use kurabe_schema::Dataset;

/// Fills the benchmark tables of a dataset from its other tables. What they held before is replaced.
///
/// # Errors
/// When a query does not fit the tables, which is a mistake of this crate.
pub fn benchmark(dataset: &mut Dataset) -> Result<(), BenchmarkError> {
    let made = query::run_all(dataset)?;
    dataset.benchmark_categories = made.benchmark_categories;
    dataset.benchmark_indicators = made.benchmark_indicators;
    dataset.survey_positions = made.survey_positions;
    dataset.plan_quality = made.plan_quality;
    Ok(())
}
