//! Tables of surveys: small ones, one of all municipalities, and the published ones where they are there.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

mod common;

use std::collections::{BTreeMap, BTreeSet};

use common::{EDITION, PART, register, survey};
use jiff::civil::date;
use kurabe_register::survey::{Edition, Reading, Remark, Survey, SurveyError, cells};
use kurabe_schema::SurveyIndicator;
use kurabe_trace::Locator;

fn read(text: &str) -> Result<Reading, SurveyError> {
    survey().read(text, &register(), &PART)
}

const NAMES: &str = ",,松江市,安来市,\n";

#[test]
fn cells_become_rows() {
    let reading = read(&format!(
        "{NAMES}自治体DXの推進体制等,CIOの任命 ,実施,調査無し,\n住民サービスのDX,マイナンバーカードの保有状況,,78%,\n"
    ))
    .unwrap();
    assert!(reading.remarks.is_empty());
    let rows: Vec<_> = reading
        .rows
        .iter()
        .map(|r| {
            (
                &*r.municipality_code,
                &*r.indicator,
                r.value,
                r.value_raw.as_deref(),
                &*r.locator,
            )
        })
        .collect();
    assert_eq!(
        rows,
        [
            ("322016", "cio", Some(1.0), Some("実施"), "L2C3"),
            ("322067", "cio", None, Some("調査無し"), "L2C4"),
            ("322016", "mynumber_holding", None, None, "L3C3"),
            (
                "322067",
                "mynumber_holding",
                Some(78.0),
                Some("78%"),
                "L3C4"
            ),
        ]
    );
}

#[test]
fn what_is_not_known_is_remarked() {
    let reading = read(&format!(
        "{NAMES}自治体DXの推進体制等,CIOの任命,検討中,実施\n自治体DXの推進体制等,CIOの任用,実施,実施\n\
         自治体DXの推進体制等,CIOの任命,実施,実施\n"
    ))
    .unwrap();
    assert_eq!(reading.rows.len(), 2);
    assert_eq!(reading.rows[0].value, None);
    assert_eq!(reading.rows[0].value_raw.as_deref(), Some("検討中"));
    assert_eq!(
        reading.remarks,
        [
            Remark::UnknownValues {
                line: 2,
                label: "CIOの任命".into(),
                count: 1,
                column: 3,
                value: "検討中".into()
            },
            Remark::UnknownLabel {
                line: 3,
                label: "CIOの任用".into(),
                nearest: Some("CIOの任命".into())
            },
            Remark::Repeated {
                line: 4,
                label: "CIOの任命".into()
            },
        ]
    );
}

#[test]
fn tables_that_cannot_be_trusted_are_refused() {
    let told = |text: &str| read(text).unwrap_err();
    assert_eq!(told(""), SurveyError::NoNames);
    assert_eq!(told("a,b\n"), SurveyError::NoNames);
    let row = "自治体DXの推進体制等,CIOの任命";
    assert!(matches!(
        told(&format!("{NAMES}{row},実施\n")),
        SurveyError::Short {
            line: 2,
            cells: 3,
            wanted: 5
        }
    ));
    assert!(matches!(
        told(&format!("{NAMES}{row},実施,実施,実施\n")),
        SurveyError::Unnamed {
            line: 2,
            column: 5,
            ..
        }
    ));
    assert!(matches!(
        told(",,松江市,安木市\n"),
        SurveyError::Name { column: 4, .. }
    ));
    assert!(matches!(
        told(",,札幌市,府中市\n"),
        SurveyError::Undecided { column: 4, .. }
    ));
    let misplaced = told(",,安来市,松江市,出雲市\n");
    assert!(
        matches!(misplaced, SurveyError::Misplaced { column: 3, .. }),
        "{misplaced}"
    );
    let short = survey().read(NAMES, &register(), &EDITION).unwrap_err();
    assert_eq!(
        short,
        SurveyError::Count {
            found: 2,
            wanted: 1741
        }
    );
}

#[test]
fn definitions_have_every_indicator_once() {
    let text = common::file("surveys/dx-dashboard.toml");
    assert_eq!(survey().indicator.len(), 67);
    let again = "\n[[indicator]]\nid = \"cio\"\nunit = \"count\"\ngroup = \"g\"\nlabel = \"l\"\n";
    let told = Survey::parse(&format!("{text}{again}"))
        .unwrap_err()
        .to_string();
    assert!(told.contains("`cio`"), "{told}");
}

/// Every answer has one row, in the order of the register, and stands where the row says.
fn check_whole(text: &str, reading: &Reading, indicators: usize) {
    assert!(reading.remarks.is_empty(), "{:?}", reading.remarks);
    assert_eq!(reading.rows.len(), 1741 * indicators);
    let register = register();
    let cells = cells(text);
    for rows in reading.rows.chunks(1741) {
        assert!(rows.is_sorted_by(|a, b| a.municipality_code < b.municipality_code));
        for row in rows {
            let Some(Locator::Cell { line, column }) = Locator::parse(&row.locator) else {
                panic!("{}", row.locator);
            };
            let raw = cells.at(line, column).unwrap();
            assert_eq!(raw, row.value_raw.as_deref().unwrap_or_default());
            assert_eq!(cells.name_over(column), Some(&*row.name_raw));
            assert_eq!(cells.at(line, 2), Some(&*row.label));
            let entry = register.of_code(&row.municipality_code, row.as_of).unwrap();
            let same = register.resolve(Some(&entry.prefecture), &row.name_raw, None);
            // Two villages of one prefecture bear the name 泊村; one of them has no inhabitants.
            assert!(same.is_ok_and(|same| same == entry) || row.municipality_code == "014036");
        }
    }
}

