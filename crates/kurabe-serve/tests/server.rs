//! What is refused, what every answer carries, and how a server ends.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that meets something unexpected fails"
)]

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::thread::{JoinHandle, sleep, spawn};
use std::time::{Duration, Instant};

use kurabe_serve::{Call, Options, Patience, Refusal, Reply, ServeError, Server, Site, Stop};

/// A site that says what it was asked for.
struct Echo;

impl Site for Echo {
    fn answer(&self, call: &Call, token: &str) -> Reply {
        match call {
            Call::Get { path, .. } if path == "/token" => Reply::new("text/plain", token),
            Call::Get { path, .. } if path == "/slow" => {
                sleep(Duration::from_millis(300));
                Reply::new("text/plain", "at last")
            }
            Call::Get { path, query } => Reply::new("text/plain", format!("{path} {query:?}")),
            Call::Post { path, body } => Reply::json(200, format!("[\"{path}\",{}]", body.len())),
        }
    }

    fn refused(&self, refusal: Refusal) -> Reply {
        Reply::new("text/plain", format!("{refusal:?}"))
    }
}

/// A running server.
struct Running {
    address: SocketAddr,
    stop: Stop,
    thread: Option<JoinHandle<Result<(), ServeError>>>,
}

impl Running {
    fn start() -> Self {
        let options = Options {
            port: 0,
            largest_body: 1000,
            connections: 4,
            patience: Patience {
                head: Duration::from_millis(400),
                body: Duration::from_millis(400),
                ..Patience::default()
            },
            ..Options::default()
        };
        let server = Server::bind(options).unwrap();
        let (address, stop) = (server.address(), Stop::default());
        let asked = stop.clone();
        let thread = spawn(move || server.run(Arc::new(Echo), &asked));
        Self {
            address,
            stop,
            thread: Some(thread),
        }
    }

    /// Sends text as it is and gives the whole answer.
    fn say(&self, text: &str) -> String {
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(10)))
            .unwrap();
        stream
            .write_all(text.replace('\n', "\r\n").as_bytes())
            .unwrap();
        let mut answer = Vec::new();
        // A server that refuses early may reset the connection after its answer.
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// A GET request with further headers.
    fn get(&self, path: &str, more: &str) -> String {
        let host = self.address;
        self.say(&format!(
            "GET {path} HTTP/1.1\nHost: {host}\nConnection: close\n{more}\n"
        ))
    }

    fn token(&self) -> String {
        let answer = self.get("/token", "");
        answer.split("\r\n\r\n").nth(1).unwrap().to_owned()
    }

    /// A POST request with exactly these headers but for host, length and connection.
    fn post(&self, headers: &str, body: &str) -> String {
        let (host, length) = (self.address, body.len());
        self.say(&format!(
            "POST /do HTTP/1.1\nHost: {host}\nConnection: close\nContent-Length: {length}\n{headers}\n{body}"
        ))
    }

    /// The headers of a change that is let through.
    fn good(&self) -> String {
        let (address, token) = (self.address, self.token());
        format!(
            "Origin: http://{address}\nSec-Fetch-Site: same-origin\nContent-Type: application/json\n\
             X-Kurabe-Token: {token}\n"
        )
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.stop.stop();
        if let Some(thread) = self.thread.take() {
            thread.join().unwrap().unwrap();
        }
    }
}

fn is(answer: &str, status: u16, word: &str) {
    assert!(
        answer.starts_with("HTTP/1.") && answer[8..].starts_with(&format!(" {status}")),
        "{status}: {answer}"
    );
    assert!(answer.contains(word), "{word}: {answer}");
}

#[test]
fn pages_are_served_with_all_headers_of_safety() {
    let server = Running::start();
    let answer = server.get("/a/b.js?lang=en", "");
    is(&answer, 200, "/a/b.js [(\"lang\", \"en\")]");
    let refused = server.get("/../a", "");
    for answer in [answer, refused] {
        let answer = answer.to_ascii_lowercase();
        for header in [
            "content-security-policy: default-src 'none'",
            "frame-ancestors 'none'",
            "x-content-type-options: nosniff",
            "x-frame-options: deny",
            "cache-control: no-store",
            "referrer-policy: no-referrer",
            "cross-origin-resource-policy: same-origin",
        ] {
            assert!(answer.contains(header), "{header}: {answer}");
        }
        assert!(!answer.contains("access-control-"), "{answer}");
        assert!(!answer.contains("server:"), "{answer}");
    }
}

