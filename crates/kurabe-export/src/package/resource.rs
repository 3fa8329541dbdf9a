//! A table as a Tabular Data Resource.

use kurabe_schema::{ColumnSpec, ColumnType, TableSpec, TableView};
use serde::Serialize;

use super::claims::{Claim, Claims, key_of};
use super::descriptor::hash;
use super::{PackageFile, Places};
use crate::partition::PARTITION_COLUMN;
use crate::{CsvEncoding, ExportError};

/// A resource: the CSV file of a table, and in which other forms the table lies beside it.
#[derive(Debug, Serialize)]
pub(super) struct Resource<'a> {
    name: &'static str,
    r#type: &'static str,
    title: &'static str,
    title_en: &'static str,
    description: &'static str,
    description_en: &'static str,
    path: &'a str,
    format: &'static str,
    mediatype: &'static str,
    encoding: &'static str,
    bytes: u64,
    hash: String,
    rows: usize,
    dialect: Dialect,
    schema: Schema,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    alternatives: Vec<Alternative<'a>>,
}

/// The same rows in another form.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Alternative<'a> {
    path: &'a str,
    format: &'static str,
    mediatype: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    bytes: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hash: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    partitioned_by: Option<[&'static str; 1]>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Dialect {
    header: bool,
    delimiter: &'static str,
    line_terminator: &'static str,
    quote_char: &'static str,
    double_quote: bool,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Schema {
    fields: Vec<Field>,
    missing_values: [&'static str; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    primary_key: Vec<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    foreign_keys: Vec<ForeignKey>,
}

#[derive(Debug, Serialize)]
struct Field {
    name: &'static str,
    r#type: &'static str,
    title: &'static str,
    title_en: &'static str,
    description: &'static str,
    description_en: &'static str,
    #[serde(skip_serializing_if = "Constraints::is_empty")]
    constraints: Constraints,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    categories: Vec<Category>,
}

#[derive(Debug, Default, Serialize)]
struct Constraints {
    #[serde(skip_serializing_if = "is_false")]
    required: bool,
    #[serde(skip_serializing_if = "is_false")]
    unique: bool,
    #[serde(skip_serializing_if = "<[&str]>::is_empty", rename = "enum")]
    words: &'static [&'static str],
}

/// A word of a closed list and what people call it.
#[derive(Debug, Serialize)]
struct Category {
    value: &'static str,
    label: &'static str,
    label_en: &'static str,
}

#[derive(Debug, Serialize)]
struct ForeignKey {
    fields: [&'static str; 1],
    reference: Reference,
}

#[derive(Debug, Serialize)]
struct Reference {
    /// Left out for the table itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    resource: Option<&'static str>,
    fields: [&'static str; 1],
}

fn is_false(flag: &bool) -> bool {
    !flag
}

impl Constraints {
    fn is_empty(&self) -> bool {
        !self.required && !self.unique && self.words.is_empty()
    }
}

/// The resource of a table.
pub(super) fn of<'a>(
    view: &TableView<'_>,
    claims: &Claims,
    encoding: CsvEncoding,
    files: &'a [PackageFile<'a>],
    places: Places<'a>,
) -> Result<Resource<'a>, ExportError> {
    let spec = view.spec;
    let path = format!("{}/{}.csv", places.csv, spec.name);
    let file = files.iter().find(|file| file.path == path);
    let file = file.ok_or(ExportError::NotPackaged { path })?;
    Ok(Resource {
        name: spec.name,
        r#type: "table",
        title: title(spec.ja),
        title_en: title(spec.en),
        description: spec.ja,
        description_en: spec.en,
        path: file.path,
        format: "csv",
        mediatype: "text/csv",
        encoding: encoding_name(encoding),
        bytes: file.bytes,
        hash: hash(file.sha256),
        rows: view.rows.len(),
        dialect: Dialect {
            header: true,
            delimiter: ",",
            line_terminator: "\r\n",
            quote_char: "\"",
            double_quote: true,
        },
        schema: schema(spec, claims),
        alternatives: alternatives(spec, files, places),
    })
}

/// The name by which the standard and its tools know an encoding. Readers of `utf-8` take a byte
/// order mark for what it is.
fn encoding_name(encoding: CsvEncoding) -> &'static str {
    match encoding {
        CsvEncoding::Utf8Bom => "utf-8",
        CsvEncoding::Cp932 => "cp932",
    }
}

