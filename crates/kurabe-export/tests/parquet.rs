//! Parquet: what is written comes back, with the same bytes each time, in plain types.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod common;

use std::fs::{self, File};
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use arrow_array::{ArrayRef, Int64Array, RecordBatch, StringArray};
use arrow_schema::{DataType, SchemaRef};
use jiff::civil::date;
use kurabe_export::{ExportError, ParquetOptions, read_parquet, write_parquet};
use kurabe_schema::{ColumnType, Dataset, TableSpec, Value};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

fn write(dir: &Path, dataset: &Dataset) {
    write_parquet(dir, dataset, ParquetOptions::default()).unwrap();
}

fn open(dir: &Path, table: &str) -> ParquetRecordBatchReaderBuilder<File> {
    let file = File::open(dir.join(format!("{table}.parquet"))).unwrap();
    ParquetRecordBatchReaderBuilder::try_new(file).unwrap()
}

#[test]
fn what_is_written_comes_back_sorted() {
    let dir = tempfile::tempdir().unwrap();
    let mut dataset = common::small();
    let written = write_parquet(dir.path(), &dataset, ParquetOptions::default()).unwrap();
    assert_eq!(written.len(), Dataset::specs().len());
    assert_eq!((written[2].table, written[2].rows), ("measures", 2));
    assert_eq!(written[2].path, dir.path().join("measures.parquet"));
    let back = read_parquet(dir.path()).unwrap();
    assert_ne!(back, dataset);
    dataset.sort();
    assert_eq!(back, dataset);
    assert_eq!(back.documents[0].as_of, Some(date(1969, 12, 31)));
}

#[test]
fn tables_without_rows_are_written_too() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), &Dataset::default());
    assert_eq!(
        fs::read_dir(dir.path()).unwrap().count(),
        Dataset::specs().len()
    );
    assert_eq!(read_parquet(dir.path()).unwrap(), Dataset::default());
}

#[test]
fn same_rows_in_any_order_give_the_same_bytes() {
    let (first, second) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut reversed = common::small();
    reversed.measures.reverse();
    reversed.kpi_values.reverse();
    write(first.path(), &common::small());
    write(second.path(), &reversed);
    for spec in Dataset::specs() {
        let name = format!("{}.parquet", spec.name);
        let bytes = fs::read(first.path().join(&name)).unwrap();
        assert_eq!(
            bytes,
            fs::read(second.path().join(&name)).unwrap(),
            "{name}"
        );
    }
}

#[test]
fn types_are_plain_and_columns_in_order() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), &common::small());
    let plain = [
        DataType::Utf8,
        DataType::Int32,
        DataType::Int64,
        DataType::Float64,
        DataType::Boolean,
        DataType::Date32,
    ];
    for spec in Dataset::specs() {
        let schema = open(dir.path(), spec.name).schema().clone();
        assert_eq!(schema.fields().len(), spec.columns.len());
        for (field, column) in schema.fields().iter().zip(spec.columns) {
            assert_eq!(
                (field.name().as_str(), field.is_nullable()),
                (column.name, column.nullable)
            );
            assert!(plain.contains(field.data_type()), "{field}");
            assert_eq!(field.metadata()["description_ja"], column.ja);
            assert_eq!(field.metadata()["description_en"], column.en);
        }
    }
}

#[test]
fn the_file_says_what_it_holds() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), &common::small());
    let reader = open(dir.path(), "schedules");
    let file = reader.metadata().file_metadata();
    assert_eq!(file.created_by(), Some("kurabe"));
    let pairs = file.key_value_metadata().unwrap();
    let value = |key: &str| {
        pairs
            .iter()
            .find(|pair| pair.key == key)
            .and_then(|pair| pair.value.clone())
            .unwrap()
    };
    assert_eq!(value("table"), "schedules");
    assert_eq!(value("key"), "measure_id,position,fiscal_year,phase_raw");
    assert_eq!(value("column.measure_id.references"), "measures.measure_id");
    assert!(value("column.stage.values").starts_with("planned,study,"));
    assert!(!value("column.stage.description_ja").is_ascii());
}

#[test]
fn a_missing_file_is_an_error_that_names_it() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), &common::small());
    fs::remove_file(dir.path().join("kpis.parquet")).unwrap();
    let error = read_parquet(dir.path()).unwrap_err();
    assert!(matches!(error, ExportError::Open { .. }));
    assert!(error.to_string().contains("kpis.parquet"), "{error}");
}

#[test]
fn a_damaged_file_is_an_error_that_names_it() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), &common::small());
    let path = dir.path().join("measures.parquet");
    for length in [0, 3, 100, fs::metadata(&path).unwrap().len() - 1] {
        File::options()
            .write(true)
            .open(&path)
            .unwrap()
            .set_len(length)
            .unwrap();
        let error = read_parquet(dir.path()).unwrap_err();
        assert!(matches!(error, ExportError::ReadParquet { .. }));
        assert!(error.to_string().contains("measures.parquet"), "{error}");
        write(dir.path(), &common::small());
    }
}

