//! Marks at the ends of a text, such as （再掲）, and bulleted lists.

use crate::number::circled;
use crate::width::key;
use std::ops::Range;

/// A text without its marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marked {
    /// The text that is left, without white space at its ends.
    pub text: String,
    /// The marks that were found, as they stand in the given list, in the order found.
    pub marks: Vec<String>,
}

/// Removes marks from the beginning and the end of a text, as often as there are any.
///
/// Marks are compared by [`key`], so that `（再掲）` is also `(再掲)` and `【 新規掲載 】` is
/// `【新規掲載】`. A mark without brackets needs white space, a bracket or the end beside it.
///
/// ```
/// use kurabe_text::mark::take_marks;
/// let marks = ["【新規掲載】".to_owned(), "（再掲）".to_owned(), "重点".to_owned()];
/// let got = take_marks("【新規掲載】 窓口の改革(再掲) 重点", &marks);
/// assert_eq!(got.text, "窓口の改革");
/// assert_eq!(got.marks, ["【新規掲載】", "重点", "（再掲）"]);
/// assert_eq!(take_marks("重点計画", &marks).text, "重点計画");
/// ```
pub fn take_marks(s: &str, marks: &[String]) -> Marked {
    let mut known: Vec<(String, &String)> = marks.iter().map(|m| (key(m), m)).collect();
    known.retain(|(key, _)| !key.is_empty());
    known.sort_by_key(|(key, _)| std::cmp::Reverse(key.len()));
    let mut text = s.trim();
    let mut found = Vec::new();
    while let Some((mark, rest)) = known
        .iter()
        .find_map(|(k, mark)| Some((mark, without(text, k)?)))
    {
        found.push((*mark).clone());
        text = rest.trim();
    }
    Marked {
        text: text.to_owned(),
        marks: found,
    }
}

/// The text without a mark at its beginning or end.
fn without<'a>(text: &'a str, mark: &str) -> Option<&'a str> {
    let bracketed = |c: Option<char>| c.is_some_and(|c| !c.is_alphanumeric());
    let head = prefix(text, mark).and_then(|at| {
        let rest = text.get(at..)?;
        (bracketed(mark.chars().next_back()) || parts(rest.chars().next())).then_some(rest)
    });
    head.or_else(|| {
        let rest = text.get(..suffix(text, mark)?)?;
        (bracketed(mark.chars().next()) || parts(rest.chars().next_back())).then_some(rest)
    })
}

/// Nothing, white space or a bracket: what stands beside a mark without brackets.
fn parts(c: Option<char>) -> bool {
    c.is_none_or(|c| c.is_whitespace() || "()（）[]［］【】「」〔〕<>＜＞・:：".contains(c))
}

/// Length of the beginning whose key is the mark.
fn prefix(text: &str, mark: &str) -> Option<usize> {
    let mut rest = mark;
    for (at, c) in text.char_indices() {
        rest = rest.strip_prefix(key(c.encode_utf8(&mut [0; 4])).as_str())?;
        if rest.is_empty() {
            return Some(at + c.len_utf8());
        }
    }
    None
}

/// Place from which on the key of the text is the mark.
fn suffix(text: &str, mark: &str) -> Option<usize> {
    let mut rest = mark;
    for (at, c) in text.char_indices().rev() {
        rest = rest.strip_suffix(key(c.encode_utf8(&mut [0; 4])).as_str())?;
        if rest.is_empty() {
            return Some(at);
        }
    }
    None
}

/// The items of a bulleted list, as byte ranges without bullets and white space around; `None`
/// when the text is not one.
///
/// Bullets are `・ ● ○ ■ □ ◆ ◇ ▪ •` and `①` … `㊿` at the beginning or after white space, and `- ` at
/// the beginning of a line. A `・` inside a word is none, nor is `※`. Words before the first bullet
/// are the first item; then there must be a bullet at the beginning of a line, or two.
///
/// ```
/// use kurabe_text::mark::bullets;
/// let s = "・窓口の改革 ・衆議院・参議院";
/// let items: Vec<&str> = bullets(s).unwrap().into_iter().map(|r| &s[r]).collect();
/// assert_eq!(items, ["窓口の改革", "衆議院・参議院"]);
/// assert_eq!(bullets("衆議院・参議院"), None);
/// ```
pub fn bullets(s: &str) -> Option<Vec<Range<usize>>> {
    let found = find(s);
    let first = found.first()?;
    let lead = s.get(..first.range.start)?.trim();
    if !lead.is_empty() && found.len() < 2 && !found.iter().any(|b| b.opens_line) {
        return None;
    }
    let ends = found.iter().skip(1).map(|b| b.range.start).chain([s.len()]);
    let items = found
        .iter()
        .zip(ends)
        .map(|(bullet, end)| trimmed(s, bullet.range.end..end));
    let lead = trimmed(s, 0..first.range.start);
    Some(
        [lead]
            .into_iter()
            .chain(items)
            .filter(|r| !r.is_empty())
            .collect(),
    )
}

