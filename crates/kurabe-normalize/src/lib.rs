//! Raw records to comparable tables.
//!
//! Every value keeps the words it was read from and their place; what was put right, what two
//! pages say differently and what does not add up becomes a finding.

mod actuals;
mod categories;
mod context;
mod coverage;
mod fields;
mod indicators;
mod kpi;
mod links;
mod listings;
mod measures;
mod mentions;
mod outcomes;
mod places;
mod plan_items;
mod progress;
mod repeats;
mod reviewed;
mod schedules;
mod similar;
mod stages;
mod surveys;
mod texts;
mod versus;

pub use categories::{categorise, rounded, subjects};
pub use context::Source;
pub use indicators::align;
pub use links::{link_editions, link_key_of};
pub use reviewed::content_key_of;
pub use versus::{Correspondence, Speaker, compare_with_surveys};

use context::Context;
use kurabe_layout::{Profile, RawDocument};
use kurabe_schema::{Dataset, FindingRow};
use kurabe_trace::Finding;
use std::collections::BTreeSet;

/// Turns the raw records of one document into the tables of the dataset.
///
/// `findings` are those of the steps before; they are published together with the new ones.
#[must_use]
pub fn normalize(
    raw: &RawDocument,
    findings: Vec<Finding>,
    profile: &Profile,
    source: &Source,
) -> Dataset {
    let mut context = Context::new(profile, source, findings);
    let joined = mentions::join(&mut context, raw);
    measures::publish(&mut context, &joined);
    places::publish(&mut context, &joined);
    repeats::link(&mut context);
    texts::check(&mut context);
    schedules::publish(&mut context, &joined);
    stages::publish(&mut context, &joined);
    kpi::publish(&mut context, &joined);
    actuals::publish(&mut context, &joined);
    progress::publish(&mut context);
    outcomes::publish(&mut context, raw);
    listings::publish(&mut context, raw);
    surveys::publish(&mut context, raw);
    plan_items::publish(&mut context, raw);
    coverage::publish(&mut context, raw);
    context.finish()
}

/// Brings the tables of several documents into their published order and numbers the findings.
pub fn link(dataset: &mut Dataset) {
    // Every document brings its municipality along; the first one speaks for all.
    let mut known = BTreeSet::new();
    dataset
        .municipalities
        .retain(|m| known.insert(m.municipality_code.clone()));
    dataset
        .findings
        .sort_by(|a, b| finding_key(a).cmp(&finding_key(b)));
    let mut last = String::new();
    let mut count = 0_u32;
    for finding in &mut dataset.findings {
        let owner = finding
            .document_id
            .clone()
            .unwrap_or_else(|| "files".to_owned());
        count = if owner == last { count + 1 } else { 1 };
        finding.finding_id = format!("{owner}-f{count:04}");
        last = owner;
    }
    dataset.sort();
}

/// Order of findings: by document, then by place, then by kind and words.
fn finding_key(row: &FindingRow) -> (Option<&str>, u32, u32, &str, &str, Option<&str>) {
    let place = row
        .locator
        .as_deref()
        .and_then(kurabe_trace::Locator::parse);
    let (first, last) = place.and_then(|p| p.line_span()).unwrap_or_default();
    (
        row.document_id.as_deref(),
        first,
        last,
        &row.code,
        &row.message_ja,
        row.raw.as_deref(),
    )
}
