//! National surveys: the tables that the configuration names, or the bundled facts where it names none.
//!
//! They are stated in the dataset when it is published, like codes: the results of the documents do
//! not depend on them. The list of municipalities (`register/`), the definitions (`surveys/*.toml`) and the facts
//! (`surveys/facts/`) are compiled into the program. Facts are published of municipalities whose documents were
//! read; a table that somebody configured is published whole, with all municipalities that it names.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};
use jiff::civil::Date;
use kurabe_register::survey::{By, Cells, Edition, Indicator, Reading, Survey, cells};
use kurabe_register::{Entry, Register};
use kurabe_schema::{Municipality, SurveyIndicator};
use kurabe_trace::Locator;
use serde::Deserialize;

use crate::config::Settings;
use crate::engine::{self, Code, Correspondence, Dataset, FindingRow, Speaker};
use crate::hash;
use crate::problem::{Problem, Result, reading};
use crate::record::Input;
use crate::text::{Lang, survey as words};

/// The list of municipalities.
const LIST: &str = include_str!("../../../register/municipalities.csv");

/// Forms of characters that are the same in names.
const VARIANTS: &str = include_str!("../../../register/variants.toml");

/// Definitions of surveys, and facts.
static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../surveys");

/// The list of the facts in [`BUILT_IN`].
const FACTS: &str = "facts.toml";

/// A table `[[survey]]` of the configuration.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SurveySpec {
    /// The file, from the folder of the configuration.
    pub path: PathBuf,
    /// Identifier of the survey.
    pub survey: String,
    /// Fiscal year.
    pub year: i32,
    /// Day that the answers describe, `2023-04-01`.
    pub as_of: Option<String>,
    /// Where it was published.
    pub source: String,
    /// How many municipalities the table must have.
    pub municipalities: Option<usize>,
}

/// The list `facts.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Facts {
    survey: Vec<SurveySpec>,
}

/// A table of a survey, with its text or why that cannot be had.
#[derive(Debug)]
struct File {
    spec: SurveySpec,
    as_of: Option<Date>,
    path: String,
    text: std::result::Result<String, (String, String)>,
    input: Input,
}

/// The tables of surveys.
#[derive(Debug)]
pub struct Surveys {
    /// Hash over all that is published of them.
    pub hash: String,
    files: Vec<File>,
    definitions: Vec<Survey>,
    is_built_in: bool,
}

impl Surveys {
    /// Reads the files that the configuration names, or takes the bundled facts.
    ///
    /// # Errors
    /// When a file is not there, or a table of the configuration is wrong.
    pub fn load(settings: &Settings) -> Result<Self> {
        let definitions = definitions(settings)?;
        let home = settings.config.parent().unwrap_or(Path::new(""));
        let is_built_in = settings.surveys.is_empty();
        let files = if is_built_in {
            facts(settings)?
        } else {
            let specs = settings.surveys.iter();
            let opened = specs.map(|spec| open(settings, spec, &home.join(&spec.path)));
            opened.collect::<Result<Vec<File>>>()?
        };
        for file in &files {
            if !definitions.iter().any(|one| one.id == file.spec.survey) {
                let known: Vec<&str> = definitions.iter().map(|one| one.id.as_str()).collect();
                let (id, known) = (&file.spec.survey, known.join(", "));
                return Err(invalid(settings, &|lang| words::unknown(lang, id, &known)));
            }
        }
        Ok(Self {
            hash: hash_of(&files),
            files,
            definitions,
            is_built_in,
        })
    }

    /// The files that were read, for the record of the run.
    #[must_use]
    pub fn inputs(&self) -> Vec<Input> {
        let configured = self.files.iter().filter(|_| !self.is_built_in);
        configured.map(|file| file.input.clone()).collect()
    }

    /// States the surveys in a dataset.
    ///
    /// # Errors
    /// When the compiled list of municipalities is wrong, or two files answer the same.
    pub fn state(&self, settings: &Settings, dataset: &mut Dataset) -> Result<()> {
        let register = register(settings)?;
        let ours = dataset.municipalities.iter();
        let ours: BTreeSet<String> = ours.map(|one| one.municipality_code.clone()).collect();
        let mut answered: BTreeMap<(String, i32, String, String), &File> = BTreeMap::new();
        for file in &self.files {
            let (mut rows, findings) = self.read(file, &register);
            rows.retain(|row| !self.is_built_in || ours.contains(&row.municipality_code));
            let compared = rows.iter().filter(|_| self.files.len() > 1);
            for row in compared {
                let key = (
                    row.survey.clone(),
                    row.year,
                    row.indicator.clone(),
                    row.municipality_code.clone(),
                );
                if let Some(other) = answered.insert(key, file) {
                    let (one, two) = (&other.path, &file.path);
                    return Err(invalid(settings, &|lang| {
                        words::answered_twice(lang, one, two, &row.locator)
                    }));
                }
            }
            dataset.findings.extend(findings);
            add_municipalities(dataset, &register, &rows);
            dataset.survey_indicators.extend(rows);
        }
        Ok(())
    }

