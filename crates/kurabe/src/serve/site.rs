//! Which path of a request gives what.

use kurabe_serve::{Call, Refusal, Reply, Site};
use serde::Serialize;

use super::live::{Live, Told};
use super::{assets, review};
use crate::problem::{Error, Exit};
use crate::text::serve as words;

impl Site for Live {
    fn answer(&self, call: &Call, token: &str) -> Reply {
        match call {
            Call::Get { path, query } => self.get(path, query, token),
            Call::Post { path, body } => match path.as_str() {
                "/api/review/decide" => review::decide(self, body),
                "/api/review/withdraw" => review::withdraw(self, body),
                _ => not_found(),
            },
        }
    }

    fn refused(&self, refusal: Refusal) -> Reply {
        problem(
            refusal.status(),
            Told::worded(
                |lang| match refusal {
                    Refusal::Host => words::refused_host(lang),
                    Refusal::Origin => words::refused_origin(lang),
                    Refusal::Token => words::refused_token(lang),
                    Refusal::Method => words::refused_method(lang),
                    Refusal::Path => words::refused_path(lang),
                    Refusal::MediaType => words::refused_media_type(lang),
                    Refusal::TooLarge => words::refused_too_large(lang),
                    Refusal::TooSlow => words::refused_too_slow(lang),
                },
                words::refused_hint,
            ),
        )
    }
}

impl Live {
    fn get(&self, path: &str, query: &[(String, String)], token: &str) -> Reply {
        match path {
            "/api/state" => json(200, &self.status()),
            // Browsers ask for it unless a page names another one.
            "/favicon.ico" => Reply {
                status: 204,
                ..Reply::new("image/x-icon", Vec::new())
            },
            "/review" => assets::review(self.lang, token),
            "/api/review/overview" => review::overview(self, query),
            "/api/review/list" => review::list(self, query),
            "/api/review/measure" => review::measure(self, query),
            _ => assets::file(path).unwrap_or_else(|| self.page(path)),
        }
    }

    /// A file of the report.
    fn page(&self, path: &str) -> Reply {
        let Some(shown) = self.shown() else {
            return match path {
                "/" | "/index.html" => assets::waiting(self.lang),
                _ => not_ready(),
            };
        };
        match shown.pages.file(path) {
            Some(Ok(reply)) => reply,
            Some(Err(error)) => failed(&error),
            None => not_found(),
        }
    }
}

/// JSON of a value.
pub(super) fn json(status: u16, value: &impl Serialize) -> Reply {
    match serde_json::to_vec(value) {
        Ok(bytes) => Reply::json(status, bytes),
        Err(_) => Reply::json(500, "{}"),
    }
}

/// The answer that says what is wrong.
pub(super) fn problem(status: u16, told: Told) -> Reply {
    #[derive(Serialize)]
    struct Body {
        problem: Told,
    }
    json(status, &Body { problem: told })
}

/// The answer to what an error prevented.
pub(super) fn failed(error: &Error) -> Reply {
    let status = match error.exit() {
        Exit::Busy => 409,
        Exit::Usage => 422,
        Exit::Done | Exit::Findings | Exit::Failed => 500,
    };
    problem(status, Told::of(error))
}

pub(super) fn not_found() -> Reply {
    problem(404, Told::worded(words::not_found, words::not_found_hint))
}

pub(super) fn not_ready() -> Reply {
    problem(503, Told::worded(words::not_ready, words::not_ready_hint))
}
