//! Telling documents apart by their words.

use crate::profile::Profile;
use kurabe_page::{Block, Page};
use kurabe_text::width;

/// What a profile says of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recognition {
    /// It is another document.
    No,
    /// It is the document of the profile.
    Document,
    /// It is another edition of the document.
    OtherEdition {
        /// The edition that the page names, as far as one was found.
        found: String,
    },
}

impl Profile {
    /// Whether a page is the document that this profile describes, by its words alone.
    #[must_use]
    pub fn recognise(&self, page: &Page) -> Recognition {
        let spec = &self.recognise;
        if !spec.readers.is_empty() && !spec.readers.contains(&page.reader) {
            return Recognition::No;
        }
        let lines = opening(page, spec.within);
        let joined = width::key(&lines.join(" "));
        let has = |word: &String| joined.contains(&width::key(word));
        if !spec.title.iter().all(has) || spec.without.iter().any(has) {
            return Recognition::No;
        }
        if !spec.mentions.is_empty() && !mentions(page, &spec.mentions) {
            return Recognition::No;
        }
        if spec.edition.iter().all(has) {
            return Recognition::Document;
        }
        let found = spec.edition_pattern.as_ref().and_then(|pattern| {
            lines
                .iter()
                .find(|line| pattern.is_match(line))
                .map(|line| width::tidy(line))
        });
        Recognition::OtherEdition {
            found: found.unwrap_or_default(),
        }
    }
}

/// The first written lines of a page.
fn opening(page: &Page, count: usize) -> Vec<String> {
    page.blocks
        .iter()
        .flat_map(block_lines)
        .filter(|l| !l.trim().is_empty())
        .take(count)
        .collect()
}

fn mentions(page: &Page, words: &[String]) -> bool {
    let text: String = page.blocks.iter().flat_map(block_lines).collect();
    let text = width::key(&text);
    words.iter().all(|word| text.contains(&width::key(word)))
}

fn block_lines(block: &Block) -> Vec<String> {
    match block {
        Block::Heading { line, .. } => vec![line.text.clone()],
        Block::Paragraph(lines) | Block::Item(lines) => {
            lines.iter().map(|l| l.text.clone()).collect()
        }
        Block::Table(table) => table
            .rows
            .iter()
            .map(|row| {
                row.cells
                    .iter()
                    .map(|c| c.raw.as_str())
                    .collect::<Vec<_>>()
                    .join(" ")
            })
            .collect(),
    }
}
