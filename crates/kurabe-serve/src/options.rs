//! Where is listened, and how long and how much.

use std::net::{IpAddr, Ipv4Addr};
use std::time::Duration;

/// Where is listened, and how much a request may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The address.
    pub address: IpAddr,
    /// The port; 0 for any that is free.
    pub port: u16,
    /// Whether an address that other machines reach is allowed.
    pub is_exposed: bool,
    /// Whether an interrupt (Ctrl-C) or a request to end stops the server.
    pub stops_on_signal: bool,
    /// How many bytes a body has at most.
    pub largest_body: usize,
    /// How many connections there are at most; further ones wait.
    pub connections: usize,
    /// How long is waited for what.
    pub patience: Patience,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            address: IpAddr::V4(Ipv4Addr::LOCALHOST),
            port: 8787,
            is_exposed: false,
            stops_on_signal: false,
            largest_body: 64 * 1024,
            connections: 64,
            patience: Patience::default(),
        }
    }
}

/// How long a slow client is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// For the head of a request, also for the next one of a connection.
    pub head: Duration,
    /// For its body.
    pub body: Duration,
    /// For all of a connection.
    pub connection: Duration,
    /// For open connections once the server is to stop.
    pub farewell: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            head: Duration::from_secs(15),
            body: Duration::from_secs(10),
            connection: Duration::from_secs(600),
            farewell: Duration::from_secs(2),
        }
    }
}
