//! What the pages are given.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use kurabe_report::{ReportError, ReportOptions, write_report};
use kurabe_schema::Dataset;
use serde_json::Value;

/// Texts of all files, by their paths in the folder.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if path.is_dir() {
            let inner = files(&path).into_iter();
            found.extend(inner.map(|(below, bytes)| (format!("{name}/{below}"), bytes)));
        } else {
            found.insert(name, fs::read(&path).unwrap());
        }
    }
    found
}

fn written(dataset: &Dataset) -> BTreeMap<String, Vec<u8>> {
    let folder = tempfile::tempdir().unwrap();
    let options = ReportOptions::default();
    let report = write_report(folder.path(), dataset, &options).unwrap();
    let files = files(folder.path());
    assert_eq!(report.files, files.len());
    let bytes: usize = files.values().map(Vec::len).sum();
    assert_eq!(report.bytes, bytes as u64);
    files
}

/// The key and the value of a data file.
fn received(bytes: &[u8]) -> (String, Value) {
    let text = std::str::from_utf8(bytes).unwrap();
    let call = text.strip_prefix("kurabe.receive(").unwrap();
    let both: Value =
        serde_json::from_str(&format!("[{}]", call.strip_suffix(");\n").unwrap())).unwrap();
    (both[0].as_str().unwrap().to_owned(), both[1].clone())
}

/// Rows of a table of the data, by the names of their columns.
fn records(table: &Value) -> Vec<BTreeMap<String, Value>> {
    let columns = table["columns"].as_array().unwrap();
    let names: Vec<&str> = columns.iter().map(|name| name.as_str().unwrap()).collect();
    let rows = table["rows"].as_array().unwrap().iter();
    rows.map(|row| {
        let values = row.as_array().unwrap();
        assert_eq!(values.len(), names.len());
        let pairs = names.iter().zip(values);
        pairs
            .map(|(name, value)| ((*name).to_owned(), value.clone()))
            .collect()
    })
    .collect()
}

#[test]
fn a_file_is_called_by_the_key_it_hands_on() {
    let dataset = common::nation::nation(3, 5);
    for (path, bytes) in written(&dataset) {
        let Some(key) = path.strip_prefix("data/") else {
            continue;
        };
        assert_eq!(received(&bytes).0, key.strip_suffix(".js").unwrap());
    }
}

#[test]
fn every_measure_stands_on_the_page_of_its_municipality() {
    let dataset = common::nation::nation(3, 5);
    let files = written(&dataset);
    let mut measures = 0;
    for municipality in &dataset.municipalities {
        let path = format!("data/municipality/{}.js", municipality.municipality_code);
        let (_, page) = received(&files[&path]);
        for shown in page["measures"].as_array().unwrap() {
            let id = shown["id"].as_str().unwrap();
            let found = dataset.measures.iter().find(|one| one.measure_id == id);
            let measure = found.unwrap();
            assert_eq!(shown["title"], *measure.title);
            assert_eq!(shown["locator"], *measure.locator);
            let own = dataset.kpis.iter().filter(|kpi| kpi.measure_id == id);
            assert_eq!(shown["kpis"].as_array().unwrap().len(), own.count());
            let own = dataset
                .measure_categories
                .iter()
                .filter(|code| code.measure_id == id);
            assert_eq!(shown["codes"].as_array().unwrap().len(), own.count());
            measures += 1;
        }
    }
    assert_eq!(measures, dataset.measures.len());
}

#[test]
fn the_matrix_and_the_lists_count_the_same() {
    let dataset = common::nation::nation(4, 6);
    let files = written(&dataset);
    let (_, index) = received(&files["data/index.js"]);
    let editions = index["editions"].as_array().unwrap();
    assert!(!editions.is_empty());
    for edition in editions {
        let id = edition["id"].as_str().unwrap();
        let (_, matrix) = received(&files[&format!("data/matrix/{id}.js")]);
        let cells = records(&matrix);
        let categories = index["categories"][id].as_array().unwrap();
        for (at, category) in categories.iter().enumerate() {
            let name = category["id"].as_str().unwrap();
            let (_, list) = received(&files[&format!("data/category/{id}/{name}.js")]);
            let listed = records(&list)
                .iter()
                .filter(|row| row["rank"] == 1 && row["is_repeat"] == false)
                .count();
            let of_it = cells.iter().filter(|cell| cell["category"] == at);
            let counted: u64 = of_it.map(|cell| cell["measures"].as_u64().unwrap()).sum();
            assert_eq!(counted, listed as u64, "{id} {name}");
        }
    }
}

#[test]
fn texts_neither_end_a_script_nor_leave_the_folder() {
    let mut dataset = common::nation::nation(1, 2);
    let text = "</script><script>alert(1)</script>\u{2028}<!--";
    text.clone_into(&mut dataset.measures[0].title);
    "../../etc".clone_into(&mut dataset.categories[0].category_id);
    let files = written(&dataset);
    let all: Vec<&String> = files
        .keys()
        .filter(|path| path.starts_with("data/"))
        .collect();
    let is_inside =
        |path: &&String| path.split('/').all(|part| part != "..") && path.matches('/').count() <= 3;
    assert!(all.iter().all(is_inside), "{all:?}");
    let code = &dataset.municipalities[0].municipality_code;
    let bytes = &files[&format!("data/municipality/{code}.js")];
    assert!(
        !bytes.contains(&b'<') && !bytes.windows(3).any(|three| three == "\u{2028}".as_bytes())
    );
    let (_, page) = received(bytes);
    let mut titles = page["measures"].as_array().unwrap().iter();
    assert!(titles.any(|measure| measure["title"] == text));
}

#[test]
fn the_same_dataset_gives_the_same_bytes() {
    let dataset = common::nation::nation(3, 5);
    assert!(written(&dataset) == written(&dataset));
}

#[test]
fn what_cannot_be_written_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = common::nation::nation(1, 2);
    let options = ReportOptions {
        edition: Some("9.9".to_owned()),
        ..ReportOptions::default()
    };
    let error = write_report(folder.path(), &dataset, &options).unwrap_err();
    assert!(
        matches!(error, ReportError::UnknownEdition { .. }),
        "{error}"
    );
    dataset.municipalities[0].municipality_code = "あ".repeat(300);
    let error = write_report(folder.path(), &dataset, &ReportOptions::default()).unwrap_err();
    assert!(matches!(error, ReportError::LongId { .. }), "{error}");
}
