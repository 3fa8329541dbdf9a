//! Descriptions of tables and columns.

use crate::field::Field;
use crate::value::Value;

/// The type of a column, as it is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ColumnType {
    /// UTF-8 text.
    Text,
    /// Whole number, 32 bits.
    Int32,
    /// Whole number, 64 bits.
    Int64,
    /// Floating point number, 64 bits.
    Float,
    /// Yes or no.
    Bool,
    /// Calendar day.
    Date,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ColumnSpec {
    /// Name, lower snake case.
    pub name: &'static str,
    /// Type of its values.
    pub kind: ColumnType,
    /// Whether a value may be missing.
    pub nullable: bool,
    /// Whether it is part of the table's key.
    pub key: bool,
    /// Meaning, in Japanese.
    pub ja: &'static str,
    /// Meaning, in English.
    pub en: &'static str,
    /// Table and column that its values are found in.
    pub references: Option<(&'static str, &'static str)>,
    /// The only words allowed; empty when the column is free.
    pub values: &'static [&'static str],
}

/// What a table holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TableSpec {
    /// Name of the table and of its files.
    pub name: &'static str,
    /// What a row is, in Japanese.
    pub ja: &'static str,
    /// What a row is, in English.
    pub en: &'static str,
    /// The columns in their published order.
    pub columns: &'static [ColumnSpec],
    /// The key columns in the order by which rows are sorted.
    pub sort_by: &'static [&'static str],
}

impl TableSpec {
    /// The column of that name and its position.
    pub fn column(&self, name: &str) -> Option<(usize, &'static ColumnSpec)> {
        self.columns
            .iter()
            .enumerate()
            .find(|(_, column)| column.name == name)
    }

    /// What in a row is not as this table says: the first column whose value has another type,
    /// or the number of values.
    pub(crate) fn misfit(&self, values: &[Value]) -> Option<String> {
        if values.len() != self.columns.len() {
            return Some(format!("the number of columns, {}", self.columns.len()));
        }
        let wrong = self
            .columns
            .iter()
            .zip(values)
            .find(|(column, value)| !column.accepts(value))?;
        Some(format!("column `{}`", wrong.0.name))
    }
}

impl AsRef<str> for TableSpec {
    /// The table's name.
    fn as_ref(&self) -> &str {
        self.name
    }
}

impl ColumnSpec {
    /// A column for values of the type `T`; it belongs to the key when `keys` names it.
    pub(crate) const fn of<T: Field>(
        name: &'static str,
        keys: &[&str],
        ja: &'static str,
        en: &'static str,
    ) -> Self {
        let key = contains(keys, name);
        let (kind, nullable) = (T::KIND, T::NULLABLE);
        Self {
            name,
            kind,
            nullable,
            key,
            ja,
            en,
            references: None,
            values: &[],
        }
    }

    /// Whether the column may hold this value.
    pub fn accepts(&self, value: &Value) -> bool {
        match (value, self.kind) {
            (Value::Null, _) => self.nullable,
            (Value::Int(number), ColumnType::Int32) => i32::try_from(*number).is_ok(),
            (Value::Text(_), ColumnType::Text)
            | (Value::Int(_), ColumnType::Int64)
            | (Value::Float(_), ColumnType::Float)
            | (Value::Bool(_), ColumnType::Bool)
            | (Value::Date(_), ColumnType::Date) => true,
            (
                Value::Text(_) | Value::Int(_) | Value::Float(_) | Value::Bool(_) | Value::Date(_),
                _,
            ) => false,
        }
    }

    /// The same column, whose values are found in another table.
    pub(crate) const fn refers_to(mut self, table: &'static str, column: &'static str) -> Self {
        self.references = Some((table, column));
        self
    }

    /// The same column with a closed list of words.
    pub(crate) const fn one_of(mut self, values: &'static [&'static str]) -> Self {
        self.values = values;
        self
    }
}

/// `names.contains(name)`, at compile time.
const fn contains(names: &[&str], name: &str) -> bool {
    let mut index = 0;
    while index < names.len() {
        if same(names[index].as_bytes(), name.as_bytes()) {
            return true;
        }
        index += 1;
    }
    false
}

/// `a == b`, at compile time.
const fn same(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let mut index = 0;
    while index < a.len() {
        if a[index] != b[index] {
            return false;
        }
        index += 1;
    }
    true
}
