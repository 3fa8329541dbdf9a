//! What is refused in `editions/`, and how the message helps.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod common;

use common::{CROSSWALK, FACETS, MODEL, NEW, OLD, RULES, sample, with};
use kurabe_category::{Group, Relation};

/// The message for the sample with one file changed.
fn message(path: &str, text: &str, from: &str, to: &str) -> String {
    let changed = text.replacen(from, to, 1);
    assert_ne!(text, changed, "the test changes nothing");
    with(&[(path, &changed)]).unwrap_err().to_string()
}

fn rules(from: &str, to: &str) -> String {
    message("rules/all.toml", RULES, from, to)
}

fn edition(from: &str, to: &str) -> String {
    message("5.1/edition.toml", NEW, from, to)
}

#[test]
fn what_is_loaded_can_be_read() {
    let editions = sample();
    assert_eq!(editions.versions(false), ["3.0", "5.1"]);
    assert_eq!(editions.facets().len(), 6);
    assert_eq!(editions.rules().len(), 10);
    let rule = &editions.rules()[0];
    assert_eq!(
        (rule.id.as_str(), rule.path.as_str(), rule.line),
        ("bot", "rules/all.toml", 3)
    );
    assert_eq!(rule.fields.len(), 6);
    let edition = editions.edition("5.1").unwrap();
    assert_eq!(edition.categories[0].id, "frontyard");
    assert_eq!(edition.category("internal").unwrap().group, Group::Local);
    assert_eq!(edition.category_of_facet("rpa").unwrap().id, "internal");
    assert!(edition.category_of_facet("nothing").is_none());
    let residual = &editions.crosswalk()[1];
    assert_eq!(
        (residual.relation, &residual.to),
        (Relation::Residual, &None)
    );
}

#[test]
fn inferred_editions_are_shown_on_request() {
    let text = OLD
        .replace("\"3.0\"", "\"10.0\"")
        .replace("category =", "inferred = true\ncategory =");
    let editions = with(&[("10.0/edition.toml", &text)]).unwrap();
    assert_eq!(editions.versions(false), ["3.0", "5.1"]);
    assert_eq!(editions.versions(true), ["3.0", "5.1", "10.0"]);
    assert!(editions.edition("10.0").unwrap().is_inferred);
}

#[test]
fn a_mistyped_version_has_a_nearest_one() {
    let editions = sample();
    assert_eq!(editions.nearest("5.2"), Some("5.1"));
    assert_eq!(editions.nearest("3"), None);
    assert_eq!(editions.nearest("30"), Some("3.0"));
    assert!(editions.edition("5.2").is_none());
}