fn alternatives<'a>(
    spec: &TableSpec,
    files: &'a [PackageFile<'a>],
    places: Places<'a>,
) -> Vec<Alternative<'a>> {
    const MEDIA_TYPE: &str = "application/vnd.apache.parquet";
    let path = format!("{}/{}.parquet", places.parquet, spec.name);
    let whole = files.iter().find(|file| file.path == path);
    let whole = whole.map(|file| Alternative {
        path: file.path,
        format: "parquet",
        mediatype: MEDIA_TYPE,
        bytes: Some(file.bytes),
        hash: Some(hash(file.sha256)),
        partitioned_by: None,
    });
    let folder = format!("{}/{}/", places.partitioned, spec.name);
    let part = files.iter().find(|file| file.path.starts_with(&folder));
    let parts = part.map(|file| Alternative {
        path: file.path.get(..folder.len() - 1).unwrap_or(file.path),
        format: "parquet",
        mediatype: MEDIA_TYPE,
        bytes: None,
        hash: None,
        partitioned_by: file.path[folder.len()..]
            .contains('/')
            .then_some([PARTITION_COLUMN]),
    });
    whole.into_iter().chain(parts).collect()
}

fn schema(spec: &'static TableSpec, claims: &Claims) -> Schema {
    let key = key_of(spec);
    let is_sole_key = |index: usize| claims.is_key_unique && key == [index];
    let columns = spec.columns.iter().zip(&claims.columns);
    let fields = columns
        .clone()
        .enumerate()
        .map(|(index, (column, claim))| field(column, *claim, is_sole_key(index)))
        .collect();
    let foreign = columns.filter(|(_, claim)| claim.is_found);
    Schema {
        fields,
        missing_values: [""],
        primary_key: if claims.is_key_unique {
            spec.sort_by.to_vec()
        } else {
            Vec::new()
        },
        foreign_keys: foreign
            .filter_map(|(column, _)| foreign_key(spec, column))
            .collect(),
    }
}

fn field(column: &'static ColumnSpec, claim: Claim, is_unique: bool) -> Field {
    let words = if claim.is_closed { column.values } else { &[] };
    let category = |word: &&'static str| {
        let label = column.label(word)?;
        Some(Category {
            value: word,
            label: label.ja,
            label_en: label.en,
        })
    };
    Field {
        name: column.name,
        r#type: type_name(column.kind),
        title: title(column.ja),
        title_en: title(column.en),
        description: column.ja,
        description_en: column.en,
        constraints: Constraints {
            required: claim.is_required,
            unique: is_unique,
            words,
        },
        categories: words.iter().filter_map(category).collect(),
    }
}

fn foreign_key(spec: &TableSpec, column: &'static ColumnSpec) -> Option<ForeignKey> {
    let (table, referred) = column.references?;
    Some(ForeignKey {
        fields: [column.name],
        reference: Reference {
            resource: (table != spec.name).then_some(table),
            fields: [referred],
        },
    })
}

fn type_name(kind: ColumnType) -> &'static str {
    match kind {
        ColumnType::Text => "string",
        ColumnType::Int32 | ColumnType::Int64 => "integer",
        ColumnType::Float => "number",
        ColumnType::Bool => "boolean",
        ColumnType::Date => "date",
    }
}

/// The beginning of a description, as a title: up to the first remark in brackets, semicolon,
/// colon or end of a sentence.
fn title(text: &str) -> &str {
    let ends = ["(", "（", "。", ";", ":", ". "];
    let end = ends.iter().filter_map(|end| text.find(end)).min();
    let head = text.get(..end.unwrap_or(text.len())).unwrap_or(text);
    let head = head.trim_end().trim_end_matches('.');
    if head.is_empty() { text } else { head }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_the_beginning_of_descriptions() {
        for (text, head) in [
            ("文書ID(自治体コード-短い名前)", "文書ID"),
            ("読み取った文書。1行が1文書。", "読み取った文書"),
            ("対応する共通指標。なければ空", "対応する共通指標"),
            ("A document that was read.", "A document that was read"),
            (
                "Stable id of the document: code and name",
                "Stable id of the document",
            ),
            ("(x)", "(x)"),
        ] {
            assert_eq!(title(text), head);
        }
    }
}
