//! Numbers with units anywhere in a text.

use super::plain::{digits_at, multiplier};
use super::qualify::{self, Qualifier};
use super::units::{Unit, unit_at};
use crate::era::find_dates;
use crate::kanji;
use crate::width::narrow;
use std::ops::Range;

/// A number with its unit, as printed in a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Quantity {
    /// Bytes of the text that was given: the number and its unit.
    pub range: Range<usize>,
    /// The value, multipliers applied (`3万人` is 30000).
    pub value: f64,
    /// The standard name of the unit; empty for a bare number.
    pub unit: String,
    /// The unit as printed (full width narrowed), with its multiplier: `千円`, `%/ha`.
    pub unit_raw: String,
    /// What is said about the number.
    pub qualifiers: Vec<Qualifier>,
}

/// All numbers in a text with their units, in order.
///
/// Dates, years, ordinals (`第2回`, `3年目`), versions, circled numbers, enumerators such as `(1)`
/// and numbers inside Latin words are left out. A number whose unit is not known has unit "".
///
/// ```
/// use kurabe_text::number::{Qualifier, quantities};
/// let all = quantities("約3万人（令和5年度）、月平均1,172.8件");
/// assert_eq!((all[0].value, all[0].unit.as_str()), (30000.0, "人"));
/// assert_eq!(all[0].qualifiers, [Qualifier::About]);
/// assert_eq!((all[1].value, all[1].unit.as_str()), (1172.8, "件"));
/// ```
pub fn quantities(s: &str) -> Vec<Quantity> {
    if !s
        .chars()
        .any(|c| narrow(c).is_ascii_digit() || kanji_digit(c))
    {
        return Vec::new();
    }
    let mut reader = Reader::new(s);
    reader.run();
    reader.found
}

fn kanji_digit(c: char) -> bool {
    "一二三四五六七八九十百千".contains(c)
}

struct Reader {
    /// Byte offsets of the characters, and the end.
    places: Vec<usize>,
    /// The characters, narrowed.
    chars: Vec<char>,
    /// Character ranges of dates.
    dates: Vec<Range<usize>>,
    found: Vec<Quantity>,
    /// Qualifiers that wait for the next number, and where they stood.
    waiting: Vec<Qualifier>,
    /// End of the last quantity, as a character index.
    last: usize,
}

/// A number as read: value, characters of the number, and whether it is in kanji.
struct Number {
    value: f64,
    digits: Range<usize>,
    /// End of the multiplier, equal to the end of the digits when there is none.
    end: usize,
    kanji: bool,
}

impl Reader {
    fn new(s: &str) -> Self {
        let chars = s.chars().map(narrow).collect();
        let places: Vec<usize> = s.char_indices().map(|(i, _)| i).chain([s.len()]).collect();
        let at = |byte: usize| places.partition_point(|&p| p < byte);
        let dates = find_dates(s)
            .into_iter()
            .map(|d| at(d.range.start)..at(d.range.end))
            .collect();
        Reader {
            places,
            chars,
            dates,
            found: Vec::new(),
            waiting: Vec::new(),
            last: 0,
        }
    }

    fn run(&mut self) {
        let mut at = 0;
        while let Some(&c) = self.chars.get(at) {
            if let Some(date) = self.date_at(at) {
                at = date.end;
            } else if c.is_ascii_digit() || kanji_digit(c) {
                at = self.number(at);
            } else {
                if matches!(c, '。' | '\n') {
                    self.waiting.clear();
                }
                at += 1;
            }
        }
    }

    /// The date that covers a place.
    fn date_at(&self, at: usize) -> Option<&Range<usize>> {
        let next = self.dates.partition_point(|d| d.end <= at);
        self.dates.get(next).filter(|d| d.contains(&at))
    }

    fn from(&self, at: usize) -> &[char] {
        self.chars.get(at..).unwrap_or_default()
    }

    fn char_before(&self, at: usize) -> Option<char> {
        at.checked_sub(1).and_then(|i| self.chars.get(i)).copied()
    }