#[test]
fn foreign_hosts_are_refused() {
    let server = Running::start();
    let port = server.address.port();
    is(
        &server.say(&format!(
            "GET / HTTP/1.1\nHost: localhost:{port}\nConnection: close\n\n"
        )),
        200,
        "/",
    );
    for head in [
        format!("GET / HTTP/1.1\nHost: evil.example:{port}\n"),
        format!("GET / HTTP/1.1\nHost: evil.example\nX-Forwarded-Host: 127.0.0.1:{port}\n"),
        format!("GET / HTTP/1.1\nHost: 127.0.0.1:{}\n", port ^ 1),
        "GET / HTTP/1.1\nHost: 127.0.0.1\n".to_owned(),
        "GET / HTTP/1.1\n".to_owned(),
        "GET / HTTP/1.0\n".to_owned(),
        format!("GET / HTTP/1.1\nHost: 127.0.0.1:{port}\nHost: evil.example:{port}\n"),
        format!("GET http://evil.example:{port}/ HTTP/1.1\nHost: 127.0.0.1:{port}\n"),
        format!("GET http://127.0.0.1:{port}/ HTTP/1.1\nHost: 127.0.0.1:{port}\n"),
    ] {
        is(
            &server.say(&format!("{head}Connection: close\n\n")),
            421,
            "Host",
        );
    }
}

#[test]
fn pages_of_other_origins_load_nothing() {
    let server = Running::start();
    let own = format!("http://{}", server.address);
    for good in [
        "Sec-Fetch-Site: none\n".to_owned(),
        "Sec-Fetch-Site: same-origin\n".to_owned(),
        format!("Origin: {own}\n"),
        "Sec-Fetch-Site: cross-site\nSec-Fetch-Mode: navigate\nSec-Fetch-Dest: document\n"
            .to_owned(),
    ] {
        is(&server.get("/a", &good), 200, "/a");
    }
    for bad in [
        "Sec-Fetch-Site: cross-site\nSec-Fetch-Mode: no-cors\nSec-Fetch-Dest: script\n",
        "Sec-Fetch-Site: same-site\nSec-Fetch-Mode: cors\nSec-Fetch-Dest: empty\n",
        "Sec-Fetch-Site: cross-site\nSec-Fetch-Mode: navigate\nSec-Fetch-Dest: iframe\n",
        "Sec-Fetch-Site: cross-site\n",
        "Sec-Fetch-Site: same-origin\nSec-Fetch-Site: cross-site\n",
        "Origin: http://evil.example\n",
        "Origin: null\n",
    ] {
        is(&server.get("/a", bad), 403, "Origin");
    }
}

#[test]
fn changes_need_origin_token_and_json() {
    let server = Running::start();
    let good = server.good();
    is(&server.post(&good, "{}"), 200, "[\"/do\",2]");
    let without = |line: &str| {
        let lines = good.lines().filter(|one| !one.starts_with(line));
        lines.map(|one| format!("{one}\n")).collect::<String>()
    };
    is(&server.post(&without("Sec-Fetch-Site"), "{}"), 200, "/do");
    is(&server.post(&without("Origin"), "{}"), 403, "Origin");
    is(&server.post(&without("X-Kurabe-Token"), "{}"), 403, "Token");
    is(
        &server.post(&without("Content-Type"), "{}"),
        415,
        "MediaType",
    );
    let with = |line: &str, other: &str| without(line) + other + "\n";
    for origin in [
        "null",
        "http://evil.example",
        "https://127.0.0.1",
        "http://localhost",
    ] {
        let headers = with("Origin", &format!("Origin: {origin}"));
        is(&server.post(&headers, "{}"), 403, "Origin");
    }
    let headers = with("Sec-Fetch-Site", "Sec-Fetch-Site: cross-site");
    is(&server.post(&headers, "{}"), 403, "Origin");
    let headers = with(
        "X-Kurabe-Token",
        "X-Kurabe-Token: 00000000000000000000000000000000",
    );
    is(&server.post(&headers, "{}"), 403, "Token");
    let other = Running::start().token();
    let headers = with("X-Kurabe-Token", &format!("X-Kurabe-Token: {other}"));
    is(&server.post(&headers, "{}"), 403, "Token");
    let headers = with("Content-Type", "Content-Type: text/plain");
    is(&server.post(&headers, "{}"), 415, "MediaType");
}

#[test]
fn other_methods_are_refused() {
    let server = Running::start();
    let host = server.address;
    for method in ["PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "HEAD"] {
        let answer = server.say(&format!(
            "{method} / HTTP/1.1\nHost: {host}\nConnection: close\n\n"
        ));
        is(&answer, 405, "");
        assert!(answer.contains("GET, POST"), "{answer}");
    }
    let answer = server.say(&format!("CONNECT {host} HTTP/1.1\nHost: {host}\n\n"));
    assert!(!answer.starts_with("HTTP/1.1 2"), "{answer}");
}

