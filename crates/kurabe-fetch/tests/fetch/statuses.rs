//! What each status means, and whom the program talks to.

use std::time::Duration;

use kurabe_fetch::{FetchError, Proxies, SourceSpec, State};

use crate::server::{Server, Step, answer, not_found, pdf};
use crate::support::{PLAN, Raw, source};

#[test]
fn status_200_lands_with_its_manifest() {
    let server = Server::start(|_| {
        let headers = [
            ("Content-Type", "application/pdf"),
            ("ETag", "\"v1\""),
            ("Set-Cookie", "visit=secret"),
        ];
        answer("200 OK", &headers, PLAN)
    });
    let raw = Raw::new();
    let fetched = raw.one(&source(&server, "/plan.pdf")).unwrap();
    assert_eq!(fetched.state, State::New);
    assert_eq!(
        (&*fetched.path, fetched.bytes),
        ("plan.pdf", PLAN.len() as u64)
    );
    assert_eq!(raw.read("plan.pdf"), PLAN);
    assert_eq!(raw.files(), ["manifest.jsonl", "plan.pdf"]);
    let manifest = raw.manifest();
    let entry = manifest.of_source("plan").unwrap();
    assert_eq!(entry.retrieved_at, "2026-11-20T09:00:00Z");
    assert_eq!(entry.document_url, server.url("/plan.pdf"));
    assert_eq!(entry.headers["etag"], "\"v1\"");
    assert_eq!(entry.sha256.len(), 64);
    assert!(
        !String::from_utf8(raw.read("manifest.jsonl"))
            .unwrap()
            .contains("secret")
    );
    assert_eq!(raw.received.get(), PLAN.len() as u64);
    let request = &server.requests()[0];
    assert_eq!(
        request.header("user-agent"),
        "kurabe/test (+mailto:dx@example.jp)"
    );
    assert_eq!(request.header("accept-encoding"), "gzip, br");
}

#[test]
fn status_304_confirms_the_file() {
    let server = Server::start(|request| {
        if request.header("if-none-match") == "\"v1\"" {
            return answer("304 Not Modified", &[], b"");
        }
        let headers = [
            ("Content-Type", "application/pdf"),
            ("ETag", "\"v1\""),
            ("Last-Modified", "Sun, 06 Nov 2022 08:49:37 GMT"),
        ];
        answer("200 OK", &headers, PLAN)
    });
    let raw = Raw::new();
    let spec = source(&server, "/plan.pdf");
    raw.one(&spec).unwrap();
    raw.minute.set(5);
    let again = raw.one(&spec).unwrap();
    assert_eq!(again.state, State::Unchanged);
    let entry = raw.manifest().entries[0].clone();
    assert_eq!(entry.retrieved_at, "2026-11-20T09:00:00Z");
    assert_eq!(entry.checked_at, "2026-11-20T09:05:00Z");
    let second = &server.requests()[1];
    assert_eq!(
        second.header("if-modified-since"),
        "Sun, 06 Nov 2022 08:49:37 GMT"
    );

    let mut forced = Raw::new();
    forced.options.is_forced = true;
    forced.one(&spec).unwrap();
    forced.one(&spec).unwrap();
    assert_eq!(server.requests()[3].header("if-none-match"), "");
}

#[test]
fn a_file_that_is_gone_is_not_confirmed() {
    let server = Server::start(|request| match request.header("if-none-match") {
        "" => answer("200 OK", &[("ETag", "\"v1\"")], PLAN),
        _ => answer("304 Not Modified", &[], b""),
    });
    let raw = Raw::new();
    let spec = source(&server, "/plan.pdf");
    raw.one(&spec).unwrap();
    std::fs::remove_file(raw.path("plan.pdf")).unwrap();
    raw.one(&spec).unwrap();
    assert_eq!(raw.read("plan.pdf"), PLAN);
}

#[test]
fn status_301_is_followed() {
    let server = Server::start(|request| match &*request.target {
        "/old.pdf" => answer("301 Moved Permanently", &[("Location", "/new.pdf")], b""),
        "/new.pdf" => pdf(PLAN),
        _ => not_found(),
    });
    let raw = Raw::new();
    raw.one(&source(&server, "/old.pdf")).unwrap();
    let entry = raw.manifest().entries[0].clone();
    assert_eq!(entry.document_url, server.url("/old.pdf"));
    assert_eq!(entry.final_url, server.url("/new.pdf"));
}

#[test]
fn redirects_end() {
    let server = Server::start(|request| match &*request.target {
        "/robots.txt" => not_found(),
        _ => answer("302 Found", &[("Location", "/plan.pdf")], b""),
    });
    let error = Raw::new().one(&source(&server, "/plan.pdf")).unwrap_err();
    assert!(
        matches!(error, FetchError::Redirects { limit: 5, .. }),
        "{error}"
    );
    assert_eq!(server.requests().len(), 6);
}

