//! Labels of encodings, as a profile writes them.

use encoding_rs::{Encoding, REPLACEMENT, UTF_16LE};

use super::is_utf_16;
use crate::error::ReadError;

/// Labels in common use that the Encoding Standard does not have, with its own.
const ALIASES: &[(&str, &str)] = &[
    ("cp932", "shift_jis"),
    ("windows-932", "shift_jis"),
    ("mskanji", "shift_jis"),
    ("eucjp", "euc-jp"),
    ("euc_jp", "euc-jp"),
    ("iso2022jp", "iso-2022-jp"),
    ("iso-2022-jp-1", "iso-2022-jp"),
    ("jis", "iso-2022-jp"),
    ("utf-8-sig", "utf-8"),
    ("utf-8n", "utf-8"),
    ("utf_8", "utf-8"),
    ("utf16", "utf-16"),
    ("utf16le", "utf-16le"),
    ("utf16be", "utf-16be"),
];

/// Labels to suggest for one that is unknown.
const SUGGESTED: &[&str] = &[
    "utf-8",
    "utf-16",
    "utf-16le",
    "utf-16be",
    "shift_jis",
    "sjis",
    "cp932",
    "windows-31j",
    "ms932",
    "euc-jp",
    "eucjp",
    "iso-2022-jp",
];

/// An encoding that a label names.
pub(super) struct Named {
    pub(super) encoding: &'static Encoding,
    /// Whether the label leaves the byte order to the byte order mark.
    any_byte_order: bool,
}

impl Named {
    /// Whether a file that begins with the byte order mark of `mark` can be meant.
    pub(super) fn admits(&self, mark: &'static Encoding) -> bool {
        self.encoding == mark || (self.any_byte_order && is_utf_16(mark))
    }
}

/// The encoding that `label` names; case and white space around it do not matter.
pub(super) fn find(label: &str) -> Result<Named, ReadError> {
    let lower = label.trim().to_ascii_lowercase();
    let standard = ALIASES
        .iter()
        .find(|(alias, _)| *alias == lower)
        .map_or(&*lower, |(_, s)| s);
    Encoding::for_label(standard.as_bytes())
        .filter(|encoding| *encoding != REPLACEMENT)
        .map(|encoding| Named {
            encoding,
            any_byte_order: encoding == UTF_16LE && standard != "utf-16le",
        })
        .ok_or_else(|| ReadError::UnknownEncoding {
            label: label.to_owned(),
            nearest: nearest(&lower),
        })
}

fn nearest(label: &str) -> &'static str {
    SUGGESTED
        .iter()
        .min_by_key(|known| distance(label, known))
        .copied()
        .unwrap_or("utf-8")
}

/// Number of characters to insert, delete or replace to make `b` of `a` (Levenshtein).
fn distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.chars().count()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (above, y) in row.iter_mut().skip(1).zip(b.chars()) {
            left = (diagonal + usize::from(x != y))
                .min(*above + 1)
                .min(left + 1);
            diagonal = std::mem::replace(above, left);
        }
        if let Some(start) = row.first_mut() {
            *start = i + 1;
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distance_counts_edits() {
        assert_eq!(distance("shift-jiss", "shift_jis"), 2);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("abc", ""), 3);
        assert_eq!(distance("kitten", "sitting"), 3);
    }

    #[test]
    fn labels_in_common_use_are_known() {
        for (label, name) in [
            ("CP932", "Shift_JIS"),
            (" Windows-31J ", "Shift_JIS"),
            ("utf8", "UTF-8"),
            ("eucJP", "EUC-JP"),
            ("utf-16", "UTF-16LE"),
        ] {
            assert_eq!(find(label).map(|n| n.encoding.name()), Ok(name), "{label}");
        }
    }

    #[test]
    fn an_unknown_label_gets_a_suggestion() {
        for (label, expected) in [("shift-jiss", "shift_jis"), ("utf-9", "utf-8")] {
            let found = find(label).map(|n| n.encoding.name());
            let error = ReadError::UnknownEncoding {
                label: label.to_owned(),
                nearest: expected,
            };
            assert_eq!(found, Err(error));
        }
        assert!(find("iso-2022-kr").is_err());
    }
}
