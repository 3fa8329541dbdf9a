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
        let first = places.iter().min().copied().unwrap_or_default();
        let last = places.iter().max().copied().unwrap_or_default();
        cursor.document.outcomes.push(RawOutcome {
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
/// in the text on the effect.
pub(crate) fn cases(cursor: &mut Cursor<'_>, columns: &Columns, rows: &[&Row]) {
    for row in rows {
        cursor.take_row(row);
        let value = |role: ColumnRole| columns.roles.get(&role).and_then(|c| words_at(row, *c));
        let Some(subject) = value(ColumnRole::Subject) else {
            continue;
        };
        let template = RawOutcome {
            subject: subject.text.replace('\n', " "),
            note: value(ColumnRole::Means).map(|w| format!("手段：{}", w.text.replace('\n', " "))),
            locator: Some(Locator::line(row.line)),
            ..RawOutcome::default()
        };
        let before = value(ColumnRole::Before).map_or(String::new(), |w| w.text);
        let after = value(ColumnRole::After).map_or(String::new(), |w| w.text);
        let mut found = steps(&template, &before, &after);
        if let Some(result) = value(ColumnRole::Result) {
            found.extend(results(&template, &result.text));
        }
        cursor.document.outcomes.append(&mut found);
    }
}

/// Figures of the steps before and after, paired in the order they are printed.
fn steps(template: &RawOutcome, before: &str, after: &str) -> Vec<RawOutcome> {
    let (before, after) = (step_figures(before), step_figures(after));
    before
        .iter()
        .zip(&after)
        .map(|((step, from), (_, to))| RawOutcome {
            metric: step.clone(),
            before: Some(from.clone()),
            after: Some(to.clone()),
            note: Some(format!(
                "{}；{from} → {to}",
                template.note.clone().unwrap_or_default()
            )),
            ..template.clone()
        })
        .collect()
}

/// Steps of a procedure (separated by →) that carry a figure: name of the step, and the figure
/// with the words beside it (最大, 約).
fn step_figures(text: &str) -> Vec<(String, String)> {
    text.split('→')
        .filter(|step| !number::quantities(step).is_empty())
        .map(|step| {
            let (name, figure) = step.split_once(['(', '（']).unwrap_or((step, step));
            let figure = figure.trim().trim_end_matches([')', '）']);
            (name.trim().to_owned(), figure.to_owned())
        })
        .collect()
}

/// Figures in a text on the effect: `導入前：10時間/月 導入後：1時間/月`, `窓口 3,384件(77%)`.
fn results(template: &RawOutcome, text: &str) -> Vec<RawOutcome> {
    let year = era::find_dates(text)
        .first()
        .and_then(|hit| text.get(hit.range.clone()));
    let year = era::fiscal_years(text)
        .map(|y| y.first.to_string())
        .or(year.map(str::to_owned));
    let mut found: Vec<RawOutcome> = Vec::new();
    let mut from = 0;
    let mut topic = String::new();
    let mut rates: Vec<(usize, String)> = Vec::new();
    for quantity in number::quantities(text) {
        let label = label(text.get(from..quantity.range.start).unwrap_or_default());
        let printed = text
            .get(quantity.range.clone())
            .unwrap_or_default()
            .to_owned();
        from = quantity.range.end;
        if quantity.unit == "%" && !found.is_empty() {
            rates.push((found.len() - 1, printed));
            continue;
        }
        let (head, is_before, is_after) = side(&label);
        let falls = text
            .get(quantity.range.end..)
            .is_some_and(|t| t.starts_with(['減', '増']));
        if falls {
            found.push(RawOutcome {
                metric: label
                    .split_whitespace()
                    .next_back()
                    .unwrap_or(&label)
                    .to_owned(),
                change: Some(printed),
                year: year.clone(),
                ..template.clone()
            });
            continue;
        }
        if !head.is_empty() {
            topic = head;
        }
        if is_after && let Some(open) = found.last_mut().filter(|o| o.before.is_some()) {
            open.after = Some(printed);
            continue;
        }
        let (before, after) = if is_before {
            (Some(printed), None)
        } else {
            (None, Some(printed))
        };
        let metric = topic.clone();
        found.push(RawOutcome {
            metric,
            before,
            after,
            year: year.clone(),
            ..template.clone()
        });
    }
    rates
        .into_iter()
        .for_each(|(at, rate)| found[at].rate = Some(rate));
    found
}

/// The words before a figure, without the brackets, signs and remains of the figure before.
fn label(text: &str) -> String {
    const BEFORE: [&str; 7] = ["約", "最大", "毎月", "毎年", "平均", "毎", "年間"];
    let is_sign = |c: char| c.is_whitespace() || "：:、。(（)）~～".contains(c);
    let text = text
        .rsplit('】')
        .next()
        .unwrap_or(text)
        .trim_matches(is_sign);
    let text = ["/月", "/年", "/日"]
        .iter()
        .find_map(|rate| text.strip_prefix(rate))
        .unwrap_or(text);
    let mut text = text.trim_matches(is_sign);
    while let Some(rest) = BEFORE.iter().find_map(|word| text.strip_suffix(word)) {
        text = rest.trim_matches(is_sign);
    }
    text.to_owned()
}

/// Topic of a label, and whether it names the time before or after.
fn side(label: &str) -> (String, bool, bool) {
    for (word, before) in [
        ("導入前", true),
        ("導入後", false),
        ("変更前", true),
        ("変更後", false),
    ] {
        if let Some(head) = label.strip_suffix(word) {
            return (
                head.trim_end_matches(['：', ':', ' ']).trim().to_owned(),
                before,
                !before,
            );
        }
    }
    (label.to_owned(), false, false)
}
