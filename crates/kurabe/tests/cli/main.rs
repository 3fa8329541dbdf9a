//! The whole program, driven in this process or as a child process.

mod bad_input;
mod bundled;
mod safety;
mod support;
mod usage;
mod voice;
