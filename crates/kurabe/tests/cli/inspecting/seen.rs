//! Looks at the HTML form as a browser would take it apart.

use std::collections::BTreeSet;

use base64::Engine as _;
use serde_json::Value;

/// The two sides of every section.
fn sides(page: &str) -> Vec<(&str, &str)> {
    let sections = page.split("<div class=\"source\"").skip(1);
    sections
        .map(|section| {
            let (left, right) = section.split_once("<div class=\"read\">").unwrap();
            (left, right.split("</section>").next().unwrap())
        })
        .collect()
}

/// Everything on the left.
pub(crate) fn left(page: &str) -> String {
    sides(page).into_iter().map(|(left, _)| left).collect()
}

/// The keys of a side.
fn keys(side: &str) -> BTreeSet<&str> {
    let attributes = side.split("data-k=\"").skip(1);
    let values = attributes.map(|rest| rest.split('"').next().unwrap());
    values.flat_map(|value| value.split(' ')).collect()
}

/// Every key on the right is one on the left, and there are some.
pub(crate) fn assert_linked(page: &str) {
    for (left, right) in sides(page) {
        let (left, right) = (keys(left), keys(right));
        let lost: Vec<_> = right.difference(&left).collect();
        assert!(lost.is_empty(), "{lost:?}");
    }
    assert!(
        sides(page).iter().any(|(_, right)| !keys(right).is_empty()),
        "{page}"
    );
}

/// Nothing outside of the file is named.
pub(crate) fn assert_self_contained(page: &str) {
    let own: String = sides(page).into_iter().flat_map(|(l, r)| [l, r]).collect();
    let head = page.split("<main>").next().unwrap();
    for markup in tags(&own).chain(tags(head)) {
        let is_plain = !["http:", "https:", "url(", "@import", "//"]
            .iter()
            .any(|w| markup.contains(w));
        assert!(
            is_plain || markup.starts_with("img src=\"data:"),
            "{markup}"
        );
        let source = markup.split("src=\"").nth(1).unwrap_or("data:");
        assert!(
            source.starts_with("data:") && !markup.contains("href="),
            "{markup}"
        );
    }
    assert!(page.contains("default-src 'none'; img-src data:;"));
}

/// What stands between `<` and `>`.
pub(crate) fn tags(markup: &str) -> impl Iterator<Item = &str> {
    let opened = markup.split('<').skip(1);
    opened.map(|rest| rest.split('>').next().unwrap_or_default())
}

/// The texts on the right, pieces of cells each on its own, without labels.
pub(crate) fn right_texts(page: &str) -> Vec<String> {
    let mut texts = Vec::new();
    for (_, right) in sides(page) {
        let mut rest = right;
        while let Some(at) = next_text(rest) {
            let (tag, after) = rest[at + 1..].split_once('>').unwrap();
            let text = after.split('<').next().unwrap();
            let is_own = tag.starts_with("td")
                || tag.starts_with("p class=\"text")
                || tag == "p"
                || tag == "div"
                || tag == "p class=\"item\"";
            if is_own && !text.trim().is_empty() {
                texts.push(unescaped(text));
            }
            rest = after;
        }
    }
    texts
}

fn next_text(markup: &str) -> Option<usize> {
    markup.find('<').filter(|at| markup[*at..].contains('>'))
}

fn unescaped(text: &str) -> String {
    let signs = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ];
    signs.iter().fold(text.to_owned(), |text, (name, sign)| {
        text.replace(name, sign)
    })
}

/// The texts of the JSON form in the same order.
pub(crate) fn texts_of(view: &Value) -> Vec<String> {
    let mut texts = Vec::new();
    for page in view["pages"].as_array().unwrap() {
        for block in page["blocks"].as_array().unwrap() {
            for line in block["lines"].as_array().into_iter().flatten() {
                push(&line["text"], &mut texts);
            }
            table(block, &mut texts);
        }
    }
    texts
}

fn table(table: &Value, texts: &mut Vec<String>) {
    let rows = table["rows"].as_array().into_iter().flatten();
    for cell in rows.flat_map(|row| row["cells"].as_array().unwrap()) {
        match cell["content"].as_array() {
            None => push(&cell["text"], texts),
            Some(nodes) => {
                for node in nodes {
                    push(&node["text"], texts);
                    self::table(node, texts);
                }
            }
        }
    }
}

fn push(text: &Value, texts: &mut Vec<String>) {
    let text = text.as_str().unwrap_or_default();
    if !text.trim().is_empty() {
        texts.push(text.to_owned());
    }
}

/// The pictures that are embedded.
pub(crate) fn pictures(page: &str) -> Vec<String> {
    let start = "src=\"data:image/svg+xml;base64,";
    let encoded = page
        .split(start)
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap());
    encoded
        .map(|text| {
            let bytes = base64::engine::general_purpose::STANDARD
                .decode(text)
                .unwrap();
            String::from_utf8(bytes).unwrap()
        })
        .collect()
}
