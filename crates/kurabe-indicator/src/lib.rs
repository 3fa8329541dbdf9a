//! Shared indicators that KPIs, measured effects and figures in the text of measures of different
//! municipalities are aligned to.
//!
//! Definitions and rules are data (`indicators/*.toml`); this crate reads them and says what fits
//! what is printed, with the words that speak for it. It knows no tables and no files.

mod align;
mod data;
mod error;
mod load;

pub use align::{Alignment, Evidence, Figure, Piece, Subject};
pub use data::{
    Cadence, Clause, Direction, Field, Indicator, Indicators, National, Role, Rule, Source, Take,
};
pub use error::IndicatorError;
pub use load::SourceFile;
