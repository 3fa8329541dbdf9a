//! A second opinion: the characters of each page as another reader of PDF finds them.
//!
//! `pdfni` is a port of pdf.js and shares no code with the interpreter that we use, so that what one
//! of them loses, the other shows.

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::fs;

    use kurabe_page::Unit;

    use super::super::make::{Sheet as Made, document, packed};
    use super::super::open::Document;
    use super::super::sheet::Sheet;
    use super::super::{fold, pages, read, remark};
    use crate::build::PageBuilder;
    use crate::{Hint, Limits};

    const CORPUS: &str = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/corpus-formats"
    );

    /// How often each character stands somewhere.
    type Counts = BTreeMap<char, i64>;

    /// Characters after folding; blanks do not count, nor bullets that are drawn as shapes.
    fn counts<'t>(texts: impl IntoIterator<Item = &'t str>) -> Counts {
        let mut counts = Counts::new();
        for c in texts.into_iter().flat_map(str::chars) {
            let folded = fold::character(c).filter(|c| !c.is_whitespace() && *c != '•');
            if let Some(c) = folded {
                *counts.entry(c).or_default() += 1;
            }
        }
        counts
    }

    fn total(counts: &Counts) -> i64 {
        counts.values().sum()
    }

    /// The characters of each page as we read it, tables and lines.
    fn ours(bytes: &[u8]) -> Vec<Counts> {
        let document = Document::open(bytes.into(), &Limits::default()).unwrap();
        let sheets = pages::sheets(&document).into_iter();
        let of = |sheet: Sheet| {
            let rows = sheet.tables.iter().flat_map(|table| &table.rows);
            let cells = rows.flat_map(|row| &row.cells).map(|c| c.raw.as_str());
            counts(cells.chain(sheet.lines.iter().map(|l| l.raw.as_str())))
        };
        sheets.map(of).collect()
    }

    /// The characters of each page as pdfni reads it; `None` when it refuses the file.
    fn theirs(bytes: &[u8]) -> Option<Vec<Counts>> {
        let text = pdfni::extract_text_from_bytes(bytes, None).ok()?;
        let pages = text.pages.iter();
        let drawn = pages.map(|page| {
            let drawn = page.chars.iter().filter(|c| !c.synthetic);
            counts(drawn.map(|c| c.text.as_str()))
        });
        Some(drawn.collect())
    }

    /// Compares page by page and prints what differs.
    fn assert_agrees(name: &str, bytes: &[u8]) {
        let (ours, theirs) = (ours(bytes), theirs(bytes).unwrap());
        assert_eq!(ours.len(), theirs.len(), "{name}: pages");
        let mut all = 0;
        for (index, (ours, theirs)) in ours.iter().zip(&theirs).enumerate() {
            let mut differ: Counts = ours.clone();
            for (c, n) in theirs {
                *differ.entry(*c).or_default() -= n;
            }
            differ.retain(|_, n| *n != 0);
            let page = index + 1;
            if !differ.is_empty() {
                println!("{name} p{page}: more here (+) or there (-): {differ:?}");
            }
            let unlike: i64 = differ.values().map(|n| n.abs()).sum();
            let most = total(ours).max(total(theirs));
            assert!(unlike * 1000 <= most * 5, "{name} p{page}: {differ:?}");
            all += most;
        }
        println!("{name}: {} pages, {all} characters", ours.len());
    }

    /// Pages as made in tests: text in both directions, ruled and without lines, turned.
    fn made() -> Vec<Made> {
        let text = Made::default()
            .text(50.0, 60.0, 14.0, "第一章 窓口の改善")
            .grid(&[50.0, 150.0, 400.0], &[120.0, 150.0, 180.0])
            .text(54.0, 124.0, 10.0, "番号")
            .text(154.0, 124.0, 10.0, "取組の名前")
            .text(54.0, 154.0, 10.0, "一")
            .text(154.0, 154.0, 10.0, "窓口の改善とキャッシュレス決済")
            .latin(50.0, 200.0, 10.0, "Digital transformation plan");
        let upright = Made::default()
            .vertical(300.0, 60.0, 12.0, "縦書きの計画の本文である。")
            .vertical(280.0, 60.0, 12.0, "二行目（続き）");
        let turned = text.clone().entry("/Rotate 90");
        vec![text, upright, turned]
    }

    /// The file as read by so many threads.
    fn read_by(bytes: &[u8], threads: usize) -> String {
        let file = Document::open(bytes.into(), &Limits::default()).unwrap();
        let sheets = pages::sheets_on(&file, threads);
        let mut builder = PageBuilder::new("pdf", Unit::Line);
        builder.findings = remark::findings(&file, &sheets);
        super::super::document::write(sheets, &mut builder);
        format!("{:?}", builder.finish().unwrap())
    }

    #[test]
    fn pages_are_the_same_for_any_number_of_threads() {
        let mut files = vec![document(&(0..4).flat_map(|_| made()).collect::<Vec<_>>())];
        for name in ["matsue", "oe"] {
            match fs::read(format!("{CORPUS}/{name}.pdf")) {
                Ok(bytes) => files.push(bytes),
                Err(_) => println!("skipped: ../shared is absent"),
            }
        }
        for bytes in files {
            let alone = read_by(&bytes, 1);
            for threads in [2, 4] {
                assert!(read_by(&bytes, threads) == alone, "{threads} threads");
            }
        }
    }

    #[test]
    fn both_readers_find_the_same_characters_on_made_pages() {
        assert_agrees("plain", &document(&made()));
        assert_agrees("packed", &packed(&made()));
    }

    #[test]
    fn both_readers_find_the_same_characters_in_printed_documents() {
        let Ok(folder) = fs::read_dir(CORPUS) else {
            println!("skipped: ../shared is absent");
            return;
        };
        let mut paths: Vec<_> = folder.map(|entry| entry.unwrap().path()).collect();
        paths.retain(|path| path.extension().is_some_and(|e| e == "pdf"));
        paths.sort();
        assert!(!paths.is_empty(), "{CORPUS} holds no PDF");
        for path in paths {
            let name = path.file_name().unwrap().to_string_lossy();
            assert_agrees(&name, &fs::read(&path).unwrap());
        }
    }

    /// A copy with something broken in it; the same for the same number.
    fn damaged(bytes: &[u8], round: usize) -> Vec<u8> {
        let mut bytes = bytes.to_vec();
        let length = bytes.len();
        let at = |part: usize| length * (part % 97) / 97;
        let (from, to) = (at(round * 31 + 7), at(round * 53 + 11));
        match round % 4 {
            0 => bytes.truncate(from.max(40)),
            1 => drop(bytes.drain(from..(from + 5 + round * 3).min(to.max(from + 5)))),
            2 => bytes.copy_within(to..(to + 60).min(length), from.min(length - 60)),
            _ => {
                for step in 0..8 {
                    let place = (from + step * 101) % length;
                    bytes[place] ^= 0x15;
                }
            }
        }
        bytes
    }

    /// Where the other reader finds clearly more text in a damaged file, we have said that something
    /// may be missing.
    fn assert_remarks(name: &str, bytes: &[u8], rounds: usize) {
        let whole: i64 = ours(bytes).iter().map(total).sum();
        let (mut more, mut fewer) = (0, 0);
        for round in 0..rounds {
            let bytes = damaged(bytes, round);
            // More than stood there is no text that was lost here.
            let theirs: i64 = theirs(&bytes).iter().flatten().map(total).sum();
            let theirs = theirs.min(whole);
            let Ok(staged) = read((&bytes).into(), &Hint::default()) else {
                // A file that is refused is no text lost in silence.
                more += usize::from(theirs > 0);
                continue;
            };
            let ours: i64 = ours(&bytes).iter().map(total).sum();
            fewer += usize::from(ours * 20 > theirs * 21);
            if theirs * 20 > ours * 21 {
                more += 1;
                assert!(
                    !staged.findings.is_empty(),
                    "{name}, round {round}: {ours} characters of {theirs} without a word"
                );
            }
        }
        println!("{name}: of {rounds} damaged files pdfni reads more of {more}, less of {fewer}");
    }

    #[test]
    fn text_that_only_the_other_reader_finds_in_damaged_files_is_remarked() {
        assert_remarks("plain", &document(&made()), 400);
        assert_remarks("packed", &packed(&made()), 400);
        match fs::read(format!("{CORPUS}/matsue.pdf")) {
            Ok(bytes) => assert_remarks("matsue", &bytes, 12),
            Err(_) => println!("skipped: ../shared is absent"),
        }
    }
}
