//! Names of departments printed together in one cell.
//!
//! Endings of organisation names are data (`data/departments.toml`).

use crate::data;
use crate::width::tidy;
use serde::Deserialize;
use std::sync::LazyLock;

/// Departments named in one cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    /// The names, tidied, in order.
    pub names: Vec<String>,
    /// `true` when two names were printed without anything between them.
    pub unseparated: bool,
}

#[derive(Deserialize)]
struct Words {
    endings: Vec<String>,
    whole: Vec<String>,
    headings: Vec<String>,
    not: Vec<String>,
    goes_on: Vec<char>,
    inside: Vec<(String, String)>,
}

static WORDS: LazyLock<Words> =
    LazyLock::new(|| data::load(include_str!("../data/departments.toml")));

/// Splits a cell into the names of departments.
///
/// A comma, a semicolon and a line end always separate; `・` and white space only when every part
/// ends like an organisation. Nothing inside brackets separates.
///
/// ```
/// use kurabe_text::department::split;
/// assert_eq!(split("議会事務局・総務課").names, ["議会事務局", "総務課"]);
/// assert_eq!(split("城・史料調査課").names, ["城・史料調査課"]);
/// assert_eq!(split("まちづくり 推進課").names, ["まちづくり推進課"]);
/// assert!(split("子育て支援課生涯学習課").unseparated);
/// ```
pub fn split(s: &str) -> Split {
    let lines = cut(s, |c| {
        matches!(c, '、' | ',' | '，' | ';' | '；' | '\n' | '\r' | '､')
    });
    let mut result = Split {
        names: Vec::new(),
        unseparated: false,
    };
    for name in lines
        .into_iter()
        .flat_map(at_spaces)
        .flat_map(|part| at_dots(&part))
    {
        let parts = unseparated(&name);
        result.unseparated |= parts.len() > 1;
        result.names.extend(parts);
    }
    result
}

/// Cuts a text at separators outside brackets.
fn cut(s: &str, separates: impl Fn(char) -> bool) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut from, mut depth) = (0, 0_i32);
    for (at, c) in s.char_indices() {
        match c {
            '(' | '（' | '[' | '［' | '「' | '【' => depth += 1,
            ')' | '）' | ']' | '］' | '」' | '】' => depth -= 1,
            _ if depth <= 0 && separates(c) => {
                parts.extend(s.get(from..at));
                from = at + c.len_utf8();
            }
            _ => {}
        }
    }
    parts.extend(s.get(from..));
    parts
}

/// Parts at white space: a part that does not end like an organisation belongs to the next, a unit
/// inside the one before it (部, then 課) is joined with it; the whole when the last part is none.
fn at_spaces(s: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let mut open = String::new();
    for part in cut(s, char::is_whitespace)
        .into_iter()
        .filter(|p| !p.is_empty())
    {
        if !open.is_empty() {
            open.push(' ');
        }
        open.push_str(part);
        if !ends_like_organisation(part) {
            continue;
        }
        let name = tidy(&std::mem::take(&mut open));
        match names.last_mut() {
            Some(last) if is_inside(last, &name) => last.push_str(&name),
            _ => names.push(name),
        }
    }
    if !open.is_empty() {
        return if names.is_empty() || !is_bracketed(&open) {
            vec![tidy(s)]
        } else {
            with_rest(names, &open)
        };
    }
    names
}

/// `総務課 （防災担当）`: what stands in brackets belongs to the name before.
fn with_rest(mut names: Vec<String>, rest: &str) -> Vec<String> {
    if let Some(last) = names.last_mut() {
        last.push_str(&tidy(rest));
    }
    names
}

fn is_bracketed(s: &str) -> bool {
    s.trim().starts_with(['(', '（', '[', '［'])
}

fn is_inside(outer: &str, inner: &str) -> bool {
    WORDS.inside.iter().any(|(o, i)| {
        outer.ends_with(o.as_str()) && !outer.ends_with("本部") && inner.ends_with(i.as_str())
    })
}

/// Parts at `・` (also `/`), when every part ends like an organisation.
fn at_dots(s: &str) -> Vec<String> {
    let parts: Vec<String> = cut(s, |c| matches!(c, '・' | '･' | '‧' | '/' | '／'))
        .into_iter()
        .map(tidy)
        .collect();
    let named = |p: &String| ends_like_organisation(p) && p.chars().count() > 1;
    if parts.len() > 1 && parts.iter().all(named) {
        parts
    } else {
        vec![tidy(s)]
    }
}

/// Two names of 課 printed without anything between them, both of three characters or more.
fn unseparated(name: &str) -> Vec<String> {
    for (at, _) in name.match_indices('課') {
        let end = at + '課'.len_utf8();
        let (Some(first), Some(rest)) = (name.get(..end), name.get(end..)) else {
            continue;
        };
        let long = first.chars().count() >= 3 && rest.chars().count() >= 3;
        let goes_on = rest.starts_with(WORDS.goes_on.as_slice());
        if long && !goes_on && rest.ends_with('課') && !first.contains(['(', '（']) {
            let mut names = vec![first.to_owned()];
            names.extend(unseparated(rest));
            return names;
        }
    }
    vec![name.to_owned()]
}

/// Ends like the name of an organisation, brackets at the end aside.
fn ends_like_organisation(s: &str) -> bool {
    let name = without_brackets(s.trim());
    let ends = |list: &[String]| list.iter().any(|w| name.ends_with(w.as_str()));
    ends(&WORDS.endings) && !ends(&WORDS.not)
}

