//! Tables of results, surveys, lists, cases and plans, each read by its specification.

mod figures;
mod listing;
mod plan;
mod survey;

pub(crate) use figures::{inline, pairs};

use crate::columns::{self, Columns};
use crate::cursor::Cursor;
use crate::profile::{Record, TableSpec};
use crate::prose;
use crate::record::Words;
use crate::region::{Flow, Region};
use crate::rows::{self, Carried};
use kurabe_page::{Row, Table};
use kurabe_trace::{Code, Finding, Locator};

/// The table that may go on after a page break, and what its group columns carry.
#[derive(Debug, Default)]
pub(crate) struct Open {
    /// Index of the measure that tables belong to.
    pub(crate) measure: Option<usize>,
    spec: Option<(usize, Columns)>,
    carried: Carried,
}

/// Reads a table by the first specification of the region that fits; whether one did.
pub(crate) fn read<'p>(
    cursor: &mut Cursor<'p>,
    region: &Region<'p>,
    table: &Table,
    flow: &mut Flow,
) -> bool {
    let Some((index, mut columns, mut at)) = choose(region, table, flow) else {
        return below_other_rows(cursor, region, table, flow);
    };
    let spec = &region.spec.tables[index];
    if flow.tables.spec.as_ref().is_none_or(|(i, _)| *i != index) {
        flow.tables.carried.clear();
    }
    if let Some(rule) = &spec.skip {
        table
            .rows
            .iter()
            .for_each(|r| cursor.claims.skip(r.line, rule));
        return true;
    }
    table.rows[..at]
        .iter()
        .for_each(|r| cursor.claims.skip(r.line, "table_header"));
    for caption in &flow.captions {
        rows::band(spec, caption, &mut flow.tables.carried);
    }
    unknown_headings(
        cursor,
        spec,
        &columns,
        table.rows.first().map_or(0, |r| r.line),
    );
    while at < table.rows.len() {
        let end = (at..table.rows.len())
            .find(|i| columns::header(table, *i, spec).is_some())
            .unwrap_or(table.rows.len());
        let rows: Vec<&Row> = table.rows[at..end].iter().collect();
        dispatch(cursor, region, spec, &columns, &rows, flow);
        at = end;
        if let Some((count, next)) = columns::header(table, at, spec) {
            table.rows[at..at + count]
                .iter()
                .for_each(|r| cursor.claims.skip(r.line, "table_header"));
            columns = next;
            at += count;
        }
    }
    flow.tables.spec = Some((index, columns));
    true
}

/// Rows above the header of a table that are looked at: a date, a unit, who made it.
const MOST_ABOVE: usize = 10;

/// Reads a table whose header stands below rows of other things, which are read as the prose that
/// they are.
fn below_other_rows<'p>(
    cursor: &mut Cursor<'p>,
    region: &Region<'p>,
    table: &Table,
    flow: &mut Flow,
) -> bool {
    let begins = |at: &usize| {
        let mut specs = region.spec.tables.iter();
        specs.any(|spec| spec.caption.is_none() && columns::header(table, *at, spec).is_some())
    };
    let Some(at) = (1..table.rows.len().min(MOST_ABOVE + 1)).find(begins) else {
        return false;
    };
    let part = |rows: &[Row]| Table {
        rows: rows.to_vec(),
        is_grid: table.is_grid,
    };
    let (above, below) = table.rows.split_at(at);
    prose::table(cursor, region, &part(above), flow);
    flow.captions.extend(above.iter().map(|row| {
        let texts = row.cells.iter().map(|cell| cell.text().trim().to_owned());
        let texts: Vec<String> = texts.filter(|text| !text.is_empty()).collect();
        Words::new(texts.join(" "), Locator::line(row.line))
    }));
    read(cursor, region, &part(below), flow)
}

/// The specification of a table: by its header, by the line above it, or as the rest of the
/// table before it.
fn choose(region: &Region<'_>, table: &Table, flow: &Flow) -> Option<(usize, Columns, usize)> {
    for (index, spec) in region.spec.tables.iter().enumerate() {
        let captioned = spec.caption.as_ref().is_some_and(|p| {
            flow.captions
                .iter()
                .rev()
                .take(2)
                .any(|c| p.is_match(&c.text))
        });
        if spec.header.is_empty() && captioned {
            return Some((index, Columns::default(), 0));
        }
        if let Some((count, columns)) = columns::header(table, 0, spec)
            && (spec.caption.is_none() || captioned)
        {
            return Some((index, columns, count));
        }
    }
    // Text in between ends a table; a page break alone does not.
    let (index, columns) = flow
        .tables
        .spec
        .clone()
        .filter(|_| flow.captions.is_empty())?;
    let width = table.rows.first().map_or(0, |r| r.cells.len());
    (width.abs_diff(columns.labels.len()) <= 1 && width > 1).then_some((index, columns, 0))
}

fn unknown_headings(cursor: &mut Cursor<'_>, spec: &TableSpec, columns: &Columns, line: u32) {
    let checked = matches!(
        spec.record,
        Record::Measure | Record::Mention | Record::Schedule
    );
    for (column, label) in columns.unknown.iter().filter(|_| checked) {
        let column = u32::try_from(*column).unwrap_or(0) + 1;
        cursor.remark(
            Finding::new(
                Code::HeadingUnknown,
                Locator::cell(line, column),
                format!("「{label}」という列見出しはプロファイルにありません。"),
                format!("The profile does not know the column heading “{label}”."),
            )
            .raw(label.clone()),
        );
    }
}

fn dispatch(
    cursor: &mut Cursor<'_>,
    region: &Region<'_>,
    spec: &TableSpec,
    columns: &Columns,
    rows: &[&Row],
    flow: &mut Flow,
) {
    let carried = &mut flow.tables.carried;
    let measure = flow.tables.measure;
    if matches!(spec.record, Record::Outcome | Record::Case | Record::Survey) {
        // The headings above name what these records are about.
        flow.headings.path_above(usize::MAX);
    }
    match spec.record {
        Record::Measure => rows::measures(cursor, region, spec, columns, rows, carried),
        Record::Mention if spec.number.is_some() => {
            listing::numbered_mentions(cursor, spec, columns, rows, carried);
        }
        Record::Mention => rows::measures(cursor, region, spec, columns, rows, carried),
        Record::Schedule => rows::schedules(cursor, region, columns, rows),
        Record::Listing => listing::read(cursor, spec, columns, rows, carried, measure),
        Record::Grid => listing::grid(cursor, spec, rows, measure),
        Record::Outcome => figures::outcomes(cursor, region, spec, columns, rows, measure),
        Record::Case => figures::cases(cursor, region, columns, rows),
        Record::Survey => survey::read(cursor, spec, columns, rows, &flow.captions),
        Record::PlanItem => plan::read(cursor, spec, columns, rows, carried),
    }
}
