//! The page that links to a document.

use encoding_rs::Encoding;
use regex::Regex;
use reqwest::header::{CONTENT_ENCODING, CONTENT_TYPE, HeaderMap};
use url::Url;

use crate::decode::{Coding, DecodeError, decode};
use crate::error::Result;
use crate::session::Session;
use crate::{FetchError, Source, link, media, shown};

/// The largest page that is looked through for links.
const LARGEST: u64 = 8 << 20;

/// How many addresses an error names.
const NAMED: usize = 5;

/// Charsets stand in the first bytes of a page (HTML Standard, 13.2.3.2).
const PRESCAN: usize = 1024;

/// Where the link of the source leads, or its own address when it has none.
pub(crate) async fn document_url(session: &Session<'_>, source: &Source) -> Result<Url> {
    let Some(pattern) = &source.link else {
        return Ok(source.url.clone());
    };
    let (html, page) = session
        .insist(&source.id, async || load(session, source).await)
        .await?;
    one(link::fitting(&html, &page, pattern), &page, pattern)
}

/// The only address that fits.
fn one(mut found: Vec<Url>, page: &Url, pattern: &Regex) -> Result<Url> {
    let (url, pattern) = (shown(page), pattern.as_str().to_owned());
    match found.pop() {
        None => Err(FetchError::LinkMissing { url, pattern }),
        Some(only) if found.is_empty() => Ok(only),
        Some(last) => {
            found.push(last);
            let found = found.iter().take(NAMED).map(shown).collect();
            Err(FetchError::LinkAmbiguous {
                url,
                pattern,
                found,
            })
        }
    }
}

/// The text of the page and its address after redirects.
async fn load(session: &Session<'_>, source: &Source) -> Result<(String, Url)> {
    let mut answer = session
        .follow(source, &source.url, HeaderMap::new())
        .await?;
    if answer.response.status().as_u16() != 200 {
        return Err(session.status(&answer));
    }
    let url = shown(&answer.url);
    let content_type = answer.text(CONTENT_TYPE).unwrap_or_default();
    let expected = ["text/html".to_owned()];
    let found = media::essence(&content_type);
    if !media::is_expected(Some(&found), &expected) {
        let expected = expected.to_vec();
        return Err(FetchError::MediaType {
            url,
            found,
            expected,
        });
    }
    let coding = coding(answer.text(CONTENT_ENCODING), &url)?;
    let body = session.small_body(&mut answer, LARGEST).await?;
    let mut page = Vec::new();
    decode(&*body, coding, &mut page, LARGEST).map_err(|error| undecodable(error, url, LARGEST))?;
    Ok((text(&page, &content_type), answer.url))
}

/// The coding of a header.
pub(crate) fn coding(header: Option<String>, url: &str) -> Result<Coding> {
    Coding::parse(header.as_deref()).ok_or_else(|| FetchError::Coding {
        url: url.to_owned(),
        coding: header.unwrap_or_default(),
    })
}

/// What it means that a body did not become a document.
pub(crate) fn undecodable(error: DecodeError, url: String, limit: u64) -> FetchError {
    match error {
        DecodeError::TooLarge => FetchError::Inflated { url, limit },
        DecodeError::Damaged(error) | DecodeError::Write(error) => FetchError::Undecodable {
            url,
            detail: error.to_string(),
        },
    }
}

/// The page as text: by its byte order mark, by what the server says, by what the page says, or
/// else by what its bytes look like.
fn text(page: &[u8], content_type: &str) -> String {
    let named = charset(content_type).or_else(|| {
        let head = page.get(..PRESCAN.min(page.len())).unwrap_or_default();
        charset(&String::from_utf8_lossy(head))
    });
    let encoding = named.unwrap_or_else(|| guessed(page));
    encoding.decode(page).0.into_owned()
}

fn charset(text: &str) -> Option<&'static Encoding> {
    let text = text.to_ascii_lowercase();
    let (_, label) = text.split_once("charset=")?;
    let label = label.trim_start_matches(['"', '\'', ' ']);
    let end = label.find(|c: char| !(c.is_ascii_alphanumeric() || "-_:".contains(c)));
    Encoding::for_label(label.get(..end.unwrap_or(label.len()))?.as_bytes())
}

fn guessed(page: &[u8]) -> &'static Encoding {
    use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(page, true);
    detector.guess(Some(b"jp"), Utf8Detection::Allow)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_read_in_the_encoding_they_are_written_in() {
        let words = "アクションプランの計画書を掲載しています";
        let (sjis, _, _) = encoding_rs::SHIFT_JIS.encode(words);
        assert_eq!(text(words.as_bytes(), "text/html"), words);
        assert_eq!(text(&sjis, "text/html; charset=\"Shift_JIS\""), words);
        assert_eq!(text(&sjis, "text/html"), words);
        let meta = [b"<meta charset='shift_jis'>".as_slice(), &sjis].concat();
        assert!(text(&meta, "text/html").ends_with(words));
    }

    #[test]
    fn one_document_is_wanted() {
        let page = Url::parse("https://example.jp/").unwrap();
        let pattern = Regex::new("pdf").unwrap();
        let urls = |names: &[&str]| names.iter().map(|n| page.join(n).unwrap()).collect();
        assert_eq!(one(urls(&["a"]), &page, &pattern).unwrap().path(), "/a");
        let none = one(Vec::new(), &page, &pattern).unwrap_err();
        assert!(matches!(none, FetchError::LinkMissing { .. }));
        let two = one(urls(&["a", "b"]), &page, &pattern)
            .unwrap_err()
            .to_string();
        assert!(
            two.contains("https://example.jp/a, https://example.jp/b"),
            "{two}"
        );
    }
}
