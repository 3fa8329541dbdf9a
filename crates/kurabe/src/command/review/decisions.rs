//! Decisions on their way into the folder `reviews/`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use kurabe_review::overrides::{Override, Provenance, merge, render};
use kurabe_review::sheet::Change;

use crate::config::Settings;
use crate::disk::{Disk, make_folder};
use crate::hash;
use crate::lock::Lock;
use crate::problem::Result;
use crate::reviews::{
    OVERRIDES_NAME, REPLIES, ReplyRecord, Reviews, merge_replies, parse_overrides, parse_replies,
    render_replies, texts,
};
use crate::text::review as words;

/// Name of the lock that keeps two writers of decisions apart. It lies in `normalized/`, as
/// `reviews/` holds nothing but what people decided.
const LOCK_NAME: &str = ".reviews.lock";

/// The folder of the decisions, and what is to be written into it. Another program of ours that
/// writes decisions has to wait until it is gone.
#[derive(Debug)]
pub(crate) struct Decisions {
    folder: PathBuf,
    /// The files as they were found.
    found: BTreeMap<String, String>,
    /// The files as they are to be.
    files: BTreeMap<String, String>,
    present: Reviews,
    changed: Vec<String>,
    _lock: Lock,
}

/// How many decisions are taken over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Tally {
    pub(crate) new: usize,
    pub(crate) changed: usize,
}

impl Tally {
    pub(crate) fn is_empty(self) -> bool {
        self == Self::default()
    }

    fn count(&mut self, is_new: bool) {
        if is_new {
            self.new += 1;
        } else {
            self.changed += 1;
        }
    }
}

impl Decisions {
    /// Reads what was decided so far.
    ///
    /// # Errors
    /// When another program writes decisions, or a file cannot be read.
    pub(crate) fn load(settings: &Settings) -> Result<Self> {
        let lock = Lock::named(&settings.normalized, LOCK_NAME)?;
        let folder = &settings.reviews;
        let files = texts(folder)?;
        let present = Reviews::parse(folder, &files)?;
        Ok(Self {
            folder: folder.clone(),
            found: files.clone(),
            files,
            present,
            changed: Vec::new(),
            _lock: lock,
        })
    }

    /// The decision on a measure in an edition.
    pub(crate) fn on(&self, measure_id: &str, edition: &str) -> Option<&Override> {
        decision(&self.present, measure_id, edition)
    }

    /// Takes over what is not decided in the same way already.
    pub(crate) fn take(&mut self, changes: Vec<Change>, by: &Provenance) -> Result<Tally> {
        let mut tally = Tally::default();
        let mut fresh: BTreeMap<String, Vec<Change>> = BTreeMap::new();
        for mut change in changes {
            let before = self.on(&change.measure_id, &change.edition);
            if before.is_some_and(|before| is_same(before, &change)) {
                continue;
            }
            tally.count(before.is_none());
            if let Some(before) = before {
                change.old = before.coding();
            }
            let file = self.holder(&change.measure_id, &change.edition)?;
            let file = file.unwrap_or_else(|| OVERRIDES_NAME.to_owned());
            fresh.entry(file).or_default().push(change);
        }
        for (file, changes) in fresh {
            let existing = parse_overrides(&self.folder, &file, &self.text(&file))?;
            self.put(&file, render(&merge(&existing, &changes, by)));
        }
        Ok(tally)
    }

    /// Takes a decision back; `false` when there is none.
    pub(crate) fn withdraw(&mut self, measure_id: &str, edition: &str) -> Result<bool> {
        let Some(file) = self.holder(measure_id, edition)? else {
            return Ok(false);
        };
        let mut rest = parse_overrides(&self.folder, &file, &self.text(&file))?;
        rest.retain(|one| one.measure_id != measure_id || one.edition != edition);
        self.put(&file, render(&rest));
        Ok(true)
    }

