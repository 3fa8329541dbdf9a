//! Pages and a small API, served to the browser on the same machine.
//!
//! This crate knows nothing but requests and answers: what is served, a [`Site`] says. It neither
//! opens files nor prints. A request reaches the site only after the [`guard`] let it through: its
//! `Host` is the address that was bound, it comes from a page of this server (or was typed by a
//! person), its path is plain, and one that changes something carries the token of this process.
//! Every answer carries the headers of [`headers`], so that no page of it can be framed, sniffed,
//! stored or made to load anything from elsewhere.

mod error;
mod guard;
mod headers;
mod message;
mod options;
mod server;
mod stop;
mod token;

pub use error::ServeError;
pub use guard::{Refusal, TOKEN_HEADER};
pub use headers::Policy;
pub use message::{Call, Reply, Site};
pub use options::{Options, Patience};
pub use server::Server;
pub use stop::Stop;
