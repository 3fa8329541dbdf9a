//! The door to the crates below: everything that reads, lays out, normalises or writes tables
//! is called from here and nowhere else.

use std::borrow::Cow;
use std::error::Error as _;
use std::io;
use std::ops::RangeInclusive;
use std::path::Path;

use kurabe_category::{Classifier, Edition, SourceFile, Subject};
use kurabe_export::{
    CsvOptions, ExportError, LossyCharacter, Package, PackageFile, ParquetOptions, Places,
};
use kurabe_layout::ProfileError;
use kurabe_page::Block;
use kurabe_read::{Facsimile, ReadError, Recognised, Remedy};
use kurabe_review::alignments::AlignmentDecision;
use kurabe_review::links::LinkDecision;
use kurabe_review::overrides::Override;
use kurabe_schema::ValueRef;

pub use kurabe_category::Editions;
pub use kurabe_indicator::Indicators;
pub use kurabe_layout::{Profile, Recognition};
pub use kurabe_page::Page;
pub use kurabe_schema::{Dataset, FindingRow};
pub use kurabe_trace::{Code, Severity, Staged};

use crate::config::CsvEncoding;
use crate::editions::EditionFiles;
use crate::indicators::IndicatorFiles;
use crate::package::PARTITIONED;
use crate::problem::{Problem, Result};
use crate::publish::{CSV, PARQUET};
use crate::reading::Refusal;
use crate::text::{Lang, remark};

mod place;

pub use place::Pieces;

/// What is published of a file that was read.
pub use kurabe_normalize::Source;

/// What the rules are matched with, the key of what people see of it, a score as published.
pub use kurabe_normalize::{content_key_of, rounded, subjects};

/// What in a plan speaks of an indicator of a survey.
pub use kurabe_normalize::{Correspondence, Speaker};

/// What is known of a file before it is read, and how much of it is read at most.
pub use kurabe_read::{Difference, Hint, Kind, Limits, Opinion, PAGE_THREAD, is_plain};

/// How many lines count as the beginning of a page, to name near profiles.
const OPENING: usize = 40;

/// How much of such a line is looked at: comparing takes long where lines are.
const LONGEST: usize = 300;

/// Parses a profile; `path` is how it is shown.
///
/// # Errors
/// When the profile is wrong.
pub fn parse_profile(text: &str, path: &str) -> Result<Profile> {
    Profile::parse(text, path).map_err(|error| {
        let detail = both(&|lang| profile_error(lang, &error));
        Problem::ProfileInvalid {
            path: path.to_owned(),
            detail,
        }
        .into()
    })
}

/// Reads a page of any format.
///
/// # Errors
/// Why it cannot be read, in Japanese and English.
pub fn read(bytes: &[u8], hint: &Hint) -> std::result::Result<Staged<Page>, (String, String)> {
    try_read(bytes, hint).map_err(Refusal::told)
}

/// Reads a page of any format; the error also says whether a profile could help.
///
/// # Errors
/// Why it cannot be read.
pub fn try_read<'b>(
    bytes: impl Into<Cow<'b, [u8]>>,
    hint: &Hint,
) -> std::result::Result<Staged<Page>, Refusal> {
    kurabe_read::read(bytes, hint).map_err(|error| refusal(&error))
}

/// Compares a workbook with what a second reader finds in it; `None` for other files.
///
/// # Errors
/// Why one of the readers cannot read it.
pub fn second_opinion(bytes: &[u8], hint: &Hint) -> std::result::Result<Option<Opinion>, Refusal> {
    kurabe_read::second_opinion(bytes, hint).map_err(|error| refusal(&error))
}

