//! What the dataset says of itself: `out/datapackage.json`, and how its files are divided.
//!
//! The terms of use, the title and whom to ask come from `[package]` of the configuration; where
//! it says nothing, the package says that no terms are stated. Sources are the documents and
//! the tables of surveys that were read.

use serde::Deserialize;

use kurabe_export::{Both, Contributor, License, Package, PackageFile, Source, is_relative_or_web};

use crate::config::Settings;
use crate::engine::{self, Dataset};
use crate::hash;
use crate::problem::{Problem, Result};
use crate::record::{Input, RunRecord};
use crate::text::{Lang, package as words};

/// Name of the descriptor in `out/`.
pub const DESCRIPTOR_NAME: &str = "datapackage.json";

/// Folder of the Parquet files by municipality in `out/`.
pub const PARTITIONED: &str = "partitioned";

/// Identifier of the Open Definition for data without stated terms.
const NOT_SPECIFIED: &str = "notspecified";

/// What Parquet files are divided by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartitionBy {
    /// A folder for each municipality.
    MunicipalityCode,
}

impl PartitionBy {
    /// The words that name them on the command line and in the configuration.
    pub const NAMES: [&'static str; 1] = [kurabe_export::PARTITION_COLUMN];

    /// The one of that name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        (name == kurabe_export::PARTITION_COLUMN).then_some(Self::MunicipalityCode)
    }

    /// Its name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::MunicipalityCode => kurabe_export::PARTITION_COLUMN,
        }
    }
}

/// The table `[package]` of the configuration.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PackageConfig {
    /// Short name in lower case; `kurabe` when absent.
    pub name: Option<String>,
    /// Title in Japanese.
    pub title: Option<String>,
    /// Title in English.
    pub title_en: Option<String>,
    /// Description in Japanese.
    pub description: Option<String>,
    /// Description in English.
    pub description_en: Option<String>,
    /// Mail address or page of whom to ask.
    pub contact: Option<String>,
    /// Terms of use.
    pub licenses: Vec<LicenseSpec>,
    /// Who made it.
    pub contributors: Vec<ContributorSpec>,
}

/// A table `[[package.licenses]]`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LicenseSpec {
    /// Identifier, such as `CC-BY-4.0`.
    pub name: Option<String>,
    /// What it is called.
    pub title: Option<String>,
    /// Address of its text.
    pub path: Option<String>,
}

/// A table `[[package.contributors]]`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ContributorSpec {
    /// Name.
    pub title: Option<String>,
    /// Address of a page.
    pub path: Option<String>,
    /// Mail address.
    pub email: Option<String>,
    /// What they do.
    pub roles: Vec<String>,
}

/// What `[package]` says, checked.
#[derive(Debug)]
pub struct Packaging {
    /// Hash over all that is published of it.
    pub hash: String,
    package: Package,
}

impl Packaging {
    /// Checks `[package]` of the configuration.
    ///
    /// # Errors
    /// When a part of it cannot stand in a Data Package.
    pub fn load(settings: &Settings) -> Result<Self> {
        let config = &settings.package;
        check(config).map_err(|told| {
            let place = settings.config.display().to_string();
            let detail = (told(Lang::Ja), told(Lang::En));
            Problem::PackageInvalid { place, detail }
        })?;
        let package = package(config);
        let hash = hash::joined([&*format!("{package:?}")]);
        Ok(Self { hash, package })
    }

    /// The text of `datapackage.json` for the files that a record names.
    ///
    /// # Errors
    /// When a table has no file.
    pub fn describe(
        self,
        settings: &Settings,
        dataset: &Dataset,
        record: &RunRecord,
        version: &str,
    ) -> Result<String> {
        let package = Package {
            version: version.to_owned(),
            sources: sources(dataset, &record.surveys),
            encoding: engine::csv_encoding(settings.csv_encoding),
            ..self.package
        };
        let files = record.outputs.iter().map(|output| PackageFile {
            path: &output.path,
            bytes: output.bytes,
            sha256: &output.sha256,
        });
        let files: Vec<PackageFile<'_>> = files.collect();
        engine::data_package(&settings.out, dataset, &package, &files)
    }
}

