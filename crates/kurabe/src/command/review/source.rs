//! What a coder reads of a measure: its texts and the lines of the source.

use std::collections::BTreeMap;
use std::fs;

use kurabe_schema::{Document, Measure};
use kurabe_trace::Locator;

use super::Ground;
use crate::config::Settings;
use crate::engine;
use crate::hash;
use crate::text::{Lang, review as words};

/// How many lines of the source are quoted at most.
const QUOTED: usize = 60;

/// The source files of the published documents, line by line.
pub(super) struct Sources {
    lines: BTreeMap<String, Vec<String>>,
}

impl Sources {
    /// Reads the files of all documents; one that changed since the run is left out.
    pub(super) fn of(ground: &Ground) -> Self {
        let read = |document: &Document| {
            let lines = lines(&ground.settings, document)?;
            Some((document.document_id.clone(), lines))
        };
        let lines = ground.data.documents.iter().filter_map(read).collect();
        Self { lines }
    }

    /// The texts of a measure, then the lines that it stands on.
    pub(super) fn text(&self, measure: &Measure) -> String {
        // Sheets are in Japanese, whatever the language of the messages.
        let lang = Lang::Ja;
        let told = [
            (None, &measure.summary),
            (Some(words::effect(lang)), &measure.effect),
            (Some(words::past(lang)), &measure.past),
            (Some(words::future(lang)), &measure.future),
            (Some(words::note(lang)), &measure.note),
        ];
        let mut parts: Vec<String> = Vec::new();
        for (label, text) in told {
            if let Some(text) = text {
                let label = label.map_or_else(String::new, |label| format!("【{label}】"));
                parts.push(format!("{label}{text}"));
            }
        }
        let quoted = self.quoted(measure);
        if !quoted.is_empty() {
            let label = words::source(lang, &measure.locator);
            parts.push(format!("【{label}】\n{}", quoted.join("\n")));
        }
        parts.join("\n")
    }

    fn quoted(&self, measure: &Measure) -> &[String] {
        let lines = self.lines.get(&measure.document_id);
        let span = Locator::parse(&measure.locator).and_then(|locator| locator.line_span());
        let (Some(lines), Some((first, last))) = (lines, span) else {
            return &[];
        };
        let at = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
        let first = at(first).saturating_sub(1);
        let last = at(last).min(lines.len()).min(first.saturating_add(QUOTED));
        lines.get(first..last).unwrap_or_default()
    }
}

fn lines(settings: &Settings, document: &Document) -> Option<Vec<String>> {
    let bytes = fs::read(settings.raw.join(&document.path)).ok()?;
    let is_same = hash::sha256(&bytes) == document.sha256;
    is_same.then(|| engine::source_lines(&bytes, document.encoding.as_deref()))
}
