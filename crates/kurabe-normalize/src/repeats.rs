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
        compare(context, row, first, &rows);
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

fn compare(context: &mut Context<'_>, row: &Measure, first: &Measure, rows: &[Measure]) {
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
    texts(context, row, first, rows);
}

/// A text of a measure, by its Japanese and English name.
type Field = (&'static str, &'static str, fn(&Measure) -> Option<&String>);

const TEXTS: [Field; 3] = [
    ("事業内容", "description", |m| m.summary.as_ref()),
    ("進捗の内容", "progress", |m| m.past.as_ref()),
    ("その他の記載", "note", |m| m.note.as_ref()),
];

/// Texts of a repeat that are not those of its first occurrence: those of another measure, or only
/// a part of them.
fn texts(context: &mut Context<'_>, row: &Measure, first: &Measure, rows: &[Measure]) {
    let pairs = TEXTS.iter().filter_map(|field| {
        let (own, other) = ((field.2)(row)?, (field.2)(first)?);
        Some((field, own, other))
    });
    let pairs: Vec<(&Field, &String, &String)> = pairs.collect();
    let is_strange = |own: &str, other: &str| similar::likeness(own, other) < 0.5;
    let strange = pairs.iter().filter(|pair| is_strange(pair.1, pair.2));
    let strange: Vec<(&Field, String)> = strange.map(|pair| (pair.0, pair.1.clone())).collect();
    if strange.iter().any(|(field, _)| field.0 == TEXTS[0].0) {
        foreign(context, row, first, rows, &strange);
    }
    for (field, own, other) in pairs {
        let (short, long) = (width::key(own), width::key(other));
        let is_part = long.contains(&short) && short.len() * 10 < long.len() * 9;
        if is_part {
            shortened(context, row, first, field);
        }
    }
}

/// The measure whose text a repeat carries instead of its own.
fn carrier<'r>(
    row: &Measure,
    first: &Measure,
    rows: &'r [Measure],
    field: &Field,
    text: &str,
) -> Option<&'r Measure> {
    let others = rows.iter().filter(|m| !m.is_repeat);
    let mut others =
        others.filter(|m| m.measure_id != first.measure_id && m.measure_id != row.measure_id);
    others.find(|m| (field.2)(m).is_some_and(|other| similar::likeness(text, other) >= 0.9))
}

fn foreign(
    context: &mut Context<'_>,
    row: &Measure,
    first: &Measure,
    rows: &[Measure],
    strange: &[(&Field, String)],
) {
    let Some((field, text)) = strange.first() else {
        return;
    };
    let place = &first.locator;
    let join = |of: fn(&Field) -> &'static str, by: &str| {
        let names: Vec<&str> = strange.iter().map(|(field, _)| of(field)).collect();
        names.join(by)
    };
    let (ja, en) = (join(|f| f.0, "・"), join(|f| f.1, ", "));
    let (tail_ja, tail_en) = match carrier(row, first, rows, field, text) {
        Some(other) => (
            format!(
                "「{}」（{}）の文章と一致します。入れ替わっている可能性があります。",
                other.title, other.locator
            ),
            format!(
                "it is that of “{}” ({}); the two may have been swapped",
                other.title, other.locator
            ),
        ),
        None => (
            "別の取組の文章かもしれません。".to_owned(),
            "it may belong to another measure".to_owned(),
        ),
    };
    let quote: String = text.chars().take(40).collect();
    context.remark(
        Finding::new(
            Code::RepeatContradicts,
            at(row),
            format!("再掲の{ja}が初出（{place}）と異なります。{tail_ja}"),
            format!("The text of the repeat ({en}) differs from the first occurrence ({place}); {tail_en}."),
        )
        .of_measure(row.measure_id.clone())
        .raw(quote),
    );
}

fn shortened(context: &mut Context<'_>, row: &Measure, first: &Measure, field: &Field) {
    let (ja, en, _) = field;
    let place = &first.locator;
    context.remark(
        Finding::new(
            Code::RepeatShortened,
            at(row),
            format!("再掲の{ja}は初出（{place}）の一部だけです。"),
            format!("The {en} of the repeat is only a part of the first occurrence ({place})."),
        )
        .of_measure(row.measure_id.clone()),
    );
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
