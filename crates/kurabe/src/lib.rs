//! The pipeline and the command line of kurabe.
//!
//! This crate is the only one that opens files, asks the time or speaks to a person. The way of
//! a run: [`ingest`] finds the source files and the documents they hold, [`results`] makes and
//! keeps the tables of each document, [`publish`] joins them into the dataset in `out/`,
//! [`record`] writes down what was done. [`engine`] is the door to the crates below.
//!
//! [`cli::run`] is the whole program but for the end of the process, so that tests can drive it.

pub mod cli;
pub mod comparison;
pub mod config;
pub mod difference;
pub mod disk;
pub mod editions;
pub mod engine;
pub mod evaluation;
pub mod fetching;
pub mod generation;
pub mod hash;
pub mod indicators;
pub mod ingest;
pub mod isolate;
pub mod lock;
pub mod package;
pub mod peers;
pub mod pipeline;
pub mod problem;
pub mod profiles;
pub mod progress;
pub mod proof;
pub mod provenance;
pub mod publish;
pub mod reading;
pub mod recompute;
pub mod record;
pub mod replies;
pub mod report;
pub mod results;
pub mod reviews;
pub mod rules;
pub mod second;
mod serve;
pub mod sources;
pub mod surveys;
pub mod text;
pub mod versioning;
pub mod view;
pub mod walk;
pub mod workbook;

mod command;
