//! Where a value stands in its source, and what a careful reader would remark about it.
//!
//! The lowest step of the staircase: every other crate may use this one, it uses none.

mod code;
mod finding;
mod locator;

pub use code::{Code, Severity};
pub use finding::{Finding, Staged};
pub use locator::{Area, Locator};