#[test]
fn no_path_leads_out() {
    let server = Running::start();
    for path in [
        "/../etc/passwd",
        "/a/../../b",
        "/%2e%2e/a",
        "/%2e%2e%2fa",
        "/..%5ca",
        "/a//b",
        "//a",
        "/%00",
        "/%252e%252e/a",
        "/%c0%ae%c0%ae/a",
        "/C:/a",
        "/.",
        "/a/",
        "/a%0d%0aX",
    ] {
        is(&server.get(path, ""), 400, "Path");
    }
    is(
        &server.get(&format!("/{}", "a".repeat(3000)), ""),
        400,
        "Path",
    );
}

#[test]
fn bodies_have_a_limit() {
    let server = Running::start();
    let good = server.good();
    is(&server.post(&good, &"x".repeat(1000)), 200, "1000");
    is(&server.post(&good, &"x".repeat(1001)), 413, "TooLarge");
    let host = server.address;
    let head = format!("POST /do HTTP/1.1\nHost: {host}\nConnection: close\n{good}");
    is(
        &server.say(&format!("{head}Content-Length: 99999999999999\n\nx")),
        413,
        "TooLarge",
    );
    let chunk = format!("400\n{}\n", "x".repeat(1024));
    let chunked = format!("{head}Transfer-Encoding: chunked\n\n{chunk}0\n\n");
    is(&server.say(&chunked), 413, "TooLarge");
    let huge = format!(
        "GET / HTTP/1.1\nHost: {host}\nX-A: {}\n\n",
        "a".repeat(100_000)
    );
    is(&server.say(&huge), 431, "");
    let many = format!("GET / HTTP/1.1\nHost: {host}\n{}\n", "X-A: b\n".repeat(500));
    is(&server.say(&many), 431, "");
}

#[test]
fn slow_clients_are_not_waited_for() {
    let server = Running::start();
    let host = server.address;
    let begun = Instant::now();
    // Half a head is no request: the connection is closed without an answer.
    assert_eq!(server.say("GET / HTTP/1.1\nHo"), "");
    let head = format!(
        "POST /do HTTP/1.1\nHost: {host}\nConnection: close\n{}",
        server.good()
    );
    is(
        &server.say(&format!("{head}Content-Length: 10\n\nx")),
        408,
        "TooSlow",
    );
    assert!(begun.elapsed() < Duration::from_secs(5));
    // All connections taken by clients that say nothing: the next one is served all the same.
    let silent: Vec<TcpStream> = (0..4).map(|_| TcpStream::connect(host).unwrap()).collect();
    is(&server.get("/a", ""), 200, "/a");
    drop(silent);
}

#[test]
fn a_server_ends_when_asked_and_finishes_what_it_does() {
    let server = Running::start();
    let address = server.address;
    let idle = TcpStream::connect(address).unwrap();
    let asking = spawn({
        let text = format!("GET /slow HTTP/1.1\nHost: {address}\n\n");
        move || {
            let mut stream = TcpStream::connect(address).unwrap();
            let mut answer = String::new();
            stream
                .write_all(text.replace('\n', "\r\n").as_bytes())
                .unwrap();
            stream.read_to_string(&mut answer).unwrap();
            answer
        }
    });
    sleep(Duration::from_millis(100));
    let begun = Instant::now();
    drop(server);
    assert!(begun.elapsed() < Duration::from_secs(5));
    is(&asking.join().unwrap(), 200, "at last");
    drop(idle);
    assert!(TcpStream::connect(address).is_err());
}

#[test]
fn taken_ports_and_open_addresses_are_refused() {
    let server = Running::start();
    let options = Options {
        port: server.address.port(),
        ..Options::default()
    };
    let taken = Server::bind(options).unwrap_err();
    assert!(matches!(taken, ServeError::InUse(_)), "{taken}");
    let options = Options {
        address: "0.0.0.0".parse().unwrap(),
        port: 0,
        ..Options::default()
    };
    let open = Server::bind(options.clone()).unwrap_err();
    assert!(matches!(open, ServeError::Exposed(_)), "{open}");
    let allowed = Options {
        is_exposed: true,
        ..options
    };
    Server::bind(allowed).unwrap();
    let elsewhere = Options {
        address: "203.0.113.1".parse().unwrap(),
        is_exposed: true,
        ..Options::default()
    };
    let elsewhere = Server::bind(elsewhere).unwrap_err();
    assert!(matches!(elsewhere, ServeError::Bind(..)), "{elsewhere}");
}
