//! What people call the words of closed lists.

use kurabe_schema::{label_in, words};

use crate::json::Json;

/// The lists, each under the name by which the pages know it.
const LISTS: &[(&str, &[&str])] = &[
    ("stage", words::STAGES),
    ("stage_basis", words::STAGE_BASES),
    ("stage_year_basis", words::STAGE_YEAR_BASES),
    ("start_qualifier", words::START_QUALIFIERS),
    ("span_basis", words::SPAN_BASES),
    ("municipality_kind", words::MUNICIPALITY_KINDS),
    ("document_kind", words::DOCUMENT_KINDS),
    ("measure_field", words::MEASURE_FIELDS),
    ("kpi_kind", words::KPI_KINDS),
    ("role", words::KPI_ROLES),
    ("cadence", words::CADENCES),
    ("direction", words::DIRECTIONS),
    ("reason", words::ACHIEVEMENT_REASONS),
    ("milestone_state", words::MILESTONE_STATES),
    ("category_group", words::CATEGORY_GROUPS),
    ("crosswalk_relation", words::CROSSWALK_RELATIONS),
    ("verdict", words::VERDICTS),
    ("method", words::METHODS),
    ("decision_source", words::DECISION_SOURCES),
    ("severity", words::SEVERITIES),
    ("coverage_unit", words::COVERAGE_UNITS),
    ("quality_field", words::QUALITY_FIELDS),
    ("peer_basis", words::PEER_BASES),
    ("survey_unit", words::SURVEY_UNITS),
    ("difference", words::SURVEY_DIFFERENCES),
    ("relation", words::LINK_RELATIONS),
    ("link_method", words::LINK_METHODS),
    ("answer_type", words::ANSWER_TYPES),
    ("listing_state", words::LISTING_STATES),
];

/// All lists: name → word → Japanese and English.
pub(crate) fn labels() -> Json<'static> {
    let lists = LISTS
        .iter()
        .map(|(name, list)| ((*name).into(), named(list)));
    Json::Object(lists.collect())
}

fn named(list: &'static [&'static str]) -> Json<'static> {
    let pairs = list.iter().map(|word| {
        let (ja, en) = label_in(list, word).map_or((*word, *word), |label| (label.ja, label.en));
        ((*word).into(), Json::list([ja, en]))
    });
    Json::Object(pairs.collect())
}

#[cfg(test)]
mod tests {
    use kurabe_schema::Dataset;

    use super::*;

    #[test]
    fn every_closed_list_of_the_tables_is_there() {
        for table in Dataset::specs() {
            for column in table
                .columns
                .iter()
                .filter(|column| !column.values.is_empty())
            {
                let is_listed = LISTS.iter().any(|(_, list)| *list == column.values);
                assert!(is_listed, "{}.{}", table.name, column.name);
            }
        }
    }
}
