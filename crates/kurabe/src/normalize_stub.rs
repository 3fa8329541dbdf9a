//! Stand-in for kurabe-normalize while that crate is being written.
#![allow(missing_docs)]

use kurabe_layout::{Profile, RawDocument};
use kurabe_schema::{CoverageRow, Dataset, Document, FindingRow, Measure, Municipality};
use kurabe_trace::Finding;

#[derive(Debug, Clone)]
pub struct Source {
    pub path: String,
    pub media_type: String,
    pub encoding: String,
    pub bytes: u64,
    pub sha256: String,
    pub reader: String,
}

#[must_use]
pub fn normalize(
    raw: &RawDocument,
    findings: Vec<Finding>,
    profile: &Profile,
    source: &Source,
) -> Dataset {
    let id = profile.document_id();
    let mut dataset = Dataset::default();
    dataset.municipalities.push(Municipality {
        municipality_code: profile.municipality.code.clone(),
        name: profile.municipality.name.clone(),
        kind: "city".into(),
        ..Municipality::default()
    });
    dataset.documents.push(Document {
        document_id: id.clone(),
        municipality_code: profile.municipality.code.clone(),
        title: profile.document.title.clone(),
        kind: "plan".into(),
        path: source.path.clone(),
        encoding: Some(source.encoding.clone()),
        sha256: source.sha256.clone(),
        ..Document::default()
    });
    for (n, m) in raw.measures.iter().enumerate() {
        dataset.measures.push(Measure {
            measure_id: format!("{id}-{n}"),
            document_id: id.clone(),
            title: m.title.as_ref().map(|t| t.text.clone()).unwrap_or_default(),
            locator: format!("L{}-{}", m.lines.0, m.lines.1),
            ..Measure::default()
        });
    }
    for f in findings {
        dataset.findings.push(FindingRow {
            severity: f.code.severity().as_str().into(),
            code: f.code.as_str().into(),
            document_id: Some(id.clone()),
            locator: Some(f.locator.to_string()),
            message_ja: f.message_ja,
            message_en: f.message_en,
            ..FindingRow::default()
        });
    }
    dataset.coverage.push(CoverageRow { document_id: id, unit: "line".into(), ..Default::default() });
    dataset
}

pub fn link(dataset: &mut Dataset) {
    dataset.municipalities.dedup_by(|a, b| a.municipality_code == b.municipality_code);
    dataset.sort();
    for (n, f) in dataset.findings.iter_mut().enumerate() {
        f.finding_id = format!("f{n}");
    }
}
