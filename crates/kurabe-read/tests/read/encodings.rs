//! The same text in every encoding gives the same page.

use encoding_rs::{EUC_JP, Encoding, ISO_2022_JP, SHIFT_JIS};
use kurabe_read::{Hint, ReadError, read};
use kurabe_trace::{Code, Locator};

use crate::detect;

const TEXT: &str = "# 安来市ＤＸ推進計画\r\n\r\n番号\t施策名\t担当課\r\n１\t窓口のデジタル化を\
                    進める\t市民課・㈱①\r\n2\t学校のＩＣＴ環境～整備\t学校教育課\r\n\r\n本文です。\r\n";

fn encode(encoding: &'static Encoding, text: &str) -> Vec<u8> {
    let (bytes, _, failed) = encoding.encode(text);
    assert!(!failed, "{} cannot hold the text", encoding.name());
    bytes.into_owned()
}

fn utf_16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}

fn with_mark(mark: &[u8], bytes: Vec<u8>) -> Vec<u8> {
    [mark.to_vec(), bytes].concat()
}

/// Bytes, name of the encoding, whether it has to be guessed, label.
fn variants(text: &str) -> Vec<(Vec<u8>, &'static str, bool, &'static str)> {
    let le = utf_16(text, u16::to_le_bytes);
    let be = utf_16(text, u16::to_be_bytes);
    vec![
        (text.into(), "UTF-8", false, "utf-8"),
        (
            with_mark(b"\xEF\xBB\xBF", text.into()),
            "UTF-8",
            false,
            "utf-8-sig",
        ),
        (
            with_mark(b"\xFF\xFE", le.clone()),
            "UTF-16LE",
            false,
            "utf-16",
        ),
        (
            with_mark(b"\xFE\xFF", be.clone()),
            "UTF-16BE",
            false,
            "utf-16",
        ),
        (le, "UTF-16LE", true, "utf-16le"),
        (be, "UTF-16BE", true, "utf-16be"),
        (encode(SHIFT_JIS, text), "Shift_JIS", true, "cp932"),
        (encode(EUC_JP, text), "EUC-JP", true, "euc-jp"),
        (
            encode(ISO_2022_JP, text),
            "ISO-2022-JP",
            false,
            "iso-2022-jp",
        ),
    ]
}

#[test]
fn every_encoding_is_detected() {
    let expected = detect(TEXT.as_bytes()).unwrap().value;
    for (bytes, name, guessed, _) in variants(TEXT) {
        let staged = detect(&bytes).unwrap();
        assert_eq!(staged.value.encoding, name);
        assert_eq!(staged.value.blocks, expected.blocks, "{name}");
        assert_eq!(staged.value.written_lines, [1, 3, 4, 5, 7], "{name}");
        let codes: Vec<Code> = staged.findings.iter().map(|f| f.code).collect();
        assert_eq!(
            codes,
            vec![Code::EncodingGuessed; usize::from(guessed)],
            "{name}"
        );
    }
}

#[test]
fn a_label_settles_the_encoding_without_a_finding() {
    let expected = detect(TEXT.as_bytes()).unwrap().value;
    for (bytes, name, _, label) in variants(TEXT) {
        let staged = read(
            &bytes,
            &Hint {
                encoding: Some(label),
                ..Hint::default()
            },
        )
        .unwrap();
        assert_eq!(staged.value.encoding, name);
        assert_eq!(staged.value.blocks, expected.blocks, "{name}");
        assert_eq!(staged.findings, [], "{name}");
    }
}

#[test]
fn nec_row_13_is_read_as_code_page_932() {
    let bytes = b"\x87\x40\x81\x45\x87\x8A\x09\x8E\x73\x96\xAF\x89\xDB\r\n";
    let staged = read(
        bytes,
        &Hint {
            encoding: Some("shift_jis"),
            ..Hint::default()
        },
    )
    .unwrap();
    let expected = detect("①・㈱\t市民課\n".as_bytes()).unwrap();
    assert_eq!(staged.value.blocks, expected.value.blocks);
}

#[test]
fn one_damaged_character_costs_one_character() {
    let mut bytes = format!("a\n{TEXT}").into_bytes();
    let at = bytes.iter().position(|b| *b >= 0xE0).unwrap();
    bytes[at] = 0xFF;
    let staged = detect(&bytes).unwrap();
    assert_eq!(staged.value.encoding, "UTF-8");
    let [finding] = staged.findings.as_slice() else {
        panic!("{:?}", staged.findings)
    };
    assert_eq!(finding.code, Code::EncodingReplaced);
    assert_eq!(finding.locator, Locator::line(2));
    assert_eq!(finding.raw.as_deref(), Some("L2"));
}

#[test]
fn damaged_shift_jis_is_still_read() {
    let mut bytes = encode(SHIFT_JIS, &TEXT.repeat(3));
    bytes.extend(b"\r\n\x81");
    for hint in [
        Hint::default(),
        Hint {
            encoding: Some("sjis"),
            ..Hint::default()
        },
    ] {
        let staged = read(&bytes, &hint).unwrap();
        assert_eq!(staged.value.encoding, "Shift_JIS");
        let last = staged.findings.last().unwrap();
        assert_eq!(
            (last.code, last.raw.as_deref()),
            (Code::EncodingReplaced, Some("L23"))
        );
    }
}

#[test]
fn a_wrong_label_is_an_error_with_its_line() {
    let bytes = encode(SHIFT_JIS, &format!("ok\n{TEXT}"));
    for label in ["utf-8", "euc-jp"] {
        let error = read(
            &bytes,
            &Hint {
                encoding: Some(label),
                ..Hint::default()
            },
        )
        .unwrap_err();
        assert_eq!(
            error,
            ReadError::WrongEncoding {
                label: label.into(),
                line: 2
            }
        );
    }
    let marked = with_mark(b"\xEF\xBB\xBF", TEXT.into());
    let error = read(
        &marked,
        &Hint {
            encoding: Some("shift_jis"),
            ..Hint::default()
        },
    )
    .unwrap_err();
    assert!(
        matches!(error, ReadError::WrongEncoding { line: 1, .. }),
        "{error}"
    );
}

#[test]
fn an_unknown_label_is_an_error_with_a_suggestion() {
    let error = read(
        b"a",
        &Hint {
            encoding: Some("shift-jiss"),
            ..Hint::default()
        },
    )
    .unwrap_err();
    assert!(
        error.to_string().contains("did you mean `shift_jis`?"),
        "{error}"
    );
}

#[test]
fn files_that_are_not_text_are_named() {
    let named: [(&[u8], &str); 4] = [
        (b"PK\x03\x04\x14", ".xlsx"),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0", ".xls"),
        (b"\x89PNG\r\n\x1A\n\0", "PNG"),
        (b"II*\0", "TIFF"),
    ];
    for (bytes, words) in named {
        let error = detect(bytes).unwrap_err();
        assert!(error.to_string().contains(words), "{error}");
    }
}

#[test]
fn bytes_without_text_are_an_error() {
    let error = detect(b"abc\0\x01\x02\x03\0\0\0\0").unwrap_err();
    assert_eq!(
        error,
        ReadError::Binary {
            offset: 3,
            format: None
        }
    );
    for blank in ["", "\n \u{3000}\t\r\n", "\u{feff}"] {
        assert_eq!(detect(blank.as_bytes()), Err(ReadError::Empty));
    }
}
