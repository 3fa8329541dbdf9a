//! From a URL to an answer: redirects one by one, each after a look at its address, at the
//! `robots.txt` of its host and at the pause that the host is due.

use std::rc::Rc;
use std::sync::Arc;

use reqwest::Response;
use reqwest::header::{HeaderMap, HeaderName, LOCATION};
use tokio::sync::{OnceCell, OwnedSemaphorePermit};
use tokio::time::timeout;
use url::Url;

use crate::error::Result;
use crate::host::Host;
use crate::robots::{self, Rules};
use crate::session::Session;
use crate::source::is_web;
use crate::{Event, FetchError, Source, shown};

/// How many redirects of a `robots.txt` are followed (RFC 9309, section 2.3.1.2).
const ROBOTS_REDIRECTS: usize = 5;

/// Name of the program in `robots.txt`.
const AGENT: &str = "kurabe";

/// What a host allows; or why it cannot be asked, so that nothing is allowed.
type Permission = std::result::Result<Rules, Arc<FetchError>>;

/// The permission of a host, asked for once.
pub(crate) type Robots = Rc<OnceCell<Permission>>;

/// The head of an answer, and its body still to come. The seat at the host is taken until it is
/// dropped.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) response: Response,
    pub(crate) url: Url,
    _seat: Option<OwnedSemaphorePermit>,
}

impl Answer {
    /// A header, where it is text.
    pub(crate) fn text(&self, name: HeaderName) -> Option<String> {
        let value = self.response.headers().get(name)?;
        value.to_str().ok().map(str::to_owned)
    }

    pub(crate) fn status(&self) -> u16 {
        self.response.status().as_u16()
    }

    /// Where it redirects to; `None` when it does not.
    fn redirect(&self) -> Result<Option<Url>> {
        if !matches!(self.status(), 301 | 302 | 303 | 307 | 308) {
            return Ok(None);
        }
        let next = self.text(LOCATION).and_then(|to| self.url.join(&to).ok());
        match next {
            Some(next) if is_web(&next) => Ok(Some(next)),
            Some(next) => Err(FetchError::Scheme { url: shown(&next) }),
            None => {
                let url = shown(&self.url);
                Err(FetchError::RedirectInvalid { url })
            }
        }
    }
}

impl Session<'_> {
    /// Asks for a URL and follows its redirects.
    pub(crate) async fn follow(
        &self,
        source: &Source,
        start: &Url,
        ask: HeaderMap,
    ) -> Result<Answer> {
        let mut url = start.clone();
        for _ in 0..=self.options.redirects {
            self.check_robots(source, &url).await?;
            let answer = self.hop(source, &url, ask.clone()).await?;
            match answer.redirect()? {
                None => return Ok(answer),
                Some(next) => url = next,
            }
        }
        let (url, limit) = (shown(start), self.options.redirects);
        Err(FetchError::Redirects { url, limit })
    }

    /// One request.
    async fn hop(&self, source: &Source, url: &Url, ask: HeaderMap) -> Result<Answer> {
        if !is_web(url) {
            return Err(FetchError::Scheme { url: shown(url) });
        }
        let seat = self.host(url).enter().await;
        self.outside
            .watch
            .tell(&source.id, &Event::Asking(&shown(url)));
        let get = self.clients.get(url, source.may_be_private(url), ask);
        let limit = self.options.stall_timeout;
        let response = timeout(limit, get).await.map_err(|_| {
            let url = shown(url);
            FetchError::Stalled { url, limit }
        })??;
        Ok(Answer {
            response,
            url: url.clone(),
            _seat: seat,
        })
    }

    fn host(&self, url: &Url) -> Rc<Host> {
        let new = || Rc::new(Host::new(self.options.per_host, self.options.delay));
        let mut hosts = self.hosts.borrow_mut();
        Rc::clone(hosts.entry(origin(url)).or_insert_with(new))
    }

    /// Refuses what `robots.txt` of the host asks to leave alone. It is asked for once in a run.
    async fn check_robots(&self, source: &Source, url: &Url) -> Result<()> {
        let known = {
            let mut robots = self.robots.borrow_mut();
            Rc::clone(robots.entry(origin(url)).or_default())
        };
        let rules = known
            .get_or_try_init(async || self.load_robots(source, url).await)
            .await?;
        let path = match url.query() {
            Some(query) => format!("{}?{query}", url.path()),
            None => url.path().to_owned(),
        };
        let url = shown(url);
        match rules {
            Ok(rules) if rules.allows(&path) => Ok(()),
            Ok(_) => Err(FetchError::Robots { url }),
            Err(cause) => {
                let cause = Arc::clone(cause);
                Err(FetchError::RobotsUnknown { url, cause })
            }
        }
    }

    /// A failure that may pass has been met several times by now: it holds for the host and for
    /// this run. Any other one is an error of the source.
    async fn load_robots(&self, source: &Source, url: &Url) -> Result<Permission> {
        let loaded = self
            .insist(&source.id, async || self.robots_text(source, url).await)
            .await;
        match loaded {
            Ok(text) => {
                let rules = Rules::parse(&text, AGENT);
                if let Some(delay) = rules.delay {
                    self.host(url).slow_down(delay);
                }
                Ok(Ok(rules))
            }
            Err(error) if error.may_pass() || matches!(error, FetchError::TooBusy { .. }) => {
                Ok(Err(Arc::new(error)))
            }
            Err(error) => Err(error),
        }
    }

    /// The text of `robots.txt`; empty when there is none (RFC 9309, section 2.3.1.3).
    async fn robots_text(&self, source: &Source, url: &Url) -> Result<String> {
        let mut url = url.clone();
        url.set_path("/robots.txt");
        url.set_query(None);
        url.set_fragment(None);
        for _ in 0..=ROBOTS_REDIRECTS {
            let mut answer = self.hop(source, &url, HeaderMap::new()).await?;
            match answer.redirect() {
                Ok(None) => {}
                Ok(Some(next)) => {
                    url = next;
                    continue;
                }
                Err(_) => return Ok(String::new()),
            }
            return match answer.status() {
                200 => self.robots_body(&mut answer).await,
                429 | 500.. => Err(self.status(&answer)),
                _ => Ok(String::new()),
            };
        }
        Ok(String::new())
    }

    async fn robots_body(&self, answer: &mut Answer) -> Result<String> {
        let url = shown(&answer.url);
        let coding = answer.text(reqwest::header::CONTENT_ENCODING);
        let coding = crate::landing::coding(coding, &url)?;
        let body = self.first_bytes(answer, robots::LARGEST).await?;
        let mut text = Vec::new();
        // What is cut off or damaged is left out: the rules before it count.
        let _ = crate::decode::decode(&*body, coding, &mut text, robots::LARGEST as u64);
        Ok(String::from_utf8_lossy(&text).into_owned())
    }
}

/// What `robots.txt` and politeness are about: scheme, host and port.
fn origin(url: &Url) -> String {
    url.origin().ascii_serialization()
}