/// Replaces a file by one whose columns were changed.
fn rewrite(dir: &Path, table: &str, change: impl Fn(&mut Vec<(String, ArrayRef)>)) {
    let batch = open(dir, table).build().unwrap().next().unwrap().unwrap();
    let names = batch
        .schema()
        .fields()
        .iter()
        .map(|f| f.name().clone())
        .collect::<Vec<_>>();
    let mut columns = names.into_iter().zip(batch.columns().to_vec()).collect();
    change(&mut columns);
    let batch = RecordBatch::try_from_iter_with_nullable(
        columns.into_iter().map(|(name, array)| (name, array, true)),
    )
    .unwrap();
    let file = File::create(dir.join(format!("{table}.parquet"))).unwrap();
    let schema: SchemaRef = batch.schema();
    let mut writer = ArrowWriter::try_new(file, schema, None).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
}

#[test]
fn wrong_columns_are_errors_that_name_file_and_column() {
    type Change = fn(&mut Vec<(String, ArrayRef)>);
    let cases: [(Change, &str, &str); 4] = [
        (
            |columns| drop(columns.remove(1)),
            "column `name` is missing",
            "write it again",
        ),
        (
            |columns| columns[1].1 = Arc::new(Int64Array::from(vec![1, 2])),
            "column `name` is Int64 but should be Utf8",
            "write it again",
        ),
        (
            |columns| columns.push(("mayor".into(), Arc::new(Int64Array::from(vec![1, 2])))),
            "column `mayor` is not known",
            "write it again",
        ),
        (
            |columns| columns[1].1 = Arc::new(StringArray::from(vec![Some("x"), None])),
            "table `municipalities`, row 2: the values do not fit column `name`",
            "write the table again",
        ),
    ];
    let dir = tempfile::tempdir().unwrap();
    for (change, message, remedy) in cases {
        write(dir.path(), &common::small());
        rewrite(dir.path(), "municipalities", change);
        let error = read_parquet(dir.path()).unwrap_err().to_string();
        for part in ["municipalities.parquet", message, remedy] {
            assert!(error.contains(part), "{part:?} is not in {error:?}");
        }
    }
}

#[test]
fn columns_in_another_order_are_read_by_name() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), &common::small());
    rewrite(dir.path(), "municipalities", |columns| columns.reverse());
    let mut dataset = common::small();
    dataset.sort();
    assert_eq!(read_parquet(dir.path()).unwrap(), dataset);
}

#[test]
fn numbers_that_are_none_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    let mut dataset = common::small();
    dataset.kpi_values[1].value = Some(f64::NAN);
    let error = write_parquet(dir.path(), &dataset, ParquetOptions::default()).unwrap_err();
    let place = "table `kpi_values`, row 2, column `value`";
    assert!(error.to_string().contains(place), "{error}");
}

#[test]
fn an_unknown_compression_level_is_an_error() {
    let dir = tempfile::tempdir().unwrap();
    let options = ParquetOptions {
        compression_level: 99,
    };
    let error = write_parquet(dir.path(), &Dataset::default(), options).unwrap_err();
    assert!(
        error.to_string().contains("municipalities.parquet"),
        "{error}"
    );
}

#[test]
fn a_missing_directory_is_an_error_with_a_remedy() {
    let dir = tempfile::tempdir().unwrap();
    let error = write_parquet(
        &dir.path().join("no"),
        &Dataset::default(),
        Default::default(),
    );
    assert!(
        error
            .unwrap_err()
            .to_string()
            .contains("check that its directory exists")
    );
}

/// Every table with that many rows.
fn large(rows: usize) -> Dataset {
    let table = |spec: &'static TableSpec| {
        let row = |index| {
            spec.columns
                .iter()
                .map(|column| cell(column.kind, index))
                .collect()
        };
        (spec, (0..rows).map(row).collect())
    };
    Dataset::from_tables(Dataset::specs().iter().map(|spec| table(spec))).unwrap()
}

fn cell(kind: ColumnType, index: usize) -> Value {
    let number = i64::try_from(index).unwrap_or_default();
    match kind {
        ColumnType::Text => Value::Text(format!("行政手続のオンライン化 {index}")),
        ColumnType::Int32 | ColumnType::Int64 => Value::Int(number),
        ColumnType::Float => Value::Float(number as f64 / 4.0),
        ColumnType::Bool => Value::Bool(index.is_multiple_of(2)),
        ColumnType::Date => Value::Date(date(2024, 4, 1)),
    }
}

/// Run with `--release -- --ignored --nocapture` to see the time.
#[test]
#[ignore = "a measurement"]
fn time_to_write_and_read_2000_rows_per_table() {
    let dir = tempfile::tempdir().unwrap();
    let dataset = large(2000);
    for _ in 0..5 {
        let start = Instant::now();
        write(dir.path(), &dataset);
        let written = start.elapsed();
        read_parquet(dir.path()).unwrap();
        println!("write {written:?}, read {:?}", start.elapsed() - written);
    }
}
