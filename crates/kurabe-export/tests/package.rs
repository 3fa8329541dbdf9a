//! The Data Package: what it says of the files is so.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod common;

use kurabe_export::{
    Both, Contributor, CsvEncoding, ExportError, License, Package, PackageFile, Places, Source,
    data_package,
};
use kurabe_schema::{Dataset, Kpi, Measure, Schedule};
use serde_json::Value;

const PLACES: Places<'static> = Places {
    csv: "csv",
    parquet: "parquet",
    partitioned: "partitioned",
};

fn package(encoding: CsvEncoding) -> Package {
    let both = |ja: &str, en: &str| Both {
        ja: ja.into(),
        en: en.into(),
    };
    Package {
        name: "kurabe".into(),
        title: both("比較", "Comparison"),
        description: both("施策", "Measures"),
        version: "1.2.3".into(),
        licenses: vec![License {
            name: Some("CC-BY-4.0".into()),
            ..License::default()
        }],
        contributors: vec![Contributor {
            title: Some("課".into()),
            roles: vec!["contact".into()],
            ..Contributor::default()
        }],
        sources: vec![
            Source {
                title: "計画".into(),
                file: "計画.pdf".into(),
                url: Some("https://a.example/計画.pdf".into()),
                sha256: "ab".into(),
                ..Source::default()
            },
            Source {
                file: "../b.txt".into(),
                ..Source::default()
            },
        ],
        encoding,
    }
}

/// The descriptor of a dataset whose files have the name of their table as hash.
fn described(dataset: &Dataset, encoding: CsvEncoding) -> Value {
    let mut paths = Vec::new();
    for spec in Dataset::specs() {
        let name = spec.name;
        paths.push(format!("csv/{name}.csv"));
        paths.push(format!("parquet/{name}.parquet"));
        paths.push(format!(
            "partitioned/{name}/municipality_code=1/part-0.parquet"
        ));
    }
    let file = |path| PackageFile {
        path,
        bytes: 7,
        sha256: "cd",
    };
    let files: Vec<PackageFile<'_>> = paths.iter().map(|path| file(path)).collect();
    let text = data_package(dataset, &package(encoding), &files, PLACES).unwrap();
    assert_eq!(
        text,
        data_package(dataset, &package(encoding), &files, PLACES).unwrap()
    );
    serde_json::from_str(&text).unwrap()
}

fn resource<'v>(descriptor: &'v Value, name: &str) -> &'v Value {
    let resources = descriptor["resources"].as_array().unwrap();
    resources.iter().find(|r| r["name"] == name).unwrap()
}

fn field<'v>(descriptor: &'v Value, table: &str, name: &str) -> &'v Value {
    let fields = resource(descriptor, table)["schema"]["fields"]
        .as_array()
        .unwrap();
    fields.iter().find(|field| field["name"] == name).unwrap()
}

fn measure(id: &str, repeat_of: Option<&str>) -> Measure {
    Measure {
        measure_id: id.into(),
        title: "窓口".into(),
        stage: "trial".into(),
        repeat_of: repeat_of.map(str::to_owned),
        ..Measure::default()
    }
}

#[test]
fn the_package_says_what_it_is_without_a_time() {
    let all = described(&common::small(), CsvEncoding::Utf8Bom);
    assert_eq!(
        all["$schema"],
        "https://datapackage.org/profiles/2.0/datapackage.json"
    );
    assert_eq!(
        (&all["title"], &all["title_en"]),
        (&"比較".into(), &"Comparison".into())
    );
    assert_eq!(all["version"], "1.2.3");
    assert!(all.get("created").is_none());
    assert_eq!(all["licenses"][0]["name"], "CC-BY-4.0");
    assert_eq!(all["contributors"][0]["roles"][0], "contact");
    assert_eq!(all["sources"][0]["path"], "https://a.example/計画.pdf");
    assert_eq!(all["sources"][0]["hash"], "sha256:ab");
    assert!(all["sources"][1].get("path").is_none());
}

#[test]
fn every_table_is_a_resource_with_its_columns() {
    let all = described(&common::small(), CsvEncoding::Utf8Bom);
    let resources = all["resources"].as_array().unwrap();
    assert_eq!(resources.len(), Dataset::specs().len());
    for (resource, spec) in resources.iter().zip(Dataset::specs()) {
        assert_eq!(resource["name"], spec.name);
        assert_eq!(resource["path"], format!("csv/{}.csv", spec.name));
        assert_eq!(resource["hash"], "sha256:cd");
        let fields = resource["schema"]["fields"].as_array().unwrap();
        let names: Vec<&str> = fields.iter().map(|f| f["name"].as_str().unwrap()).collect();
        let columns: Vec<&str> = spec.columns.iter().map(|column| column.name).collect();
        assert_eq!(names, columns);
        for text in ["title", "title_en", "description", "description_en"] {
            assert!(
                fields
                    .iter()
                    .all(|f| f[text].as_str().is_some_and(|t| !t.is_empty()))
            );
        }
        let beside = resource["alternatives"].as_array().unwrap();
        assert_eq!(beside[0]["path"], format!("parquet/{}.parquet", spec.name));
        assert_eq!(beside[1]["path"], format!("partitioned/{}", spec.name));
        assert_eq!(beside[1]["partitionedBy"][0], "municipality_code");
    }
}

