//! The generated part of the documentation: `docs/reference/*.md` say what the code says.
//!
//! `KURABE_BLESS=1 cargo test -p kurabe-normalize --test reference` writes the files anew.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test that meets something unexpected fails; the files it writes are documentation"
)]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use kurabe_schema::{ColumnSpec, ColumnType, Dataset, TableSpec};
use kurabe_trace::{Code, Severity};

const NOTE: &str =
    "<!-- Generated: KURABE_BLESS=1 cargo test -p kurabe-normalize --test reference -->\n";

fn file(name: &str) -> PathBuf {
    let home = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2);
    home.unwrap().join("docs/reference").join(name)
}

/// Compares a file with what it should be, or writes it.
fn settle(name: &str, wanted: &str) {
    let path = file(name);
    if std::env::var_os("KURABE_BLESS").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, wanted).unwrap();
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    let line = found.lines().zip(wanted.lines()).position(|(a, b)| a != b);
    assert!(
        found == wanted,
        "docs/reference/{name} is not current (line {:?}); write it anew with KURABE_BLESS=1",
        line.map(|line| line + 1)
    );
}

/// Text that may stand in a cell of a Markdown table.
fn cell(text: &str) -> String {
    text.trim().replace('|', "\\|").replace('\n', " ")
}

fn type_name(kind: ColumnType) -> &'static str {
    match kind {
        ColumnType::Text => "string",
        ColumnType::Int32 => "int32",
        ColumnType::Int64 => "int64",
        ColumnType::Float => "float64",
        ColumnType::Bool => "bool",
        ColumnType::Date => "date",
    }
}

/// Key and reference of a column, and that its words are listed below the table.
fn remarks(column: &ColumnSpec) -> String {
    let mut remarks = Vec::new();
    if column.key {
        remarks.push("key".to_owned());
    }
    if let Some((table, referred)) = column.references {
        remarks.push(format!("→ `{table}.{referred}`"));
    }
    if !column.values.is_empty() {
        remarks.push("closed list".to_owned());
    }
    remarks.join("; ")
}

fn table(spec: &TableSpec) -> String {
    let mut text = format!("\n## {}\n\n{}\n\n{}\n\n", spec.name, spec.ja, spec.en);
    writeln!(
        text,
        "Primary key, by which rows are sorted: `{}`.\n",
        spec.sort_by.join("`, `")
    )
    .unwrap();
    text.push_str("| column | type | null | | 日本語 | English |\n|---|---|---|---|---|---|\n");
    for column in spec.columns {
        writeln!(
            text,
            "| {} | {} | {} | {} | {} | {} |",
            column.name,
            type_name(column.kind),
            if column.nullable { "yes" } else { "" },
            remarks(column),
            cell(column.ja),
            cell(column.en),
        )
        .unwrap();
    }
    text.push_str(&foreign_keys(spec));
    text.push_str(&closed_lists(spec));
    text
}

/// Where the values of a table are found, and where its own are used.
fn foreign_keys(spec: &TableSpec) -> String {
    let mut lines = Vec::new();
    for column in spec.columns {
        if let Some((table, referred)) = column.references {
            let empty = if column.nullable { ", or null" } else { "" };
            lines.push(format!("- `{}` → `{table}.{referred}`{empty}", column.name));
        }
    }
    let referring = Dataset::specs().iter().flat_map(|other| {
        let columns = other.columns.iter();
        let own = columns.filter(|c| c.references.is_some_and(|(table, _)| table == spec.name));
        own.map(|column| format!("`{}.{}`", other.name, column.name))
    });
    let referring: Vec<String> = referring.collect();
    if !referring.is_empty() {
        lines.push(format!("- referred to by {}", referring.join(", ")));
    }
    if lines.is_empty() {
        return String::new();
    }
    format!("\nForeign keys:\n\n{}\n", lines.join("\n"))
}

