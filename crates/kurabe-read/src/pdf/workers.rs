//! Several threads that share the pages of a file.

use std::num::NonZero;
use std::panic::resume_unwind;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, channel, sync_channel};
use std::thread::{self, Builder, available_parallelism};

/// Name of the threads, by which a hook for panics knows that a panic is caught here.
pub const THREAD: &str = "kurabe-read page";

/// Threads at most, the one that asks included.
const MOST: usize = 4;
/// Pages that are worth a thread: each thread finds the fonts of the file anew and keeps them, some megabytes.
const PAGES: usize = 20;
/// Pieces that wait for the thread that assists, at most.
const WAITING: usize = 1;
/// Bytes of the stack of a thread, as many as the main thread has: forms are followed deep.
const STACK: usize = 8 << 20;

/// How many threads read so many pages.
pub(super) fn threads(pages: usize) -> usize {
    (pages / PAGES).clamp(1, cores().min(MOST))
}

/// Processors that this process may use.
fn cores() -> usize {
    available_parallelism().map_or(1, NonZero::get)
}

fn named() -> Builder {
    Builder::new().name(THREAD.to_owned()).stack_size(STACK)
}

/// Does two things, at the same time where there are two processors.
pub(super) fn both<T: Send>(
    first: impl FnOnce() -> T,
    second: impl FnOnce() -> T + Send + Clone,
) -> (T, T) {
    if cores() < 2 {
        return (first(), second());
    }
    thread::scope(|scope| {
        let other = named().spawn_scoped(scope, second.clone());
        let first = first();
        let second = match other.map(thread::ScopedJoinHandle::join) {
            Ok(Ok(made)) => made,
            Ok(Err(panic)) => resume_unwind(panic),
            Err(_) => second(),
        };
        (first, second)
    })
}

/// Does `work` while `ahead` runs before it, when so many threads leave a processor free. `ahead`
/// may be cut short or left out.
pub(super) fn accompanied<T>(
    threads: usize,
    ahead: impl FnOnce() + Send,
    work: impl FnOnce() -> T,
) -> T {
    thread::scope(|scope| {
        if threads < cores() {
            // Where no thread is to be had, `work` does all.
            let _ = named().spawn_scoped(scope, ahead);
        }
        work()
    })
}

/// A thread that works on what it is given, in order.
#[derive(Debug)]
pub(super) struct Belt<A, T> {
    to: SyncSender<A>,
    from: Receiver<T>,
    /// How many were given and not yet taken back.
    under_way: usize,
}

impl<A, T> Belt<A, T> {
    /// Gives a piece, waiting while several are under way.
    pub(super) fn put(&mut self, piece: A) {
        if self.to.send(piece).is_ok() {
            self.under_way += 1;
        }
    }

    /// The next result, if it is there.
    pub(super) fn ready(&mut self) -> Option<T> {
        let result = self.from.try_recv().ok()?;
        self.under_way -= 1;
        Some(result)
    }

    /// The next result; `None` when nothing is under way.
    pub(super) fn next(&mut self) -> Option<T> {
        if self.under_way == 0 {
            return None;
        }
        self.under_way -= 1;
        self.from.recv().ok()
    }
}

/// Does `work` with another thread that makes results of pieces by `make`; without one where there
/// is a single processor or no thread is to be had. A panic of `make` is one of this function.
pub(super) fn assisted<A: Send, T: Send, R>(
    make: impl Fn(A) -> T + Send,
    work: impl FnOnce(Option<Belt<A, T>>) -> R,
) -> R {
    if cores() < 2 {
        return work(None);
    }
    thread::scope(|scope| {
        let (to, pieces) = sync_channel(WAITING);
        let (results, from) = channel();
        let make = move || {
            for piece in pieces {
                if results.send(make(piece)).is_err() {
                    break;
                }
            }
        };
        let belt = named().spawn_scoped(scope, make).ok().map(|_| Belt {
            to,
            from,
            under_way: 0,
        });
        work(belt)
    })
}

/// Does pieces of work on several threads; the results stand in their order. Each thread makes a
/// worker, which does one piece after the other. Where no further thread is to be had, those that
/// are there do all the work.
pub(super) fn shared<T, W>(pieces: usize, threads: usize, worker: impl Fn() -> W + Sync) -> Vec<T>
where
    T: Send,
    W: FnMut(usize) -> T,
{
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::with_capacity(pieces));
    let work = || {
        let mut worker = worker();
        let mut own = Vec::new();
        loop {
            let piece = next.fetch_add(1, Ordering::Relaxed);
            if piece >= pieces {
                break;
            }
            own.push((piece, worker(piece)));
        }
        if let Ok(mut done) = done.lock() {
            done.append(&mut own);
        }
    };
    thread::scope(|scope| {
        for _ in 1..threads {
            if named().spawn_scoped(scope, work).is_err() {
                break;
            }
        }
        work();
    });
    let mut done = done.into_inner().unwrap_or_default();
    done.sort_by_key(|(piece, _)| *piece);
    done.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_stand_in_the_order_of_the_pieces_for_any_number_of_threads() {
        let expected: Vec<usize> = (0..100).map(|n| n * n).collect();
        for threads in [1, 2, 3, 8] {
            assert_eq!(shared(100, threads, || |n| n * n), expected);
        }
        assert_eq!(shared(0, 4, || |n| n), Vec::<usize>::new());
    }

    #[test]
    fn an_assistant_gives_results_in_order() {
        let doubled = assisted(
            |n: usize| n * 2,
            |belt| {
                let mut done = Vec::new();
                let Some(mut belt) = belt else {
                    return (0..50).map(|n| n * 2).collect();
                };
                assert_eq!(belt.next(), None);
                for n in 0..50 {
                    belt.put(n);
                    done.extend(belt.ready());
                }
                while let Some(result) = belt.next() {
                    done.push(result);
                }
                assert_eq!(belt.ready(), None);
                done
            },
        );
        assert_eq!(doubled, (0..50).map(|n| n * 2).collect::<Vec<usize>>());
    }

    #[test]
    fn few_pages_are_read_by_one_thread() {
        assert_eq!(threads(0), 1);
        assert_eq!(threads(PAGES), 1);
        assert!((1..=MOST).contains(&threads(5_000)));
    }
}
