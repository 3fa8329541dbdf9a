//! Eras (和暦), fiscal years and dates.
//!
//! A fiscal year (年度) is named after the calendar year in which it begins: 令和5年度 is 2023 and
//! runs from 1 April 2023 to 31 March 2024 (地方自治法第208条). Every date becomes the range of days
//! that it may mean, so that `R5年秋頃` and `R5.10.1` can be compared.

mod calendar;
mod dates;
mod names;
mod parts;
mod scan;
mod start;
mod years;

pub use calendar::{DateRange, fiscal_year_bounds, fiscal_year_of, month_bounds, month_end};
pub use dates::{DateHit, Precision, find_dates};
pub use names::{EraSlip, era_slip};
pub use start::{Start, StartKind, start};
pub use years::{YearSpan, fiscal_year, fiscal_years};

#[cfg(test)]
mod tests;
