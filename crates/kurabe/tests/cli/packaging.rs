//! `out/datapackage.json` and `out/partitioned`: what they say is what lies there.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use kurabe::hash;
use serde_json::Value;

use crate::support::{Project, published};

fn configured(text: &str) -> Project {
    let project = Project::new();
    project.put("pipeline.toml", &format!("raw = \"raw\"\n{text}"));
    project
}

fn descriptor(project: &Project) -> Value {
    serde_json::from_slice(&project.tree("out")["datapackage.json"]).unwrap()
}

fn names(schema: &Value) -> Vec<&str> {
    let fields = schema["fields"].as_array().unwrap();
    fields.iter().map(|f| f["name"].as_str().unwrap()).collect()
}

/// The file is there with its size and hash.
fn assert_file(project: &Project, entry: &Value) -> Vec<u8> {
    let path = entry["path"].as_str().unwrap();
    let bytes = fs::read(project.path("out").join(path)).unwrap();
    assert_eq!(entry["bytes"], bytes.len(), "{path}");
    assert_eq!(
        entry["hash"],
        format!("sha256:{}", hash::sha256(&bytes)),
        "{path}"
    );
    bytes
}

#[test]
fn every_resource_is_there_and_is_as_described() {
    for options in ["", "--csv-encoding cp932 --lossy"] {
        let project = Project::new();
        project.run(&format!("run {options}"));
        let all = descriptor(&project);
        let resources = all["resources"].as_array().unwrap();
        let fields: BTreeMap<&str, Vec<&str>> = resources
            .iter()
            .map(|r| (r["name"].as_str().unwrap(), names(&r["schema"])))
            .collect();
        for resource in resources {
            let bytes = assert_file(&project, resource);
            assert_file(&project, &resource["alternatives"][0]);
            let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
            let mut reader = csv::Reader::from_reader(bytes);
            let own = &fields[resource["name"].as_str().unwrap()];
            assert_eq!(&reader.headers().unwrap().iter().collect::<Vec<_>>(), own);
            assert_eq!(resource["rows"], reader.byte_records().count());
            for key in resource["schema"]["foreignKeys"]
                .as_array()
                .into_iter()
                .flatten()
            {
                let other = key["reference"]["resource"].as_str();
                let other = other.map_or(own, |name| &fields[name]);
                assert!(own.contains(&key["fields"][0].as_str().unwrap()));
                assert!(other.contains(&key["reference"]["fields"][0].as_str().unwrap()));
            }
        }
        assert_eq!(fields.len(), 32);
        assert_eq!(all["sources"].as_array().unwrap().len(), 2);
    }
}

#[test]
fn the_package_says_what_the_configuration_says() {
    let project = configured(
        "[package]\nname = \"dx-shimane\"\ntitle = \"島根県\"\ncontact = \"dx@example.jp\"\n\
         [[package.licenses]]\nname = \"CC-BY-4.0\"\n",
    );
    project.run("run").code(0);
    let all = descriptor(&project);
    assert_eq!(
        (&all["name"], &all["title"]),
        (&"dx-shimane".into(), &"島根県".into())
    );
    assert_eq!(all["licenses"][0]["name"], "CC-BY-4.0");
    assert_eq!(all["contributors"][0]["email"], "dx@example.jp");
    project.run("run").has("up to date");
    project.put("pipeline.toml", "raw = \"raw\"\n");
    project.run("run").code(0).has("Wrote");
    assert_eq!(descriptor(&project)["licenses"][0]["name"], "notspecified");
}

#[test]
fn a_package_that_cannot_be_is_refused_with_a_remedy() {
    configured("[[package.licenses]]\nname = \"CC BY\"\n")
        .run("run")
        .code(2)
        .has("pipeline.toml")
        .has("`CC BY`")
        .has("CC-BY-4.0");
    configured("[package]\nlicence = \"x\"\n")
        .run("run")
        .code(2)
        .has("`package.licence`");
}

#[test]
fn files_by_municipality_are_part_of_the_generation() {
    let project = configured("[export]\npartition_by = \"municipality_code\"\n");
    project.run("run").code(0);
    let before = published(&project.path("out"));
    let documents: BTreeSet<&str> = before
        .keys()
        .filter_map(|path| path.strip_prefix("partitioned/documents/"))
        .collect();
    let wanted =
        ["322016", "322067"].map(|code| format!("municipality_code={code}/part-0.parquet"));
    assert_eq!(documents, wanted.iter().map(String::as_str).collect());
    assert!(before.contains_key("partitioned/categories/part-0.parquet"));
    let all = descriptor(&project);
    let beside = &all["resources"][1]["alternatives"][1];
    assert_eq!(beside["path"], "partitioned/documents");
    assert_eq!(beside["partitionedBy"][0], "municipality_code");
    project.run("run").has("up to date");
    project.run("export --force");
    assert_eq!(published(&project.path("out")), before);
    project.put("pipeline.toml", "raw = \"raw\"\n");
    project.run("run").has("Wrote");
    assert!(!project.path("out/partitioned").exists());
    project
        .run("export --partition-by municipality_code")
        .has("Wrote");
    assert_eq!(published(&project.path("out")), before);
}

#[test]
fn another_column_is_refused_with_the_known_ones() {
    let project = Project::new();
    project
        .run("export --partition-by fiscal_year")
        .code(2)
        .has("`fiscal_year`")
        .has("municipality_code");
    project
        .run("check --partition-by municipality_code")
        .code(2);
    project.put("pipeline.toml", "[export]\npartition_by = \"year\"\n");
    project
        .run("run")
        .code(2)
        .has("pipeline.toml:2")
        .has("municipality_code");
}
