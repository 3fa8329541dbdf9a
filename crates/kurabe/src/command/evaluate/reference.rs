//! The file of reference codes, and the measures that its keys name.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::iter;
use std::path::Path;

use kurabe_schema::{Measure, MeasureCategory, Municipality};
use serde::Deserialize;

use crate::engine::Dataset;
use crate::evaluation::Case;
use crate::problem::{Problem, Result, reading};
use crate::profiles::ProfileFiles;
use crate::text::{Lang, accuracy as words};

/// A line of the file.
#[derive(Debug, Deserialize)]
struct Line {
    /// A municipality and the number of a measure, or the id of a measure.
    key: String,
    primary: String,
    #[serde(default)]
    secondary: BTreeSet<String>,
    #[serde(default)]
    unsure: bool,
}

/// What the reference codes are about.
#[derive(Debug, Default)]
pub(super) struct Reference {
    /// The measures that are compared, in the order of the file.
    pub(super) cases: Vec<Case>,
    /// Line and key where no measure fits.
    pub(super) unmatched: Vec<(usize, String)>,
    /// Number of repeats that were left out.
    pub(super) repeats: usize,
}

/// The names that a municipality goes by.
#[derive(Debug)]
pub(super) struct Municipalities {
    /// Code, name, and the name in Latin letters where the folder of its profiles has it.
    rows: Vec<(String, String, Option<String>)>,
}

impl Municipalities {
    pub(super) fn new(dataset: &Dataset, profiles: &ProfileFiles) -> Self {
        let row = |row: &Municipality| {
            let code = row.municipality_code.clone();
            let latin = latin_name(&code, profiles);
            (code, row.name.clone(), latin)
        };
        Self {
            rows: dataset.municipalities.iter().map(row).collect(),
        }
    }

    /// The code of a municipality, found by any of its names.
    fn code(&self, name: &str) -> Option<&str> {
        let is_named = |(code, label, latin): &&(String, String, Option<String>)| {
            code == name || label == name || latin.as_deref() == Some(name)
        };
        self.rows.iter().find(is_named).map(|(code, _, _)| &**code)
    }

    /// The name of a municipality as it is shown.
    pub(super) fn shown(&self, code: &str) -> String {
        match self.rows.iter().find(|(known, _, _)| known == code) {
            Some((_, name, Some(latin))) => format!("{name} ({latin})"),
            Some((_, name, None)) => name.clone(),
            None => code.to_owned(),
        }
    }
}

/// The name after the code in the name of the folder that holds the profiles.
fn latin_name(code: &str, profiles: &ProfileFiles) -> Option<String> {
    profiles.files.iter().find_map(|file| {
        let folder = Path::new(&file.path).parent()?.file_name()?.to_str()?;
        let name = folder.strip_prefix(code)?.strip_prefix('-')?;
        Some(name.to_owned())
    })
}

/// What a file of reference codes is read against.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sheet<'a> {
    pub(super) dataset: &'a Dataset,
    pub(super) edition: &'a str,
    pub(super) municipalities: &'a Municipalities,
}

impl<'a> Sheet<'a> {
    /// Reads the file.
    pub(super) fn read(&self, path: &Path) -> Result<Reference> {
        let text = fs::read_to_string(path).map_err(reading(path))?;
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(&text);
        let mut reference = Reference::default();
        let mut seen = BTreeSet::new();
        for (number, line) in (1..).zip(text.lines()) {
            if line.trim().is_empty() {
                continue;
            }
            let place = format!("{}:{number}", path.display());
            let line = self.line(line, &place)?;
            let Some(measure) = self.measure(&line.key) else {
                reference.unmatched.push((number, line.key));
                continue;
            };
            if !seen.insert(&*measure.measure_id) {
                return Err(invalid(&place, &|l| words::coded_twice(l, &line.key)));
            }
            if measure.is_repeat {
                reference.repeats += 1;
            } else {
                reference.cases.push(self.case(measure, line));
            }
        }
        if reference.cases.is_empty() {
            let place = path.display().to_string();
            return Err(invalid(&place, &words::nothing_fits));
        }
        Ok(reference)
    }

    /// A line whose categories all exist in the edition.
    fn line(&self, text: &str, place: &str) -> Result<Line> {
        let line: Line = serde_json::from_str(text)
            .map_err(|error| invalid(place, &|lang| words::line_invalid(lang, &error)))?;
        let is_known = |id: &str| {
            let mut categories = self.dataset.categories.iter();
            categories.any(|row| row.taxonomy == self.edition && row.category_id == id)
        };
        let unknown = iter::once(&line.primary)
            .chain(&line.secondary)
            .find(|id| !is_known(id));
        match unknown {
            Some(id) => Err(invalid(place, &|lang| {
                words::category_unknown(lang, id, self.edition)
            })),
            None => Ok(line),
        }
    }

