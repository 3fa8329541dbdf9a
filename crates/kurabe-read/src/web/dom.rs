//! The tree of an HTML document: nodes in one list that name their neighbours by number, so that
//! neither walking it nor dropping it goes deep.
//!
//! A tree of our own because the parser must be stopped from nesting and growing without bound
//! (`parse.rs`), and because the ready-made ones bring selectors or shared pointers that nothing
//! here needs.

use std::borrow::Cow;
use std::cell::{Ref, RefCell};

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::{Attribute, LocalName, QualName, local_name, ns};

/// Number of a node.
pub(super) type Id = usize;

/// What a node is.
#[derive(Debug)]
pub(super) enum Data {
    /// The document, a comment, or another node without text.
    Other,
    /// An element.
    Element(QualName, Vec<Attribute>),
    /// Text.
    Text(StrTendril),
}

/// A node and its neighbours.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) data: Data,
    parent: Option<Id>,
    previous: Option<Id>,
    next: Option<Id>,
    first_child: Option<Id>,
    last_child: Option<Id>,
}

/// A document. Node 0 is the document itself.
#[derive(Debug)]
pub(super) struct Dom {
    nodes: Vec<Node>,
    /// The name of what is no element.
    nameless: QualName,
}

/// A step of a walk through the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// A node begins.
    Enter(Id),
    /// A node that was entered ends.
    Leave(Id),
}

impl Dom {
    fn new() -> Self {
        let nodes = Vec::new();
        let nameless = QualName::new(None, ns!(), local_name!(""));
        let mut dom = Self { nodes, nameless };
        dom.add(Data::Other);
        dom
    }

    fn add(&mut self, data: Data) -> Id {
        self.nodes.push(Node {
            data,
            parent: None,
            previous: None,
            next: None,
            first_child: None,
            last_child: None,
        });
        self.nodes.len() - 1
    }

    /// How many nodes there are.
    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// A node.
    pub(super) fn node(&self, id: Id) -> Option<&Node> {
        self.nodes.get(id)
    }

    /// The node around a node.
    pub(super) fn parent(&self, id: Id) -> Option<Id> {
        self.node(id)?.parent
    }

    /// The step of a walk from `root` that follows `step`; `None` at the end.
    pub(super) fn following(&self, root: Id, step: Step) -> Option<Step> {
        match step {
            Step::Enter(id) => Some(match self.node(id)?.first_child {
                Some(child) => Step::Enter(child),
                None => Step::Leave(id),
            }),
            Step::Leave(id) if id == root => None,
            Step::Leave(id) => {
                let node = self.node(id)?;
                let next = node.next.map(Step::Enter);
                next.or_else(|| node.parent.map(Step::Leave))
            }
        }
    }

    /// The nodes below `root`, itself included, in the order of the document.
    pub(super) fn below(&self, root: Id) -> impl Iterator<Item = &Node> {
        let first = Some(Step::Enter(root));
        let steps = std::iter::successors(first, move |step| self.following(root, *step));
        steps.filter_map(|step| match step {
            Step::Enter(id) => self.node(id),
            Step::Leave(_) => None,
        })
    }

    /// The elements directly in `parent`.
    pub(super) fn children(&self, parent: Id) -> impl Iterator<Item = &Node> {
        let first = self.node(parent).and_then(|node| node.first_child);
        let ids = std::iter::successors(first, |id| self.node(*id)?.next);
        ids.filter_map(|id| self.node(id))
    }

    fn detach(&mut self, id: Id) {
        let Some(node) = self.nodes.get_mut(id) else {
            return;
        };
        let (parent, previous, next) = (node.parent.take(), node.previous.take(), node.next.take());
        match previous.and_then(|p| self.nodes.get_mut(p)) {
            Some(previous) => previous.next = next,
            None => self.change(parent, |parent| parent.first_child = next),
        }
        match next.and_then(|n| self.nodes.get_mut(n)) {
            Some(next) => next.previous = previous,
            None => self.change(parent, |parent| parent.last_child = previous),
        }
    }

    fn change(&mut self, id: Option<Id>, change: impl FnOnce(&mut Node)) {
        if let Some(node) = id.and_then(|id| self.nodes.get_mut(id)) {
            change(node);
        }
    }

    /// Puts `child` before `next`, or at the end of `parent`.
    fn insert(&mut self, parent: Option<Id>, next: Option<Id>, child: Id) {
        self.detach(child);
        let previous = match next.and_then(|id| self.node(id)) {
            Some(next) => next.previous,
            None => parent.and_then(|id| self.node(id)?.last_child),
        };
        self.change(Some(child), |node| {
            (node.parent, node.previous, node.next) = (parent, previous, next);
        });
        match previous {
            Some(_) => self.change(previous, |node| node.next = Some(child)),
            None => self.change(parent, |node| node.first_child = Some(child)),
        }
        match next {
            Some(_) => self.change(next, |node| node.previous = Some(child)),
            None => self.change(parent, |node| node.last_child = Some(child)),
        }
    }

