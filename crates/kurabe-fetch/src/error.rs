//! Why a source could not be fetched.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use crate::ManifestError;

/// Why a source could not be fetched: where, what, and what to do. URLs are shown without
/// secrets (see [`crate::shown`]).
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// The host has no public address.
    #[error(
        "{url}: {host} is no address of the public internet; set allow_private = true if the \
         source's own host is meant to be in your network"
    )]
    PrivateAddress {
        /// The address asked for.
        url: String,
        /// The host as named.
        host: String,
    },
    /// The address is neither `http` nor `https`.
    #[error("{url}: only http and https are fetched; correct the url or the link pattern")]
    Scheme {
        /// The address.
        url: String,
    },
    /// `robots.txt` asks programs to stay away.
    #[error(
        "{url}: robots.txt of the host asks programs to stay away; ask the publisher or put the file into raw/ by hand"
    )]
    Robots {
        /// The address asked for.
        url: String,
    },
    /// `robots.txt` cannot be read, so that nothing may be asked for (RFC 9309).
    #[error("robots.txt of the host cannot be read, so that {url} is not asked for: {cause}")]
    RobotsUnknown {
        /// The address asked for.
        url: String,
        /// What went wrong, with what to do.
        cause: Arc<FetchError>,
    },
    /// The server answered with a status that brings no document.
    #[error("{url}: the server answered {status}; {}", remedy(*.status))]
    Status {
        /// The address asked for.
        url: String,
        /// The status.
        status: u16,
        /// How long the server asks to wait.
        retry_after: Option<Duration>,
    },
    /// The server asks to wait longer than is waited.
    #[error("{url}: the server asks to wait {} s; run `kurabe fetch` again after that time", .wait.as_secs())]
    TooBusy {
        /// The address asked for.
        url: String,
        /// How long the server asks to wait.
        wait: Duration,
    },
    /// There are too many redirects.
    #[error("{url}: more than {limit} redirects; enter the final address as url")]
    Redirects {
        /// The first address.
        url: String,
        /// How many are followed.
        limit: usize,
    },
    /// A redirect leads nowhere.
    #[error("{url}: the server redirects without a usable address; enter the final address as url")]
    RedirectInvalid {
        /// The address that redirects.
        url: String,
    },
    /// There is no connection, or it broke before an answer came.
    #[error("{url}: no answer ({detail}); check the address and the network, then try again")]
    Connection {
        /// The address asked for.
        url: String,
        /// What went wrong.
        detail: String,
    },
    /// Nothing came for too long.
    #[error("{url}: nothing came for {} s; try again later or raise stall_seconds", .limit.as_secs_f32())]
    Stalled {
        /// The address asked for.
        url: String,
        /// How long was waited.
        limit: Duration,
    },
    /// The document took too long as a whole.
    #[error("{url}: not complete after {} s; run `kurabe fetch` again to continue, or raise total_seconds", .limit.as_secs_f32())]
    TooSlow {
        /// The address asked for.
        url: String,
        /// How long was waited.
        limit: Duration,
    },
    /// The body ended early, or is not as long as was said.
    #[error("{url}: {got} bytes came{}; try again later", announced(.expected))]
    Incomplete {
        /// The address asked for.
        url: String,
        /// Bytes that came.
        got: u64,
        /// Bytes that were announced, where they were.
        expected: Option<u64>,
    },
    /// The answer continues another document or place than was asked for.
    #[error("{url}: the server continued at another place than asked; try again")]
    Continuation {
        /// The address asked for.
        url: String,
    },
    /// The document is larger than the limit.
    #[error("{url}: larger than {limit} bytes; raise largest_mib if that is right")]
    TooLarge {
        /// The address asked for.
        url: String,
        /// The limit in bytes.
        limit: u64,
    },
    /// The document is larger than the limit when it is decompressed.
    #[error("{url}: more than {limit} bytes when decompressed; raise largest_mib if that is right")]
    Inflated {
        /// The address asked for.
        url: String,
        /// The limit in bytes.
        limit: u64,
    },
    /// The body is compressed in a way that was not asked for.
    #[error(
        "{url}: compressed as {coding}, which is not understood; put the file into raw/ by hand"
    )]
    Coding {
        /// The address asked for.
        url: String,
        /// The content coding.
        coding: String,
    },
    /// The compressed body is damaged.
    #[error("{url}: the compressed body is damaged ({detail}); try again")]
    Undecodable {
        /// The address asked for.
        url: String,
        /// What went wrong.
        detail: String,
    },
    /// The document is of another type than expected, by what the server says.
    #[error("{url}: {found} came instead of {}; check the address, or correct media_types", .expected.join(" or "))]
    MediaType {
        /// The address asked for.
        url: String,
        /// The media type.
        found: String,
        /// What was expected.
        expected: Vec<String>,
    },
    /// The document is of another type than expected, by its first bytes.
    #[error("{url}: the bytes are not {}; check in a browser what the address shows", .expected.join(" or "))]
    Content {
        /// The address asked for.
        url: String,
        /// What was expected.
        expected: Vec<String>,
    },
    /// No link of the page fits the pattern.
    #[error("{url}: no link of the page fits {pattern:?}; correct link or url")]
    LinkMissing {
        /// The page.
        url: String,
        /// The pattern.
        pattern: String,
    },
    /// Links to several documents fit the pattern.
    #[error("{url}: {} links of the page fit {pattern:?} ({}); make link narrower", .found.len(), .found.join(", "))]
    LinkAmbiguous {
        /// The page.
        url: String,
        /// The pattern.
        pattern: String,
        /// The addresses that the links lead to.
        found: Vec<String>,
    },
    /// The file belongs to another source.
    #[error("raw/{path}: belongs to the source {other}; give one of them another file")]
    PathTaken {
        /// The file.
        path: String,
        /// The other source.
        other: String,
    },
    /// A proxy of the environment cannot be used; its value is not shown, it may hold a password.
    #[error("{variable}: the value is no address of a proxy; correct or unset the variable")]
    Proxy {
        /// The variable.
        variable: &'static str,
    },
    /// The network part could not be started.
    #[error(
        "the network cannot be used ({detail}); check the certificates and limits of this machine"
    )]
    Setup {
        /// What went wrong.
        detail: String,
    },
    /// The manifest cannot be used.
    #[error(transparent)]
    Manifest(#[from] ManifestError),
    /// A file cannot be written or read.
    #[error("{}: {error}; check that there is room and that you may write there", .path.display())]
    Disk {
        /// The file.
        path: PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
}

/// Short for results of this crate.
pub(crate) type Result<T> = std::result::Result<T, FetchError>;

/// Makes the error of a file.
pub(crate) fn disk(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> FetchError {
    let path = path.into();
    |error| FetchError::Disk { path, error }
}

fn remedy(status: u16) -> &'static str {
    match status {
        401 | 403 => "ask the publisher for access or put the file into raw/ by hand",
        404 | 410 => "the document has moved or is gone: look for its new address",
        408 | 425 | 429 | 500..=599 => "try again later",
        _ => "check the address in a browser",
    }
}

fn announced(expected: &Option<u64>) -> String {
    match expected {
        Some(expected) => format!(" where {expected} were announced"),
        None => " before the connection broke".to_owned(),
    }
}

impl FetchError {
    /// Whether the failure may pass, so that a repetition makes sense.
    #[must_use]
    pub fn may_pass(&self) -> bool {
        match self {
            Self::Status { status, .. } => {
                matches!(status, 408 | 416 | 425 | 429 | 500 | 502..=504)
            }
            Self::Connection { .. }
            | Self::Stalled { .. }
            | Self::TooSlow { .. }
            | Self::Incomplete { .. }
            | Self::Continuation { .. }
            | Self::Undecodable { .. } => true,
            Self::PrivateAddress { .. }
            | Self::Scheme { .. }
            | Self::Robots { .. }
            | Self::RobotsUnknown { .. }
            | Self::TooBusy { .. }
            | Self::Redirects { .. }
            | Self::RedirectInvalid { .. }
            | Self::TooLarge { .. }
            | Self::Inflated { .. }
            | Self::Coding { .. }
            | Self::MediaType { .. }
            | Self::Content { .. }
            | Self::LinkMissing { .. }
            | Self::LinkAmbiguous { .. }
            | Self::PathTaken { .. }
            | Self::Proxy { .. }
            | Self::Setup { .. }
            | Self::Manifest(_)
            | Self::Disk { .. } => false,
        }
    }

    /// How long the server asks to wait.
    pub(crate) fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Status { retry_after, .. } => *retry_after,
            _ => None,
        }
    }
}
