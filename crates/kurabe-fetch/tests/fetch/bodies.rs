//! Bodies that are slow, cut, endless, compressed, or something else than was asked for.

use std::io::Write;
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;
use kurabe_fetch::{FetchError, Held, Source, held};

use crate::server::{Request, Server, Step, answer, head, not_found, pdf, whole};
use crate::support::{PLAN, Raw, source};

const TYPE: (&str, &str) = ("Content-Type", "application/pdf");
const ETAG: (&str, &str) = ("ETag", "\"v1\"");

/// Half of the plan where the whole is announced.
fn cut(headers: &[(&str, &str)]) -> Vec<Step> {
    vec![Step::Send(whole(
        "200 OK",
        headers,
        PLAN.len(),
        &PLAN[..20],
    ))]
}

/// The rest of the plan from where it was asked for.
fn rest(request: &Request, total: usize) -> Vec<Step> {
    let from = request.header("range").strip_prefix("bytes=").unwrap();
    let from: usize = from.strip_suffix('-').unwrap().parse().unwrap();
    let range = format!("bytes {from}-{}/{total}", PLAN.len() - 1);
    let headers = [TYPE, ETAG, ("Content-Range", &*range)];
    answer("206 Partial Content", &headers, &PLAN[from..])
}

#[test]
fn status_206_continues_what_was_cut() {
    let server = Server::start(
        |request| match (&*request.target, request.header("range")) {
            ("/robots.txt", _) => not_found(),
            (_, "") => cut(&[TYPE, ETAG]),
            _ => rest(request, PLAN.len()),
        },
    );
    let raw = Raw::new();
    raw.one(&source(&server, "/plan.pdf")).unwrap();
    assert_eq!(raw.read("plan.pdf"), PLAN);
    let second = &server.requests()[1];
    assert_eq!(second.header("range"), "bytes=20-");
    assert_eq!(second.header("if-range"), "\"v1\"");
    assert_eq!(raw.received.get(), PLAN.len() as u64);
    assert_eq!(raw.files(), ["manifest.jsonl", "plan.pdf"]);
}

#[test]
fn a_later_run_continues_what_was_cut() {
    let server = Server::start(|request| match (&*request.target, request.before) {
        ("/robots.txt", _) => not_found(),
        (_, 0) => cut(&[TYPE, ETAG]),
        _ => rest(request, PLAN.len()),
    });
    let mut raw = Raw::new();
    raw.options.retries = 0;
    let spec = source(&server, "/plan.pdf");
    let error = raw.one(&spec).unwrap_err();
    assert!(
        matches!(error, FetchError::Incomplete { got: 20, .. }),
        "{error}"
    );
    let checked = Source::new(&spec).unwrap();
    assert_eq!(held(raw.folder(), &checked).unwrap(), Held::Part(20));
    raw.one(&spec).unwrap();
    assert_eq!(raw.read("plan.pdf"), PLAN);
    assert_eq!(held(raw.folder(), &checked).unwrap(), Held::Whole);
}

#[test]
fn what_has_no_version_is_begun_anew() {
    let server = Server::start(|request| match (&*request.target, request.before) {
        ("/robots.txt", _) => not_found(),
        (_, 0) => cut(&[TYPE]),
        (_, 1) => cut(&[TYPE, ("ETag", "W/\"weak\"")]),
        _ => pdf(PLAN),
    });
    let raw = Raw::new();
    raw.one(&source(&server, "/plan.pdf")).unwrap();
    assert_eq!(raw.read("plan.pdf"), PLAN);
    assert!(
        server
            .requests()
            .iter()
            .all(|request| request.header("range").is_empty())
    );
}

#[test]
fn a_document_that_changes_while_it_comes_is_one_version() {
    const NEWER: &[u8] = b"%PDF-1.7 the plan as published a moment later";
    let server = Server::start(|request| match (&*request.target, request.before) {
        ("/robots.txt", _) => not_found(),
        (_, 0) => cut(&[TYPE, ETAG]),
        _ => answer("200 OK", &[TYPE, ("ETag", "\"v2\"")], NEWER),
    });
    let raw = Raw::new();
    raw.one(&source(&server, "/plan.pdf")).unwrap();
    assert_eq!(raw.read("plan.pdf"), NEWER);
}

#[test]
fn a_continuation_of_something_else_is_not_used() {
    for wrong in [("Content-Range", "bytes 10-57/58"), ("ETag", "\"v2\"")] {
        let server = Server::start(move |request| match (&*request.target, request.before) {
            ("/robots.txt", _) => not_found(),
            (_, 0) => cut(&[TYPE, ETAG]),
            (_, 1) => {
                let right = [("Content-Range", "bytes 20-57/58"), ETAG];
                let right = right.into_iter().filter(|(name, _)| *name != wrong.0);
                let headers: Vec<_> = right.chain([TYPE, wrong]).collect();
                answer("206 Partial Content", &headers, &PLAN[20..])
            }
            _ => pdf(PLAN),
        });
        let raw = Raw::new();
        raw.one(&source(&server, "/plan.pdf")).unwrap();
        assert_eq!(raw.read("plan.pdf"), PLAN);
        assert_eq!(server.requests()[2].header("range"), "");
    }
}

