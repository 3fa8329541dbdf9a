//! Word files made by hand.

use std::io::{Cursor, Write};

use kurabe_page::Page;
use kurabe_read::{Kind, ReadError, read};
use kurabe_trace::Staged;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::{hint, show};

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
pub(crate) const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const TYPES: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The bytes of a ZIP file with these parts.
pub(crate) fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer
            .start_file(*name, SimpleFileOptions::default())
            .unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A Word file that is put together.
pub(crate) struct Docx {
    body: String,
    parts: Vec<(String, String)>,
    namespace: &'static str,
}

/// A Word file with this body.
pub(crate) fn docx(body: &str) -> Docx {
    Docx {
        body: body.to_owned(),
        parts: Vec::new(),
        namespace: W,
    }
}

impl Docx {
    /// Adds a part `word/<kind>.xml` with this root element and content.
    pub(crate) fn with(mut self, kind: &str, root: &str, content: &str) -> Self {
        let content = format!("{HEAD}<w:{root} {}>{content}</w:{root}>", self.namespaces());
        self.parts.push((kind.to_owned(), content));
        self
    }

    pub(crate) fn in_namespace(mut self, namespace: &'static str) -> Self {
        self.namespace = namespace;
        self
    }

    fn namespaces(&self) -> String {
        let w = self.namespace;
        format!(
            "xmlns:w=\"{w}\" xmlns:r=\"{TYPES}\" \
             xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" \
             xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\" \
             xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\" \
             xmlns:v=\"urn:schemas-microsoft-com:vml\""
        )
    }

    pub(crate) fn bytes(&self) -> Vec<u8> {
        let root = relationships(&[("officeDocument", "word/document.xml")]);
        let names: Vec<(String, String)> = self
            .parts
            .iter()
            .enumerate()
            .map(|(i, (kind, _))| {
                (
                    kind.trim_end_matches(char::is_numeric).to_owned(),
                    format!("part{i}.xml"),
                )
            })
            .collect();
        let own: Vec<(&str, &str)> = names
            .iter()
            .map(|(k, n)| (k.as_str(), n.as_str()))
            .collect();
        let own = relationships(&own);
        let document = format!(
            "{HEAD}<w:document {}><w:body>{}<w:sectPr/></w:body></w:document>",
            self.namespaces(),
            self.body
        );
        let paths: Vec<String> = names
            .iter()
            .map(|(_, name)| format!("word/{name}"))
            .collect();
        let mut parts: Vec<(&str, &[u8])> = vec![
            ("_rels/.rels", root.as_bytes()),
            ("word/document.xml", document.as_bytes()),
            ("word/_rels/document.xml.rels", own.as_bytes()),
        ];
        let bodies = self.parts.iter().map(|(_, content)| content.as_bytes());
        parts.extend(paths.iter().map(String::as_str).zip(bodies));
        zip(&parts)
    }

    pub(crate) fn staged(&self) -> Staged<Page> {
        read_docx(&self.bytes()).unwrap()
    }

    pub(crate) fn blocks(&self) -> Vec<String> {
        show::page(&self.staged().value)
    }
}

fn relationships(all: &[(&str, &str)]) -> String {
    let each = all.iter().enumerate().map(|(i, (kind, target))| {
        format!("<Relationship Id=\"r{i}\" Type=\"{TYPES}/{kind}\" Target=\"{target}\"/>")
    });
    let each: String = each.collect();
    format!(
        "{HEAD}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
         {each}<Relationship Id=\"x\" Type=\"{TYPES}/header\" TargetMode=\"External\" Target=\"http://a/\"/>\
         </Relationships>"
    )
}

/// Reads bytes as a Word file.
pub(crate) fn read_docx(bytes: &[u8]) -> Result<Staged<Page>, ReadError> {
    read(bytes, &hint(Kind::Docx))
}

/// A run.
pub(crate) fn r(text: &str) -> String {
    format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
}

/// A paragraph.
pub(crate) fn p(text: &str) -> String {
    format!("<w:p>{}</w:p>", r(text))
}

/// A paragraph with these properties.
pub(crate) fn pp(properties: &str, text: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr>{}</w:p>", r(text))
}
