//! The table `schedules`: one row per measure, item and fiscal year.
//!
//! A document may print the schedule of a measure on several pages. What they agree on is taken
//! as it is. Where they differ, the page is taken whose phases fit the printed start year best
//! (work other than study begins in the start year); when that does not decide, the page that
//! describes the measure in full. The reading of the other page stays beside it.

use crate::context::{Context, place, raw_if_other};
use crate::mentions::Joined;
use crate::stages;
use kurabe_layout::{RawSchedule, RawScheduleCell, RawScheduleRow, Words, phase};
use kurabe_schema::Schedule;
use kurabe_text::{era, width};
use kurabe_trace::{Code, Finding, Locator};
use std::collections::BTreeMap;

/// An item of a schedule with the rows of all pages that print it.
struct Item<'r> {
    own: Option<(&'r RawSchedule, &'r RawScheduleRow)>,
    other: Option<(&'r RawSchedule, &'r RawScheduleRow)>,
}

/// Publishes the schedules of all measures.
pub(crate) fn publish(context: &mut Context<'_>, joined: &[Joined<'_>]) {
    let mut assumed = 0;
    for (id, measure) in context.published(joined) {
        for (position, item) in items(measure).iter().enumerate() {
            assumed += publish_item(context, &id, position + 1, item);
            if let (None, Some(other), Some(page)) =
                (item.own, item.other, measure.main.schedules.first())
            {
                only_overview(context, &id, page, other.1);
            }
        }
    }
    if assumed > 0 {
        context.remark(Finding::new(
            Code::ScheduleSpanAssumed,
            Locator::Document,
            format!("年次計画の{assumed}か所は、空欄が直前の段階の続きであるとみなしました。"),
            format!(
                "{assumed} schedule cells are blank and were read as the phase before going on."
            ),
        ));
    }
}

/// The items of a measure: those of its own page first, then those only other pages print.
fn items<'r>(joined: &Joined<'r>) -> Vec<Item<'r>> {
    let own: Vec<_> = rows(&joined.main.schedules);
    let mut other: Vec<_> = joined
        .mentions
        .iter()
        .flat_map(|m| rows(&m.schedules))
        .collect();
    let alone = own.len() == 1 && other.len() == 1;
    let mut items: Vec<Item<'r>> = Vec::new();
    for row in own {
        let at = other.iter().position(|o| alone || name(o.1) == name(row.1));
        items.push(Item {
            own: Some(row),
            other: at.map(|i| other.remove(i)),
        });
    }
    items.extend(other.into_iter().map(|row| Item {
        own: None,
        other: Some(row),
    }));
    // A row without name and phases says nothing once the other page names the items.
    let named = items
        .iter()
        .any(|i| i.other.is_some_and(|o| o.1.item.is_some()));
    items.retain(|i| {
        let empty = i
            .own
            .is_some_and(|o| o.1.cells.is_empty() && o.1.item.is_none());
        !(named && empty && i.other.is_none())
    });
    items
}

fn rows(schedules: &[RawSchedule]) -> Vec<(&RawSchedule, &RawScheduleRow)> {
    schedules
        .iter()
        .flat_map(|s| s.rows.iter().map(move |r| (s, r)))
        .collect()
}

fn name(row: &RawScheduleRow) -> String {
    row.item
        .as_ref()
        .map_or(String::new(), |i| width::key(&i.text))
}

/// Starts as printed with the schedules, one per item.
pub(crate) fn printed_starts<'r>(joined: &Joined<'r>) -> Vec<&'r Words> {
    items(joined).iter().filter_map(item_start).collect()
}

fn item_start<'r>(item: &Item<'r>) -> Option<&'r Words> {
    let of =
        |row: Option<(&'r RawSchedule, &'r RawScheduleRow)>| row.and_then(|r| r.1.start.as_ref());
    of(item.own).or_else(|| of(item.other))
}

/// Stage and phase in the year that the document's statements hold for.
pub(crate) fn stage_now(
    context: &Context<'_>,
    joined: &Joined<'_>,
) -> Option<(String, Option<String>)> {
    let year = context.current_year()?;
    let own = &context.profile.words.phases;
    let mut now: Vec<(String, String)> = Vec::new();
    let mut any = false;
    for item in items(joined) {
        let Some((chosen, rejected)) = choose(context, &item) else {
            continue;
        };
        let cells = all_cells(chosen, rejected);
        any |= !cells.is_empty();
        let current = cells.iter().filter(|c| c.fiscal_year == year);
        now.extend(current.filter_map(|c| {
            let stage = settled(phase::stage(&c.phase.text, own)?, c, &cells, own);
            Some((stage, phase_text(c.phase)))
        }));
    }
    let furthest = stages::furthest(now.iter().map(|(stage, _)| stage.as_str()));
    let furthest = furthest.map(str::to_owned);
    let mut same = now.into_iter().rev();
    match same.find(|(stage, _)| Some(stage) == furthest.as_ref()) {
        Some((stage, phase)) => Some((stage, Some(phase))),
        None => any.then(|| ("planned".to_owned(), None)),
    }
}

