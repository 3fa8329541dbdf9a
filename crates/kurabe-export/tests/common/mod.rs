//! A small dataset with every type of column.

use jiff::civil::date;
use kurabe_schema::{Dataset, Document, KpiValue, Measure, Municipality};

/// Rows out of order, values of every type, present and absent.
pub(crate) fn small() -> Dataset {
    Dataset {
        municipalities: vec![
            municipality("322067", "安来市"),
            municipality("322016", "松江市"),
        ],
        documents: vec![Document {
            document_id: "322067-plan".into(),
            published: Some(date(2024, 3, 1)),
            as_of: Some(date(1969, 12, 31)),
            bytes: 9_007_199_254_740_993,
            ..Document::default()
        }],
        measures: vec![
            Measure {
                measure_id: "b".into(),
                title: "窓口".into(),
                ..Measure::default()
            },
            Measure {
                measure_id: "a".into(),
                title: "「書かない窓口」,\r\n\"DX\"".into(),
                start_fiscal_year: Some(2023),
                is_new: true,
                summary: Some("=HYPERLINK(1)".into()),
                ..Measure::default()
            },
        ],
        kpi_values: vec![
            kpi_value(1, Some(37_000_000.0)),
            kpi_value(2, Some(0.1)),
            kpi_value(3, None),
        ],
        ..Dataset::default()
    }
}

/// A municipality with that code and name.
pub(crate) fn municipality(code: &str, name: &str) -> Municipality {
    Municipality {
        municipality_code: code.into(),
        name: name.into(),
        prefecture: "島根県".into(),
        kind: "city".into(),
        ..Municipality::default()
    }
}

fn kpi_value(position: i32, value: Option<f64>) -> KpiValue {
    KpiValue {
        kpi_id: "k".into(),
        value,
        position,
        ..KpiValue::default()
    }
}
