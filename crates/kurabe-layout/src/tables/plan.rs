//! Tables of what a plan says that belongs to no measure: phases, periods, example indicators.

use crate::columns::Columns;
use crate::cursor::{Cursor, words_at};
use crate::items;
use crate::profile::{ColumnRole, TableSpec};
use crate::record::RawPlanItem;
use crate::rows::Carried;
use kurabe_page::Row;
use kurabe_text::era;

/// Reads the rows of a table; a column that is headed by years gives its period to the items.
pub(crate) fn read(
    cursor: &mut Cursor<'_>,
    spec: &TableSpec,
    columns: &Columns,
    rows: &[&Row],
    carried: &mut Carried,
) {
    let groups: Vec<usize> = [ColumnRole::Part, ColumnRole::Group]
        .iter()
        .filter_map(|role| columns.roles.get(role).copied())
        .collect();
    for row in rows {
        cursor.take_row(row);
        for role in &spec.carry {
            if let Some(words) = columns.roles.get(role).and_then(|c| words_at(row, *c)) {
                carried.insert(*role, words);
            }
        }
        let group = group(columns, row, carried);
        for column in (0..row.cells.len()).filter(|c| !groups.contains(c)) {
            column_items(cursor, spec, columns, row, column, group.as_deref());
        }
    }
}

fn group(columns: &Columns, row: &Row, carried: &Carried) -> Option<String> {
    let names: Vec<String> = [ColumnRole::Part, ColumnRole::Group]
        .iter()
        .filter_map(|role| {
            let own = columns.roles.get(role).and_then(|c| words_at(row, *c));
            own.or_else(|| carried.get(role).cloned())
        })
        .map(|w| w.text.replace('\n', " "))
        .collect();
    (!names.is_empty()).then(|| names.join(" / "))
}

fn column_items(
    cursor: &mut Cursor<'_>,
    spec: &TableSpec,
    columns: &Columns,
    row: &Row,
    column: usize,
    group: Option<&str>,
) {
    let Some(words) = words_at(row, column) else {
        return;
    };
    let label = columns.labels.get(column).cloned().unwrap_or_default();
    let is_item = columns.roles.get(&ColumnRole::Item) == Some(&column);
    let period = era::fiscal_years(&label).map(|_| label.clone());
    let heading = match &period {
        Some(_) => beside_years(&label),
        None => label,
    };
    let heading = (!is_item && !heading.is_empty()).then_some(heading);
    let group = [group.map(str::to_owned), heading]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>();
    let texts = row
        .cells
        .get(column)
        .map_or_else(Vec::new, |c| items::items(&c.content));
    for item in texts {
        cursor.document.plan_items.push(RawPlanItem {
            list: spec.list.clone().unwrap_or_default(),
            group: (!group.is_empty()).then(|| group.join(" / ")),
            period: period.clone(),
            text: item.text,
            locator: Some(words.locator.clone()),
            ..RawPlanItem::default()
        });
    }
}

/// What a heading says beside its years: `令和8年度 (2026年度) フェーズ1` names a phase.
fn beside_years(label: &str) -> String {
    let words = label.split_whitespace();
    let named: Vec<&str> = words.filter(|w| era::fiscal_years(w).is_none()).collect();
    named.join(" ")
}
