//! Requests that were let through, and answers to them.

use crate::headers::Policy;

/// What a person's browser asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Call {
    /// A page, a file or a piece of data.
    Get {
        /// The path, decoded; it begins with `/` and has no empty, `.` or `..` part.
        path: String,
        /// The names and values after the `?`, decoded.
        query: Vec<(String, String)>,
    },
    /// A change; the body is said to be JSON.
    Post {
        /// The path, as above.
        path: String,
        /// The body.
        body: Vec<u8>,
    },
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// The status code of HTTP.
    pub status: u16,
    /// The media type of the body.
    pub media_type: &'static str,
    /// What a page may load and do.
    pub policy: Policy,
    /// The body.
    pub body: Vec<u8>,
}

impl Reply {
    /// A reply with status 200 and the strict policy.
    #[must_use]
    pub fn new(media_type: &'static str, body: impl Into<Vec<u8>>) -> Self {
        Self {
            status: 200,
            media_type,
            policy: Policy::Strict,
            body: body.into(),
        }
    }

    /// JSON.
    #[must_use]
    pub fn json(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self {
            status,
            ..Self::new("application/json; charset=utf-8", body)
        }
    }

    /// The same with another policy.
    #[must_use]
    pub fn with(self, policy: Policy) -> Self {
        Self { policy, ..self }
    }
}

/// What is served.
pub trait Site: Send + Sync + 'static {
    /// Answers a request that was let through. Runs on a thread of its own and may take its time;
    /// `token` is what pages have to send with a change.
    fn answer(&self, call: &Call, token: &str) -> Reply;

    /// The words for a request that was refused.
    fn refused(&self, refusal: crate::Refusal) -> Reply;
}
