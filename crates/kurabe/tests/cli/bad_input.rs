//! Source files that are broken, unknown, doubled or missing.

use std::fs;

use crate::support::{Project, document, profile, published};

#[test]
fn an_empty_and_a_binary_file_are_findings_and_the_rest_is_read() {
    let project = Project::new();
    project.put("raw/empty.txt", "");
    project.put_bytes("raw/picture.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    project.run("run").code(1);
    let answer = project.run("check");
    answer
        .code(1)
        .has("file_unreadable")
        .has("empty.txt")
        .has("picture.png");
    answer.has("322067-plan").has("322016-plan");
}

#[test]
fn a_refused_format_is_named_with_its_own_way_out_in_both_languages() {
    let cases: [(&str, &[u8], [&str; 2]); 3] = [
        (
            "scan.png",
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
            ["PNG 画像）。文字認識（OCR）", "a PNG picture; recognise"],
        ),
        (
            "plan.rtf",
            b"{\\rtf1\\ansi plan}",
            ["RTF 文書）。表をタブ区切り", "an RTF file; save its tables"],
        ),
        (
            "plans.7z",
            b"7z\xBC\xAF\x27\x1C\0\x04",
            ["7z 書庫）。展開して", "a 7z archive; unpack it"],
        ),
    ];
    for (name, bytes, [ja, en]) in cases {
        let project = Project::new();
        project.put_bytes(&format!("raw/{name}"), bytes);
        project.run("run").code(1);
        project.run("check --lang ja").code(1).has(name).has(ja);
        project.run("check --lang en").code(1).has(name).has(en);
    }
}

#[test]
fn an_empty_folder_of_sources_misses_every_document() {
    let project = Project::new();
    fs::remove_dir_all(project.path("raw")).unwrap();
    fs::create_dir(project.path("raw")).unwrap();
    project.run("run").code(1);
    project
        .run("check")
        .code(1)
        .has("document_missing")
        .has("322067-plan")
        .has("322016-plan");
}

#[test]
fn files_are_known_by_their_words_under_any_name() {
    let (project, renamed) = (Project::new(), Project::new());
    project.run("run");
    fs::create_dir(renamed.path("raw/sub")).unwrap();
    fs::rename(
        renamed.path("raw/one.txt"),
        renamed.path("raw/sub/資料 (2).dat"),
    )
    .unwrap();
    renamed.run("run");
    let mut differing = published(&renamed.path("out"));
    let before = published(&project.path("out"));
    differing.retain(|name, bytes| before.get(name) != Some(bytes));
    let names: Vec<&String> = differing.keys().collect();
    // What names the files that were read.
    assert_eq!(
        names,
        [
            "csv/documents.csv",
            "datapackage.json",
            "kurabe.xlsx",
            "parquet/documents.parquet"
        ]
    );
}

#[test]
fn an_unknown_file_is_a_finding_with_the_nearest_profile() {
    let project = Project::new();
    project.put("raw/other.txt", "安来市の広報\n\n本文\n");
    project
        .run("ingest")
        .code(1)
        .has("other.txt")
        .has("322067-plan");
    project.run("run").code(1);
    project.run("check").has("file_unclaimed").has("other.txt");
}

#[test]
fn a_file_that_two_profiles_claim_is_a_finding_with_both() {
    let project = Project::new();
    project.put(
        "municipalities/c.toml",
        &profile("322067", "安来市", "other", ""),
    );
    let answer = project.run("ingest");
    answer
        .code(1)
        .has("one.txt")
        .has("322067-plan, 322067-other");
    project.run("run").code(1);
    project
        .run("check")
        .has("file_ambiguous")
        .has("document_missing");
}

#[test]
fn another_edition_and_a_copy_are_told_apart() {
    let project = Project::new();
    let later = document("安来市", "電子申請").replace("令和5年度", "令和6年度");
    project.put("raw/later.txt", &later);
    project.put("raw/copy.txt", &document("松江市", "書かない窓口"));
    project.run("run").code(1);
    let answer = project.run("check");
    answer
        .has("file_other_edition")
        .has("later.txt")
        .has("令和6年度");
    answer.has("file_duplicate").has("two.txt");
}

#[test]
fn a_wrong_encoding_in_the_profile_is_a_finding() {
    let project = Project::new();
    let wrong = profile(
        "322067",
        "安来市",
        "plan",
        "[source]\nencoding = \"euc-jp\"\n",
    );
    project.put("municipalities/a/plan.toml", &wrong);
    project.run("run").code(1);
    project.run("check").code(1).has("euc-jp").has("one.txt");
}

#[test]
fn notes_and_hidden_files_are_no_sources() {
    let project = Project::new();
    project.put("raw/README.txt", "読まないでください");
    project.put("raw/SOURCES.md", "# 出典");
    project.put("raw/.DS_Store", "x");
    let answer = project.run("ingest");
    answer.code(0);
    assert!(!answer.out.contains("README"));
}

#[test]
fn characters_that_cp932_lacks_are_refused_or_replaced() {
    let project = Project::new();
    let text = profile("322067", "安来市", "plan", "").replace("安来市DX計画", "安来市DX計画😀");
    project.put("municipalities/a/plan.toml", &text);
    project
        .run("run --csv-encoding cp932")
        .code(3)
        .has("title")
        .has("--lossy");
    assert!(!project.path("out/csv").exists());
    project.run("run --csv-encoding cp932 --lossy");
    project.run("check").has("U+1F600").has("322067-plan");
    let plain = project.tree("out")["csv/municipalities.csv"].clone();
    assert!(plain.windows(4).any(|four| four == b"\x88\xc0\x97\x88"));
}
