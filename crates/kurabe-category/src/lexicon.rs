//! The terms of all rules as one automaton, and the words of their contexts as another.

use crate::data::{Facet, Rule};
use crate::error::EditionError;
use crate::model::Model;
use crate::subject::Fields;
use aho_corasick::{AhoCorasick, Match, MatchKind};
use kurabe_text::width;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// What the engine needs of a rule while matching, by index instead of by name.
#[derive(Debug)]
pub(crate) struct Compiled {
    pub(crate) facet: usize,
    pub(crate) fields: Fields,
    pub(crate) weight: f64,
    pub(crate) is_against: bool,
    /// Indices into the context words.
    pub(crate) requires: Vec<usize>,
    /// Indices into the context words.
    pub(crate) excludes: Vec<usize>,
}

/// A term of one rule or several.
#[derive(Debug)]
pub(crate) struct Term {
    /// The rules that have it, by index.
    pub(crate) rules: Vec<usize>,
    /// Bytes of its key.
    pub(crate) len: usize,
    /// The longest shorter terms within it that do not overlap, from left to right, each with the
    /// byte of the key at which it begins.
    pub(crate) within: Vec<(usize, usize)>,
}

/// The rules, ready to match.
#[derive(Debug)]
pub(crate) struct Lexicon {
    /// Keys of the distinct terms; of those that begin at one place the longest is found.
    pub(crate) terms: AhoCorasick,
    /// What is to be known of each term, by pattern of `terms`.
    pub(crate) known: Vec<Term>,
    /// Keys of the distinct words of `requires` and `excludes`; any may overlap any other.
    pub(crate) contexts: AhoCorasick,
    /// The same words as first written.
    pub(crate) context_words: Vec<String>,
    /// In the order of the rules.
    pub(crate) rules: Vec<Compiled>,
    /// Keys of the words by which a heading names the national items.
    pub(crate) marks: Vec<String>,
    /// Multipliers in the order of [`crate::Field::ALL`].
    pub(crate) multipliers: [f64; 6],
}

impl Lexicon {
    pub(crate) fn new(
        rules: &[Rule],
        facets: &[Facet],
        model: &Model,
    ) -> Result<Self, EditionError> {
        let mut terms = Words::default();
        let mut contexts = Words::default();
        let mut rules_of: Vec<Vec<usize>> = Vec::new();
        let mut compiled = Vec::with_capacity(rules.len());
        for (index, rule) in rules.iter().enumerate() {
            for term in terms.indices(&rule.terms) {
                rules_of.resize_with(terms.keys.len(), Vec::new);
                rules_of[term].push(index);
            }
            compiled.push(Compiled {
                facet: facets
                    .iter()
                    .position(|f| f.id == rule.facet)
                    .unwrap_or_default(),
                fields: rule.fields.iter().copied().collect(),
                weight: rule.weight,
                is_against: rule.is_against,
                requires: contexts.indices(&rule.requires),
                excludes: contexts.indices(&rule.excludes),
            });
        }
        let known = known(&terms.keys, rules_of)?;
        let marks = model.explicit.marks.iter().map(|m| width::key(m));
        Ok(Self {
            terms: automaton(&terms.keys, MatchKind::LeftmostLongest)?,
            known,
            contexts: automaton(&contexts.keys, MatchKind::Standard)?,
            context_words: contexts.written,
            rules: compiled,
            marks: marks.filter(|m| !m.is_empty()).collect(),
            multipliers: crate::Field::ALL.map(|f| model.fields.of(f)),
        })
    }
}

fn known(keys: &[String], rules_of: Vec<Vec<usize>>) -> Result<Vec<Term>, EditionError> {
    let any = automaton(keys, MatchKind::Standard)?;
    let terms = keys.iter().zip(rules_of);
    Ok(terms
        .map(|(key, rules)| Term {
            rules,
            len: key.len(),
            within: within(key, &any),
        })
        .collect())
}

fn within(key: &str, any: &AhoCorasick) -> Vec<(usize, usize)> {
    let mut shorter: Vec<Match> = any.find_overlapping_iter(key).collect();
    shorter.retain(|m| m.len() < key.len());
    shorter.sort_by_key(|m| (m.start(), Reverse(m.end())));
    let mut from = 0;
    shorter.retain(|m| {
        let is_free = m.start() >= from;
        if is_free {
            from = m.end();
        }
        is_free
    });
    let place = |m: Match| (m.pattern().as_usize(), m.start());
    shorter.into_iter().map(place).collect()
}

fn automaton(keys: &[String], kind: MatchKind) -> Result<AhoCorasick, EditionError> {
    AhoCorasick::builder()
        .match_kind(kind)
        .build(keys)
        .map_err(|e| EditionError::Automaton {
            message: e.to_string(),
        })
}

/// Distinct words, numbered in the order in which they come first.
#[derive(Default)]
struct Words {
    index: BTreeMap<String, usize>,
    keys: Vec<String>,
    written: Vec<String>,
}

impl Words {
    /// The numbers of some words, each once, in ascending order.
    fn indices(&mut self, words: &[String]) -> Vec<usize> {
        let mut indices: Vec<usize> = words.iter().map(|w| self.index(w)).collect();
        indices.sort_unstable();
        indices.dedup();
        indices
    }

    fn index(&mut self, word: &str) -> usize {
        let key = width::key(word);
        if let Some(&known) = self.index.get(&key) {
            return known;
        }
        let new = self.keys.len();
        self.index.insert(key.clone(), new);
        self.keys.push(key);
        self.written.push(word.to_owned());
        new
    }
}
