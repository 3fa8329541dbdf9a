//! Lines → blocks.

use kurabe_page::{Block, Line, Node};

use crate::{blocks_of, detect};

fn lines(numbered: &[(u32, &str)]) -> Vec<Line> {
    numbered
        .iter()
        .map(|(number, text)| Line {
            number: *number,
            text: (*text).into(),
        })
        .collect()
}

fn paragraph(numbered: &[(u32, &str)]) -> Block {
    Block::Paragraph(lines(numbered))
}

fn item(numbered: &[(u32, &str)]) -> Block {
    Block::Item(lines(numbered))
}

fn heading(level: u8, number: u32, text: &str) -> Block {
    Block::Heading {
        level,
        line: Line {
            number,
            text: text.into(),
        },
    }
}

/// Line and raw cells of each row when the block is a table.
fn rows(block: &Block) -> Vec<(u32, Vec<&str>)> {
    match block {
        Block::Table(table) => table
            .rows
            .iter()
            .map(|row| {
                (
                    row.line,
                    row.cells.iter().map(|cell| cell.raw.as_str()).collect(),
                )
            })
            .collect(),
        Block::Heading { .. } | Block::Paragraph(_) | Block::Item(_) => Vec::new(),
    }
}

#[test]
fn lines_with_tabs_are_rows_until_a_line_without() {
    let blocks = blocks_of("a\tb\n\tc\t\n続き\nd\te\n\t　\t\nf\tg\n");
    assert_eq!(blocks.len(), 4);
    assert_eq!(
        rows(&blocks[0]),
        [(1, vec!["a", "b"]), (2, vec!["", "c", ""])]
    );
    assert_eq!(blocks[1], paragraph(&[(3, "続き")]));
    assert_eq!(rows(&blocks[2]), [(4, vec!["d", "e"])]);
    assert_eq!(rows(&blocks[3]), [(6, vec!["f", "g"])]);
}

#[test]
fn cells_are_not_trimmed_and_blank_cells_are_empty() {
    let blocks = blocks_of(" a \t　\t-\n");
    let Block::Table(table) = &blocks[0] else {
        panic!("no table: {blocks:?}")
    };
    let cells = &table.rows[0].cells;
    assert_eq!(cells[0].content, [Node::Text(" a ".into())]);
    assert_eq!(
        (cells[1].raw.as_str(), cells[1].content.as_slice()),
        ("　", &[][..])
    );
    assert_eq!((cells[2].column_span, cells[2].row_span), (1, 1));
}

#[test]
fn headings_need_one_to_six_marks_and_a_space() {
    let blocks = blocks_of("# 一\n###### 六\n####### 七\n\n#無\n\n\u{c}## 頁\n");
    let expected = [
        heading(1, 1, "一"),
        heading(6, 2, "六"),
        paragraph(&[(3, "####### 七")]),
        paragraph(&[(5, "#無")]),
        heading(2, 7, "頁"),
    ];
    assert_eq!(blocks, expected);
}

#[test]
fn items_go_on_over_indented_lines() {
    let blocks = blocks_of("- 一\n  続き\n* 二\n   - 三\n続かない\n");
    let expected = [
        item(&[(1, "一"), (2, "  続き")]),
        item(&[(3, "二")]),
        item(&[(4, "三")]),
        paragraph(&[(5, "続かない")]),
    ];
    assert_eq!(blocks, expected);
    assert_eq!(
        blocks_of("-一\n**二**\n"),
        [paragraph(&[(1, "-一"), (2, "**二**")])]
    );
    assert_eq!(
        blocks_of("- 一\n\n  段落\n")[1],
        paragraph(&[(3, "  段落")])
    );
}

#[test]
fn paragraphs_keep_hard_breaks_and_end_at_blank_lines() {
    let blocks = blocks_of("R4  \n～\n\u{a0}　\n\u{c}次\n");
    assert_eq!(
        blocks,
        [
            paragraph(&[(1, "R4  "), (2, "～")]),
            paragraph(&[(4, "\u{c}次")])
        ]
    );
}

#[test]
fn written_lines_are_those_that_are_not_blank() {
    let page = detect("\n# a\n\t\t\nb\r\n\u{c}\rc\td".as_bytes())
        .unwrap()
        .value;
    assert_eq!(page.written_lines, [2, 4, 6]);
}

#[test]
fn line_ends_do_not_matter() {
    let text = "# 見出し\n\na\tb\nc\td\n- 項目\n本文";
    for end in ["\r\n", "\r"] {
        assert_eq!(
            detect(text.replace('\n', end).as_bytes()),
            detect(text.as_bytes())
        );
    }
}
