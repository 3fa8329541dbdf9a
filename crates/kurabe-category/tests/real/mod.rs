//! The real `editions/`, the lists of titles, and the reference codes beside the repository.

pub(crate) mod left_out;

use kurabe_category::{Classifier, Editions, SourceFile, Subject, Verdict};
use kurabe_text::width::key;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::ops::AddAssign;
use std::path::{Path, PathBuf};

/// The newest edition, in which titles and reference measures are coded.
pub(crate) const NEWEST: &str = "5.1";

/// The editions that are shown by default, oldest first.
pub(crate) const SHOWN: [&str; 5] = ["1.0", "2.2", "2.3", "3.0", "5.1"];

/// The municipalities with reference codes.
pub(crate) const MUNICIPALITIES: [&str; 4] = ["izumo", "matsue", "oe", "yasugi"];

fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Paths and texts of the files of `editions/`.
pub(crate) fn files() -> BTreeMap<String, String> {
    let root = here().join("../../editions");
    let mut files = BTreeMap::new();
    let mut open = vec![root.clone()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|e| e == "toml" || e == "tsv") {
                let below = path.strip_prefix(&root).unwrap();
                let parts = below.iter().map(|p| p.to_str().unwrap());
                let name = parts.collect::<Vec<_>>().join("/");
                files.insert(name, fs::read_to_string(&path).unwrap());
            }
        }
    }
    files
}

/// Editions from such files.
pub(crate) fn load(files: &BTreeMap<String, String>) -> Editions {
    let files: Vec<_> = files
        .iter()
        .map(|(path, text)| SourceFile { path, text })
        .collect();
    Editions::load(&files).unwrap()
}

/// A title with the code that a person gave it in edition 5.1.
#[derive(Debug, Clone)]
pub(crate) struct Title {
    pub(crate) code: String,
    pub(crate) title: String,
}

/// Titles with their code, without the remarks; what follows a second tab is left out.
fn rows(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let rows = text.lines().filter(|l| !l.starts_with('#'));
    rows.map(|line| {
        let (code, rest) = line.split_once('\t').unwrap();
        (code, rest.split('\t').next().unwrap())
    })
}

/// The lists in `tests/titles/`, which neither rules nor usage have ever seen, by name.
pub(crate) fn unseen() -> BTreeMap<String, Vec<Title>> {
    let mut lists = BTreeMap::new();
    for entry in fs::read_dir(here().join("tests/titles")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let text = fs::read_to_string(&path).unwrap();
        let title = |(code, title): (&str, &str)| Title {
            code: code.to_owned(),
            title: title.to_owned(),
        };
        lists.insert(name, rows(&text).map(title).collect());
    }
    lists
}

/// The titles of `editions/usage/` by list, each with the category of its facet.
pub(crate) fn usage(editions: &Editions) -> BTreeMap<String, Vec<Title>> {
    let edition = editions.edition(NEWEST).unwrap();
    let mut lists = BTreeMap::new();
    for (path, text) in files() {
        if let Some(name) = path.strip_prefix("usage/") {
            let title = |(facet, title): (&str, &str)| Title {
                code: edition.category_of_facet(facet).unwrap().id.clone(),
                title: title.to_owned(),
            };
            lists.insert(name.to_owned(), rows(&text).map(title).collect());
        }
    }
    lists
}

/// Editions that never counted every `of`-th title of each list of usage, from `which` on.
pub(crate) fn without_part(which: usize, of: usize) -> Editions {
    let mut files = files();
    for (path, text) in &mut files {
        if path.starts_with("usage/") {
            let kept = rows(text).enumerate().filter(|(i, _)| i % of != which);
            *text = kept.map(|(_, (f, t))| format!("{f}\t{t}\n")).collect();
        }
    }
    load(&files)
}

/// A measure with a reference code.
#[derive(Debug, Clone)]
pub(crate) struct Reference {
    pub(crate) municipality: &'static str,
    pub(crate) title: Title,
}

