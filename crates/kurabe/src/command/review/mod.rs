//! `kurabe review`: sheets for people, and what they decided.

mod agreement;
pub(crate) mod coding;
pub(crate) mod decisions;
mod reply;
mod source;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use kurabe_review::overrides::{Provenance, Source};
use kurabe_review::{Code, Codes, Coding, MAX_BYTES, SheetError, WriteError};
use kurabe_schema::{Category, Measure, MeasureCategory};

use crate::cli::{Review, Screen, Selection, Signature, Task};
use crate::config::Settings;
use crate::engine::Dataset;
use crate::problem::{Error, Exit, Problem, Result, reading};
use crate::record;
use crate::text::{Lang, problem as mistakes, review as words};

/// Does what the command line asks for.
pub(crate) fn review(task: &Task, review: &Review, screen: &mut Screen) -> Result<Exit> {
    match review {
        Review::Export {
            selection,
            to,
            is_blind,
        } => coding::export(task, selection, to, *is_blind, screen)?,
        Review::Import {
            selection,
            file,
            signature,
        } => coding::import(task, selection, file, signature, screen)?,
        Review::Agreement { files, edition, to } => {
            agreement::agreement(task, files, edition.as_deref(), to.as_deref(), screen)?;
        }
        Review::ReplyExport { selection, to } => reply::export(task, selection, to, screen)?,
        Review::ReplyImport {
            selection,
            file,
            signature,
        } => reply::import(task, selection, file, signature, screen)?,
    }
    Ok(Exit::Done)
}

/// The published dataset and the codes of an edition.
#[derive(Debug)]
pub(crate) struct Ground {
    pub(crate) settings: Settings,
    pub(crate) data: Arc<Dataset>,
    pub(crate) codes: Codes,
    /// Rows of the codes of the edition, by measure.
    coded: BTreeMap<String, Vec<usize>>,
}

impl Ground {
    fn new(task: &Task, edition: Option<&str>) -> Result<Self> {
        let settings = Settings::load(&task.surroundings.folder, &task.invocation.overrides)?;
        let data = crate::publish::published(&settings.out)?;
        Self::of(settings, Arc::new(data), edition)
    }

    /// The same for a dataset that was read before.
    pub(crate) fn of(
        settings: Settings,
        data: Arc<Dataset>,
        edition: Option<&str>,
    ) -> Result<Self> {
        let codes = codes(&data.categories, edition)?;
        let mut coded: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (place, row) in data.measure_categories.iter().enumerate() {
            if row.taxonomy == codes.edition() {
                coded.entry(row.measure_id.clone()).or_default().push(place);
            }
        }
        Ok(Self {
            settings,
            data,
            codes,
            coded,
        })
    }

    /// The measures of a selection in the order of their documents, without repeats: those have
    /// the codes of their first occurrence.
    pub(crate) fn measures(&self, selection: &Selection) -> Result<Vec<&Measure>> {
        let (municipality, document) = (&selection.municipality, &selection.document);
        let mut municipalities = self.data.municipalities.iter();
        let mut documents = self.data.documents.iter();
        for (wanted, is_known) in [
            (
                municipality,
                municipalities.any(|m| Some(&m.municipality_code) == municipality.as_ref()),
            ),
            (
                document,
                documents.any(|d| Some(&d.document_id) == document.as_ref()),
            ),
        ] {
            if let Some(id) = wanted.clone().filter(|_| !is_known) {
                let nearest = Vec::new();
                return Err(Problem::IdUnknown { id, nearest }.into());
            }
        }
        let fits = |wanted: &Option<String>, id: &str| wanted.as_deref().is_none_or(|w| w == id);
        let is_wanted = |measure: &&Measure| {
            measure.repeat_of.is_none()
                && fits(municipality, &measure.municipality_code)
                && fits(document, &measure.document_id)
        };
        let mut found: Vec<&Measure> = self.data.measures.iter().filter(is_wanted).collect();
        let place = |m: &Measure| (m.document_id.clone(), m.position, m.measure_id.clone());
        found.sort_by_key(|measure| place(measure));
        Ok(found)
    }

    /// The rows of the codes of a measure in the edition.
    pub(crate) fn rows(&self, id: &str) -> impl Iterator<Item = &MeasureCategory> {
        let places = self.coded.get(id).into_iter().flatten();
        places.filter_map(|place| self.data.measure_categories.get(*place))
    }

    /// Name of a municipality.
    pub(crate) fn municipality(&self, code: &str) -> String {
        let mut all = self.data.municipalities.iter();
        let found = all.find(|one| one.municipality_code == code);
        found.map_or_else(|| code.to_owned(), |one| one.name.clone())
    }

