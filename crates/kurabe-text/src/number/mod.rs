//! Numbers, units and qualifiers.
//!
//! Units, counters and qualifying words are data (`data/units.toml`, `data/dimensions.toml`,
//! `data/qualifiers.toml`).

mod dimension;
mod item;
mod plain;
mod qualify;
mod scan;
mod units;

pub use dimension::{convert, dimension};
pub use item::{NumberSlip, circled, item_number};
pub use plain::parse_number;
pub use qualify::Qualifier;
pub use scan::{Quantity, quantities};

#[cfg(test)]
mod tests;
