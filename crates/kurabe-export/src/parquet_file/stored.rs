//! Parquet files as they are, whatever version of the program wrote them.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowPrimitiveType, Date32Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type,
    Int64Type, UInt8Type, UInt16Type, UInt32Type,
};
use arrow_array::{
    Array, BooleanArray, Date32Array, Float64Array, Int64Array, RecordBatch, StringArray,
};
use arrow_schema::DataType;
use kurabe_schema::{ColumnType, ValueRef};
use parquet::arrow::arrow_reader::{ArrowReaderOptions, ParquetRecordBatchReaderBuilder};
use parquet::file::metadata::KeyValue;

use super::columns;
use super::reader::BATCH_ROWS;
use crate::ExportError;

/// Ending of the files of tables.
const ENDING: &str = ".parquet";

/// A column as its file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredColumn {
    /// Its name.
    pub name: String,
    /// Type of its values; narrower numbers count as the published type that holds them.
    pub kind: ColumnType,
    /// Whether a value may be missing.
    pub nullable: bool,
    /// Meaning in Japanese, where the file states it.
    pub ja: Option<String>,
    /// Meaning in English, where the file states it.
    pub en: Option<String>,
}

/// A published table as its file says: names, types and values, known to the schema or not.
#[derive(Debug, Clone)]
pub struct StoredTable {
    /// The table, named as its file.
    pub name: String,
    /// The columns in the order of the file.
    pub columns: Vec<StoredColumn>,
    /// The columns by which a row is known; empty where the file does not say.
    pub key: Vec<String>,
    /// What a row is, in Japanese, where the file states it.
    pub ja: Option<String>,
    /// What a row is, in English, where the file states it.
    pub en: Option<String>,
    rows: usize,
    /// Number of the first row of each part.
    starts: Vec<usize>,
    /// The values: parts of the table, each with one array per column.
    parts: Vec<Vec<Cells>>,
}

/// The values of a column in one part of the table.
#[derive(Debug, Clone)]
enum Cells {
    Text(StringArray),
    Int(Int64Array),
    Float(Float64Array),
    Bool(BooleanArray),
    Date(Date32Array),
}