    fn read(&self, file: &File, register: &Register) -> (Vec<SurveyIndicator>, Vec<FindingRow>) {
        let told = |detail: &dyn Fn(Lang) -> String| {
            engine::file_finding(Code::SurveyUnreadable, Some(&file.path), |lang| {
                words::unreadable(lang, &file.path, detail(lang))
            })
        };
        let text = match &file.text {
            Ok(text) => text,
            Err((ja, en)) => return (Vec::new(), vec![told(&|lang| lang.pick(ja, en).to_owned())]),
        };
        let mut known = self.definitions.iter();
        let Some(survey) = known.find(|one| one.id == file.spec.survey) else {
            return (Vec::new(), Vec::new());
        };
        let edition = Edition {
            year: file.spec.year,
            as_of: file.as_of,
            source: &file.spec.source,
            path: &file.path,
            municipalities: file.spec.municipalities,
        };
        match survey.read(text, register, &edition) {
            Ok(Reading { rows, remarks }) => {
                let findings = remarks
                    .iter()
                    .map(|remark| words::finding(remark, &file.path));
                (rows, findings.collect())
            }
            Err(error) => (Vec::new(), vec![told(&|lang| words::error(lang, &error))]),
        }
    }

    /// What in plans speaks of the indicators.
    #[must_use]
    pub fn correspondences(&self) -> Vec<Correspondence> {
        let all = self.definitions.iter().flat_map(|survey| {
            let spoken = survey.indicator.iter();
            spoken.filter_map(|indicator| correspondence(survey, indicator))
        });
        all.collect()
    }

    /// The tables as they stand, to prove and quote published values.
    #[must_use]
    pub fn proofs(&self) -> Proofs {
        let readable = self.files.iter().filter_map(|file| {
            let text = file.text.as_ref().ok()?;
            Some((file.path.clone(), cells(text)))
        });
        Proofs {
            tables: readable.collect(),
        }
    }
}

fn correspondence(survey: &Survey, indicator: &Indicator) -> Option<Correspondence> {
    let plan = indicator.plan.as_ref()?;
    let speaker = match plan.by {
        By::Document => Speaker::Document,
        By::Values => Speaker::Values,
        By::Measures => Speaker::Measures {
            terms: plan.terms.clone(),
            without: plan.without.clone(),
            is_broad: plan.is_broad,
        },
    };
    Some(Correspondence {
        survey: survey.id.clone(),
        title: survey.title.clone(),
        indicator: indicator.id.clone(),
        speaker,
    })
}

/// The municipalities that rows name and the dataset does not know yet, under the name of today
/// where there is one.
fn add_municipalities(dataset: &mut Dataset, register: &Register, rows: &[SurveyIndicator]) {
    let known = dataset.municipalities.iter();
    let known: BTreeSet<&str> = known.map(|one| one.municipality_code.as_str()).collect();
    let named = rows
        .iter()
        .map(|row| (row.municipality_code.as_str(), row.as_of));
    let named: BTreeMap<&str, Option<Date>> = named.collect();
    let new = named.iter().filter(|(code, _)| !known.contains(*code));
    let new: Vec<Municipality> = new
        .filter_map(|(code, day)| {
            let today = register.of_code(code, None);
            today.or_else(|| register.of_code(code, *day))
        })
        .map(municipality)
        .collect();
    dataset.municipalities.extend(new);
}

fn municipality(entry: &Entry) -> Municipality {
    Municipality {
        municipality_code: entry.code.clone(),
        name: entry.name.clone(),
        prefecture: entry.prefecture.clone(),
        kind: entry.kind.clone(),
        ..Municipality::default()
    }
}

/// The compiled list of municipalities.
///
/// # Errors
/// When it is wrong.
pub fn register(settings: &Settings) -> Result<Register> {
    Register::parse(LIST, VARIANTS).map_err(|error| invalid(settings, &|_| error.to_string()))
}

fn definitions(settings: &Settings) -> Result<Vec<Survey>> {
    let files = BUILT_IN.files().filter(|file| {
        let is_toml = file
            .path()
            .extension()
            .is_some_and(|ending| ending == "toml");
        is_toml && file.path() != Path::new(FACTS)
    });
    let parsed = files
        .filter_map(|file| file.contents_utf8())
        .map(|text| Survey::parse(text).map_err(|error| invalid(settings, &|_| error.to_string())));
    parsed.collect()
}