    /// The file in which a decision stands.
    fn holder(&self, measure_id: &str, edition: &str) -> Result<Option<String>> {
        if self.on(measure_id, edition).is_none() {
            return Ok(None);
        }
        for (path, text) in self.files.iter().filter(|(path, _)| !path.contains('/')) {
            let entries = parse_overrides(&self.folder, path, text)?;
            let is_it = |one: &Override| one.measure_id == measure_id && one.edition == edition;
            if entries.iter().any(is_it) {
                return Ok(Some(path.clone()));
            }
        }
        Ok(None)
    }

    /// Takes over what a municipality says and did not say already.
    pub(super) fn reply(&mut self, code: &str, records: Vec<ReplyRecord>) -> Result<Tally> {
        let path = format!("{REPLIES}/{code}.toml");
        let existing = parse_replies(&self.folder, &path, &self.text(&path))?;
        let mut tally = Tally::default();
        let mut fresh = Vec::new();
        for record in records {
            let mut known = existing.iter();
            let before = known.find(|one| one.id == record.id && one.field == record.field);
            if before.is_some_and(|before| says_the_same(before, &record)) {
                continue;
            }
            tally.count(before.is_none());
            fresh.push(record);
        }
        if !fresh.is_empty() {
            self.put(&path, render_replies(&merge_replies(&existing, fresh)));
        }
        Ok(tally)
    }

    /// Writes what was taken over, once all of it can be read again, and names the files.
    ///
    /// # Errors
    /// When a file was changed by hand since it was read: nothing is written then.
    pub(crate) fn write(self, disk: &Disk) -> Result<Vec<PathBuf>> {
        Reviews::parse(&self.folder, &self.files)?;
        if !self.changed.is_empty() && texts(&self.folder)? != self.found {
            return Err(changed_meanwhile(&self.folder));
        }
        let mut written = Vec::new();
        for path in &self.changed {
            let place = self.folder.join(path);
            if let Some(folder) = place.parent() {
                make_folder(folder)?;
            }
            let text = self.text(path);
            disk.replace(&place, text.as_bytes())?;
            written.push(place);
        }
        Ok(written)
    }

    fn text(&self, path: &str) -> String {
        self.files.get(path).cloned().unwrap_or_default()
    }

    fn put(&mut self, path: &str, text: String) {
        self.files.insert(path.to_owned(), text);
        self.changed.push(path.to_owned());
    }
}

/// The decision on a measure in an edition.
pub(crate) fn decision<'r>(
    reviews: &'r Reviews,
    measure_id: &str,
    edition: &str,
) -> Option<&'r Override> {
    let mut all = reviews.overrides.iter();
    all.find(|one| one.measure_id == measure_id && one.edition == edition)
}

/// What tells one state of a decision from another: who saw the one must not change the other.
pub(crate) fn version(decision: Option<&Override>) -> String {
    match decision {
        Some(decision) => hash::joined([&*render(std::slice::from_ref(decision))]),
        None => "none".to_owned(),
    }
}

fn changed_meanwhile(folder: &Path) -> crate::problem::Error {
    let place = folder.display();
    crate::problem::Error::usage(
        |lang| words::changed_meanwhile(lang, &place),
        words::changed_meanwhile_hint,
    )
}

/// Whether a decision on the present content gives the same codes for the same reason.
fn is_same(before: &Override, change: &Change) -> bool {
    let sorted = |codes: &[String]| {
        let mut codes = codes.to_vec();
        codes.sort();
        codes
    };
    let plain = |text: &str| text.replace("\r\n", "\n").trim().to_owned();
    before.content_key == change.content_key
        && Some(&before.primary) == change.new.primary.as_ref()
        && sorted(&before.secondary) == sorted(&change.new.secondary)
        && plain(&before.why) == plain(change.reason.as_deref().unwrap_or_default())
}

fn says_the_same(before: &ReplyRecord, record: &ReplyRecord) -> bool {
    before.content_key == record.content_key
        && before.new == record.new
        && before.remark == record.remark
}
