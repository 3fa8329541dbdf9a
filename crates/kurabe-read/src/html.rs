//! Cells: what a reader would see of the HTML that was left inside them.
//!
//! Most cells are plain text. A cell is read as HTML only when it holds a tag of an HTML element
//! or a comment; whatever else stands between `<` and `>` (`<申請関係>`, `<KPI>`, a web address)
//! is text. html5ever decodes character references and attributes by the HTML Standard; where tags
//! begin and end is found here, because text must never be lost to a stray `<` and because the
//! cells of nested tables are kept as written.

mod element;
mod scan;
mod spec;
mod tree;

use kurabe_page::{Cell, Node};

use crate::damage::DamageLog;

/// The content of a cell that stands on `line`, in reading order. A blank cell has none.
///
/// ```
/// use kurabe_page::Node;
/// let nodes = kurabe_read::html::content("<p>A</p> <ul> ・B ・C", 1);
/// assert_eq!(nodes, [Node::Paragraph("A".into()), Node::ListText(" ・B ・C".into())]);
/// ```
#[must_use]
pub fn content(raw: &str, line: u32) -> Vec<Node> {
    parse(raw, line, &mut DamageLog::default())
}

/// The cell with the text `raw` on `line`.
pub(crate) fn cell(raw: &str, line: u32, damage: &mut DamageLog) -> Cell {
    Cell {
        raw: raw.to_owned(),
        content: parse(raw, line, damage),
        ..Cell::default()
    }
}

fn parse(raw: &str, line: u32, damage: &mut DamageLog) -> Vec<Node> {
    if !may_hold_markup(raw) {
        return plain(raw);
    }
    let scan = scan::scan(raw);
    if scan.unfinished {
        damage.note(crate::damage::Damage::TagUnfinished, line);
    }
    if scan.is_plain(raw) {
        plain(raw)
    } else {
        tree::build(raw, &scan.pieces, line, damage)
    }
}

fn plain(raw: &str) -> Vec<Node> {
    if raw.trim().is_empty() {
        Vec::new()
    } else {
        vec![Node::Text(raw.to_owned())]
    }
}

fn may_hold_markup(raw: &str) -> bool {
    raw.as_bytes().windows(2).any(|pair| match pair {
        [b'<', next] => next.is_ascii_alphabetic() || matches!(next, b'/' | b'!'),
        _ => false,
    })
}
