//! Ending a server from another thread.

use std::sync::Arc;

use tokio::sync::watch;

/// Ends the servers that were given a clone of it.
#[derive(Debug, Clone)]
pub struct Stop(Arc<watch::Sender<bool>>);

impl Default for Stop {
    fn default() -> Self {
        Self(Arc::new(watch::channel(false).0))
    }
}

impl Stop {
    /// Asks for the end; asking twice is the same.
    pub fn stop(&self) {
        self.0.send_replace(true);
    }

    /// Whether the end was asked for.
    #[must_use]
    pub fn is_asked(&self) -> bool {
        *self.0.borrow()
    }

    /// Waits until the end is asked for.
    pub(crate) async fn asked(&self) {
        let mut told = self.0.subscribe();
        // The sender lives as long as `self`, so that waiting does not fail.
        let _ = told.wait_for(|asked| *asked).await;
    }
}
