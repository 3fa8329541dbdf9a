//! From scores of facets to the categories of one edition.

use crate::data::{Category, Edition, Group};
use crate::score::{Classifier, FacetScore, Scores};
use crate::subject::Fields;
use std::cmp::Ordering;

/// How far a verdict goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// One category leads clearly.
    Assigned,
    /// Two or more categories are too close together; the preferred one is reported as primary.
    Ambiguous,
    /// No category has enough evidence.
    Unmatched,
    /// The evidence says that the measure has nothing to do with the national plan.
    OutOfScope,
}

impl Status {
    /// The word published for the status.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Assigned => "assigned",
            Self::Ambiguous => "ambiguous",
            Self::Unmatched => "unmatched",
            Self::OutOfScope => "out_of_scope",
        }
    }
}

/// A category with what speaks for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Scored {
    /// Id of the category in the edition.
    pub category_id: String,
    /// Score, above 0.
    pub score: f64,
    /// Probability, as calibrated, that this is the primary category.
    pub confidence: f64,
}

/// The categories of one subject in one edition.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// How far it goes.
    pub status: Status,
    /// The category that the measure counts under; `None` when unmatched.
    pub primary: Option<Scored>,
    /// Further categories named in the title or the like, strongest first.
    pub secondary: Vec<Scored>,
    /// When ambiguous, the categories that are too close together (the primary one too), strongest
    /// first; else empty.
    pub candidates: Vec<Scored>,
    /// `true` when the primary category was raised because a heading names the national items.
    pub is_explicit: bool,
}

/// The score of a category whose strongest facet has `best` and all of them together `sum`.
fn total(best: f64, sum: f64) -> f64 {
    best + FURTHER_FACETS * (sum - best)
}

/// What the facets beside the strongest one add to the score of a category.
const FURTHER_FACETS: f64 = 0.25;

/// What speaks for one category.
#[derive(Debug, Clone, Copy)]
struct Standing {
    /// Index in the edition, which is also the order of preference.
    category: usize,
    best: f64,
    score: f64,
    /// The same from rules alone.
    best_rules: f64,
    rules: f64,
    fields: Fields,
}

