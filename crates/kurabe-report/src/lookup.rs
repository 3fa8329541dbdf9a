//! The rows of a table by what they belong to.

use kurabe_schema::Record;

/// Rows of one table, found by a text that several of them share.
#[derive(Debug)]
pub(crate) struct Lookup<'a, T> {
    keys: Vec<&'a str>,
    rows: Vec<&'a T>,
}

impl<'a, T: Record> Lookup<'a, T> {
    /// Rows by a text, in published order among themselves.
    pub(crate) fn by(rows: &'a [T], key: impl Fn(&'a T) -> &'a str) -> Self {
        Self::by_some(rows, |row| Some(key(row)))
    }

    /// Rows by a text that not all of them have.
    pub(crate) fn by_some(rows: &'a [T], key: impl Fn(&'a T) -> Option<&'a str>) -> Self {
        let mut found: Vec<(&str, &T)> = rows
            .iter()
            .filter_map(|row| key(row).map(|key| (key, row)))
            .collect();
        found.sort_by(|a, b| a.0.cmp(b.0).then_with(|| a.1.compare(b.1)));
        let (keys, rows) = found.into_iter().unzip();
        Self { keys, rows }
    }

    /// The rows with that text.
    pub(crate) fn get(&self, key: &str) -> &[&'a T] {
        let start = self.keys.partition_point(|known| *known < key);
        let end = self.keys.partition_point(|known| *known <= key);
        self.rows.get(start..end).unwrap_or_default()
    }

    /// Whether there is such a row.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.keys.binary_search(&key).is_ok()
    }
}
