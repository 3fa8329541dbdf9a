//! Documents are told apart by their words, not by the names of their files.

use super::{Except, assert_same};
use crate::corpus;
use kurabe_layout::Recognition;

#[test]
fn another_file_name() {
    for source in corpus::bundled() {
        let variant = corpus::read(source.text.as_bytes(), "download (3).TXT");
        assert_eq!(variant.documents[0].path, "download (3).TXT");
        let base = corpus::original(&source.document);
        assert_same(&source.document, base, &variant, Except::default());
    }
}

#[test]
fn another_edition() {
    let editions = [
        (corpus::YASUGI, "令和5年度実績", "令和6年度実績"),
        (corpus::YASUGI_PLAN, "第1版", "第2版"),
        (corpus::MATSUE, "第1期実施計画", "第2期実施計画"),
        (corpus::OE, "令和6年2月策定", "令和9年2月改訂"),
        (
            corpus::IZUMO,
            "令和5年(2023)10月5日",
            "令和6年(2024)10月3日",
        ),
    ];
    for (document, this, other) in editions {
        let text = corpus::text_of(document);
        assert!(text.contains(this), "{document} does not say {this}");
        let known = corpus::recognised(text.replace(this, other).as_bytes());
        let [(claimed, Recognition::OtherEdition { found })] = known.as_slice() else {
            panic!("{document} as {other}: {known:?}");
        };
        assert_eq!(claimed, document);
        assert!(found.contains(other), "{document}: {found} is not {other}");
    }
}

#[test]
fn no_known_document() {
    let texts = [
        "米子市DX推進計画\n\n令和6年度実績\n\nNo.\t施策\t担当部署\n1\t電子申請\t総務課\n",
        "松江市 総合計画\n\n第1期実施計画\n",
        "安来市DX推進計画についての議事録\n",
    ];
    for text in texts {
        assert_eq!(corpus::recognised(text.as_bytes()), [], "{text}");
    }
    assert!(kurabe_read::read(b"", &kurabe_read::Hint::default()).is_err());
}
