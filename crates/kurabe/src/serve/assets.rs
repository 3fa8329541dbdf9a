//! The pages of this program itself: the review page, and what keeps the report current.

use kurabe_serve::Reply;

use crate::text::Lang;

const REVIEW: &str = include_str!("../../web/review/review.html");
const WAITING: &str = include_str!("../../web/review/waiting.html");

const HTML: &str = "text/html; charset=utf-8";
const JS: &str = "text/javascript; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";

/// Path, media type and content of every other file.
const FILES: [(&str, &str, &str); 5] = [
    (
        "/live/live.js",
        JS,
        include_str!("../../web/review/live.js"),
    ),
    (
        "/live/live.css",
        CSS,
        include_str!("../../web/review/live.css"),
    ),
    (
        "/review/texts.js",
        JS,
        include_str!("../../web/review/texts.js"),
    ),
    (
        "/review/review.js",
        JS,
        include_str!("../../web/review/review.js"),
    ),
    (
        "/review/review.css",
        CSS,
        include_str!("../../web/review/review.css"),
    ),
];

/// What keeps a page of the report current.
const LIVE: &str = "<link rel=\"stylesheet\" href=\"/live/live.css\">\
                    <script src=\"/live/live.js\" defer></script>\n";

/// One of the own files.
pub(super) fn file(path: &str) -> Option<Reply> {
    let found = FILES.iter().find(|(known, _, _)| *known == path);
    found.map(|(_, media_type, text)| Reply::new(media_type, *text))
}

/// The review page; the token lets it send changes.
pub(super) fn review(lang: Lang, token: &str) -> Reply {
    let page = REVIEW
        .replace("{lang}", lang.pick("ja", "en"))
        .replace("{token}", token);
    Reply::new(HTML, page)
}

/// The page while there is no report yet.
pub(super) fn waiting(lang: Lang) -> Reply {
    Reply::new(HTML, WAITING.replace("{lang}", lang.pick("ja", "en")))
}

/// The start page of a report with what keeps it current. A content security policy of the page
/// itself, made for files without a server, gives way to that of the answer.
pub(super) fn enlivened(page: &str) -> String {
    let page = without_policy(page);
    match page.find("</head>") {
        Some(at) => format!("{}{LIVE}{}", &page[..at], &page[at..]),
        // A head that ends where the body begins.
        None => format!("{page}{LIVE}"),
    }
}

fn without_policy(page: &str) -> String {
    let lower = page.to_ascii_lowercase();
    let named = lower.find("http-equiv=\"content-security-policy\"");
    let tag = named.and_then(|at| {
        let start = lower[..at].rfind("<meta")?;
        let end = at + lower[at..].find('>')? + 1;
        Some(start..end)
    });
    match tag {
        Some(tag) => format!("{}{}", &page[..tag.start], &page[tag.end..]),
        None => page.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_become_live_and_the_policy_of_the_answer_counts() {
        let page = "<html><head><meta http-equiv=\"Content-Security-Policy\" \
                    content=\"default-src 'none'\"><title>市</title></head><body></body></html>";
        let live = enlivened(page);
        assert!(
            live.starts_with("<html><head><title>市</title><link"),
            "{live}"
        );
        assert!(
            live.contains("/live/live.js\" defer></script>\n</head>"),
            "{live}"
        );
        assert!(!live.contains("default-src"));
        assert!(enlivened("<title>a</title><p>b").starts_with("<title>a</title><p>b<link"));
    }

    #[test]
    fn own_pages_load_nothing_inline_or_from_elsewhere() {
        for page in [REVIEW, WAITING] {
            let lower = page.to_ascii_lowercase();
            for word in ["http:", "https:", "style=", "onclick", "<style", "<script>"] {
                assert!(!lower.contains(word), "{word}");
            }
        }
        for (path, _, text) in FILES {
            for word in [
                "innerHTML",
                "insertAdjacentHTML",
                "document.write",
                "eval(",
                "http://",
                "https://",
            ] {
                assert!(!text.contains(word), "{path}: {word}");
            }
        }
    }
}
