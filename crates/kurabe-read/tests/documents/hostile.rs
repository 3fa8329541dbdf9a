//! Nothing panics, hangs or goes deep, whatever the input.

use std::time::{Duration, Instant};

use kurabe_page::Page;
use kurabe_read::{Limits, ReadError};
use kurabe_trace::Code;
use proptest::collection::vec;
use proptest::prelude::*;

use crate::word::{docx, p, read_docx, zip};
use crate::{html, read_html};

const HTML: &str = "<!DOCTYPE html><html lang=ja><head><meta charset=utf-8><title>計画</title><style>p{}</style></head>\
    <body class='a sidebar'><nav><a href=#>本文へ</a></nav><h1 id=x>DX<br>推進</h1><p style='display:none'>隠<p>令和6年\n度\
    <ol start=3 type=i><li value=7>一<ul><li>二</ul></ol><table border=1><caption>表1</caption><thead><tr><th rowspan=2 \
    colspan='3'>番号</th></thead><tbody><tr><td>&lt;申請&gt;<table><tr><td>内</table><td><DX推進>&#x2460;<select><option>A\
    </select></tbody><tfoot><tr><td>計</tfoot></table><ruby>大江<rt>おおえ</ruby><svg><text>図</text></svg><script>if(a<b){}</script>\
    <!-- 注 --><pre>\n 一\n</pre><dl><dt>語<dd>義</dl><template><p>T</template><footer>F</footer></body></html>";

const BODY: &str = "<w:p><w:pPr><w:pStyle w:val=\"1\"/><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr>\
    <w:r><w:t>目的</w:t></w:r></w:p><w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:del w:id=\"1\"><w:r><w:delText>旧\
    </w:delText></w:r></w:del><w:ins w:id=\"2\"><w:r><w:rPr><w:vanish/></w:rPr><w:t>新&amp;</w:t></w:r></w:ins><w:r>\
    <w:footnoteReference w:id=\"2\"/><w:br/><w:tab/><w:sym w:font=\"Wingdings\" w:char=\"F0FE\"/></w:r></w:p><w:tbl><w:tr>\
    <w:trPr><w:gridBefore w:val=\"1\"/></w:trPr><w:tc><w:tcPr><w:gridSpan w:val=\"2\"/><w:vMerge w:val=\"restart\"/></w:tcPr>\
    <w:p><w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:txbxContent><w:p><w:r><w:t>箱</w:t></w:r></w:p>\
    </w:txbxContent></mc:Choice><mc:Fallback/></mc:AlternateContent></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:tcPr>\
    <w:vMerge/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>";

const NUMBERING: &str = "<w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"4294967295\"/><w:numFmt \
    w:val=\"lowerRoman\"/><w:lvlText w:val=\"%1.%9%\"/></w:lvl></w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId \
    w:val=\"0\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"3\"/></w:lvlOverride></w:num>";

/// Numbers that look random and are always the same (Knuth's MMIX generator).
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end.max(1)
    }

    /// Changes some bytes, takes some out, doubles some, and cuts the end off at times.
    fn mutate(&mut self, sample: &[u8]) -> Vec<u8> {
        let mut bytes = sample.to_vec();
        for _ in 0..=self.below(8) {
            let at = self.below(bytes.len());
            let until = (at + self.below(40)).min(bytes.len());
            match self.below(5) {
                0 => bytes[at] = u8::try_from(self.below(256)).unwrap(),
                1 => bytes[at] = b"<>&\"'=/ ;"[self.below(9)],
                2 => drop(bytes.drain(at..until)),
                3 => {
                    let piece = bytes[at..until].to_vec();
                    let to = self.below(bytes.len());
                    bytes.splice(to..to, piece);
                }
                _ => bytes.truncate(bytes.len() - self.below(bytes.len() / 8)),
            }
        }
        bytes
    }
}

/// The sample with some characters of its attribute values changed: still well-formed.
fn other_values(dice: &mut Dice, sample: &str) -> String {
    let mut values: Vec<String> = sample.split('"').map(str::to_owned).collect();
    for _ in 0..=dice.below(12) {
        let at = dice.below(values.len() / 2) * 2 + 1;
        let new = [
            "",
            "0",
            "-1",
            "1",
            "2",
            "9",
            "100%",
            "%1%2%3",
            "99999",
            "4294967296",
            "restart",
            "end",
            "F0A8",
        ];
        if let Some(value) = values.get_mut(at) {
            *value = new[dice.below(new.len())].to_owned();
        }
    }
    values.join("\"")
}

