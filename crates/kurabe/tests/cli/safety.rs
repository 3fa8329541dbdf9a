//! Nothing is lost: locks, interrupted runs, full disks, unchanged inputs.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use kurabe::disk::Disk;
use kurabe::hash;
use kurabe::lock::Lock;
use kurabe::record::RunRecord;

use crate::support::{Project, document, published, tree};

/// The dataset in a folder is one whole generation: every file is the one the record names.
fn assert_whole(out: &Path) -> RunRecord {
    let record = RunRecord::load(out).expect("run.json");
    for output in &record.outputs {
        let bytes = fs::read(out.join(&output.path)).unwrap();
        assert_eq!(hash::sha256(&bytes), output.sha256, "{}", output.path);
    }
    let files = tree(out)
        .into_keys()
        .filter(|name| {
            let own = ["datapackage.json", "CHANGES.md", "kurabe.xlsx"];
            name.contains('/') || own.contains(&&**name)
        })
        .count();
    assert_eq!(files, record.outputs.len());
    record
}

#[test]
fn a_second_run_is_refused() {
    let project = Project::new();
    project.run("run");
    let before = project.tree("out");
    let lock = Lock::take(&project.path("normalized")).unwrap();
    project
        .run("run --force")
        .code(4)
        .has("another kurabe")
        .has(".lock");
    drop(lock);
    let lock = Lock::take(&project.path("out")).unwrap();
    project
        .run("run --force --normalized elsewhere")
        .code(4)
        .has("out");
    drop(lock);
    assert_eq!(project.tree("out"), before);
    project.run("run --force");
    assert_whole(&project.path("out"));
}

#[test]
fn an_unchanged_run_touches_nothing() {
    let project = Project::new();
    project.run("run");
    let before = (project.times("out"), project.times("normalized"));
    sleep(Duration::from_millis(20));
    project.run("run").has("up to date");
    assert_eq!((project.times("out"), project.times("normalized")), before);
    project.run("normalize");
    project.run("export").has("up to date");
    assert_eq!((project.times("out"), project.times("normalized")), before);
}

#[test]
fn only_the_changed_document_is_made_again() {
    let project = Project::new();
    project.run("run");
    let before = project.times("normalized/322067-plan");
    sleep(Duration::from_millis(20));
    project.put("raw/two.txt", &document("松江市", "別の取組"));
    project.run("run").has("Wrote");
    assert_eq!(project.times("normalized/322067-plan"), before);
    let partly = published(&project.path("out"));
    project.run("run --force");
    assert_eq!(published(&project.path("out")), partly);
}

#[test]
fn a_damaged_result_is_made_again() {
    let project = Project::new();
    project.run("run");
    let before = published(&project.path("out"));
    project.put("normalized/322067-plan/measures.parquet", "torn");
    fs::remove_dir_all(project.path("out/csv")).unwrap();
    project.run("run").has("Wrote");
    assert_eq!(published(&project.path("out")), before);
}

#[test]
fn the_stages_one_by_one_give_the_same_as_run() {
    let (one, all) = (Project::new(), Project::new());
    one.run("ingest").has("one.txt");
    one.run("normalize").has("322067-plan");
    one.run("export");
    all.run("run");
    assert_eq!(published(&one.path("out")), published(&all.path("out")));
}

#[test]
fn a_document_that_is_gone_leaves_the_dataset() {
    let project = Project::new();
    project.run("run");
    fs::remove_file(project.path("raw/two.txt")).unwrap();
    project.run("run").code(1);
    assert!(!project.path("normalized/322016-plan").exists());
    let record = assert_whole(&project.path("out"));
    assert_eq!(record.tables["documents"], 1);
    project
        .run("check")
        .code(1)
        .has("document_missing")
        .has("322016-plan");
}

#[test]
fn foreign_files_in_out_stay() {
    let project = Project::new();
    project.put("out/notes.txt", "mine");
    project.put("out/real/parquet/x", "mine");
    project.run("run");
    project.run("run --force");
    assert_eq!(project.tree("out")["notes.txt"], b"mine");
    assert_eq!(project.tree("out")["real/parquet/x"], b"mine");
}

#[test]
fn leftovers_of_a_stopped_run_are_put_right() {
    let project = Project::new();
    project.run("run");
    let before = published(&project.path("out"));
    project.put("out.new.tmp/parquet/measures.parquet", "half");
    project.put("out.new.tmp/notes.txt", "mine");
    project.put("normalized/322067-plan.new.tmp/measures.parquet", "half");
    project.run("run").has("up to date");
    assert!(!project.path("out.new.tmp").exists());
    assert!(!project.path("normalized/322067-plan.new.tmp").exists());
    assert_eq!(project.tree("out")["notes.txt"], b"mine");
    fs::remove_file(project.path("out/notes.txt")).unwrap();
    fs::rename(project.path("out"), project.path("out.old.tmp")).unwrap();
    project.run("run").has("up to date");
    assert_eq!(published(&project.path("out")), before);
}

#[test]
fn a_full_disk_leaves_the_old_dataset() {
    let project = Project::new();
    project.run("run");
    let before = project.tree("out");
    project.put("raw/two.txt", &document("松江市", "別の取組"));
    let mut room = 0;
    // Small steps over the results of the documents, larger ones over the dataset.
    loop {
        let answer = project.run_on(Disk::with_room_for(room), "run --force");
        if answer.code != 3 {
            break;
        }
        answer.has("free some disk space").has("at: ");
        assert_eq!(project.tree("out"), before, "with room for {room} bytes");
        assert!(!project.path("out.new.tmp").exists());
        room += (room / 8).max(3_000);
    }
    assert!(room > 20_000, "{room}");
    assert_whole(&project.path("out"));
}

#[test]
fn a_place_that_cannot_be_written_is_named() {
    let project = Project::new();
    project.put("file", "x");
    project
        .run("run --out file")
        .code(3)
        .has("file")
        .has("--out");
    project
        .run("run --out file/out")
        .code(3)
        .has("file/out")
        .has("--out");
    project.run("run --normalized file/n").code(3).has("file/n");
    project
        .run("run --out /proc/kurabe-out")
        .code(3)
        .has("/proc/kurabe-out");
    assert_eq!(project.tree(".")["file"], b"x");
}

/// Kills real runs at many moments; whatever the moment, a whole dataset is there, the old or
/// the new one.
#[cfg(unix)]
#[test]
fn a_killed_run_leaves_the_old_or_the_new_dataset() {
    let project = Project::new();
    project.put("out/notes.txt", "mine");
    project.run("run");
    let first = assert_whole(&project.path("out")).key;
    let mut seen = vec![first];
    for round in 0_u64..24 {
        project.put("raw/two.txt", &document("松江市", &format!("取組{round}")));
        let mut child = Command::new(env!("CARGO_BIN_EXE_kurabe"))
            .args(["run", "--quiet", "--jobs", "2"])
            .current_dir(project.path("."))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        sleep(Duration::from_millis(20 + round * 8));
        child.kill().unwrap();
        child.wait().unwrap();
        let key = assert_whole(&project.path("out")).key;
        if seen.last() != Some(&key) {
            assert!(!seen.contains(&key));
            seen.push(key);
        }
    }
    project.run("run");
    assert_whole(&project.path("out"));
    assert_eq!(project.tree("out")["notes.txt"], b"mine");
    let names: Vec<String> = fs::read_dir(project.path("."))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".tmp"))
        .collect();
    assert_eq!(names, Vec::<String>::new());
}
