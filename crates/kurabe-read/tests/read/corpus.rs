//! The real documents, when they are at hand.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use kurabe_page::Block;
use kurabe_trace::Code;

use crate::detect;
use crate::properties::assert_complete;

const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/corpus");

/// Text files below `folder`, sorted; none when the folder is missing.
fn texts(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    paths.sort();
    let below = |path: PathBuf| match path {
        path if path.is_dir() => texts(&path),
        path if path.extension().is_some_and(|e| e == "txt") => vec![path],
        _ => Vec::new(),
    };
    paths.into_iter().flat_map(below).collect()
}

#[test]
fn real_documents_are_read_completely() {
    let paths = texts(Path::new(CORPUS));
    if paths.is_empty() {
        println!("skipped: shared corpus not present");
    }
    for path in paths {
        let bytes = fs::read(&path).unwrap();
        let start = Instant::now();
        let staged = detect(&bytes).unwrap();
        let seconds = start.elapsed().as_secs_f64();
        println!(
            "{}: {:.0} MB/s",
            path.display(),
            bytes.len() as f64 / 1e6 / seconds
        );
        assert_eq!(staged.value.encoding, "UTF-8");
        assert!(
            staged
                .value
                .blocks
                .iter()
                .any(|block| matches!(block, Block::Table(_)))
        );
        assert!(
            staged
                .findings
                .iter()
                .all(|finding| finding.code == Code::MarkupDamaged)
        );
        assert_complete(std::str::from_utf8(&bytes).unwrap(), &staged.value);
    }
}
