//! What is read of files that are damaged, hostile or hold no text.

use std::fmt::Write as _;
use std::time::Instant;

use kurabe_page::{Block, Page};
use kurabe_read::{Hint, Kind, Limits, ReadError, read};
use kurabe_trace::Code;

use crate::make::{Sheet, document, file, packed};
use crate::pdf;

fn sample() -> Vec<u8> {
    document(&sheets())
}

fn sheets() -> [Sheet; 3] {
    let page = |n: u32| {
        Sheet::default()
            .text(50.0, 60.0, 14.0, &format!("第{n}章の見出し"))
            .text(
                50.0,
                90.0,
                10.0,
                "本文の段落は改行を含まない一行の文である。",
            )
            .grid(&[50.0, 150.0, 400.0], &[120.0, 150.0, 180.0])
            .text(54.0, 124.0, 10.0, "番号")
            .text(154.0, 124.0, 10.0, "取組の名前")
            .text(54.0, 154.0, 10.0, "一")
            .text(154.0, 154.0, 10.0, "窓口の改善とキャッシュレス決済")
            .latin(50.0, 200.0, 10.0, "Digital transformation plan")
    };
    [page(1), page(2), page(3)]
}

/// Characters of a page, blanks left out.
fn characters(page: &Page) -> usize {
    let count = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
    let of = |block: &Block| match block {
        Block::Heading { line, .. } => count(&line.text),
        Block::Paragraph(lines) | Block::Item(lines) => lines.iter().map(|l| count(&l.text)).sum(),
        Block::Table(table) => {
            let cells = table.rows.iter().flat_map(|r| &r.cells);
            cells.map(|c| count(&c.text())).sum()
        }
    };
    page.blocks.iter().map(of).sum()
}

#[test]
fn a_page_without_text_is_remarked_and_a_file_without_any_refused() {
    let picture = Sheet::default().raw("q 500 0 0 700 40 70 cm /I Do Q");
    let text = Sheet::default().text(50.0, 100.0, 10.0, "本文");
    let staged = pdf(&document(&[text, picture.clone()])).unwrap();
    let found: Vec<_> = staged
        .findings
        .iter()
        .map(|f| (f.code, f.locator.to_string()))
        .collect();
    assert_eq!(found, [(Code::PageWithoutText, "p2".to_owned())]);
    assert_eq!(pdf(&document(&[picture])), Err(ReadError::Scanned));
    assert_eq!(pdf(&document(&[Sheet::default()])), Err(ReadError::Empty));
}

#[test]
fn a_file_that_is_cut_off_is_read_as_far_as_it_goes_and_remarked() {
    let whole = sample();
    for part in [9, 8, 6] {
        let cut = &whole[..whole.len() * part / 10];
        match pdf(cut) {
            Ok(staged) => assert!(staged.findings.iter().any(|f| f.code == Code::FileDamaged)),
            Err(error) => assert!(matches!(error, ReadError::Damaged { .. }), "{error}"),
        }
    }
}

#[test]
fn a_wrong_place_of_the_table_of_objects_loses_nothing() {
    let whole = String::from_utf8(sample()).unwrap();
    let (before, _) = whole.split_once("startxref").unwrap();
    let staged = pdf(format!("{before}startxref\n7\n%%EOF\n").as_bytes()).unwrap();
    let sound = pdf(whole.as_bytes()).unwrap();
    assert_eq!(characters(&staged.value), characters(&sound.value));
    assert!(staged.findings.iter().any(|f| f.code == Code::FileDamaged));
}

#[test]
fn bytes_before_the_header_do_not_matter() {
    let mut shifted = b"\xEF\xBB\xBFMIME noise\r\n".to_vec();
    shifted.extend(sample());
    let found = pdf(&shifted).unwrap();
    let sound = pdf(&sample()).unwrap();
    assert_eq!(found.value.blocks, sound.value.blocks);
}

#[test]
fn what_is_no_pdf_at_all_is_refused() {
    for bytes in [&b""[..], b"%PDF-1.7\n", b"hello", &[0; 5000]] {
        let error = pdf(bytes).unwrap_err();
        assert!(matches!(error, ReadError::Damaged { .. }), "{error}");
    }
}

#[test]
fn a_tree_of_pages_that_goes_in_circles_ends() {
    let circular = file(&[
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 1 >>".to_owned(),
    ]);
    let error = pdf(&circular).unwrap_err();
    assert!(matches!(error, ReadError::Damaged { .. }), "{error}");
}

