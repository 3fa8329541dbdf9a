//! One document that makes the program panic must not take the others with it.

use std::cell::{Cell, RefCell};
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;
use std::thread;

use crate::engine;

thread_local! {
    static IS_ISOLATED: Cell<bool> = const { Cell::new(false) };
    static LAST_PANIC: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Runs `work`; a panic becomes an error that says what happened and where in the program.
///
/// # Errors
/// When `work` panics.
pub fn isolated<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    install_hook();
    let before = IS_ISOLATED.replace(true);
    let outcome = panic::catch_unwind(AssertUnwindSafe(work));
    IS_ISOLATED.set(before);
    outcome.map_err(|_| LAST_PANIC.take().unwrap_or_default())
}

/// Keeps the message of a panic inside [`isolated`] instead of printing it.
fn install_hook() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if IS_ISOLATED.get() || is_of_reader() {
                let place = info
                    .location()
                    .map(|l| format!("{}:{}", l.file(), l.line()));
                let message = info.payload_as_str().unwrap_or_default().replace('\n', " ");
                LAST_PANIC.set(Some(format!("{} {message}", place.unwrap_or_default())));
            } else {
                usual(info);
            }
        }));
    });
}

/// Whether this is a thread that reads pages: the reader catches its panics.
fn is_of_reader() -> bool {
    thread::current().name() == Some(engine::PAGE_THREAD)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_its_message() {
        let told = isolated(|| -> u8 { panic!("row 7") }).unwrap_err();
        assert!(
            told.contains("isolate.rs") && told.contains("row 7"),
            "{told}"
        );
        assert_eq!(isolated(|| 3), Ok(3));
    }
}
