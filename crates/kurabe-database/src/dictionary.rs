//! Tables that describe the others: what they hold, what the words of closed lists are called,
//! and which dataset it is.

use kurabe_schema::{ColumnSpec, ColumnType, Dataset, TableSpec, TableView, ValueRef};

use crate::{Load, View, views};

const fn column(
    name: &'static str,
    kind: ColumnType,
    key: bool,
    ja: &'static str,
    en: &'static str,
) -> ColumnSpec {
    ColumnSpec {
        name,
        kind,
        nullable: false,
        key,
        ja,
        en,
        references: None,
        values: &[],
    }
}

const fn optional(mut column: ColumnSpec) -> ColumnSpec {
    column.nullable = true;
    column
}

use ColumnType::{Bool, Int32, Text};

/// What the words of closed lists are called.
const LABELS: &TableSpec = &TableSpec {
    name: "labels",
    ja: "決まった語の名称。1行が1列の1語。",
    en: "What the words of a closed list are called.",
    columns: &[
        column("table_name", Text, true, "表", "Table"),
        column("column_name", Text, true, "列", "Column"),
        column("word", Text, true, "値", "Word as it stands in the column"),
        column(
            "position",
            Int32,
            false,
            "一覧の中の順番",
            "Order in the list",
        ),
        column("ja", Text, false, "日本語の名称", "Label in Japanese"),
        column("en", Text, false, "英語の名称", "Label in English"),
    ],
    sort_by: &["table_name", "column_name", "word"],
};

/// The tables and views.
const TABLES: &TableSpec = &TableSpec {
    name: "kurabe_tables",
    ja: "表とビューの説明。1行が1つの表またはビュー。",
    en: "What the tables and views hold.",
    columns: &[
        column("table_name", Text, true, "表またはビュー", "Table or view"),
        column("is_view", Bool, false, "ビューか", "Whether it is a view"),
        column("ja", Text, false, "説明(日本語)", "Meaning in Japanese"),
        column("en", Text, false, "説明(英語)", "Meaning in English"),
    ],
    sort_by: &["table_name"],
};

/// Their columns.
pub(crate) const COLUMNS: &TableSpec = &TableSpec {
    name: "kurabe_columns",
    ja: "列の説明。1行が1列。",
    en: "What the columns hold.",
    columns: &[
        column("table_name", Text, true, "表またはビュー", "Table or view"),
        column("column_name", Text, true, "列", "Column"),
        column("position", Int32, false, "順番", "Order"),
        optional(column(
            "type",
            Text,
            false,
            "型(ビューでは空)",
            "Type; null for views",
        )),
        optional(column(
            "reference_table",
            Text,
            false,
            "参照先の表",
            "Table that it refers to",
        )),
        column("ja", Text, false, "説明(日本語)", "Meaning in Japanese"),
        column("en", Text, false, "説明(英語)", "Meaning in English"),
    ],
    sort_by: &["table_name", "column_name"],
};

/// The dataset.
pub(crate) const DATASET: &TableSpec = &TableSpec {
    name: "kurabe_dataset",
    ja: "読み込んだデータの版。常に1行。",
    en: "Which dataset was loaded. Always one row.",
    columns: &[
        column(
            "run_key",
            Text,
            true,
            "元になったもの全体のハッシュ(run.jsonのkey)",
            "Hash over everything that the dataset was made of, as in run.json",
        ),
        optional(column(
            "version",
            Text,
            false,
            "データの版",
            "Version of the dataset",
        )),
        column(
            "program",
            Text,
            false,
            "作成したプログラム",
            "Program that made it",
        ),
    ],
    sort_by: &["run_key"],
};

/// The tables that come with a dataset.
pub(crate) fn specs() -> [&'static TableSpec; 4] {
    [LABELS, TABLES, COLUMNS, DATASET]
}

