//! Why a measure has its codes, and where the words that speak for them stand in its texts.

use kurabe_schema::{CategoryEvidence, Kpi, Measure, MeasurePlace, Schedule};

use crate::json::Json;

/// The texts of a measure in which evidence may stand.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Texts<'a, 'b> {
    pub(crate) measure: &'a Measure,
    pub(crate) places: &'b [&'a MeasurePlace],
    pub(crate) kpis: &'b [&'a Kpi],
    pub(crate) schedule: &'b [&'a Schedule],
}

/// A text of a measure: the key under which the data file has it, its position there in a list,
/// and the text.
type Text<'a> = (&'static str, Option<usize>, &'a str);

/// The evidence of a measure: each rule and term once, with the codes that it speaks for.
pub(crate) fn evidence<'a>(texts: Texts<'a, '_>, rows: &[&'a CategoryEvidence]) -> Json<'a> {
    let mut rows = rows.to_vec();
    rows.sort_by(|a, b| {
        let own = |row: &'a CategoryEvidence| (&row.field, &row.rule_id, &row.term, &row.locator);
        own(a)
            .cmp(&own(b))
            .then_with(|| b.weight.total_cmp(&a.weight))
            .then_with(|| (&a.taxonomy, &a.category_id).cmp(&(&b.taxonomy, &b.category_id)))
    });
    let groups = rows.chunk_by(|a, b| is_same(a, b));
    Json::list(groups.filter_map(|group| item(texts, group)))
}

fn is_same(a: &CategoryEvidence, b: &CategoryEvidence) -> bool {
    a.rule_id == b.rule_id
        && a.field == b.field
        && a.term == b.term
        && a.locator == b.locator
        && a.weight.total_cmp(&b.weight).is_eq()
}

fn item<'a>(texts: Texts<'a, '_>, group: &[&'a CategoryEvidence]) -> Option<Json<'a>> {
    let first = group.first()?;
    let code = |row: &&'a CategoryEvidence| Json::list([&row.taxonomy, &row.category_id]);
    Some(Json::object([
        ("rule", (&first.rule_id).into()),
        ("field", (&first.field).into()),
        ("term", (&first.term).into()),
        ("weight", Json::Float(first.weight)),
        ("locator", (&first.locator).into()),
        ("codes", Json::list(group.iter().map(code))),
        ("mark", mark(texts, first)),
    ]))
}

/// Where the term stands: the text with the place of the evidence, else the first that has it.
/// Nothing when no text has the term as printed.
fn mark<'a>(texts: Texts<'a, '_>, row: &'a CategoryEvidence) -> Json<'a> {
    let candidates = of_field(texts, &row.field);
    let with_term = candidates
        .iter()
        .filter(|(_, _, text)| text.contains(&row.term));
    let at_place = with_term.clone().find(|(key, _, _)| {
        let places = texts.places.iter();
        places
            .into_iter()
            .any(|place| place.field == *key && place.locator == row.locator)
    });
    let found = at_place.or_else(|| with_term.clone().next());
    found.map_or(Json::Null, |text| marked(text, &row.term))
}

fn marked<'a>((key, item, text): &Text<'a>, term: &str) -> Json<'a> {
    let Some((before, _)) = text.split_once(term) else {
        return Json::Null;
    };
    let start = utf16(before);
    Json::object([
        ("text", (*key).into()),
        ("item", item.map(Json::count).into()),
        ("start", Json::count(start)),
        ("end", Json::count(start + utf16(term))),
    ])
}

/// Length as scripts count it.
fn utf16(text: &str) -> usize {
    text.encode_utf16().count()
}

fn of_field<'a>(texts: Texts<'a, '_>, field: &str) -> Vec<Text<'a>> {
    let measure = texts.measure;
    let plain = |key, text: &'a Option<String>| text.as_deref().map(|text| (key, None, text));
    match field {
        "title" => vec![
            ("title", None, &*measure.title),
            ("title_raw", None, &*measure.title_raw),
        ],
        "section" => [
            plain("section", &measure.section),
            plain("part", &measure.part),
        ]
        .into_iter()
        .flatten()
        .collect(),
        "department" => crate::tables::parts(measure.departments.as_deref())
            .enumerate()
            .map(|(index, text)| ("departments", Some(index), text))
            .collect(),
        "kpi" => numbered("kpis", texts.kpis.iter().map(|kpi| Some(&*kpi.name))),
        "item" => numbered(
            "schedule",
            texts.schedule.iter().map(|row| row.item.as_deref()),
        ),
        _ => [
            plain("summary", &measure.summary),
            plain("effect", &measure.effect),
            plain("past", &measure.past),
            plain("future", &measure.future),
            plain("note", &measure.note),
        ]
        .into_iter()
        .flatten()
        .collect(),
    }
}

fn numbered<'a>(key: &'static str, texts: impl Iterator<Item = Option<&'a str>>) -> Vec<Text<'a>> {
    let texts = texts.enumerate();
    texts
        .filter_map(|(index, text)| text.map(|text| (key, Some(index), text)))
        .collect()
}
