//! What municipalities corrected, as findings: the printed value stays, the answer stands beside
//! it with its own provenance.

use std::collections::BTreeMap;

use kurabe_schema::{Dataset, Measure};
use kurabe_trace::Code;

use crate::engine::FindingRow;
use crate::reviews::{ReplyField, ReplyRecord, content_key_of, value_id, value_key_of};
use crate::text::{Lang, remark};

/// What a reply is about, as it is now.
struct Subject<'d> {
    measure: &'d Measure,
    locator: &'d str,
    content_key: String,
}

/// A finding for every fact that a municipality corrected, and for every reply whose subject has
/// changed or does not exist.
#[must_use]
pub fn findings(data: &Dataset, replies: &[ReplyRecord]) -> Vec<FindingRow> {
    let subjects = subjects(data);
    let row = |reply: &ReplyRecord| finding(reply, subjects.get(&reply.id));
    replies.iter().map(row).collect()
}

fn subjects(data: &Dataset) -> BTreeMap<String, Subject<'_>> {
    let measures: BTreeMap<&str, &Measure> = data
        .measures
        .iter()
        .map(|m| (m.measure_id.as_str(), m))
        .collect();
    let kpis: BTreeMap<&str, _> = data.kpis.iter().map(|k| (k.kpi_id.as_str(), k)).collect();
    let of_measures = data.measures.iter().map(|measure| {
        let subject = Subject {
            measure,
            locator: &measure.locator,
            content_key: content_key_of(measure),
        };
        (measure.measure_id.clone(), subject)
    });
    let of_values = data.kpi_values.iter().filter_map(|value| {
        let kpi = kpis.get(value.kpi_id.as_str())?;
        let subject = Subject {
            measure: measures.get(kpi.measure_id.as_str())?,
            locator: &value.locator,
            content_key: value_key_of(kpi, value),
        };
        Some((value_id(value), subject))
    });
    of_measures.chain(of_values).collect()
}

fn finding(reply: &ReplyRecord, subject: Option<&Subject<'_>>) -> FindingRow {
    let Some(subject) = subject else {
        return told(reply, Code::ReviewUnknown, None, |lang| {
            remark::reply_homeless(lang, &reply.who, &reply.when, &reply.id)
        });
    };
    if subject.content_key != reply.content_key {
        return told(reply, Code::ReviewOutdated, Some(subject), |lang| {
            remark::reply_outdated(lang, &reply.who, &reply.when, field(lang, reply.field))
        });
    }
    told(reply, Code::MunicipalityReply, Some(subject), |lang| {
        let answer = reply
            .new
            .clone()
            .unwrap_or_else(|| remark::reply_none(lang));
        let noted = reply
            .remark
            .iter()
            .map(|noted| remark::reply_noted(lang, noted));
        let field = field(lang, reply.field);
        let said = remark::reply(lang, &reply.who, &reply.when, field, answer);
        std::iter::once(said).chain(noted).collect()
    })
}

fn told(
    reply: &ReplyRecord,
    code: Code,
    subject: Option<&Subject<'_>>,
    tell: impl Fn(Lang) -> String,
) -> FindingRow {
    FindingRow {
        severity: code.severity().as_str().to_owned(),
        code: code.as_str().to_owned(),
        document_id: subject.map(|subject| subject.measure.document_id.clone()),
        measure_id: subject.map(|subject| subject.measure.measure_id.clone()),
        locator: subject.map(|subject| subject.locator.to_owned()),
        message_ja: tell(Lang::Ja),
        message_en: tell(Lang::En),
        raw: reply.old.clone(),
        ..FindingRow::default()
    }
}

fn field(lang: Lang, field: ReplyField) -> String {
    match field {
        ReplyField::Title => remark::field_title(lang),
        ReplyField::Departments => remark::field_departments(lang),
        ReplyField::Stage => remark::field_stage(lang),
        ReplyField::Primary => remark::field_primary(lang),
        ReplyField::Value => remark::field_value(lang),
        ReplyField::Year => remark::field_year(lang),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(id: &str, content_key: String) -> ReplyRecord {
        ReplyRecord {
            id: id.to_owned(),
            content_key,
            field: ReplyField::Title,
            old: Some("電子申請".to_owned()),
            new: Some("電子申請の拡充".to_owned()),
            who: "甲市".to_owned(),
            when: "2026-11-20".to_owned(),
            remark: None,
        }
    }

    #[test]
    fn a_reply_stands_beside_what_is_printed_or_is_told_to_be_old() {
        let measure = Measure {
            measure_id: "m1".to_owned(),
            title: "電子申請".to_owned(),
            locator: "L3".to_owned(),
            ..Measure::default()
        };
        let key = content_key_of(&measure);
        let data = Dataset {
            measures: vec![measure],
            ..Dataset::default()
        };
        let replies = [
            reply("m1", key.clone()),
            reply("m1", "0".repeat(16)),
            reply("m2", key),
        ];
        let rows = findings(&data, &replies);
        let codes: Vec<&str> = rows.iter().map(|row| &*row.code).collect();
        assert_eq!(
            codes,
            ["municipality_reply", "review_outdated", "review_unknown"]
        );
        assert!(rows[0].message_ja.contains("電子申請の拡充"));
        assert_eq!(rows[0].locator.as_deref(), Some("L3"));
        assert_eq!(rows[2].measure_id, None);
    }
}
