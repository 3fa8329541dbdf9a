//! The profile of a document: everything about it that is data.

mod check;
mod region;

pub use region::{ColumnRole, FieldRole, Record};
pub(crate) use region::{
    InlineRate, InlineShare, Lists, Numbered, Outline, Prose, Region, Sheets, TableSpec,
};

use crate::error::ProfileError;
use crate::pattern::Pattern;
use kurabe_text::repair::Lexicon;
use serde::Deserialize;
use std::collections::BTreeMap;

/// What is special about one document, read from `municipalities/<code>-<name>/<document>.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// Who published the document.
    pub municipality: MunicipalityInfo,
    /// What the document is.
    pub document: DocumentInfo,
    /// How its file is read.
    #[serde(default)]
    pub source: SourceInfo,
    /// How it is told from other documents.
    pub recognise: Recognise,
    /// How many records are to be found, by table.
    #[serde(default)]
    pub expect: BTreeMap<String, u32>,
    /// Words with a meaning in this document.
    #[serde(default)]
    pub words: Words,
    /// Regions from top to bottom.
    #[serde(default, rename = "region")]
    pub regions: Vec<Region>,
}

/// The municipality that published a document.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MunicipalityInfo {
    /// 全国地方公共団体コード, six digits with the check digit.
    pub code: String,
    /// Name, 安来市.
    pub name: String,
    /// Prefecture, 島根県.
    pub prefecture: String,
    /// `city`, `ward`, `town` or `village`.
    pub kind: String,
    /// Population that per-capita figures divide by.
    pub population: Option<i64>,
    /// Day the population was counted, ISO 8601.
    pub population_as_of: Option<String>,
    /// Where the population comes from.
    pub population_source: Option<String>,
}

/// What a document is.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DocumentInfo {
    /// Last part of the document's identifier, ASCII.
    pub slug: String,
    /// The plan that the document belongs to.
    pub plan_id: String,
    /// Title as published.
    pub title: String,
    /// Who published it.
    pub publisher: String,
    /// `plan`, `action_plan`, `progress_review` or `briefing`.
    pub kind: String,
    /// Edition of the national plan that it was written under, when known.
    pub edition_of_national_plan: Option<String>,
    /// Day of publication, ISO 8601; the first day of what is known.
    pub published: Option<String>,
    /// Day its statements hold for, ISO 8601.
    pub as_of: Option<String>,
    /// First and last fiscal year of the plan.
    pub period: Option<[i32; 2]>,
    /// Address it was published at.
    pub source_url: Option<String>,
    /// Day it was fetched, ISO 8601.
    pub retrieved_at: Option<String>,
    /// What a measure's identifier is made of, in this order.
    #[serde(default = "number_only")]
    pub measure_id: Vec<IdPart>,
    /// ASCII words for parts and sections in identifiers.
    #[serde(default)]
    pub slugs: BTreeMap<String, String>,
}

fn number_only() -> Vec<IdPart> {
    vec![IdPart::Number]
}

/// A piece of a measure's identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IdPart {
    /// The part of the plan.
    Part,
    /// The section.
    Section,
    /// The number.
    Number,
}

/// How the file of a document is read.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceInfo {
    /// Label of the character encoding; found out from the bytes when absent.
    pub encoding: Option<String>,
    /// Kind of the file (`csv`, `workbook`, …), where its content does not tell.
    pub format: Option<String>,
    /// Sign between the cells of a delimited text.
    pub delimiter: Option<String>,
    /// Whether hidden sheets, rows and columns are read, too.
    #[serde(default)]
    pub hidden: bool,
}

/// How a document is recognised by its words.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recognise {
    /// Words that all stand in the first `within` written lines.
    pub title: Vec<String>,
    /// Words that all stand anywhere in the document.
    #[serde(default)]
    pub mentions: Vec<String>,
    /// Readers (`text`, `xlsx`, `pdf`, …) that the page may come from; any when empty.
    #[serde(default)]
    pub readers: Vec<String>,
    /// Words that must not stand in the first `within` written lines.
    #[serde(default)]
    pub without: Vec<String>,
    /// Words of which all stand in the first `within` written lines of this edition.
    #[serde(default)]
    pub edition: Vec<String>,
    /// What an edition looks like; says which other edition was found.
    pub edition_pattern: Option<Pattern>,
    /// Number of written lines that count as the beginning of the document.
    #[serde(default = "fifteen")]
    pub within: usize,
}

fn fifteen() -> usize {
    15
}

/// Words with a meaning in one document.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// Marks that may stand before, after or beside a title and say nothing else.
    #[serde(default)]
    pub marks: Vec<String>,
    /// Marks of measures that are new in this document.
    #[serde(default)]
    pub new_marks: Vec<String>,
    /// Marks of measures that stand elsewhere in this document, too.
    #[serde(default)]
    pub repeat_marks: Vec<String>,
    /// Status words and their stage.
    #[serde(default)]
    pub status: BTreeMap<String, String>,
    /// Phase words of schedules and their stage, beyond the built-in ones.
    #[serde(default)]
    pub phases: BTreeMap<String, String>,
    /// Recognition slips of this document: wrong word and right word.
    #[serde(default)]
    pub repairs: BTreeMap<String, String>,
    /// Words that name the baseline of an indicator.
    #[serde(default = "baseline_words")]
    pub baseline: Vec<String>,
    /// Words that name the target of an indicator.
    #[serde(default = "target_words")]
    pub target: Vec<String>,
    /// Headings of figures that are given for reference only and belong to no indicator.
    #[serde(default)]
    pub reference: Vec<String>,
}

fn baseline_words() -> Vec<String> {
    ["現状値", "現状", "基準値"].map(str::to_owned).to_vec()
}

fn target_words() -> Vec<String> {
    ["目標値", "目標"].map(str::to_owned).to_vec()
}

impl Profile {
    /// Reads a profile.
    ///
    /// # Errors
    ///
    /// An unknown key, a value of the wrong type, a missing value or a wrong pattern, each with
    /// file, line and, for keys, the nearest valid one.
    pub fn parse(text: &str, path: &str) -> Result<Self, ProfileError> {
        let profile: Self =
            toml::from_str(text).map_err(|e| ProfileError::from_toml(&e, text, path))?;
        check::check(&profile, path)?;
        Ok(profile)
    }

    /// The built-in lexicon of recognition slips together with those of this document.
    #[must_use]
    pub fn lexicon(&self) -> Lexicon {
        let own: Vec<(String, String)> = self
            .words
            .repairs
            .iter()
            .map(|(wrong, right)| (wrong.clone(), right.clone()))
            .collect();
        Lexicon::builtin().with(&own)
    }

    /// Identifier of the document: municipality code and slug.
    #[must_use]
    pub fn document_id(&self) -> String {
        format!("{}-{}", self.municipality.code, self.document.slug)
    }
}
