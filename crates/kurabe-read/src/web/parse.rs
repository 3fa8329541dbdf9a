//! Text → tree, by the HTML Standard, with bounds on depth and size.
//!
//! html5ever looks through all open elements at almost every tag, so that a hundred thousand
//! elements inside each other would take minutes. Tags that go deeper than the limit are therefore
//! left out between its tokenizer and its tree builder; the text in them stays.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use html5ever::interface::{TokenizerResult, Tracer, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{LocalName, local_name};

use super::dom::{Dom, Id, Sink};
use crate::ReadError;
use crate::limits::Limits;

/// Nodes of a tree for each cell that the limits allow: text, breaks and marks inside it.
const NODES_PER_CELL: u64 = 4;

/// A parsed document.
#[derive(Debug)]
pub(super) struct Parsed {
    /// The tree.
    pub(super) dom: Dom,
    /// Whether tags were left out because they go too deep.
    pub(super) is_cut: bool,
}

/// Parses a document.
pub(super) fn parse(text: &str, limits: &Limits) -> Result<Parsed, ReadError> {
    let filter = Filter::new(limits);
    let tokenizer = Tokenizer::new(filter, TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(&pseudo_tags_escaped(text)));
    // Scripts and encodings that the parser stops at do not matter here.
    while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
    tokenizer.end();
    let filter = tokenizer.sink;
    if filter.is_full() {
        return Err(ReadError::too_large("cells", limits.cells));
    }
    Ok(Parsed {
        is_cut: filter.is_cut.get(),
        dom: filter.builder.sink.finish(),
    })
}

/// Tags that cannot be elements (`<DX推進>`, `<https://…>`) as text. What stands in scripts and
/// attributes changes, too, but is not read.
fn pseudo_tags_escaped(text: &str) -> Cow<'_, str> {
    let mut escaped = String::new();
    let mut from = 0;
    for (at, _) in text.match_indices('<') {
        if is_pseudo_tag(text.get(at + 1..).unwrap_or_default()) {
            escaped.push_str(text.get(from..at).unwrap_or_default());
            escaped.push_str("&lt;");
            from = at + 1;
        }
    }
    if from == 0 {
        return Cow::Borrowed(text);
    }
    escaped.push_str(text.get(from..).unwrap_or_default());
    Cow::Owned(escaped)
}

/// Whether what follows a `<` begins like a tag and has a name that no element can have.
fn is_pseudo_tag(after: &str) -> bool {
    let name = after.strip_prefix('/').unwrap_or(after);
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return false;
    }
    let end = |c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>' | '<');
    let name = name.split(end).next().unwrap_or_default();
    let usual = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | ':');
    !name.chars().all(usual) || name.ends_with(':')
}

/// Stands between tokenizer and tree builder.
struct Filter {
    builder: TreeBuilder<Id, Sink>,
    depth: usize,
    nodes: usize,
    /// Open elements at most: exact when it was last counted, one more for each tag since.
    open: Cell<usize>,
    left_out: RefCell<LeftOut>,
    is_cut: Cell<bool>,
}

/// Start tags that were left out and have not ended.
#[derive(Default)]
struct LeftOut {
    names: Vec<LocalName>,
    counts: BTreeMap<LocalName, usize>,
}

impl LeftOut {
    fn push(&mut self, name: &LocalName) {
        self.names.push(name.clone());
        *self.counts.entry(name.clone()).or_default() += 1;
    }

    /// Takes an end tag; whether it belongs to a tag that was left out. One that does not ends an
    /// element around all of them.
    fn end(&mut self, name: &LocalName) -> bool {
        if self.counts.get(name).is_none_or(|count| *count == 0) {
            self.names.clear();
            self.counts.clear();
            return false;
        }
        while let Some(last) = self.names.pop() {
            if let Some(count) = self.counts.get_mut(&last) {
                *count = count.saturating_sub(1);
            }
            if last == *name {
                break;
            }
        }
        true
    }
}

/// Counts the elements that a tree builder knows as open.
struct Counter(Cell<usize>);

impl Tracer for Counter {
    type Handle = Id;

