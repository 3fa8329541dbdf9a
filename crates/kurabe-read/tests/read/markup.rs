//! HTML inside cells.

use kurabe_page::{Node, Table};
use kurabe_read::html::content;
use kurabe_trace::{Code, Locator};

use crate::detect;

fn nodes(raw: &str) -> Vec<Node> {
    content(raw, 7)
}

fn text(text: &str) -> Node {
    Node::Text(text.into())
}

fn paragraph(text: &str) -> Node {
    Node::Paragraph(text.into())
}

fn item(text: &str) -> Node {
    Node::Item(text.into())
}

fn list(text: &str) -> Node {
    Node::ListText(text.into())
}

/// The first table of `raw`; without rows when there is none.
fn table(raw: &str) -> Table {
    let table = |node| match node {
        Node::Table(table) => Some(table),
        Node::Text(_) | Node::Paragraph(_) | Node::Item(_) | Node::ListText(_) => None,
    };
    nodes(raw).into_iter().find_map(table).unwrap_or_default()
}

/// Texts of the cells of each row.
fn texts(table: &Table) -> Vec<Vec<String>> {
    table
        .rows
        .iter()
        .map(|row| row.cells.iter().map(|cell| cell.text()).collect())
        .collect()
}

#[test]
fn cells_without_tags_are_text_as_written() {
    let kept = [
        " A < B > C ",
        "Fit&Gap",
        "A&amp;B",
        "<申請関係>",
        "</申請関係>",
        "<KPI>",
        "<DX推進>",
        "</KPI>",
        "a<b",
        "x<b かつ y>z",
        "<https://www.digital.go.jp/>",
        "<",
        "</",
        "<!-- 終わらない",
        "<!DOCTYPE html>",
        "R6<p",
        "<p class=\"終わらない",
        "<3 人>",
    ];
    for raw in kept {
        assert_eq!(nodes(raw), [text(raw)]);
    }
    for blank in [
        "",
        "　 ",
        "<p> </p>",
        "<ul></ul>",
        "<!-- 注 -->",
        "<table></table>",
    ] {
        assert_eq!(nodes(blank), [], "{blank}");
    }
}

#[test]
fn pseudo_tags_among_tags_stay_text() {
    let expected = [
        paragraph("<請求関係>"),
        paragraph("<KPI>①5 < 6"),
        text(" <DX推進> "),
    ];
    assert_eq!(
        nodes("<p><請求関係></p> <p><KPI>①5 < 6</p> <DX推進> "),
        expected
    );
}

#[test]
fn paragraphs_follow_each_other_with_or_without_end_tags() {
    let expected = [text("前 "), paragraph("A"), paragraph("B "), paragraph("C")];
    assert_eq!(nodes("前 <p>A</p> <p>B <P style='x'>C"), expected);
    assert_eq!(nodes("<p>A</p>B"), [paragraph("A"), text("B")]);
}

#[test]
fn an_open_list_ends_at_the_next_paragraph() {
    let raw =
        "<p>【概要】</p> <ul style=\"list-style-type: none;\"> ・A ・B <p>【取組】</p> <ul> ・C";
    let expected = [
        paragraph("【概要】"),
        list(" ・A ・B "),
        paragraph("【取組】"),
        list(" ・C"),
    ];
    assert_eq!(nodes(raw), expected);
    assert_eq!(nodes("<ul> ・A <ul> ・B"), [list(" ・A "), list(" ・B")]);
    assert_eq!(
        nodes("<ol> ・A <div>B</div> C"),
        [list(" ・A "), text("B"), text(" C")]
    );
}

#[test]
fn a_closed_list_keeps_its_text_after_a_paragraph() {
    let expected = [list("A"), paragraph("B"), list("C"), text("D")];
    assert_eq!(nodes("<ul>A<p>B</p>C</ul>D"), expected);
}

#[test]
fn items_are_read_with_or_without_end_tags() {
    assert_eq!(
        nodes("<ul><li>A</li> <li>B</li></ul>"),
        [item("A"), item("B")]
    );
    assert_eq!(
        nodes("<ul><li>A<li>B</ul>C"),
        [item("A"), item("B"), text("C")]
    );
    assert_eq!(nodes("<li>A<li>B"), [item("A"), item("B")]);
    let nested = [item("A"), item("B"), item("C"), list("D")];
    assert_eq!(nodes("<ul><li>A<ol><li>B</li></ol>C</li>D</ul>"), nested);
    assert_eq!(
        nodes("<ul><li> <p>A</p> <p>B</p> </li></ul>"),
        [item("A\nB")]
    );
    assert_eq!(
        nodes("<ul><li>A</li> <p>B</p>"),
        [item("A"), paragraph("B")]
    );
}

