//! From texts to scores of facets: what every edition's verdict is made of.

use crate::evidence::{Hit, Outcome};
use crate::key::push_key;
use crate::lexicon::{Compiled, Lexicon, Term};
use crate::load::Editions;
use crate::subject::{Field, Fields, Piece, Subject};
use aho_corasick::{AhoCorasick, Match};
use std::cmp::Ordering;

/// Maps subjects to the categories of the editions. Making one costs nothing.
#[derive(Debug, Clone, Copy)]
pub struct Classifier<'e> {
    pub(crate) editions: &'e Editions,
}

/// What the rules say of one subject, before any edition is looked at.
#[derive(Debug, Clone, PartialEq)]
pub struct Scores {
    /// Facets with a score above 0, in the order of the facets.
    pub(crate) facets: Vec<FacetScore>,
    /// How much of it comes from titles worded alike, for each facet; empty when nothing does.
    pub(crate) usage: Vec<f64>,
    pub(crate) hits: Vec<Hit>,
    pub(crate) is_explicit: bool,
}

/// What the rules say of one facet.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct FacetScore {
    pub(crate) facet: usize,
    pub(crate) score: f64,
    /// How much of the score comes from rules.
    pub(crate) rules: f64,
    /// Where the evidence for it stands.
    pub(crate) fields: Fields,
}

impl Scores {
    /// `true` when a heading of the subject names the national items.
    #[must_use]
    pub fn is_explicit(&self) -> bool {
        self.is_explicit
    }

    /// `true` when nothing speaks for any facet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.facets.is_empty()
    }
}

impl<'e> Classifier<'e> {
    /// A classifier over loaded editions.
    #[must_use]
    pub fn new(editions: &'e Editions) -> Self {
        Self { editions }
    }

    /// Matches every rule with a subject. Independent of the edition: do it once per subject.
    #[must_use]
    pub fn score(&self, subject: &Subject) -> Scores {
        let lexicon = &self.editions.lexicon;
        let keys = Keys::new(subject);
        let hits = hits(lexicon, subject, &keys);
        let mut facets = facet_scores(lexicon, self.editions.model.decay.factor, subject, &hits);
        let usage = self.usage(subject, &keys);
        add(&mut facets, &usage);
        facets.retain(|f| f.score > 0.0);
        Scores {
            facets,
            usage,
            hits,
            is_explicit: is_explicit(lexicon, subject, &keys),
        }
    }

    /// What coded titles that are worded alike add to each facet; empty when they say nothing.
    fn usage(&self, subject: &Subject, keys: &Keys) -> Vec<f64> {
        let Some(usage) = &self.editions.usage else {
            return Vec::new();
        };
        let is_title = |p: &(usize, &Piece)| p.1.field == Field::Title;
        let title = subject.pieces.iter().enumerate().find(is_title);
        title.map_or_else(Vec::new, |(piece, _)| usage.scores(keys.piece(piece)))
    }

    /// Facets with a score above 0, in the order of `facets.toml`.
    pub fn facet_scores<'s>(&self, scores: &'s Scores) -> impl Iterator<Item = (&'e str, f64)> + 's
    where
        'e: 's,
    {
        let facets = self.editions.facets();
        let named = |f: &FacetScore| Some((facets.get(f.facet)?.id.as_str(), f.score));
        scores.facets.iter().filter_map(named)
    }
}

/// The keys of all pieces in one string, with a line break (which no key holds) after each.
struct Keys {
    text: String,
    /// Ends of the keys in the text.
    ends: Vec<usize>,
}

impl Keys {
    fn new(subject: &Subject) -> Self {
        let len = subject.pieces.iter().map(|p| p.text.len() + 1).sum();
        let mut keys = Self {
            text: String::with_capacity(len),
            ends: Vec::with_capacity(subject.pieces.len()),
        };
        for piece in &subject.pieces {
            push_key(&mut keys.text, &piece.text);
            keys.ends.push(keys.text.len());
            keys.text.push('\n');
        }
        keys
    }

    fn start(&self, piece: usize) -> usize {
        piece
            .checked_sub(1)
            .map_or(0, |before| self.ends[before] + 1)
    }

    fn piece(&self, piece: usize) -> &str {
        &self.text[self.start(piece)..self.ends[piece]]
    }
}

/// Every place where a term counts, in the order of the text, with what became of each rule.
///
/// The longest term at a place speaks for it; where none of its rules fires, it does not silence
/// the shorter terms that stand within it.
fn hits(lexicon: &Lexicon, subject: &Subject, keys: &Keys) -> Vec<Hit> {
    let mut hits = Hits {
        lexicon,
        subject,
        contexts: Contexts::new(&lexicon.contexts, keys),
        hits: Vec::new(),
    };
    let mut piece = 0;
    for found in lexicon.terms.find_iter(&keys.text) {
        while found.end() > keys.ends[piece] {
            piece += 1;
        }
        let start = found.start() - keys.start(piece);
        hits.add(found.pattern().as_usize(), piece, start);
    }
    hits.hits
}

struct Hits<'a> {
    lexicon: &'a Lexicon,
    subject: &'a Subject,
    contexts: Contexts<'a>,
    hits: Vec<Hit>,
}

impl Hits<'_> {
    /// A term that begins at byte `start` of the key of a piece.
    fn add(&mut self, term: usize, piece: usize, start: usize) {
        let lexicon = self.lexicon;
        let Term { rules, len, within } = &lexicon.known[term];
        let field = self.subject.pieces[piece].field;
        let mut any = false;
        for &rule in rules {
            let outcome = outcome(&lexicon.rules[rule], field, piece, &mut self.contexts);
            any |= outcome == Outcome::Fired;
            self.hits.push(Hit {
                rule,
                piece,
                start,
                end: start + len,
                outcome,
            });
        }
        if !any {
            for &(shorter, offset) in within {
                self.add(shorter, piece, start + offset);
            }
        }
    }
}

