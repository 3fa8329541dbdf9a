//! The table `listings`.

use crate::context::{Context, raw_if_other};
use kurabe_layout::{RawDocument, RawListing, Words};
use kurabe_schema::Listing;
use kurabe_text::{department, width};
use kurabe_trace::{Code, Finding, Locator};
use std::collections::BTreeMap;

/// Publishes the lists of a document.
pub(crate) fn publish(context: &mut Context<'_>, raw: &RawDocument) {
    let mut positions: BTreeMap<String, i32> = BTreeMap::new();
    for listing in &raw.listings {
        let position = positions.entry(listing.list.clone()).or_insert(0);
        *position += 1;
        let place = listing.locator.clone().unwrap_or(Locator::Document);
        let item = context.standard(&Words::new(listing.item.clone(), place));
        let row = Listing {
            item_raw: raw_if_other(&listing.item, &item),
            measure_id: measure(context, listing),
            list: width::tidy(&listing.list),
            group: listing.group.as_deref().map(width::tidy),
            item,
            state: listing.state.clone(),
            department: listing
                .department
                .as_ref()
                .map(|d| department::split(d).names.join(";")),
            locator: listing
                .locator
                .clone()
                .unwrap_or(Locator::Document)
                .to_string(),
            document_id: context.document_id.clone(),
            position: *position,
            number: listing
                .number
                .as_ref()
                .and_then(|n| width::nfkc(n).parse().ok()),
            note: listing.note.clone(),
        };
        context.data.listings.push(row);
    }
    partial(context);
}

/// Remarks lists whose items do not all count in full, so that their number says too much.
fn partial(context: &mut Context<'_>) {
    let rows = context.data.listings.clone();
    let mut lists: BTreeMap<(Option<&str>, &str), Vec<&Listing>> = BTreeMap::new();
    for row in &rows {
        let key = (row.measure_id.as_deref(), row.list.as_str());
        lists.entry(key).or_default().push(row);
    }
    for ((measure_id, list), items) in lists {
        let is = |item: &&&Listing, state: &str| item.state.as_deref() == Some(state);
        let part: Vec<&&Listing> = items.iter().filter(|i| is(i, "partial")).collect();
        let has_full = items.iter().any(|i| is(&i, "done"));
        let Some(first) = part.first().filter(|_| has_full) else {
            continue;
        };
        let (all, count) = (items.len(), part.len());
        let names: Vec<&str> = part.iter().map(|i| i.item.as_str()).collect();
        let place = Locator::parse(&first.locator).unwrap_or(Locator::Document);
        let finding = Finding::new(
            Code::ListPartial,
            place,
            format!(
                "「{list}」の{all}件のうち{count}件は一部だけの対応です（{}）。",
                names.join("、")
            ),
            format!(
                "{count} of the {all} items of “{list}” count only in part ({}).",
                names.join(", ")
            ),
        );
        context.remark(match measure_id {
            Some(id) => finding.of_measure(id),
            None => finding,
        });
    }
}

/// The measure that a list belongs to: the one it stands in, or the one whose title names it.
fn measure(context: &Context<'_>, listing: &RawListing) -> Option<String> {
    if let Some(index) = listing.measure {
        return context
            .data
            .measures
            .get(index)
            .map(|m| m.measure_id.clone());
    }
    let key = width::key(listing.measure_title.as_ref()?);
    let mut named = context
        .data
        .measures
        .iter()
        .filter(|m| width::key(&m.title).contains(&key));
    match (named.next(), named.next()) {
        (Some(only), None) => Some(only.measure_id.clone()),
        _ => None,
    }
}
