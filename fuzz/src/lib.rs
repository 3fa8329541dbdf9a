//! What every fuzz target does: reads the bytes within small limits and checks the page.

use kurabe_page::Page;
use kurabe_read::{Hint, Kind, Limits, read as read_page};

/// Limits under which one input takes milliseconds.
fn limits() -> Limits {
    Limits {
        bytes: 1 << 20,
        unpacked_bytes: 16 << 20,
        cells: 50_000,
        cell_characters: 20_000,
        pages: 50,
        depth: 64,
        ..Limits::default()
    }
}

/// Reads bytes as a file of that kind, or of the kind that they look like.
///
/// # Panics
///
/// When the numbers of the page do not fit its places, and where the reader does.
pub fn read(kind: Option<Kind>, bytes: &[u8]) {
    let hint = Hint {
        kind,
        limits: limits(),
        ..Hint::default()
    };
    if let Ok(staged) = read_page(bytes, &hint) {
        check(&staged.value);
    }
}

fn check(page: &Page) {
    assert!(page.written_lines.is_sorted());
    let last = page.written_lines.last().copied().unwrap_or(0);
    assert!(page.places.is_empty() || page.places.len() >= last as usize);
    let skipped = page.skipped.iter().map(|(number, _)| number);
    assert!(
        skipped
            .into_iter()
            .all(|n| page.written_lines.binary_search(n).is_ok())
    );
}
