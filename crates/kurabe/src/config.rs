//! The configuration file `pipeline.toml` and what the command line says over it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf, absolute};

use serde::Deserialize;

use kurabe_fetch::SourceSpec;

use crate::engine::Limits;
use crate::fetching::FetchConfig;
use crate::package::{PackageConfig, PartitionBy};
use crate::peers::PeerSpec;
use crate::problem::{Problem, Result, reading};
use crate::reading::Bounds;
use crate::surveys::SurveySpec;
use crate::text::Lang;

/// Name of the configuration file where none is named.
pub const CONFIG_NAME: &str = "pipeline.toml";

/// Every key that the configuration may have, with the tables above it.
const KEYS: &[&str] = &[
    "raw",
    "normalized",
    "out",
    "report",
    "municipalities",
    "editions",
    "indicators",
    "reviews",
    "export.csv_encoding",
    "export.partition_by",
    "package.name",
    "package.title",
    "package.title_en",
    "package.description",
    "package.description_en",
    "package.contact",
    "package.licenses.name",
    "package.licenses.title",
    "package.licenses.path",
    "package.contributors.title",
    "package.contributors.path",
    "package.contributors.email",
    "package.contributors.roles",
    "export.workbook",
    "fetch.contact",
    "fetch.per_host",
    "fetch.parallel",
    "fetch.delay_ms",
    "fetch.redirects",
    "fetch.retries",
    "fetch.backoff_ms",
    "fetch.longest_wait_seconds",
    "fetch.largest_mib",
    "fetch.connect_seconds",
    "fetch.stall_seconds",
    "fetch.total_seconds",
    "source.id",
    "source.url",
    "source.link",
    "source.media_types",
    "source.file",
    "source.allow_private",
    "survey.path",
    "survey.survey",
    "survey.year",
    "survey.as_of",
    "survey.source",
    "survey.municipalities",
    "peers.id",
    "peers.label_ja",
    "peers.label_en",
    "peers.prefecture",
    "peers.kind",
    "peers.population",
    "peers.municipalities",
    "limits.bytes",
    "limits.unpacked_bytes",
    "limits.ratio",
    "limits.cells",
    "limits.cell_characters",
    "limits.pages",
    "limits.depth",
    "limits.seconds",
    "limits.memory_bytes",
];

/// Encoding of the CSV files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CsvEncoding {
    /// UTF-8 with a byte order mark.
    #[default]
    Utf8,
    /// Windows code page 932.
    Cp932,
}

impl CsvEncoding {
    /// The words that name encodings on the command line and in the configuration.
    pub const NAMES: [&'static str; 2] = ["utf8", "cp932"];

    /// The encoding of that name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "utf8" => Some(Self::Utf8),
            "cp932" => Some(Self::Cp932),
            _ => None,
        }
    }

    /// The name of the encoding.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Utf8 => "utf8",
            Self::Cp932 => "cp932",
        }
    }
}

/// The configuration as written in the file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Config {
    raw: Option<PathBuf>,
    normalized: Option<PathBuf>,
    out: Option<PathBuf>,
    report: Option<PathBuf>,
    municipalities: Option<PathBuf>,
    editions: Option<PathBuf>,
    indicators: Option<PathBuf>,
    reviews: Option<PathBuf>,
    export: ExportConfig,
    package: PackageConfig,
    fetch: FetchConfig,
    source: Vec<SourceSpec>,
    survey: Vec<SurveySpec>,
    peers: Vec<PeerSpec>,
    limits: LimitsConfig,
}

/// The table `[export]`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct ExportConfig {
    csv_encoding: Option<CsvEncoding>,
    partition_by: Option<PartitionBy>,
    workbook: Option<WorkbookConfig>,
}

/// Whether a workbook is written, and in which language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum WorkbookConfig {
    /// None.
    None,
    /// In Japanese.
    Ja,
    /// In English.
    En,
}

impl WorkbookConfig {
    /// Its language; none where no workbook is written. The language of the screen does not count:
    /// the same configuration gives the same files.
    fn lang(self) -> Option<Lang> {
        match self {
            Self::None => None,
            Self::Ja => Some(Lang::Ja),
            Self::En => Some(Lang::En),
        }
    }
}

/// The table `[limits]`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct LimitsConfig {
    bytes: Option<u64>,
    unpacked_bytes: Option<u64>,
    ratio: Option<u64>,
    cells: Option<u64>,
    cell_characters: Option<u64>,
    pages: Option<u64>,
    depth: Option<u64>,
    seconds: Option<u64>,
    memory_bytes: Option<u64>,
}

