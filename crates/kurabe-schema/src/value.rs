//! One value of a table, of any column type.

use std::cmp::Ordering;

use jiff::civil::Date;

/// One value, owned.
#[derive(Debug, Clone, Default)]
pub enum Value {
    /// Not stated, not read or not applicable.
    #[default]
    Null,
    /// Text, Unicode NFC.
    Text(String),
    /// A whole number; columns of 32 bits use it too.
    Int(i64),
    /// A number with a fraction.
    Float(f64),
    /// Yes or no.
    Bool(bool),
    /// A calendar day.
    Date(Date),
}

/// One value, borrowed from its record.
#[derive(Debug, Clone, Copy)]
pub enum ValueRef<'a> {
    /// Not stated, not read or not applicable.
    Null,
    /// Text, Unicode NFC.
    Text(&'a str),
    /// A whole number; columns of 32 bits use it too.
    Int(i64),
    /// A number with a fraction.
    Float(f64),
    /// Yes or no.
    Bool(bool),
    /// A calendar day.
    Date(Date),
}

impl Value {
    /// The same value, borrowed.
    pub fn view(&self) -> ValueRef<'_> {
        match self {
            Value::Null => ValueRef::Null,
            Value::Text(text) => ValueRef::Text(text),
            Value::Int(number) => ValueRef::Int(*number),
            Value::Float(number) => ValueRef::Float(*number),
            Value::Bool(flag) => ValueRef::Bool(*flag),
            Value::Date(date) => ValueRef::Date(*date),
        }
    }

    /// Whether nothing is stated.
    pub fn is_null(&self) -> bool {
        matches!(self, Value::Null)
    }
}

impl ValueRef<'_> {
    /// Values of different types have a fixed order too, so that sorting is total.
    fn rank(self) -> u8 {
        match self {
            ValueRef::Null => 0,
            ValueRef::Bool(_) => 1,
            ValueRef::Int(_) => 2,
            ValueRef::Float(_) => 3,
            ValueRef::Date(_) => 4,
            ValueRef::Text(_) => 5,
        }
    }
}

impl From<ValueRef<'_>> for Value {
    fn from(value: ValueRef<'_>) -> Self {
        match value {
            ValueRef::Null => Value::Null,
            ValueRef::Text(text) => Value::Text(text.to_owned()),
            ValueRef::Int(number) => Value::Int(number),
            ValueRef::Float(number) => Value::Float(number),
            ValueRef::Bool(flag) => Value::Bool(flag),
            ValueRef::Date(date) => Value::Date(date),
        }
    }
}

impl Ord for ValueRef<'_> {
    /// Null first; floats by [`f64::total_cmp`]; text by code points.
    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (ValueRef::Text(a), ValueRef::Text(b)) => a.cmp(b),
            (ValueRef::Int(a), ValueRef::Int(b)) => a.cmp(b),
            (ValueRef::Float(a), ValueRef::Float(b)) => a.total_cmp(b),
            (ValueRef::Bool(a), ValueRef::Bool(b)) => a.cmp(b),
            (ValueRef::Date(a), ValueRef::Date(b)) => a.cmp(b),
            (a, b) => a.rank().cmp(&b.rank()),
        }
    }
}

impl PartialOrd for ValueRef<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for ValueRef<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for ValueRef<'_> {}

impl Ord for Value {
    /// The order of [`ValueRef`].
    fn cmp(&self, other: &Self) -> Ordering {
        self.view().cmp(&other.view())
    }
}

impl PartialOrd for Value {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Value {
    fn eq(&self, other: &Self) -> bool {
        self.view() == other.view()
    }
}

impl Eq for Value {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_is_total_and_null_comes_first() {
        let mut values = [
            Value::Text("b".into()),
            Value::Float(f64::NAN),
            Value::Float(-1.5),
            Value::Int(7),
            Value::Text("a".into()),
            Value::Null,
            Value::Bool(false),
            Value::Date(jiff::civil::date(2024, 4, 1)),
        ];
        values.sort();
        assert!(values[0].is_null());
        assert_eq!(values[1], Value::Bool(false));
        assert_eq!(values[3], Value::Float(-1.5));
        assert_eq!(values[4], Value::Float(f64::NAN));
        assert_eq!(values[7], Value::Text("b".into()));
    }

    #[test]
    fn views_come_back_as_the_same_values() {
        for value in [
            Value::Null,
            Value::Text("安来市".into()),
            Value::Int(-3),
            Value::Bool(true),
        ] {
            assert_eq!(Value::from(value.view()), value);
        }
    }
}
