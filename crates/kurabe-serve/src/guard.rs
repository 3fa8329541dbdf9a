//! Which requests are let through.
//!
//! A page of another site can make a browser send requests to this machine. It is kept out in
//! several ways that do not rely on each other: a name that was rebound to this machine stands in
//! `Host`; browsers say in `Sec-Fetch-Site` and `Origin` where a request comes from; the token
//! cannot be read by other origins; JSON cannot be sent by a plain form.

use std::net::{IpAddr, SocketAddr};

use hyper::header::{self, HeaderMap, HeaderName, HeaderValue};
use hyper::http::request::Parts;
use hyper::{Method, Uri};
use percent_encoding::percent_decode_str;

use crate::token::Token;

/// The header that carries the token of a change.
pub const TOKEN_HEADER: &str = "x-kurabe-token";

const TOKEN: HeaderName = HeaderName::from_static(TOKEN_HEADER);
const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
const FETCH_MODE: HeaderName = HeaderName::from_static("sec-fetch-mode");
const FETCH_DEST: HeaderName = HeaderName::from_static("sec-fetch-dest");

/// How long a path with its query is at most.
const LONGEST: usize = 2048;

/// Why a request was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Refusal {
    /// `Host` is missing, doubled or not the address that was bound.
    Host,
    /// It comes from a page of another origin.
    Origin,
    /// Neither GET nor POST.
    Method,
    /// The path is not plain.
    Path,
    /// The token is missing or wrong.
    Token,
    /// The body is not said to be JSON.
    MediaType,
    /// The body is too large.
    TooLarge,
    /// The body did not come in time.
    TooSlow,
}

impl Refusal {
    /// The status code of HTTP.
    #[must_use]
    pub fn status(self) -> u16 {
        match self {
            Self::Host => 421,
            Self::Origin | Self::Token => 403,
            Self::Method => 405,
            Self::Path => 400,
            Self::MediaType => 415,
            Self::TooLarge => 413,
            Self::TooSlow => 408,
        }
    }
}

/// What is let through at an address.
#[derive(Debug, Clone)]
pub(crate) struct Guard {
    bound: SocketAddr,
    token: Token,
    largest_body: usize,
}

/// A request that was let through, before its body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Admitted {
    pub(crate) path: String,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) is_change: bool,
}

impl Guard {
    pub(crate) fn new(bound: SocketAddr, token: Token, largest_body: usize) -> Self {
        Self {
            bound,
            token,
            largest_body,
        }
    }

    pub(crate) fn token(&self) -> &str {
        self.token.as_str()
    }

    /// Lets a request through, or says why not.
    pub(crate) fn admit(&self, parts: &Parts) -> Result<Admitted, Refusal> {
        let host = self.host(&parts.headers, &parts.uri)?;
        let is_change = match parts.method {
            Method::GET => false,
            Method::POST => true,
            _ => return Err(Refusal::Method),
        };
        if is_change {
            self.change(&parts.headers, host)?;
        } else {
            fetch(&parts.headers, host)?;
        }
        if parts.uri.to_string().len() > LONGEST {
            return Err(Refusal::Path);
        }
        Ok(Admitted {
            path: plain(parts.uri.path()).ok_or(Refusal::Path)?,
            query: pairs(parts.uri.query().unwrap_or_default()).ok_or(Refusal::Path)?,
            is_change,
        })
    }

    /// The one `Host`, if it is this server. A target with its own authority is refused, too.
    fn host<'h>(&self, headers: &'h HeaderMap, uri: &Uri) -> Result<&'h str, Refusal> {
        let host = only(headers, &header::HOST).ok_or(Refusal::Host)?;
        let is_own = uri.authority().is_none() && uri.scheme().is_none() && self.is_own(host);
        is_own.then_some(host).ok_or(Refusal::Host)
    }

    /// Whether a host with port is this server. Names other than `localhost` can be made to mean
    /// this machine by anybody who owns them; addresses cannot.
    fn is_own(&self, host: &str) -> bool {
        let (name, port) = match host.rsplit_once(':') {
            Some((name, port)) if !port.ends_with(']') => (name, port.parse().ok()),
            _ => (host, Some(80)),
        };
        if port != Some(self.bound.port()) {
            return false;
        }
        if name.eq_ignore_ascii_case("localhost") {
            return self.bound.ip().is_loopback() || self.bound.ip().is_unspecified();
        }
        let inner = name
            .strip_prefix('[')
            .and_then(|name| name.strip_suffix(']'));
        let address: Option<IpAddr> = inner.unwrap_or(name).parse().ok();
        address
            .is_some_and(|address| address == self.bound.ip() || self.bound.ip().is_unspecified())
    }

    fn change(&self, headers: &HeaderMap, host: &str) -> Result<(), Refusal> {
        let origin = only(headers, &header::ORIGIN);
        if origin != Some(&format!("http://{host}")) {
            return Err(Refusal::Origin);
        }
        if headers.contains_key(FETCH_SITE) && only(headers, &FETCH_SITE) != Some("same-origin") {
            return Err(Refusal::Origin);
        }
        let token = only(headers, &TOKEN).unwrap_or_default();
        if !self.token.is(token.as_bytes()) {
            return Err(Refusal::Token);
        }
        if !is_json(only(headers, &header::CONTENT_TYPE).unwrap_or_default()) {
            return Err(Refusal::MediaType);
        }
        let length = headers.get(header::CONTENT_LENGTH);
        let length = length.and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
        if length.is_some_and(|length| length > self.largest_body) {
            return Err(Refusal::TooLarge);
        }
        Ok(())
    }
}

