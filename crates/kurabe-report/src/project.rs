//! Columns of a table under the shorter names of the pages.

use kurabe_schema::{Record, ValueRef};

use crate::json::Json;

/// Names for the pages, each with the column that it stands for.
pub(crate) type Columns = &'static [(&'static str, &'static str)];

/// Some columns of one table.
#[derive(Debug)]
pub(crate) struct Projection {
    columns: Columns,
    positions: Vec<Option<usize>>,
}

impl Projection {
    /// Columns of the table of `T`; a column that the table does not have is empty.
    pub(crate) fn of<T: Record>(columns: Columns) -> Self {
        let position = |(_, name): &(_, &str)| T::SPEC.column(name).map(|(index, _)| index);
        let positions = columns.iter().map(position).collect();
        Self { columns, positions }
    }

    /// The values of a row.
    pub(crate) fn row<'a, T: Record>(&self, record: &'a T) -> Vec<Json<'a>> {
        let cells = record.cells();
        let cell = |position: &Option<usize>| position.and_then(|at| cells.get(at).copied());
        let values = self.positions.iter().map(cell);
        values
            .map(|cell| Json::from(cell.unwrap_or(ValueRef::Null)))
            .collect()
    }

    /// A row as an object, followed by more.
    pub(crate) fn object<'a, T: Record>(
        &self,
        record: &'a T,
        more: impl IntoIterator<Item = (&'a str, Json<'a>)>,
    ) -> Json<'a> {
        let names = self.columns.iter().map(|(name, _)| *name);
        let own = names.zip(self.row(record)).chain(more);
        Json::Object(own.map(|(name, value)| (name.into(), value)).collect())
    }

    /// Rows as a table.
    pub(crate) fn table<'a, T: Record + 'a>(
        &self,
        records: impl IntoIterator<Item = &'a T>,
    ) -> Json<'a> {
        let rows = records.into_iter().map(|record| self.row(record)).collect();
        Json::table(&self.names(), rows)
    }

    /// The names of the columns.
    pub(crate) fn names(&self) -> Vec<&'static str> {
        self.columns.iter().map(|(name, _)| *name).collect()
    }
}

/// Rows as a table with some of their columns.
pub(crate) fn table<'a, T: Record + 'a>(
    columns: Columns,
    records: impl IntoIterator<Item = &'a T>,
) -> Json<'a> {
    Projection::of::<T>(columns).table(records)
}
