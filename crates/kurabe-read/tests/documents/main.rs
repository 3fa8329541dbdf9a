//! Tests of the readers of documents without lines: HTML and Word files, made by hand and real.

mod corpus;
mod hostile;
mod show;
mod web_blocks;
mod web_rules;
mod web_tables;
mod word;
mod word_lists;
mod word_tables;
mod word_text;

use kurabe_page::Page;
use kurabe_read::{Hint, Kind, ReadError, read};
use kurabe_trace::Staged;

/// What is known of a file of this kind.
fn hint(kind: Kind) -> Hint<'static> {
    Hint {
        kind: Some(kind),
        ..Hint::default()
    }
}

/// Reads bytes as an HTML file.
fn read_html(bytes: &[u8]) -> Result<Staged<Page>, ReadError> {
    read(bytes, &hint(Kind::Html))
}

/// The page of an HTML text.
fn html(text: &str) -> Page {
    read_html(text.as_bytes()).unwrap().value
}

/// The blocks of an HTML text, one line each.
fn blocks(text: &str) -> Vec<String> {
    show::page(&html(text))
}
