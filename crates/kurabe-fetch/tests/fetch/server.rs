//! A real HTTP/1.1 server on loopback that answers as badly as a test wants.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// A request as it came.
#[derive(Debug, Clone, Default)]
pub(crate) struct Request {
    pub(crate) target: String,
    pub(crate) headers: BTreeMap<String, String>,
    /// How many requests for the same target came before.
    pub(crate) before: usize,
}

impl Request {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }
}

/// A piece of an answer. The connection is closed behind the last.
#[derive(Debug, Clone)]
pub(crate) enum Step {
    Send(Vec<u8>),
    Wait(Duration),
    /// The same bytes without end.
    Endless(Vec<u8>),
}

/// An answer with a body and the right length.
pub(crate) fn answer(status: &str, headers: &[(&str, &str)], body: &[u8]) -> Vec<Step> {
    vec![Step::Send(whole(status, headers, body.len(), body))]
}

/// An answer that claims a length and sends what it likes.
pub(crate) fn whole(status: &str, headers: &[(&str, &str)], length: usize, body: &[u8]) -> Vec<u8> {
    let length = format!("{length}");
    let mut all = headers.to_vec();
    all.push(("Content-Length", &length));
    [head(status, &all), body.to_vec()].concat()
}

/// The head of an answer with these headers only.
pub(crate) fn head(status: &str, headers: &[(&str, &str)]) -> Vec<u8> {
    let mut head = format!("HTTP/1.1 {status}\r\nConnection: close\r\n");
    for (name, value) in headers {
        head += &format!("{name}: {value}\r\n");
    }
    (head + "\r\n").into_bytes()
}

pub(crate) fn pdf(body: &[u8]) -> Vec<Step> {
    answer("200 OK", &[("Content-Type", "application/pdf")], body)
}

pub(crate) fn not_found() -> Vec<Step> {
    answer("404 Not Found", &[], b"")
}

type Handler = dyn Fn(&Request) -> Vec<Step> + Send + Sync;

#[derive(Default)]
struct Seen {
    requests: Mutex<Vec<Request>>,
    open: AtomicUsize,
    most: AtomicUsize,
}

/// The server; it ends with the process.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    seen: Arc<Seen>,
}

impl Server {
    /// Starts a server. A `robots.txt` that the handler does not care for is not there.
    pub(crate) fn start(handler: impl Fn(&Request) -> Vec<Step> + Send + Sync + 'static) -> Self {
        let (tell, told) = std::sync::mpsc::channel();
        let seen = Arc::new(Seen::default());
        let theirs = Arc::clone(&seen);
        let handler: Arc<Handler> = Arc::new(handler);
        thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread();
            let runtime = { runtime }.enable_all().build().unwrap();
            runtime.block_on(async {
                let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
                tell.send(listener.local_addr().unwrap()).unwrap();
                loop {
                    let (stream, _) = listener.accept().await.unwrap();
                    tokio::spawn(serve(stream, Arc::clone(&handler), Arc::clone(&theirs)));
                }
            });
        });
        let address = told.recv().unwrap();
        Self { address, seen }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// All requests but those for `robots.txt`.
    pub(crate) fn requests(&self) -> Vec<Request> {
        let requests = self.seen.requests.lock().unwrap();
        let asked = requests
            .iter()
            .filter(|request| request.target != "/robots.txt");
        asked.cloned().collect()
    }

    pub(crate) fn all_requests(&self) -> Vec<Request> {
        self.seen.requests.lock().unwrap().clone()
    }

    /// How many connections were open at one time.
    pub(crate) fn most_open(&self) -> usize {
        self.seen.most.load(Ordering::SeqCst)
    }
}

async fn serve(mut stream: TcpStream, handler: Arc<Handler>, seen: Arc<Seen>) {
    let open = seen.open.fetch_add(1, Ordering::SeqCst) + 1;
    seen.most.fetch_max(open, Ordering::SeqCst);
    if let Some(request) = read(&mut stream, &seen).await {
        for step in handler(&request) {
            if play(&mut stream, step).await.is_err() {
                break;
            }
        }
        let _ = stream.shutdown().await;
    }
    seen.open.fetch_sub(1, Ordering::SeqCst);
}

async fn read(stream: &mut TcpStream, seen: &Seen) -> Option<Request> {
    let mut text = Vec::new();
    while !text.ends_with(b"\r\n\r\n") {
        text.push(stream.read_u8().await.ok()?);
    }
    let text = String::from_utf8(text).unwrap();
    let mut lines = text.lines();
    let target = lines.next()?.split(' ').nth(1)?.to_owned();
    let headers = lines.filter_map(|line| line.split_once(": "));
    let headers = headers.map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()));
    let mut requests = seen.requests.lock().unwrap();
    let before = requests
        .iter()
        .filter(|other| other.target == target)
        .count();
    let request = Request {
        headers: headers.collect(),
        target,
        before,
    };
    requests.push(request.clone());
    Some(request)
}

async fn play(stream: &mut TcpStream, step: Step) -> std::io::Result<()> {
    match step {
        Step::Send(bytes) => {
            stream.write_all(&bytes).await?;
            stream.flush().await
        }
        Step::Wait(time) => {
            tokio::time::sleep(time).await;
            Ok(())
        }
        Step::Endless(bytes) => loop {
            stream.write_all(&bytes).await?;
        },
    }
}
