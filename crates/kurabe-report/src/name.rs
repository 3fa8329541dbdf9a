//! File names from ids.
//!
//! A name must be the same file on every system that a report is carried to, and must never lead
//! out of its folder. Small letters, digits, `-` and, inside a name, `.` stay; every other byte
//! of the id in UTF-8 becomes `_` and two hexadecimal digits. So capital letters are told apart
//! from small ones where file names are not, and `..` or `/` are no path. The first letter of a
//! name that Windows keeps for devices (`con`, `nul`, `com1`, …) is written so, too, and an empty
//! id is `_`.

use std::fmt::Write;

use crate::error::ReportError;

/// Names that Windows takes for devices, whatever follows a full stop.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// Devices with a number behind.
const PORTS: [&str; 2] = ["com", "lpt"];

/// The longest name that every usual file system takes, with the ending of data files.
const LONGEST: usize = 240;

/// The name that stands for an id, without an ending.
///
/// # Errors
/// When the id is too long for a file name.
pub(crate) fn name_of(id: &str) -> Result<String, ReportError> {
    let bytes = id.as_bytes();
    let mut name = String::with_capacity(bytes.len());
    for (index, byte) in bytes.iter().enumerate() {
        let is_inside = index > 0 && index + 1 < bytes.len();
        let is_kept = match byte {
            b'a'..=b'z' => index > 0 || !is_device(id),
            b'0'..=b'9' | b'-' => true,
            b'.' => is_inside,
            _ => false,
        };
        if is_kept {
            name.push(char::from(*byte));
        } else {
            // Writing to a string does not fail.
            let _ = write!(name, "_{byte:02x}");
        }
    }
    if name.is_empty() {
        name.push('_');
    }
    if name.len() > LONGEST {
        return Err(ReportError::LongId { id: id.to_owned() });
    }
    Ok(name)
}

/// The key of a data file, which is its path in `data/` without the ending, from a word of ours
/// and ids.
///
/// # Errors
/// When an id is too long for a file name.
pub(crate) fn key(kind: &str, ids: &[&str]) -> Result<String, ReportError> {
    let mut key = kind.to_owned();
    for id in ids {
        key.push('/');
        key.push_str(&name_of(id)?);
    }
    Ok(key)
}

fn is_device(id: &str) -> bool {
    let stem = id.split('.').next().unwrap_or_default();
    let port = PORTS.iter().find_map(|port| stem.strip_prefix(port));
    DEVICES.contains(&stem) || port.is_some_and(|rest| rest.len() == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_ours_are_their_names() {
        for id in [
            "322067-action-plan-r5-results-45",
            "5.1",
            "013919",
            "front-yard",
            "common",
        ] {
            assert_eq!(name_of(id).unwrap(), id);
        }
    }

    #[test]
    fn no_id_leads_out_of_the_folder() {
        for (id, name) in [
            ("..", "_2e_2e"),
            ("../x", "_2e._2fx"),
            ("/etc/passwd", "_2fetc_2fpasswd"),
            ("a\\b:c", "a_5cb_3ac"),
            (".hidden", "_2ehidden"),
            ("ends.", "ends_2e"),
            ("A", "_41"),
            ("_41", "_5f41"),
            ("", "_"),
            ("_", "_5f"),
            ("nul", "_6eul"),
            ("aux.5", "_61ux.5"),
            ("com1", "_63om1"),
            ("市", "_e5_b8_82"),
            ("a%2fb\0", "a_252fb_00"),
        ] {
            assert_eq!(name_of(id).unwrap(), name);
        }
    }

    #[test]
    fn an_id_that_is_too_long_is_refused() {
        assert!(name_of(&"市".repeat(30)).is_err());
        assert!(key("category", &["5.1", &"x".repeat(241)]).is_err());
    }
}
