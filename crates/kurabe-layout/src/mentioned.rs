//! Indicators that a text mentions in passing: `(KPI: R4電子決裁率80%)`.

use crate::record::{RawKpi, Words};
use kurabe_text::{era, number, width};

/// The words that introduce an indicator, in folded text.
const MARK: &str = "KPI:";

/// Every indicator that texts mention with its value.
pub(crate) fn indicators<'w>(texts: impl IntoIterator<Item = &'w Words>) -> Vec<RawKpi> {
    texts.into_iter().flat_map(in_text).collect()
}

fn in_text(words: &Words) -> Vec<RawKpi> {
    let text = width::nfkc(&words.text);
    let mentions = text.match_indices(MARK);
    let told = mentions.filter_map(|(at, _)| text.get(at + MARK.len()..));
    told.filter_map(|rest| indicator(rest, words)).collect()
}

/// `R4電子決裁率80%)…`: the year, the name, the value.
fn indicator(rest: &str, words: &Words) -> Option<RawKpi> {
    let end = rest.find([')', '\n', '。', '、']).unwrap_or(rest.len());
    let told = rest.get(..end)?.trim();
    let value = number::quantities(told).into_iter().next_back()?;
    let before = told.get(..value.range.start)?.trim();
    let (year, name) = leading_year(before);
    if name.is_empty() {
        return None;
    }
    let at = |text: &str| Words::new(text, words.locator.clone());
    let label = year.map_or_else(|| "目標値".to_owned(), |year| format!("目標値({year})"));
    Some(RawKpi::Listed {
        name: at(name),
        values: vec![(at(&label), at(told.get(value.range.start..)?))],
    })
}

/// The fiscal year at the beginning of a text, and the rest.
fn leading_year(text: &str) -> (Option<&str>, &str) {
    let is_of_year = |c: char| c.is_ascii_digit() || "RHS令和平成昭元年度".contains(c);
    let end = text.find(|c| !is_of_year(c)).unwrap_or(text.len());
    match text.split_at(end) {
        (year, rest) if era::fiscal_years(year).is_some() => (Some(year), rest.trim()),
        _ => (None, text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kurabe_trace::Locator;

    fn read(text: &str) -> Vec<(String, String, String)> {
        let found = indicators([&Words::new(text, Locator::line(1))]).into_iter();
        let shown = found.filter_map(|kpi| match kpi {
            RawKpi::Listed { name, values } => {
                let (label, value) = values.into_iter().next()?;
                Some((name.text, label.text, value.text))
            }
            RawKpi::Statement(_) => None,
        });
        shown.collect()
    }

    #[test]
    fn an_indicator_in_a_text() {
        let of = |a: &str, b: &str, c: &str| vec![(a.to_owned(), b.to_owned(), c.to_owned())];
        let found = read("本稼働させる。(KPI: R4電子決裁率80%)");
        assert_eq!(found, of("電子決裁率", "目標値(R4)", "80%"));
        let found = read("（ＫＰＩ：年間の利用件数 1,200件以上）を目指す");
        assert_eq!(found, of("年間の利用件数", "目標値", "1,200件以上"));
    }

    #[test]
    fn a_word_without_a_value_is_none() {
        assert_eq!(read("KPIの設定・管理、KPI: 検討中"), []);
    }
}
