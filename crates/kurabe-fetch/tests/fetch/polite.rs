//! Politeness: `robots.txt`, requests at a time, pauses.

use std::time::{Duration, Instant};

use kurabe_fetch::{FetchError, SourceSpec};

use crate::server::{Server, Step, answer, head, not_found, pdf};
use crate::support::{PLAN, Raw, source};

fn with_robots(robots: &'static [u8]) -> Server {
    Server::start(move |request| match &*request.target {
        "/robots.txt" => answer("200 OK", &[("Content-Type", "text/plain")], robots),
        "/moved.pdf" => answer("302 Found", &[("Location", "/closed/plan.pdf")], b""),
        _ => pdf(PLAN),
    })
}

#[test]
fn robots_txt_is_kept_at_every_redirect_and_asked_for_once() {
    let server = with_robots(b"User-agent: *\nDisallow: /closed/\n");
    let specs = ["/closed/plan.pdf", "/moved.pdf", "/open.pdf"];
    let specs = specs.into_iter().enumerate().map(|(at, path)| SourceSpec {
        id: format!("s{at}"),
        ..source(&server, path)
    });
    let reports = Raw::new().all(&specs.collect::<Vec<_>>()).unwrap();
    let is_denied = |at: usize| matches!(reports[at].outcome, Err(FetchError::Robots { .. }));
    assert!(
        is_denied(0) && is_denied(1) && reports[2].outcome.is_ok(),
        "{reports:?}"
    );
    let asked = server.requests();
    assert!(
        asked
            .iter()
            .all(|request| !request.target.starts_with("/closed/"))
    );
    assert_eq!(server.all_requests().len() - asked.len(), 1);
}

#[test]
fn a_robots_txt_for_this_program_counts() {
    let server = with_robots(b"User-agent: kurabe\nDisallow: /\n\nUser-agent: *\nAllow: /\n");
    let error = Raw::new().one(&source(&server, "/open.pdf")).unwrap_err();
    assert!(matches!(error, FetchError::Robots { .. }), "{error}");
}

#[test]
fn a_robots_txt_that_fails_forbids_everything() {
    let server = Server::start(|request| match &*request.target {
        "/robots.txt" => answer("503 Service Unavailable", &[], b""),
        _ => pdf(PLAN),
    });
    let error = Raw::new().one(&source(&server, "/plan.pdf")).unwrap_err();
    assert!(matches!(error, FetchError::RobotsUnknown { .. }), "{error}");
    assert!(server.requests().is_empty());
    assert_eq!(server.all_requests().len(), 3);
}

#[test]
fn an_endless_robots_txt_is_read_up_to_its_limit() {
    let server = Server::start(|request| match &*request.target {
        "/robots.txt" => {
            let begin = b"User-agent: *\nDisallow: /closed\n".to_vec();
            let head = head("200 OK", &[]);
            vec![
                Step::Send(head),
                Step::Send(begin),
                Step::Endless(vec![b'\n'; 8192]),
            ]
        }
        _ => pdf(PLAN),
    });
    let raw = Raw::new();
    raw.one(&source(&server, "/open.pdf")).unwrap();
    raw.one(&source(&server, "/closed.pdf")).unwrap_err();
}

/// Four sources on a server that takes a moment for each.
fn four(server: &Server) -> Vec<SourceSpec> {
    let spec = |at| SourceSpec {
        id: format!("s{at}"),
        ..source(server, &format!("/{at}.pdf"))
    };
    (0..4).map(spec).collect()
}

fn slow_server() -> Server {
    Server::start(|request| match &*request.target {
        "/robots.txt" => not_found(),
        _ => {
            let mut steps = vec![Step::Wait(Duration::from_millis(60))];
            steps.extend(pdf(PLAN));
            steps
        }
    })
}

#[test]
fn requests_to_one_host_at_a_time_are_limited() {
    for (limit, most) in [(1, 1), (2, 2)] {
        let server = slow_server();
        let mut raw = Raw::new();
        raw.options.per_host = limit;
        let reports = raw.all(&four(&server)).unwrap();
        assert!(
            reports.iter().all(|report| report.outcome.is_ok()),
            "{reports:?}"
        );
        assert_eq!(server.most_open(), most);
    }
}

#[test]
fn there_is_a_pause_between_requests_to_one_host() {
    let server = slow_server();
    let mut raw = Raw::new();
    raw.options.per_host = 4;
    raw.options.delay = Duration::from_millis(100);
    let begin = Instant::now();
    raw.all(&four(&server)).unwrap();
    // robots.txt and four documents: four pauses.
    assert!(
        begin.elapsed() >= Duration::from_millis(400),
        "{:?}",
        begin.elapsed()
    );
}

#[test]
fn a_longer_pause_that_robots_txt_asks_for_is_kept() {
    let server = with_robots(b"User-agent: *\nCrawl-delay: 0.2\n");
    let begin = Instant::now();
    Raw::new().all(&four(&server)).unwrap();
    // The first document comes without it: the pause was not known when robots.txt came.
    assert!(
        begin.elapsed() >= Duration::from_millis(600),
        "{:?}",
        begin.elapsed()
    );
}
