//! What is compared: municipalities, their documents, an edition, a group of peers, a year.

use std::collections::{BTreeMap, BTreeSet};

use kurabe_schema::{Category, Document, Municipality};

use crate::engine::Dataset;
use crate::problem::{Problem, Result};
use crate::text::{Lang, comparison as words};

/// What a person asked to compare.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Choice {
    /// A category of the edition.
    pub category: Option<String>,
    /// A shared indicator.
    pub indicator: Option<String>,
    /// Codes or names of municipalities; all when empty.
    pub municipalities: Vec<String>,
    /// A group of peers.
    pub peer: Option<String>,
    /// A fiscal year.
    pub year: Option<i32>,
    /// The edition of the national plan; the newest published one when absent.
    pub edition: Option<String>,
}

/// A choice found in the dataset.
#[derive(Debug)]
pub struct Chosen<'a> {
    /// The dataset.
    pub dataset: &'a Dataset,
    /// The language of what is shown.
    pub lang: Lang,
    /// The edition of the national plan.
    pub edition: String,
    /// The group of peers, with which ranks and medians are shown.
    pub peer: Option<String>,
    /// The fiscal year.
    pub year: Option<i32>,
    /// The documents with measures of the municipalities chosen, in the order of the codes.
    pub documents: Vec<&'a Document>,
    municipalities: BTreeMap<&'a str, &'a Municipality>,
}

impl<'a> Chosen<'a> {
    /// Finds a choice in a dataset.
    ///
    /// # Errors
    /// When an edition, a municipality or a group of peers is unknown.
    pub fn new(dataset: &'a Dataset, choice: &Choice, lang: Lang) -> Result<Self> {
        let peer = peer(dataset, choice.peer.as_deref())?;
        let mut codes = municipalities(dataset, &choice.municipalities)?;
        if let (Some(group), Some(_)) = (&peer, &choice.peer) {
            let members = dataset.peer_groups.iter();
            let members: BTreeSet<&str> = members
                .filter(|row| &row.peer_group == group)
                .map(|row| &*row.municipality_code)
                .collect();
            codes.retain(|code| members.contains(code));
        }
        let described: BTreeSet<&str> = dataset
            .measures
            .iter()
            .map(|row| &*row.document_id)
            .collect();
        let mut documents: Vec<&Document> = dataset
            .documents
            .iter()
            .filter(|row| codes.contains(&*row.municipality_code))
            .filter(|row| described.contains(&*row.document_id))
            .collect();
        documents.sort_by_key(|row| (&row.municipality_code, row.as_of, &row.document_id));
        let rows = dataset.municipalities.iter();
        Ok(Self {
            dataset,
            lang,
            edition: edition(dataset, choice.edition.as_deref())?,
            peer,
            year: choice.year,
            documents,
            municipalities: rows.map(|row| (&*row.municipality_code, row)).collect(),
        })
    }

    /// The categories of the edition: its priority items first, each group in the order of the edition.
    #[must_use]
    pub fn categories(&self) -> Vec<&'a Category> {
        let rows = self.dataset.categories.iter();
        let mut rows: Vec<_> = rows.filter(|row| row.taxonomy == self.edition).collect();
        let groups = kurabe_schema::words::CATEGORY_GROUPS;
        rows.sort_by_key(|row| {
            (
                groups.iter().position(|group| *group == row.group),
                row.order,
            )
        });
        rows
    }

    /// A category of the edition.
    ///
    /// # Errors
    /// When the edition has none of that id.
    pub fn category(&self, id: &str) -> Result<&'a Category> {
        let categories = self.categories();
        let found = categories.iter().find(|row| row.category_id == id);
        found
            .copied()
            .ok_or_else(|| unknown(id, categories.iter().map(|row| &*row.category_id)))
    }

    /// The label of a category in the language.
    #[must_use]
    pub fn label<'c>(&self, category: &'c Category) -> &'c str {
        self.lang.pick(&category.label_ja, &category.label_en)
    }

    /// The name of a municipality; its code when it is not in the dataset.
    #[must_use]
    pub fn name(&self, code: &'a str) -> &'a str {
        self.municipalities.get(code).map_or(code, |row| &row.name)
    }

    /// Heading of a document: municipality, kind and date, as figures of other documents differ
    /// in these.
    #[must_use]
    pub fn heading(&self, document: &'a Document) -> String {
        let date = document.as_of.map_or("–".to_owned(), |day| day.to_string());
        let kind = words::document_kind(self.lang, &document.kind);
        format!("{}\n{kind}\n{date}", self.name(&document.municipality_code))
    }

    /// What to mind when documents of different kind or date stand side by side.
    #[must_use]
    pub fn notes(&self) -> Vec<String> {
        let states: BTreeSet<_> = self.documents.iter().map(|d| (&d.kind, d.as_of)).collect();
        let is_mixed = states.len() > 1;
        is_mixed
            .then(|| words::mixed(self.lang))
            .into_iter()
            .collect()
    }
}

