//! Differences as sentences. They name both sides with their dates and say what the dates can explain; which
//! side is right is not for them to say.

use super::{Pair, Time, statement::Statement};
use jiff::civil::Date;

/// The survey's half.
fn survey_ja(pair: Pair<'_>) -> String {
    let (answer, title) = (pair.answer, pair.survey_title);
    let (year, label) = (answer.year, &answer.label);
    let raw = answer.value_raw.as_deref().unwrap_or_default();
    let day = answer
        .as_of
        .map_or(String::new(), |day| format!("、{day}時点"));
    format!("{title}（{year}年度{day}）では「{label}」は「{raw}」です。")
}

fn survey_en(pair: Pair<'_>) -> String {
    let (answer, title) = (pair.answer, pair.survey_title);
    let (year, label) = (answer.year, &answer.label);
    let raw = answer.value_raw.as_deref().unwrap_or_default();
    let day = answer
        .as_of
        .map_or(String::new(), |day| format!(", as of {day}"));
    format!("{title} (fiscal year {year}{day}) says “{raw}” of “{label}”.")
}

fn document_ja(pair: Pair<'_>, day: Option<Date>) -> String {
    let title = &pair.document.title;
    let day = day.map_or(String::new(), |day| format!("（{day}時点）"));
    format!("「{title}」{day}")
}

fn document_en(pair: Pair<'_>, day: Option<Date>) -> String {
    let title = &pair.document.title;
    let day = day.map_or(String::new(), |day| format!(" (as of {day})"));
    format!("“{title}”{day}")
}

/// A plan that the survey did not know.
pub(super) fn adopted_ja(pair: Pair<'_>, day: Option<Date>, time: Time) -> String {
    let (survey, plan) = (survey_ja(pair), document_ja(pair, day));
    let why = match time {
        Time::Later => "計画は調査の後のもので、その間に策定されたことで説明できます。",
        _ => OPEN_JA,
    };
    format!("{survey}計画{plan}があります。{why}")
}

/// The same in English.
pub(super) fn adopted_en(pair: Pair<'_>, day: Option<Date>, time: Time) -> String {
    let (survey, plan) = (survey_en(pair), document_en(pair, day));
    let why = match time {
        Time::Later => {
            "The plan is later than the survey; that it was adopted in between explains it."
        }
        _ => OPEN_EN,
    };
    format!("{survey} There is the plan {plan}. {why}")
}

const OPEN_JA: &str =
    "時点の違いだけでは説明できません。調査の対象や定義との違いを確かめてください。";
const OPEN_EN: &str =
    "The dates alone do not explain it; compare what the survey asks with what the plan describes.";

/// A measure against the survey.
pub(super) fn stated_ja(
    pair: Pair<'_>,
    difference: &str,
    one: &Statement<'_>,
    time: Time,
) -> String {
    let (survey, plan) = (survey_ja(pair), document_ja(pair, pair.document.as_of));
    let title = &one.measure.title;
    let item = one
        .item
        .as_ref()
        .map_or(String::new(), |item| format!("の「{item}」"));
    let raw = one
        .raw
        .as_ref()
        .map_or(String::new(), |raw| format!("「{raw}」とあり、"));
    let (year, stage) = (one.fiscal_year, stage_ja(&one.stage));
    let is = if one.is_plan {
        "の予定です"
    } else {
        "の段階です"
    };
    let why = why_ja(difference, one, time);
    format!("{survey}{plan}では「{title}」{item}は{year}年度に{raw}{stage}{is}。{why}")
}

/// The same in English.
pub(super) fn stated_en(
    pair: Pair<'_>,
    difference: &str,
    one: &Statement<'_>,
    time: Time,
) -> String {
    let (survey, plan) = (survey_en(pair), document_en(pair, pair.document.as_of));
    let title = &one.measure.title;
    let item = one
        .item
        .as_ref()
        .map_or(String::new(), |item| format!(", “{item}”,"));
    let raw = one
        .raw
        .as_ref()
        .map_or(String::new(), |raw| format!(" (“{raw}”)"));
    let (year, stage) = (one.fiscal_year, &one.stage);
    let has = if one.is_plan { "plans" } else { "has" };
    let why = why_en(difference, one, time);
    format!(
        "{survey} {plan} {has} “{title}”{item} at the stage {stage} in fiscal year {year}{raw}. {why}"
    )
}

fn why_ja(difference: &str, one: &Statement<'_>, time: Time) -> String {
    match (difference, time) {
        ("in_preparation", _) if one.is_plan => {
            "調査の後の年度もまだその段階としており、両者は矛盾しません。".to_owned()
        }
        ("in_preparation", _) => "計画でもまだ運用に入っておらず、両者は矛盾しません。".to_owned(),
        ("plan_only", Time::Since(year)) => {
            format!("計画は{year}年度から運用としており、{OPEN_JA}")
        }
        ("plan_only", Time::Later) => {
            "計画の時点は調査の後で、その間に運用が始まったことで説明できます。".to_owned()
        }
        ("survey_only", Time::NotLater) => {
            "調査の時点は計画より前ではなく、計画の後に始まったことで説明できます。".to_owned()
        }
        _ => OPEN_JA.to_owned(),
    }
}

fn why_en(difference: &str, one: &Statement<'_>, time: Time) -> String {
    match (difference, time) {
        ("in_preparation", _) if one.is_plan => {
            "The plan keeps it at that stage in a later year; the two do not contradict one another."
                .to_owned()
        }
        ("in_preparation", _) => {
            "In the plan, too, it is not in operation yet; the two do not contradict one another."
                .to_owned()
        }
        ("plan_only", Time::Since(year)) => {
            format!("The plan has it in operation since fiscal year {year}. {OPEN_EN}")
        }
        ("plan_only", Time::Later) => {
            "The plan is dated later than the survey; that operation began in between explains it."
                .to_owned()
        }
        ("survey_only", Time::NotLater) => {
            "The survey is not earlier than the plan; that it began after the plan explains it."
                .to_owned()
        }
        _ => OPEN_EN.to_owned(),
    }
}

/// Figures that the dates do not explain.
pub(super) fn value_ja(pair: Pair<'_>, value: f64, raw: &str, day: Date) -> String {
    let (survey, plan) = (survey_ja(pair), document_ja(pair, None));
    let gap = (value - pair.answer.value.unwrap_or_default()).abs();
    format!("{survey}{plan}では{day}に「{raw}」で、差は{gap:.1}ポイントです。{OPEN_JA}")
}

/// The same in English.
pub(super) fn value_en(pair: Pair<'_>, value: f64, raw: &str, day: Date) -> String {
    let (survey, plan) = (survey_en(pair), document_en(pair, None));
    let gap = (value - pair.answer.value.unwrap_or_default()).abs();
    format!("{survey} {plan} has “{raw}” as of {day}, {gap:.1} points apart. {OPEN_EN}")
}

fn stage_ja(stage: &str) -> &str {
    match stage {
        "planned" => "予定",
        "study" => "検討",
        "build" => "構築",
        "trial" => "試行",
        "operating" => "運用",
        "expanding" => "拡大",
        "completed" => "完了",
        "withdrawn" => "取りやめ",
        other => other,
    }
}