fn without_brackets(s: &str) -> &str {
    let open = match s.chars().next_back() {
        Some(')' | '）') => s.rfind(['(', '（']),
        _ => None,
    };
    open.and_then(|at| s.get(..at))
        .unwrap_or(s)
        .trim_end()
        .trim_end_matches('等')
}

/// `true` when a text reads like the name of one department: short, ends like an organisation, and
/// is not a heading such as 担当課.
///
/// ```
/// use kurabe_text::department::looks_like_department;
/// assert!(looks_like_department("総務課（防災担当）"));
/// assert!(!looks_like_department("担当課") && !looks_like_department("3か所"));
/// ```
pub fn looks_like_department(s: &str) -> bool {
    let name = tidy(s);
    let count = name.chars().count();
    let prose = name.contains(['。', '「', '」', '：', ':', '%', '％']) || has_particle(&name);
    let odd = name.starts_with(|c: char| c.is_numeric() || "(（[【".contains(c));
    let listed = |list: &[String]| list.contains(&name);
    if listed(&WORDS.whole) {
        return true;
    }
    (2..=30).contains(&count)
        && !prose
        && !odd
        && !listed(&WORDS.headings)
        && ends_like_organisation(&name)
}

/// Particles that make a phrase of it: を, は, への.
fn has_particle(name: &str) -> bool {
    ["を", "では", "への", "による", "における", "する"]
        .iter()
        .any(|p| name.contains(p))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn splits() {
        let cases: &[(&str, &[&str], bool)] = &[
            (
                "安来市立病院・経営管理課",
                &["安来市立病院", "経営管理課"],
                false,
            ),
            ("松江城・史料調査課", &["松江城・史料調査課"], false),
            ("税務管理課 市民税課", &["税務管理課", "市民税課"], false),
            (
                "総務課 健康福祉課 教育文化課",
                &["総務課", "健康福祉課", "教育文化課"],
                false,
            ),
            (
                "子育て支援課生涯学習課",
                &["子育て支援課", "生涯学習課"],
                true,
            ),
            ("秘書広報課広報室", &["秘書広報課広報室"], false),
            ("まちづくり 推進課", &["まちづくり推進課"], false),
            (
                "まちづくり 推進課 総務課",
                &["まちづくり推進課", "総務課"],
                false,
            ),
            ("議会事務局・総務課", &["議会事務局", "総務課"], false),
            ("議会 事務局", &["議会事務局"], false),
            ("防災課・総務課", &["防災課", "総務課"], false),
            ("総務課、税務町民課", &["総務課", "税務町民課"], false),
            (
                "総務課，税務課;建設課",
                &["総務課", "税務課", "建設課"],
                false,
            ),
            ("総務課\n税務課", &["総務課", "税務課"], false),
            (
                "総務課（防災・安全担当）",
                &["総務課（防災・安全担当）"],
                false,
            ),
            ("総務課 （防災担当）", &["総務課（防災担当）"], false),
            ("市民部 総務課", &["市民部総務課"], false),
            ("総務課 庶務係", &["総務課庶務係"], false),
            ("消防本部 総務課", &["消防本部", "総務課"], false),
            ("学校教育課題研究課", &["学校教育課題研究課"], false),
            ("保健・医療・福祉課", &["保健・医療・福祉課"], false),
            ("図書館事務局", &["図書館事務局"], false),
            ("DX推進課", &["DX推進課"], false),
            ("DX 推進課", &["DX推進課"], false),
            ("市⺠課", &["市民課"], false),
            (
                "総務課・人事課 市民課",
                &["総務課", "人事課", "市民課"],
                false,
            ),
            ("", &[], false),
            (" ", &[], false),
            ("全庁", &["全庁"], false),
        ];
        for (raw, names, joined) in cases {
            let got = split(raw);
            assert_eq!(
                (got.names.as_slice(), got.unseparated),
                (names.map_names().as_slice(), *joined),
                "{raw}"
            );
        }
    }

    trait Names {
        fn map_names(&self) -> Vec<String>;
    }

    impl Names for &[&str] {
        fn map_names(&self) -> Vec<String> {
            self.iter().map(|n| (*n).to_owned()).collect()
        }
    }

    #[test]
    fn looks() {
        for yes in [
            "総務課",
            "議会事務局",
            "消防本部",
            "安来市立病院",
            "給食センター",
            "全庁",
            "総務課等",
            "各課",
            "松江城・史料調査課",
        ] {
            assert!(looks_like_department(yes), "{yes}");
        }
        for no in [
            "担当課",
            "11部署",
            "(資料) 研究所",
            "課・室・センター",
            "3箇所",
            "一部",
            "関係",
            "スマホ教室",
            "運用中",
            "",
            "課",
            "システムを所管する課",
            "図書館カードとして利用",
        ] {
            assert!(!looks_like_department(no), "{no}");
        }
    }

    proptest! {
        #[test]
        fn nothing_is_lost(s in "[総務人事課市民部係室・ 、（）a\n]{0,16}") {
            let kept = |t: &str| t.chars().filter(|c| !c.is_whitespace() && !"・、".contains(*c)).collect::<String>();
            prop_assert_eq!(kept(&split(&s).names.concat()), kept(&s));
        }
    }
}