    /// Reads the number at a place and gives the place to go on from.
    fn number(&mut self, at: usize) -> usize {
        let number = if self.chars.get(at).is_some_and(char::is_ascii_digit) {
            self.digits(at)
        } else {
            self.in_kanji(at)
        };
        let Some(number) = number else {
            return self.skip(at);
        };
        if let Some(len) = qualify::every_years(self.from(number.end)) {
            self.waiting
                .push(Qualifier::EveryYears(number.value as u32));
            return number.end + len;
        }
        if self.is_part_of_word(&number) {
            return self.skip(at);
        }
        self.with_unit(&number)
    }

    /// Past the digits (or the one kanji) at a place.
    fn skip(&self, at: usize) -> usize {
        let glued =
            |c: &&char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '/' | '_' | ',');
        let mut end = at + self.from(at).iter().take_while(glued).count();
        while end > at
            && self
                .char_before(end)
                .is_some_and(|c| !c.is_ascii_alphanumeric())
        {
            end -= 1;
        }
        end.max(at + 1)
    }

    fn digits(&self, at: usize) -> Option<Number> {
        let (value, len) = digits_at(self.from(at))?;
        let digits = at..at + len;
        let plain = Number {
            value,
            digits: digits.clone(),
            end: digits.end,
            kanji: false,
        };
        let Some((factor, len)) = self.multiplier(digits.end) else {
            return Some(plain);
        };
        let (more, end) = self.smaller(digits.end + len, factor);
        Some(Number {
            value: exact(value * factor + more),
            end,
            ..plain
        })
    }

    fn multiplier(&self, at: usize) -> Option<(f64, usize)> {
        multiplier(self.from(at)).filter(|m| self.multiplies(at, *m))
    }

    /// What is added after a multiplier, and its end: the `2,000万` of `1億2,000万`.
    fn smaller(&self, at: usize, factor: f64) -> (f64, usize) {
        let Some((value, len)) = digits_at(self.from(at)) else {
            return (0.0, at);
        };
        let end = at + len;
        match self.multiplier(end).filter(|m| m.0 < factor) {
            Some((next, len)) => (value * next, end + len),
            None => (value, end),
        }
    }

    /// 百 and 千 multiply only before a unit; 万 and 億 always.
    fn multiplies(&self, at: usize, (_, len): (f64, usize)) -> bool {
        let first = self.chars.get(at).copied();
        let big = len > 1 || matches!(first, Some('万' | '億' | '兆'));
        let known = unit_at(self.from(at + len)).is_some_and(|(unit, _)| unit.name.is_some());
        big || (known && first != Some('十'))
    }

    fn in_kanji(&self, at: usize) -> Option<Number> {
        let before = self.char_before(at);
        if before.is_some_and(|c| crate::width::is_kanji(c) || c.is_ascii_digit()) {
            return None;
        }
        let text: String = self.from(at).iter().take(8).collect();
        let (value, bytes) = kanji::leading(&text)?;
        let end = at + text.get(..bytes)?.chars().count();
        let (unit, len) = unit_at(self.from(end))?;
        let whole = self
            .from(end + len)
            .first()
            .is_none_or(|c| !crate::width::is_kanji(*c) || after_counter(*c));
        let good = unit.kanji && unit.name.is_some() && value > 1 && whole;
        good.then_some(Number {
            value: f64::from(value),
            digits: at..end,
            end,
            kanji: true,
        })
    }

    /// The number belongs to a word, a version, a ratio, a code or a telephone number.
    fn is_part_of_word(&self, number: &Number) -> bool {
        let Range { start, end } = number.digits;
        let before = self.char_before(start);
        let earlier = start
            .checked_sub(2)
            .and_then(|i| self.chars.get(i))
            .copied();
        let next = self.chars.get(end).copied();
        let later = self.chars.get(end + 1).copied();
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
        let tied = matches!(before, Some('-' | '/' | '.' | '_' | '+' | '=' | '&'))
            && (letter(earlier) || digit(earlier));
        let ties = matches!(next, Some('-' | '/' | '.' | '_')) && digit(later);
        let ordinal = matches!(before, Some('第' | '数' | '#' | '№'));
        let nth = before == Some('.') && letter(earlier);
        letter(before) || tied || ties || ordinal || nth || self.after_fraction(start)
    }

    fn after_fraction(&self, start: usize) -> bool {
        self.chars
            .get(..start)
            .is_some_and(|head| head.ends_with(&['分', 'の']))
    }

    /// Reads the unit after a number and keeps the quantity, if it is one.
    fn with_unit(&mut self, number: &Number) -> usize {
        let gap = usize::from(self.chars.get(number.end) == Some(&' '));
        let at = number.end + gap;
        match unit_at(self.from(at)) {
            Some((Unit { name: None, .. }, len)) => {
                self.forget_listed(number.digits.start);
                self.other(at, len)
            }
            Some((
                Unit {
                    name: Some(name), ..
                },
                len,
            )) => self.known(number, name, at, at + len),
            None => self.bare(number),
        }
    }

    /// `7～9月`, `14、15日`: what was listed before an ordinal or a date is one too.
    fn forget_listed(&mut self, start: usize) {
        let mark = matches!(self.char_before(start), Some('~' | '、' | ',' | '・' | '-'));
        let place = start
            .checked_sub(1)
            .and_then(|i| self.places.get(i))
            .copied();
        while mark
            && let Some(before) = self.found.last()
            && before.unit_raw.is_empty()
            && Some(before.range.end) == place
        {
            self.found.pop();
        }
    }

    /// Past a date, a time or an ordinal: `10時30分` is one.
    fn other(&self, at: usize, len: usize) -> usize {
        let end = at + len;
        if self.chars.get(at..end) != Some(&['時'][..]) {
            return end;
        }
        let minutes = self
            .from(end)
            .iter()
            .take_while(|c| c.is_ascii_digit())
            .count();
        let timed = minutes > 0 && self.chars.get(end + minutes) == Some(&'分');
        if timed { end + minutes + 1 } else { end }
    }

    fn known(&mut self, number: &Number, name: &str, at: usize, end: usize) -> usize {
        if self.chars.get(end) == Some(&'目') {
            return end + 1;
        }
        if qualify::is_per(self.from(end)) {
            self.waiting.push(per(number.value, name));
            return end;
        }
        let (unit, end, rate) = self.rate(name, end);
        let multiplier = self
            .chars
            .get(number.digits.end..number.end)
            .unwrap_or_default();
        let printed = self.chars.get(at..end).unwrap_or_default();
        let unit_raw = multiplier.iter().chain(printed).collect();
        self.share_unit(number, &unit);
        self.keep(number, end, unit, unit_raw, rate);
        end
    }

    /// `/年`, `/月`, `/ha` after a unit.
    fn rate(&self, name: &str, end: usize) -> (String, usize, Option<Qualifier>) {
        let plain = (name.to_owned(), end, None);
        if self.chars.get(end) != Some(&'/') {
            return plain;
        }
        let word = match self.chars.get(end + 1) {
            Some(&c @ ('年' | '月' | '日' | '週' | '回')) => c.to_string(),
            _ => match unit_at(self.from(end + 1)) {
                Some((_, len)) => self.from(end + 1).iter().take(len).collect(),
                None => return plain,
            },
        };
        let end = end + 1 + word.chars().count();
        match (name, word.as_str()) {
            ("%", _) => (format!("%/{word}"), end, None),
            (_, "年") => (name.to_owned(), end, Some(Qualifier::PerYear)),
            (_, "月") => (name.to_owned(), end, Some(Qualifier::PerMonth)),
            _ => (name.to_owned(), end, Some(Qualifier::PerUnit(word))),
        }
    }

    /// `3～5人`: the number before the wave has the same unit.
    fn share_unit(&mut self, number: &Number, unit: &str) {
        let wave = self.char_before(number.digits.start) == Some('~');
        let start = number
            .digits
            .start
            .checked_sub(1)
            .and_then(|i| self.places.get(i))
            .copied();
        if let Some(before) = self.found.last_mut()
            && wave
            && before.unit.is_empty()
            && Some(before.range.end) == start
        {
            unit.clone_into(&mut before.unit);
        }
    }

    fn bare(&mut self, number: &Number) -> usize {
        let next = self.chars.get(number.end).copied();
        let word = next.is_some_and(|c| c.is_ascii_alphabetic());
        let bracket = self.char_before(number.digits.start) == Some('(') && next == Some(')');
        let listed = next == Some('.') || next == Some(')');
        let opens = self.opens_line(number.digits.start);
        if number.kanji || word || bracket || (listed && opens) {
            return self.skip(number.digits.start);
        }
        let multiplier = self
            .chars
            .get(number.digits.end..number.end)
            .unwrap_or_default();
        let unit_raw = multiplier.iter().collect();
        self.keep(number, number.end, String::new(), unit_raw, None);
        number.end
    }

    fn opens_line(&self, at: usize) -> bool {
        let before = self.chars.get(..at).unwrap_or_default().iter().rev();
        before
            .copied()
            .find(|c| *c != ' ')
            .is_none_or(|c| c == '\n')
    }

    fn keep(
        &mut self,
        number: &Number,
        end: usize,
        unit: String,
        unit_raw: String,
        rate: Option<Qualifier>,
    ) {
        let (start, negative) = self.sign(number.digits.start);
        let mut qualifiers = std::mem::take(&mut self.waiting);
        qualifiers.extend(qualify::before(self.words_before(start)));
        qualifiers.extend(rate);
        qualifiers.extend(qualify::after(self.from(end)));
        let mut seen = Vec::new();
        qualifiers.retain(|q| {
            !seen.contains(q) && {
                seen.push(q.clone());
                true
            }
        });
        let byte = |at: usize| self.places.get(at).copied().unwrap_or_default();
        let range = byte(start)..byte(end);
        let value = if negative {
            -number.value
        } else {
            number.value
        };
        self.found.push(Quantity {
            range,
            value,
            unit,
            unit_raw,
            qualifiers,
        });
        self.last = end;
    }

    /// The words between the last quantity or date and a place.
    fn words_before(&self, at: usize) -> &[char] {
        let earlier = self.dates.partition_point(|d| d.end <= at).checked_sub(1);
        let date = earlier.and_then(|i| self.dates.get(i)).map_or(0, |d| d.end);
        let from = date.max(self.last).max(at.saturating_sub(24));
        self.chars.get(from..at).unwrap_or_default()
    }

    /// A sign before the number: △ and ▲ always, `-` after white space, a colon or a bracket.
    fn sign(&self, start: usize) -> (usize, bool) {
        let earlier = start
            .checked_sub(2)
            .and_then(|i| self.chars.get(i))
            .copied();
        let opens = earlier.is_none_or(|c| c.is_whitespace() || matches!(c, ':' | '(' | '、'));
        match self.char_before(start) {
            Some('△' | '▲') => (start - 1, true),
            Some('-') if opens => (start - 1, true),
            _ => (start, false),
        }
    }
}

/// Kanji that may follow a counter without making another word of it.
fn after_counter(c: char) -> bool {
    matches!(
        c,
        '以' | '程' | '未' | '超' | '弱' | '強' | '余' | '前' | '分' | '増' | '減'
    )
}

fn per(value: f64, name: &str) -> Qualifier {
    match (value == 1.0, name) {
        (true, "か月") => Qualifier::PerMonth,
        (true, _) => Qualifier::PerUnit(name.to_owned()),
        (false, _) => Qualifier::PerUnit(format!("{value}{name}")),
    }
}

/// A product of a decimal and a power of ten without its rounding error: 1.46万 is 14600.
fn exact(value: f64) -> f64 {
    let rounded = (value * 1e6).round() / 1e6;
    if rounded.is_finite() && (rounded - value).abs() < 1e-6 {
        rounded
    } else {
        value
    }
}
