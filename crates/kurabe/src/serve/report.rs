//! The pages of a dataset.

use std::path::Path;

use crate::config::Settings;
use crate::disk::Disk;
use crate::engine::Dataset;
use crate::problem::Result;

/// Writes the pages of a dataset into an empty folder.
pub(super) fn write(_settings: &Settings, data: &Dataset, folder: &Path) -> Result<()> {
    let page = format!(
        "<!DOCTYPE html><html lang=\"ja\"><head><meta charset=\"utf-8\"><title>kurabe</title></head>\
         <body><main><h1>kurabe</h1><p>施策 {}</p></main></body></html>\n",
        data.measures.len()
    );
    Disk::default().create(&folder.join("index.html"), page.as_bytes(), false)
}
