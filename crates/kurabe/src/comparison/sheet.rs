//! A table to show: for a terminal, as CSV, JSON or Markdown.

use std::borrow::Cow;

use comfy_table::{ContentArrangement, Table, presets};
use serde_json::{Map, Value};

/// Width of the table where the terminal does not tell its own, in columns.
const WIDTH: u16 = 100;

/// The forms in which a sheet is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Form {
    /// A table that fits the terminal.
    #[default]
    Table,
    /// Comma-separated values.
    Csv,
    /// JSON for programs.
    Json,
    /// A Markdown table.
    Markdown,
}

impl Form {
    /// The words for them on the command line.
    pub const NAMES: [(&'static str, Self); 4] = [
        ("table", Self::Table),
        ("csv", Self::Csv),
        ("json", Self::Json),
        ("md", Self::Markdown),
    ];

    /// The form of that name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        let found = Self::NAMES.iter().find(|(known, _)| *known == name);
        found.map(|(_, form)| *form)
    }
}

/// What a person reads and what a program reads of one value.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Cell {
    /// For people.
    pub text: String,
    /// For programs.
    pub value: Value,
}

impl Cell {
    /// Text for both.
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        let value = Value::from(text.clone());
        Self { text, value }
    }

    /// Nothing: a dash for people, null for programs.
    #[must_use]
    pub fn none() -> Self {
        Self {
            text: "–".to_owned(),
            value: Value::Null,
        }
    }

    /// Whether it is nothing for people and programs.
    fn is_none(&self) -> bool {
        *self == Self::none()
    }

    /// A number with the text that people read.
    pub fn number(value: impl Into<Value>, text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            value: value.into(),
        }
    }

    /// A whole number.
    #[must_use]
    pub fn count(count: i64) -> Self {
        Self::number(count, count.to_string())
    }

    /// What `show` makes of a value, or nothing.
    pub fn maybe<T>(value: Option<T>, show: impl FnOnce(T) -> Self) -> Self {
        value.map_or_else(Self::none, show)
    }
}

/// A table with a title and remarks below.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sheet {
    /// What it shows.
    pub title: String,
    /// Keys (for programs) and headings (for people) of the columns.
    pub columns: Vec<(String, String)>,
    /// The rows.
    pub rows: Vec<Vec<Cell>>,
    /// Keys of columns that only programs are given.
    pub hidden: Vec<&'static str>,
    /// What a reader should mind.
    pub notes: Vec<String>,
}

impl Sheet {
    /// The sheet in one form; a table is as wide as the terminal.
    #[must_use]
    pub fn shown(&self, form: Form) -> String {
        match form {
            Form::Table => self.table(terminal_width()),
            Form::Csv => self.csv(),
            Form::Json => self.json(),
            Form::Markdown => self.markdown(),
        }
    }

    /// The table in at most that many columns of a terminal, full-width characters taking two.
    #[must_use]
    pub fn table(&self, width: u16) -> String {
        let mut table = Table::new();
        table
            .load_style(presets::UTF8_FULL_CONDENSED)
            .set_content_arrangement(ContentArrangement::Dynamic)
            .set_width(width);
        let shown = self.for_people();
        table.set_header(shown.iter().map(|at| &self.columns[*at].1));
        for row in &self.rows {
            table.add_row(texts(row, &shown));
        }
        let mut text = format!("{}\n{table}\n", self.title);
        for note in &self.notes {
            text.push_str(&format!("※ {note}\n"));
        }
        text
    }

    /// Columns that people see: those that are not hidden and not empty in every row.
    fn for_people(&self) -> Vec<usize> {
        let is_filled = |at: usize| {
            let mut cells = self.rows.iter().filter_map(|row| row.get(at));
            self.rows.is_empty() || cells.any(|cell| !cell.is_none())
        };
        (0..self.columns.len())
            .filter(|at| !self.hidden.contains(&&*self.columns[*at].0) && is_filled(*at))
            .collect()
    }

    fn csv(&self) -> String {
        let mut writer = csv::WriterBuilder::new()
            .terminator(csv::Terminator::CRLF)
            .from_writer(Vec::new());
        let headings = self.columns.iter().map(|(_, heading)| heading.clone());
        let rows = self.rows.iter().map(|row| row.iter().map(plain).collect());
        for row in std::iter::once(headings.collect()).chain(rows) {
            let row: Vec<String> = row;
            // Writing to memory does not fail.
            let _ = writer.write_record(row.iter().map(|cell| safe(cell)));
        }
        let bytes = writer.into_inner().unwrap_or_default();
        String::from_utf8(bytes).unwrap_or_default()
    }

    fn json(&self) -> String {
        let rows: Vec<Value> = self
            .rows
            .iter()
            .map(|row| {
                let named = self.columns.iter().zip(row);
                let fields: Map<String, Value> = named
                    .map(|((key, _), cell)| (key.clone(), cell.value.clone()))
                    .collect();
                Value::Object(fields)
            })
            .collect();
        let sheet = serde_json::json!({ "title": self.title, "rows": rows, "notes": self.notes });
        format!("{sheet:#}\n")
    }

    fn markdown(&self) -> String {
        let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
        let escaped = |text: &str| text.replace('|', "\\|").replace(['\r', '\n'], "<br>");
        let mut text = format!("## {}\n\n", self.title);
        let shown = self.for_people();
        text += &line(
            shown
                .iter()
                .map(|at| escaped(&self.columns[*at].1))
                .collect(),
        );
        text += &line(shown.iter().map(|_| "---".to_owned()).collect());
        for row in &self.rows {
            text += &line(texts(row, &shown).map(escaped).collect());
        }
        for note in &self.notes {
            text += &format!("\n{note}\n");
        }
        text
    }
}

/// The texts of some columns of a row.
fn texts<'r>(row: &'r [Cell], shown: &'r [usize]) -> impl Iterator<Item = &'r str> {
    shown
        .iter()
        .map(|at| row.get(*at).map_or("", |cell| &*cell.text))
}

/// A value as CSV: as programs read it, empty for none.
fn plain(cell: &Cell) -> String {
    match &cell.value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Text that a spreadsheet does not run; numbers stay.
fn safe(text: &str) -> String {
    match text.parse::<f64>() {
        Ok(_) => text.to_owned(),
        Err(_) => kurabe_export::neutralize(Cow::Borrowed(text)).into_owned(),
    }
}

fn terminal_width() -> u16 {
    terminal_size::terminal_size().map_or(WIDTH, |(width, _)| width.0.max(40))
}
