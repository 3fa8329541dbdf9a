//! PDF.

use super::{Case, case, cut, spoilt};
use crate::samples::build::deflated;
use crate::samples::{self, TITLE, pdf};

/// A file of these objects, the first of which is the catalogue.
fn file(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut file = b"%PDF-1.7\n".to_vec();
    let mut offsets = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        offsets.push(file.len());
        file.extend(format!("{} 0 obj\n", index + 1).into_bytes());
        file.extend(object);
        file.extend(b"\nendobj\n");
    }
    let (start, count) = (file.len(), objects.len() + 1);
    file.extend(format!("xref\n0 {count}\n0000000000 65535 f \n").into_bytes());
    for offset in offsets {
        file.extend(format!("{offset:010} 00000 n \n").into_bytes());
    }
    file.extend(
        format!("trailer\n<< /Size {count} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n")
            .into_bytes(),
    );
    file
}

fn stream(entries: &str, data: &[u8]) -> Vec<u8> {
    let head = format!("<< {entries} /Length {} >>\nstream\n", data.len());
    [head.as_bytes(), data, b"\nendstream"].concat()
}

/// A file of one page with these instructions, resources and further objects from number 5 on.
fn one_page(content: Vec<u8>, resources: &str, more: Vec<Vec<u8>>) -> Vec<u8> {
    let mut objects = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        format!("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << {resources} >> /Contents 4 0 R >>").into_bytes(),
        content,
    ];
    objects.extend(more);
    file(&objects)
}

/// A stream that unpacks to so many bytes.
fn bomb(head: &str, bytes: usize) -> Vec<u8> {
    [b"\x78\x9C".as_slice(), &deflated(head, bytes)].concat()
}

/// A file with one page in a tree of pages so deep.
fn deep_tree(depth: usize) -> Vec<u8> {
    let mut objects = vec![b"<< /Type /Catalog /Pages 2 0 R >>".to_vec()];
    for n in 0..depth {
        objects.push(format!("<< /Type /Pages /Kids [{} 0 R] /Count 1 >>", n + 3).into_bytes());
    }
    objects.push(b"<< /Type /Page /MediaBox [0 0 595 842] >>".to_vec());
    file(&objects)
}

/// Forms that each draw the next one a hundred times.
fn forms() -> Vec<u8> {
    let content = "/X Do ".repeat(100);
    let form = |next: usize| {
        let entries = format!(
            "/Type /XObject /Subtype /Form /BBox [0 0 500 500] /Resources << /XObject << /X {next} 0 R >> >>"
        );
        stream(&entries, content.as_bytes())
    };
    one_page(
        stream("", b"/X Do"),
        "/XObject << /X 5 0 R >>",
        (6..30).map(form).collect(),
    )
}

/// The text of the sample with something in its place.
fn changed(from: &str, to: &str) -> Vec<u8> {
    let text = String::from_utf8(pdf::document(&samples::pdf_pages())).unwrap();
    assert!(text.contains(from));
    text.replace(from, to).into_bytes()
}

fn encrypted() -> Vec<u8> {
    let nothing = "00".repeat(32);
    changed(
        "/Root 1 0 R",
        &format!(
            "/Root 1 0 R /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{nothing}> /U <{nothing}> >> /ID [<00> <00>]"
        ),
    )
}

/// A font whose table of characters claims all numbers of four bytes.
fn endless_map() -> Vec<u8> {
    let map = "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00000000> <FFFFFFFF> endcodespacerange \
               1 beginbfrange <00000000> <FFFFFFFF> <0041> endbfrange 1 begincidrange <00000000> <FFFFFFFF> 0 endcidrange endcmap";
    let font = b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding 6 0 R /ToUnicode 6 0 R /DescendantFonts [7 0 R] >>";
    let own = b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /X /DW 1000 /CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) /Supplement 2 >> >>";
    let content = stream("", b"BT /F 10 Tf 50 700 Td <00000041> Tj ET");
    one_page(
        content,
        "/Font << /F 5 0 R >>",
        vec![
            font.to_vec(),
            stream("/Type /CMap /CMapName /X", map.as_bytes()),
            own.to_vec(),
        ],
    )
}

