//! Indicators of a measure that stand in lines, items or a table of their own.

use crate::items;
use crate::profile;
use crate::record::{RawKpi, Words};
use kurabe_page::{Node, Table};
use kurabe_text::{era, mark, number, width};

/// Words that a label of a value begins with, beside those of the profile.
const VALUES: [&str; 12] = [
    "現状",
    "基準",
    "目標",
    "実績",
    "計画値",
    "当初",
    "初期値",
    "中間",
    "最終",
    "達成",
    "策定時",
    "直近",
];

/// Words in the heading above the names of indicators, the more telling first.
const NAMES: [&str; 6] = ["指標", "KPI", "項目", "名", "内容", "目標"];

/// Longest label of a value that stands on a line of its own.
const LONGEST_LABEL: usize = 20;

/// The indicators of one field while its lines are read.
#[derive(Debug, Default)]
pub(crate) struct Indicators {
    found: Vec<RawKpi>,
    /// Name whose values follow.
    name: Option<Words>,
    /// Label whose value stands on the next line.
    label: Option<Words>,
    /// Whether the line before was a part of the name.
    in_name: bool,
}

impl Indicators {
    /// The lines of a paragraph: values of the indicator above, or what a cell of indicators holds. Gives
    /// back the remarks among them.
    pub(crate) fn text(
        &mut self,
        words: &profile::Words,
        lines: &[Words],
        wraps_dots: bool,
    ) -> Vec<Words> {
        let is_value = |line: &Words| {
            let text = line.text.trim_start_matches(|c: char| !c.is_alphanumeric());
            names_value(words, text)
        };
        let are_values = self.label.is_some() || lines.iter().any(is_value);
        let Some(first) = lines.first().filter(|_| !are_values) else {
            lines.iter().for_each(|line| self.line(words, line));
            return Vec::new();
        };
        let texts: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
        let items = items::items(&[Node::Text(texts.join("\n"))], wraps_dots);
        let place = |item: items::Item| Words::new(item.text, first.locator.clone());
        let (remarks, items): (Vec<Words>, Vec<Words>) = items
            .into_iter()
            .map(place)
            .partition(|w| w.text.starts_with('※'));
        let are_several = items.len() > 1;
        let was_bulleted = mark::bullets(&first.text).is_some();
        // Items without a name above them are indicators of their own.
        let are_own = are_several && self.name.is_none();
        for item in items {
            if are_own {
                self.name(item, true);
            } else {
                self.one(words, item, are_several || was_bulleted);
            }
        }
        remarks
    }

    /// A line of text: bulleted values, the label of a value, or the name of the indicator whose values
    /// follow.
    pub(crate) fn line(&mut self, words: &profile::Words, line: &Words) {
        let place = |text: &str| Words::new(text, line.locator.clone());
        match mark::bullets(&line.text) {
            None => self.one(words, place(&line.text), false),
            Some(ranges) => {
                for text in ranges.into_iter().filter_map(|range| line.text.get(range)) {
                    self.one(words, place(text), true);
                }
            }
        }
    }

    fn one(&mut self, words: &profile::Words, one: Words, is_bulleted: bool) {
        if let Some(label) = self.label.take() {
            return self.value((label, one));
        }
        match labelled(&one) {
            Some(value) if names_value(words, &value.0.text) => self.value(value),
            _ if is_label(words, &one.text) => self.label = Some(one),
            Some(value)
                if is_bulleted && self.expects_value() && !says_all(words, &value.1.text) =>
            {
                self.value(value);
            }
            _ => self.name(one, is_bulleted),
        }
    }

    /// An item of a list; whether it says anything of an indicator.
    pub(crate) fn item(&mut self, words: &profile::Words, item: &Words) -> bool {
        let range = mark::bullets(&item.text).and_then(|r| r.into_iter().next());
        let text = range.and_then(|r| item.text.get(r));
        let one = Words::new(text.unwrap_or(&item.text), item.locator.clone());
        match labelled(&one) {
            Some(value)
                if names_value(words, &value.0.text)
                    || self.expects_value() && !says_all(words, &value.1.text) =>
            {
                self.value(value);
            }
            _ if is_label(words, &one.text) => self.label = Some(one),
            Some(_) => self.name(one, true),
            None if number::quantities(&one.text).is_empty() => return false,
            None => self.name(one, true),
        }
        true
    }

    /// The indicators so far; a name that no value followed is a statement of its own.
    pub(crate) fn finish(&mut self) -> Vec<RawKpi> {
        self.state_name();
        self.label = None;
        std::mem::take(&mut self.found)
    }

