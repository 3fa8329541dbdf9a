//! What parent and child say to each other. Both are the same program, so that the format needs no
//! version: a compact one without a limit of depth (postcard), because tables lie in tables.

use serde::{Deserialize, Serialize};

use super::{Bounds, Refusal};
use crate::engine::{Difference, Hint, Kind, Limits, Opinion, Page, Staged};

/// What is asked of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Ask {
    /// Its page.
    Page,
    /// What a second reader finds in it.
    Opinion,
}

/// The question: what is known of a file. Its bytes follow.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Question {
    pub(super) ask: Ask,
    pub(super) bounds: Bounds,
    /// How many bytes follow.
    pub(super) length: u64,
    name: Option<String>,
    kind: Option<String>,
    delimiter: Option<char>,
    hidden: bool,
    encoding: Option<String>,
    /// Bytes, unpacked bytes, ratio, cells, characters of a cell, pages, depth.
    limits: [u64; 7],
}

/// A page as it is sent.
pub(super) type Answer = Result<Staged<Page>, Refusal>;

/// The opinion of a second reader as it is sent.
pub(super) type Second = Result<Option<Sent>, Refusal>;

/// How many cells agree, and the differences: sheet, cell, what each reader finds.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Sent(u64, Vec<SentDifference>);

type SentDifference = (String, Option<(u32, u32)>, Option<String>, Option<String>);

impl From<Opinion> for Sent {
    fn from(opinion: Opinion) -> Self {
        let differences = opinion.differences.into_iter();
        let sent = differences.map(|d| (d.sheet, d.cell, d.ours, d.theirs));
        Self(opinion.agreed, sent.collect())
    }
}

impl From<Sent> for Opinion {
    fn from(Sent(agreed, differences): Sent) -> Self {
        let arrived = differences.into_iter();
        let arrived = arrived.map(|(sheet, cell, ours, theirs)| Difference {
            sheet,
            cell,
            ours,
            theirs,
        });
        Self {
            agreed,
            differences: arrived.collect(),
        }
    }
}

impl Question {
    pub(super) fn new(ask: Ask, bounds: Bounds, bytes: &[u8], hint: &Hint) -> Self {
        let kind = |kind| Kind::NAMES.iter().find(|(_, known)| *known == kind);
        let Limits {
            bytes: most,
            unpacked_bytes,
            ratio,
            cells,
            cell_characters,
            pages,
            depth,
        } = hint.limits;
        Self {
            ask,
            bounds,
            length: bytes.len() as u64,
            name: hint.name.map(str::to_owned),
            kind: hint.kind.and_then(kind).map(|(name, _)| (*name).to_owned()),
            delimiter: hint.delimiter,
            hidden: hint.hidden,
            encoding: hint.encoding.map(str::to_owned),
            limits: [
                most,
                unpacked_bytes,
                ratio,
                cells,
                cell_characters,
                pages,
                depth,
            ],
        }
    }

    pub(super) fn hint(&self) -> Hint<'_> {
        let [
            bytes,
            unpacked_bytes,
            ratio,
            cells,
            cell_characters,
            pages,
            depth,
        ] = self.limits;
        Hint {
            name: self.name.as_deref(),
            kind: self.kind.as_deref().and_then(Kind::parse),
            delimiter: self.delimiter,
            hidden: self.hidden,
            encoding: self.encoding.as_deref(),
            limits: Limits {
                bytes,
                unpacked_bytes,
                ratio,
                cells,
                cell_characters,
                pages,
                depth,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_arrives_as_it_was_asked() {
        let hint = Hint {
            name: Some("計画.pdf"),
            kind: Some(Kind::Pdf),
            delimiter: Some('、'),
            hidden: true,
            encoding: Some("cp932"),
            limits: Limits {
                pages: 3,
                ..Limits::default()
            },
        };
        let question = Question::new(Ask::Page, Bounds::default(), b"abc", &hint);
        let sent = postcard::to_stdvec(&question).unwrap();
        let arrived: Question = postcard::from_bytes(&sent).unwrap();
        assert_eq!(arrived.hint(), hint);
        assert_eq!(arrived.length, 3);
    }
}
