//! `kurabe serve` on a thread, and ways to ask it.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::{Arc, Mutex};
use std::thread::{JoinHandle, sleep, spawn};
use std::time::Duration;

use kurabe::cli::{Surroundings, run};
use kurabe::problem::Exit;
use kurabe::reviews::Reviews;
use kurabe_serve::Stop;
use serde_json::{Value, json};

use crate::support::Project;

/// What a program writes while it runs.
#[derive(Clone, Default)]
pub(crate) struct Shared(Arc<Mutex<Vec<u8>>>);

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Shared {
    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

/// `kurabe serve` on a thread.
pub(crate) struct Served {
    pub(crate) host: String,
    pub(crate) out: Shared,
    pub(crate) stop: Stop,
    pub(crate) thread: Option<JoinHandle<Exit>>,
}

/// What is answered.
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Reply {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("{}", self.body))
    }
}

/// Asks until something is there, for a minute at most.
pub(crate) fn until<T>(mut look: impl FnMut() -> Option<T>) -> T {
    for _ in 0..600 {
        if let Some(found) = look() {
            return found;
        }
        sleep(Duration::from_millis(100));
    }
    panic!("it does not come");
}

impl Served {
    pub(crate) fn start(project: &Project, line: &str) -> Self {
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
    pub(crate) fn ready(project: &Project, line: &str) -> Self {
        let served = Self::start(project, line);
        served.generation(1);
        served
    }

    pub(crate) fn say(&self, head: &str, body: &str) -> Reply {
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

    pub(crate) fn get(&self, path: &str) -> Reply {
        self.say(&format!("GET {path} HTTP/1.1"), "")
    }

    pub(crate) fn token(&self) -> String {
        let page = self.get("/review").body;
        let after = page
            .split("name=\"kurabe-token\" content=\"")
            .nth(1)
            .unwrap();
        after.split('"').next().unwrap().to_owned()
    }

    pub(crate) fn post(&self, path: &str, body: &Value) -> Reply {
        let (host, token) = (&self.host, self.token());
        self.say(
            &format!(
                "POST {path} HTTP/1.1\nOrigin: http://{host}\nContent-Type: application/json\n\
                 X-Kurabe-Token: {token}"
            ),
            &body.to_string(),
        )
    }

    pub(crate) fn state(&self) -> Value {
        self.get("/api/state").json()
    }

    /// Waits for a generation at least that new and gives it.
    pub(crate) fn generation(&self, wanted: u64) -> u64 {
        until(|| {
            self.state()["generation"]
                .as_u64()
                .filter(|now| *now >= wanted)
        })
    }

    pub(crate) fn measure(&self, id: &str) -> Value {
        self.get(&format!("/api/review/measure?id={id}")).json()
    }

    /// A decision on what a measure shows now.
    pub(crate) fn decision(&self, id: &str, primary: &str) -> Value {
        let seen = self.measure(id);
        json!({
            "id": id, "edition": seen["edition"], "content_key": seen["content_key"],
            "version": seen["version"], "primary": primary, "secondary": [],
            "reason": "目的から判断", "who": "点検 太郎",
        })
    }

    /// Ends it and gives all that it said.
    pub(crate) fn end(mut self) -> (Exit, String) {
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
pub(crate) fn list(served: &Served, query: &str) -> Vec<Value> {
    let list = served.get(&format!("/api/review/list?{query}")).json();
    list["rows"].as_array().unwrap().clone()
}

/// The id of the first measure of a selection.
pub(crate) fn first(served: &Served, query: &str) -> String {
    list(served, query)[0]["id"].as_str().unwrap().to_owned()
}

/// What was decided, as the files say.
pub(crate) fn decided(project: &Project) -> Reviews {
    Reviews::load(&project.path("reviews")).unwrap()
}
