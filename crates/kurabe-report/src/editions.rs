//! Editions of the national plan and their categories.

use std::collections::BTreeMap;

use kurabe_schema::{Category, Dataset, words};

use crate::error::ReportError;

/// The editions of a dataset, the oldest first.
#[derive(Debug)]
pub(crate) struct Editions<'a> {
    /// Each edition with its categories in the order in which they are shown.
    pub(crate) all: Vec<Edition<'a>>,
    /// The edition that is shown first; none in a dataset without categories.
    pub(crate) shown: Option<&'a str>,
    /// The newest that is certain.
    pub(crate) newest: Option<&'a str>,
}

/// One edition.
#[derive(Debug)]
pub(crate) struct Edition<'a> {
    /// Its id.
    pub(crate) id: &'a str,
    /// When it was published, as far as known.
    pub(crate) published: Option<&'a str>,
    /// Whether it is only inferred.
    pub(crate) is_inferred: bool,
    /// Its categories.
    pub(crate) categories: Vec<&'a Category>,
}

impl<'a> Editions<'a> {
    /// Those of the dataset; `wanted` is shown first, or the newest that is certain.
    ///
    /// # Errors
    /// When `wanted` has no categories.
    pub(crate) fn of(dataset: &'a Dataset, wanted: Option<&str>) -> Result<Self, ReportError> {
        let mut by_id: BTreeMap<&str, Vec<&Category>> = BTreeMap::new();
        for category in &dataset.categories {
            by_id.entry(&category.taxonomy).or_default().push(category);
        }
        let mut all: Vec<Edition<'_>> = by_id.into_iter().map(edition).collect();
        all.sort_by_key(|edition| (edition.published, edition.id));
        let newest = newest(&all);
        let shown = match wanted {
            Some(wanted) => Some(known(&all, wanted)?),
            None => newest,
        };
        Ok(Self { all, shown, newest })
    }
}

impl Edition<'_> {
    /// The position of a category in the order in which they are shown.
    pub(crate) fn position(&self, id: &str) -> Option<usize> {
        self.categories.iter().position(|row| row.category_id == id)
    }
}

fn edition<'a>((id, mut categories): (&'a str, Vec<&'a Category>)) -> Edition<'a> {
    let groups = words::CATEGORY_GROUPS;
    categories.sort_by_key(|category| {
        let group = groups.iter().position(|group| *group == category.group);
        (group, category.order, &*category.category_id)
    });
    let published = categories.iter().find_map(|row| row.published.as_deref());
    let is_inferred = categories.iter().any(|row| row.is_inferred);
    Edition {
        id,
        published,
        is_inferred,
        categories,
    }
}

fn newest<'a>(all: &[Edition<'a>]) -> Option<&'a str> {
    let mut certain = all.iter().filter(|edition| !edition.is_inferred);
    certain.next_back().or(all.last()).map(|edition| edition.id)
}

fn known<'a>(all: &[Edition<'a>], wanted: &str) -> Result<&'a str, ReportError> {
    let found = all.iter().find(|edition| edition.id == wanted);
    found.map(|edition| edition.id).ok_or_else(|| {
        let ids: Vec<&str> = all.iter().map(|edition| edition.id).collect();
        ReportError::UnknownEdition {
            edition: wanted.to_owned(),
            known: ids.join(", "),
        }
    })
}
