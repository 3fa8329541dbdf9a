//! Where the server is and how it is spoken to.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use postgres::config::{Host, SslMode};
use postgres::{Client, Config, NoTls};
use rustls::{ClientConfig, RootCertStore};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::fault;
use crate::DatabaseError;

/// How long a server may take to answer, unless the address says otherwise.
const PATIENCE: Duration = Duration::from_secs(10);

/// A server and the way to it.
pub(super) struct Address {
    config: Config,
    tls: Tls,
    /// Host, port and database; neither user nor password.
    pub(super) shown: String,
}

/// Whether the connection is protected.
#[derive(Debug, PartialEq, Eq)]
enum Tls {
    Off,
    On { authority: Option<PathBuf> },
}

impl Address {
    /// Understands an address. TLS is used unless the server is on this machine or the address
    /// says `sslmode=disable`; it always checks the certificate.
    pub(super) fn parse(url: &str, password: Option<&str>) -> Result<Self, DatabaseError> {
        if !url.starts_with("postgres://") && !url.starts_with("postgresql://") {
            return Err(wrong("it does not begin with postgres://"));
        }
        let (plain, asked) = without_tls_options(url)?;
        let parsed = plain.parse::<Config>();
        let mut config = parsed.map_err(|_| wrong("one of its parts"))?;
        if config.get_hosts().is_empty() {
            return Err(wrong("the host is missing"));
        }
        if let (None, Some(password)) = (config.get_password(), password) {
            config.password(password);
        }
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(PATIENCE);
        }
        if config.get_application_name().is_none() {
            config.application_name("kurabe");
        }
        let is_here = config.get_hosts().iter().all(is_local);
        let tls = match asked {
            Asked { mode: None, .. } if is_here => Tls::Off,
            Asked {
                mode: Some("disable"),
                ..
            } => Tls::Off,
            Asked { authority, .. } => Tls::On { authority },
        };
        config.ssl_mode(match tls {
            Tls::Off => SslMode::Disable,
            Tls::On { .. } => SslMode::Require,
        });
        let shown = shown(&config);
        Ok(Self { config, tls, shown })
    }

    /// Connects to the server.
    pub(super) fn connect(&self) -> Result<Client, DatabaseError> {
        let client = match &self.tls {
            Tls::Off => self.config.connect(NoTls),
            Tls::On { authority } => {
                let tls = tls(authority.as_deref()).map_err(|detail| DatabaseError::Tls {
                    server: self.shown.clone(),
                    detail,
                })?;
                self.config.connect(MakeRustlsConnect::new(tls))
            }
        };
        client.map_err(|error| fault::of_connection(&self.shown, &error))
    }
}

fn wrong(detail: &'static str) -> DatabaseError {
    DatabaseError::Address { detail }
}

/// What an address says of TLS.
#[derive(Default)]
struct Asked<'a> {
    mode: Option<&'a str>,
    authority: Option<PathBuf>,
}

/// Takes the options out that the driver does not know in this form. All modes but `disable`
/// check the certificate and the host.
fn without_tls_options(url: &str) -> Result<(String, Asked<'_>), DatabaseError> {
    let Some((place, query)) = url.split_once('?') else {
        return Ok((url.to_owned(), Asked::default()));
    };
    let (mut asked, mut rest) = (Asked::default(), Vec::new());
    for option in query.split('&') {
        match option.split_once('=') {
            Some(("sslmode", mode)) => {
                let known = ["disable", "require", "verify-ca", "verify-full"];
                if !known.contains(&mode) {
                    return Err(wrong(
                        "sslmode is disable, require, verify-ca or verify-full",
                    ));
                }
                asked.mode = Some(mode);
            }
            Some(("sslrootcert", file)) => asked.authority = Some(PathBuf::from(decoded(file))),
            _ => rest.push(option),
        }
    }
    let rest = rest.join("&");
    let plain = if rest.is_empty() {
        place.to_owned()
    } else {
        format!("{place}?{rest}")
    };
    Ok((plain, asked))
}