struct Bullet {
    range: Range<usize>,
    opens_line: bool,
}

fn find(s: &str) -> Vec<Bullet> {
    let mut found = Vec::new();
    let (mut opens_line, mut after_space) = (true, true);
    for (at, c) in s.char_indices() {
        if c.is_whitespace() {
            opens_line |= c == '\n';
            after_space = true;
            continue;
        }
        let end = at + c.len_utf8();
        let dash = c == '-'
            && opens_line
            && s.get(end..)
                .is_some_and(|r| r.starts_with([' ', '\u{3000}']));
        // `○○町` stands for a name, not for an item.
        let doubled = s.get(end..).is_some_and(|r| r.starts_with(c));
        if dash || (after_space && is_bullet(c) && !doubled) {
            found.push(Bullet {
                range: at..end,
                opens_line,
            });
        }
        (opens_line, after_space) = (false, false);
    }
    found
}

fn is_bullet(c: char) -> bool {
    "・･‧●○■□◆◇▪•".contains(c) || circled(c).is_some()
}

fn trimmed(s: &str, range: Range<usize>) -> Range<usize> {
    let part = s.get(range.clone()).unwrap_or_default();
    let start = range.start + part.len() - part.trim_start().len();
    start..start + part.trim().len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn marks() -> Vec<String> {
        ["【新規掲載】", "（再掲）", "総合戦略", "★"]
            .map(str::to_owned)
            .to_vec()
    }

    #[test]
    fn marks_at_the_ends() {
        let cases: &[(&str, &str, &[&str])] = &[
            ("【新規掲載】 子育て支援", "子育て支援", &["【新規掲載】"]),
            ("【新規 掲載】子育て", "子育て", &["【新規掲載】"]),
            ("窓口(再掲)", "窓口", &["（再掲）"]),
            ("窓口（再掲）", "窓口", &["（再掲）"]),
            ("総合戦略 安来市立病院", "安来市立病院", &["総合戦略"]),
            (
                "スマート農業の推進 総合戦略",
                "スマート農業の推進",
                &["総合戦略"],
            ),
            ("総合戦略の推進", "総合戦略の推進", &[]),
            ("第2期総合戦略", "第2期総合戦略", &[]),
            (
                "【新規掲載】窓口（再掲）総合戦略",
                "窓口",
                &["【新規掲載】", "総合戦略", "（再掲）"],
            ),
            ("（再掲）（再掲）窓口", "窓口", &["（再掲）", "（再掲）"]),
            ("★窓口", "窓口", &["★"]),
            ("総合戦略", "", &["総合戦略"]),
            ("", "", &[]),
            ("再掲", "再掲", &[]),
        ];
        for (raw, text, found) in cases {
            let got = take_marks(raw, &marks());
            assert_eq!(
                (got.text.as_str(), got.marks),
                (*text, found.iter().map(|m| (*m).to_owned()).collect()),
                "{raw}"
            );
        }
    }

    fn items(s: &str) -> Option<Vec<&str>> {
        bullets(s).map(|list| list.into_iter().map(|r| &s[r]).collect())
    }

    #[test]
    fn bulleted_lists() {
        let cases: &[(&str, Option<&[&str]>)] = &[
            ("・A ・B", Some(&["A", "B"])),
            ("・A\n・B\n", Some(&["A", "B"])),
            ("・衆議院・参議院", Some(&["衆議院・参議院"])),
            ("衆議院・参議院", None),
            ("- A\n- B", Some(&["A", "B"])),
            ("A - B", None),
            ("-5件", None),
            ("① 準備 ② 実施", Some(&["準備", "実施"])),
            ("●A ○B ■C", Some(&["A", "B", "C"])),
            ("○○町の例", None),
            ("※注記", None),
            ("次のとおり ・A ・B", Some(&["次のとおり", "A", "B"])),
            ("次のとおり\n・A", Some(&["次のとおり", "A"])),
            ("衆議院 ・参議院", None),
            ("", None),
            ("・", Some(&[])),
        ];
        for (raw, want) in cases {
            assert_eq!(items(raw), want.map(<[&str]>::to_vec), "{raw}");
        }
    }

    proptest! {
        #[test]
        fn items_are_in_order(s in "[・●①\\- \nあa※]{0,20}") {
            let mut end = 0;
            for r in bullets(&s).unwrap_or_default() {
                prop_assert!(r.start >= end && r.start < r.end && s.get(r.clone()).is_some());
                end = r.end;
            }
        }

        #[test]
        fn marks_never_panic(s in "[【】（）()再掲新規 総合戦略★あ]{0,20}") {
            let got = take_marks(&s, &marks());
            prop_assert!(s.contains(&got.text));
        }
    }
}
