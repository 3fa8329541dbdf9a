//! The pages, which are compiled into the program.

use include_dir::{Dir, include_dir};

use crate::error::ReportError;
use crate::folder::Folder;

static PAGES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/web");

/// Writes the pages with all that they need.
pub(crate) fn write(folder: &Folder) -> Result<(), ReportError> {
    write_dir(&PAGES, folder)
}

fn write_dir(dir: &Dir<'_>, folder: &Folder) -> Result<(), ReportError> {
    for file in dir.files() {
        folder.file(file.path(), file.contents())?;
    }
    dir.dirs().try_for_each(|dir| write_dir(dir, folder))
}
