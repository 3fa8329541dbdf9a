//! Tests of the text reader: encodings, blocks, markup in cells, hostile input, real documents.

mod blocks;
mod corpus;
mod encodings;
mod markup;
mod properties;

use kurabe_page::{Block, Page};
use kurabe_read::{Hint, ReadError, read};
use kurabe_trace::Staged;

/// Reads `bytes` with nothing known about them.
fn detect(bytes: &[u8]) -> Result<Staged<Page>, ReadError> {
    read(bytes, &Hint::default())
}

/// The blocks of `text`; none when it cannot be read.
fn blocks_of(text: &str) -> Vec<Block> {
    detect(text.as_bytes())
        .map(|staged| staged.value.blocks)
        .unwrap_or_default()
}
