//! What must hold for every table, and the published columns as a golden list.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::collections::BTreeSet;
use std::fmt::Write as _;

use jiff::civil::date;
use kurabe_schema::{
    ColumnType, CoverageRow, Dataset, Kpi, KpiValue, Measure, MeasureTrack, Municipality, Record,
    Schedule, SchemaError, Value,
};

/// One record per table, all fields at their defaults.
fn one_of_each() -> Dataset {
    let mut dataset = Dataset::default();
    let tables = Dataset::specs().iter().map(|spec| {
        let row = spec.columns.iter().map(|column| match column.kind {
            _ if column.nullable => Value::Null,
            ColumnType::Text => Value::Text(String::new()),
            ColumnType::Int32 | ColumnType::Int64 => Value::Int(0),
            ColumnType::Float => Value::Float(0.0),
            ColumnType::Bool => Value::Bool(false),
            ColumnType::Date => Value::Date(date(2024, 4, 1)),
        });
        (*spec, vec![row.collect()])
    });
    dataset.append(Dataset::from_tables(tables).unwrap());
    dataset
}

#[test]
fn every_table_and_column_is_described_in_both_languages() {
    for spec in Dataset::specs() {
        let columns = spec
            .columns
            .iter()
            .map(|column| (column.name, column.ja, column.en));
        for (name, ja, en) in columns.chain([(spec.name, spec.ja, spec.en)]) {
            assert!(
                !ja.trim().is_empty() && !ja.is_ascii(),
                "{}.{name}: {ja:?}",
                spec.name
            );
            assert!(
                !en.trim().is_empty() && en.is_ascii(),
                "{}.{name}: {en:?}",
                spec.name
            );
        }
    }
}

#[test]
fn names_are_unique_and_snake_case() {
    let mut tables = BTreeSet::new();
    for spec in Dataset::specs() {
        assert!(tables.insert(spec.name), "{} twice", spec.name);
        let names: BTreeSet<&str> = spec.columns.iter().map(|column| column.name).collect();
        assert_eq!(names.len(), spec.columns.len(), "{}", spec.name);
        let snake = |name: &str| {
            name.bytes()
                .all(|b| b.is_ascii_lowercase() || b"_0123456789".contains(&b))
        };
        assert!(names.iter().all(|name| snake(name)), "{names:?}");
    }
}

#[test]
fn keys_are_columns_that_are_never_null() {
    for spec in Dataset::specs() {
        assert!(!spec.sort_by.is_empty());
        for key in spec.sort_by {
            let (_, column) = spec.column(key).unwrap();
            assert!(column.key && !column.nullable, "{}.{key}", spec.name);
        }
        let flagged = spec.columns.iter().filter(|column| column.key).count();
        assert_eq!(flagged, spec.sort_by.len(), "{}", spec.name);
    }
}

#[test]
fn references_point_to_the_only_key_of_a_table() {
    for spec in Dataset::specs() {
        for column in spec.columns {
            let Some((table, name)) = column.references else {
                continue;
            };
            let target = Dataset::specs()
                .iter()
                .find(|spec| spec.name == table)
                .unwrap();
            assert_eq!(target.sort_by, [name], "{}.{}", spec.name, column.name);
        }
    }
}

#[test]
fn every_id_that_a_table_holds_is_a_reference() {
    let keys: BTreeSet<&str> = Dataset::specs()
        .iter()
        .filter(|spec| spec.sort_by.len() == 1)
        .map(|spec| spec.sort_by[0])
        .collect();
    for spec in Dataset::specs() {
        for column in spec
            .columns
            .iter()
            .filter(|column| keys.contains(column.name))
        {
            let own_key = spec.sort_by == [column.name];
            assert_eq!(
                column.references.is_none(),
                own_key,
                "{}.{}",
                spec.name,
                column.name
            );
        }
    }
}

#[test]
fn records_have_as_many_values_as_columns() {
    let tables = one_of_each().tables();
    assert_eq!(tables.len(), Dataset::specs().len());
    for (spec, rows) in tables {
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0].len(), spec.columns.len(), "{}", spec.name);
    }
}

