//! 「KPI」: how far each KPI has come towards each of its targets.

use kurabe_schema::{Kpi, KpiProgress, KpiValue, words};

use crate::WorkbookError;
use crate::book::Book;
use crate::index::Index;
use crate::list::{Cell, Heading, List, columns};
use crate::style::Look::{Number, Percent, Text, Whole, Wrapped};

use super::measures::{about_measure, measure_cells};

/// The column with the achievement, whose bar shows it.
const ACHIEVEMENT: usize = 13;

/// Columns up to the milestone are printed.
const PRINTED: usize = 17;

pub(crate) fn write(book: &mut Book, index: &Index<'_>) -> Result<(), WorkbookError> {
    let rows = index.dataset.kpi_progress.iter();
    let mut progress: Vec<(&KpiProgress, Option<&Kpi>)> =
        rows.map(|row| (row, index.kpi(&row.kpi_id))).collect();
    progress.sort_by_key(|(row, kpi)| {
        let place = index.place_of_measure(&row.measure_id);
        (
            place,
            kpi.map(|kpi| kpi.position),
            &row.kpi_id,
            row.position,
        )
    });
    let rows = progress.into_iter().map(|(progress, kpi)| {
        let measure = index.measure(&progress.measure_id);
        let mut cells = match measure {
            Some(measure) => measure_cells(index, measure),
            None => vec![Cell::Empty, Cell::Empty, Cell::Empty, Cell::Empty],
        };
        cells.extend(value_cells(progress, kpi));
        cells.extend(verdict_cells(index, progress));
        cells.extend(printed_cells(index, progress));
        cells.extend(kind_cells(index, progress, kpi));
        cells.extend(rest_cells(index, progress, kpi));
        cells
    });
    list(index).write(book, rows)
}

/// Headers of the columns, in Japanese and English, with width, look and meaning.
const COLUMNS: &[Heading] = &[
    ("KPI（指標）", "KPI", 30.0, Wrapped, "kpis.name"),
    ("系列", "Series", 11.0, Wrapped, "kpis.segment"),
    ("単位", "Unit", 7.0, Text, "kpi_progress.unit"),
    ("基準値", "Baseline", 12.0, Number, "kpi_progress.baseline"),
    (
        "基準年度",
        "Baseline FY",
        9.0,
        Whole,
        "kpi_progress.baseline_year",
    ),
    ("実績値", "Actual", 12.0, Number, "kpi_progress.actual"),
    (
        "実績年度",
        "Actual FY",
        9.0,
        Whole,
        "kpi_progress.actual_year",
    ),
    ("目標値", "Target", 12.0, Number, "kpi_progress.target"),
    (
        "目標年度",
        "Target FY",
        9.0,
        Whole,
        "kpi_progress.target_year",
    ),
    (
        "達成度",
        "Achievement",
        14.0,
        Percent,
        "kpi_progress.achievement",
    ),
    (
        "達成度がない理由",
        "Why no achievement",
        20.0,
        Text,
        "kpi_progress.reason",
    ),
    (
        "目標の達成",
        "Target met",
        10.0,
        Text,
        "kpi_progress.is_met",
    ),
    (
        "節目",
        "Milestone",
        9.0,
        Text,
        "kpi_progress.milestone_state",
    ),
    (
        "進み具合",
        "On track",
        9.0,
        Text,
        "kpi_progress.is_on_track",
    ),
    (
        "一定の速さなら",
        "Straight line",
        10.0,
        Percent,
        "kpi_progress.expected",
    ),
    (
        "基準値（原文）",
        "Baseline as printed",
        20.0,
        Wrapped,
        "kpi_values.value_text",
    ),
    (
        "実績値（原文）",
        "Actual as printed",
        20.0,
        Wrapped,
        "kpi_values.value_text",
    ),
    (
        "目標値（原文）",
        "Target as printed",
        20.0,
        Wrapped,
        "kpi_values.value_text",
    ),
    ("種類", "Kind", 10.0, Text, "kpis.kind"),
    ("数え方", "Cadence", 10.0, Text, "kpi_progress.cadence"),
    ("望ましい方向", "Direction", 10.0, Text, "kpis.direction"),
    (
        "最後の目標",
        "Last target",
        9.0,
        Text,
        "kpi_progress.is_final",
    ),
    ("再掲", "Repeat", 7.0, Text, "kpis.is_repeat"),
    (
        "共通指標",
        "Shared indicator",
        26.0,
        Wrapped,
        "kpis.indicator_id",
    ),
    (
        "原文の場所",
        "Place in the source",
        16.0,
        Text,
        "kpis.locator",
    ),
    ("KPI ID", "KPI ID", 34.0, Text, "kpi_progress.kpi_id"),
    (
        "目標の順番",
        "Target no.",
        9.0,
        Whole,
        "kpi_progress.position",
    ),
];

fn list(index: &Index<'_>) -> List {
    let lang = index.lang;
    let mut all = about_measure(lang);
    all.extend(columns(lang, COLUMNS));
    List {
        name: "KPI",
        about: lang.pick(
            "KPIの基準値・実績値・目標値と達成度（1行が1つの目標値）",
            "Baseline, actual value, target and achievement; a row per target",
        ),
        frozen: 5,
        bar: Some(ACHIEVEMENT),
        printed: PRINTED,
        columns: all,
    }
}

