//! Figures: result tables, cases in words, labelled pairs, figures inside sentences.

use super::listing;
use crate::columns::Columns;
use crate::cursor::{Cursor, words_at};
use crate::profile::{ColumnRole, InlineShare, TableSpec};
use crate::record::{RawListing, RawOutcome, RawShare, RawSurvey, RawSurveyOption, Words};
use crate::region::{Region, Unit};
use kurabe_page::Row;
use kurabe_text::{era, number, width};
use kurabe_trace::Locator;

/// Reads a table of results: one outcome per row and figure.
pub(crate) fn outcomes(
    cursor: &mut Cursor<'_>,
    region: &Region<'_>,
    spec: &TableSpec,
    columns: &Columns,
    rows: &[&Row],
    measure: Option<usize>,
) {
    for row in rows {
        cursor.take_row(row);
        let year = columns
            .roles
            .get(&ColumnRole::Year)
            .and_then(|c| words_at(row, *c));
        let is_total = year.as_ref().is_some_and(|y| {
            spec.totals
                .iter()
                .any(|t| width::key(t) == width::key(&y.text))
        });
        for metric in &spec.metrics {
            let value = |label: &Option<String>| {
                let column = columns.labelled(label.as_ref()?)?;
                words_at(row, column).map(|w| w.text)
            };
            let outcome = RawOutcome {
                measure,
                section: region.heading(),
                is_share: false,
                subject: spec.list.clone().unwrap_or_default(),
                year: year.as_ref().map(|y| y.text.clone()),
                metric: metric.metric.clone(),
                before: value(&metric.before),
                after: value(&metric.after),
                change: value(&metric.change),
                rate: value(&metric.rate),
                note: value(&metric.note),
                is_total,
                is_additive: metric.additive,
                locator: Some(Locator::line(row.line)),
            };
            if outcome.before.is_some() || outcome.after.is_some() {
                cursor.document.outcomes.push(outcome);
            }
        }
    }
}

/// Reads labelled figures: a label on one line, its figure on the next.
pub(crate) fn pairs(cursor: &mut Cursor<'_>, region: &Region<'_>) {
    let texts: Vec<Words> = region
        .units
        .iter()
        .filter(|u| !matches!(u, Unit::Table(_)))
        .map(Unit::words)
        .collect();
    let subject = region
        .units
        .first()
        .map_or(String::new(), |u| u.words().text);
    for spec in &region.spec.pairs {
        let is = |words: &Words, label: &str| width::key(&words.text) == width::key(label);
        let before = texts
            .windows(2)
            .position(|w| is(&w[0], &spec.before) && figure(&w[1]));
        let after = texts
            .windows(2)
            .position(|w| is(&w[0], &spec.after) && figure(&w[1]));
        let (Some(before), Some(after)) = (before, after) else {
            continue;
        };
        let metric = texts[..before]
            .last()
            .map_or(String::new(), |w| w.text.clone());
        let places: Vec<u32> = [before, before + 1, after, after + 1]
            .iter()
            .filter_map(|i| line(&texts[*i]))
            .collect();
        places.iter().for_each(|l| cursor.claims.record(*l));
        let names = texts[..before].last().and_then(line);
        names.into_iter().for_each(|l| cursor.claims.record(l));
        let first = places.iter().min().copied().unwrap_or_default();
        let last = places.iter().max().copied().unwrap_or_default();
        cursor.document.outcomes.push(RawOutcome {
            section: region.heading(),
            subject: subject.clone(),
            metric,
            before: Some(texts[before + 1].text.clone()),
            after: Some(texts[after + 1].text.clone()),
            locator: Some(Locator::lines(first, last)),
            ..RawOutcome::default()
        });
    }
}

fn figure(words: &Words) -> bool {
    number::quantities(&words.text)
        .first()
        .is_some_and(|q| q.range == (0..words.text.len()))
}

fn line(words: &Words) -> Option<u32> {
    words.locator.line_span().map(|(first, _)| first)
}

