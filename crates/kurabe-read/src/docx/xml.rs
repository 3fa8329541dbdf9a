//! A part as a tree that holds what a document says and leaves out the rest.
//!
//! Elements that only wrap others (hyperlinks, content controls, drawings, whatever is unknown)
//! are not in it: what they hold stands in the element around them. Of alternatives only the first
//! is there, of tracked changes only what is valid after them.

use quick_xml::XmlVersion;
use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::ResolveResult;
use quick_xml::reader::NsReader;

use super::package::damaged;
use crate::ReadError;
use crate::fault::{Fault, FaultKind};
use crate::limits::Limits;

/// Namespaces, transitional and strict, with the prefixes that stand for them here.
const NAMESPACES: &[(&str, &str)] = &[
    (
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "w",
    ),
    ("http://purl.oclc.org/ooxml/wordprocessingml/main", "w"),
    (
        "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "m",
    ),
    ("http://purl.oclc.org/ooxml/officeDocument/math", "m"),
    (
        "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "mc",
    ),
    (
        "http://schemas.openxmlformats.org/package/2006/relationships",
        "rel",
    ),
];

/// Elements that are kept.
const KEPT: &[&str] = &[
    "m:den",
    "m:t",
    "rel:Relationship",
    "w:abstractNum",
    "w:abstractNumId",
    "w:altChunk",
    "w:basedOn",
    "w:body",
    "w:br",
    "w:cellDel",
    "w:comment",
    "w:cr",
    "w:document",
    "w:endnote",
    "w:endnotePr",
    "w:endnoteRef",
    "w:endnoteReference",
    "w:fldChar",
    "w:footnote",
    "w:footnotePr",
    "w:footnoteRef",
    "w:footnoteReference",
    "w:gridAfter",
    "w:gridBefore",
    "w:gridSpan",
    "w:hMerge",
    "w:ilvl",
    "w:isLgl",
    "w:lvl",
    "w:lvlOverride",
    "w:lvlRestart",
    "w:lvlText",
    "w:name",
    "w:noBreakHyphen",
    "w:num",
    "w:numFmt",
    "w:numId",
    "w:numPr",
    "w:numStyleLink",
    "w:outlineLvl",
    "w:p",
    "w:pPr",
    "w:pStyle",
    "w:ptab",
    "w:r",
    "w:rPr",
    "w:rStyle",
    "w:start",
    "w:startOverride",
    "w:style",
    "w:suff",
    "w:sym",
    "w:t",
    "w:tab",
    "w:tbl",
    "w:tc",
    "w:tcPr",
    "w:tr",
    "w:trPr",
    "w:txbxContent",
    "w:vMerge",
    "w:vanish",
];

/// Elements that are left out with all that they hold.
const DROPPED: &[&str] = &[
    "m:ctrlPr",
    "w:binData",
    "w:customXmlPr",
    "w:delInstrText",
    "w:delText",
    "w:ffData",
    "w:fldData",
    "w:instrText",
    "w:numberingChange",
    "w:pPrChange",
    "w:pPrDefault",
    "w:rPrChange",
    "w:rPrDefault",
    "w:rt",
    "w:rubyPr",
    "w:sdtEndPr",
    "w:sdtPr",
    "w:sectPr",
    "w:sectPrChange",
    "w:smartTagPr",
    "w:tabs",
    "w:tblGridChange",
    "w:tblPrChange",
    "w:tblPrExChange",
    "w:tcPrChange",
    "w:trPrChange",
];

/// Attributes that are kept, whatever their namespace.
const ATTRIBUTES: &[&str] = &[
    "Target",
    "TargetMode",
    "Type",
    "abstractNumId",
    "char",
    "customMarkFollows",
    "default",
    "fldCharType",
    "font",
    "id",
    "ilvl",
    "numId",
    "space",
    "styleId",
    "type",
    "val",
];

