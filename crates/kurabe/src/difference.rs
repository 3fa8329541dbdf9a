//! What differs between two datasets, in the forms of `kurabe diff`.

use std::borrow::Cow;

use kurabe_changes::{
    CellChange, Changes, RowChange, Section, Sentence, ShapeChange, Story, TableChange, Version,
};
use kurabe_schema::ValueRef;
use serde_json::{Map, Value, json};

use crate::text::{Lang, difference as words};

/// Lines of one topic that people are shown.
const LINES: usize = 100;

/// The versions of both datasets, where they are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Versions {
    /// That of the old one.
    pub old: Option<Version>,
    /// That of the new one.
    pub new: Option<Version>,
}

/// The differences for people: sentences and counts, or, with `rows`, each row that differs.
#[must_use]
pub fn told(
    changes: &Changes,
    story: &Story,
    versions: Versions,
    lang: Lang,
    is_markdown: bool,
    rows: bool,
) -> String {
    let shown = match lang {
        Lang::Ja => kurabe_changes::Lang::Ja,
        Lang::En => kurabe_changes::Lang::En,
    };
    let mut text = String::new();
    if let (Some(old), Some(new)) = (versions.old, versions.new) {
        text += &format!("{}\n", words::diff_versions(lang, old, new));
    }
    let Some(level) = changes.level() else {
        return format!("{text}{}\n", words::diff_none(lang));
    };
    let meaning = kurabe_changes::meaning(level, shown);
    text += &format!("{}\n\n", words::diff_level(lang, level.name(), meaning));
    let silent = Story::default();
    let told = if rows { &silent } else { story };
    let mut sections = kurabe_changes::sections(changes, told, shown, LINES);
    if rows {
        sections.extend(changes.tables.iter().map(|table| listed(table, lang)));
    }
    let counts = kurabe_changes::counts(changes, shown);
    text += &if is_markdown {
        kurabe_changes::markdown(&sections, &counts, shown, "##")
    } else {
        kurabe_changes::text(&sections, &counts, shown)
    };
    text
}

/// Each row of a table that differs.
fn listed(table: &TableChange, lang: Lang) -> Section {
    let lines = table.rows.iter().map(|change| row(table, *change, lang));
    Section {
        title: table.name.clone(),
        lines: lines.collect(),
    }
}

fn row(table: &TableChange, change: RowChange, lang: Lang) -> String {
    let key = key_text(table, change);
    let cells = table.cells(change);
    let is_new = |cell: &&CellChange<'_>| !table.key.iter().any(|name| name == cell.column);
    let said = cells.iter().filter(is_new).map(|cell| match change {
        RowChange {
            old: Some(_),
            new: Some(_),
        } => words::cell_changed(
            lang,
            cell.column,
            shown(cell.old, lang),
            shown(cell.new, lang),
        ),
        RowChange { new: None, .. } => format!("{}={}", cell.column, shown(cell.old, lang)),
        RowChange { .. } => format!("{}={}", cell.column, shown(cell.new, lang)),
    });
    let said: Vec<String> = said.collect();
    let line = match (key.is_empty(), said.is_empty()) {
        (true, _) => said.join(", "),
        (false, true) => key,
        (false, false) => format!("{key}  {}", said.join(", ")),
    };
    match (change.old, change.new) {
        (None, _) => words::row_added(lang, line),
        (_, None) => words::row_removed(lang, line),
        (Some(_), Some(_)) => words::row_changed(lang, line),
    }
}

/// The key of a row as `kurabe explain` takes it.
fn key_text(table: &TableChange, change: RowChange) -> String {
    let parts = table.key_of(change).into_iter();
    let parts: Vec<String> = parts.map(|(_, value)| plain(value)).collect();
    parts.join("/")
}

fn shown(value: ValueRef<'_>, lang: Lang) -> String {
    match value {
        ValueRef::Null => words::cell_empty(lang),
        value => plain(value)
            .replace(['\r', '\n'], " ")
            .replace(char::is_control, ""),
    }
}

fn plain(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Null => String::new(),
        ValueRef::Text(text) => text.to_owned(),
        ValueRef::Int(number) => number.to_string(),
        ValueRef::Float(number) => number.to_string(),
        ValueRef::Bool(flag) => flag.to_string(),
        ValueRef::Date(date) => date.to_string(),
    }
}

