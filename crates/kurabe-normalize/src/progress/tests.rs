//! When an achievement may be given.

use super::rows;
use kurabe_schema::{Kpi, KpiProgress, KpiValue};

fn value(role: &str, value: f64, year: i32, qualifier: &str) -> KpiValue {
    KpiValue {
        kpi_id: "k".to_owned(),
        role: role.to_owned(),
        value: Some(value),
        unit: Some("件".to_owned()),
        fiscal_year: Some(year),
        qualifier: Some(qualifier.to_owned()).filter(|q| !q.is_empty()),
        position: 1,
        ..KpiValue::default()
    }
}

/// A KPI that goes from 10 in 2022 to 30 in 2026 and stands at 20 in 2024.
fn three() -> [KpiValue; 3] {
    [
        value("baseline", 10.0, 2022, ""),
        value("target", 30.0, 2026, ""),
        value("actual", 20.0, 2024, ""),
    ]
}

fn progress(direction: &str, values: &[KpiValue]) -> KpiProgress {
    let kpi = Kpi {
        kpi_id: "k".to_owned(),
        kind: "number".to_owned(),
        unit: Some("件".to_owned()),
        direction: Some(direction.to_owned()),
        ..Kpi::default()
    };
    let values: Vec<&KpiValue> = values.iter().collect();
    rows(&kpi, &values, Some(2024)).remove(0)
}

#[test]
fn half_the_way_in_half_the_time_is_on_track() {
    let row = progress("increase", &three());
    assert_eq!((row.achievement, row.expected), (Some(0.5), Some(0.5)));
    assert_eq!((row.is_on_track, row.is_met), (Some(true), None));
    let later = [
        value("baseline", 10.0, 2022, ""),
        value("target", 30.0, 2024, ""),
        value("actual", 29.0, 2024, ""),
    ];
    let row = progress("increase", &later);
    assert_eq!((row.is_on_track, row.is_met), (Some(false), Some(false)));
}

#[test]
fn what_cannot_be_set_off_is_refused_with_its_reason() {
    type Change = fn(&mut [KpiValue; 3]);
    let cases: [(&str, Change); 10] = [
        ("inexact", |v| v[0].qualifier = Some("about".to_owned())),
        ("inexact", |v| v[2].qualifier = Some("at_least".to_owned())),
        ("different_unit", |v| v[2].unit = Some("人".to_owned())),
        ("different_cadence", |v| {
            v[0].qualifier = Some("per_year".to_owned());
            v[2].qualifier = Some("cumulative".to_owned());
        }),
        ("different_cadence", |v| v[1].period_start = Some(2025)),
        ("actual_before_baseline", |v| v[2].fiscal_year = Some(2021)),
        ("target_equals_baseline", |v| v[1].value = Some(10.0)),
        ("no_direction", |v| v[1].value = Some(5.0)),
        ("no_actual", |v| v[2].fiscal_year = Some(2027)),
        ("no_baseline", |v| v[0].value = None),
    ];
    for (reason, change) in cases {
        let mut values = three();
        change(&mut values);
        let row = progress("increase", &values);
        assert_eq!(row.reason.as_deref(), Some(reason));
        assert_eq!((row.achievement, row.expected), (None, None), "{reason}");
    }
}

#[test]
fn units_of_one_dimension_are_brought_together() {
    let mut values = three();
    for value in &mut values {
        value.unit = Some("分".to_owned());
    }
    values[0] = KpiValue {
        value: Some(0.5),
        unit: Some("時間".to_owned()),
        ..values[0].clone()
    };
    let kpi = Kpi {
        kpi_id: "k".to_owned(),
        kind: "duration".to_owned(),
        unit: Some("分".to_owned()),
        direction: Some("decrease".to_owned()),
        ..Kpi::default()
    };
    values[1].value = Some(10.0);
    let values: Vec<&KpiValue> = values.iter().collect();
    let row = rows(&kpi, &values, Some(2024)).remove(0);
    assert_eq!((row.baseline, row.achievement), (Some(30.0), Some(0.5)));
}

#[test]
fn per_month_and_the_average_of_months_are_the_same_base() {
    let mut values = three();
    values[0].qualifier = Some("monthly_average".to_owned());
    values[1].qualifier = Some("per_month".to_owned());
    assert_eq!(progress("increase", &values).achievement, Some(0.5));
}

#[test]
fn a_bound_on_the_target_tells_whether_it_is_met() {
    let mut values = three();
    values[1] = value("target", 20.0, 2024, "at_least;per_year");
    values[2].qualifier = Some("per_year".to_owned());
    let row = progress("maintain", &values);
    assert_eq!((row.is_met, row.achievement), (Some(true), None));
}

#[test]
fn a_kpi_without_targets_has_one_row() {
    let row = progress("increase", &three()[..1]);
    assert_eq!((row.position, row.is_final), (0, true));
    assert_eq!(row.reason.as_deref(), Some("no_target"));
}
