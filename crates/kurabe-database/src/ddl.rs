//! The statements that make tables, in three dialects.

use kurabe_schema::{ColumnSpec, ColumnType, TableSpec};

use crate::content::{Content, Reference};
use crate::quote::{name, names, text};
use crate::view::View;

/// A way of writing SQL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    Postgres,
    Sqlite,
    DuckDb,
}

impl Dialect {
    /// The type of a column. Tables of SQLite are strict, and its dates are ISO 8601 texts.
    pub(crate) fn type_of(self, kind: ColumnType) -> &'static str {
        match (self, kind) {
            (Self::Sqlite, ColumnType::Text | ColumnType::Date) => "TEXT",
            (Self::Sqlite, ColumnType::Int32 | ColumnType::Int64 | ColumnType::Bool) => "INTEGER",
            (Self::Sqlite, ColumnType::Float) => "REAL",
            (_, ColumnType::Text) => "text",
            (_, ColumnType::Int32) => "integer",
            (_, ColumnType::Int64) => "bigint",
            (_, ColumnType::Float) => "double precision",
            (_, ColumnType::Bool) => "boolean",
            (_, ColumnType::Date) => "date",
        }
    }
}

/// What a table or column holds, Japanese before English.
pub(crate) fn meaning(ja: &str, en: &str) -> String {
    format!("{ja} / {en}")
}

/// The condition that keeps a column to its words.
pub(crate) fn words_check(column: &ColumnSpec) -> Option<String> {
    if column.values.is_empty() {
        return None;
    }
    let words: Vec<String> = column.values.iter().map(|word| text(word)).collect();
    Some(format!("{} IN ({})", name(column.name), words.join(", ")))
}

/// A column as `CREATE TABLE` declares it, without its constraints across rows.
pub(crate) fn column(dialect: Dialect, column: &ColumnSpec) -> String {
    let kind = dialect.type_of(column.kind);
    let not_null = if column.nullable { "" } else { " NOT NULL" };
    format!("{} {kind}{not_null}", name(column.name))
}

/// Words of a reference that are the same everywhere.
pub(crate) fn foreign_key(reference: &Reference) -> String {
    format!(
        "FOREIGN KEY ({}) REFERENCES {} ({})",
        name(reference.column),
        name(reference.target),
        name(reference.target_column)
    )
}

/// A whole table with its keys, for the databases that are made anew each time.
pub(crate) fn create_table(
    dialect: Dialect,
    spec: &'static TableSpec,
    content: &Content,
) -> String {
    let mut parts: Vec<(String, String)> = spec
        .columns
        .iter()
        .map(|one| (whole_column(dialect, one), meaning(one.ja, one.en)))
        .collect();
    let key = format!("PRIMARY KEY ({})", names(spec.sort_by.iter().copied()));
    parts.push((key, String::new()));
    for reference in content.references(spec) {
        // DuckDB checks each row at once, so that rows of one table cannot refer to each other.
        if dialect == Dialect::DuckDb && reference.target == spec.name {
            continue;
        }
        let deferred = match dialect {
            Dialect::DuckDb => "",
            Dialect::Sqlite | Dialect::Postgres => " DEFERRABLE INITIALLY DEFERRED",
        };
        parts.push((
            format!("{}{deferred}", foreign_key(&reference)),
            String::new(),
        ));
    }
    let strict = if dialect == Dialect::Sqlite {
        " STRICT"
    } else {
        ""
    };
    format!(
        "CREATE TABLE {} ( -- {}\n{}\n){strict}",
        name(spec.name),
        meaning(spec.ja, spec.en),
        lines(&parts)
    )
}

/// Parts of a table, each with a comment behind it.
fn lines(parts: &[(String, String)]) -> String {
    let last = parts.len().saturating_sub(1);
    let line = |(at, (part, comment)): (usize, &(String, String))| {
        let comma = if at == last { "" } else { "," };
        if comment.is_empty() {
            format!("  {part}{comma}")
        } else {
            format!("  {part}{comma} -- {comment}")
        }
    };
    let lines: Vec<String> = parts.iter().enumerate().map(line).collect();
    lines.join("\n")
}

/// A column with the checks of its own values.
fn whole_column(dialect: Dialect, spec: &ColumnSpec) -> String {
    let mut checks: Vec<String> = words_check(spec).into_iter().collect();
    if dialect == Dialect::Sqlite {
        let quoted = name(spec.name);
        match spec.kind {
            ColumnType::Bool => checks.push(format!("{quoted} IN (0, 1)")),
            ColumnType::Date => checks.push(format!(
                "{quoted} GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'"
            )),
            _ => {}
        }
    }
    let checks = checks.iter().map(|check| format!(" CHECK ({check})"));
    checks.fold(column(dialect, spec), |made, check| made + &check)
}

/// The columns that point to other tables and do not lead the table's own key: BI tools join and
/// filter by them.
pub(crate) fn indexed(spec: &'static TableSpec) -> impl Iterator<Item = &'static ColumnSpec> {
    let leading = spec.sort_by.first().copied();
    spec.columns
        .iter()
        .filter(move |column| column.references.is_some() && Some(column.name) != leading)
}

/// Name of such an index.
pub(crate) fn index_name(spec: &TableSpec, column: &ColumnSpec) -> String {
    format!("{}_{}_idx", spec.name, column.name)
}

/// Such an index.
pub(crate) fn create_index(spec: &TableSpec, column: &ColumnSpec) -> String {
    format!(
        "CREATE INDEX {} ON {} ({})",
        name(&index_name(spec, column)),
        name(spec.name),
        name(column.name)
    )
}

/// The comments of a table and its columns.
pub(crate) fn table_comments(spec: &TableSpec) -> Vec<String> {
    let table = comment("TABLE", &name(spec.name), spec.ja, spec.en);
    let columns = spec
        .columns
        .iter()
        .map(|one| column_comment(spec.name, one.name, one.ja, one.en));
    std::iter::once(table).chain(columns).collect()
}

/// The comments of a view and its columns.
pub(crate) fn view_comments(view: &View) -> Vec<String> {
    let whole = comment("VIEW", &name(view.name), view.ja, view.en);
    let columns = view
        .columns
        .iter()
        .map(|one| column_comment(view.name, one.name, one.ja, one.en));
    std::iter::once(whole).chain(columns).collect()
}

fn column_comment(table: &str, column: &str, ja: &str, en: &str) -> String {
    let place = format!("{}.{}", name(table), name(column));
    comment("COLUMN", &place, ja, en)
}

fn comment(kind: &str, place: &str, ja: &str, en: &str) -> String {
    format!("COMMENT ON {kind} {place} IS {}", text(&meaning(ja, en)))
}

#[cfg(test)]
mod tests {
    use crate::dictionary::all_specs;

    #[test]
    fn names_fit_into_the_63_bytes_of_postgresql() {
        for spec in all_specs() {
            for column in spec.columns {
                let made = format!("{}_{}_words", spec.name, column.name);
                assert!(made.len() <= 63, "{made}");
            }
        }
    }

    #[test]
    fn meanings_stay_on_one_line() {
        for spec in all_specs() {
            let texts = spec.columns.iter().flat_map(|one| [one.ja, one.en]);
            for text in texts.chain([spec.ja, spec.en]) {
                assert!(!text.contains('\n'), "{}: {text}", spec.name);
            }
        }
    }
}