/// One line for each value that differs: table, key, what became of the row, column, old, new.
#[must_use]
pub fn csv(changes: &Changes) -> String {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    let mut write = |record: [&str; 6]| {
        let safe = record.map(|cell| match cell.parse::<f64>() {
            Ok(_) => Cow::Borrowed(cell),
            Err(_) => kurabe_export::neutralize(Cow::Borrowed(cell)),
        });
        // Writing to memory does not fail.
        let _ = writer.write_record(safe.iter().map(|cell| cell.as_bytes()));
    };
    write(["table", "key", "change", "column", "old", "new"]);
    for table in &changes.tables {
        for change in &table.shape {
            let (kind, column, old, new) = shape(change);
            write([&table.name, "", kind, column, &old, &new]);
        }
        for change in &table.rows {
            let key = key_text(table, *change);
            for cell in table.cells(*change) {
                let (old, new) = (plain(cell.old), plain(cell.new));
                write([&table.name, &key, kind(*change), cell.column, &old, &new]);
            }
        }
    }
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

/// What became of a row.
fn kind(change: RowChange) -> &'static str {
    match (change.old, change.new) {
        (None, _) => "added",
        (_, None) => "removed",
        (Some(_), Some(_)) => "changed",
    }
}

/// A change of columns as words: what, which column, old and new.
fn shape(change: &ShapeChange) -> (&'static str, &str, String, String) {
    let none = String::new;
    match change {
        ShapeChange::Added(column) => ("column_added", column, none(), none()),
        ShapeChange::Removed(column) => ("column_removed", column, none(), none()),
        ShapeChange::Retyped { column, old, new } => (
            "column_type",
            column,
            format!("{old:?}"),
            format!("{new:?}"),
        ),
        ShapeChange::MayBeEmpty(column) => {
            ("column_nullable", column, "false".into(), "true".into())
        }
        ShapeChange::NeverEmpty(column) => {
            ("column_nullable", column, "true".into(), "false".into())
        }
        ShapeChange::Rekeyed { old, new } => ("key", "", old.join(","), new.join(",")),
    }
}

/// Everything for programs.
#[must_use]
pub fn json(changes: &Changes, story: &Story, versions: Versions) -> String {
    let sentences: Map<String, Value> = story
        .topics()
        .into_iter()
        .map(|(topic, said)| (topic.to_owned(), said.iter().map(sentence).collect()))
        .collect();
    let all = json!({
        "old_version": versions.old.map(|version| version.to_string()),
        "new_version": versions.new.map(|version| version.to_string()),
        "level": changes.level().map(kurabe_changes::Level::name),
        "sentences": sentences,
        "tables": changes.tables.iter().map(table).collect::<Vec<_>>(),
    });
    format!("{all:#}\n")
}

fn sentence(said: &Sentence) -> Value {
    json!({ "id": said.id, "column": said.column, "ja": said.ja, "en": said.en })
}

fn table(table: &TableChange) -> Value {
    let columns = table.shape.iter().map(|change| {
        let (kind, column, old, new) = shape(change);
        json!({ "change": kind, "column": column, "old": old, "new": new })
    });
    let rows = table.rows.iter().map(|change| {
        let key = table.key_of(*change).into_iter();
        let key: Map<String, Value> = key.map(|(name, v)| (name.to_owned(), value(v))).collect();
        let cells = table.cells(*change).into_iter();
        let cells: Map<String, Value> = cells
            .map(|cell| {
                let both = json!({ "old": value(cell.old), "new": value(cell.new) });
                (cell.column.to_owned(), both)
            })
            .collect();
        json!({ "change": kind(*change), "key": key, "cells": cells })
    });
    let [added, removed, changed] = table.counts();
    let whole = match (&table.old, &table.new) {
        (None, _) => "added",
        (_, None) => "removed",
        (Some(_), Some(_)) => "changed",
    };
    json!({
        "table": table.name,
        "change": whole,
        "level": table.level().name(),
        "added": added,
        "removed": removed,
        "changed": changed,
        "columns": columns.collect::<Vec<_>>(),
        "rows": rows.collect::<Vec<_>>(),
    })
}

fn value(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Null => Value::Null,
        ValueRef::Text(text) => Value::from(text),
        ValueRef::Int(number) => Value::from(number),
        ValueRef::Float(number) => Value::from(number),
        ValueRef::Bool(flag) => Value::from(flag),
        ValueRef::Date(date) => Value::from(date.to_string()),
    }
}