type Row<'r> = (&'r RawSchedule, &'r RawScheduleRow);

/// The page that is taken, and the other one where it differs.
fn choose<'r>(context: &Context<'_>, item: &Item<'r>) -> Option<(Row<'r>, Option<Row<'r>>)> {
    let written = |row: Option<Row<'r>>| row.filter(|r| !r.1.cells.is_empty());
    let (own, other) = match (written(item.own), written(item.other)) {
        (Some(own), Some(other)) => (own, other),
        (Some(only), None) | (None, Some(only)) => return Some((only, None)),
        (None, None) => return None,
    };
    if same_phases(own.1, other.1) {
        return Some((own, None));
    }
    let start = item_start(item)
        .and_then(|w| era::start(&w.text))
        .and_then(|s| s.fiscal_year);
    let fit = |row: Row<'r>| {
        (
            !row.0.is_damaged,
            start.map_or(0, |s| fit(context, row.1, s)),
        )
    };
    if fit(other) > fit(own) {
        Some((other, Some(own)))
    } else {
        Some((own, Some(other)))
    }
}

fn same_phases(a: &RawScheduleRow, b: &RawScheduleRow) -> bool {
    let list = |row: &RawScheduleRow| -> Vec<(i32, String)> {
        row.cells
            .iter()
            .map(|c| (c.fiscal_year, width::key(&phase_text(&c.phase))))
            .collect()
    };
    list(a) == list(b)
}

/// How well a row fits a start year: 2 when the first phase that is more than study begins in
/// it, 1 when a later one does, 0 when none does.
fn fit(context: &Context<'_>, row: &RawScheduleRow, start: i32) -> u8 {
    let begins: Vec<i32> = row
        .cells
        .iter()
        .filter(|c| !is_study(context, &c.phase))
        .map(|c| c.fiscal_year)
        .collect();
    match begins.iter().position(|year| *year == start) {
        Some(0) => 2,
        Some(_) => 1,
        None => 0,
    }
}

/// A phase in one fiscal year.
struct Cell<'r> {
    fiscal_year: i32,
    phase: &'r Words,
    basis: &'static str,
    /// Whether the print itself says that the phase holds in this year.
    is_certain: bool,
}

/// The phases of the page that was taken. A blank year in which the other page prints the same
/// phase is as good as printed; a year that is blank and that only the other page fills is taken from
/// there.
fn all_cells<'r>(chosen: Row<'r>, rejected: Option<Row<'r>>) -> Vec<Cell<'r>> {
    let mut cells = expand(chosen.0, chosen.1);
    let Some(rejected) = rejected else {
        return cells;
    };
    let key = |words: &Words| width::key(&phase_text(words));
    for other in &rejected.1.cells {
        match cells
            .iter_mut()
            .find(|c| c.fiscal_year == other.fiscal_year)
        {
            Some(cell) if cell.basis == "blank_run" && key(cell.phase) == key(&other.phase) => {
                cell.basis = "cell";
                cell.is_certain = true;
            }
            Some(_) => {}
            None if !chosen.0.years.contains(&other.fiscal_year) => {}
            None => cells.push(Cell {
                fiscal_year: other.fiscal_year,
                phase: &other.phase,
                basis: "cell",
                is_certain: false,
            }),
        }
    }
    cells.sort_by_key(|c| c.fiscal_year);
    cells
}

/// Words that say that work goes on, whatever the work is.
const GOING_ON: [&str; 3] = ["継続", "取組", "継続して取組"];

