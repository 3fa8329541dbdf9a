//! Overview pages: what lists and schedule pages say of the measures that are described in full
//! elsewhere in the document.

use crate::context::{Context, place};
use crate::fields::{number_value, title_and_marks};
use kurabe_layout::{RawDocument, RawMeasure};
use kurabe_text::{department, width};
use kurabe_trace::{Code, Finding, Locator};

/// A measure with its mentions on other pages.
pub(crate) struct Joined<'r> {
    /// The measure in full.
    pub(crate) main: &'r RawMeasure,
    /// The same measure on overview pages.
    pub(crate) mentions: Vec<&'r RawMeasure>,
}

/// Brings measures and their mentions together and remarks what differs.
///
/// When a document has mentions only, they are its measures.
pub(crate) fn join<'r>(context: &mut Context<'_>, raw: &'r RawDocument) -> Vec<Joined<'r>> {
    let mains: &[RawMeasure] = if raw.measures.is_empty() {
        &raw.mentions
    } else {
        &raw.measures
    };
    let mut joined: Vec<Joined<'r>> = mains
        .iter()
        .map(|main| Joined {
            main,
            mentions: Vec::new(),
        })
        .collect();
    if raw.measures.is_empty() {
        return joined;
    }
    for mention in &raw.mentions {
        let found = joined.iter().position(|j| same(context, j.main, mention));
        match found {
            Some(index) => {
                compare(context, joined[index].main, mention);
                joined[index].mentions.push(mention);
            }
            None => only_on_overview(context, mention),
        }
    }
    if !raw.mentions.is_empty() {
        joined
            .iter()
            .filter(|j| j.mentions.is_empty())
            .for_each(|j| only_in_full(context, j.main));
    }
    joined
}

/// Whether a mention is the same measure: the same number, or the same title without a number.
fn same(context: &Context<'_>, main: &RawMeasure, mention: &RawMeasure) -> bool {
    match (number_value(main), number_value(mention)) {
        (Some(a), Some(b)) => width::key(&a) == width::key(&b),
        _ => title_key(context, main) == title_key(context, mention),
    }
}

fn title_key(context: &Context<'_>, measure: &RawMeasure) -> String {
    width::key(&title_and_marks(context.profile, measure).0)
}

fn compare(context: &mut Context<'_>, main: &RawMeasure, mention: &RawMeasure) {
    let full = title_and_marks(context.profile, main).0;
    let short = title_and_marks(context.profile, mention).0;
    if width::key(&full) != width::key(&short) && !short.is_empty() {
        context.remark(
            Finding::new(
                Code::TitleDiffers,
                place(mention.title.as_ref()),
                format!(
                    "一覧では「{short}」、本文では「{full}」となっています。本文を採りました。"
                ),
                format!(
                    "The overview prints “{short}”, the description “{full}”; the latter was kept."
                ),
            )
            .raw(short.clone())
            .repaired(full.clone()),
        );
    }
    let names = |m: &RawMeasure| {
        m.departments.as_ref().map(|d| {
            let words = &context.profile.words;
            let text = kurabe_text::mark::take_marks(&d.text, &words.marks).text;
            department::split(&text).names
        })
    };
    if let (Some(a), Some(b)) = (names(main), names(mention))
        && a != b
    {
        let (a, b) = (a.join("・"), b.join("・"));
        context.remark(
            Finding::new(
                Code::DepartmentsDiffer,
                place(mention.departments.as_ref()),
                format!(
                    "担当部署が一覧では「{b}」、本文では「{a}」となっています。本文を採りました。"
                ),
                format!("The overview names “{b}”, the description “{a}”; the latter was kept."),
            )
            .raw(b)
            .repaired(a),
        );
    }
}

fn only_on_overview(context: &mut Context<'_>, mention: &RawMeasure) {
    let title = title_and_marks(context.profile, mention).0;
    context.remark(Finding::new(
        Code::MeasureOnOnePage,
        Locator::lines(mention.lines.0, mention.lines.1),
        format!("一覧にある「{title}」の本文が見つかりません。"),
        format!("“{title}” is on the overview but is not described."),
    ));
}

fn only_in_full(context: &mut Context<'_>, main: &RawMeasure) {
    let title = title_and_marks(context.profile, main).0;
    context.remark(Finding::new(
        Code::MeasureOnOnePage,
        Locator::lines(main.lines.0, main.lines.1),
        format!("「{title}」は本文にありますが、一覧にありません。"),
        format!("“{title}” is described but is not on the overview."),
    ));
}
