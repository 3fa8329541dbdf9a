//! `index`: what there is, for every page.

use std::collections::{BTreeMap, BTreeSet};

use kurabe_schema::{Category, Dataset, Document, Indicator, Municipality, PeerGroup, words};

use crate::editions::Edition;
use crate::json::Json;
use crate::labels::labels;
use crate::project::{Columns, Projection, table};
use crate::tables::{Tables, sorted};
use crate::{Download, ReportOptions};

const MUNICIPALITY: Columns = &[
    ("code", "municipality_code"),
    ("name", "name"),
    ("prefecture", "prefecture"),
    ("kind", "kind"),
    ("population", "population"),
    ("population_as_of", "population_as_of"),
    ("population_source", "population_source"),
];

const DOCUMENT: Columns = &[
    ("id", "document_id"),
    ("municipality", "municipality_code"),
    ("title", "title"),
    ("kind", "kind"),
    ("as_of", "as_of"),
    ("published", "published"),
    ("period_start", "period_start"),
    ("period_end", "period_end"),
    ("edition", "edition_of_national_plan"),
    ("path", "path"),
    ("source_url", "source_url"),
    ("sha256", "sha256"),
    ("publisher", "publisher"),
    ("plan", "plan_id"),
    ("retrieved_at", "retrieved_at"),
    ("media_type", "media_type"),
    ("bytes", "bytes"),
];

const INDICATOR: Columns = &[
    ("id", "indicator_id"),
    ("ja", "label_ja"),
    ("en", "label_en"),
    ("unit", "unit"),
    ("direction", "direction"),
    ("is_level_comparable", "is_level_comparable"),
    ("is_per_capita", "is_per_capita"),
];

const CROSSWALK: Columns = &[
    ("from_edition", "from_taxonomy"),
    ("from", "from_category"),
    ("to_edition", "to_taxonomy"),
    ("to", "to_category"),
    ("relation", "relation"),
    ("confidence", "confidence"),
];

/// The whole file.
pub(crate) fn index<'a>(tables: &Tables<'a>, options: &'a ReportOptions) -> Json<'a> {
    let dataset = tables.dataset;
    let edition = tables.editions.shown;
    Json::object([
        ("version", options.version.as_ref().into()),
        ("program", (&options.program).into()),
        ("title_ja", (&options.title_ja).into()),
        ("title_en", (&options.title_en).into()),
        ("lang", options.lang.as_str().into()),
        ("edition", edition.into()),
        ("editions", editions(tables)),
        ("categories", categories(tables)),
        (
            "crosswalk",
            table(CROSSWALK, sorted(&dataset.category_crosswalk)),
        ),
        ("labels", labels()),
        ("municipalities", municipalities(tables)),
        ("documents", documents(tables)),
        ("indicators", indicators(dataset)),
        ("peers", peers(tables)),
        ("tables", described(dataset)),
        (
            "downloads",
            Json::list(options.downloads.iter().map(download)),
        ),
        ("totals", totals(tables)),
    ])
}

fn editions<'a>(tables: &Tables<'a>) -> Json<'a> {
    let edition = |edition: &Edition<'a>| {
        Json::object([
            ("id", edition.id.into()),
            (
                "label_ja",
                format!("自治体DX推進計画 第{}版", edition.id).into(),
            ),
            (
                "label_en",
                format!("Municipal DX Promotion Plan {}", edition.id).into(),
            ),
            (
                "newest",
                (tables.editions.newest == Some(edition.id)).into(),
            ),
            ("published", edition.published.into()),
            ("is_inferred", edition.is_inferred.into()),
        ])
    };
    Json::list(tables.editions.all.iter().map(edition))
}

fn categories<'a>(tables: &Tables<'a>) -> Json<'a> {
    let category = |category: &&'a Category| {
        Json::object([
            ("id", (&category.category_id).into()),
            ("order", i64::from(category.order).into()),
            ("ja", (&category.label_ja).into()),
            ("en", (&category.label_en).into()),
            ("group", (&category.group).into()),
        ])
    };
    let editions = tables.editions.all.iter();
    let named = editions.map(|edition| {
        let list = Json::list(edition.categories.iter().map(category));
        (edition.id.into(), list)
    });
    Json::Object(named.collect())
}

fn municipalities<'a>(tables: &Tables<'a>) -> Json<'a> {
    let projection = Projection::of::<Municipality>(MUNICIPALITY);
    let mut names = projection.names();
    names.extend(["measures", "repeats", "documents"]);
    let rows = tables.municipalities.iter().map(|municipality| {
        let code = &municipality.municipality_code;
        let measures = tables.measures.get(code);
        let mut row = projection.row(*municipality);
        row.push(Json::count(measures.len()));
        row.push(Json::count(
            measures.iter().filter(|row| row.is_repeat).count(),
        ));
        row.push(Json::count(tables.documents_of.get(code).len()));
        row
    });
    Json::table(&names, rows.collect())
}

