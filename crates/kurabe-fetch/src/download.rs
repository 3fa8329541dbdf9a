//! One source: where its document is, the attempts at it, and how the bytes become a file.

use std::collections::BTreeMap;
use std::io::{Seek, Write};
use std::time::Duration;

use fs_err::File;
use reqwest::header::{
    CONTENT_ENCODING, CONTENT_RANGE, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue,
    IF_MODIFIED_SINCE, IF_NONE_MATCH, IF_RANGE, RANGE,
};
use tokio::time::timeout;
use url::Url;

use crate::decode::{DecodeError, Digest, decode};
use crate::error::{Result, disk};
use crate::follow::Answer;
use crate::landing::{coding, document_url, undecodable};
use crate::partial::{Note, Partial};
use crate::session::Session;
use crate::{Entry, Event, FetchError, Fetched, Source, State, Version, media, shown, store};

/// Headers that the manifest keeps: what the document is and how old, nothing of the visit.
const KEPT: [&str; 8] = [
    "cache-control",
    "content-disposition",
    "content-encoding",
    "content-length",
    "content-type",
    "date",
    "etag",
    "last-modified",
];

/// A source while it is fetched.
struct Task<'s> {
    session: &'s Session<'s>,
    source: &'s Source,
    document: Url,
    /// What may come.
    expected: Vec<String>,
    /// What the manifest says of it.
    known: Option<Entry>,
    /// Whether the file is the one that the manifest describes.
    is_held: bool,
    partial: Partial,
}

/// What an attempt brought.
enum Brought {
    /// The file is the newest.
    Confirmed,
    /// A whole body lies in the partial file.
    Body(Body),
}

/// What the answer says of a body.
struct Body {
    final_url: Url,
    media_type: Option<String>,
    coding: Option<String>,
    headers: BTreeMap<String, String>,
}

/// Fetches one source.
pub(crate) async fn fetch_one(session: &Session<'_>, source: &Source) -> Result<Fetched> {
    let document = document_url(session, source).await?;
    let task = Task::new(session, source, document)?;
    let limit = session.options.total_timeout;
    let attempt = async || {
        let attempt = timeout(limit, task.attempt()).await;
        let brought = attempt.unwrap_or_else(|_| Err(task.too_slow(limit)))?;
        match brought {
            Brought::Confirmed => task.confirm(),
            Brought::Body(body) => task.finish(&body),
        }
    };
    session.insist(&source.id, attempt).await
}

impl<'s> Task<'s> {
    fn new(session: &'s Session<'s>, source: &'s Source, document: Url) -> Result<Self> {
        let known = session.manifest.borrow().of_source(&source.id).cloned();
        // An entry for another document or file says nothing about this one.
        let is_same = |entry: &Entry| {
            let file = source.file.as_ref();
            entry.document_url == shown(&document) && file.is_none_or(|file| *file == entry.path)
        };
        let known = known.filter(is_same);
        let is_held = match &known {
            Some(entry) => {
                let standing = store::standing(&session.raw.join(&entry.path))?;
                standing.is_some_and(|found| found.sha256 == entry.sha256)
            }
            None => false,
        };
        let partial = Partial::of(session.raw, &source.id);
        if session.options.is_forced {
            partial.clear()?;
        }
        Ok(Self {
            expected: media::expected(source, &document),
            partial,
            session,
            source,
            document,
            known,
            is_held,
        })
    }

    fn too_slow(&self, limit: Duration) -> FetchError {
        FetchError::TooSlow {
            url: shown(&self.document),
            limit,
        }
    }

    /// Asks for the document, or for the rest of it, and receives its body.
    async fn attempt(&self) -> Result<Brought> {
        let resumable = self.partial.resumable(&shown(&self.document));
        let ask = self.ask(resumable.as_ref());
        let mut answer = self
            .session
            .follow(self.source, &self.document, ask)
            .await?;
        match (answer.status(), resumable) {
            (200, _) => {
                let body = self.described(&answer)?;
                let note = Note::of(&shown(&self.document), answer.response.headers());
                let file = self.partial.begin(&note)?;
                let total = answer.response.content_length();
                self.receive(&mut answer, file, 0, total).await?;
                Ok(Brought::Body(body))
            }
            (206, Some((note, done))) => {
                let total = self.continued(&answer, &note, done)?;
                let mut body = self.described(&answer)?;
                body.coding = note.coding;
                let file = self.partial.append()?;
                self.receive(&mut answer, file, done, total).await?;
                Ok(Brought::Body(body))
            }
            (304, None) if self.is_held && !self.session.options.is_forced => {
                Ok(Brought::Confirmed)
            }
            (416, Some(_)) => {
                self.partial.clear()?;
                Err(self.session.status(&answer))
            }
            _ => Err(self.once(&answer)),
        }
    }

    /// A range that nobody asked for will not come otherwise the next time.
    fn once(&self, answer: &Answer) -> FetchError {
        match self.session.status(answer) {
            FetchError::Status {
                url, status: 416, ..
            } => FetchError::Continuation { url },
            other => other,
        }
    }