/// A part.
#[derive(Debug, Default)]
pub(super) struct Tree {
    elements: Vec<Element>,
    /// Tracked changes in it.
    pub(super) changes: Changes,
}

#[derive(Debug)]
struct Element {
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
    text: String,
    first: Option<usize>,
    last: Option<usize>,
    next: Option<usize>,
}

/// How many tracked changes there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Changes {
    pub(super) inserted: u32,
    pub(super) deleted: u32,
    pub(super) moved: u32,
}

impl Changes {
    /// Whether there are any.
    pub(super) fn any(self) -> bool {
        self != Self::default()
    }

    /// Those of two parts together.
    pub(super) fn and(self, other: Self) -> Self {
        Self {
            inserted: self.inserted.saturating_add(other.inserted),
            deleted: self.deleted.saturating_add(other.deleted),
            moved: self.moved.saturating_add(other.moved),
        }
    }

    fn count(&mut self, name: &str) {
        let count = match name {
            "w:ins" => &mut self.inserted,
            "w:del" => &mut self.deleted,
            "w:moveFrom" => &mut self.moved,
            _ => return,
        };
        *count = count.saturating_add(1);
    }
}

/// An element of a tree.
#[derive(Debug, Clone, Copy)]
pub(super) struct El<'t> {
    tree: &'t Tree,
    id: usize,
}

impl<'t> El<'t> {
    fn element(self) -> Option<&'t Element> {
        self.tree.elements.get(self.id)
    }

    /// Name with the prefix that stands for its namespace here.
    pub(super) fn name(self) -> &'static str {
        self.element().map_or("", |element| element.name)
    }

    /// Value of an attribute.
    pub(super) fn attribute(self, name: &str) -> Option<&'t str> {
        let attributes = &self.element()?.attributes;
        let found = attributes.iter().find(|(key, _)| *key == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Text that stands directly in it.
    pub(super) fn text(self) -> &'t str {
        self.element().map_or("", |element| &element.text)
    }

    /// Elements directly in it.
    pub(super) fn children(self) -> impl Iterator<Item = El<'t>> {
        let tree = self.tree;
        let first = self.element().and_then(|element| element.first);
        let ids = std::iter::successors(first, move |id| tree.elements.get(*id)?.next);
        ids.map(move |id| El { tree, id })
    }

    /// The first element of the name directly in it.
    pub(super) fn child(self, name: &str) -> Option<El<'t>> {
        self.children().find(|child| child.name() == name)
    }

    /// The `val` of the first element of the name directly in it.
    pub(super) fn value(self, name: &str) -> Option<&'t str> {
        self.child(name)?.attribute("val")
    }

    /// Whether a property that is on or off is stated, and how.
    pub(super) fn switch(self, name: &str) -> Option<bool> {
        let value = self.child(name)?.attribute("val");
        Some(value.is_none_or(is_on))
    }

    /// Whether an attribute is there and on.
    pub(super) fn switch_attribute(self, name: &str) -> bool {
        self.attribute(name).is_some_and(is_on)
    }

    /// Whether any text stands in it.
    pub(super) fn is_written(self) -> bool {
        let is_written = !self.text().trim().is_empty();
        is_written || self.children().any(El::is_written)
    }
}

fn is_on(value: &str) -> bool {
    !matches!(value, "0" | "false" | "off")
}

