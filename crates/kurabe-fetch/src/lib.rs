//! URLs become files in `raw/`, with a manifest that says where each came from.
//!
//! This crate knows nothing but bytes: not what a plan is, nor what a page says. It neither prints
//! nor asks the time: [`Watch`] is told what happens, the clock is passed in with [`Outside`].
//!
//! The way of one source: [`Source`] → the landing page and the link on it, where one is asked for
//! → one request per hop, each after a look at its address ([`address`]) and at `robots.txt`
//! ([`robots`]) → bytes as sent in `raw/.partial/`, to be continued after a cut → decompressed and
//! checked → put in place in one step, the older version kept in `raw/.versions/` → [`Manifest`].

pub mod address;
pub mod manifest;
pub mod robots;

mod client;
mod decode;
mod download;
mod error;
mod follow;
mod host;
mod landing;
mod link;
mod media;
mod options;
mod partial;
mod plan;
mod retry;
mod session;
mod shown;
mod source;
mod store;
mod watch;

pub use error::FetchError;
pub use manifest::{Entry, MANIFEST_NAME, Manifest, ManifestError, Version};
pub use options::{Options, Proxies};
pub use plan::{Held, Intent, held, intents};
pub use session::{Outside, fetch};
pub use shown::shown;
pub use source::{Source, SourceError, SourceSpec};
pub use watch::{Event, Fetched, Report, Silent, State, Watch};