fn edition(dataset: &Dataset, wanted: Option<&str>) -> Result<String> {
    let rows = dataset.categories.iter();
    let known: BTreeMap<&str, &_> = rows.map(|row| (&*row.taxonomy, row)).collect();
    if let Some(wanted) = wanted {
        let found = known.contains_key(wanted).then(|| wanted.to_owned());
        return found.ok_or_else(|| unknown(wanted, known.keys().copied()));
    }
    let certain = known.values().filter(|row| !row.is_inferred);
    let newest = certain.max_by_key(|row| (&row.published, &row.taxonomy));
    Ok(newest.map(|row| row.taxonomy.clone()).unwrap_or_default())
}

/// The group of that name; without one, that of the whole country.
fn peer(dataset: &Dataset, wanted: Option<&str>) -> Result<Option<String>> {
    let groups: BTreeSet<&str> = dataset
        .peer_groups
        .iter()
        .map(|row| &*row.peer_group)
        .collect();
    match wanted {
        Some(wanted) if groups.contains(wanted) => Ok(Some(wanted.to_owned())),
        Some(wanted) => Err(unknown(wanted, groups.iter().copied())),
        None => {
            let mut rows = dataset.peer_groups.iter();
            let nation = rows.find(|row| row.basis == "nation");
            Ok(nation.map(|row| row.peer_group.clone()))
        }
    }
}

fn municipalities<'a>(dataset: &'a Dataset, wanted: &[String]) -> Result<BTreeSet<&'a str>> {
    if wanted.is_empty() {
        let rows = dataset.documents.iter();
        return Ok(rows.map(|row| &*row.municipality_code).collect());
    }
    wanted
        .iter()
        .map(|wanted| municipality(dataset, wanted))
        .collect()
}

/// The code of a municipality that is named by its code, its name or prefecture and name.
///
/// # Errors
/// When none or several fit.
pub(super) fn municipality<'a>(dataset: &'a Dataset, wanted: &str) -> Result<&'a str> {
    let rows = dataset.municipalities.iter();
    let fitting: Vec<&Municipality> = rows
        .filter(|row| {
            row.municipality_code == wanted
                || row.name == wanted
                || wanted.strip_prefix(&*row.prefecture) == Some(&row.name)
        })
        .collect();
    match fitting.as_slice() {
        [one] => Ok(&one.municipality_code),
        [] => {
            let with_documents: BTreeSet<&str> = dataset
                .documents
                .iter()
                .map(|row| &*row.municipality_code)
                .collect();
            Err(unknown(wanted, with_documents.into_iter()))
        }
        several => Err(unknown(
            wanted,
            several.iter().map(|row| &*row.municipality_code),
        )),
    }
}

/// The problem of an unknown id, with the ids that there are.
pub(super) fn unknown<'i>(id: &str, known: impl Iterator<Item = &'i str>) -> crate::problem::Error {
    let mut nearest: Vec<String> = known.map(str::to_owned).collect();
    nearest.sort_by(|a, b| {
        strsim::jaro(b, id)
            .total_cmp(&strsim::jaro(a, id))
            .then(a.cmp(b))
    });
    nearest.truncate(8);
    let id = id.to_owned();
    Problem::IdUnknown { id, nearest }.into()
}
