//! The terms of all rules as one automaton, and the words of their contexts as another.

use crate::data::{Facet, Rule};
use crate::error::EditionError;
use crate::model::Model;
use crate::subject::Fields;
use aho_corasick::{AhoCorasick, MatchKind};
use kurabe_text::width;
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

/// The rules, ready to match.
#[derive(Debug)]
pub(crate) struct Lexicon {
    /// Keys of the distinct terms. The longest term wins, what it covers is not matched again.
    pub(crate) terms: AhoCorasick,
    /// For each term, the rules that have it, by id.
    pub(crate) rules_of: Vec<Vec<usize>>,
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
        let marks = model.explicit.marks.iter().map(|m| width::key(m));
        Ok(Self {
            terms: automaton(&terms.keys, MatchKind::LeftmostLongest)?,
            rules_of,
            contexts: automaton(&contexts.keys, MatchKind::Standard)?,
            context_words: contexts.written,
            rules: compiled,
            marks: marks.filter(|m| !m.is_empty()).collect(),
            multipliers: crate::Field::ALL.map(|f| model.fields.of(f)),
        })
    }
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
