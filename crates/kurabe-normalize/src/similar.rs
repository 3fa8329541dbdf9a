//! How alike two names are.

use kurabe_text::width;
use std::collections::BTreeSet;

/// Likeness of two texts from 0 to 1 by their pairs of neighbouring characters (Dice), after
/// width, case and white space are set aside.
pub(crate) fn likeness(a: &str, b: &str) -> f64 {
    let (a, b) = (pairs(a), pairs(b));
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    let common = a.intersection(&b).count();
    2.0 * common as f64 / (a.len() + b.len()) as f64
}

/// Share of the pairs of the shorter text that occur in the longer one.
pub(crate) fn overlap(a: &str, b: &str) -> f64 {
    let (a, b) = (pairs(a), pairs(b));
    let shorter = a.len().min(b.len());
    if shorter == 0 {
        0.0
    } else {
        a.intersection(&b).count() as f64 / shorter as f64
    }
}

fn pairs(text: &str) -> BTreeSet<(char, char)> {
    let chars: Vec<char> = width::key(text)
        .chars()
        .filter(|c| c.is_alphanumeric())
        .collect();
    chars.windows(2).map(|w| (w[0], w[1])).collect()
}

/// Whether one text contains the other, width, case, white space and particles set aside.
pub(crate) fn contains(a: &str, b: &str) -> bool {
    let (a, b) = (bare(a), bare(b));
    let shorter = a.chars().count().min(b.chars().count());
    shorter >= 3 && (a.contains(&b) || b.contains(&a))
}

/// Whether two names are the same, width, case, white space and particles set aside.
pub(crate) fn is_same(a: &str, b: &str) -> bool {
    width::key(a) == width::key(b) || bare(a) == bare(b)
}

fn bare(text: &str) -> String {
    width::key(text)
        .chars()
        .filter(|c| c.is_alphanumeric() && *c != 'の')
        .collect()
}