fn refusal(error: &ReadError) -> Refusal {
    let (ja, en) = both(&|lang| read_error(lang, error));
    // A profile names encodings and formats and asks for hidden sheets.
    let is_final = match error {
        ReadError::Empty
        | ReadError::Binary { .. }
        | ReadError::UnknownEncoding { .. }
        | ReadError::WrongEncoding { .. } => false,
        ReadError::Damaged { .. }
        | ReadError::Encrypted { .. }
        | ReadError::Scanned
        | ReadError::OutOfMemory
        | ReadError::TooLarge { .. } => true,
    };
    Refusal { ja, en, is_final }
}

/// Whether a reader is one of workbooks.
#[must_use]
pub fn is_workbook(reader: &str) -> bool {
    matches!(reader, "xlsx" | "xlsm" | "xlsb" | "xls" | "ods")
}

/// What a file is, and how it stands there: the pages of a PDF in the range are drawn.
///
/// # Errors
/// Why it cannot be read, in Japanese and English.
pub fn facsimile(
    bytes: &[u8],
    hint: &Hint,
    drawn: RangeInclusive<usize>,
) -> std::result::Result<(Recognised, Facsimile), (String, String)> {
    let told = |error: ReadError| both(&|lang| read_error(lang, &error));
    let recognised = kurabe_read::recognise(bytes, hint).map_err(told)?;
    let source = kurabe_read::facsimile(bytes, hint, drawn).map_err(told)?;
    Ok((recognised, source))
}

/// What a profile says of the file that holds its document.
#[must_use]
pub fn hint<'a>(profile: Option<&'a Profile>, name: Option<&'a str>, limits: Limits) -> Hint<'a> {
    let source = profile.map(|profile| &profile.source);
    let format = source.and_then(|source| source.format.as_deref());
    Hint {
        encoding: source.and_then(|source| source.encoding.as_deref()),
        name,
        kind: format.and_then(Kind::parse),
        delimiter: source.and_then(|source| source.delimiter.as_ref()?.chars().next()),
        hidden: source.is_some_and(|source| source.hidden),
        limits,
    }
}

/// The media type of what a reader reads.
#[must_use]
pub fn media_type(reader: &str) -> &'static str {
    match reader {
        "csv" => "text/csv",
        "tsv" => "text/tab-separated-values",
        "html" => "text/html",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "xlsm" => "application/vnd.ms-excel.sheet.macroEnabled.12",
        "xlsb" => "application/vnd.ms-excel.sheet.binary.macroEnabled.12",
        "xls" => "application/vnd.ms-excel",
        "ods" => "application/vnd.oasis.opendocument.spreadsheet",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "pdf" => "application/pdf",
        _ => "text/plain",
    }
}

/// The tables of one document.
#[must_use]
pub fn tables(page: Staged<Page>, profile: &Profile, source: &Source) -> Dataset {
    let laid_out = kurabe_layout::lay_out(&page.value, profile);
    let mut findings = page.findings;
    findings.extend(laid_out.findings);
    let mut tables = kurabe_normalize::normalize(&laid_out.value, findings, profile, source);
    for row in &mut tables.coverage {
        page.value.unit.as_str().clone_into(&mut row.unit);
    }
    place::relocate(tables, &page.value)
}

/// Parses the files of the editions; `folder` is how their place is shown.
///
/// # Errors
/// When one is wrong or missing.
pub fn parse_editions(files: &EditionFiles, folder: Option<&Path>) -> Result<Editions> {
    let sources: Vec<SourceFile<'_>> = files
        .files
        .iter()
        .map(|(path, text)| SourceFile { path, text })
        .collect();
    Editions::load(&sources).map_err(|error| {
        let place = folder.map_or_else(|| "editions".to_owned(), |f| f.display().to_string());
        let detail = error.to_string();
        Problem::EditionsInvalid { place, detail }.into()
    })
}

