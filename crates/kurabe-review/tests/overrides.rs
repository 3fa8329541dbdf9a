//! Decisions: TOML there and back, merging, and what happens when the source changes.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that meets something unexpected fails"
)]

mod common;

use common::{codes, rows};
use kurabe_review::Coding;
use kurabe_review::overrides::{
    Override, OverrideError, Provenance, Source, Standing, apply, content_key, merge, parse, render,
};
use kurabe_review::sheet::check;
use proptest::prelude::*;

const KEY: &str = "0123456789abcdef";

fn entry(id: &str, why: &str) -> Override {
    Override {
        measure_id: id.to_owned(),
        content_key: KEY.to_owned(),
        edition: "5.1".to_owned(),
        primary: "ai".to_owned(),
        secondary: vec!["frontyard".to_owned()],
        old_primary: Some("regional".to_owned()),
        old_secondary: Vec::new(),
        who: "県 太郎".to_owned(),
        when: "2026-11-20".to_owned(),
        why: why.to_owned(),
        source: Source::Review,
    }
}

#[test]
fn the_file_is_made_for_people_and_diffs() {
    let text = render(&[entry("b", "議事録が主"), entry("a", "")]);
    let wanted = r#"
[[override]]
measure_id = "b"
content_key = "0123456789abcdef"
edition = "5.1"
primary = "ai"
secondary = ["frontyard"]
old_primary = "regional"
who = "県 太郎"
when = "2026-11-20"
why = "議事録が主"
source = "review"
"#;
    assert!(text.ends_with(wanted), "{text}");
    let back = parse(&text, "reviews/1.toml").unwrap();
    assert_eq!(back, [entry("a", ""), entry("b", "議事録が主")]);
    assert_eq!(render(&back), text);
    assert_eq!(parse(&render(&[]), "x").unwrap(), []);
}

#[test]
fn a_sheet_becomes_decisions_that_win_until_the_source_changes() {
    let mut sheet = rows();
    sheet[0].primary = Some("regional".to_owned());
    sheet[0].secondary = Vec::new();
    sheet[0].reason = Some("地域が主".to_owned());
    let changes = check(&rows(), &sheet, &codes()).unwrap();
    let by = Provenance::new("花子", "2026-11-21", Source::MunicipalityReply).unwrap();
    let existing = [entry("a-1", "前の決定"), entry("z", "")];
    let merged = merge(&existing, &changes, &by);
    assert_eq!(merged.len(), 2);
    let new = &merged[0];
    assert_eq!((new.who.as_str(), new.why.as_str()), ("花子", "地域が主"));
    assert_eq!(new.old_primary.as_deref(), Some("frontyard"));
    assert_eq!(new.old_secondary, ["ai", "security"]);
    assert_eq!(merged[1], existing[1]);
    assert!(render(&merged).contains("source = \"municipality_reply\""));
    let applied = Standing::Applied(Coding::new("regional", []));
    assert_eq!(apply(new, &rows()[0].content_key), applied);
    let current = content_key("窓口予約の廃止", "総務課;情報課", "");
    let decided_on = rows()[0].content_key.clone();
    assert_eq!(
        apply(new, &current),
        Standing::Stale {
            decided_on,
            current: current.clone()
        }
    );
    assert_eq!(merge(&merged, &changes, &by), merged);
    let mut other = changes;
    other[0].edition = "3.0".to_owned();
    assert_eq!(merge(&merged, &other, &by).len(), 3);
}

#[test]
fn wrong_files_are_refused_with_file_and_line() {
    let good = render(&[entry("a", "")]);
    let wrong = |from: &str, to: &str| {
        assert!(good.contains(from));
        parse(&good.replace(from, to), "reviews/1.toml").unwrap_err()
    };
    for (from, to, starts) in [
        ("who =", "whom =", "reviews/1.toml:11: unknown field `whom`"),
        (
            KEY,
            "xyz",
            "reviews/1.toml:4: `xyz` is no valid `content_key`",
        ),
        (
            "2026-11-20",
            "2026-02-30",
            "reviews/1.toml:4: `2026-02-30` is no valid `when`",
        ),
        ("県 太郎", " ", "reviews/1.toml:4: ` ` is no valid `who`"),
        (
            "\"review\"",
            "\"guess\"",
            "reviews/1.toml:14: unknown variant `guess`",
        ),
        (
            "primary = \"ai\"\n",
            "",
            "reviews/1.toml:4: missing field `primary`",
        ),
    ] {
        let error = wrong(from, to);
        assert!(error.to_string().starts_with(starts), "{error}");
        assert!(error.message(true).ends_with("ください"), "{error:?}");
    }
    let twice = format!("{good}{good}");
    let error = parse(&twice, "x").unwrap_err();
    assert!(
        matches!(error, OverrideError::Repeated { line: 18, .. }),
        "{error}"
    );
    let day = Provenance::new("a", "20.11.2026", Source::Review).unwrap_err();
    assert!(day.message(true).contains("2026-11-20"));
    let nobody = Provenance::new(" ", "2026-11-20", Source::Review);
    assert_eq!(nobody, Err(OverrideError::NoName));
}

#[test]
fn keys_hold_for_the_same_words() {
    let key = content_key("ＡＩ 議事録", "総務課", "会議録を作る。");
    assert_eq!(key, content_key("AI議事録", "総務課\n", "会議録を 作る｡"));
    assert_eq!(key, "a9195b4fc77d17f8", "pinned: reviews/ hold such keys");
    assert_ne!(key, content_key("AI議事録", "総務課", "会議録を消す。"));
    assert_ne!(content_key("a", "b", ""), content_key("ab", "", ""));
}

proptest! {
    #[test]
    fn any_text_comes_back(why in any::<String>(), who in "\\PC{0,8}x", id in "[\"'\\\\a-zあ\n\r\t]{0,8}x") {
        let mut one = entry(&id, &why);
        one.who = who;
        let text = render(std::slice::from_ref(&one));
        prop_assert_eq!(parse(&text, "x").unwrap(), [one]);
    }

    #[test]
    fn any_file_is_read_or_refused(text in any::<String>()) {
        let _ = parse(&text, "x");
    }
}
