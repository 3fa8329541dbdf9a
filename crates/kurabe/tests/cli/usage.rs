//! Command line, configuration and the commands that need no documents.

use crate::support::{Project, profile};

#[test]
fn a_wrong_command_line_ends_with_2_and_names_the_nearest_word() {
    let project = Project::new();
    project.run("").code(2).has("no command was given");
    project
        .run("ingets")
        .code(2)
        .has("`ingets`")
        .has("`ingest`");
    project
        .run("run --jbos 3")
        .code(2)
        .has("did you mean `--jobs`");
    project.run("run --jobs 0").code(2).has("`0`");
    project
        .run("run --csv-encoding sjis")
        .code(2)
        .has("utf8, cp932");
    project.run("explain").code(2).has("<ID>");
}

#[test]
fn help_and_version_end_with_0() {
    let project = Project::empty();
    project
        .run("--help")
        .code(0)
        .has("Usage: kurabe")
        .has("Exit codes");
    project
        .run("inspect --help")
        .code(0)
        .has("Usage: kurabe inspect")
        .has("Arguments:");
    project
        .run("--version")
        .code(0)
        .has(env!("CARGO_PKG_VERSION"));
}

#[test]
fn a_missing_configuration_says_how_to_make_one() {
    Project::empty()
        .run("run")
        .code(2)
        .has("pipeline.toml")
        .has("kurabe init");
}

#[test]
fn an_unknown_key_names_its_path_and_the_nearest_key() {
    let project = Project::new();
    project.put(
        "pipeline.toml",
        "raw = \"raw\"\n\n[export]\ncsv_encode = \"utf8\"\n",
    );
    let answer = project.run("run");
    answer
        .code(2)
        .has("pipeline.toml:4")
        .has("export.csv_encode")
        .has("`export.csv_encoding`");
    project.put("pipeline.toml", "csv = 1\n");
    project.run("run").code(2).has("valid keys: raw");
    project.put("pipeline.toml", "[export]\ncsv_encoding = \"latin1\"\n");
    project.run("run").code(2).has("pipeline.toml:2");
    project.put("pipeline.toml", "raw = [\n");
    project.run("run").code(2).has("pipeline.toml:");
}

#[test]
fn an_unknown_key_of_a_profile_names_its_path_and_the_nearest_key() {
    let project = Project::new();
    let text = profile("322067", "安来市", "plan", "[expekt]\nmeasures = 2\n");
    project.put("municipalities/a/plan.toml", &text);
    project
        .run("run")
        .code(2)
        .has("a/plan.toml")
        .has("expekt")
        .has("did you mean `expect`");
}

#[test]
fn two_profiles_of_one_document_are_refused() {
    let project = Project::new();
    project.put(
        "municipalities/c.toml",
        &profile("322067", "安来市", "plan", ""),
    );
    project
        .run("run")
        .code(2)
        .has("322067-plan")
        .has("a/plan.toml")
        .has("c.toml");
}

#[test]
fn missing_folders_are_named() {
    let project = Project::new();
    project
        .run("run --raw elsewhere")
        .code(2)
        .has("elsewhere")
        .has("--raw");
    project.put("pipeline.toml", "municipalities = \"none\"\n");
    project.run("run").code(2).has("none").has("kurabe init");
    assert!(!project.path("out").exists());
}

#[test]
fn outputs_must_not_hold_inputs() {
    let project = Project::new();
    project.run("run --out .").code(2).has("overlap");
    project.run("run --out raw").code(2).has("overlap");
    project
        .run("run --normalized municipalities")
        .code(2)
        .has("overlap");
    assert_eq!(project.tree("raw").len(), 2);
}

#[test]
fn commands_that_come_too_early_say_what_to_run_first() {
    let project = Project::new();
    project.run("export").code(2).has("kurabe normalize");
    project.run("check").code(2).has("kurabe run");
    project.run("explain 322067-plan").code(2).has("kurabe run");
}

#[test]
fn init_writes_a_project_once() {
    let project = Project::empty();
    project.run("init").code(0).has("pipeline.toml").has("raw");
    let example = "municipalities/000000-example/plan.toml.example";
    assert!(project.path(example).is_file());
    project.run("run").code(2).has("no profile");
    project.put("pipeline.toml", "raw = \"mine\"\n");
    project.run("init").code(2).has("--force");
    assert_eq!(project.tree(".")["pipeline.toml"], b"raw = \"mine\"\n");
    project.run("init --force").code(0);
    assert_ne!(project.tree(".")["pipeline.toml"], b"raw = \"mine\"\n");
}

#[test]
fn the_example_profile_is_valid() {
    let project = Project::empty();
    project.run("init").code(0);
    let text = project.tree("municipalities")["000000-example/plan.toml.example"].clone();
    project.put_bytes("municipalities/131016-chiyoda/plan.toml", &text);
    project.run("run").code(1).has("kurabe check");
    project
        .run("check")
        .code(1)
        .has("document_missing")
        .has("131016-dx-plan");
}

#[test]
fn completions_and_man_page_go_to_standard_output() {
    let project = Project::empty();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let answer = project.run(&format!("completions {shell}"));
        answer.code(0).has("inspect").has("csv-encoding");
    }
    project
        .run("completions tcsh")
        .code(2)
        .has("bash, elvish, fish, powershell, zsh");
    project.run("man").code(0).has(".TH kurabe").has("explain");
}
