//! The Rust types a column may have, and their way to [`Value`] and back.

use jiff::civil::Date;

use crate::spec::ColumnType;
use crate::value::{Value, ValueRef};

/// A type that a record's field may have.
pub trait Field: Sized {
    /// The column type that holds it.
    const KIND: ColumnType;
    /// Whether it can be absent.
    const NULLABLE: bool;
    /// The value as a borrowed cell.
    fn view(&self) -> ValueRef<'_>;
    /// The value as an owned cell.
    fn into_value(self) -> Value;
    /// Back from a cell; `None` when the cell holds something of another type or out of range.
    fn from_value(value: Value) -> Option<Self>;
}

/// Implements [`Field`] for a type that is held as one variant of [`Value`].
macro_rules! field {
    ($type:ty, $kind:ident, $variant:ident, $view:expr, $into:expr, $from:expr) => {
        impl Field for $type {
            const KIND: ColumnType = ColumnType::$kind;
            const NULLABLE: bool = false;
            fn view(&self) -> ValueRef<'_> {
                ValueRef::$variant($view(self))
            }
            fn into_value(self) -> Value {
                Value::$variant($into(self))
            }
            fn from_value(value: Value) -> Option<Self> {
                match value {
                    Value::$variant(inner) => $from(inner),
                    _ => None,
                }
            }
        }
    };
}

field!(
    String,
    Text,
    Text,
    String::as_str,
    std::convert::identity,
    Some
);
field!(
    i32,
    Int32,
    Int,
    |n: &i32| i64::from(*n),
    i64::from,
    |n: i64| n.try_into().ok()
);
field!(i64, Int64, Int, |n: &i64| *n, std::convert::identity, Some);
field!(
    f64,
    Float,
    Float,
    |n: &f64| *n,
    std::convert::identity,
    Some
);
field!(
    bool,
    Bool,
    Bool,
    |flag: &bool| *flag,
    std::convert::identity,
    Some
);
field!(
    Date,
    Date,
    Date,
    |date: &Date| *date,
    std::convert::identity,
    Some
);

impl<T: Field> Field for Option<T> {
    const KIND: ColumnType = T::KIND;
    const NULLABLE: bool = true;
    fn view(&self) -> ValueRef<'_> {
        self.as_ref().map_or(ValueRef::Null, Field::view)
    }
    fn into_value(self) -> Value {
        self.map_or(Value::Null, Field::into_value)
    }
    fn from_value(value: Value) -> Option<Self> {
        if value.is_null() {
            Some(None)
        } else {
            T::from_value(value).map(Some)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absent_and_wrong_are_different() {
        assert_eq!(Option::<i32>::from_value(Value::Null), Some(None));
        assert_eq!(Option::<i32>::from_value(Value::Text("1".into())), None);
        assert_eq!(i32::from_value(Value::Null), None);
    }

    #[test]
    fn an_int32_column_refuses_what_does_not_fit() {
        assert_eq!(i32::from_value(Value::Int(i64::from(i32::MAX) + 1)), None);
        assert_eq!(i64::from_value(Value::Int(i64::MAX)), Some(i64::MAX));
    }
}
