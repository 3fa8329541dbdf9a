//! Indicators and their rules, as they are used.

use kurabe_text::number::convert;
use regex::Regex;
use serde::Deserialize;

/// Which way an indicator should go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// More is better.
    Increase,
    /// Less is better.
    Decrease,
    /// It should stay.
    Maintain,
}

impl Direction {
    /// The word in the data.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Increase => "increase",
            Self::Decrease => "decrease",
            Self::Maintain => "maintain",
        }
    }
}

/// Over what time an indicator is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cadence {
    /// In one year.
    Annual,
    /// Per month, on the average.
    MonthlyAverage,
    /// Over several years.
    Cumulative,
    /// At a point in time.
    Point,
}

impl Cadence {
    /// The word in the data.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Annual => "annual",
            Self::MonthlyAverage => "monthly_average",
            Self::Cumulative => "cumulative",
            Self::Point => "point",
        }
    }
}

/// What a rule reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// KPIs with their values.
    Kpi,
    /// Measured effects.
    Outcome,
    /// A figure in the text of a measure, found by a pattern.
    Text,
}

/// A field that terms are looked for in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// Name of the KPI.
    Name,
    /// Series of the KPI.
    Segment,
    /// Title of the measure.
    Title,
    /// What the measure does.
    Summary,
    /// What was done so far.
    Past,
    /// What was measured: a task or a case.
    Subject,
    /// What is counted of it.
    Metric,
    /// Heading above it.
    Section,
}

impl Field {
    /// The word in the data.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Segment => "segment",
            Self::Title => "title",
            Self::Summary => "summary",
            Self::Past => "past",
            Self::Subject => "subject",
            Self::Metric => "metric",
            Self::Section => "section",
        }
    }

    /// Whether things of that kind have the field.
    #[must_use]
    pub fn is_of(self, source: Source) -> bool {
        match self {
            Self::Title | Self::Section => true,
            Self::Summary => source != Source::Outcome,
            Self::Name | Self::Segment => source == Source::Kpi,
            Self::Past => source == Source::Text,
            Self::Subject | Self::Metric => source == Source::Outcome,
        }
    }
}

/// What a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Where it started from.
    Baseline,
    /// What is aimed at.
    Target,
    /// What was reached.
    #[default]
    Actual,
}

impl Role {
    /// The word in the data.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Baseline => "baseline",
            Self::Target => "target",
            Self::Actual => "actual",
        }
    }
}

/// Which numbers of a measured effect are values of the indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Take {
    /// The value before as baseline and the one after as actual value.
    #[default]
    BeforeAfter,
    /// The value after alone.
    After,
    /// The amount of the change.
    Change,
    /// The rate, in percent.
    Rate,
}

/// Terms of which one must be found in one of the fields.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clause {
    /// Where they are looked for.
    #[serde(rename = "in")]
    pub fields: Vec<Field>,
    /// The terms, without regard to width, case and spacing.
    pub any: Vec<String>,
}

/// What aligns a KPI, an effect or a figure to an indicator.
#[derive(Debug, Clone)]
pub struct Rule {
    /// Id, unique among all rules.
    pub id: String,
    /// What it reads.
    pub source: Source,
    /// Each of these must be found.
    pub all: Vec<Clause>,
    /// None of these may be found.
    pub none: Vec<Clause>,
    /// Values whose note has one of these words are left out.
    pub leave_out: Vec<String>,
    /// Of a measured effect: which numbers.
    pub take: Take,
    /// Of a figure in a text: the pattern, with the groups `value` and perhaps `year`.
    pub pattern: Option<Regex>,
    /// Of a figure in a text: what it is.
    pub role: Role,
    /// How what the rule finds differs from the definition, in Japanese.
    pub caveat_ja: Option<String>,
    /// The same in English.
    pub caveat_en: Option<String>,
}

/// An indicator of a national survey.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct National {
    /// Id of the survey.
    pub survey: String,
    /// Id of the indicator in it.
    pub indicator: String,
}

/// An indicator that several municipalities may measure.
#[derive(Debug, Clone)]
pub struct Indicator {
    /// Stable id.
    pub id: String,
    /// Name in Japanese.
    pub label_ja: String,
    /// Name in English.
    pub label_en: String,
    /// Definition in Japanese.
    pub definition_ja: String,
    /// Definition in English.
    pub definition_en: String,
    /// Canonical unit.
    pub unit: String,
    /// Counters that mean the same here: 件 beside 手続.
    pub units: Vec<String>,
    /// Over what time it is counted, where that is fixed.
    pub cadence: Option<Cadence>,
    /// Which way it should go.
    pub direction: Option<Direction>,
    /// What a share refers to, in Japanese.
    pub denominator_ja: Option<String>,
    /// The same in English.
    pub denominator_en: Option<String>,
    /// Whether a value per resident makes sense.
    pub is_per_capita: bool,
    /// Whether levels may be compared between municipalities.
    pub is_level_comparable: bool,
    /// The national survey indicator that asks for the same.
    pub national: Option<National>,
    /// What to mind when comparing, in Japanese.
    pub caveat_ja: Option<String>,
    /// The same in English.
    pub caveat_en: Option<String>,
    /// What aligns to it.
    pub rules: Vec<Rule>,
}

impl Indicator {
    /// A value in the unit of the indicator; `None` when it measures something else.
    #[must_use]
    pub fn in_unit(&self, value: f64, unit: Option<&str>) -> Option<f64> {
        let unit = unit.unwrap_or_default();
        if self.units.iter().any(|same| same == unit) {
            return Some(value);
        }
        convert(value, unit, &self.unit)
    }

    /// Whether values counted over that time belong to it; nothing said fits any.
    #[must_use]
    pub fn has_cadence(&self, cadence: Option<&str>) -> bool {
        match (self.cadence, cadence) {
            (Some(own), Some(said)) => own.as_str() == said,
            _ => true,
        }
    }
}

/// All indicators, by id.
#[derive(Debug, Clone)]
pub struct Indicators {
    pub(crate) all: Vec<Indicator>,
}

impl Indicators {
    /// All of them, by id.
    #[must_use]
    pub fn all(&self) -> &[Indicator] {
        &self.all
    }

    /// The indicator of that id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Indicator> {
        self.all.iter().find(|one| one.id == id)
    }
}
