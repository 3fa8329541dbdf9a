//! Decisions on their way into the folder `reviews/`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use kurabe_review::overrides::{Override, Provenance, merge, render};
use kurabe_review::sheet::Change;

use crate::cli::Task;
use crate::disk::make_folder;
use crate::problem::Result;
use crate::reviews::{
    OVERRIDES_NAME, REPLIES, ReplyRecord, Reviews, merge_replies, parse_overrides, parse_replies,
    render_replies, texts,
};

/// The folder of the decisions, and what is to be written into it.
pub(super) struct Decisions {
    folder: PathBuf,
    files: BTreeMap<String, String>,
    present: Reviews,
    changed: Vec<String>,
}

/// How many decisions are taken over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Tally {
    pub(super) new: usize,
    pub(super) changed: usize,
}

impl Tally {
    pub(super) fn is_empty(self) -> bool {
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
    pub(super) fn load(folder: &Path) -> Result<Self> {
        let files = texts(folder)?;
        let present = Reviews::parse(folder, &files)?;
        Ok(Self {
            folder: folder.to_owned(),
            files,
            present,
            changed: Vec::new(),
        })
    }

    /// Takes over what is not decided in the same way already.
    pub(super) fn take(&mut self, changes: Vec<Change>, by: &Provenance) -> Result<Tally> {
        let key = |one: &Override| (one.measure_id.clone(), one.edition.clone());
        let decided = self.present.overrides.iter();
        let decided: BTreeMap<_, _> = decided.map(|one| (key(one), one)).collect();
        let mut tally = Tally::default();
        let mut fresh = Vec::new();
        for mut change in changes {
            let key = (change.measure_id.clone(), change.edition.clone());
            let before = decided.get(&key).copied();
            if before.is_some_and(|before| is_same(before, &change)) {
                continue;
            }
            tally.count(before.is_none());
            if let Some(before) = before {
                change.old = before.coding();
            }
            fresh.push(change);
        }
        if !fresh.is_empty() {
            let text = self.text(OVERRIDES_NAME);
            let existing = parse_overrides(&self.folder, OVERRIDES_NAME, &text)?;
            self.put(OVERRIDES_NAME, render(&merge(&existing, &fresh, by)));
        }
        Ok(tally)
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
    pub(super) fn write(self, task: &Task) -> Result<Vec<PathBuf>> {
        Reviews::parse(&self.folder, &self.files)?;
        let mut written = Vec::new();
        for path in &self.changed {
            let place = self.folder.join(path);
            if let Some(folder) = place.parent() {
                make_folder(folder)?;
            }
            let text = self.text(path);
            task.surroundings.disk.replace(&place, text.as_bytes())?;
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
