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
    /// Whether `main` describes the measure in full, rather than being an overview itself.
    is_full: bool,
}

/// Brings measures and their mentions together and remarks what differs.
///
/// A measure that only an overview names is published as far as the overview goes.
pub(crate) fn join<'r>(context: &mut Context<'_>, raw: &'r RawDocument) -> Vec<Joined<'r>> {
    let mut joined: Vec<Joined<'r>> = raw
        .measures
        .iter()
        .map(|main| Joined {
            main,
            mentions: Vec::new(),
            is_full: true,
        })
        .collect();
    for mention in &raw.mentions {
        match position(context, &joined, mention) {
            Some(index) => {
                if joined[index].is_full {
                    compare(context, joined[index].main, mention);
                }
                joined[index].mentions.push(mention);
                let (first, last) = mention.lines;
                context.mentioned.push((first, last, index));
            }
            None => {
                only_on_overview(context, mention);
                joined.push(Joined {
                    main: mention,
                    mentions: Vec::new(),
                    is_full: false,
                });
            }
        }
    }
    if !raw.mentions.is_empty() {
        joined
            .iter()
            .filter(|j| j.is_full && j.mentions.is_empty())
            .for_each(|j| only_in_full(context, j.main));
    }
    joined
}

/// The measure that a mention is about: the one with its number, else the one with its title.
fn position(context: &Context<'_>, joined: &[Joined<'_>], mention: &RawMeasure) -> Option<usize> {
    let number = |m: &RawMeasure| number_value(m).map(|n| width::key(&n));
    let title = title_key(context, mention);
    let by_number = || {
        let wanted = number(mention)?;
        joined
            .iter()
            .position(|j| number(j.main).as_ref() == Some(&wanted))
    };
    by_number().or_else(|| {
        joined
            .iter()
            .position(|j| title_key(context, j.main) == title)
    })
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
        format!("一覧にある「{title}」の本文が見つかりません。一覧の内容だけを採りました。"),
        format!("“{title}” is on the overview but is not described; only the overview was read."),
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
