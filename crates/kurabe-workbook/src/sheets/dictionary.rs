//! 「項目の説明」: every table and column of the dataset.

use kurabe_schema::{ColumnSpec, ColumnType, Dataset, TableSpec};

use crate::WorkbookError;
use crate::book::Book;
use crate::index::Index;
use crate::lang::Lang;
use crate::list::{Cell, List, columns};
use crate::style::Look::{Text, Wrapped};

pub(crate) fn write(book: &mut Book, index: &Index<'_>) -> Result<(), WorkbookError> {
    let lang = index.lang;
    let tables = Dataset::specs().iter();
    let columns = tables.flat_map(|table| table.columns.iter().map(move |column| (table, column)));
    list(lang).write(
        book,
        columns.map(|(table, column)| row(lang, table, column)),
    )
}

fn list(lang: Lang) -> List {
    List {
        name: lang.pick("項目の説明", "Dictionary"),
        about: lang.pick(
            "CSV・Parquetを含む全ての表と列の意味",
            "All tables and columns, those of CSV and Parquet, too",
        ),
        frozen: 2,
        bar: None,
        printed: 8,
        columns: columns(
            lang,
            &[
                ("表", "Table", 22.0, Text, ""),
                ("列", "Column", 26.0, Text, ""),
                ("表の説明", "What a row is", 36.0, Wrapped, ""),
                ("列の説明", "Meaning", 60.0, Wrapped, ""),
                ("型", "Type", 10.0, Text, ""),
                ("主キー", "Key", 8.0, Text, ""),
                ("空欄", "Empty", 8.0, Text, ""),
                ("参照先", "Refers to", 34.0, Text, ""),
            ],
        ),
    }
}

fn row(lang: Lang, table: &TableSpec, column: &'static ColumnSpec) -> Vec<Cell<'static>> {
    let kind = match column.kind {
        ColumnType::Text => lang.pick("文字", "text"),
        ColumnType::Int32 | ColumnType::Int64 => lang.pick("整数", "integer"),
        ColumnType::Float => lang.pick("数", "number"),
        ColumnType::Bool => lang.pick("真偽", "yes/no"),
        ColumnType::Date => lang.pick("日付", "date"),
    };
    let refers = column
        .references
        .map(|(table, column)| format!("{table}.{column}"));
    vec![
        Cell::text(table.name),
        Cell::text(column.name),
        Cell::text(lang.pick(table.ja, table.en)),
        Cell::text(lang.meaning(column)),
        Cell::text(kind),
        if column.key {
            Cell::text(lang.pick("主キー", "key"))
        } else {
            Cell::Empty
        },
        if column.nullable {
            Cell::text(lang.pick("あり得る", "possible"))
        } else {
            Cell::Empty
        },
        refers.map_or(Cell::Empty, Cell::text),
    ]
}
