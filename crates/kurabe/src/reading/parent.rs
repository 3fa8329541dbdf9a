//! The parent: starts the child, gives it a file, takes the page or tells how the child died.

use std::io::{self, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use serde::de::DeserializeOwned;

use super::letter::Question;
use super::{Bounds, Refusal, WORD};
use crate::text::remark;

/// How much is kept of what a dying child says.
const LAST_WORDS: u64 = 4096;

/// Asks a child; `None` when there is none to be had.
pub(super) fn ask<T: DeserializeOwned>(
    program: &Path,
    question: &Question,
    bytes: &[u8],
) -> Option<Result<T, Refusal>> {
    let bounds = question.bounds;
    let question = postcard::to_stdvec(question).ok()?;
    let mut child = Command::new(program)
        .arg(WORD)
        // Each further arena of glibc takes 64 MB of the addresses that the child may use.
        .env("MALLOC_ARENA_MAX", "2")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .ok()?;
    let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    let ended = thread::scope(|scope| {
        scope.spawn(|| give(stdin, &question, bytes));
        let (send, receive) = mpsc::channel();
        scope.spawn(move || {
            // Nobody waits any longer when the time is over.
            let _ = send.send(taken(stdout, bounds.memory_bytes));
        });
        let words = scope.spawn(|| last_words(stderr));
        let page = receive.recv_timeout(Duration::from_secs(bounds.seconds));
        let is_late = page.is_err();
        let status = ended(&mut child, is_late);
        let words = words.join().unwrap_or_default();
        Ended {
            page: page.unwrap_or_default(),
            is_late,
            status,
            words,
        }
    });
    Some(ended.answer(bounds))
}

/// Ends a child that takes too long, and waits for every child, so that none is left behind.
fn ended(child: &mut Child, is_late: bool) -> io::Result<ExitStatus> {
    if is_late {
        child.kill()?;
    }
    child.wait()
}

/// Gives the child its question and the file. A child that died takes no more of it, which its
/// status tells.
fn give(to: Option<ChildStdin>, question: &[u8], bytes: &[u8]) {
    let Some(mut to) = to else { return };
    let length = u32::try_from(question.len()).unwrap_or(u32::MAX);
    let _ = to
        .write_all(&length.to_le_bytes())
        .and_then(|()| to.write_all(question))
        .and_then(|()| to.write_all(bytes));
}

fn taken(from: Option<ChildStdout>, most: u64) -> Vec<u8> {
    let mut taken = Vec::new();
    if let Some(from) = from {
        // What ends early is no whole page, which is seen when it is taken apart.
        let _ = from.take(most).read_to_end(&mut taken);
    }
    taken
}

fn last_words(from: Option<ChildStderr>) -> String {
    let mut kept = Vec::new();
    if let Some(mut from) = from {
        let _ = from.by_ref().take(LAST_WORDS).read_to_end(&mut kept);
        let _ = io::copy(&mut from, &mut io::sink());
    }
    String::from_utf8_lossy(&kept).into_owned()
}

/// A child that has come to its end.
struct Ended {
    page: Vec<u8>,
    is_late: bool,
    status: io::Result<ExitStatus>,
    words: String,
}

impl Ended {
    fn answer<T: DeserializeOwned>(self, bounds: Bounds) -> Result<T, Refusal> {
        let is_done = self.status.as_ref().is_ok_and(ExitStatus::success);
        let answer: Option<Result<T, Refusal>> = postcard::from_bytes(&self.page).ok();
        let answer = answer.filter(|_| is_done);
        answer.unwrap_or_else(|| Err(self.death(bounds)))
    }

    fn death(&self, bounds: Bounds) -> Refusal {
        let how = match &self.status {
            Ok(status) => status.to_string(),
            Err(error) => error.to_string(),
        };
        let tell = |lang| {
            if self.is_late {
                remark::too_slow(lang, bounds.seconds)
            } else if self.has("memory allocation") {
                remark::too_hungry(lang, bounds.memory_bytes)
            } else if self.has("overflowed its stack") {
                remark::too_deep(lang)
            } else {
                remark::died(lang, &how)
            }
        };
        Refusal::of(&tell)
    }

    fn has(&self, words: &str) -> bool {
        self.words.contains(words)
    }
}
