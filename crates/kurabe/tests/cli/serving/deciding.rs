//! Decisions of the review page: how they are written, refused and kept apart.

use std::fs;

use kurabe::lock::Lock;
use serde_json::{Value, json};

use super::served::{Served, decided, first, list};
use crate::support::{BUNDLED_RAW, Project};

#[test]
fn a_decision_is_written_published_and_withdrawn() {
    let project = Project::with_bundled_document();
    let served = Served::ready(&project, "--no-watch");
    let id = first(&served, "need=rule");
    let before = served.measure(&id);
    let by_program = before["codes"][0]["category"].as_str().unwrap();
    let code = if by_program == "security" {
        "telework"
    } else {
        "security"
    };
    let mut body = served.decision(&id, code);
    body["secondary"] = json!(["ai"]);
    let reply = served.post("/api/review/decide", &body);
    assert_eq!(reply.status, 200, "{}", reply.body);
    let reviews = decided(&project).overrides;
    let [one] = reviews.as_slice() else {
        panic!("{reviews:?}");
    };
    assert_eq!(
        (&*one.measure_id, &*one.primary, &*one.who),
        (&*id, code, "点検 太郎")
    );
    assert_eq!(one.secondary, ["ai"]);
    assert_eq!(one.why, "目的から判断");
    assert_eq!(one.old_primary.as_deref(), Some(by_program));
    assert_eq!(one.content_key, before["content_key"].as_str().unwrap());
    assert_eq!(one.source.as_str(), "review");
    let files = project.tree("reviews");
    assert_eq!(files.keys().collect::<Vec<_>>(), ["overrides.toml"]);
    served.generation(2);
    let now = served.measure(&id);
    assert_eq!(now["codes"][0]["category"], code);
    assert_eq!(now["codes"][0]["method"], "override");
    assert_eq!(now["decision"]["holds"], true);
    assert_eq!(first(&served, "need=decided"), id);
    assert_eq!(list(&served, "need=decided").len(), 1);
    let published = fs::read_to_string(project.path("out/csv/measure_categories.csv")).unwrap();
    let row = published
        .lines()
        .find(|line| line.contains(&id) && line.contains("override"));
    assert!(row.is_some_and(|row| row.contains(code)), "{row:?}");
    // The same once more is nothing new; taking it back brings the rules back.
    let again = served.decision(&id, "telework");
    assert_eq!(served.post("/api/review/decide", &again).status, 200);
    assert_eq!(
        decided(&project).overrides[0].old_primary.as_deref(),
        Some(code)
    );
    served.generation(3);
    let seen = served.measure(&id);
    let body = json!({ "id": id, "edition": seen["edition"], "version": seen["version"] });
    assert_eq!(served.post("/api/review/withdraw", &body).status, 200);
    assert!(decided(&project).overrides.is_empty());
    served.generation(4);
    assert_eq!(served.measure(&id)["codes"], before["codes"]);
}

#[test]
fn a_decision_falls_away_when_the_text_changes() {
    let project = Project::with_bundled_document();
    let served = Served::ready(&project, "");
    let id = first(&served, "need=rule");
    let title = list(&served, "need=rule")[0]["title"]
        .as_str()
        .unwrap()
        .to_owned();
    let body = served.decision(&id, "telework");
    assert_eq!(served.post("/api/review/decide", &body).status, 200);
    let done = served.generation(2);
    let raw = fs::read_to_string(project.path(BUNDLED_RAW)).unwrap();
    project.put(
        BUNDLED_RAW,
        &raw.replace(&title, &format!("{title}の見直し")),
    );
    served.generation(done + 1);
    // What needs a person most comes first.
    assert_eq!(list(&served, "")[0]["id"], *id);
    let now = served.measure(&id);
    assert_eq!(now["need"], "outdated");
    assert_eq!(now["decision"]["holds"], false);
    assert_ne!(now["codes"][0]["method"], "override");
    // A decision on the text of before is refused; one on that of now is taken.
    let mut old = served.decision(&id, "telework");
    old["content_key"] = body["content_key"].clone();
    assert_eq!(served.post("/api/review/decide", &old).status, 422);
    let new = served.decision(&id, "telework");
    assert_eq!(served.post("/api/review/decide", &new).status, 200);
    served.generation(done + 2);
    assert_eq!(served.measure(&id)["need"], "decided");
}

