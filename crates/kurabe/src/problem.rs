//! What can stop the program: the problem, its place and what to do, in both languages.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use kurabe_database::DatabaseError;

use crate::text::{Lang, database, problem as words};

/// How the program ends. The codes are part of its interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// All is well.
    Done,
    /// The work was done; there are findings of severity error.
    Findings,
    /// The command line or the configuration is wrong.
    Usage,
    /// A file could not be read or written, or a document could not be fetched.
    Failed,
    /// Another run holds the lock.
    Busy,
}

impl Exit {
    /// The exit code of the process.
    #[must_use]
    pub fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Findings => 1,
            Self::Usage => 2,
            Self::Failed => 3,
            Self::Busy => 4,
        }
    }
}

/// A problem as it is told to a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// What is wrong.
    pub message: String,
    /// Where: a path, with a line where one is known.
    pub place: Option<String>,
    /// What to do about it.
    pub hint: String,
}

/// A problem that stopped the program.
#[derive(Debug, thiserror::Error)]
#[error("{}", .0.report(Lang::En))]
pub struct Error(Box<Problem>);

/// Short for results of this crate.
pub type Result<T> = std::result::Result<T, Error>;

/// The kinds of problem.
#[derive(Debug)]
pub enum Problem {
    /// The command line cannot be understood.
    Usage {
        /// The message in Japanese and English.
        message: (String, String),
        /// What to do, in Japanese and English.
        hint: (String, String),
    },
    /// The configuration file does not exist.
    ConfigMissing(PathBuf),
    /// The configuration has a key that does not exist.
    ConfigKey {
        /// Path and line.
        place: String,
        /// The key with the tables above it.
        key: String,
        /// The valid key that it resembles.
        nearest: Option<String>,
        /// All keys.
        keys: String,
    },
    /// The configuration is no TOML or a value has the wrong type.
    ConfigInvalid {
        /// Path and line.
        place: String,
        /// What the TOML reader says.
        detail: String,
    },
    /// Two folders lie in one another.
    ConfigOverlap {
        /// The folder that is replaced.
        first: &'static str,
        /// The folder that must not be touched.
        second: &'static str,
        /// Where both are.
        place: PathBuf,
    },
    /// There is no folder of profiles.
    ProfilesMissing(PathBuf),
    /// There is no profile in the folder.
    ProfilesNone(PathBuf),
    /// A profile cannot be used.
    ProfileInvalid {
        /// Path of the profile.
        path: String,
        /// What is wrong, in Japanese and English.
        detail: (String, String),
    },
    /// Two profiles describe one document.
    ProfileTwice {
        /// The document.
        document: String,
        /// The second profile.
        path: String,
        /// The first profile.
        other: String,
    },
    /// There are no editions of the national plan in the folder.
    EditionsMissing(PathBuf),
    /// A file of the editions cannot be used.
    EditionsInvalid {
        /// Path of the file, with a line where one is known.
        place: String,
        /// What is wrong.
        detail: String,
    },
    /// There are no shared indicators in the folder.
    IndicatorsMissing(PathBuf),
    /// A file of the shared indicators cannot be used.
    IndicatorsInvalid {
        /// The folder.
        place: String,
        /// What is wrong, with file and line.
        detail: String,
    },
    /// No edition of the national plan has that name.
    EditionUnknown {
        /// The name.
        name: String,
        /// All editions.
        known: String,
    },
    /// A list of measures cannot be read.
    InputInvalid {
        /// The file or `stdin`, with a line.
        place: String,
        /// What is wrong, in Japanese and English.
        detail: (String, String),
    },
    /// A file of reference codes cannot be used.
    CodesInvalid {
        /// Path of the file, with a line where one is known.
        place: String,
        /// What is wrong, in Japanese and English.
        detail: (String, String),
    },
    /// A file of the decisions of people cannot be used.
    ReviewInvalid {
        /// Path of the file.
        place: String,
        /// What is wrong, in Japanese and English.
        detail: (String, String),
    },
    /// A sheet that came back cannot be taken over.
    SheetInvalid {
        /// Path of the sheet.
        place: String,
        /// All that is wrong, a line each, in Japanese and English.
        detail: (String, String),
    },
    /// There is no folder of source files.
    RawMissing(PathBuf),
    /// The file that a document was read from is gone, or is another one now.
    SourceGone(PathBuf),
    /// The configuration names no sources.
    SourcesNone(PathBuf),
    /// A source of the configuration cannot be used.
    SourceInvalid {
        /// The configuration file.
        place: PathBuf,
        /// What is wrong, in Japanese and English.
        detail: (String, String),
    },
    /// A `[[survey]]` of the configuration cannot be used.
    SurveyInvalid {
        /// The configuration file.
        place: PathBuf,
        /// What is wrong, in Japanese and English.
        detail: (String, String),
    },
    /// A `[[peers]]` of the configuration cannot be used.
    PeersInvalid {
        /// Path and line.
        place: String,
        /// What is wrong, in Japanese and English.
        detail: (String, String),
    },
    /// The table `[package]` cannot be used.
    PackageInvalid {
        /// Path of the configuration.
        place: String,
        /// What is wrong, in Japanese and English.
        detail: (String, String),
    },
    /// No source has that identifier.
    SourceUnknown {
        /// The identifier.
        id: String,
        /// All sources.
        known: String,
    },
    /// The configuration does not say whom to ask about requests.
    ContactInvalid(PathBuf),
    /// Documents could not be fetched.
    FetchFailed {
        /// How many.
        failed: usize,
        /// Of how many.
        all: usize,
        /// The reasons, a line each, in Japanese and English.
        detail: (String, String),
    },
    /// Nothing could be fetched at all.
    FetchStopped {
        /// Why and what to do, in Japanese and English.
        detail: (String, String),
    },
    /// Documents are not there, and nothing may be fetched.
    Offline {
        /// Folder of the source files.
        place: PathBuf,
        /// The sources.
        missing: String,
    },
    /// The manifest of what was fetched is damaged.
    ManifestInvalid {
        /// The file and the line.
        place: String,
        /// What is wrong.
        detail: String,
    },
    /// Another run is active.
    Locked(PathBuf),
    /// A file cannot be read.
    Read(PathBuf, io::Error),
    /// A file cannot be written.
    Write(PathBuf, io::Error),
    /// A file exists already.
    Exists(PathBuf),
    /// There are no results of the documents.
    ResultsMissing(PathBuf),
    /// A stored result is damaged.
    ResultsDamaged(PathBuf, String),
    /// The benchmark tables could not be made.
    Benchmark(String),
    /// There is no published dataset.
    DatasetMissing(PathBuf),
    /// Nothing has that identifier.
    IdUnknown {
        /// The identifier.
        id: String,
        /// Near identifiers.
        nearest: Vec<String>,
    },
    /// A file cannot be read as a document.
    Unreadable(PathBuf, String),
    /// A table cannot be written in the chosen form.
    Export(PathBuf, String),
    /// The dataset cannot be loaded into a database.
    Database(DatabaseError),
    /// The threads could not be started.
    Threads(String),
}

