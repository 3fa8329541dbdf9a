//! Files land in `raw/` in one step; the older version is kept in `raw/.versions/`.

use std::io;
use std::path::Path;

use tempfile::NamedTempFile;

use crate::decode::{Digest, digest};
use crate::error::{Result, disk};

/// Folder of older versions below the folder of source files. It is hidden, so that what lies in
/// it is no source.
pub(crate) const VERSIONS: &str = ".versions";

/// Gives a finished file its name: the bytes are on the disk, not only in its cache, before a
/// reader sees them.
pub(crate) fn persist(file: NamedTempFile, path: &Path) -> io::Result<()> {
    file.as_file().sync_all()?;
    file.persist(path)?;
    if let Some(folder) = path
        .parent()
        .and_then(|folder| fs_err::File::open(folder).ok())
    {
        // Where a folder cannot be flushed, the system does it in its own time.
        let _ = folder.sync_all();
    }
    Ok(())
}

/// A file in `folder` that has no name yet. Temporary files are usually for their owner only; this
/// one gets the rights of any new file.
pub(crate) fn temporary(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

/// What stands at the path of a source.
pub(crate) fn standing(path: &Path) -> Result<Option<Digest>> {
    match digest(path) {
        Ok(digest) => Ok(Some(digest)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(disk(path)(error)),
    }
}

/// Path of an older version below `raw/`, `.versions/<file>/<beginning of the hash>.<ending>`.
pub(crate) fn version_path(path: &str, sha256: &str) -> String {
    let short = sha256.get(..8).unwrap_or(sha256);
    let name = path.rsplit('/').next().unwrap_or(path);
    match name.rsplit_once('.') {
        Some((_, ending)) => format!("{VERSIONS}/{path}/{short}.{ending}"),
        None => format!("{VERSIONS}/{path}/{short}"),
    }
}

/// Keeps the file that stands at `path` as an older version. It also stays where it is, so that
/// there is a file at every moment.
pub(crate) fn keep(raw: &Path, path: &str, kept: &str) -> Result<()> {
    let (from, to) = (raw.join(path), raw.join(kept));
    if to.exists() {
        return Ok(());
    }
    let folder = make_folder(&to)?;
    if fs_err::hard_link(&from, &to).is_ok() {
        return Ok(());
    }
    let copy = || -> io::Result<()> {
        let mut file = temporary(folder)?;
        io::copy(&mut fs_err::File::open(&from)?, &mut file)?;
        persist(file, &to)
    };
    copy().map_err(disk(&to))
}

/// Makes the folder of a file.
pub(crate) fn make_folder(path: &Path) -> Result<&Path> {
    let folder = path.parent().unwrap_or(Path::new(""));
    fs_err::create_dir_all(folder).map_err(disk(folder))?;
    Ok(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_lie_in_a_folder_of_their_file() {
        let path = version_path("a/plan.pdf", "0123456789abcdef");
        assert_eq!(path, ".versions/a/plan.pdf/01234567.pdf");
        assert_eq!(
            version_path("plan", "0123456789"),
            ".versions/plan/01234567"
        );
    }
}
