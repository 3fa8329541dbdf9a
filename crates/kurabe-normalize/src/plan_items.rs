//! The table `plan_items`.

use crate::context::Context;
use kurabe_layout::{RawDocument, Words};
use kurabe_schema::PlanItem;
use kurabe_text::{era, width};
use kurabe_trace::Locator;
use std::collections::BTreeMap;

/// Publishes what a plan says that belongs to no measure.
pub(crate) fn publish(context: &mut Context<'_>, raw: &RawDocument) {
    let mut positions: BTreeMap<String, i32> = BTreeMap::new();
    for (index, item) in raw.plan_items.iter().enumerate() {
        let position = positions.entry(item.list.clone()).or_insert(0);
        *position += 1;
        let period = item.period.as_deref();
        let years = period.and_then(era::fiscal_years);
        let place = item.locator.clone().unwrap_or(Locator::Document);
        let (text, text_raw) = context.long_text(&[Words::new(item.text.clone(), place)]);
        let dates = period.map(era::find_dates).unwrap_or_default();
        context.data.plan_items.push(PlanItem {
            document_id: context.document_id.clone(),
            list: item.list.clone(),
            group: item
                .group
                .as_deref()
                .map(|g| width::tidy(&g.replace('\n', " "))),
            period_start: years.map(|y| y.first),
            period_end: years.and_then(|y| y.last),
            text: text.unwrap_or_default(),
            text_raw,
            locator: item
                .locator
                .clone()
                .unwrap_or(Locator::Document)
                .to_string(),
            plan_item_id: format!("{}-p{:04}", context.document_id, index + 1),
            position: *position,
            date_earliest: dates.first().map(|d| d.dates.earliest),
            date_latest: dates.last().map(|d| d.dates.latest),
            number: item.number.clone(),
        });
    }
}
