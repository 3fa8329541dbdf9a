//! What documents and measures are called.

use std::collections::BTreeMap;

use super::Tables;
use super::sheet::{Sheet, Sides};
use crate::show::{Both, short};
use crate::words;

/// The names of one dataset.
pub(super) struct Names<'a> {
    pub(super) measures: Sheet<'a>,
    documents: Sheet<'a>,
    kpis: Sheet<'a>,
    municipality: BTreeMap<&'a str, &'a str>,
    document: BTreeMap<&'a str, usize>,
    measure: BTreeMap<&'a str, usize>,
}

/// The names of both.
pub(super) struct Subjects<'a> {
    pub(super) old: Names<'a>,
    pub(super) new: Names<'a>,
}

impl<'a> Subjects<'a> {
    pub(super) fn new(tables: &Tables<'a>) -> Self {
        let names = |side: fn(Sides<'a>) -> Sheet<'a>| {
            Names::new(
                side(tables.municipalities),
                side(tables.documents),
                side(tables.measures),
                side(tables.kpis),
            )
        };
        Self {
            old: names(|sides| sides.old),
            new: names(|sides| sides.new),
        }
    }
}

impl<'a> Names<'a> {
    fn new(
        municipalities: Sheet<'a>,
        documents: Sheet<'a>,
        measures: Sheet<'a>,
        kpis: Sheet<'a>,
    ) -> Self {
        let municipality = municipalities.rows().filter_map(|row| {
            let code = municipalities.text(row, "municipality_code")?;
            Some((code, municipalities.text(row, "name")?))
        });
        Self {
            measures,
            documents,
            kpis,
            municipality: municipality.collect(),
            document: documents.index("document_id"),
            measure: measures.index("measure_id"),
        }
    }

    /// A document as people call it; by its id where nothing else is known.
    pub(super) fn document(&self, id: &str) -> Both {
        let row = self.document.get(id).copied();
        let text = |column| row.and_then(|row| self.documents.text(row, column));
        let code = text("municipality_code").unwrap_or_default();
        let municipality = self.municipality.get(code).copied().unwrap_or(code);
        words::document(municipality, &short(text("title").unwrap_or(id)))
    }

    /// A measure as people call it.
    pub(super) fn measure(&self, id: &str) -> Both {
        let Some(row) = self.measure.get(id).copied() else {
            return Both::same(id);
        };
        let text = |column| self.measures.text(row, column);
        let document = self.document(text("document_id").unwrap_or_default());
        let number = text("number").unwrap_or_default();
        words::measure(&document, number, &short(text("title").unwrap_or(id)))
    }

    /// Where a measure stands.
    pub(super) fn place(&self, id: &str) -> Option<&'a str> {
        self.measures.text(*self.measure.get(id)?, "locator")
    }

    /// How many measures and KPIs a document holds.
    pub(super) fn holding(&self, document: &str) -> Both {
        let is_of = |row: usize| self.measures.text(row, "document_id") == Some(document);
        let measures = self.measures.rows().filter(|row| is_of(*row)).count();
        let of_measure = |row: usize| {
            let id = self.kpis.text(row, "measure_id")?;
            self.measure.get(id).copied()
        };
        let kpis = self.kpis.rows().filter_map(of_measure);
        words::holding(measures, kpis.filter(|row| is_of(*row)).count())
    }
}
