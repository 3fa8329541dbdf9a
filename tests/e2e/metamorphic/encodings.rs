//! The same text in the encodings that municipalities publish in.

use super::{Except, assert_same};
use crate::corpus;
use encoding_rs::{EUC_JP, Encoding, SHIFT_JIS};

/// Stands for characters that an encoding does not have.
const MISSING: char = '〓';

#[test]
fn cp932() {
    legacy(SHIFT_JIS, "Shift_JIS");
}

#[test]
fn euc_jp() {
    legacy(EUC_JP, "EUC-JP");
}

#[test]
fn utf_16_with_and_without_mark() {
    for source in corpus::bundled() {
        let little: Vec<u8> = source
            .text
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        let big: Vec<u8> = source
            .text
            .encode_utf16()
            .flat_map(u16::to_be_bytes)
            .collect();
        compare(
            &source.document,
            &source.text,
            &[&[0xff, 0xfe], &*little].concat(),
            "UTF-16LE",
        );
        compare(
            &source.document,
            &source.text,
            &[&[0xfe, 0xff], &*big].concat(),
            "UTF-16BE",
        );
        compare(&source.document, &source.text, &little, "UTF-16LE");
    }
}

#[test]
fn utf_8_with_mark() {
    for source in corpus::bundled() {
        let bytes = [&[0xef, 0xbb, 0xbf], source.text.as_bytes()].concat();
        compare(&source.document, &source.text, &bytes, "UTF-8");
    }
}

fn legacy(encoding: &'static Encoding, name: &str) {
    for source in corpus::bundled() {
        let possible: String = source.text.chars().map(|c| possible(encoding, c)).collect();
        let (bytes, _, lossy) = encoding.encode(&possible);
        assert!(!lossy, "{name}: {}", source.document);
        // What comes back may be another form of the same sign (～ and 〜): compare with that.
        let (back, _, broken) = encoding.decode(&bytes);
        assert!(!broken, "{name}: {}", source.document);
        compare(&source.document, &back, &bytes, name);
    }
}

fn possible(encoding: &'static Encoding, c: char) -> char {
    let fits = |c: char| !encoding.encode(c.encode_utf8(&mut [0; 4])).2;
    match c {
        c if fits(c) => c,
        // The mark of terms in 出雲市's slides.
        '↳' => '→',
        _ => MISSING,
    }
}

fn compare(document: &str, text: &str, bytes: &[u8], encoding: &str) {
    let base = corpus::read(text.as_bytes(), "base.txt");
    let mut variant = corpus::read(bytes, "variant.txt");
    assert_eq!(
        variant.documents[0].encoding.as_deref(),
        Some(encoding),
        "{document}"
    );
    // That the encoding was found out from the bytes is the one thing that may be added.
    variant.findings.retain(|f| f.code != "encoding_guessed");
    let except = Except {
        columns: &["finding_id"],
        ..Except::default()
    };
    assert_same(
        &format!("{document} in {encoding}"),
        &base,
        &variant,
        except,
    );
}
