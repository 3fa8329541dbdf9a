//! Records: one typed struct per table.

use std::cmp::Ordering;

use crate::spec::TableSpec;
use crate::value::{Value, ValueRef};

/// A row of one table.
pub trait Record: Sized {
    /// The description of its table.
    const SPEC: &'static TableSpec;

    /// The description of its table.
    fn spec() -> &'static TableSpec {
        Self::SPEC
    }

    /// Its values in the order of the columns.
    fn values(self) -> Vec<Value>;

    /// Its values in the order of the columns, borrowed.
    fn cells(&self) -> Vec<ValueRef<'_>>;

    /// Back from values in the order of the columns; `None` when their number or a type differs.
    fn from_values(values: Vec<Value>) -> Option<Self>;

    /// The order of the published table: key columns first, then all columns.
    fn compare(&self, other: &Self) -> Ordering;
}

/// Declares a table: its record struct and its [`TableSpec`].
///
/// After the name come the key columns in sorting order and the meaning in Japanese and English;
/// then one line per column, with `refers_to(table, column)` or `one_of(words)` where it applies.
macro_rules! record {
    (
        $record:ident in $table:ident by [$($key:ident),+] = $ja:literal, $en:literal;
        $(
            $column:ident: $type:ty = $column_ja:literal, $column_en:literal
            $(, $option:ident($($argument:expr),*))*;
        )+
    ) => {
        #[doc = $en]
        #[derive(Debug, Clone, PartialEq, Default)]
        pub struct $record {
            $(#[doc = $column_en] pub $column: $type,)+
        }

        impl $crate::Record for $record {
            const SPEC: &'static $crate::TableSpec = {
                const KEYS: &[&str] = &[$(stringify!($key)),+];
                &$crate::TableSpec {
                    name: stringify!($table),
                    ja: $ja,
                    en: $en,
                    columns: &[$(
                        $crate::ColumnSpec::of::<$type>(
                            stringify!($column), KEYS, $column_ja, $column_en,
                        )$(.$option($($argument),*))*
                    ),+],
                    sort_by: KEYS,
                }
            };

            fn values(self) -> Vec<$crate::Value> {
                vec![$($crate::Field::into_value(self.$column)),+]
            }

            fn cells(&self) -> Vec<$crate::ValueRef<'_>> {
                vec![$($crate::Field::view(&self.$column)),+]
            }

            fn from_values(values: Vec<$crate::Value>) -> Option<Self> {
                let mut values = values.into_iter();
                let record = Self {
                    $($column: $crate::Field::from_value(values.next()?)?,)+
                };
                values.next().is_none().then_some(record)
            }

            fn compare(&self, other: &Self) -> std::cmp::Ordering {
                use $crate::Field;
                std::cmp::Ordering::Equal
                    $(.then_with(|| self.$key.view().cmp(&other.$key.view())))+
                    $(.then_with(|| self.$column.view().cmp(&other.$column.view())))+
            }
        }
    };
}
