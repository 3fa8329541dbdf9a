//! Tables to Parquet files.

use std::fs::File;
use std::path::Path;

use kurabe_schema::{ColumnSpec, Dataset, TableSpec, TableView};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::metadata::{KeyValue, SortingColumn};
use parquet::file::properties::{EnabledStatistics, WriterProperties};

use super::{columns, file_of};
use crate::{ExportError, Written};

/// How Parquet files are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ParquetOptions {
    /// Level of zstd, 1 (fast) to 22 (small).
    pub compression_level: i32,
}

impl Default for ParquetOptions {
    /// Level 3.
    fn default() -> Self {
        Self {
            compression_level: 3,
        }
    }
}

/// Writes every table as `<table>.parquet` into an existing directory, empty tables too.
///
/// # Errors
/// When a file cannot be written, a number is not finite, or the compression level is unknown;
/// files written before the error are left behind.
pub fn write_parquet(
    dir: &Path,
    dataset: &Dataset,
    options: ParquetOptions,
) -> Result<Vec<Written>, ExportError> {
    let write = |view: TableView<'_>| {
        let path = file_of(dir, view.spec.name);
        check_numbers(&view)?;
        write_table(&path, &view, options, Shape::default())?;
        Ok(Written {
            table: view.spec.name,
            rows: view.rows.len(),
            path,
        })
    };
    dataset.sorted_views().into_iter().map(write).collect()
}

/// What of a table is in a file, and how it is divided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Shape {
    /// A column that is left out.
    left_out: Option<&'static str>,
    /// Rows of one row group at most; all in one where there is no limit.
    group_rows: Option<usize>,
}

impl Shape {
    /// All columns.
    pub(crate) fn whole(group_rows: usize) -> Self {
        Self {
            left_out: None,
            group_rows: Some(group_rows),
        }
    }

    /// All columns but one.
    pub(crate) fn without(column: &'static str, group_rows: usize) -> Self {
        Self {
            left_out: Some(column),
            group_rows: Some(group_rows),
        }
    }

    /// Positions of the columns that are in the file.
    fn positions(self, spec: &TableSpec) -> Vec<usize> {
        let columns = spec.columns.iter().enumerate();
        let kept = columns.filter(|(_, column)| Some(column.name) != self.left_out);
        kept.map(|(index, _)| index).collect()
    }
}

/// Writes the rows of a table as one file.
pub(crate) fn write_table(
    path: &Path,
    view: &TableView<'_>,
    options: ParquetOptions,
    shape: Shape,
) -> Result<(), ExportError> {
    let failed = ExportError::write(path);
    let positions = shape.positions(view.spec);
    let properties = properties(view.spec, options, shape, &positions).map_err(&failed)?;
    let batch = columns::batch(view, &positions).map_err(|error| failed(error.into()))?;
    let file = File::create(path).map_err(ExportError::create(path))?;
    let mut writer =
        ArrowWriter::try_new(file, batch.schema(), Some(properties)).map_err(&failed)?;
    writer.write(&batch).map_err(&failed)?;
    writer.close().map_err(&failed)?;
    Ok(())
}

/// Refuses numbers that are infinite or none.
pub(crate) fn check_numbers(view: &TableView<'_>) -> Result<(), ExportError> {
    for (index, cells) in view.rows.iter().enumerate() {
        for (column, cell) in view.spec.columns.iter().zip(cells) {
            if let Some(value) = columns::float(*cell).filter(|value| !value.is_finite()) {
                let (table, row, column) = (view.spec.name, index + 1, column.name);
                return Err(ExportError::NotFinite {
                    table,
                    row,
                    column,
                    value,
                });
            }
        }
    }
    Ok(())
}

/// Settings without anything that changes from run to run; no page indexes, for the tables are
/// small.
fn properties(
    spec: &TableSpec,
    options: ParquetOptions,
    shape: Shape,
    positions: &[usize],
) -> Result<WriterProperties, ParquetError> {
    let level = ZstdLevel::try_new(options.compression_level)?;
    Ok(WriterProperties::builder()
        .set_created_by("kurabe".to_owned())
        .set_compression(Compression::ZSTD(level))
        .set_statistics_enabled(EnabledStatistics::Chunk)
        .set_offset_index_disabled(true)
        .set_max_row_group_row_count(shape.group_rows)
        .set_sorting_columns(Some(sorting_columns(spec, positions)))
        .set_key_value_metadata(Some(metadata(spec, positions)))
        .build())
}

/// The key columns as they are counted in the file. One that is left out has the same value in
/// all rows, so that the others sort them.
fn sorting_columns(spec: &TableSpec, positions: &[usize]) -> Vec<SortingColumn> {
    let keys = spec.sort_by.iter().filter_map(|name| spec.column(name));
    keys.filter_map(|(index, _)| positions.iter().position(|&kept| kept == index))
        .filter_map(|index| i32::try_from(index).ok())
        .map(|column_idx| SortingColumn {
            column_idx,
            descending: false,
            nulls_first: true,
        })
        .collect()
}

/// What the table and its columns mean, for those who have nothing but the file.
fn metadata(spec: &TableSpec, positions: &[usize]) -> Vec<KeyValue> {
    let mut pairs = vec![
        pair("table", spec.name),
        pair("description_ja", spec.ja),
        pair("description_en", spec.en),
        pair("key", spec.sort_by.join(",")),
    ];
    let columns = positions
        .iter()
        .filter_map(|&index| spec.columns.get(index));
    pairs.extend(columns.flat_map(column_metadata));
    pairs
}

fn column_metadata(column: &ColumnSpec) -> Vec<KeyValue> {
    let named = |what: &str, text: String| pair(&format!("column.{}.{what}", column.name), text);
    let mut pairs = vec![
        named("description_ja", column.ja.to_owned()),
        named("description_en", column.en.to_owned()),
    ];
    if let Some((table, name)) = column.references {
        pairs.push(named("references", format!("{table}.{name}")));
    }
    if !column.values.is_empty() {
        pairs.push(named("values", column.values.join(",")));
    }
    pairs
}

fn pair(key: &str, value: impl Into<String>) -> KeyValue {
    KeyValue::new(key.to_owned(), value.into())
}