fn value_cells<'a>(progress: &'a KpiProgress, kpi: Option<&'a Kpi>) -> [Cell<'a>; 9] {
    [
        Cell::maybe(kpi.map(|kpi| &*kpi.name)),
        Cell::maybe(kpi.and_then(|kpi| kpi.segment.as_deref())),
        Cell::maybe(progress.unit.as_deref()),
        Cell::maybe_number(progress.baseline),
        Cell::maybe_number(progress.baseline_year),
        Cell::maybe_number(progress.actual),
        Cell::maybe_number(progress.actual_year),
        Cell::maybe_number(progress.target),
        Cell::maybe_number(progress.target_year),
    ]
}

fn verdict_cells<'a>(index: &Index<'a>, progress: &'a KpiProgress) -> [Cell<'a>; 6] {
    let lang = index.lang;
    let answer = |is: Option<bool>, yes, no| Cell::maybe(is.map(|is| if is { yes } else { no }));
    let reason = progress.reason.as_deref();
    let state = progress.milestone_state.as_deref();
    [
        Cell::maybe_number(progress.achievement),
        Cell::maybe(reason.map(|word| lang.word(words::ACHIEVEMENT_REASONS, word))),
        answer(
            progress.is_met,
            lang.pick("達成", "met"),
            lang.pick("未達成", "not met"),
        ),
        Cell::maybe(state.map(|word| lang.word(words::MILESTONE_STATES, word))),
        answer(
            progress.is_on_track,
            lang.pick("順調", "on track"),
            lang.pick("遅れ", "behind"),
        ),
        Cell::maybe_number(progress.expected),
    ]
}

/// Baseline, actual value and target as printed: the values that were used, else all that are
/// printed.
fn printed_cells<'a>(index: &Index<'a>, progress: &'a KpiProgress) -> [Cell<'a>; 3] {
    let target = (progress.position > 0).then_some(progress.position);
    let roles = [
        ("baseline", progress.baseline_position),
        ("actual", progress.actual_position),
        ("target", target),
    ];
    roles.map(|(role, position)| {
        let used = position.and_then(|at| index.value(&progress.kpi_id, role, at));
        if let Some(value) = used {
            return Cell::text(&value.value_text);
        }
        let all: Vec<String> = index.values(&progress.kpi_id, role).map(dated).collect();
        if all.is_empty() {
            Cell::Empty
        } else {
            Cell::text(all.join("\n"))
        }
    })
}

/// A value as printed, with its fiscal year in front.
fn dated(value: &KpiValue) -> String {
    match value.fiscal_year {
        Some(year) => format!("{year}: {}", value.value_text),
        None => value.value_text.clone(),
    }
}

fn kind_cells<'a>(
    index: &Index<'a>,
    progress: &'a KpiProgress,
    kpi: Option<&'a Kpi>,
) -> [Cell<'a>; 3] {
    let lang = index.lang;
    let cadence = progress.cadence.as_deref();
    let direction = kpi.and_then(|kpi| kpi.direction.as_deref());
    [
        Cell::maybe(kpi.map(|kpi| lang.word(words::KPI_KINDS, &kpi.kind))),
        Cell::maybe(cadence.map(|word| lang.word(words::CADENCES, word))),
        Cell::maybe(direction.map(|word| lang.word(words::DIRECTIONS, word))),
    ]
}

fn rest_cells<'a>(
    index: &Index<'a>,
    progress: &'a KpiProgress,
    kpi: Option<&'a Kpi>,
) -> [Cell<'a>; 6] {
    let lang = index.lang;
    let mark = |is: bool, word| if is { Cell::text(word) } else { Cell::Empty };
    let label = |id: &'a str| {
        let known = index.indicator(id);
        known.map_or(id, |row| lang.pick(&*row.label_ja, &*row.label_en))
    };
    let measure = index.measure(&progress.measure_id);
    let place = kpi.map(|kpi| match measure {
        Some(measure) => index.source(&measure.document_id, &kpi.locator),
        None => Cell::text(&kpi.locator),
    });
    [
        mark(progress.is_final, lang.pick("最後", "last")),
        mark(
            kpi.is_some_and(|kpi| kpi.is_repeat),
            lang.pick("再掲", "repeat"),
        ),
        Cell::maybe(kpi.and_then(|kpi| kpi.indicator_id.as_deref()).map(label)),
        place.unwrap_or(Cell::Empty),
        Cell::text(&progress.kpi_id),
        Cell::number(progress.position),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::WorkbookOptions;
    use kurabe_schema::Dataset;

    #[test]
    fn bar_and_print_end_at_their_columns() {
        let (dataset, options) = (Dataset::default(), WorkbookOptions::default());
        let list = list(&Index::of(&dataset, &options).unwrap());
        assert_eq!(
            list.columns[ACHIEVEMENT].meaning,
            "kpi_progress.achievement"
        );
        assert_eq!(
            list.columns[PRINTED - 1].meaning,
            "kpi_progress.milestone_state"
        );
    }
}
