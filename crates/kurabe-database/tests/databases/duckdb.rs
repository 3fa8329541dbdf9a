use std::fs;
use std::path::Path;
use std::process::Command;

use kurabe_database::{DatabaseError, duckdb, views};
use kurabe_schema::{ColumnSpec, Dataset, TableSpec};

use crate::sample::{self, ROWS, dataset, load};

fn answer(program: &Path, database: &Path, query: &str) -> String {
    let output = Command::new(program)
        .args(["-no-init", "-csv", "-noheader", "-readonly"])
        .arg(database)
        .arg(query)
        .output()
        .unwrap();
    assert!(output.status.success(), "{query}: {output:?}");
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

#[test]
fn a_file_holds_the_dataset_with_comments_and_views() {
    let Some(program) = sample::duckdb() else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plans.duckdb");
    let data = dataset(1);
    for _ in 0..2 {
        let loaded = duckdb::write(&path, Some(&program), Path::new("none"), &load(&data)).unwrap();
        assert_eq!(loaded.tables, Dataset::specs().len() + 4);
    }
    for spec in Dataset::specs() {
        let count = answer(
            &program,
            &path,
            &format!("SELECT count(*) FROM {}", spec.name),
        );
        assert_eq!(count, ROWS.to_string(), "{}", spec.name);
    }
    let comments = "SELECT comment FROM duckdb_columns() WHERE table_name = 'measures' AND column_name = 'stage'";
    assert!(answer(&program, &path, comments).contains("共通の段階"));
    let views_told = "SELECT count(*) FROM duckdb_columns() WHERE table_name LIKE 'v\\_%' ESCAPE '\\' AND comment IS NOT NULL";
    let told: usize = views().iter().map(|view| view.columns.len()).sum();
    assert_eq!(answer(&program, &path, views_told), told.to_string());
    let keys = "SELECT count(*) FROM duckdb_constraints() WHERE constraint_type = 'FOREIGN KEY'";
    // References of a table to itself are not declared.
    let is_declared = |spec: &TableSpec, column: &ColumnSpec| {
        column
            .references
            .is_some_and(|(target, _)| target != spec.name)
    };
    let declared: usize = Dataset::specs()
        .iter()
        .map(|spec| {
            spec.columns
                .iter()
                .filter(|column| is_declared(spec, column))
                .count()
        })
        .sum();
    assert_eq!(answer(&program, &path, keys), declared.to_string());
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn what_is_not_ours_is_left_alone() {
    let Some(program) = sample::duckdb() else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("notes.txt");
    fs::write(&path, "my notes, longer than a head").unwrap();
    let data = dataset(1);
    let write = |path: &Path| duckdb::write(path, Some(&program), Path::new("none"), &load(&data));
    let error = write(&path).unwrap_err();
    assert!(
        matches!(error, DatabaseError::NotADatabase { .. }),
        "{error}"
    );
    let other = folder.path().join("other.duckdb");
    let made = Command::new(&program)
        .arg("-no-init")
        .arg(&other)
        .arg("CREATE TABLE mine (a INTEGER)")
        .status();
    assert!(made.unwrap().success());
    let error = write(&other).unwrap_err();
    assert!(
        matches!(error, DatabaseError::NotADatabase { .. }),
        "{error}"
    );
}

#[test]
fn without_the_program_the_script_is_left() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plans.duckdb");
    let parquet = folder.path().join("it's parquet");
    let data = dataset(1);
    let error = duckdb::write(&path, None, &parquet, &load(&data)).unwrap_err();
    assert!(error.to_string().contains("plans.duckdb.sql"), "{error}");
    assert!(!path.exists());
    let Some(program) = sample::duckdb() else {
        return;
    };
    fs::create_dir_all(&parquet).unwrap();
    kurabe_export::write_parquet(&parquet, &data, kurabe_export::ParquetOptions::default())
        .unwrap();
    let script = fs::File::open(folder.path().join("plans.duckdb.sql")).unwrap();
    let made = Command::new(&program)
        .args(["-no-init", "-bail"])
        .arg(&path)
        .stdin(script)
        .status();
    assert!(made.unwrap().success());
    let count = answer(&program, &path, "SELECT count(*) FROM v_measure_overview");
    assert_eq!(count, ROWS.to_string());
}
