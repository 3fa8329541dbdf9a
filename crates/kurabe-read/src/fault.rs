//! What is wrong with a damaged file, in English and in Japanese.

use std::fmt;

/// What is wrong with a damaged file, and in which of its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The part of a packed file.
    part: Option<String>,
    kind: FaultKind,
    /// What a library said of it, in English.
    cause: Option<String>,
}

macro_rules! kinds {
    ($($(#[doc = $doc:literal])+ $name:ident = $ja:literal, $en:literal;)+) => {
        /// What can be wrong with a file.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum FaultKind { $($(#[doc = $doc])+ $name,)+ }

        impl FaultKind {
            fn ja(self) -> &'static str {
                match self { $(Self::$name => $ja,)+ }
            }

            fn en(self) -> &'static str {
                match self { $(Self::$name => $en,)+ }
            }
        }
    };
}

kinds! {
    /// The list of parts of a packed file.
    Package = "書庫の目録を読めません", "its list of parts cannot be read";
    /// Parts that share their bytes.
    Overlap = "書庫の部品が互いに重なっています", "its parts lie in one another";
    /// A part that cannot be taken out.
    Part = "取り出せません", "it cannot be taken out";
    /// A part that cannot be unpacked to its end.
    Unpacking = "最後まで展開できません", "it cannot be unpacked";
    /// A part that is not there.
    PartMissing = "この部品がありません", "this part is missing";
    /// Broken markup.
    Markup = "XML として読めません", "its markup cannot be read";
    /// Markup that could declare entities.
    DocumentType = "文書型宣言（DOCTYPE）があります", "it declares a document type";
    /// Markup that ends early.
    EndsEarly = "要素が閉じないまま終わっています", "it ends before its elements do";
    /// Bytes that are none of the encoding.
    Encoding = "文字コードが合いません", "it is not valid in its encoding";
    /// A part of another kind.
    NoTextDocument = "文書の本文ではありません", "it is no text document";
    /// A package of another kind.
    NoWorkbook = "ブックではありません", "it is no workbook";
    /// An OLE file without a workbook.
    WorkbookMissing = "ブックが入っていません", "it holds no workbook";
    /// A workbook that begins with something else.
    WorkbookStart = "ブックの先頭の記録がありません", "its workbook does not begin like one";
    /// A workbook of a version that is not read.
    TooOld = "Excel 5 より前の版で書かれています", "it was written by a version before Excel 5";
    /// A cell that no sheet can hold.
    OutsideOfSheet = "シートの範囲を超えるセルがあります", "a cell is outside of any sheet";
    /// A cut header.
    HeaderCut = "先頭が途中で切れています", "its header is cut off";
    /// A header that cannot be.
    SectorSize = "先頭に書かれた区画の大きさが不正です", "its header names no known size of sectors";
    /// No directory.
    NoDirectory = "目録がありません", "it has no directory";
    /// An encryption that is not known.
    Encryption = "暗号化の方式を読めません", "its encryption cannot be read";
    /// No table of objects.
    NoObjects = "目次（相互参照表）が見つかりません", "no table of its objects can be found";
    /// No pages.
    NoPages = "ページがありません", "it has no pages";
    /// No text on any page.
    NoText = "どのページからも文字を読めません", "no text can be read from any page";
    /// Records that cannot be told apart.
    Records = "行とセルに分けられません", "its records cannot be told apart";
    /// Something that only the second reader refuses.
    SecondReader = "calamine が開けません", "calamine cannot open it";
}

impl Fault {
    pub(crate) fn new(kind: FaultKind) -> Self {
        Self {
            part: None,
            kind,
            cause: None,
        }
    }

    /// Names the part of the file.
    pub(crate) fn part(mut self, part: impl Into<String>) -> Self {
        self.part = Some(part.into());
        self
    }

    /// Keeps what a library said of it.
    pub(crate) fn cause(mut self, cause: &dyn fmt::Display) -> Self {
        self.cause = Some(cause.to_string());
        self
    }

    /// The words in Japanese. What a library says in English is left out.
    #[must_use]
    pub fn ja(&self) -> String {
        match &self.part {
            Some(part) => format!("{part}：{}", self.kind.ja()),
            None => self.kind.ja().to_owned(),
        }
    }
}

/// In English.
impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(part) = &self.part {
            write!(f, "{part}: ")?;
        }
        f.write_str(self.kind.en())?;
        match &self.cause {
            Some(cause) => write!(f, ": {cause}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_is_told_in_both_languages() {
        let fault = Fault::new(FaultKind::Unpacking)
            .part("xl/a.xml")
            .cause(&"Invalid checksum");
        assert_eq!(
            fault.to_string(),
            "xl/a.xml: it cannot be unpacked: Invalid checksum"
        );
        assert_eq!(fault.ja(), "xl/a.xml：最後まで展開できません");
    }
}
