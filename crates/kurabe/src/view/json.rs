//! What was read as JSON.

use super::View;
use crate::problem::{Problem, Result};

/// The JSON form, with a line end.
///
/// # Errors
/// When it cannot be written down.
pub(crate) fn json(view: &View) -> Result<String> {
    let text = serde_json::to_string_pretty(view)
        .map_err(|error| Problem::Export(view.document.file.clone().into(), error.to_string()))?;
    Ok(text + "\n")
}
