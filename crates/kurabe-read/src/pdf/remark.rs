//! What is remarked about a file as a whole and about its pages.

use kurabe_trace::{Code, Finding, Locator};

use super::open::{Damage, Document};
use super::sheet::Sheet;
use crate::ReadError;
use crate::fault::{Fault, FaultKind};

impl Damage {
    /// The remark in Japanese and English.
    fn messages(self) -> (&'static str, &'static str) {
        match self {
            Self::ContentLost => (
                "ページの内容（描画命令）が見つからないか、展開できません。破損のおそれがあります。",
                "The contents of a page are missing or cannot be unpacked; the file is possibly damaged.",
            ),
            Self::ContentBroken => (
                "ページの内容に読めない命令があります。破損のおそれがあります。",
                "The contents of a page hold instructions that cannot be read; the file is possibly damaged.",
            ),
            Self::ResourceLost => (
                "ページで使うフォントまたは部品がファイルにありません。破損のおそれがあります。",
                "A page uses fonts or parts that the file does not hold; the file is possibly damaged.",
            ),
            Self::FontLost => (
                "読めないフォントがあり、その文字を読んでいません。破損のおそれがあります。",
                "A font cannot be read and its text was not read; the file is possibly damaged.",
            ),
            Self::NotInterpreted => (
                "ページを解釈できませんでした。破損のおそれがあります。",
                "A page could not be interpreted; the file is possibly damaged.",
            ),
            Self::TooMuch => (
                "1ページの内容が多すぎるため、全部は読んでいません。",
                "A page holds more than is read of one page; not all of it was read.",
            ),
            Self::TextHidden => (
                "ページの文字の多くが紙面の外にあるか大きさがなく、読んでいません。破損のおそれがあります。",
                "Much of the text of a page stands outside of it or has no size and was not read; the \
                 file is possibly damaged.",
            ),
        }
    }
}

/// The remarks on a file.
pub(super) fn findings(document: &Document, sheets: &[Sheet]) -> Vec<Finding> {
    let mut findings = Vec::new();
    findings.extend(of_file(document, sheets));
    for (index, sheet) in sheets.iter().enumerate() {
        let page = u32::try_from(index + 1).unwrap_or(u32::MAX);
        findings.extend(of_page(page, sheet));
    }
    findings
}

fn of_file(document: &Document, sheets: &[Sheet]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let damaged = |ja: &str, en: &str| Finding::new(Code::FileDamaged, Locator::Document, ja, en);
    if document.is_cut {
        findings.push(damaged(
            "ファイルの末尾または目次（相互参照表）が壊れています。残りの部分から復元して読みました。",
            "The end of the file or its table of objects is damaged; it was read from what is left.",
        ));
    }
    if document.survey.corrupt > 0 {
        let (corrupt, all) = (document.survey.corrupt, document.survey.streams);
        findings.push(
            damaged(
                "展開できない部分があります。文字が失われているおそれがあります。",
                "Parts of the file cannot be unpacked; text may be lost.",
            )
            .raw(format!("{corrupt}/{all}")),
        );
    }
    if let Some(promised) = document.promised.filter(|n| *n != sheets.len()) {
        let found = sheets.len();
        findings.push(damaged(
            &format!("ページ数が一致しません（記載 {promised}、実際 {found}）。"),
            &format!("The file says that it has {promised} pages and holds {found}."),
        ));
    }
    findings
}

fn of_page(page: u32, sheet: &Sheet) -> Vec<Finding> {
    let place = Locator::page(page, None);
    let mut findings: Vec<Finding> = sheet
        .damage
        .iter()
        .map(|damage| {
            let (ja, en) = damage.messages();
            Finding::new(Code::FileDamaged, place.clone(), ja, en)
        })
        .collect();
    if !sheet.has_text() && sheet.has_image {
        findings.push(Finding::new(
            Code::PageWithoutText,
            place.clone(),
            "画像だけで文字のないページです。文字認識（OCR）をしてから読み込んでください。",
            "The page is a picture without text; recognise its text first (OCR).",
        ));
    }
    if sheet.unknown > 0 {
        let (unknown, all) = (sheet.unknown, sheet.characters);
        findings.push(
            Finding::new(
                Code::EncodingReplaced,
                place,
                "フォントに文字の対応表がなく読めない文字を、U+FFFD に置き換えました。",
                "Characters whose font does not tell what they are were replaced by U+FFFD.",
            )
            .raw(format!("{unknown}/{all}")),
        );
    }
    findings
}

/// Why nothing can be read of a file without a character.
pub(super) fn without_text(sheets: &[Sheet]) -> ReadError {
    let is_scanned = sheets.iter().any(|s| s.has_image);
    let is_damaged = sheets.iter().any(|s| !s.damage.is_empty());
    if is_scanned {
        ReadError::Scanned
    } else if is_damaged {
        ReadError::Damaged {
            format: "PDF",
            detail: Fault::new(FaultKind::NoText),
        }
    } else {
        ReadError::Empty
    }
}