impl Classifier<'_> {
    /// The verdict of one edition on scores that were computed once for all of them.
    ///
    /// The decision is made once, in the newest edition that was read; in the others each code is
    /// the category that its strongest facet belongs to. Codes of different editions therefore
    /// always nest: whatever two editions call it, it is the same facet.
    #[must_use]
    pub fn verdict(&self, scores: &Scores, edition: &Edition) -> Verdict {
        let reference = self.editions.reference().unwrap_or(edition);
        let decided = self.decide(scores, reference);
        if edition.version == reference.version {
            return decided;
        }
        self.carried(decided, scores, reference, edition)
    }

    /// The same decision in another edition.
    fn carried(
        &self,
        decided: Verdict,
        scores: &Scores,
        reference: &Edition,
        edition: &Edition,
    ) -> Verdict {
        let ranking = self.standings(scores, edition);
        let carry = |code: &Scored| {
            let facet = strongest_facet(scores, reference, code)?;
            let category = edition.category_of.get(facet)?;
            let standing = ranking.iter().find(|s| s.category == *category)?;
            Some((*category, self.scored(standing, &ranking, edition)))
        };
        let Some((category, primary)) = decided.primary.as_ref().and_then(carry) else {
            return Verdict::unmatched();
        };
        let all = |codes: &[Scored]| {
            let mut carried: Vec<Scored> = codes.iter().filter_map(carry).map(|c| c.1).collect();
            let mut seen = Vec::with_capacity(carried.len());
            carried.retain(|c| {
                !seen.contains(&c.category_id) && {
                    seen.push(c.category_id.clone());
                    true
                }
            });
            carried
        };
        let mut candidates = all(&decided.candidates);
        let mut secondary = all(&decided.secondary);
        secondary.retain(|s| s.category_id != primary.category_id);
        let status = match decided.status {
            Status::Ambiguous if candidates.len() < 2 => Status::Assigned,
            status => status,
        };
        if status != Status::Ambiguous {
            candidates.clear();
        }
        let is_priority = edition.categories[category].group == Group::Priority;
        Verdict {
            status,
            primary: Some(primary),
            secondary,
            candidates,
            is_explicit: scores.is_explicit && is_priority,
        }
    }

    /// The verdict of an edition by its own categories.
    fn decide(&self, scores: &Scores, edition: &Edition) -> Verdict {
        let ranking = self.standings(scores, edition);
        let close = self.close(&ranking);
        let Some(primary) = close.iter().min_by_key(|s| s.category) else {
            return Verdict::unmatched();
        };
        let category = &edition.categories[primary.category];
        let status = match close.len() {
            1 if category.is_out_of_scope() => Status::OutOfScope,
            1 => Status::Assigned,
            _ => Status::Ambiguous,
        };
        let show = |s: &Standing| self.scored(s, &ranking, edition);
        let candidates = if close.len() > 1 { close } else { &[] };
        Verdict {
            status,
            primary: Some(show(primary)),
            secondary: self
                .secondary(primary, &ranking, edition)
                .map(show)
                .collect(),
            candidates: candidates.iter().map(show).collect(),
            is_explicit: scores.is_explicit && category.group == Group::Priority,
        }
    }

    /// All categories of an edition with a score, strongest first: the winner, the runner-up, …
    #[must_use]
    pub fn ranking(&self, scores: &Scores, edition: &Edition) -> Vec<Scored> {
        let ranking = self.standings(scores, edition);
        let show = |s: &Standing| self.scored(s, &ranking, edition);
        ranking.iter().map(show).collect()
    }

    /// Categories with a score, strongest first, equal ones by preference.
    fn standings(&self, scores: &Scores, edition: &Edition) -> Vec<Standing> {
        let mut standings: Vec<Standing> = Vec::with_capacity(scores.facets.len());
        for facet in &scores.facets {
            let Some(&category) = edition.category_of.get(facet.facet) else {
                continue;
            };
            let known = standings.iter().position(|s| s.category == category);
            let at = known.unwrap_or_else(|| {
                standings.push(Standing::none(category));
                standings.len() - 1
            });
            standings[at].add(facet);
        }
        for standing in &mut standings {
            let category = &edition.categories[standing.category];
            let bonus = self.bonus(scores, category);
            standing.score = total(standing.best, standing.score) + bonus;
            standing.rules = total(standing.best_rules, standing.rules) + bonus;
        }
        standings.sort_by(Standing::strongest_first);
        standings
    }

    fn bonus(&self, scores: &Scores, category: &Category) -> f64 {
        match category.group {
            Group::Priority if scores.is_explicit => self.editions.model.explicit.bonus,
            Group::Priority | Group::Companion | Group::Local => 0.0,
        }
    }

    /// The categories with enough evidence that are within the margin of the strongest.
    fn close<'r>(&self, ranking: &'r [Standing]) -> &'r [Standing] {
        let model = &self.editions.model;
        let top = ranking.first().map_or(0.0, |s| s.score);
        let is_close = |s: &Standing| {
            let is_top = s.score >= top;
            s.score >= model.min_score && (is_top || (top - s.score) / top < model.margin)
        };
        &ranking[..ranking.partition_point(is_close)]
    }

    fn secondary<'r>(
        &self,
        primary: &'r Standing,
        ranking: &'r [Standing],
        edition: &'r Edition,
    ) -> impl Iterator<Item = &'r Standing> {
        let model = &self.editions.model;
        // Wording alone names nothing: what the rules found decides.
        let most = ranking.iter().map(|s| s.rules).fold(0.0, f64::max);
        let least = most * model.secondary_share;
        let named: Fields = model.secondary_fields.iter().copied().collect();
        let is_in_scope = |s: &Standing| !edition.categories[s.category].is_out_of_scope();
        let any = is_in_scope(primary);
        ranking.iter().filter(move |s| {
            let is_other = s.category != primary.category;
            any && is_other && s.rules >= least && s.fields.intersects(named) && is_in_scope(s)
        })
    }

    fn scored(&self, standing: &Standing, ranking: &[Standing], edition: &Edition) -> Scored {
        let mut others = ranking.iter().filter(|s| s.category != standing.category);
        let rival = others.next().map_or(0.0, |s| s.score);
        let calibration = &self.editions.model.calibration;
        Scored {
            category_id: edition.categories[standing.category].id.clone(),
            score: standing.score,
            confidence: calibration.confidence(standing.score, rival),
        }
    }
}

/// The facet that speaks most for a code of an edition; its index.
fn strongest_facet(scores: &Scores, edition: &Edition, code: &Scored) -> Option<usize> {
    let is_own = |facet: usize| {
        let category = edition.category_of.get(facet);
        let category = category.and_then(|index| edition.categories.get(*index));
        category.is_some_and(|category| category.id == code.category_id)
    };
    let own = scores.facets.iter().filter(|f| is_own(f.facet));
    let strongest = own.reduce(|best, f| if f.score > best.score { f } else { best })?;
    Some(strongest.facet)
}

impl Verdict {
    fn unmatched() -> Self {
        Self {
            status: Status::Unmatched,
            primary: None,
            secondary: Vec::new(),
            candidates: Vec::new(),
            is_explicit: false,
        }
    }
}

impl Standing {
    fn none(category: usize) -> Self {
        Self {
            category,
            best: 0.0,
            score: 0.0,
            best_rules: 0.0,
            rules: 0.0,
            fields: Fields::default(),
        }
    }

    /// Until all facets are in, `score` and `rules` are their sums.
    fn add(&mut self, facet: &FacetScore) {
        self.best = self.best.max(facet.score);
        self.score += facet.score;
        self.best_rules = self.best_rules.max(facet.rules);
        self.rules += facet.rules;
        self.fields = self.fields.union(facet.fields);
    }

    fn strongest_first(a: &Self, b: &Self) -> Ordering {
        b.score
            .total_cmp(&a.score)
            .then(a.category.cmp(&b.category))
    }
}