/// The folder with the reference data; where there is none, says so and gives `None`.
pub(crate) fn shared() -> Option<PathBuf> {
    let folder = here().join("../../../shared");
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("skipped: ../shared is absent");
    None
}

fn records(path: &Path) -> Vec<Value> {
    let text = fs::read_to_string(path).unwrap();
    let lines = text.lines();
    lines.map(|l| serde_json::from_str(l).unwrap()).collect()
}

fn text(record: &Value, name: &str) -> String {
    match &record[name] {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Titles and codes of the measures with a reference code, repeats left out.
pub(crate) fn references(shared: &Path) -> Vec<Reference> {
    let codes: BTreeMap<String, String> = records(&shared.join("codebook/reference-codes.jsonl"))
        .iter()
        .map(|r| (text(r, "key"), text(r, "primary")))
        .collect();
    let mut references = Vec::new();
    for municipality in MUNICIPALITIES {
        let path = shared.join("gold").join(municipality);
        for measure in records(&path.join("measures.jsonl")) {
            let number = if measure["seq"].is_null() {
                "number"
            } else {
                "seq"
            };
            let code = codes.get(&format!("{municipality}:{}", text(&measure, number)));
            let is_repeat = measure["is_repeat"] == true;
            references.extend(code.filter(|_| !is_repeat).map(|code| Reference {
                municipality,
                title: Title {
                    code: code.clone(),
                    title: text(&measure, "title"),
                },
            }));
        }
    }
    references
}

/// The verdict of an edition on a title alone.
pub(crate) fn verdict(editions: &Editions, title: &str, version: &str) -> Verdict {
    let classifier = Classifier::new(editions);
    let scores = classifier.score(&Subject::titled(title));
    classifier.verdict(&scores, editions.edition(version).unwrap())
}

/// Id of the primary category of a title, empty when there is none.
pub(crate) fn primary(editions: &Editions, title: &str, version: &str) -> String {
    let verdict = verdict(editions, title, version);
    verdict.primary.map_or_else(String::new, |p| p.category_id)
}

/// Confidence of the primary category of a title, with whether it is the code of the person.
/// `None` when there is no primary category.
pub(crate) fn judged(editions: &Editions, title: &Title) -> Option<(f64, bool)> {
    let primary = verdict(editions, &title.title, NEWEST).primary?;
    Some((primary.confidence, primary.category_id == title.code))
}

/// Sum of the confidences, and how many are right.
pub(crate) fn summed(judged: &[(f64, bool)]) -> (f64, Share) {
    let right = judged.iter().map(|j| j.1).collect();
    (judged.iter().map(|j| j.0).sum(), right)
}

/// The keys of titles, the form in which terms are looked for.
pub(crate) fn keys<'a>(texts: impl IntoIterator<Item = &'a Title>) -> Vec<String> {
    texts.into_iter().map(|t| key(&t.title)).collect()
}

/// A part of a whole.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Share {
    pub(crate) part: u32,
    pub(crate) whole: u32,
}

impl Share {
    pub(crate) fn value(self) -> f64 {
        f64::from(self.part) / f64::from(self.whole.max(1))
    }
}

impl AddAssign for Share {
    fn add_assign(&mut self, more: Self) {
        self.part += more.part;
        self.whole += more.whole;
    }
}

impl FromIterator<bool> for Share {
    fn from_iter<I: IntoIterator<Item = bool>>(all: I) -> Self {
        let mut share = Self::default();
        for holds in all {
            share.part += u32::from(holds);
            share.whole += 1;
        }
        share
    }
}

/// How many titles get the code of the person.
pub(crate) fn accuracy<'a>(
    editions: &Editions,
    titles: impl IntoIterator<Item = &'a Title>,
) -> Share {
    let is_right = |t: &Title| primary(editions, &t.title, NEWEST) == t.code;
    titles.into_iter().map(is_right).collect()
}