/// Reads lists, rates and figures that stand inside a sentence.
pub(crate) fn inline(
    cursor: &mut Cursor<'_>,
    region: &Region<'_>,
    unit: &Unit<'_>,
    measure: Option<usize>,
) {
    let spec = region.spec;
    let words = unit.words();
    for share in &spec.inline_shares {
        inline_share(cursor, share, &words);
    }
    for list in &spec.inline_lists {
        let Some(found) = list.pattern.find(&words.text) else {
            continue;
        };
        let items = listing::sentence_items(found.get("items").unwrap_or_default());
        listing::check_count(cursor, found.get("count"), items.len(), &words);
        for item in items {
            cursor.document.listings.push(RawListing {
                measure,
                list: list.list.clone(),
                group: found.get("group").map(str::to_owned),
                item,
                state: list.state.clone(),
                locator: Some(words.locator.clone()),
                ..RawListing::default()
            });
        }
    }
    for rate in &spec.inline_rates {
        inline_rate(cursor, rate, &words);
    }
    for figure in &spec.inline_figures {
        let Some(found) = figure.pattern.find(&words.text) else {
            continue;
        };
        let subject = region
            .units
            .first()
            .map_or(String::new(), |u| u.words().text);
        cursor.document.outcomes.push(RawOutcome {
            measure,
            section: region.heading(),
            subject,
            metric: figure.metric.clone(),
            after: found.get("value").map(str::to_owned),
            locator: Some(words.locator.clone()),
            ..RawOutcome::default()
        });
    }
}

/// Shares of several answers, sentence by sentence; they belong to the question before.
fn inline_share(cursor: &mut Cursor<'_>, share: &InlineShare, words: &Words) {
    let Some(survey) = cursor.document.surveys.last_mut() else {
        return;
    };
    for sentence in words.text.split_inclusive('。') {
        let Some(found) = share.pattern.find(sentence) else {
            continue;
        };
        let options = ["a", "b", "c"]
            .iter()
            .filter_map(|g| found.get(g))
            .map(str::to_owned);
        let Some(rate) = found.get("rate") else {
            continue;
        };
        survey.shares.push(RawShare {
            options: options.collect(),
            percent: Words::new(rate, words.locator.clone()),
        });
    }
}

fn inline_rate(cursor: &mut Cursor<'_>, rate: &crate::profile::InlineRate, words: &Words) {
    let Some(found) = rate.pattern.find(&words.text) else {
        return;
    };
    let subject = found
        .get("subject")
        .map(str::to_owned)
        .or_else(|| rate.subject.clone());
    let groups = ["rate", "rate2", "rate3"];
    let options = groups
        .iter()
        .zip(&rate.metrics)
        .filter_map(|(group, metric)| {
            Some(RawSurveyOption {
                option: metric.clone(),
                count: None,
                percent: Some(found.get(group)?.to_owned()),
                locator: Some(words.locator.clone()),
            })
        })
        .collect();
    cursor.document.surveys.push(RawSurvey {
        topic: rate.topic.clone(),
        question: subject.map(|s| s.trim().to_owned()),
        options,
        ..RawSurvey::default()
    });
}

/// Reads cases that are described in words: figures that stand before and after, and figures
/// in the text on the effect. The words themselves go into the notes.
pub(crate) fn cases(
    cursor: &mut Cursor<'_>,
    region: &Region<'_>,
    columns: &Columns,
    rows: &[&Row],
) {
    for row in rows {
        cursor.take_row(row);
        let value = |role: ColumnRole| columns.roles.get(&role).and_then(|c| words_at(row, *c));
        let Some(subject) = value(ColumnRole::Subject) else {
            continue;
        };
        let told = |role: ColumnRole, name: &str| {
            let words = value(role)?;
            Some(format!("{name}：{}", words.text.replace('\n', " ")))
        };
        let notes = [
            told(ColumnRole::Means, "手段"),
            told(ColumnRole::Before, "導入前"),
            told(ColumnRole::After, "導入後"),
        ];
        let template = RawOutcome {
            section: region.heading(),
            subject: subject.text.replace('\n', " "),
            note: join_notes(notes.into_iter().flatten()),
            locator: Some(Locator::line(row.line)),
            ..RawOutcome::default()
        };
        let text = |role| value(role).map_or(String::new(), |w| w.text);
        let mut found = steps(
            &template,
            &text(ColumnRole::Before),
            &text(ColumnRole::After),
        );
        if let Some(result) = value(ColumnRole::Result) {
            found.extend(results(&template, &result.text));
        }
        cursor.document.outcomes.append(&mut found);
    }
}