/// Parses the files of the shared indicators; `folder` is how their place is shown.
///
/// # Errors
/// When a file is wrong.
pub fn parse_indicators(files: &IndicatorFiles, folder: Option<&Path>) -> Result<Indicators> {
    let sources: Vec<kurabe_indicator::SourceFile<'_>> = files
        .files
        .iter()
        .map(|(path, text)| kurabe_indicator::SourceFile { path, text })
        .collect();
    Indicators::load(&sources).map_err(|error| {
        let place = folder.map_or_else(|| "indicators".to_owned(), |f| f.display().to_string());
        let detail = error.to_string();
        Problem::IndicatorsInvalid { place, detail }.into()
    })
}

/// The edition of that version, or the newest one that was read.
///
/// # Errors
/// When there is no such edition.
pub fn edition<'e>(editions: &'e Editions, version: Option<&str>) -> Result<&'e Edition> {
    let newest = || editions.versions(false).last().copied();
    let wanted = version.or_else(newest).unwrap_or_default();
    editions.edition(wanted).ok_or_else(|| {
        Problem::EditionUnknown {
            name: wanted.to_owned(),
            known: editions.versions(true).join(", "),
        }
        .into()
    })
}

/// The text of bytes in any encoding that documents come in.
///
/// # Errors
/// Why it cannot be read, in Japanese and English.
pub fn decoded(bytes: &[u8]) -> std::result::Result<String, (String, String)> {
    kurabe_read::encoding::decode(bytes, None)
        .map(|decoded| decoded.text.into_owned())
        .map_err(|error| both(&|lang| read_error(lang, &error)))
}

/// Codes the measures in every edition of the national plan; decisions of people win.
pub fn categorise(dataset: &mut Dataset, editions: &Editions, overrides: &[Override]) {
    kurabe_normalize::categorise(dataset, editions, overrides);
}

/// Aligns KPIs, effects and figures to the shared indicators; decisions of people win.
pub fn align(dataset: &mut Dataset, indicators: &Indicators, decisions: &[AlignmentDecision]) {
    kurabe_normalize::align(dataset, indicators, decisions);
}

/// Links the measures of older and newer editions of a plan; decisions of people win.
pub fn link_editions(dataset: &mut Dataset, decisions: &[LinkDecision]) {
    kurabe_normalize::link_editions(dataset, decisions);
}

/// The primary code that a title alone gets in an edition; `None` when nothing speaks for one.
#[must_use]
pub fn title_code(editions: &Editions, edition: &Edition, title: &str) -> Option<String> {
    let classifier = Classifier::new(editions);
    let scores = classifier.score(&Subject::titled(title));
    let verdict = classifier.verdict(&scores, edition);
    verdict.primary.map(|primary| primary.category_id)
}

/// The code that a bare list of keywords gives a title: a baseline to measure the rules against.
#[must_use]
pub fn keyword_code<'e>(
    editions: &'e Editions,
    edition: &'e Edition,
    title: &str,
) -> Option<&'e str> {
    editions.by_keyword(title, edition)
}

/// States where plans and surveys differ.
pub fn compare_with_surveys(dataset: &mut Dataset, correspondences: &[Correspondence]) {
    kurabe_normalize::compare_with_surveys(dataset, correspondences);
}

/// Does what needs the tables of all documents together.
pub fn link(dataset: &mut Dataset) {
    kurabe_normalize::link(dataset);
}

/// A finding that belongs to no document.
pub fn file_finding(code: Code, raw: Option<&str>, tell: impl Fn(Lang) -> String) -> FindingRow {
    FindingRow {
        severity: code.severity().as_str().to_owned(),
        code: code.as_str().to_owned(),
        message_ja: tell(Lang::Ja),
        message_en: tell(Lang::En),
        raw: raw.map(str::to_owned),
        ..FindingRow::default()
    }
}

/// Makes the benchmark tables from the other tables of the dataset.
///
/// # Errors
/// When a query does not fit the tables, which is a mistake of the program.
pub fn benchmark(dataset: &mut Dataset) -> Result<()> {
    kurabe_benchmark::benchmark(dataset)
        .map_err(|error| Problem::Benchmark(error.to_string()).into())
}

