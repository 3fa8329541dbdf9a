//! Human review of category codes, as pure functions over bytes and strings.
//!
//! - [`sheet`]: the coding sheet (CSV, xlsx) that a person fills in, and its way back;
//! - [`overrides`]: what people decided, kept in `reviews/<municipality code>.toml`;
//! - [`alignments`]: decisions about shared indicators, kept in `reviews/indicators/`;
//! - [`links`]: what people decided about links between editions, kept in `reviews/links/*.toml`;
//! - [`agreement`]: how far two coders agree, and the sheet that settles the rest;
//! - [`reply`]: the sheet that a municipality confirms or corrects.
//!
//! Nothing here opens a file, asks the time or prints: the caller gives bytes and dates. The same
//! input gives the same bytes.

pub mod agreement;
pub mod alignments;
mod codes;
mod error;
mod grid;
pub mod links;
pub mod overrides;
pub mod reply;
pub mod sheet;

pub use codes::{Code, Codes, Coding};
pub use error::{Problem, ReadError, SheetError, WriteError};
pub use grid::{MAX_BYTES, MAX_ROWS};
