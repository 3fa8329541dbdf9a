//! Which addresses may be connected to.
//!
//! A URL in a configuration, a link on a page or a redirect may name a machine of the private
//! network that the program runs in (a router, a metadata service). Such addresses are refused
//! where they count: in the name resolution that the connection uses, so that a name cannot
//! resolve to one address when it is checked and to another when it is connected to.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

/// Whether an address is one of the public internet: not private, local to the link or machine,
/// shared, reserved, for documentation or for groups (IANA special-purpose address registries,
/// RFC 6890).
#[must_use]
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => match embedded(address) {
            Some(inner) => is_public_v4(inner),
            None => is_public_v6(address),
        },
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let is_special = address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_documentation()
        || address.is_multicast();
    let is_this_network = a == 0;
    let is_shared = a == 100 && (64..128).contains(&b);
    let is_protocol = (a, b, c) == (192, 0, 0);
    let is_relay = (a, b, c) == (192, 88, 99);
    let is_benchmark = a == 198 && (18..20).contains(&b);
    let is_reserved = a >= 240;
    !(is_special
        || is_this_network
        || is_shared
        || is_protocol
        || is_relay
        || is_benchmark
        || is_reserved)
}

/// Only `2000::/3` is assigned to the public internet, and parts of it are not.
fn is_public_v6(address: Ipv6Addr) -> bool {
    let [first, second, ..] = address.segments();
    let is_global = first & 0xe000 == 0x2000;
    let is_protocol = first == 0x2001 && second < 0x0200;
    let is_documentation = (first, second) == (0x2001, 0x0db8) || first & 0xfff0 == 0x3ff0;
    is_global && !is_protocol && !is_documentation
}

/// The IPv4 address that an IPv6 address stands for: mapped, compatible, NAT64 or 6to4.
fn embedded(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let s = address.segments();
    let of = |high: u16, low: u16| Ipv4Addr::from(u32::from(high) << 16 | u32::from(low));
    match s {
        [0x2002, high, low, ..] => Some(of(high, low)),
        [0x0064, 0xff9b, 0, 0, 0, 0, high, low]
        | [0, 0, 0, 0, 0, 0xffff, high, low]
        | [0, 0, 0, 0, 0xffff, 0, high, low] => Some(of(high, low)),
        [0, 0, 0, 0, 0, 0, high, low] => Some(of(high, low)),
        _ => None,
    }
}

/// A name that stands for no public address, or an address that is not public.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{host} is no address of the public internet")]
pub struct Refused {
    /// The host as named.
    pub host: String,
}

/// Refuses a URL that names its host by an address that is not public. Names are looked at when
/// they are resolved.
///
/// # Errors
/// When the address is not public.
pub fn check_literal(url: &Url) -> Result<(), Refused> {
    let address = match url.host() {
        Some(Host::Ipv4(address)) => IpAddr::V4(address),
        Some(Host::Ipv6(address)) => IpAddr::V6(address),
        Some(Host::Domain(name)) if is_local_name(name) => return refuse(name),
        Some(Host::Domain(_)) | None => return Ok(()),
    };
    if is_public(address) {
        Ok(())
    } else {
        refuse(&address.to_string())
    }
}

fn refuse(host: &str) -> Result<(), Refused> {
    let host = host.to_owned();
    Err(Refused { host })
}

/// Names that never leave the machine or the local network (RFC 6761, RFC 6762): a proxy might
/// resolve them on its own side.
fn is_local_name(name: &str) -> bool {
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    let is_below = |ending: &str| {
        let above = name.strip_suffix(ending);
        above.is_some_and(|above| above.is_empty() || above.ends_with('.'))
    };
    ["localhost", "local", "internal"].into_iter().any(is_below)
}

/// Resolves names by the system and leaves out every address that is not public.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PublicOnly;

impl Resolve for PublicOnly {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let host = name.as_str().to_owned();
            let found: Vec<SocketAddr> = tokio::net::lookup_host((&*host, 0)).await?.collect();
            let public: Vec<SocketAddr> = found
                .into_iter()
                .filter(|found| is_public(found.ip()))
                .collect();
            if public.is_empty() {
                return Err(Refused { host }.into());
            }
            let addresses: Addrs = Box::new(public.into_iter());
            Ok(addresses)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_and_local_addresses_are_not_public() {
        for address in [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "127.0.0.1",
            "169.254.169.254",
            "172.16.0.1",
            "192.0.2.1",
            "192.168.0.1",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "fc00::1",
            "fe80::1",
            "ff02::1",
            "2001:db8::1",
            "::ffff:10.0.0.1",
            "64:ff9b::a00:1",
            "2002:7f00:1::",
        ] {
            assert!(!is_public(address.parse().unwrap()), "{address}");
        }
    }

    #[test]
    fn other_addresses_are_public() {
        for address in [
            "8.8.8.8",
            "172.15.0.1",
            "172.32.0.1",
            "192.167.0.1",
            "2606:4700::1111",
            "64:ff9b::808:808",
        ] {
            assert!(is_public(address.parse().unwrap()), "{address}");
        }
    }

    #[test]
    fn an_address_is_seen_in_every_spelling() {
        for url in [
            "http://127.0.0.1/",
            "http://2130706433/",
            "http://0x7f.1/",
            "http://[::ffff:127.0.0.1]/",
            "http://localhost:8080/",
            "http://a.localhost./",
            "http://printer.local/",
        ] {
            let url = Url::parse(url).unwrap();
            assert!(check_literal(&url).is_err(), "{url}");
        }
        let url = Url::parse("https://www.city.example.jp/").unwrap();
        assert_eq!(check_literal(&url), Ok(()));
    }
}
