//! Readers meet any bytes without a panic.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that meets something unexpected fails"
)]

mod common;

use std::io::{Cursor, Read, Write};
use std::sync::LazyLock;

use common::{codes, row, rows};
use kurabe_review::reply::{Lists, read_reply};
use kurabe_review::sheet::{read, read_csv, read_xlsx, write_csv, write_xlsx};
use proptest::prelude::*;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

static BOOK: LazyLock<Vec<u8>> = LazyLock::new(|| write_xlsx(&rows(), &codes(), false).unwrap());
static CSV: LazyLock<Vec<u8>> = LazyLock::new(|| write_csv(&rows(), &codes(), false));

/// The bytes with some of them replaced and the end cut off.
fn damaged(bytes: &[u8], hits: &[(usize, u8)], cut: usize) -> Vec<u8> {
    let mut out = bytes.to_vec();
    for (at, byte) in hits {
        let at = at % out.len();
        out[at] = *byte;
    }
    out.truncate(out.len() - cut % out.len());
    out
}

/// The workbook with one of its parts damaged before it is packed.
fn repacked(part: usize, hits: &[(usize, u8)], cut: usize) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(BOOK.as_slice())).unwrap();
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let hit = part % archive.len();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        let name = entry.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        if index == hit {
            bytes = damaged(&bytes, hits, cut);
        }
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(&bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn read_all(bytes: &[u8]) {
    let _ = (read(bytes), read_csv(bytes), read_xlsx(bytes));
    let codes = codes();
    let lists = Lists {
        codes: &codes,
        stages: codes.list(),
    };
    let _ = read_reply(bytes, &[], lists);
}

proptest! {
    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..400), is_zip in any::<bool>()) {
        let start: &[u8] = if is_zip { b"PK\x03\x04" } else { b"" };
        read_all(&[start, &bytes].concat());
    }

    #[test]
    fn damaged_sheets(
        hits in prop::collection::vec((any::<usize>(), any::<u8>()), 0..12),
        cut in prop_oneof![Just(0), any::<usize>()],
    ) {
        read_all(&damaged(&BOOK, &hits, cut));
        read_all(&damaged(&CSV, &hits, cut));
    }

    #[test]
    fn damaged_parts(
        part in any::<usize>(),
        hits in prop::collection::vec((any::<usize>(), prop_oneof![any::<u8>(), b'0'..=b'9']), 1..12),
        cut in prop_oneof![Just(0), any::<usize>()],
    ) {
        read_all(&repacked(part, &hits, cut));
    }

    #[test]
    fn any_text_comes_back(title in "[^\r\u{0}-\u{8}\u{b}-\u{1f}\u{7f}-\u{9f}\u{fffe}\u{ffff}]{0,12}") {
        let sheet = [row("a", &title, Some("ai"))];
        prop_assert_eq!(read(&write_csv(&sheet, &codes(), false)).unwrap(), &sheet);
        prop_assert_eq!(read(&write_xlsx(&sheet, &codes(), false).unwrap()).unwrap(), &sheet);
    }
}
