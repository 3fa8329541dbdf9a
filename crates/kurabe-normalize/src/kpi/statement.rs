//! Indicators in one statement: `名称：現状値2件（令和4年度末）⇒目標値10件（令和7年度末）`.

use super::value::{Reading, entries, outside, read_entry};
use kurabe_text::{era, number};

/// What a statement says of an indicator.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Parsed {
    /// Name of the indicator.
    pub(crate) name: String,
    /// Values: segment, whether it is a target, reading.
    pub(crate) values: Vec<(Option<String>, bool, Reading)>,
}

/// Reads a statement. `baseline` and `target` are the words that label the two values.
pub(crate) fn parse(text: &str, baseline: &[String], target: &[String]) -> Parsed {
    let Some(at) = top_level_colon(text) else {
        return without_colon(text);
    };
    let (left, right) = (text[..at].trim(), after_colon(text, at));
    let (name, year) = trailing_year(left);
    let mut values = Vec::new();
    for (index, side) in sides(right).iter().enumerate() {
        let (bare, label) = labelled(side, baseline, target);
        let is_target = label.unwrap_or(index > 0 || sides(right).len() == 1);
        for entry in entries(bare) {
            let mut reading = read_entry(&entry, false);
            if reading.fiscal_year.is_none() {
                reading.fiscal_year = year;
            }
            if reading.value.is_none() {
                whole_set(name, &mut reading);
            }
            values.push((entry.segment, is_target, reading));
        }
    }
    Parsed {
        name: name.to_owned(),
        values,
    }
}

/// Byte offset of the first colon outside brackets.
pub(crate) fn top_level_colon(text: &str) -> Option<usize> {
    let mut depth = 0_i32;
    for (at, c) in text.char_indices() {
        match c {
            '(' | '（' | '[' | '「' => depth += 1,
            ')' | '）' | ']' | '」' => depth -= 1,
            ':' | '：' if depth <= 0 => return Some(at),
            _ => {}
        }
    }
    None
}

fn after_colon(text: &str, at: usize) -> &str {
    let width = text[at..].chars().next().map_or(1, char::len_utf8);
    text[at + width..].trim()
}

/// `名称 令和7年度`: the year before the colon belongs to the value.
fn trailing_year(left: &str) -> (&str, Option<i32>) {
    match left.rsplit_once([' ', '\u{3000}']) {
        Some((name, last)) => match era::fiscal_year(last) {
            Some(year) => (name.trim(), Some(year)),
            None => (left, None),
        },
        None => (left, None),
    }
}

/// Baseline and target are separated by an arrow.
fn sides(text: &str) -> Vec<&str> {
    text.split(['⇒', '→', '➡'])
        .map(str::trim)
        .filter(|s| !s.is_empty())
        .collect()
}

/// A side without its label, and whether the label names the target.
fn labelled<'t>(side: &'t str, baseline: &[String], target: &[String]) -> (&'t str, Option<bool>) {
    for (words, is_target) in [(baseline, false), (target, true)] {
        for word in words {
            if let Some(rest) = side.strip_prefix(word.as_str()) {
                return (
                    rest.trim_start_matches([':', '：', ' ', '\u{3000}']),
                    Some(is_target),
                );
            }
        }
    }
    (side, None)
}

/// `全51手続のオンライン化：令和7年度`: the target of a milestone that covers a whole set is the
/// size of the set.
fn whole_set(name: &str, reading: &mut Reading) {
    let Some(at) = name.rfind('全') else { return };
    let rest = &name[at + '全'.len_utf8()..];
    let Some(quantity) = number::quantities(rest).into_iter().next() else {
        return;
    };
    let follows = rest.get(quantity.range.end..).unwrap_or_default();
    if quantity.range.start == 0 && !quantity.unit.is_empty() && follows.starts_with('の') {
        reading.value = Some(quantity.value);
        reading.unit = Some(quantity.unit);
        reading.unit_raw = Some(quantity.unit_raw);
        let set = rest.get(quantity.range).unwrap_or_default();
        reading.note = Some(format!("数値は指標名の「全{set}」による"));
    }
}

/// A statement without a colon: a milestone with its year in brackets or in the name.
fn without_colon(text: &str) -> Parsed {
    let (bare, bracket) = outside(text);
    let bracketed_year =
        era::fiscal_years(&bracket).filter(|_| text.trim_end().ends_with([')', '）']));
    let name = if bracketed_year.is_some() {
        bare
    } else {
        text.trim().to_owned()
    };
    let words = if bracketed_year.is_some() {
        bracket
    } else {
        text.to_owned()
    };
    let values = match era::fiscal_years(&words) {
        Some(_) => {
            let entry = super::Entry {
                text: String::new(),
                bracket: words.clone(),
                printed: words,
                segment: None,
            };
            vec![(None, true, read_entry(&entry, false))]
        }
        None => Vec::new(),
    };
    Parsed { name, values }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Parsed {
        let words = |w: &str| vec![w.to_owned()];
        parse(text, &words("現状値"), &words("目標値"))
    }

    #[test]
    fn baseline_and_target() {
        let parsed = read("件数: 現状値2件(年間: 令和4年度末) ⇒ 目標値10件(年間: 令和7年度末)");
        assert_eq!(parsed.name, "件数");
        let found: Vec<_> = parsed
            .values
            .iter()
            .map(|(_, t, r)| (*t, r.value, r.fiscal_year))
            .collect();
        assert_eq!(
            found,
            [
                (false, Some(2.0), Some(2022)),
                (true, Some(10.0), Some(2025))
            ]
        );
    }

    #[test]
    fn segments_share_their_bracket() {
        let parsed = read("割合(質問紙:学校)：現状値 小学校77.5%・中学校81.5%(令和4年度末)");
        assert_eq!(parsed.name, "割合(質問紙:学校)");
        let found: Vec<_> = parsed
            .values
            .iter()
            .map(|(s, _, r)| (s.clone().unwrap(), r.value, r.fiscal_year))
            .collect();
        assert_eq!(found[1], ("中学校".to_owned(), Some(81.5), Some(2022)));
    }

    #[test]
    fn several_targets() {
        let parsed = read("サービス数:3(令和5年度)、11(令和6年度)、15(令和7年度)");
        let years: Vec<_> = parsed
            .values
            .iter()
            .map(|(_, _, r)| (r.value, r.fiscal_year))
            .collect();
        assert_eq!(
            years,
            [
                (Some(3.0), Some(2023)),
                (Some(11.0), Some(2024)),
                (Some(15.0), Some(2025))
            ]
        );
    }

    #[test]
    fn milestones_and_sets() {
        let parsed = read("業務の洗い出し、選定：令和5、6年度");
        let reading = &parsed.values[0].2;
        assert_eq!(
            (reading.value, reading.period_start, reading.fiscal_year),
            (None, Some(2023), Some(2024))
        );
        assert_eq!(
            read("実施ルールの策定（令和7年度）").values[0]
                .2
                .fiscal_year,
            Some(2025)
        );
        assert_eq!(
            read("全51手続のオンライン化:令和7年度").values[0].2.value,
            Some(51.0)
        );
        assert_eq!(
            read("作業時間 令和7年度：1,600時間").values[0]
                .2
                .fiscal_year,
            Some(2025)
        );
    }
}
