//! The table `survey_results`.

use crate::context::Context;
use kurabe_layout::{RawDocument, RawSurvey, RawSurveyOption};
use kurabe_schema::SurveyResult;
use kurabe_text::{number, width};
use kurabe_trace::{Code, Finding, Locator};

/// Publishes the surveys of a document.
pub(crate) fn publish(context: &mut Context<'_>, raw: &RawDocument) {
    for (index, survey) in raw.surveys.iter().enumerate() {
        let question_id = format!("q{:02}", index + 1);
        let answer_type = survey.answer_type.as_deref().and_then(answer_type);
        let base = survey.total.as_ref().and_then(count);
        let question = match &survey.question {
            Some(asked) => format!("{}：{}", width::tidy(&survey.topic), width::tidy(asked)),
            None => width::tidy(&survey.topic),
        };
        for (position, option) in survey.options.iter().enumerate() {
            context.data.survey_results.push(SurveyResult {
                document_id: context.document_id.clone(),
                question_id: question_id.clone(),
                question: question.clone(),
                answer_type: answer_type.map(str::to_owned),
                option: width::tidy(&option.option),
                count: count(option),
                percent: percent(option),
                base_n: base,
                locator: option
                    .locator
                    .clone()
                    .unwrap_or(Locator::Document)
                    .to_string(),
                position: i32::try_from(position + 1).unwrap_or(i32::MAX),
            });
        }
        check(context, survey, answer_type, base);
        check_shares(context, survey);
    }
}

fn answer_type(words: &str) -> Option<&'static str> {
    match width::key(words).as_str() {
        "単一回答" => Some("single"),
        "複数回答" => Some("multiple"),
        _ => None,
    }
}

fn count(option: &RawSurveyOption) -> Option<i64> {
    option
        .count
        .as_ref()
        .and_then(|t| number::parse_number(t))
        .map(|n| n as i64)
}

fn percent(option: &RawSurveyOption) -> Option<f64> {
    let text = option.percent.as_ref()?;
    number::parse_number(text).or_else(|| number::quantities(text).first().map(|q| q.value))
}

/// Counts of single answers add up to the base; percents follow from the counts.
fn check(
    context: &mut Context<'_>,
    survey: &RawSurvey,
    answer_type: Option<&str>,
    base: Option<i64>,
) {
    let Some(base) = base.filter(|b| *b > 0) else {
        return;
    };
    let topic = width::tidy(&survey.topic);
    let sum: i64 = survey.options.iter().filter_map(count).sum();
    if answer_type == Some("single") && sum != base {
        let place = survey
            .total
            .as_ref()
            .and_then(|t| t.locator.clone())
            .unwrap_or(Locator::Document);
        context.remark(Finding::new(
            Code::TotalDiffers,
            place,
            format!("「{topic}」の合計{base}は、各回答の和{sum}と異なります。"),
            format!("The total {base} of “{topic}” differs from the sum of its answers, {sum}."),
        ));
    }
    for option in &survey.options {
        let (Some(n), Some(printed)) = (count(option), percent(option)) else {
            continue;
        };
        let expected = n as f64 / base as f64 * 100.0;
        if (expected - printed).abs() > 0.1 {
            let name = &option.option;
            context.remark(Finding::new(
                Code::RateDiffers,
                option.locator.clone().unwrap_or(Locator::Document),
                format!("「{topic}」の「{name}」の割合{printed}%は、{n}÷{base}＝{expected:.1}%と異なります。"),
                format!("The share {printed}% of “{name}” in “{topic}” differs from {n}/{base} = {expected:.1}%."),
            ));
        }
    }
}

/// A share of several answers that the text states is the sum of their percents.
fn check_shares(context: &mut Context<'_>, survey: &RawSurvey) {
    for share in &survey.shares {
        let percents: Vec<f64> = share
            .options
            .iter()
            .filter_map(|name| {
                let key = width::key(name);
                let found = survey
                    .options
                    .iter()
                    .find(|o| width::key(&o.option) == key)?;
                percent(found)
            })
            .collect();
        let printed = number::quantities(&share.percent.text)
            .first()
            .map(|q| q.value);
        let (Some(printed), true) = (printed, percents.len() == share.options.len()) else {
            continue;
        };
        let sum: f64 = percents.iter().sum();
        if (sum - printed).abs() > 0.1 * percents.len() as f64 {
            let names = share.options.join("」「");
            context.remark(
                Finding::new(
                    Code::RateDiffers,
                    share.percent.locator.clone(),
                    format!("「{names}」の割合{printed}%は、各割合の和{sum:.1}%と異なります。"),
                    format!("The share {printed}% of “{names}” differs from the sum {sum:.1}%."),
                )
                .raw(share.percent.text.clone()),
            );
        }
    }
}