impl LimitsConfig {
    /// The usual limits with those that are written.
    fn limits(&self) -> Limits {
        let usual = Limits::default();
        Limits {
            bytes: self.bytes.unwrap_or(usual.bytes),
            unpacked_bytes: self.unpacked_bytes.unwrap_or(usual.unpacked_bytes),
            ratio: self.ratio.unwrap_or(usual.ratio),
            cells: self.cells.unwrap_or(usual.cells),
            cell_characters: self.cell_characters.unwrap_or(usual.cell_characters),
            pages: self.pages.unwrap_or(usual.pages),
            depth: self.depth.unwrap_or(usual.depth),
        }
    }

    /// What reading one file may take.
    fn bounds(&self) -> Bounds {
        let usual = Bounds::default();
        Bounds {
            seconds: self.seconds.unwrap_or(usual.seconds),
            memory_bytes: self.memory_bytes.unwrap_or(usual.memory_bytes),
        }
    }
}

/// What the command line says over the configuration.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Overrides {
    /// `--config`.
    pub config: Option<PathBuf>,
    /// `--raw`.
    pub raw: Option<PathBuf>,
    /// `--normalized`.
    pub normalized: Option<PathBuf>,
    /// `--out`.
    pub out: Option<PathBuf>,
    /// `--csv-encoding`.
    pub csv_encoding: Option<CsvEncoding>,
    /// `--partition-by`.
    pub partition_by: Option<PartitionBy>,
    /// `--lossy`.
    pub is_lossy: bool,
    /// `--jobs`.
    pub jobs: Option<usize>,
    /// `--force`.
    pub is_forced: bool,
}

/// Everything a run needs to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The configuration file.
    pub config: PathBuf,
    /// Folder of the source files.
    pub raw: PathBuf,
    /// Folder of the results of each document.
    pub normalized: PathBuf,
    /// Folder of the published dataset.
    pub out: PathBuf,
    /// Folder of the report.
    pub report: PathBuf,
    /// Folder of the profiles.
    pub municipalities: PathBuf,
    /// Folder of the editions of the national plan and their rules; the built-in ones when absent.
    pub editions: Option<PathBuf>,
    /// Folder of the shared indicators; the built-in ones when absent.
    pub indicators: Option<PathBuf>,
    /// Folder of the decisions of people; it need not exist.
    pub reviews: PathBuf,
    /// Encoding of the CSV files.
    pub csv_encoding: CsvEncoding,
    /// What Parquet files are divided by, if they are.
    pub partition_by: Option<PartitionBy>,
    /// What the dataset says of itself, as written.
    pub package: PackageConfig,
    /// Language of the workbook; none is written when absent.
    pub workbook: Option<Lang>,
    /// Whether characters that the encoding lacks are replaced.
    pub is_lossy: bool,
    /// Number of documents worked on at once; the number of CPUs when absent.
    pub jobs: Option<usize>,
    /// Whether everything is done again although nothing changed.
    pub is_forced: bool,
    /// How documents are fetched.
    pub fetch: FetchConfig,
    /// Where documents are fetched from, as written.
    pub sources: Vec<SourceSpec>,
    /// Tables of national surveys; the bundled facts when there is none.
    pub surveys: Vec<SurveySpec>,
    /// Groups of municipalities that are compared; the usual ones when there is none.
    pub peers: Vec<PeerSpec>,
    /// How much of a file is read at most.
    pub limits: Limits,
    /// What reading one file may take.
    pub bounds: Bounds,
}

impl Settings {
    /// Reads the configuration. Its paths are relative to its own folder, those of the command
    /// line to `folder`.
    ///
    /// # Errors
    /// When the file is missing or wrong, or when folders lie in one another that must not.
    pub fn load(folder: &Path, overrides: &Overrides) -> Result<Self> {
        let name = overrides
            .config
            .as_deref()
            .unwrap_or(Path::new(CONFIG_NAME));
        let path = folder.join(name);
        let config = parse(&text_of(&path)?, &path)?;
        let settings = Self::resolve(path, config, folder, overrides);
        settings.refuse_overlaps()?;
        Ok(settings)
    }

