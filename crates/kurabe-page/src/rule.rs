//! Names of rules on their way between processes: they are words of the program, so that each is
//! kept once and for all.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

static KNOWN: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());

/// The name as one that stays. There are a dozen rules, so that little is kept.
fn kept(name: &str) -> &'static str {
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = known.get(name) {
        return known;
    }
    let name: &'static str = Box::leak(Box::from(name));
    known.insert(name);
    name
}

pub(crate) fn serialize<S: Serializer>(
    skipped: &[(u32, &'static str)],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    skipped.serialize(serializer)
}

pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<(u32, &'static str)>, D::Error> {
    let skipped: Vec<(u32, String)> = Vec::deserialize(deserializer)?;
    Ok(skipped
        .into_iter()
        .map(|(n, name)| (n, kept(&name)))
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_kept_once() {
        let (first, second) = (kept("hidden_row"), kept(&["hidden", "_row"].concat()));
        assert!(std::ptr::eq(first, second));
    }
}
