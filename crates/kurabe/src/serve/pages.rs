//! The folder of a report, and what of it is served: the files that were written into it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use kurabe_serve::{Policy, Reply};
use tempfile::TempDir;

use super::assets;
use crate::problem::{Result, reading, writing};
use crate::walk;

/// The page that `/` means.
const START: &str = "index.html";

/// A report in a folder that is removed when nobody needs it any more.
#[derive(Debug)]
pub(super) struct Pages {
    folder: TempDir,
    /// Every file, by its path in the folder. A request names one of them or nothing.
    files: BTreeSet<String>,
}

impl Pages {
    /// Makes a folder in `home` and has the report written into it.
    pub(super) fn make(home: &Path, write: impl FnOnce(&Path) -> Result<()>) -> Result<Self> {
        let folder = TempDir::with_prefix_in("report-", home).map_err(writing(home))?;
        write(folder.path())?;
        let files = walk::files(folder.path(), &[], &|_| true)?;
        Ok(Self {
            files: files.into_iter().collect(),
            folder,
        })
    }

    /// The file that a path of a request names; `None` when there is none.
    pub(super) fn file(&self, path: &str) -> Option<Result<Reply>> {
        let name = path.strip_prefix('/')?;
        let name = if name.is_empty() { START } else { name };
        let name = self.files.get(name)?;
        let place = self.folder.path().join(name);
        let bytes = match fs::read(&place).map_err(reading(&place)) {
            Ok(bytes) => bytes,
            Err(error) => return Some(Err(error)),
        };
        let bytes = match String::from_utf8(bytes) {
            Ok(text) if name == START => assets::enlivened(&text).into_bytes(),
            Ok(text) => text.into_bytes(),
            Err(error) => error.into_bytes(),
        };
        Some(Ok(Reply::new(media_type(name), bytes).with(Policy::Styled)))
    }
}

/// The media type of a file by its ending.
fn media_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "woff2" => "font/woff2",
        "json" => "application/json; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "txt" | "md" => "text/plain; charset=utf-8",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "zip" => "application/zip",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::disk::{Disk, make_folder};

    #[test]
    fn nothing_but_files_of_the_report_is_served() {
        let home = tempfile::tempdir().unwrap();
        let disk = Disk::default();
        disk.create(&home.path().join("secret.txt"), b"no", false)
            .unwrap();
        let pages = Pages::make(home.path(), |folder| {
            make_folder(&folder.join("data"))?;
            disk.create(&folder.join("data/a.js"), b"1", false)?;
            disk.create(&folder.join("index.html"), b"<head></head>", false)
        })
        .unwrap();
        for path in ["/", "/index.html", "/data/a.js"] {
            assert_eq!(pages.file(path).unwrap().unwrap().status, 200, "{path}");
        }
        for path in [
            "/data",
            "/data/",
            "/data/../index.html",
            "/../secret.txt",
            "//index.html",
            "index.html",
        ] {
            assert!(pages.file(path).is_none(), "{path}");
        }
        let folder = pages.folder.path().to_owned();
        drop(pages);
        assert!(!folder.exists());
    }
}
