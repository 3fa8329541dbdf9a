//! A value of a data file: keys keep the order in which they are given.

use std::borrow::Cow;

use jiff::civil::Date;
use kurabe_schema::ValueRef;
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

/// One JSON value, borrowed from the dataset as far as possible.
#[derive(Debug, Clone)]
pub(crate) enum Json<'a> {
    Null,
    Bool(bool),
    Int(i64),
    Float(f64),
    Text(Cow<'a, str>),
    Date(Date),
    List(Vec<Json<'a>>),
    Object(Vec<(Cow<'a, str>, Json<'a>)>),
}

impl<'a> Json<'a> {
    /// An object of named values.
    pub(crate) fn object<const N: usize>(entries: [(&'a str, Json<'a>); N]) -> Self {
        let named = entries.into_iter().map(|(key, value)| (key.into(), value));
        Json::Object(named.collect())
    }

    /// Rows of equal shape under their names.
    pub(crate) fn table(columns: &[&'a str], rows: Vec<Vec<Json<'a>>>) -> Self {
        let columns = columns.iter().map(|name| Json::from(*name)).collect();
        let rows = rows.into_iter().map(Json::List).collect();
        Json::object([("columns", Json::List(columns)), ("rows", Json::List(rows))])
    }

    /// A list of values.
    pub(crate) fn list<T: Into<Json<'a>>>(items: impl IntoIterator<Item = T>) -> Self {
        Json::List(items.into_iter().map(Into::into).collect())
    }

    /// A count.
    pub(crate) fn count(number: usize) -> Self {
        i64::try_from(number).map_or(Json::Null, Json::Int)
    }
}

impl<'a> From<&'a str> for Json<'a> {
    fn from(text: &'a str) -> Self {
        Json::Text(Cow::Borrowed(text))
    }
}

impl<'a> From<&'a String> for Json<'a> {
    fn from(text: &'a String) -> Self {
        Json::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Json<'_> {
    fn from(text: String) -> Self {
        Json::Text(Cow::Owned(text))
    }
}

impl From<bool> for Json<'_> {
    fn from(flag: bool) -> Self {
        Json::Bool(flag)
    }
}

impl From<i64> for Json<'_> {
    fn from(number: i64) -> Self {
        Json::Int(number)
    }
}

impl<'a, T: Into<Json<'a>>> From<Option<T>> for Json<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Json::Null, Into::into)
    }
}

impl<'a> From<ValueRef<'a>> for Json<'a> {
    fn from(value: ValueRef<'a>) -> Self {
        match value {
            ValueRef::Null => Json::Null,
            ValueRef::Text(text) => Json::from(text),
            ValueRef::Int(number) => Json::Int(number),
            ValueRef::Float(number) => Json::Float(number),
            ValueRef::Bool(flag) => Json::Bool(flag),
            ValueRef::Date(date) => Json::Date(date),
        }
    }
}

impl Serialize for Json<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Json::Null => serializer.serialize_unit(),
            Json::Bool(flag) => serializer.serialize_bool(*flag),
            Json::Int(number) => serializer.serialize_i64(*number),
            Json::Float(number) => serializer.serialize_f64(*number),
            Json::Text(text) => serializer.serialize_str(text),
            Json::Date(date) => serializer.collect_str(date),
            Json::List(items) => {
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                for item in items {
                    list.serialize_element(item)?;
                }
                list.end()
            }
            Json::Object(entries) => {
                let mut object = serializer.serialize_map(Some(entries.len()))?;
                for (key, value) in entries {
                    object.serialize_entry(key, value)?;
                }
                object.end()
            }
        }
    }
}