/// The same with their rows.
pub(crate) fn tables<'a>(load: &Load<'a>) -> Vec<TableView<'a>> {
    let dataset = vec![
        ValueRef::Text(load.run_key),
        load.version.map_or(ValueRef::Null, ValueRef::Text),
        ValueRef::Text(load.program),
    ];
    let mut tables = vec![
        view(LABELS, labels()),
        view(TABLES, table_rows()),
        view(COLUMNS, column_rows()),
        view(DATASET, vec![dataset]),
    ];
    for table in &mut tables {
        table.rows.sort();
    }
    tables
}

fn view<'a>(spec: &'static TableSpec, rows: Vec<Vec<ValueRef<'a>>>) -> TableView<'a> {
    TableView { spec, rows }
}

/// All tables, those of the dictionary included.
pub(crate) fn all_specs() -> impl Iterator<Item = &'static TableSpec> {
    Dataset::specs().iter().copied().chain(specs())
}

fn labels() -> Vec<Vec<ValueRef<'static>>> {
    let mut rows = Vec::new();
    for table in Dataset::specs() {
        for column in table.columns {
            for (position, word) in (1..).zip(column.values) {
                let label = column.label(word);
                rows.push(vec![
                    ValueRef::Text(table.name),
                    ValueRef::Text(column.name),
                    ValueRef::Text(word),
                    ValueRef::Int(position),
                    ValueRef::Text(label.map_or(word, |label| label.ja)),
                    ValueRef::Text(label.map_or(word, |label| label.en)),
                ]);
            }
        }
    }
    rows
}

fn table_rows() -> Vec<Vec<ValueRef<'static>>> {
    let row = |name, is_view, ja, en| {
        vec![
            ValueRef::Text(name),
            ValueRef::Bool(is_view),
            ValueRef::Text(ja),
            ValueRef::Text(en),
        ]
    };
    let tables = all_specs().map(|spec| row(spec.name, false, spec.ja, spec.en));
    let views = views().into_iter();
    tables
        .chain(views.map(|view: View| row(view.name, true, view.ja, view.en)))
        .collect()
}

fn column_rows() -> Vec<Vec<ValueRef<'static>>> {
    let mut rows = Vec::new();
    for table in all_specs() {
        for (position, column) in (1..).zip(table.columns) {
            rows.push(vec![
                ValueRef::Text(table.name),
                ValueRef::Text(column.name),
                ValueRef::Int(position),
                ValueRef::Text(type_word(column.kind)),
                column
                    .references
                    .map_or(ValueRef::Null, |(table, _)| ValueRef::Text(table)),
                ValueRef::Text(column.ja),
                ValueRef::Text(column.en),
            ]);
        }
    }
    for view in views() {
        for (position, column) in (1..).zip(&view.columns) {
            rows.push(vec![
                ValueRef::Text(view.name),
                ValueRef::Text(column.name),
                ValueRef::Int(position),
                ValueRef::Null,
                ValueRef::Null,
                ValueRef::Text(column.ja),
                ValueRef::Text(column.en),
            ]);
        }
    }
    rows
}

/// The type of a column in a word.
fn type_word(kind: ColumnType) -> &'static str {
    match kind {
        ColumnType::Text => "text",
        ColumnType::Int32 => "integer",
        ColumnType::Int64 => "bigint",
        ColumnType::Float => "double",
        ColumnType::Bool => "boolean",
        ColumnType::Date => "date",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_have_the_columns_of_their_tables() {
        let dataset = Dataset::default();
        let load = Load {
            dataset: &dataset,
            version: None,
            program: "test",
            run_key: "key",
        };
        for table in tables(&load) {
            assert!(!table.rows.is_empty(), "{}", table.spec.name);
            for row in &table.rows {
                assert_eq!(row.len(), table.spec.columns.len());
                for (column, value) in table.spec.columns.iter().zip(row) {
                    assert!(column.accepts(&(*value).into()), "{}", column.name);
                }
            }
        }
    }
}