fn documents<'a>(tables: &Tables<'a>) -> Json<'a> {
    let projection = Projection::of::<Document>(DOCUMENT);
    let mut names = projection.names();
    names.extend(["measures", "repeats"]);
    let rows = tables.documents.iter().map(|document| {
        let measures = tables.measures_of.get(&document.document_id);
        let mut row = projection.row(*document);
        row.push(Json::count(measures.len()));
        row.push(Json::count(
            measures.iter().filter(|row| row.is_repeat).count(),
        ));
        row
    });
    Json::table(&names, rows.collect())
}

fn indicators<'a>(dataset: &'a Dataset) -> Json<'a> {
    let projection = Projection::of::<Indicator>(INDICATOR);
    let mut values: BTreeMap<&str, (BTreeSet<&str>, usize)> = BTreeMap::new();
    for value in &dataset.indicator_values {
        let (municipalities, count) = values.entry(&value.indicator_id).or_default();
        municipalities.insert(&value.municipality_code);
        *count += 1;
    }
    let indicator = |indicator: &'a Indicator| {
        let (municipalities, count) = values
            .get(&*indicator.indicator_id)
            .map_or((0, 0), |(towns, count)| (towns.len(), *count));
        projection.object(
            indicator,
            [
                ("national", national(indicator)),
                ("municipalities", Json::count(municipalities)),
                ("values", Json::count(count)),
            ],
        )
    };
    Json::list(sorted(&dataset.indicators).into_iter().map(indicator))
}

/// The indicator of a national survey that asks for the same.
pub(crate) fn national(indicator: &Indicator) -> Json<'_> {
    match (&indicator.national_survey, &indicator.national_indicator) {
        (Some(survey), Some(id)) => {
            Json::object([("survey", survey.into()), ("indicator", id.into())])
        }
        _ => Json::Null,
    }
}

/// The groups of peers. The members of a group of all municipalities are left out.
fn peers<'a>(tables: &Tables<'a>) -> Json<'a> {
    let mut groups: BTreeMap<&str, Vec<&PeerGroup>> = BTreeMap::new();
    for row in sorted(&tables.dataset.peer_groups) {
        groups.entry(&row.peer_group).or_default().push(row);
    }
    let all = tables.municipalities.len();
    let group = |rows: &Vec<&'a PeerGroup>| {
        let first = rows.first()?;
        let codes = rows.iter().map(|row| &row.municipality_code);
        let members = (rows.len() < all).then(|| Json::list(codes));
        Some(Json::object([
            ("id", (&first.peer_group).into()),
            ("ja", (&first.label_ja).into()),
            ("en", (&first.label_en).into()),
            ("basis", (&first.basis).into()),
            ("members", members.into()),
        ]))
    };
    Json::list(groups.values().filter_map(group))
}

fn described(dataset: &Dataset) -> Json<'_> {
    let described = dataset.counts().into_iter().map(|(spec, rows)| {
        Json::object([
            ("name", spec.name.into()),
            ("ja", spec.ja.into()),
            ("en", spec.en.into()),
            ("rows", Json::count(rows)),
        ])
    });
    Json::list(described)
}

fn download(file: &Download) -> Json<'_> {
    Json::object([
        ("path", (&file.path).into()),
        ("bytes", i64::try_from(file.bytes).ok().into()),
        ("kind", (&file.kind).into()),
        ("ja", (&file.ja).into()),
        ("en", (&file.en).into()),
    ])
}

fn totals<'a>(tables: &Tables<'a>) -> Json<'a> {
    let dataset = tables.dataset;
    let with_document = tables
        .municipalities
        .iter()
        .filter(|row| tables.documents_of.has(&row.municipality_code));
    let repeats = dataset.measures.iter().filter(|row| row.is_repeat);
    let severity = |word: &str| {
        let found = dataset.findings.iter().filter(|row| row.severity == word);
        Json::count(found.count())
    };
    let severities = words::SEVERITIES.iter();
    let findings = severities.map(|word| ((*word).into(), severity(word)));
    Json::object([
        ("municipalities", Json::count(with_document.count())),
        ("documents", Json::count(dataset.documents.len())),
        ("measures", Json::count(dataset.measures.len())),
        ("repeats", Json::count(repeats.count())),
        ("kpis", Json::count(dataset.kpis.len())),
        ("findings", Json::Object(findings.collect())),
    ])
}
