//! Shared indicators: which KPIs, effects and figures of a gathered dataset belong to them.

mod decided;
mod values;

use crate::categories::Places;
use decided::{Decisions, Ruling};
use kurabe_indicator::{Alignment, Evidence, Field, Indicator, Indicators, Rule, Source, Subject};
use kurabe_review::alignments::AlignmentDecision;
use kurabe_schema::{
    Dataset, Document, FindingRow, IndicatorEvidence, IndicatorValue, Kpi, Measure, Outcome,
};
use kurabe_trace::Code;
use std::collections::BTreeMap;
use values::Values;

/// Aligns everything in a gathered dataset to the shared indicators and states their values.
///
/// What a person decided wins over the rules; a decision that does not hold any more becomes a
/// finding. A KPI belongs to one indicator, an effect may show several.
pub fn align(data: &mut Dataset, indicators: &Indicators, decisions: &[AlignmentDecision]) {
    let mut aligned = Aligned::default();
    let mut decisions = Decisions::new(indicators, decisions);
    let known = Known::new(data);
    for kpi in &data.kpis {
        known.kpi(kpi, indicators, &mut decisions, &mut aligned);
    }
    for outcome in &data.outcomes {
        known.outcome(outcome, indicators, &mut decisions, &mut aligned);
    }
    for measure in &data.measures {
        known.text(measure, indicators, &mut decisions, &mut aligned);
    }
    aligned.findings.extend(decisions.finish());
    for kpi in &mut data.kpis {
        kpi.indicator_id = aligned.of_kpis.remove(&kpi.kpi_id);
    }
    data.indicators = indicators.all().iter().map(row).collect();
    data.indicator_values = aligned.values;
    data.indicator_evidence = aligned.evidence;
    data.findings.extend(aligned.findings);
}

fn row(indicator: &Indicator) -> kurabe_schema::Indicator {
    let national = indicator.national.as_ref();
    kurabe_schema::Indicator {
        indicator_id: indicator.id.clone(),
        label_ja: indicator.label_ja.clone(),
        label_en: indicator.label_en.clone(),
        definition_ja: indicator.definition_ja.clone(),
        definition_en: indicator.definition_en.clone(),
        unit: indicator.unit.clone(),
        cadence: indicator.cadence.map(|c| c.as_str().to_owned()),
        direction: indicator.direction.map(|d| d.as_str().to_owned()),
        denominator_ja: indicator.denominator_ja.clone(),
        denominator_en: indicator.denominator_en.clone(),
        is_per_capita: indicator.is_per_capita,
        is_level_comparable: indicator.is_level_comparable,
        national_survey: national.map(|n| n.survey.clone()),
        national_indicator: national.map(|n| n.indicator.clone()),
        caveat_ja: indicator.caveat_ja.clone(),
        caveat_en: indicator.caveat_en.clone(),
    }
}

/// What was aligned.
#[derive(Debug, Default)]
struct Aligned {
    of_kpis: BTreeMap<String, String>,
    values: Vec<IndicatorValue>,
    evidence: Vec<IndicatorEvidence>,
    findings: Vec<FindingRow>,
}

/// What one thing was aligned to, and why.
struct Found<'i> {
    indicator: &'i Indicator,
    rule: Option<&'i Rule>,
    evidence: Vec<Evidence>,
    figure: Option<kurabe_indicator::Figure>,
    decision: Option<&'i AlignmentDecision>,
}

impl<'i> From<Alignment<'i>> for Found<'i> {
    fn from(alignment: Alignment<'i>) -> Self {
        Self {
            indicator: alignment.indicator,
            rule: Some(alignment.rule),
            evidence: alignment.evidence,
            figure: alignment.figure,
            decision: None,
        }
    }
}

