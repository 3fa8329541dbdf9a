//! Reading from left to right over normalised text.

use super::names::{ERAS, Era};
use crate::kanji;

/// A place in a text.
#[derive(Clone)]
pub(crate) struct Scan<'a> {
    pub(crate) text: &'a str,
    pub(crate) at: usize,
}

/// A year as named: the Western year, and the era with its number when it was named in one.
#[derive(Clone, Copy)]
pub(crate) struct Year {
    pub(crate) west: i32,
    pub(crate) era: Option<&'static Era>,
    pub(crate) nth: i32,
    /// Named by one letter, as in `R5`.
    pub(crate) latin: bool,
}

impl<'a> Scan<'a> {
    pub(crate) fn new(text: &'a str, at: usize) -> Self {
        Scan { text, at }
    }

    pub(crate) fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    pub(crate) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    pub(crate) fn before(&self) -> Option<char> {
        self.text
            .get(..self.at)
            .and_then(|head| head.chars().next_back())
    }

    pub(crate) fn spaces(&mut self) {
        self.at = self.text.len() - self.rest().trim_start().len();
    }

    /// Takes a word, with spaces allowed before it.
    pub(crate) fn word(&mut self, word: &str) -> bool {
        let rest = self.rest().trim_start();
        let Some(after) = rest.strip_prefix(word) else {
            return false;
        };
        self.at = self.text.len() - after.len();
        true
    }

    /// Takes the first word of a list that stands here.
    pub(crate) fn any(&mut self, words: &[&str]) -> bool {
        words.iter().any(|word| self.word(word))
    }

    /// Runs a reader and goes back when it finds nothing.
    pub(crate) fn attempt<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let at = self.at;
        let found = read(self);
        if found.is_none() {
            self.at = at;
        }
        found
    }

    /// A run of ASCII digits of the given lengths, with nothing numeric after it.
    pub(crate) fn digits(&mut self, lengths: std::ops::RangeInclusive<usize>) -> Option<i32> {
        let rest = self.rest();
        let len = rest.bytes().take_while(u8::is_ascii_digit).count();
        if !lengths.contains(&len) {
            return None;
        }
        let value = rest.get(..len)?.parse().ok()?;
        self.at += len;
        Some(value)
    }

    /// One or two digits or a kanji number, with spaces allowed before it.
    pub(crate) fn small(&mut self) -> Option<i32> {
        self.attempt(|scan| {
            scan.spaces();
            scan.digits(1..=2).or_else(|| scan.kanji_number())
        })
    }

    fn kanji_number(&mut self) -> Option<i32> {
        let (value, len) = kanji::leading(self.rest())?;
        self.at += len;
        i32::try_from(value).ok().filter(|v| (1..100).contains(v))
    }

    /// `令和5`, `令和元`, `R5`.
    pub(crate) fn era_year(&mut self) -> Option<Year> {
        self.attempt(|scan| {
            let (era, latin) = scan.era_name()?;
            let nth = if !latin || scan.rest().starts_with('元') {
                scan.first_or_number()?
            } else {
                scan.attempt(|s| {
                    s.spaces();
                    s.digits(1..=2)
                })?
            };
            (nth > 0).then(|| Year {
                west: era.western(nth),
                era: Some(era),
                nth,
                latin,
            })
        })
    }

    fn first_or_number(&mut self) -> Option<i32> {
        if self.word("元") {
            Some(1)
        } else {
            self.small()
        }
    }

    fn era_name(&mut self) -> Option<(&'static Era, bool)> {
        let c = self.peek()?;
        if let Some(era) = ERAS.iter().find(|era| self.rest().starts_with(&era.name)) {
            self.at += era.name.len();
            return Some((era, false));
        }
        let era = ERAS.iter().find(|era| era.latin == c)?;
        let glued = self
            .before()
            .is_some_and(|b| b.is_ascii_alphanumeric() || "-_.".contains(b));
        let next = self
            .rest()
            .chars()
            .nth(1)
            .filter(|n| n.is_ascii_digit() || "元 ".contains(*n));
        if glued || next.is_none() {
            return None;
        }
        self.at += 1;
        Some((era, true))
    }

    /// `2024`, as a year from 1868 to 2199 that is not part of a longer number.
    pub(crate) fn western_year(&mut self) -> Option<Year> {
        let glued = |b: char| b.is_ascii_alphanumeric() || ".,_-/+:=".contains(b);
        if self.before().is_some_and(glued) {
            return None;
        }
        let west = self.attempt(|s| s.digits(4..=4).filter(|y| (1868..2200).contains(y)))?;
        Some(Year {
            west,
            era: None,
            nth: west,
            latin: false,
        })
    }

    /// `(2023年)`, `(令和7年度)`, `(2028~2030年度)`: the same year in the other calendar.
    pub(crate) fn same_year(&mut self) -> bool {
        let read = |scan: &mut Self| {
            scan.word("(").then_some(())?;
            scan.one_year()?;
            if scan.word("~") {
                scan.one_year()?;
            }
            scan.word(")").then_some(())
        };
        self.attempt(read).is_some()
    }

    fn one_year(&mut self) -> Option<()> {
        self.spaces();
        if self.era_year().is_none() {
            self.attempt(|s| s.digits(4..=4).filter(|y| (1868..2200).contains(y)))?;
        }
        let _ = self.any(&["年度", "年"]);
        Some(())
    }
}
