//! Character references and attributes by the HTML Standard, decoded by html5ever.

use std::cell::{Cell, RefCell};

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, Tag, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

/// Most rows or columns that a cell may span.
const MAX_SPAN: u16 = 64;

/// Columns and rows that a cell spans.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spans {
    pub(super) columns: u16,
    pub(super) rows: u16,
}

/// Collects what the tokenizer finds.
struct Sink {
    text: RefCell<String>,
    spans: Cell<Spans>,
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        match token {
            Token::CharacterTokens(text) => self.text.borrow_mut().push_str(&text),
            Token::NullCharacterToken => self.text.borrow_mut().push('\0'),
            Token::TagToken(tag) => self.spans.set(tag_spans(&tag)),
            Token::DoctypeToken(_)
            | Token::CommentToken(_)
            | Token::EOFToken
            | Token::ParseError(_) => {}
        }
        TokenSinkResult::Continue
    }
}

fn tokenize(source: &str) -> Sink {
    let spans = Cell::new(Spans {
        columns: 1,
        rows: 1,
    });
    let sink = Sink {
        text: RefCell::default(),
        spans,
    };
    let options = TokenizerOpts {
        discard_bom: false,
        ..TokenizerOpts::default()
    };
    let tokenizer = Tokenizer::new(sink, options);
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(source));
    let _done = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink
}

/// Appends `text` with its character references decoded; a `<` in it is text.
pub(super) fn push_text(text: &str, out: &mut String) {
    if !text.contains('&') {
        out.push_str(text);
        return;
    }
    for (i, part) in text.split('<').enumerate() {
        if i > 0 {
            out.push('<');
        }
        if part.contains('&') {
            out.push_str(&tokenize(part).text.into_inner());
        } else {
            out.push_str(part);
        }
    }
}

/// The spans that the tag `source` of a cell states.
pub(super) fn spans(source: &str) -> Spans {
    tokenize(source).spans.get()
}

fn tag_spans(tag: &Tag) -> Spans {
    let value = |name: &str| {
        let attribute = tag.attrs.iter().find(|a| &*a.name.local == name);
        attribute.map_or(1, |a| span(&a.value))
    };
    Spans {
        columns: value("colspan"),
        rows: value("rowspan"),
    }
}

/// The leading number of an attribute value, at least 1 and at most [`MAX_SPAN`].
fn span(value: &str) -> u16 {
    let digits = value.trim_start().bytes().take_while(u8::is_ascii_digit);
    let number = digits.fold(0_u16, |n, d| {
        n.saturating_mul(10).saturating_add(u16::from(d - b'0'))
    });
    number.clamp(1, MAX_SPAN)
}
