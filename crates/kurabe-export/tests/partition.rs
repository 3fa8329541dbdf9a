//! Files by municipality: in which folder a row lies, and what is in the files.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod common;

use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;

use kurabe_export::{ParquetOptions, write_parquet, write_partitioned};
use kurabe_schema::{
    Category, Dataset, Document, FindingRow, Kpi, KpiValue, Measure, SurveyIndicator,
};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

/// A city of Hokkaido, whose codes begin with 0, and one elsewhere.
const CITIES: [(&str, &str); 2] = [("011002", "札幌市"), ("322067", "安来市")];

fn dataset() -> Dataset {
    let mut dataset = Dataset {
        categories: vec![Category {
            category_id: "a".into(),
            ..Category::default()
        }],
        findings: vec![FindingRow {
            finding_id: "f1".into(),
            ..FindingRow::default()
        }],
        ..Dataset::default()
    };
    for (code, name) in CITIES {
        let document_id = format!("{code}-plan");
        let measure_id = format!("{document_id}-1");
        dataset
            .municipalities
            .push(common::municipality(code, name));
        dataset.documents.push(Document {
            document_id: document_id.clone(),
            municipality_code: code.into(),
            ..Document::default()
        });
        dataset.measures.push(Measure {
            measure_id: measure_id.clone(),
            document_id: document_id.clone(),
            municipality_code: code.into(),
            ..Measure::default()
        });
        dataset.kpis.push(Kpi {
            kpi_id: format!("{measure_id}-k1"),
            measure_id: measure_id.clone(),
            ..Kpi::default()
        });
        dataset.kpi_values.extend((0..3).map(|position| KpiValue {
            kpi_id: format!("{measure_id}-k1"),
            position,
            ..KpiValue::default()
        }));
        dataset.findings.push(FindingRow {
            finding_id: format!("f-{code}"),
            measure_id: Some(measure_id),
            ..FindingRow::default()
        });
        dataset.survey_indicators.push(SurveyIndicator {
            municipality_code: code.into(),
            ..SurveyIndicator::default()
        });
    }
    dataset
}

/// Rows of every file, by its path from the folder.
fn written(dir: &Path, dataset: &Dataset) -> BTreeMap<String, usize> {
    let files = write_partitioned(dir, dataset, ParquetOptions::default()).unwrap();
    let relative = |path: &Path| {
        let path = path.strip_prefix(dir).unwrap().to_str().unwrap();
        path.replace('\\', "/")
    };
    files
        .iter()
        .map(|file| (relative(&file.path), file.rows))
        .collect()
}

fn open(path: &Path) -> ParquetRecordBatchReaderBuilder<File> {
    ParquetRecordBatchReaderBuilder::try_new(File::open(path).unwrap()).unwrap()
}

#[test]
fn a_row_lies_in_the_folder_of_its_municipality() {
    let dir = tempfile::tempdir().unwrap();
    let files = written(dir.path(), &dataset());
    for (path, rows) in [
        ("municipalities/municipality_code=011002/part-0.parquet", 1),
        ("documents/municipality_code=011002/part-0.parquet", 1),
        ("kpi_values/municipality_code=011002/part-0.parquet", 3),
        ("kpi_values/municipality_code=322067/part-0.parquet", 3),
        (
            "survey_indicators/municipality_code=011002/part-0.parquet",
            1,
        ),
        ("findings/municipality_code=011002/part-0.parquet", 1),
        (
            "findings/municipality_code=__HIVE_DEFAULT_PARTITION__/part-0.parquet",
            1,
        ),
        ("categories/part-0.parquet", 1),
        ("indicators/part-0.parquet", 0),
        (
            "schedules/municipality_code=__HIVE_DEFAULT_PARTITION__/part-0.parquet",
            0,
        ),
    ] {
        assert_eq!(files.get(path), Some(&rows), "{path} of {files:#?}");
    }
    let whole = "kpi_values/municipality_code=__HIVE_DEFAULT_PARTITION__/part-0.parquet";
    assert_eq!(files.get(whole), None);
}

#[test]
fn no_row_is_lost_and_none_is_doubled() {
    for dataset in [dataset(), common::small(), Dataset::default()] {
        let (dir, flat) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let files = written(dir.path(), &dataset);
        for table in write_parquet(flat.path(), &dataset, ParquetOptions::default()).unwrap() {
            let folder = format!("{}/", table.table);
            let own = files.iter().filter(|(path, _)| path.starts_with(&folder));
            let rows: Vec<usize> = own.map(|(_, rows)| *rows).collect();
            assert!(!rows.is_empty(), "{folder} has a file");
            assert_eq!(rows.iter().sum::<usize>(), table.rows, "{folder}");
        }
    }
}

#[test]
fn the_column_of_the_folder_is_left_out_and_the_rest_stays_sorted() {
    let dir = tempfile::tempdir().unwrap();
    written(dir.path(), &dataset());
    let file = open(
        &dir.path()
            .join("measures/municipality_code=322067/part-0.parquet"),
    );
    assert!(file.schema().field_with_name("municipality_code").is_err());
    assert!(file.schema().field_with_name("measure_id").is_ok());
    let file = open(
        &dir.path()
            .join("survey_indicators/municipality_code=322067/part-0.parquet"),
    );
    let sorting = file.metadata().row_group(0).sorting_columns().unwrap();
    let columns = file.metadata().file_metadata().schema_descr();
    let name = |index: i32| {
        columns
            .column(usize::try_from(index).unwrap())
            .name()
            .to_owned()
    };
    let names: Vec<String> = sorting.iter().map(|key| name(key.column_idx)).collect();
    assert_eq!(names, ["survey", "year", "indicator"]);
}

#[test]
fn large_tables_are_divided_into_row_groups() {
    let dir = tempfile::tempdir().unwrap();
    let dataset = Dataset {
        survey_indicators: (0..130_000)
            .map(|year| SurveyIndicator {
                municipality_code: "322067".into(),
                year,
                ..SurveyIndicator::default()
            })
            .collect(),
        ..Dataset::default()
    };
    written(dir.path(), &dataset);
    let file = open(
        &dir.path()
            .join("survey_indicators/municipality_code=322067/part-0.parquet"),
    );
    let rows = file
        .metadata()
        .row_groups()
        .iter()
        .map(|group| group.num_rows());
    assert_eq!(rows.collect::<Vec<_>>(), [122_880, 7_120]);
}
