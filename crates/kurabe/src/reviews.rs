//! What people decided, as it lies in the folder `reviews/`: codes in `*.toml`, links between editions in
//! `links/*.toml`, the other facts that a municipality corrected in `replies/*.toml`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::Path;

use kurabe_review::alignments::{self, AlignmentDecision};
use kurabe_review::links::{self, LinkDecision};
use kurabe_review::overrides::{self, Override, Provenance, Source, content_key};
use kurabe_review::reply::Field;
use kurabe_schema::{Kpi, KpiValue, words as schema};
use serde::{Deserialize, Serialize};

use crate::hash;
use crate::problem::{Error, Problem, Result, reading};
use crate::text::{Lang, review as words};
use crate::walk;

/// Key of what a person reads of a measure: decisions hold as long as it stays.
pub use crate::engine::content_key_of;

/// The file of the decisions that the program writes.
pub const OVERRIDES_NAME: &str = "overrides.toml";

/// Folder of the replies, in the folder of the decisions.
pub const REPLIES: &str = "replies";

/// Folder of the decisions on shared indicators, in the folder of the decisions.
pub const INDICATORS: &str = "indicators";
/// Folder of the decisions about links, in the folder of the decisions.
pub const LINKS: &str = "links";

/// What stands above the replies of a file.
const REPLIES_HEADING: &str =
    "# Facts that the municipality corrected.\n# 自治体が訂正した事実。\n";

/// Everything that people decided.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reviews {
    /// Codes of measures, file by file; each measure and edition once.
    pub overrides: Vec<Override>,
    /// Shared indicators of KPIs and effects, file by file; each thing once.
    pub alignments: Vec<AlignmentDecision>,
    /// Links between measures of two editions, file by file; each pair once.
    pub links: Vec<LinkDecision>,
    /// Other facts, file by file.
    pub replies: Vec<ReplyRecord>,
    /// One hash over paths and texts of all files.
    pub hash: String,
}

/// A fact that a municipality corrected and that is no decision about codes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReplyRecord {
    /// The measure, or the value of a KPI as [`value_id`] names it.
    pub id: String,
    /// Key of the content that the municipality saw: [`content_key_of`] or [`value_key_of`].
    pub content_key: String,
    /// Which fact.
    pub field: ReplyField,
    /// What the dataset said; absent when it said nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old: Option<String>,
    /// What the municipality says: a word of the life cycle, a year in western digits, or text;
    /// absent when there is no such thing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new: Option<String>,
    /// Who answered.
    pub who: String,
    /// Day of the answer, `2026-11-20`.
    pub when: String,
    /// What the municipality remarks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remark: Option<String>,
}

/// The facts that a [`ReplyRecord`] can be about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReplyField {
    /// Title of a measure.
    Title,
    /// Departments of a measure.
    Departments,
    /// Stage of a measure.
    Stage,
    /// Primary code of a measure, only where the municipality says that no category fits: any
    /// other answer about codes is a decision.
    Primary,
    /// Value of a KPI.
    Value,
    /// Fiscal year of a value of a KPI.
    Year,
}

impl ReplyField {
    /// The fact that a field of the sheet asks for; `None` for secondary codes.
    #[must_use]
    pub fn of(field: Field) -> Option<Self> {
        match field {
            Field::Title => Some(Self::Title),
            Field::Departments => Some(Self::Departments),
            Field::Stage => Some(Self::Stage),
            Field::Primary => Some(Self::Primary),
            Field::Secondary => None,
            Field::Value => Some(Self::Value),
            Field::Year => Some(Self::Year),
        }
    }
}

/// A file of replies.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ReplyFile {
    #[serde(default, rename = "reply")]
    replies: Vec<ReplyRecord>,
}

impl Reviews {
    /// Reads the folder; without a folder nothing was decided.
    ///
    /// # Errors
    /// When a file cannot be read or is wrong, or two decide on the same measure and edition.
    pub fn load(folder: &Path) -> Result<Self> {
        Self::parse(folder, &texts(folder)?)
    }