    /// The measure that a key names.
    fn measure(&self, key: &str) -> Option<&'a Measure> {
        let mut measures = self.dataset.measures.iter();
        measures
            .find(|measure| measure.measure_id == key)
            .or_else(|| self.numbered(key))
    }

    /// The measure of a municipality with that number, unless two documents have one.
    fn numbered(&self, key: &str) -> Option<&'a Measure> {
        let (municipality, number) = key.split_once(':')?;
        let code = self.municipalities.code(municipality.trim())?;
        let mut documents: BTreeMap<&str, Vec<&Measure>> = BTreeMap::new();
        let measures = self.dataset.measures.iter();
        for measure in measures.filter(|measure| measure.municipality_code == code) {
            documents
                .entry(&measure.document_id)
                .or_default()
                .push(measure);
        }
        let mut found = documents
            .into_values()
            .filter_map(|measures| in_document(measures, number.trim()));
        let first = found.next()?;
        found.next().is_none().then_some(first)
    }

    fn case(&self, measure: &Measure, line: Line) -> Case {
        let rows: Vec<&MeasureCategory> = self
            .dataset
            .measure_categories
            .iter()
            .filter(|row| row.measure_id == measure.measure_id && row.taxonomy == self.edition)
            .collect();
        let primary = rows.iter().find(|row| row.rank == 1);
        let secondary = rows
            .iter()
            .filter(|row| row.rank > 1 && row.verdict == "assigned");
        let published = primary.and_then(|row| row.category_id.clone());
        let confidence = primary.and_then(|row| row.confidence);
        Case {
            municipality: measure.municipality_code.clone(),
            title: measure.title.clone(),
            reference: line.primary,
            reference_secondary: line.secondary,
            is_unsure: line.unsure,
            published_secondary: secondary
                .filter_map(|row| row.category_id.clone())
                .collect(),
            confidence: confidence.filter(|_| published.is_some()).unwrap_or(0.0),
            published,
            is_ambiguous: primary.is_some_and(|row| row.verdict == "ambiguous"),
        }
    }
}

/// The measure with that number; where numbers start again in every part, the one at that place.
fn in_document<'a>(mut measures: Vec<&'a Measure>, number: &str) -> Option<&'a Measure> {
    let printed: Vec<&str> = measures
        .iter()
        .filter_map(|m| m.number.as_deref())
        .collect();
    let distinct: BTreeSet<&str> = printed.iter().copied().collect();
    if !printed.is_empty() && distinct.len() == printed.len() {
        return measures
            .into_iter()
            .find(|measure| measure.number.as_deref() == Some(number));
    }
    measures.sort_by_key(|measure| measure.position);
    let place: usize = number.parse().ok()?;
    measures.get(place.checked_sub(1)?).copied()
}

fn invalid(place: &str, tell: &dyn Fn(Lang) -> String) -> crate::problem::Error {
    Problem::CodesInvalid {
        place: place.to_owned(),
        detail: (tell(Lang::Ja), tell(Lang::En)),
    }
    .into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profiles::ProfileFile;

    fn measure(number: &str, position: i32) -> Measure {
        Measure {
            measure_id: format!("100000-plan-{position}"),
            document_id: "100000-plan".to_owned(),
            municipality_code: "100000".to_owned(),
            number: Some(number.to_owned()),
            position,
            ..Default::default()
        }
    }

    fn dataset(numbers: &[&str]) -> Dataset {
        let measures = (1..).zip(numbers);
        Dataset {
            municipalities: vec![Municipality {
                municipality_code: "100000".to_owned(),
                name: "見本市".to_owned(),
                ..Default::default()
            }],
            measures: measures.map(|(at, number)| measure(number, at)).collect(),
            ..Dataset::default()
        }
    }

    fn position(dataset: &Dataset, key: &str) -> Option<i32> {
        let profiles = ProfileFiles {
            files: vec![ProfileFile {
                path: "municipalities/100000-mihon/plan.toml".to_owned(),
                text: String::new(),
                blake3: String::new(),
            }],
            hash: String::new(),
        };
        let municipalities = Municipalities::new(dataset, &profiles);
        let sheet = Sheet {
            dataset,
            edition: "5.1",
            municipalities: &municipalities,
        };
        sheet.measure(key).map(|measure| measure.position)
    }

    #[test]
    fn measures_are_found_by_any_name_of_their_municipality() {
        let dataset = dataset(&["1", "3"]);
        for key in ["100000:3", "見本市:3", "mihon:3", "100000-plan-2"] {
            assert_eq!(position(&dataset, key), Some(2), "{key}");
        }
        for key in ["mihon:2", "other:1", "mihon", "mihon:"] {
            assert_eq!(position(&dataset, key), None, "{key}");
        }
    }

    #[test]
    fn where_numbers_start_again_the_order_counts() {
        let dataset = dataset(&["1", "2", "1"]);
        assert_eq!(position(&dataset, "mihon:3"), Some(3));
        assert_eq!(position(&dataset, "mihon:1"), Some(1));
        assert_eq!(position(&dataset, "mihon:0"), None);
        assert_eq!(position(&dataset, "mihon:4"), None);
    }

    #[test]
    fn a_number_in_two_documents_fits_no_measure() {
        let mut dataset = dataset(&["1", "2"]);
        let second = Measure {
            document_id: "100000-other".to_owned(),
            ..measure("1", 9)
        };
        dataset.measures.push(second);
        assert_eq!(position(&dataset, "mihon:1"), None);
        assert_eq!(position(&dataset, "mihon:2"), Some(2));
    }
}