#[test]
fn what_is_wrong_with_a_decision_is_told_and_nothing_is_written() {
    let project = Project::with_bundled_document();
    let served = Served::ready(&project, "--no-watch");
    let id = first(&served, "need=rule");
    let good = served.decision(&id, "security");
    let with = |key: &str, value: Value| {
        let mut body = good.clone();
        body[key] = value;
        body
    };
    for (body, status, word) in [
        (with("primary", json!("no-such-code")), 422, "no-such-code"),
        (with("primary", json!("")), 422, ""),
        (with("secondary", json!(["security"])), 422, ""),
        (
            with("secondary", json!(["no-such-code"])),
            422,
            "no-such-code",
        ),
        (with("content_key", json!("0123456789abcdef")), 422, "text"),
        (with("reason", json!("  ")), 422, "reason"),
        (with("who", json!("")), 422, "name"),
        (with("who", json!("a\nb")), 422, "name"),
        (with("reason", json!("あ".repeat(4001))), 422, "too long"),
        (with("id", json!("nothing")), 422, "nothing"),
        (with("edition", json!("9.9")), 422, "9.9"),
        (with("version", json!("other")), 409, "somebody else"),
        (with("more", json!(1)), 400, "more"),
        (json!([]), 400, ""),
    ] {
        let reply = served.post("/api/review/decide", &body);
        assert_eq!(reply.status, status, "{body}: {}", reply.body);
        let told = reply.json();
        let en = told["problem"]["en"].to_string();
        assert!(en.contains(word), "{word}: {en}");
        let ja = &told["problem"]["ja"];
        assert!(
            ja["message"].is_string() && ja["hint"].is_string(),
            "{told}"
        );
    }
    let (host, token) = (&served.host, served.token());
    let origin = format!("Origin: http://{host}\n");
    let key = format!("X-Kurabe-Token: {token}\n");
    let json = "Content-Type: application/json";
    for (headers, status) in [
        (format!("{key}{json}"), 403),
        (format!("Origin: http://evil.example\n{key}{json}"), 403),
        (format!("{origin}{json}"), 403),
        (format!("{origin}X-Kurabe-Token: 0\n{json}"), 403),
        (format!("{origin}{key}Content-Type: text/plain"), 415),
        (
            format!("{origin}{key}Sec-Fetch-Site: cross-site\n{json}"),
            403,
        ),
    ] {
        let head = format!("POST /api/review/decide HTTP/1.1\n{headers}");
        assert_eq!(
            served.say(&head, &good.to_string()).status,
            status,
            "{headers}"
        );
    }
    let huge = with("reason", json!("x".repeat(100_000)));
    assert_eq!(served.post("/api/review/decide", &huge).status, 413);
    assert!(project.tree("reviews").is_empty());
    assert_eq!(served.post("/api/review/decide", &good).status, 200);
}

#[test]
fn nobody_overwrites_what_somebody_else_decided() {
    let project = Project::with_bundled_document();
    let served = Served::ready(&project, "--no-watch");
    let id = first(&served, "need=rule");
    let (one, other) = (
        served.decision(&id, "security"),
        served.decision(&id, "telework"),
    );
    assert_eq!(served.post("/api/review/decide", &one).status, 200);
    let reply = served.post("/api/review/decide", &other);
    assert_eq!(reply.status, 409, "{}", reply.body);
    let told = reply.json();
    assert_eq!(told["decision"]["primary"], "security");
    assert_eq!(decided(&project).overrides[0].primary, "security");
    // Who has seen the decision of the other may replace it.
    let mut aware = other.clone();
    aware["version"] = told["version"].clone();
    assert_eq!(served.post("/api/review/decide", &aware).status, 200);
    // A file that was edited by hand, before the data was made anew.
    let seen = served.decision(&id, "ai");
    let path = "reviews/overrides.toml";
    let text = fs::read_to_string(project.path(path)).unwrap();
    project.put(path, &text.replace("目的から判断", "手で直した"));
    assert_eq!(served.post("/api/review/decide", &seen).status, 409);
    assert_eq!(decided(&project).overrides[0].why, "手で直した");
    // One that is no TOML any more stays as it is.
    let seen = served.decision(&id, "ai");
    project.put(path, "[[override]]\nmeasure_id = \n");
    let reply = served.post("/api/review/decide", &seen);
    assert_eq!(reply.status, 422, "{}", reply.body);
    assert!(
        reply.json()["problem"]["en"]["place"]
            .to_string()
            .contains("overrides.toml")
    );
    assert_eq!(
        served.get(&format!("/api/review/measure?id={id}")).status,
        422
    );
    project.put(path, &text);
    // Another program that writes decisions at the moment.
    let seen = served.decision(&id, "ai");
    let lock = Lock::named(&project.path("normalized"), ".reviews.lock").unwrap();
    let reply = served.post("/api/review/decide", &seen);
    assert_eq!(reply.status, 409, "{}", reply.body);
    assert!(reply.json()["version"].is_null());
    drop(lock);
    assert_eq!(served.post("/api/review/decide", &seen).status, 200);
}

#[test]
fn a_decision_stays_in_the_file_in_which_it_stands() {
    let project = Project::with_bundled_document();
    let served = Served::ready(&project, "--no-watch");
    let ids: Vec<String> = list(&served, "need=rule")
        .iter()
        .map(|row| row["id"].as_str().unwrap().to_owned())
        .collect();
    let post = |id: &str, code: &str| {
        let body = served.decision(id, code);
        assert_eq!(served.post("/api/review/decide", &body).status, 200);
    };
    post(&ids[0], "security");
    let (folder, own) = (project.path("reviews"), "reviews/322067.toml");
    fs::rename(folder.join("overrides.toml"), project.path(own)).unwrap();
    post(&ids[0], "telework");
    assert_eq!(
        project.tree("reviews").keys().collect::<Vec<_>>(),
        ["322067.toml"]
    );
    post(&ids[1], "security");
    let files = project.tree("reviews");
    assert_eq!(
        files.keys().collect::<Vec<_>>(),
        ["322067.toml", "overrides.toml"]
    );
    assert_eq!(decided(&project).overrides.len(), 2);
    let seen = served.measure(&ids[0]);
    let body = json!({ "id": ids[0], "edition": seen["edition"], "version": seen["version"] });
    assert_eq!(served.post("/api/review/withdraw", &body).status, 200);
    assert_eq!(decided(&project).overrides.len(), 1);
}
