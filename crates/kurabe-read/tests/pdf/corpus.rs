//! Documents that were printed from HTML, whose cells are therefore known.

use std::fs;
use std::path::Path;

use kurabe_page::{Block, Page};
use unicode_normalization::UnicodeNormalization;

use crate::pdf;

const CORPUS: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../../shared/corpus-formats"
);

/// The form in which texts are compared.
fn key(text: &str) -> String {
    text.nfkc().filter(|c| !c.is_whitespace()).collect()
}

/// A row of cells; `None` where another cell covers one.
type Cells = Vec<Option<String>>;

/// The rows of every table of an HTML file that is known to be well formed.
fn html_tables(html: &str) -> Vec<Vec<Cells>> {
    let tables = html.split("<table").skip(1);
    let inside = tables.filter_map(|t| t.split_once('>')?.1.split("</table>").next());
    inside.map(html_rows).collect()
}

fn html_rows(table: &str) -> Vec<Cells> {
    let mut open: Vec<usize> = Vec::new();
    let mut rows = Vec::new();
    for row in table.split("<tr").skip(1) {
        let mut cells: Cells = Vec::new();
        for cell in row
            .split("<t")
            .skip(1)
            .filter(|c| c.starts_with(['d', 'h']))
        {
            let (tag, rest) = cell.split_once('>').unwrap();
            let text = rest.split("</t").next().unwrap();
            cover(&mut cells, &mut open);
            let span = |name: &str| {
                let value = tag.split_once(&format!("{name}=\"")).map(|(_, v)| v);
                value.map_or(1, |v| v.split('"').next().unwrap().parse().unwrap())
            };
            for column in 0..span("colspan") {
                open.resize(open.len().max(cells.len() + 1), 0);
                open[cells.len()] = span("rowspan");
                cells.push((column == 0).then(|| plain(text)));
            }
        }
        cover(&mut cells, &mut open);
        open.iter_mut().for_each(|n| *n = n.saturating_sub(1));
        rows.push(cells);
    }
    rows
}

/// Adds the cells that one above covers.
fn cover(cells: &mut Cells, open: &mut [usize]) {
    while open.get(cells.len()).is_some_and(|rows| *rows > 0) {
        cells.push(None);
    }
}

fn plain(html: &str) -> String {
    let text = html.replace("<br>", "\n").replace("&lt;", "<");
    text.replace("&gt;", ">")
        .replace("&amp;", "&")
        .replace("&quot;", "\"")
}

fn pdf_rows(page: &Page) -> Vec<Vec<String>> {
    let tables = page.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    let rows = tables.flat_map(|t| &t.rows);
    rows.map(|r| r.cells.iter().map(kurabe_page::Cell::text).collect())
        .collect()
}

/// What a comparison counted.
#[derive(Debug, Default)]
struct Score {
    cells: usize,
    equal: usize,
    /// Cells with line breaks or without, whose lines are the same.
    lines: usize,
    repeated: usize,
    shapes: usize,
}

impl Score {
    fn row(&mut self, expected: &Cells, found: &[String]) {
        let same_shape = expected.len() == found.len();
        self.shapes += usize::from(!same_shape);
        let (wanted, found): (Vec<&str>, Vec<&str>) = if same_shape {
            let wanted = expected.iter().map(|c| c.as_deref().unwrap_or(""));
            (wanted.collect(), found.iter().map(String::as_str).collect())
        } else {
            let wanted = expected.iter().flatten().map(String::as_str);
            let written = |t: &&str| !t.trim().is_empty();
            let found = found.iter().map(String::as_str).filter(written);
            (wanted.filter(written).collect(), found.collect())
        };
        for (index, wanted) in wanted.iter().enumerate() {
            let found = found.get(index).copied().unwrap_or("");
            self.cells += 1;
            if key(wanted) == key(found) {
                self.equal += 1;
            } else {
                println!("  - {wanted:?}\n  + {found:?}");
            }
            let lines = |t: &str| t.lines().map(key).collect::<Vec<_>>();
            if lines(wanted) == lines(found) {
                self.lines += 1;
            } else if std::env::var_os("KURABE_LINES").is_some() {
                println!("  lines - {wanted:?}\n  lines + {found:?}");
            }
        }
    }
}

