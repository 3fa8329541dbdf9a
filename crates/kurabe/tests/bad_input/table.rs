//! The table as a page of the documentation.

use std::fs;
use std::path::Path;

use kurabe::disk::Disk;

use crate::Done;

const HEAD: &str = "<!-- Generated: KURABE_BLESS=1 cargo test -p kurabe --test bad_input -->

# Bad input

What `kurabe run` does with files that are broken, hostile or not what they say. Each is put beside a good
document and given to the program as a process of its own. In every case the good document is published as before, nothing
panics or is ended by a signal, and no process takes more than 512 MB or the run more than 2 seconds (eight times that in a build without
optimisation, in which the test usually runs, and beside other work). A file that is *refused* is the finding `file_unreadable`, which names the file and what to do; *left out* files are
no sources. The exit code is 1 when the file is no known document, because the document that it should be is then missing, too.

PDF, Word, workbooks and HTML are read by a child process; its limits are `limits.seconds` (60) and `limits.memory_bytes`
(512 MiB) of `pipeline.toml`, beside `limits.bytes`, `unpacked_bytes`, `ratio`, `cells`, `cell_characters`, `pages` and `depth`
([decision 0021](../decisions/0021-readers-in-a-child-process.md)).
";

pub(crate) fn page(done: &[Done]) -> String {
    let mut page = HEAD.to_owned();
    let mut group = "";
    for one in done {
        if one.group != group {
            group = one.group;
            page += &format!(
                "\n## {group}\n\n| what it is | file | outcome | exit | what the program says |\n|---|---|---|---|---|\n"
            );
        }
        let said: Vec<String> = one
            .outcome
            .said
            .iter()
            .map(|(code, message)| format!("`{code}` {message}"))
            .collect();
        page += &format!(
            "| {} | `{}` | {} | {} | {} |\n",
            one.case.what,
            one.case.file,
            one.outcome.word(),
            one.outcome.exit,
            cell(&said.join(" "))
        );
    }
    page + &format!(
        "\n{} files. Besides, each of nine formats is read under each of nine endings.\n",
        done.len()
    )
}

/// Text that may stand in a cell of a Markdown table.
fn cell(text: &str) -> String {
    let text = text.trim().replace('|', "\\|");
    text.replace(['\n', '\r'], " ").replace('<', "&lt;")
}

/// Compares a page of the reference with what it should be, or writes it.
pub(crate) fn settle(name: &str, wanted: &str) {
    let home = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2);
    let path = home.unwrap().join("docs/reference").join(name);
    if std::env::var_os("KURABE_BLESS").is_some() {
        Disk::default().replace(&path, wanted.as_bytes()).unwrap();
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    let differing = found.lines().zip(wanted.lines()).find(|(a, b)| a != b);
    assert!(
        found == wanted,
        "docs/reference/{name} is not current ({differing:?}); write it anew with KURABE_BLESS=1"
    );
}
