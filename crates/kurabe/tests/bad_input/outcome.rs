//! What the program did with a file, by the published findings.

use crate::run::{Project, Ran};

/// Codes that speak of a file, not of what a document says.
const ABOUT_FILES: &[&str] = &[
    "cell_error",
    "delimiter_guessed",
    "encoding_guessed",
    "encoding_replaced",
    "file_ambiguous",
    "file_damaged",
    "file_duplicate",
    "file_other_edition",
    "file_unclaimed",
    "file_unreadable",
    "hidden_skipped",
    "markup_damaged",
    "page_without_text",
    "table_uncertain",
    "tracked_changes",
];

/// What became of a file.
pub(crate) struct Outcome {
    /// Code and sentence of what is said about it, in order.
    pub(crate) said: Vec<(String, String)>,
    pub(crate) exit: i32,
}

impl Outcome {
    pub(crate) fn of(project: &Project, ran: &Ran, file: &str) -> Self {
        let mut reader = csv::Reader::from_path(project.path("out/csv/findings.csv")).unwrap();
        let heads = reader.headers().unwrap().clone();
        let at = |name: &str| {
            heads
                .iter()
                .position(|head| head.trim_start_matches('\u{feff}') == name)
                .unwrap()
        };
        let (code, message, raw, document) =
            (at("code"), at("message_ja"), at("raw"), at("document_id"));
        let rows = reader.records().map(Result::unwrap);
        let rows = rows.filter(|row| {
            let is_of_file = row[raw] == *file || row[message].contains(file);
            ABOUT_FILES.contains(&&row[code]) && (is_of_file || row[document] == *"322016-plan")
        });
        Self {
            said: rows
                .map(|row| (row[code].to_owned(), row[message].to_owned()))
                .collect(),
            exit: ran.code.unwrap_or(-1),
        }
    }

    fn has(&self, code: &str) -> bool {
        self.said.iter().any(|(said, _)| said == code)
    }

    /// In a word.
    pub(crate) fn word(&self) -> &'static str {
        match self.said.as_slice() {
            _ if self.has("file_unreadable") => "refused",
            _ if self.has("file_unclaimed") => "read, unknown document",
            [] if self.exit == 0 => "read",
            [] => "left out",
            _ => "read, remarked",
        }
    }

    /// Whoever reads that a file was refused knows which and what to do.
    pub(crate) fn problems(&self, file: &str) -> Vec<String> {
        let refusals = self
            .said
            .iter()
            .filter(|(code, _)| code == "file_unreadable");
        let is_told = |message: &str| message.contains(file) && message.contains("ください");
        let untold = refusals.filter(|(_, message)| !is_told(message));
        let untold = untold.map(|(_, message)| format!("it says no way out: {message}"));
        let is_wrong = self.word() == "refused" && self.exit != 1;
        untold
            .chain(is_wrong.then(|| format!("exit code {}", self.exit)))
            .collect()
    }
}
