//! What each command does.

pub(crate) mod check;
pub(crate) mod classify;
pub(crate) mod compare;
pub(crate) mod decision;
pub(crate) mod diff;
pub(crate) mod evaluate;
pub(crate) mod explain;
pub(crate) mod fetch;
pub(crate) mod init;
pub(crate) mod inspect;
pub(crate) mod report;
pub(crate) mod review;
pub(crate) mod serve;
pub(crate) mod shell;
pub(crate) mod stages;
pub(crate) mod target;
pub(crate) mod verify;
