//! Why benchmark tables could not be made.

/// Why benchmark tables could not be made.
#[derive(Debug, thiserror::Error)]
pub enum BenchmarkError {
    /// polars could not run a query.
    #[error(
        "the query of table `{table}` could not be run: {reason}; the tables it reads are listed \
         in docs/reference/benchmarks.md, please report this with the message"
    )]
    Query {
        /// The table that the query makes.
        table: &'static str,
        /// What polars says.
        reason: String,
    },
    /// What a query gives does not fit its table.
    #[error(
        "the query of table `{table}` gives no column `{column}` of the right type; please report this"
    )]
    Result {
        /// The table that the query makes.
        table: &'static str,
        /// The column that is missing or of another type.
        column: &'static str,
    },
    /// The rows that a query gives do not fit the schema.
    #[error(transparent)]
    Schema(#[from] kurabe_schema::SchemaError),
}
