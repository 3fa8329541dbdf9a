//! One value of an indicator: number, unit, year, bounds.

use jiff::civil::Date;
use kurabe_text::era::{self, Precision};
use kurabe_text::number::{self, Qualifier, Quantity};
use kurabe_text::width;

/// One printed value: the words before its bracket, and the bracket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    /// Words outside brackets.
    pub(crate) text: String,
    /// Words inside brackets, all brackets joined.
    pub(crate) bracket: String,
    /// The value as printed.
    pub(crate) printed: String,
    /// Label of the segment (小学校), where one value among several is labelled.
    pub(crate) segment: Option<String>,
}

/// What a printed value says.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Reading {
    /// The number in the standard unit; `None` for a milestone or a sentence.
    pub(crate) value: Option<f64>,
    /// Standard unit.
    pub(crate) unit: Option<String>,
    /// Unit as printed.
    pub(crate) unit_raw: Option<String>,
    /// First fiscal year it is for, when it is for several.
    pub(crate) period_start: Option<i32>,
    /// Fiscal year it is for.
    pub(crate) fiscal_year: Option<i32>,
    /// Whether later years count, too.
    pub(crate) or_later: bool,
    /// Whether it is for every year of the period.
    pub(crate) each_year: bool,
    /// What is said of the number.
    pub(crate) qualifiers: Vec<Qualifier>,
    /// The words as printed.
    pub(crate) text: String,
    /// Where the number was read, when it does not stand in these words.
    pub(crate) note: Option<String>,
}

/// Splits a side of a statement (`10%(令和5年度末)、15%(令和6年度末)`, `小学校90%・中学校90%(…)`)
/// into its values.
pub(crate) fn entries(side: &str) -> Vec<Entry> {
    let parts = split_outside(side, &['、', ',', '，', ';', '；']);
    let counted: Vec<bool> = parts
        .iter()
        .map(|p| quantity_in(&outside(p).0).is_some())
        .collect();
    let is_base = |p: &String| ["の内", "のうち"].iter().any(|w| outside(p).0.ends_with(w));
    let parts = if counted.iter().all(|c| *c) && !parts.iter().any(is_base) {
        parts
    } else {
        vec![side.to_owned()]
    };
    parts.iter().flat_map(|part| segments(part)).collect()
}

/// `小学校77.5%・中学校81.5%(令和4年度末)`: one labelled value for each segment.
fn segments(part: &str) -> Vec<Entry> {
    let (text, bracket) = outside(part);
    let labelled: Vec<(String, String)> = split_outside(&text, &['・', ' ', '　'])
        .into_iter()
        .filter(|p| !p.trim().is_empty())
        .filter_map(|p| label_and_value(&p))
        .collect();
    let pieces = split_outside(&text, &['・', ' ', '　']);
    let all = labelled.len() == pieces.iter().filter(|p| !p.trim().is_empty()).count();
    if labelled.len() < 2 || !all {
        return vec![Entry {
            text,
            bracket,
            printed: part.trim().to_owned(),
            segment: None,
        }];
    }
    labelled
        .into_iter()
        .map(|(label, text)| Entry {
            printed: match bracket.as_str() {
                "" => format!("{label}{text}"),
                bracket => format!("{label}{text}({bracket})"),
            },
            text,
            bracket: bracket.clone(),
            segment: Some(label),
        })
        .collect()
}

/// A short label directly before a number.
pub(crate) fn label_and_value(text: &str) -> Option<(String, String)> {
    let quantity = number::quantities(text).into_iter().next()?;
    let label = text.get(..quantity.range.start)?.trim();
    let rest = text.get(quantity.range.end..)?.trim();
    let is_label = !label.is_empty()
        && label.chars().count() <= 8
        && label.chars().all(char::is_alphabetic)
        && !matches!(
            label,
            "約" | "平均" | "月平均" | "年間" | "年" | "毎年" | "月あたり" | "毎月" | "全"
        );
    (is_label && rest.is_empty()).then(|| (label.to_owned(), text[quantity.range].to_owned()))
}

