//! The properties of a Data Package, in the order in which they are written.

use serde::Serialize;

use super::resource::Resource;
use super::{PROFILE, Package, Source, is_relative_or_web};

/// Terms of use.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct License {
    /// Identifier of the Open Definition, such as `CC-BY-4.0`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What it is called.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Address of its text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
}

/// Somebody who takes part in a dataset.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Contributor {
    /// Name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Address of a page about them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// Mail address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// What they do, such as `publisher` or `contact`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<String>,
}

/// The whole descriptor.
#[derive(Debug, Serialize)]
pub(super) struct Descriptor<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    name: &'a str,
    title: &'a str,
    title_en: &'a str,
    description: &'a str,
    description_en: &'a str,
    version: &'a str,
    #[serde(skip_serializing_if = "<[License]>::is_empty")]
    licenses: &'a [License],
    #[serde(skip_serializing_if = "<[Contributor]>::is_empty")]
    contributors: &'a [Contributor],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sources: Vec<SourceEntry<'a>>,
    resources: Vec<Resource<'a>>,
}

/// A source as the standard knows it, with the properties that are ours.
#[derive(Debug, Serialize)]
struct SourceEntry<'a> {
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'a str>,
    file: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    document_id: Option<&'a str>,
    bytes: u64,
    hash: String,
}

impl<'a> Descriptor<'a> {
    pub(super) fn of(package: &'a Package, resources: Vec<Resource<'a>>) -> Self {
        Self {
            schema: PROFILE,
            name: &package.name,
            title: &package.title.ja,
            title_en: &package.title.en,
            description: &package.description.ja,
            description_en: &package.description.en,
            version: &package.version,
            licenses: &package.licenses,
            contributors: &package.contributors,
            sources: package.sources.iter().map(SourceEntry::of).collect(),
            resources,
        }
    }
}

impl<'a> SourceEntry<'a> {
    /// The path is the address where one is known, as the file does not lie in the package.
    fn of(source: &'a Source) -> Self {
        let url = source.url.as_deref();
        Self {
            title: &source.title,
            path: url.filter(|url| url.contains("://") && is_relative_or_web(url)),
            file: &source.file,
            document_id: source.document_id.as_deref(),
            bytes: source.bytes,
            hash: hash(&source.sha256),
        }
    }
}

/// A hash with the name of its algorithm, as the standard wants it.
pub(super) fn hash(sha256: &str) -> String {
    format!("sha256:{sha256}")
}
