//! What people decided, as it is kept in `reviews/<municipality code>.toml`.
//!
//! A decision is keyed to the content that the person saw: when the source text changes, the
//! decision is [`Standing::Stale`] and somebody has to look again.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use jiff::civil::Date;
use kurabe_text::width;
use serde::Deserialize;
use thiserror::Error;
use toml::{Spanned, Value};

use crate::Coding;
use crate::sheet::Change;

/// Who decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// A coder, in a coding sheet.
    Review,
    /// The municipality, in its reply.
    MunicipalityReply,
}

impl Source {
    /// The word in the data: `review` or `municipality_reply`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Review => "review",
            Self::MunicipalityReply => "municipality_reply",
        }
    }
}

/// A decision of a person about the codes of one measure in one edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Override {
    /// Id of the measure.
    pub measure_id: String,
    /// Key of the content that the person saw, see [`content_key`].
    pub content_key: String,
    /// Edition of the codes.
    pub edition: String,
    /// The primary code.
    pub primary: String,
    /// The secondary codes.
    pub secondary: Vec<String>,
    /// The primary code before, if there was one.
    pub old_primary: Option<String>,
    /// The secondary codes before.
    pub old_secondary: Vec<String>,
    /// Who decided.
    pub who: String,
    /// Day of the decision, `2026-11-20`.
    pub when: String,
    /// Why; empty when the person gave no reason.
    pub why: String,
    /// Where the decision came from.
    pub source: Source,
}

impl Override {
    /// The codes that the person gave.
    pub fn coding(&self) -> Coding {
        Coding {
            primary: Some(self.primary.clone()),
            secondary: self.secondary.clone(),
        }
    }
}

/// Who takes decisions over, when and where from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provenance {
    who: String,
    when: String,
    source: Source,
}

impl Provenance {
    /// Checks the name and the day.
    ///
    /// # Errors
    /// When the name is blank or the day is not written as `2026-11-20`.
    pub fn new(who: &str, when: &str, source: Source) -> Result<Self, OverrideError> {
        if who.trim().is_empty() {
            return Err(OverrideError::NoName);
        }
        if !is_date(when) {
            return Err(OverrideError::Day {
                value: when.to_owned(),
            });
        }
        Ok(Self {
            who: who.trim().to_owned(),
            when: when.to_owned(),
            source,
        })
    }
}

/// Why decisions cannot be used.
#[derive(Debug, Error, Clone, PartialEq, Eq)]
pub enum OverrideError {
    /// The file is not TOML, or a key is unknown, missing or of the wrong type.
    #[error("{path}:{line}: {message}; correct it, or import the coding sheet again")]
    Invalid {
        /// The file.
        path: String,
        /// Line in the file, from 1.
        line: usize,
        /// What the TOML reader said.
        message: String,
    },
    /// A value has the wrong form.
    #[error("{path}:{line}: `{value}` is no valid `{key}`; {form} is needed")]
    Value {
        /// The file.
        path: String,
        /// Line of the entry, from 1.
        line: usize,
        /// The key.
        key: &'static str,
        /// Its value.
        value: String,
        /// What is needed, in English.
        form: &'static str,
        /// What is needed, in Japanese.
        form_ja: &'static str,
    },
    /// Two entries are about the same measure and edition.
    #[error("{path}:{line}: edition {edition} of `{measure_id}` was decided above; keep one entry")]
    Repeated {
        /// The file.
        path: String,
        /// Line of the second entry, from 1.
        line: usize,
        /// The measure.
        measure_id: String,
        /// The edition.
        edition: String,
    },
    /// Two entries are about the indicator of the same thing.
    #[error("{path}:{line}: the indicator of `{source_id}` was decided above; keep one entry")]
    AlignedTwice {
        /// The file.
        path: String,
        /// Line of the second entry, from 1.
        line: usize,
        /// The KPI, the effect or the measure.
        source_id: String,
    },
    /// A decision has no author.
    #[error("the name of the person who decided is missing: give it")]
    NoName,
    /// A day is not written as year-month-day.
    #[error("`{value}` is no date: write it as 2026-11-20")]
    Day {
        /// The text.
        value: String,
    },
}