/// The words outside all brackets, and those inside.
pub(crate) fn outside(text: &str) -> (String, String) {
    let (mut out, mut inside) = (String::new(), String::new());
    let mut depth = 0_i32;
    for c in text.chars() {
        match c {
            '(' | '（' => {
                if depth > 0 {
                    inside.push(c);
                }
                depth += 1;
            }
            ')' | '）' => {
                depth = (depth - 1).max(0);
                if depth > 0 {
                    inside.push(c);
                } else {
                    inside.push(' ');
                }
            }
            _ if depth > 0 => inside.push(c),
            _ => out.push(c),
        }
    }
    (out.trim().to_owned(), inside.trim().to_owned())
}

/// Splits at separators that stand outside all brackets and not inside a number (`1,200`).
pub(crate) fn split_outside(text: &str, separators: &[char]) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut depth = 0_i32;
    let chars: Vec<char> = text.chars().collect();
    let is_digit = |at: Option<usize>| {
        at.and_then(|i| chars.get(i))
            .is_some_and(|c| c.is_numeric())
    };
    for (at, c) in chars.iter().copied().enumerate() {
        match c {
            '(' | '（' | '「' | '[' => depth += 1,
            ')' | '）' | '」' | ']' => depth -= 1,
            _ => {}
        }
        let in_number =
            matches!(c, ',' | '，') && is_digit(at.checked_sub(1)) && is_digit(Some(at + 1));
        if depth <= 0 && separators.contains(&c) && !in_number {
            parts.push(String::new());
        } else if let Some(last) = parts.last_mut() {
            last.push(c);
        }
    }
    parts
}

fn quantity_in(text: &str) -> Option<Quantity> {
    number::quantities(text).into_iter().next()
}

/// Words that may follow a number without making it a sentence.
const TAILS: [&str; 22] = [
    "",
    "に短縮する",
    "に短縮",
    "へ短縮する",
    "受講",
    "実施",
    "の費用削減",
    "の削減",
    "を達成",
    "以上",
    "以内",
    "以下",
    "程度",
    "未満",
    "達成",
    "開催",
    "とする",
    "増",
    "減",
    "に増加",
    "に縮減",
    "の縮減",
];

/// Reads a value. In `strict` reading a number inside a sentence does not count: `年間約37,000件分を
/// 紙媒体で印刷し保管` has none.
pub(crate) fn read_entry(entry: &Entry, strict: bool) -> Reading {
    // Without spaces, `3 年ごとに 1 回` is one expression; with them, `登録数 700箇所` has its number.
    let tidy = width::tidy(&entry.text);
    let joined = !number::quantities(&tidy).is_empty();
    let text = if joined { tidy } else { entry.text.clone() };
    let quantities = number::quantities(&text);
    let quantity = chosen(&text, &quantities).filter(|q| !strict || is_plain(&text, q));
    let words = format!("{} {}", entry.text, entry.bracket);
    let span = era::fiscal_years(&entry.bracket).or_else(|| era::fiscal_years(&entry.text));
    let mut qualifiers: Vec<Qualifier> = quantity.map_or_else(Vec::new, |q| q.qualifiers.clone());
    for qualifier in cadences(&entry.bracket) {
        if !qualifiers.contains(&qualifier) {
            qualifiers.push(qualifier);
        }
    }
    if text.starts_with("毎年") && !qualifiers.contains(&Qualifier::PerYear) {
        qualifiers.push(Qualifier::PerYear);
    }
    let unit = quantity.map(|q| q.unit.clone()).filter(|u| !u.is_empty());
    Reading {
        value: quantity.map(|q| q.value),
        unit_raw: quantity
            .map(|q| q.unit_raw.clone())
            .filter(|u| !u.is_empty()),
        unit,
        period_start: span
            .filter(|s| s.last.is_some_and(|l| l != s.first))
            .map(|s| s.first),
        fiscal_year: span.map(|s| s.last.unwrap_or(s.first)),
        or_later: span.is_some_and(|s| s.open_end) || words.contains("以降"),
        each_year: words.contains("各年度") || words.contains("毎年度"),
        qualifiers,
        text: entry.printed.clone(),
        note: None,
    }
}