/// The words of closed lists with their labels.
fn closed_lists(spec: &TableSpec) -> String {
    let mut text = String::new();
    for column in spec.columns.iter().filter(|c| !c.values.is_empty()) {
        if text.is_empty() {
            text.push_str("\n| closed list | word | 日本語 | English |\n|---|---|---|---|\n");
        }
        for word in column.values {
            let label = column.label(word).unwrap();
            let (ja, en) = (cell(label.ja), cell(label.en));
            writeln!(text, "| {} | `{word}` | {ja} | {en} |", column.name).unwrap();
        }
    }
    text
}

#[test]
fn the_tables_are_current() {
    let specs = Dataset::specs();
    let mut text = format!(
        "{NOTE}\n# Data dictionary\n\nThe {} tables of the published dataset, as `out/parquet/<table>.parquet` \
         and `out/csv/<table>.csv`.\nThe columns stand in published order. A column is never empty \
         unless `null` says yes. `out/datapackage.json` says the same\nfor programs \
         ([guides/data-package.md](../guides/data-package.md)).\n",
        specs.len()
    );
    for spec in specs {
        text.push_str(&table(spec));
    }
    settle("tables.md", &text);
}

#[test]
fn the_findings_are_current() {
    let mut text = format!(
        "{NOTE}\n# Findings\n\nThe {} codes of the table `findings`. The severity follows from the \
         code. A finding of severity\n`error` makes `run`, `ingest`, `normalize`, `export` and `check` \
         end with exit code 1.\n",
        Code::ALL.len()
    );
    for severity in [Severity::Error, Severity::Warning, Severity::Info] {
        write!(
            text,
            "\n## {}\n\n| code | meaning | 意味 |\n|---|---|---|\n",
            severity.as_str()
        )
        .unwrap();
        for code in Code::ALL.iter().filter(|c| c.severity() == severity) {
            let (en, ja) = (cell(code.meaning()), cell(code.meaning_ja()));
            writeln!(text, "| `{}` | {en} | {ja} |", code.as_str()).unwrap();
        }
    }
    settle("findings.md", &text);
}

/// Keys of profiles and words that stand for roles, as `profile.rs` and `profile/region.rs` declare them.
fn profile_words(source: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut renamed = None;
    for line in source.lines().map(str::trim) {
        if let Some((_, name)) = line.split_once("rename = \"") {
            renamed = name.split('"').next().map(str::to_owned);
        } else if let Some((name, _)) = field(line) {
            words.push(renamed.take().unwrap_or_else(|| name.to_owned()));
        } else if let Some(variant) = line.strip_suffix(',').filter(|v| is_variant(v)) {
            words.push(snake_case(variant));
        }
    }
    words
}

/// Name and type of a field.
fn field(line: &str) -> Option<(&str, &str)> {
    let (name, kind) = line.strip_prefix("pub ")?.split_once(": ")?;
    let is_name = name.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    is_name.then_some((name, kind))
}

fn is_variant(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_uppercase())
        && text.chars().all(|c| c.is_ascii_alphabetic())
}

fn snake_case(name: &str) -> String {
    let mut word = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() && !word.is_empty() {
            word.push('_');
        }
        word.push(c.to_ascii_lowercase());
    }
    word
}

#[test]
fn the_guide_names_every_key() {
    let home = Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .nth(2)
        .unwrap();
    let sources = ["profile.rs", "profile/region.rs"];
    let folder = home.join("crates/kurabe-layout/src");
    let read = |name: &&str| profile_words(&fs::read_to_string(folder.join(name)).unwrap());
    let words: Vec<String> = sources.iter().flat_map(read).collect();
    assert!(words.len() > 100, "only {words:?}");
    let guide = fs::read_to_string(home.join("docs/guides/add-a-municipality.md")).unwrap();
    let is_named =
        |w: &&String| guide.contains(&format!("`{w}`")) || guide.contains(&format!(".{w}`"));
    let heads = [
        "municipality",
        "document",
        "source",
        "recognise",
        "words",
        "region",
    ];
    let missing: Vec<&String> = words
        .iter()
        .filter(|w| !is_named(w) && !heads.contains(&w.as_str()))
        .collect();
    assert!(
        missing.is_empty(),
        "docs/guides/add-a-municipality.md lacks {missing:?}"
    );
}
