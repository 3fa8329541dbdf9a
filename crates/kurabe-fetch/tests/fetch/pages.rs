//! Documents behind a landing page.

use kurabe_fetch::{FetchError, SourceSpec};

use crate::server::{Server, Step, answer, not_found, pdf};
use crate::support::{PLAN, Raw, source};

const PAGE: &str = "<!doctype html><meta charset=utf-8><title>DX</title>\
    <a href='/files/outline.pdf'>アクションプラン概要版（PDF）</a>\
    <a href='/files/plan.pdf'>アクションプラン 令和５年度版（PDF：1.2MB）</a>\
    <a href='http://10.0.0.1/intra.pdf'>庁内</a>";

fn page(body: &[u8]) -> Vec<Step> {
    answer(
        "200 OK",
        &[("Content-Type", "text/html; charset=UTF-8")],
        body,
    )
}

fn server() -> Server {
    Server::start(|request| match &*request.target {
        "/dx/" => page(PAGE.as_bytes()),
        "/files/plan.pdf" => pdf(PLAN),
        _ => not_found(),
    })
}

fn behind(server: &Server, link: &str) -> SourceSpec {
    SourceSpec {
        link: Some(link.to_owned()),
        ..source(server, "/dx/")
    }
}

#[test]
fn the_link_leads_to_the_document() {
    let server = server();
    let raw = Raw::new();
    let fetched = raw
        .one(&behind(&server, r"アクションプラン.*5年度.*\.pdf"))
        .unwrap();
    assert_eq!(fetched.path, "plan.pdf");
    assert_eq!(raw.read("plan.pdf"), PLAN);
    let entry = raw.manifest().entries[0].clone();
    assert_eq!(entry.url, server.url("/dx/"));
    assert_eq!(entry.document_url, server.url("/files/plan.pdf"));
}

#[test]
fn a_link_that_is_missing_or_not_alone_is_told() {
    let server = server();
    let error = Raw::new().one(&behind(&server, "実施計画")).unwrap_err();
    assert!(matches!(error, FetchError::LinkMissing { .. }), "{error}");
    let error = Raw::new()
        .one(&behind(&server, r"アクションプラン.*\.pdf"))
        .unwrap_err();
    assert!(
        matches!(&error, FetchError::LinkAmbiguous { found, .. } if found.len() == 2),
        "{error}"
    );
}

#[test]
fn a_link_to_a_private_address_is_refused() {
    let server = server();
    let error = Raw::new().one(&behind(&server, "庁内")).unwrap_err();
    assert!(
        matches!(error, FetchError::PrivateAddress { .. }),
        "{error}"
    );
}

#[test]
fn a_page_is_a_page() {
    let server = Server::start(|request| match &*request.target {
        "/dx/" => pdf(PLAN),
        _ => not_found(),
    });
    let error = Raw::new().one(&behind(&server, "計画")).unwrap_err();
    assert!(matches!(error, FetchError::MediaType { .. }), "{error}");
}
