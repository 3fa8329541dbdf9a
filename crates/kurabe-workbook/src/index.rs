//! The dataset by its keys, in the order in which people read it.

use std::collections::BTreeMap;

use kurabe_schema::{
    Category, Dataset, Document, Indicator, Kpi, KpiValue, Measure, MeasureCategory, Municipality,
};

use crate::list::{Cell, Target};
use crate::{Lang, WorkbookError, WorkbookOptions};

/// The records that sheets look up.
pub(crate) struct Index<'a> {
    pub(crate) dataset: &'a Dataset,
    pub(crate) lang: Lang,
    pub(crate) version: Option<&'a str>,
    /// The edition that measures are compared by.
    pub(crate) edition: String,
    /// Documents by municipality.
    pub(crate) documents: Vec<&'a Document>,
    /// Measures by document and place in it.
    pub(crate) measures: Vec<&'a Measure>,
    document_places: BTreeMap<&'a str, usize>,
    measure_places: BTreeMap<&'a str, usize>,
    municipalities: BTreeMap<&'a str, &'a Municipality>,
    categories: BTreeMap<(&'a str, &'a str), &'a Category>,
    codes: BTreeMap<&'a str, &'a MeasureCategory>,
    kpis: BTreeMap<&'a str, &'a Kpi>,
    values: BTreeMap<(&'a str, &'a str, i32), &'a KpiValue>,
    indicators: BTreeMap<&'a str, &'a Indicator>,
}

impl<'a> Index<'a> {
    pub(crate) fn of(
        dataset: &'a Dataset,
        options: &'a WorkbookOptions,
    ) -> Result<Self, WorkbookError> {
        let edition = edition(dataset, options.edition.as_deref())?;
        let mut documents: Vec<&Document> = dataset.documents.iter().collect();
        documents.sort_by_key(|row| (&row.municipality_code, row.as_of, &row.document_id));
        let document_places: BTreeMap<&str, usize> =
            places(documents.iter().map(|row| &*row.document_id));
        let mut measures: Vec<&Measure> = dataset.measures.iter().collect();
        measures.sort_by_key(|row| {
            (
                document_places.get(&*row.document_id),
                row.position,
                &row.measure_id,
            )
        });
        let codes = dataset.measure_categories.iter();
        let codes = codes.filter(|row| row.taxonomy == edition && row.rank == 1);
        Ok(Self {
            dataset,
            lang: options.lang,
            version: options.version.as_deref(),
            measure_places: places(measures.iter().map(|row| &*row.measure_id)),
            document_places,
            municipalities: by(&dataset.municipalities, |row| &*row.municipality_code),
            categories: by(&dataset.categories, |row| {
                (&*row.taxonomy, &*row.category_id)
            }),
            codes: codes.map(|row| (&*row.measure_id, row)).collect(),
            kpis: by(&dataset.kpis, |row| &*row.kpi_id),
            values: by(&dataset.kpi_values, |row| {
                (&*row.kpi_id, &*row.role, row.position)
            }),
            indicators: by(&dataset.indicators, |row| &*row.indicator_id),
            edition,
            documents,
            measures,
        })
    }

