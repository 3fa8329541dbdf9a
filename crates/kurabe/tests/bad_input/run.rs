//! A project in a temporary folder and the real program run on it, measured while it runs.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use kurabe::disk::{Disk, make_folder};
use tempfile::TempDir;

/// The longest that a run may take. The promise is two seconds; without optimisation and beside
/// other builds and tests it may take eight times as long.
const LONGEST: Duration = Duration::from_secs(if cfg!(debug_assertions) { 16 } else { 2 });

/// The most memory that any process of a run may take.
const MOST: u64 = 512 << 20;

pub(crate) struct Project {
    folder: TempDir,
}

/// What a run came to.
pub(crate) struct Ran {
    /// The exit code; none when a signal ended it.
    pub(crate) code: Option<i32>,
    pub(crate) elapsed: Duration,
    /// Bytes of memory at most, of the program or a child of it; none is known without `/proc`.
    pub(crate) memory: u64,
    err: String,
}

impl Ran {
    /// What must not be, whatever the files are.
    pub(crate) fn problems(&self) -> Vec<String> {
        let mut problems = Vec::new();
        if !matches!(self.code, Some(0 | 1)) || self.err.contains("panicked") {
            problems.push(format!("it ended with {:?}: {}", self.code, self.err));
        }
        if self.elapsed > LONGEST {
            problems.push(format!("it took {:?}", self.elapsed));
        }
        if self.memory > MOST {
            problems.push(format!("it took {} MB", self.memory >> 20));
        }
        problems
    }
}

fn profile(code: &str, name: &str) -> String {
    format!(
        "[municipality]\ncode = \"{code}\"\nname = \"{name}\"\nprefecture = \"島根県\"\nkind = \
         \"city\"\n[document]\nslug = \"plan\"\nplan_id = \"{code}-plan\"\ntitle = \
         \"{name}DX計画\"\npublisher = \"{name}\"\nkind = \"plan\"\n[recognise]\ntitle = \
         [\"{name}\", \"DX計画\"]\nedition = [\"令和5年度\"]\nedition_pattern = \"令和\\\\d+年度\"\n"
    )
}

impl Project {
    /// A good document, and the profile of another one, which the bad files claim to be.
    pub(crate) fn with_good_document() -> Self {
        let project = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        project.put("pipeline.toml", b"raw = \"raw\"\n");
        project.put(
            "municipalities/a/plan.toml",
            profile("322067", "安来市").as_bytes(),
        );
        project.put(
            "municipalities/b/plan.toml",
            profile("322016", "松江市").as_bytes(),
        );
        let good = "# 安来市DX計画 令和5年度\n\n1\t電子申請\t総務課\n2\t電子申請の拡大\t総務課\n";
        project.put("raw/good.txt", good.as_bytes());
        project
    }

    /// The same with everything that a run left.
    pub(crate) fn copy(&self) -> Self {
        let copy = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        copy_folder(self.folder.path(), copy.folder.path());
        copy
    }

    pub(crate) fn path(&self, relative: &str) -> PathBuf {
        self.folder.path().join(relative)
    }

    pub(crate) fn put(&self, relative: &str, bytes: &[u8]) {
        let path = self.path(relative);
        make_folder(path.parent().unwrap()).unwrap();
        Disk::default().create(&path, bytes, false).unwrap();
    }

    /// The rows of the published tables but for findings, by table.
    pub(crate) fn published(&self) -> BTreeMap<String, BTreeSet<String>> {
        let folder = fs::read_dir(self.path("out/csv")).unwrap();
        let tables = folder.map(|entry| entry.unwrap().path());
        let tables = tables.filter(|path| !path.ends_with("findings.csv"));
        let rows = |path: PathBuf| {
            let text = fs::read_to_string(&path).unwrap();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, text.lines().map(str::to_owned).collect())
        };
        tables.map(rows).collect()
    }

    /// `kurabe run` as a process of its own.
    pub(crate) fn run(&self, variables: &[(&str, &str)]) -> Ran {
        let start = Instant::now();
        let mut child = Command::new(env!("CARGO_BIN_EXE_kurabe"))
            .args(["run", "--quiet", "--lang", "ja"])
            .current_dir(self.folder.path())
            .envs(variables.iter().copied())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let memory = watched(&mut child);
        let elapsed = start.elapsed();
        let ended = child.wait_with_output().unwrap();
        Ran {
            code: ended.status.code(),
            elapsed,
            memory,
            err: String::from_utf8_lossy(&ended.stderr).into_owned(),
        }
    }
}

/// Waits for a process; the highest mark of memory that it or one of its children reached.
fn watched(child: &mut Child) -> u64 {
    let own = format!("/proc/{}", child.id());
    let mut highest = 0;
    while child.try_wait().unwrap().is_none() {
        highest = highest.max(mark(&own));
        for task in fs::read_dir(format!("{own}/task"))
            .into_iter()
            .flatten()
            .flatten()
        {
            let children = fs::read_to_string(task.path().join("children")).unwrap_or_default();
            for id in children.split_whitespace() {
                highest = highest.max(mark(&format!("/proc/{id}")));
            }
        }
        sleep(Duration::from_millis(5));
    }
    highest
}

/// The line `VmHWM` of the status of a process, in bytes; nothing when it is gone.
fn mark(process: &str) -> u64 {
    let status = fs::read_to_string(format!("{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    kilobytes.unwrap_or(0) << 10
}

fn copy_folder(from: &Path, to: &Path) {
    make_folder(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let to = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy_folder(&path, &to);
        } else {
            fs::copy(&path, &to).unwrap();
        }
    }
}
