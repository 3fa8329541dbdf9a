//! A text in runs, with the evidence that stands in each.

use std::collections::BTreeSet;

use serde::Serialize;

/// A stretch of a text that the same evidence covers.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Run<'t> {
    text: &'t str,
    /// Numbers of the pieces of evidence that stand here.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    evidence: Vec<usize>,
}

/// Cuts a text where a term begins or ends; `terms` are numbers of evidence with their terms as
/// printed. Every place where a term stands is shown.
pub(super) fn runs<'t>(text: &'t str, terms: &[(usize, &str)]) -> Vec<Run<'t>> {
    let places = terms.iter().filter(|(_, term)| !term.is_empty());
    let places: Vec<(usize, usize, usize)> = places
        .flat_map(|(number, term)| {
            let found = text.match_indices(term);
            found.map(|(at, term)| (*number, at, at + term.len()))
        })
        .collect();
    let mut borders: BTreeSet<usize> = [0, text.len()].into();
    borders.extend(places.iter().flat_map(|(_, start, end)| [*start, *end]));
    let borders: Vec<usize> = borders.into_iter().collect();
    let pairs = borders
        .windows(2)
        .filter_map(|pair| Some((*pair.first()?, *pair.get(1)?)));
    pairs
        .filter_map(|(start, end)| {
            let covers = places
                .iter()
                .filter(|(_, from, to)| *from <= start && end <= *to);
            Some(Run {
                text: text.get(start..end)?,
                evidence: covers.map(|(number, _, _)| *number).collect(),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str, terms: &[(usize, &str)]) -> String {
        let shown = |run: Run| match run.evidence.as_slice() {
            [] => run.text.to_owned(),
            numbers => format!("[{}{numbers:?}]", run.text),
        };
        runs(text, terms).into_iter().map(shown).collect()
    }

    #[test]
    fn terms_are_marked_wherever_they_stand() {
        assert_eq!(
            told("電子申請と申請", &[(0, "申請")]),
            "電子[申請[0]]と[申請[0]]"
        );
        assert_eq!(told("", &[(0, "申請")]), "");
        assert_eq!(told("窓口", &[(0, "申請"), (1, "")]), "窓口");
    }

    #[test]
    fn terms_that_overlap_share_a_run() {
        let told = told("電子申請窓口", &[(0, "電子申請"), (1, "申請窓口")]);
        assert_eq!(told, "[電子[0]][申請[0, 1]][窓口[1]]");
    }
}