    fn expects_value(&self) -> bool {
        match &self.name {
            Some(name) => !has_value(&name.text),
            None => matches!(self.found.last(), Some(RawKpi::Listed { .. })),
        }
    }

    fn state_name(&mut self) {
        self.in_name = false;
        self.found.extend(self.name.take().map(RawKpi::Statement));
    }

    /// A name that is broken into lines is one name; a bullet begins another one.
    fn name(&mut self, words: Words, is_bulleted: bool) {
        let goes_on = self.in_name && !is_bulleted;
        match self
            .name
            .as_mut()
            .filter(|name| goes_on && !has_value(&name.text))
        {
            Some(name) => {
                name.text.push('\n');
                name.text.push_str(&words.text);
            }
            None => {
                self.state_name();
                self.name = Some(words);
            }
        }
        self.in_name = true;
    }

    fn value(&mut self, value: (Words, Words)) {
        self.in_name = false;
        if let Some(name) = self.name.take() {
            self.found.push(RawKpi::Listed {
                name,
                values: vec![value],
            });
        } else if let Some(RawKpi::Listed { values, .. }) = self.found.last_mut() {
            values.push(value);
        } else {
            let (label, value) = value;
            let text = format!("{}：{}", label.text, value.text);
            let statement = Words::new(text, label.locator);
            self.found.push(RawKpi::Statement(statement));
        }
    }
}

/// Label and value of a line such as `現状値（R5）：31件`.
fn labelled(words: &Words) -> Option<(Words, Words)> {
    let (label, value) = words.text.split_once([':', '：'])?;
    let at = |t: &str| Words::new(t.trim(), words.locator.clone());
    Some((at(label), at(value)))
}

/// Whether a label names the value that follows it, not the indicator.
fn names_value(words: &profile::Words, label: &str) -> bool {
    let key = width::key(label);
    let of_profile = words.baseline.iter().chain(&words.target);
    let begins = |word: &str| key.starts_with(&width::key(word));
    VALUES.iter().any(|word| begins(word))
        || of_profile.into_iter().any(|word| begins(word))
        || era::fiscal_year(label.trim()).is_some()
}

/// Whether a name states its value already.
fn has_value(text: &str) -> bool {
    text.contains([':', '：', '⇒', '→'])
}

/// Whether a text states the values of an indicator, so that what stands before it is its name.
fn says_all(words: &profile::Words, text: &str) -> bool {
    let of_profile = words.baseline.iter().chain(&words.target);
    text.contains(['⇒', '→'])
        || of_profile
            .into_iter()
            .any(|word| text.contains(word.as_str()))
}

/// Whether a heading says by itself whether a value is the one before or the one aimed at.
pub(crate) fn names_role(words: &profile::Words, heading: &str) -> bool {
    let key = width::key(heading);
    let mut of_profile = words.baseline.iter().chain(&words.target);
    of_profile.any(|word| key.starts_with(&width::key(word)))
}

/// Whether a line is nothing but the label of a value.
fn is_label(words: &profile::Words, text: &str) -> bool {
    let is_short = text.chars().count() <= LONGEST_LABEL;
    let has_value = |text: &str| {
        let outside = text.split(['(', '（', '[', '［']).next().unwrap_or(text);
        !number::quantities(outside).is_empty()
    };
    let is_year = era::fiscal_year(text.trim()).is_some();
    is_short && names_value(words, text) && (is_year || !has_value(text))
}

/// Indicators in a table: one row each, a column for the name and columns for its values.
pub(crate) fn table(words: &profile::Words, table: &Table) -> Option<Vec<RawKpi>> {
    let (labels, count) = headings(words, table)?;
    let is_value = |label: &String| names_value(words, label);
    let values: Vec<usize> = (0..labels.len())
        .filter(|c| is_value(&labels[*c]))
        .collect();
    let name = name_column(&labels, &values)?;
    let unit = labels.iter().position(|l| width::key(l) == "単位");
    let mut found: Vec<RawKpi> = Vec::new();
    for row in table.rows.iter().skip(count) {
        let cell = |column: usize| crate::cursor::words_at(row, column);
        let unit = unit.and_then(cell).map(|w| w.text);
        let of_row = values.iter().filter_map(|column| {
            let mut value = cell(*column)?;
            let label = Words::new(labels[*column].clone(), value.locator.clone());
            if let Some(unit) = unit.as_ref().filter(|_| is_bare(&value.text)) {
                value.text.push_str(unit);
            }
            Some((label, value))
        });
        let of_row: Vec<(Words, Words)> = of_row.collect();
        match (cell(name), found.last_mut()) {
            (Some(name), _) if of_row.is_empty() => found.push(RawKpi::Statement(name)),
            (Some(name), _) => found.push(RawKpi::Listed {
                name,
                values: of_row,
            }),
            (None, Some(RawKpi::Listed { values, .. })) => values.extend(of_row),
            (None, _) => {}
        }
    }
    Some(found)
}