impl Tree {
    /// All elements of the name, in the order of the part.
    pub(super) fn all(&self, name: &'static str) -> impl Iterator<Item = El<'_>> {
        let ids = self.elements.iter().enumerate();
        let found = ids.filter(move |(_, element)| element.name == name);
        found.map(|(id, _)| El { tree: self, id })
    }

    /// Whether any text stands in it.
    pub(super) fn is_written(&self) -> bool {
        let mut texts = self.elements.iter().map(|element| &element.text);
        texts.any(|text| !text.trim().is_empty())
    }

    /// Parses the part `name`.
    pub(super) fn parse(name: &str, text: &str, limits: &Limits) -> Result<Self, ReadError> {
        let mut reader = NsReader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        let mut parser = Parser::new(name, limits);
        loop {
            let event = reader.read_resolved_event();
            let (namespace, event) = event
                .map_err(|error| damaged(Fault::new(FaultKind::Markup).part(name).cause(&error)))?;
            let prefix = prefix(&namespace);
            match event {
                Event::Start(start) => parser.start(prefix, &start)?,
                Event::End(_) => parser.end(),
                Event::Text(text) => parser.text(&text.xml10_content()),
                Event::CData(text) => parser.text(&text.xml10_content()),
                Event::GeneralRef(reference) => parser.reference(&reference)?,
                Event::DocType(_) => {
                    return Err(damaged(Fault::new(FaultKind::DocumentType).part(name)));
                }
                Event::Eof => return parser.finish(),
                Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            }
        }
    }
}

fn prefix(namespace: &ResolveResult) -> Option<&'static str> {
    let ResolveResult::Bound(namespace) = namespace else {
        return None;
    };
    let found = NAMESPACES.iter().find(|(uri, _)| *uri == namespace.0);
    found.map(|(_, prefix)| *prefix)
}

/// What becomes of an element that is open.
enum Open {
    /// It is in the tree; the element that was open around it in the tree comes with it.
    Kept(Option<usize>),
    /// What it holds stands in the element around it.
    Through,
    /// Alternatives, of which one may have been taken.
    Alternatives,
}

struct Parser<'a> {
    part: &'a str,
    limits: &'a Limits,
    tree: Tree,
    open: Vec<Open>,
    /// For each alternatives that are open, whether one was taken.
    taken: Vec<bool>,
    /// How many elements are open that are left out.
    dropped: u64,
    current: Option<usize>,
}

impl<'a> Parser<'a> {
    fn new(part: &'a str, limits: &'a Limits) -> Self {
        Self {
            part,
            limits,
            tree: Tree::default(),
            open: Vec::new(),
            taken: Vec::new(),
            dropped: 0,
            current: None,
        }
    }

    fn error(&self, cause: &dyn std::fmt::Display) -> ReadError {
        damaged(Fault::new(FaultKind::Markup).part(self.part).cause(cause))
    }

    fn start(&mut self, prefix: Option<&str>, start: &BytesStart) -> Result<(), ReadError> {
        let open = u64::try_from(self.open.len()).unwrap_or(u64::MAX);
        if open.saturating_add(self.dropped) >= self.limits.depth {
            return Err(ReadError::too_large("depth", self.limits.depth));
        }
        let local = start.local_name();
        let name = prefix.map_or_else(String::new, |p| format!("{p}:{}", local.as_ref()));
        if self.dropped == 0 {
            self.tree.changes.count(&name);
        }
        if self.dropped > 0 || self.is_dropped(&name) {
            self.dropped += 1;
            return Ok(());
        }
        let open = match self.kept(&name) {
            Some(name) => self.add(name, start)?,
            None if name == "mc:AlternateContent" => {
                self.taken.push(false);
                Open::Alternatives
            }
            None => Open::Through,
        };
        self.open.push(open);
        Ok(())
    }

    /// Whether an element is left out; takes the first of alternatives.
    fn is_dropped(&mut self, name: &str) -> bool {
        match name {
            "mc:Choice" | "mc:Fallback" => {
                let is_direct = matches!(self.open.last(), Some(Open::Alternatives));
                let taken = self.taken.last_mut().filter(|_| is_direct);
                taken.is_some_and(|taken| std::mem::replace(taken, true))
            }
            "w:del" | "w:moveFrom" => !self.is_in_properties(),
            name => DROPPED.binary_search(&name).is_ok(),
        }
    }

    /// Whether marks of changes say something of a paragraph mark or of a row.
    fn is_in_properties(&self) -> bool {
        let around = self.current.and_then(|id| self.tree.elements.get(id));
        around.is_some_and(|element| matches!(element.name, "w:rPr" | "w:trPr"))
    }