    fn resolve(path: PathBuf, config: Config, folder: &Path, overrides: &Overrides) -> Self {
        let home = path.parent().unwrap_or(Path::new("")).to_owned();
        let place = |said: &Option<PathBuf>, written: Option<PathBuf>, usual: &str| match said {
            Some(said) => folder.join(said),
            None => home.join(written.unwrap_or_else(|| usual.into())),
        };
        Self {
            raw: place(&overrides.raw, config.raw, "raw"),
            normalized: place(&overrides.normalized, config.normalized, "normalized"),
            out: place(&overrides.out, config.out, "out"),
            report: place(&None, config.report, "report"),
            municipalities: place(&None, config.municipalities, "municipalities"),
            reviews: place(&None, config.reviews, "reviews"),
            editions: config.editions.map(|written| home.join(written)),
            indicators: config.indicators.map(|written| home.join(written)),
            csv_encoding: overrides
                .csv_encoding
                .or(config.export.csv_encoding)
                .unwrap_or_default(),
            partition_by: overrides.partition_by.or(config.export.partition_by),
            package: config.package,
            workbook: config.export.workbook.unwrap_or(WorkbookConfig::Ja).lang(),
            is_lossy: overrides.is_lossy,
            jobs: overrides.jobs,
            is_forced: overrides.is_forced,
            fetch: config.fetch,
            sources: config.source,
            surveys: config.survey,
            peers: config.peers,
            limits: config.limits.limits(),
            bounds: config.limits.bounds(),
            config: path,
        }
    }

    /// Refuses a folder for the report that holds inputs or other outputs, or lies among the inputs.
    ///
    /// # Errors
    /// When it does.
    pub fn refuse_report(&self, folder: &Path) -> Result<()> {
        let report = real(folder);
        let data = [
            ("editions", self.editions.as_deref()),
            ("indicators", self.indicators.as_deref()),
        ];
        let named = data
            .iter()
            .filter_map(|(name, path)| Some((*name, (*path)?)));
        let others = [
            ("raw", &*self.raw),
            ("normalized", &self.normalized),
            ("out", &self.out),
            ("municipalities", &self.municipalities),
            ("reviews", &self.reviews),
        ];
        for (second, other) in others.into_iter().chain(named) {
            let other = real(other);
            let is_read = other != real(&self.out);
            if other.starts_with(&report) || is_read && report.starts_with(&other) {
                return Err(Problem::ConfigOverlap {
                    first: "report",
                    second,
                    place: report,
                }
                .into());
            }
        }
        Ok(())
    }

    /// Outputs are replaced as whole folders, so that they must not hold inputs.
    fn refuse_overlaps(&self) -> Result<()> {
        let [raw, normalized, out, municipalities, reviews] = [
            &self.raw,
            &self.normalized,
            &self.out,
            &self.municipalities,
            &self.reviews,
        ]
        .map(|p| real(p));
        let pairs = [
            ("out", &out, "raw", &raw),
            ("out", &out, "normalized", &normalized),
            ("out", &out, "municipalities", &municipalities),
            ("normalized", &normalized, "raw", &raw),
            ("normalized", &normalized, "municipalities", &municipalities),
            ("out", &out, "reviews", &reviews),
            ("normalized", &normalized, "reviews", &reviews),
        ];
        let data = [
            ("editions", self.editions.as_deref().map(real)),
            ("indicators", self.indicators.as_deref().map(real)),
        ];
        let data = data
            .iter()
            .filter_map(|(name, folder)| Some((*name, folder.as_ref()?)));
        let more = data.flat_map(|(name, folder)| {
            [
                ("out", &out, name, folder),
                ("normalized", &normalized, name, folder),
            ]
        });
        for (first, outer, second, inner) in pairs.into_iter().chain(more) {
            if inner.starts_with(outer) {
                return Err(Problem::ConfigOverlap {
                    first,
                    second,
                    place: outer.clone(),
                }
                .into());
            }
        }
        Ok(())
    }
}

fn real(path: &Path) -> PathBuf {
    fs::canonicalize(path)
        .or_else(|_| absolute(path))
        .unwrap_or_else(|_| path.to_owned())
}

fn text_of(path: &Path) -> Result<String> {
    match fs::read_to_string(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            Err(Problem::ConfigMissing(path.to_owned()).into())
        }
        other => other.map_err(reading(path)),
    }
}

