//! The package of a Word file: parts in a ZIP archive and the relationships between them (Open
//! Packaging Conventions, ISO/IEC 29500-2).

use encoding_rs::{Encoding, UTF_8};

use super::xml::Tree;
use crate::fault::{Fault, FaultKind};
use crate::limits::Limits;
use crate::{ReadError, zip_guard};

/// Name of the format in messages.
const WORD: &str = "Word";

/// The file cannot be read to its end.
pub(super) fn damaged(detail: Fault) -> ReadError {
    ReadError::Damaged {
        format: WORD,
        detail,
    }
}

/// An open package: its parts come through the guard that all files packed in ZIP share.
pub(super) struct Package<'b> {
    parts: zip_guard::Package<'b>,
}

/// A relationship of a part: what the target is to it, and its name in the package.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Relationship {
    /// Last part of the type, such as `styles` or `header`.
    pub(super) kind: String,
    /// Name of the part.
    pub(super) target: String,
}

impl<'b> Package<'b> {
    pub(super) fn open(bytes: &'b [u8], limits: Limits) -> Result<Self, ReadError> {
        let parts = zip_guard::Package::open_as(WORD, bytes, limits)?;
        Ok(Self { parts })
    }

    /// A part as a tree; `None` when the package has no such part.
    pub(super) fn tree(&mut self, name: &str) -> Result<Option<Tree>, ReadError> {
        let Some(bytes) = self.parts.whole(name)? else {
            return Ok(None);
        };
        let text = decoded(name, &bytes)?;
        Tree::parse(name, &text, &self.parts.limits()).map(Some)
    }

    /// The relationships of a part (of the package as a whole for an empty name).
    pub(super) fn relationships(&mut self, part: &str) -> Result<Vec<Relationship>, ReadError> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let name = resolved(folder, &format!("_rels/{file}.rels"));
        let Some(tree) = self.tree(&name)? else {
            return Ok(Vec::new());
        };
        let all = tree.all("rel:Relationship");
        let inside = all.filter(|rel| rel.attribute("TargetMode") != Some("External"));
        let found = inside.filter_map(|rel| {
            let (_, kind) = rel.attribute("Type")?.rsplit_once('/')?;
            Some(Relationship {
                kind: kind.to_owned(),
                target: resolved(folder, rel.attribute("Target")?),
            })
        });
        Ok(found.collect())
    }
}

/// XML parts are in UTF-8 or, with a byte order mark, in UTF-16.
fn decoded(name: &str, bytes: &[u8]) -> Result<String, ReadError> {
    let (encoding, mark) = Encoding::for_bom(bytes).unwrap_or((UTF_8, 0));
    let body = bytes.get(mark..).unwrap_or_default();
    let text = encoding.decode_without_bom_handling_and_without_replacement(body);
    let text = text.ok_or_else(|| {
        damaged(
            Fault::new(FaultKind::Encoding)
                .part(name)
                .cause(&encoding.name()),
        )
    })?;
    Ok(text.into_owned())
}

/// The name of a target that is given relative to a folder.
fn resolved(folder: &str, target: &str) -> String {
    let (base, target) = match target.strip_prefix('/') {
        Some(absolute) => ("", absolute),
        None => (folder, target),
    };
    let mut segments: Vec<&str> = Vec::new();
    for segment in base.split('/').chain(target.split('/')) {
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop();
            }
            segment => segments.push(segment),
        }
    }
    segments.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_resolved() {
        assert_eq!(resolved("word", "styles.xml"), "word/styles.xml");
        assert_eq!(resolved("word", "/word/a.xml"), "word/a.xml");
        assert_eq!(resolved("word/x", "../../../a.xml"), "a.xml");
        assert_eq!(resolved("", "_rels/.rels"), "_rels/.rels");
    }
}
