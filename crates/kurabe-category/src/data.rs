//! Facets, editions, crosswalks and rules as they stand in `editions/`.

use crate::subject::Field;
use serde::Deserialize;

/// A part of the national plan that no edition divides further.
///
/// Every category of every edition is a union of facets. This is what makes counts of different
/// editions comparable: a facet never belongs to two categories of one edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facet {
    /// Its id.
    pub id: String,
    /// Japanese label.
    pub label_ja: String,
    /// English label.
    pub label_en: String,
    /// What belongs to it, and why it is kept apart.
    pub note: Option<String>,
    /// Obvious words for it: a baseline to measure the rules against. They decide no code.
    pub keywords: Vec<String>,
}

/// What kind of item of the plan a category is; the first is preferred where two fit equally well.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Group {
    /// 重点取組事項.
    Priority,
    /// 自治体DXの取組みとあわせて取り組むべき事項 and the like.
    Companion,
    /// A code of the codebook for what no item of the edition names.
    Local,
}

impl Group {
    /// The word for the group in the files and in published tables.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Priority => "priority",
            Self::Companion => "companion",
            Self::Local => "local",
        }
    }
}

/// A category of one edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    /// Its id, unique in the edition.
    pub id: String,
    /// Position in the edition.
    pub order: u32,
    /// What kind of item it is.
    pub group: Group,
    /// Japanese label as the edition prints it.
    pub label_ja: String,
    /// English label.
    pub label_en: String,
    /// Ids of the facets that it is made of.
    pub facets: Vec<String>,
    /// How well the category is attested, where it differs from the edition's.
    pub confidence: Option<String>,
}

/// The one category id that has a meaning of its own: a measure outside the national plan.
pub(crate) const OUT_OF_SCOPE: &str = "out-of-scope";

impl Category {
    /// `true` for the category of what has nothing to do with the national plan.
    #[must_use]
    pub fn is_out_of_scope(&self) -> bool {
        self.id == OUT_OF_SCOPE
    }
}

/// One edition of the national plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edition {
    /// Version number, `5.1`.
    pub version: String,
    /// Date of publication, as exact as it is known (`2026-01`), empty when unknown.
    pub published: String,
    /// How exact the date is: `day`, `month`, …
    pub published_precision: String,
    /// How well the facts of the edition are attested.
    pub confidence: String,
    /// `true` when the edition's list is concluded from its neighbours, not read.
    pub is_inferred: bool,
    /// Remark on the edition.
    pub note: Option<String>,
    /// Its categories, by group and order.
    pub categories: Vec<Category>,
    /// For each facet, the index of its category.
    pub(crate) category_of: Vec<usize>,
    /// The facets, in the same order.
    pub(crate) facet_ids: Vec<String>,
}

impl Edition {
    /// The category with an id.
    #[must_use]
    pub fn category(&self, id: &str) -> Option<&Category> {
        self.categories.iter().find(|c| c.id == id)
    }

    /// The one category that a facet belongs to in this edition.
    #[must_use]
    pub fn category_of_facet(&self, facet: &str) -> Option<&Category> {
        let index = self.facet_ids.iter().position(|id| id == facet)?;
        self.categories.get(*self.category_of.get(index)?)
    }
}

/// How a category of one edition relates to one of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Relation {
    /// The same content under the same name.
    Same,
    /// The same content under another name.
    Renamed,
    /// One of several successors.
    Split,
    /// One of several that became one.
    Merged,
    /// The successor holds more.
    Broadened,
    /// The successor holds less.
    Narrowed,
    /// What has no successor among the items of the plan.
    Residual,
}

impl Relation {
    /// The word for the relation in the files and in published tables.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Renamed => "renamed",
            Self::Split => "split",
            Self::Merged => "merged",
            Self::Broadened => "broadened",
            Self::Narrowed => "narrowed",
            Self::Residual => "residual",
        }
    }
}

/// One line of the crosswalk between editions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crosswalk {
    /// Version of the edition it starts from.
    pub from_edition: String,
    /// Category there.
    pub from: String,
    /// Version of the edition it leads to.
    pub to_edition: String,
    /// Category there; `None` when there is no successor.
    pub to: Option<String>,
    /// How the two relate.
    pub relation: Relation,
    /// How well the relation is attested.
    pub confidence: Option<String>,
}

/// A rule: terms that speak for a facet, or against it.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// Its id, unique over all files.
    pub id: String,
    /// The facet it speaks of.
    pub facet: String,
    /// The terms as written in the file.
    pub terms: Vec<String>,
    /// Weight in a field with the multiplier 1, above 0.
    pub weight: f64,
    /// The fields it counts in.
    pub fields: Vec<Field>,
    /// Words of which one must stand somewhere in the subject, if there are any.
    pub requires: Vec<String>,
    /// Words of which none may stand in the same text.
    pub excludes: Vec<String>,
    /// `true` when the terms speak against the facet.
    pub is_against: bool,
    /// One sentence in English on why the rule holds.
    pub why: String,
    /// The same in Japanese.
    pub why_ja: String,
    /// File of the rule, below `editions/`.
    pub path: String,
    /// Its line in the file, from 1.
    pub line: usize,
}
