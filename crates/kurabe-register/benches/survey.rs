//! How long a survey of all municipalities takes to read and resolve.
//!
//! `cargo bench -p kurabe-register` reads a table of 1,741 municipalities and 15 indicators, made of the bundled list.
#![allow(
    clippy::unwrap_used,
    reason = "a benchmark that meets something unexpected fails"
)]

#[path = "../tests/common/mod.rs"]
mod common;

use std::hint::black_box;

use divan::Bencher;
use divan::counter::ItemsCount;

fn main() {
    divan::main();
}

#[divan::bench]
fn all_municipalities(bencher: Bencher<'_, '_>) {
    let (register, survey) = (common::register(), common::survey());
    let text = common::national_table(&register, &survey, 15);
    bencher.counter(ItemsCount::new(1741usize * 15)).bench(|| {
        survey
            .read(black_box(&text), &register, &common::EDITION)
            .unwrap()
    });
}

/// The published table, where it is there.
#[divan::bench]
fn the_dashboard(bencher: Bencher<'_, '_>) {
    let (register, survey) = (common::register(), common::survey());
    let text = common::reference("digital-agency-dx-dashboard-municipalities.csv");
    let text = text.unwrap_or_else(|| common::national_table(&register, &survey, 15));
    bencher.bench(|| {
        survey
            .read(black_box(&text), &register, &common::EDITION)
            .unwrap()
    });
}

#[divan::bench]
fn the_list_itself(bencher: Bencher<'_, '_>) {
    bencher.bench(|| black_box(common::register()));
}
