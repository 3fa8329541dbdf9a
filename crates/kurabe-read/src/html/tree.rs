//! Pieces of a cell → its content.
//!
//! Not the tree construction of the HTML Standard: that would nest a `<p>` in the `<ul>` left open
//! before it, while in these documents the paragraph goes on after the list.

use kurabe_page::{Cell, Node, Row, Table};

use super::element::Role;
use super::scan::{Piece, Tag};
use super::spec;
use crate::damage::{Damage, DamageLog};

/// Most elements that may be open at once; text in deeper ones joins the innermost open one.
const MAX_OPEN: usize = 64;

/// An open element.
enum Frame {
    Paragraph,
    /// A list, and whether its end tag follows.
    List {
        closed: bool,
    },
    Item,
    /// A table; `in_row` says whether cells go into its last row.
    Table {
        rows: Vec<Row>,
        in_row: bool,
    },
    /// A cell and where its content begins.
    Cell {
        cell: Cell,
        start: usize,
    },
}

/// Builds the content of the cell `raw` on `line` from its pieces.
pub(super) fn build(raw: &str, pieces: &[Piece], line: u32, damage: &mut DamageLog) -> Vec<Node> {
    let closed = closed_lists(pieces);
    let last_hidden_end = pieces
        .iter()
        .rposition(|p| is_tag(p, Role::Hidden, true))
        .unwrap_or(0);
    let mut builder = Builder::new(raw, line, damage);
    let mut hidden = false;
    for (i, (piece, closed)) in pieces.iter().zip(closed).enumerate() {
        match piece {
            Piece::Tag(tag) if tag.role == Role::Hidden => hidden = !tag.end && i < last_hidden_end,
            _ if hidden => {}
            Piece::Text(text) => builder.text(text),
            Piece::Tag(tag) if tag.end => builder.end(tag),
            Piece::Tag(tag) => builder.start(tag, closed),
        }
    }
    builder.finish()
}

fn is_tag(piece: &Piece, role: Role, end: bool) -> bool {
    matches!(piece, Piece::Tag(tag) if tag.role == role && tag.end == end)
}

/// For each piece, whether it starts a list whose end tag follows in the same cell of a table.
fn closed_lists(pieces: &[Piece]) -> Vec<bool> {
    let mut closed = vec![false; pieces.len()];
    let mut lists: Vec<usize> = Vec::new();
    // How many lists were open where each open table begins.
    let mut tables: Vec<usize> = Vec::new();
    for (i, piece) in pieces.iter().enumerate() {
        let Piece::Tag(tag) = piece else { continue };
        let floor = tables.last().copied().unwrap_or(0);
        match (tag.role, tag.end) {
            (Role::List, false) => lists.push(i),
            (Role::List, true) if lists.len() > floor => {
                if let Some(start) = lists.pop().and_then(|list| closed.get_mut(list)) {
                    *start = true;
                }
            }
            (Role::Table, false) => tables.push(lists.len()),
            (Role::Table, true) => lists.truncate(tables.pop().unwrap_or(lists.len())),
            (Role::Section | Role::Row | Role::Cell, _) if !tables.is_empty() => {
                lists.truncate(floor);
            }
            _ => {}
        }
    }
    closed
}

struct Builder<'a, 'd> {
    raw: &'a str,
    line: u32,
    damage: &'d mut DamageLog,
    /// Content outside all tables.
    nodes: Vec<Node>,
    stack: Vec<Frame>,
    /// Text not yet in a node.
    text: String,
    /// Whether a block in an item has begun or ended since the last text.
    break_due: bool,
    /// Where the tag at hand begins.
    at: usize,
}

impl<'a, 'd> Builder<'a, 'd> {
    fn new(raw: &'a str, line: u32, damage: &'d mut DamageLog) -> Self {
        Self {
            raw,
            line,
            damage,
            nodes: Vec::new(),
            stack: Vec::new(),
            text: String::new(),
            break_due: false,
            at: 0,
        }
    }

