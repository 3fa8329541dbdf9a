//! National surveys in the published dataset.

use crate::support::{Answer, Project};

const TABLE: &str = "\u{feff},,大江町,松江市,出雲市,\r\n\
    自治体DXの推進体制等,CIOの任命,未実施,実施,調査無し,\r\n\
    住民サービスのDX,マイナンバーカードの保有状況,83%,76%,77%,\r\n";

/// A project whose configuration names a table of a survey; `more` is added to it.
fn configured(table: &[u8], more: &str) -> Project {
    let project = Project::new();
    let config = "raw = \"raw\"\n[[survey]]\npath = \"tables/dx.csv\"\nsurvey = \"dx-dashboard\"\nyear = \
                  2023\nas_of = \"2023-04-01\"\nsource = \"a source\"\n";
    project.put("pipeline.toml", &format!("{config}{more}"));
    project.put_bytes("tables/dx.csv", table);
    project
}

/// The first columns of a published table, without its header.
fn rows(project: &Project, table: &str, columns: usize) -> Vec<String> {
    let bytes = &project.tree("out/csv")[&format!("{table}.csv")];
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    let row = |record: csv::StringRecord| record.iter().take(columns).collect::<Vec<_>>().join(",");
    reader
        .records()
        .map(|record| row(record.unwrap()))
        .collect()
}

/// Asserts that a refusal stands in both languages and ends the program with a code.
fn refused(project: &Project, code: u8, ja: &str, en: &str) {
    let told = |lang: &str| -> Answer {
        let answer = project.run(&format!("run --lang {lang}"));
        answer.code(code);
        if code == 1 {
            return project.run(&format!("check --lang {lang}"));
        }
        answer
    };
    told("ja").has(ja);
    told("en").has(en);
}

#[test]
fn without_a_table_the_bundled_facts_of_our_municipalities_are_published() {
    let project = Project::new();
    project.run("run").code(0);
    let published = rows(&project, "survey_indicators", 5);
    assert_eq!(published.len(), 2 * 15);
    assert!(published.contains(&"322067,rpa,dx-dashboard,2023,0".to_owned()));
    assert!(published.contains(&"322016,mynumber_holding,dx-dashboard,2023,76".to_owned()));
    assert_eq!(rows(&project, "municipalities", 1), ["322016", "322067"]);
    let answer = project.run("explain 322067/dx-dashboard/2023/rpa");
    answer.code(0).has("L10C6  RPAの導入状況 | 安来市 | 未実施");
}

#[test]
fn a_configured_table_is_published_whole_and_proven() {
    let project = configured(TABLE.as_bytes(), "municipalities = 3\n");
    project.run("run").code(0);
    assert_eq!(
        rows(&project, "survey_indicators", 6),
        [
            "063240,cio,dx-dashboard,2023,0,未実施",
            "063240,mynumber_holding,dx-dashboard,2023,83,83%",
            "322016,cio,dx-dashboard,2023,1,実施",
            "322016,mynumber_holding,dx-dashboard,2023,76,76%",
            "322032,cio,dx-dashboard,2023,,調査無し",
            "322032,mynumber_holding,dx-dashboard,2023,77,77%",
        ]
    );
    let known = rows(&project, "municipalities", 4);
    assert_eq!(known[0], "063240,大江町,山形県,town");
    assert_eq!(known.len(), 4);
    project.run("verify").code(0).has("6/6      6/6     18/18");
    let record = String::from_utf8(project.tree("out")["run.json"].clone()).unwrap();
    assert!(record.contains("tables/dx.csv"), "{record}");
}

#[test]
fn tables_come_in_any_encoding() {
    let (cp932, ..) = encoding_rs::SHIFT_JIS.encode(TABLE.trim_start_matches('\u{feff}'));
    let project = configured(&cp932, "");
    project.run("run").code(0);
    assert_eq!(rows(&project, "survey_indicators", 1).len(), 6);
}

