//! How fast pages are read and laid out, beside a bare UTF-8 validation of the same bytes.
//!
//! `cargo bench -p kurabe` reads the transcriptions of the bundled documents on one core.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a benchmark that meets something unexpected fails"
)]

use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};

use divan::Bencher;
use divan::counter::BytesCount;
use kurabe::engine::{self, Hint, Profile, Recognition};
use kurabe::profiles::ProfileFiles;

fn main() {
    divan::main();
}

fn home() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .nth(2)
        .unwrap()
        .to_owned()
}

/// The transcriptions, each with the profile that recognises it.
fn documents() -> Vec<(Vec<u8>, Profile)> {
    let profiles = ProfileFiles::load(&home().join("municipalities"))
        .unwrap()
        .parse()
        .unwrap();
    let raw = home().join("xtask/sources");
    let paths = kurabe::walk::files(&raw, &[], &kurabe::walk::is_source).unwrap();
    paths
        .into_iter()
        .filter_map(|path| {
            let bytes = fs::read(raw.join(path)).unwrap();
            let page = engine::read(&bytes, &Hint::default()).unwrap().value;
            let is_it = |profile: &&Profile| profile.recognise(&page) == Recognition::Document;
            let profile = profiles.iter().find(is_it)?.clone();
            Some((bytes, profile))
        })
        .collect()
}

fn size(documents: &[(Vec<u8>, Profile)]) -> BytesCount {
    BytesCount::new(
        documents
            .iter()
            .map(|(bytes, _)| bytes.len())
            .sum::<usize>(),
    )
}

#[divan::bench]
fn validate_utf8(bencher: Bencher) {
    let documents = documents();
    bencher.counter(size(&documents)).bench_local(|| {
        documents
            .iter()
            .filter(|(bytes, _)| std::str::from_utf8(black_box(bytes)).is_ok())
            .count()
    });
}

#[divan::bench]
fn read(bencher: Bencher) {
    let documents = documents();
    bencher.counter(size(&documents)).bench_local(|| {
        let pages = documents
            .iter()
            .map(|(bytes, _)| engine::read(black_box(bytes), &Hint::default()));
        pages.filter(Result::is_ok).count()
    });
}

#[divan::bench]
fn read_and_lay_out(bencher: Bencher) {
    let documents = documents();
    bencher.counter(size(&documents)).bench_local(|| {
        let records = documents.iter().map(|(bytes, profile)| {
            let page = engine::read(black_box(bytes), &Hint::default())
                .unwrap()
                .value;
            kurabe_layout::lay_out(&page, profile).value
        });
        records.map(|record| record.measures.len()).sum::<usize>()
    });
}