    pub(crate) fn document(&self, id: &str) -> Option<&'a Document> {
        self.documents.get(*self.document_places.get(id)?).copied()
    }

    /// Where a document stands in the list of documents, from 0.
    pub(crate) fn place_of_document(&self, id: &str) -> Option<usize> {
        self.document_places.get(id).copied()
    }

    pub(crate) fn measure(&self, id: &str) -> Option<&'a Measure> {
        self.measures.get(self.place_of_measure(id)?).copied()
    }

    /// Where a measure stands in the list of measures, from 0.
    pub(crate) fn place_of_measure(&self, id: &str) -> Option<usize> {
        self.measure_places.get(id).copied()
    }

    pub(crate) fn kpi(&self, id: &str) -> Option<&'a Kpi> {
        self.kpis.get(id).copied()
    }

    pub(crate) fn code(&self, measure: &str) -> Option<&'a MeasureCategory> {
        self.codes.get(measure).copied()
    }

    pub(crate) fn category(&self, taxonomy: &str, id: &str) -> Option<&'a Category> {
        self.categories.get(&(taxonomy, id)).copied()
    }

    pub(crate) fn indicator(&self, id: &str) -> Option<&'a Indicator> {
        self.indicators.get(id).copied()
    }

    /// The values of a KPI in one role, in their order.
    pub(crate) fn values(&self, kpi: &'a str, role: &'a str) -> impl Iterator<Item = &'a KpiValue> {
        let all = (kpi, role, i32::MIN)..=(kpi, role, i32::MAX);
        self.values.range(all).map(|(_, value)| *value)
    }

    pub(crate) fn value(&self, kpi: &str, role: &str, position: i32) -> Option<&'a KpiValue> {
        self.values.get(&(kpi, role, position)).copied()
    }

    /// Name of a municipality; its code where it has no row.
    pub(crate) fn name(&self, code: &'a str) -> &'a str {
        self.municipalities.get(code).map_or(code, |row| &*row.name)
    }

    pub(crate) fn prefecture(&self, code: &str) -> Option<&'a str> {
        self.municipalities.get(code).map(|row| &*row.prefecture)
    }

    pub(crate) fn title(&self, document: &'a str) -> &'a str {
        self.document(document).map_or(document, |row| &*row.title)
    }

    pub(crate) fn label(&self, category: &'a Category) -> &'a str {
        self.lang.pick(&category.label_ja, &category.label_en)
    }

    /// The categories of an edition in their order.
    pub(crate) fn categories(&self, edition: &str) -> Vec<&'a Category> {
        let rows = self.dataset.categories.iter();
        let mut found: Vec<&Category> = rows.filter(|row| row.taxonomy == edition).collect();
        found.sort_by_key(|row| (row.order, &row.category_id));
        found
    }

    /// All editions, the newest first.
    pub(crate) fn editions(&self) -> Vec<&'a str> {
        let rows = self.dataset.categories.iter();
        let mut known: Vec<(&Option<String>, &str)> =
            rows.map(|row| (&row.published, &*row.taxonomy)).collect();
        known.sort_by(|a, b| b.cmp(a));
        known.dedup();
        known.into_iter().map(|(_, edition)| edition).collect()
    }

    /// A link to the source of a place in a document: the file on the web, else the row of the
    /// document in this workbook.
    pub(crate) fn source(&self, document: &str, locator: &'a str) -> Cell<'a> {
        let Some(place) = self.document_places.get(document) else {
            return Cell::text(locator);
        };
        let url = self
            .documents
            .get(*place)
            .and_then(|row| row.source_url.as_deref());
        let sheet = crate::text::documents_sheet(self.lang);
        let target = url.map_or(Target::Row(sheet, place + 2), Target::Web);
        Cell::Link(target, locator.into())
    }
}

/// The edition that was asked for, else the newest published one that is not merely inferred.
fn edition(dataset: &Dataset, wanted: Option<&str>) -> Result<String, WorkbookError> {
    let known: BTreeMap<&str, &Category> = by(&dataset.categories, |row| &*row.taxonomy);
    if let Some(wanted) = wanted {
        let unknown = || WorkbookError::Edition {
            edition: wanted.to_owned(),
            known: known.keys().copied().collect::<Vec<_>>().join(", "),
        };
        return known
            .get(wanted)
            .map(|row| row.taxonomy.clone())
            .ok_or_else(unknown);
    }
    let certain = known.values().filter(|row| !row.is_inferred);
    let newest = certain.max_by_key(|row| (&row.published, &row.taxonomy));
    Ok(newest.map(|row| row.taxonomy.clone()).unwrap_or_default())
}

fn by<'a, T, K: Ord>(rows: &'a [T], key: impl Fn(&'a T) -> K) -> BTreeMap<K, &'a T> {
    rows.iter().map(|row| (key(row), row)).collect()
}

fn places<'a>(ids: impl Iterator<Item = &'a str>) -> BTreeMap<&'a str, usize> {
    ids.zip(0..).collect()
}
