//! The door to `kurabe-fetch`: the tables `[fetch]` and `[[source]]` of the configuration become
//! what it works with, its errors what a person is told.

use std::time::Duration;

use kurabe_fetch::{FetchError, ManifestError, Options, Proxies, Source};
use serde::Deserialize;

use crate::config::Settings;
use crate::problem::{Error, Problem, Result};
use crate::text::{Lang, fetch as words};

/// The table `[fetch]`: every key may be left out but `contact`, which fetching needs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FetchConfig {
    /// Mail address or page of whoever runs the program, told to every server.
    pub contact: Option<String>,
    /// Requests to one host at a time.
    pub per_host: Option<usize>,
    /// Sources worked on at a time.
    pub parallel: Option<usize>,
    /// Milliseconds from one request to a host to the next.
    pub delay_ms: Option<u64>,
    /// How many redirects are followed.
    pub redirects: Option<usize>,
    /// How often a request is repeated after a failure that may pass.
    pub retries: Option<u32>,
    /// Milliseconds before the first repetition.
    pub backoff_ms: Option<u64>,
    /// The longest pause that a server may ask for, in seconds.
    pub longest_wait_seconds: Option<u64>,
    /// The largest document in MiB.
    pub largest_mib: Option<u64>,
    /// Seconds for a connection to come about.
    pub connect_seconds: Option<u64>,
    /// Seconds without a byte after which a transfer has stalled.
    pub stall_seconds: Option<u64>,
    /// Seconds for one attempt at a document.
    pub total_seconds: Option<u64>,
}

/// The chosen sources of the configuration, all when no identifier is named.
///
/// # Errors
/// When there are none, one is wrong, or an identifier is none of them.
pub fn sources(settings: &Settings, ids: &[String]) -> Result<Vec<Source>> {
    if settings.sources.is_empty() {
        return Err(Problem::SourcesNone(settings.config.clone()).into());
    }
    let all = Source::all(&settings.sources).map_err(|error| Problem::SourceInvalid {
        place: settings.config.clone(),
        detail: both(&|lang| words::source_error(lang, &error)),
    })?;
    if let Some(id) = ids.iter().find(|id| all.iter().all(|s| s.id != **id)) {
        let known: Vec<&str> = all.iter().map(|source| &*source.id).collect();
        let known = known.join(", ");
        return Err(Problem::SourceUnknown {
            id: id.clone(),
            known,
        }
        .into());
    }
    let is_chosen = |source: &Source| ids.is_empty() || ids.contains(&source.id);
    Ok(all.into_iter().filter(is_chosen).collect())
}

/// How to fetch; `seed` is where the random part of waiting begins.
///
/// # Errors
/// When there is no contact that can be told to servers.
pub fn options(settings: &Settings, proxies: &Proxies, seed: u64) -> Result<Options> {
    let own = &settings.fetch;
    let usual = Options::default();
    let contact = own.contact.as_deref().and_then(contact);
    let contact = contact.ok_or_else(|| Problem::ContactInvalid(settings.config.clone()))?;
    let seconds = |said: Option<u64>, usual| said.map_or(usual, Duration::from_secs);
    let milliseconds = |said: Option<u64>, usual| said.map_or(usual, Duration::from_millis);
    let mebibytes = |said: u64| said.saturating_mul(1 << 20);
    Ok(Options {
        agent: format!("{} (+{contact})", usual.agent),
        per_host: own.per_host.unwrap_or(usual.per_host),
        parallel: settings.jobs.or(own.parallel).unwrap_or(usual.parallel),
        delay: milliseconds(own.delay_ms, usual.delay),
        redirects: own.redirects.unwrap_or(usual.redirects),
        retries: own.retries.unwrap_or(usual.retries),
        backoff: milliseconds(own.backoff_ms, usual.backoff),
        longest_wait: seconds(own.longest_wait_seconds, usual.longest_wait),
        largest: own.largest_mib.map_or(usual.largest, mebibytes),
        connect_timeout: seconds(own.connect_seconds, usual.connect_timeout),
        stall_timeout: seconds(own.stall_seconds, usual.stall_timeout),
        total_timeout: seconds(own.total_seconds, usual.total_timeout),
        seed,
        is_forced: settings.is_forced,
        proxies: proxies.clone(),
    })
}

/// A contact that can stand in a header: a mail address or a page.
fn contact(written: &str) -> Option<String> {
    let written = written.trim();
    let is_page = written.starts_with("https://") || written.starts_with("http://");
    let address = written.strip_prefix("mailto:").unwrap_or(written);
    let is_mail = address
        .split_once('@')
        .is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    let is_plain = written
        .chars()
        .all(|c| c.is_ascii_graphic() && c != '(' && c != ')');
    let contact = match (is_page, is_mail) {
        (true, _) => written.to_owned(),
        (_, true) => format!("mailto:{address}"),
        _ => return None,
    };
    is_plain.then_some(contact)
}

/// The problem that stops everything.
#[must_use]
pub fn stopped(error: FetchError) -> Error {
    match error {
        FetchError::Manifest(error) => manifest_problem(error),
        FetchError::Disk { path, error } => Problem::Write(path, error).into(),
        other => {
            let detail = both(&|lang| words::failure(lang, &other));
            Problem::FetchStopped { detail }.into()
        }
    }
}

/// The problem of a manifest that cannot be used.
#[must_use]
pub fn manifest_problem(error: ManifestError) -> Error {
    match error {
        ManifestError::Disk { path, error } => Problem::Read(path, error).into(),
        ManifestError::Line { path, line, detail } => {
            let place = format!("{}:{line}", path.display());
            Problem::ManifestInvalid { place, detail }.into()
        }
    }
}

pub(crate) fn both(tell: &dyn Fn(Lang) -> String) -> (String, String) {
    (tell(Lang::Ja), tell(Lang::En))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contact_is_a_mail_address_or_a_page() {
        let mail = Some("mailto:dx@example.jp");
        assert_eq!(contact("dx@example.jp").as_deref(), mail);
        assert_eq!(contact(" mailto:dx@example.jp ").as_deref(), mail);
        let page = "https://example.jp/about";
        assert_eq!(contact(page).as_deref(), Some(page));
        for wrong in [
            "",
            "me",
            "@",
            "部署@example.jp",
            "a(b)@example.jp",
            "a@example.jp\nX: y",
        ] {
            assert_eq!(contact(wrong), None, "{wrong}");
        }
    }
}