#[test]
fn values_and_records_are_the_same_thing() {
    let dataset = one_of_each();
    assert_eq!(Dataset::from_tables(dataset.tables()), Ok(dataset));
    let measure = Measure {
        title: "窓口".into(),
        term_end: Some(2026),
        ..Measure::default()
    };
    assert_eq!(measure.cells().len(), Measure::SPEC.columns.len());
    assert_eq!(
        Measure::from_values(measure.clone().values()),
        Some(measure)
    );
}

#[test]
fn rows_are_sorted_by_key_then_by_everything() {
    let row = |id: &str, position, fiscal_year, department: &str| Schedule {
        measure_id: id.into(),
        position,
        fiscal_year,
        department: Some(department.into()),
        ..Schedule::default()
    };
    let schedules = vec![
        row("b", 1, 2020, ""),
        row("a", 10, 2020, ""),
        row("a", 2, 2022, ""),
        row("a", 2, 2021, "y"),
        row("a", 2, 2021, "x"),
    ];
    let mut dataset = Dataset {
        schedules,
        ..Dataset::default()
    };
    let view = format!("{:?}", dataset.sorted_views()[5].rows);
    dataset.sort();
    let order: Vec<_> = dataset
        .schedules
        .iter()
        .map(|s| {
            (
                s.measure_id.as_str(),
                s.position,
                s.fiscal_year,
                s.department.as_deref(),
            )
        })
        .collect();
    assert_eq!(order[0], ("a", 2, 2021, Some("x")));
    assert_eq!(order[1], ("a", 2, 2021, Some("y")));
    assert_eq!(order[2], ("a", 2, 2022, Some("")));
    assert_eq!(order[3].1, 10);
    assert_eq!(order[4].0, "b");
    assert_eq!(view, format!("{:?}", dataset.sorted_views()[5].rows));
}

#[test]
fn append_keeps_every_row() {
    let mut dataset = one_of_each();
    dataset.append(one_of_each());
    assert!(dataset.tables().iter().all(|(_, rows)| rows.len() == 2));
}

#[test]
fn misfits_are_named() {
    let unknown = Dataset::from_tables([("measure", vec![])]).unwrap_err();
    assert!(unknown.to_string().contains("`measure`"), "{unknown}");

    let mut row = Municipality::default().values();
    row[4] = Value::Text("many".into());
    let wrong = Dataset::from_tables([("municipalities", vec![row])]).unwrap_err();
    assert!(wrong.to_string().contains("column `population`"), "{wrong}");

    let short = Dataset::from_tables([("kpis", vec![vec![Value::Null]])]).unwrap_err();
    assert!(matches!(
        short,
        SchemaError::Row {
            table: "kpis",
            row: 1,
            ..
        }
    ));

    let mut null = CoverageRow::default().values();
    null[2] = Value::Null;
    let null = Dataset::from_tables([("coverage", vec![null])]).unwrap_err();
    assert!(null.to_string().contains("column `total`"), "{null}");
}

#[test]
fn records_can_be_built_by_hand() {
    let kpi = Kpi {
        kpi_id: "d-1-k1".into(),
        ..Kpi::default()
    };
    let value = KpiValue {
        kpi_id: kpi.kpi_id.clone(),
        value: Some(1.5),
        ..KpiValue::default()
    };
    assert_eq!(value.cells()[2], Value::Float(1.5).view());
    assert_eq!(MeasureTrack::spec().name, "measure_tracks");
}

/// The published columns: change `tests/columns.txt` only together with the published contract.
#[test]
fn published_columns_are_those_of_the_golden_list() {
    let mut list = String::new();
    for spec in Dataset::specs() {
        writeln!(list, "{} by {}", spec.name, spec.sort_by.join(", ")).unwrap();
        for column in spec.columns {
            let null = if column.nullable { "?" } else { "" };
            write!(list, "  {}: {:?}{null}", column.name, column.kind).unwrap();
            if let Some((table, name)) = column.references {
                write!(list, " -> {table}.{name}").unwrap();
            }
            writeln!(list).unwrap();
        }
    }
    let golden = include_str!("columns.txt");
    assert_eq!(list, golden, "the list as it is now:\n{list}");
}
