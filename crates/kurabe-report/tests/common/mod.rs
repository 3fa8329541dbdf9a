//! What the tests share.

pub mod nation;