/// The stage of a phase in the light of the ones after it: work that merely goes on before
/// something is built is part of building it.
fn settled(
    stage: String,
    cell: &Cell<'_>,
    cells: &[Cell<'_>],
    words: &BTreeMap<String, String>,
) -> String {
    let is_going_on = GOING_ON.contains(&width::key(&cell.phase.text).as_str());
    let is_built_later = || {
        let later = cells.iter().filter(|c| c.fiscal_year > cell.fiscal_year);
        let stages = later.filter_map(|c| phase::stage(&c.phase.text, words));
        stages.into_iter().any(|s| s == "build")
    };
    if is_going_on && is_built_later() {
        "build".to_owned()
    } else {
        stage
    }
}

/// The phases of a row in every year: printed cells, spans from markup, and blank cells after a
/// phase up to the next one. A phase that recurs after blanks is an event and does not spread.
fn expand<'r>(schedule: &'r RawSchedule, row: &'r RawScheduleRow) -> Vec<Cell<'r>> {
    let end = schedule.years.iter().max().copied().unwrap_or_default();
    let mut found = Vec::new();
    for cell in &row.cells {
        let next = row
            .cells
            .iter()
            .map(|c| c.fiscal_year)
            .filter(|y| *y > cell.fiscal_year)
            .min();
        let last = spread(row, cell, next.map_or(end, |y| y - 1));
        for fiscal_year in cell.fiscal_year..=last.max(cell.fiscal_year) {
            let basis = match (fiscal_year == cell.fiscal_year, cell.span) {
                (true, 0 | 1) => "cell",
                (_, 2..) => "colspan",
                (false, _) => "blank_run",
            };
            found.push(Cell {
                fiscal_year,
                phase: &cell.phase,
                basis,
                is_certain: basis != "blank_run",
            });
        }
    }
    found
}

/// Last year that a cell holds for.
fn spread(row: &RawScheduleRow, cell: &RawScheduleCell, blank_until: i32) -> i32 {
    let key = width::key(&cell.phase.text);
    let recurs = row
        .cells
        .iter()
        .filter(|c| width::key(&c.phase.text) == key)
        .count()
        > 1;
    match cell.span {
        0 if recurs => cell.fiscal_year,
        0 => blank_until,
        span => cell.fiscal_year + i32::from(span) - 1,
    }
}

/// A phase as printed, without the reference marks of its footnotes.
fn phase_text(words: &Words) -> String {
    words
        .text
        .trim()
        .replace('\n', " ")
        .trim_end_matches('※')
        .to_owned()
}

/// Whether a phase is study and nothing more; of phases printed one after the other in one cell,
/// the last one counts.
fn is_study(context: &Context<'_>, phase: &Words) -> bool {
    let text = phase_text(phase);
    let last = text.split_whitespace().next_back().unwrap_or(&text);
    phase::stage(last, &context.profile.words.phases).as_deref() == Some("study")
}

fn publish_item(context: &mut Context<'_>, id: &str, position: usize, item: &Item<'_>) -> usize {
    lost(context, id, item);
    start_from_overview(context, id, item);
    let Some((chosen, rejected)) = choose(context, item) else {
        return 0;
    };
    if let Some(rejected) = rejected {
        let name = item.own.or(item.other).and_then(|r| r.1.item.clone());
        disagree(context, id, name.as_ref(), chosen, rejected);
    }
    contradiction(context, id, item, chosen);
    let item_words = [Some(chosen), item.own, item.other]
        .into_iter()
        .flatten()
        .find_map(|r| r.1.item.clone());
    let item_locator = item_words.as_ref().map(|w| w.locator.to_string());
    let item_name = item_words.as_ref().map(|w| context.standard(w));
    let item_raw = item_words
        .zip(item_name.as_ref())
        .and_then(|(words, name)| raw_if_other(&words.text, name));
    let department = chosen
        .1
        .department
        .as_ref()
        .map(|w| kurabe_text::department::split(&w.text).names.join(";"));
    let others: BTreeMap<i32, &RawScheduleCell> = rejected
        .map(|r| r.1.cells.iter().map(|c| (c.fiscal_year, c)).collect())
        .unwrap_or_default();
    let cells = all_cells(chosen, rejected);
    let assumed = cells.iter().filter(|c| c.basis == "blank_run").count();
    for cell in &cells {
        let words = &context.profile.words.phases;
        let stage = phase::stage(&cell.phase.text, words);
        let stage = stage.map(|stage| settled(stage, cell, &cells, words));
        if stage.is_none() && cell.basis != "blank_run" {
            unknown_phase(context, id, cell.phase);
        }
        let other = others.get(&cell.fiscal_year);
        context.data.schedules.push(Schedule {
            measure_id: id.to_owned(),
            item: item_name.clone(),
            item_raw: item_raw.clone(),
            item_locator: item_locator.clone(),
            fiscal_year: cell.fiscal_year,
            phase_raw: phase_text(cell.phase),
            stage,
            is_span_certain: cell.is_certain,
            department: department.clone(),
            locator: cell.phase.locator.to_string(),
            position: i32::try_from(position).unwrap_or(i32::MAX),
            span_basis: cell.basis.to_owned(),
            other_phase_raw: other.map(|c| phase_text(&c.phase)),
            other_locator: match other {
                Some(cell) => Some(cell.phase.locator.to_string()),
                None => rejected.map(|r| Locator::line(r.1.line).to_string()),
            },
        });
    }
    assumed
}

fn unknown_phase(context: &mut Context<'_>, id: &str, phase: &Words) {
    let text = phase_text(phase);
    context.remark(
        Finding::new(
            Code::PhaseUnknown,
            phase.locator.clone(),
            format!("「{text}」がどの段階か判断できません。"),
            format!("The stage of the phase “{text}” is not known."),
        )
        .of_measure(id)
        .raw(text),
    );
}

/// A row of a schedule as a reader would quote it.
fn quote(row: &RawScheduleRow) -> String {
    let cells: Vec<String> = row
        .cells
        .iter()
        .map(|c| format!("{}年度 {}", c.fiscal_year, phase_text(&c.phase)))
        .collect();
    cells.join("、")
}

fn disagree(
    context: &mut Context<'_>,
    id: &str,
    item: Option<&Words>,
    chosen: Row<'_>,
    rejected: Row<'_>,
) {
    let (taken, left) = (quote(chosen.1), quote(rejected.1));
    let (line, other) = (chosen.1.line, rejected.1.line);
    let item = item.map(|words| width::tidy(&words.text.replace('\n', " ")));
    let item_ja = item
        .as_ref()
        .map_or(String::new(), |item| format!("「{item}」の"));
    let item_en = item
        .as_ref()
        .map_or(String::new(), |item| format!(" of “{item}”"));
    context.remark(
        Finding::new(
            Code::SchedulePagesDisagree,
            Locator::line(other),
            format!("{item_ja}年次計画がL{line}（{taken}）とL{other}（{left}）で異なります。L{line}を採りました。"),
            format!("The schedules{item_en} on L{line} ({taken}) and L{other} ({left}) differ; L{line} was taken."),
        )
        .of_measure(id)
        .raw(left)
        .repaired(taken),
    );
}

fn lost(context: &mut Context<'_>, id: &str, item: &Item<'_>) {
    let (Some(own), Some(other)) = (item.own, item.other) else {
        return;
    };
    if own.1.cells.is_empty() && !other.1.cells.is_empty() {
        let line = other.1.line;
        context.remark(
            Finding::new(
                Code::ScheduleLost,
                Locator::line(own.1.line),
                format!("年次計画の段階が失われています。L{line}の一覧から補いました。"),
                format!("The phases of the schedule are lost; they were taken from L{line}."),
            )
            .of_measure(id),
        );
    }
}

/// The page that describes the measure has lost the row; the overview still prints it.
fn only_overview(context: &mut Context<'_>, id: &str, page: &RawSchedule, other: &RawScheduleRow) {
    let line = other.line;
    let own = page.rows.first().map(|row| row.line);
    let place = own.map_or(Locator::line(line), Locator::line);
    let name = other.item.as_ref().map(|w| width::tidy(&w.text));
    let (ja, en) = match &name {
        Some(name) => (format!("「{name}」"), format!(" of “{name}”")),
        None => ("年次計画".to_owned(), String::new()),
    };
    context.remark(
        Finding::new(
            Code::ScheduleLost,
            place,
            format!("{ja}の行が本文の年次計画にありません。L{line}の一覧から補いました。"),
            format!("The schedule row{en} is missing on the page of the measure; it was taken from L{line}."),
        )
        .of_measure(id),
    );
}

/// The start is blank where the measure is described and printed on the overview.
fn start_from_overview(context: &mut Context<'_>, id: &str, item: &Item<'_>) {
    let (Some(own), Some(start)) = (item.own, item.other.and_then(|o| o.1.start.as_ref())) else {
        return;
    };
    if own.1.start.is_some() {
        return;
    }
    let text = &start.text;
    context.remark(
        Finding::new(
            Code::StartFromOverview,
            Locator::line(own.1.line),
            format!(
                "事業開始年度が空欄のため、一覧（{}）の「{text}」を採りました。",
                start.locator
            ),
            format!(
                "The start is blank here; “{text}” was taken from the overview ({}).",
                start.locator
            ),
        )
        .of_measure(id)
        .raw(text.clone()),
    );
}

fn contradiction(context: &mut Context<'_>, id: &str, item: &Item<'_>, chosen: Row<'_>) {
    let Some(words) = item_start(item) else {
        return;
    };
    let start = era::start(&words.text).filter(|s| !s.or_later);
    let Some(year) = start.and_then(|s| s.fiscal_year) else {
        return;
    };
    let years = &chosen.0.years;
    let covered =
        years.first().is_some_and(|f| *f <= year) && years.last().is_some_and(|l| year <= *l);
    if covered && fit(context, chosen.1, year) == 0 {
        let quoted = quote(chosen.1);
        context.remark(
            Finding::new(
                Code::StartContradictsSchedule,
                place(Some(words)),
                format!(
                    "事業開始年度「{}」に始まる段階が年次計画（{quoted}）にありません。",
                    words.text
                ),
                format!(
                    "No phase of the schedule ({quoted}) begins in the start year “{}”.",
                    words.text
                ),
            )
            .of_measure(id)
            .raw(words.text.clone()),
        );
    }
}
