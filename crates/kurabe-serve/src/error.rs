//! Why pages cannot be served.

use std::io;
use std::net::SocketAddr;

use thiserror::Error;

/// Why pages cannot be served.
#[derive(Debug, Error)]
pub enum ServeError {
    /// Another program listens on the port.
    #[error("port {port} is in use; choose another one, or 0 for any that is free", port = .0.port())]
    InUse(SocketAddr),
    /// The address is none of this machine, or the port is not allowed.
    #[error(
        "{0} cannot be listened on ({1}); choose an address of this machine and a port above 1023"
    )]
    Bind(SocketAddr, #[source] io::Error),
    /// The address can be reached by other machines, which nobody asked for.
    #[error(
        "{0} can be reached from other machines; allow that expressly, or leave the address out"
    )]
    Exposed(SocketAddr),
    /// The system gave no threads, no random bytes or no signals.
    #[error("the server could not be started ({0}); try again")]
    Start(String),
}
