//! Word files.

use kurabe_page::Page;
use kurabe_trace::Staged;

use crate::{Hint, ReadError};

/// Reads such a file.
pub(crate) fn read(_bytes: &[u8], _hint: &Hint) -> Result<Staged<Page>, ReadError> {
    Err(ReadError::Empty)
}
