//! The command line of `kurabe serve`.

use std::net::IpAddr;

use clap::{ArgMatches, Command, value_parser};

use super::grammar::{flag, option};
use crate::text::{Lang, serve as words};

/// Where `kurabe serve` listens, and whether it watches files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Serve {
    /// The port; 0 for any that is free.
    pub port: u16,
    /// The address; 127.0.0.1 when absent.
    pub host: Option<IpAddr>,
    /// Whether an address that other machines reach is allowed.
    pub is_remote: bool,
    /// Whether files are watched.
    pub watches: bool,
}

/// The usual port.
const PORT: u16 = 8787;

/// The command.
pub(super) fn command(lang: Lang) -> Command {
    let host = option("host", "ADDR", words::host(lang), lang);
    Command::new("serve")
        .about(words::serve(lang))
        .arg(option("port", "N", words::port(lang), lang).value_parser(value_parser!(u16)))
        .arg(host.value_parser(value_parser!(IpAddr)))
        .arg(flag("allow-remote", lang).help(words::allow_remote(lang)))
        .arg(flag("no-watch", lang).help(words::no_watch(lang)))
}

/// What is asked for.
pub(super) fn action(own: &ArgMatches) -> Serve {
    Serve {
        port: own.get_one("port").copied().unwrap_or(PORT),
        host: own.get_one("host").copied(),
        is_remote: own.get_flag("allow-remote"),
        watches: !own.get_flag("no-watch"),
    }
}
