//! The child: takes one file from standard input and answers with its page on standard output.

use std::io::{self, BufWriter, Read, Write};

use serde::Serialize;

use super::letter::{Answer, Ask, Question, Second};
use super::{Bounds, guarded, here};
use crate::engine;
use crate::problem::Exit;

/// The hidden command that makes the program a child.
pub const WORD: &str = "read-one";

/// Longest question in bytes.
const LONGEST: u32 = 1 << 16;

/// Answers the question on `input`. What goes wrong here is told by the exit code alone: the parent
/// knows what to say.
#[must_use]
pub fn answer(input: &mut dyn Read, out: &mut dyn Write) -> Exit {
    match exchange(input, out) {
        Ok(()) => Exit::Done,
        Err(_) => Exit::Failed,
    }
}

fn exchange(input: &mut dyn Read, out: &mut dyn Write) -> io::Result<()> {
    let question = question(input)?;
    confine(question.bounds);
    let mut bytes = Vec::new();
    let length = usize::try_from(question.length).map_err(io::Error::other)?;
    bytes.try_reserve_exact(length).map_err(io::Error::other)?;
    input.take(question.length).read_to_end(&mut bytes)?;
    if bytes.len() != length {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    #[cfg(debug_assertions)]
    fault::of(question.hint().name.unwrap_or_default());
    let hint = question.hint();
    match question.ask {
        Ask::Page => {
            let answer: Answer = here(bytes, &hint);
            send(&answer, out)
        }
        Ask::Opinion => {
            let opinion = guarded(|| engine::second_opinion(&bytes, &hint));
            let answer: Second = opinion.map(|opinion| opinion.map(Into::into));
            send(&answer, out)
        }
    }
}

fn send(answer: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(1 << 16, out);
    postcard::to_io(answer, &mut out).map_err(io::Error::other)?;
    out.flush()
}

fn question(input: &mut dyn Read) -> io::Result<Question> {
    let mut length = [0; 4];
    input.read_exact(&mut length)?;
    let length = u32::from_le_bytes(length);
    if length > LONGEST {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut question = Vec::new();
    input.take(length.into()).read_to_end(&mut question)?;
    postcard::from_bytes(&question).map_err(io::Error::other)
}

/// Limits what this process may take; where that fails the parent still watches the time.
#[cfg(target_os = "linux")]
fn confine(bounds: Bounds) {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let limits = [
        (Resource::As, bounds.memory_bytes.saturating_add(mapped())),
        (Resource::Cpu, bounds.seconds.saturating_add(1)),
        (Resource::Core, 0),
    ];
    for (resource, value) in limits {
        let limit = Rlimit {
            current: Some(value),
            maximum: Some(value),
        };
        let _ = setrlimit(resource, limit);
    }
}

/// Bytes of addresses that the program itself takes: its size must not lessen what a reader may take.
#[cfg(target_os = "linux")]
fn mapped() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let size = status.lines().find_map(|line| line.strip_prefix("VmSize:"));
    let kilobytes = size.and_then(|size| size.trim().strip_suffix("kB")?.trim().parse().ok());
    kilobytes.unwrap_or(0u64).saturating_mul(1024)
}

#[cfg(not(target_os = "linux"))]
fn confine(_: Bounds) {}

/// Faults on request, in builds for tests only: they prove that a child that dies in any way takes
/// nothing with it.
#[cfg(debug_assertions)]
mod fault {
    use std::hint::black_box;

    /// The fault that the variable `KURABE_FAULT` names, for files with that name in theirs.
    pub(super) fn of(name: &str) {
        let wanted = std::env::var("KURABE_FAULT").unwrap_or_default();
        if wanted.is_empty() || !name.contains(&wanted) {
            return;
        }
        match wanted.as_str() {
            "overflow" => drop(black_box(deeper(&[0; 64]))),
            "abort" => std::process::abort(),
            "hang" => loop {
                std::thread::park();
            },
            "memory" => drop(black_box(vec![1_u8; 8 << 30])),
            _ => {}
        }
    }

    fn deeper(above: &[u8]) -> usize {
        if above.is_empty() {
            return 0;
        }
        let here = black_box([above[0]; 4096]);
        deeper(&here) + usize::from(here[1])
    }
}
