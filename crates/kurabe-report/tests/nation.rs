//! All municipalities of the country: time and memory of writing their report.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::print_stderr,
    missing_docs,
    reason = "a measurement that meets something unexpected fails, and tells its figures"
)]

mod common;

use std::path::PathBuf;
use std::time::Instant;

use kurabe_report::{ReportOptions, write_report};

/// Memory of this process: now and at its peak.
fn memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let wanted = |line: &&str| line.starts_with("VmHWM") || line.starts_with("VmRSS");
    let lines: Vec<String> = status
        .lines()
        .filter(wanted)
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect();
    lines.join(", ")
}

#[test]
#[ignore = "a measurement, for a release build: cargo test --release -p kurabe-report --test nation -- --ignored --nocapture"]
fn the_nation_in_twenty_seconds() {
    let dataset = common::nation::nation(1741, 46);
    println!("dataset: {} measures; {}", dataset.measures.len(), memory());
    let kept = std::env::var_os("KURABE_NATION_TO").map(PathBuf::from);
    let temporary = tempfile::tempdir().unwrap();
    let folder = kept.unwrap_or_else(|| temporary.path().join("report"));
    let start = Instant::now();
    let options = ReportOptions {
        program: "kurabe".into(),
        title_ja: "自治体DX計画の比較".into(),
        title_en: "Comparison of municipal DX plans".into(),
        ..ReportOptions::default()
    };
    let report = write_report(&folder, &dataset, &options).unwrap();
    let time = start.elapsed();
    println!("{time:?}, {report:?}; {}", memory());
    assert!(time.as_secs_f64() <= 20.0, "{time:?}");
}
