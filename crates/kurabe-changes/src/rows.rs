//! Which rows of two versions of a table are the same, and which came, went or changed.

use std::cmp::Ordering;

use kurabe_export::StoredTable;
use kurabe_schema::ValueRef;

/// A row that is not the same in both tables, by its number in each, counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowChange {
    /// The row of the old table; none for a new row.
    pub old: Option<usize>,
    /// The row of the new table; none for a removed row.
    pub new: Option<usize>,
}

/// The columns that both tables have with the same type: name and both positions.
pub(crate) fn shared<'a>(old: &'a StoredTable, new: &StoredTable) -> Vec<(&'a str, usize, usize)> {
    let columns = old.columns.iter().enumerate();
    columns
        .filter_map(|(at, column)| {
            let there = new.column(&column.name)?;
            (new.columns[there].kind == column.kind).then_some((&*column.name, at, there))
        })
        .collect()
}

/// Two versions of a table and how their rows are told apart.
struct Match<'a> {
    old: &'a StoredTable,
    new: &'a StoredTable,
    /// Positions of the columns that say which row it is.
    identity: Vec<(usize, usize)>,
    /// Positions of all columns that are compared.
    compared: Vec<(usize, usize)>,
}

/// The rows that differ, in the order of their key.
///
/// `key` names the columns by which a row is known; where it is empty, or a column of it is
/// missing, whole rows are compared. Columns in `ignored` do not count. A table that is missing
/// on one side has no rows there.
pub(crate) fn changes(
    old: Option<&StoredTable>,
    new: Option<&StoredTable>,
    key: &[String],
    ignored: &[&str],
) -> Vec<RowChange> {
    match (old, new) {
        (Some(old), Some(new)) => Match::new(old, new, key, ignored).changes(),
        (Some(old), None) => (0..old.rows()).map(removed).collect(),
        (None, Some(new)) => (0..new.rows()).map(added).collect(),
        (None, None) => Vec::new(),
    }
}

fn added(row: usize) -> RowChange {
    RowChange {
        old: None,
        new: Some(row),
    }
}

fn removed(row: usize) -> RowChange {
    RowChange {
        old: Some(row),
        new: None,
    }
}

impl<'a> Match<'a> {
    fn new(old: &'a StoredTable, new: &'a StoredTable, key: &[String], ignored: &[&str]) -> Self {
        let shared = shared(old, new);
        let places = |name: &String| {
            let found = shared.iter().find(|(known, ..)| known == name);
            found.map(|(_, at, there)| (*at, *there))
        };
        let compared: Vec<(usize, usize)> = shared
            .iter()
            .filter(|(name, ..)| !ignored.contains(name))
            .map(|(_, at, there)| (*at, *there))
            .collect();
        let identity: Option<Vec<_>> = key.iter().map(places).collect();
        let identity = identity.filter(|columns| !columns.is_empty());
        Self {
            old,
            new,
            identity: identity.unwrap_or_else(|| compared.clone()),
            compared,
        }
    }

    fn changes(&self) -> Vec<RowChange> {
        let old = self.ordered(self.old, |(at, _)| at);
        let new = self.ordered(self.new, |(_, there)| there);
        let mut found = Vec::new();
        let (mut o, mut n) = (0, 0);
        while o < old.len() || n < new.len() {
            let (until_old, until_new) = self.group(&old[o..], &new[n..]);
            self.pair(&old[o..o + until_old], &new[n..n + until_new], &mut found);
            (o, n) = (o + until_old, n + until_new);
        }
        found
    }

    /// The rows of one table by identity, then by all columns that are compared.
    fn ordered(&self, table: &StoredTable, side: impl Fn((usize, usize)) -> usize) -> Vec<usize> {
        let columns = self.identity.iter().chain(&self.compared);
        let columns: Vec<usize> = columns.map(|pair| side(*pair)).collect();
        let mut rows: Vec<usize> = (0..table.rows()).collect();
        rows.sort_by(|a, b| {
            let cells = columns
                .iter()
                .map(|column| table.cell(*a, *column).cmp(&table.cell(*b, *column)));
            first_difference(cells)
        });
        rows
    }

    /// How many rows at the beginning of both lists have the smallest identity.
    fn group(&self, old: &[usize], new: &[usize]) -> (usize, usize) {
        let first = match (old.first(), new.first()) {
            (Some(old), Some(new)) => self.order(*old, *new, &self.identity),
            (Some(_), None) => Ordering::Less,
            (None, _) => Ordering::Greater,
        };
        match first {
            Ordering::Less => (1, 0),
            Ordering::Greater => (0, 1),
            Ordering::Equal => {
                let (head, other) = (old[0], new[0]);
                let is_same =
                    |o: usize, n: usize| self.order(o, n, &self.identity) == Ordering::Equal;
                let olds = old.iter().take_while(|row| is_same(**row, other)).count();
                let news = new.iter().take_while(|row| is_same(head, **row)).count();
                (olds, news)
            }
        }
    }

    /// Rows of one identity: equal ones belong together, the others are paired in their order.
    fn pair(&self, old: &[usize], new: &[usize], found: &mut Vec<RowChange>) {
        let (mut olds, mut news) = (Vec::new(), Vec::new());
        let (mut o, mut n) = (0, 0);
        while o < old.len() && n < new.len() {
            match self.order(old[o], new[n], &self.compared) {
                Ordering::Equal => (o, n) = (o + 1, n + 1),
                Ordering::Less => {
                    olds.push(old[o]);
                    o += 1;
                }
                Ordering::Greater => {
                    news.push(new[n]);
                    n += 1;
                }
            }
        }
        olds.extend(&old[o..]);
        news.extend(&new[n..]);
        let both = olds.len().min(news.len());
        found.extend(olds.iter().zip(&news).map(|(old, new)| RowChange {
            old: Some(*old),
            new: Some(*new),
        }));
        found.extend(olds[both..].iter().copied().map(removed));
        found.extend(news[both..].iter().copied().map(added));
    }

    fn order(&self, old: usize, new: usize, columns: &[(usize, usize)]) -> Ordering {
        first_difference(columns.iter().map(|(at, there)| {
            let (old, new) = (self.old.cell(old, *at), self.new.cell(new, *there));
            ValueRef::cmp(&old, &new)
        }))
    }
}

fn first_difference(mut orders: impl Iterator<Item = Ordering>) -> Ordering {
    orders
        .find(|order| *order != Ordering::Equal)
        .unwrap_or(Ordering::Equal)
}
