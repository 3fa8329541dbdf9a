//! The whole program, driven in this process or as a child process.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that meets something unexpected fails"
)]

mod bad_input;
mod bundled;
mod comparing;
mod databases;
mod fetching;
mod inspecting;
mod packaging;
mod peers;
mod report;
mod review;
mod safety;
mod second;
mod serving;
mod support;
mod surveys;
mod usage;
mod versions;
mod voice;