impl From<Problem> for Error {
    fn from(problem: Problem) -> Self {
        Self(Box::new(problem))
    }
}

impl From<DatabaseError> for Error {
    fn from(error: DatabaseError) -> Self {
        Problem::Database(error).into()
    }
}

impl Error {
    /// What a person asked for that cannot be done: by the functions that word it.
    pub fn usage(message: impl Fn(Lang) -> String, hint: impl Fn(Lang) -> String) -> Self {
        let both = |tell: &dyn Fn(Lang) -> String| (tell(Lang::Ja), tell(Lang::En));
        Problem::Usage {
            message: both(&message),
            hint: both(&hint),
        }
        .into()
    }

    /// The problem.
    #[must_use]
    pub fn problem(&self) -> &Problem {
        &self.0
    }

    /// How the program ends with it.
    #[must_use]
    pub fn exit(&self) -> Exit {
        match *self.0 {
            Problem::Locked(_) | Problem::Database(DatabaseError::Busy { .. }) => Exit::Busy,
            Problem::Database(DatabaseError::Address { .. }) => Exit::Usage,
            Problem::Read(..)
            | Problem::Write(..)
            | Problem::ResultsDamaged(..)
            | Problem::Benchmark(_)
            | Problem::Unreadable(..)
            | Problem::Export(..)
            | Problem::FetchFailed { .. }
            | Problem::FetchStopped { .. }
            | Problem::Offline { .. }
            | Problem::ManifestInvalid { .. }
            | Problem::Database(_)
            | Problem::Threads(_) => Exit::Failed,
            Problem::Usage { .. }
            | Problem::ConfigMissing(_)
            | Problem::ConfigKey { .. }
            | Problem::ConfigInvalid { .. }
            | Problem::ConfigOverlap { .. }
            | Problem::ProfilesMissing(_)
            | Problem::ProfilesNone(_)
            | Problem::ProfileInvalid { .. }
            | Problem::ProfileTwice { .. }
            | Problem::EditionsMissing(_)
            | Problem::IndicatorsMissing(_)
            | Problem::IndicatorsInvalid { .. }
            | Problem::EditionsInvalid { .. }
            | Problem::EditionUnknown { .. }
            | Problem::CodesInvalid { .. }
            | Problem::InputInvalid { .. }
            | Problem::ReviewInvalid { .. }
            | Problem::SheetInvalid { .. }
            | Problem::RawMissing(_)
            | Problem::SourceGone(_)
            | Problem::SourcesNone(_)
            | Problem::SourceInvalid { .. }
            | Problem::SurveyInvalid { .. }
            | Problem::PeersInvalid { .. }
            | Problem::PackageInvalid { .. }
            | Problem::SourceUnknown { .. }
            | Problem::ContactInvalid(_)
            | Problem::Exists(_)
            | Problem::ResultsMissing(_)
            | Problem::DatasetMissing(_)
            | Problem::IdUnknown { .. } => Exit::Usage,
        }
    }

