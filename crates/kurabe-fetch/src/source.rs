//! A source: where a document is on the web, and what is expected of it.

use regex::Regex;
use serde::Deserialize;
use url::Url;

/// A source as written in a configuration.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceSpec {
    /// Identifier: Latin letters, digits, `-` and `_`.
    pub id: String,
    /// Address of the document, or of the page that links to it.
    pub url: String,
    /// Pattern of the link to the document on that page, matched against the text of the link
    /// and its address, with a blank between them.
    pub link: Option<String>,
    /// Media types that the document may have; by default the one of its file name.
    #[serde(default)]
    pub media_types: Vec<String>,
    /// File below `raw/`; by default the identifier with the ending of the document's address.
    pub file: Option<String>,
    /// Whether the host of `url` may have a private address. No other host may.
    #[serde(default)]
    pub allow_private: bool,
}

/// A source that can be fetched.
#[derive(Debug, Clone)]
pub struct Source {
    /// Identifier.
    pub id: String,
    /// Address of the document, or of the page that links to it.
    pub url: Url,
    /// Pattern of the link to the document.
    pub link: Option<Regex>,
    /// Media types that the document may have, in small letters.
    pub media_types: Vec<String>,
    /// File below `raw/`, written with `/`.
    pub file: Option<String>,
    /// Whether the host of `url` may have a private address.
    pub allow_private: bool,
}

/// Why a source cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SourceError {
    /// The identifier has other characters.
    #[error("source {id:?}: the id may hold Latin letters, digits, - and _ only; rename it")]
    Id {
        /// The identifier.
        id: String,
    },
    /// Two sources have the same identifier.
    #[error("source {id}: there are two sources of this id; rename one")]
    Twice {
        /// The identifier.
        id: String,
    },
    /// Two sources have the same file.
    #[error("source {id}: the source {other} has the same file; give one another `file`")]
    SameFile {
        /// The second source.
        id: String,
        /// The first source.
        other: String,
    },
    /// The address cannot be used.
    #[error("source {id}: the url is no http or https address; correct it")]
    Url {
        /// The source.
        id: String,
    },
    /// The pattern cannot be used.
    #[error("source {id}: the link pattern is wrong ({detail}); correct it")]
    Link {
        /// The source.
        id: String,
        /// What is wrong.
        detail: String,
    },
    /// The file is not below `raw/`, or would not be read.
    #[error(
        "source {id}: {file:?} is no file name below raw/ that would be read; no hidden files, \
         README, *.md, *.toml or manifest"
    )]
    File {
        /// The source.
        id: String,
        /// The file.
        file: String,
    },
    /// A media type is none.
    #[error("source {id}: {media_type:?} is no media type; write it like application/pdf")]
    MediaType {
        /// The source.
        id: String,
        /// The media type.
        media_type: String,
    },
}

impl Source {
    /// Checks a source of a configuration.
    ///
    /// # Errors
    /// When something in it cannot be used.
    pub fn new(spec: &SourceSpec) -> Result<Self, SourceError> {
        let id = spec.id.clone();
        let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        if id.is_empty() || !id.chars().all(is_plain) {
            return Err(SourceError::Id { id });
        }
        let file = spec.file.clone();
        if let Some(file) = file.clone().filter(|file| !is_file(file)) {
            return Err(SourceError::File { id, file });
        }
        Ok(Self {
            url: url(spec)?,
            link: link(spec)?,
            media_types: media_types(spec)?,
            allow_private: spec.allow_private,
            file,
            id,
        })
    }

    /// Checks all sources of a configuration, also against one another.
    ///
    /// # Errors
    /// At the first that cannot be used.
    pub fn all(specs: &[SourceSpec]) -> Result<Vec<Self>, SourceError> {
        let mut sources: Vec<Self> = Vec::with_capacity(specs.len());
        for spec in specs {
            let source = Self::new(spec)?;
            if sources.iter().any(|other| other.id == source.id) {
                return Err(SourceError::Twice { id: source.id });
            }
            let same = |other: &&Self| other.file.is_some() && other.file == source.file;
            if let Some(other) = sources.iter().find(same) {
                let other = other.id.clone();
                return Err(SourceError::SameFile {
                    id: source.id,
                    other,
                });
            }
            sources.push(source);
        }
        Ok(sources)
    }

    /// Whether a URL is on the host that may have a private address.
    pub(crate) fn may_be_private(&self, url: &Url) -> bool {
        self.allow_private
            && self.url.host() == url.host()
            && self.url.port_or_known_default() == url.port_or_known_default()
    }
}

