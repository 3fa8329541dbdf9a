//! A run over all sources: what they share, and how one failure is repeated.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::Path;
use std::rc::Rc;
use std::time::Duration;

use futures_util::StreamExt;
use jiff::Timestamp;
use reqwest::header::RETRY_AFTER;
use tokio::time::{sleep, timeout};

use crate::client::Clients;
use crate::error::{Result, disk};
use crate::follow::{Answer, Robots};
use crate::host::Host;
use crate::retry::{Jitter, retry_after};
use crate::{
    Event, FetchError, Fetched, Manifest, Options, Report, Source, Watch, download, shown,
};

/// What the crate does not have itself: the time, and somebody who is told.
#[derive(Clone, Copy)]
pub struct Outside<'a> {
    /// The present time.
    pub clock: &'a dyn Fn() -> Timestamp,
    /// Is told what happens.
    pub watch: &'a dyn Watch,
}

impl std::fmt::Debug for Outside<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Outside").finish_non_exhaustive()
    }
}

/// What the sources of a run share.
#[derive(Debug)]
pub(crate) struct Session<'a> {
    pub(crate) raw: &'a Path,
    pub(crate) options: &'a Options,
    pub(crate) outside: Outside<'a>,
    pub(crate) clients: Clients,
    pub(crate) hosts: RefCell<BTreeMap<String, Rc<Host>>>,
    pub(crate) robots: RefCell<BTreeMap<String, Robots>>,
    pub(crate) manifest: RefCell<Manifest>,
    jitter: Jitter,
}

/// Fetches sources into the folder `raw` and returns, in the order of the sources, what became
/// of each. A source that fails does not stop the others; its file stays as it was.
///
/// # Errors
/// When nothing can be fetched at all: the manifest is damaged, the folder cannot be made, a
/// proxy of the environment is wrong.
pub fn fetch(
    raw: &Path,
    sources: &[Source],
    options: &Options,
    outside: Outside<'_>,
) -> std::result::Result<Vec<Report>, FetchError> {
    fs_err::create_dir_all(raw).map_err(disk(raw))?;
    let session = Session {
        raw,
        options,
        outside,
        clients: Clients::new(options)?,
        hosts: RefCell::default(),
        robots: RefCell::default(),
        manifest: RefCell::new(Manifest::load(raw)?.sorted()),
        jitter: Jitter::new(options.seed),
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| FetchError::Setup {
            detail: error.to_string(),
        })?;
    let reports = runtime.block_on(session.all(sources));
    // A name resolution that hangs must not keep the program waiting.
    runtime.shutdown_background();
    Ok(reports)
}

impl Session<'_> {
    async fn all(&self, sources: &[Source]) -> Vec<Report> {
        let works = sources.iter().enumerate();
        let works = works.map(async |(at, source)| (at, self.one(source).await));
        let works = futures_util::stream::iter(works);
        let mut done: Vec<(usize, Report)> = works
            .buffer_unordered(self.options.parallel.max(1))
            .collect()
            .await;
        done.sort_by_key(|(at, _)| *at);
        done.into_iter().map(|(_, report)| report).collect()
    }

    async fn one(&self, source: &Source) -> Report {
        let outcome: Result<Fetched> = download::fetch_one(self, source).await;
        self.outside.watch.tell(&source.id, &Event::Done(&outcome));
        Report {
            id: source.id.clone(),
            outcome,
        }
    }

    /// Does something again while its failure may pass.
    pub(crate) async fn insist<T>(
        &self,
        id: &str,
        mut work: impl AsyncFnMut() -> Result<T>,
    ) -> Result<T> {
        let mut attempt = 0;
        loop {
            let error = match work().await {
                Ok(value) => return Ok(value),
                Err(error) => error,
            };
            if !error.may_pass() || attempt >= self.options.retries {
                return Err(error);
            }
            let time = self.wait_before(attempt, &error)?;
            self.outside.watch.tell(
                id,
                &Event::Waiting {
                    time,
                    error: &error,
                },
            );
            sleep(time).await;
            attempt += 1;
        }
    }

    fn wait_before(&self, attempt: u32, error: &FetchError) -> Result<Duration> {
        let Options {
            backoff,
            longest_wait,
            ..
        } = *self.options;
        let own = self.jitter.backoff(backoff, attempt, longest_wait);
        match (error.retry_after(), error) {
            (Some(wait), FetchError::Status { url, .. }) if wait > longest_wait => {
                let url = url.clone();
                Err(FetchError::TooBusy { url, wait })
            }
            (asked, _) => Ok(asked.unwrap_or_default().max(own)),
        }
    }

    /// The error of an answer that brings no document.
    pub(crate) fn status(&self, answer: &Answer) -> FetchError {
        let asked = answer.text(RETRY_AFTER);
        FetchError::Status {
            url: shown(&answer.url),
            status: answer.status(),
            retry_after: asked.and_then(|asked| retry_after(&asked, (self.outside.clock)())),
        }
    }

    /// The next bytes of a body, as sent; `None` at its end. `got` is how many came before.
    pub(crate) async fn chunk(&self, answer: &mut Answer, got: u64) -> Result<Option<Vec<u8>>> {
        let limit = self.options.stall_timeout;
        let url = shown(&answer.url);
        match timeout(limit, answer.response.chunk()).await {
            Ok(Ok(chunk)) => Ok(chunk.map(Vec::from)),
            Ok(Err(_)) => {
                let expected = answer.response.content_length();
                Err(FetchError::Incomplete { url, got, expected })
            }
            Err(_) => Err(FetchError::Stalled { url, limit }),
        }
    }

    /// A whole body of at most so many bytes, in no more than the time for a document.
    pub(crate) async fn small_body(&self, answer: &mut Answer, largest: u64) -> Result<Vec<u8>> {
        let url = shown(&answer.url);
        let limit = self.options.total_timeout;
        let read = async {
            let mut body = Vec::new();
            while let Some(chunk) = self.chunk(answer, body.len() as u64).await? {
                body.extend(chunk);
                if body.len() as u64 > largest {
                    let limit = largest;
                    return Err(FetchError::TooLarge {
                        url: url.clone(),
                        limit,
                    });
                }
            }
            Ok(body)
        };
        let read = timeout(limit, read).await;
        read.unwrap_or_else(|_| {
            Err(FetchError::TooSlow {
                url: url.clone(),
                limit,
            })
        })
    }

    /// The first bytes of a body; the rest is left unread.
    pub(crate) async fn first_bytes(&self, answer: &mut Answer, most: usize) -> Result<Vec<u8>> {
        let mut body = Vec::new();
        while let Some(chunk) = self.chunk(answer, body.len() as u64).await? {
            body.extend(chunk);
            if body.len() >= most {
                body.truncate(most);
                break;
            }
        }
        Ok(body)
    }
}