#[test]
fn inline_tags_disappear_and_breaks_become_line_feeds() {
    let raw = "→<u>Excel<b>マクロ</b></u><br/>B<sup>2</sup><a href='x>y'>C</a><BR>D";
    assert_eq!(nodes(raw), [text("→Excelマクロ\nB2C\nD")]);
}

#[test]
fn character_references_are_decoded_beside_tags() {
    assert_eq!(
        nodes("<p>A&amp;B &lt;KPI&gt; &#x2460; Fit&Gap&</p>"),
        [paragraph("A&B <KPI> ① Fit&Gap&")]
    );
    assert_eq!(
        nodes("<p>A&nbsp;<KPI>&yen;</p>"),
        [paragraph("A\u{a0}<KPI>¥")]
    );
}

#[test]
fn scripts_styles_and_comments_are_not_shown() {
    let raw = "A<script>if (a<b) { \"<p>\" }</script>B<style>p{}</style>C<!-- <p> -->D";
    assert_eq!(nodes(raw), [text("ABCD")]);
    assert_eq!(nodes("A<script>B"), [text("AB")]);
}

#[test]
fn tables_keep_rows_cells_and_spans() {
    let raw = "<table border=\"1\"> <thead> <tr> <th>R4</th> <th>R5</th> </tr> </thead> <tbody> \
               <tr> <td></td> <td colspan=\"3\" rowspan='2 '>実施</td> </tr> </tbody> </table>";
    let table = table(raw);
    assert_eq!(texts(&table), [["R4", "R5"], ["", "実施"]]);
    assert!(table.rows.iter().all(|row| row.line == 7));
    let wide = &table.rows[1].cells[1];
    assert_eq!(
        (wide.column_span, wide.row_span, wide.raw.as_str()),
        (3, 2, "実施")
    );
}

#[test]
fn spans_are_clamped() {
    for (value, span) in [
        ("0", 1),
        ("-1", 1),
        ("x", 1),
        ("65", 64),
        ("99999999999", 64),
    ] {
        let table = table(&format!("<table><tr><td colspan={value}>A</table>"));
        assert_eq!(table.rows[0].cells[0].column_span, span, "{value}");
    }
}

#[test]
fn tables_without_end_tags_keep_their_cells() {
    let table = table("<table><td>A<td><p>B</p> b<tr><td>C<ul>・D");
    assert_eq!(texts(&table), [vec!["A", "B\n b"], vec!["C\n・D"]]);
    assert_eq!(table.rows[0].cells[1].raw, "<p>B</p> b");
}

#[test]
fn tables_nest() {
    let outer =
        table("<table><tr><td>A<table><tr><td>B</td></tr></table>C</td><td>D</td></tr></table>");
    assert_eq!(texts(&outer), [["A\nC", "D"]]);
    let Some(Node::Table(inner)) = outer.rows[0].cells[0].content.get(1) else {
        panic!("no nested table: {outer:?}")
    };
    assert_eq!(texts(inner), [["B"]]);
}

#[test]
fn text_in_a_table_outside_its_cells_comes_before_it() {
    let all = nodes("<ul>・A<table>B<tr>C<td>D</table>E");
    assert_eq!(all[..3], [list("・A"), text("B"), text("C")]);
    assert!(matches!(all[3], Node::Table(_)));
    assert_eq!(all[4..], [text("E")]);
}

#[test]
fn deep_nesting_is_cut_without_losing_text() {
    for tag in [
        "<ul>",
        "<table><tr><td>",
        "<li><ul>",
        "</td>",
        "<table>",
        "<p>",
        "<b>",
    ] {
        let raw = format!("{}底", tag.repeat(20_000));
        let found = format!("{:?}", nodes(&raw));
        assert!(found.contains("底"), "{tag}");
    }
}

#[test]
fn damage_is_reported_once_for_each_kind_with_its_lines() {
    let text = "a\t<ul>A\nb\t<ul>B\nc\t<p>C</p>\nd\t<ul>D</p>\te\nf\t<p\n";
    let findings = detect(text.as_bytes()).unwrap().findings;
    assert!(findings.iter().all(|f| f.code == Code::MarkupDamaged));
    let places: Vec<_> = findings
        .iter()
        .map(|f| (f.locator.clone(), f.raw.as_deref()))
        .collect();
    let expected = [
        (Locator::Document, Some("L1-2,L4")),
        (Locator::line(4), Some("L4")),
        (Locator::line(5), Some("L5")),
    ];
    assert_eq!(places, expected);
}