    /// The three lines a person is told, in their language.
    #[must_use]
    pub fn told(&self, lang: Lang) -> String {
        let report = self.0.report(lang);
        let mut lines = vec![format!("{}: {}", words::label_error(lang), report.message)];
        if let Some(place) = report.place {
            lines.push(format!("{}: {place}", words::label_place(lang)));
        }
        lines.push(format!("{}: {}", words::label_hint(lang), report.hint));
        lines.join("\n")
    }
}

impl Problem {
    /// What is told about the problem.
    #[must_use]
    pub fn report(&self, lang: Lang) -> Report {
        let place = self.place();
        Report {
            message: self.message(lang),
            place,
            hint: self.hint(lang),
        }
    }

    fn message(&self, lang: Lang) -> String {
        match self {
            Self::Usage { message, .. } => lang.pick(&message.0, &message.1).to_owned(),
            Self::ConfigMissing(_) => words::config_missing(lang),
            Self::ConfigKey { key, .. } => words::config_key(lang, key),
            Self::ConfigInvalid { detail, .. } => words::config_invalid(lang, detail),
            Self::ConfigOverlap { first, second, .. } => words::config_overlap(lang, first, second),
            Self::ProfilesMissing(_) => words::profiles_missing(lang),
            Self::ProfilesNone(_) => words::profiles_none(lang),
            Self::ProfileInvalid { detail, .. } => {
                words::profile_invalid(lang, lang.pick(&detail.0, &detail.1))
            }
            Self::ProfileTwice {
                document, other, ..
            } => words::profile_twice(lang, document, other),
            Self::EditionsMissing(_) => words::editions_missing(lang),
            Self::EditionsInvalid { detail, .. } => words::editions_invalid(lang, detail),
            Self::IndicatorsMissing(_) => words::indicators_missing(lang),
            Self::IndicatorsInvalid { detail, .. } => words::indicators_invalid(lang, detail),
            Self::EditionUnknown { name, .. } => words::edition_unknown(lang, name),
            Self::InputInvalid { detail, .. } => {
                words::input_invalid(lang, lang.pick(&detail.0, &detail.1))
            }
            Self::CodesInvalid { detail, .. } => {
                words::codes_invalid(lang, lang.pick(&detail.0, &detail.1))
            }
            Self::ReviewInvalid { detail, .. } => {
                words::review_invalid(lang, lang.pick(&detail.0, &detail.1))
            }
            Self::SheetInvalid { detail, .. } => {
                words::sheet_invalid(lang, lang.pick(&detail.0, &detail.1))
            }
            Self::RawMissing(_) => words::raw_missing(lang),
            Self::SourceGone(_) => words::source_changed(lang),
            Self::SourcesNone(_) => words::sources_none(lang),
            Self::SourceInvalid { detail, .. }
            | Self::SurveyInvalid { detail, .. }
            | Self::PeersInvalid { detail, .. }
            | Self::PackageInvalid { detail, .. }
            | Self::FetchStopped { detail } => lang.pick(&detail.0, &detail.1).to_owned(),
            Self::SourceUnknown { id, .. } => words::source_unknown(lang, id),
            Self::ContactInvalid(_) => words::contact_invalid(lang),
            Self::FetchFailed {
                failed,
                all,
                detail,
            } => words::fetch_failed(lang, failed, all, lang.pick(&detail.0, &detail.1)),
            Self::Offline { missing, .. } => words::offline(lang, missing),
            Self::ManifestInvalid { detail, .. } => words::manifest_invalid(lang, detail),
            Self::Locked(_) => words::locked(lang),
            Self::Read(_, error) => words::read_failed(lang, error),
            Self::Write(_, error) => words::write_failed(lang, error),
            Self::Exists(_) => words::exists(lang),
            Self::ResultsMissing(_) => words::results_missing(lang),
            Self::ResultsDamaged(_, detail) => words::results_damaged(lang, detail),
            Self::Benchmark(detail) => words::benchmark_failed(lang, detail),
            Self::DatasetMissing(_) => words::dataset_missing(lang),
            Self::IdUnknown { id, .. } => words::id_unknown(lang, id),
            Self::Unreadable(_, detail) => words::unreadable(lang, detail),
            Self::Export(_, detail) => words::export_failed(lang, detail),
            Self::Database(error) => database::message(lang, error),
            Self::Threads(detail) => words::threads(lang, detail),
        }
    }