/// The parts of the package that do not depend on the data.
fn package(config: &PackageConfig) -> Package {
    let said = |written: &Option<String>, usual: String| written.clone().unwrap_or(usual);
    Package {
        name: said(&config.name, "kurabe".to_owned()),
        title: Both {
            ja: said(&config.title, words::title(Lang::Ja)),
            en: said(&config.title_en, words::title(Lang::En)),
        },
        description: Both {
            ja: said(&config.description, words::description(Lang::Ja)),
            en: said(&config.description_en, words::description(Lang::En)),
        },
        licenses: licenses(&config.licenses),
        contributors: contributors(config),
        ..Package::default()
    }
}

fn licenses(specs: &[LicenseSpec]) -> Vec<License> {
    if specs.is_empty() {
        return vec![License {
            name: Some(NOT_SPECIFIED.to_owned()),
            title: Some(format!(
                "{} / {}",
                words::no_terms(Lang::Ja),
                words::no_terms(Lang::En)
            )),
            path: None,
        }];
    }
    let license = |spec: &LicenseSpec| License {
        name: spec.name.clone(),
        title: spec.title.clone(),
        path: spec.path.clone(),
    };
    specs.iter().map(license).collect()
}

/// Those who are named, and whom to ask.
fn contributors(config: &PackageConfig) -> Vec<Contributor> {
    let named = config.contributors.iter().map(|spec| Contributor {
        title: spec.title.clone(),
        path: spec.path.clone(),
        email: spec.email.clone(),
        roles: spec.roles.clone(),
    });
    let contact = config.contact.as_ref().map(|contact| {
        let is_mail = is_mail(contact);
        Contributor {
            title: Some(contact.clone()),
            path: (!is_mail).then(|| contact.clone()),
            email: is_mail.then(|| contact.clone()),
            roles: vec!["contact".to_owned()],
        }
    });
    named.chain(contact).collect()
}

/// What the dataset was made of: documents, then tables of surveys.
fn sources(dataset: &Dataset, surveys: &[Input]) -> Vec<Source> {
    let document = |document: &kurabe_schema::Document| Source {
        document_id: Some(document.document_id.clone()),
        title: document.title.clone(),
        file: document.path.clone(),
        url: document.source_url.clone(),
        bytes: document.bytes.unsigned_abs(),
        sha256: document.sha256.clone(),
    };
    let survey = |input: &Input| {
        let mut rows = dataset.survey_indicators.iter();
        let row = rows.find(|row| row.path == input.path);
        Source {
            document_id: None,
            title: row.map_or_else(|| input.path.clone(), |row| row.source.clone()),
            file: input.path.clone(),
            url: None,
            bytes: input.bytes,
            sha256: input.sha256.clone(),
        }
    };
    let mut sources: Vec<Source> = dataset.documents.iter().map(document).collect();
    sources.sort();
    sources.extend(surveys.iter().map(survey));
    sources
}

/// What is wrong, in a language.
type Told = Box<dyn Fn(Lang) -> String>;

/// Refuses what a Data Package must not hold.
fn check(config: &PackageConfig) -> std::result::Result<(), Told> {
    if let Some(name) = config.name.clone().filter(|name| !is_name(name, false)) {
        return Err(Box::new(move |lang| words::name(lang, &name)));
    }
    if let Some(contact) = config.contact.clone()
        && !is_mail(&contact)
        && !is_web(&contact)
    {
        return Err(Box::new(move |lang| words::contact(lang, &contact)));
    }
    config.licenses.iter().try_for_each(check_license)?;
    config.contributors.iter().try_for_each(check_contributor)
}

