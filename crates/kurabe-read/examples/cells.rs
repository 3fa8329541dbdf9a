//! Reads a file and prints the cells of its tables as JSON, with the seconds that reading took and
//! the most memory that the process used. For `benches/peers/`, whose other readers print the same.
//!
//! `cargo run --release -p kurabe-read --example cells -- FILE [TIMES]`
#![allow(
    clippy::print_stdout,
    reason = "the program is started for what it prints"
)]

use std::error::Error;
use std::fs;
use std::time::Instant;

use kurabe_page::{Block, Cell, Node, Page, Table};
use kurabe_read::{Hint, read};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().ok_or("usage: cells FILE [TIMES]")?;
    let times: usize = arguments.next().map_or(Ok(1), |times| times.parse())?;
    let mut seconds = Vec::new();
    let mut page = Page::default();
    for _ in 0..times.max(1) {
        let began = Instant::now();
        let bytes = fs::read(&path)?;
        let hint = Hint {
            name: Some(&path),
            ..Hint::default()
        };
        page = read(bytes, &hint)?.value;
        seconds.push(began.elapsed().as_secs_f64());
    }
    let rows: Vec<Vec<String>> = page.blocks.iter().flat_map(rows).collect();
    let told = serde_json::json!({"rows": rows, "seconds": seconds, "peak_kb": peak_kb()});
    println!("{told}");
    Ok(())
}

/// The rows of a table; none for other blocks.
fn rows(block: &Block) -> Vec<Vec<String>> {
    match block {
        Block::Table(table) => rows_of(table),
        Block::Heading { .. } | Block::Paragraph(_) | Block::Item(_) => Vec::new(),
    }
}

fn rows_of(table: &Table) -> Vec<Vec<String>> {
    let rows = table.rows.iter();
    rows.map(|row| row.cells.iter().map(text).collect())
        .collect()
}

/// The text of a cell, with that of tables nested in it.
fn text(cell: &Cell) -> String {
    let nodes = cell.content.iter().map(|node| match node {
        Node::Table(table) => rows_of(table).concat().join("\n"),
        Node::Text(text) | Node::Paragraph(text) | Node::Item(text) | Node::ListText(text) => {
            text.clone()
        }
    });
    nodes.collect::<Vec<_>>().join("\n")
}

/// The most memory that was resident at once, where the system tells.
fn peak_kb() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
