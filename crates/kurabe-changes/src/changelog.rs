//! `CHANGES.md`: what changed from version to version, the newest first, in Japanese and English.
//!
//! Nothing in it depends on the clock or the machine: the same datasets give the same file.

use std::collections::BTreeMap;

use crate::compare::Changes;
use crate::render::{self, Lang};
use crate::story::Story;
use crate::version::Version;

/// First line of the file, by which the program knows its own.
const MARK: &str = "<!-- kurabe: changes of the dataset -->";

/// What stands above the versions.
const PREFACE: &str = "\
# 変更履歴 / Changes

公開データの版ごとの変更点。新しい版が上。版番号は、なくなったものや意味の変わったもの（表・列・引用できるID）があれば
1つ目、追加だけなら2つ目、値の変更だけなら3つ目が進む。引用するときは版番号を添える。

What changed from version to version, the newest first. The first number moves when something is gone or means something
else (a table, a column, an id that can be cited), the second when something was added, the third when values changed.
Cite the dataset with its version.
";

/// Versions that are kept in the file.
const VERSIONS: usize = 40;

/// Lines of one topic of one version.
const LINES: usize = 100;

/// Begins the part of one version.
const HEADING: &str = "## ";

/// What is told of a version.
#[derive(Debug, Clone, Copy)]
pub enum Entry<'a> {
    /// The first publication, with the number of rows of each table.
    First(&'a BTreeMap<String, u64>),
    /// What changed since the version before.
    Changed {
        /// The version before.
        since: Version,
        /// What differs.
        changes: &'a Changes,
        /// The sentences.
        story: &'a Story,
    },
    /// The dataset of the version before could not be read.
    Unknown {
        /// The version before.
        since: Version,
        /// What could not be read: a file or folder.
        what: &'a str,
    },
    /// The record of how this version came about is gone.
    Unrecorded,
}

/// The newest version that a file tells of.
#[must_use]
pub fn newest(file: &str) -> Option<Version> {
    let heading = file.lines().find_map(|line| line.strip_prefix(HEADING))?;
    Version::parse(heading)
}

/// Whether the file is one of the program.
#[must_use]
pub fn is_ours(file: &str) -> bool {
    file.trim_start_matches('\u{feff}').starts_with(MARK)
}

/// The file with one more version; the parts of older versions stay as they are, the oldest of
/// many are left out.
#[must_use]
pub fn with(former: Option<&str>, version: Version, entry: Entry<'_>) -> String {
    let mut file = format!("{MARK}\n{PREFACE}\n{}", told(version, entry));
    let former = former.filter(|former| is_ours(former)).unwrap_or_default();
    let parts = parts(former);
    for part in parts.iter().take(VERSIONS - 1) {
        file += &format!("\n{}\n", part.trim_end());
    }
    if parts.len() >= VERSIONS {
        file += "\nこれより古い版の記録は省いた。Older versions are left out.\n";
    }
    file
}

/// The parts of a file, one for each version, without what stands above the first.
fn parts(file: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for line in file.lines() {
        if line.starts_with(HEADING) {
            parts.push(String::new());
        }
        if let Some(part) = parts.last_mut() {
            part.push_str(line);
            part.push('\n');
        }
    }
    parts
}

fn told(version: Version, entry: Entry<'_>) -> String {
    let (ja, en) = match entry {
        Entry::First(rows) => first(rows),
        Entry::Changed {
            since,
            changes,
            story,
        } => (
            changed(since, changes, story, Lang::Ja),
            changed(since, changes, story, Lang::En),
        ),
        Entry::Unknown { since, what } => (
            format!("{since} のデータ（{what}）を読めなかったため、何が変わったかは分からない。\n"),
            format!(
                "What changed since {since} is not known: its data ({what}) could not be read.\n"
            ),
        ),
        Entry::Unrecorded => (
            "この版の変更の記録は失われた。\n".to_owned(),
            "The record of what changed in this version was lost.\n".to_owned(),
        ),
    };
    let (ja, en) = (ja.trim_end(), en.trim_end());
    format!("{HEADING}{version}\n\n{ja}\n\n### In English\n\n{en}\n")
}

fn first(rows: &BTreeMap<String, u64>) -> (String, String) {
    let count = |table: &str| rows.get(table).copied().unwrap_or_default();
    let [municipalities, documents, measures, kpis] =
        ["municipalities", "documents", "measures", "kpis"].map(count);
    (
        format!(
            "最初の公開。自治体{municipalities}、文書{documents}、施策{measures}、指標{kpis}。\n"
        ),
        format!(
            "First publication: {municipalities} municipalities, {documents} documents, \
             {measures} measures, {kpis} KPIs.\n"
        ),
    )
}

fn changed(since: Version, changes: &Changes, story: &Story, lang: Lang) -> String {
    let sections = render::sections(changes, story, lang, LINES);
    let counts = render::counts(changes, lang);
    let meaning = changes
        .level()
        .map_or("", |level| render::meaning(level, lang));
    let (summary, heading) = match lang {
        Lang::Ja => (format!("{since} からの変更。{meaning}。"), "###"),
        Lang::En => (format!("Changes since {since}: {meaning}."), "####"),
    };
    let body = render::markdown(&sections, &counts, lang, heading);
    format!("{summary}\n\n{body}")
}
