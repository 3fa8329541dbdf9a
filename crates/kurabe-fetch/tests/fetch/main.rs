//! Fetching from a real HTTP server on loopback, whatever it does.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that meets something unexpected fails"
)]

mod bodies;
mod pages;
mod polite;
mod server;
mod statuses;
mod support;
mod versions;
