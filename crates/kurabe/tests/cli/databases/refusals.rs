//! What is refused before anything is done, and what must never be shown.

use std::fs;

use kurabe::cli::{DatabaseVariables, Secret};

use super::{LANGUAGES, ask};
use crate::support::{Answer, Project};

/// In no message.
const PASSWORD: &str = "pa55-w0rd";

fn in_both(project: &Project, line: &str, database: &DatabaseVariables) -> [Answer; 2] {
    LANGUAGES.map(|language| {
        let answer = ask(&project.path("."), language, line, database);
        let all = format!("{}{}", answer.out, answer.err);
        assert!(!all.contains(PASSWORD), "{all}");
        let is_japanese = all.chars().any(|c| ('ぁ'..='ん').contains(&c));
        assert_eq!(is_japanese, language == "ja", "{all}");
        answer
    })
}

#[test]
fn a_wrong_target_is_refused_before_anything_is_done() {
    let project = Project::new();
    let none = DatabaseVariables::default();
    let cases = [
        (
            "export --to oracle x",
            ["oracle", "postgres, sqlite, duckdb"],
        ),
        ("export --to sqlite", ["--to sqlite", "FILE"]),
        ("export --to duckdb", ["--to duckdb", "FILE"]),
        ("export --to postgres", ["--url", "KURABE_DATABASE_URL"]),
        ("export --to postgres file", ["--to postgres", "--url"]),
        (
            "export --to sqlite a.db --to postgres",
            ["--url", "PGPASSWORD"],
        ),
    ];
    for (line, words) in cases {
        for answer in in_both(&project, line, &none) {
            answer.code(2);
            words.iter().for_each(|words| _ = answer.has(words));
        }
        assert!(!project.path("out").exists(), "{line}");
        assert!(!project.path("a.db").exists(), "{line}");
    }
}

#[test]
fn a_file_of_somebody_else_is_not_overwritten() {
    let project = Project::new();
    project.run("run");
    // Where DuckDB is missing, that is told first; any program will do, as it is not asked.
    let variables = DatabaseVariables {
        duckdb: Some(project.path("none")),
        ..DatabaseVariables::default()
    };
    for line in ["export --to sqlite mine", "export --to duckdb mine"] {
        project.put("mine", "a letter");
        for answer in in_both(&project, line, &variables) {
            answer.code(3).has("mine");
        }
        let left = fs::read_to_string(project.path("mine")).unwrap();
        assert_eq!(left, "a letter", "{line}");
    }
    let other = rusqlite::Connection::open(project.path("other.db")).unwrap();
    other.execute_batch("CREATE TABLE letters (a)").unwrap();
    drop(other);
    let before = fs::read(project.path("other.db")).unwrap();
    for answer in in_both(&project, "export --to sqlite other.db", &variables) {
        answer.code(3).has("other.db");
    }
    assert_eq!(fs::read(project.path("other.db")).unwrap(), before);
    for answer in in_both(&project, "export --to sqlite mine/a.db", &variables) {
        answer.code(3).has("a.db");
    }
}

#[test]
fn no_message_shows_a_password() {
    let project = Project::new();
    project.run("run");
    // A port that nobody listens on, an address that is none, a password outside the address.
    let addresses = [
        format!("postgres://u:{PASSWORD}@127.0.0.1:1/d"),
        format!("postgres://u:{PASSWORD}@127.0.0.1:port/d"),
        format!("postgres//u:{PASSWORD}@127.0.0.1/d"),
        format!("host=127.0.0.1 port=1 user=u password={PASSWORD}"),
        format!("postgres://u@127.0.0.1:1/d?password={PASSWORD}"),
        format!("postgres://u@127.0.0.1:1/d?no_such={PASSWORD}"),
    ];
    for url in addresses {
        let around = DatabaseVariables {
            url: Some(Secret::new(url.clone())),
            password: Some(Secret::new(PASSWORD.to_owned())),
            ..DatabaseVariables::default()
        };
        for answer in in_both(&project, "export --to postgres", &around) {
            assert!(answer.code >= 2, "{url}: {answer:?}");
        }
        if !url.contains(' ') {
            let line = format!("export --to postgres --url {url}");
            in_both(&project, &line, &DatabaseVariables::default());
        }
    }
}