    /// What files of the folder say, given by their paths in it.
    ///
    /// # Errors
    /// When one is wrong, or two say something of the same measure and edition or the same fact.
    pub fn parse(folder: &Path, files: &BTreeMap<String, String>) -> Result<Self> {
        let hash = hash::joined(files.iter().flat_map(|(path, text)| [&**path, &**text]));
        let mut reviews = Self {
            hash,
            ..Self::default()
        };
        let mut told: BTreeSet<(String, ReplyField)> = BTreeSet::new();
        let mut decided: BTreeMap<(String, String), &str> = BTreeMap::new();
        let mut linked = BTreeSet::new();
        for (path, text) in files {
            if is_in(path, LINKS) {
                for entry in parse_links(folder, path, text)? {
                    if !linked.insert((entry.from.clone(), entry.to.clone())) {
                        let sides =
                            [&entry.from, &entry.to].map(|id| id.clone().unwrap_or_default());
                        let tell = |lang| words::linked_twice(lang, path, sides.join(" > "));
                        return Err(invalid(folder, path, both(tell)));
                    }
                    reviews.links.push(entry);
                }
                continue;
            }
            if is_in(path, REPLIES) {
                for record in parse_replies(folder, path, text)? {
                    if !told.insert((record.id.clone(), record.field)) {
                        let tell = |lang| words::told_twice(lang, path, &record.id);
                        return Err(invalid(folder, path, both(tell)));
                    }
                    reviews.replies.push(record);
                }
                continue;
            }
            if is_in(path, INDICATORS) {
                reviews.take_alignments(folder, path, text)?;
                continue;
            }
            for entry in parse_overrides(folder, path, text)? {
                let key = (entry.measure_id.clone(), entry.edition.clone());
                if let Some(other) = decided.insert(key, path) {
                    return Err(twice(folder, path, other, &entry));
                }
                reviews.overrides.push(entry);
            }
        }
        Ok(reviews)
    }

    fn take_alignments(&mut self, folder: &Path, path: &str, text: &str) -> Result<()> {
        let found = alignments::parse(text, path).map_err(|error| {
            let detail = (error.message(true), error.message(false));
            invalid(folder, path, detail)
        })?;
        for entry in found {
            let is_known = |one: &AlignmentDecision| one.source_id == entry.source_id;
            if self.alignments.iter().any(is_known) {
                let tell = |lang| words::aligned_twice(lang, path, &entry.source_id);
                return Err(invalid(folder, path, both(tell)));
            }
            self.alignments.push(entry);
        }
        Ok(())
    }
}

/// Whether a path leads to a file directly in that folder.
fn is_in(path: &str, folder: &str) -> bool {
    path.split_once('/')
        .is_some_and(|(above, name)| above == folder && !name.contains('/'))
}

/// The files of the folder, by their paths in it.
///
/// # Errors
/// When one cannot be read.
pub fn texts(folder: &Path) -> Result<BTreeMap<String, String>> {
    if !folder.is_dir() {
        return Ok(BTreeMap::new());
    }
    let paths = walk::files(folder, &[], &|name| name.ends_with(".toml"))?;
    let is_ours = |path: &String| {
        !path.contains('/')
            || [REPLIES, INDICATORS, LINKS]
                .iter()
                .any(|folder| is_in(path, folder))
    };
    let text = |path: String| {
        let place = folder.join(&path);
        let bytes = fs::read(&place).map_err(reading(&place))?;
        let text = String::from_utf8(bytes)
            .map_err(|error| reading(&place)(io::Error::new(io::ErrorKind::InvalidData, error)))?;
        Ok((path, text))
    };
    paths.into_iter().filter(is_ours).map(text).collect()
}

/// Reads a file of decisions; `path` is that in the folder.
///
/// # Errors
/// When it is wrong.
pub fn parse_overrides(folder: &Path, path: &str, text: &str) -> Result<Vec<Override>> {
    overrides::parse(text, path).map_err(|error| {
        let detail = (error.message(true), error.message(false));
        invalid(folder, path, detail)
    })
}

/// Reads a file of decisions about links; `path` is that in the folder.
///
/// # Errors
/// When it is wrong.
pub fn parse_links(folder: &Path, path: &str, text: &str) -> Result<Vec<LinkDecision>> {
    links::parse(text, path)
        .map_err(|error| invalid(folder, path, (error.message(true), error.message(false))))
}

/// Reads a file of replies; `path` is that in the folder.
///
/// # Errors
/// When it is no TOML or a value is not allowed.
pub fn parse_replies(folder: &Path, path: &str, text: &str) -> Result<Vec<ReplyRecord>> {
    let file: ReplyFile = toml::from_str(text).map_err(|error| {
        let before = error.span().and_then(|span| text.get(..span.start));
        let line = before.unwrap_or_default().matches('\n').count() + 1;
        let detail = format!("{path}:{line}: {}", error.message().replace('\n', " "));
        invalid(folder, path, (detail.clone(), detail))
    })?;
    for record in &file.replies {
        if !record.is_valid() {
            let tell = |lang| words::reply_invalid(lang, path, &record.id);
            return Err(invalid(folder, path, both(tell)));
        }
    }
    Ok(file.replies)
}

/// The text of a file of replies, by id and field: one key per line.
#[must_use]
pub fn render_replies(replies: &[ReplyRecord]) -> String {
    let mut replies = replies.to_vec();
    replies.sort();
    let body = toml::to_string(&ReplyFile { replies }).unwrap_or_default();
    format!("{REPLIES_HEADING}\n{body}")
}

