//! What the modules share while one document is normalised.

use crate::mentions::Joined;
use jiff::civil::Date;
use kurabe_layout::{Profile, Words};
use kurabe_schema::{Dataset, Document, FindingRow, Municipality};
use kurabe_text::era::fiscal_year_of;
use kurabe_text::repair::{self, Lexicon};
use kurabe_text::width;
use kurabe_trace::{Code, Finding, Locator};
use std::collections::BTreeSet;

/// What is known of the file that a document was read from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Source {
    /// Path as shown to readers, relative to the folder of source files.
    pub path: String,
    /// Media type, `text/plain`.
    pub media_type: String,
    /// Character encoding.
    pub encoding: String,
    /// Size in bytes.
    pub bytes: u64,
    /// SHA-256 of the bytes, lower-case hexadecimal.
    pub sha256: String,
    /// Name of the reader.
    pub reader: String,
}

/// The state of normalising one document.
pub(crate) struct Context<'p> {
    pub(crate) profile: &'p Profile,
    pub(crate) document_id: String,
    pub(crate) data: Dataset,
    pub(crate) findings: Vec<Finding>,
    /// Day that the document's statements hold for.
    pub(crate) as_of: Option<Date>,
    lexicon: Lexicon,
}

impl<'p> Context<'p> {
    pub(crate) fn new(profile: &'p Profile, source: &Source, findings: Vec<Finding>) -> Self {
        let mut context = Self {
            profile,
            document_id: profile.document_id(),
            data: Dataset::default(),
            findings,
            as_of: date(profile.document.as_of.as_deref()),
            lexicon: profile.lexicon(),
        };
        context.data.municipalities.push(municipality(profile));
        context.data.documents.push(document(profile, source));
        context
    }

    /// Every measure with the identifier it was published under.
    pub(crate) fn published<'j, 'r>(
        &self,
        joined: &'j [Joined<'r>],
    ) -> Vec<(String, &'j Joined<'r>)> {
        self.data
            .measures
            .iter()
            .map(|m| m.measure_id.clone())
            .zip(joined)
            .collect()
    }

    /// Fiscal year that the document's statements hold for.
    pub(crate) fn current_year(&self) -> Option<i32> {
        self.as_of.map(fiscal_year_of)
    }

    pub(crate) fn remark(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// The standard form of short words: tidy, with recognition slips put right and remarked.
    pub(crate) fn standard(&mut self, words: &Words) -> String {
        let tidy = width::tidy(&words.text.replace('\n', " "));
        let right = self.repaired(&tidy, words);
        if right == tidy {
            tidy
        } else {
            width::tidy(&right)
        }
    }

    /// Long text with recognition slips put right and remarked, and the text as printed where
    /// the two differ.
    pub(crate) fn long_text(&mut self, words: &[Words]) -> (Option<String>, Option<String>) {
        let printed = text(words);
        let standard: Vec<Words> = words
            .iter()
            .map(|w| Words::new(self.repaired(&plain(&w.text), w), w.locator.clone()))
            .collect();
        let standard = text(&standard);
        let raw = printed.filter(|p| Some(p) != standard.as_ref());
        (standard, raw)
    }

    /// A text with its recognition slips put right, each with a remark at the place of `words`.
    fn repaired(&mut self, tidy: &str, words: &Words) -> String {
        let repairs = self.lexicon.repairs(tidy);
        if repairs.is_empty() {
            return tidy.to_owned();
        }
        let right = repair::apply(tidy, &repairs);
        for slip in &repairs {
            let (raw, fixed, rule) = (&slip.raw, &slip.fixed, &slip.rule);
            self.remark(
                Finding::new(
                    Code::WordRepaired,
                    words.locator.clone(),
                    format!("「{raw}」を「{fixed}」と読みました（規則: {rule}）。"),
                    format!("“{raw}” was read as “{fixed}” (rule: {rule})."),
                )
                .raw(raw.clone())
                .repaired(fixed.clone()),
            );
        }
        right
    }

    /// The dataset with the findings as rows.
    pub(crate) fn finish(mut self) -> Dataset {
        let document_id = self.document_id.clone();
        let owners = owners(&self.data);
        let mut seen: BTreeSet<Finding> = BTreeSet::new();
        self.findings.retain(|f| seen.insert(f.clone()));
        for finding in self.findings.iter_mut().filter(|f| f.measure_id.is_none()) {
            finding.measure_id = owner(&owners, &finding.locator);
        }
        self.data.findings = self
            .findings
            .into_iter()
            .map(|f| FindingRow {
                finding_id: String::new(),
                severity: f.code.severity().as_str().to_owned(),
                code: f.code.as_str().to_owned(),
                document_id: Some(document_id.clone()),
                measure_id: f.measure_id,
                locator: Some(f.locator.to_string()),
                message_ja: f.message_ja,
                message_en: f.message_en,
                raw: f.raw.filter(|t| !t.is_empty()),
                repaired: f.repaired.filter(|t| !t.is_empty()),
            })
            .collect();
        link_order(&mut self.data.findings);
        self.data
    }
}

