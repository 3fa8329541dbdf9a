//! Media types: what is expected, what the server says, what the first bytes say.

use url::Url;

use crate::Source;

/// A kind of document.
struct Kind {
    media_type: &'static str,
    /// Other names that servers use for it.
    synonyms: &'static [&'static str],
    ending: &'static str,
    /// How its bytes begin, where they always begin alike.
    magic: Option<&'static [u8]>,
}

const ZIP: Option<&[u8]> = Some(b"PK\x03\x04");
const OLE: Option<&[u8]> = Some(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");

const fn kind(
    media_type: &'static str,
    synonyms: &'static [&'static str],
    ending: &'static str,
    magic: Option<&'static [u8]>,
) -> Kind {
    Kind {
        media_type,
        synonyms,
        ending,
        magic,
    }
}

/// The kinds that plans come in (IANA media types).
const KINDS: [Kind; 12] = [
    kind(
        "application/pdf",
        &["application/x-pdf"],
        "pdf",
        Some(b"%PDF-"),
    ),
    kind(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        &[],
        "xlsx",
        ZIP,
    ),
    kind(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        &[],
        "docx",
        ZIP,
    ),
    kind(
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        &[],
        "pptx",
        ZIP,
    ),
    kind(
        "application/vnd.oasis.opendocument.spreadsheet",
        &[],
        "ods",
        ZIP,
    ),
    kind(
        "application/zip",
        &["application/x-zip-compressed"],
        "zip",
        ZIP,
    ),
    kind(
        "application/vnd.ms-excel",
        &["application/excel", "application/x-msexcel"],
        "xls",
        OLE,
    ),
    kind("application/msword", &[], "doc", OLE),
    kind("application/vnd.ms-powerpoint", &[], "ppt", OLE),
    kind(
        "text/csv",
        &[
            "application/csv",
            "text/comma-separated-values",
            "text/plain",
        ],
        "csv",
        None,
    ),
    kind("text/plain", &[], "txt", None),
    kind("text/html", &["application/xhtml+xml"], "html", None),
];

/// What servers say of any file to be saved: the bytes decide.
const ANY: [&str; 4] = [
    "application/octet-stream",
    "binary/octet-stream",
    "application/force-download",
    "application/x-download",
];

/// The media types that a document may have: what the source says, or else what the ending of
/// its file or address means. Empty when nothing is expected.
pub(crate) fn expected(source: &Source, document: &Url) -> Vec<String> {
    if !source.media_types.is_empty() {
        return source.media_types.clone();
    }
    let by_file = source.file.as_deref().and_then(ending);
    let ending = by_file.or_else(|| ending(document.path()));
    let kind = ending.and_then(|ending| KINDS.iter().find(|kind| kind.ending == ending));
    kind.map(|kind| kind.media_type.to_owned())
        .into_iter()
        .collect()
}

/// The file name ending for a document: of its address where that has a known one, or else of
/// its media type.
pub(crate) fn ending_of(document: &Url, media_types: &[&str]) -> &'static str {
    let known = |ending: String| KINDS.iter().find(|kind| kind.ending == ending);
    let by_address = ending(document.path()).and_then(known);
    let by_type = || {
        media_types
            .iter()
            .find_map(|media_type| of_type(media_type))
    };
    by_address
        .or_else(by_type)
        .map_or("bin", |kind| kind.ending)
}

fn of_type(media_type: &str) -> Option<&'static Kind> {
    let is_it = |kind: &&Kind| kind.media_type == media_type || kind.synonyms.contains(&media_type);
    KINDS
        .iter()
        .find(|kind| kind.media_type == media_type)
        .or_else(|| KINDS.iter().find(is_it))
}

fn ending(path: &str) -> Option<String> {
    let name = path.rsplit('/').next()?;
    let (_, ending) = name.rsplit_once('.')?;
    match ending.to_ascii_lowercase().as_str() {
        "htm" => Some("html".to_owned()),
        other => Some(other.to_owned()),
    }
}

/// The media type of a `Content-Type` header without its parameters.
pub(crate) fn essence(header: &str) -> String {
    let essence = header.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

/// Whether a media type that the server names is one of the expected ones.
pub(crate) fn is_expected(named: Option<&str>, expected: &[String]) -> bool {
    let Some(named) = named.filter(|named| !named.is_empty()) else {
        return true;
    };
    let fits = |expected: &String| {
        let synonyms = of_type(expected).map_or(&[][..], |kind| kind.synonyms);
        named == expected || synonyms.contains(&named)
    };
    expected.is_empty() || ANY.contains(&named) || expected.iter().any(fits)
}

/// Whether a document begins like one of the expected kinds. Where one of them may begin in any
/// way, every document does.
pub(crate) fn begins_as_expected(head: &[u8], expected: &[String]) -> bool {
    let fits = |expected: &String| {
        let magic = of_type(expected).and_then(|kind| kind.magic);
        magic.is_none_or(|magic| head.windows(magic.len()).any(|part| part == magic))
    };
    expected.is_empty() || expected.iter().any(fits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SourceSpec;

    fn source(file: Option<&str>, media_types: &[&str]) -> Source {
        Source::new(&SourceSpec {
            id: "a".to_owned(),
            url: "https://example.jp/".to_owned(),
            file: file.map(str::to_owned),
            media_types: media_types.iter().map(|&m| m.to_owned()).collect(),
            ..SourceSpec::default()
        })
        .unwrap()
    }

    #[test]
    fn expectations_follow_from_the_source_its_file_or_the_address() {
        let url = Url::parse("https://example.jp/a/Plan.PDF?x=1").unwrap();
        assert_eq!(expected(&source(None, &[]), &url), ["application/pdf"]);
        assert_eq!(expected(&source(Some("a.csv"), &[]), &url), ["text/csv"]);
        assert_eq!(expected(&source(None, &["text/html"]), &url), ["text/html"]);
        let other = Url::parse("https://example.jp/download?id=3").unwrap();
        assert!(expected(&source(None, &[]), &other).is_empty());
        assert_eq!(ending_of(&url, &[]), "pdf");
        assert_eq!(ending_of(&other, &["application/msword"]), "doc");
        assert_eq!(ending_of(&other, &["text/plain"]), "txt");
        assert_eq!(ending_of(&other, &["x/y"]), "bin");
    }

    #[test]
    fn types_are_compared_by_what_servers_say_of_them() {
        let pdf = ["application/pdf".to_owned()];
        assert_eq!(essence("Application/PDF; charset=x"), "application/pdf");
        for named in [
            None,
            Some("application/pdf"),
            Some("application/octet-stream"),
        ] {
            assert!(is_expected(named, &pdf), "{named:?}");
        }
        assert!(!is_expected(Some("text/html"), &pdf));
        assert!(is_expected(Some("text/plain"), &["text/csv".to_owned()]));
        assert!(begins_as_expected(b"\n%PDF-1.7", &pdf));
        assert!(!begins_as_expected(b"<html>", &pdf));
        assert!(begins_as_expected(b"<html>", &[]));
    }
}
