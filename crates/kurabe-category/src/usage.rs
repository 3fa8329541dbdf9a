//! What coded titles say of a title by the characters and pairs of characters that they share.
//!
//! Rules know words; a title from elsewhere may have none of them. The titles in `usage/`, written and
//! coded by the codebook, stand for how administration words things. A multinomial naive Bayes
//! model counts how often a character or a pair of neighbours stands in titles of each facet
//! (Manning, Raghavan, Schütze, *Introduction to Information Retrieval*, ch. 13), without a prior: a
//! facet is not likelier because more titles of it were written. The log-likelihoods are flattened
//! by the square root of the number of pieces, as neighbouring pieces tell much the same.

use crate::data::{Facet, Rule};
use crate::model::UsageModel;
use crate::subject::Field;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// A title of `usage/` with the index of its facet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Example {
    pub(crate) facet: u16,
    /// Its matching key.
    pub(crate) key: String,
}

/// One character, or two that stand side by side (the first in the upper half, plus one).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Piece(u64);

impl Piece {
    fn one(c: char) -> Self {
        Self(u64::from(u32::from(c)))
    }

    fn two(a: char, b: char) -> Self {
        Self(((u64::from(u32::from(a)) + 1) << 32) | u64::from(u32::from(b)))
    }
}

/// The folder of the titles.
pub(crate) const USAGE: &str = "usage/";

/// Share of the likelihood below which a facet gets nothing.
const LEAST: f64 = 0.1;

/// The counted titles.
#[derive(Debug)]
pub(crate) struct Usage {
    /// Number of the row of each piece.
    pieces: FxHashMap<Piece, u32>,
    /// What each piece adds to each facet beyond `unseen`, row by row.
    gains: Vec<f32>,
    /// For each facet, what a known piece adds that stands in no title of it; `None` for a facet
    /// without titles.
    unseen: Vec<Option<f64>>,
    model: UsageModel,
    /// For each facet, the rule that stands for its titles in the evidence.
    pub(crate) rules: Vec<Rule>,
}

/// How often pieces stand in the titles.
struct Counts {
    /// How often in titles of each facet; pieces that stand once in all are left out.
    of_piece: FxHashMap<Piece, Vec<(u16, u32)>>,
    /// Pieces of all titles of each facet.
    totals: Vec<u32>,
    /// Titles of each facet.
    titles: Vec<u32>,
}

impl Counts {
    fn new(examples: &[Example], facets: usize) -> Self {
        let mut of_piece: FxHashMap<Piece, Vec<(u16, u32)>> = FxHashMap::default();
        let mut titles = vec![0; facets];
        for example in examples {
            titles[usize::from(example.facet)] += 1;
            for_each_piece(&example.key, |piece| {
                let counts = of_piece.entry(piece).or_default();
                match counts.iter_mut().find(|(f, _)| *f == example.facet) {
                    Some((_, count)) => *count += 1,
                    None => counts.push((example.facet, 1)),
                }
            });
        }
        of_piece.retain(|_, counts| counts.iter().map(|c| c.1).sum::<u32>() > 1);
        let mut totals = vec![0; facets];
        for (facet, count) in of_piece.values().flatten() {
            totals[usize::from(*facet)] += count;
        }
        Self {
            of_piece,
            totals,
            titles,
        }
    }
}

/// What a piece adds to a facet in whose titles it stands so often.
#[allow(
    clippy::cast_possible_truncation,
    reason = "a logarithm of a count, of which a few digits are enough"
)]
fn gain(times: u32, smoothing: f64) -> f32 {
    (1.0 + f64::from(times) / smoothing).ln() as f32
}

impl Usage {
    /// Counts the titles. A piece that stands once in all says nothing general and is left out.
    pub(crate) fn new(examples: &[Example], facets: &[Facet], model: UsageModel) -> Self {
        let counts = Counts::new(examples, facets.len());
        let smoothing = model.smoothing;
        let different = f64::from(u32::try_from(counts.of_piece.len()).unwrap_or(u32::MAX));
        let unseen = |total: &u32| {
            let all = f64::from(*total) + smoothing * different;
            (*total > 0).then(|| (smoothing / all).ln())
        };
        let mut gains = vec![0.0; facets.len() * counts.of_piece.len()];
        let mut pieces = FxHashMap::default();
        let rows = gains.chunks_mut(facets.len().max(1));
        for (((piece, counts), row), number) in counts.of_piece.into_iter().zip(rows).zip(0..) {
            for (facet, times) in counts {
                row[usize::from(facet)] = gain(times, smoothing);
            }
            pieces.insert(piece, number);
        }
        let rules = facets.iter().zip(&counts.titles);
        Self {
            pieces,
            gains,
            unseen: counts.totals.iter().map(unseen).collect(),
            rules: rules.map(|(f, n)| stand_in(f, *n, model.weight)).collect(),
            model,
        }
    }