#[test]
fn redirects_lead_to_web_addresses_only() {
    let server = Server::start(|request| match &*request.target {
        "/robots.txt" => not_found(),
        "/nowhere.pdf" => answer("302 Found", &[], b""),
        _ => answer("302 Found", &[("Location", "file:///etc/passwd")], b""),
    });
    let error = Raw::new().one(&source(&server, "/plan.pdf")).unwrap_err();
    assert!(matches!(error, FetchError::Scheme { .. }), "{error}");
    let error = Raw::new()
        .one(&source(&server, "/nowhere.pdf"))
        .unwrap_err();
    assert!(
        matches!(error, FetchError::RedirectInvalid { .. }),
        "{error}"
    );
}

#[test]
fn a_redirect_to_a_private_address_is_refused() {
    let inner = Server::start(|_| pdf(PLAN));
    let targets = [
        inner.url("/"),
        format!("http://localhost:{}/", inner.address.port()),
        "http://169.254.169.254/latest/meta-data/".to_owned(),
        "http://[::ffff:10.0.0.1]/".to_owned(),
    ];
    for target in targets {
        let to = target.clone();
        let server = Server::start(move |request| match &*request.target {
            "/robots.txt" => not_found(),
            _ => answer("302 Found", &[("Location", &to)], b""),
        });
        let error = Raw::new().one(&source(&server, "/plan.pdf")).unwrap_err();
        assert!(
            matches!(error, FetchError::PrivateAddress { .. }),
            "{target}: {error}"
        );
    }
    assert!(inner.all_requests().is_empty());
}

#[test]
fn a_private_address_is_refused_unless_allowed() {
    let server = Server::start(|_| pdf(PLAN));
    let mut spec = source(&server, "/plan.pdf");
    spec.allow_private = false;
    let error = Raw::new().one(&spec).unwrap_err();
    assert!(
        matches!(error, FetchError::PrivateAddress { .. }),
        "{error}"
    );
    assert!(error.to_string().contains("allow_private"));
    assert!(server.all_requests().is_empty());
    spec.allow_private = true;
    Raw::new().one(&spec).unwrap();
}

#[test]
fn status_403_and_404_are_told_at_once() {
    for (status, remedy) in [("403 Forbidden", "publisher"), ("404 Not Found", "moved")] {
        let server = Server::start(move |_| answer(status, &[], b""));
        let raw = Raw::new();
        let error = raw.one(&source(&server, "/plan.pdf")).unwrap_err();
        assert!(error.to_string().contains(remedy), "{error}");
        assert_eq!(server.requests().len(), 1);
        assert!(raw.files().is_empty());
    }
}

#[test]
fn status_429_is_repeated_when_the_server_says() {
    let server = Server::start(|request| match (&*request.target, request.before) {
        ("/robots.txt", _) => not_found(),
        (_, 0) => answer("429 Too Many Requests", &[("Retry-After", "1")], b""),
        (_, 1) => {
            let date = [("Retry-After", "Fri, 20 Nov 2026 09:00:00 GMT")];
            answer("503 Service Unavailable", &date, b"")
        }
        _ => pdf(PLAN),
    });
    let raw = Raw::new();
    raw.one(&source(&server, "/plan.pdf")).unwrap();
    let told = raw.told.borrow().join("\n");
    assert!(told.contains("Waiting { time: 1s"), "{told}");
    assert_eq!(server.requests().len(), 3);
}

