//! The bad files, all made by code.

mod documents;
mod files;
mod office;
mod pdf;
mod plain;

use std::path::Path;

/// A bad file.
pub(crate) struct Case {
    /// What it is.
    pub(crate) what: &'static str,
    /// Its name in the folder of sources.
    pub(crate) file: &'static str,
    pub(crate) make: Make,
}

/// How a file is made.
pub(crate) enum Make {
    Bytes(Box<dyn Fn() -> Vec<u8> + Send>),
    /// Something that is no plain file, in the folder of sources.
    Place(fn(&Path)),
}

/// Cases of one kind.
pub(crate) struct Group {
    pub(crate) name: &'static str,
    pub(crate) cases: Vec<Case>,
}

pub(crate) fn all() -> Vec<Group> {
    let group = |name, cases| Group { name, cases };
    vec![
        group("Text and CSV", plain::cases()),
        group("Other formats", plain::other_formats()),
        group("Files that are no plain files, and names", files::cases()),
        group("Workbooks: size and compression", office::bombs()),
        group("Workbooks: damage, passwords, markup", office::damage()),
        group("Word and HTML", documents::cases()),
        group("PDF", pdf::cases()),
    ]
}

fn case(
    what: &'static str,
    file: &'static str,
    make: impl Fn() -> Vec<u8> + Send + 'static,
) -> Case {
    Case {
        what,
        file,
        make: Make::Bytes(Box::new(make)),
    }
}

fn place(what: &'static str, file: &'static str, make: fn(&Path)) -> Case {
    Case {
        what,
        file,
        make: Make::Place(make),
    }
}

/// The first part of some bytes.
fn cut(mut bytes: Vec<u8>, hundredths: usize) -> Vec<u8> {
    bytes.truncate(bytes.len() * hundredths / 100);
    bytes
}

/// Bytes of which every so many is another one.
fn spoilt(mut bytes: Vec<u8>, every: usize) -> Vec<u8> {
    for byte in bytes.iter_mut().skip(every / 2).step_by(every) {
        *byte ^= 0x5A;
    }
    bytes
}

/// Bytes that look random and are the same in every run (xorshift64).
fn noise(length: usize) -> Vec<u8> {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()[3]
    };
    std::iter::repeat_with(next).take(length).collect()
}
