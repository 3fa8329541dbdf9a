//! Tree → pieces: walks a document from its first node to its last, without recursion.

use super::dom::{Dom, Id, Node, Step};
use super::inline::Inline;
use super::role::{Around, Role, Section, role};
use super::style::{self, Mark};
use super::table;
use crate::ReadError;
use crate::pieces::{Budget, Piece};

/// An element that is open and means something for the text in it.
struct Frame {
    node: Id,
    kind: Kind,
    /// Whether white space in it is shown as it is.
    preformatted: bool,
}

enum Kind {
    Heading(u8),
    Paragraph,
    Block,
    List(Numbers),
    /// An item, with its number until it is printed.
    Item(Option<String>),
    Table(table::Builder),
    /// A part of a table that holds no text itself.
    TablePart,
    Caption,
    Cell,
}

/// The numbers of a list.
struct Numbers {
    mark: Mark,
    next: i32,
    step: i32,
}

/// Reads the pieces of a document.
pub(super) fn pieces(
    dom: &Dom,
    budget: Budget,
    skips_navigation: bool,
) -> Result<Vec<Piece>, ReadError> {
    let mut walk = Walk {
        dom,
        budget,
        skips_navigation,
        frames: Vec::new(),
        flows: vec![Vec::new()],
        inline: Inline::default(),
        preformatted: 0,
        deferred: Vec::new(),
    };
    let mut step = Some(Step::Enter(0));
    while let Some(at) = step {
        step = match at {
            Step::Enter(id) if !walk.enter(id) => dom.following(0, Step::Leave(id)),
            Step::Enter(_) => dom.following(0, at),
            Step::Leave(id) => {
                walk.leave(id)?;
                dom.following(0, at)
            }
        };
    }
    walk.flush();
    Ok(walk.flows.into_iter().flatten().collect())
}

struct Walk<'d> {
    dom: &'d Dom,
    budget: Budget,
    skips_navigation: bool,
    frames: Vec<Frame>,
    /// Pieces of the document and, above it, of the cells and captions that are open.
    flows: Vec<Vec<Piece>>,
    inline: Inline,
    /// How many open elements show white space as it is.
    preformatted: usize,
    /// Rules that left something out since the last piece.
    deferred: Vec<&'static str>,
}

impl<'d> Walk<'d> {
    /// Enters a node; whether what is below it is read, too.
    fn enter(&mut self, id: Id) -> bool {
        let Some(node) = self.dom.node(id) else {
            return false;
        };
        if let Some(text) = node.text() {
            self.text(text);
        }
        let around = Around {
            in_table: self.flows.len() > 1,
            skips_navigation: self.skips_navigation,
        };
        match role(self.dom, id, around) {
            None | Some(Role::Inline) => true,
            Some(Role::Silent) => false,
            Some(Role::Skipped(rule)) => {
                self.skip(id, rule);
                false
            }
            Some(Role::Break) => {
                self.inline.break_line();
                false
            }
            Some(role) => {
                self.open(id, node, role);
                true
            }
        }
    }

    fn text(&mut self, text: &str) {
        // White space between the parts of a table is nothing; the parser moves other text out.
        if matches!(self.kind(), Some(Kind::Table(_) | Kind::TablePart)) {
            return;
        }
        if self.preformatted > 0 {
            self.inline.push_preformatted(text);
        } else {
            self.inline.push(text);
        }
    }

    fn kind(&self) -> Option<&Kind> {
        self.frames.last().map(|frame| &frame.kind)
    }

    /// Leaves out what stands in an element, if anything does.
    fn skip(&mut self, id: Id, rule: &'static str) {
        let mut texts = self.dom.below(id).filter_map(Node::text);
        if texts.any(|text| !text.trim().is_empty()) {
            self.deferred.push(rule);
        }
    }

    fn open(&mut self, id: Id, node: &'d Node, role: Role) {
        match role {
            Role::Paragraph | Role::Preformatted | Role::Block => self.boundary(),
            _ => self.flush(),
        }
        let preformatted = role == Role::Preformatted || style::is_preformatted(node);
        self.preformatted += usize::from(preformatted);
        let kind = match role {
            Role::Heading(level) => Kind::Heading(level),
            Role::Paragraph | Role::Preformatted => Kind::Paragraph,
            Role::List(numbered) => Kind::List(self.numbers(id, node, numbered)),
            Role::Item => Kind::Item(self.number(node)),
            Role::Table => Kind::Table(table::Builder::default()),
            Role::Section(section) => self.section(section),
            Role::Row => self.row(),
            Role::Cell => self.part(Kind::Cell),
            Role::Caption => self.part(Kind::Caption),
            Role::Block | Role::Break | Role::Inline | Role::Skipped(_) | Role::Silent => {
                Kind::Block
            }
        };
        self.frames.push(Frame {
            node: id,
            kind,
            preformatted,
        });
    }

    fn section(&mut self, section: Section) -> Kind {
        let Some(table) = self.table() else {
            return Kind::Block;
        };
        table.start_group(section);
        Kind::TablePart
    }

    fn row(&mut self) -> Kind {
        let Some(table) = self.table() else {
            return Kind::Block;
        };
        table.start_row();
        Kind::TablePart
    }

    /// A part of a table with pieces of its own.
    fn part(&mut self, kind: Kind) -> Kind {
        if self.table().is_none() {
            return Kind::Block;
        }
        self.flows.push(Vec::new());
        kind
    }

