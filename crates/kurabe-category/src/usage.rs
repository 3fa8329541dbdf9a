//! What coded titles say of a title by the characters and pairs of characters that they share.
//!
//! Rules know words; a title from elsewhere may have none of them. The titles in `usage/`, written and
//! coded by the codebook, stand for how administration words things. A multinomial naive Bayes
//! model counts in how many titles of each facet a character or a pair of neighbours stands
//! (Manning, Raghavan, Schütze, *Introduction to Information Retrieval*, ch. 13), without a prior: a
//! facet is not likelier because more titles of it were written. The log-likelihoods are flattened
//! by the square root of the number of pieces, as neighbouring pieces tell much the same.

use crate::data::{Facet, Rule};
use crate::model::UsageModel;
use crate::subject::Field;
use std::collections::HashMap;
use std::ops::Range;

/// A title of `usage/` with the index of its facet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Example {
    pub(crate) facet: usize,
    /// Its matching key.
    pub(crate) key: String,
}

/// One character, or two that stand side by side.
type Piece = (char, Option<char>);

/// The folder of the titles.
pub(crate) const USAGE: &str = "usage/";

/// Share of the likelihood below which a facet gets nothing.
const LEAST: f64 = 0.1;

/// The counted titles.
#[derive(Debug)]
pub(crate) struct Usage {
    pieces: HashMap<Piece, Vec<Gain>>,
    /// For each facet, what a known piece adds that stands in no title of it; `None` for a facet
    /// without titles.
    unseen: Vec<Option<f64>>,
    model: UsageModel,
    /// For each facet, the rule that stands for its titles in the evidence.
    pub(crate) rules: Vec<Rule>,
}

/// What a piece adds to a facet beyond `unseen`.
#[derive(Debug, Clone, Copy)]
struct Gain {
    facet: usize,
    value: f64,
}

impl Usage {
    /// Counts the titles.
    pub(crate) fn new(examples: &[Example], facets: &[Facet], model: UsageModel) -> Self {
        let mut counts: HashMap<Piece, Vec<(usize, u32)>> = HashMap::new();
        let mut totals = vec![0_u32; facets.len()];
        let mut titles = vec![0_u32; facets.len()];
        for example in examples {
            titles[example.facet] += 1;
            for piece in distinct(&example.key) {
                totals[example.facet] += 1;
                let of_piece = counts.entry(piece).or_default();
                match of_piece.iter_mut().find(|(f, _)| *f == example.facet) {
                    Some((_, count)) => *count += 1,
                    None => of_piece.push((example.facet, 1)),
                }
            }
        }
        let smoothing = model.smoothing;
        let different = f64::from(u32::try_from(counts.len()).unwrap_or(u32::MAX));
        let unseen = |total: &u32| {
            let all = f64::from(*total) + smoothing * different;
            (*total > 0).then(|| (smoothing / all).ln())
        };
        let gain = |(facet, count): &(usize, u32)| Gain {
            facet: *facet,
            value: (1.0 + f64::from(*count) / smoothing).ln(),
        };
        let gains = |counts: &Vec<(usize, u32)>| counts.iter().map(gain).collect();
        let rules = facets.iter().zip(&titles);
        Self {
            pieces: counts.iter().map(|(p, c)| (*p, gains(c))).collect(),
            unseen: totals.iter().map(unseen).collect(),
            rules: rules.map(|(f, n)| stand_in(f, *n, model.weight)).collect(),
            model,
        }
    }

    /// What the title says for each facet, from 0 to the weight of the model; nothing for the
    /// facets that it hardly resembles.
    pub(crate) fn scores(&self, title: &str) -> Vec<f64> {
        let mut sums: Vec<f64> = vec![0.0; self.unseen.len()];
        let mut known = 0_u32;
        for piece in distinct(title) {
            if let Some(gains) = self.pieces.get(&piece) {
                known += 1;
                for gain in gains {
                    sums[gain.facet] += gain.value;
                }
            }
        }
        if known == 0 {
            sums.clear();
            return sums;
        }
        let known = f64::from(known);
        let flatness = self.model.flatness * known.sqrt();
        let likelihood = |(sum, unseen): (&f64, &Option<f64>)| match unseen {
            Some(unseen) => (sum + known * unseen) / flatness,
            None => f64::NEG_INFINITY,
        };
        let logs: Vec<f64> = sums.iter().zip(&self.unseen).map(likelihood).collect();
        let top = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let shares: Vec<f64> = logs.iter().map(|l| (l - top).exp()).collect();
        let whole: f64 = shares.iter().sum();
        let score = |share: &f64| match share / whole {
            share if share < LEAST => 0.0,
            share => share * self.model.weight,
        };
        shares.iter().map(score).collect()
    }

    /// The stretches of a title that speak for a facet more than for the others on average,
    /// strongest first; byte ranges of the key.
    pub(crate) fn stretches(&self, title: &str, facet: usize) -> Vec<Range<usize>> {
        let mut stretches: Vec<(f64, Range<usize>)> = Vec::new();
        for (piece, range) in pairs(title) {
            let gain = self.lead(piece, facet);
            match stretches.last_mut() {
                _ if gain <= 0.0 => {}
                Some((sum, last)) if last.end > range.start => {
                    *sum += gain;
                    last.end = range.end;
                }
                _ => stretches.push((gain, range)),
            }
        }
        stretches.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.start.cmp(&b.1.start)));
        stretches.into_iter().map(|(_, range)| range).collect()
    }

    /// How much more a piece speaks for a facet than for the others on average.
    fn lead(&self, piece: Piece, facet: usize) -> f64 {
        let Some(gains) = self.pieces.get(&piece) else {
            return 0.0;
        };
        let own = gains.iter().find(|g| g.facet == facet);
        let sum: f64 = gains.iter().map(|g| g.value).sum();
        let facets = self.unseen.iter().flatten().count();
        let unseen: f64 = self.unseen.iter().flatten().sum();
        let count = f64::from(u32::try_from(facets.max(1)).unwrap_or(u32::MAX));
        let base = self.unseen[facet].unwrap_or_default();
        own.map_or(0.0, |g| g.value) + base - (sum + unseen) / count
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

/// The characters of a key and the pairs of neighbours, each once.
fn distinct(key: &str) -> Vec<Piece> {
    let mut pieces = Vec::with_capacity(key.len());
    let mut before = None;
    for c in key.chars() {
        pieces.push((c, None));
        if let Some(before) = before.replace(c) {
            pieces.push((before, Some(c)));
        }
    }
    pieces.sort_unstable();
    pieces.dedup();
    pieces
}

/// The pairs of a key in its order, with their places.
fn pairs(key: &str) -> impl Iterator<Item = (Piece, Range<usize>)> {
    let first = key.char_indices();
    let second = key.char_indices().skip(1);
    first
        .zip(second)
        .map(|((start, a), (at, b))| ((a, Some(b)), start..at + b.len_utf8()))
}