fn join_notes(notes: impl Iterator<Item = String>) -> Option<String> {
    let notes: Vec<String> = notes.filter(|n| !n.is_empty()).collect();
    (!notes.is_empty()).then(|| notes.join("；"))
}

/// Figures of the steps before and after, paired in the order they are printed.
fn steps(template: &RawOutcome, before: &str, after: &str) -> Vec<RawOutcome> {
    let (before, after) = (step_figures(before), step_figures(after));
    before
        .into_iter()
        .zip(after)
        .map(|(from, to)| {
            let quote = format!("{} → {}", from.figure, to.figure);
            RawOutcome {
                metric: from.metric,
                before: Some(from.figure),
                after: Some(to.figure),
                note: join_notes(template.note.iter().cloned().chain([quote])),
                ..template.clone()
            }
        })
        .collect()
}

/// A step of a procedure that carries a figure.
struct StepFigure {
    /// What the figure says by itself (`90分待ち`: 待ち時間), or else the name of the step.
    metric: String,
    /// The figure with the words beside it (最大, 約).
    figure: String,
}

/// Steps of a procedure (separated by →) that carry a figure.
fn step_figures(text: &str) -> Vec<StepFigure> {
    let steps = text.split('→');
    steps.filter_map(step_figure).collect()
}

fn step_figure(step: &str) -> Option<StepFigure> {
    number::quantities(step).first()?;
    let (name, figure) = step.split_once(['(', '（']).unwrap_or((step, step));
    let figure = figure.trim().trim_end_matches([')', '）']);
    let quantity = number::quantities(figure).into_iter().next()?;
    let noun = figure.get(quantity.range.end..).unwrap_or_default().trim();
    let is_time = ["秒", "分", "時間", "日"].contains(&quantity.unit.as_str());
    let metric = match noun {
        "" => name.trim().to_owned(),
        noun if is_time => format!("{noun}時間"),
        noun => noun.to_owned(),
    };
    Some(StepFigure {
        metric,
        figure: figure.to_owned(),
    })
}

/// Figures in a text on the effect: `導入前：10時間/月 導入後：1時間/月`, `窓口 3,384件(77%)`.
fn results(template: &RawOutcome, text: &str) -> Vec<RawOutcome> {
    let mut reader = Results {
        template,
        year: year(text),
        topic: String::new(),
        found: Vec::new(),
    };
    let mut from = 0;
    for quantity in number::quantities(text) {
        let before = text.get(from..quantity.range.start).unwrap_or_default();
        let printed = text.get(quantity.range.clone()).unwrap_or_default();
        let rest = text.get(quantity.range.end..).unwrap_or_default();
        from = quantity.range.end;
        if quantity.unit == "%" && !reader.found.is_empty() {
            reader.share(printed);
        } else if let Some(word) = ["減", "増"].iter().find(|w| rest.starts_with(**w)) {
            reader.change(&Label::read(before), printed, &quantity.unit, word);
        } else {
            reader.figure(Label::read(before), printed, &quantity.unit);
        }
    }
    reader.found
}

/// The fiscal year that a text names, or else its first date.
fn year(text: &str) -> Option<String> {
    let date = || {
        let hit = era::find_dates(text).into_iter().next()?;
        text.get(hit.range).map(str::to_owned)
    };
    let year = era::fiscal_years(text).map(|y| y.first.to_string());
    year.or_else(date)
}

struct Results<'t> {
    template: &'t RawOutcome,
    year: Option<String>,
    /// What the figures are about; it holds until another is named.
    topic: String,
    found: Vec<RawOutcome>,
}