fn check_license(license: &LicenseSpec) -> std::result::Result<(), Told> {
    let LicenseSpec { name, path, .. } = license;
    if name.is_none() && path.is_none() {
        return Err(Box::new(words::license_empty));
    }
    if let Some(name) = name.clone().filter(|name| !is_name(name, true)) {
        return Err(Box::new(move |lang| words::license_name(lang, &name)));
    }
    check_path(path)
}

fn check_contributor(contributor: &ContributorSpec) -> std::result::Result<(), Told> {
    let ContributorSpec {
        title, path, email, ..
    } = contributor;
    if title.is_none() && path.is_none() && email.is_none() {
        return Err(Box::new(words::contributor_empty));
    }
    if let Some(email) = email.clone().filter(|email| !is_mail(email)) {
        return Err(Box::new(move |lang| words::email(lang, &email)));
    }
    check_path(path)
}

fn check_path(path: &Option<String>) -> std::result::Result<(), Told> {
    match path.clone().filter(|path| !is_relative_or_web(path)) {
        Some(path) => Err(Box::new(move |lang| words::path(lang, &path))),
        None => Ok(()),
    }
}

fn is_web(text: &str) -> bool {
    (text.starts_with("https://") || text.starts_with("http://"))
        && !text.contains(char::is_whitespace)
}

fn is_mail(text: &str) -> bool {
    let parts = text.split_once('@');
    parts.is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !host.contains('@'))
        && !text.contains(char::is_whitespace)
}

/// Whether a name has only letters, digits and `-._`.
fn is_name(name: &str, may_be_upper: bool) -> bool {
    let fits = |c: char| {
        c.is_ascii_lowercase()
            || c.is_ascii_digit()
            || "-._".contains(c)
            || (may_be_upper && c.is_ascii_uppercase())
    };
    !name.is_empty() && name.chars().all(fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Option<String> {
        let config: PackageConfig = toml::from_str(text).unwrap();
        check(&config).err().map(|told| told(Lang::En))
    }

    #[test]
    fn what_a_package_must_not_hold_is_refused() {
        for (text, part) in [
            ("name = \"Kurabe Data\"", "`Kurabe Data`"),
            ("contact = \"somebody\"", "`somebody`"),
            ("[[licenses]]\ntitle = \"free\"", "[[package.licenses]]"),
            ("[[licenses]]\nname = \"CC BY\"", "`CC BY`"),
            ("[[licenses]]\npath = \"/etc/license\"", "`/etc/license`"),
            (
                "[[contributors]]\nroles = [\"x\"]",
                "[[package.contributors]]",
            ),
            ("[[contributors]]\nemail = \"x\"", "`x`"),
        ] {
            let told = told(text).unwrap_or_else(|| panic!("{text}"));
            assert!(told.contains(part), "{told}");
        }
        let fine = "name = \"dx-2024\"\ncontact = \"dx@example.jp\"\n[[licenses]]\n\
                    name = \"CC-BY-4.0\"\npath = \"https://creativecommons.org/licenses/by/4.0/\"\n\
                    [[contributors]]\ntitle = \"DX課\"\n";
        assert_eq!(told(fine), None);
    }

    #[test]
    fn without_a_configuration_no_terms_are_stated() {
        let package = package(&PackageConfig::default());
        assert_eq!(package.licenses[0].name.as_deref(), Some("notspecified"));
        assert_eq!(package.contributors, []);
        assert_eq!(package.name, "kurabe");
    }

    #[test]
    fn whom_to_ask_is_a_contributor() {
        for (contact, is_mail) in [("dx@example.jp", true), ("https://example.jp/dx", false)] {
            let config = PackageConfig {
                contact: Some(contact.to_owned()),
                ..PackageConfig::default()
            };
            let asked = package(&config).contributors.remove(0);
            assert_eq!(asked.roles, ["contact"]);
            assert_eq!(asked.email.is_some(), is_mail);
            assert_eq!(asked.path.is_some(), !is_mail);
        }
    }
}
