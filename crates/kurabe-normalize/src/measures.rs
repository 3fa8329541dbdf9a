//! The tables `measures`, `measure_departments` and `measure_tracks`.

use crate::context::{Context, place, raw_if_other};
use crate::fields::{number_value, title_and_marks};
use crate::mentions::Joined;
use crate::schedules;
use jiff::civil::Date;
use kurabe_layout::{ProfileWords, RawKpi, RawMeasure, Words};
use kurabe_schema::{Measure, MeasureDepartment, MeasureTrack};
use kurabe_text::era::{self, Start, StartKind};
use kurabe_text::{department, mark, number, width};
use kurabe_trace::{Code, Finding, Locator};
use std::collections::BTreeMap;

/// Publishes all measures of a document.
pub(crate) fn publish(context: &mut Context<'_>, joined: &[Joined<'_>]) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for (index, measure) in joined.iter().enumerate() {
        let mut row = row(context, measure);
        row.position = i32::try_from(index + 1).unwrap_or(i32::MAX);
        let count = seen.entry(row.measure_id.clone()).or_insert(0);
        *count += 1;
        if *count > 1 {
            duplicate(context, &row);
            row.measure_id = format!("{}~{count}", row.measure_id);
        }
        departments(context, &mut row, measure);
        tracks(context, &mut row, measure.main);
        context.data.measures.push(row);
    }
    gaps(context);
}

/// Numbers that a part and section skip: a measure may have been lost there.
fn gaps(context: &mut Context<'_>) {
    use kurabe_layout::IdPart;
    let pieces = &context.profile.document.measure_id;
    let mut groups: BTreeMap<(Option<String>, Option<String>), BTreeMap<u32, String>> =
        BTreeMap::new();
    for row in &context.data.measures {
        let Some(number) = row.number.as_ref().and_then(|n| n.parse().ok()) else {
            continue;
        };
        let part = row.part.clone().filter(|_| pieces.contains(&IdPart::Part));
        let section = row
            .section
            .clone()
            .filter(|_| pieces.contains(&IdPart::Section));
        groups
            .entry((part, section))
            .or_default()
            .insert(number, row.locator.clone());
    }
    for numbers in groups.into_values() {
        let last = numbers.keys().max().copied().unwrap_or_default();
        let missing: Vec<String> = (1..last)
            .filter(|n| !numbers.contains_key(n))
            .map(|n| n.to_string())
            .collect();
        let place = numbers.values().next().and_then(|l| Locator::parse(l));
        if !missing.is_empty() {
            let list = missing.join("、");
            context.remark(Finding::new(
                Code::NumberSequence,
                place.unwrap_or(Locator::Document),
                format!("番号{list}の取組がありません。"),
                format!("No measure has the number {list}."),
            ));
        }
    }
}

fn duplicate(context: &mut Context<'_>, row: &Measure) {
    let id = &row.measure_id;
    context.remark(Finding::new(
        Code::MeasureDuplicate,
        Locator::parse(&row.locator).unwrap_or(Locator::Document),
        format!("取組ID「{id}」が重複しています。番号と区分を確認してください。"),
        format!("The identifier “{id}” occurs twice; check number and section."),
    ));
}

fn row(context: &mut Context<'_>, joined: &Joined<'_>) -> Measure {
    let main = joined.main;
    let (_, marks) = marks(context, joined);
    let title = title(context, main);
    let (part, part_raw) = group(context, joined, |m| m.part.as_ref());
    let (section, section_raw) = group(context, joined, |m| m.section.as_ref());
    let (summary, summary_raw) = context.long_text(&main.summary);
    let (effect, effect_raw) = context.long_text(&main.effect);
    let later = main.tracks.iter().skip(1).filter_map(|t| t.detail.clone());
    let work: Vec<Words> = main.past.iter().cloned().chain(later).collect();
    let (past, past_raw) = context.long_text(&work);
    let (future, future_raw) = context.long_text(&main.future);
    let (note, note_raw) = context.long_text(&main.note);
    let number = number(context, main);
    let words = &context.profile.words;
    let is = |known: &[String]| marks.iter().any(|m| known.iter().any(|k| same(k, m)));
    let (is_new, is_repeat) = (is(&words.new_marks), is(&words.repeat_marks));
    let tags: Vec<String> = words
        .marks
        .iter()
        .filter(|k| marks.iter().any(|m| same(k, m)))
        .cloned()
        .collect();
    let mut row = Measure {
        measure_id: measure_id(
            context,
            part.as_deref(),
            section.as_deref(),
            number.as_deref(),
        ),
        document_id: context.document_id.clone(),
        municipality_code: context.profile.municipality.code.clone(),
        part,
        section,
        number,
        number_raw: main.number.as_ref().map(|w| w.text.clone()),
        title,
        title_raw: main
            .title
            .as_ref()
            .map_or(String::new(), |w| w.text.clone()),
        summary,
        effect,
        past,
        future,
        note,
        part_raw,
        section_raw,
        summary_raw,
        effect_raw,
        past_raw,
        future_raw,
        note_raw,
        is_new,
        is_repeat,
        locator: Locator::lines(main.lines.0, main.lines.1).to_string(),
        tags: (!tags.is_empty()).then(|| tags.join(";")),
        ..Measure::default()
    };
    term(&mut row, main);
    start(context, &mut row, joined);
    stage(context, &mut row, joined);
    row
}

