//! The headers of every answer.

use hyper::header::{self, HeaderMap, HeaderName, HeaderValue};

/// What a page may load and do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Policy {
    /// Scripts, styles, pictures and data of this server, nothing inline.
    #[default]
    Strict,
    /// The same, but with styles in the page, as drawing libraries make them.
    Styled,
}

impl Policy {
    const fn text(self) -> &'static str {
        match self {
            Self::Strict => {
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
                 font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; \
                 frame-ancestors 'none'"
            }
            Self::Styled => {
                "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
                 img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; \
                 form-action 'none'; frame-ancestors 'none'"
            }
        }
    }
}

/// Puts the headers that every answer has. None of them lets another origin read anything.
pub(crate) fn put(headers: &mut HeaderMap, media_type: &'static str, policy: Policy) {
    let fixed: [(HeaderName, &'static str); 8] = [
        (header::CONTENT_TYPE, media_type),
        (header::CONTENT_SECURITY_POLICY, policy.text()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
}
