//! Whether a returned sheet fits the one that was exported, and what was decided in it.

use std::collections::{BTreeMap, BTreeSet};

use super::{EDITION, HEADERS, ID, KEY, PRIMARY, SECONDARY, SheetRow};
use crate::{Codes, Coding, Problem, SheetError};

/// A decision of a person about one measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Id of the measure.
    pub measure_id: String,
    /// Key of the content that the person saw.
    pub content_key: String,
    /// Edition of the codes.
    pub edition: String,
    /// The codes before: a person's, or else the program's.
    pub old: Coding,
    /// The codes now, the secondary ones in the order of the edition.
    pub new: Coding,
    /// Why.
    pub reason: Option<String>,
}

/// What a returned sheet changes, in the order of its rows.
///
/// Rows may come in any order. A row counts as edited when its codes or its reason differ from
/// the exported row; the order of secondary codes does not matter. Codes may be given by id or
/// by label.
///
/// # Errors
/// Everything that does not fit, by row: codes that are not in the edition, codes given twice, a
/// primary code that was removed, rows that are missing, additional or doubled, a changed id or
/// content key, another edition. Then nothing of the sheet is to be taken over.
pub fn check(
    exported: &[SheetRow],
    returned: &[SheetRow],
    codes: &Codes,
) -> Result<Vec<Change>, Vec<SheetError>> {
    let (pairs, mut errors) = pair(exported, returned);
    let mut changes = Vec::new();
    for (number, before, after) in pairs {
        match compare(number, before, after, codes) {
            Ok(change) => changes.extend(change),
            Err(wrong) => errors.extend(wrong),
        }
    }
    if errors.is_empty() {
        return Ok(changes);
    }
    errors.sort();
    Err(errors)
}

fn error(row: usize, column: &'static str, problem: Problem) -> SheetError {
    SheetError {
        row,
        column,
        problem,
    }
}

/// Number in the spreadsheet of the row at that index, below the header.
fn number(index: usize) -> usize {
    index + 2
}

type Pairs<'a> = Vec<(usize, &'a SheetRow, &'a SheetRow)>;

/// Exported and returned rows of the same id, and what has no counterpart.
fn pair<'a>(exported: &'a [SheetRow], returned: &'a [SheetRow]) -> (Pairs<'a>, Vec<SheetError>) {
    let known: BTreeMap<&str, &SheetRow> = exported
        .iter()
        .map(|row| (row.measure_id.as_str(), row))
        .collect();
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut pairs, mut strangers, mut errors) = (Vec::new(), Vec::new(), Vec::new());
    for (index, row) in returned.iter().enumerate() {
        let id = row.measure_id.as_str();
        match (known.get(id), seen.get(id)) {
            (None, _) => strangers.push((number(index), row)),
            (Some(_), Some(first)) => errors.push(error(
                number(index),
                HEADERS[ID],
                Problem::Duplicate {
                    id: id.to_owned(),
                    first: *first,
                },
            )),
            (Some(before), None) => {
                seen.insert(id, number(index));
                pairs.push((number(index), *before, row));
            }
        }
    }
    let missing = exported
        .iter()
        .enumerate()
        .filter(|(_, row)| !seen.contains_key(row.measure_id.as_str()));
    errors.extend(without_counterpart(missing.collect(), strangers));
    (pairs, errors)
}

/// A stranger with the content of a missing row is that row with another id.
fn without_counterpart(
    mut missing: Vec<(usize, &SheetRow)>,
    strangers: Vec<(usize, &SheetRow)>,
) -> Vec<SheetError> {
    let mut errors = Vec::new();
    for (row, stranger) in strangers {
        let same = |(_, m): &(usize, &SheetRow)| m.content_key == stranger.content_key;
        let found = stranger.measure_id.clone();
        let problem = match missing.iter().position(same) {
            Some(at) => Problem::Changed {
                expected: missing.remove(at).1.measure_id.clone(),
                found,
            },
            None => Problem::Additional { id: found },
        };
        errors.push(error(row, HEADERS[ID], problem));
    }
    errors.extend(missing.into_iter().map(|(index, row)| {
        let id = row.measure_id.clone();
        error(number(index), HEADERS[ID], Problem::Missing { id })
    }));
    errors
}

fn compare(
    row: usize,
    before: &SheetRow,
    after: &SheetRow,
    codes: &Codes,
) -> Result<Option<Change>, Vec<SheetError>> {
    let mut errors = Vec::new();
    if after.content_key != before.content_key {
        let problem = Problem::OtherContent {
            expected: before.content_key.clone(),
            found: after.content_key.clone(),
        };
        errors.push(error(row, HEADERS[KEY], problem));
    }
    if after.edition != codes.edition() {
        let problem = Problem::OtherEdition {
            expected: codes.edition().to_owned(),
            found: after.edition.clone(),
        };
        errors.push(error(row, HEADERS[EDITION], problem));
    }
    let new = resolve(row, &after.coding(), codes, &mut errors);
    let was = codes.ordered(&before.coding());
    let is_removed = new.primary.is_none() && (was.primary.is_some() || !new.secondary.is_empty());
    if is_removed && after.primary.is_none() {
        errors.push(error(row, HEADERS[PRIMARY], Problem::NoPrimary));
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    // A reason beside no code decides nothing: it is a note of somebody who is not done yet.
    let is_edited = new != was || (new.primary.is_some() && !same_text(before, after));
    Ok(is_edited.then(|| Change {
        measure_id: before.measure_id.clone(),
        content_key: before.content_key.clone(),
        edition: codes.edition().to_owned(),
        old: if was.primary.is_some() {
            was
        } else {
            codes.ordered(&before.program_coding())
        },
        new,
        reason: after.reason.as_deref().map(|r| r.trim().to_owned()),
    }))
}

fn same_text(before: &SheetRow, after: &SheetRow) -> bool {
    let of = |row: &SheetRow| crate::grid::clean(row.reason.as_deref().unwrap_or_default());
    of(before).trim() == of(after).trim()
}

/// The ids that a person means; notes what is not in the edition or given twice.
fn resolve(row: usize, typed: &Coding, codes: &Codes, errors: &mut Vec<SheetError>) -> Coding {
    let mut seen = BTreeSet::new();
    let mut one = |text: &String, column: &'static str| {
        let Some(id) = codes.resolve(text) else {
            let problem = Problem::Unknown {
                value: text.clone(),
                list: codes.edition().to_owned(),
                nearest: codes.nearest(text),
            };
            errors.push(error(row, column, problem));
            return None;
        };
        if !seen.insert(id) {
            let code = id.to_owned();
            errors.push(error(row, column, Problem::Repeated { code }));
        }
        Some(id.to_owned())
    };
    let primary = typed
        .primary
        .as_ref()
        .and_then(|t| one(t, HEADERS[PRIMARY]));
    let secondary = typed.secondary.iter();
    let secondary = secondary.filter_map(|text| one(text, SECONDARY)).collect();
    codes.ordered(&Coding { primary, secondary })
}
