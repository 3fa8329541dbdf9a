//! The architecture as a test: which crate may use which (docs/architecture.md), who may speak
//! to a person or ask the time, and that no municipality is named in code.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that meets something unexpected fails"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

/// A crate and the crates below it that it must not know.
struct Step {
    name: &'static str,
    must_not_know: &'static [&'static str],
}

const fn step(name: &'static str, must_not_know: &'static [&'static str]) -> Step {
    Step {
        name,
        must_not_know,
    }
}

/// The staircase, lowest step first. A crate may use what stands above its own line in this list,
/// except what it must not know.
const STAIRCASE: [Step; 21] = [
    step("kurabe-trace", &[]),
    step("kurabe-page", &[]),
    step("kurabe-schema", &["kurabe-page"]),
    step("kurabe-text", &["kurabe-page", "kurabe-schema"]),
    step("kurabe-register", &["kurabe-page"]),
    step(
        "kurabe-category",
        &[
            "kurabe-trace",
            "kurabe-page",
            "kurabe-schema",
            "kurabe-register",
        ],
    ),
    step(
        "kurabe-review",
        &[
            "kurabe-trace",
            "kurabe-page",
            "kurabe-schema",
            "kurabe-register",
            "kurabe-category",
        ],
    ),
    step(
        "kurabe-indicator",
        &[
            "kurabe-trace",
            "kurabe-page",
            "kurabe-schema",
            "kurabe-register",
            "kurabe-review",
        ],
    ),
    step(
        "kurabe-read",
        &[
            "kurabe-schema",
            "kurabe-text",
            "kurabe-register",
            "kurabe-category",
            "kurabe-review",
            "kurabe-indicator",
        ],
    ),
    step(
        "kurabe-layout",
        &[
            "kurabe-register",
            "kurabe-category",
            "kurabe-review",
            "kurabe-indicator",
            "kurabe-read",
        ],
    ),
    step(
        "kurabe-normalize",
        &["kurabe-page", "kurabe-register", "kurabe-read"],
    ),
    step(
        "kurabe-export",
        &[
            "kurabe-trace",
            "kurabe-page",
            "kurabe-text",
            "kurabe-register",
            "kurabe-category",
            "kurabe-review",
            "kurabe-indicator",
            "kurabe-read",
            "kurabe-layout",
            "kurabe-normalize",
        ],
    ),
    step(
        "kurabe-fetch",
        &[
            "kurabe-trace",
            "kurabe-page",
            "kurabe-schema",
            "kurabe-text",
            "kurabe-register",
            "kurabe-category",
            "kurabe-review",
            "kurabe-indicator",
            "kurabe-read",
            "kurabe-layout",
            "kurabe-normalize",
            "kurabe-export",
        ],
    ),
    step(
        "kurabe-benchmark",
        &[
            "kurabe-trace",
            "kurabe-page",
            "kurabe-text",
            "kurabe-register",
            "kurabe-category",
            "kurabe-indicator",
            "kurabe-review",
            "kurabe-read",
            "kurabe-layout",
            "kurabe-normalize",
            "kurabe-export",
            "kurabe-fetch",
        ],
    ),
    step(
        "kurabe-changes",
        &[
            "kurabe-trace",
            "kurabe-page",
            "kurabe-text",
            "kurabe-register",
            "kurabe-category",
            "kurabe-indicator",
            "kurabe-review",
            "kurabe-read",
            "kurabe-layout",
            "kurabe-normalize",
            "kurabe-fetch",
            "kurabe-benchmark",
        ],
    ),
    step(
        "kurabe-workbook",
        &[
            "kurabe-trace",
            "kurabe-page",
            "kurabe-text",
            "kurabe-register",
            "kurabe-category",
            "kurabe-indicator",
            "kurabe-review",
            "kurabe-read",
            "kurabe-layout",
            "kurabe-normalize",
            "kurabe-fetch",
            "kurabe-benchmark",
            "kurabe-changes",
        ],
    ),
    step(
        "kurabe-database",
        &[
            "kurabe-trace",
            "kurabe-page",
            "kurabe-text",
            "kurabe-register",
            "kurabe-category",
            "kurabe-indicator",
            "kurabe-review",
            "kurabe-read",
            "kurabe-layout",
            "kurabe-normalize",
            "kurabe-fetch",
            "kurabe-benchmark",
            "kurabe-changes",
            "kurabe-workbook",
        ],
    ),
    step(
        "kurabe-report",
        &[
            "kurabe-trace",
            "kurabe-page",
            "kurabe-text",
            "kurabe-register",
            "kurabe-category",
            "kurabe-indicator",
            "kurabe-review",
            "kurabe-read",
            "kurabe-layout",
            "kurabe-normalize",
            "kurabe-fetch",
            "kurabe-benchmark",
            "kurabe-changes",
            "kurabe-workbook",
            "kurabe-database",
        ],
    ),
    step(
        "kurabe-serve",
        &[
            "kurabe-trace",
            "kurabe-page",
            "kurabe-schema",
            "kurabe-text",
            "kurabe-register",
            "kurabe-category",
            "kurabe-indicator",
            "kurabe-review",
            "kurabe-read",
            "kurabe-layout",
            "kurabe-normalize",
            "kurabe-export",
            "kurabe-fetch",
            "kurabe-benchmark",
            "kurabe-changes",
            "kurabe-workbook",
            "kurabe-database",
            "kurabe-report",
        ],
    ),
    step("kurabe", &[]),
    step(
        "xtask",
        &[
            "kurabe-trace",
            "kurabe-schema",
            "kurabe-text",
            "kurabe-register",
            "kurabe-category",
            "kurabe-review",
            "kurabe-indicator",
            "kurabe-layout",
            "kurabe-normalize",
            "kurabe-export",
            "kurabe-fetch",
            "kurabe-benchmark",
            "kurabe-changes",
            "kurabe-workbook",
            "kurabe-database",
            "kurabe-report",
            "kurabe-serve",
            "kurabe",
        ],
    ),
];

/// Words of code that speak to a person, end the process or ask the time.
const ONLY_THE_PROGRAM: [&str; 11] = [
    "print!(",
    "println!(",
    "eprint!(",
    "eprintln!(",
    "io::stdout",
    "io::stderr",
    "process::exit",
    "SystemTime",
    "Instant::now",
    "Timestamp::now",
    "Zoned::now",
];

fn home() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .nth(2)
        .unwrap()
        .to_owned()
}

