//! One request without redirects: the client for public hosts, the one for a host that may be
//! private, and the one behind a proxy.

use std::error::Error as _;
use std::sync::Arc;

use hyper_util::client::proxy::matcher::Matcher;
use reqwest::header::{ACCEPT, ACCEPT_ENCODING, HeaderMap, HeaderValue};
use reqwest::{Client, ClientBuilder, Proxy, Response, redirect};
use rustls::{ClientConfig, RootCertStore};
use url::Url;

use crate::address::{PublicOnly, Refused, check_literal};
use crate::error::Result;
use crate::{FetchError, Options, Proxies, shown};

/// Content codings that are understood.
const CODINGS: &str = "gzip, br";

/// The clients of a run.
#[derive(Debug)]
pub(crate) struct Clients {
    /// Resolves to public addresses only.
    strict: Client,
    /// Resolves to any address.
    open: Client,
    /// Connects to a proxy, where one is named for the URL.
    proxied: Option<(Matcher, Client)>,
}

impl Clients {
    /// Prepares the clients.
    pub(crate) fn new(options: &Options) -> Result<Self> {
        let tls = tls()?;
        let builder = || builder(options, tls.clone());
        let proxied = if options.proxies.is_empty() {
            None
        } else {
            let proxies = proxies(&options.proxies)?;
            let builder = proxies.into_iter().fold(builder()?, ClientBuilder::proxy);
            Some((matcher(&options.proxies), built(builder)?))
        };
        Ok(Self {
            strict: built(builder()?.dns_resolver(PublicOnly))?,
            open: built(builder()?)?,
            proxied,
        })
    }

    /// Asks for a URL. `is_open` is whether its host may have a private address.
    pub(crate) async fn get(&self, url: &Url, is_open: bool, ask: HeaderMap) -> Result<Response> {
        if !is_open {
            check_literal(url).map_err(|refused| private(url, refused))?;
        }
        let client = match self.proxy_of(url) {
            Some(client) => client,
            None if is_open => &self.open,
            None => &self.strict,
        };
        let request = client.get(url.clone()).headers(ask);
        request.send().await.map_err(|error| failure(url, &error))
    }

    /// The client for a URL that a proxy is named for. The proxy then resolves the name.
    fn proxy_of(&self, url: &Url) -> Option<&Client> {
        let (matcher, client) = self.proxied.as_ref()?;
        let uri = url.as_str().parse().ok()?;
        matcher.intercept(&uri).map(|_| client)
    }
}

fn private(url: &Url, refused: Refused) -> FetchError {
    FetchError::PrivateAddress {
        url: shown(url),
        host: refused.host,
    }
}

/// What a failed request means. The texts of the HTTP library that name the URL, and with it
/// perhaps a password, are not used: only the cause at the bottom is.
fn failure(url: &Url, error: &reqwest::Error) -> FetchError {
    let mut detail = "no connection".to_owned();
    let mut cause = error.source();
    while let Some(error) = cause {
        if let Some(refused) = error.downcast_ref::<Refused>() {
            return private(url, refused.clone());
        }
        detail = error.to_string();
        cause = error.source();
    }
    let url = shown(url);
    FetchError::Connection { url, detail }
}

fn builder(options: &Options, tls: ClientConfig) -> Result<ClientBuilder> {
    let mut headers = HeaderMap::new();
    headers.insert(ACCEPT, HeaderValue::from_static("*/*"));
    headers.insert(ACCEPT_ENCODING, HeaderValue::from_static(CODINGS));
    let agent = HeaderValue::from_str(&options.agent).map_err(setup)?;
    Ok(Client::builder()
        .tls_backend_preconfigured(tls)
        .http1_only()
        .no_proxy()
        .redirect(redirect::Policy::none())
        .retry(reqwest::retry::never())
        .referer(false)
        .user_agent(agent)
        .default_headers(headers)
        .connect_timeout(options.connect_timeout))
}

fn built(builder: ClientBuilder) -> Result<Client> {
    builder.build().map_err(setup)
}

fn setup(error: impl std::fmt::Display) -> FetchError {
    FetchError::Setup {
        detail: error.to_string(),
    }
}

/// TLS by the certificates of the system. Where it has none, `https` fails when it is used.
fn tls() -> Result<ClientConfig> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    let builder = ClientConfig::builder_with_provider(provider);
    let builder = builder
        .with_safe_default_protocol_versions()
        .map_err(setup)?;
    Ok(builder.with_root_certificates(roots).with_no_client_auth())
}

fn proxies(named: &Proxies) -> Result<Vec<Proxy>> {
    let http = named
        .http
        .as_deref()
        .map(|value| ("HTTP_PROXY", Proxy::http(value)));
    let https = named
        .https
        .as_deref()
        .map(|value| ("HTTPS_PROXY", Proxy::https(value)));
    let all = named
        .all
        .as_deref()
        .map(|value| ("ALL_PROXY", Proxy::all(value)));
    let proxies = [http, https, all].into_iter().flatten();
    proxies
        .map(|(variable, proxy)| proxy.map_err(|_| FetchError::Proxy { variable }))
        .collect()
}

fn matcher(named: &Proxies) -> Matcher {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    Matcher::builder()
        .all(text(&named.all))
        .http(text(&named.http))
        .https(text(&named.https))
        .no(text(&named.none))
        .build()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proxy_is_used_where_it_is_named_and_never_shown() {
        let proxies = Proxies::of(|name| match name {
            "https_proxy" => Some("http://me:secret@proxy.example:3128".to_owned()),
            "NO_PROXY" => Some("city.example.jp".to_owned()),
            _ => None,
        });
        let options = Options {
            proxies,
            ..Options::default()
        };
        let clients = Clients::new(&options).unwrap();
        let has_proxy = |url: &str| clients.proxy_of(&Url::parse(url).unwrap()).is_some();
        assert!(has_proxy("https://www.example.jp/"));
        assert!(!has_proxy("http://www.example.jp/"));
        assert!(!has_proxy("https://www.city.example.jp/"));
        assert!(!format!("{options:?}").contains("secret"));
    }

    #[test]
    fn a_wrong_proxy_is_named_by_its_variable_only() {
        let mut options = Options::default();
        options.proxies.http = Some("http://me:secret@".to_owned());
        let told = Clients::new(&options).unwrap_err().to_string();
        assert!(told.starts_with("HTTP_PROXY"), "{told}");
        assert!(!told.contains("secret"), "{told}");
    }
}