    /// Puts a node or text before `next`, or at the end of `parent`; text joins text before it.
    fn put(&mut self, parent: Option<Id>, next: Option<Id>, child: NodeOrText<Id>) {
        let text = match child {
            NodeOrText::AppendNode(child) => return self.insert(parent, next, child),
            NodeOrText::AppendText(text) => text,
        };
        let previous = match next {
            Some(next) => self.node(next).and_then(|node| node.previous),
            None => parent.and_then(|id| self.node(id)?.last_child),
        };
        let before = previous.and_then(|id| self.nodes.get_mut(id));
        if let Some(Node {
            data: Data::Text(before),
            ..
        }) = before
        {
            before.push_tendril(&text);
        } else {
            let child = self.add(Data::Text(text));
            self.insert(parent, next, child);
        }
    }
}

impl Node {
    /// Name of an element of HTML.
    pub(super) fn html_name(&self) -> Option<&LocalName> {
        match &self.data {
            Data::Element(name, _) if name.ns == ns!(html) => Some(&name.local),
            Data::Element(..) | Data::Other | Data::Text(_) => None,
        }
    }

    /// Name of an element of SVG or MathML.
    pub(super) fn foreign_name(&self) -> Option<&LocalName> {
        match &self.data {
            Data::Element(name, _) if name.ns != ns!(html) => Some(&name.local),
            Data::Element(..) | Data::Other | Data::Text(_) => None,
        }
    }

    /// Value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        match &self.data {
            Data::Element(_, attributes) => {
                let found = attributes.iter().find(|a| &*a.name.local == name);
                found.map(|a| &*a.value)
            }
            Data::Other | Data::Text(_) => None,
        }
    }

    /// The text of a text node.
    pub(super) fn text(&self) -> Option<&str> {
        match &self.data {
            Data::Text(text) => Some(text),
            Data::Element(..) | Data::Other => None,
        }
    }
}

/// Receives what the parser builds.
pub(super) struct Sink {
    dom: RefCell<Dom>,
}

impl Sink {
    /// A sink with an empty document.
    pub(super) fn new() -> Self {
        Self {
            dom: RefCell::new(Dom::new()),
        }
    }

    /// How many nodes there are so far.
    pub(super) fn len(&self) -> usize {
        self.dom.borrow().len()
    }
}

impl TreeSink for Sink {
    type Handle = Id;
    type Output = Dom;
    type ElemName<'a> = Ref<'a, QualName>;

    fn finish(self) -> Dom {
        self.dom.into_inner()
    }

    fn parse_error(&self, _message: Cow<'static, str>) {}

    fn get_document(&self) -> Id {
        0
    }

    fn elem_name<'a>(&'a self, target: &'a Id) -> Ref<'a, QualName> {
        Ref::map(self.dom.borrow(), |dom| {
            match dom.node(*target).map(|node| &node.data) {
                Some(Data::Element(name, _)) => name,
                Some(Data::Other | Data::Text(_)) | None => &dom.nameless,
            }
        })
    }

    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, _: ElementFlags) -> Id {
        self.dom.borrow_mut().add(Data::Element(name, attrs))
    }

    fn create_comment(&self, _text: StrTendril) -> Id {
        self.dom.borrow_mut().add(Data::Other)
    }

    fn create_pi(&self, _target: StrTendril, _data: StrTendril) -> Id {
        self.dom.borrow_mut().add(Data::Other)
    }

    fn append(&self, parent: &Id, child: NodeOrText<Id>) {
        self.dom.borrow_mut().put(Some(*parent), None, child);
    }

    fn append_based_on_parent_node(&self, element: &Id, previous: &Id, child: NodeOrText<Id>) {
        if self.dom.borrow().parent(*element).is_some() {
            self.append_before_sibling(element, child);
        } else {
            self.append(previous, child);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    /// What stands in a template is kept in the template itself.
    fn get_template_contents(&self, target: &Id) -> Id {
        *target
    }

    fn same_node(&self, x: &Id, y: &Id) -> bool {
        x == y
    }

    fn set_quirks_mode(&self, _mode: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Id, new_node: NodeOrText<Id>) {
        let mut dom = self.dom.borrow_mut();
        let parent = dom.parent(*sibling);
        dom.put(parent, Some(*sibling), new_node);
    }

    fn add_attrs_if_missing(&self, target: &Id, attrs: Vec<Attribute>) {
        self.dom.borrow_mut().change(Some(*target), |node| {
            if let Data::Element(_, known) = &mut node.data {
                for attribute in attrs {
                    if known.iter().all(|a| a.name != attribute.name) {
                        known.push(attribute);
                    }
                }
            }
        });
    }

    fn remove_from_parent(&self, target: &Id) {
        self.dom.borrow_mut().detach(*target);
    }

    fn reparent_children(&self, node: &Id, new_parent: &Id) {
        let mut dom = self.dom.borrow_mut();
        while let Some(child) = dom.node(*node).and_then(|node| node.first_child) {
            dom.insert(Some(*new_parent), None, child);
        }
    }
}
