//! `kurabe fetch`, and what a run makes of the manifest.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use crate::support::{Project, document};

/// A server that answers every request but `robots.txt` with the present text.
struct Server {
    address: String,
    text: Arc<Mutex<String>>,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Server {
    fn start(text: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let server = Self {
            address: format!("http://{}", listener.local_addr().unwrap()),
            text: Arc::new(Mutex::new(text.to_owned())),
            requests: Arc::default(),
        };
        let (text, requests) = (Arc::clone(&server.text), Arc::clone(&server.requests));
        thread::spawn(move || {
            for stream in listener.incoming() {
                serve(stream.unwrap(), &text, &requests);
            }
        });
        server
    }

    fn requests(&self) -> usize {
        self.requests.lock().unwrap().len()
    }
}

fn serve(mut stream: TcpStream, text: &Mutex<String>, requests: &Mutex<Vec<String>>) {
    let mut request = Vec::new();
    let mut byte = [0];
    while !request.ends_with(b"\r\n\r\n") && stream.read(&mut byte).unwrap() == 1 {
        request.push(byte[0]);
    }
    let request = String::from_utf8(request).unwrap();
    let is_plan = request.starts_with("GET /plan.txt");
    requests.lock().unwrap().push(request);
    let text = text.lock().unwrap();
    let (status, body) = if is_plan {
        ("200 OK", &**text)
    } else {
        ("404 Not Found", "")
    };
    let answer = format!(
        "HTTP/1.1 {status}\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\n\
         Content-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let _ = stream.write_all(answer.as_bytes());
}

/// A project that fetches one of its documents.
fn project(server: &Server) -> Project {
    let project = Project::new();
    std::fs::remove_file(project.path("raw/one.txt")).unwrap();
    let config = format!(
        "[fetch]\ncontact = \"dx@example.jp\"\ndelay_ms = 0\nbackoff_ms = 1\n\
         [[source]]\nid = \"yasugi\"\nurl = \"{}/plan.txt\"\nallow_private = true\n",
        server.address
    );
    project.put("pipeline.toml", &config);
    project
}

/// The published documents as CSV.
fn documents(project: &Project) -> String {
    let csv = project.tree("out/csv")["documents.csv"].clone();
    String::from_utf8(csv).unwrap()
}

#[test]
fn a_fetched_document_is_read_with_its_provenance() {
    let server = Server::start(&document("安来市", "電子申請"));
    let project = project(&server);
    let answer = project.run("fetch");
    answer.code(0).has("yasugi").has("new").has("yasugi.txt");
    assert_eq!(answer.err, "");
    let request = server.requests.lock().unwrap()[1].clone();
    let agent = format!(
        "kurabe/{} (+mailto:dx@example.jp)",
        env!("CARGO_PKG_VERSION")
    );
    assert!(request.contains(&agent), "{request}");
    project.run("run").code(0).has("322067-plan");
    assert!(documents(&project).contains(&format!("{}/plan.txt", server.address)));
    project
        .run("check --json")
        .code(0)
        .has("\"is_outdated\": false");
    project.run("fetch").code(0).has("unchanged");
    project.run("run").has("up to date");
}

#[test]
fn a_document_that_was_replaced_is_a_finding_until_somebody_has_looked() {
    let server = Server::start(&document("安来市", "電子申請"));
    let project = project(&server);
    project.run("fetch").code(0);
    project.run("run").code(0);
    *server.text.lock().unwrap() = document("安来市", "電子申請と書かない窓口");
    project
        .run("fetch")
        .code(0)
        .has("changed")
        .has(".versions/yasugi.txt/");
    project.run("check --json").has("\"is_outdated\": true");
    project.run("run").code(0);
    let check = project.run("check");
    check
        .code(0)
        .has("source_changed")
        .has("[warning] document");
    check.has(&format!("{}/plan.txt", server.address));
    project.run("check --lang ja").has("差し替えられていました");
    std::fs::remove_dir_all(project.path("raw/.versions")).unwrap();
    project.run("run").code(0);
    assert!(!project.run("check").out.contains("source_changed"));
}

#[test]
fn a_changed_file_loses_its_provenance() {
    let server = Server::start(&document("安来市", "電子申請"));
    let project = project(&server);
    project.run("fetch").code(0);
    project.put("raw/yasugi.txt", &document("安来市", "別の取組"));
    project.run("run").code(0);
    assert!(!documents(&project).contains("http://"));
    project.run("fetch --offline").code(0).has("altered");
}

#[test]
fn dry_run_shows_what_would_be_done_and_does_nothing() {
    let server = Server::start(&document("安来市", "電子申請"));
    let project = project(&server);
    let before = project.tree(".");
    let answer = project.run("fetch --dry-run");
    answer
        .code(0)
        .has("yasugi")
        .has("fetch")
        .has("(+mailto:dx@example.jp)");
    assert_eq!(server.requests(), 0);
    assert_eq!(project.tree("."), before);
    project.run("fetch").code(0);
    let requests = server.requests();
    project
        .run("fetch --dry-run")
        .code(0)
        .has("check for changes")
        .has("yasugi.txt");
    project
        .run("fetch --dry-run --lang ja")
        .has("変更を確かめる");
    assert_eq!(server.requests(), requests);
}

#[test]
fn offline_checks_what_is_there() {
    let server = Server::start(&document("安来市", "電子申請"));
    let project = project(&server);
    project
        .run("fetch --offline")
        .code(3)
        .has("yasugi")
        .has("--offline");
    assert_eq!(server.requests(), 0);
    project.run("fetch").code(0);
    let requests = server.requests();
    project.run("fetch --offline").code(0).has("there");
    assert_eq!(server.requests(), requests);
    project.run("fetch --offline --dry-run").code(2);
}

#[test]
fn a_failure_ends_with_3_and_names_source_reason_and_remedy() {
    let server = Server::start("");
    let project = project(&server);
    let config = String::from_utf8(project.tree(".")["pipeline.toml"].clone()).unwrap();
    project.put("pipeline.toml", &config.replace("plan.txt", "gone.txt"));
    let answer = project.run("fetch");
    answer
        .code(3)
        .has("1 of 1 sources")
        .has("yasugi: http://")
        .has("404")
        .has("hint:");
    project
        .run("fetch --lang ja --quiet")
        .code(3)
        .has("移動したか削除");
    project.put("pipeline.toml", &config.replace("allow_private = true", ""));
    project.run("fetch").code(3).has("allow_private");
}

#[test]
fn what_the_configuration_lacks_is_told() {
    let project = Project::new();
    project.run("fetch").code(2).has("[[source]]");
    let source = "[[source]]\nid = \"a\"\nurl = \"https://example.jp/a.pdf\"\n";
    project.put("pipeline.toml", source);
    project
        .run("fetch")
        .code(2)
        .has("contact")
        .has("pipeline.toml");
    project
        .run("fetch b")
        .code(2)
        .has("`b`")
        .has("sources of the configuration: a");
    project.put("pipeline.toml", &format!("{source}link = \"(\"\n"));
    project
        .run("fetch")
        .code(2)
        .has("source `a`: the link pattern");
    project.put("pipeline.toml", &format!("{source}{source}"));
    project.run("fetch --lang ja").code(2).has("二つあります");
    project.put("pipeline.toml", &format!("{source}lnik = \"x\"\n"));
    project
        .run("fetch")
        .code(2)
        .has("pipeline.toml:4")
        .has("`source.link`");
}

#[test]
fn a_damaged_manifest_stops_fetch_and_run() {
    let server = Server::start(&document("安来市", "電子申請"));
    let project = project(&server);
    project.run("fetch").code(0);
    project.put("raw/manifest.jsonl", "\n{\"id\": 1}\n");
    project.run("fetch").code(3).has("manifest.jsonl:2");
    project
        .run("run")
        .code(3)
        .has("manifest.jsonl:2")
        .has("delete that line");
}

#[test]
fn two_fetches_at_once_are_refused() {
    let server = Server::start(&document("安来市", "電子申請"));
    let project = project(&server);
    let _lock = kurabe::lock::Lock::take(&project.path("raw")).unwrap();
    project.run("fetch").code(4);
    assert_eq!(server.requests(), 0);
}

#[test]
fn the_example_of_a_source_is_valid() {
    for lang in ["ja", "en"] {
        let project = Project::empty();
        project.run(&format!("init --lang {lang}")).code(0);
        let text = String::from_utf8(project.tree(".")["pipeline.toml"].clone()).unwrap();
        let is_key = |line: &str| line.contains(" = ") || line.starts_with("# [");
        let lines = text.lines().map(|line| match line.strip_prefix("# ") {
            Some(rest) if is_key(line) => rest,
            _ => line,
        });
        let text: Vec<&str> = lines.filter(|line| !line.starts_with("editions")).collect();
        project.put("pipeline.toml", &text.join("\n"));
        let answer = project.run("fetch --dry-run");
        answer
            .code(0)
            .has("131016-dx-plan.pdf")
            .has("https://www.city.example.jp/dx/");
    }
}
