//! The documents that come with the program.

use std::path::{Path, PathBuf};

use kurabe::disk::Disk;

use crate::support::{Answer, published, run_in};

fn home() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .nth(2)
        .unwrap()
        .to_owned()
}

fn run(folder: &Path, options: &str) -> Answer {
    let places = format!("--normalized {0}/n --out {0}/out", folder.display());
    run_in(&home(), Disk::default(), &format!("run {places} {options}"))
}

#[test]
fn any_number_of_jobs_gives_the_same_bytes() {
    let (one, eight) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    assert!(run(one.path(), "--jobs 1").code < 2);
    assert!(run(eight.path(), "--jobs 8").code < 2);
    let tables = published(&one.path().join("out"));
    assert!(tables.len() >= 28);
    assert_eq!(tables, published(&eight.path().join("out")));
}

#[test]
fn every_bundled_file_is_recognised() {
    let folder = tempfile::tempdir().unwrap();
    let line = format!(
        "ingest --normalized {0}/n --out {0}/out",
        folder.path().display()
    );
    run_in(&home(), Disk::default(), &line).code(0);
}
