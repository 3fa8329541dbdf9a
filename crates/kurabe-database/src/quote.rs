//! Names and texts as SQL writes them, the same in all three dialects.

use std::fmt::Write;

use kurabe_schema::ValueRef;

/// A name. All are quoted, because some columns have the names of key words.
pub(crate) fn name(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// Names, joined with commas.
pub(crate) fn names<'a>(all: impl IntoIterator<Item = &'a str>) -> String {
    all.into_iter().map(name).collect::<Vec<_>>().join(", ")
}

/// A text.
pub(crate) fn text(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// A value.
pub(crate) fn value(value: ValueRef) -> String {
    match value {
        ValueRef::Null => "NULL".to_owned(),
        ValueRef::Text(words) => text(words),
        ValueRef::Int(number) => number.to_string(),
        ValueRef::Float(number) => format!("{number:?}"),
        ValueRef::Bool(flag) => flag.to_string(),
        ValueRef::Date(date) => format!("DATE '{date}'"),
    }
}

/// Appends a value as a field of the text format of PostgreSQL's COPY.
///
/// No database holds U+0000 in a text; the replacement character stands for it.
pub(crate) fn copied(line: &mut String, value: ValueRef) {
    // Writing to a string cannot fail.
    let _ = match value {
        ValueRef::Null => line.write_str("\\N"),
        ValueRef::Text(words) => {
            words.chars().for_each(|c| match c {
                '\\' => line.push_str("\\\\"),
                '\n' => line.push_str("\\n"),
                '\r' => line.push_str("\\r"),
                '\t' => line.push_str("\\t"),
                '\0' => line.push(char::REPLACEMENT_CHARACTER),
                other => line.push(other),
            });
            Ok(())
        }
        ValueRef::Int(number) => write!(line, "{number}"),
        ValueRef::Float(number) => write!(line, "{number:?}"),
        ValueRef::Bool(flag) => line.write_char(if flag { 't' } else { 'f' }),
        ValueRef::Date(date) => write!(line, "{date}"),
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_are_doubled() {
        assert_eq!(name("a\"b"), "\"a\"\"b\"");
        assert_eq!(text("it's"), "'it''s'");
        assert_eq!(names(["order", "group"]), "\"order\", \"group\"");
    }

    #[test]
    fn fields_of_copy_escape_what_separates_them() {
        let mut line = String::new();
        copied(&mut line, ValueRef::Text("a\tb\\c\nd\re\0"));
        assert_eq!(line, "a\\tb\\\\c\\nd\\re\u{fffd}");
        line.clear();
        copied(&mut line, ValueRef::Null);
        copied(&mut line, ValueRef::Float(1e300));
        copied(&mut line, ValueRef::Float(0.1));
        assert_eq!(line, "\\N1e3000.1");
    }
}
