//! Weights and thresholds: `model.toml`.

use crate::error::EditionError;
use crate::load::SourceFile;
use crate::subject::Field;
use serde::Deserialize;

/// The numbers that turn evidence into a verdict.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Model {
    /// What a rule's weight is multiplied with in each field.
    pub fields: FieldWeights,
    /// Score that a category needs at least.
    pub min_score: f64,
    /// Share of the top score within which two categories are ambiguous.
    pub margin: f64,
    /// Share of the top score that a secondary category needs.
    pub secondary_share: f64,
    /// Fields in one of which a secondary category needs evidence.
    pub secondary_fields: Vec<Field>,
    /// How further rules of one facet count.
    pub decay: Decay,
    /// What the document itself says.
    pub explicit: Explicit,
    /// How titles that are worded alike count; without it they do not.
    pub usage: Option<UsageModel>,
    /// From scores to confidence.
    pub calibration: Calibration,
}

/// How the titles of `usage/` count.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UsageModel {
    /// What the likeness adds to the one facet whose titles alone are worded like this.
    pub weight: f64,
    /// The log-likelihoods are divided by it and by the square root of the number of pieces.
    pub flatness: f64,
    /// How often each piece is taken to stand in a facet's titles beyond what was counted.
    pub smoothing: f64,
}

/// One multiplier per field.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldWeights {
    /// Multiplier of titles.
    pub title: f64,
    /// Multiplier of names of indicators.
    pub kpi: f64,
    /// Multiplier of listed items.
    pub item: f64,
    /// Multiplier of headings.
    pub section: f64,
    /// Multiplier of departments.
    pub department: f64,
    /// Multiplier of running text.
    pub description: f64,
}

impl FieldWeights {
    /// The multiplier of a field.
    #[must_use]
    pub fn of(&self, field: Field) -> f64 {
        match field {
            Field::Title => self.title,
            Field::Kpi => self.kpi,
            Field::Item => self.item,
            Field::Section => self.section,
            Field::Department => self.department,
            Field::Description => self.description,
        }
    }
}

/// How the rules of one facet add up.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decay {
    /// The n-th strongest rule (from 0) counts `factor` to the power of n.
    pub factor: f64,
}

/// What makes a mapping explicit.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Explicit {
    /// Words by which a heading names the national items.
    pub marks: Vec<String>,
    /// Added to the score of priority categories that have evidence under such a heading.
    pub bonus: f64,
}

/// Logistic regression from score and margin to the probability of being right.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Calibration {
    /// Intercept.
    pub intercept: f64,
    /// Coefficient of the lead over the strongest rival, as a share of the higher score.
    pub margin: f64,
    /// Coefficient of the score.
    pub score: f64,
    /// Scores above it count as this one.
    pub score_cap: f64,
}

impl Calibration {
    /// Confidence, above 0 and below 1, of a category with `score` whose strongest rival has `rival`.
    ///
    /// The lead is negative when the rival is stronger.
    #[must_use]
    pub fn confidence(&self, score: f64, rival: f64) -> f64 {
        let top = score.max(rival);
        let lead = if top > 0.0 {
            (score - rival) / top
        } else {
            0.0
        };
        let sum = self.intercept + self.margin * lead + self.score * score.min(self.score_cap);
        1.0 / (1.0 + (-sum).exp())
    }
}

/// What a number must be, in words and as a test.
type Bound = (&'static str, fn(f64) -> bool);

const NOT_NEGATIVE: Bound = ("a number from 0", |n| n.is_finite() && n >= 0.0);
const POSITIVE: Bound = ("a number above 0", |n| n.is_finite() && n > 0.0);
const SHARE: Bound = ("a share from 0 to 1", |n| (0.0..=1.0).contains(&n));
const FINITE: Bound = ("a finite number", f64::is_finite);

impl Model {
    /// Reads and checks `model.toml`.
    pub(crate) fn load(file: &SourceFile<'_>) -> Result<Self, EditionError> {
        let model: Self = file.parse()?;
        for (key, value, (must, holds)) in model.numbers() {
            if !holds(value) {
                return Err(EditionError::Range {
                    path: file.path.to_owned(),
                    line: file.line_of_key(key),
                    key: key.to_owned(),
                    value: value.to_string(),
                    must,
                });
            }
        }
        Ok(model)
    }

    /// Every number with its key and what it must be.
    fn numbers(&self) -> Vec<(&'static str, f64, Bound)> {
        let usage = self.usage.iter().flat_map(|usage| {
            [
                ("usage.weight", usage.weight, NOT_NEGATIVE),
                ("usage.flatness", usage.flatness, POSITIVE),
                ("usage.smoothing", usage.smoothing, POSITIVE),
            ]
        });
        let mut numbers = vec![
            ("fields.title", self.fields.title, NOT_NEGATIVE),
            ("fields.kpi", self.fields.kpi, NOT_NEGATIVE),
            ("fields.item", self.fields.item, NOT_NEGATIVE),
            ("fields.section", self.fields.section, NOT_NEGATIVE),
            ("fields.department", self.fields.department, NOT_NEGATIVE),
            ("fields.description", self.fields.description, NOT_NEGATIVE),
            ("min_score", self.min_score, POSITIVE),
            ("margin", self.margin, SHARE),
            ("secondary_share", self.secondary_share, SHARE),
            ("decay.factor", self.decay.factor, SHARE),
            ("explicit.bonus", self.explicit.bonus, NOT_NEGATIVE),
            ("calibration.intercept", self.calibration.intercept, FINITE),
            ("calibration.margin", self.calibration.margin, FINITE),
            ("calibration.score", self.calibration.score, FINITE),
            (
                "calibration.score_cap",
                self.calibration.score_cap,
                POSITIVE,
            ),
        ];
        numbers.extend(usage);
        numbers
    }
}
