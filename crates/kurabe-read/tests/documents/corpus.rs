//! Real documents, when they are at hand. What is expected was counted in the files with
//! Beautiful Soup and python-docx.

use std::fs;

use kurabe_page::{Block, Cell, Page, Table};
use kurabe_read::{Kind, read};
use unicode_normalization::UnicodeNormalization;

use crate::{hint, show};

const SHARED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared");

/// A document of the shared folder as a page.
fn page(path: &str, kind: Kind) -> Option<Page> {
    let Ok(bytes) = fs::read(format!("{SHARED}/{path}")) else {
        println!("skipped: ../shared is absent");
        return None;
    };
    let staged = read(&bytes, &hint(kind)).unwrap();
    let is_document = kind != Kind::Text;
    assert!(
        !is_document || staged.findings.is_empty(),
        "{:?}",
        staged.findings
    );
    Some(staged.value)
}

fn tables(page: &Page) -> Vec<&Table> {
    let tables = page.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        Block::Heading { .. } | Block::Paragraph(_) | Block::Item(_) => None,
    });
    tables.collect()
}

/// Rows, columns and cells with spans of a table, which has every cell of its grid.
fn shape(table: &Table) -> (usize, usize, usize) {
    let columns = table.rows[0].cells.len();
    assert!(table.is_grid && table.rows.iter().all(|row| row.cells.len() == columns));
    let spans = |cell: &&Cell| cell.column_span > 1 || cell.row_span > 1;
    let cells = table.rows.iter().flat_map(|row| &row.cells);
    (table.rows.len(), columns, cells.filter(spans).count())
}

fn shapes(page: &Page) -> Vec<(usize, usize, usize)> {
    tables(page).into_iter().map(shape).collect()
}

/// How many headings, paragraphs, items and tables there are.
fn counts(page: &Page) -> [usize; 4] {
    let mut counts = [0; 4];
    for block in &page.blocks {
        let kind = match block {
            Block::Heading { .. } => 0,
            Block::Paragraph(_) => 1,
            Block::Item(_) => 2,
            Block::Table(_) => 3,
        };
        counts[kind] += 1;
    }
    counts
}

#[test]
fn rows_of_measures_keep_their_sections_over_rows() {
    let Some(page) = page("corpus-formats/matsue.html", Kind::Html) else {
        return;
    };
    assert_eq!(counts(&page), [3, 3, 9, 3]);
    assert_eq!(shapes(&page), [(31, 9, 19), (34, 9, 3), (15, 9, 4)]);
    let first = &tables(&page)[0].rows[1].cells[0];
    assert_eq!((first.raw.as_str(), first.row_span), ("窓口・届出", 3));
    assert!(tables(&page)[0].rows[2].cells[0].is_blank());
    assert_eq!(show::skipped(&page), ["title", "script"]);
}

#[test]
fn sheets_of_measures_keep_their_columns() {
    let Some(page) = page("corpus-formats/yasugi.html", Kind::Html) else {
        return;
    };
    assert_eq!(counts(&page), [1, 1, 0, 46]);
    let rows: usize = tables(&page).iter().map(|table| table.rows.len()).sum();
    assert_eq!(rows, 513);
    assert!(
        shapes(&page)
            .iter()
            .all(|(_, columns, spans)| *columns == 8 && *spans >= 11)
    );
    let title = &tables(&page)[0].rows[0].cells;
    let spans: Vec<u16> = title.iter().map(|cell| cell.column_span).collect();
    assert_eq!(spans, [1, 4, 1, 1, 1, 3, 1, 1]);
}

#[test]
fn a_document_reads_the_same_as_word_and_as_html() {
    let html = page("corpus-formats/oe.html", Kind::Html);
    let word = page("corpus-formats/oe.docx", Kind::Docx);
    let (Some(html), Some(word)) = (html, word) else {
        return;
    };
    assert_eq!(counts(&html), [50, 284, 69, 32]);
    assert_eq!(shapes(&html), shapes(&word));
    assert_eq!(
        shapes(&html)[..4],
        [(7, 3, 0), (8, 3, 0), (2, 2, 0), (4, 2, 0)]
    );
    // The content of a cell is text in the one and a paragraph in the other.
    let word: Vec<String> = show::page(&word)
        .iter()
        .map(|b| b.replace("p:", ""))
        .collect();
    assert_eq!(show::page(&html), word);
}

/// The words of a text without white space and differences of width.
fn folded(text: &str) -> String {
    text.nfkc().filter(|c| !c.is_whitespace()).collect()
}

/// The lines of a page and the rows of its tables.
fn words(page: &Page) -> Vec<String> {
    let mut words = Vec::new();
    for block in &page.blocks {
        match block {
            Block::Heading { line, .. } => words.push(folded(&line.text)),
            Block::Paragraph(lines) | Block::Item(lines) => {
                words.extend(lines.iter().map(|line| folded(&line.text)));
            }
            Block::Table(table) => words.extend(table.rows.iter().map(|row| {
                let cells = row.cells.iter().map(|cell| folded(&cell.text()));
                cells.collect::<Vec<_>>().join("|")
            })),
        }
    }
    words
}

#[test]
fn a_document_says_the_same_as_text_and_as_html() {
    let html = page("corpus-formats/oe.html", Kind::Html);
    let text = page("corpus/oe/dx-plan-r6.txt", Kind::Text);
    let (Some(html), Some(text)) = (html, text) else {
        return;
    };
    assert_eq!(words(&html), words(&text));
}

#[test]
fn a_word_file_of_an_agency_is_read_with_its_numbers() {
    let Some(page) = page("real-files/gif_433_jusho.docx", Kind::Docx) else {
        return;
    };
    assert_eq!(counts(&page), [6, 25, 10, 6]);
    let expected = [
        (1, 1, 0),
        (12, 2, 0),
        (28, 2, 0),
        (12, 8, 0),
        (10, 5, 0),
        (5, 3, 0),
    ];
    assert_eq!(shapes(&page), expected);
    let blocks = show::page(&page);
    let headings: Vec<&str> = blocks
        .iter()
        .map(String::as_str)
        .filter(|b| b.starts_with('h'))
        .collect();
    let expected = [
        "h1 1 住所のデータモデル",
        "h2 1.1 住所データモデルの項目",
        "h2 1.2 必須項目のパターン",
        "h2 1.3 住所文字列の分解と連結表記",
        "h2 1.4 座標情報を用いた位置情報中心のデータ構成",
        "h1 2 改訂履歴",
    ];
    assert_eq!(headings, expected);
    let items: Vec<&str> = blocks
        .iter()
        .map(String::as_str)
        .filter(|b| b.starts_with('-'))
        .collect();
    assert_eq!(items[..2], ["- 1) 都道府県", "- 2) 市区町村"]);
    assert!(items[5].starts_with("- 1) 都道府県 ...") && items[9].contains("ガーデンテラス"));
    assert_eq!(show::skipped(&page), ["running_header"]);
}
