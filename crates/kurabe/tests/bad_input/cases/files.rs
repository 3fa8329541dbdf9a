//! What is no plain file, and names.

use std::os::unix::fs::symlink;
use std::path::Path;

use kurabe::disk::{Disk, make_folder};

use super::{Case, case, place};
use crate::samples;

fn put(path: &Path, bytes: &[u8]) {
    make_folder(path.parent().unwrap()).unwrap();
    Disk::default().create(path, bytes, false).unwrap();
}

/// A file of 300 MB of which nothing is on the disk.
fn sparse(raw: &Path) {
    let path = raw.join("sparse.txt");
    put(&path, b"x");
    let file = std::fs::OpenOptions::new().write(true).open(path).unwrap();
    file.set_len(300 << 20).unwrap();
}

fn pipe(raw: &Path) {
    use rustix::fs::{CWD, FileType, Mode, mknodat};
    mknodat(
        CWD,
        raw.join("pipe.txt"),
        FileType::Fifo,
        Mode::RUSR | Mode::WUSR,
        0,
    )
    .unwrap();
}

/// The name 計画.txt in CP932, as an old archive leaves it.
fn name_in_cp932(raw: &Path) {
    use std::os::unix::ffi::OsStrExt;
    let name = std::ffi::OsStr::from_bytes(b"\x8Cv\x89\xE6.txt");
    put(&raw.join(name), &samples::text());
}

pub(super) fn cases() -> Vec<Case> {
    vec![
        place("file of 300 MB", "sparse.txt", sparse),
        place("link to a file outside", "link.txt", |raw| {
            put(&raw.join("../elsewhere.txt"), &samples::text());
            symlink("../elsewhere.txt", raw.join("link.txt")).unwrap();
        }),
        place("link to a folder outside", "folder", |raw| {
            put(&raw.join("../elsewhere/plan.txt"), &samples::text());
            symlink("../elsewhere", raw.join("folder")).unwrap();
        }),
        place("link to the whole file system", "root", |raw| {
            symlink("/", raw.join("root")).unwrap()
        }),
        place("link to a device without end", "zero.txt", |raw| {
            symlink("/dev/zero", raw.join("zero.txt")).unwrap()
        }),
        place("link to nothing", "nothing.txt", |raw| {
            symlink("gone.txt", raw.join("nothing.txt")).unwrap()
        }),
        place("link to itself", "circle.txt", |raw| {
            symlink("circle.txt", raw.join("circle.txt")).unwrap()
        }),
        place("links of a folder to itself", "again", |raw| {
            for name in ["again", "again-2", "again-3"] {
                symlink(".", raw.join(name)).unwrap();
            }
        }),
        place("pipe that nobody writes to", "pipe.txt", pipe),
        place("folder with the name of a file", "folder.pdf", |raw| {
            make_folder(&raw.join("folder.pdf")).unwrap()
        }),
        place("folders in folders, 60 deep", "a", |raw| {
            put(
                &raw.join("a/".repeat(60)).join("plan.txt"),
                &samples::text(),
            )
        }),
        place("name that is not UTF-8", "v", name_in_cp932),
        place("name with two dots", "計画..v2.txt", |raw| {
            put(&raw.join("計画..v2.txt"), &samples::text())
        }),
        place("name that begins with two dots", "..計画.txt", |raw| {
            put(&raw.join("..計画.txt"), &samples::text())
        }),
        place("name with blanks and quotes", "計 画\"'`$(x).txt", |raw| {
            put(&raw.join("計 画\"'`$(x).txt"), b"")
        }),
        case("file without an ending", "計画", samples::text),
    ]
}