#[test]
fn a_server_that_wants_a_long_pause_is_left_alone() {
    let server = Server::start(|request| match &*request.target {
        "/robots.txt" => not_found(),
        _ => answer("429 Too Many Requests", &[("Retry-After", "3600")], b""),
    });
    let error = Raw::new().one(&source(&server, "/plan.pdf")).unwrap_err();
    assert!(matches!(error, FetchError::TooBusy { .. }), "{error}");
    assert!(error.to_string().contains("3600 s"), "{error}");
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn status_500_is_repeated_and_then_told() {
    let server = Server::start(|request| match (&*request.target, request.before) {
        ("/once.pdf", 0) | ("/always.pdf", _) => answer("500 Oops", &[], b"%PDF-no"),
        ("/once.pdf", _) => pdf(PLAN),
        _ => not_found(),
    });
    Raw::new().one(&source(&server, "/once.pdf")).unwrap();
    let error = Raw::new().one(&source(&server, "/always.pdf")).unwrap_err();
    assert!(
        matches!(error, FetchError::Status { status: 500, .. }),
        "{error}"
    );
    assert_eq!(server.requests().len(), 2 + 3);
}

#[test]
fn no_server_is_told_after_repetitions() {
    let port = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let spec = SourceSpec {
        id: "plan".to_owned(),
        url: format!("http://127.0.0.1:{port}/plan.pdf"),
        allow_private: true,
        ..SourceSpec::default()
    };
    let raw = Raw::new();
    let error = raw.one(&spec).unwrap_err();
    let FetchError::RobotsUnknown { cause, .. } = error else {
        panic!("{error}");
    };
    assert!(matches!(*cause, FetchError::Connection { .. }), "{cause}");
    let waits = raw
        .told
        .borrow()
        .iter()
        .filter(|told| told.contains("Waiting"))
        .count();
    assert_eq!(waits, 2);
}

#[test]
fn one_source_that_fails_does_not_stop_the_others() {
    let server = Server::start(|request| match &*request.target {
        "/b.pdf" => pdf(PLAN),
        _ => not_found(),
    });
    let specs = ["a", "b"].map(|id| SourceSpec {
        id: id.to_owned(),
        ..source(&server, &format!("/{id}.pdf"))
    });
    let raw = Raw::new();
    let reports = raw.all(&specs).unwrap();
    let outcomes: Vec<_> = reports
        .iter()
        .map(|r| (&*r.id, r.outcome.is_ok()))
        .collect();
    assert_eq!(outcomes, [("a", false), ("b", true)]);
    assert_eq!(raw.files(), ["b.pdf", "manifest.jsonl"]);
}

#[test]
fn a_password_reaches_its_host_only_and_no_record() {
    let other = Server::start(|_| pdf(PLAN));
    let to = format!("http://{}/plan.pdf", other.address);
    let server = Server::start(move |request| match &*request.target {
        "/robots.txt" => not_found(),
        "/fail.pdf?token=s3cret" => answer("403 Forbidden", &[], b""),
        _ => answer("302 Found", &[("Location", &to)], b""),
    });
    let with_password = |path: &str| SourceSpec {
        url: server.url(path).replace("http://", "http://me:s3cret@"),
        ..source(&server, path)
    };
    let raw = Raw::new();
    let errors = ["/plan.pdf", "/fail.pdf?token=s3cret"].map(|path| {
        let error = raw.one(&with_password(path)).unwrap_err();
        format!("{error} {error:?}")
    });
    assert!(
        server.requests()[0]
            .header("authorization")
            .starts_with("Basic ")
    );
    assert!(other.all_requests().is_empty());
    let told = raw.told.borrow().join("\n");
    assert!(
        !told.contains("s3cret") && !errors.concat().contains("s3cret"),
        "{told}{errors:?}"
    );

    let server = Server::start(|request| match request.header("authorization") {
        "" => answer("401 Unauthorized", &[], b""),
        _ => pdf(PLAN),
    });
    let spec = SourceSpec {
        url: server
            .url("/plan.pdf")
            .replace("http://", "http://me:s3cret@"),
        ..source(&server, "/plan.pdf")
    };
    raw.one(&spec).unwrap();
    let manifest = String::from_utf8(raw.read("manifest.jsonl")).unwrap();
    assert!(
        manifest.contains("/plan.pdf") && !manifest.contains("s3cret"),
        "{manifest}"
    );
}

#[test]
fn a_proxy_of_the_environment_is_used() {
    let proxy = Server::start(|request| match &*request.target {
        "http://www.example.jp/plan.pdf" => pdf(PLAN),
        _ => not_found(),
    });
    let mut raw = Raw::new();
    let address = format!("http://me:s3cret@{}", proxy.address);
    raw.options.proxies = Proxies::of(|name| (name == "http_proxy").then(|| address.clone()));
    let mut spec = source(&proxy, "");
    spec.allow_private = false;
    spec.url = "http://www.example.jp/plan.pdf".to_owned();
    raw.one(&spec).unwrap();
    assert!(
        proxy.requests()[1]
            .header("proxy-authorization")
            .starts_with("Basic ")
    );
    spec.url = "http://127.0.0.1/plan.pdf".to_owned();
    let error = raw.one(&spec).unwrap_err();
    assert!(
        matches!(error, FetchError::PrivateAddress { .. }),
        "{error}"
    );
}

#[test]
fn a_head_that_does_not_come_has_stalled() {
    let server = Server::start(|request| match &*request.target {
        "/robots.txt" => not_found(),
        _ => vec![Step::Wait(Duration::from_secs(3))],
    });
    let mut raw = Raw::new();
    raw.options.retries = 1;
    raw.options.stall_timeout = Duration::from_millis(300);
    let error = raw.one(&source(&server, "/plan.pdf")).unwrap_err();
    assert!(matches!(error, FetchError::Stalled { .. }), "{error}");
    assert_eq!(server.requests().len(), 2);
}