/// The files of tables in a folder, sorted by name; what lies there besides does not count.
///
/// # Errors
/// When the folder cannot be listed.
pub fn stored_files(dir: &Path) -> Result<Vec<PathBuf>, ExportError> {
    let failed = |source| ExportError::Open {
        path: dir.to_owned(),
        source,
    };
    let mut files = Vec::new();
    for entry in fs::read_dir(dir).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if !table_of(&path).is_empty() && path.is_file() {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// The table that a file is named for; empty for other files.
fn table_of(path: &Path) -> &str {
    let name = path.file_name().and_then(|name| name.to_str());
    let table = name.and_then(|name| name.strip_suffix(ENDING));
    table.unwrap_or_default()
}

/// Reads one table as its file says.
///
/// # Errors
/// When the file is missing or damaged, or holds values that no published table has.
pub fn read_stored(path: &Path) -> Result<StoredTable, ExportError> {
    let file = File::open(path).map_err(|source| ExportError::Open {
        path: path.to_owned(),
        source,
    })?;
    let failed = ExportError::read(path);
    // Only what Parquet itself says of types, not what the writer kept beside it.
    let options = ArrowReaderOptions::new().with_skip_arrow_metadata(true);
    let builder =
        ParquetRecordBatchReaderBuilder::try_new_with_options(file, options).map_err(&failed)?;
    let stated = builder.metadata().file_metadata().key_value_metadata();
    let mut table = described(path, builder.schema().fields(), stated.map_or(&[], |v| v))?;
    let reader = builder
        .with_batch_size(BATCH_ROWS)
        .build()
        .map_err(&failed)?;
    for batch in reader {
        let batch = batch.map_err(|error| failed(error.into()))?;
        table.append(path, &batch)?;
    }
    Ok(table)
}

/// The table without rows.
fn described(
    path: &Path,
    fields: &arrow_schema::Fields,
    stated: &[KeyValue],
) -> Result<StoredTable, ExportError> {
    let said = |key: &str| {
        let pair = stated.iter().find(|pair| pair.key == key);
        pair.and_then(|pair| pair.value.clone())
    };
    let column = |field: &std::sync::Arc<arrow_schema::Field>| {
        let name = field.name();
        let kind = kind(field.data_type()).ok_or_else(|| ExportError::UnknownType {
            path: path.to_owned(),
            column: name.clone(),
            found: field.data_type().to_string(),
        })?;
        Ok(StoredColumn {
            name: name.clone(),
            kind,
            nullable: field.is_nullable(),
            ja: said(&format!("column.{name}.description_ja")),
            en: said(&format!("column.{name}.description_en")),
        })
    };
    let key = said("key").unwrap_or_default();
    Ok(StoredTable {
        name: table_of(path).to_owned(),
        columns: fields.iter().map(column).collect::<Result<_, _>>()?,
        key: key
            .split(',')
            .filter(|name| !name.is_empty())
            .map(str::to_owned)
            .collect(),
        ja: said("description_ja"),
        en: said("description_en"),
        rows: 0,
        starts: Vec::new(),
        parts: Vec::new(),
    })
}

/// The published type that holds values of a type of Arrow.
fn kind(found: &DataType) -> Option<ColumnType> {
    match found {
        DataType::Utf8 => Some(ColumnType::Text),
        DataType::Int8 | DataType::Int16 | DataType::Int32 | DataType::UInt8 | DataType::UInt16 => {
            Some(ColumnType::Int32)
        }
        DataType::Int64 | DataType::UInt32 => Some(ColumnType::Int64),
        DataType::Float32 | DataType::Float64 => Some(ColumnType::Float),
        DataType::Boolean => Some(ColumnType::Bool),
        DataType::Date32 => Some(ColumnType::Date),
        _ => None,
    }
}

impl StoredTable {
    /// Number of rows.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Position of the column of that name.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }

    /// The value of a row, counted from 0, in the column at a position; null outside the table.
    #[must_use]
    pub fn cell(&self, row: usize, column: usize) -> ValueRef<'_> {
        let part = self.starts.partition_point(|start| *start <= row);
        let Some(part) = part.checked_sub(1).filter(|_| row < self.rows) else {
            return ValueRef::Null;
        };
        let cells = self.parts[part].get(column);
        cells.map_or(ValueRef::Null, |cells| cells.at(row - self.starts[part]))
    }

    fn append(&mut self, path: &Path, batch: &RecordBatch) -> Result<(), ExportError> {
        let mut part = Vec::with_capacity(self.columns.len());
        for (array, column) in batch.columns().iter().zip(&self.columns) {
            let cells = Cells::of(array.as_ref()).ok_or_else(|| ExportError::UnknownType {
                path: path.to_owned(),
                column: column.name.clone(),
                found: array.data_type().to_string(),
            })?;
            if let Some((index, days)) = cells.wrong_date() {
                return Err(ExportError::DateRange {
                    path: path.to_owned(),
                    column: column.name.clone(),
                    row: self.rows + index + 1,
                    days,
                });
            }
            part.push(cells);
        }
        self.starts.push(self.rows);
        self.rows += batch.num_rows();
        self.parts.push(part);
        Ok(())
    }
}

impl Cells {
    fn of(array: &dyn Array) -> Option<Self> {
        Some(match array.data_type() {
            DataType::Utf8 => Self::Text(array.as_string::<i32>().clone()),
            DataType::Int8 => ints::<Int8Type>(array),
            DataType::Int16 => ints::<Int16Type>(array),
            DataType::Int32 => ints::<Int32Type>(array),
            DataType::UInt8 => ints::<UInt8Type>(array),
            DataType::UInt16 => ints::<UInt16Type>(array),
            DataType::UInt32 => ints::<UInt32Type>(array),
            DataType::Int64 => Self::Int(array.as_primitive::<Int64Type>().clone()),
            DataType::Float32 => {
                let narrow = array.as_primitive::<Float32Type>();
                Self::Float(narrow.iter().map(|cell| cell.map(f64::from)).collect())
            }
            DataType::Float64 => Self::Float(array.as_primitive::<Float64Type>().clone()),
            DataType::Boolean => Self::Bool(array.as_boolean().clone()),
            DataType::Date32 => Self::Date(array.as_primitive::<Date32Type>().clone()),
            _ => return None,
        })
    }

    /// The first date outside the calendar: its index and days.
    fn wrong_date(&self) -> Option<(usize, i32)> {
        let Self::Date(dates) = self else {
            return None;
        };
        let mut days = dates.iter().enumerate();
        days.find_map(|(index, days)| {
            let days = days?;
            columns::date(days).is_none().then_some((index, days))
        })
    }

    fn at(&self, index: usize) -> ValueRef<'_> {
        match self {
            Self::Text(cells) if cells.is_valid(index) => ValueRef::Text(cells.value(index)),
            Self::Int(cells) if cells.is_valid(index) => ValueRef::Int(cells.value(index)),
            Self::Float(cells) if cells.is_valid(index) => ValueRef::Float(cells.value(index)),
            Self::Bool(cells) if cells.is_valid(index) => ValueRef::Bool(cells.value(index)),
            Self::Date(cells) if cells.is_valid(index) => {
                columns::date(cells.value(index)).map_or(ValueRef::Null, ValueRef::Date)
            }
            Self::Text(_) | Self::Int(_) | Self::Float(_) | Self::Bool(_) | Self::Date(_) => {
                ValueRef::Null
            }
        }
    }
}

/// Narrower whole numbers as those of 64 bits.
fn ints<T: ArrowPrimitiveType>(array: &dyn Array) -> Cells
where
    i64: From<T::Native>,
{
    let narrow = array.as_primitive::<T>();
    Cells::Int(narrow.iter().map(|cell| cell.map(i64::from)).collect())
}
