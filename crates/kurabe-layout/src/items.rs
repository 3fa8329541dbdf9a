//! The items inside a cell: bulleted, in paragraphs, or run together.

use kurabe_page::Node;
use kurabe_text::{mark, number};
use std::ops::Range;

/// An item of a cell and the heading inside the cell that it stands under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Item {
    /// The words of the item.
    pub(crate) text: String,
    /// The heading without its brackets.
    pub(crate) heading: Option<String>,
}

/// Splits the content of a cell into items. `wraps_dots` says that the file breaks lines before
/// every ・, inside words, too.
pub(crate) fn items(nodes: &[Node], wraps_dots: bool) -> Vec<Item> {
    let mut found = Vec::new();
    let mut heading: Option<String> = None;
    let joined = wraps_dots.then(|| joined(nodes));
    let texts = joined.as_deref().unwrap_or(nodes).iter();
    for text in texts.filter_map(Node::text).flat_map(sections) {
        let (own, rest) = leading_heading(text.trim());
        if own.is_some() {
            heading = own;
        }
        let items = if wraps_dots {
            let lines = unwrapped(rest);
            lines.iter().flat_map(|line| split_items(line)).collect()
        } else {
            split_items(rest)
        };
        let items = closed(items);
        found.extend(items.into_iter().map(|text| Item {
            text,
            heading: heading.clone(),
        }));
    }
    found
}

/// Nodes in which the paragraphs that follow each other are one text: each of them may be a line that
/// was broken before a ・.
fn joined(nodes: &[Node]) -> Vec<Node> {
    let is_text = |node: &Node| matches!(node, Node::Text(_) | Node::Paragraph(_));
    let runs = nodes.chunk_by(|a, b| is_text(a) && is_text(b));
    let one = |run: &[Node]| match run {
        [node] => node.clone(),
        run => {
            let texts: Vec<&str> = run.iter().filter_map(Node::text).collect();
            Node::Text(texts.join("\n"))
        }
    };
    runs.map(one).collect()
}

/// A text cut before every line that begins with a heading in lenticular brackets or with the mark of
/// a remark.
fn sections(text: &str) -> Vec<&str> {
    let heads = ["\n【", "\n※"]
        .iter()
        .flat_map(|head| text.match_indices(head));
    let mut cuts: Vec<usize> = heads.map(|(at, _)| at + 1).collect();
    cuts.extend([0, text.len()]);
    cuts.sort_unstable();
    let spans = cuts.windows(2).filter_map(|w| text.get(w[0]..w[1]));
    spans.filter(|part| !part.trim().is_empty()).collect()
}

/// Items with what stands in brackets kept together: `拡充(管理 | 標識):3件` is one item.
fn closed(items: Vec<String>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for item in items {
        match found.last_mut().filter(|left| is_open(left)) {
            Some(left) => {
                left.push('・');
                left.push_str(&item);
            }
            None => found.push(item),
        }
    }
    found
}

/// Whether a bracket is left open.
fn is_open(text: &str) -> bool {
    let open = text.matches(['(', '（', '[', '「', '『']).count();
    let close = text.matches([')', '）', ']', '」', '』']).count();
    open > close
}

/// The lines of a text that breaks before every ・, with those that it breaks inside words joined:
/// first where a bracket is open or a further segment with its value follows, then where the line
/// before says nothing by itself.
pub(crate) fn unwrapped(text: &str) -> Vec<String> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let lines = joined_at_dots(lines.map(str::to_owned), |left, right| {
        is_open(left) || (has_value(left) && is_segment(right))
    });
    let nothing_said = |left: &str, right: &str| {
        let is_ended = left.ends_with(['。', ')', '）', '」', '】']);
        let is_item = left.starts_with('・');
        !has_value(left) && !is_ended && (!is_item || has_value(right))
    };
    joined_at_dots(lines.into_iter(), nothing_said)
}

fn has_value(text: &str) -> bool {
    text.contains([':', '：', '⇒', '→'])
}

/// Joins lines that begin with a ・ to the line before them where `goes_on` says so.
fn joined_at_dots(
    lines: impl Iterator<Item = String>,
    goes_on: impl Fn(&str, &str) -> bool,
) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for line in lines {
        let rest = line.strip_prefix('・');
        match (found.last_mut(), rest) {
            (Some(left), Some(rest)) if goes_on(left, rest) => left.push_str(&line),
            _ => found.push(line),
        }
    }
    found
}

/// Whether a text begins with a short label that stands directly before its number: `中学校81.5%`.
fn is_segment(text: &str) -> bool {
    let Some(quantity) = number::quantities(text).into_iter().next() else {
        return false;
    };
    let label = text.get(..quantity.range.start).unwrap_or_default();
    let letters = label.chars().count();
    (1..=8).contains(&letters) && label.chars().all(char::is_alphabetic)
}

/// A heading in lenticular brackets at the beginning of a text, and what follows it.
fn leading_heading(text: &str) -> (Option<String>, &str) {
    let Some(rest) = text.strip_prefix('【') else {
        return (None, text);
    };
    match rest.split_once('】') {
        Some((heading, after)) => (Some(heading.trim().to_owned()), after.trim_start()),
        None => (None, text),
    }
}

