//! Which measures of two datasets are the same: by id, and where numbers moved, by text.

use std::collections::{BTreeMap, BTreeSet};

use kurabe_export::StoredTable;
use kurabe_schema::ValueRef;

use crate::compare::TableChange;

/// The column of a measure's id.
pub(crate) const ID: &str = "measure_id";

/// What says that two measures with different ids are the same one: words of the same document.
const CONTENT: [&str; 7] = [
    "document_id",
    "title_raw",
    "departments",
    "summary",
    "effect",
    "past",
    "future",
];

/// The measures that differ, by their rows in the old and the new table.
#[derive(Debug, Clone, Default)]
pub struct Pairing {
    /// Measures of one id with other values.
    pub changed: Vec<(usize, usize)>,
    /// Measures of the same text under another id: the old id is gone or means another measure.
    pub renumbered: Vec<(usize, usize)>,
    /// New measures.
    pub added: Vec<usize>,
    /// Removed measures.
    pub removed: Vec<usize>,
    /// New ids of measures that are not what the same id was in the old dataset; none for a new one.
    back: BTreeMap<String, Option<String>>,
    /// Old ids that do not mean the same in the new dataset; none for a removed one.
    forth: BTreeMap<String, Option<String>>,
}

/// Rows of the old and of the new table with one content.
#[derive(Default)]
struct Alike {
    old: Vec<usize>,
    new: Vec<usize>,
}

impl Pairing {
    /// Pairs the measures that differ.
    pub(crate) fn of(table: &TableChange) -> Self {
        let mut pairing = Self::default();
        let (Some(old), Some(new)) = (&table.old, &table.new) else {
            let rows = &table.rows;
            pairing.added = rows.iter().filter_map(|row| row.new).collect();
            pairing.removed = rows.iter().filter_map(|row| row.old).collect();
            return pairing;
        };
        let mut same_id = Vec::new();
        for row in &table.rows {
            match (row.old, row.new) {
                (Some(o), Some(n)) if same(old, o, new, n, "title_raw") => {
                    pairing.changed.push((o, n));
                }
                (Some(o), Some(n)) => same_id.push((o, n)),
                (Some(o), None) => pairing.removed.push(o),
                (None, Some(n)) => pairing.added.push(n),
                (None, None) => {}
            }
        }
        pairing.renumber(old, new, &same_id);
        pairing.settle(same_id);
        pairing.name(old, new);
        pairing
    }

    /// Finds measures whose text stands under another id, where it does so once on each side.
    fn renumber(&mut self, old: &StoredTable, new: &StoredTable, same_id: &[(usize, usize)]) {
        let olds = same_id.iter().map(|(o, _)| *o).chain(self.removed.clone());
        let news = same_id.iter().map(|(_, n)| *n).chain(self.added.clone());
        let mut alike: BTreeMap<Vec<ValueRef<'_>>, Alike> = BTreeMap::new();
        for row in olds {
            let key = content(old, row, new);
            alike.entry(key).or_default().old.push(row);
        }
        for row in news {
            let key = content(new, row, old);
            alike.entry(key).or_default().new.push(row);
        }
        for rows in alike.into_values() {
            if let ([o], [n]) = (&*rows.old, &*rows.new) {
                self.renumbered.push((*o, *n));
            }
        }
        self.renumbered.sort_by_key(|(_, n)| *n);
    }

    /// Tells for the rest whether they changed, came or went.
    fn settle(&mut self, same_id: Vec<(usize, usize)>) {
        let olds: BTreeSet<usize> = self.renumbered.iter().map(|(o, _)| *o).collect();
        let news: BTreeSet<usize> = self.renumbered.iter().map(|(_, n)| *n).collect();
        self.removed.retain(|row| !olds.contains(row));
        self.added.retain(|row| !news.contains(row));
        for (o, n) in same_id {
            match (olds.contains(&o), news.contains(&n)) {
                (false, false) => self.changed.push((o, n)),
                (true, false) => self.added.push(n),
                (false, true) => self.removed.push(o),
                (true, true) => {}
            }
        }
        self.changed.sort_by_key(|(_, n)| *n);
        self.added.sort_unstable();
        self.removed.sort_unstable();
    }

    fn name(&mut self, old: &StoredTable, new: &StoredTable) {
        let id = |table, row| text(table, row, ID).unwrap_or_default().to_owned();
        for n in &self.added {
            self.back.insert(id(new, *n), None);
        }
        for o in &self.removed {
            self.forth.insert(id(old, *o), None);
        }
        for (o, n) in &self.renumbered {
            self.back.insert(id(new, *n), Some(id(old, *o)));
            self.forth.insert(id(old, *o), Some(id(new, *n)));
        }
    }

    /// The id that a measure of the new dataset had in the old one; none for a new measure.
    #[must_use]
    pub fn old_id<'a>(&'a self, new: &'a str) -> Option<&'a str> {
        self.back.get(new).map_or(Some(new), Option::as_deref)
    }

    /// The id that a measure of the old dataset has in the new one; none for a removed measure.
    #[must_use]
    pub fn new_id<'a>(&'a self, old: &'a str) -> Option<&'a str> {
        self.forth.get(old).map_or(Some(old), Option::as_deref)
    }
}

/// The content of a measure, of those columns that the other table has, too.
fn content<'a>(table: &'a StoredTable, row: usize, other: &StoredTable) -> Vec<ValueRef<'a>> {
    let columns = CONTENT.iter().filter(|name| other.column(name).is_some());
    let places = columns.filter_map(|name| table.column(name));
    places.map(|at| table.cell(row, at)).collect()
}

fn same(old: &StoredTable, o: usize, new: &StoredTable, n: usize, column: &str) -> bool {
    text(old, o, column) == text(new, n, column)
}

/// A text of a table; none where there is no such column or nothing stands in it.
pub(crate) fn text<'a>(table: &'a StoredTable, row: usize, column: &str) -> Option<&'a str> {
    match table.cell(row, table.column(column)?) {
        ValueRef::Text(text) => Some(text),
        _ => None,
    }
}
