//! Tables of HTML files.

use kurabe_page::{Block, Node, Place};
use kurabe_read::{Hint, Kind, Limits, ReadError, read};

use crate::{blocks, hint, html};

/// The only block of a text, which is a table.
fn table(text: &str) -> String {
    let blocks = blocks(&format!("<table>{text}</table>"));
    assert_eq!(blocks.len(), 1, "{blocks:?}");
    blocks[0].trim_start_matches("t ").to_owned()
}

#[test]
fn spans_make_a_full_grid() {
    let text = "<tr><td rowspan=2>A<td colspan=2>B<tr><td>C<td>D<tr><td>E";
    assert_eq!(table(text), "A{1x2}|B{2x1}|_; _|C|D; E|_|_");
    // Cells that begin where another one reaches from above end before it.
    let text = "<tr><td>A<td rowspan=2>B<tr><td colspan=3>C<td>D";
    assert_eq!(table(text), "A|B{1x2}|_; C|_|D");
}

#[test]
fn spans_end_with_their_group_and_are_clamped() {
    let text =
        "<thead><tr><td rowspan=0>A<td rowspan=9>B<td>C<tr><td>D</thead><tbody><tr><td>E<td>F<td>G";
    assert_eq!(table(text), "A{1x2}|B{1x2}|C; _|_|D; E|F|G");
    let text = "<tr><td colspan=0>A<td colspan='2 '>B<td colspan=x>C<td rowspan=-1>D";
    assert_eq!(table(text), "A|B{2x1}|_|C|D");
    let page = html("<table><tr><td colspan=99999999999>A</table>");
    let Block::Table(table) = &page.blocks[0] else {
        panic!()
    };
    assert_eq!(table.rows[0].cells[0].column_span, 1000);
    assert_eq!(table.rows[0].cells.len(), 1000);
}

#[test]
fn groups_stand_in_the_order_in_which_they_are_shown() {
    let text = "<tfoot><tr><td>計</tfoot><tr><td>1<thead><tr><th>頭</thead><tbody><tr><td>2</tbody>\
                <thead><tr><td>3</thead><tfoot><tr><td>4</tfoot>";
    assert_eq!(table(text), "頭; 1; 2; 3; 4; 計");
}

#[test]
fn captions_come_before_their_table() {
    let text = "<p>前<table><tr><td>A<table><caption>中</caption><tr><td>B</table></table>\
                <table><tr><td>C</td></tr><caption><p>表1</p>注</caption></table>";
    assert_eq!(blocks(text), ["p 前", "t A 中 (B)", "p 表1", "p 注", "t C"]);
}

#[test]
fn cells_hold_their_content_as_nodes() {
    let text = "<tr><td>A<br>B <p>C</p><ul><li>D<li>E</ul><h3>F</h3><ol><li>G</ol><div>H</div>I\
                <td><ul>・J ・K</ul><td> ";
    assert_eq!(table(text), "A / B p:C -:D -:E p:F -:1. G H I|l:・J ・K|_");
    let page = html("<table><tr><td>A<br>B<p>C");
    let Block::Table(found) = &page.blocks[0] else {
        panic!()
    };
    assert_eq!(found.rows[0].cells[0].raw, "A\nB\nC");
}

#[test]
fn nested_tables_are_grids_on_the_line_of_their_row() {
    let page =
        html("<table><tr><td>1<tr><td>A<table><tr><td colspan=2>B<tr><td>C<td>D</table>E</table>");
    assert_eq!(crate::show::page(&page), ["t 1; A (B{2x1}|_; C|D) E"]);
    let Block::Table(outer) = &page.blocks[0] else {
        panic!()
    };
    let Node::Table(inner) = &outer.rows[1].cells[0].content[1] else {
        panic!()
    };
    assert_eq!(
        inner.rows.iter().map(|row| row.line).collect::<Vec<_>>(),
        [2, 2]
    );
}

#[test]
fn rows_carry_their_places_and_blank_ones_are_not_counted() {
    let page = html("<p>前<table><tr><td>A<tr><td> <tr><td>B</table><p>後");
    let row = |row| Place::Block {
        block: 2,
        row: Some(row),
    };
    let block = |block| Place::Block { block, row: None };
    assert_eq!(page.places, [block(1), row(1), row(2), row(3), block(3)]);
    assert_eq!(page.written_lines, [1, 2, 4, 5]);
}

#[test]
fn damaged_tables_keep_their_text() {
    let text = "<table>外<tr>行<td>A<tr></tr><tr><td>B</table>後";
    assert_eq!(blocks(text), ["p 外行", "t A; _; B", "p 後"]);
    assert_eq!(blocks("<tr><td>A</td><td>B</td></tr>"), ["p AB"]);
    assert_eq!(blocks("<table><tr><td>A"), ["t A"]);
}

#[test]
fn tables_beyond_the_limits_are_refused() {
    let limits = |cells, cell_characters| Limits {
        cells,
        cell_characters,
        ..Limits::default()
    };
    let try_read = |text: &str, limits| {
        let hint = Hint {
            limits,
            ..hint(Kind::Html)
        };
        read(text.as_bytes(), &hint).map(|_| ())
    };
    let wide = "<table><tr><td colspan=1000>A<tr><td>B";
    assert_eq!(try_read(wide, limits(2000, 10)), Ok(()));
    let too_large = |limit, value| Err(ReadError::TooLarge { limit, value });
    assert_eq!(try_read(wide, limits(1999, 10)), too_large("cells", 1999));
    let long = "<table><tr><td>四文字だ";
    assert_eq!(
        try_read(long, limits(100, 3)),
        too_large("cell_characters", 3)
    );
}
