//! HTML files: what a reader would see in a browser, in the order in which it stands there.
//!
//! Headings, paragraphs, items and tables become the blocks of a page. What a site repeats on all
//! of its pages, what is not shown, and what is no text of the document is left out by rules that
//! coverage names (`navigation`, `hidden`, `script`, `title`, `form_control`).

mod charset;
mod dom;
mod inline;
mod parse;
mod role;
mod style;
mod table;
mod walk;

use kurabe_page::{Page, Unit};
use kurabe_trace::{Code, Finding, Locator, Staged};

use crate::build::PageBuilder;
use crate::encoding::Decoded;
use crate::pieces::{self, Budget, Piece};
use crate::{Hint, ReadError};

/// Reads an HTML file.
pub(crate) fn read(bytes: &[u8], hint: &Hint) -> Result<Staged<Page>, ReadError> {
    let decoded = charset::decode(bytes, hint.encoding)?;
    let parsed = parse::parse(&decoded.text, &hint.limits)?;
    let budget = Budget::new(hint.limits);
    let mut found = walk::pieces(&parsed.dom, budget, true)?;
    if found.iter().all(|piece| matches!(piece, Piece::Skipped(_))) {
        // A page of nothing but navigation is about what stands there.
        found = walk::pieces(&parsed.dom, budget, false)?;
    }
    let mut page = PageBuilder::new("html", Unit::Paragraph);
    page.encoding(decoded.encoding);
    page.findings = encoding_findings(&decoded);
    page.findings.extend(parsed.is_cut.then(too_deep));
    pieces::add(found, &mut page);
    page.finish()
}

/// The markup of an HTML file as text.
pub(crate) fn decoded(bytes: &[u8], hint: &Hint) -> Result<String, ReadError> {
    charset::decode(bytes, hint.encoding).map(|decoded| decoded.text.into_owned())
}

/// The numbers of a page are not the lines of its file, so that lines are only quoted.
fn encoding_findings(decoded: &Decoded) -> Vec<Finding> {
    let findings = crate::encoding_findings(decoded).into_iter();
    let whole = findings.map(|finding| Finding {
        locator: Locator::Document,
        ..finding
    });
    whole.collect()
}

fn too_deep() -> Finding {
    Finding::new(
        Code::MarkupDamaged,
        Locator::Document,
        "入れ子が深すぎる要素があります。文字だけを読みました。",
        "Elements are nested too deeply; only their text was read.",
    )
}