/// `%XX` as the bytes that they stand for.
fn decoded(text: &str) -> String {
    let (mut bytes, mut left) = (Vec::new(), text.as_bytes());
    while let Some((first, rest)) = left.split_first() {
        let hex = rest.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        match hex.and_then(|two| u8::from_str_radix(two, 16).ok()) {
            Some(byte) if *first == b'%' => {
                bytes.push(byte);
                left = &rest[2..];
            }
            _ => {
                bytes.push(*first);
                left = rest;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Whether a host is this machine.
fn is_local(host: &Host) -> bool {
    match host {
        Host::Tcp(name) => {
            let address = name.trim_matches(['[', ']']).parse::<std::net::IpAddr>();
            name == "localhost" || address.is_ok_and(|address| address.is_loopback())
        }
        #[cfg(unix)]
        Host::Unix(_) => true,
    }
}

fn shown(config: &Config) -> String {
    let ports = config.get_ports();
    let host = |(at, host): (usize, &Host)| {
        let port = ports.get(at).or(ports.first()).unwrap_or(&5432);
        match host {
            Host::Tcp(name) => format!("{name}:{port}"),
            #[cfg(unix)]
            Host::Unix(folder) => format!("{}:{port}", folder.display()),
        }
    };
    let hosts: Vec<String> = config.get_hosts().iter().enumerate().map(host).collect();
    match config.get_dbname() {
        Some(database) => format!("{}/{database}", hosts.join(",")),
        None => hosts.join(","),
    }
}

/// TLS by the certificates of the system, or by those of a file.
fn tls(authority: Option<&Path>) -> Result<ClientConfig, String> {
    let found = match authority {
        Some(file) => rustls_native_certs::load_certs_from_paths(Some(file), None),
        None => rustls_native_certs::load_native_certs(),
    };
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(found.certs);
    if roots.is_empty() {
        return Err("there are no certificates of authorities".to_owned());
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?;
    Ok(builder.with_root_certificates(roots).with_no_client_auth())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(url: &str) -> Address {
        Address::parse(url, None).unwrap()
    }

    #[test]
    fn other_machines_are_spoken_to_by_tls() {
        for (url, is_off) in [
            ("postgres://u:p@localhost/d", true),
            ("postgres://u@127.0.0.1:5433/d", true),
            ("postgres://u@[::1]/d", true),
            ("postgres://u@%2Fvar%2Frun%2Fpostgresql/d", true),
            ("postgres://u@db.example.jp/d", false),
            ("postgres://u@db.example.jp/d?sslmode=disable", true),
            ("postgres://u@localhost/d?sslmode=verify-full", false),
        ] {
            assert_eq!(parsed(url).tls == Tls::Off, is_off, "{url}");
        }
        let address = parsed("postgresql://u@h/d?sslrootcert=%2Fa%20b.pem&application_name=x");
        let authority = Some(PathBuf::from("/a b.pem"));
        assert_eq!(address.tls, Tls::On { authority });
    }

    #[test]
    fn what_is_shown_names_neither_user_nor_password() {
        let address = parsed("postgres://anna:s3cret@localhost:5433/plans");
        assert_eq!(address.shown, "localhost:5433/plans");
    }

    #[test]
    fn wrong_addresses_are_not_repeated() {
        for url in [
            "mysql://u:s3cret@h/d",
            "postgres://u:s3cret@h:port/d",
            "postgres://u:s3cret@/d",
            "postgres://u:s3cret@h/d?sslmode=s3cret",
            "postgres://u:s3cret@h/d?s3cret=1",
        ] {
            let error = Address::parse(url, None).err().unwrap().to_string();
            assert!(!error.contains("s3cret"), "{error}");
        }
    }

    #[test]
    fn a_password_of_the_address_wins() {
        let password = |url| {
            let address = Address::parse(url, Some("outer")).unwrap();
            address.config.get_password().map(<[u8]>::to_vec)
        };
        assert_eq!(password("postgres://u@h/d").unwrap(), b"outer");
        assert_eq!(password("postgres://u:in@h/d").unwrap(), b"in");
    }
}
