//! Paragraphs, headings and running text of Word files.

use kurabe_page::{Place, Unit};
use kurabe_trace::{Code, Locator};

use crate::show;
use crate::word::{docx, p, pp, r};

fn style(id: &str, name: &str, rest: &str) -> String {
    format!(
        "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/>{rest}</w:style>"
    )
}

/// The text of a document with one paragraph.
fn text(content: &str) -> String {
    let blocks = docx(&format!("<w:p>{content}</w:p>")).blocks();
    assert_eq!(blocks.len(), 1, "{blocks:?}");
    blocks[0].trim_start_matches("p ").to_owned()
}

#[test]
fn headings_are_known_by_style_and_outline_level() {
    let styles = [
        style("a", "Normal", ""),
        style("1", "heading 1", ""),
        style("2", "見出し ２", "<w:basedOn w:val=\"a\"/>"),
        style("x", "章", "<w:basedOn w:val=\"1\"/>"),
        style(
            "y",
            "節",
            "<w:basedOn w:val=\"a\"/><w:pPr><w:outlineLvl w:val=\"2\"/></w:pPr>",
        ),
        style(
            "t",
            "TOC Heading",
            "<w:basedOn w:val=\"1\"/><w:pPr><w:outlineLvl w:val=\"9\"/></w:pPr>",
        ),
        style("l", "循環", "<w:basedOn w:val=\"l\"/>"),
    ];
    let by = |id: &str, text: &str| pp(&format!("<w:pStyle w:val=\"{id}\"/>"), text);
    let level = |n: u8, text: &str| pp(&format!("<w:outlineLvl w:val=\"{n}\"/>"), text);
    let body = [
        by("1", "A"),
        by("2", "B"),
        by("x", "C"),
        by("y", "D"),
        by("t", "E"),
        by("l", "F"),
        by("Heading4", "G"),
        level(8, "H"),
        level(9, "I"),
        p("J"),
        pp("<w:pStyle w:val=\"1\"/><w:outlineLvl w:val=\"4\"/>", "K"),
    ];
    let document = docx(&body.concat()).with("styles", "styles", &styles.concat());
    let expected = [
        "h1 A", "h2 B", "h1 C", "h3 D", "p E", "p F", "h4 G", "h9 H", "p I", "p J", "h5 K",
    ];
    assert_eq!(document.blocks(), expected);
}

#[test]
fn runs_are_joined_with_their_breaks_and_signs() {
    assert_eq!(text(&format!("{}{}", r("大江町 "), r("DX"))), "大江町 DX");
    assert_eq!(
        text("<w:r><w:t> A </w:t><w:br/><w:t>B</w:t><w:cr/><w:t>C</w:t></w:r>"),
        "A / B / C"
    );
    assert_eq!(
        text("<w:r><w:t>A</w:t><w:tab/><w:t>B</w:t><w:ptab/></w:r>"),
        "A\tB\t"
    );
    assert_eq!(
        text("<w:r><w:t>e</w:t><w:noBreakHyphen/><w:t>L</w:t><w:softHyphen/><w:t>TAX</w:t></w:r>"),
        "e-LTAX"
    );
    assert_eq!(
        text("<w:r><w:sym w:font=\"Wingdings\" w:char=\"F0FE\"/><w:t>済</w:t></w:r>"),
        "☑済"
    );
    assert_eq!(
        text(&r("A&amp;B &lt;申請&gt; &#x2460;<![CDATA[<b>]]>")),
        "A&B <申請> ①<b>"
    );
    assert_eq!(text("<w:r><w:t>行\nの途中</w:t></w:r>"), "行 の途中");
}

#[test]
fn wrappers_disappear_and_what_they_hold_stays() {
    let inner = r("x");
    for wrapped in [
        format!("<w:hyperlink r:id=\"r1\">{inner}</w:hyperlink>"),
        format!("<w:smartTag w:element=\"a\"><w:smartTagPr/>{inner}</w:smartTag>"),
        format!(
            "<w:sdt><w:sdtPr><w:rPr><w:vanish/></w:rPr></w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>"
        ),
        format!("<w:fldSimple w:instr=\"PAGE\">{inner}</w:fldSimple>"),
        format!("<w:customXml>{inner}</w:customXml><w:proofErr w:type=\"a\"/>"),
        format!(
            "<w:r><w:ruby><w:rubyPr/><w:rt>{}</w:rt><w:rubyBase>{inner}</w:rubyBase></w:ruby></w:r>",
            r("よみ")
        ),
        "<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>".to_owned(),
    ] {
        assert_eq!(text(&wrapped), "x", "{wrapped}");
    }
    let fraction = "<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>";
    assert_eq!(text(fraction), "1/2");
    let body = format!(
        "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>{}",
        p("目次"),
        p("本文")
    );
    assert_eq!(docx(&body).blocks(), ["p 目次", "p 本文"]);
}

