//! What a coder reads of a measure: its texts and the lines of the source.

use std::collections::BTreeMap;

use kurabe_schema::{Document, Measure};
use kurabe_trace::Locator;

use super::Ground;
use crate::engine::Pieces;
use crate::text::{Lang, review as words};

/// How many lines of the source are quoted at most.
const QUOTED: usize = 60;

/// The source files of the published documents, line by line.
pub(super) struct Sources {
    pieces: BTreeMap<String, Pieces>,
}

impl Sources {
    /// Reads the files of all documents; one that changed since the run is left out.
    pub(super) fn of(ground: &Ground) -> Self {
        let sources = crate::sources::Sources::new(&ground.settings);
        let read = |document: &Document| {
            let pieces = sources.pieces(document).ok()??;
            Some((document.document_id.clone(), pieces))
        };
        let pieces = ground.data.documents.iter().filter_map(read).collect();
        Self { pieces }
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

    fn quoted(&self, measure: &Measure) -> Vec<&str> {
        let pieces = self.pieces.get(&measure.document_id);
        let place = Locator::parse(&measure.locator);
        let (Some(pieces), Some(place)) = (pieces, place) else {
            return Vec::new();
        };
        let numbers = pieces.numbers_at(&place).into_iter().take(QUOTED);
        numbers.map(|number| pieces.quote(number).1).collect()
    }
}
