//! `kurabe classify`: codes the measures of any list, without a profile.

use std::io::{self, Read};
use std::path::Path;

use kurabe_category::{Classifier, Edition, Field, Scored, Subject};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::cli::{Screen, Task};
use crate::config::{CONFIG_NAME, Settings};
use crate::editions::EditionFiles;
use crate::engine;
use crate::problem::{Exit, Problem, Result, reading};
use crate::text::{Lang, remark};

/// How standard input is named in messages.
const INPUT: &str = "stdin";

/// A measure as it comes in.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default)]
struct Entry {
    /// What the list calls it.
    id: Option<String>,
    title: String,
    department: Option<String>,
    section: Option<String>,
    description: Option<String>,
    /// Line of the input on which it begins, from 1.
    #[serde(skip)]
    line: usize,
}

/// What is decided of a measure.
#[derive(Debug, Serialize)]
struct Answer<'a> {
    id: Option<&'a str>,
    line: usize,
    edition: &'a str,
    verdict: &'static str,
    primary: Option<Choice<'a>>,
    secondary: Vec<Choice<'a>>,
    candidates: Vec<Choice<'a>>,
    is_explicit: bool,
    evidence: Vec<Proof<'a>>,
}

/// A category with what speaks for it.
#[derive(Debug, Serialize)]
struct Choice<'a> {
    category_id: &'a str,
    label_ja: &'a str,
    label_en: &'a str,
    score: f64,
    confidence: f64,
}

/// A term that a rule found.
#[derive(Debug, Serialize)]
struct Proof<'a> {
    category_id: &'a str,
    rule_id: &'a str,
    field: &'static str,
    term: &'a str,
    /// Characters before the term in its field.
    at: usize,
    weight: f64,
    why_ja: &'a str,
    why_en: &'a str,
}

/// Codes the measures on standard input and writes a line of JSON for each.
pub(crate) fn classify(task: &Task, edition: Option<&str>, screen: &mut Screen) -> Result<Exit> {
    let entries = entries(&input(task)?)?;
    let folder = folder_of_editions(task)?;
    let files = EditionFiles::load(folder.as_deref())?;
    let editions = engine::parse_editions(&files, folder.as_deref())?;
    let edition = engine::edition(&editions, edition)?;
    let classifier = Classifier::new(&editions);
    let lines: Vec<String> = entries
        .par_iter()
        .map(|entry| answer(&classifier, edition, entry))
        .collect();
    lines.iter().try_for_each(|line| screen.line(line))?;
    Ok(Exit::Done)
}

/// The rules are those of the configuration where there is one: the command works anywhere.
fn folder_of_editions(task: &Task) -> Result<Option<std::path::PathBuf>> {
    let overrides = &task.invocation.overrides;
    let is_configured = overrides.config.is_some() || task.place(CONFIG_NAME.as_ref()).exists();
    if !is_configured {
        return Ok(None);
    }
    Ok(Settings::load(&task.surroundings.folder, overrides)?.editions)
}

fn input(task: &Task) -> Result<Vec<u8>> {
    if let Some(bytes) = &task.surroundings.input {
        return Ok(bytes.clone());
    }
    let mut bytes = Vec::new();
    let read = io::stdin().lock().read_to_end(&mut bytes);
    read.map_err(reading(Path::new(INPUT)))?;
    Ok(bytes)
}

/// The measures of a list: JSON Lines when it begins with a brace, else CSV with a header.
fn entries(bytes: &[u8]) -> Result<Vec<Entry>> {
    let text = engine::decoded(bytes).map_err(|detail| wrong(1, detail))?;
    let text = text.replace("\r\n", "\n");
    let entries = if text.trim_start().starts_with('{') {
        from_json(&text)?
    } else {
        from_csv(&text)?
    };
    match entries.iter().find(|entry| entry.title.trim().is_empty()) {
        Some(entry) => Err(wrong(entry.line, both(remark::entry_untitled))),
        None => Ok(entries),
    }
}

fn from_json(text: &str) -> Result<Vec<Entry>> {
    let lines = text.lines().enumerate();
    let written = lines.filter(|(_, line)| !line.trim().is_empty());
    let parsed = written.map(|(index, line)| {
        let line_number = index + 1;
        match serde_json::from_str::<Entry>(line) {
            Ok(entry) => Ok(Entry {
                line: line_number,
                ..entry
            }),
            Err(error) => Err(wrong(
                line_number,
                both(|lang| remark::entry_json(lang, &error)),
            )),
        }
    });
    parsed.collect()
}

fn from_csv(text: &str) -> Result<Vec<Entry>> {
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .from_reader(text.as_bytes());
    let failed = |error: csv::Error| {
        let line = error.position().map_or(1, csv::Position::line);
        let line = usize::try_from(line).unwrap_or(usize::MAX);
        wrong(line, both(|lang| remark::entry_csv(lang, &error)))
    };
    let header = reader.headers().map_err(failed)?.clone();
    let column = |names: &[&str]| header.iter().position(|name| is_named(name, names));
    let columns = [ID, TITLE, DEPARTMENT, SECTION, DESCRIPTION].map(column);
    if columns[1].is_none() {
        let found = header.iter().collect::<Vec<_>>().join(", ");
        return Err(wrong(1, both(|lang| remark::entry_header(lang, &found))));
    }
    let mut entries = Vec::new();
    for record in reader.records() {
        let record = record.map_err(failed)?;
        let cell = |index: usize| {
            let text = record.get(columns[index]?)?;
            Some(text.to_owned()).filter(|text| !text.trim().is_empty())
        };
        let line = record.position().map_or(0, csv::Position::line);
        entries.push(Entry {
            id: cell(0),
            title: cell(1).unwrap_or_default(),
            department: cell(2),
            section: cell(3),
            description: cell(4),
            line: usize::try_from(line).unwrap_or(usize::MAX),
        });
    }
    Ok(entries)
}