impl Results<'_> {
    /// The share that the figure before has of a whole.
    fn share(&mut self, printed: &str) {
        if let Some(last) = self.found.last_mut() {
            last.rate = Some(printed.to_owned());
            last.is_share = true;
        }
    }

    /// A change without the values before and after; its direction stands in the note.
    fn change(&mut self, label: &Label, printed: &str, unit: &str, direction: &str) {
        let head = match label.topic.split_whitespace().next_back() {
            Some(head) => head.to_owned(),
            None => unit.to_owned(),
        };
        let quote = format!("{}{printed}{direction}", label.qualifiers);
        self.push(RawOutcome {
            metric: head,
            change: Some(printed.to_owned()),
            note: join_notes(self.template.note.iter().cloned().chain([quote])),
            ..self.template.clone()
        });
    }

    fn figure(&mut self, label: Label, printed: &str, unit: &str) {
        if !label.topic.is_empty() {
            self.topic = self.named(&label.topic, unit);
        }
        let printed = Some(printed.to_owned());
        if label.side == Some(Side::After)
            && let Some(open) = self.found.last_mut().filter(|o| o.before.is_some())
        {
            open.after = printed;
            return;
        }
        let (before, after) = match label.side {
            Some(Side::Before) => (printed, None),
            Some(Side::After) | None => (None, printed),
        };
        self.push(RawOutcome {
            metric: self.topic.clone(),
            before,
            after,
            note: join_notes(self.template.note.iter().cloned().chain([label.qualifiers])),
            ..self.template.clone()
        });
    }

    fn push(&mut self, outcome: RawOutcome) {
        let year = self.year.clone();
        self.found.push(RawOutcome { year, ..outcome });
    }

    /// A topic without dates; one that only says again what the case is about is named by what is
    /// counted (`1,500人`: 人数).
    fn named(&self, topic: &str, unit: &str) -> String {
        let mut name = topic.to_owned();
        for hit in era::find_dates(topic).into_iter().rev() {
            name.replace_range(hit.range, "");
        }
        let name = name.trim();
        let is_subject = width::key(name) == width::key(&self.template.subject);
        match (is_subject, unit) {
            (true, unit) if !unit.is_empty() => format!("{unit}数"),
            _ => name.to_owned(),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Before,
    After,
}

/// The words before a figure.
struct Label {
    /// What the figure is about; blank when the words do not say.
    topic: String,
    /// Words that qualify the figure (毎月, 最大), as printed.
    qualifiers: String,
    side: Option<Side>,
}

impl Label {
    /// Reads the words before a figure, without the brackets, signs and remains of the figure
    /// before.
    fn read(text: &str) -> Self {
        const BEFORE: [&str; 7] = ["約", "最大", "毎月", "毎年", "平均", "毎", "年間"];
        const SIDES: [(&str, Side); 4] = [
            ("導入前", Side::Before),
            ("導入後", Side::After),
            ("変更前", Side::Before),
            ("変更後", Side::After),
        ];
        let is_sign = |c: char| c.is_whitespace() || "：:、。(（)）~～".contains(c);
        let text = text
            .rsplit('】')
            .next()
            .unwrap_or(text)
            .trim_matches(is_sign);
        let remains = ["/月", "/年", "/日"];
        let text = remains
            .iter()
            .find_map(|rate| text.strip_prefix(rate))
            .unwrap_or(text);
        let whole = without_predicate(text.trim_matches(is_sign)).trim_matches(is_sign);
        let mut topic = whole;
        while let Some(rest) = BEFORE.iter().find_map(|word| topic.strip_suffix(word)) {
            topic = rest.trim_end_matches(is_sign);
        }
        let qualifiers = whole.get(topic.len()..).unwrap_or_default();
        let sided = SIDES
            .iter()
            .find_map(|(word, side)| Some((topic.strip_suffix(word)?, *side)));
        let (topic, side) = sided.map_or((topic, None), |(head, side)| (head, Some(side)));
        Self {
            topic: topic.trim_matches(is_sign).to_owned(),
            qualifiers: qualifiers.trim_matches(is_sign).to_owned(),
            side,
        }
    }
}

/// The words before a figure without what still says something of the figure before them: a first
/// word that begins with a particle (`1,500人から導入 …`).
fn without_predicate(text: &str) -> &str {
    const PARTICLES: [&str; 4] = ["から", "に", "を", "へ"];
    match text.split_once(char::is_whitespace) {
        Some((first, rest)) if PARTICLES.iter().any(|p| first.starts_with(p)) => rest,
        Some(_) | None => text,
    }
}