fn damaged() -> Vec<Case> {
    let scanned = || pdf::Sheet::default().raw("q 500 0 0 700 40 70 cm /I Do Q");
    vec![
        case("PDF cut off", "cut.pdf", || cut(samples::pdf_file(), 60)),
        case("PDF with bytes changed", "spoilt.pdf", || {
            spoilt(samples::pdf_file(), 400)
        }),
        case("PDF after other bytes", "shifted.pdf", || {
            [
                b"\xEF\xBB\xBFMIME noise\r\n".as_slice(),
                &samples::pdf_file(),
            ]
            .concat()
        }),
        case("PDF that is its first line only", "head.pdf", || {
            b"%PDF-1.7\n".to_vec()
        }),
        case(
            "PDF whose table of objects stands elsewhere",
            "startxref.pdf",
            || changed("startxref\n", "startxref\n7"),
        ),
        case("PDF whose pages are pictures", "scan-1.pdf", move || {
            pdf::document(&[scanned(), scanned()])
        }),
        case(
            "PDF of one page of text and one picture",
            "scan-2.pdf",
            move || {
                let text = pdf::Sheet::default().text(50.0, 50.0, 16.0, TITLE);
                pdf::document(&[text, scanned()])
            },
        ),
        case("PDF with empty pages", "blank.pdf", || {
            pdf::document(&[pdf::Sheet::default()])
        }),
        case("PDF with a password", "secret.pdf", encrypted),
        case("PDF with pages in a circle", "circle.pdf", || {
            file(&[
                b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
                b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>".to_vec(),
            ])
        }),
        case("PDF with a tree of pages 30 000 deep", "tree.pdf", || {
            deep_tree(30_000)
        }),
        case(
            "PDF that claims two thousand million pages",
            "count.pdf",
            || changed("/Count 2", "/Count 2147483647"),
        ),
    ]
}

fn nested() -> Vec<Case> {
    let flate = "/Filter /FlateDecode";
    let nested = |open: &'static str, close: &'static str| {
        move || {
            let deep = format!(
                "<< /X {}1{} >>",
                open.repeat(100_000),
                close.repeat(100_000)
            );
            one_page(
                stream("", b"BT ET"),
                "/XObject 5 0 R",
                vec![deep.into_bytes()],
            )
        }
    };
    vec![
        case(
            "PDF with a tables-of-objects chain in a circle",
            "previous.pdf",
            || changed("/Root 1 0 R", "/Root 1 0 R /Prev 9"),
        ),
        case(
            "PDF with arrays 100 000 deep",
            "arrays.pdf",
            nested("[", "]"),
        ),
        case(
            "PDF with dictionaries 100 000 deep",
            "dictionaries.pdf",
            nested("<< /X ", " >>"),
        ),
        case(
            "PDF with arrays 100 000 deep among its instructions",
            "content.pdf",
            || one_page(stream("", "[".repeat(100_000).as_bytes()), "", Vec::new()),
        ),
        case("PDF with a million saved states", "states.pdf", || {
            one_page(
                stream("", "q ".repeat(1_000_000).as_bytes()),
                "",
                Vec::new(),
            )
        }),
        case("PDF with instructions of 800 MB", "bomb.pdf", move || {
            one_page(stream(flate, &bomb("BT ET ", 800 << 20)), "", Vec::new())
        }),
        case("PDF with a form of 800 MB", "bomb-form.pdf", move || {
            let entries = format!("/Type /XObject /Subtype /Form /BBox [0 0 9 9] {flate}");
            one_page(
                stream("", b"/X Do"),
                "/XObject << /X 5 0 R >>",
                vec![stream(&entries, &bomb("BT ET ", 800 << 20))],
            )
        }),
        case(
            "PDF with objects packed to 800 MB",
            "bomb-objects.pdf",
            move || {
                let entries = format!("/Type /ObjStm /N 1 /First 4 {flate}");
                one_page(
                    stream("", b"BT ET"),
                    "",
                    vec![stream(&entries, &bomb("9 0 << >> ", 800 << 20))],
                )
            },
        ),
    ]
}

fn unpacking() -> Vec<Case> {
    let flate = "/Filter /FlateDecode";
    vec![
        case(
            "PDF with a map of characters of 800 MB",
            "bomb-map.pdf",
            move || {
                let font = b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding 6 0 R /DescendantFonts [7 0 R] >>".to_vec();
                let own = b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /X /CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) /Supplement 2 >> >>".to_vec();
                let map = stream(
                    &format!("/Type /CMap {flate}"),
                    &bomb("begincmap ", 800 << 20),
                );
                one_page(
                    stream("", b"BT /F 10 Tf <4141> Tj ET"),
                    "/Font << /F 5 0 R >>",
                    vec![font, map, own],
                )
            },
        ),
        case(
            "PDF with a picture of 60 000 by 60 000 points",
            "picture.pdf",
            move || {
                let entries = format!(
                    "/Type /XObject /Subtype /Image /Width 60000 /Height 60000 /ColorSpace /DeviceRGB /BitsPerComponent 8 {flate}"
                );
                one_page(
                    stream("", b"q 500 0 0 700 40 70 cm /X Do Q"),
                    "/XObject << /X 5 0 R >>",
                    vec![stream(&entries, &bomb("aaa", 400 << 20))],
                )
            },
        ),
        case("PDF with forms that draw each other", "forms.pdf", forms),
        case(
            "PDF with a map of all numbers of four bytes",
            "map.pdf",
            endless_map,
        ),
    ]
}

pub(super) fn cases() -> Vec<Case> {
    [damaged(), nested(), unpacking()]
        .into_iter()
        .flatten()
        .collect()
}
