//! `kurabe serve`.

use std::net::{IpAddr, Ipv4Addr};

use kurabe_serve::Options;

use crate::cli::{Screen, Serve, Task};
use crate::config::Settings;
use crate::problem::{Exit, Result};
use crate::serve::{Event, Serving};
use crate::text::serve as words;

/// Serves the report until it is interrupted.
pub(crate) fn serve(task: &Task, asked: &Serve, screen: &mut Screen) -> Result<Exit> {
    // A wrong configuration is told before anything is served.
    Settings::load(&task.surroundings.folder, &task.invocation.overrides)?;
    let options = Options {
        address: asked.host.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST)),
        port: asked.port,
        is_exposed: asked.is_remote,
        stops_on_signal: task.surroundings.stop.is_none(),
        ..Options::default()
    };
    let stop = task.surroundings.stop.clone().unwrap_or_default();
    let serving = Serving::start(task, options, asked.watches, stop)?;
    let address = serving.address;
    if !address.ip().is_loopback() {
        screen.line(&words::warning(screen.lang, address.ip()))?;
    }
    screen.line(&words::address(screen.lang, format!("http://{address}/")))?;
    let is_quiet = task.invocation.is_quiet;
    serving.follow(|event| match event {
        Event::Failed(told) => {
            screen.line(told)?;
            screen.line(&words::still_shown(screen.lang))
        }
        Event::Updated(measures) if !is_quiet => {
            screen.line(&words::updated(screen.lang, measures))
        }
        Event::Waiting if !is_quiet => screen.line(&words::waiting(screen.lang)),
        Event::Ended if !is_quiet => screen.line(&words::ended(screen.lang)),
        Event::Updated(_) | Event::Waiting | Event::Ended => Ok(()),
    })?;
    Ok(Exit::Done)
}