#[test]
fn a_changed_table_makes_the_dataset_again_and_an_unchanged_one_does_not() {
    let project = configured(TABLE.as_bytes(), "");
    project.run("run").code(0);
    let times = project.times("out");
    project.run("run").code(0);
    assert_eq!(project.times("out"), times);
    project.put("tables/dx.csv", &TABLE.replace("83%", "84%"));
    project.run("check").has("run");
    project.run("run").code(0);
    let published = rows(&project, "survey_indicators", 5);
    assert!(published.contains(&"063240,mynumber_holding,dx-dashboard,2023,84".to_owned()));
}

#[test]
fn a_table_that_cannot_be_trusted_is_a_finding_and_stops_nothing() {
    for (from, to, more, ja, en) in [
        (
            "大江町,松江市",
            "松江市,大江町",
            "",
            "団体コード順に並べて",
            "put the columns in the order",
        ),
        (
            "大江町",
            "大江村",
            "",
            "3 列目：「大江村」という市区町村はありません",
            "山形県大江町 063240); correct",
        ),
        (
            "大江町,松江市,出雲市",
            "札幌市,府中市,福岡市",
            "",
            "東京都府中市 132063, 広島県府中市 342084",
            "write the prefecture before",
        ),
        (
            "大江町",
            "篠山市",
            "",
            "兵庫県丹波篠山市 282219",
            "did not exist on 2023-04-01",
        ),
        (
            "83%,76%,77%",
            "83%,76%",
            "",
            "3 行目のセルは 5 個",
            "line 3 has",
        ),
        (
            "77%,",
            "77%,9%",
            "",
            "6 列目には名前がない",
            "column 6 has no name",
        ),
        (
            "大江町,松江市,出雲市",
            ",,",
            "",
            "市区町村名がありません",
            "names no municipality",
        ),
        (
            "大江町",
            "大江町",
            "municipalities = 1741\n",
            "市区町村が 3 あります",
            "1741 are expected",
        ),
    ] {
        let table = TABLE.replace(from, to);
        let project = configured(table.as_bytes(), more);
        refused(&project, 1, ja, en);
        project
            .run("check")
            .has("survey_unreadable")
            .has("tables/dx.csv");
        assert!(rows(&project, "survey_indicators", 1).is_empty());
        assert_eq!(rows(&project, "municipalities", 1).len(), 2);
    }
}

#[test]
fn what_a_table_asks_or_answers_beyond_the_definition_is_a_finding() {
    let table = TABLE
        .replace("CIOの任命", "CIOの任用")
        .replace("83%", "多数");
    let project = configured(table.as_bytes(), "");
    refused(&project, 1, "近い項目：CIOの任命", "nearest: CIOの任命");
    project
        .run("check")
        .has("survey_label_unknown")
        .has("survey_value_unknown")
        .has("L3C3");
    let published = rows(&project, "survey_indicators", 6);
    assert_eq!(
        published[0],
        "063240,mynumber_holding,dx-dashboard,2023,,多数"
    );
}

#[test]
fn a_wrong_configuration_is_refused() {
    let wrong = |from: &str, to: &str| {
        let project = configured(TABLE.as_bytes(), "");
        let config = String::from_utf8(project.tree(".")["pipeline.toml"].clone()).unwrap();
        project.put("pipeline.toml", &config.replace(from, to));
        project
    };
    refused(
        &wrong("dx.csv", "no.csv"),
        2,
        "tables/no.csv がありません",
        "tables/no.csv is not there",
    );
    refused(
        &wrong("dx-dashboard", "dx"),
        2,
        "使えるもの：dx-dashboard",
        "known: dx-dashboard",
    );
    refused(
        &wrong("2023-04-01", "2023年"),
        2,
        "日付ではありません",
        "is no date",
    );
    refused(
        &wrong("tables/dx.csv", "tables"),
        2,
        "ファイルでない",
        "is no file",
    );
    refused(&wrong("as_of", "asof"), 2, "survey.asof", "`survey.as_of`");
    let twice = "[[survey]]\npath = \"tables/dx.csv\"\nsurvey = \"dx-dashboard\"\nyear = 2023\nsource = \"b\"\n";
    let project = configured(TABLE.as_bytes(), twice);
    refused(
        &project,
        2,
        "同じ調査・年度・指標・自治体",
        "hold the same indicator",
    );
}