/// Runs something and says that it took too long when it did.
fn within<T>(seconds: u64, what: &str, run: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let value = run();
    let taken = start.elapsed();
    assert!(taken < Duration::from_secs(seconds), "{what}: {taken:?}");
    value
}

/// The places of a page are those of its numbers.
fn check(page: &Page) {
    let count = u32::try_from(page.places.len()).unwrap();
    assert!(page.written_lines.is_sorted());
    assert!(page.written_lines.iter().all(|n| (1..=count).contains(n)));
    assert!(
        page.skipped
            .iter()
            .all(|(n, _)| page.written_lines.contains(n))
    );
}

#[test]
fn mutated_html_is_read_or_refused() {
    let mut dice = Dice(1);
    within(20, "mutations", || {
        for _ in 0..2000 {
            if let Ok(staged) = read_html(&dice.mutate(HTML.as_bytes())) {
                check(&staged.value);
            }
        }
    });
}

#[test]
fn mutated_word_files_are_read_or_refused() {
    let file = docx(BODY).with("numbering", "numbering", NUMBERING).with(
        "footnotes",
        "footnotes",
        &format!("<w:footnote w:id=\"2\">{}</w:footnote>", p("注")),
    );
    let sample = file.bytes();
    assert!(read_docx(&sample).is_ok());
    let mut dice = Dice(2);
    let mut read = 0;
    within(20, "mutations", || {
        for _ in 0..400 {
            let _refused_mostly = read_docx(&dice.mutate(&sample));
            let bytes = dice.mutate(BODY.as_bytes());
            let broken = docx(&String::from_utf8_lossy(&bytes));
            let other = docx(&other_values(&mut dice, BODY)).with(
                "numbering",
                "numbering",
                &other_values(&mut dice, NUMBERING),
            );
            for file in [broken, other] {
                if let Ok(staged) = read_docx(&file.bytes()) {
                    check(&staged.value);
                    read += 1;
                }
            }
        }
    });
    assert!(read > 300, "{read}");
}

proptest! {
    #[test]
    fn random_bytes_never_panic(bytes in vec(any::<u8>(), 0..400)) {
        let _ = read_html(&bytes);
        let _ = read_docx(&bytes);
        let _ = read_docx(&zip(&[("word/document.xml", &bytes)]));
    }

    #[test]
    fn random_markup_loses_no_text(pieces in vec(prop::sample::select(PIECES), 0..60)) {
        let text = format!("本<p>{}", pieces.concat());
        let shown = crate::show::page(&html(&text)).concat();
        let count = |text: &str| text.matches('本').count();
        prop_assert_eq!(count(&text), count(&shown), "{} gives {}", text, shown);
    }
}

const PIECES: &[&str] = &[
    "<p>",
    "</p>",
    "<ul>",
    "</ul>",
    "<ol>",
    "<li>",
    "</li>",
    "<table>",
    "</table>",
    "<tr>",
    "</tr>",
    "<td>",
    "</td>",
    "<td colspan=2>",
    "<td rowspan=2>",
    "<td rowspan=0>",
    "<caption>",
    "<thead>",
    "<tfoot>",
    "<br>",
    "<div>",
    "</div>",
    "<b>",
    "</b>",
    "<a>",
    "<h2>",
    "</h2>",
    "<dl>",
    "<dd>",
    "<申請>",
    "<DX推進>",
    "<pre>",
    "</pre>",
    "<",
    ">",
    "&",
    "&lt;",
    " ",
    "\n",
    "本",
    "A",
    "本<i>本",
    "<font size=1>",
    "</font>",
    "<form>",
    "<hr>",
];

/// Deep elements take less than two seconds; programs without optimisation take longer.
const SECONDS: u64 = if cfg!(debug_assertions) { 15 } else { 2 };

/// Reads an element nested many times with text before and in it.
fn nested(tag: &str, times: usize) -> String {
    let text = format!("頂<p>{}底", tag.repeat(times));
    let staged = within(SECONDS, tag, || read_html(text.as_bytes()));
    crate::show::page(&staged.unwrap().value).concat()
}

