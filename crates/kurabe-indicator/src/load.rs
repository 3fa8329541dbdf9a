//! The files as written, checked and turned into what is used.

use crate::data::{
    Cadence, Clause, Direction, Indicator, Indicators, National, Role, Rule, Source, Take,
};
use crate::error::IndicatorError;
use kurabe_text::width;
use regex::Regex;
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

/// A file of `indicators/`.
#[derive(Debug, Clone, Copy)]
pub struct SourceFile<'a> {
    /// Path, for messages.
    pub path: &'a str,
    /// Its text.
    pub text: &'a str,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    indicator: Vec<RawIndicator>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawIndicator {
    id: Spanned<String>,
    label_ja: String,
    label_en: String,
    definition_ja: String,
    definition_en: String,
    unit: String,
    #[serde(default)]
    units: Vec<String>,
    cadence: Option<Cadence>,
    direction: Option<Direction>,
    denominator_ja: Option<String>,
    denominator_en: Option<String>,
    #[serde(default)]
    per_capita: bool,
    #[serde(default = "yes")]
    level_comparable: bool,
    national: Option<National>,
    caveat_ja: Option<String>,
    caveat_en: Option<String>,
    #[serde(default)]
    rule: Vec<RawRule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRule {
    id: Spanned<String>,
    source: Source,
    all: Vec<Clause>,
    #[serde(default)]
    none: Vec<Clause>,
    #[serde(default)]
    leave_out: Vec<String>,
    take: Option<Take>,
    pattern: Option<String>,
    role: Option<Role>,
    caveat_ja: Option<String>,
    caveat_en: Option<String>,
}

fn yes() -> bool {
    true
}

/// File and line of the first use of each id.
type Seen = BTreeMap<String, String>;

impl Indicators {
    /// Reads all files.
    ///
    /// # Errors
    /// When one is no TOML, has an unknown key, an id twice, or a rule that cannot match.
    pub fn load(files: &[SourceFile<'_>]) -> Result<Self, IndicatorError> {
        let (mut all, mut seen) = (Vec::new(), Seen::new());
        for file in files {
            let raw: File = toml::from_str(file.text).map_err(|error| {
                let start = error.span().map_or(0, |span| span.start);
                IndicatorError::Invalid {
                    path: file.path.to_owned(),
                    line: file.line(start),
                    message: error.message().replace('\n', " "),
                }
            })?;
            for one in raw.indicator {
                all.push(file.indicator(one, &mut seen)?);
            }
        }
        all.sort_by(|a: &Indicator, b| a.id.cmp(&b.id));
        Ok(Self { all })
    }
}

impl SourceFile<'_> {
    fn line(self, at: usize) -> usize {
        let before = self.text.get(..at).unwrap_or_default();
        before.matches('\n').count() + 1
    }

    fn wrong(self, id: &Spanned<String>, what: String, hint: &'static str) -> IndicatorError {
        IndicatorError::Value {
            path: self.path.to_owned(),
            line: self.line(id.span().start),
            id: id.get_ref().clone(),
            what,
            hint,
        }
    }

    /// An id in lower-case letters, digits and hyphens that stands nowhere else.
    fn id(self, id: &Spanned<String>, seen: &mut Seen) -> Result<String, IndicatorError> {
        let value = id.get_ref().clone();
        let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if value.is_empty() || !value.chars().all(is_plain) || value == "override" {
            let what = "this is no id".to_owned();
            return Err(self.wrong(id, what, "use a-z, 0-9 and hyphens, and not `override`"));
        }
        let line = self.line(id.span().start);
        let place = format!("{}:{line}", self.path);
        match seen.insert(value.clone(), place) {
            None => Ok(value),
            Some(first) => Err(IndicatorError::Twice {
                path: self.path.to_owned(),
                line,
                id: value,
                first,
            }),
        }
    }