    /// The table whose parts are being read.
    fn table(&mut self) -> Option<&mut table::Builder> {
        let frames = self.frames.iter_mut().rev();
        let mut outside = frames.skip_while(|frame| matches!(frame.kind, Kind::TablePart));
        match outside.next().map(|frame| &mut frame.kind) {
            Some(Kind::Table(table)) => Some(table),
            _ => None,
        }
    }

    fn leave(&mut self, id: Id) -> Result<(), ReadError> {
        if self.frames.last().is_none_or(|frame| frame.node != id) {
            return Ok(());
        }
        match self.kind() {
            Some(Kind::Paragraph | Kind::Block) => self.boundary(),
            _ => self.flush(),
        }
        let Some(frame) = self.frames.pop() else {
            return Ok(());
        };
        self.preformatted -= usize::from(frame.preformatted);
        match frame.kind {
            Kind::Table(table) => self.end_table(table),
            Kind::Cell => self.end_cell(self.dom.node(id)),
            Kind::Caption => {
                let captions = self.flows.pop().unwrap_or_default();
                if let Some(table) = self.table() {
                    table.captions.extend(captions);
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn end_table(&mut self, mut table: table::Builder) -> Result<(), ReadError> {
        let captions = std::mem::take(&mut table.captions);
        let grid = table.finish(&mut self.budget)?;
        self.add(captions);
        if grid.is_written() || !grid.skipped.is_empty() {
            self.add([Piece::Table(grid)]);
        }
        Ok(())
    }

    fn end_cell(&mut self, node: Option<&Node>) -> Result<(), ReadError> {
        let pieces = self.flows.pop().unwrap_or_default();
        let cell = self.budget.cell(pieces)?;
        if let Some(table) = self.table() {
            table.cell(cell, node);
        }
        Ok(())
    }

    fn numbers(&self, id: Id, node: &Node, is_numbered: bool) -> Numbers {
        let usual = if is_numbered { Mark::USUAL } else { Mark::None };
        let is_reversed = is_numbered && node.attribute("reversed").is_some();
        let items = || {
            let names = self.dom.children(id).filter_map(Node::html_name);
            i32::try_from(names.filter(|name| &***name == "li").count()).unwrap_or(1)
        };
        let start = node.attribute("start").and_then(integer);
        Numbers {
            mark: style::mark(node).unwrap_or(usual),
            next: start.unwrap_or_else(|| if is_reversed { items() } else { 1 }),
            step: if is_reversed { -1 } else { 1 },
        }
    }

    /// The number of an item as it is shown.
    fn number(&mut self, node: &Node) -> Option<String> {
        let frames = self.frames.iter_mut().rev();
        let mut lists =
            frames.take_while(|frame| !matches!(frame.kind, Kind::Cell | Kind::Caption));
        let list = lists.find_map(|frame| match &mut frame.kind {
            Kind::List(numbers) => Some(numbers),
            _ => None,
        })?;
        let stated = node.attribute("value").and_then(integer);
        let number = stated.unwrap_or(list.next);
        list.next = number.saturating_add(list.step);
        style::mark(node).unwrap_or(list.mark).print(number)
    }

    /// Separates the text before from the text after: by a line break in an item, elsewhere by
    /// making pieces of their own.
    fn boundary(&mut self) {
        if self.is_in_item() {
            self.inline.end_line();
        } else {
            self.flush();
        }
    }

    fn is_in_item(&self) -> bool {
        let frames = self.frames.iter().rev();
        let mut outside = frames.skip_while(|f| matches!(f.kind, Kind::Paragraph | Kind::Block));
        matches!(outside.next().map(|f| &f.kind), Some(Kind::Item(_)))
    }

    /// Makes a piece of the text so far.
    fn flush(&mut self) {
        if let Some(text) = self.inline.take() {
            let piece = self.piece(text);
            self.add([piece]);
        }
        let deferred = std::mem::take(&mut self.deferred);
        self.add(deferred.into_iter().map(Piece::Skipped));
    }

    fn add(&mut self, pieces: impl IntoIterator<Item = Piece>) {
        if let Some(flow) = self.flows.last_mut() {
            flow.extend(pieces);
        }
    }

    /// What a text is, by the elements around it.
    fn piece(&mut self, text: String) -> Piece {
        let is_paragraph = matches!(self.kind(), Some(Kind::Paragraph));
        let frames = self.frames.iter_mut().rev();
        let mut outside = frames.skip_while(|f| matches!(f.kind, Kind::Paragraph | Kind::Block));
        match outside.next().map(|frame| &mut frame.kind) {
            Some(Kind::Heading(level)) => Piece::Heading(*level, text),
            Some(Kind::Item(number)) => Piece::Item(number.take().unwrap_or_default() + &text),
            Some(Kind::List(_)) if !is_paragraph => Piece::ListText(text),
            _ if is_paragraph => Piece::Paragraph(text),
            _ => Piece::Text(text),
        }
    }
}

/// The whole number that an attribute begins with.
fn integer(value: &str) -> Option<i32> {
    let value = value.trim_ascii_start();
    let digits = |c: char| c.is_ascii_digit();
    let sign = usize::from(value.starts_with(['-', '+']));
    let end = value.get(sign..)?.find(|c| !digits(c));
    value
        .get(..end.map_or(value.len(), |end| end + sign))?
        .parse()
        .ok()
}