#[test]
fn files() {
    let unknown = with(&[("cross-walk.toml", CROSSWALK)])
        .unwrap_err()
        .to_string();
    assert_eq!(
        unknown,
        "cross-walk.toml: not a file of the editions; did you mean `crosswalk.toml`?"
    );
    let unknown = with(&[("5.0/editoin.toml", NEW)]).unwrap_err().to_string();
    assert!(
        unknown.ends_with("did you mean `5.0/edition.toml`?"),
        "{unknown}"
    );
    let none: [kurabe_category::SourceFile<'_>; 0] = [];
    let missing = kurabe_category::Editions::load(&none)
        .unwrap_err()
        .to_string();
    assert_eq!(missing, "facets.toml: this file is missing");
}

#[test]
fn unknown_keys_and_words() {
    assert_eq!(
        message("model.toml", MODEL, "margin = 0.1", "margn = 0.1"),
        "model.toml:3: unknown key `margn`; did you mean `margin`?"
    );
    assert_eq!(
        message("model.toml", MODEL, "factor", "facter"),
        "model.toml:14: unknown key `decay.facter`; did you mean `factor`?"
    );
    assert_eq!(
        message("crosswalk.toml", CROSSWALK, "\"residual\"", "\"residue\""),
        "crosswalk.toml:12: `residue` is no valid value of `crosswalk[1].relation`; did you mean `residual`?"
    );
    assert_eq!(
        message("model.toml", MODEL, "\"kpi\"]", "\"kpis\"]"),
        "model.toml:5: `kpis` is no valid value of `secondary_fields`; did you mean `kpi`?"
    );
    assert_eq!(
        rules("facet = \"card\"", "facet = \"crad\""),
        "rules/all.toml:9: `crad` is no valid value of `rule[6].facet`; did you mean `card`?"
    );
    assert_eq!(
        edition("[\"bot\"]", "[\"bott\"]"),
        "5.1/edition.toml:7: `bott` is no valid value of `category[0].facets`; did you mean `bot`?"
    );
    assert_eq!(
        message(
            "crosswalk.toml",
            CROSSWALK,
            "from = \"ai-rpa\"",
            "from = \"ai-rap\""
        ),
        "crosswalk.toml:4: `ai-rap` is no valid value of `crosswalk[0].from`; did you mean `ai-rpa`?"
    );
    assert_eq!(
        message("crosswalk.toml", CROSSWALK, "\"5.1\"", "\"5.2\""),
        "crosswalk.toml:5: `5.2` is no valid value of `crosswalk[0].to_edition`; did you mean `5.1`?"
    );
    assert_eq!(
        edition("version = \"5.1\"", "version = \"5.0\""),
        "5.1/edition.toml:2: `5.0` is no valid value of `version`; did you mean `5.1`?"
    );
}

#[test]
fn keys_of_array_tables() {
    let text = "[[rule]]\nid = \"a\"\nfacet = \"bot\"\nterms = [\"a\"]\nweight = 1\nwhy = \"w\"\nwhy_ja = \"w\"\n\
        [[rule]]\nid = \"b\"\ntrems = [\"b\"]\n";
    let error = with(&[("rules/all.toml", text)]).unwrap_err().to_string();
    assert_eq!(
        error,
        "rules/all.toml:10: unknown key `rule[1].trems`; did you mean `terms`?"
    );
    let text = text.replace("trems", "fields");
    let error = with(&[("rules/all.toml", &text)]).unwrap_err().to_string();
    assert_eq!(
        error,
        "rules/all.toml:10: `b` is no valid value of `rule[1].fields`"
    );
}

#[test]
fn ids_are_unique() {
    assert_eq!(
        rules("id = \"bot-more\"", "id = \"bot\""),
        "rules/all.toml:4: `bot` of `rule[1].id` is taken already, by rules/all.toml:3"
    );
    let more = with(&[("rules/more.toml", RULES)]).unwrap_err().to_string();
    assert!(
        more.starts_with("rules/more.toml:3: `bot` of `rule[0].id`"),
        "{more}"
    );
    assert!(edition("id = \"card\"", "id = \"ai\"").contains("taken already"));
    let facets = message("facets.toml", FACETS, "id = \"rpa\"", "id = \"bot\"");
    assert!(
        facets.contains("`bot` of `facet[1].id` is taken already"),
        "{facets}"
    );
}

#[test]
fn facets_are_in_exactly_one_category() {
    assert_eq!(
        edition("[\"counter\"]", "[\"counter\", \"bot\"]"),
        "5.1/edition.toml:8: facet `bot` is in category `ai` and again in `frontyard`"
    );
    assert_eq!(
        edition("[\"counter\"]", "[]"),
        "5.1/edition.toml: no category has the facets `counter`: each facet must be in exactly one"
    );
}

#[test]
fn nothing_is_empty() {
    assert_eq!(
        rules("why = \"A bot.\"", "why = \" \""),
        "rules/all.toml:3: `rule[0].why` is empty"
    );
    assert_eq!(
        rules("why_ja = \"ボット。\"", "why_ja = \"\u{3000}\""),
        "rules/all.toml:3: `rule[0].why_ja` is empty"
    );
    assert_eq!(
        rules("\"自動応答\"", "\"\u{3000} \""),
        "rules/all.toml:4: `rule[1].terms` is empty"
    );
    assert_eq!(
        rules("[\"自動応答\"]", "[]"),
        "rules/all.toml:4: `rule[1].terms` is empty"
    );
    assert_eq!(
        rules("[\"title\"]", "[]"),
        "rules/all.toml:8: `rule[5].fields` is empty"
    );
    assert_eq!(
        rules("\"支援窓口\"", "\"\""),
        "rules/all.toml:7: `rule[4].excludes` is empty"
    );
    assert!(rules(", why = \"A bot.\"", "").contains("missing field `why`"));
    assert!(rules(", why_ja = \"ボット。\"", "").contains("missing field `why_ja`"));
    let to = message("crosswalk.toml", CROSSWALK, "to = \"ai\"\n", "");
    assert_eq!(to, "crosswalk.toml:6: `crosswalk[0].to` is empty");
}

#[test]
fn numbers_are_in_range() {
    for wrong in ["0", "-1", "nan", "inf"] {
        let error = rules("weight = 0.6", &format!("weight = {wrong}"));
        assert!(
            error.starts_with("rules/all.toml:4: `rule[1].weight` is "),
            "{error}"
        );
        assert!(error.contains("a number above 0"), "{error}");
    }
    assert_eq!(
        message("model.toml", MODEL, "factor = 0.5", "factor = 1.5"),
        "model.toml:14: `decay.factor` is 1.5, but must be a share from 0 to 1"
    );
    assert_eq!(
        message("model.toml", MODEL, "margin = 2.0", "margin = nan"),
        "model.toml:20: `calibration.margin` is NaN, but must be a finite number"
    );
    assert!(
        with(&[(
            "rules/all.toml",
            &RULES.replace("weight = 1.0", "weight = 1")
        )])
        .is_ok()
    );
}

#[test]
fn titles_of_usage() {
    let message = |text: &str| with(&[("usage/a.tsv", text)]).unwrap_err().to_string();
    assert_eq!(
        message("# remark\n\ncounter 窓口\n"),
        "usage/a.tsv:3: a facet, a tab and a title must stand here"
    );
    assert_eq!(
        message("countr\t窓口"),
        "usage/a.tsv:1: `countr` is no valid value of `facet`; did you mean `counter`?"
    );
    assert_eq!(
        message("counter\t\u{3000}"),
        "usage/a.tsv:1: `title` is empty"
    );
    assert_eq!(
        message("counter\t窓 口\nlocal\t窓口"),
        "usage/a.tsv:2: `窓口` of `title` is taken already, by usage/a.tsv:1"
    );
    assert_eq!(
        with(&[("usage/a.txt", "")]).unwrap_err().to_string(),
        "usage/a.txt: not a file of the editions; did you mean `usage/a.tsv`?"
    );
    for (key, wrong) in [("weight", "-1"), ("flatness", "0"), ("smoothing", "0")] {
        let right = "[usage]\nweight = 1\nflatness = 1\nsmoothing = 1\n";
        let usage = right.replace(&format!("{key} = 1"), &format!("{key} = {wrong}"));
        let error = with(&[("model.toml", &format!("{MODEL}{usage}"))]).unwrap_err();
        assert!(
            error
                .to_string()
                .contains(&format!("`usage.{key}` is {wrong}")),
            "{error}"
        );
    }
}
