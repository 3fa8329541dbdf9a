//! Nothing panics, nothing is lost, whatever the input.

use kurabe_page::{Block, Node, Page};
use kurabe_read::html::content;
use kurabe_read::{Hint, read};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use crate::detect;

const SEED: &str = "# 一覧\n番号\t施策\t<p>【概要】</p> <ul style=\"x\"> ・A ・B <p>【取組】</p>\n\
                    2\t<table><tr><td colspan=\"3\">実施</td></tr></table>\t\n- 項目&amp;\n  続き\n";

const LABELS: &[Option<&str>] = &[
    None,
    Some("utf-8"),
    Some("cp932"),
    Some("euc-jp"),
    Some("iso-2022-jp"),
    Some("utf-16"),
    Some("utf-16be"),
    Some("?"),
];

const PIECES: &[&str] = &[
    "<p>",
    "</p>",
    "<ul>",
    "</ul>",
    "<li>",
    "</li>",
    "<table>",
    "</table>",
    "<tr>",
    "</tr>",
    "<td>",
    "</td>",
    "<td colspan='2'>",
    "<br>",
    "<div>",
    "</div>",
    "<b>",
    "</b>",
    "<KPI>",
    "<申請>",
    "<",
    ">",
    "&",
    "&lt;",
    "<!--",
    "-->",
    "<script>",
    "</script>",
    "<p",
    "\"",
    "'",
    "=",
    " ",
    "　",
    "A",
    "本",
    "\0",
    "\r",
    "\u{feff}",
];

/// Text of the source, block by block, one line each.
fn rebuilt(page: &Page) -> Vec<(u32, String)> {
    let mut lines = Vec::new();
    for block in &page.blocks {
        match block {
            Block::Heading { line, .. } => lines.push((line.number, line.text.clone())),
            Block::Paragraph(all) | Block::Item(all) => {
                lines.extend(all.iter().map(|line| (line.number, line.text.clone())));
            }
            Block::Table(table) => lines.extend(table.rows.iter().map(|row| {
                let cells: Vec<&str> = row.cells.iter().map(|cell| cell.raw.as_str()).collect();
                (row.line, cells.join("\t"))
            })),
        }
    }
    lines
}

/// Each written line is in exactly one block, complete but for the mark of its block.
pub(crate) fn assert_complete(text: &str, page: &Page) {
    let source: Vec<&str> = text.lines().collect();
    let rebuilt = rebuilt(page);
    let numbers: Vec<u32> = rebuilt.iter().map(|(number, _)| *number).collect();
    assert_eq!(numbers, page.written_lines);
    for (number, line) in &rebuilt {
        let original = source[*number as usize - 1];
        let mark = original.strip_suffix(line.as_str());
        let allowed = |c: char| matches!(c, '#' | '-' | '*' | ' ' | '\u{c}');
        assert!(
            mark.is_some_and(|mark| mark.chars().all(allowed)),
            "{original:?} read as {line:?}"
        );
    }
    let written = source.iter().filter(|line| !line.trim().is_empty()).count();
    assert_eq!(written, page.written_lines.len());
}

/// All text of `nodes`, nested tables included.
fn all_text(nodes: &[Node], out: &mut String) {
    for node in nodes {
        match node {
            Node::Table(table) => {
                for cell in table.rows.iter().flat_map(|row| &row.cells) {
                    all_text(&cell.content, out);
                }
            }
            other => out.push_str(other.text().unwrap_or_default()),
        }
    }
}

proptest! {
    #[test]
    fn random_bytes_never_panic(bytes in vec(any::<u8>(), 0..400), label in select(LABELS)) {
        let _ = read(&bytes, &Hint { encoding: label, ..Hint::default() });
    }

    #[test]
    fn mutated_tables_never_panic(
        changes in vec((any::<prop::sample::Index>(), any::<u8>()), 0..20),
        cut in any::<prop::sample::Index>(),
        label in select(LABELS),
    ) {
        let mut bytes = SEED.as_bytes().to_vec();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        bytes.truncate(cut.index(bytes.len()) + 1);
        let _ = read(&bytes, &Hint { encoding: label, ..Hint::default() });
    }

    #[test]
    fn every_written_line_is_in_one_block(lines in vec("[#*\\- \ta-cあ　\u{c}]{0,12}", 1..12)) {
        let text = lines.join("\n");
        if let Ok(staged) = detect(text.as_bytes()) {
            assert_complete(&text, &staged.value);
        }
    }

    // Comments, scripts and attribute values are not text, so pieces that make them are left out.
    #[test]
    fn no_letter_of_a_cell_is_lost(pieces in vec(select(PIECES), 0..40)) {
        let hides = |piece: &&str| piece.contains("!--") || piece.contains("script") || *piece == "=";
        let visible: Vec<&str> = pieces.into_iter().filter(|piece| !hides(piece)).collect();
        let raw = visible.concat();
        let mut found = String::new();
        all_text(&content(&raw, 1), &mut found);
        let count = |text: &str| text.matches('本').count();
        prop_assert_eq!(count(&raw), count(&found), "{}", raw);
    }

    #[test]
    fn markup_never_panics(pieces in vec(select(PIECES), 0..60)) {
        let raw = pieces.concat();
        prop_assert_eq!(content(&raw, 1), content(&raw, 1));
    }
}
