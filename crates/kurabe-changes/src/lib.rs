//! What changed between two published datasets, and which version number follows from it.
//!
//! [`compare`] reads two folders of Parquet files as the files say, so that either may come from
//! another version of the program, and finds tables, columns and rows that were added, removed
//! or changed. [`Changes::level`] says which part of the [`Version`] moves; [`Story`] tells the
//! changes of documents, measures, codes and KPI values in Japanese and English;
//! [`changelog`] keeps the file in which all versions are told.

pub mod changelog;
mod compare;
mod measures;
mod render;
mod rows;
mod shape;
mod show;
mod story;
mod version;
mod words;

pub use compare::{CellChange, Changes, TableChange, compare, is_dataset, tables};
pub use kurabe_export::ExportError;
pub use measures::Pairing;
pub use render::{Counted, Lang, Section, counts, markdown, meaning, sections, text};
pub use rows::RowChange;
pub use shape::ShapeChange;
pub use story::{Sentence, Story};
pub use version::{Level, Version};
