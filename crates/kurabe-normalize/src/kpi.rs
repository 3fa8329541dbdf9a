//! The tables `kpis` and `kpi_values`: what a measure wants to reach.

mod publish;
mod statement;
mod value;

pub(crate) use publish::publish;
pub(crate) use statement::top_level_colon;
pub(crate) use value::{Entry, Reading, as_of, cadences, entries, qualifier_words, read_entry};
