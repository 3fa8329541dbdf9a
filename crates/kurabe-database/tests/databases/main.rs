//! A made-up dataset in real databases: a PostgreSQL that the test starts itself, SQLite, DuckDB.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a test that meets something unexpected fails, and says when it is skipped"
)]

mod duckdb;
mod postgres;
mod sample;
#[path = "server.rs"]
mod server;
mod sqlite;