    /// The published codes of a measure as far as they are `wanted`, the secondary ones in the
    /// order of the edition. Further candidates of an ambiguous code are no secondary codes.
    fn coding(&self, id: &str, wanted: impl Fn(&MeasureCategory) -> bool) -> Coding {
        let rows: Vec<_> = self.rows(id).filter(|row| wanted(row)).collect();
        let code = |row: &&MeasureCategory| row.category_id.clone();
        let secondary = rows
            .iter()
            .filter(|row| row.rank > 1 && row.verdict == "assigned");
        let given: Vec<String> = secondary.filter_map(code).collect();
        let all = self.codes.list().iter().map(|code| &code.id);
        Coding {
            primary: rows.iter().find(|row| row.rank == 1).and_then(code),
            secondary: all.filter(|id| given.contains(id)).cloned().collect(),
        }
    }
}

/// The codes of an edition of the dataset; of the newest one that is not merely inferred when
/// none is named.
fn codes(categories: &[Category], edition: Option<&str>) -> Result<Codes> {
    let version = |name: &str| -> Vec<u32> {
        let parts = name.split('.').map(|part| part.parse().unwrap_or(0));
        parts.collect()
    };
    let mut known: Vec<&Category> = categories.iter().collect();
    known.sort_by_key(|category| (version(&category.taxonomy), category.order));
    let read = known.iter().rfind(|category| !category.is_inferred);
    let newest = read.map(|category| category.taxonomy.as_str());
    let wanted = edition.or(newest).unwrap_or_default();
    let code = |category: &&Category| Code {
        id: category.category_id.clone(),
        label_ja: category.label_ja.clone(),
        label_en: category.label_en.clone(),
    };
    let of_it = known.iter().filter(|c| c.taxonomy == wanted);
    let list: Vec<Code> = of_it.map(code).collect();
    if list.is_empty() {
        let mut names: Vec<&str> = known.iter().map(|c| c.taxonomy.as_str()).collect();
        names.dedup();
        return Err(Problem::EditionUnknown {
            name: wanted.to_owned(),
            known: names.join(", "),
        }
        .into());
    }
    Ok(Codes::new(wanted, list))
}

/// Who decides, with the day of today when none is given.
fn provenance(signature: &Signature, source: Source) -> Result<Provenance> {
    let when = signature.when.clone().unwrap_or_else(record::today);
    Provenance::new(&signature.who, &when, source).map_err(|error| {
        let message = (error.message(true), error.message(false));
        let hint = both(mistakes::see_help);
        Problem::Usage { message, hint }.into()
    })
}

/// The forms of a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Csv,
    Xlsx,
}

impl Form {
    /// The form that the name of a file asks for.
    fn of(path: &Path) -> Result<Self> {
        let extension = path.extension().unwrap_or_default().to_ascii_lowercase();
        match extension.to_str() {
            Some("csv") => Ok(Self::Csv),
            Some("xlsx") => Ok(Self::Xlsx),
            _ => {
                let message = both(|lang| words::form_unknown(lang, path.display()));
                let hint = both(words::form_hint);
                Err(Problem::Usage { message, hint }.into())
            }
        }
    }
}

/// Where a sheet is to be written. One that lies there is not overwritten: somebody may have
/// filled it in.
fn target(task: &Task, to: &Path) -> Result<(std::path::PathBuf, Form)> {
    let (path, form) = (task.place(to), Form::of(to)?);
    if path.exists() && !task.invocation.overrides.is_forced {
        return Err(Problem::Exists(path).into());
    }
    Ok((path, form))
}

fn unwritable(error: &WriteError) -> Error {
    let message = (error.message(true), error.message(false));
    let hint = both(words::form_hint);
    Problem::Usage { message, hint }.into()
}

/// The bytes of a sheet, unless they are far more than any sheet has.
fn sheet_bytes(path: &Path) -> Result<Vec<u8>> {
    let size = fs::metadata(path).map_err(reading(path))?.len();
    let bytes = usize::try_from(size).unwrap_or(usize::MAX);
    if bytes > MAX_BYTES {
        let error = kurabe_review::ReadError::TooLarge { bytes };
        return Err(refused(path, |ja| error.message(ja)));
    }
    fs::read(path).map_err(reading(path))
}

/// The problem of a sheet that cannot be taken over.
fn refused(path: &Path, tell: impl Fn(bool) -> String) -> Error {
    Problem::SheetInvalid {
        place: path.display().to_string(),
        detail: (tell(true), tell(false)),
    }
    .into()
}

/// All that is wrong with the rows of a sheet.
fn refused_rows(path: &Path, errors: &[SheetError]) -> Error {
    refused(path, |ja| {
        let lines: Vec<String> = errors.iter().map(|error| error.message(ja)).collect();
        lines.join("\n")
    })
}

fn both(tell: impl Fn(Lang) -> String) -> (String, String) {
    (tell(Lang::Ja), tell(Lang::En))
}
