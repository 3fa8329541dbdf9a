//! Every reader on files that were damaged at random, the same in every run: none may panic or hang,
//! and none may lose more than a tenth of the text without a word.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test may fail and say how far it came"
)]

mod damage;
#[path = "../samples/mod.rs"]
mod samples;

use std::time::{Duration, Instant};

use damage::{Dice, repacked, torn};
use kurabe_page::{Block, Node, Page};
use kurabe_read::{Hint, Kind, read};

/// Damaged files that are made of each sample in each way.
const EACH: usize = 320;

/// The longest that one of them may take; programs without optimisation take longer.
const LONGEST: Duration = Duration::from_secs(if cfg!(debug_assertions) { 8 } else { 2 });

/// Characters of a text that are not blank.
fn count(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

fn of_nodes(nodes: &[Node]) -> usize {
    let of = |node: &Node| match node {
        Node::Table(table) => {
            let cells = table.rows.iter().flat_map(|row| &row.cells);
            cells.map(|cell| of_nodes(&cell.content)).sum()
        }
        node => node.text().map_or(0, count),
    };
    nodes.iter().map(of).sum()
}

/// Characters that were read, blanks left out.
fn characters(page: &Page) -> usize {
    let of = |block: &Block| match block {
        Block::Heading { line, .. } => count(&line.text),
        Block::Paragraph(lines) | Block::Item(lines) => lines.iter().map(|l| count(&l.text)).sum(),
        Block::Table(table) => {
            let cells = table.rows.iter().flat_map(|row| &row.cells);
            // What is markup in a cell of a text stands in its raw words.
            cells
                .map(|cell| count(&cell.raw).max(of_nodes(&cell.content)))
                .sum()
        }
    };
    page.blocks.iter().map(of).sum()
}

/// How much text a damaged file still holds, for formats whose end nobody can see: a text that was
/// cut is a shorter text. Bound formats hold all that the sample held.
fn held(ending: &str, bytes: &[u8], whole: usize) -> usize {
    let text = String::from_utf8_lossy(bytes);
    match ending {
        "txt" => text
            .lines()
            .map(|line| count(line.trim_start_matches(['#', '-', '*', ' '])))
            .sum(),
        "csv" => count(&text.replace([',', '"'], "")),
        "html" => shown(&text),
        _ => whole,
    }
}

/// Characters outside tags after the head of an HTML text.
fn shown(text: &str) -> usize {
    let body = text.split_once("<body>").map_or("", |(_, body)| body);
    let pieces = body.split('<').skip(1);
    pieces
        .filter_map(|p| p.split_once('>'))
        .map(|(_, text)| count(text))
        .sum()
}

struct Tally {
    refused: usize,
    remarked: usize,
    read: usize,
}

/// Reads damaged copies of a sample; the files that lost text without a word are a failure.
fn survive(name: &str, ending: &str, sample: &[u8], damage: fn(&mut Dice, &[u8]) -> Vec<u8>) {
    let file = format!("sample.{ending}");
    let hint = |kind| Hint {
        name: Some(&file),
        kind,
        ..Hint::default()
    };
    let whole = characters(&read(sample, &hint(None)).unwrap().value);
    let mut dice = Dice::new(0x9E37_79B9_7F4A_7C15);
    let mut tally = Tally {
        refused: 0,
        remarked: 0,
        read: 0,
    };
    let mut lost = Vec::new();
    for round in 0..EACH {
        let bytes = damage(&mut dice, sample);
        // Every other file is read as what it was made as, whatever it looks like now.
        let kind = Kind::parse(kind_of(ending)).filter(|_| round % 2 == 0);
        let start = Instant::now();
        let staged = read(&bytes, &hint(kind));
        assert!(
            start.elapsed() < LONGEST,
            "{name}: round {round} takes too long"
        );
        match staged {
            Err(_) => tally.refused += 1,
            Ok(staged) if !staged.findings.is_empty() || !staged.value.skipped.is_empty() => {
                tally.remarked += 1;
            }
            Ok(staged) => {
                tally.read += 1;
                let (found, held) = (characters(&staged.value), held(ending, &bytes, whole));
                if found * 10 < held * 9 {
                    lost.push((round, found, held));
                }
            }
        }
    }
    let Tally {
        refused,
        remarked,
        read,
    } = tally;
    println!(
        "{name}: {EACH} files, {refused} refused, {remarked} remarked, {read} read without a word"
    );
    assert!(
        lost.is_empty(),
        "{name}: lost text without a word in (round, found, held) {lost:?}"
    );
}

fn kind_of(ending: &str) -> &str {
    match ending {
        "txt" => "text",
        "xlsx" | "xlsb" | "xls" | "ods" => "workbook",
        other => other,
    }
}

fn sample(ending: &str) -> Vec<u8> {
    let all = samples::all();
    all.into_iter()
        .find(|(known, _)| *known == ending)
        .unwrap()
        .1
}

/// One test for each format, and one for the parts of each packed format.
macro_rules! formats {
    ($($test:ident $ending:literal $damage:ident;)+) => {$(
        #[test]
        fn $test() {
            survive(stringify!($test), $ending, &sample($ending), $damage);
        }
    )+};
}

formats! {
    text "txt" torn;
    csv "csv" torn;
    html "html" torn;
    xlsx "xlsx" torn;
    xlsx_parts "xlsx" repacked;
    xlsb "xlsb" torn;
    xlsb_parts "xlsb" repacked;
    xls "xls" torn;
    ods "ods" torn;
    ods_parts "ods" repacked;
    docx "docx" torn;
    docx_parts "docx" repacked;
    pdf "pdf" torn;
}
