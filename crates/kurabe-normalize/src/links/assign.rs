//! Which measures of an older document go on as which of a newer one.
//!
//! Pairs are taken from the best score downwards, so that the outcome does not depend on the order of
//! rows; what is left over joins a pair as another part of a split or a merger, where both parts
//! together cover the whole better than either alone.

use super::card::{Bag, Card, Match, compare};
use super::words::WORDS;
use crate::similar;
use std::collections::BTreeMap;

/// How many candidates of a measure are compared in full.
const CANDIDATES: usize = 16;

/// Likeness of names from which on they are one indicator.
const SAME_NAME: f64 = 0.8;

/// A measure of the older document (by its index) that goes on as one of the newer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Pair {
    pub(super) older: usize,
    pub(super) newer: usize,
    pub(super) fit: Match,
}

/// All links of two documents, by index.
pub(super) fn assign(older: &[Card<'_>], newer: &[Card<'_>]) -> Vec<Pair> {
    let mut pairs = candidates(older, newer);
    pairs.sort_by(|a, b| {
        let id = |pair: &Pair| (pair.older, pair.newer);
        b.fit.score.total_cmp(&a.fit.score).then(id(a).cmp(&id(b)))
    });
    let mut state = State {
        older,
        newer,
        forward: BTreeMap::new(),
        backward: BTreeMap::new(),
    };
    let limits = &WORDS.thresholds;
    // Parts that are too unlike to stand alone come last: they hold only when a further part joins.
    for least in [limits.link, limits.part] {
        for pair in pairs.iter().filter(|pair| pair.fit.score >= least) {
            state.join_free(*pair);
        }
        pairs.iter().for_each(|pair| state.part(*pair));
    }
    state.settled()
}

struct State<'c, 'd> {
    older: &'c [Card<'d>],
    newer: &'c [Card<'d>],
    forward: BTreeMap<usize, Vec<Pair>>,
    backward: BTreeMap<usize, Vec<Pair>>,
}

impl State<'_, '_> {
    fn join(&mut self, pair: Pair) {
        self.forward.entry(pair.older).or_default().push(pair);
        self.backward.entry(pair.newer).or_default().push(pair);
    }

    /// Joins two measures of which neither is linked.
    fn join_free(&mut self, pair: Pair) {
        let is_free =
            !self.forward.contains_key(&pair.older) && !self.backward.contains_key(&pair.newer);
        if is_free {
            self.join(pair);
        }
    }

    /// Takes a left-over measure as a further part of one that is linked.
    fn part(&mut self, pair: Pair) {
        let forward = self.forward.get(&pair.older).map_or(0, Vec::len);
        let backward = self.backward.get(&pair.newer).map_or(0, Vec::len);
        let (older, newer) = (&self.older[pair.older], &self.newer[pair.newer]);
        let is_part = match (forward, backward) {
            (1.., 0) => {
                let known = &self.forward[&pair.older];
                let is_merged = known.iter().any(|one| self.backward[&one.newer].len() > 1);
                let others: Vec<&Card<'_>> =
                    known.iter().map(|one| &self.newer[one.newer]).collect();
                !is_merged && is_part(older, &others, newer)
            }
            (0, 1..) => {
                let known = &self.backward[&pair.newer];
                let is_split = known.iter().any(|one| self.forward[&one.older].len() > 1);
                let others: Vec<&Card<'_>> =
                    known.iter().map(|one| &self.older[one.older]).collect();
                !is_split && is_part(newer, &others, older)
            }
            _ => false,
        };
        if is_part {
            self.join(pair);
        }
    }

    /// The links that hold: a pair alone needs the full score.
    fn settled(self) -> Vec<Pair> {
        let degree =
            |pair: &Pair| self.forward[&pair.older].len() + self.backward[&pair.newer].len();
        let all = self.forward.values().flatten();
        all.filter(|pair| degree(pair) > 2 || pair.fit.score >= WORDS.thresholds.link)
            .copied()
            .collect()
    }
}

