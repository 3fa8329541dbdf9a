//! The dataset, with its rows where the data files look for them.

use kurabe_schema::*;

use crate::editions::Editions;
use crate::error::ReportError;
use crate::lookup::Lookup;

/// A dataset and the ways into it.
#[derive(Debug)]
pub(crate) struct Tables<'a> {
    pub(crate) dataset: &'a Dataset,
    pub(crate) editions: Editions<'a>,
    /// In published order, as `index` lists them.
    pub(crate) municipalities: Vec<&'a Municipality>,
    /// In published order, as `index` lists them; others name them by their position.
    pub(crate) documents: Vec<&'a Document>,
    pub(crate) documents_of: Lookup<'a, Document>,
    /// Measures by municipality.
    pub(crate) measures: Lookup<'a, Measure>,
    pub(crate) measures_of: Lookup<'a, Measure>,
    pub(crate) measures_by_id: Lookup<'a, Measure>,
    pub(crate) kpis: Lookup<'a, Kpi>,
}

impl<'a> Tables<'a> {
    /// The ways into a dataset.
    ///
    /// # Errors
    /// When the wanted edition has no categories.
    pub(crate) fn of(dataset: &'a Dataset, edition: Option<&str>) -> Result<Self, ReportError> {
        let measures = &dataset.measures;
        Ok(Self {
            dataset,
            editions: Editions::of(dataset, edition)?,
            municipalities: sorted(&dataset.municipalities),
            documents: sorted(&dataset.documents),
            documents_of: Lookup::by(&dataset.documents, |row| &row.municipality_code),
            measures: Lookup::by(measures, |row| &row.municipality_code),
            measures_of: Lookup::by(measures, |row| &row.document_id),
            measures_by_id: Lookup::by(measures, |row| &row.measure_id),
            kpis: Lookup::by(&dataset.kpis, |row| &row.measure_id),
        })
    }

    /// The position of a document in `index`.
    pub(crate) fn document_index(&self, id: &str) -> Option<usize> {
        let found = self
            .documents
            .binary_search_by(|row| (*row.document_id).cmp(id));
        found.ok()
    }

    /// The measure of that id.
    pub(crate) fn measure(&self, id: &str) -> Option<&'a Measure> {
        self.measures_by_id.get(id).first().copied()
    }
}

/// Rows in published order.
pub(crate) fn sorted<T: Record>(rows: &[T]) -> Vec<&T> {
    let mut sorted: Vec<&T> = rows.iter().collect();
    sorted.sort_by(|a, b| a.compare(b));
    sorted
}

/// The parts of a text that joins several with semicolons.
pub(crate) fn parts(joined: Option<&str>) -> impl Iterator<Item = &str> {
    let parts = joined.unwrap_or_default().split(';');
    parts.map(str::trim).filter(|part| !part.is_empty())
}
