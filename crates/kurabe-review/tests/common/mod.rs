//! What several tests need.
#![allow(dead_code, unreachable_pub, reason = "not every test uses everything")]

use kurabe_review::overrides::content_key;
use kurabe_review::sheet::SheetRow;
use kurabe_review::{Code, Codes};

pub fn code(id: &str, ja: &str, en: &str) -> Code {
    Code {
        id: id.to_owned(),
        label_ja: ja.to_owned(),
        label_en: en.to_owned(),
    }
}

pub fn codes() -> Codes {
    let list = vec![
        code("frontyard", "フロントヤード改革", "Front yard"),
        code("ai", "AIの利用推進", "Use of AI"),
        code("security", "セキュリティ対策の徹底", "Security"),
        code(
            "regional",
            "地域社会のデジタル化",
            "Regional digitalisation",
        ),
        code("organisation", "推進体制", "Organisation"),
        code("out-of-scope", "対象外", "Out of scope"),
    ];
    Codes::new("5.1", list)
}

pub fn row(id: &str, title: &str, primary: Option<&str>) -> SheetRow {
    SheetRow {
        measure_id: id.to_owned(),
        municipality: "例市".to_owned(),
        number: "007".to_owned(),
        title: title.to_owned(),
        departments: "総務課;情報課".to_owned(),
        section: "1-2".to_owned(),
        text: format!("{title}を行う。"),
        content_key: content_key(title, "総務課;情報課", ""),
        edition: "5.1".to_owned(),
        primary: primary.map(str::to_owned),
        program_primary: Some("ai".to_owned()),
        program_secondary: vec!["frontyard".to_owned(), "security".to_owned()],
        ..SheetRow::default()
    }
}

/// Five rows, half of them with text that spreadsheets like to spoil.
pub fn rows() -> Vec<SheetRow> {
    let mut rows = vec![
        row("a-1", "窓口予約", Some("frontyard")),
        row("a-2", "=HYPERLINK(\"http://x\",\"y\")", Some("ai")),
        row("a-3", "ＡＩ　“議事録”, \"引用\"\n二行目; 終わり", None),
        row("a-4", "'=1　－５％ ①㈱髙𠮷", Some("regional")),
        row("a-5", " _x0041_ <b>&amp; 007\t", Some("security")),
    ];
    rows[0].secondary = vec!["ai".to_owned(), "security".to_owned()];
    rows[1].reason = Some("-5 から ＝ まで\n@二行目".to_owned());
    rows[3].text = "\n先頭が改行\n\n末尾も\n".to_owned();
    rows[4].number = "1-2".to_owned();
    rows
}