    fn hint(&self, lang: Lang) -> String {
        match self {
            Self::Usage { hint, .. } => lang.pick(&hint.0, &hint.1).to_owned(),
            Self::ConfigMissing(_) => words::config_missing_hint(lang),
            Self::ConfigKey {
                nearest: Some(nearest),
                ..
            } => words::did_you_mean(lang, nearest),
            Self::ConfigKey { keys, .. } => words::config_key_hint(lang, keys),
            Self::ConfigInvalid { .. } => words::config_invalid_hint(lang),
            Self::ConfigOverlap { .. } => words::config_overlap_hint(lang),
            Self::ProfilesMissing(_) | Self::ProfilesNone(_) => words::profiles_hint(lang),
            Self::ProfileInvalid { .. } => words::profile_invalid_hint(lang),
            Self::ProfileTwice { .. } => words::profile_twice_hint(lang),
            Self::EditionsMissing(_) => words::editions_missing_hint(lang),
            Self::EditionsInvalid { .. } => words::editions_invalid_hint(lang),
            Self::IndicatorsMissing(_) => words::indicators_missing_hint(lang),
            Self::IndicatorsInvalid { .. } => words::indicators_invalid_hint(lang),
            Self::EditionUnknown { known, .. } => words::edition_unknown_hint(lang, known),
            Self::InputInvalid { .. } => words::input_invalid_hint(lang),
            Self::CodesInvalid { .. } => words::codes_invalid_hint(lang),
            Self::ReviewInvalid { .. } => words::review_invalid_hint(lang),
            Self::SheetInvalid { .. } => words::sheet_invalid_hint(lang),
            Self::RawMissing(_) => words::raw_missing_hint(lang),
            Self::SourceGone(_) => words::source_changed_hint(lang),
            Self::SourcesNone(_) => words::sources_none_hint(lang),
            Self::SourceInvalid { .. } => words::source_invalid_hint(lang),
            Self::SurveyInvalid { .. } => words::survey_invalid_hint(lang),
            Self::PeersInvalid { .. } => words::peers_invalid_hint(lang),
            Self::PackageInvalid { .. } => words::package_invalid_hint(lang),
            Self::SourceUnknown { known, .. } => words::source_unknown_hint(lang, known),
            Self::ContactInvalid(_) => words::contact_invalid_hint(lang),
            Self::FetchFailed { .. } => words::fetch_failed_hint(lang),
            Self::FetchStopped { .. } => words::fetch_stopped_hint(lang),
            Self::Offline { .. } => words::offline_hint(lang),
            Self::ManifestInvalid { .. } => words::manifest_invalid_hint(lang),
            Self::Locked(_) => words::locked_hint(lang),
            Self::Read(..) => words::read_failed_hint(lang),
            Self::Write(_, error) if is_full(error) => words::disk_full_hint(lang),
            Self::Write(..) => words::write_failed_hint(lang),
            Self::Exists(_) => words::exists_hint(lang),
            Self::ResultsMissing(_) => words::results_missing_hint(lang),
            Self::ResultsDamaged(..) => words::results_damaged_hint(lang),
            Self::Benchmark(_) => words::benchmark_failed_hint(lang),
            Self::DatasetMissing(_) => words::dataset_missing_hint(lang),
            Self::IdUnknown { nearest, .. } if nearest.is_empty() => words::id_none(lang),
            Self::IdUnknown { nearest, .. } => words::id_nearest(lang, nearest.join(", ")),
            Self::Unreadable(..) => words::unreadable_hint(lang),
            Self::Export(..) => words::export_failed_hint(lang),
            Self::Database(error) => database::hint(lang, error),
            Self::Threads(_) => words::threads_hint(lang),
        }
    }