#[test]
fn fields_give_their_result() {
    let mark = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let (begin, separate, end) = (mark("begin"), mark("separate"), mark("end"));
    let code = "<w:r><w:instrText>PAGEREF _Toc \\h</w:instrText></w:r>";
    let nested = format!("{begin}{code}{separate}{}{end}", r("3"));
    assert_eq!(
        text(&format!("{}{nested}{}", r("頁"), r("です"))),
        "頁3です"
    );
    // What stands in the code of a field is not its result.
    assert_eq!(
        text(&format!("{begin}{nested}{separate}{}{end}", r("4"))),
        "4"
    );
    // The table of contents is one field over paragraphs.
    let body = format!(
        "<w:p>{begin}{code}{separate}{}</w:p>{}<w:p>{end}</w:p>{}",
        r("1 目的"),
        p("2 計画"),
        p("本文")
    );
    assert_eq!(docx(&body).blocks(), ["p 1 目的", "p 2 計画", "p 本文"]);
    // A field without result does not swallow the rest.
    let body = format!("<w:p>{}{begin}</w:p>{}", r("A"), p("B"));
    assert_eq!(docx(&body).blocks(), ["p A", "p B"]);
}

#[test]
fn text_boxes_follow_the_paragraph_that_anchors_them_once() {
    let content = format!("<w:txbxContent>{}{}</w:txbxContent>", p("箱一"), p("箱二"));
    let body = format!(
        "<w:p>{}<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><wps:wsp><wps:txbx>{content}\
         </wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{content}\
         </v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>{}</w:p>{}",
        r("前"),
        r("後"),
        p("次")
    );
    assert_eq!(docx(&body).blocks(), ["p 前後", "p 箱一", "p 箱二", "p 次"]);
    let old = format!("<w:p><w:r><w:pict><v:textbox>{content}</v:textbox></w:pict></w:r></w:p>");
    assert_eq!(docx(&old).blocks(), ["p 箱一", "p 箱二"]);
    let only = "<w:p><w:r><mc:AlternateContent><mc:Fallback><w:t>A</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>";
    assert_eq!(docx(only).blocks(), ["p A"]);
}

#[test]
fn tracked_changes_are_applied_and_remarked() {
    let deleted = "<w:del w:id=\"1\"><w:r><w:delText>旧</w:delText></w:r></w:del>";
    let body = format!(
        "<w:p>{}{deleted}<w:ins w:id=\"2\">{}</w:ins></w:p>\
         <w:p><w:pPr><w:rPr><w:del w:id=\"3\"/></w:rPr></w:pPr>{}</w:p>{}\
         <w:p><w:moveFrom w:id=\"4\">{}</w:moveFrom></w:p><w:p><w:moveTo w:id=\"5\">{}</w:moveTo></w:p>\
         <w:tbl><w:tr><w:trPr><w:del w:id=\"6\"/></w:trPr><w:tc>{}</w:tc></w:tr>\
         <w:tr><w:trPr><w:ins w:id=\"7\"/></w:trPr><w:tc>{}</w:tc></w:tr></w:tbl>",
        r("計画"),
        r("新"),
        r("前"),
        p("後"),
        r("移"),
        r("動"),
        p("消"),
        p("残")
    );
    let staged = docx(&body).staged();
    assert_eq!(
        show::page(&staged.value),
        ["p 計画新", "p 前後", "p 動", "t p:残"]
    );
    let [finding] = staged.findings.as_slice() else {
        panic!("{:?}", staged.findings)
    };
    assert_eq!(
        (finding.code, &finding.locator),
        (Code::TrackedChanges, &Locator::Document)
    );
    assert!(
        finding
            .message_en
            .contains("2 insertions, 3 deletions, 1 moves"),
        "{}",
        finding.message_en
    );
    assert!(finding.message_ja.contains("挿入2件、削除3件、移動1件"));
    // What the old properties were does not matter.
    let body = pp(
        "<w:outlineLvl w:val=\"0\"/><w:pPrChange><w:pPr><w:outlineLvl w:val=\"5\"/></w:pPr></w:pPrChange>",
        "A",
    );
    let staged = docx(&body).staged();
    assert_eq!(show::page(&staged.value), ["h1 A"]);
    assert_eq!(staged.findings, []);
}

