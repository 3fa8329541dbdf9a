//! All tables together.

use crate::record::Record;
use crate::spec::TableSpec;
use crate::tables::*;
use crate::value::{Value, ValueRef};

/// Why values do not make a dataset.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SchemaError {
    /// There is no such table.
    #[error("there is no table `{table}`; the tables are those of `Dataset::specs()`")]
    UnknownTable {
        /// The name that was given.
        table: String,
    },
    /// A row does not have the columns of its table.
    #[error(
        "table `{table}`, row {row}: the values do not fit {place}; write the table again with \
         this version of the program"
    )]
    Row {
        /// The table.
        table: &'static str,
        /// The row, counted from 1.
        row: usize,
        /// The column that does not fit, or the number of columns.
        place: String,
    },
}

/// One table with its rows in published order, borrowed from a [`Dataset`].
#[derive(Debug, Clone)]
pub struct TableView<'a> {
    /// Description of the table.
    pub spec: &'static TableSpec,
    /// Values of each row, in the order of the columns.
    pub rows: Vec<Vec<ValueRef<'a>>>,
}

/// Makes [`Dataset`] with one list of records per table.
macro_rules! dataset {
    ($($table:ident: $record:ident),+ $(,)?) => {
        /// The records of all tables.
        #[derive(Debug, Clone, PartialEq, Default)]
        pub struct Dataset {
            $(#[doc = concat!("Rows of `", stringify!($table), "`.")] pub $table: Vec<$record>,)+
        }

        impl Dataset {
            /// Descriptions of all tables, in the order in which they are published.
            pub fn specs() -> &'static [&'static TableSpec] {
                const SPECS: &[&TableSpec] = &[$($record::SPEC),+];
                SPECS
            }

            /// Adds all rows of another dataset.
            pub fn append(&mut self, other: Dataset) {
                $(self.$table.extend(other.$table);)+
            }

            /// How many rows each table has, in the order in which tables are published.
            pub fn counts(&self) -> Vec<(&'static TableSpec, usize)> {
                vec![$(($record::SPEC, self.$table.len())),+]
            }

            /// Puts the rows of every table in published order: by key, then by all columns.
            pub fn sort(&mut self) {
                $(self.$table.sort_by(Record::compare);)+
            }

            /// All tables as plain values, rows in their present order.
            pub fn tables(&self) -> Vec<(&'static TableSpec, Vec<Vec<Value>>)> {
                vec![$(($record::SPEC, plain(&self.$table))),+]
            }

            /// All tables as borrowed values, rows in published order.
            pub fn sorted_views(&self) -> Vec<TableView<'_>> {
                vec![$(sorted_view(&self.$table)),+]
            }

            /// A dataset from tables of plain values, such as [`Dataset::tables`] gives them.
            ///
            /// A table that is not given is empty; one given twice has the rows of both.
            ///
            /// # Errors
            /// When a table is unknown, or a row has not the columns and types of its table.
            pub fn from_tables<N: AsRef<str>>(
                tables: impl IntoIterator<Item = (N, Vec<Vec<Value>>)>,
            ) -> Result<Self, SchemaError> {
                let mut dataset = Self::default();
                for (name, rows) in tables {
                    match name.as_ref() {
                        $(stringify!($table) => dataset.$table.extend(typed(rows)?),)+
                        table => {
                            return Err(SchemaError::UnknownTable { table: table.to_owned() });
                        }
                    }
                }
                Ok(dataset)
            }
        }
    };
}

dataset! {
    municipalities: Municipality,
    documents: Document,
    measures: Measure,
    measure_departments: MeasureDepartment,
    measure_places: MeasurePlace,
    measure_tracks: MeasureTrack,
    schedules: Schedule,
    kpis: Kpi,
    kpi_values: KpiValue,
    outcomes: Outcome,
    listings: Listing,
    survey_results: SurveyResult,
    plan_items: PlanItem,
    findings: FindingRow,
    coverage: CoverageRow,
    categories: Category,
    category_crosswalk: CategoryCrosswalk,
    measure_categories: MeasureCategory,
    category_evidence: CategoryEvidence,
    survey_indicators: SurveyIndicator,
    kpi_progress: KpiProgress,
    indicators: Indicator,
    indicator_values: IndicatorValue,
    indicator_evidence: IndicatorEvidence,
    measure_stages: MeasureStage,
    measure_links: MeasureLink,
    peer_groups: PeerGroup,
    benchmark_categories: BenchmarkCategory,
    benchmark_indicators: BenchmarkIndicator,
    survey_positions: SurveyPosition,
    plan_quality: PlanQuality,
    plan_vs_survey: PlanVsSurvey,
}

fn plain<T: Record + Clone>(records: &[T]) -> Vec<Vec<Value>> {
    records.iter().cloned().map(Record::values).collect()
}

fn sorted_view<T: Record>(records: &[T]) -> TableView<'_> {
    let mut sorted: Vec<&T> = records.iter().collect();
    sorted.sort_by(|a, b| a.compare(b));
    TableView {
        spec: T::SPEC,
        rows: sorted.into_iter().map(Record::cells).collect(),
    }
}

fn typed<T: Record>(rows: Vec<Vec<Value>>) -> Result<Vec<T>, SchemaError> {
    rows.into_iter()
        .enumerate()
        .map(|(index, row)| typed_row(index + 1, row))
        .collect()
}

fn typed_row<T: Record>(row: usize, values: Vec<Value>) -> Result<T, SchemaError> {
    let place = T::SPEC.misfit(&values);
    let error = |place| SchemaError::Row {
        table: T::SPEC.name,
        row,
        place,
    };
    match place {
        Some(place) => Err(error(place)),
        None => T::from_values(values).ok_or_else(|| error("the record".to_owned())),
    }
}
