//! The files exactly as they are written, with the places of what is checked.

use crate::data::{Group, Relation};
use crate::subject::Field;
use serde::Deserialize;
use toml::Spanned;

/// `facets.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FacetFile {
    pub(super) facet: Vec<RawFacet>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawFacet {
    pub(super) id: Spanned<String>,
    pub(super) label_ja: String,
    pub(super) label_en: String,
    pub(super) note: Option<String>,
    #[serde(default)]
    pub(super) keywords: Vec<String>,
}

/// A file of `rules/`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RuleFile {
    #[serde(default)]
    pub(super) rule: Vec<RawRule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawRule {
    pub(super) id: Spanned<String>,
    pub(super) facet: Spanned<String>,
    pub(super) terms: Spanned<Vec<Spanned<String>>>,
    pub(super) weight: Spanned<f64>,
    pub(super) fields: Option<Spanned<Vec<Field>>>,
    #[serde(default)]
    pub(super) requires: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) excludes: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) against: bool,
    pub(super) why: Spanned<String>,
    pub(super) why_ja: Spanned<String>,
}

/// `<version>/edition.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EditionFile {
    pub(super) version: Spanned<String>,
    pub(super) published: String,
    pub(super) published_precision: String,
    pub(super) confidence: String,
    #[serde(default)]
    pub(super) inferred: bool,
    pub(super) note: Option<String>,
    pub(super) category: Vec<RawCategory>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawCategory {
    pub(super) id: Spanned<String>,
    pub(super) order: u32,
    pub(super) group: Group,
    pub(super) label_ja: String,
    pub(super) label_en: String,
    pub(super) facets: Vec<Spanned<String>>,
    pub(super) confidence: Option<String>,
}

/// `crosswalk.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CrosswalkFile {
    #[serde(default)]
    pub(super) crosswalk: Vec<RawCrosswalk>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawCrosswalk {
    pub(super) from_edition: Spanned<String>,
    pub(super) from: Spanned<String>,
    pub(super) to_edition: Spanned<String>,
    pub(super) to: Option<Spanned<String>>,
    pub(super) relation: Spanned<Relation>,
    pub(super) confidence: Option<String>,
}
