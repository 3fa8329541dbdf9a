//! Ways to damage a file that are the same in every run.

use std::io::{Cursor, Read};

use crate::samples::build;

/// Numbers that look random and are the same in every run (Marsaglia, xorshift64).
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(end.max(1)).unwrap()).unwrap()
    }
}

/// The file with some bytes changed, left out, doubled or moved, or its end cut off.
pub(crate) fn torn(dice: &mut Dice, bytes: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=dice.below(8) {
        if bytes.is_empty() {
            break;
        }
        let at = dice.below(bytes.len());
        let end = (at + dice.below(200)).min(bytes.len());
        match dice.below(10) {
            0 => bytes.truncate(at),
            1 => drop(bytes.drain(at..end)),
            2 => {
                let copy = bytes[at..end].to_vec();
                bytes.splice(at..at, copy);
            }
            3 => {
                let to = dice.below(bytes.len() - (end - at) + 1);
                bytes.copy_within(at..end, to);
            }
            4 => bytes[at] = 0xFF,
            5 => bytes[at] = 0,
            6 => bytes[at] = b"<>&\"'=/ ;,\t\n"[dice.below(12)],
            _ => bytes[at] = u8::try_from(dice.below(256)).unwrap(),
        }
    }
    bytes
}

/// The file with one of its parts damaged and packed anew: damage that no checksum tells.
pub(crate) fn repacked(dice: &mut Dice, bytes: &[u8]) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let chosen = dice.below(archive.len());
    let mut parts = Vec::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let mut content = Vec::new();
        file.read_to_end(&mut content).unwrap();
        if index == chosen {
            content = torn(dice, &content);
        }
        parts.push((file.name().unwrap().into_owned(), content));
    }
    let parts: Vec<(&str, &[u8])> = parts
        .iter()
        .map(|(n, c)| (n.as_str(), c.as_slice()))
        .collect();
    build::package(&parts)
}