    fn place(&self) -> Option<String> {
        match self {
            Self::ConfigMissing(path)
            | Self::ConfigOverlap { place: path, .. }
            | Self::ProfilesMissing(path)
            | Self::ProfilesNone(path)
            | Self::EditionsMissing(path)
            | Self::IndicatorsMissing(path)
            | Self::RawMissing(path)
            | Self::SourceGone(path)
            | Self::SourcesNone(path)
            | Self::SourceInvalid { place: path, .. }
            | Self::SurveyInvalid { place: path, .. }
            | Self::ContactInvalid(path)
            | Self::Offline { place: path, .. }
            | Self::Locked(path)
            | Self::Read(path, _)
            | Self::Write(path, _)
            | Self::Exists(path)
            | Self::ResultsMissing(path)
            | Self::ResultsDamaged(path, _)
            | Self::DatasetMissing(path)
            | Self::Unreadable(path, _)
            | Self::Export(path, _) => Some(path.display().to_string()),
            Self::ConfigKey { place, .. }
            | Self::ConfigInvalid { place, .. }
            | Self::PeersInvalid { place, .. }
            | Self::PackageInvalid { place, .. }
            | Self::InputInvalid { place, .. }
            | Self::ReviewInvalid { place, .. }
            | Self::SheetInvalid { place, .. }
            | Self::EditionsInvalid { place, .. }
            | Self::IndicatorsInvalid { place, .. }
            | Self::ManifestInvalid { place, .. }
            | Self::CodesInvalid { place, .. } => Some(place.clone()),
            Self::ProfileInvalid { path, .. } | Self::ProfileTwice { path, .. } => {
                Some(path.clone())
            }
            Self::Database(error) => database::place(error),
            Self::Usage { .. }
            | Self::EditionUnknown { .. }
            | Self::IdUnknown { .. }
            | Self::SourceUnknown { .. }
            | Self::FetchFailed { .. }
            | Self::FetchStopped { .. }
            | Self::Benchmark(_)
            | Self::Threads(_) => None,
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(place) = &self.place {
            write!(f, "{place}: ")?;
        }
        write!(f, "{}; {}", self.message, self.hint)
    }
}

/// Whether a write failed for want of space.
fn is_full(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded
    )
}

/// Makes the error of a file that could not be read.
pub(crate) fn reading(path: &Path) -> impl FnOnce(io::Error) -> Error + '_ {
    |error| Problem::Read(path.to_owned(), error).into()
}

/// Makes the error of a file that could not be written.
pub(crate) fn writing(path: &Path) -> impl FnOnce(io::Error) -> Error + '_ {
    |error| Problem::Write(path.to_owned(), error).into()
}