impl Aligned {
    /// Takes an alignment over, unless none of its values belongs to the indicator.
    fn take(
        &mut self,
        source_id: &str,
        document: &Document,
        found: &Found<'_>,
        values: Vec<IndicatorValue>,
    ) {
        if values.is_empty() {
            return;
        }
        self.values.extend(values);
        let decision = found.decision;
        let rule_id = match (decision, found.rule) {
            (None, Some(rule)) => rule.id.as_str(),
            _ => "override",
        };
        let rows = found
            .evidence
            .iter()
            .zip(1..)
            .map(|(words, position)| IndicatorEvidence {
                indicator_id: found.indicator.id.clone(),
                document_id: document.document_id.clone(),
                source_id: source_id.to_owned(),
                position,
                rule_id: rule_id.to_owned(),
                field: words.field.as_str().to_owned(),
                term: words.term.clone(),
                locator: words.locator.clone(),
                decided_by: decision.map(|one| one.who.clone()),
                decided_on: decision.and_then(|one| one.when.parse().ok()),
                decision_reason: decision.map(|one| one.why.clone()),
            });
        self.evidence.extend(rows);
    }
}

/// The tables that alignments are made from, by id.
struct Known<'d> {
    measures: BTreeMap<&'d str, &'d Measure>,
    documents: BTreeMap<&'d str, &'d Document>,
    places: Places<'d>,
    values: Values<'d>,
}

impl<'d> Known<'d> {
    fn new(data: &'d Dataset) -> Self {
        let measures = data.measures.iter();
        let documents = data.documents.iter();
        Self {
            measures: measures.map(|m| (m.measure_id.as_str(), m)).collect(),
            documents: documents.map(|d| (d.document_id.as_str(), d)).collect(),
            places: Places::new(data),
            values: Values::new(data),
        }
    }

    /// What a subject says of the measure that it belongs to.
    fn add_measure(&self, subject: &mut Subject, measure: &Measure) {
        let fields = [
            (Field::Title, "title", Some(&measure.title)),
            (Field::Section, "section", measure.section.as_ref()),
            (Field::Summary, "summary", measure.summary.as_ref()),
            (Field::Past, "past", measure.past.as_ref()),
        ];
        for (field, name, text) in fields {
            if field.is_of(subject.source) {
                let place = self.places.of(measure, name);
                subject.push(field, text.map(String::as_str), &place);
            }
        }
    }

    fn kpi<'i>(
        &self,
        kpi: &Kpi,
        indicators: &'i Indicators,
        decisions: &mut Decisions<'i>,
        aligned: &mut Aligned,
    ) {
        let Some(measure) = self.measures.get(kpi.measure_id.as_str()) else {
            return;
        };
        let Some(document) = self.documents.get(measure.document_id.as_str()) else {
            return;
        };
        let mut subject = Subject::new(Source::Kpi);
        subject.push(Field::Name, Some(&kpi.name), &kpi.locator);
        subject.push(Field::Segment, kpi.segment.as_deref(), &kpi.locator);
        self.add_measure(&mut subject, measure);
        let key = [
            kpi.name.as_str(),
            &format!("{} {}", text(&kpi.unit), text(&kpi.segment)),
            &measure.title,
        ];
        let all = found(
            indicators,
            decisions,
            (&kpi.kpi_id, key),
            document,
            &subject,
        );
        let fitting = all.into_iter().filter_map(|found| {
            let values = self.values.of_kpi(kpi, document, &found);
            (!values.is_empty()).then_some((found, values))
        });
        let best = strongest(fitting.collect());
        if best.len() > 1 {
            let names: Vec<&Indicator> = best.iter().map(|(found, _)| found.indicator).collect();
            aligned.findings.push(ambiguous(kpi, document, &names));
            return;
        }
        for (found, values) in best {
            let id = found.indicator.id.clone();
            aligned.take(&kpi.kpi_id, document, &found, values);
            aligned.of_kpis.insert(kpi.kpi_id.clone(), id);
        }
    }

    fn outcome<'i>(
        &self,
        outcome: &Outcome,
        indicators: &'i Indicators,
        decisions: &mut Decisions<'i>,
        aligned: &mut Aligned,
    ) {
        let Some(document) = self.documents.get(outcome.document_id.as_str()) else {
            return;
        };
        let mut subject = Subject::new(Source::Outcome);
        let texts = [
            (Field::Subject, Some(outcome.subject.as_str())),
            (Field::Metric, Some(outcome.metric.as_str())),
        ];
        for (field, text) in texts {
            subject.push(field, text, &outcome.locator);
        }
        let measure = outcome.measure_id.as_deref();
        match measure.and_then(|id| self.measures.get(id)) {
            Some(measure) => self.add_measure(&mut subject, measure),
            None => subject.push(Field::Section, outcome.section.as_deref(), &outcome.locator),
        }
        let key = [
            outcome.subject.as_str(),
            outcome.metric.as_str(),
            text(&outcome.unit),
        ];
        let all = found(
            indicators,
            decisions,
            (&outcome.outcome_id, key),
            document,
            &subject,
        );
        for found in all {
            let values = self.values.of_outcome(outcome, document, &found);
            aligned.take(&outcome.outcome_id, document, &found, values);
        }
    }

    fn text<'i>(
        &self,
        measure: &Measure,
        indicators: &'i Indicators,
        decisions: &mut Decisions<'i>,
        aligned: &mut Aligned,
    ) {
        let Some(document) = self.documents.get(measure.document_id.as_str()) else {
            return;
        };
        let mut subject = Subject::new(Source::Text);
        self.add_measure(&mut subject, measure);
        let key = [
            measure.title.as_str(),
            text(&measure.departments),
            text(&measure.summary),
        ];
        let all = found(
            indicators,
            decisions,
            (&measure.measure_id, key),
            document,
            &subject,
        );
        for found in all {
            let values = self.values.of_text(measure, document, &found);
            aligned.take(&measure.measure_id, document, &found, values);
        }
    }
}