fn same(a: &str, b: &str) -> bool {
    width::key(a) == width::key(b)
}

/// Marks of a measure on all pages.
fn marks(context: &Context<'_>, joined: &Joined<'_>) -> (String, Vec<String>) {
    let (title, mut marks) = title_and_marks(context.profile, joined.main);
    for mention in &joined.mentions {
        marks.extend(title_and_marks(context.profile, mention).1);
    }
    (title, marks)
}

fn title(context: &mut Context<'_>, main: &RawMeasure) -> String {
    let (title, _) = title_and_marks(context.profile, main);
    let words = Words::new(title, place(main.title.as_ref()));
    context.standard(&words)
}

/// Part or section, as printed with the measure, else as an overview page prints it; and the
/// printed words where they differ.
fn group(
    context: &mut Context<'_>,
    joined: &Joined<'_>,
    of: impl Fn(&RawMeasure) -> Option<&Words>,
) -> (Option<String>, Option<String>) {
    let words = of(joined.main).or_else(|| joined.mentions.iter().find_map(|m| of(m)));
    let Some(words) = words.cloned() else {
        return (None, None);
    };
    let bare = mark::take_marks(&words.text, &context.profile.words.marks).text;
    let standard = context.standard(&Words::new(bare, words.locator));
    let raw = raw_if_other(&words.text, &standard);
    (Some(standard).filter(|t| !t.is_empty()), raw)
}

fn number(context: &mut Context<'_>, main: &RawMeasure) -> Option<String> {
    let value = number_value(main)?;
    let printed = main
        .number
        .as_ref()
        .map(|w| w.text.clone())
        .unwrap_or_default();
    let slip = number::item_number(&printed).is_some_and(|n| n.repaired);
    if slip || main.number_by_sequence.is_some() {
        let why = if slip {
            ("認識誤りを直しました", "a recognition slip")
        } else {
            (
                "同じ区分の番号が続いています",
                "the numbers of the section go on",
            )
        };
        context.remark(
            Finding::new(
                Code::NumberRepaired,
                place(main.number.as_ref()),
                format!("番号「{printed}」を{value}と読みました（{}）。", why.0),
                format!("The number “{printed}” was read as {value} ({}).", why.1),
            )
            .raw(printed)
            .repaired(value.clone()),
        );
    }
    Some(value)
}

/// Identifier of a measure, from the pieces that the profile names.
fn measure_id(
    context: &Context<'_>,
    part: Option<&str>,
    section: Option<&str>,
    number: Option<&str>,
) -> String {
    use kurabe_layout::IdPart;
    let slug = |text: Option<&str>| {
        let text = text.unwrap_or("0");
        let slugs = &context.profile.document.slugs;
        let known = slugs
            .iter()
            .find(|(name, _)| same(name, text))
            .map(|(_, slug)| slug.clone());
        known.unwrap_or_else(|| text.split_whitespace().collect::<Vec<_>>().join("_"))
    };
    let mut id = context.document_id.clone();
    for piece in &context.profile.document.measure_id {
        let text = match piece {
            IdPart::Part => slug(part),
            IdPart::Section => slug(section),
            IdPart::Number => number.unwrap_or("0").replace(['(', ')'], ""),
        };
        id.push('-');
        id.push_str(&text);
    }
    id
}

/// First and last fiscal year of the term that a measure is listed under.
fn term(row: &mut Measure, main: &RawMeasure) {
    let Some((name, years)) = &main.term else {
        return;
    };
    row.section = Some(width::tidy(&name.text));
    let spans: Vec<era::YearSpan> = years
        .iter()
        .filter_map(|y| era::fiscal_years(&y.text))
        .collect();
    row.term_start = spans.first().map(|s| s.first);
    row.term_end = match spans.as_slice() {
        [] => None,
        [only] => only.last.filter(|last| *last != only.first),
        [.., last] => last.last.or(Some(last.first)),
    };
}

