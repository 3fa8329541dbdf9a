//! The queries, and how they are run.

use kurabe_schema::{
    BenchmarkCategory, BenchmarkIndicator, Dataset, PlanQuality, Record, SurveyPosition, TableSpec,
};
use polars::prelude::*;
use polars::sql::SQLContext;

use crate::error::BenchmarkError;
use crate::frame::{frame_of, rows_of};

/// A query that makes one table.
#[derive(Debug, Clone, Copy)]
pub struct Query {
    /// The table that it makes.
    pub table: &'static TableSpec,
    /// Its steps in SQL that polars and DuckDB both run. Each begins with a line `-- name`; a step
    /// reads published tables and the steps before it, and the last one, `result`, is the table.
    source: &'static str,
    /// The tables that it reads.
    pub reads: &'static [&'static str],
}

/// All queries, in the order of the tables.
pub const QUERIES: &[Query] = &[
    Query {
        table: BenchmarkCategory::SPEC,
        source: include_str!("../sql/benchmark_categories.sql"),
        reads: &[
            "categories",
            "documents",
            "kpi_progress",
            "kpi_values",
            "kpis",
            "measure_categories",
            "measures",
        ],
    },
    Query {
        table: BenchmarkIndicator::SPEC,
        source: include_str!("../sql/benchmark_indicators.sql"),
        reads: &["documents", "indicator_values", "indicators", "peer_groups"],
    },
    Query {
        table: SurveyPosition::SPEC,
        source: include_str!("../sql/survey_positions.sql"),
        reads: &["documents", "peer_groups", "survey_indicators"],
    },
    Query {
        table: PlanQuality::SPEC,
        source: include_str!("../sql/plan_quality.sql"),
        reads: &[
            "documents",
            "kpi_values",
            "kpis",
            "measure_departments",
            "measures",
            "schedules",
        ],
    },
];

impl Query {
    /// The steps with their names.
    fn steps(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let parts = self.source.split("-- ").skip(1);
        parts.filter_map(|part| part.split_once('\n'))
    }

    /// The whole query as one statement, which makes the table from the published tables.
    pub fn sql(&self) -> String {
        let mut steps: Vec<(&str, &str)> = self.steps().collect();
        let result = steps.pop().map_or("", |(_, sql)| sql.trim_end());
        let named: Vec<String> = steps
            .iter()
            .map(|(name, sql)| format!("{name} AS (\n{}\n)", indented(sql.trim_end())))
            .collect();
        format!("WITH {}\n{result}", named.join(",\n"))
    }
}

fn indented(sql: &str) -> String {
    let lines: Vec<String> = sql.lines().map(|line| format!("  {line}")).collect();
    lines.join("\n")
}

/// Rows of a result that are turned into records at a time, so that its values and its records are
/// never in memory together.
const CHUNK: usize = 16_384;

/// The benchmark tables, in a dataset without any others.
pub(crate) fn run_all(dataset: &Dataset) -> Result<Dataset, BenchmarkError> {
    let mut made = Dataset::default();
    for query in QUERIES {
        let frame = run(dataset, query)?;
        let table = query.table.name;
        for start in (0..frame.height()).step_by(CHUNK) {
            let offset = i64::try_from(start).unwrap_or(i64::MAX);
            let rows = rows_of(&frame.slice(offset, CHUNK), query.table)
                .map_err(|column| BenchmarkError::Result { table, column })?;
            made.append(Dataset::from_tables([(table, rows)])?);
        }
    }
    Ok(made)
}

/// What a query gives, in no particular order.
fn run(dataset: &Dataset, query: &Query) -> Result<DataFrame, BenchmarkError> {
    let failed = |error: PolarsError| BenchmarkError::Query {
        table: query.table.name,
        reason: error.to_string(),
    };
    let mut context = SQLContext::new();
    for name in query.reads {
        context.register(name, input(dataset, name).map_err(failed)?.lazy());
    }
    // Each step is collected: polars would plan a step anew wherever another one names it.
    let mut last = DataFrame::empty();
    for (name, sql) in query.steps() {
        last = context
            .execute(sql)
            .and_then(LazyFrame::collect)
            .map_err(failed)?;
        context.register(name, last.clone().lazy());
    }
    Ok(last)
}

/// The columns of a table that some query reads.
fn input(dataset: &Dataset, table: &str) -> PolarsResult<DataFrame> {
    match table {
        "categories" => frame_of(&dataset.categories, &["taxonomy", "category_id"]),
        "documents" => frame_of(
            &dataset.documents,
            &["document_id", "municipality_code", "kind", "as_of"],
        ),
        "indicators" => frame_of(
            &dataset.indicators,
            &["indicator_id", "unit", "direction", "is_level_comparable"],
        ),
        "indicator_values" => frame_of(
            &dataset.indicator_values,
            &[
                "indicator_id",
                "municipality_code",
                "document_id",
                "source_id",
                "role",
                "position",
                "fiscal_year",
                "value",
                "per_capita",
                "is_repeat",
                "qualifier",
            ],
        ),
        "kpis" => frame_of(
            &dataset.kpis,
            &["kpi_id", "measure_id", "kind", "is_repeat"],
        ),
        "kpi_progress" => frame_of(
            &dataset.kpi_progress,
            &["kpi_id", "achievement", "is_final"],
        ),
        "kpi_values" => frame_of(
            &dataset.kpi_values,
            &["kpi_id", "role", "value", "fiscal_year"],
        ),
        "measures" => frame_of(
            &dataset.measures,
            &[
                "measure_id",
                "document_id",
                "stage",
                "start_fiscal_year",
                "is_repeat",
                "start_raw",
                "operation_start_raw",
                "operation_start_earliest",
                "start_qualifier",
                "term_start",
            ],
        ),
        "measure_categories" => frame_of(
            &dataset.measure_categories,
            &["measure_id", "taxonomy", "category_id", "rank"],
        ),
        "measure_departments" => frame_of(&dataset.measure_departments, &["measure_id"]),
        "peer_groups" => frame_of(&dataset.peer_groups, &["peer_group", "municipality_code"]),
        "schedules" => frame_of(&dataset.schedules, &["measure_id"]),
        "survey_indicators" => frame_of(
            &dataset.survey_indicators,
            &[
                "municipality_code",
                "indicator",
                "survey",
                "year",
                "value",
                "unit",
            ],
        ),
        other => Err(PolarsError::ColumnNotFound(
            format!("no table {other}").into(),
        )),
    }
}

/// The rows of a table that one statement gives over the published tables, sorted: what anybody
/// can recompute. The table's own query is not used.
///
/// # Errors
/// When the statement cannot be run or gives other columns than the table has.
pub fn recompute(
    dataset: &Dataset,
    query: &Query,
    statement: &str,
) -> Result<Dataset, BenchmarkError> {
    let table = query.table.name;
    let failed = |error: PolarsError| BenchmarkError::Query {
        table,
        reason: error.to_string(),
    };
    let mut context = SQLContext::new();
    for name in query.reads {
        context.register(name, input(dataset, name).map_err(failed)?.lazy());
    }
    let frame = context.execute(statement).and_then(LazyFrame::collect);
    let rows = rows_of(&frame.map_err(failed)?, query.table)
        .map_err(|column| BenchmarkError::Result { table, column })?;
    let mut made = Dataset::from_tables([(table, rows)])?;
    made.sort();
    Ok(made)
}