/// The replies with new ones taken over: a new one replaces the one about the same fact.
#[must_use]
pub fn merge_replies(existing: &[ReplyRecord], new: Vec<ReplyRecord>) -> Vec<ReplyRecord> {
    let key = |record: &ReplyRecord| (record.id.clone(), record.field);
    let all = existing.iter().cloned().chain(new);
    let merged: BTreeMap<_, _> = all.map(|record| (key(&record), record)).collect();
    merged.into_values().collect()
}

impl ReplyRecord {
    fn is_valid(&self) -> bool {
        let source = Source::MunicipalityReply;
        let is_key = |key: &str| key.len() == 16 && key.bytes().all(|b| b.is_ascii_hexdigit());
        let is_value = self.new.as_deref().is_none_or(|new| match self.field {
            ReplyField::Stage => schema::STAGES.contains(&new),
            ReplyField::Year => new.parse::<i32>().is_ok(),
            ReplyField::Primary => false,
            ReplyField::Title | ReplyField::Departments | ReplyField::Value => {
                !new.trim().is_empty()
            }
        });
        let is_signed = Provenance::new(&self.who, &self.when, source).is_ok();
        is_key(&self.content_key) && is_value && is_signed && !self.id.trim().is_empty()
    }
}

/// Key of what a person reads of a value of a KPI.
#[must_use]
pub fn value_key_of(kpi: &Kpi, value: &KpiValue) -> String {
    let year = value.fiscal_year.map(|year| year.to_string());
    content_key(&kpi.name, &value.value_text, &year.unwrap_or_default())
}

/// Name of a value of a KPI, as `kurabe explain` knows it: its key, joined by `/`.
#[must_use]
pub fn value_id(value: &KpiValue) -> String {
    format!("{}/{}/{}", value.kpi_id, value.role, value.position)
}

fn twice(folder: &Path, path: &str, other: &str, entry: &Override) -> Error {
    let tell = |lang| words::decided_twice(lang, &entry.measure_id, &entry.edition, other);
    invalid(folder, path, both(tell))
}

fn both(tell: impl Fn(Lang) -> String) -> (String, String) {
    (tell(Lang::Ja), tell(Lang::En))
}

fn invalid(folder: &Path, path: &str, detail: (String, String)) -> Error {
    let place = folder.join(path).display().to_string();
    Problem::ReviewInvalid { place, detail }.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENTRY: &str = "[[override]]\nmeasure_id = \"m\"\ncontent_key = \"0123456789abcdef\"\n\
        edition = \"5.1\"\nprimary = \"ai\"\nwho = \"A\"\nwhen = \"2026-11-20\"\nsource = \"review\"\n";

    fn record(field: ReplyField, new: Option<&str>) -> ReplyRecord {
        ReplyRecord {
            id: "m".to_owned(),
            content_key: "0123456789abcdef".to_owned(),
            field,
            old: None,
            new: new.map(str::to_owned),
            who: "総務課".to_owned(),
            when: "2026-11-20".to_owned(),
            remark: Some("一行目\n二行目".to_owned()),
        }
    }

    fn parsed(files: &[(&str, &str)]) -> Result<Reviews> {
        let files = files
            .iter()
            .map(|(p, t)| ((*p).to_owned(), (*t).to_owned()));
        Reviews::parse(Path::new("reviews"), &files.collect())
    }

    #[test]
    fn without_a_folder_nothing_was_decided() {
        let none = Reviews::load(Path::new("no such folder")).unwrap();
        assert!(none.overrides.is_empty() && none.replies.is_empty());
    }

    #[test]
    fn two_files_do_not_decide_the_same() {
        assert_eq!(parsed(&[("a.toml", ENTRY)]).unwrap().overrides.len(), 1);
        let told = parsed(&[("a.toml", ENTRY), ("b.toml", ENTRY)]).unwrap_err();
        assert!(told.to_string().contains("b.toml"), "{told}");
        assert!(told.to_string().contains("a.toml"), "{told}");
    }

    #[test]
    fn replies_come_back_as_they_were() {
        let stage = record(ReplyField::Stage, Some("trial"));
        let year = record(ReplyField::Year, None);
        let text = render_replies(&[year.clone(), stage.clone()]);
        let read = parsed(&[("replies/1.toml", &text)]).unwrap().replies;
        assert_eq!(read, [stage, year]);
        let wrong = render_replies(&[record(ReplyField::Stage, Some("finished"))]);
        assert!(parsed(&[("replies/1.toml", &wrong)]).is_err());
        let twice = parsed(&[("replies/1.toml", &text), ("replies/2.toml", &text)]);
        assert!(twice.unwrap_err().to_string().contains("2.toml"));
    }

    #[test]
    fn a_new_reply_replaces_the_old_one() {
        let title = |new| record(ReplyField::Title, Some(new));
        let merged = merge_replies(&[title("a")], vec![title("b")]);
        assert_eq!(merged, [title("b")]);
    }
}
