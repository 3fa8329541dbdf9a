//! `kurabe compare` and `kurabe gaps`: the published tables side by side.
//!
//! Nothing is computed here that the benchmark tables do not hold: rows are chosen, put side by
//! side and named. [`Sheet`] is what is shown, in any of its forms.

mod category;
mod choice;
mod gaps;
mod indicator;
mod matrix;
mod sheet;

pub use choice::{Choice, Chosen};
pub use gaps::gaps;
pub use sheet::{Cell, Form, Sheet};

use crate::engine::Dataset;
use crate::problem::Result;
use crate::text::Lang;

/// Puts what was asked for side by side.
///
/// # Errors
/// When a category, indicator, edition, municipality or group of peers is unknown.
pub fn compare(dataset: &Dataset, choice: &Choice, lang: Lang) -> Result<Sheet> {
    let chosen = Chosen::new(dataset, choice, lang)?;
    match (&choice.category, &choice.indicator) {
        (Some(category), _) => category::compare(&chosen, category),
        (None, Some(indicator)) => indicator::compare(&chosen, indicator),
        (None, None) => matrix::compare(&chosen),
    }
}