impl OverrideError {
    /// The message in Japanese, or else in English.
    pub fn message(&self, ja: bool) -> String {
        if !ja {
            return self.to_string();
        }
        match self {
            Self::Invalid {
                path,
                line,
                message,
            } => format!(
                "{path}:{line}: {message}。直すか、コーディングシートを取り込み直してください"
            ),
            Self::Value {
                path,
                line,
                key,
                value,
                form_ja,
                ..
            } => format!(
                "{path}:{line}: 「{value}」は{key}として正しくありません。{form_ja}にしてください"
            ),
            Self::Repeated {
                path,
                line,
                measure_id,
                edition,
            } => format!(
                "{path}:{line}: 「{measure_id}」の{edition}版は上で決定済みです。どちらか一方を残してください"
            ),
            Self::AlignedTwice {
                path,
                line,
                source_id,
            } => format!(
                "{path}:{line}: 「{source_id}」の共通指標は上で決定済みです。どちらか一方を残してください"
            ),
            Self::NoName => "決定した人の名前がありません。指定してください".to_owned(),
            Self::Day { value } => {
                format!("「{value}」は日付ではありません。2026-11-20のように書いてください")
            }
        }
    }
}

/// The file as TOML.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default, rename = "override")]
    overrides: Vec<Spanned<Entry>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    measure_id: String,
    content_key: String,
    edition: String,
    primary: String,
    #[serde(default)]
    secondary: Vec<String>,
    old_primary: Option<String>,
    #[serde(default)]
    old_secondary: Vec<String>,
    who: String,
    when: String,
    #[serde(default)]
    why: String,
    source: Source,
}

/// Reads a file of decisions; `path` is for messages.
///
/// # Errors
/// When it is not TOML, a key is unknown or missing, a value has the wrong form, or a measure is
/// decided twice in one edition.
pub fn parse(text: &str, path: &str) -> Result<Vec<Override>, OverrideError> {
    let line_of = |at: usize| text.get(..at).unwrap_or_default().matches('\n').count() + 1;
    let file: File = toml::from_str(text).map_err(|error| OverrideError::Invalid {
        path: path.to_owned(),
        line: line_of(error.span().map_or(0, |span| span.start)),
        message: error.message().to_owned(),
    })?;
    let mut seen = BTreeMap::new();
    for spanned in file.overrides {
        let line = line_of(spanned.span().start);
        let entry = valid(spanned.into_inner(), path, line)?;
        let key = (entry.measure_id.clone(), entry.edition.clone());
        if seen.insert(key, entry.clone()).is_some() {
            return Err(OverrideError::Repeated {
                path: path.to_owned(),
                line,
                measure_id: entry.measure_id,
                edition: entry.edition,
            });
        }
    }
    Ok(seen.into_values().collect())
}

/// Refuses values of the wrong form.
fn valid(entry: Entry, path: &str, line: usize) -> Result<Override, OverrideError> {
    let wrong = |key, value: &str, form, form_ja| {
        Err(OverrideError::Value {
            path: path.to_owned(),
            line,
            key,
            value: value.to_owned(),
            form,
            form_ja,
        })
    };
    if !is_key(&entry.content_key) {
        let form = "16 hexadecimal digits";
        return wrong("content_key", &entry.content_key, form, "16桁の16進数");
    }
    if !is_date(&entry.when) {
        let form = "a date such as 2026-11-20";
        return wrong("when", &entry.when, form, "2026-11-20のような日付");
    }
    for (key, value) in [
        ("measure_id", &entry.measure_id),
        ("edition", &entry.edition),
        ("primary", &entry.primary),
        ("who", &entry.who),
    ] {
        if value.trim().is_empty() {
            return wrong(key, value, "a text that is not blank", "空でない文字列");
        }
    }
    Ok(Override {
        measure_id: entry.measure_id,
        content_key: entry.content_key,
        edition: entry.edition,
        primary: entry.primary,
        secondary: entry.secondary,
        old_primary: entry.old_primary,
        old_secondary: entry.old_secondary,
        who: entry.who,
        when: entry.when,
        why: entry.why,
        source: entry.source,
    })
}

/// `true` for 16 hexadecimal digits as [`content_key`] gives them.
pub(crate) fn is_key(text: &str) -> bool {
    let is_hex = |c: char| c.is_ascii_digit() || ('a'..='f').contains(&c);
    text.len() == 16 && text.chars().all(is_hex)
}

/// `true` for a day of the calendar in the form `2026-11-20`.
pub(crate) fn is_date(text: &str) -> bool {
    text.len() == 10
        && text
            .parse::<Date>()
            .is_ok_and(|day| day.to_string() == text)
}

