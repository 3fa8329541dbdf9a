//! Headings, paragraphs, lists and running text of HTML files.

use kurabe_page::{Place, Unit};
use kurabe_read::{Hint, Kind, read};
use kurabe_trace::{Code, Locator};

use crate::{blocks, hint, html, read_html};

#[test]
fn headings_and_paragraphs_stand_in_order() {
    let text = "<!DOCTYPE html><title>題</title><h1>計画</h1><p>令和6年<h2> 第1章<br>目的 </h2>\
                <div>本文<p>段落</p>続き</div><h6>末</h6><address>役場</address>\
                <blockquote>引用</blockquote><figure><figcaption>図1</figcaption></figure>";
    let expected = [
        "h1 計画",
        "p 令和6年",
        "h2 第1章 目的",
        "p 本文",
        "p 段落",
        "p 続き",
        "h6 末",
        "p 役場",
        "p 引用",
        "p 図1",
    ];
    assert_eq!(blocks(text), expected);
}

#[test]
fn breaks_make_lines_of_one_paragraph_at_one_place() {
    let page = html("<p>前<p>一<br>二<br><br>三<p>後");
    assert_eq!(crate::show::page(&page), ["p 前", "p 一 / 二 / 三", "p 後"]);
    let block = |block| Place::Block { block, row: None };
    let expected = [block(1), block(2), block(2), block(2), block(3)];
    assert_eq!(page.places, expected);
    assert_eq!(page.written_lines, [1, 2, 3, 4, 5]);
    let lines = page.locate(&Locator::lines(2, 4));
    assert_eq!(lines, Locator::Blocks { first: 2, last: 2 });
    assert_eq!((page.reader.as_str(), page.unit), ("html", Unit::Paragraph));
}

#[test]
fn white_space_is_shown_as_in_a_browser() {
    let text = "<p>\n  DX \n <b>推進</b>\u{a0}計画\n   の\n目的　 です \n</p><pre>\n一 二\n  三\n</pre>\
                <p style='white-space: pre-wrap'>a\nb";
    let expected = [
        "p DX 推進\u{a0}計画の目的　 です",
        "p 一 二 /   三",
        "p a / b",
    ];
    assert_eq!(blocks(text), expected);
}

#[test]
fn lists_give_items_without_bullets() {
    let text = "<ul><li>一<li>二<ul><li>二の一</ul>二の後<li><p>三</p><p>三の続き</p></ul>\
                <ul>項目の印がない</ul><li>外";
    let expected = [
        "- 一",
        "- 二",
        "- 二の一",
        "- 二の後",
        "- 三 / 三の続き",
        "p 項目の印がない",
        "- 外",
    ];
    assert_eq!(blocks(text), expected);
}

#[test]
fn numbers_of_lists_are_part_of_what_is_printed() {
    let text = "<ol><li>A<ol type=a><li>B<li>C</ol><li value=7>D<li>E</ol>\
                <ol start=3 type=I><li><p>F</p><p>G</p></ol><ol reversed><li>H<li>I</ol>\
                <ol style='list-style-type: katakana-iroha'><li>J</ol><ol style='list-style:none'><li>K\
                </ol><ol start=-1><li>L<li>M<li>N</ol><ul type=1><li>O</ul><ol><li type=i>P<li></ol>";
    let expected = [
        "- 1. A",
        "- a. B",
        "- b. C",
        "- 7. D",
        "- 8. E",
        "- III. F / G",
        "- 2. H",
        "- 1. I",
        "- イ、J",
        "- K",
        "- -1. L",
        "- 0. M",
        "- 1. N",
        "- 1. O",
        "- i. P",
    ];
    assert_eq!(blocks(text), expected);
}

#[test]
fn headings_and_tables_in_items_stand_for_themselves() {
    let text = "<ol><li>A<h3>B</h3>C<table><tr><td>D</table>E</ol>";
    assert_eq!(blocks(text), ["- 1. A", "h3 B", "- C", "t D", "- E"]);
}

#[test]
fn terms_are_followed_by_their_definitions() {
    let text = "<dl><dt>DX<dd>変革<dt>RPA<dd><p>自動化</p><p>ソフト</p></dl>";
    assert_eq!(
        blocks(text),
        ["p DX", "p 変革", "p RPA", "p 自動化", "p ソフト"]
    );
}

#[test]
fn ruby_keeps_its_base_and_pictures_are_no_text() {
    let text = "<p><ruby>大江<rp>(</rp><rt>おおえ</rt><rp>)</rp></ruby>町<img alt='写真'>の<svg><title>図</title>\
                <text>箱</text></svg>計画<math><mi>x</mi><mo>=</mo><mn>2</mn></math>";
    assert_eq!(blocks(text), ["p 大江町の", "p 箱", "p 計画x=2"]);
}

#[test]
fn pseudo_tags_stay_text() {
    let text = "<p>&lt;申請関係&gt; &amp;lt;p&amp;gt;</p><p><申請関係>と<DX推進>と</KPI値> <https://a.jp/></p>";
    let expected = [
        "p <申請関係> &lt;p&gt;",
        "p <申請関係>と<DX推進>と</KPI値> <https://a.jp/>",
    ];
    assert_eq!(blocks(text), expected);
    assert_eq!(blocks("<p>A<o:p></o:p><my-tag>B</my-tag>"), ["p AB"]);
}

#[test]
fn the_encoding_is_found_in_its_order() {
    let encode =
        |text: &str, encoding: &'static encoding_rs::Encoding| encoding.encode(text).0.into_owned();
    let text = "<meta charset='euc-jp'><p>施策の一覧 ①②③";
    let euc = encode(text, encoding_rs::EUC_JP);
    assert_eq!(read_html(&euc).unwrap().value.encoding, "EUC-JP");
    // What the bytes contradict does not count.
    let wrong = encode(text, encoding_rs::SHIFT_JIS);
    let staged = read_html(&wrong).unwrap();
    assert_eq!(staged.value.encoding, "Shift_JIS");
    assert_eq!(staged.findings[0].code, Code::EncodingGuessed);
    assert_eq!(staged.findings[0].locator, Locator::Document);
    // The mark at the beginning counts more than the hint, the hint more than the declaration.
    let marked = format!("\u{feff}{text}");
    let named = Hint {
        encoding: Some("shift_jis"),
        ..hint(Kind::Html)
    };
    assert_eq!(
        read(marked.as_bytes(), &named).unwrap().value.encoding,
        "UTF-8"
    );
    assert_eq!(read(&wrong, &named).unwrap().value.encoding, "Shift_JIS");
    assert!(read(&wrong, &named).unwrap().findings.is_empty());
}

#[test]
fn nothing_visible_is_an_error() {
    for text in [
        "",
        "<p> </p>",
        "<script>a</script>",
        "<table><tr><td></table>",
    ] {
        assert!(read_html(text.as_bytes()).is_err(), "{text}");
    }
}
