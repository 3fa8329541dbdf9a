//! Word files (Office Open XML, transitional and strict).
//!
//! Read is what is printed: the text after tracked changes, with the numbers that the program
//! makes. Comments, hidden text and what is repeated on every page is left out by rules that
//! coverage names (`comment`, `hidden`, `running_header`).

mod face;
mod flow;
mod notes;
mod numbering;
mod package;
mod styles;
mod symbol;
mod table;
mod text;
mod xml;

use kurabe_page::{Page, Unit};
use kurabe_trace::{Code, Finding, Locator, Staged};

use crate::build::PageBuilder;
use crate::facsimile::Part;
use crate::fault::{Fault, FaultKind};
use crate::pieces::{self, Budget, Piece};
use crate::{Hint, ReadError};
use flow::Flow;
use notes::NoteKind;
use numbering::Numbering;
use package::{Package, Relationship, damaged};
use styles::Styles;
use xml::{Changes, Tree};

/// The main part where no relationship says otherwise.
const USUAL: &str = "word/document.xml";

/// Reads a Word file.
pub(crate) fn read(bytes: &[u8], hint: &Hint) -> Result<Staged<Page>, ReadError> {
    let mut document = Document::open(Package::open(bytes, hint.limits)?)?;
    let styles = document.related("styles")?;
    let styles = styles.as_ref().map(Styles::read).unwrap_or_default();
    let numbering = document.related("numbering")?;
    let numbering = numbering.as_ref().map(Numbering::read).unwrap_or_default();
    let mut flow = Flow::new(&styles, numbering, Budget::new(hint.limits));
    let mut found = Vec::new();
    for body in document.main.all("w:body").take(1) {
        found.extend(flow.blocks(body)?);
    }
    let mut changes = document.main.changes;
    let settings = document.related("settings")?;
    for (kind, name) in [(NoteKind::Foot, "footnotes"), (NoteKind::End, "endnotes")] {
        if let Some(part) = document.related(name)? {
            found.extend(flow.read_notes(kind, &part, settings.as_ref())?);
            changes = changes.and(part.changes);
        }
    }
    found.extend(document.left_out()?);
    let mut page = PageBuilder::new("docx", Unit::Paragraph);
    page.findings
        .extend(changes.any().then(|| tracked(changes)));
    page.findings.extend(document.embedded());
    pieces::add(found, &mut page);
    page.finish()
}

/// The body of a Word file as the file says it is.
pub(crate) fn face(bytes: &[u8], hint: &Hint) -> Result<Vec<Part>, ReadError> {
    let document = Document::open(Package::open(bytes, hint.limits)?)?;
    let bodies = document.main.all("w:body").take(1);
    Ok(bodies.flat_map(face::parts).collect())
}

/// A document and its parts.
struct Document<'b> {
    package: Package<'b>,
    parts: Vec<Relationship>,
    main: Tree,
}

impl<'b> Document<'b> {
    fn open(mut package: Package<'b>) -> Result<Self, ReadError> {
        let relationships = package.relationships("")?;
        let main = relationships
            .into_iter()
            .find(|rel| rel.kind == "officeDocument");
        let name = main.map_or_else(|| USUAL.to_owned(), |rel| rel.target);
        let main = package.tree(&name)?;
        let main = main.ok_or_else(|| damaged(Fault::new(FaultKind::PartMissing).part(&name)))?;
        if main.all("w:document").next().is_none() {
            return Err(damaged(Fault::new(FaultKind::NoTextDocument).part(name)));
        }
        let parts = package.relationships(&name)?;
        Ok(Self {
            package,
            parts,
            main,
        })
    }

    /// The part that is this to the document.
    fn related(&mut self, kind: &str) -> Result<Option<Tree>, ReadError> {
        match self.parts.iter().find(|part| part.kind == kind) {
            Some(part) => self.package.tree(&part.target),
            None => Ok(None),
        }
    }

    /// Headers and footers with text, and comments.
    fn left_out(&mut self) -> Result<Vec<Piece>, ReadError> {
        let mut pieces = Vec::new();
        for part in &self.parts {
            let is_running = matches!(part.kind.as_str(), "header" | "footer");
            if is_running
                && self
                    .package
                    .tree(&part.target)?
                    .is_some_and(|t| t.is_written())
            {
                pieces.push(Piece::Skipped("running_header"));
            }
        }
        if let Some(comments) = self.related("comments")? {
            let comments = comments.all("w:comment");
            let written = comments.filter(|comment| comment.is_written());
            pieces.extend(written.map(|_| Piece::Skipped("comment")));
        }
        Ok(pieces)
    }

    /// A remark on whole files inside the document, which are not read.
    fn embedded(&self) -> Option<Finding> {
        let count = self.main.all("w:altChunk").count();
        let finding = Finding::new(
            Code::FileDamaged,
            Locator::Document,
            format!(
                "文書に取り込まれた別のファイルが{count}個あります。その内容は読んでいません。"
            ),
            format!("The document takes in {count} other files; what stands in them was not read."),
        );
        (count > 0).then_some(finding)
    }
}

fn tracked(changes: Changes) -> Finding {
    let Changes {
        inserted,
        deleted,
        moved,
    } = changes;
    Finding::new(
        Code::TrackedChanges,
        Locator::Document,
        format!(
            "変更履歴（挿入{inserted}件、削除{deleted}件、移動{moved}件）があります。反映後の文面を読みました。"
        ),
        format!(
            "The document holds tracked changes ({inserted} insertions, {deleted} deletions, \
             {moved} moves); the text after them was read."
        ),
    )
}
