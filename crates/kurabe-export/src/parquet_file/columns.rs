//! Tables as Arrow sees them.

use std::sync::Arc;

use arrow_array::{
    ArrayRef, BooleanArray, Date32Array, Float64Array, Int32Array, Int64Array, RecordBatch,
    StringArray,
};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use jiff::SignedDuration;
use jiff::civil::Date;
use kurabe_schema::{ColumnSpec, ColumnType, TableSpec, TableView, ValueRef};

const EPOCH: Date = Date::constant(1970, 1, 1);
const SECONDS_PER_DAY: i64 = 86_400;

/// The Arrow type of a column: plain ones only, which every reader of Parquet knows.
pub(super) fn data_type(kind: ColumnType) -> DataType {
    match kind {
        ColumnType::Text => DataType::Utf8,
        ColumnType::Int32 => DataType::Int32,
        ColumnType::Int64 => DataType::Int64,
        ColumnType::Float => DataType::Float64,
        ColumnType::Bool => DataType::Boolean,
        ColumnType::Date => DataType::Date32,
    }
}

/// The Arrow schema of the columns at these positions, with the meaning of each in its metadata.
fn schema(spec: &TableSpec, positions: &[usize]) -> SchemaRef {
    let columns = positions
        .iter()
        .filter_map(|&index| spec.columns.get(index));
    let fields: Vec<Field> = columns.map(field).collect();
    Arc::new(Schema::new(fields))
}

fn field(column: &ColumnSpec) -> Field {
    let descriptions = [("description_ja", column.ja), ("description_en", column.en)];
    Field::new(column.name, data_type(column.kind), column.nullable).with_metadata(descriptions)
}

/// All rows of a table as one batch, with the columns at these positions.
pub(super) fn batch(view: &TableView<'_>, positions: &[usize]) -> Result<RecordBatch, ArrowError> {
    let columns = positions
        .iter()
        .filter_map(|&index| Some((index, view.spec.columns.get(index)?)));
    let arrays = columns
        .map(|(index, column)| array(view, index, column.kind))
        .collect();
    RecordBatch::try_new(schema(view.spec, positions), arrays)
}

/// One column. A record's field has the type of its column, so no other value can occur in it.
fn array(view: &TableView<'_>, index: usize, kind: ColumnType) -> ArrayRef {
    let cells = view.rows.iter().map(|row| row[index]);
    match kind {
        ColumnType::Text => Arc::new(cells.map(text).collect::<StringArray>()),
        ColumnType::Int32 => Arc::new(cells.map(int32).collect::<Int32Array>()),
        ColumnType::Int64 => Arc::new(cells.map(int).collect::<Int64Array>()),
        ColumnType::Float => Arc::new(cells.map(float).collect::<Float64Array>()),
        ColumnType::Bool => Arc::new(cells.map(flag).collect::<BooleanArray>()),
        ColumnType::Date => Arc::new(cells.map(days).collect::<Date32Array>()),
    }
}

fn text(cell: ValueRef<'_>) -> Option<&str> {
    if let ValueRef::Text(text) = cell {
        Some(text)
    } else {
        None
    }
}

fn int(cell: ValueRef<'_>) -> Option<i64> {
    if let ValueRef::Int(number) = cell {
        Some(number)
    } else {
        None
    }
}

fn int32(cell: ValueRef<'_>) -> Option<i32> {
    int(cell).and_then(|number| number.try_into().ok())
}

/// A float of a cell, finite or not.
pub(super) fn float(cell: ValueRef<'_>) -> Option<f64> {
    if let ValueRef::Float(number) = cell {
        Some(number)
    } else {
        None
    }
}

fn flag(cell: ValueRef<'_>) -> Option<bool> {
    if let ValueRef::Bool(flag) = cell {
        Some(flag)
    } else {
        None
    }
}

/// Days since 1970-01-01.
fn days(cell: ValueRef<'_>) -> Option<i32> {
    let ValueRef::Date(date) = cell else {
        return None;
    };
    (date.duration_since(EPOCH).as_secs() / SECONDS_PER_DAY)
        .try_into()
        .ok()
}

/// The day so many days after 1970-01-01, if the calendar goes so far.
pub(super) fn date(days: i32) -> Option<Date> {
    EPOCH
        .checked_add(SignedDuration::from_secs(i64::from(days) * SECONDS_PER_DAY))
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_dates_are_the_same_thing() {
        for (year, month, day, count) in [(1970, 1, 1, 0), (1969, 12, 31, -1), (2024, 4, 1, 19_814)]
        {
            let day = jiff::civil::date(year, month, day);
            assert_eq!(days(ValueRef::Date(day)), Some(count));
            assert_eq!(date(count), Some(day));
        }
        for day in [Date::MIN, Date::MAX] {
            assert_eq!(days(ValueRef::Date(day)).and_then(date), Some(day));
        }
        assert_eq!(date(i32::MAX), None);
    }
}