    fn text(&mut self, text: &str) {
        if self.break_due {
            if text.trim().is_empty() {
                return;
            }
            self.text.push('\n');
            self.break_due = false;
        }
        spec::push_text(text, &mut self.text);
    }

    fn start(&mut self, tag: &Tag, closed: bool) {
        self.at = tag.at.start;
        match tag.role {
            Role::Inline | Role::Hidden => {}
            Role::Break => self.text.push('\n'),
            Role::Block => self.start_block(),
            Role::Paragraph => {
                self.start_block();
                self.open(Frame::Paragraph);
            }
            Role::List => self.start_list(closed),
            Role::Item => self.start_item(),
            Role::Table => {
                self.start_block();
                self.flush();
                self.open(Frame::Table {
                    rows: Vec::new(),
                    in_row: false,
                });
            }
            Role::Section => self.end_row(),
            Role::Row => self.start_row(),
            Role::Cell => self.start_cell(tag),
        }
    }

    fn end(&mut self, tag: &Tag) {
        self.at = tag.at.start;
        match tag.role {
            Role::Inline | Role::Hidden => {}
            Role::Break => self.text.push('\n'),
            Role::Block => self.start_block(),
            Role::Paragraph if matches!(self.stack.last(), Some(Frame::Paragraph)) => {
                self.end_paragraph();
            }
            Role::Paragraph => self.stray(),
            Role::List => self.end_list(),
            Role::Item => self.end_item(),
            Role::Table => self.end_table(),
            Role::Section | Role::Row => self.end_row(),
            Role::Cell => {
                if !self.back_to_table() {
                    self.stray();
                }
            }
        }
    }

    fn finish(mut self) -> Vec<Node> {
        self.at = self.raw.len();
        while let Some(top) = self.stack.last() {
            if matches!(top, Frame::Table { .. }) {
                self.note(Damage::TableOpen);
            }
            self.pop();
        }
        self.flush();
        self.nodes
    }

    /// Ends the paragraph at hand and lists that are left open.
    fn start_block(&mut self) {
        self.boundary();
        if matches!(self.stack.last(), Some(Frame::Paragraph)) {
            self.end_paragraph();
        }
        while matches!(self.stack.last(), Some(Frame::List { closed: false })) {
            self.pop();
        }
    }

    fn end_paragraph(&mut self) {
        self.boundary();
        self.stack.pop();
    }

    fn start_list(&mut self, closed: bool) {
        if !closed {
            self.note(Damage::ListOpen);
        }
        self.start_block();
        self.flush();
        self.open(Frame::List { closed });
    }

    fn end_list(&mut self) {
        self.leave_item();
        if matches!(self.stack.last(), Some(Frame::List { .. })) {
            self.pop();
        } else {
            self.stray();
        }
    }

    fn start_item(&mut self) {
        self.leave_item();
        self.open(Frame::Item);
    }

    fn end_item(&mut self) {
        let open = self.in_item();
        self.leave_item();
        if !open {
            self.stray();
        }
    }

    /// Ends the paragraphs and items that are open in the innermost list.
    fn leave_item(&mut self) {
        self.flush();
        while matches!(self.stack.last(), Some(Frame::Paragraph | Frame::Item)) {
            self.pop();
        }
    }

    fn end_table(&mut self) {
        if self.back_to_table() {
            self.pop();
        } else {
            self.stray();
        }
    }

    fn start_row(&mut self) {
        if !self.back_to_table() {
            return self.boundary();
        }
        if let Some(Frame::Table { rows, in_row }) = self.stack.last_mut() {
            rows.push(Row {
                line: self.line,
                cells: Vec::new(),
            });
            *in_row = true;
        }
    }

    fn end_row(&mut self) {
        if !self.back_to_table() {
            return self.stray();
        }
        if let Some(Frame::Table { in_row, .. }) = self.stack.last_mut() {
            *in_row = false;
        }
    }

