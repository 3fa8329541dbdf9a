//! The table of units.

use crate::data;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

#[derive(Deserialize)]
struct Table {
    unit: Vec<Entry>,
    plain: Plain,
    other: Other,
}

#[derive(Deserialize)]
struct Entry {
    name: String,
    #[serde(default)]
    forms: Vec<String>,
    #[serde(default)]
    kanji: bool,
    #[serde(default)]
    only_forms: bool,
}

#[derive(Deserialize)]
struct Plain {
    units: Vec<String>,
}

#[derive(Deserialize)]
struct Other {
    words: Vec<String>,
}

/// What a word after a number makes of it.
#[derive(Clone)]
pub(super) struct Unit {
    /// The standard name; `None` when the number is no quantity.
    pub(super) name: Option<String>,
    /// A kanji number may stand before it.
    pub(super) kanji: bool,
    word: Vec<char>,
}

/// Units by first character, longest first.
static UNITS: LazyLock<BTreeMap<char, Vec<Unit>>> = LazyLock::new(build);

fn build() -> BTreeMap<char, Vec<Unit>> {
    let table: Table = data::load(include_str!("../../data/units.toml"));
    let mut units = BTreeMap::new();
    for entry in &table.unit {
        let own = (!entry.only_forms).then_some(&entry.name);
        for word in own.into_iter().chain(&entry.forms) {
            add(&mut units, word, Some(entry.name.clone()), entry.kanji);
        }
    }
    for word in &table.plain.units {
        add(&mut units, word, Some(word.clone()), false);
    }
    for word in &table.other.words {
        add(&mut units, word, None, false);
    }
    for list in units.values_mut() {
        list.sort_by_key(|unit: &Unit| std::cmp::Reverse(unit.word.len()));
    }
    units
}

fn add(units: &mut BTreeMap<char, Vec<Unit>>, word: &str, name: Option<String>, kanji: bool) {
    let word: Vec<char> = word.chars().collect();
    if let Some(&first) = word.first() {
        units
            .entry(first)
            .or_default()
            .push(Unit { name, kanji, word });
    }
}

/// The longest unit at the start of (narrowed) characters, and its length.
pub(super) fn unit_at(chars: &[char]) -> Option<(&'static Unit, usize)> {
    let list = UNITS.get(chars.first()?)?;
    let unit = list
        .iter()
        .find(|unit| chars.starts_with(&unit.word) && ends_word(unit, chars))?;
    Some((unit, unit.word.len()))
}

/// A unit in Latin letters must not go on in a longer word (`2in1`, `5GHz`).
fn ends_word(unit: &Unit, chars: &[char]) -> bool {
    let latin = unit.word.last().is_some_and(char::is_ascii_alphabetic);
    let next = chars.get(unit.word.len());
    !latin || !next.is_some_and(|c| c.is_ascii_alphabetic())
}
