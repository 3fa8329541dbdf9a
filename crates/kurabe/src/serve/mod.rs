//! `kurabe serve`: the report in a browser, made anew when something changes, and the review page.
//!
//! Three parts that share one [`Live`]: a worker runs the pipeline and makes the report
//! ([`worker`]), the server of `kurabe-serve` answers requests by [`site`], and the caller tells a
//! person what happens. The report lies in a temporary folder of this process; the review page
//! writes into `reviews/` and nowhere else.

mod assets;
mod live;
mod pages;
mod report;
mod review;
mod site;
mod watch;
mod worker;

use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use kurabe_serve::{Options, ServeError, Server, Stop};

use crate::cli::Task;
use crate::problem::{Error, Problem, Result};
use crate::text::{Lang, serve as words};

pub(crate) use live::Event;
use live::Live;
use worker::Worker;

/// How long a run that is under way is waited for at the end, in steps of [`STEP`]. A run that
/// takes longer ends with the process: what it writes takes its place in one step or not at all.
const STEPS: u32 = 200;
const STEP: Duration = Duration::from_millis(50);

/// A server that listens.
#[derive(Debug)]
pub(crate) struct Serving {
    /// Where it listens.
    pub(crate) address: std::net::SocketAddr,
    events: Receiver<Event>,
    stop: Stop,
    server: JoinHandle<std::result::Result<(), ServeError>>,
    worker: JoinHandle<()>,
}

impl Serving {
    /// Begins to listen and to make the report.
    ///
    /// # Errors
    /// When the address cannot be listened on, or the temporary folder cannot be made.
    pub(crate) fn start(task: &Task, options: Options, watches: bool, stop: Stop) -> Result<Self> {
        let server = Server::bind(options).map_err(unserved)?;
        let address = server.address();
        let (sender, events) = channel();
        let live = Arc::new(Live::new(task.lang, sender));
        let worker = Worker::new(task, watches, Arc::clone(&live), stop.clone())?;
        let worker = thread::spawn(move || worker.work());
        let asked = stop.clone();
        let server = thread::spawn(move || {
            let outcome = server.run(Arc::clone(&live) as Arc<dyn kurabe_serve::Site>, &asked);
            live.end();
            outcome
        });
        Ok(Self {
            address,
            events,
            stop,
            server,
            worker,
        })
    }

    /// Tells what happens until the server ends.
    ///
    /// # Errors
    /// When something cannot be told or the server could not go on.
    pub(crate) fn follow(self, mut tell: impl FnMut(&Event) -> Result<()>) -> Result<()> {
        let mut told = Ok(());
        while let Ok(event) = self.events.recv() {
            if told.is_ok() {
                told = tell(&event);
            }
            if told.is_err() {
                self.stop.stop();
            }
            if event == Event::Ended {
                break;
            }
        }
        self.stop.stop();
        for _ in 0..STEPS {
            if self.worker.is_finished() {
                break;
            }
            thread::sleep(STEP);
        }
        let served = self.server.join();
        told?;
        served.map_or(Ok(()), |outcome| outcome.map_err(unserved))
    }
}

/// Why pages cannot be served, in the words of the program.
fn unserved(error: ServeError) -> Error {
    let both = |tell: &dyn Fn(Lang) -> String| (tell(Lang::Ja), tell(Lang::En));
    let (message, hint) = match &error {
        ServeError::InUse(address) => (
            both(&|lang| words::port_in_use(lang, address.port())),
            both(&words::port_in_use_hint),
        ),
        ServeError::Bind(address, reason) => (
            both(&|lang| words::not_bound(lang, address, reason)),
            both(&words::not_bound_hint),
        ),
        ServeError::Exposed(address) => (
            both(&|lang| words::exposed(lang, address.ip())),
            both(&words::exposed_hint),
        ),
        ServeError::Start(reason) => (
            both(&|lang| words::not_started(lang, reason)),
            both(&words::not_started_hint),
        ),
    };
    Problem::Usage { message, hint }.into()
}
