//! Pages as short lines, to be compared with what is expected.

use kurabe_page::{Block, Cell, Line, Node, Page, Row, Table};

/// Each block on a line: `h2 見出し`, `p 一行目 / 二行目`, `- 項目`, `t A{2x1}|_; B|C`.
pub(crate) fn page(page: &Page) -> Vec<String> {
    page.blocks.iter().map(block).collect()
}

fn block(block: &Block) -> String {
    match block {
        Block::Heading { level, line } => format!("h{level} {}", line.text),
        Block::Paragraph(all) => format!("p {}", lines(all)),
        Block::Item(all) => format!("- {}", lines(all)),
        Block::Table(found) => format!("t {}", table(found)),
    }
}

fn lines(lines: &[Line]) -> String {
    let texts: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
    texts.join(" / ")
}

/// Rows separated by `; `, cells by `|`; a blank cell is `_`, spans stand as `{columns x rows}`.
pub(crate) fn table(table: &Table) -> String {
    let mark = if table.is_grid { "" } else { "ragged " };
    let rows: Vec<String> = table.rows.iter().map(row).collect();
    format!("{mark}{}", rows.join("; "))
}

fn row(row: &Row) -> String {
    let cells: Vec<String> = row.cells.iter().map(cell).collect();
    cells.join("|")
}

fn cell(cell: &Cell) -> String {
    let nodes: Vec<String> = cell.content.iter().map(node).collect();
    let text = if nodes.is_empty() {
        "_".to_owned()
    } else {
        nodes.join(" ")
    };
    match (cell.column_span, cell.row_span) {
        (1, 1) => text,
        (columns, rows) => format!("{text}{{{columns}x{rows}}}"),
    }
}

fn node(node: &Node) -> String {
    match node {
        Node::Text(text) => text.replace('\n', " / "),
        Node::Paragraph(text) => format!("p:{}", text.replace('\n', " / ")),
        Node::Item(text) => format!("-:{}", text.replace('\n', " / ")),
        Node::ListText(text) => format!("l:{}", text.replace('\n', " / ")),
        Node::Table(found) => format!("({})", table(found)),
    }
}

/// The rules that left something out, in the order of the page.
pub(crate) fn skipped(page: &Page) -> Vec<&'static str> {
    page.skipped.iter().map(|(_, rule)| *rule).collect()
}