#[test]
fn status_416_begins_anew() {
    let server = Server::start(|request| match (&*request.target, request.before) {
        ("/robots.txt", _) => not_found(),
        (_, 0) => cut(&[TYPE, ETAG]),
        (_, 1) => answer("416 Range Not Satisfiable", &[], b""),
        _ => pdf(PLAN),
    });
    let raw = Raw::new();
    raw.one(&source(&server, "/plan.pdf")).unwrap();
    assert_eq!(raw.read("plan.pdf"), PLAN);
}

#[test]
fn a_wrong_length_is_never_taken_for_a_document() {
    let server = Server::start(|request| match &*request.target {
        "/robots.txt" => not_found(),
        "/short.pdf" => cut(&[TYPE]),
        _ if request.header("range").is_empty() => cut(&[TYPE, ETAG]),
        _ => rest(request, PLAN.len() + 7),
    });
    for path in ["/short.pdf", "/total.pdf"] {
        let raw = Raw::new();
        let error = raw.one(&source(&server, path)).unwrap_err();
        assert!(matches!(error, FetchError::Incomplete { .. }), "{error}");
        assert!(!raw.path("plan.pdf").exists());
    }
}

#[test]
fn a_chunked_body_that_is_cut_is_incomplete() {
    let server = Server::start(|request| match &*request.target {
        "/robots.txt" => not_found(),
        _ => {
            let head = head("200 OK", &[TYPE, ("Transfer-Encoding", "chunked")]);
            vec![Step::Send([&*head, b"5\r\n%PDF-\r\n"].concat())]
        }
    });
    let error = Raw::new().one(&source(&server, "/plan.pdf")).unwrap_err();
    assert!(
        matches!(error, FetchError::Incomplete { expected: None, .. }),
        "{error}"
    );
}

/// The plan, a few bytes at a time.
fn drip(pause: u64) -> Vec<Step> {
    let head = Step::Send(whole("200 OK", &[TYPE], PLAN.len(), b""));
    let drops = PLAN.chunks(10).flat_map(|part| {
        let pause = Step::Wait(Duration::from_millis(pause));
        [pause, Step::Send(part.to_vec())]
    });
    std::iter::once(head).chain(drops).collect()
}

#[test]
fn a_slow_server_is_waited_for() {
    let server = Server::start(|request| match &*request.target {
        "/robots.txt" => not_found(),
        _ => drip(50),
    });
    let raw = Raw::new();
    raw.one(&source(&server, "/plan.pdf")).unwrap();
    assert_eq!(raw.read("plan.pdf"), PLAN);
}

#[test]
fn a_server_that_is_too_slow_is_given_up() {
    let server = Server::start(|request| match &*request.target {
        "/robots.txt" => not_found(),
        _ => drip(100),
    });
    let mut raw = Raw::new();
    raw.options.retries = 0;
    raw.options.total_timeout = Duration::from_millis(300);
    let error = raw.one(&source(&server, "/plan.pdf")).unwrap_err();
    assert!(matches!(error, FetchError::TooSlow { .. }), "{error}");
}

#[test]
fn a_body_that_stalls_is_given_up() {
    let server = Server::start(|request| match &*request.target {
        "/robots.txt" => not_found(),
        _ => {
            let begin = whole("200 OK", &[TYPE], PLAN.len(), &PLAN[..9]);
            vec![Step::Send(begin), Step::Wait(Duration::from_secs(3))]
        }
    });
    let mut raw = Raw::new();
    raw.options.retries = 1;
    raw.options.stall_timeout = Duration::from_millis(300);
    let error = raw.one(&source(&server, "/plan.pdf")).unwrap_err();
    assert!(matches!(error, FetchError::Stalled { .. }), "{error}");
    assert_eq!(server.requests().len(), 2);
}