/// The cadences that words beside a value name: `月平均応答数`, `(年間)`.
pub(crate) fn cadences(words: &str) -> Vec<Qualifier> {
    let named = CADENCES
        .iter()
        .filter(|(word, _)| names_cadence(words, word));
    named.map(|(_, qualifier)| qualifier.clone()).collect()
}

/// Whether words in brackets name a cadence; `3年間` is a period.
fn names_cadence(bracket: &str, word: &str) -> bool {
    bracket.match_indices(word).any(|(at, _)| {
        !bracket[..at]
            .chars()
            .next_back()
            .is_some_and(char::is_numeric)
    })
}

const CADENCES: [(&str, Qualifier); 4] = [
    ("月平均", Qualifier::MonthlyAverage),
    ("年間", Qualifier::PerYear),
    ("累計", Qualifier::Cumulative),
    ("月あたり", Qualifier::PerMonth),
];

/// The number that is meant: of `51手続の内、40手続` the second one.
fn chosen<'q>(text: &str, quantities: &'q [Quantity]) -> Option<&'q Quantity> {
    let first = quantities.first()?;
    let after = text.get(first.range.end..).unwrap_or_default().trim_start();
    let of_these = ["の内", "のうち", "中"]
        .iter()
        .any(|w| after.starts_with(w));
    match quantities.get(1) {
        Some(second) if of_these && second.unit == first.unit => Some(second),
        _ => Some(first),
    }
}

/// Whether nothing but bounds and short verbs follow the number.
fn is_plain(text: &str, quantity: &Quantity) -> bool {
    let mut tail = text.get(quantity.range.end..).unwrap_or_default().trim();
    for bound in ["程度", "以上", "以内", "以下", "未満", "ずつ"] {
        tail = tail.strip_prefix(bound).unwrap_or(tail).trim();
    }
    let listed = tail.starts_with(['、', '/']) && !number::quantities(tail).is_empty();
    TAILS.contains(&tail) || listed
}

/// The `qualifier` column.
pub(crate) fn qualifier_words(reading: &Reading) -> Option<String> {
    let mut words: Vec<String> = reading.qualifiers.iter().map(qualifier_word).collect();
    if reading.or_later {
        words.push("or_later".to_owned());
    }
    words.dedup();
    (!words.is_empty()).then(|| words.join(";"))
}

fn qualifier_word(qualifier: &Qualifier) -> String {
    match qualifier {
        Qualifier::About => "about".to_owned(),
        Qualifier::AtLeast => "at_least".to_owned(),
        Qualifier::AtMost => "at_most".to_owned(),
        Qualifier::LessThan => "less_than".to_owned(),
        Qualifier::MoreThan => "more_than".to_owned(),
        Qualifier::PerYear => "per_year".to_owned(),
        Qualifier::PerMonth => "per_month".to_owned(),
        Qualifier::PerUnit(unit) => format!("per_unit:{unit}"),
        Qualifier::EveryYears(n) => format!("every_{n}_years"),
        Qualifier::Cumulative => "cumulative".to_owned(),
        Qualifier::Average => "average".to_owned(),
        Qualifier::MonthlyAverage => "monthly_average".to_owned(),
    }
}

/// The day or days that a value holds for, when its words name them: in brackets, or with 時点 or
/// 現在.
pub(crate) fn as_of(words: &str) -> Option<(Date, Date)> {
    let (text, bracket) = outside(words);
    let words = if text.contains("時点") || text.contains("現在") {
        words
    } else {
        &bracket
    };
    let hit = era::find_dates(words)
        .into_iter()
        .find(|hit| hit.precision != Precision::FiscalYear)?;
    Some((hit.dates.earliest, hit.dates.latest))
}