    /// What the title says for each facet, from 0 to the weight of the model; nothing for the
    /// facets that it hardly resembles.
    pub(crate) fn scores(&self, title: &str) -> Vec<f64> {
        let mut sums: Vec<f32> = vec![0.0; self.unseen.len()];
        let mut known = 0_u32;
        for_each_piece(title, |piece| {
            if let Some(gains) = self.gains(piece) {
                known += 1;
                let both = sums.iter_mut().zip(gains);
                both.for_each(|(sum, gain)| *sum += gain);
            }
        });
        if known == 0 {
            return Vec::new();
        }
        let known = f64::from(known);
        let flatness = self.model.flatness * known.sqrt();
        let likelihood = |(sum, unseen): (&f32, &Option<f64>)| match unseen {
            Some(unseen) => (f64::from(*sum) + known * unseen) / flatness,
            None => f64::NEG_INFINITY,
        };
        let mut scores: Vec<f64> = sums.iter().zip(&self.unseen).map(likelihood).collect();
        let top = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let mut whole = 0.0;
        for score in &mut scores {
            *score = (*score - top).exp();
            whole += *score;
        }
        for score in &mut scores {
            let share = *score / whole;
            *score = if share < LEAST {
                0.0
            } else {
                share * self.model.weight
            };
        }
        scores
    }

    fn gains(&self, piece: Piece) -> Option<&[f32]> {
        let row = *self.pieces.get(&piece)? as usize;
        let facets = self.unseen.len();
        self.gains.get(row * facets..(row + 1) * facets)
    }

    /// For each of some facets, the stretch of a title that tells most for it: neighbouring pairs
    /// that speak for it more than for the facets on average. Byte ranges of the key.
    pub(crate) fn stretches(&self, title: &str, facets: &[usize]) -> Vec<Option<Range<usize>>> {
        let known: Vec<(&[f32], Range<usize>)> = pairs(title)
            .filter_map(|(piece, range)| Some((self.gains(piece)?, range)))
            .collect();
        let (count, sum) = self
            .unseen
            .iter()
            .flatten()
            .fold((0.0, 0.0), |(n, s), u| (n + 1.0, s + u));
        let mean = |gains: &[f32]| (sum + f64::from(gains.iter().sum::<f32>())) / count;
        let lead = |gains: &[f32], facet: usize| {
            let base = self.unseen[facet].unwrap_or_default();
            f64::from(gains[facet]) + base - mean(gains)
        };
        let strongest = |&facet: &usize| {
            let mut best: Option<(f64, Range<usize>)> = None;
            let mut open: Option<(f64, Range<usize>)> = None;
            for (gains, range) in &known {
                let lead = lead(gains, facet);
                if lead <= 0.0 {
                    continue;
                }
                open = match open {
                    Some((sum, last)) if last.end > range.start => {
                        Some((sum + lead, last.start..range.end))
                    }
                    _ => Some((lead, range.clone())),
                };
                if open.as_ref().map(|o| o.0) > best.as_ref().map(|b| b.0) {
                    best.clone_from(&open);
                }
            }
            best.map(|(_, range)| range)
        };
        facets.iter().map(strongest).collect()
    }
}

/// The rule by which evidence from titles is shown; it has no terms of its own.
fn stand_in(facet: &Facet, titles: u32, weight: f64) -> Rule {
    Rule {
        id: format!("usage-{}", facet.id),
        facet: facet.id.clone(),
        terms: Vec::new(),
        weight,
        fields: vec![Field::Title],
        requires: Vec::new(),
        excludes: Vec::new(),
        is_against: false,
        why: format!(
            "Worded as in the {titles} titles of usage/ that are coded to {}.",
            facet.label_en
        ),
        why_ja: format!(
            "分類済みの施策名（usage/）のうち「{}」の{titles}件と同じような言い回しである。",
            facet.label_ja
        ),
        path: USAGE.to_owned(),
        line: 1,
    }
}

/// The characters of a key and the pairs of neighbours.
fn for_each_piece(key: &str, mut each: impl FnMut(Piece)) {
    let mut before = None;
    for c in key.chars() {
        each(Piece::one(c));
        if let Some(before) = before.replace(c) {
            each(Piece::two(before, c));
        }
    }
}

/// The pairs of a key in its order, with their places.
fn pairs(key: &str) -> impl Iterator<Item = (Piece, Range<usize>)> {
    let first = key.char_indices();
    let second = key.char_indices().skip(1);
    first
        .zip(second)
        .map(|((start, a), (at, b))| (Piece::two(a, b), start..at + b.len_utf8()))
}
