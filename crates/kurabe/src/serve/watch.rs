//! Whether something changed, and whether it has come to rest.
//!
//! Files are looked at once a second. That is slower than to be told by the operating system, but
//! the same on every system and on network drives, where notices of changes are not reliable.

use std::collections::BTreeMap;
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use crate::config::Settings;
use crate::record::RECORD_NAME;
use crate::walk;

/// What can be seen of a file without reading it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Look {
    bytes: u64,
    modified: u128,
    /// When name, owner or content were last changed, which cannot be set back; 0 where the system
    /// does not know it.
    changed: i128,
}

impl Look {
    fn at(path: &Path) -> Option<Self> {
        let file = fs::metadata(path).ok()?;
        let modified = file.modified().ok()?.duration_since(UNIX_EPOCH).ok();
        Some(Self {
            bytes: file.len(),
            modified: modified.map_or(0, |time| time.as_nanos()),
            changed: changed(&file),
        })
    }
}

#[cfg(unix)]
fn changed(file: &Metadata) -> i128 {
    use std::os::unix::fs::MetadataExt;
    i128::from(file.ctime()) * 1_000_000_000 + i128::from(file.ctime_nsec())
}

#[cfg(not(unix))]
fn changed(_file: &Metadata) -> i128 {
    0
}

/// All that a run reads, as it looks now.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Snapshot(BTreeMap<PathBuf, Option<Look>>);

impl Snapshot {
    /// Looks at everything that a run reads. What cannot be looked at counts as absent.
    pub(super) fn inputs(config: &Path, settings: Option<&Settings>) -> Self {
        let mut seen = BTreeMap::from([(config.to_owned(), Look::at(config))]);
        let Some(settings) = settings else {
            return Self(seen);
        };
        let folders = [
            Some(&settings.raw),
            Some(&settings.municipalities),
            Some(&settings.reviews),
            settings.editions.as_ref(),
            settings.indicators.as_ref(),
        ];
        let outputs = [&settings.normalized, &settings.out];
        let outputs: Vec<PathBuf> = outputs
            .into_iter()
            .filter_map(|folder| fs::canonicalize(folder).ok())
            .collect();
        for folder in folders.into_iter().flatten() {
            let wanted = |name: &str| !name.ends_with(".tmp") && !name.ends_with('~');
            // Like a run, without following links out of the folder.
            let paths = walk::files_inside(folder, &outputs, &wanted).unwrap_or_default();
            seen.insert(folder.clone(), None);
            seen.extend(paths.into_iter().map(|path| {
                let path = folder.join(path);
                let look = Look::at(&path);
                (path, look)
            }));
        }
        let home = config.parent().unwrap_or(Path::new(""));
        for survey in &settings.surveys {
            let path = home.join(&survey.path);
            let look = Look::at(&path);
            seen.insert(path, look);
        }
        Self(seen)
    }

    /// Looks at the record of what was published, which another run may have replaced.
    pub(super) fn published(settings: Option<&Settings>) -> Self {
        let path = settings.map(|settings| settings.out.join(RECORD_NAME));
        let look = path.map(|path| {
            let look = Look::at(&path);
            (path, look)
        });
        Self(look.into_iter().collect())
    }
}

/// How many looks a change may go on before it counts although it goes on.
const PATIENCE: u32 = 30;

/// Tells when a change is to be followed by a run: when it has come to rest, so that no half
/// written file is read, or when it does not come to rest for long.
#[derive(Debug, Default)]
pub(super) struct Watch {
    done: Option<[Snapshot; 2]>,
    pending: Option<([Snapshot; 2], u32)>,
}

impl Watch {
    /// Takes a look; `true` when it is time to run.
    pub(super) fn sees(&mut self, now: [Snapshot; 2]) -> bool {
        if self.done.is_none() {
            return true;
        }
        if self.done.as_ref() == Some(&now) {
            self.pending = None;
            return false;
        }
        let (is_at_rest, looks) = match &self.pending {
            Some((before, looks)) => (*before == now, looks + 1),
            None => (false, 1),
        };
        self.pending = Some((now, looks));
        is_at_rest || looks >= PATIENCE
    }

    /// What a run was made of, and what it published.
    pub(super) fn done(&mut self, inputs: Snapshot, published: Snapshot) {
        self.done = Some([inputs, published]);
        self.pending = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(bytes: u64) -> [Snapshot; 2] {
        let look = Look {
            bytes,
            modified: 1,
            changed: 1,
        };
        let files = BTreeMap::from([(PathBuf::from("a"), Some(look))]);
        [Snapshot(files), Snapshot::default()]
    }

    fn done() -> Watch {
        let mut watch = Watch::default();
        assert!(watch.sees(look(1)));
        let [inputs, published] = look(1);
        watch.done(inputs, published);
        watch
    }

    #[test]
    fn nothing_happens_while_nothing_changes() {
        let mut watch = done();
        assert!(!watch.sees(look(1)));
        assert!(!watch.sees(look(1)));
    }

    #[test]
    fn a_file_that_still_grows_is_not_read() {
        let mut watch = done();
        for bytes in 2..10 {
            assert!(!watch.sees(look(bytes)));
        }
        assert!(watch.sees(look(9)));
    }

    #[test]
    fn a_change_that_is_taken_back_needs_no_run() {
        let mut watch = done();
        assert!(!watch.sees(look(2)));
        assert!(!watch.sees(look(1)));
        assert!(!watch.sees(look(2)));
    }

    #[test]
    fn a_file_that_never_rests_is_read_some_time() {
        let mut watch = done();
        let waited = (2..).take_while(|bytes| !watch.sees(look(*bytes))).count();
        assert_eq!(waited, 29);
    }

    #[test]
    fn the_same_size_and_time_do_not_hide_a_change() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.toml");
        let disk = crate::disk::Disk::default();
        disk.create(&path, b"1", false).unwrap();
        let before = Snapshot::inputs(&path, None);
        let time = fs::metadata(&path).unwrap().modified().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(20));
        disk.create(&path, b"2", false).unwrap();
        let file = fs::File::options().write(true).open(&path).unwrap();
        file.set_modified(time).unwrap();
        let is_seen = before != Snapshot::inputs(&path, None);
        assert!(is_seen || cfg!(not(unix)));
    }
}
