//! The pages of a dataset: the one place where `serve` asks for a report.

use std::path::Path;

use kurabe_report::{Lang as PageLang, ReportOptions, write_report};

use crate::engine::Dataset;
use crate::hash;
use crate::problem::{Problem, Result};
use crate::text::{Lang, serve as words};

/// Writes the pages of a dataset into an empty folder; they open in `lang`.
pub(super) fn write(lang: Lang, data: &Dataset, folder: &Path) -> Result<()> {
    let options = ReportOptions {
        program: hash::program().to_owned(),
        title_ja: words::report_title(Lang::Ja),
        title_en: words::report_title(Lang::En),
        lang: match lang {
            Lang::Ja => PageLang::Ja,
            Lang::En => PageLang::En,
        },
        ..ReportOptions::default()
    };
    match write_report(folder, data, &options) {
        Ok(_) => Ok(()),
        Err(error) => Err(Problem::Export(folder.to_owned(), error.to_string()).into()),
    }
}