/// What cargo knows of the workspace.
fn metadata() -> Value {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let output = Command::new(cargo)
        .args([
            "metadata",
            "--no-deps",
            "--format-version",
            "1",
            "--offline",
        ])
        .current_dir(home())
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Every arrow between crates of the workspace that the staircase does not allow, in a sentence.
fn wrong_arrows(metadata: &Value) -> Vec<String> {
    let packages = metadata["packages"].as_array().unwrap();
    let names: BTreeSet<&str> = packages.iter().filter_map(|p| p["name"].as_str()).collect();
    let mut wrong: Vec<String> = STAIRCASE
        .iter()
        .filter(|step| !names.contains(step.name))
        .map(|step| format!("{} is in the staircase but not in the workspace", step.name))
        .collect();
    for package in packages {
        let name = package["name"].as_str().unwrap();
        let dependencies = package["dependencies"].as_array().unwrap();
        let own = dependencies
            .iter()
            .filter(|d| d["name"].as_str().is_some_and(|n| names.contains(n)));
        wrong.extend(own.filter_map(|dependency| wrong_arrow(name, dependency)));
        if !STAIRCASE.iter().any(|step| step.name == name) {
            wrong.push(format!("{name} is not in the staircase: give it a step"));
        }
    }
    wrong
}

/// Why a crate may not use another one. Tests may use every crate below their own, as they have
/// to make the input of the crate somehow.
fn wrong_arrow(name: &str, dependency: &Value) -> Option<String> {
    let used = dependency["name"].as_str()?;
    let is_of_tests = dependency["kind"].as_str() == Some("dev");
    let place = |name: &str| STAIRCASE.iter().position(|step| step.name == name);
    let (user, below) = (place(name)?, place(used)?);
    if below >= user {
        return Some(format!("{name} uses {used}, which does not stand below it"));
    }
    let is_hidden = STAIRCASE[user].must_not_know.contains(&used);
    (is_hidden && !is_of_tests).then(|| format!("{name} uses {used}, which it must not know"))
}

/// Every Rust source below the `src` folders of the crates and of xtask, tests left out: path and code
/// without comments.
fn sources() -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(home().join("crates")).unwrap() {
        collect(&entry.unwrap().path().join("src"), &mut found);
    }
    collect(&home().join("xtask/src"), &mut found);
    found.sort();
    assert!(found.len() > 80, "only {} sources found", found.len());
    found
}

fn collect(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            collect(&path, found);
        } else if name.ends_with(".rs") && name != "tests.rs" {
            let shown = path.strip_prefix(home()).unwrap();
            let shown = shown.to_string_lossy().replace('\\', "/");
            found.push((shown, code(&fs::read_to_string(&path).unwrap())));
        }
    }
}

/// The code of a source: without comments, and without the test module at its end.
fn code(source: &str) -> String {
    let program = source.split("#[cfg(test)]\nmod tests {").next().unwrap();
    program
        .lines()
        .map(without_comment)
        .collect::<Vec<_>>()
        .join("\n")
}

