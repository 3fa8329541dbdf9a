//! A small project in a temporary folder, and ways to run the program on it.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use kurabe::cli::{Surroundings, run};
use kurabe::disk::Disk;
use tempfile::TempDir;

/// The document of [`Project::with_bundled_document`].
const BUNDLED_PROFILE: &str = "municipalities/322067-yasugi/action-plan-r5-results.toml";
pub(crate) const BUNDLED_RAW: &str = "raw/322067-yasugi-action-plan-r5-results.txt";

/// What a run answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) code: u8,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Answer {
    pub(crate) fn has(&self, words: &str) -> &Self {
        assert!(
            self.out.contains(words) || self.err.contains(words),
            "{words}: {self:#?}"
        );
        self
    }

    pub(crate) fn code(&self, code: u8) -> &Self {
        assert_eq!(self.code, code, "{self:#?}");
        self
    }
}

/// A project in a temporary folder.
pub(crate) struct Project {
    folder: TempDir,
}

impl Project {
    /// A configuration, two profiles and their two documents.
    pub(crate) fn new() -> Self {
        let project = Self::empty();
        project.put("pipeline.toml", "raw = \"raw\"\n");
        project.put(
            "municipalities/a/plan.toml",
            &profile("322067", "安来市", "plan", ""),
        );
        project.put(
            "municipalities/b/plan.toml",
            &profile("322016", "松江市", "plan", ""),
        );
        project.put("raw/one.txt", &document("安来市", "電子申請"));
        project.put("raw/two.txt", &document("松江市", "書かない窓口"));
        project
    }

    /// A configuration with a document that comes with the program, and its profile.
    pub(crate) fn with_bundled_document() -> Self {
        let home = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2);
        let project = Self::empty();
        project.put("pipeline.toml", "raw = \"raw\"\n");
        for path in [BUNDLED_PROFILE, BUNDLED_RAW] {
            project.put_bytes(path, &fs::read(home.unwrap().join(path)).unwrap());
        }
        project
    }

    pub(crate) fn empty() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    pub(crate) fn path(&self, relative: &str) -> PathBuf {
        self.folder.path().join(relative)
    }

    pub(crate) fn put(&self, relative: &str, text: &str) {
        self.put_bytes(relative, text.as_bytes());
    }

    pub(crate) fn put_bytes(&self, relative: &str, bytes: &[u8]) {
        let path = self.path(relative);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        Disk::default().create(&path, bytes, false).unwrap();
    }

    pub(crate) fn run(&self, line: &str) -> Answer {
        self.run_on(Disk::default(), line)
    }

    pub(crate) fn run_on(&self, disk: Disk, line: &str) -> Answer {
        run_in(self.folder.path(), disk, line)
    }

    /// Everything below a folder of the project.
    pub(crate) fn tree(&self, relative: &str) -> Tree {
        tree(&self.path(relative))
    }

    /// When every file below a folder of the project was last changed.
    pub(crate) fn times(&self, relative: &str) -> BTreeMap<String, SystemTime> {
        let folder = self.path(relative);
        let time = |path: &String| folder.join(path).metadata().unwrap().modified().unwrap();
        let mut times: BTreeMap<String, SystemTime> = self
            .tree(relative)
            .into_keys()
            .map(|path| (path.clone(), time(&path)))
            .collect();
        times.insert(
            ".".to_owned(),
            folder.metadata().unwrap().modified().unwrap(),
        );
        times
    }
}

/// Paths and bytes of all files below a folder.
pub(crate) type Tree = BTreeMap<String, Vec<u8>>;

pub(crate) fn tree(folder: &Path) -> Tree {
    let mut files = Tree::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if path.is_dir() {
            let inner = tree(&path).into_iter();
            files.extend(inner.map(|(below, bytes)| (format!("{name}/{below}"), bytes)));
        } else {
            files.insert(name, fs::read(&path).unwrap());
        }
    }
    files
}

/// The published tables without the run record, which holds times.
pub(crate) fn published(folder: &Path) -> Tree {
    let mut files = tree(folder);
    files.remove("run.json");
    files
}

pub(crate) fn run_in(folder: &Path, disk: Disk, line: &str) -> Answer {
    let words = std::iter::once("kurabe").chain(line.split_whitespace());
    let surroundings = Surroundings {
        arguments: words.map(OsString::from).collect(),
        folder: folder.to_owned(),
        language: Some("en".to_owned()),
        disk,
        ..Surroundings::default()
    };
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let exit = run(&surroundings, &mut out, &mut err);
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Answer {
        code: exit.code(),
        out: text(out),
        err: text(err),
    }
}

/// A profile that recognises a document by the name of its municipality; `more` is added.
pub(crate) fn profile(code: &str, name: &str, slug: &str, more: &str) -> String {
    format!(
        "[municipality]\ncode = \"{code}\"\nname = \"{name}\"\nprefecture = \"島根県\"\nkind = \
         \"city\"\n[document]\nslug = \"{slug}\"\nplan_id = \"{code}-{slug}\"\ntitle = \
         \"{name}DX計画\"\npublisher = \"{name}\"\nkind = \"plan\"\n[recognise]\ntitle = \
         [\"{name}\", \"DX計画\"]\nedition = [\"令和5年度\"]\nedition_pattern = \"令和\\\\d+年度\"\n{more}"
    )
}

pub(crate) fn document(name: &str, measure: &str) -> String {
    format!("# {name}DX計画 令和5年度\n\n1\t{measure}\t総務課\n2\t{measure}の拡大\t総務課\n")
}