    fn indicator(self, raw: RawIndicator, seen: &mut Seen) -> Result<Indicator, IndicatorError> {
        let id = self.id(&raw.id, seen)?;
        let texts = [
            ("label_ja", &raw.label_ja),
            ("label_en", &raw.label_en),
            ("definition_ja", &raw.definition_ja),
            ("definition_en", &raw.definition_en),
            ("unit", &raw.unit),
        ];
        if let Some((key, _)) = texts.iter().find(|(_, text)| text.trim().is_empty()) {
            return Err(self.wrong(&raw.id, format!("`{key}` is empty"), "write it"));
        }
        self.both(&raw.id, &raw.caveat_ja, &raw.caveat_en)?;
        self.both(&raw.id, &raw.denominator_ja, &raw.denominator_en)?;
        let rules = raw.rule.into_iter().map(|rule| self.rule(rule, seen));
        Ok(Indicator {
            id,
            rules: rules.collect::<Result<_, _>>()?,
            label_ja: raw.label_ja,
            label_en: raw.label_en,
            definition_ja: raw.definition_ja,
            definition_en: raw.definition_en,
            unit: raw.unit,
            units: raw.units,
            cadence: raw.cadence,
            direction: raw.direction,
            denominator_ja: raw.denominator_ja,
            denominator_en: raw.denominator_en,
            is_per_capita: raw.per_capita,
            is_level_comparable: raw.level_comparable,
            national: raw.national,
            caveat_ja: raw.caveat_ja,
            caveat_en: raw.caveat_en,
        })
    }

    /// What is said in one language must be said in the other.
    fn both(
        self,
        id: &Spanned<String>,
        ja: &Option<String>,
        en: &Option<String>,
    ) -> Result<(), IndicatorError> {
        if ja.is_some() == en.is_some() {
            return Ok(());
        }
        let what = "a text stands in one language only".to_owned();
        Err(self.wrong(id, what, "write it in Japanese and English"))
    }

    fn rule(self, raw: RawRule, seen: &mut Seen) -> Result<Rule, IndicatorError> {
        let id = self.id(&raw.id, seen)?;
        self.both(&raw.id, &raw.caveat_ja, &raw.caveat_en)?;
        if raw.all.is_empty() {
            let what = "the rule asks for nothing".to_owned();
            return Err(self.wrong(&raw.id, what, "write at least one clause in `all`"));
        }
        for clause in raw.all.iter().chain(&raw.none) {
            self.clause(&raw.id, raw.source, clause)?;
        }
        let is_text = raw.source == Source::Text;
        if raw.take.is_some() && raw.source != Source::Outcome {
            let what = "`take` is of effects only".to_owned();
            return Err(self.wrong(&raw.id, what, "remove it, or set source = \"outcome\""));
        }
        if raw.pattern.is_some() != is_text || raw.role.is_some() && !is_text {
            let what = "`pattern` belongs to source = \"text\", and `role` with it".to_owned();
            return Err(self.wrong(&raw.id, what, "add or remove them"));
        }
        let pattern = raw.pattern.as_deref();
        Ok(Rule {
            id,
            source: raw.source,
            pattern: pattern.map(|p| self.pattern(&raw.id, p)).transpose()?,
            all: raw.all,
            none: raw.none,
            leave_out: raw.leave_out,
            take: raw.take.unwrap_or_default(),
            role: raw.role.unwrap_or_default(),
            caveat_ja: raw.caveat_ja,
            caveat_en: raw.caveat_en,
        })
    }

    fn clause(
        self,
        id: &Spanned<String>,
        source: Source,
        clause: &Clause,
    ) -> Result<(), IndicatorError> {
        if clause.fields.is_empty() || clause.any.is_empty() {
            let what = "a clause has no fields or no terms".to_owned();
            return Err(self.wrong(id, what, "write { in = [\"name\"], any = [\"…\"] }"));
        }
        if let Some(field) = clause.fields.iter().find(|field| !field.is_of(source)) {
            let what = format!("its source has no field `{}`", field.as_str());
            return Err(self.wrong(id, what, "the guide lists the fields of each source"));
        }
        if let Some(term) = clause.any.iter().find(|t| width::key(t).is_empty()) {
            let what = format!("`{term}` has no letters");
            return Err(self.wrong(id, what, "write a term that can be found"));
        }
        Ok(())
    }

    fn pattern(self, id: &Spanned<String>, text: &str) -> Result<Regex, IndicatorError> {
        const HINT: &str = "write a regular expression with a group (?<value>…)";
        let pattern = Regex::new(text)
            .map_err(|error| self.wrong(id, error.to_string().replace('\n', " "), HINT))?;
        if pattern
            .capture_names()
            .flatten()
            .any(|name| name == "value")
        {
            return Ok(pattern);
        }
        Err(self.wrong(id, "the pattern has no group `value`".to_owned(), HINT))
    }
}