/// Splits a text into its items: at bullets when it has any, otherwise where one statement is
/// complete and the next begins after white space.
///
/// ```
/// use kurabe_layout::split_items;
/// assert_eq!(split_items("・利用者数：3人 ・満足度：90%"), ["利用者数：3人", "満足度：90%"]);
/// assert_eq!(split_items("利用者数: 3人 宿泊者数: 5人"), ["利用者数: 3人", "宿泊者数: 5人"]);
/// assert_eq!(split_items("作業時間 令和7年度：1,600時間"), ["作業時間 令和7年度：1,600時間"]);
/// ```
#[must_use]
pub fn split_items(text: &str) -> Vec<String> {
    let ranges = mark::bullets(text).unwrap_or_else(|| complete_statements(text));
    ranges
        .into_iter()
        .filter_map(|range| text.get(range))
        .map(|item| item.trim().to_owned())
        .filter(|item| !item.is_empty())
        .collect()
}

/// Ranges of statements that are separated by nothing but white space.
fn complete_statements(text: &str) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut start = 0;
    let mut depth = 0_i32;
    for (at, c) in text.char_indices() {
        match c {
            '(' | '（' | '[' | '「' | '『' => depth += 1,
            ')' | '）' | ']' | '」' | '』' => depth -= 1,
            _ => {}
        }
        if c.is_whitespace() && depth <= 0 && splits(&text[start..at], &text[at..]) {
            ranges.push(start..at);
            start = at;
        }
    }
    ranges.push(start..text.len());
    ranges
}

/// Whether a statement ends before white space and another one begins after it.
fn splits(left: &str, right: &str) -> bool {
    let (left, right) = (left.trim(), right.trim_start());
    if left.is_empty() || right.is_empty() || goes_on(left) || continues(right) {
        return false;
    }
    let ended = left.ends_with('。');
    let stated = left.contains([':', '：']) || left.chars().any(char::is_numeric);
    ended || stated
}

/// Whether a text asks for more: it ends with a sign that something follows.
fn goes_on(left: &str) -> bool {
    const SIGNS: [char; 13] = [
        ':', '：', '⇒', '→', '、', ',', '・', '～', '~', '〜', '+', '×', '=',
    ]; // then a value
    const LABELS: [&str; 6] = ["現状値", "目標値", "現状", "目標", "約", "平均"];
    left.ends_with(SIGNS) || LABELS.iter().any(|l| left.ends_with(l))
}

/// Whether a text can only be the rest of the statement before it.
fn continues(right: &str) -> bool {
    let first = right.chars().next().unwrap_or(' ');
    if matches!(
        first,
        '⇒' | '→' | ')' | '）' | '(' | '（' | '、' | '。' | '～' | '~' | '〜' | '×' | '='
    ) || first.is_numeric()
    {
        return true;
    }
    // A year that introduces the value: `作業時間 令和7年度：1,600時間`.
    let head = right.split([':', '：', ' ']).next().unwrap_or(right);
    kurabe_text::era::fiscal_year(head.trim()).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_that_are_run_together_are_split() {
        let text = "アプリの導入に向け検討（令和7年度） 情報共有の本運用：令和6年度";
        assert_eq!(split_items(text).len(), 2);
        assert_eq!(
            split_items("割合:現状値 小学校77.5%・中学校81.5%(令和4年度末)").len(),
            1
        );
        assert_eq!(split_items("試験運用中。 ルールは未実施。").len(), 2);
        assert_eq!(split_items("応答数:1,000件(月平均:令和7年度)").len(), 1);
    }

    #[test]
    fn headings_inside_a_cell_are_kept() {
        let nodes = [
            Node::Paragraph("【防犯カメラ】".into()),
            Node::ListText(" 設置数：1台 修繕数：2台 ".into()),
        ];
        let found = items(&nodes, false);
        assert_eq!(found.len(), 2);
        assert_eq!(found[1].heading.as_deref(), Some("防犯カメラ"));
        let lines = [Node::Text(
            "【端末】 活用した。\n【アプリ】 選定した。".into(),
        )];
        let found = items(&lines, false);
        let shown: Vec<_> = found
            .iter()
            .map(|i| (i.heading.as_deref(), &*i.text))
            .collect();
        assert_eq!(
            shown,
            [(Some("端末"), "活用した。"), (Some("アプリ"), "選定した。")]
        );
    }

    #[test]
    fn brackets_hold_an_item_together() {
        let nodes = [Node::Text(
            "・拡充(道路管理\n・標識\n・反射鏡):登録 700箇所\n・点検:3件".into(),
        )];
        let found: Vec<String> = items(&nodes, false).into_iter().map(|i| i.text).collect();
        assert_eq!(
            found,
            ["拡充(道路管理・標識・反射鏡):登録 700箇所", "点検:3件"]
        );
    }

    #[test]
    fn lines_that_were_broken_before_dots_are_joined() {
        let of = |text: &str| -> Vec<String> {
            let nodes = [Node::Text(text.into())];
            items(&nodes, true).into_iter().map(|i| i.text).collect()
        };
        assert_eq!(
            of("・情報の拡充: 10件\n・参加した検討者\n・移住者: 8人\n・配信の充実化"),
            [
                "情報の拡充: 10件",
                "参加した検討者・移住者: 8人",
                "配信の充実化"
            ]
        );
        assert_eq!(
            of("調査での意見\n・要望を踏まえ策定"),
            ["調査での意見・要望を踏まえ策定"]
        );
        assert_eq!(
            of("次の2点。\n・一つ\n・二つ"),
            ["次の2点。", "一つ", "二つ"]
        );
    }
}
