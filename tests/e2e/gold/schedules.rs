//! Schedules: a row for each fiscal year of a phase.

use super::score::Scores;
use super::{Found, Gold, column, key, words};
use crate::rows;
use std::collections::BTreeSet;

/// Measure, item, fiscal year, phase.
type Cell = (String, String, String, String);

/// Compares the schedules of one municipality; rows that the source leaves open (`ambiguous`)
/// may be there or not.
pub(super) fn compare(gold: &Gold<'_>, name: &str, found: &Found, scores: &mut Scores) {
    let mut certain = BTreeSet::new();
    let mut open = BTreeSet::new();
    for record in gold.records(&format!("{name}/schedules.jsonl")) {
        let missing = || format!("missing {}", record["number"]);
        let cell: Cell = (
            found
                .get(&key(name, &record))
                .cloned()
                .unwrap_or_else(missing),
            words(&record["item"]),
            words(&record["fiscal_year"]),
            words(&record["phase"]),
        );
        if record["ambiguous"] == true {
            open.insert(cell);
        } else {
            certain.insert(cell);
        }
    }
    let covered: BTreeSet<&String> = gold
        .records(&format!("{name}/measures.jsonl"))
        .iter()
        .filter_map(|record| found.get(&key(name, record)))
        .collect();
    let have: BTreeSet<Cell> = gold
        .rows("schedules")
        .iter()
        .filter(|row| covered.contains(&rows::text(row, "measure_id")))
        .map(|row| {
            (
                rows::text(row, "measure_id"),
                column(row, "item"),
                column(row, "fiscal_year"),
                column(row, "phase_raw"),
            )
        })
        .collect();
    for cell in &certain {
        let hit = have.contains(cell);
        scores.count(format!("{name}.schedule.recall"), hit, || {
            format!("{cell:?}")
        });
    }
    for cell in &have {
        let hit = certain.contains(cell) || open.contains(cell);
        scores.count(format!("{name}.schedule.precision"), hit, || {
            format!("{cell:?}")
        });
    }
}
