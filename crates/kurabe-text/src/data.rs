//! Loading of the embedded TOML tables.

use serde::de::DeserializeOwned;

/// Parses an embedded table.
///
/// The text is a constant of this crate and a test loads every table, so that a mistake in it
/// cannot reach a user.
#[allow(
    clippy::expect_used,
    reason = "the table is a constant of this crate and every table is loaded by a test"
)]
pub(crate) fn load<T: DeserializeOwned>(text: &'static str) -> T {
    toml::from_str(text).expect("embedded table is valid")
}
