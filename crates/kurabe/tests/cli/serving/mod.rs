//! `kurabe serve`: pages, refusals, live re-run, decisions, and the end.

mod deciding;
mod served;

use std::fs;
use std::thread::sleep;
use std::time::Duration;

use kurabe::lock::Lock;
use kurabe::problem::Exit;
use serde_json::json;

use served::{Served, first, until};

use crate::support::{BUNDLED_RAW, Project, document};

#[test]
fn the_report_and_the_review_page_are_served() {
    let project = Project::new();
    let served = Served::ready(&project, "");
    let page = served.get("/");
    assert_eq!(page.status, 200);
    let html = "content-type: text/html; charset=utf-8";
    assert!(page.head.contains(html), "{}", page.head);
    assert!(page.body.contains("/live/live.js"), "{}", page.body);
    let own = [
        "/review",
        "/review/review.js",
        "/review/review.css",
        "/live/live.js",
        "/live/live.css",
    ];
    for path in own {
        let reply = served.get(path);
        assert_eq!(reply.status, 200, "{path}");
        assert!(!reply.head.contains("unsafe-inline"), "{}", reply.head);
        assert!(reply.head.contains("nosniff"), "{}", reply.head);
    }
    for path in [
        "/pipeline.toml",
        "/raw/one.txt",
        "/run.json",
        "/.lock",
        "/assets",
        "/api",
    ] {
        assert_eq!(served.get(path).status, 404, "{path}");
    }
    assert_eq!(served.get("/../pipeline.toml").status, 400);
    assert_eq!(served.post("/api/nothing", &json!({})).status, 404);
    assert_eq!(served.get("/api/review/list?edition=9.9").status, 422);
    assert_eq!(served.get("/api/review/measure?id=no").status, 404);
    let (exit, told) = served.end();
    assert_eq!(exit, Exit::Done);
    assert!(told.contains("Updated") && told.contains("Ended"), "{told}");
}

#[test]
fn a_changed_file_is_taken_up_and_a_failed_run_keeps_what_was_shown() {
    let project = Project::with_bundled_document();
    let served = Served::ready(&project, "");
    let id = first(&served, "need=rule");
    let seen = served.measure(&id);
    let title = seen["fields"][0]["runs"].as_array().unwrap().iter();
    let title: String = title.map(|run| run["text"].as_str().unwrap()).collect();
    let raw = fs::read_to_string(project.path(BUNDLED_RAW)).unwrap();
    assert!(raw.contains(&title), "{title}");
    project.put(
        BUNDLED_RAW,
        &raw.replace(&title, &format!("{title}の見直し")),
    );
    served.generation(2);
    let now = served.measure(&id);
    assert_ne!(now["content_key"], seen["content_key"]);
    assert!(now["fields"].to_string().contains("の見直し"), "{now}");
    // A wrong configuration, told with its remedy while the rest goes on.
    project.put("pipeline.toml", "raw = \"raw\"\nrwa = 1\n");
    let state = until(|| Some(served.state()).filter(|state| state["phase"] == "failed"));
    assert_eq!(state["generation"], 2);
    let en = &state["problem"]["en"];
    assert!(en["message"].to_string().contains("rwa"), "{state}");
    assert!(
        en["place"].to_string().contains("pipeline.toml:2"),
        "{state}"
    );
    assert!(en["hint"].to_string().contains("raw"), "{state}");
    assert_eq!(served.get("/").status, 200);
    project.put("pipeline.toml", "raw = \"raw\"\n");
    until(|| Some(served.state()).filter(|state| state["phase"] == "current"));
    assert!(served.end().1.contains("error: "));
}

#[test]
fn another_run_is_waited_for() {
    let project = Project::new();
    let served = Served::ready(&project, "");
    let lock = Lock::take(&project.path("normalized")).unwrap();
    project.put("raw/one.txt", &document("安来市", "電子申請の拡大"));
    until(|| Some(served.state()).filter(|state| state["phase"] == "waiting"));
    assert_eq!(served.get("/").status, 200);
    drop(lock);
    served.generation(2);
    // What somebody else publishes is shown, too.
    project.run("run --force").code(0);
    served.generation(3);
    let (_, told) = served.end();
    assert!(told.contains("Waiting for another"), "{told}");
    project.run("run").has("up to date");
}

#[test]
fn without_watching_only_decisions_are_taken_up() {
    let project = Project::new();
    let served = Served::ready(&project, "--no-watch");
    project.put("raw/one.txt", &document("安来市", "電子申請の拡大"));
    sleep(Duration::from_secs(4));
    assert_eq!(served.state()["generation"], 1);
}

#[test]
fn taken_ports_and_open_addresses_are_told_with_a_remedy() {
    let project = Project::new();
    let served = Served::start(&project, "");
    let port = served.host.rsplit(':').next().unwrap();
    project
        .run(&format!("serve --port {port}"))
        .code(2)
        .has("in use")
        .has("--port");
    project
        .run("serve --port 0 --host 0.0.0.0")
        .code(2)
        .has("--allow-remote");
    project.run("serve --port 0 --host example.jp").code(2);
    project
        .run("serve --config none.toml")
        .code(2)
        .has("none.toml");
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_it_cleanly() {
    use std::io::{BufRead, BufReader};
    use std::process::{Command, Stdio};

    let project = Project::new();
    let temporary = project.path("tmp");
    fs::create_dir(&temporary).unwrap();
    for signal in ["-INT", "-TERM"] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_kurabe"))
            .args(["serve", "--port", "0", "--lang", "en"])
            .current_dir(project.path(""))
            .env("TMPDIR", &temporary)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let told = lines
            .by_ref()
            .map(Result::unwrap)
            .find(|line| line.starts_with("Updated"));
        assert!(told.is_some());
        assert_eq!(fs::read_dir(&temporary).unwrap().count(), 1);
        let pid = child.id().to_string();
        assert!(
            Command::new("kill")
                .args([signal, &pid])
                .status()
                .unwrap()
                .success()
        );
        assert_eq!(child.wait().unwrap().code(), Some(0));
        assert!(lines.map(Result::unwrap).any(|line| line == "Ended"));
        assert_eq!(fs::read_dir(&temporary).unwrap().count(), 0);
    }
}