fn compare(name: &str) -> Option<Score> {
    let folder = Path::new(CORPUS);
    let html = fs::read_to_string(folder.join(name).with_extension("html")).ok()?;
    let bytes = fs::read(folder.join(name).with_extension("pdf")).ok()?;
    let staged = pdf(&bytes).unwrap();
    assert_eq!(staged.findings, [], "{name}");
    let mut found = pdf_rows(&staged.value).into_iter().peekable();
    let mut score = Score::default();
    for table in html_tables(&html) {
        let header: Vec<String> = table[0]
            .iter()
            .map(|c| key(c.as_deref().unwrap_or("")))
            .collect();
        for (index, row) in table.iter().enumerate() {
            let is_header =
                |r: &Vec<String>| r.iter().map(|t| key(t)).collect::<Vec<_>>() == header;
            while index > 0 && found.next_if(is_header).is_some() {
                score.repeated += 1;
            }
            score.row(row, &found.next().unwrap_or_default());
        }
    }
    assert_eq!(found.count(), 0, "{name}: more rows than were printed");
    Some(score)
}

#[test]
fn cells_of_printed_documents_are_the_cells_of_their_source() {
    for name in ["matsue", "oe", "yasugi"] {
        let Some(score) = compare(name) else {
            println!("skipped: ../shared is absent");
            return;
        };
        println!("{name}: {score:?}");
        assert!(score.equal * 1000 >= score.cells * 995, "{name}: {score:?}");
        assert!(score.lines * 100 >= score.cells * 99, "{name}: {score:?}");
    }
}

/// Headings, paragraphs and items of an HTML file outside of its tables: name of the element, text.
fn html_texts(html: &str) -> Vec<(String, String)> {
    let (_, body) = html.split_once("<body>").unwrap();
    let parts = body.split("<table").enumerate();
    let outside = parts.map(|(index, part)| match index {
        0 => part,
        _ => part.split_once("</table>").unwrap().1,
    });
    let outside: String = outside.collect();
    let elements = outside.split('<').filter_map(|e| e.split_once('>'));
    let named =
        elements.filter(|(name, _)| matches!(*name, "h1" | "h2" | "h3" | "h4" | "p" | "li"));
    let texts = named.map(|(name, text)| {
        let text = plain(text);
        let text = text.trim_start_matches("- ");
        (name.to_owned(), key(text))
    });
    texts.filter(|(_, text)| !text.is_empty()).collect()
}

fn pdf_texts(page: &Page) -> Vec<(String, String)> {
    let mut texts = Vec::new();
    for block in &page.blocks {
        match block {
            Block::Heading { level, line } => texts.push((format!("h{level}"), key(&line.text))),
            Block::Paragraph(lines) => {
                texts.extend(lines.iter().map(|l| ("p".to_owned(), key(&l.text))));
            }
            Block::Item(lines) => {
                texts.extend(lines.iter().map(|l| ("li".to_owned(), key(&l.text))))
            }
            Block::Table(_) => {}
        }
    }
    texts
}

#[test]
fn paragraphs_of_printed_documents_are_those_of_their_source() {
    for name in ["matsue", "oe", "yasugi"] {
        let folder = Path::new(CORPUS);
        let Ok(html) = fs::read_to_string(folder.join(name).with_extension("html")) else {
            println!("skipped: ../shared is absent");
            return;
        };
        let bytes = fs::read(folder.join(name).with_extension("pdf")).unwrap();
        let wanted = html_texts(&html);
        let found = pdf_texts(&pdf(&bytes).unwrap().value);
        let has = |text: &str| found.iter().any(|(_, t)| t == text);
        let lost: Vec<_> = wanted.iter().filter(|(_, text)| !has(text)).collect();
        println!("{name}: {} of {} texts differ", lost.len(), wanted.len());
        lost.iter()
            .for_each(|(element, text)| println!("  {element} {text}"));
        let is_heading = |(name, _): &&(String, String)| name.starts_with('h');
        let headings: Vec<_> = wanted.iter().filter(is_heading).collect();
        let found_headings: Vec<_> = found.iter().filter(is_heading).collect();
        println!("{found_headings:?}\n{headings:?}");
        assert!(lost.len() * 100 <= wanted.len(), "{name}");
    }
}