#[test]
fn deep_html_is_cut_without_losing_text() {
    for tag in [
        "<div>",
        "<table><tr><td>",
        "<ul><li>",
        "<blockquote><p>",
        "<b><p>",
    ] {
        assert!(nested(tag, 100_000).contains('底'), "{tag}");
    }
    for tag in [
        "<table>",
        "<li>",
        "<p>",
        "<b>",
        "<a>",
        "<span>",
        "<svg><g>",
        "<svg>",
        "<math><mrow>",
        "<dl><dd>",
        "<form>",
        "<h1>",
        "<ruby><rb>",
        "<x-y>",
        "<td>",
        "<div><p>",
        "<p><font size=1>",
        "</p>",
        "</div>",
        "</br>",
        "<tr>",
    ] {
        assert!(nested(tag, 5000).contains('底'), "{tag}");
    }
    for tag in ["<template>", "<button>", "<select>", "<nav>"] {
        assert!(nested(tag, 5000).contains('頂'), "{tag}");
    }
}

#[test]
fn open_marks_do_not_grow_without_bound() {
    // Each paragraph opens all marks anew that are left open.
    let marks: String = (0..300)
        .map(|i| format!("<p><font size={i}>本</p>"))
        .collect();
    let text = format!("{marks}{}", "<p>本</p>".repeat(2000));
    let page = within(SECONDS, "marks", || html(&text));
    assert_eq!(
        crate::show::page(&page).concat().matches('本').count(),
        2300
    );
}

#[test]
fn end_tags_of_what_was_cut_end_nothing_else() {
    let text = format!(
        "<div>{}底{}<p>後</p></div><h1>末</h1>",
        "<div>".repeat(1000),
        "</div>".repeat(1000)
    );
    let staged = read_html(text.as_bytes()).unwrap();
    assert_eq!(crate::show::page(&staged.value), ["p 底", "p 後", "h1 末"]);
    assert_eq!(staged.findings[0].code, Code::MarkupDamaged);
    let usual = format!("{}底", "<div>".repeat(200));
    assert_eq!(read_html(usual.as_bytes()).unwrap().findings, []);
    // Elements without end tags do not go deep.
    let flat = format!(
        "<table>{}</table>{}",
        "<tr><td>A<td>B".repeat(1000),
        "<p>C<li>D".repeat(1000)
    );
    assert_eq!(read_html(flat.as_bytes()).unwrap().findings, []);
}

#[test]
fn deep_word_files_are_refused() {
    let limit = Limits::default().depth;
    for (open, close) in [
        ("<w:sdt>", "</w:sdt>"),
        ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
        ("<w:p>", "</w:p>"),
    ] {
        let body = format!(
            "{}{}{}",
            open.repeat(100_000),
            p("底"),
            close.repeat(100_000)
        );
        let error = within(SECONDS, open, || read_docx(&docx(&body).bytes())).unwrap_err();
        assert_eq!(
            error,
            ReadError::TooLarge {
                limit: "depth",
                value: limit
            }
        );
    }
    let tables = |n: usize| {
        let open = "<w:tbl><w:tr><w:tc>".repeat(n);
        docx(&format!(
            "{open}{}{}",
            p("底"),
            "</w:tc></w:tr></w:tbl>".repeat(n)
        ))
    };
    assert!(tables(80).blocks()[0].contains('底'));
}

#[test]
fn many_small_things_are_read_quickly() {
    let rows = "<tr><td>A<td rowspan=9>B<td colspan=2>C".repeat(1000);
    within(SECONDS, "rows", || html(&format!("<table>{rows}</table>")));
    within(SECONDS, "breaks", || {
        html(&format!("<p>A{}", "<br>B".repeat(100_000)))
    });
    within(SECONDS, "skips", || {
        html(&format!("<p>A{}", "<nav>B</nav>".repeat(20_000)))
    });
    let note = "<w:r><w:footnoteReference w:id=\"1\"/></w:r>".repeat(20_000);
    let notes = format!("<w:footnote w:id=\"1\">{}</w:footnote>", p("注"));
    let body = format!("<w:p><w:r><w:t>A</w:t></w:r>{note}</w:p>");
    let file = docx(&body).with("footnotes", "footnotes", &notes);
    assert_eq!(
        within(SECONDS, "notes", || file.blocks()),
        ["p A", "p 1 注"]
    );
}
