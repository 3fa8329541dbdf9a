//! The pages of a dataset: the one place where `serve` asks for a report.

use std::path::Path;

use crate::config::Settings;
use crate::disk::Disk;
use crate::engine::Dataset;
use crate::problem::Result;
use crate::record::RunRecord;
use crate::report::{self, Contents};
use crate::text::Lang;

/// Writes the pages of a dataset into an empty folder; they open in `lang`.
pub(super) fn write(
    disk: &Disk,
    lang: Lang,
    settings: &Settings,
    data: &Dataset,
    folder: &Path,
) -> Result<()> {
    let record = RunRecord::load(&settings.out);
    let contents = Contents {
        lang,
        edition: None,
        record: record.as_ref(),
        downloads: Some(&settings.out),
    };
    report::write(disk, folder, data, &contents).map(|_| ())
}
