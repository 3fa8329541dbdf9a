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
        write_table(&path, &view, options)?;
        Ok(Written {
            table: view.spec.name,
            rows: view.rows.len(),
            path,
        })
    };
    dataset.sorted_views().into_iter().map(write).collect()
}

fn write_table(
    path: &Path,
    view: &TableView<'_>,
    options: ParquetOptions,
) -> Result<(), ExportError> {
    let failed = ExportError::write(path);
    let properties = properties(view.spec, options).map_err(&failed)?;
    let batch = columns::batch(view).map_err(|error| failed(error.into()))?;
    let file = File::create(path).map_err(ExportError::create(path))?;
    let mut writer =
        ArrowWriter::try_new(file, batch.schema(), Some(properties)).map_err(&failed)?;
    writer.write(&batch).map_err(&failed)?;
    writer.close().map_err(&failed)?;
    Ok(())
}

/// Refuses numbers that are infinite or none.
fn check_numbers(view: &TableView<'_>) -> Result<(), ExportError> {
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

/// Settings without anything that changes from run to run; one row group, no page indexes,
/// for the tables are small.
fn properties(spec: &TableSpec, options: ParquetOptions) -> Result<WriterProperties, ParquetError> {
    let level = ZstdLevel::try_new(options.compression_level)?;
    Ok(WriterProperties::builder()
        .set_created_by("kurabe".to_owned())
        .set_compression(Compression::ZSTD(level))
        .set_statistics_enabled(EnabledStatistics::Chunk)
        .set_offset_index_disabled(true)
        .set_max_row_group_row_count(None)
        .set_sorting_columns(Some(sorting_columns(spec)))
        .set_key_value_metadata(Some(metadata(spec)))
        .build())
}

fn sorting_columns(spec: &TableSpec) -> Vec<SortingColumn> {
    let positions = spec.sort_by.iter().filter_map(|name| spec.column(name));
    positions
        .filter_map(|(index, _)| i32::try_from(index).ok())
        .map(|column_idx| SortingColumn {
            column_idx,
            descending: false,
            nulls_first: true,
        })
        .collect()
}

/// What the table and its columns mean, for those who have nothing but the file.
fn metadata(spec: &TableSpec) -> Vec<KeyValue> {
    let mut pairs = vec![
        pair("table", spec.name),
        pair("description_ja", spec.ja),
        pair("description_en", spec.en),
        pair("key", spec.sort_by.join(",")),
    ];
    pairs.extend(spec.columns.iter().flat_map(column_metadata));
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