fn outcome(rule: &Compiled, field: Field, piece: usize, contexts: &mut Contexts<'_>) -> Outcome {
    if !rule.fields.contains(field) {
        return Outcome::OtherField;
    }
    let excluded = rule.excludes.iter().find(|w| contexts.in_piece(**w, piece));
    if let Some(&word) = excluded {
        return Outcome::Excluded(word);
    }
    if !rule.requires.is_empty() && !rule.requires.iter().any(|w| contexts.anywhere(*w)) {
        return Outcome::RequiredMissing;
    }
    Outcome::Fired
}

/// Which context words stand in which piece; looked up when the first rule asks.
struct Contexts<'a> {
    automaton: &'a AhoCorasick,
    keys: &'a Keys,
    found: Option<Vec<(usize, usize)>>,
}

impl<'a> Contexts<'a> {
    fn new(automaton: &'a AhoCorasick, keys: &'a Keys) -> Self {
        Self {
            automaton,
            keys,
            found: None,
        }
    }

    /// Words with their pieces, sorted.
    fn found(&mut self) -> &[(usize, usize)] {
        let (automaton, keys) = (self.automaton, self.keys);
        self.found.get_or_insert_with(|| {
            let piece = |end| keys.ends.partition_point(|e| *e < end);
            let words = automaton.find_overlapping_iter(&keys.text);
            let place = |m: Match| (m.pattern().as_usize(), piece(m.end()));
            let mut found: Vec<(usize, usize)> = words.map(place).collect();
            found.sort_unstable();
            found
        })
    }

    fn in_piece(&mut self, word: usize, piece: usize) -> bool {
        self.found().binary_search(&(word, piece)).is_ok()
    }

    fn anywhere(&mut self, word: usize) -> bool {
        let found = self.found();
        let first = found.partition_point(|(w, _)| *w < word);
        found.get(first).is_some_and(|(w, _)| *w == word)
    }
}

/// What one rule adds to its facet, or takes from it.
struct Contribution {
    facet: usize,
    is_against: bool,
    value: f64,
    fields: Fields,
}

fn facet_scores(lexicon: &Lexicon, decay: f64, subject: &Subject, hits: &[Hit]) -> Vec<FacetScore> {
    let contributions = contributions(lexicon, subject, hits);
    let by_facet = contributions.chunk_by(|a, b| a.facet == b.facet);
    by_facet.map(|c| facet_score(c, decay)).collect()
}

/// Adds what usage says of each facet, by index, to the scores, which are in that order.
fn add(facets: &mut Vec<FacetScore>, usage: &[f64]) {
    for (facet, &score) in usage.iter().enumerate().filter(|(_, s)| **s > 0.0) {
        let at = facets.partition_point(|f| f.facet < facet);
        match facets.get_mut(at).filter(|f| f.facet == facet) {
            Some(known) => known.score += score,
            None => facets.insert(
                at,
                FacetScore {
                    facet,
                    score,
                    rules: 0.0,
                    fields: Fields::default(),
                },
            ),
        }
    }
}

/// The rules that fired, each once, by facet and falling value.
fn contributions(lexicon: &Lexicon, subject: &Subject, hits: &[Hit]) -> Vec<Contribution> {
    let fired = hits.iter().filter(|h| h.outcome == Outcome::Fired);
    let mut fired: Vec<(usize, Field)> = fired
        .map(|h| (h.rule, subject.pieces[h.piece].field))
        .collect();
    fired.sort_unstable();
    fired.dedup();
    let by_rule = fired.chunk_by(|a, b| a.0 == b.0);
    let mut contributions: Vec<Contribution> = by_rule.map(|f| contribution(lexicon, f)).collect();
    contributions.sort_by(strongest_first);
    contributions
}

/// `fired` holds the fields in which one rule fired.
fn contribution(lexicon: &Lexicon, fired: &[(usize, Field)]) -> Contribution {
    let rule = &lexicon.rules[fired[0].0];
    let multiplier: f64 = fired
        .iter()
        .map(|(_, f)| lexicon.multipliers[*f as usize])
        .sum();
    Contribution {
        facet: rule.facet,
        is_against: rule.is_against,
        value: rule.weight * multiplier,
        fields: fired.iter().map(|(_, f)| *f).collect(),
    }
}

fn strongest_first(a: &Contribution, b: &Contribution) -> Ordering {
    let facet = a.facet.cmp(&b.facet).then(a.is_against.cmp(&b.is_against));
    facet.then_with(|| b.value.total_cmp(&a.value))
}

/// What speaks for the facet, each further rule counting less, minus what speaks against it.
fn facet_score(contributions: &[Contribution], decay: f64) -> FacetScore {
    let (mut score, mut factor) = (0.0, 1.0);
    let mut fields = Fields::default();
    for c in contributions {
        if c.is_against {
            score -= c.value;
        } else {
            score += c.value * factor;
            factor *= decay;
            fields = fields.union(c.fields);
        }
    }
    FacetScore {
        facet: contributions[0].facet,
        score,
        rules: score,
        fields,
    }
}

/// `true` when a heading names the national items.
fn is_explicit(lexicon: &Lexicon, subject: &Subject, keys: &Keys) -> bool {
    let sections = subject.pieces.iter().enumerate();
    let mut sections = sections.filter(|(_, p)| p.field == Field::Section);
    sections.any(|(i, _)| {
        lexicon
            .marks
            .iter()
            .any(|m| keys.piece(i).contains(m.as_str()))
    })
}
