//! The data that links are made with.

use serde::Deserialize;
use std::sync::LazyLock;

/// Weights, thresholds and words.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    pub(super) weights: Weights,
    pub(super) thresholds: Thresholds,
    pub(super) former: Former,
    pub(super) relation: Relation,
    pub(super) names: Names,
}

/// Weight of each feature.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Weights {
    pub(super) title: f64,
    pub(super) text: f64,
    pub(super) kpi: f64,
    pub(super) department: f64,
    pub(super) category: f64,
    pub(super) section: f64,
}

/// From where on something counts.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Thresholds {
    pub(super) link: f64,
    pub(super) part: f64,
    pub(super) part_inside: f64,
    pub(super) part_gain: f64,
    pub(super) kind: f64,
    pub(super) plan_title: f64,
    pub(super) plan_share: f64,
    pub(super) common: usize,
}

/// How a plan speaks of the one before it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Former {
    pub(super) numbered: Vec<String>,
    pub(super) plan: Vec<String>,
    pub(super) words: Vec<String>,
    pub(super) narrative: Vec<String>,
}

/// Words that tell what becomes of a measure.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Relation {
    pub(super) dropped: Vec<String>,
    pub(super) merged: Vec<String>,
    pub(super) renamed: Vec<String>,
    pub(super) continued: Vec<String>,
    pub(super) new: Vec<String>,
}

/// Names in running text.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Names {
    pub(super) generic: Vec<String>,
    pub(super) joining: Vec<String>,
    pub(super) goals: Vec<String>,
    pub(super) shortest: usize,
    pub(super) longest: usize,
    pub(super) told: f64,
}

/// The table of this crate; a test loads it, so that a mistake cannot reach a user.
#[allow(
    clippy::expect_used,
    reason = "the table is a constant of this crate and a test loads it"
)]
pub(super) static WORDS: LazyLock<Words> = LazyLock::new(|| {
    toml::from_str(include_str!("../../data/links.toml")).expect("embedded table is valid")
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_valid_and_its_weights_make_one() {
        let w = &WORDS.weights;
        let sum = w.title + w.text + w.kpi + w.department + w.category + w.section;
        assert!((sum - 1.0).abs() < 1e-9, "{sum}");
        assert!(WORDS.thresholds.part <= WORDS.thresholds.link);
    }
}
