//! Rules without what only one municipality can have suggested.

use super::{Reference, Share, Title, files, judged, keys, load, summed};
use kurabe_category::Editions;
use kurabe_text::width::key;
use std::collections::{BTreeMap, BTreeSet};
use toml::{Table, Value};

/// The words of a rule that are looked for in texts.
const WORDS: [&str; 3] = ["terms", "excludes", "requires"];

/// The rules as they might stand had one municipality never been read.
pub(crate) struct LeftOut {
    pub(crate) editions: Editions,
    /// How many different words went.
    pub(crate) removed: usize,
}

/// Titles of one municipality, and of the others.
pub(crate) fn divided<'a>(
    references: &'a [Reference],
    municipality: &str,
) -> (Vec<&'a Title>, Vec<Title>) {
    let is_own = |r: &&Reference| r.municipality == municipality;
    let (own, others): (Vec<_>, Vec<_>) = references.iter().partition(is_own);
    let others = others.into_iter().map(|r| r.title.clone());
    let own = own.into_iter().map(|r| &r.title);
    (own.collect(), others.collect())
}

/// Removes each word of the rules that occurs in `own` titles and in none of the `others`.
///
/// A rule that loses all its terms goes; one that loses all the words it requires goes too, as it
/// would otherwise fire more widely than it was meant to.
pub(crate) fn without(own: &[&Title], others: &[Title]) -> LeftOut {
    let own = keys(own.iter().copied());
    let others = keys(others);
    let among = |keys: &[String], word: &str| keys.iter().any(|k| k.contains(word));
    let is_only_here = |word: &str| {
        let word = key(word);
        among(&own, &word) && !among(&others, &word)
    };
    let mut removed = BTreeSet::new();
    let mut files: BTreeMap<String, String> = files();
    for (path, text) in &mut files {
        if path.starts_with("rules/") {
            *text = edited(text, &is_only_here, &mut removed);
        }
    }
    LeftOut {
        editions: load(&files),
        removed: removed.len(),
    }
}

fn edited(
    text: &str,
    is_only_here: &dyn Fn(&str) -> bool,
    removed: &mut BTreeSet<String>,
) -> String {
    let mut table: Table = text.parse().unwrap();
    let rules = table["rule"].as_array_mut().unwrap();
    rules.retain_mut(|rule| {
        let rule = rule.as_table_mut().unwrap();
        WORDS
            .iter()
            .all(|list| thinned(rule, list, is_only_here, removed))
    });
    table.to_string()
}

/// Takes words out of one list of a rule; `false` when the rule cannot stand without them.
fn thinned(
    rule: &mut Table,
    list: &str,
    is_only_here: &dyn Fn(&str) -> bool,
    removed: &mut BTreeSet<String>,
) -> bool {
    let Some(words) = rule.get_mut(list).and_then(Value::as_array_mut) else {
        return true;
    };
    words.retain(|word| {
        let word = word.as_str().unwrap();
        let goes = is_only_here(word);
        if goes {
            removed.insert(key(word));
        }
        !goes
    });
    let is_empty = words.is_empty();
    if is_empty {
        rule.remove(list);
    }
    !is_empty || list == "excludes"
}

/// Sum of the confidences of titles that get a category, and how many of those are right.
pub(crate) fn confidence(editions: &Editions, titles: &[&Title]) -> (f64, Share) {
    let judged = titles.iter().filter_map(|t| judged(editions, t));
    summed(&judged.collect::<Vec<_>>())
}
