//! The list of municipalities.

use std::collections::BTreeMap;

use jiff::civil::Date;
use kurabe_schema::{municipality_code, words};
use serde::{Deserialize, Deserializer, de};

use crate::fold::Fold;

/// A municipality under one name.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// 全国地方公共団体コード, six digits, the last of which checks the others.
    pub code: String,
    /// Name of the prefecture.
    pub prefecture: String,
    /// Name of the municipality.
    pub name: String,
    /// `city`, `ward`, `town` or `village`.
    pub kind: String,
    /// First day under this code and name; `None` when that is not stated.
    #[serde(deserialize_with = "day")]
    pub valid_from: Option<Date>,
    /// Last day under this code and name; `None` as long as it lasts.
    #[serde(deserialize_with = "day")]
    pub valid_to: Option<Date>,
    /// Code of the municipality that it has become or become part of.
    pub replaced_by: Option<String>,
    /// Where the days were taken from; the code list itself where none are stated.
    pub source: Option<String>,
}

/// A day such as 2019-05-01, or nothing.
fn day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
    let text = Option::<String>::deserialize(deserializer)?;
    text.map(|text| text.parse().map_err(de::Error::custom))
        .transpose()
}

impl Entry {
    /// Whether it bore this code and name on a day; today without one.
    #[must_use]
    pub fn is_valid(&self, on: Option<Date>) -> bool {
        match on {
            Some(day) => {
                self.valid_from.is_none_or(|first| first <= day)
                    && self.valid_to.is_none_or(|last| day <= last)
            }
            None => self.valid_to.is_none(),
        }
    }

    /// Prefecture, name and code, to tell it from others of its name.
    #[must_use]
    pub fn shown(&self) -> String {
        format!("{}{} {}", self.prefecture, self.name, self.code)
    }
}

/// Why a list cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RegisterError {
    /// A line is no row of the list.
    #[error("municipality list, line {line}: {detail}; correct that line")]
    Row {
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        detail: String,
    },
    /// The list of forms of characters cannot be read.
    #[error("list of character variants: {0}; it reads groups = [\"ケヶ\", …]")]
    Variants(String),
}

/// All municipalities, in the order of their codes.
#[derive(Debug, Clone, Default)]
pub struct Register {
    entries: Vec<Entry>,
    names: BTreeMap<String, Vec<usize>>,
    prefectures: BTreeMap<String, String>,
    pub(crate) fold: Fold,
}

impl Register {
    /// Reads the list (CSV with the columns of [`Entry`]) and the forms of characters that are the same.
    ///
    /// # Errors
    /// When a row is wrong: check digit, prefecture, kind, order, or a successor that is not in the list.
    pub fn parse(list: &str, variants: &str) -> Result<Self, RegisterError> {
        let fold = Fold::parse(variants)
            .map_err(|error| RegisterError::Variants(error.message().to_owned()))?;
        let mut register = Self {
            fold,
            ..Self::default()
        };
        let mut reader = csv::Reader::from_reader(list.as_bytes());
        for (index, row) in reader.deserialize::<Entry>().enumerate() {
            let line = index + 2;
            let wrong = |detail: String| RegisterError::Row { line, detail };
            let entry = row.map_err(|error| wrong(error.to_string()))?;
            register.check(&entry).map_err(wrong)?;
            register.add(entry);
        }
        register.check_successors()?;
        Ok(register)
    }

    fn check(&mut self, entry: &Entry) -> Result<(), String> {
        let Entry { code, kind, .. } = entry;
        if !municipality_code::is_valid(code) {
            return Err(format!("`{code}` has a wrong check digit"));
        }
        if !words::MUNICIPALITY_KINDS.contains(&kind.as_str()) {
            return Err(format!("`{kind}` is no kind of municipality"));
        }
        if entry.valid_to.is_some() != entry.replaced_by.is_some() {
            return Err(format!("{code}: valid_to and replaced_by go together"));
        }
        let digits = code.get(..2).unwrap_or_default().to_owned();
        let known = self.prefectures.entry(digits);
        let prefecture = known.or_insert_with(|| entry.prefecture.clone());
        if *prefecture != entry.prefecture {
            return Err(format!("{code} is a code of {prefecture}"));
        }
        let key = |entry: &Entry| (entry.code.clone(), entry.valid_from);
        match self.entries.last() {
            Some(before) if key(before) >= key(entry) => {
                Err(format!("{code} does not follow {}", before.code))
            }
            _ => Ok(()),
        }
    }

    fn add(&mut self, entry: Entry) {
        let name = self.fold.fold(&entry.name);
        self.names.entry(name).or_default().push(self.entries.len());
        self.entries.push(entry);
    }

    fn check_successors(&self) -> Result<(), RegisterError> {
        for (index, entry) in self.entries.iter().enumerate() {
            let is_known = entry.valid_to.is_none() || self.successor(entry).valid_to.is_none();
            if !is_known {
                return Err(RegisterError::Row {
                    line: index + 2,
                    detail: format!("{} leads to no municipality of today", entry.code),
                });
            }
        }
        Ok(())
    }

    /// All entries, those of former names among them, by code and first day.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The municipality with a code on a day; today without one.
    #[must_use]
    pub fn of_code(&self, code: &str, on: Option<Date>) -> Option<&Entry> {
        let first = self.entries.partition_point(|e| e.code.as_str() < code);
        let same = self.entries.iter().skip(first);
        let mut same = same.take_while(|entry| entry.code == code);
        same.find(|entry| entry.is_valid(on))
    }

    /// What a municipality has become, however many steps that took; itself when it still is.
    #[must_use]
    pub fn successor<'r>(&'r self, entry: &'r Entry) -> &'r Entry {
        let mut now = entry;
        // No way is longer than the list, unless it goes in a circle.
        for _ in 0..self.entries.len() {
            let (Some(last), Some(code)) = (now.valid_to, &now.replaced_by) else {
                return now;
            };
            let Some(next) = last
                .tomorrow()
                .ok()
                .and_then(|day| self.of_code(code, Some(day)))
            else {
                return now;
            };
            now = next;
        }
        now
    }

    /// Names of the prefectures that occur.
    pub(crate) fn prefectures(&self) -> impl Iterator<Item = &String> {
        self.prefectures.values()
    }

    /// Places in the list of all that bear or bore a name, with or without the prefecture before it.
    pub(crate) fn places(&self, name: &str) -> Vec<usize> {
        let folded = self.fold.fold(name);
        if let Some(places) = self.names.get(&folded) {
            return places.clone();
        }
        let split = self.prefectures().find_map(|prefecture| {
            let rest = folded.strip_prefix(&*self.fold.fold(prefecture))?;
            Some((prefecture, self.names.get(rest)?))
        });
        let Some((prefecture, places)) = split else {
            return Vec::new();
        };
        let inside = |place: &usize| {
            let entry = self.entries.get(*place);
            entry.is_some_and(|entry| entry.prefecture == *prefecture)
        };
        places.iter().copied().filter(inside).collect()
    }
}
