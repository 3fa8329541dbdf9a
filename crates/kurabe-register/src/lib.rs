//! Municipalities by code and name, and surveys whose columns are municipalities.
//!
//! The list itself is data (`register/` in the repository); so is what a survey asks (`surveys/`). Text comes in,
//! nothing here opens a file.
//!
//! | module | what it does |
//! |---|---|
//! | [`register`] | the list: codes with check digits, names, from when until when, what became of them |
//! | [`resolve`] | a name, with or without its prefecture, to the municipality that it means; never a guess |
//! | [`order`] | names in the order of the codes to municipalities, so that names borne twice are settled |
//! | [`survey`] | the table of a survey to rows of `survey_indicators` |

pub mod order;
pub mod register;
pub mod resolve;
pub mod survey;

mod fold;

pub use order::OrderError;
pub use register::{Entry, Register, RegisterError};
pub use resolve::ResolveError;