/// Whether a measure is a further part of a whole of which the others are parts.
fn is_part(whole: &Card<'_>, others: &[&Card<'_>], part: &Card<'_>) -> bool {
    let limits = &WORDS.thresholds;
    if others
        .iter()
        .any(|other| similar::is_same(&other.measure.title, &whole.measure.title))
    {
        return false;
    }
    let covered = |by: &[&Bag]| whole.core.covered(by);
    let mut bags: Vec<&Bag> = others.iter().map(|other| &other.core).collect();
    // Each has all of the whole and something more: 職員の… and 町民の… of one measure.
    let is_kind = bags
        .iter()
        .chain([&&part.core])
        .all(|bag| covered(&[*bag]) >= limits.kind);
    let known = covered(&bags).max(covered(&[&part.core]));
    bags.push(&part.core);
    let inside = part.core.covered(&[&whole.core]);
    let by_title = inside >= limits.part_inside && covered(&bags) - known >= limits.part_gain;
    is_kind || by_title || takes_indicator(whole, others, part)
}

/// Whether an indicator of the whole goes on in the part, and another one in the others.
fn takes_indicator(whole: &Card<'_>, others: &[&Card<'_>], part: &Card<'_>) -> bool {
    let has =
        |card: &Card<'_>, name: &Bag| card.kpis.iter().any(|(_, own)| own.dice(name) >= SAME_NAME);
    let among_others = |name: &Bag| others.iter().any(|other| has(other, name));
    let names = || whole.kpis.iter().map(|(_, name)| name);
    names().any(|name| has(part, name) && !among_others(name))
        && names().any(|name| among_others(name) && !has(part, name))
}

/// Pairs worth comparing: those that share telling pairs of characters.
fn candidates(older: &[Card<'_>], newer: &[Card<'_>]) -> Vec<Pair> {
    let titles = Index::new(older, usize::MAX, |card| &card.title);
    let texts = Index::new(older, WORDS.thresholds.common, |card| &card.text);
    let mut rough = vec![0.0_f64; older.len()];
    let mut pairs = Vec::new();
    for (index, card) in newer.iter().enumerate() {
        let mut touched = Vec::new();
        titles.add(&card.title, WORDS.weights.title, &mut rough, &mut touched);
        texts.add(&card.text, WORDS.weights.text, &mut rough, &mut touched);
        let mut best: Vec<(f64, usize)> = touched.iter().map(|&at| (rough[at], at)).collect();
        best.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        for (_, at) in best.into_iter().take(CANDIDATES) {
            let fit = compare(&older[at], card);
            if fit.score >= WORDS.thresholds.part {
                pairs.push(Pair {
                    older: at,
                    newer: index,
                    fit,
                });
            }
        }
        touched.into_iter().for_each(|at| rough[at] = 0.0);
    }
    pairs
}

/// Which measures have a pair of characters.
struct Index {
    /// Each pair with the place of its first holder.
    pairs: Vec<(u64, usize)>,
    holders: Vec<usize>,
    totals: Vec<f64>,
    limit: usize,
}

impl Index {
    fn new<'c, 'd: 'c>(
        cards: &'c [Card<'d>],
        limit: usize,
        of: impl Fn(&'c Card<'d>) -> &'c Bag,
    ) -> Self {
        let bags = || {
            cards
                .iter()
                .enumerate()
                .map(|(index, card)| (index, of(card)))
        };
        let each =
            |(index, bag): (usize, &'c Bag)| bag.pairs.iter().map(move |pair| (pair.0, index));
        let mut all: Vec<(u64, usize)> = bags().flat_map(each).collect();
        all.sort_unstable();
        let mut first = 0;
        let runs = all.chunk_by(|a, b| a.0 == b.0).map(|run| {
            let start = first;
            first += run.len();
            (run[0].0, start)
        });
        Self {
            pairs: runs.collect(),
            holders: all.iter().map(|one| one.1).collect(),
            totals: bags().map(|(_, bag)| bag.total).collect(),
            limit,
        }
    }

    /// The measures that have a pair; none where too many have it.
    fn holders(&self, pair: u64) -> &[usize] {
        let Ok(place) = self.pairs.binary_search_by_key(&pair, |one| one.0) else {
            return &[];
        };
        let start = self.pairs[place].1;
        let end = self
            .pairs
            .get(place + 1)
            .map_or(self.holders.len(), |next| next.1);
        if end - start <= self.limit {
            &self.holders[start..end]
        } else {
            &[]
        }
    }

    /// Adds the share that each measure has in common with a bag.
    fn add(&self, bag: &Bag, weight: f64, rough: &mut [f64], touched: &mut Vec<usize>) {
        for (pair, rarity) in &bag.pairs {
            for &at in self.holders(*pair) {
                if rough[at] == 0.0 {
                    touched.push(at);
                }
                rough[at] += weight * rarity / self.totals[at].min(bag.total);
            }
        }
    }
}