#[test]
fn an_endless_body_stops_at_the_limit() {
    let server = Server::start(|request| match &*request.target {
        "/robots.txt" => not_found(),
        _ => {
            let part = vec![b' '; 16 * 1024];
            vec![Step::Send(head("200 OK", &[TYPE])), Step::Endless(part)]
        }
    });
    let raw = Raw::new();
    let error = raw.one(&source(&server, "/plan.pdf")).unwrap_err();
    assert!(
        matches!(error, FetchError::TooLarge { limit: 100_000, .. }),
        "{error}"
    );
    assert!(raw.received.get() <= 100_000);
    assert!(raw.files().is_empty(), "{:?}", raw.files());
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn a_body_that_is_announced_as_too_large_is_not_read() {
    let server = Server::start(|request| match &*request.target {
        "/robots.txt" => not_found(),
        _ => vec![Step::Send(whole("200 OK", &[TYPE], 100_001, b"%PDF-"))],
    });
    let raw = Raw::new();
    let error = raw.one(&source(&server, "/plan.pdf")).unwrap_err();
    assert!(matches!(error, FetchError::TooLarge { .. }), "{error}");
    assert_eq!(raw.received.get(), 0);
}

#[test]
fn a_wrong_type_is_refused() {
    let server = Server::start(|request| match &*request.target {
        "/page.pdf" => answer(
            "200 OK",
            &[("Content-Type", "text/html; charset=utf-8")],
            b"<html>",
        ),
        "/lie.pdf" => answer("200 OK", &[TYPE], b"<html>not found</html>"),
        "/bytes.pdf" => answer(
            "200 OK",
            &[("Content-Type", "application/octet-stream")],
            PLAN,
        ),
        "/any?id=1" => pdf(PLAN),
        _ => not_found(),
    });
    let raw = Raw::new();
    let error = raw.one(&source(&server, "/page.pdf")).unwrap_err();
    assert!(
        matches!(&error, FetchError::MediaType { found, .. } if found == "text/html"),
        "{error}"
    );
    let error = raw.one(&source(&server, "/lie.pdf")).unwrap_err();
    assert!(matches!(error, FetchError::Content { .. }), "{error}");
    assert!(raw.files().is_empty(), "{:?}", raw.files());
    raw.one(&source(&server, "/bytes.pdf")).unwrap();
    let mut spec = source(&server, "/any?id=1");
    spec.media_types = vec!["text/csv".to_owned()];
    let error = raw.one(&spec).unwrap_err();
    assert!(matches!(error, FetchError::MediaType { .. }), "{error}");
    spec.media_types.clear();
    assert_eq!(Raw::new().one(&spec).unwrap().path, "plan.pdf");
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// `%PDF-1.7 brotli` as one stored block.
const BROTLI: &[u8] = b"\x0b\x07\x80%PDF-1.7 brotli\x03";

/// A megabyte of blanks: brotli says once what is repeated.
const BROTLI_BOMB: &[u8] = &[
    0x5b, 0xff, 0xff, 0x8f, 0x5f, 0x02, 0x24, 0x1e, 0x0b, 0x04, 0x72, 0xef, 0x1f, 0x00,
];

#[test]
fn compressed_bodies_become_documents() {
    let server = Server::start(|request| match &*request.target {
        "/gzip.pdf" => answer("200 OK", &[TYPE, ("Content-Encoding", "gzip")], &gzip(PLAN)),
        "/br.pdf" => answer("200 OK", &[TYPE, ("Content-Encoding", "br")], BROTLI),
        "/zstd.pdf" => answer("200 OK", &[TYPE, ("Content-Encoding", "zstd")], b"?"),
        "/bad.pdf" => answer("200 OK", &[TYPE, ("Content-Encoding", "gzip")], PLAN),
        _ => not_found(),
    });
    let raw = Raw::new();
    raw.one(&source(&server, "/gzip.pdf")).unwrap();
    assert_eq!(raw.read("plan.pdf"), PLAN);
    raw.one(&source(&server, "/br.pdf")).unwrap();
    assert_eq!(raw.read("plan.pdf"), b"%PDF-1.7 brotli");
    let error = raw.one(&source(&server, "/zstd.pdf")).unwrap_err();
    assert!(matches!(error, FetchError::Coding { .. }), "{error}");
    let error = raw.one(&source(&server, "/bad.pdf")).unwrap_err();
    assert!(matches!(error, FetchError::Undecodable { .. }), "{error}");
    assert_eq!(raw.read("plan.pdf"), b"%PDF-1.7 brotli");
}

#[test]
fn compressed_bodies_that_grow_too_large_are_refused() {
    let bomb = gzip(&vec![b' '; 50 << 20]);
    assert!(bomb.len() < 100_000);
    let server = Server::start(move |request| match &*request.target {
        "/gzip.pdf" => answer("200 OK", &[TYPE, ("Content-Encoding", "gzip")], &bomb),
        "/br.pdf" => answer("200 OK", &[TYPE, ("Content-Encoding", "br")], BROTLI_BOMB),
        _ => not_found(),
    });
    for path in ["/gzip.pdf", "/br.pdf"] {
        let raw = Raw::new();
        let error = raw.one(&source(&server, path)).unwrap_err();
        assert!(matches!(error, FetchError::Inflated { .. }), "{error}");
        assert!(raw.files().is_empty(), "{:?}", raw.files());
    }
}