/// Writes all tables as Parquet into a folder.
///
/// # Errors
/// When a file cannot be written.
pub fn write_parquet(folder: &Path, dataset: &Dataset) -> Result<()> {
    let options = ParquetOptions::default();
    kurabe_export::write_parquet(folder, dataset, options)
        .map(|_| ())
        .map_err(|error| export_problem(folder, &error))
}

/// Writes all tables as Parquet in folders by municipality.
///
/// # Errors
/// When a file cannot be written.
pub fn write_partitioned(folder: &Path, dataset: &Dataset) -> Result<()> {
    kurabe_export::write_partitioned(folder, dataset, ParquetOptions::default())
        .map(|_| ())
        .map_err(|error| export_problem(folder, &error))
}

/// The text of `datapackage.json` for files that were written.
///
/// # Errors
/// When a table has no file.
pub fn data_package(
    folder: &Path,
    dataset: &Dataset,
    package: &Package,
    files: &[PackageFile<'_>],
) -> Result<String> {
    let places = Places {
        csv: CSV,
        parquet: PARQUET,
        partitioned: PARTITIONED,
    };
    kurabe_export::data_package(dataset, package, files, places)
        .map_err(|error| export_problem(folder, &error))
}

/// The encoding as the writer of CSV files knows it.
#[must_use]
pub fn csv_encoding(encoding: CsvEncoding) -> kurabe_export::CsvEncoding {
    match encoding {
        CsvEncoding::Utf8 => kurabe_export::CsvEncoding::Utf8Bom,
        CsvEncoding::Cp932 => kurabe_export::CsvEncoding::Cp932,
    }
}

/// Reads all tables from a folder of Parquet files.
///
/// # Errors
/// When a file is missing or damaged.
pub fn read_parquet(folder: &Path) -> Result<Dataset> {
    kurabe_export::read_parquet(folder)
        .map_err(|error| Problem::ResultsDamaged(folder.to_owned(), error.to_string()).into())
}

/// Writes all tables as CSV into a folder and says which characters were lost.
///
/// # Errors
/// When a file cannot be written, or the encoding lacks a character and `is_lossy` is not set.
pub fn write_csv(
    folder: &Path,
    dataset: &Dataset,
    encoding: CsvEncoding,
    is_lossy: bool,
) -> Result<Vec<LossyCharacter>> {
    let options = CsvOptions {
        encoding: csv_encoding(encoding),
        lossy: is_lossy,
    };
    kurabe_export::write_csv(folder, dataset, options)
        .map(|report| report.lossy)
        .map_err(|error| export_problem(folder, &error))
}

/// A finding for every character that a CSV file could not hold. It names the character by its
/// code point, so that it can itself be written.
#[must_use]
pub fn lossy_findings(dataset: &Dataset, lost: &[LossyCharacter]) -> Vec<FindingRow> {
    let views = dataset.sorted_views();
    let id = |lost: &LossyCharacter| {
        let view = views.iter().find(|view| view.spec.name == lost.table)?;
        match view.rows.get(lost.row.checked_sub(1)?)?.first()? {
            ValueRef::Text(text) => Some((*text).to_owned()),
            _ => None,
        }
    };
    let finding = |lost: &LossyCharacter| {
        let code = format!("U+{:04X}", u32::from(lost.character));
        let id = id(lost).unwrap_or_default();
        let tell = |lang| remark::lossy(lang, lost.table, &id, lost.column, &code);
        file_finding(Code::CharacterLost, Some(&code), tell)
    };
    lost.iter().map(finding).collect()
}

/// The first lines of a page that are not blank.
#[must_use]
pub fn opening(page: &Page) -> Vec<String> {
    let written = page.blocks.iter().flat_map(block_lines);
    written
        .filter(|line| !line.trim().is_empty())
        .take(OPENING)
        .map(|line| line.chars().take(LONGEST).collect())
        .collect()
}

fn block_lines(block: &Block) -> Vec<String> {
    match block {
        Block::Heading { line, .. } => vec![line.text.clone()],
        Block::Paragraph(lines) | Block::Item(lines) => {
            lines.iter().map(|line| line.text.clone()).collect()
        }
        Block::Table(table) => table
            .rows
            .iter()
            .map(|row| row.cells.iter().map(|cell| cell.raw.as_str()).collect())
            .collect(),
    }
}

fn both(tell: &dyn Fn(Lang) -> String) -> (String, String) {
    (tell(Lang::Ja), tell(Lang::En))
}

fn profile_error(lang: Lang, error: &ProfileError) -> String {
    match error {
        ProfileError::UnknownKey {
            line,
            key,
            nearest: Some(nearest),
            ..
        } => remark::profile_key_near(lang, line, key, nearest),
        ProfileError::UnknownKey { line, key, .. } => remark::profile_key(lang, line, key),
        ProfileError::Invalid { line, message, .. } => {
            remark::profile_value(lang, line, message.replace('\n', " "))
        }
        ProfileError::Code { code, .. } => remark::profile_code(lang, code),
        ProfileError::Word {
            key,
            value,
            nearest,
            ..
        } => remark::profile_word(lang, key, value, nearest),
        ProfileError::Date { key, value, .. } => remark::profile_date(lang, key, value),
    }
}

fn read_error(lang: Lang, error: &ReadError) -> String {
    match error {
        ReadError::Empty => remark::empty(lang),
        ReadError::Binary {
            format: Some(format),
            ..
        } => {
            let name = match lang {
                Lang::Ja => format.name_ja,
                Lang::En => format.name,
            };
            remark::format(lang, name, remedy(lang, format.remedy))
        }
        ReadError::Binary { offset, .. } => remark::binary(lang, offset),
        ReadError::UnknownEncoding { label, nearest } => {
            remark::encoding_unknown(lang, label, nearest)
        }
        ReadError::WrongEncoding { label, line } => remark::encoding_wrong(lang, label, line),
        ReadError::Damaged { format, detail } => match lang {
            Lang::Ja => remark::damaged(lang, format, detail.ja()),
            Lang::En => remark::damaged(lang, format, detail),
        },
        ReadError::Encrypted { format } => remark::encrypted(lang, format),
        ReadError::Scanned => remark::scanned(lang),
        ReadError::OutOfMemory => remark::out_of_memory(lang),
        ReadError::TooLarge { limit, value } => remark::too_large(lang, limit, value),
    }
}

fn remedy(lang: Lang, remedy: Remedy) -> String {
    match remedy {
        Remedy::AsText => remark::remedy_text(lang),
        Remedy::Extract => remark::remedy_extract(lang),
        Remedy::Unpack => remark::remedy_unpack(lang),
        Remedy::Recognise => remark::remedy_recognise(lang),
        Remedy::AsDocx => remark::remedy_docx(lang),
        Remedy::AsWorkbook => remark::remedy_workbook(lang),
        Remedy::AsPdf => remark::remedy_pdf(lang),
    }
}

/// An error of writing names the file and keeps what the system said; any other one names the
/// value that cannot be written.
fn export_problem(folder: &Path, error: &ExportError) -> crate::problem::Error {
    let path = match error {
        ExportError::Create { path, .. } | ExportError::WriteParquet { path, .. } => path,
        _ => return Problem::Export(folder.to_owned(), error.to_string()).into(),
    };
    Problem::Write(path.clone(), system_error(error)).into()
}

/// The error of the system at the bottom of an error.
fn system_error(error: &ExportError) -> io::Error {
    let mut cause = error.source();
    while let Some(error) = cause {
        if let Some(error) = error.downcast_ref::<io::Error>() {
            return io::Error::new(error.kind(), error.to_string());
        }
        cause = error.source();
    }
    io::Error::other(error.to_string())
}