/// Departments of a measure: each of its own row, and together in the measure.
fn departments(context: &mut Context<'_>, row: &mut Measure, joined: &Joined<'_>) {
    let own = joined.main.departments.as_ref();
    let Some(words) = own.or_else(|| joined.mentions.iter().find_map(|m| m.departments.as_ref()))
    else {
        return;
    };
    let words = words.clone();
    let bare = mark::take_marks(&words.text, &context.profile.words.marks).text;
    let standard = context.standard(&Words::new(bare.clone(), words.locator.clone()));
    let split = department::split(&bare);
    let names = if split.names.len() > 1 {
        split.names
    } else {
        department::split(&standard).names
    };
    if split.unseparated {
        context.remark(
            Finding::new(
                Code::DepartmentsSplit,
                words.locator.clone(),
                format!("「{}」を{}つの課に分けました。", words.text, names.len()),
                format!(
                    "“{}” was split into {} departments.",
                    words.text,
                    names.len()
                ),
            )
            .raw(words.text.clone())
            .repaired(names.join(";"))
            .of_measure(row.measure_id.clone()),
        );
    }
    for (index, name) in names.iter().enumerate() {
        context.data.measure_departments.push(MeasureDepartment {
            measure_id: row.measure_id.clone(),
            position: i32::try_from(index + 1).unwrap_or(i32::MAX),
            department: name.clone(),
            department_std: None,
            locator: words.locator.to_string(),
        });
    }
    row.departments = (!names.is_empty()).then(|| names.join(";"));
}

/// Start of a measure: from its start cell and tracks, else from its schedules.
fn start(context: &mut Context<'_>, row: &mut Measure, joined: &Joined<'_>) {
    let main = joined.main;
    let cells: Vec<&Words> = if main.tracks.is_empty() {
        main.start.iter().collect()
    } else {
        main.tracks
            .iter()
            .filter_map(|t| t.start.as_ref())
            .collect()
    };
    if !cells.is_empty() {
        row.operation_start_raw = Some(
            cells
                .iter()
                .map(|w| w.text.trim())
                .collect::<Vec<_>>()
                .join("\n"),
        );
        let starts: Vec<Start> = cells
            .iter()
            .filter_map(|w| read_start(context, w))
            .collect();
        let dates = starts.iter().filter_map(|s| s.dates.as_ref());
        row.operation_start_earliest = dates.clone().map(|d| d.earliest).min();
        row.operation_start_latest = dates.map(|d| d.latest).max();
        row.start_fiscal_year = starts.iter().filter_map(|s| s.fiscal_year).min();
        row.start_qualifier = starts.iter().find_map(qualifier);
        return;
    }
    let printed = schedules::printed_starts(joined);
    if printed.is_empty() {
        return;
    }
    row.start_raw = Some(
        printed
            .iter()
            .map(|w| w.text.clone())
            .collect::<Vec<_>>()
            .join(";"),
    );
    let starts: Vec<Start> = printed
        .iter()
        .filter_map(|w| read_start(context, w))
        .collect();
    row.start_fiscal_year = starts.iter().filter_map(|s| s.fiscal_year).min();
    row.start_qualifier = match row.start_fiscal_year {
        Some(year) => starts
            .iter()
            .filter(|s| s.fiscal_year == Some(year))
            .find_map(qualifier),
        None => starts.iter().find_map(qualifier),
    };
}

fn read_start(context: &mut Context<'_>, words: &Words) -> Option<Start> {
    let start = era::start(&words.text);
    if start.is_none() && !words.text.trim().is_empty() {
        context.remark(
            Finding::new(
                Code::StartUnreadable,
                words.locator.clone(),
                format!("開始時期「{}」を読み取れません。", words.text.trim()),
                format!("The start “{}” could not be read.", words.text.trim()),
            )
            .raw(words.text.trim()),
        );
    }
    start
}

fn qualifier(start: &Start) -> Option<String> {
    let word = match start.kind {
        StartKind::AsNeeded => "as_needed",
        StartKind::Undecided => "undecided",
        _ if start.or_later => "or_later",
        _ => return None,
    };
    Some(word.to_owned())
}

