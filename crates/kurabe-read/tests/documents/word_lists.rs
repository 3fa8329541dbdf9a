//! Lists of Word files: the numbers that the program prints.

use crate::word::{docx, pp};

fn level(at: u8, format: &str, text: &str, rest: &str) -> String {
    format!(
        "<w:lvl w:ilvl=\"{at}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/>{rest}<w:lvlText w:val=\"{text}\"/></w:lvl>"
    )
}

fn definition(id: u8, levels: &[String]) -> String {
    format!(
        "<w:abstractNum w:abstractNumId=\"{id}\">{}</w:abstractNum>",
        levels.concat()
    )
}

fn list(id: u8, definition: u8, rest: &str) -> String {
    format!("<w:num w:numId=\"{id}\"><w:abstractNumId w:val=\"{definition}\"/>{rest}</w:num>")
}

/// A paragraph of a list.
fn li(list: u8, level: u8, text: &str) -> String {
    pp(
        &format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr>"),
        text,
    )
}

fn blocks(numbering: &[String], body: &[String]) -> Vec<String> {
    docx(&body.concat())
        .with("numbering", "numbering", &numbering.concat())
        .blocks()
}

#[test]
fn levels_count_and_begin_anew() {
    let levels = [
        level(0, "decimalFullWidth", "%1．", "<w:suff w:val=\"nothing\"/>"),
        level(1, "decimal", "%1.%2", "<w:isLgl/>"),
        level(2, "aiueoFullWidth", "(%3)", ""),
    ];
    let numbering = [definition(0, &levels), list(1, 0, "")];
    let body = [
        li(1, 0, "A"),
        li(1, 1, "B"),
        li(1, 2, "C"),
        li(1, 2, "D"),
        li(1, 1, "E"),
        li(1, 2, "F"),
        li(1, 0, "G"),
        li(1, 1, "H"),
        li(0, 0, "I"),
        li(9, 0, "J"),
    ];
    let expected = [
        "- １．A",
        "- 1.1 B",
        "- (ア) C",
        "- (イ) D",
        "- 1.2 E",
        "- (ア) F",
        "- ２．G",
        "- 2.1 H",
        "p I",
        "p J",
    ];
    assert_eq!(blocks(&numbering, &body), expected);
}

#[test]
fn formats_are_printed_as_they_are_named() {
    for (format, second) in [
        ("decimal", "2"),
        ("decimalZero", "02"),
        ("decimalEnclosedCircle", "②"),
        ("aiueo", "ｲ"),
        ("iroha", "ﾛ"),
        ("irohaFullWidth", "ロ"),
        ("japaneseCounting", "二"),
        ("japaneseLegal", "弐"),
        ("upperRoman", "II"),
        ("lowerLetter", "b"),
        ("ideographTraditional", "乙"),
        ("thaiNumbers", "2"),
        ("none", ""),
    ] {
        let numbering = [
            definition(0, &[level(0, format, "第%1号", "")]),
            list(1, 0, ""),
        ];
        let found = blocks(&numbering, &[li(1, 0, "A"), li(1, 0, "B")]);
        assert_eq!(found[1], format!("- 第{second}号 B"), "{format}");
    }
}

#[test]
fn bullets_are_taken_off_and_empty_labels_make_no_items() {
    let levels = [
        level(0, "bullet", "・", ""),
        level(1, "none", "", ""),
        level(2, "decimal", "100%", ""),
    ];
    let numbering = [definition(0, &levels), list(1, 0, "")];
    let body = [li(1, 0, "A"), li(1, 1, "B"), li(1, 2, "C"), li(1, 7, "D")];
    assert_eq!(blocks(&numbering, &body), ["- A", "p B", "- 100% C", "p D"]);
}

#[test]
fn lists_go_on_or_start_where_they_say() {
    let levels = [
        level(0, "decimal", "%1)", ""),
        level(1, "lowerLetter", "%2)", "<w:lvlRestart w:val=\"0\"/>"),
    ];
    let own = "<w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"5\"/></w:lvlOverride>";
    let other = format!(
        "<w:lvlOverride w:ilvl=\"0\">{}</w:lvlOverride>",
        level(0, "upperLetter", "%1:", "")
    );
    let numbering = [
        definition(0, &levels),
        list(1, 0, ""),
        list(2, 0, own),
        list(3, 0, &other),
    ];
    let body = [
        li(1, 0, "A"),
        li(1, 1, "B"),
        li(1, 0, "C"),
        li(1, 1, "D"),
        li(2, 0, "E"),
        li(2, 0, "F"),
        li(1, 0, "G"),
        li(3, 0, "H"),
    ];
    let expected = [
        "- 1) A", "- a) B", "- 2) C", "- b) D", "- 5) E", "- 6) F", "- 7) G", "- H: H",
    ];
    assert_eq!(blocks(&numbering, &body), expected);
}

#[test]
fn a_level_without_upper_numbers_takes_their_starts() {
    let levels = [
        level(0, "decimal", "%1.", ""),
        level(1, "decimal", "%1.%2.", ""),
    ];
    let numbering = [definition(0, &levels), list(1, 0, "")];
    assert_eq!(
        blocks(&numbering, &[li(1, 1, "A"), li(1, 0, "B")]),
        ["- 1.1. A", "- 1. B"]
    );
}

#[test]
fn styles_number_paragraphs_and_headings() {
    let levels = [
        level(0, "decimal", "第%1章", "<w:pStyle w:val=\"1\"/>"),
        level(1, "decimal", "%1-%2", "<w:pStyle w:val=\"2\"/>"),
    ];
    let styles = |id: u8| {
        format!(
            "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"heading {id}\"/><w:pPr><w:numPr>\
             <w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style>"
        )
    };
    let by =
        |id: &str, rest: &str, text: &str| pp(&format!("<w:pStyle w:val=\"{id}\"/>{rest}"), text);
    let off = "<w:numPr><w:numId w:val=\"0\"/></w:numPr>";
    let body = [
        by("1", "", "目的"),
        by("2", "", "背景"),
        by("2", "", "位置づけ"),
        by("1", off, "はじめに"),
        by("1", "", "体制"),
    ];
    let document = docx(&body.concat())
        .with("styles", "styles", &(styles(1) + &styles(2)))
        .with(
            "numbering",
            "numbering",
            &(definition(0, &levels) + &list(1, 0, "")),
        );
    let expected = [
        "h1 第1章 目的",
        "h2 1-1 背景",
        "h2 1-2 位置づけ",
        "h1 はじめに",
        "h1 第2章 体制",
    ];
    assert_eq!(document.blocks(), expected);
}

#[test]
fn styles_of_lists_define_them() {
    let numbering = [
        definition(0, &[level(0, "decimal", "(%1)", "")]),
        "<w:abstractNum w:abstractNumId=\"1\"><w:numStyleLink w:val=\"L\"/></w:abstractNum>"
            .to_owned(),
        list(1, 0, ""),
        list(2, 1, ""),
    ];
    let styles = "<w:style w:type=\"numbering\" w:styleId=\"L\"><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style>";
    let document = docx(&(li(2, 0, "A") + &li(2, 0, "B")))
        .with("styles", "styles", styles)
        .with("numbering", "numbering", &numbering.concat());
    assert_eq!(document.blocks(), ["- (1) A", "- (2) B"]);
}
