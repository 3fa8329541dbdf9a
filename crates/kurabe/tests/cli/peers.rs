//! Groups of peers in the published dataset.

use crate::support::Project;

fn configured(peers: &str) -> Project {
    let project = Project::new();
    project.put("pipeline.toml", &format!("raw = \"raw\"\n{peers}"));
    project
}

/// Group, municipality and basis of every row.
fn groups(project: &Project) -> Vec<String> {
    let bytes = &project.tree("out/csv")["peer_groups.csv"];
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    let row = |record: csv::StringRecord| format!("{} {} {}", &record[0], &record[1], &record[4]);
    reader
        .records()
        .map(|record| row(record.unwrap()))
        .collect()
}

#[test]
fn without_configuration_nation_prefectures_and_kinds_are_groups() {
    let project = Project::new();
    project.run("run").code(0);
    assert_eq!(
        groups(&project),
        [
            "kind-city 322016 kind",
            "kind-city 322067 kind",
            "nation 322016 nation",
            "nation 322067 nation",
            "prefecture-32 322016 prefecture",
            "prefecture-32 322067 prefecture",
        ]
    );
}

#[test]
fn configured_groups_take_the_place_of_the_usual_ones() {
    let project = configured(
        "[[peers]]\nid = \"a\"\nlabel_ja = \"甲\"\nprefecture = \"島根県\"\nkind = \"city\"\n\
         [[peers]]\nid = \"b\"\nmunicipalities = [\"322067\", \"063240\"]\n",
    );
    project.run("run").code(0);
    assert_eq!(
        groups(&project),
        [
            "a 322016 combined",
            "a 322067 combined",
            "b 322067 listed",
            "nation 322016 nation",
            "nation 322067 nation",
        ]
    );
    let told = project.run("check --lang en");
    told.has("peers_left_out").has("063240");
    // Another label is another dataset, another place in the file is not.
    project.put(
        "pipeline.toml",
        "raw = \"raw\"\n\n\n[[peers]]\nid = \"a\"\nprefecture = \"島根県\"\n",
    );
    project.run("run").code(0);
    assert_eq!(groups(&project)[0], "a 322016 prefecture");
}

#[test]
fn bands_need_populations() {
    let project = configured("[[peers]]\nid = \"small\"\npopulation = [1, 100000000]\n");
    let answer = project.run("run --lang en");
    if answer.code == 0 {
        assert!(groups(&project).iter().any(|row| row.starts_with("small")));
    } else {
        answer
            .code(2)
            .has("no municipality of the dataset")
            .has("population");
    }
}

#[test]
fn groups_that_cannot_be_used_are_refused_with_their_place() {
    for (peers, en) in [
        ("id = \"nation\"\nkind = \"city\"", "used twice or reserved"),
        ("id = \"a b\"\nkind = \"city\"", "cannot be used"),
        ("id = \"a\"", "one or more of"),
        (
            "id = \"a\"\nkind = \"city\"\nmunicipalities = [\"322067\"]",
            "one or more of",
        ),
        ("id = \"a\"\nprefecture = \"島根\"", "no prefecture"),
        ("id = \"a\"\nkind = \"borough\"", "unknown kind"),
        ("id = \"a\"\npopulation = [5, 1]", "10,000 or more"),
        ("id = \"a\"\nmunicipalities = [\"322068\"]", "322068"),
        (
            "id = \"a\"\nprefecture = \"青森県\"",
            "no municipality of the dataset",
        ),
        ("id = \"a\"\nkinds = \"city\"", "`peers.kind`"),
    ] {
        let project = configured(&format!("[[peers]]\n{peers}\n"));
        let answer = project.run("run --lang en");
        answer.code(2).has(en).has("pipeline.toml:");
    }
    let twice = "[[peers]]\nid = \"a\"\nkind = \"city\"\n[[peers]]\nid = \"a\"\nkind = \"town\"\n";
    let answer = configured(twice).run("run --lang ja");
    answer
        .code(2)
        .has("二度使われているか")
        .has("pipeline.toml:6");
}