/// A line up to its `//`, unless that stands in a string.
fn without_comment(line: &str) -> &str {
    let mut is_in_string = false;
    let mut before = ' ';
    for (at, c) in line.char_indices() {
        match c {
            '"' if before != '\\' && before != '\'' => is_in_string = !is_in_string,
            '/' if !is_in_string && before == '/' => return &line[..at - 1],
            _ => {}
        }
        before = if before == '\\' && c == '\\' { ' ' } else { c };
    }
    line
}

/// Names of the municipalities that profiles describe.
fn municipalities() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for folder in fs::read_dir(home().join("municipalities")).unwrap() {
        for file in fs::read_dir(folder.unwrap().path()).unwrap() {
            let path = file.unwrap().path();
            if path.extension().is_some_and(|ending| ending == "toml") {
                let profile: toml::Table = fs::read_to_string(&path).unwrap().parse().unwrap();
                let name = profile["municipality"]["name"].as_str().unwrap();
                names.insert(name.to_owned());
            }
        }
    }
    assert!(!names.is_empty());
    names
}

/// Where one of the words stands in the sources that are wanted.
fn occurrences<'w>(
    wanted: impl Fn(&str) -> bool,
    words: impl IntoIterator<Item = &'w str> + Clone,
) -> Vec<String> {
    let mut found = Vec::new();
    for (path, code) in sources().into_iter().filter(|(path, _)| wanted(path)) {
        for word in words
            .clone()
            .into_iter()
            .filter(|word| code.contains(*word))
        {
            found.push(format!("{path} has `{word}`"));
        }
    }
    found
}

#[test]
fn every_crate_uses_only_what_stands_below_it() {
    let wrong = wrong_arrows(&metadata());
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The workspace with one more dependency.
fn with_arrow(user: &str, used: &str, kind: Option<&str>) -> Value {
    let mut metadata = metadata();
    let packages = metadata["packages"].as_array_mut().unwrap();
    let user = packages.iter_mut().find(|p| p["name"] == user).unwrap();
    let dependencies = user["dependencies"].as_array_mut().unwrap();
    dependencies.push(json!({ "name": used, "kind": kind }));
    metadata
}

#[test]
fn wrong_arrows_are_seen() {
    for (user, used, kind) in [
        ("kurabe-page", "kurabe-layout", None),
        ("kurabe-read", "kurabe-layout", None),
        ("kurabe-normalize", "kurabe-page", None),
        ("kurabe-normalize", "kurabe-read", Some("build")),
        ("kurabe-export", "kurabe-normalize", None),
        ("kurabe-schema", "kurabe-page", None),
        ("kurabe-fetch", "kurabe-trace", None),
        ("kurabe-register", "kurabe-page", None),
        ("kurabe-normalize", "kurabe-register", None),
        ("kurabe-trace", "kurabe", Some("dev")),
    ] {
        let wrong = wrong_arrows(&with_arrow(user, used, kind));
        assert_eq!(wrong.len(), 1, "{user} -> {used}: {wrong:?}");
        assert!(wrong[0].starts_with(&format!("{user} uses {used}")));
    }
    let of_tests = with_arrow("kurabe-normalize", "kurabe-read", Some("dev"));
    assert!(wrong_arrows(&of_tests).is_empty());
}

#[test]
fn crates_without_a_step_are_seen() {
    let mut metadata = metadata();
    let packages = metadata["packages"].as_array_mut().unwrap();
    packages.push(json!({ "name": "kurabe-new", "dependencies": [] }));
    packages.retain(|package| package["name"] != "kurabe-export");
    let wrong = wrong_arrows(&metadata);
    assert!(wrong.iter().any(|w| w.starts_with("kurabe-new is not")));
    assert!(wrong.iter().any(|w| w.starts_with("kurabe-export is in")));
}

#[test]
fn only_the_program_prints_exits_or_asks_the_time() {
    let is_library = |path: &str| {
        !["crates/kurabe/", "xtask/"]
            .iter()
            .any(|p| path.starts_with(p))
    };
    let wrong = occurrences(is_library, ONLY_THE_PROGRAM);
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn no_code_names_a_municipality() {
    let names = municipalities();
    let wrong = occurrences(|_| true, names.iter().map(String::as_str));
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn comments_and_tests_are_no_code() {
    let source = "a(\"//\"); // b\n/// c\nlet q = '\"'; // d\n#[cfg(test)]\nmod tests {\nprintln!(\"e\");\n}\n";
    assert_eq!(code(source), "a(\"//\"); \n\nlet q = '\"'; ");
}
