//! The language of Japanese municipal plans, as pure functions over strings.
//!
//! Nothing here knows a document, a municipality or a file. Every function takes text and returns
//! a value; where a place in the text matters, it is a byte range **in the text that was given**,
//! so that a caller can show it.
//!
//! | module | what it reads |
//! |---|---|
//! | [`width`] | full and half width, Kangxi radicals, matching keys, the tidy display form |
//! | [`era`] | 和暦 and 西暦, fiscal years (April to March), dates, printed starts |
//! | [`number`] | numbers with units and qualifiers, item numbers, circled numbers |
//! | [`department`] | names of departments printed together in one cell |
//! | [`milestone`] | whether a step is done, under way or not begun |
//! | [`repair`] | suggestions for slips of character recognition, with their places |
//! | [`mark`] | marks such as （再掲） at the ends of a text, and bulleted lists |
//!
//! Words that are data (units, endings of organisation names, known slips) live in `data/*.toml`
//! and are embedded in the crate.

pub mod department;
pub mod era;
pub mod mark;
pub mod milestone;
pub mod number;
pub mod repair;
pub mod width;

mod data;
mod kanji;
