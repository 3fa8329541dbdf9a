//! End-to-end tests: whole documents in, tables of the dataset out.
//!
//! `golden` pins what is read from the files in `raw/`, `transcriptions` compares that with what is
//! read from the texts they are made of, `gold` measures the published
//! documents against what careful readers found in them, `facts` holds single values read from
//! the sources by hand, `indicators` the progress of KPIs and every alignment, `metamorphic` changes what must not matter, `unknowns` brings in what no
//! profile knows.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "helpers of tests stand outside of the test functions that clippy.toml excepts"
)]

mod codes;
mod corpus;
mod editions;
mod facts;
mod formats;
mod gold;
mod golden;
mod indicators;
mod metamorphic;
mod rows;
mod stages;
mod transcriptions;
mod unknowns;