#[test]
fn keys_and_closed_words_are_stated_with_labels() {
    let dataset = Dataset {
        measures: vec![measure("a", None), measure("b", Some("a"))],
        ..Dataset::default()
    };
    let all = described(&dataset, CsvEncoding::Utf8Bom);
    let schema = &resource(&all, "measures")["schema"];
    assert_eq!(schema["primaryKey"][0], "measure_id");
    assert_eq!(
        field(&all, "measures", "measure_id")["constraints"]["unique"],
        true
    );
    assert_eq!(
        field(&all, "measures", "measure_id")["constraints"]["required"],
        true
    );
    let stage = field(&all, "measures", "stage");
    assert_eq!(stage["constraints"]["enum"][3], "trial");
    assert_eq!(stage["categories"][3]["label"], "試行・実証");
    assert_eq!(stage["categories"][3]["label_en"], "Trial");
    let own = &schema["foreignKeys"].as_array().unwrap()[0];
    assert_eq!(own["fields"][0], "repeat_of");
    assert!(own["reference"].get("resource").is_none());
    assert_eq!(resource(&all, "measures")["rows"], 2);
}

#[test]
fn what_does_not_hold_is_not_claimed() {
    let mut odd = measure("a", Some("elsewhere"));
    odd.stage = "begun".into();
    odd.title = String::new();
    let dataset = Dataset {
        measures: vec![odd, measure("a", None)],
        kpis: vec![Kpi {
            kpi_id: "k".into(),
            measure_id: "gone".into(),
            ..Kpi::default()
        }],
        ..Dataset::default()
    };
    let all = described(&dataset, CsvEncoding::Utf8Bom);
    let schema = &resource(&all, "measures")["schema"];
    assert!(schema.get("primaryKey").is_none());
    let foreign = schema["foreignKeys"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    assert!(foreign.iter().all(|key| key["fields"][0] != "repeat_of"));
    assert!(
        field(&all, "measures", "title")
            .get("constraints")
            .is_none()
    );
    assert!(field(&all, "measures", "stage").get("categories").is_none());
    let kpis = resource(&all, "kpis")["schema"]["foreignKeys"]
        .as_array()
        .unwrap();
    assert!(kpis.iter().all(|key| key["fields"][0] != "measure_id"));
}

#[test]
fn keys_are_compared_as_they_stand_in_the_file() {
    let row = |phase: &str| Schedule {
        measure_id: "m".into(),
        phase_raw: phase.into(),
        ..Schedule::default()
    };
    let dataset = Dataset {
        schedules: vec![row("検討〜導入"), row("検討～導入")],
        ..Dataset::default()
    };
    let has_key = |encoding| {
        let all = described(&dataset, encoding);
        resource(&all, "schedules")["schema"]
            .get("primaryKey")
            .is_some()
    };
    assert!(has_key(CsvEncoding::Utf8Bom));
    assert!(
        !has_key(CsvEncoding::Cp932),
        "both are the same sign in CP932"
    );
    let lost = Dataset {
        schedules: vec![row("𠮷"), row("𠮟")],
        ..Dataset::default()
    };
    let all = described(&lost, CsvEncoding::Cp932);
    assert!(
        resource(&all, "schedules")["schema"]
            .get("primaryKey")
            .is_none()
    );
    let guarded = Dataset {
        schedules: vec![row("-5"), row("'-5")],
        ..Dataset::default()
    };
    let all = described(&guarded, CsvEncoding::Utf8Bom);
    assert!(
        resource(&all, "schedules")["schema"]
            .get("primaryKey")
            .is_none()
    );
    assert_eq!(resource(&all, "schedules")["encoding"], "utf-8");
}

#[test]
fn a_table_without_a_file_is_an_error_with_a_remedy() {
    let error = data_package(
        &Dataset::default(),
        &package(CsvEncoding::Utf8Bom),
        &[],
        PLACES,
    )
    .unwrap_err();
    assert!(matches!(error, ExportError::NotPackaged { .. }));
    assert!(
        error.to_string().contains("csv/municipalities.csv"),
        "{error}"
    );
}