#[test]
fn hidden_text_is_left_out_and_counted() {
    let hidden = |text: &str| format!("<w:r><w:rPr><w:vanish/></w:rPr><w:t>{text}</w:t></w:r>");
    let shown = "<w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>見</w:t></w:r>";
    let styled = "<w:r><w:rPr><w:rStyle w:val=\"s\"/></w:rPr><w:t>隠</w:t></w:r>";
    let styles = "<w:style w:type=\"character\" w:styleId=\"s\"><w:rPr><w:vanish/></w:rPr></w:style>\
                  <w:style w:type=\"paragraph\" w:styleId=\"q\"><w:rPr><w:vanish/></w:rPr></w:style>";
    let body = format!(
        "<w:p>{}{}{shown}</w:p><w:p>{}</w:p><w:p>{styled}</w:p><w:p><w:pPr><w:pStyle w:val=\"q\"/></w:pPr>{}{shown}</w:p>",
        r("前"),
        hidden("隠"),
        hidden("全"),
        r("隠")
    );
    let page = docx(&body).with("styles", "styles", styles).staged().value;
    assert_eq!(show::page(&page), ["p 前見", "p 見"]);
    assert_eq!(show::skipped(&page), ["hidden"; 4]);
}

#[test]
fn notes_stand_at_the_end_with_their_marks() {
    let reference = |kind: &str, id: u8, rest: &str| {
        format!("<w:r><w:{kind}Reference w:id=\"{id}\"{rest}/></w:r>")
    };
    let body = format!(
        "<w:p>{}{}{}</w:p><w:p>{}{}{}</w:p>",
        r("本文"),
        reference("footnote", 3, ""),
        reference("endnote", 2, ""),
        r("次"),
        reference("footnote", 2, " w:customMarkFollows=\"1\""),
        reference("footnote", 4, "")
    );
    let footnotes = format!(
        "<w:footnote w:type=\"separator\" w:id=\"-1\">{}</w:footnote><w:footnote w:id=\"2\">{}</w:footnote>\
         <w:footnote w:id=\"3\"><w:p><w:r><w:footnoteRef/></w:r>{}</w:p>{}</w:footnote>\
         <w:footnote w:id=\"4\">{}</w:footnote><w:footnote w:id=\"5\">{}</w:footnote>",
        p("線"),
        p("※印"),
        r(" 注一"),
        p("続き"),
        p("注二"),
        p("参照なし")
    );
    let document = docx(&body)
        .with("footnotes", "footnotes", &footnotes)
        .with(
            "endnotes",
            "endnotes",
            &format!("<w:endnote w:id=\"2\">{}</w:endnote>", p("末")),
        )
        .with(
            "settings",
            "settings",
            "<w:footnotePr><w:numFmt w:val=\"decimalEnclosedCircle\"/></w:footnotePr>",
        );
    let expected = [
        "p 本文",
        "p 次",
        "p ① 注一",
        "p 続き",
        "p ※印",
        "p ② 注二",
        "p i 末",
    ];
    assert_eq!(document.blocks(), expected);
}

#[test]
fn headers_footers_and_comments_are_left_out_and_counted() {
    let page = docx(&p("本文"))
        .with("header1", "hdr", &p("見出し"))
        .with("header2", "hdr", "<w:p/>")
        .with("footer1", "ftr", &p("1"))
        .with(
            "comments",
            "comments",
            &format!("<w:comment w:id=\"1\">{}</w:comment><w:comment/>", p("注")),
        )
        .staged()
        .value;
    assert_eq!(show::page(&page), ["p 本文"]);
    assert_eq!(
        show::skipped(&page),
        ["running_header", "running_header", "comment"]
    );
    assert_eq!(page.written_lines, [1, 2, 3, 4]);
}

#[test]
fn places_number_the_blocks() {
    let body = format!(
        "{}<w:p><w:r><w:t>一</w:t><w:br/><w:t>二</w:t></w:r></w:p><w:p/><w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>{}",
        p("前"),
        p("表"),
        p("後")
    );
    let page = docx(&body).staged().value;
    let block = |block| Place::Block { block, row: None };
    let row = Place::Block {
        block: 3,
        row: Some(1),
    };
    assert_eq!(page.places, [block(1), block(2), block(2), row, block(4)]);
    assert_eq!(
        (page.reader.as_str(), page.unit, page.encoding.as_str()),
        ("docx", Unit::Paragraph, "")
    );
}

#[test]
fn strict_files_are_read_too() {
    let document =
        docx(&p("本文")).in_namespace("http://purl.oclc.org/ooxml/wordprocessingml/main");
    assert_eq!(document.blocks(), ["p 本文"]);
}

#[test]
fn other_files_inside_are_remarked() {
    let staged = docx(&format!("{}<w:altChunk r:id=\"r9\"/>", p("A"))).staged();
    assert_eq!(staged.findings[0].code, Code::FileDamaged);
}
