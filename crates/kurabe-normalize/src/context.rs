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
    /// Character encoding; empty for formats that have none.
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
    /// Lines on which overview pages name measures: first, last, index of the measure.
    pub(crate) mentioned: Vec<(u32, u32, usize)>,
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
            mentioned: Vec::new(),
            lexicon: profile.lexicon(),
        };
        context.data.municipalities.push(municipality(profile));
        context.data.documents.push(document(profile, source));
        context
    }

    /// Lines of every measure, and those of overview pages that name it.
    fn owners(&self) -> Vec<(u32, u32, String)> {
        let span = |locator: &str| Locator::parse(locator).and_then(|l| l.line_span());
        let measures = &self.data.measures;
        let own = measures.iter().filter_map(|m| {
            let (first, last) = span(&m.locator)?;
            Some((first, last, m.measure_id.clone()))
        });
        let mentioned = self.mentioned.iter().filter_map(|(first, last, index)| {
            let measure = measures.get(*index)?;
            Some((*first, *last, measure.measure_id.clone()))
        });
        own.chain(mentioned).collect()
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
            .map(|w| {
                Words::new(
                    self.repaired(&unmarked(&plain(&w.text)), w),
                    w.locator.clone(),
                )
            })
            .collect();
        let standard = text(&standard);
        let raw = printed.filter(|p| Some(p) != standard.as_ref());
        (standard, raw)
    }

    /// A text with its recognition slips put right, each with a remark at the place of `words`.
    fn repaired(&mut self, tidy: &str, words: &Words) -> String {
        self.suspect(tidy, words);
        let repairs = self.lexicon.repairs(tidy);
        if repairs.is_empty() {
            return tidy.to_owned();
        }
        let right = repair::apply(tidy, &repairs);
        for slip in &repairs {
            let (fixed, rule) = (&slip.fixed, &slip.rule);
            let raw = as_printed(&words.text, &slip.raw);
            let rule_ja = rule_ja(rule);
            self.remark(
                Finding::new(
                    Code::WordRepaired,
                    words.locator.clone(),
                    format!("「{raw}」を「{fixed}」と読みました（規則：{rule_ja}）。"),
                    format!("“{raw}” was read as “{fixed}” (rule: {rule})."),
                )
                .raw(raw)
                .repaired(fixed.clone()),
            );
        }
        right
    }

    /// Remarks characters that no Japanese text holds and no rule puts right.
    fn suspect(&mut self, text: &str, words: &Words) {
        let right = repair::apply(text, &self.lexicon.repairs(text));
        for found in right
            .chars()
            .filter(|c| is_suspect(*c))
            .collect::<BTreeSet<_>>()
        {
            let around = around(&right, found);
            self.remark(
                Finding::new(
                    Code::CharacterSuspect,
                    words.locator.clone(),
                    format!("「{around}」の「{found}」は日本語の文書で使われない字です。誤認識の可能性があります。"),
                    format!("“{found}” in “{around}” is no character of Japanese text; it may be misrecognised."),
                )
                .raw(found.to_string()),
            );
        }
    }

    /// The dataset with the findings as rows.
    pub(crate) fn finish(mut self) -> Dataset {
        let document_id = self.document_id.clone();
        let owners = self.owners();
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

/// The measure that a place lies in; `None` when several share it.
fn owner(owners: &[(u32, u32, String)], place: &Locator) -> Option<String> {
    let (line, _) = place.line_span()?;
    let mut holding = owners
        .iter()
        .filter(|(first, last, _)| (*first..=*last).contains(&line));
    let first = holding.next()?;
    let is_same = |other: &(u32, u32, String)| other.2 == first.2;
    holding.all(is_same).then(|| first.2.clone())
}

/// The Japanese name of a rule of repair.
fn rule_ja(rule: &str) -> &str {
    match rule {
        "lexicon" => "誤認識の一覧",
        "script" => "ほかの文字体系の字",
        "glyph" => "字形の似た字",
        "spacing" => "字間の空白",
        other => other,
    }
}

/// The words of a source that a tidied word was read from: the same characters, with the white
/// space between them.
fn as_printed(source: &str, tidied: &str) -> String {
    let wanted = width::key(tidied);
    let mut starts = source.char_indices().filter(|(_, c)| !c.is_whitespace());
    let found = starts.find_map(|(start, _)| {
        let rest = source.get(start..)?;
        let ends = rest.char_indices().map(|(at, c)| at + c.len_utf8());
        let mut candidates = ends.filter_map(|end| rest.get(..end));
        candidates
            .by_ref()
            .take_while(|text| width::key(text).len() <= wanted.len())
            .find(|text| width::key(text) == wanted)
    });
    found.unwrap_or(tidied).to_owned()
}

/// A Chinese character that the Japanese standards of everyday use (JIS X 0208 with the extensions
/// of code page 932) do not hold.
fn is_suspect(c: char) -> bool {
    if !('\u{4E00}'..='\u{9FFF}').contains(&c) {
        return false;
    }
    let mut buffer = [0; 4];
    let (_, _, is_missing) = encoding_rs::SHIFT_JIS.encode(c.encode_utf8(&mut buffer));
    is_missing
}

/// A few characters on both sides of the first place where a character stands.
fn around(text: &str, found: char) -> String {
    let chars: Vec<char> = text.chars().collect();
    let at = chars.iter().position(|c| *c == found).unwrap_or(0);
    let to = (at + 6).min(chars.len());
    chars[at.saturating_sub(5)..to].iter().collect()
}

/// Text without the asterisks of emphasis that text extraction leaves in it.
fn unmarked(text: &str) -> String {
    text.replace("**", "")
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
        encoding: Some(source.encoding.clone()).filter(|name| !name.is_empty()),
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