/// The headings of a table of indicators and the number of their rows; `None` when no column is headed
/// by the label of a value.
fn headings(words: &profile::Words, table: &Table) -> Option<(Vec<String>, usize)> {
    let first = table.rows.first()?;
    let texts = first.cells.iter().map(|cell| width::tidy(&cell.text()));
    let mut labels: Vec<String> = texts.collect();
    if !labels.iter().any(|label| names_value(words, label)) {
        return None;
    }
    let Some(second) = table
        .rows
        .get(1)
        .filter(|_| first.cells.iter().any(|c| c.column_span > 1))
    else {
        return Some((labels, 1));
    };
    // A second row names the years below a heading that spans them.
    let lower: Vec<String> = second
        .cells
        .iter()
        .map(|c| width::tidy(&c.text()))
        .collect();
    let is_head = |label: &&String| names_value(words, label);
    if !lower.iter().any(|l| !l.is_empty())
        || !lower.iter().filter(|l| !l.is_empty()).all(|l| is_head(&l))
    {
        return Some((labels, 1));
    }
    let mut upper = String::new();
    for (column, label) in labels.iter_mut().enumerate() {
        if !label.is_empty() {
            upper.clone_from(label);
        }
        if let Some(lower) = lower.get(column).filter(|l| !l.is_empty()) {
            *label = format!("{upper}（{lower}）");
        }
    }
    Some((labels, 2))
}

/// The column of the names: by its heading, else the first that holds no value.
fn name_column(labels: &[String], values: &[usize]) -> Option<usize> {
    let others = || (0..labels.len()).filter(|c| !values.contains(c));
    let holds =
        |column: &usize, word: &str| width::key(&labels[*column]).contains(&width::key(word));
    let named = NAMES
        .iter()
        .find_map(|word| others().find(|c| holds(c, word)));
    named.or_else(|| others().next())
}

/// Whether a value is a number without its unit.
fn is_bare(text: &str) -> bool {
    let text = width::nfkc(text);
    let is_digit = |c: char| c.is_ascii_digit() || ",.約 ".contains(c);
    !text.trim().is_empty() && text.chars().all(is_digit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use kurabe_trace::Locator;

    fn words() -> profile::Words {
        profile::Words {
            baseline: vec!["現状値".to_owned()],
            target: vec!["目標値".to_owned()],
            ..profile::Words::default()
        }
    }

    fn read(lines: &[&str]) -> Vec<String> {
        let mut indicators = Indicators::default();
        for line in lines {
            let line = Words::new(*line, Locator::line(1));
            indicators.line(&words(), &line);
        }
        let shown = indicators.finish().into_iter().map(|kpi| match kpi {
            RawKpi::Statement(words) => words.text,
            RawKpi::Listed { name, values } => {
                let values = values.iter().map(|(l, v)| format!("{}={}", l.text, v.text));
                let values: Vec<String> = values.collect();
                format!("{} [{}]", name.text, values.join(", "))
            }
        });
        shown.collect()
    }

    #[test]
    fn typed_bullets_are_values_of_the_name_above() {
        let expected = ["手続き数 [現状値（R5）=31件, 目標値（R11）=60件]"];
        assert_eq!(
            read(&["手続き数", "・現状値（R5）：31件", "・目標値（R11）：60件"]),
            expected
        );
        assert_eq!(
            read(&["手続き数", "○ 現状値（R5）：31件", "－目標値（R11）：60件"]).len(),
            1 + 1,
            "a dash without white space is no bullet"
        );
        assert_eq!(
            read(&["手続き数", "現状値（R5）：31件", "　目標値（R11）：60件"]),
            expected
        );
        assert_eq!(
            read(&["手続き数", "現状値（R5）", "31件", "目標値（R11）", "60件"]),
            expected
        );
    }

    #[test]
    fn a_name_without_values_is_a_statement() {
        assert_eq!(
            read(&["利用率：50%以上", "・登録者数：現状値10人 ⇒ 目標値50人"]),
            ["利用率：50%以上", "登録者数：現状値10人 ⇒ 目標値50人"]
        );
        assert_eq!(
            read(&["窓口の", "満足度", "目標値：80%"]),
            ["窓口の\n満足度 [目標値=80%]"]
        );
    }
}