    /// Headers that ask for the rest of a body, or for a body only when it is another one.
    fn ask(&self, resumable: Option<&(Note, u64)>) -> HeaderMap {
        let mut ask = HeaderMap::new();
        let mut put = |name: HeaderName, value: &str| {
            if let Ok(value) = HeaderValue::from_str(value) {
                ask.insert(name, value);
            }
        };
        if let Some((note, done)) = resumable {
            put(RANGE, &format!("bytes={done}-"));
            put(IF_RANGE, note.validator.as_deref().unwrap_or_default());
            return ask;
        }
        let held = self.known.as_ref().filter(|_| self.is_held);
        let held = held.filter(|_| !self.session.options.is_forced);
        if let Some(entry) = held {
            for (name, asked) in [
                ("etag", IF_NONE_MATCH),
                ("last-modified", IF_MODIFIED_SINCE),
            ] {
                if let Some(value) = entry.headers.get(name) {
                    put(asked, value);
                }
            }
        }
        ask
    }

    /// What the answer says of its body, when that is what was expected.
    fn described(&self, answer: &Answer) -> Result<Body> {
        let url = shown(&answer.url);
        let media_type = answer
            .text(CONTENT_TYPE)
            .map(|header| media::essence(&header));
        if !media::is_expected(media_type.as_deref(), &self.expected) {
            let found = media_type.unwrap_or_default();
            let expected = self.expected.clone();
            return Err(FetchError::MediaType {
                url,
                found,
                expected,
            });
        }
        let header = answer.text(CONTENT_ENCODING);
        coding(header.clone(), &url)?;
        let limit = self.session.options.largest;
        if answer
            .response
            .content_length()
            .is_some_and(|length| length > limit)
        {
            return Err(FetchError::TooLarge { url, limit });
        }
        Ok(Body {
            final_url: answer.url.clone(),
            media_type,
            coding: header,
            headers: kept_headers(answer.response.headers()),
        })
    }

    /// The size of the whole body, when the answer continues it where it was asked to.
    fn continued(&self, answer: &Answer, note: &Note, done: u64) -> Result<Option<u64>> {
        let (start, total) = answer
            .text(CONTENT_RANGE)
            .and_then(|range| content_range(&range))
            .unwrap_or((u64::MAX, None));
        let now = Note::of(&note.url, answer.response.headers());
        let is_same = now.validator.is_none() || now.validator == note.validator;
        if start == done && is_same {
            return Ok(total);
        }
        self.partial.clear()?;
        let url = shown(&answer.url);
        Err(FetchError::Continuation { url })
    }

    /// Receives a body into a file that has `done` bytes of it already.
    async fn receive(
        &self,
        answer: &mut Answer,
        mut file: File,
        done: u64,
        total: Option<u64>,
    ) -> Result<()> {
        let limit = self.session.options.largest;
        let watch = self.session.outside.watch;
        watch.tell(&self.source.id, &Event::Begins { done, total });
        let mut got = done;
        while let Some(chunk) = self.session.chunk(answer, got).await? {
            got += chunk.len() as u64;
            if got > limit {
                self.partial.finish()?;
                let url = shown(&answer.url);
                return Err(FetchError::TooLarge { url, limit });
            }
            file.write_all(&chunk).map_err(disk(file.path()))?;
            watch.tell(&self.source.id, &Event::Received(chunk.len() as u64));
        }
        if total.is_some_and(|total| total != got) {
            let (url, expected) = (shown(&answer.url), total);
            return Err(FetchError::Incomplete { url, got, expected });
        }
        Ok(())
    }

    /// The server says that the file is the newest.
    fn confirm(&self) -> Result<Fetched> {
        let mut entry = self.known.clone().unwrap_or_default();
        entry.checked_at = self.now();
        self.write_down(entry.clone())?;
        Ok(fetched(&entry, State::Unchanged))
    }

    /// Turns a whole body into the file of the source.
    fn finish(&self, body: &Body) -> Result<Fetched> {
        let path = self.path(body);
        self.refuse_taken(&path)?;
        let place = self.session.raw.join(&path);
        let folder = store::make_folder(&place)?;
        let mut file = store::temporary(folder).map_err(disk(folder))?;
        let digest = self.decoded(body, file.as_file_mut());
        let digest = digest.inspect_err(|_| {
            // A body that is no document is of no use to the next attempt either.
            let _ = self.partial.finish();
        })?;
        let standing = store::standing(&place)?;
        let is_same = standing
            .as_ref()
            .is_some_and(|old| old.sha256 == digest.sha256);
        let (entry, state) = self.entry(body, path, &digest, standing)?;
        // The manifest first: were the program stopped in between, the next run would see that
        // the file is not the one described and would fetch it again.
        self.write_down(entry.clone())?;
        if !is_same {
            store::persist(file, &place).map_err(disk(&place))?;
        }
        self.partial.finish()?;
        Ok(fetched(&entry, state))
    }

