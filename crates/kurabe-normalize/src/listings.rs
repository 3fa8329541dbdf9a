//! The table `listings`.

use crate::context::{Context, raw_if_other};
use kurabe_layout::{RawDocument, RawListing, Words};
use kurabe_schema::Listing;
use kurabe_text::{department, width};
use kurabe_trace::Locator;
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
