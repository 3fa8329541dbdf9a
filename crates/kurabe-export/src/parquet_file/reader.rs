//! Parquet files back to tables.

use std::fs::File;
use std::path::Path;

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Float64Type, Int32Type, Int64Type};
use arrow_array::{Array, RecordBatch};
use arrow_schema::Schema;
use kurabe_schema::{ColumnSpec, ColumnType, Dataset, TableSpec, Value};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

use super::{columns, file_of};
use crate::ExportError;

/// Rows that are decoded at a time.
pub(super) const BATCH_ROWS: usize = 65_536;

/// Reads all tables that [`write_parquet`](crate::write_parquet) wrote into a directory.
///
/// # Errors
/// When a file is missing or damaged, or its columns are not those of its table: too few, too
/// many, or of another type.
pub fn read_parquet(dir: &Path) -> Result<Dataset, ExportError> {
    let mut dataset = Dataset::default();
    for spec in Dataset::specs() {
        let path = file_of(dir, spec.name);
        let rows = read_table(&path, spec)?;
        let table = Dataset::from_tables([(*spec, rows)])
            .map_err(|source| ExportError::Rows { path, source })?;
        dataset.append(table);
    }
    Ok(dataset)
}

fn read_table(path: &Path, spec: &'static TableSpec) -> Result<Vec<Vec<Value>>, ExportError> {
    let file = File::open(path).map_err(|source| ExportError::Open {
        path: path.to_owned(),
        source,
    })?;
    let failed = ExportError::read(path);
    let builder = ParquetRecordBatchReaderBuilder::try_new(file).map_err(&failed)?;
    check_columns(path, spec, builder.schema())?;
    let reader = builder
        .with_batch_size(BATCH_ROWS)
        .build()
        .map_err(&failed)?;
    let mut rows = Vec::new();
    for batch in reader {
        let batch = batch.map_err(|error| failed(error.into()))?;
        append_batch(path, spec, &batch, &mut rows)?;
    }
    Ok(rows)
}

fn check_columns(path: &Path, spec: &TableSpec, schema: &Schema) -> Result<(), ExportError> {
    for column in spec.columns {
        check_column(path, column, schema)?;
    }
    let unknown = schema
        .fields()
        .iter()
        .find(|field| spec.column(field.name()).is_none());
    match unknown {
        Some(field) => Err(ExportError::UnknownColumn {
            path: path.to_owned(),
            column: field.name().clone(),
        }),
        None => Ok(()),
    }
}

fn check_column(path: &Path, column: &ColumnSpec, schema: &Schema) -> Result<(), ExportError> {
    let (path, name) = (path.to_owned(), column.name.to_owned());
    let Some((_, field)) = schema.column_with_name(column.name) else {
        return Err(ExportError::MissingColumn { path, column: name });
    };
    let expected = columns::data_type(column.kind);
    if *field.data_type() == expected {
        return Ok(());
    }
    let (expected, found) = (expected.to_string(), field.data_type().to_string());
    Err(ExportError::ColumnType {
        path,
        column: name,
        expected,
        found,
    })
}

/// Adds the rows of a batch, with the columns in the order of the table.
fn append_batch(
    path: &Path,
    spec: &TableSpec,
    batch: &RecordBatch,
    rows: &mut Vec<Vec<Value>>,
) -> Result<(), ExportError> {
    let start = rows.len();
    rows.resize_with(start + batch.num_rows(), || {
        Vec::with_capacity(spec.columns.len())
    });
    for column in spec.columns {
        let Some(array) = batch.column_by_name(column.name) else {
            let (path, column) = (path.to_owned(), column.name.to_owned());
            return Err(ExportError::MissingColumn { path, column });
        };
        append_column(array.as_ref(), column.kind, &mut rows[start..]).map_err(|wrong| {
            let (path, column) = (path.to_owned(), column.name.to_owned());
            let row = start + wrong.index + 1;
            ExportError::DateRange {
                path,
                column,
                row,
                days: wrong.days,
            }
        })?;
    }
    Ok(())
}

/// A date outside the calendar.
struct WrongDate {
    index: usize,
    days: i32,
}

/// Adds one value to each row; the array has the type of the column, which was checked before.
fn append_column(
    array: &dyn Array,
    kind: ColumnType,
    rows: &mut [Vec<Value>],
) -> Result<(), WrongDate> {
    match kind {
        ColumnType::Text => {
            let texts = array.as_string::<i32>().iter();
            push(rows, texts, |text| Value::Text(text.to_owned()));
        }
        ColumnType::Int32 => {
            push(rows, array.as_primitive::<Int32Type>().iter(), |n| {
                Value::Int(n.into())
            });
        }
        ColumnType::Int64 => push(rows, array.as_primitive::<Int64Type>().iter(), Value::Int),
        ColumnType::Float => push(
            rows,
            array.as_primitive::<Float64Type>().iter(),
            Value::Float,
        ),
        ColumnType::Bool => push(rows, array.as_boolean().iter(), Value::Bool),
        ColumnType::Date => {
            let days = array.as_primitive::<Date32Type>();
            for (index, (row, days)) in rows.iter_mut().zip(days.iter()).enumerate() {
                row.push(date_value(days).map_err(|days| WrongDate { index, days })?);
            }
        }
    }
    Ok(())
}

fn push<T>(
    rows: &mut [Vec<Value>],
    cells: impl Iterator<Item = Option<T>>,
    value: impl Fn(T) -> Value,
) {
    for (row, cell) in rows.iter_mut().zip(cells) {
        row.push(cell.map_or(Value::Null, &value));
    }
}

/// The date, or the days back when the calendar does not go so far.
fn date_value(days: Option<i32>) -> Result<Value, i32> {
    days.map_or(Ok(Value::Null), |days| {
        columns::date(days).map(Value::Date).ok_or(days)
    })
}