/// Lines of every measure.
fn owners(data: &Dataset) -> Vec<(u32, u32, String)> {
    let span = |locator: &str| Locator::parse(locator).and_then(|l| l.line_span());
    data.measures
        .iter()
        .filter_map(|m| span(&m.locator).map(|(first, last)| (first, last, m.measure_id.clone())))
        .collect()
}

/// The measure that a place lies in.
fn owner(owners: &[(u32, u32, String)], place: &Locator) -> Option<String> {
    let (line, _) = place.line_span()?;
    owners
        .iter()
        .find(|(first, last, _)| (*first..=*last).contains(&line))
        .map(|o| o.2.clone())
}

/// Findings of one document in a fixed order with distinct identifiers, so that the tables of
/// one document can be stored before they are joined.
fn link_order(findings: &mut [FindingRow]) {
    for (index, finding) in findings.iter_mut().enumerate() {
        let owner = finding.document_id.clone().unwrap_or_default();
        finding.finding_id = format!("{owner}-f{:04}", index + 1);
    }
}

pub(crate) fn date(text: Option<&str>) -> Option<Date> {
    text.and_then(|t| t.parse().ok())
}

fn municipality(profile: &Profile) -> Municipality {
    let info = &profile.municipality;
    Municipality {
        municipality_code: info.code.clone(),
        name: info.name.clone(),
        prefecture: info.prefecture.clone(),
        kind: info.kind.clone(),
        population: info.population,
        population_as_of: date(info.population_as_of.as_deref()),
        population_source: info.population_source.clone(),
    }
}

fn document(profile: &Profile, source: &Source) -> Document {
    let info = &profile.document;
    Document {
        document_id: profile.document_id(),
        municipality_code: profile.municipality.code.clone(),
        plan_id: Some(info.plan_id.clone()),
        title: info.title.clone(),
        publisher: Some(info.publisher.clone()),
        kind: info.kind.clone(),
        edition_of_national_plan: info.edition_of_national_plan.clone(),
        published: date(info.published.as_deref()),
        as_of: date(info.as_of.as_deref()),
        period_start: info.period.map(|p| p[0]),
        period_end: info.period.map(|p| p[1]),
        path: source.path.clone(),
        source_url: info.source_url.clone(),
        retrieved_at: info.retrieved_at.clone(),
        media_type: Some(source.media_type.clone()),
        encoding: Some(source.encoding.clone()),
        bytes: i64::try_from(source.bytes).unwrap_or(i64::MAX),
        sha256: source.sha256.clone(),
        profile: Some(profile.document_id()),
        reader: Some(source.reader.clone()),
    }
}

/// The text of several words, one below the other; `None` when nothing is printed.
pub(crate) fn text(words: &[Words]) -> Option<String> {
    let texts: Vec<String> = words
        .iter()
        .map(|w| plain(&w.text))
        .filter(|t| !t.is_empty())
        .collect();
    (!texts.is_empty()).then(|| texts.join("\n"))
}

/// Long text as printed, without the white space around its lines.
fn plain(text: &str) -> String {
    text.lines()
        .map(str::trim)
        .filter(|l| !l.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}

/// Words as printed, where the standard form differs from them.
pub(crate) fn raw_if_other(printed: &str, standard: &str) -> Option<String> {
    let printed = printed.trim();
    (printed != standard && !printed.is_empty()).then(|| printed.to_owned())
}

/// Where words stand, or the whole document.
pub(crate) fn place(words: Option<&Words>) -> Locator {
    words.map_or(Locator::Document, |w| w.locator.clone())
}
