//! Evidence: which term of which rule stands where, and what became of it.

use crate::data::Rule;
use crate::key::KeyMap;
use crate::score::{Classifier, Scores};
use crate::subject::{Field, Subject};
use kurabe_text::width;
use std::ops::Range;

/// A term of a rule in a piece; offsets in the key of the piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hit {
    pub(crate) rule: usize,
    pub(crate) piece: usize,
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) outcome: Outcome,
}

/// What became of a rule whose term was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It counts.
    Fired,
    /// It does not count in this field.
    OtherField,
    /// This context word stands in the same piece.
    Excluded(usize),
    /// None of the words that it requires stands anywhere.
    RequiredMissing,
}

/// One place in a subject where a term of a rule stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence<'a> {
    /// The rule: its id, facet, whether it speaks against the facet, and why.
    pub rule: &'a Rule,
    /// The part of the measure.
    pub field: Field,
    /// Index of the piece in the subject.
    pub piece: usize,
    /// The term as printed in the piece.
    pub term: &'a str,
    /// Byte range of the term in the text of the piece.
    pub range: Range<usize>,
    /// Weight of the rule times the multiplier of the field, before decay.
    pub weight: f64,
    /// `true` when the rule fired in this field before, so that this place adds nothing.
    pub is_repeat: bool,
    /// Place of the piece in the source document.
    pub locator: Option<&'a str>,
}

/// A rule whose term was found but that does not count there.
#[derive(Debug, Clone, PartialEq)]
pub struct HeldBack<'a> {
    /// What was found; the weight is what it would have counted.
    pub found: Evidence<'a>,
    /// Why it does not count.
    pub reason: Reason<'a>,
}

/// Why a rule was held back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason<'a> {
    /// The rule does not count in this field.
    OtherField,
    /// This word of its `excludes` stands in the same text.
    Excluded(&'a str),
    /// None of the words of its `requires` stands anywhere in the subject.
    RequiredMissing,
}

impl Reason<'_> {
    /// The word for the reason.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::OtherField => "other_field",
            Self::Excluded(_) => "excluded",
            Self::RequiredMissing => "required_missing",
        }
    }
}

impl<'e> Classifier<'e> {
    /// The evidence of `scores`: the terms in the order of the text, then of the rule ids, and after
    /// them what titles that are worded alike say.
    ///
    /// `subject` must be the one that was scored.
    #[must_use]
    pub fn evidence<'a>(&self, scores: &Scores, subject: &'a Subject) -> Vec<Evidence<'a>>
    where
        'e: 'a,
    {
        let fired = |h: &&Hit| h.outcome == Outcome::Fired;
        let hits: Vec<Hit> = scores.hits.iter().filter(fired).copied().collect();
        let mut shown = self.shown(&hits, subject);
        let mut seen = Vec::with_capacity(shown.len());
        for (hit, evidence) in hits.iter().zip(&mut shown) {
            evidence.is_repeat = seen.contains(&(hit.rule, evidence.field));
            seen.push((hit.rule, evidence.field));
        }
        shown.extend(self.alike(scores, subject));
        shown
    }

    /// For each facet whose coded titles are worded alike, strongest first, where in the title they
    /// are: the stretch that tells most.
    fn alike<'a>(&self, scores: &Scores, subject: &'a Subject) -> Vec<Evidence<'a>>
    where
        'e: 'a,
    {
        let title = subject.pieces.iter().position(|p| p.field == Field::Title);
        let (Some(usage), Some(index)) = (&self.editions.usage, title) else {
            return Vec::new();
        };
        let piece = &subject.pieces[index];
        let key = width::key(&piece.text);
        let map = KeyMap::new(&piece.text);
        let counted = scores
            .usage
            .iter()
            .zip(0..)
            .filter(|(score, _)| **score > 0.0);
        let facets: Vec<usize> = counted.map(|(_, facet)| facet).collect();
        let stretches = usage.stretches(&key, &facets).into_iter();
        let mut shown: Vec<Evidence<'a>> = stretches
            .zip(facets)
            .filter_map(|(stretch, facet)| {
                let range = map.source_range(stretch?);
                Some(Evidence {
                    rule: usage.rules.get(facet)?,
                    field: piece.field,
                    piece: index,
                    term: piece.text.get(range.clone()).unwrap_or_default(),
                    range,
                    weight: scores.usage[facet],
                    is_repeat: false,
                    locator: piece.locator.as_deref(),
                })
            })
            .collect();
        shown.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        shown
    }

    /// The rules whose terms were found but that do not count there, in the order of the text.
    ///
    /// `subject` must be the one that was scored.
    #[must_use]
    pub fn held_back<'a>(&self, scores: &Scores, subject: &'a Subject) -> Vec<HeldBack<'a>>
    where
        'e: 'a,
    {
        let held = |h: &&Hit| h.outcome != Outcome::Fired;
        let hits: Vec<Hit> = scores.hits.iter().filter(held).copied().collect();
        let shown = self.shown(&hits, subject).into_iter().zip(&hits);
        shown
            .filter_map(|(found, hit)| {
                let reason = self.reason(hit.outcome)?;
                Some(HeldBack { found, reason })
            })
            .collect()
    }

    fn reason(&self, outcome: Outcome) -> Option<Reason<'e>> {
        let words = &self.editions.lexicon.context_words;
        match outcome {
            Outcome::Fired => None,
            Outcome::OtherField => Some(Reason::OtherField),
            Outcome::Excluded(word) => words.get(word).map(|w| Reason::Excluded(w)),
            Outcome::RequiredMissing => Some(Reason::RequiredMissing),
        }
    }

    /// The hits (by piece) with their places in the source.
    fn shown<'a>(&self, hits: &[Hit], subject: &'a Subject) -> Vec<Evidence<'a>>
    where
        'e: 'a,
    {
        let mut shown = Vec::with_capacity(hits.len());
        for hits in hits.chunk_by(|a, b| a.piece == b.piece) {
            let Some(piece) = subject.pieces.get(hits[0].piece) else {
                continue;
            };
            let map = KeyMap::new(&piece.text);
            for hit in hits {
                let rule = &self.editions.rules()[hit.rule];
                let range = map.source_range(hit.start..hit.end);
                shown.push(Evidence {
                    rule,
                    field: piece.field,
                    piece: hit.piece,
                    term: piece.text.get(range.clone()).unwrap_or_default(),
                    range,
                    weight: rule.weight * self.editions.model.fields.of(piece.field),
                    is_repeat: false,
                    locator: piece.locator.as_deref(),
                });
            }
        }
        shown
    }
}