/// Headers of the columns: the documented one first, then those that lists use.
const ID: &[&str] = &[
    "id",
    "番号",
    "No",
    "No.",
    "施策番号",
    "事業番号",
    "整理番号",
];
const TITLE: &[&str] = &[
    "title",
    "施策名",
    "施策",
    "取組名",
    "取組",
    "取組み",
    "取組項目",
    "取組名称",
    "事業名",
    "事業",
    "名称",
    "項目",
];
const DEPARTMENT: &[&str] = &[
    "department",
    "担当課",
    "担当部署",
    "所管課",
    "担当",
    "部署",
    "所管",
    "主管課",
];
const SECTION: &[&str] = &[
    "section",
    "区分",
    "分野",
    "分類",
    "基本方針",
    "基本目標",
    "施策分野",
];
const DESCRIPTION: &[&str] = &[
    "description",
    "内容",
    "概要",
    "事業概要",
    "事業内容",
    "取組内容",
    "施策の内容",
    "説明",
];

fn is_named(header: &str, names: &[&str]) -> bool {
    let plain = header.trim().trim_start_matches('\u{feff}');
    names.iter().any(|name| name.eq_ignore_ascii_case(plain))
}

fn wrong(line: usize, detail: (String, String)) -> crate::problem::Error {
    Problem::InputInvalid {
        place: format!("{INPUT}:{line}"),
        detail,
    }
    .into()
}

fn both(tell: impl Fn(Lang) -> String) -> (String, String) {
    (tell(Lang::Ja), tell(Lang::En))
}

fn subject(entry: &Entry) -> Subject {
    let mut subject = Subject::titled(&*entry.title);
    let further = [
        (Field::Section, &entry.section),
        (Field::Department, &entry.department),
        (Field::Description, &entry.description),
    ];
    for (field, text) in further {
        if let Some(text) = text {
            subject.push(field, &**text, None);
        }
    }
    subject
}

fn answer<'e>(classifier: &Classifier<'e>, edition: &'e Edition, entry: &Entry) -> String {
    let subject = subject(entry);
    let scores = classifier.score(&subject);
    let verdict = classifier.verdict(&scores, edition);
    let choices = |scored: &[Scored]| {
        scored
            .iter()
            .filter_map(|one| choice(edition, one))
            .collect()
    };
    let evidence = classifier.evidence(&scores, &subject);
    let proofs = evidence.iter().filter_map(|one| {
        let text = &subject.pieces.get(one.piece)?.text;
        Some(Proof {
            category_id: &edition.category_of_facet(&one.rule.facet)?.id,
            rule_id: &one.rule.id,
            field: one.field.as_str(),
            term: one.term,
            at: text.get(..one.range.start)?.chars().count(),
            weight: engine::rounded(if one.rule.is_against {
                -one.weight
            } else {
                one.weight
            }),
            why_ja: &one.rule.why_ja,
            why_en: &one.rule.why,
        })
    });
    let answer = Answer {
        id: entry.id.as_deref(),
        line: entry.line,
        edition: &edition.version,
        verdict: verdict.status.as_str(),
        primary: verdict
            .primary
            .as_ref()
            .and_then(|one| choice(edition, one)),
        secondary: choices(&verdict.secondary),
        candidates: choices(&verdict.candidates),
        is_explicit: verdict.is_explicit,
        evidence: proofs.collect(),
    };
    serde_json::to_string(&answer).unwrap_or_default()
}

fn choice<'e>(edition: &'e Edition, scored: &Scored) -> Option<Choice<'e>> {
    let category = edition.category(&scored.category_id)?;
    Some(Choice {
        category_id: &category.id,
        label_ja: &category.label_ja,
        label_en: &category.label_en,
        score: engine::rounded(scored.score),
        confidence: engine::rounded(scored.confidence),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn titles(text: &str) -> Vec<(usize, String)> {
        let entries = entries(text.as_bytes()).unwrap();
        entries.into_iter().map(|e| (e.line, e.title)).collect()
    }

    #[test]
    fn both_forms_are_read_with_their_lines() {
        let json = "{\"title\": \"甲\"}\n\n{\"title\": \"乙\", \"id\": \"2\"}\n";
        let csv = "番号,事業名,概要\r\n1,甲,\"一行\n二行\"\r\n2,乙,\r\n";
        assert_eq!(titles(json), [(1, "甲".to_owned()), (3, "乙".to_owned())]);
        assert_eq!(titles(csv), [(2, "甲".to_owned()), (4, "乙".to_owned())]);
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        let told = |text: &str| entries(text.as_bytes()).unwrap_err().to_string();
        assert!(told("{\"title\": \"甲\"}\n{\"title\": 3}\n").contains("stdin:2"));
        assert!(told("{\"title\": \"甲\"}\n{\"id\": \"3\"}\n").contains("stdin:2"));
        assert!(told("名まえ,概要\n甲,乙\n").contains("名まえ"));
        assert!(told("title\n甲\n\"  \"\n").contains("stdin:3"));
    }
}