fn parse(text: &str, path: &Path) -> Result<Config> {
    let parsed: std::result::Result<Config, toml::de::Error> = toml::from_str(text);
    let numbered = parsed.map(|mut config| {
        for peers in &mut config.peers {
            peers.line = line_of(text, peers.id.span().start);
        }
        config
    });
    numbered.map_err(|error| {
        let place = place_of(&error, text, path);
        match unknown_key(text) {
            Some(key) => {
                let nearest = nearest_key(&key);
                Problem::ConfigKey {
                    place,
                    key,
                    nearest,
                    keys: KEYS.join(", "),
                }
                .into()
            }
            None => {
                let detail = error.message().replace('\n', " ");
                Problem::ConfigInvalid { place, detail }.into()
            }
        }
    })
}

fn place_of(error: &toml::de::Error, text: &str, path: &Path) -> String {
    let line = line_of(text, error.span().map_or(0, |span| span.start));
    format!("{}:{line}", path.display())
}

/// The line of a byte, counted from 1.
fn line_of(text: &str, byte: usize) -> usize {
    let before = text.get(..byte).unwrap_or_default();
    before.matches('\n').count() + 1
}

/// The first key of the file that is not in [`KEYS`].
fn unknown_key(text: &str) -> Option<String> {
    let table: toml::Table = toml::from_str(text).ok()?;
    unknown_in(&table, "")
}

fn unknown_in(table: &toml::Table, above: &str) -> Option<String> {
    table.iter().find_map(|(key, value)| {
        let path = format!("{above}{key}");
        let is_above = KEYS
            .iter()
            .any(|known| known.starts_with(&format!("{path}.")));
        match value {
            toml::Value::Table(inner) if is_above => unknown_in(inner, &format!("{path}.")),
            toml::Value::Array(tables) if is_above => tables
                .iter()
                .filter_map(toml::Value::as_table)
                .find_map(|inner| unknown_in(inner, &format!("{path}."))),
            _ if is_above || KEYS.contains(&path.as_str()) => None,
            _ => Some(path),
        }
    })
}

fn nearest_key(key: &str) -> Option<String> {
    let last = |key: &'_ str| key.rsplit('.').next().unwrap_or_default().to_owned();
    let score = |known: &str| {
        let whole = strsim::normalized_damerau_levenshtein(key, known);
        whole.max(strsim::normalized_damerau_levenshtein(
            &last(key),
            &last(known),
        ))
    };
    KEYS.iter()
        .map(|known| (score(known), *known))
        .filter(|(score, _)| *score >= 0.5)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, known)| known.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(text: &str) -> String {
        parse(text, Path::new("p.toml")).unwrap_err().to_string()
    }

    #[test]
    fn unknown_keys_are_named_with_their_place_and_neighbour() {
        let told = problem("raw = \"raw\"\n[export]\ncsv_encodng = \"utf8\"\n");
        assert!(told.contains("p.toml:3"), "{told}");
        assert!(told.contains("`export.csv_encodng`"), "{told}");
        assert!(told.contains("`export.csv_encoding`"), "{told}");
    }

    #[test]
    fn unknown_keys_of_sources_are_named_too() {
        let told = problem("[[source]]\nid = \"a\"\nurl = \"b\"\nlnik = \"c\"\n");
        assert!(told.contains("p.toml:4"), "{told}");
        assert!(told.contains("`source.link`"), "{told}");
    }

    #[test]
    fn the_guide_names_every_key_of_fetching() {
        let guide = include_str!("../../../docs/guides/fetch.md");
        let is_named = |key: &&&str| {
            let (table, key) = key.split_once('.').unwrap_or_default();
            !["fetch", "source"].contains(&table) || guide.contains(&format!("`{key}`"))
        };
        let all: Vec<&&str> = KEYS.iter().filter(is_named).collect();
        assert_eq!(all.len(), KEYS.len(), "only {all:?} are named");
    }

    #[test]
    fn wrong_values_are_named_with_their_line() {
        let told = problem("\nraw = 3\n");
        assert!(told.contains("p.toml:2"), "{told}");
    }

    #[test]
    fn paths_are_relative_to_the_file_or_to_the_caller() {
        let config = parse("raw = \"a\"", Path::new("p.toml")).unwrap();
        let overrides = Overrides {
            out: Some("b".into()),
            ..Overrides::default()
        };
        let settings = Settings::resolve(
            "/conf/p.toml".into(),
            config,
            Path::new("/here"),
            &overrides,
        );
        assert_eq!(settings.raw, Path::new("/conf/a"));
        assert_eq!(settings.out, Path::new("/here/b"));
        assert_eq!(settings.normalized, Path::new("/conf/normalized"));
    }
}
