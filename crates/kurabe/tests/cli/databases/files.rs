//! Databases that are a file.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use kurabe::cli::DatabaseVariables;
use kurabe::record::RunRecord;
use rusqlite::Connection;

use super::{ask, published_rows};
use crate::support::Project;

const VIEWS: [&str; 4] = [
    "v_category_matrix",
    "v_kpi_progress",
    "v_measure_overview",
    "v_schedule_by_year",
];

fn project() -> Project {
    let project = Project::with_bundled_document();
    assert!(project.run("run").code < 2);
    project
}

fn version(project: &Project) -> String {
    RunRecord::load(&project.path("out")).unwrap().version
}

#[test]
fn a_sqlite_file_holds_the_published_dataset() {
    let project = project();
    let none = DatabaseVariables::default();
    for (language, told) in [("en", "Wrote"), ("ja", "書き込みました")] {
        let answer = ask(
            &project.path("."),
            language,
            "export --to sqlite a.db",
            &none,
        );
        assert!(answer.code < 2, "{answer:?}");
        answer.has("a.db").has(told);
    }
    let file = Connection::open(project.path("a.db")).unwrap();
    let one = |query: &str| -> String { file.query_row(query, [], |row| row.get(0)).unwrap() };
    let tables = published_rows(&project.path("out"));
    assert!(tables.iter().any(|(_, rows)| *rows > 10), "{tables:?}");
    for (table, rows) in tables {
        let query = format!("SELECT CAST(count(*) AS TEXT) FROM \"{table}\"");
        assert_eq!(one(&query), rows.to_string(), "{table}");
    }
    for view in VIEWS {
        let query = format!("SELECT CAST(count(*) AS TEXT) FROM {view}");
        assert_ne!(one(&query), "0", "{view}");
    }
    assert_eq!(one("SELECT version FROM kurabe_dataset"), version(&project));
    let quiet = ask(
        &project.path("."),
        "en",
        "export --quiet --to sqlite a.db",
        &none,
    );
    assert_eq!((&*quiet.out, &*quiet.err), ("", ""));
}

/// The command line of DuckDB, where there is one.
#[expect(clippy::print_stderr, reason = "says that it is skipped")]
fn duckdb() -> Option<DatabaseVariables> {
    let found = DatabaseVariables {
        duckdb: std::env::var_os("KURABE_DUCKDB").map(PathBuf::from),
        path: std::env::var_os("PATH"),
        ..DatabaseVariables::default()
    };
    if found.duckdb().is_none() {
        eprintln!("SKIPPED: no duckdb on the path and no KURABE_DUCKDB");
        return None;
    }
    Some(found)
}

fn answer(program: &Path, file: &Path, query: &str) -> String {
    let output = Command::new(program)
        .args(["-no-init", "-csv", "-noheader", "-readonly"])
        .arg(file)
        .arg(query)
        .output()
        .unwrap();
    assert!(output.status.success(), "{query}: {output:?}");
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

#[test]
fn a_duckdb_file_holds_the_published_dataset() {
    let Some(variables) = duckdb() else {
        return;
    };
    let project = project();
    let line = "export --to duckdb a.duckdb --to sqlite a.db";
    for _ in 0..2 {
        let answer = ask(&project.path("."), "en", line, &variables);
        assert!(answer.code < 2, "{answer:?}");
        answer.has("a.duckdb").has("a.db");
    }
    let (program, file) = (variables.duckdb().unwrap(), project.path("a.duckdb"));
    let counts: Vec<String> = published_rows(&project.path("out"))
        .iter()
        .map(|(table, rows)| format!("(SELECT count(*) FROM \"{table}\") = {rows}"))
        .collect();
    let query = format!("SELECT {}", counts.join(" AND "));
    assert_eq!(answer(&program, &file, &query), "true");
    for view in VIEWS {
        let query = format!("SELECT count(*) > 0 FROM {view}");
        assert_eq!(answer(&program, &file, &query), "true", "{view}");
    }
    let stamped = answer(&program, &file, "SELECT version FROM kurabe_dataset");
    assert_eq!(stamped, version(&project));
}

#[test]
fn without_duckdb_the_script_is_left_that_makes_the_file() {
    let project = project();
    let none = DatabaseVariables::default();
    for (language, told) in [("en", "was not found"), ("ja", "見つからない")] {
        let line = "export --to duckdb a.duckdb";
        let answer = ask(&project.path("."), language, line, &none);
        answer.code(3).has(told).has("a.duckdb.sql");
        answer.has("KURABE_DUCKDB");
        assert!(!project.path("a.duckdb").exists());
        let script = fs::read_to_string(project.path("a.duckdb.sql")).unwrap();
        assert!(script.contains("CREATE VIEW"), "{script}");
        assert!(script.contains("measures.parquet"), "{script}");
    }
}