/// The alignments with the most clauses.
fn strongest<'i>(
    mut all: Vec<(Found<'i>, Vec<IndicatorValue>)>,
) -> Vec<(Found<'i>, Vec<IndicatorValue>)> {
    let most = all.iter().map(|(found, _)| found.evidence.len()).max();
    all.retain(|(found, _)| Some(found.evidence.len()) == most);
    all
}

/// What a thing, given by its id and content, belongs to: what a person said, else what the rules
/// say. A figure in a text needs its rule in either case.
fn found<'i>(
    indicators: &'i Indicators,
    decisions: &mut Decisions<'i>,
    (id, content): (&str, [&str; 3]),
    document: &Document,
    subject: &Subject,
) -> Vec<Found<'i>> {
    match decisions.of(id, content, document) {
        Ruling::Open => by_rules(indicators, subject),
        Ruling::Closed => Vec::new(),
        Ruling::Given(indicator, decision) if subject.source == Source::Text => {
            let mut all = by_rules(indicators, subject);
            all.retain(|one| one.indicator.id == indicator.id);
            for one in &mut all {
                one.decision = Some(decision);
            }
            all
        }
        Ruling::Given(indicator, decision) => vec![decided::given(indicator, decision, subject)],
    }
}

fn by_rules<'i>(indicators: &'i Indicators, subject: &Subject) -> Vec<Found<'i>> {
    let all = indicators.align(subject).into_iter();
    all.map(Found::from).collect()
}

fn text(text: &Option<String>) -> &str {
    text.as_deref().unwrap_or_default()
}

fn ambiguous(kpi: &Kpi, document: &Document, several: &[&Indicator]) -> FindingRow {
    let list = |label: fn(&Indicator) -> &str| {
        let labels: Vec<&str> = several.iter().map(|one| label(one)).collect();
        labels.join(" / ")
    };
    let code = Code::IndicatorAmbiguous;
    let name = &kpi.name;
    FindingRow {
        severity: code.severity().as_str().to_owned(),
        code: code.as_str().to_owned(),
        document_id: Some(document.document_id.clone()),
        measure_id: Some(kpi.measure_id.clone()),
        locator: Some(kpi.locator.clone()),
        message_ja: format!(
            "効果指標「{name}」は複数の共通指標（{}）に当てはまるため、結び付けませんでした。",
            list(|one| &one.label_ja)
        ),
        message_en: format!(
            "The indicator “{name}” fits several shared indicators ({}) and was aligned to none.",
            list(|one| &one.label_en)
        ),
        raw: Some(name.clone()),
        ..FindingRow::default()
    }
}
