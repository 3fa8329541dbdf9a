//! How politely, how long and how much is fetched.

use std::fmt;
use std::time::Duration;

/// What holds for all sources of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The `User-Agent` header: the program, its version and whom to ask about it.
    pub agent: String,
    /// Requests to one host at a time.
    pub per_host: usize,
    /// Sources worked on at a time.
    pub parallel: usize,
    /// Time from one request to a host to the next; `Crawl-delay` of `robots.txt` may lengthen it.
    pub delay: Duration,
    /// How many redirects are followed.
    pub redirects: usize,
    /// How often a request is repeated after a failure that may pass.
    pub retries: u32,
    /// Time before the first repetition; it doubles each time.
    pub backoff: Duration,
    /// The longest time that is waited before a repetition; a server that asks for more
    /// (`Retry-After`) is left alone.
    pub longest_wait: Duration,
    /// The largest document in bytes, as sent and decompressed.
    pub largest: u64,
    /// Time for a connection to come about.
    pub connect_timeout: Duration,
    /// Time without a byte after which a transfer has stalled.
    pub stall_timeout: Duration,
    /// Time for one attempt at a document as a whole.
    pub total_timeout: Duration,
    /// Where the random part of the waiting begins.
    pub seed: u64,
    /// Whether documents are fetched again although the server says they are the same.
    pub is_forced: bool,
    /// Proxies by the environment.
    pub proxies: Proxies,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            agent: concat!("kurabe/", env!("CARGO_PKG_VERSION")).to_owned(),
            per_host: 1,
            parallel: 4,
            delay: Duration::from_secs(1),
            redirects: 5,
            retries: 3,
            backoff: Duration::from_secs(1),
            longest_wait: Duration::from_secs(120),
            largest: 200 << 20,
            connect_timeout: Duration::from_secs(10),
            stall_timeout: Duration::from_secs(30),
            total_timeout: Duration::from_secs(600),
            seed: 0,
            is_forced: false,
            proxies: Proxies::default(),
        }
    }
}

/// The values of the variables that name proxies (`HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY`,
/// `NO_PROXY`, or in small letters). They may hold passwords and are never shown.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Proxies {
    /// For `http` URLs.
    pub http: Option<String>,
    /// For `https` URLs.
    pub https: Option<String>,
    /// For both, where there is no other.
    pub all: Option<String>,
    /// Hosts that are reached without a proxy.
    pub none: Option<String>,
}

impl Proxies {
    /// The proxies that variables name; `variable` gives the value of a name.
    #[must_use]
    pub fn of(variable: impl Fn(&str) -> Option<String>) -> Self {
        let either = |name: &str| {
            variable(&name.to_ascii_lowercase())
                .or_else(|| variable(name))
                .filter(|value| !value.is_empty())
        };
        Self {
            http: either("HTTP_PROXY"),
            https: either("HTTPS_PROXY"),
            all: either("ALL_PROXY"),
            none: either("NO_PROXY"),
        }
    }

    /// Whether there is a proxy at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.http.is_none() && self.https.is_none() && self.all.is_none()
    }
}

impl fmt::Debug for Proxies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Proxies")
            .field("is_empty", &self.is_empty())
            .finish_non_exhaustive()
    }
}