/// Stage of a measure: from its status, its schedule, its term or its text, in this order.
fn stage(context: &mut Context<'_>, row: &mut Measure, joined: &Joined<'_>) {
    let main = joined.main;
    if let Some(status) = &main.status {
        row.stage_raw = Some(status.text.clone());
        row.stage_basis = Some("status".to_owned());
        let first = status_stage(context, status);
        let others: Vec<String> = main
            .tracks
            .iter()
            .filter_map(|t| t.status.as_ref())
            .map(|s| status_stage(context, s))
            .collect();
        row.stage = others
            .into_iter()
            .chain([first])
            .max_by_key(|s| kurabe_layout::phase::rank(s))
            .unwrap_or_default();
    } else if let (Some((_, None)), Some(stage)) = (
        schedules::stage_now(context, joined),
        running_stage(row, main),
    ) {
        // Every phase of the schedule is still to come; the text says what there is.
        row.stage = stage.to_owned();
        row.stage_basis = Some("text".to_owned());
    } else if let Some((stage, phase)) = schedules::stage_now(context, joined) {
        row.stage = stage;
        row.stage_raw = phase;
        row.stage_basis = Some("schedule".to_owned());
    } else if let Some((name, _)) = &main.term {
        row.stage = term_stage(context, row).to_owned();
        row.stage_raw = Some(name.text.clone());
        row.stage_basis = Some("term".to_owned());
    } else if let Some(stage) = text_stage(row) {
        row.stage = stage.to_owned();
        row.stage_basis = Some("text".to_owned());
    } else {
        row.stage = "unknown".to_owned();
    }
}

/// Stage of a status word; an unknown word is remarked.
fn status_stage(context: &mut Context<'_>, status: &Words) -> String {
    let ProfileWords { status: legend, .. } = &context.profile.words;
    if let Some((_, stage)) = legend.iter().find(|(word, _)| same(word, &status.text)) {
        return stage.clone();
    }
    context.remark(
        Finding::new(
            Code::StatusUnknown,
            status.locator.clone(),
            format!(
                "「{}」という進捗区分はプロファイルにありません。",
                status.text
            ),
            format!("The profile does not know the status “{}”.", status.text),
        )
        .raw(status.text.clone()),
    );
    "unknown".to_owned()
}

/// A term that has begun says that the measure is under way, and no more than that.
fn term_stage(context: &Context<'_>, row: &Measure) -> &'static str {
    match (row.term_start, context.current_year()) {
        (Some(start), Some(year)) if start <= year => "unknown",
        _ => "planned",
    }
}

/// Words of a trial that is going on.
const TRIALS: [&str; 5] = [
    "試験運用",
    "試験導入",
    "試行",
    "実証実験",
    "検証を行いました",
];

/// What a measure with a schedule of the future has already, by what was done so far and by the
/// present value of its indicators.
fn running_stage(row: &Measure, main: &RawMeasure) -> Option<&'static str> {
    let past = row.past.as_deref().unwrap_or_default();
    let present = main.kpis.iter().filter_map(|kpi| match kpi {
        RawKpi::Listed { values, .. } => values.first().map(|(_, value)| value.text.as_str()),
        RawKpi::Statement(_) => None,
    });
    let mut present = present.chain([past]);
    if present.any(|text| TRIALS.iter().any(|word| text.contains(word))) {
        return Some("trial");
    }
    runs(past).then_some("operating")
}

/// Whether a text says that something was done or goes on.
fn runs(past: &str) -> bool {
    past.contains("ています") || past.contains("ました") || past.contains("ている")
}

/// A measure with work behind it and nothing ahead runs, if its text says that something was done
/// or goes on.
fn text_stage(row: &Measure) -> Option<&'static str> {
    let past = row.past.as_deref().filter(|_| row.future.is_none())?;
    runs(past).then_some("operating")
}

fn tracks(context: &mut Context<'_>, row: &mut Measure, main: &RawMeasure) {
    for (index, track) in main.tracks.iter().enumerate() {
        let start = track.start.as_ref().and_then(|w| era::start(&w.text));
        let label = start.as_ref().and_then(|s| s.label.clone());
        let name = track.name.as_ref().map(|w| width::tidy(&w.text)).or(label);
        let stage = track.status.as_ref().map(|s| status_stage(context, s));
        let dates = start.and_then(|s| s.dates);
        let day = |f: fn(&era::DateRange) -> Date| dates.as_ref().map(f);
        context.data.measure_tracks.push(MeasureTrack {
            measure_id: row.measure_id.clone(),
            track: name.unwrap_or_else(|| format!("{}", index + 1)),
            stage: stage.unwrap_or_else(|| "unknown".to_owned()),
            stage_raw: track.status.as_ref().map(|w| w.text.clone()),
            operation_start_raw: track.start.as_ref().map(|w| w.text.clone()),
            operation_start_earliest: day(|d| d.earliest),
            operation_start_latest: day(|d| d.latest),
            locator: Locator::line(track.line).to_string(),
            position: i32::try_from(index + 1).unwrap_or(i32::MAX),
        });
    }
}
