//! 「共通指標」: what municipalities measure alike, side by side.

use kurabe_schema::{IndicatorValue, words};

use crate::WorkbookError;
use crate::book::Book;
use crate::index::Index;
use crate::list::{Cell, Heading, List, columns};
use crate::style::Look::{Number, Percent, Text, Whole, Wrapped};

pub(crate) fn write(book: &mut Book, index: &Index<'_>) -> Result<(), WorkbookError> {
    let mut values: Vec<&IndicatorValue> = index.dataset.indicator_values.iter().collect();
    values.sort_by_key(|row| {
        let place = (
            &row.indicator_id,
            &row.role,
            row.fiscal_year,
            &row.municipality_code,
        );
        (place, &row.source_id, row.position)
    });
    list(index).write(book, values.into_iter().map(|value| row(index, value)))
}

/// Headers of the columns, in Japanese and English, with width, look and meaning.
const COLUMNS: &[Heading] = &[
    (
        "共通指標",
        "Indicator",
        34.0,
        Wrapped,
        "indicators.label_ja",
    ),
    ("自治体", "Municipality", 11.0, Text, "municipalities.name"),
    ("値の役割", "Role", 9.0, Text, "indicator_values.role"),
    ("年度", "FY", 8.0, Whole, "indicator_values.fiscal_year"),
    ("値", "Value", 13.0, Number, "indicator_values.value"),
    ("単位", "Unit", 8.0, Text, "indicators.unit"),
    ("限定", "Limited", 9.0, Text, "indicator_values.qualifier"),
    (
        "人口千人当たり",
        "Per 1,000 residents",
        12.0,
        Number,
        "indicator_values.per_capita",
    ),
    (
        "達成度",
        "Achievement",
        10.0,
        Percent,
        "indicator_values.achievement",
    ),
    (
        "何の値か",
        "Subject",
        40.0,
        Wrapped,
        "indicator_values.subject",
    ),
    (
        "値（原文）",
        "As printed",
        16.0,
        Wrapped,
        "indicator_values.value_raw",
    ),
    (
        "定義との違い・注意",
        "Caveats",
        44.0,
        Wrapped,
        "indicator_values.caveat_ja",
    ),
    ("文書", "Document", 28.0, Wrapped, "documents.title"),
    (
        "原文の場所",
        "Place in the source",
        16.0,
        Text,
        "indicator_values.locator",
    ),
    (
        "共通指標ID",
        "Indicator ID",
        26.0,
        Text,
        "indicator_values.indicator_id",
    ),
    (
        "元のID",
        "Source ID",
        34.0,
        Text,
        "indicator_values.source_id",
    ),
];

fn list(index: &Index<'_>) -> List {
    let lang = index.lang;
    List {
        name: lang.pick("共通指標", "Shared indicators"),
        about: lang.pick(
            "自治体に共通する指標の値",
            "Values of indicators that municipalities share",
        ),
        frozen: 2,
        bar: None,
        printed: 9,
        columns: columns(lang, COLUMNS),
    }
}

fn row<'a>(index: &Index<'a>, value: &'a IndicatorValue) -> Vec<Cell<'a>> {
    let lang = index.lang;
    let indicator = index.indicator(&value.indicator_id);
    let label = indicator.map_or(&*value.indicator_id, |row| {
        lang.pick(&*row.label_ja, &*row.label_en)
    });
    let own = lang.pick(value.caveat_ja.as_deref(), value.caveat_en.as_deref());
    let common =
        indicator.and_then(|row| lang.pick(row.caveat_ja.as_deref(), row.caveat_en.as_deref()));
    let caveats: Vec<&str> = own.into_iter().chain(common).collect();
    vec![
        Cell::text(label),
        Cell::text(index.name(&value.municipality_code)),
        Cell::text(lang.word(words::KPI_ROLES, &value.role)),
        Cell::maybe_number(value.fiscal_year),
        Cell::number(value.value),
        Cell::maybe(indicator.map(|row| &*row.unit)),
        Cell::maybe(value.qualifier.as_deref()),
        Cell::maybe_number(value.per_capita.map(|value| value * 1_000.0)),
        Cell::maybe_number(value.achievement),
        Cell::text(&value.subject),
        Cell::maybe(value.value_raw.as_deref()),
        if caveats.is_empty() {
            Cell::Empty
        } else {
            Cell::text(caveats.join("\n"))
        },
        Cell::text(index.title(&value.document_id)),
        index.source(&value.document_id, &value.locator),
        Cell::text(&value.indicator_id),
        Cell::text(&value.source_id),
    ]
}
