//! What a survey asks: its indicators with their labels, units and words.

use serde::Deserialize;

/// A survey.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Survey {
    /// Identifier.
    pub id: String,
    /// Title.
    pub title: String,
    /// Words of the answers.
    pub words: Words,
    /// Everything that is asked.
    pub indicator: Vec<Indicator>,
}

/// Words that stand for values.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// Words for yes.
    pub yes: Vec<String>,
    /// Words for no.
    pub no: Vec<String>,
    /// Words for no value.
    pub none: Vec<String>,
}

/// Something that a survey asks.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Indicator {
    /// Identifier within the survey.
    pub id: String,
    /// What its values are.
    pub unit: Unit,
    /// Group as printed.
    pub group: String,
    /// Label as printed, without spaces around it.
    pub label: String,
    /// What in a plan speaks of the same; plans are not compared with it where that is not said.
    pub plan: Option<Plan>,
}

/// What in a plan speaks of an indicator.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// What speaks of it.
    pub by: By,
    /// Words in titles, items of schedules and tracks; the words of one term must all be there.
    #[serde(default)]
    pub terms: Vec<String>,
    /// Words that show that something else is meant.
    #[serde(default)]
    pub without: Vec<String>,
    /// Whether a measure under preparation need not be the only one of its sort, so that it does not contradict a yes.
    #[serde(default)]
    pub is_broad: bool,
}

/// The part of a plan that speaks of an indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum By {
    /// The plan itself.
    Document,
    /// Measures.
    Measures,
    /// Values of the shared indicator that names it.
    Values,
}

impl Plan {
    /// Whether its keys go together, and with the values of the indicator.
    fn fits(&self, unit: Unit) -> bool {
        let has_words = |words: &[String]| words.iter().any(|word| !word.trim().is_empty());
        match self.by {
            By::Measures => unit == Unit::YesNo && has_words(&self.terms),
            By::Document => unit == Unit::YesNo && self.terms.is_empty() && self.without.is_empty(),
            By::Values => unit == Unit::Percent && self.terms.is_empty() && self.without.is_empty(),
        }
    }
}

/// What the values of an indicator are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Yes is 1, no is 0.
    YesNo,
    /// Percent points.
    Percent,
    /// A number of things.
    Count,
}

impl Unit {
    /// The word published in the `unit` column.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::YesNo => "yes_no",
            Self::Percent => "percent",
            Self::Count => "count",
        }
    }
}

/// Why a definition cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DefinitionError {
    /// It is no TOML, or a key is missing or unknown.
    #[error("survey definition: {0}; correct that place")]
    Toml(String),
    /// An indicator does not say which words in a plan speak of it.
    #[error(
        "survey `{survey}`: indicator `{id}` has a `plan` with the wrong keys; give terms with by = \"measures\", none otherwise, \
         and compare yes and no by measures or document, figures by values"
    )]
    Plan {
        /// The survey.
        survey: String,
        /// The indicator.
        id: String,
    },
    /// Two indicators share their identifier or their labels.
    #[error("survey `{survey}`: indicator `{id}` is there twice; remove one")]
    Twice {
        /// The survey.
        survey: String,
        /// The indicator.
        id: String,
    },
}

impl Survey {
    /// Reads a definition.
    ///
    /// # Errors
    /// When it is no definition, or an indicator is there twice.
    pub fn parse(text: &str) -> Result<Self, DefinitionError> {
        let survey: Self = toml::from_str(text)
            .map_err(|error| DefinitionError::Toml(error.message().to_owned()))?;
        for (index, one) in survey.indicator.iter().enumerate() {
            let mut before = survey.indicator.iter().take(index);
            let is_same = |other: &Indicator| {
                other.id == one.id || (&other.group, &other.label) == (&one.group, &one.label)
            };
            if before.any(is_same) {
                return Err(DefinitionError::Twice {
                    survey: survey.id.clone(),
                    id: one.id.clone(),
                });
            }
            if !one.plan.as_ref().is_none_or(|plan| plan.fits(one.unit)) {
                return Err(DefinitionError::Plan {
                    survey: survey.id.clone(),
                    id: one.id.clone(),
                });
            }
        }
        Ok(survey)
    }

    /// The indicator with that group and label.
    #[must_use]
    pub fn indicator(&self, group: &str, label: &str) -> Option<&Indicator> {
        let mut all = self.indicator.iter();
        all.find(|one| one.label == label && one.group == group)
    }

    pub(super) fn nearest(&self, label: &str) -> Option<String> {
        let scored = self.indicator.iter().map(|one| {
            let score = strsim::normalized_levenshtein(label, &one.label);
            (score, &one.label)
        });
        let near = scored.filter(|(score, _)| *score >= 0.6);
        near.max_by(|a, b| a.0.total_cmp(&b.0))
            .map(|(_, label)| label.clone())
    }
}