    fn decoded(&self, body: &Body, out: &mut std::fs::File) -> Result<Digest> {
        let url = shown(&body.final_url);
        let limit = self.session.options.largest;
        let coding = coding(body.coding.clone(), &url)?;
        let wire = File::open(&self.partial.body).map_err(disk(&self.partial.body))?;
        let digest = decode(wire, coding, out, limit).map_err(|error| match error {
            DecodeError::Write(error) => disk(self.session.raw)(error),
            error => undecodable(error, url.clone(), limit),
        })?;
        out.rewind().map_err(disk(self.session.raw))?;
        if media::begins_as_expected(&digest.head, &self.expected) {
            return Ok(digest);
        }
        let expected = self.expected.clone();
        Err(FetchError::Content { url, expected })
    }

    /// The file of the source: as configured, or by its identifier.
    fn path(&self, body: &Body) -> String {
        if let Some(file) = &self.source.file {
            return file.clone();
        }
        let named = self.expected.iter().map(String::as_str);
        let types: Vec<&str> = named.chain(body.media_type.as_deref()).collect();
        format!(
            "{}.{}",
            self.source.id,
            media::ending_of(&self.document, &types)
        )
    }

    /// The file of another source is not replaced, unless that is this one under an older name.
    fn refuse_taken(&self, path: &str) -> Result<()> {
        let manifest = self.session.manifest.borrow();
        let url = shown(&self.source.url);
        let is_other = |entry: &&Entry| entry.id != self.source.id && entry.url != url;
        match manifest.of_path(path).filter(is_other) {
            Some(entry) => Err(FetchError::PathTaken {
                path: path.to_owned(),
                other: entry.id.clone(),
            }),
            None => Ok(()),
        }
    }

    /// The entry of the new file, with the one that stood there kept as an older version.
    fn entry(
        &self,
        body: &Body,
        path: String,
        digest: &Digest,
        standing: Option<Digest>,
    ) -> Result<(Entry, State)> {
        let now = self.now();
        let before = self.session.manifest.borrow().of_path(&path).cloned();
        let before = before.unwrap_or_default();
        let mut entry = Entry {
            id: self.source.id.clone(),
            url: shown(&self.source.url),
            document_url: shown(&self.document),
            final_url: shown(&body.final_url),
            bytes: digest.bytes,
            sha256: digest.sha256.clone(),
            media_type: body.media_type.clone(),
            retrieved_at: now.clone(),
            checked_at: now.clone(),
            headers: body.headers.clone(),
            previous: before.previous.clone(),
            path,
        };
        let state = match standing {
            None => State::New,
            Some(old) if old.sha256 == entry.sha256 => {
                if before.sha256 == old.sha256 {
                    entry.retrieved_at = before.retrieved_at;
                }
                State::Unchanged
            }
            Some(old) => {
                let version = self.kept(&entry.path, &old, &before, now)?;
                let kept = version.path.clone();
                entry.previous.retain(|other| other.path != kept);
                entry.previous.push(version);
                State::Changed(kept)
            }
        };
        Ok((entry, state))
    }

    fn kept(&self, path: &str, old: &Digest, before: &Entry, now: String) -> Result<Version> {
        let kept = store::version_path(path, &old.sha256);
        store::keep(self.session.raw, path, &kept)?;
        let is_known = before.sha256 == old.sha256;
        Ok(Version {
            path: kept,
            bytes: old.bytes,
            sha256: old.sha256.clone(),
            retrieved_at: is_known.then(|| before.retrieved_at.clone()),
            replaced_at: now,
        })
    }

    fn now(&self) -> String {
        (self.session.outside.clock)().to_string()
    }

    fn write_down(&self, entry: Entry) -> Result<()> {
        let mut manifest = self.session.manifest.borrow_mut();
        manifest.put(entry);
        Ok(manifest.save(self.session.raw)?)
    }
}

fn fetched(entry: &Entry, state: State) -> Fetched {
    Fetched {
        state,
        path: entry.path.clone(),
        bytes: entry.bytes,
    }
}

fn kept_headers(headers: &HeaderMap) -> BTreeMap<String, String> {
    let kept = |name: &&str| {
        let value = headers.get(*name)?.to_str().ok()?;
        Some(((*name).to_owned(), value.to_owned()))
    };
    KEPT.iter().filter_map(kept).collect()
}

/// Beginning of the range and size of the whole of a `Content-Range` header.
fn content_range(header: &str) -> Option<(u64, Option<u64>)> {
    let (range, total) = header
        .trim()
        .strip_prefix("bytes")?
        .trim()
        .split_once('/')?;
    let (start, _) = range.split_once('-')?;
    Some((start.trim().parse().ok()?, total.trim().parse().ok()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read() {
        assert_eq!(content_range("bytes 5-9/10"), Some((5, Some(10))));
        assert_eq!(content_range("bytes 5-9/*"), Some((5, None)));
        assert_eq!(content_range("bytes */10"), None);
    }
}