#[test]
fn forms_that_draw_each_other_many_times_are_not_followed() {
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /XObject << /X 5 0 R >> >> \
         /Contents 4 0 R >>"
            .to_owned(),
        "<< /Length 5 >>\nstream\n/X Do\nendstream".to_owned(),
    ];
    let content = "/X Do ".repeat(100);
    for next in 6..30 {
        let mut form = format!(
            "<< /Type /XObject /Subtype /Form /BBox [0 0 500 500] /Resources << /XObject << /X {next} 0 R \
             >> >> /Length {} >>",
            content.len()
        );
        write!(form, "\nstream\n{content}\nendstream").unwrap();
        objects.push(form);
    }
    let start = Instant::now();
    let error = pdf(&file(&objects)).unwrap_err();
    assert!(matches!(error, ReadError::Damaged { .. }), "{error}");
    assert!(start.elapsed().as_secs() < 5);
}

#[test]
fn a_font_that_cannot_be_read_is_remarked_as_its_text_is_lost() {
    let sheet = Sheet::default()
        .text(50.0, 60.0, 10.0, "読める本文")
        .vertical(300.0, 60.0, 12.0, "縦書きの本文");
    let file = String::from_utf8(document(&[sheet])).unwrap();
    let broken = file.replace("/UniJIS-UCS2-V", "/UniJIS-UCF2-V");
    let staged = pdf(broken.as_bytes()).unwrap();
    assert_eq!(characters(&staged.value), 5);
    let codes: Vec<Code> = staged.findings.iter().map(|f| f.code).collect();
    assert_eq!(codes, [Code::FileDamaged]);
}

#[test]
fn limits_hold() {
    let refused = |limits: Limits| {
        let hint = Hint {
            kind: Some(Kind::Pdf),
            limits,
            ..Hint::default()
        };
        match read(sample(), &hint) {
            Err(ReadError::TooLarge { limit, .. }) => limit,
            other => panic!("{other:?}"),
        }
    };
    let limits = Limits::default;
    assert_eq!(
        refused(Limits {
            pages: 2,
            ..limits()
        }),
        "pages"
    );
    assert_eq!(
        refused(Limits {
            cells: 5,
            ..limits()
        }),
        "cells"
    );
}

#[test]
fn a_password_is_asked_for() {
    let mut bytes = String::from_utf8(sample()).unwrap();
    let encrypt = "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <28BF4E5E4E758A4164004E56FFFA01082E\
                   2E00B6D0683E802F0CA9FE6453697A> /U <0000000000000000000000000000000000000000000000\
                   000000000000000000> >> /ID [<00> <00>]";
    bytes = bytes.replace("/Root 1 0 R", &format!("/Root 1 0 R {encrypt}"));
    let error = pdf(bytes.as_bytes()).unwrap_err();
    assert_eq!(error, ReadError::Encrypted { format: "PDF" });
}

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(below.max(1)).unwrap()).unwrap()
    }

    /// The bytes with something broken in them.
    fn mutate(&mut self, bytes: &[u8]) -> Vec<u8> {
        let mut bytes = bytes.to_vec();
        match self.roll(5) {
            0 => bytes.truncate(self.roll(bytes.len())),
            1 => {
                let from = self.roll(bytes.len());
                let to = (from + 1 + self.roll(400)).min(bytes.len());
                bytes.drain(from..to);
            }
            2 => {
                let (from, to) = (self.roll(bytes.len()), self.roll(bytes.len()));
                let length = self.roll(300).min(bytes.len() - from.max(to));
                bytes.copy_within(from..from + length, to);
            }
            _ => {
                for _ in 0..=self.roll(12) {
                    let at = self.roll(bytes.len());
                    bytes[at] = u8::try_from(self.roll(256)).unwrap();
                }
            }
        }
        bytes
    }
}

/// Reads mutated copies: none may stop the reader, and none may lose text without a remark.
fn survives(name: &str, bytes: &[u8], rounds: usize, seed: u64) {
    let sound = pdf(bytes).unwrap();
    let whole = characters(&sound.value);
    let mut dice = Dice(seed);
    let (mut errors, mut remarked, mut lost) = (0, 0, Vec::new());
    for round in 0..rounds {
        let mutated = dice.mutate(bytes);
        let start = Instant::now();
        match pdf(&mutated) {
            Err(_) => errors += 1,
            Ok(staged) if !staged.findings.is_empty() => remarked += 1,
            Ok(staged) if characters(&staged.value) * 10 < whole * 9 => lost.push(round),
            Ok(_) => {}
        }
        assert!(start.elapsed().as_secs() < 20, "{name}: round {round}");
    }
    println!("{name}: {rounds} rounds, {errors} errors, {remarked} remarked, lost {lost:?}");
    assert_eq!(lost, [0; 0], "{name}: text was lost without a word");
}

#[test]
fn damaged_files_are_read_or_refused_but_never_lose_text_silently() {
    survives("sample", &packed(&sheets()), 600, 0x5EED_0001);
}

#[test]
fn a_damaged_print_of_a_real_document_does_not_lose_text_silently() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/corpus-formats/matsue.pdf"
    );
    let Ok(bytes) = std::fs::read(path) else {
        println!("skipped: ../shared is absent");
        return;
    };
    survives("matsue", &bytes, 20, 0x5EED_0002);
}
