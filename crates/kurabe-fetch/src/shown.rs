//! How a URL is shown: without what could be a secret.

use url::Url;

/// What stands in the place of a secret.
const HIDDEN: &str = "***";

/// Words in the name of a query parameter whose value may be a secret (API keys, signed links).
const SECRETS: [&str; 10] = [
    "token",
    "key",
    "secret",
    "sig",
    "pass",
    "pwd",
    "auth",
    "credential",
    "session",
    "jwt",
];

/// The URL without user name, password and the values of parameters that may be secrets. Only
/// this form is written into the manifest, told or put into errors.
#[must_use]
pub fn shown(url: &Url) -> String {
    let mut url = url.clone();
    // Neither can fail for a URL that has a host; without one there is nothing to hide.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    if url.query_pairs().any(|(name, _)| is_secret(&name)) {
        let query = url.query().unwrap_or_default();
        let hidden: Vec<String> = query.split('&').map(hide).collect();
        url.set_query(Some(&hidden.join("&")));
    }
    url.to_string()
}

fn hide(pair: &str) -> String {
    match pair.split_once('=') {
        Some((name, _)) if is_secret(name) => format!("{name}={HIDDEN}"),
        _ => pair.to_owned(),
    }
}

fn is_secret(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    SECRETS.iter().any(|secret| name.contains(secret))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_hidden_and_the_rest_stays() {
        let url = "https://me:pw@example.jp/a.pdf?id=3&X-Amz-Signature=abc&Token=x#p";
        let url = Url::parse(url).unwrap();
        let wanted = "https://example.jp/a.pdf?id=3&X-Amz-Signature=***&Token=***#p";
        assert_eq!(shown(&url), wanted);
        let url = Url::parse("https://example.jp/a.pdf?b=%E6%9D%BE").unwrap();
        assert_eq!(shown(&url), url.as_str());
    }
}
