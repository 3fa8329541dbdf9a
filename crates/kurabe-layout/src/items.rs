//! The items inside a cell: bulleted, in paragraphs, or run together.

use kurabe_page::Node;
use kurabe_text::mark;
use std::ops::Range;

/// An item of a cell and the heading inside the cell that it stands under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Item {
    /// The words of the item.
    pub(crate) text: String,
    /// The heading without its brackets.
    pub(crate) heading: Option<String>,
}

/// Splits the content of a cell into items.
pub(crate) fn items(nodes: &[Node]) -> Vec<Item> {
    let mut found = Vec::new();
    let mut heading: Option<String> = None;
    for text in nodes.iter().filter_map(Node::text) {
        let (own, rest) = leading_heading(text.trim());
        if own.is_some() {
            heading = own;
        }
        for item in split_items(rest) {
            found.push(Item {
                text: item,
                heading: heading.clone(),
            });
        }
    }
    found
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
        let found = items(&nodes);
        assert_eq!(found.len(), 2);
        assert_eq!(found[1].heading.as_deref(), Some("防犯カメラ"));
    }
}