    fn trace_handle(&self, _node: &Id) {
        self.0.set(self.0.get() + 1);
    }
}

impl Filter {
    fn new(limits: &Limits) -> Self {
        let nodes = limits.cells.saturating_mul(NODES_PER_CELL);
        Self {
            builder: TreeBuilder::new(Sink::new(), TreeBuilderOpts::default()),
            depth: usize::try_from(limits.depth).unwrap_or(usize::MAX),
            nodes: usize::try_from(nodes).unwrap_or(usize::MAX),
            open: Cell::new(0),
            left_out: RefCell::default(),
            is_cut: Cell::new(false),
        }
    }

    fn is_full(&self) -> bool {
        self.builder.sink.len() > self.nodes
    }

    /// Whether a tag goes on to the tree builder.
    fn admits(&self, tag: &Tag) -> bool {
        match tag.kind {
            TagKind::EndTag => !self.left_out.borrow_mut().end(&tag.name),
            TagKind::StartTag if is_flat(&tag.name) => true,
            TagKind::StartTag => {
                let admitted = self.has_room();
                if !admitted {
                    self.is_cut.set(true);
                    self.left_out.borrow_mut().push(&tag.name);
                }
                admitted
            }
        }
    }

    fn has_room(&self) -> bool {
        if self.open.get() >= self.depth {
            let counter = Counter(Cell::new(0));
            self.builder.trace_handles(&counter);
            self.open.set(counter.0.get());
        }
        self.open.set(self.open.get() + 1);
        self.open.get() <= self.depth
    }
}

/// Elements that nothing can nest in; the text of some must not be taken for tags.
fn is_flat(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("br")
            | local_name!("hr")
            | local_name!("img")
            | local_name!("input")
            | local_name!("wbr")
            | local_name!("col")
            | local_name!("meta")
            | local_name!("link")
            | local_name!("script")
            | local_name!("style")
            | local_name!("title")
            | local_name!("textarea")
            | local_name!("noscript")
            | local_name!("iframe")
            | local_name!("noembed")
            | local_name!("noframes")
            | local_name!("xmp")
            | local_name!("plaintext")
    )
}

impl TokenSink for Filter {
    type Handle = Id;

    fn process_token(&self, token: Token, line_number: u64) -> TokenSinkResult<Id> {
        let passes = match &token {
            Token::TagToken(tag) => !self.is_full() && self.admits(tag),
            Token::CommentToken(_) => false,
            Token::CharacterTokens(_) | Token::NullCharacterToken => !self.is_full(),
            Token::DoctypeToken(_) | Token::EOFToken | Token::ParseError(_) => true,
        };
        if passes {
            self.builder.process_token(token, line_number)
        } else {
            TokenSinkResult::Continue
        }
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder
            .adjusted_current_node_present_but_not_in_html_namespace()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_no_element_has_are_text() {
        for (text, escaped) in [
            ("<DX推進>", "&lt;DX推進>"),
            ("</KPI値>", "&lt;/KPI値>"),
            ("<https://a.jp/>", "&lt;https://a.jp/>"),
            ("a@b <a@b.jp>", "a@b &lt;a@b.jp>"),
            ("<p class=\"写真\">", "<p class=\"写真\">"),
            ("<o:p><my-app>", "<o:p><my-app>"),
            ("<申請関係>", "<申請関係>"),
            ("a<b", "a<b"),
            ("<", "<"),
        ] {
            assert_eq!(pseudo_tags_escaped(text), escaped);
        }
    }

    #[test]
    fn nodes_are_bounded() {
        let limits = Limits {
            cells: 100,
            ..Limits::default()
        };
        let error = parse(&"<p>".repeat(1000), &limits).unwrap_err();
        assert_eq!(error, ReadError::too_large("cells", 100));
        // Each paragraph opens all marks anew that are left open.
        let marks: String = (0..60).map(|i| format!("<font size={i}>")).collect();
        let text = format!("<p>{marks}{}", "<p>x".repeat(1000));
        let limits = Limits {
            cells: 5000,
            ..Limits::default()
        };
        assert!(parse(&text, &limits).is_err());
    }
}