/// The decisions as TOML, by measure and edition, one key per line: a change of one decision is a
/// change of few lines.
pub fn render(overrides: &[Override]) -> String {
    let mut sorted: Vec<&Override> = overrides.iter().collect();
    sorted.sort_by(|a, b| (&a.measure_id, &a.edition).cmp(&(&b.measure_id, &b.edition)));
    let mut out = String::from(
        "# Decisions of people about categories; they win over the rules of the program.\n\
         # 分類についての人の決定。プログラムの規則に優先します。\n",
    );
    sorted.into_iter().for_each(|entry| push(&mut out, entry));
    out
}

fn push(out: &mut String, entry: &Override) {
    let text = |value: &str| Some(Value::String(value.to_owned()));
    let list = |values: &[String]| {
        Some(Value::Array(
            values.iter().cloned().map(Value::String).collect(),
        ))
    };
    out.push_str("\n[[override]]\n");
    for (key, value) in [
        ("measure_id", text(&entry.measure_id)),
        ("content_key", text(&entry.content_key)),
        ("edition", text(&entry.edition)),
        ("primary", text(&entry.primary)),
        ("secondary", list(&entry.secondary)),
        ("old_primary", entry.old_primary.as_deref().and_then(text)),
        (
            "old_secondary",
            list(&entry.old_secondary).filter(|_| !entry.old_secondary.is_empty()),
        ),
        ("who", text(&entry.who)),
        ("when", text(&entry.when)),
        ("why", text(&entry.why)),
        ("source", text(entry.source.as_str())),
    ] {
        if let Some(value) = value {
            // Writing to a string cannot fail.
            let _ = writeln!(out, "{key} = {value}");
        }
    }
}

/// The decisions with those of a sheet taken over, by measure and edition.
///
/// A new decision replaces the one on the same measure and edition. A change without primary code
/// decides nothing and is left out; [`check`](crate::sheet::check) refuses such rows.
pub fn merge(existing: &[Override], changes: &[Change], by: &Provenance) -> Vec<Override> {
    let key = |entry: &Override| (entry.measure_id.clone(), entry.edition.clone());
    let mut all: BTreeMap<_, _> = existing.iter().map(|e| (key(e), e.clone())).collect();
    for entry in changes.iter().filter_map(|change| decision(change, by)) {
        all.insert(key(&entry), entry);
    }
    all.into_values().collect()
}

fn decision(change: &Change, by: &Provenance) -> Option<Override> {
    Some(Override {
        measure_id: change.measure_id.clone(),
        content_key: change.content_key.clone(),
        edition: change.edition.clone(),
        primary: change.new.primary.clone()?,
        secondary: change.new.secondary.clone(),
        old_primary: change.old.primary.clone(),
        old_secondary: change.old.secondary.clone(),
        who: by.who.clone(),
        when: by.when.clone(),
        why: change.reason.clone().unwrap_or_default(),
        source: by.source,
    })
}

/// Whether a decision still holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// The content is what the person saw: these are the codes.
    Applied(Coding),
    /// The content changed since: the decision does not count until somebody looks again.
    Stale {
        /// Key of the content that the person saw.
        decided_on: String,
        /// Key of the present content.
        current: String,
    },
}

/// Whether a decision holds for content with that key.
pub fn apply(decision: &Override, current_content_key: &str) -> Standing {
    if decision.content_key == current_content_key {
        Standing::Applied(decision.coding())
    } else {
        Standing::Stale {
            decided_on: decision.content_key.clone(),
            current: current_content_key.to_owned(),
        }
    }
}

/// Key of what a coder reads: 16 hexadecimal digits (64 bits of BLAKE3) over title, departments
/// and summary, each without regard to width, case and spacing. Empty is the same as not stated.
///
/// ```
/// use kurabe_review::overrides::content_key;
/// let key = content_key("ＡＩ 活用", "総務課", "");
/// assert_eq!(key, content_key("AI活用", "総務課", ""));
/// assert_ne!(key, content_key("AI活用", "", "総務課"));
/// assert_eq!(key.len(), 16);
/// ```
pub fn content_key(title: &str, departments: &str, summary: &str) -> String {
    let mut hasher = blake3::Hasher::new();
    for part in [title, departments, summary] {
        let part = width::key(part);
        // The length keeps apart what stands in which part.
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    hasher.finalize().to_hex().chars().take(16).collect()
}
