//! `kurabe serve`: pages, refusals, live re-run, decisions, and the end.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::{Arc, Mutex};
use std::thread::{JoinHandle, sleep, spawn};
use std::time::Duration;

use kurabe::cli::{Surroundings, run};
use kurabe::lock::Lock;
use kurabe::problem::Exit;
use kurabe::reviews::Reviews;
use kurabe_serve::Stop;
use serde_json::{Value, json};

use crate::support::{BUNDLED_RAW, Project, document};

/// What a program writes while it runs.
#[derive(Clone, Default)]
struct Shared(Arc<Mutex<Vec<u8>>>);

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Shared {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

/// `kurabe serve` on a thread.
struct Served {
    host: String,
    out: Shared,
    stop: Stop,
    thread: Option<JoinHandle<Exit>>,
}

/// What is answered.
struct Reply {
    status: u16,
    head: String,
    body: String,
}

impl Reply {
    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("{}", self.body))
    }
}

/// Asks until something is there, for a minute at most.
fn until<T>(mut look: impl FnMut() -> Option<T>) -> T {
    for _ in 0..600 {
        if let Some(found) = look() {
            return found;
        }
        sleep(Duration::from_millis(100));
    }
    panic!("it does not come");
}

impl Served {
    fn start(project: &Project, line: &str) -> Self {
        let (out, stop) = (Shared::default(), Stop::default());
        let words = format!("kurabe serve --port 0 {line}");
        let surroundings = Surroundings {
            arguments: words.split_whitespace().map(Into::into).collect(),
            folder: project.path(""),
            language: Some("en".to_owned()),
            stop: Some(stop.clone()),
            ..Surroundings::default()
        };
        let mut written = out.clone();
        let thread = spawn(move || run(&surroundings, &mut written.clone(), &mut written));
        let host = until(|| {
            assert!(!thread.is_finished(), "{}", out.text());
            let text = out.text();
            let after = text.split("http://").nth(1)?;
            Some(after.split('/').next()?.to_owned())
        });
        Self {
            host,
            out,
            stop,
            thread: Some(thread),
        }
    }

    /// The same, once the report is there.
    fn ready(project: &Project, line: &str) -> Self {
        let served = Self::start(project, line);
        served.generation(1);
        served
    }

    fn say(&self, head: &str, body: &str) -> Reply {
        let mut stream = TcpStream::connect(&self.host).unwrap();
        let host = &self.host;
        let length = body.len();
        let text =
            format!("{head}\nHost: {host}\nConnection: close\nContent-Length: {length}\n\n{body}");
        stream
            .write_all(text.replace('\n', "\r\n").as_bytes())
            .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        Reply {
            status: head.split(' ').nth(1).unwrap().parse().unwrap(),
            head: head.to_ascii_lowercase(),
            body: body.to_owned(),
        }
    }

    fn get(&self, path: &str) -> Reply {
        self.say(&format!("GET {path} HTTP/1.1"), "")
    }

    fn token(&self) -> String {
        let page = self.get("/review").body;
        let after = page
            .split("name=\"kurabe-token\" content=\"")
            .nth(1)
            .unwrap();
        after.split('"').next().unwrap().to_owned()
    }

    fn post(&self, path: &str, body: &Value) -> Reply {
        let (host, token) = (&self.host, self.token());
        self.say(
            &format!(
                "POST {path} HTTP/1.1\nOrigin: http://{host}\nContent-Type: application/json\n\
                 X-Kurabe-Token: {token}"
            ),
            &body.to_string(),
        )
    }

    fn state(&self) -> Value {
        self.get("/api/state").json()
    }

    /// Waits for a generation at least that new and gives it.
    fn generation(&self, wanted: u64) -> u64 {
        until(|| {
            self.state()["generation"]
                .as_u64()
                .filter(|now| *now >= wanted)
        })
    }

    fn measure(&self, id: &str) -> Value {
        self.get(&format!("/api/review/measure?id={id}")).json()
    }

    /// A decision on what a measure shows now.
    fn decision(&self, id: &str, primary: &str) -> Value {
        let seen = self.measure(id);
        json!({
            "id": id, "edition": seen["edition"], "content_key": seen["content_key"],
            "version": seen["version"], "primary": primary, "secondary": [],
            "reason": "目的から判断", "who": "点検 太郎",
        })
    }

    /// Ends it and gives all that it said.
    fn end(mut self) -> (Exit, String) {
        self.stop.stop();
        let exit = self.thread.take().unwrap().join().unwrap();
        (exit, self.out.text())
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.stop.stop();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// The measures in the order in which they need a person.
fn list(served: &Served, query: &str) -> Vec<Value> {
    let list = served.get(&format!("/api/review/list?{query}")).json();
    list["rows"].as_array().unwrap().clone()
}

/// The id of the first measure of a selection.
fn first(served: &Served, query: &str) -> String {
    list(served, query)[0]["id"].as_str().unwrap().to_owned()
}

/// What was decided, as the files say.
fn decided(project: &Project) -> Reviews {
    Reviews::load(&project.path("reviews")).unwrap()
}

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
