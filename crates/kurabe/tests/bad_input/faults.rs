//! A child that dies in any way is an error of its file alone. The faults are on request in builds
//! for tests (`KURABE_FAULT`), because no file is known that brings them about.

use std::fs;

use crate::run::Project;
use crate::samples;

#[test]
fn a_child_that_dies_takes_nothing_with_it() {
    for (fault, words) in [
        ("overflow", "入れ子が深すぎて"),
        ("abort", "異常終了しました（signal: 6"),
        ("memory", "limits.memory_bytes = 536870912"),
        ("hang", "limits.seconds = 1 秒"),
    ] {
        let project = Project::with_good_document();
        project.put(
            "pipeline.toml",
            b"raw = \"raw\"\nlimits = { seconds = 1 }\n",
        );
        project.put(&format!("raw/{fault}.pdf"), &samples::pdf_file());
        project.put("raw/other.docx", &samples::docx());
        let ran = project.run(&[("KURABE_FAULT", fault)]);
        assert_eq!((ran.code, ran.problems()), (Some(1), Vec::new()), "{fault}");
        let findings = fs::read_to_string(project.path("out/csv/findings.csv")).unwrap();
        assert!(
            findings.contains(&format!("{fault}.pdf を読めません")),
            "{findings}"
        );
        assert!(findings.contains(words), "{fault}: {findings}");
        let documents = fs::read_to_string(project.path("out/csv/documents.csv")).unwrap();
        assert!(
            documents.contains("322067-plan") && documents.contains("322016-plan"),
            "{documents}"
        );
    }
}