fn url(spec: &SourceSpec) -> Result<Url, SourceError> {
    Url::parse(&spec.url)
        .ok()
        .filter(is_web)
        .ok_or_else(|| SourceError::Url {
            id: spec.id.clone(),
        })
}

/// Whether a URL is one that can be fetched.
pub(crate) fn is_web(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https") && url.host().is_some()
}

fn link(spec: &SourceSpec) -> Result<Option<Regex>, SourceError> {
    let pattern = spec.link.as_deref().map(Regex::new).transpose();
    pattern.map_err(|error| SourceError::Link {
        id: spec.id.clone(),
        detail: error.to_string().replace('\n', " "),
    })
}

fn media_types(spec: &SourceSpec) -> Result<Vec<String>, SourceError> {
    let one = |written: &String| {
        let media_type = written.trim().to_ascii_lowercase();
        let is_type = media_type
            .split_once('/')
            .is_some_and(|(kind, name)| !kind.is_empty() && !name.is_empty());
        if is_type && !media_type.contains([';', ' ']) {
            return Ok(media_type);
        }
        Err(SourceError::MediaType {
            id: spec.id.clone(),
            media_type: written.clone(),
        })
    };
    spec.media_types.iter().map(one).collect()
}

/// Whether a path is one of a file below `raw/` that a run would read.
fn is_file(path: &str) -> bool {
    let is_part = |part: &str| {
        !part.is_empty() && !part.starts_with('.') && !part.contains(['\\', ':', '\0'])
    };
    let name = path
        .rsplit('/')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    let is_note = name.starts_with("readme")
        || name == crate::MANIFEST_NAME
        || [".md", ".toml", ".tmp", "~"]
            .iter()
            .any(|ending| name.ends_with(ending));
    path.split('/').all(is_part) && !is_note
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spec(id: &str, url: &str) -> SourceSpec {
        SourceSpec {
            id: id.to_owned(),
            url: url.to_owned(),
            ..SourceSpec::default()
        }
    }

    #[test]
    fn wrong_sources_are_refused() {
        let id = Source::new(&spec("a b", "https://example.jp/")).unwrap_err();
        assert!(matches!(id, SourceError::Id { .. }));
        for url in ["ftp://example.jp/", "a.pdf", "file:///etc/passwd"] {
            let error = Source::new(&spec("a", url)).unwrap_err();
            assert!(matches!(error, SourceError::Url { .. }), "{url}");
        }
        for file in [
            "../a.pdf",
            "/a.pdf",
            ".a.pdf",
            "a//b.pdf",
            "README.txt",
            "manifest.jsonl",
        ] {
            let mut spec = spec("a", "https://example.jp/");
            spec.file = Some(file.to_owned());
            let error = Source::new(&spec).unwrap_err();
            assert!(matches!(error, SourceError::File { .. }), "{file}");
        }
        let mut wrong = spec("a", "https://example.jp/");
        wrong.link = Some("(".to_owned());
        assert!(matches!(Source::new(&wrong), Err(SourceError::Link { .. })));
        wrong.link = None;
        wrong.media_types = vec!["pdf".to_owned()];
        assert!(matches!(
            Source::new(&wrong),
            Err(SourceError::MediaType { .. })
        ));
    }

    #[test]
    fn sources_do_not_share_ids_or_files() {
        let one = spec("a", "https://example.jp/1");
        let twice = Source::all(&[one.clone(), one.clone()]).unwrap_err();
        assert!(matches!(twice, SourceError::Twice { .. }));
        let file = Some("a.pdf".to_owned());
        let both = ["a", "b"].map(|id| SourceSpec {
            id: id.to_owned(),
            file: file.clone(),
            ..one.clone()
        });
        assert!(matches!(
            Source::all(&both),
            Err(SourceError::SameFile { .. })
        ));
    }

    #[test]
    fn only_the_named_host_may_be_private() {
        let mut spec = spec("a", "http://10.0.0.1:8080/x");
        spec.allow_private = true;
        let source = Source::new(&spec).unwrap();
        let is_allowed = |url: &str| source.may_be_private(&Url::parse(url).unwrap());
        assert!(is_allowed("http://10.0.0.1:8080/y"));
        assert!(!is_allowed("http://10.0.0.1/y"));
        assert!(!is_allowed("http://10.0.0.2:8080/y"));
    }
}