fn facts(settings: &Settings) -> Result<Vec<File>> {
    let list = BUILT_IN
        .get_file(FACTS)
        .and_then(|file| file.contents_utf8());
    let list: Facts = toml::from_str(list.unwrap_or_default())
        .map_err(|error| invalid(settings, &|_| error.to_string()))?;
    let file = |spec: &SurveySpec| {
        let found = BUILT_IN.get_file(&spec.path);
        let bytes = found.map(|file| file.contents()).unwrap_or_default();
        let path = format!("surveys/{}", shown(&spec.path));
        file_of(settings, spec, path, bytes)
    };
    list.survey.iter().map(file).collect()
}

fn open(settings: &Settings, spec: &SurveySpec, place: &Path) -> Result<File> {
    let path = shown(&spec.path);
    let Ok(known) = fs::metadata(place) else {
        return Err(invalid(settings, &|lang| words::missing(lang, &path)));
    };
    let most = settings.limits.bytes;
    if !known.is_file() || known.len() > most {
        return Err(invalid(settings, &|lang| {
            words::not_a_file(lang, &path, most)
        }));
    }
    let bytes = fs::read(place).map_err(reading(place))?;
    file_of(settings, spec, path, &bytes)
}

fn file_of(settings: &Settings, spec: &SurveySpec, path: String, bytes: &[u8]) -> Result<File> {
    let as_of = match &spec.as_of {
        Some(text) => {
            let day = text.parse::<Date>();
            Some(day.map_err(|_| invalid(settings, &|lang| words::day(lang, text)))?)
        }
        None => None,
    };
    Ok(File {
        spec: spec.clone(),
        as_of,
        input: Input {
            path: path.clone(),
            bytes: bytes.len() as u64,
            sha256: hash::sha256(bytes),
            blake3: hash::blake3(bytes),
            document_id: None,
        },
        path,
        text: engine::decoded(bytes),
    })
}

/// A path with the same separators everywhere.
fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

fn hash_of(files: &[File]) -> String {
    let parts = files.iter().flat_map(|file| {
        let SurveySpec {
            survey,
            year,
            source,
            municipalities,
            ..
        } = &file.spec;
        [
            file.path.clone(),
            file.input.blake3.clone(),
            survey.clone(),
            year.to_string(),
            file.spec.as_of.clone().unwrap_or_default(),
            source.clone(),
            municipalities.map(|n| n.to_string()).unwrap_or_default(),
        ]
    });
    let parts: Vec<String> = parts.collect();
    hash::joined(parts.iter().map(String::as_str))
}

fn invalid(settings: &Settings, tell: &dyn Fn(Lang) -> String) -> crate::problem::Error {
    Problem::SurveyInvalid {
        place: settings.config.clone(),
        detail: (tell(Lang::Ja), tell(Lang::En)),
    }
    .into()
}

/// The tables of surveys as they stand.
#[derive(Debug, Default)]
pub struct Proofs {
    tables: BTreeMap<String, Cells>,
}

/// What stands around a published value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote<'p> {
    /// The name over the column.
    pub name: &'p str,
    /// The label before the row.
    pub label: &'p str,
    /// The cell; empty when it is blank.
    pub cell: &'p str,
}

impl Proofs {
    /// The cell at a place of a file; `None` when there is none.
    #[must_use]
    pub fn quote(&self, path: &str, locator: &str) -> Option<Quote<'_>> {
        let Some(Locator::Cell { line, column }) = Locator::parse(locator) else {
            return None;
        };
        let table = self.tables.get(path)?;
        Some(Quote {
            name: table.name_over(column)?,
            label: table.at(line, 2)?,
            cell: table.at(line, column)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Profiles say who their municipality is; the register must say the same.
    #[test]
    fn profiles_name_municipalities_of_the_register() {
        let register = Register::parse(LIST, VARIANTS).unwrap();
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../municipalities");
        let mut seen = 0;
        for place in fs::read_dir(folder).unwrap() {
            for file in fs::read_dir(place.unwrap().path()).unwrap() {
                let text = fs::read_to_string(file.unwrap().path()).unwrap();
                let profile: toml::Table = text.parse().unwrap();
                let said = |key: &str| profile["municipality"][key].as_str().unwrap().to_owned();
                let entry = register.of_code(&said("code"), None).unwrap();
                assert_eq!(entry.name, said("name"));
                assert_eq!(entry.prefecture, said("prefecture"));
                assert_eq!(entry.kind, said("kind"));
                seen += 1;
            }
        }
        assert!(seen >= 5);
    }
}
