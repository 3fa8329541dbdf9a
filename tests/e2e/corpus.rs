//! Documents and the way from their bytes to tables.

use kurabe::cli::{Surroundings, run};
use kurabe_layout::{Profile, Recognition};
use kurabe_schema::Dataset;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// Identifiers of the five documents.
pub(crate) const YASUGI: &str = "322067-action-plan-r5-results";
pub(crate) const YASUGI_PLAN: &str = "322067-dx-plan-2";
pub(crate) const MATSUE: &str = "322016-phase1-review-r4";
pub(crate) const OE: &str = "063240-dx-plan-r6";
pub(crate) const IZUMO: &str = "322032-dx-briefing-r5";

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A document: its identifier, the name of its file, its text.
pub(crate) struct Source {
    pub(crate) document: String,
    pub(crate) path: String,
    pub(crate) text: String,
}

/// All profiles of `municipalities/`, in the order of their paths.
pub(crate) fn profiles() -> &'static [Profile] {
    static PROFILES: OnceLock<Vec<Profile>> = OnceLock::new();
    PROFILES.get_or_init(|| {
        files(&root().join("municipalities"), "toml")
            .iter()
            .map(|path| {
                let text = std::fs::read_to_string(path).unwrap();
                Profile::parse(&text, &path.display().to_string())
                    .unwrap_or_else(|error| panic!("{error}"))
            })
            .collect()
    })
}

/// The transcriptions that the five files in `raw/` are made of.
pub(crate) fn bundled() -> &'static [Source] {
    static SOURCES: OnceLock<Vec<Source>> = OnceLock::new();
    SOURCES.get_or_init(|| sources(&root().join("xtask/sources")))
}

/// One transcription.
pub(crate) fn text_of(document: &str) -> &'static str {
    let found = bundled().iter().find(|s| s.document == document);
    &found
        .unwrap_or_else(|| panic!("xtask/sources does not hold {document}"))
        .text
}

/// The folder with the published documents and the gold data, when it is there.
pub(crate) fn shared() -> Option<PathBuf> {
    let path = root().join("../shared");
    (path.join("corpus").is_dir() && path.join("gold").is_dir()).then_some(path)
}

/// The documents in a folder that a profile knows.
pub(crate) fn sources(folder: &Path) -> Vec<Source> {
    files(folder, "txt")
        .iter()
        .map(|path| {
            let text = std::fs::read_to_string(path).unwrap();
            let known = recognised(text.as_bytes());
            assert_eq!(known.len(), 1, "{}: {known:?}", path.display());
            Source {
                document: known[0].0.clone(),
                path: path.file_name().unwrap().to_string_lossy().into_owned(),
                text,
            }
        })
        .collect()
}

fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, extension));
        } else if path.extension().is_some_and(|e| e == extension) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The profiles that claim a file, and as what.
pub(crate) fn recognised(bytes: &[u8]) -> Vec<(String, Recognition)> {
    let page = kurabe_read::read(bytes, &kurabe_read::Hint::default())
        .unwrap()
        .value;
    profiles()
        .iter()
        .map(|profile| (profile.document_id(), profile.recognise(&page)))
        .filter(|(_, recognition)| *recognition != Recognition::No)
        .collect()
}

/// Reads a file that exactly one profile must claim as the document it describes.
pub(crate) fn read(bytes: &[u8], path: &str) -> Dataset {
    let known = recognised(bytes);
    assert!(
        matches!(known.as_slice(), [(_, Recognition::Document)]),
        "{path} must be claimed by one profile, but: {known:?}"
    );
    read_as(&known[0].0, bytes, path)
}

/// Reads a file with the profile of a document, whether the words say so or not.
pub(crate) fn read_as(document: &str, bytes: &[u8], path: &str) -> Dataset {
    let profile = profiles()
        .iter()
        .find(|p| p.document_id() == document)
        .unwrap_or_else(|| panic!("no profile {document}"));
    let page = kurabe_read::read(bytes, &kurabe_read::Hint::default()).unwrap();
    let raw = kurabe_layout::lay_out(&page.value, profile);
    let findings = page.findings.into_iter().chain(raw.findings).collect();
    let source = kurabe_normalize::Source {
        path: path.to_owned(),
        media_type: "text/plain".to_owned(),
        encoding: page.value.encoding.clone(),
        bytes: bytes.len() as u64,
        sha256: String::new(),
        reader: "text".to_owned(),
    };
    let mut data = kurabe_normalize::normalize(&raw.value, findings, profile, &source);
    kurabe_normalize::link(&mut data);
    data
}

/// The tables of one transcription, read once.
pub(crate) fn original(document: &str) -> &'static Dataset {
    static READ: OnceLock<Vec<(String, Dataset)>> = OnceLock::new();
    let all = READ.get_or_init(|| {
        bundled()
            .iter()
            .map(|s| (s.document.clone(), read(s.text.as_bytes(), &s.path)))
            .collect()
    });
    &all.iter()
        .find(|(id, _)| id == document)
        .unwrap_or_else(|| panic!("xtask/sources does not hold {document}"))
        .1
}

/// The tables of all published documents in `../shared/corpus`, read once.
pub(crate) fn published() -> Option<&'static Dataset> {
    static READ: OnceLock<Option<Dataset>> = OnceLock::new();
    READ.get_or_init(|| {
        let mut all = Dataset::default();
        for source in sources(&shared()?.join("corpus")) {
            all.append(read(source.text.as_bytes(), &source.path));
        }
        kurabe_normalize::link(&mut all);
        Some(all)
    })
    .as_ref()
}

/// The tables of the files in `raw/`, as the program publishes them; made once.
pub(crate) fn first_run() -> &'static Dataset {
    static READ: OnceLock<Dataset> = OnceLock::new();
    READ.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        run_into("pipeline.toml", "raw", folder.path())
    })
}

/// The tables of the transcriptions, as the program publishes them; made once.
pub(crate) fn transcribed() -> &'static Dataset {
    static READ: OnceLock<Dataset> = OnceLock::new();
    READ.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        run_into("pipeline.toml", "xtask/sources", folder.path())
    })
}

/// Runs a configuration of the repository over a folder of files, into another folder.
fn run_into(config: &str, raw: &str, folder: &Path) -> Dataset {
    published_by(&format!("--config {config} --raw {raw}"), folder)
}

/// Runs the program in the root of the repository with results in a folder.
pub(crate) fn published_by(options: &str, folder: &Path) -> Dataset {
    let (normalized, out) = (folder.join("normalized"), folder.join("out"));
    let line = format!(
        "kurabe run --quiet {options} --normalized {} --out {}",
        normalized.display(),
        out.display()
    );
    let surroundings = Surroundings {
        arguments: line.split_whitespace().map(OsString::from).collect(),
        folder: root(),
        ..Surroundings::default()
    };
    let (mut told, mut warned) = (Vec::new(), Vec::new());
    run(&surroundings, &mut told, &mut warned);
    kurabe::publish::published(&out).unwrap_or_else(|error| {
        panic!("{options}: {error}\n{}", String::from_utf8_lossy(&warned));
    })
}
