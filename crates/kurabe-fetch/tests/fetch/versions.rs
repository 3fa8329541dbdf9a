//! Documents that change between two runs, and files that people changed.

use kurabe_fetch::{FetchError, Held, MANIFEST_NAME, Source, SourceSpec, State, intents};

use crate::server::{Server, not_found, pdf};
use crate::support::{PLAN, Raw, source};

const NEWER: &[u8] = b"%PDF-1.7 the plan as silently replaced";

fn changing() -> Server {
    Server::start(|request| match (&*request.target, request.before) {
        ("/robots.txt", _) => not_found(),
        (_, 0) => pdf(PLAN),
        _ => pdf(NEWER),
    })
}

#[test]
fn a_changed_document_is_kept_beside_the_newer_one() {
    let server = changing();
    let raw = Raw::new();
    let spec = source(&server, "/plan.pdf");
    raw.one(&spec).unwrap();
    raw.minute.set(30);
    let fetched = raw.one(&spec).unwrap();
    let State::Changed(kept) = fetched.state else {
        panic!("{fetched:?}");
    };
    assert!(
        kept.starts_with(".versions/plan.pdf/") && kept.ends_with(".pdf"),
        "{kept}"
    );
    assert_eq!(raw.read("plan.pdf"), NEWER);
    assert_eq!(raw.read(&kept), PLAN);
    let entry = raw.manifest().entries[0].clone();
    assert_eq!(entry.retrieved_at, "2026-11-20T09:30:00Z");
    let [version] = entry.previous.as_slice() else {
        panic!("{entry:?}");
    };
    assert_eq!(version.path, kept);
    assert_eq!(
        version.retrieved_at.as_deref(),
        Some("2026-11-20T09:00:00Z")
    );
    assert_eq!(version.replaced_at, "2026-11-20T09:30:00Z");
    assert!(kept.contains(&version.sha256[..8]));
    assert_eq!(raw.one(&spec).unwrap().state, State::Unchanged);
    assert_eq!(raw.manifest().entries[0].previous.len(), 1);
}

#[test]
fn the_same_bytes_are_no_change() {
    let server = Server::start(|_| pdf(PLAN));
    let raw = Raw::new();
    let spec = source(&server, "/plan.pdf");
    raw.one(&spec).unwrap();
    let before = std::fs::metadata(raw.path("plan.pdf"))
        .unwrap()
        .modified()
        .unwrap();
    raw.minute.set(1);
    assert_eq!(raw.one(&spec).unwrap().state, State::Unchanged);
    assert_eq!(
        raw.manifest().entries[0].retrieved_at,
        "2026-11-20T09:00:00Z"
    );
    let after = std::fs::metadata(raw.path("plan.pdf"))
        .unwrap()
        .modified()
        .unwrap();
    assert_eq!(before, after);
}

#[test]
fn a_file_that_a_person_changed_is_not_lost() {
    let server = Server::start(|_| pdf(PLAN));
    let raw = Raw::new();
    let spec = source(&server, "/plan.pdf");
    raw.one(&spec).unwrap();
    raw.put("plan.pdf", b"my own notes");
    let sources = [Source::new(&spec).unwrap()];
    assert_eq!(
        intents(raw.folder(), &sources).unwrap()[0].held,
        Held::Altered
    );
    let State::Changed(kept) = raw.one(&spec).unwrap().state else {
        panic!();
    };
    assert_eq!(raw.read(&kept), b"my own notes");
    assert_eq!(raw.manifest().entries[0].previous[0].retrieved_at, None);
}

#[test]
fn a_failure_leaves_the_old_file() {
    let server = Server::start(|request| match (&*request.target, request.before) {
        ("/plan.pdf", 0) => pdf(PLAN),
        _ => not_found(),
    });
    let raw = Raw::new();
    let spec = source(&server, "/plan.pdf");
    raw.one(&spec).unwrap();
    let before = raw.manifest();
    raw.one(&spec).unwrap_err();
    assert_eq!(raw.read("plan.pdf"), PLAN);
    assert_eq!(raw.manifest(), before);
}

#[test]
fn two_sources_do_not_write_one_file() {
    let server = Server::start(|_| pdf(PLAN));
    let raw = Raw::new();
    let one = source(&server, "/plan.pdf");
    let other = SourceSpec {
        id: "other".to_owned(),
        file: Some("plan.pdf".to_owned()),
        ..source(&server, "/other.pdf")
    };
    raw.one(&one).unwrap();
    let error = raw.one(&other).unwrap_err();
    assert!(matches!(error, FetchError::PathTaken { .. }), "{error}");
}

#[test]
fn a_source_may_get_another_name_or_file() {
    let server = changing();
    let raw = Raw::new();
    let mut spec = SourceSpec {
        file: Some("plan.pdf".to_owned()),
        ..source(&server, "/plan.pdf")
    };
    raw.one(&spec).unwrap();
    spec.id = "renamed".to_owned();
    let renamed = raw.one(&spec).unwrap();
    assert!(matches!(renamed.state, State::Changed(_)), "{renamed:?}");
    let entries = raw.manifest().entries;
    assert_eq!((entries.len(), &*entries[0].id), (1, "renamed"));
    assert!(entries[0].previous[0].retrieved_at.is_some());
    spec.file = Some("moved.pdf".to_owned());
    assert_eq!(raw.one(&spec).unwrap().state, State::New);
    assert_eq!(raw.read("moved.pdf"), NEWER);
}

#[test]
fn files_may_lie_in_folders() {
    let server = changing();
    let raw = Raw::new();
    let spec = SourceSpec {
        file: Some("city/dx plan.pdf".to_owned()),
        ..source(&server, "/plan.pdf")
    };
    raw.one(&spec).unwrap();
    raw.one(&spec).unwrap();
    assert_eq!(raw.read("city/dx plan.pdf"), NEWER);
    assert_eq!(raw.files().len(), 3);
}

#[test]
fn a_damaged_manifest_is_not_overwritten() {
    let server = Server::start(|_| pdf(PLAN));
    let raw = Raw::new();
    raw.put(MANIFEST_NAME, b"{}\n");
    let error = raw.all(&[source(&server, "/plan.pdf")]).unwrap_err();
    assert!(error.to_string().contains("manifest.jsonl:1"), "{error}");
    assert_eq!(raw.read(MANIFEST_NAME), b"{}\n");
    assert!(server.all_requests().is_empty());
}