/// Refuses what a page of another origin loads. A person may follow a link from anywhere.
fn fetch(headers: &HeaderMap, host: &str) -> Result<(), Refusal> {
    if headers.contains_key(header::ORIGIN)
        && only(headers, &header::ORIGIN) != Some(&format!("http://{host}"))
    {
        return Err(Refusal::Origin);
    }
    if !headers.contains_key(FETCH_SITE) {
        return Ok(());
    }
    let is_own = matches!(only(headers, &FETCH_SITE), Some("same-origin" | "none"));
    let is_visit = only(headers, &FETCH_MODE) == Some("navigate")
        && only(headers, &FETCH_DEST) == Some("document");
    (is_own || is_visit).then_some(()).ok_or(Refusal::Origin)
}

/// The value of a header that stands there exactly once.
fn only<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<&'h str> {
    let mut values = headers.get_all(name).iter();
    let first: &HeaderValue = values.next()?;
    match values.next() {
        None => first.to_str().ok(),
        Some(_) => None,
    }
}

fn is_json(media_type: &str) -> bool {
    let mut parts = media_type.split(';').map(str::trim);
    let is_json = parts
        .next()
        .is_some_and(|kind| kind.eq_ignore_ascii_case("application/json"));
    is_json && parts.all(|part| part.eq_ignore_ascii_case("charset=utf-8"))
}

/// A path without anything that leads elsewhere, decoded once.
fn plain(path: &str) -> Option<String> {
    let decoded = percent_decode_str(path).decode_utf8().ok()?;
    let below = decoded.strip_prefix('/')?;
    let is_strange = |c: char| c.is_control() || matches!(c, '\\' | '%' | ':');
    let is_way = |part: &str| part.is_empty() || part == "." || part == "..";
    let slashes = |text: &str| text.matches('/').count();
    let is_plain = slashes(path) == slashes(&decoded)
        && !decoded.contains(is_strange)
        && (below.is_empty() || !below.split('/').any(is_way));
    is_plain.then(|| decoded.into_owned())
}

/// The names and values of a query, decoded.
fn pairs(query: &str) -> Option<Vec<(String, String)>> {
    let decoded = |text: &str| {
        let text = text.replace('+', " ");
        let text = percent_decode_str(&text).decode_utf8().ok()?.into_owned();
        (!text.contains(char::is_control)).then_some(text)
    };
    let pair = |pair: &str| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        Some((decoded(name)?, decoded(value)?))
    };
    query
        .split('&')
        .filter(|one| !one.is_empty())
        .map(pair)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guard(bound: &str) -> Guard {
        Guard::new(bound.parse().unwrap(), Token::new().unwrap(), 100)
    }

    #[test]
    fn only_the_bound_address_and_port_are_this_server() {
        let own = guard("127.0.0.1:8787");
        for host in ["127.0.0.1:8787", "localhost:8787", "LocalHost:8787"] {
            assert!(own.is_own(host), "{host}");
        }
        for host in [
            "",
            "127.0.0.1",
            "localhost",
            "127.0.0.1:80",
            "127.0.0.2:8787",
            "evil.example:8787",
            "localhost.evil.example:8787",
            "127.0.0.1.nip.io:8787",
            "[::1]:8787",
            "localhost:8787.",
            "evil@127.0.0.1:8787",
            "127.0.0.1:08787x",
            "127.1:8787",
            "2130706433:8787",
        ] {
            assert!(!own.is_own(host), "{host}");
        }
        assert!(guard("[::1]:8787").is_own("[::1]:8787"));
        assert!(guard("[::1]:8787").is_own("localhost:8787"));
        assert!(guard("127.0.0.1:80").is_own("127.0.0.1"));
        let open = guard("0.0.0.0:8787");
        assert!(open.is_own("192.168.0.2:8787"));
        assert!(!open.is_own("name.example:8787"));
        assert!(!guard("192.168.0.2:8787").is_own("localhost:8787"));
    }

    #[test]
    fn paths_that_lead_elsewhere_are_refused() {
        for (path, decoded) in [("/", "/"), ("/a/b.js", "/a/b.js"), ("/%E5%B8%82", "/市")] {
            assert_eq!(plain(path).as_deref(), Some(decoded));
        }
        for path in [
            "",
            "a",
            "/..",
            "/../a",
            "/a/../b",
            "/./a",
            "//a",
            "/a//b",
            "/%2e%2e/a",
            "/%2E./a",
            "/a%2fb",
            "/a%2f..%2fb",
            "/a%5c..%5cb",
            "/a\\b",
            "/%00",
            "/a%0ab",
            "/%ff",
            "/%252e%252e/",
            "/c:/a",
            "/a/",
            "/%c0%ae%c0%ae/a",
        ] {
            assert_eq!(plain(path), None, "{path}");
        }
    }

    #[test]
    fn queries_are_decoded() {
        let found = pairs("a=%E5%B8%82+b&c&&d=e=f").unwrap();
        let found: Vec<(&str, &str)> = found.iter().map(|(a, b)| (&**a, &**b)).collect();
        assert_eq!(found, [("a", "市 b"), ("c", ""), ("d", "e=f")]);
        assert_eq!(pairs("a=%ff"), None);
        assert_eq!(pairs("a=%0d"), None);
    }

    #[test]
    fn json_is_only_what_says_so() {
        for kind in ["application/json", "Application/JSON; charset=UTF-8"] {
            assert!(is_json(kind), "{kind}");
        }
        for kind in [
            "",
            "text/plain",
            "application/jsonp",
            "text/plain; application/json",
        ] {
            assert!(!is_json(kind), "{kind}");
        }
    }
}