#[test]
fn all_municipalities_are_read_and_none_is_lost() {
    let (register, survey) = (register(), survey());
    let text = common::national_table(&register, &survey, 67);
    let reading = survey.read(&text, &register, &EDITION).unwrap();
    check_whole(&text, &reading, 67);
}

fn value<'r>(rows: &'r [SurveyIndicator], code: &str, indicator: &str) -> &'r SurveyIndicator {
    let mut all = rows.iter();
    all.find(|r| r.municipality_code == code && r.indicator == indicator)
        .unwrap()
}

#[test]
fn the_published_dashboard_is_read_whole() {
    let Some(text) = common::reference("digital-agency-dx-dashboard-municipalities.csv") else {
        println!("skipped: the dashboard is not there");
        return;
    };
    let reading = survey().read(&text, &register(), &EDITION).unwrap();
    check_whole(&text, &reading, 15);
    let rows = &reading.rows;
    // Sums that the Digital Agency gives, counted in the file by hand.
    let mut sums: BTreeMap<(&str, Option<i64>), usize> = BTreeMap::new();
    for row in rows {
        let value = row.value.map(|value| value as i64);
        *sums.entry((&row.indicator, value)).or_default() += 1;
    }
    assert_eq!(sums[&("cio", Some(1))], 1270);
    assert_eq!(sums[&("cio", None)], 8);
    assert_eq!(sums[&("rpa", Some(1))], 720);
    assert_eq!(sums[&("rpa", Some(0))], 1021);
    assert_eq!(sums[&("online_32", None)], 2);
    let text_of = |code, indicator| value(rows, code, indicator).value_raw.clone().unwrap();
    assert_eq!(text_of("322067", "rpa"), "未実施");
    assert_eq!(text_of("322067", "mynumber_holding"), "78%");
    assert_eq!(text_of("063240", "overall_policy"), "未実施");
    assert_eq!(value(rows, "394050", "cio").name_raw, "檮原町");
    let twice: BTreeSet<&str> = rows.iter().map(|r| &*r.name_raw).collect();
    let codes: BTreeSet<&str> = rows.iter().map(|r| &*r.municipality_code).collect();
    assert_eq!((codes.len(), codes.len() - twice.len()), (1741, 32));
}

#[test]
fn the_rates_of_online_applications_are_read_whole() {
    let Some(text) = common::reference("digital-agency-dx-dashboard-online-application-rates.csv")
    else {
        println!("skipped: the dashboard is not there");
        return;
    };
    let reading = survey().read(&text, &register(), &EDITION).unwrap();
    check_whole(&text, &reading, 52);
    let blank = reading.rows.iter().filter(|r| r.value_raw.is_none());
    assert!(blank.clone().all(|row| row.value.is_none()));
    let stated = reading.rows.iter().filter(|r| r.value.is_some()).count();
    assert_eq!(stated + blank.count(), 52 * 1741);
}

#[test]
fn the_bundled_facts_are_those_of_the_published_file() {
    let facts = common::file("surveys/facts/dx-dashboard-2023.csv");
    let facts = survey().read(&facts, &register(), &PART).unwrap();
    assert!(facts.remarks.is_empty());
    assert_eq!(facts.rows.len(), 4 * 15);
    let Some(text) = common::reference("digital-agency-dx-dashboard-municipalities.csv") else {
        println!("skipped: the dashboard is not there");
        return;
    };
    let published = survey().read(&text, &register(), &EDITION).unwrap();
    for fact in &facts.rows {
        let same = value(&published.rows, &fact.municipality_code, &fact.indicator);
        assert_eq!((fact.value, &fact.value_raw), (same.value, &same.value_raw));
    }
}

#[test]
fn names_are_those_of_the_day_of_the_survey() {
    let text = ",,大網白里町,横芝光町\n自治体DXの推進体制等,CIOの任命,実施,未実施\n";
    let read = |as_of| {
        let edition = Edition { as_of, ..PART };
        survey().read(text, &register(), &edition)
    };
    let then = read(Some(date(2012, 4, 1))).unwrap();
    assert_eq!(then.rows[0].municipality_code, "124028");
    let later = read(Some(date(2013, 1, 1))).unwrap_err().to_string();
    assert!(
        later.contains("122394") && later.starts_with("column 3"),
        "{later}"
    );
}

#[test]
fn what_speaks_of_an_indicator_fits_what_it_asks() {
    let definition = |unit: &str, plan: &str| {
        let text = format!(
            "id = \"s\"\ntitle = \"t\"\n[words]\nyes = []\nno = []\nnone = []\n[[indicator]]\nid = \"a\"\n\
             unit = \"{unit}\"\ngroup = \"g\"\nlabel = \"l\"\n[indicator.plan]\n{plan}\n"
        );
        Survey::parse(&text)
    };
    let terms = "by = \"measures\"\nterms = [\"RPA\"]";
    let plan = definition("yes_no", terms).unwrap().indicator[0]
        .plan
        .clone();
    assert!(plan.is_some_and(|plan| !plan.is_broad && plan.without.is_empty()));
    for (unit, plan) in [
        ("percent", terms),
        ("yes_no", "by = \"measures\""),
        ("yes_no", "by = \"document\"\nterms = [\"RPA\"]"),
        ("yes_no", "by = \"values\""),
        ("count", "by = \"values\""),
    ] {
        let told = definition(unit, plan).unwrap_err().to_string();
        assert!(
            told.contains("`a` has a `plan` with the wrong keys"),
            "{told}"
        );
    }
}