    fn start_cell(&mut self, tag: &Tag) {
        if !self.back_to_table() {
            return self.boundary();
        }
        if matches!(self.stack.last(), Some(Frame::Table { in_row: false, .. })) {
            self.start_row();
        }
        let spans = spec::spans(self.raw.get(tag.at.clone()).unwrap_or_default());
        let cell = Cell {
            column_span: spans.columns,
            row_span: spans.rows,
            ..Cell::default()
        };
        self.open(Frame::Cell {
            cell,
            start: tag.at.end,
        });
    }

    /// Closes everything inside the innermost table; false when no table is open.
    fn back_to_table(&mut self) -> bool {
        if !self
            .stack
            .iter()
            .any(|frame| matches!(frame, Frame::Table { .. }))
        {
            return false;
        }
        self.flush();
        while !matches!(self.stack.last(), Some(Frame::Table { .. })) {
            self.pop();
        }
        true
    }

    /// An end tag that ends nothing still separates text.
    fn stray(&mut self) {
        self.boundary();
        self.note(Damage::EndWithoutStart);
    }

    fn note(&mut self, damage: Damage) {
        self.damage.note(damage, self.line);
    }

    fn open(&mut self, frame: Frame) {
        if self.stack.len() < MAX_OPEN {
            self.stack.push(frame);
        } else {
            self.note(Damage::TooDeep);
        }
    }

    fn pop(&mut self) {
        self.flush();
        match self.stack.pop() {
            Some(Frame::Cell { mut cell, start }) => {
                cell.raw = self.raw.get(start..self.at).unwrap_or_default().to_owned();
                self.add_cell(cell);
            }
            Some(Frame::Table { rows, .. }) if !rows.is_empty() => {
                self.add(Node::Table(Table {
                    rows,
                    is_grid: false,
                }));
            }
            Some(Frame::Table { .. } | Frame::Paragraph | Frame::List { .. } | Frame::Item)
            | None => {}
        }
    }

    fn add_cell(&mut self, cell: Cell) {
        if let Some(Frame::Table { rows, .. }) = self.stack.last_mut()
            && let Some(row) = rows.last_mut()
        {
            row.cells.push(cell);
        }
    }

    /// Separates the text before from the text after: by a line break in an item, elsewhere by
    /// making nodes of their own.
    fn boundary(&mut self) {
        if self.in_item() {
            self.break_due = !self.text.trim().is_empty();
            if !self.break_due {
                self.text.clear();
            }
        } else {
            self.flush();
        }
    }

    /// Makes a node of the text so far, unless it is blank.
    fn flush(&mut self) {
        self.break_due = false;
        let text = std::mem::take(&mut self.text);
        if !text.trim().is_empty() {
            let node = self.node(text);
            self.add(node);
        }
    }

    fn in_item(&self) -> bool {
        matches!(
            self.stack.as_slice(),
            [.., Frame::Item] | [.., Frame::Item, Frame::Paragraph]
        )
    }

    fn node(&self, text: String) -> Node {
        match self.stack.last() {
            _ if self.in_item() => Node::Item(text),
            Some(Frame::Paragraph) => Node::Paragraph(text),
            Some(Frame::List { .. }) => Node::ListText(text),
            Some(Frame::Item | Frame::Table { .. } | Frame::Cell { .. }) | None => Node::Text(text),
        }
    }

    /// Adds to the innermost open cell. Text that stands in a table outside its cells so comes
    /// before the table, as the HTML Standard has it ("foster parenting").
    fn add(&mut self, node: Node) {
        let cell = self.stack.iter_mut().rev().find_map(|frame| match frame {
            Frame::Cell { cell, .. } => Some(&mut cell.content),
            Frame::Paragraph | Frame::List { .. } | Frame::Item | Frame::Table { .. } => None,
        });
        cell.unwrap_or(&mut self.nodes).push(node);
    }
}