    fn kept(&self, name: &str) -> Option<&'static str> {
        match name {
            "w:del" if self.is_in_properties() => Some("w:del"),
            "w:moveFrom" if self.is_in_properties() => Some("w:moveFrom"),
            name => KEPT
                .binary_search(&name)
                .ok()
                .and_then(|at| KEPT.get(at).copied()),
        }
    }

    fn add(&mut self, name: &'static str, start: &BytesStart) -> Result<Open, ReadError> {
        let id = self.tree.elements.len();
        if u64::try_from(id).unwrap_or(u64::MAX) >= self.limits.cells {
            return Err(ReadError::too_large("cells", self.limits.cells));
        }
        let attributes = self.attributes(start)?;
        self.tree.elements.push(Element {
            name,
            attributes,
            text: String::new(),
            first: None,
            last: None,
            next: None,
        });
        self.link(id);
        Ok(Open::Kept(self.current.replace(id)))
    }

    /// Makes an element the last child of the current one.
    fn link(&mut self, id: usize) {
        let Some(parent) = self.current.and_then(|id| self.tree.elements.get_mut(id)) else {
            return;
        };
        let before = parent.last.replace(id);
        if parent.first.is_none() {
            parent.first = Some(id);
        }
        if let Some(before) = before.and_then(|id| self.tree.elements.get_mut(id)) {
            before.next = Some(id);
        }
    }

    fn attributes(&self, start: &BytesStart) -> Result<Vec<(&'static str, String)>, ReadError> {
        let mut found = Vec::new();
        let mut attributes = start.attributes();
        for attribute in attributes.with_checks(false) {
            let attribute = attribute.map_err(|error| self.error(&error))?;
            if let Some(name) = attribute_name(&attribute) {
                let value = attribute.normalized_value(XmlVersion::Implicit1_0);
                let value = value.map_err(|error| self.error(&error))?;
                found.push((name, value.into_owned()));
            }
        }
        Ok(found)
    }

    fn end(&mut self) {
        if self.dropped > 0 {
            self.dropped -= 1;
            return;
        }
        match self.open.pop() {
            Some(Open::Kept(around)) => self.current = around,
            Some(Open::Alternatives) => {
                self.taken.pop();
            }
            Some(Open::Through) | None => {}
        }
    }

    /// Only some elements hold text; in others there is white space for the eye.
    fn text(&mut self, text: &str) {
        let current = self.current.filter(|_| self.dropped == 0);
        if let Some(element) = current.and_then(|id| self.tree.elements.get_mut(id))
            && matches!(element.name, "w:t" | "m:t")
        {
            element.text.push_str(text);
        }
    }

    fn reference(&mut self, reference: &BytesRef) -> Result<(), ReadError> {
        let character = reference.resolve_char_ref();
        let character = character.map_err(|error| self.error(&error))?;
        if let Some(character) = character {
            self.text(character.encode_utf8(&mut [0; 4]));
            return Ok(());
        }
        let name = reference.xml10_content();
        let Some(text) = quick_xml::escape::resolve_predefined_entity(&name) else {
            return Err(self.error(&format!("unknown entity `&{name};`")));
        };
        self.text(text);
        Ok(())
    }

    fn finish(self) -> Result<Tree, ReadError> {
        if self.open.is_empty() && self.dropped == 0 {
            Ok(self.tree)
        } else {
            Err(damaged(Fault::new(FaultKind::EndsEarly).part(self.part)))
        }
    }
}

fn attribute_name(attribute: &Attribute) -> Option<&'static str> {
    let (local, _) = attribute.key.decompose();
    let at = ATTRIBUTES.binary_search(&local.as_ref()).ok()?;
    ATTRIBUTES.get(at).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted() {
        assert!(KEPT.is_sorted() && DROPPED.is_sorted() && ATTRIBUTES.is_sorted());
    }
}
