use std::fs;

use kurabe_database::{DatabaseError, sqlite, views};
use kurabe_schema::Dataset;
use rusqlite::Connection;

use crate::sample::{ROWS, dataset, load};

fn one(database: &Connection, query: &str) -> String {
    let value = database.query_row(query, [], |row| row.get::<_, rusqlite::types::Value>(0));
    format!("{:?}", value.unwrap())
}

#[test]
fn a_file_holds_the_dataset_whole() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plans.sqlite");
    let data = dataset(1);
    let loaded = sqlite::write(&path, &load(&data)).unwrap();
    assert_eq!(loaded.tables, Dataset::specs().len() + 4);
    assert!(loaded.dangling.is_empty(), "{:?}", loaded.dangling);
    let database = Connection::open(&path).unwrap();
    assert_eq!(one(&database, "PRAGMA integrity_check"), "Text(\"ok\")");
    let mut broken = database.prepare("PRAGMA foreign_key_check").unwrap();
    assert!(!broken.exists([]).unwrap());
    for spec in Dataset::specs() {
        let count = one(&database, &format!("SELECT count(*) FROM {}", spec.name));
        assert_eq!(count, format!("Integer({ROWS})"), "{}", spec.name);
    }
    for view in views() {
        let query = database
            .prepare(&format!("SELECT * FROM {}", view.name))
            .unwrap();
        let told: Vec<&str> = view.columns.iter().map(|column| column.name).collect();
        let columns: Vec<&str> = query.column_names().collect();
        assert_eq!(columns, told, "{}", view.name);
    }
    let title = "SELECT title FROM measures WHERE measure_id = 'id-000003'";
    let expected = data.measures.iter().find(|m| m.measure_id == "id-000003");
    let title: String = database.query_row(title, [], |row| row.get(0)).unwrap();
    assert_eq!(title, expected.unwrap().title);
    let stages = "SELECT count(*) FROM labels WHERE table_name = 'measures' AND ja = '試行・実証'";
    assert_eq!(one(&database, stages), "Integer(1)");
    let words = "INSERT INTO documents SELECT 'x', municipality_code, plan_id, title, publisher, 'no kind', \
        edition_of_national_plan, published, as_of, period_start, period_end, path, source_url, retrieved_at, \
        media_type, encoding, bytes, sha256, profile, reader FROM documents LIMIT 1";
    assert!(
        database
            .execute(words, [])
            .unwrap_err()
            .to_string()
            .contains("CHECK")
    );
}

#[test]
fn the_same_dataset_gives_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.sqlite");
    let mut seen = Vec::new();
    for _ in 0..2 {
        sqlite::write(&path, &load(&dataset(1))).unwrap();
        seen.push(fs::read(&path).unwrap());
    }
    assert!(seen[0] == seen[1]);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn readers_of_the_old_file_go_on_reading_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.sqlite");
    sqlite::write(&path, &load(&dataset(1))).unwrap();
    let reader = Connection::open(&path).unwrap();
    let query = "SELECT group_concat(position) FROM measures";
    let before = one(&reader, query);
    sqlite::write(&path, &load(&dataset(2))).unwrap();
    assert_eq!(one(&reader, query), before);
    assert_ne!(one(&Connection::open(&path).unwrap(), query), before);
}

#[test]
fn what_is_not_ours_or_in_use_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let data = dataset(1);
    let text = folder.path().join("notes.txt");
    fs::write(&text, "my notes").unwrap();
    let error = sqlite::write(&text, &load(&data)).unwrap_err();
    assert!(
        matches!(error, DatabaseError::NotADatabase { .. }),
        "{error}"
    );
    assert_eq!(fs::read(&text).unwrap(), b"my notes");

    let other = folder.path().join("other.sqlite");
    let database = Connection::open(&other).unwrap();
    database.execute_batch("CREATE TABLE mine (a)").unwrap();
    let error = sqlite::write(&other, &load(&data)).unwrap_err();
    assert!(
        matches!(error, DatabaseError::NotADatabase { .. }),
        "{error}"
    );

    let path = folder.path().join("a.sqlite");
    sqlite::write(&path, &load(&data)).unwrap();
    let writer = Connection::open(&path).unwrap();
    writer
        .execute_batch("BEGIN IMMEDIATE; DELETE FROM labels")
        .unwrap();
    let error = sqlite::write(&path, &load(&data)).unwrap_err();
    assert!(matches!(error, DatabaseError::InUse { .. }), "{error}");
    writer
        .execute_batch("ROLLBACK; PRAGMA journal_mode = WAL; DELETE FROM labels")
        .unwrap();
    let error = sqlite::write(&path, &load(&data)).unwrap_err();
    assert!(matches!(error, DatabaseError::InUse { .. }), "{error}");
    drop(writer);
    sqlite::write(&path, &load(&data)).unwrap();

    let nowhere = folder.path().join("none/a.sqlite");
    fs::write(folder.path().join("none"), "").unwrap();
    let error = sqlite::write(&nowhere, &load(&data)).unwrap_err();
    assert!(matches!(error, DatabaseError::Write { .. }), "{error}");
}
