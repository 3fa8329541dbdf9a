//! Links of an HTML page, and those that fit a pattern.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use regex::Regex;
use unicode_normalization::UnicodeNormalization;
use url::Url;

/// A link: its text with single blanks, and its address as written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Link {
    pub(crate) text: String,
    pub(crate) href: String,
}

/// What is collected of a page.
#[derive(Debug, Default)]
struct Links {
    base: RefCell<Option<String>>,
    done: RefCell<Vec<Link>>,
    open: RefCell<Option<Link>>,
}

impl TokenSink for Links {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        match token {
            Token::TagToken(tag) => self.tag(&tag),
            Token::CharacterTokens(text) => {
                if let Some(link) = self.open.borrow_mut().as_mut() {
                    link.text.push_str(&text);
                }
                TokenSinkResult::Continue
            }
            _ => TokenSinkResult::Continue,
        }
    }
}

impl Links {
    fn tag(&self, tag: &Tag) -> TokenSinkResult<()> {
        let is_start = tag.kind == TagKind::StartTag;
        match &*tag.name {
            "a" | "area" => {
                self.close();
                if is_start {
                    let title = attribute(tag, "alt").unwrap_or_default();
                    let open = attribute(tag, "href").map(|href| Link { text: title, href });
                    *self.open.borrow_mut() = open;
                }
            }
            "img" => {
                if let Some(link) = self.open.borrow_mut().as_mut() {
                    link.text += &format!(" {} ", attribute(tag, "alt").unwrap_or_default());
                }
            }
            "base" => {
                self.base
                    .borrow_mut()
                    .get_or_insert(attribute(tag, "href").unwrap_or_default());
            }
            "script" if is_start => return TokenSinkResult::RawData(RawKind::ScriptData),
            "style" | "noframes" | "iframe" if is_start => {
                return TokenSinkResult::RawData(RawKind::Rawtext);
            }
            "textarea" | "title" if is_start => return TokenSinkResult::RawData(RawKind::Rcdata),
            _ => {}
        }
        TokenSinkResult::Continue
    }

    fn close(&self) {
        if let Some(mut link) = self.open.borrow_mut().take() {
            link.text = link.text.split_whitespace().collect::<Vec<_>>().join(" ");
            link.href = link.href.trim().to_owned();
            self.done.borrow_mut().push(link);
        }
    }
}

fn attribute(tag: &Tag, name: &str) -> Option<String> {
    let attribute = tag
        .attrs
        .iter()
        .find(|attribute| &*attribute.name.local == name)?;
    Some(attribute.value.to_string())
}

/// The addresses of all links of a page that fit the pattern, each once, in their order. The
/// pattern is looked for in the text of the link, a blank, and the whole address with its
/// percent-encoding undone; in that as written, and in that with one width of characters (NFKC).
pub(crate) fn fitting(html: &str, page: &Url, pattern: &Regex) -> Vec<Url> {
    let (links, base) = links(html);
    let base = base.and_then(|href| page.join(&href).ok());
    let base = base.as_ref().unwrap_or(page);
    let mut found: Vec<Url> = Vec::new();
    for link in links {
        let Ok(mut url) = base.join(&link.href) else {
            continue;
        };
        url.set_fragment(None);
        let line = format!("{} {}", link.text, unescaped(&url));
        let folded: String = line.nfkc().collect();
        let fits = pattern.is_match(&line) || pattern.is_match(&folded);
        if fits && crate::source::is_web(&url) && !found.contains(&url) {
            found.push(url);
        }
    }
    found
}

fn links(html: &str) -> (Vec<Link>, Option<String>) {
    let tokenizer = Tokenizer::new(Links::default(), TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(html));
    // A script only pauses the tokenizer; the rest is fed again until nothing is left.
    while !input.is_empty() {
        let _ = tokenizer.feed(&input);
    }
    tokenizer.end();
    tokenizer.sink.close();
    let links = tokenizer.sink;
    (links.done.into_inner(), links.base.into_inner())
}

/// An address with its percent-encoding undone, where that is UTF-8.
fn unescaped(url: &Url) -> String {
    let query = url.query().map(|query| format!("?{query}"));
    let path = format!("{}{}", url.path(), query.unwrap_or_default());
    let plain = percent_decoded(path.as_bytes());
    let origin = url.origin().ascii_serialization();
    format!("{origin}{}", String::from_utf8(plain).unwrap_or(path))
}

fn percent_decoded(bytes: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((&byte, after)) = rest.split_first() {
        let digits = after.get(..2).filter(|_| byte == b'%');
        let digits = digits.and_then(|digits| std::str::from_utf8(digits).ok());
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(decoded) => {
                plain.push(decoded);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                plain.push(byte);
                rest = after;
            }
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<html><head><title><a href=no.pdf>x</a></title>\
        <script>'<a href=no.pdf>アクションプラン</a>'</script></head><body>\
        <!-- <a href=no.pdf>アクションプラン</a> -->\
        <p><a href=\"/uploaded/1.pdf\">第２次 アクション\nプラン</a>\
        <A HREF='plan/%E8%A8%88%E7%94%BB.pdf'><b>アクションプラン</b>（令和５年度）[ＰＤＦ]</a>\
        <a href=\"plan/%E8%A8%88%E7%94%BB.pdf#page=2\">アクションプランの2ページ</a>\
        <a href=mailto:a@example.jp>アクションプランの担当</a>\
        <a href='x.pdf'><img alt='概要版'></a>";

    fn found(pattern: &str) -> Vec<String> {
        let page = Url::parse("https://example.jp/dx/index.html").unwrap();
        let pattern = Regex::new(pattern).unwrap();
        let urls = fitting(PAGE, &page, &pattern);
        urls.into_iter().map(String::from).collect()
    }

    #[test]
    fn links_are_found_by_text_and_address() {
        let plan = "https://example.jp/dx/plan/%E8%A8%88%E7%94%BB.pdf";
        assert_eq!(found(r"アクションプラン.*\.pdf"), [plan]);
        assert_eq!(found("令和5年度.*PDF"), [plan]);
        assert_eq!(found("計画\\.pdf$"), [plan]);
        assert_eq!(found("^第2次"), ["https://example.jp/uploaded/1.pdf"]);
        assert_eq!(found("概要版"), ["https://example.jp/dx/x.pdf"]);
        assert!(found("no\\.pdf").is_empty());
        assert_eq!(found("pdf").len(), 3);
    }

    #[test]
    fn the_base_of_the_page_counts() {
        let page = Url::parse("https://example.jp/a/").unwrap();
        let html = "<base href='/files/'><a href=p.pdf>p</a>";
        let pattern = Regex::new("pdf").unwrap();
        let urls = fitting(html, &page, &pattern);
        assert_eq!(urls[0].as_str(), "https://example.jp/files/p.pdf");
    }
}
