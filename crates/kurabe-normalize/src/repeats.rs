//! Repeated measures: which one they repeat, and where they contradict it.

use crate::context::Context;
use crate::similar;
use kurabe_schema::Measure;
use kurabe_text::width;
use kurabe_trace::{Code, Finding, Locator};

/// Ties every repeat to its first occurrence.
pub(crate) fn link(context: &mut Context<'_>) {
    let rows: Vec<Measure> = context.data.measures.clone();
    for (index, row) in rows.iter().enumerate().filter(|(_, r)| r.is_repeat) {
        let first = rows
            .iter()
            .find(|r| !r.is_repeat && width::key(&r.title) == width::key(&row.title));
        let Some(first) = first else {
            without_first(context, row);
            continue;
        };
        if let Some(own) = context.data.measures.get_mut(index) {
            own.repeat_of = Some(first.measure_id.clone());
        }
        compare(context, row, first);
    }
}

fn at(row: &Measure) -> Locator {
    Locator::parse(&row.locator).unwrap_or(Locator::Document)
}

fn without_first(context: &mut Context<'_>, row: &Measure) {
    context.remark(
        Finding::new(
            Code::RepeatWithoutFirst,
            at(row),
            format!("再掲とある「{}」の初出が見つかりません。", row.title),
            format!(
                "“{}” is marked as a repeat, but its first occurrence was not found.",
                row.title
            ),
        )
        .of_measure(row.measure_id.clone()),
    );
}

fn compare(context: &mut Context<'_>, row: &Measure, first: &Measure) {
    if row.departments != first.departments {
        differ(
            context,
            row,
            first,
            Code::DepartmentsDiffer,
            ("担当課", "department"),
            |m| m.departments.clone(),
        );
    }
    if row.operation_start_raw != first.operation_start_raw {
        differ(
            context,
            row,
            first,
            Code::RepeatContradicts,
            ("運用開始時期", "start"),
            |m| m.operation_start_raw.clone(),
        );
    }
    if row.stage_raw != first.stage_raw {
        differ(
            context,
            row,
            first,
            Code::RepeatContradicts,
            ("進捗状況", "status"),
            |m| m.stage_raw.clone(),
        );
    }
    let (a, b) = (
        row.summary.as_deref().unwrap_or(""),
        first.summary.as_deref().unwrap_or(""),
    );
    if similar::likeness(a, b) < 0.5 && !a.is_empty() && !b.is_empty() {
        let place = &first.locator;
        context.remark(
            Finding::new(
                Code::RepeatContradicts,
                at(row),
                format!("再掲の事業内容が初出（{place}）と異なります。別の取組の文章かもしれません。"),
                format!("The description differs from the first occurrence ({place}); it may belong to another measure."),
            )
            .of_measure(row.measure_id.clone()),
        );
    }
}

fn differ(
    context: &mut Context<'_>,
    row: &Measure,
    first: &Measure,
    code: Code,
    field: (&str, &str),
    of: impl Fn(&Measure) -> Option<String>,
) {
    let (here, there) = (of(row).unwrap_or_default(), of(first).unwrap_or_default());
    let (ja, en) = field;
    let place = &first.locator;
    context.remark(
        Finding::new(
            code,
            at(row),
            format!("再掲の{ja}「{here}」が初出（{place}）の「{there}」と異なります。"),
            format!("The {en} of the repeat, “{here}”, differs from the first occurrence ({place}), “{there}”."),
        )
        .of_measure(row.measure_id.clone())
        .raw(here),
    );
}
