//! Records to data frames and back.

use jiff::civil::{Date, date};
use kurabe_schema::{ColumnSpec, ColumnType, Record, TableSpec, Value, ValueRef};
use polars::prelude::*;

/// The day from which polars counts days.
const EPOCH: Date = date(1970, 1, 1);

/// The columns of records that a query needs, as a frame.
///
/// # Errors
/// When polars refuses the columns.
pub(crate) fn frame_of<R: Record>(records: &[R], wanted: &[&str]) -> PolarsResult<DataFrame> {
    let chosen: Vec<(usize, &ColumnSpec)> = wanted
        .iter()
        .filter_map(|name| R::SPEC.column(name))
        .collect();
    let mut cells: Vec<Vec<ValueRef<'_>>> = chosen
        .iter()
        .map(|_| Vec::with_capacity(records.len()))
        .collect();
    for record in records {
        let row = record.cells();
        for ((index, _), column) in chosen.iter().zip(&mut cells) {
            column.push(row.get(*index).copied().unwrap_or(ValueRef::Null));
        }
    }
    let columns = chosen.iter().zip(cells);
    let columns = columns.map(|((_, spec), cells)| column_of(spec, &cells));
    DataFrame::new(records.len(), columns.collect::<PolarsResult<Vec<_>>>()?)
}

fn column_of(spec: &ColumnSpec, cells: &[ValueRef<'_>]) -> PolarsResult<Column> {
    let name = PlSmallStr::from_static(spec.name);
    Ok(match spec.kind {
        ColumnType::Text => Column::new(name, mapped(cells, text)),
        ColumnType::Int32 => Column::new(name, mapped(cells, int)).cast(&DataType::Int32)?,
        ColumnType::Int64 => Column::new(name, mapped(cells, int)),
        ColumnType::Float => Column::new(name, mapped(cells, float)),
        ColumnType::Bool => Column::new(name, mapped(cells, flag)),
        ColumnType::Date => Column::new(name, mapped(cells, days)).cast(&DataType::Date)?,
    })
}

fn mapped<'a, T>(
    cells: &[ValueRef<'a>],
    get: impl Fn(ValueRef<'a>) -> Option<T>,
) -> Vec<Option<T>> {
    cells.iter().map(|cell| get(*cell)).collect()
}

fn text(cell: ValueRef<'_>) -> Option<&str> {
    match cell {
        ValueRef::Text(text) => Some(text),
        _ => None,
    }
}

fn int(cell: ValueRef<'_>) -> Option<i64> {
    match cell {
        ValueRef::Int(number) => Some(number),
        _ => None,
    }
}

fn float(cell: ValueRef<'_>) -> Option<f64> {
    match cell {
        ValueRef::Float(number) => Some(number),
        _ => None,
    }
}

fn flag(cell: ValueRef<'_>) -> Option<bool> {
    match cell {
        ValueRef::Bool(flag) => Some(flag),
        _ => None,
    }
}

fn days(cell: ValueRef<'_>) -> Option<i32> {
    match cell {
        ValueRef::Date(day) => EPOCH.until(day).ok().map(|span| span.get_days()),
        _ => None,
    }
}

/// The rows of a frame in the columns of a table; the name of the column that is missing or of
/// another type otherwise.
pub(crate) fn rows_of(
    frame: &DataFrame,
    spec: &'static TableSpec,
) -> Result<Vec<Vec<Value>>, &'static str> {
    let mut rows: Vec<Vec<Value>> = (0..frame.height())
        .map(|_| Vec::with_capacity(spec.columns.len()))
        .collect();
    for column in spec.columns {
        let values = values_of(frame, column).ok_or(column.name)?;
        for (row, value) in rows.iter_mut().zip(values) {
            row.push(value);
        }
    }
    Ok(rows)
}

fn values_of(frame: &DataFrame, spec: &ColumnSpec) -> Option<Vec<Value>> {
    let wanted = match spec.kind {
        ColumnType::Text => DataType::String,
        ColumnType::Int32 | ColumnType::Int64 => DataType::Int64,
        ColumnType::Float => DataType::Float64,
        ColumnType::Bool => DataType::Boolean,
        ColumnType::Date => DataType::Date,
    };
    let column = frame.column(spec.name).ok()?.cast(&wanted).ok()?;
    let or_null = |value: Option<Value>| value.unwrap_or(Value::Null);
    Some(match spec.kind {
        ColumnType::Text => {
            let cells = column.str().ok()?.iter();
            cells
                .map(|cell| or_null(cell.map(|text| Value::Text(text.to_owned()))))
                .collect()
        }
        ColumnType::Int32 | ColumnType::Int64 => column
            .i64()
            .ok()?
            .iter()
            .map(|cell| or_null(cell.map(Value::Int)))
            .collect(),
        ColumnType::Float => column
            .f64()
            .ok()?
            .iter()
            .map(|cell| or_null(cell.map(|x| Value::Float(rounded(x)))))
            .collect(),
        ColumnType::Bool => column
            .bool()
            .ok()?
            .iter()
            .map(|cell| or_null(cell.map(Value::Bool)))
            .collect(),
        ColumnType::Date => {
            let days = column.cast(&DataType::Int32).ok()?;
            let day = |days: i32| {
                EPOCH
                    .checked_add(jiff::Span::new().try_days(days).ok()?)
                    .ok()
            };
            let cells = days.i32().ok()?.iter();
            cells
                .map(|cell| or_null(cell.and_then(day).map(Value::Date)))
                .collect()
        }
    })
}

/// Twelve significant digits: how threads share a sum must not show in the published figure.
fn rounded(value: f64) -> f64 {
    // Most figures have few digits and need no rounding, which takes a while.
    if (value * 1024.0).fract() == 0.0 && value.abs() < 1e12 {
        return value;
    }
    format!("{value:.11e}").parse().unwrap_or(value)
}
