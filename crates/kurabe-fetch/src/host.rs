//! Politeness towards one host: so many requests at a time, and a pause from one to the next.

use std::cell::Cell;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Mutex, OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, sleep, sleep_until};

/// The longest `Crawl-delay` that is kept.
const LONGEST_DELAY: Duration = Duration::from_secs(60);

/// The door to one host.
#[derive(Debug)]
pub(crate) struct Host {
    seats: Arc<Semaphore>,
    next: Mutex<Option<Instant>>,
    delay: Cell<Duration>,
}

impl Host {
    pub(crate) fn new(seats: usize, delay: Duration) -> Self {
        Self {
            seats: Arc::new(Semaphore::new(seats.max(1))),
            next: Mutex::new(None),
            delay: Cell::new(delay),
        }
    }

    /// Waits for a seat and for the pause since the last request to pass. The seat is free again
    /// when what is returned is dropped.
    pub(crate) async fn enter(&self) -> Option<OwnedSemaphorePermit> {
        // Never closed, so that there is always a permit.
        let seat = Arc::clone(&self.seats).acquire_owned().await.ok();
        let mut next = self.next.lock().await;
        if let Some(next) = *next {
            sleep_until(next).await;
        }
        *next = Some(sleep(self.delay.get()).deadline());
        seat
    }

    /// Lengthens the pause to what the host asks for.
    pub(crate) fn slow_down(&self, delay: Duration) {
        let asked = delay.min(LONGEST_DELAY);
        self.delay.set(self.delay.get().max(asked));
    }
}
