//! Makes small PDF files: A4 pages, coordinates in points from the upper left corner.

use std::fmt::Write as _;
use std::io::Write as _;

use flate2::{Compression, write::ZlibEncoder};

/// Height of an A4 page.
const HEIGHT: f64 = 842.0;

/// A page that is being drawn.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sheet {
    content: String,
    /// Further entries of its dictionary.
    entries: String,
}

impl Sheet {
    /// Japanese text, each character one em wide.
    pub(crate) fn text(self, x: f64, y: f64, size: f64, text: &str) -> Self {
        self.show("J", x, y, size, text)
    }

    /// Japanese text from top to bottom.
    pub(crate) fn vertical(self, x: f64, y: f64, size: f64, text: &str) -> Self {
        self.show("V", x, y, size, text)
    }

    fn show(mut self, font: &str, x: f64, y: f64, size: f64, text: &str) -> Self {
        let codes: String = text.encode_utf16().map(|u| format!("{u:04X}")).collect();
        let y = HEIGHT - y - size;
        writeln!(
            self.content,
            "BT /{font} {size} Tf {x} {y} Td <{codes}> Tj ET"
        )
        .unwrap();
        self
    }

    /// Latin text in Helvetica.
    pub(crate) fn latin(mut self, x: f64, y: f64, size: f64, text: &str) -> Self {
        let y = HEIGHT - y - size;
        writeln!(self.content, "BT /F {size} Tf {x} {y} Td ({text}) Tj ET").unwrap();
        self
    }

    /// A line.
    pub(crate) fn line(mut self, from: (f64, f64), to: (f64, f64)) -> Self {
        let (a, b) = (HEIGHT - from.1, HEIGHT - to.1);
        writeln!(self.content, "{} {a} m {} {b} l S", from.0, to.0).unwrap();
        self
    }

    /// The lines of a table with these edges.
    pub(crate) fn grid(mut self, xs: &[f64], ys: &[f64]) -> Self {
        let ends = |edges: &[f64]| (edges[0], edges[edges.len() - 1]);
        let ((left, right), (top, bottom)) = (ends(xs), ends(ys));
        for x in xs {
            self = self.line((*x, top), (*x, bottom));
        }
        for y in ys {
            self = self.line((left, *y), (right, *y));
        }
        self
    }

    /// Instructions as they are.
    pub(crate) fn raw(mut self, content: &str) -> Self {
        self.content.push_str(content);
        self.content.push('\n');
        self
    }

    /// An entry of the dictionary of the page.
    pub(crate) fn entry(mut self, entry: &str) -> Self {
        self.entries.push_str(entry);
        self
    }
}

/// Fonts that need not be embedded, and an image of one pixel.
const FONTS: [&str; 6] = [
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    "<< /Type /Font /Subtype /Type0 /BaseFont /HeiseiKakuGo-W5 /Encoding /UniJIS-UCS2-H \
     /DescendantFonts [6 0 R] >>",
    "<< /Type /Font /Subtype /Type0 /BaseFont /HeiseiKakuGo-W5 /Encoding /UniJIS-UCS2-V \
     /DescendantFonts [6 0 R] >>",
    "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /HeiseiKakuGo-W5 /DW 1000 /CIDSystemInfo \
     << /Registry (Adobe) /Ordering (Japan1) /Supplement 2 >> /FontDescriptor 7 0 R >>",
    "<< /Type /FontDescriptor /FontName /HeiseiKakuGo-W5 /Flags 4 /FontBBox [-92 -250 1010 922] \
     /ItalicAngle 0 /Ascent 752 /Descent -221 /CapHeight 737 /StemV 114 >>",
    "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray \
     /BitsPerComponent 8 /Length 1 >>\nstream\n0\nendstream",
];

/// Number of the first object that is free for pages.
const FREE: usize = 9;

/// A file of these pages.
pub(crate) fn document(pages: &[Sheet]) -> Vec<u8> {
    let plain = |content: &str| {
        let length = content.len();
        format!("<< /Length {length} >>\nstream\n{content}\nendstream")
    };
    with_contents(pages, plain)
}

/// A file of these pages with packed instructions, as programs write them.
pub(crate) fn packed(pages: &[Sheet]) -> Vec<u8> {
    with_contents(pages, |content| {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(content.as_bytes()).unwrap();
        let bytes = encoder.finish().unwrap();
        let digits: String = bytes.iter().map(|b| format!("{b:02x}")).collect();
        let length = digits.len() + 1;
        format!(
            "<< /Length {length} /Filter [/ASCIIHexDecode /FlateDecode] >>\nstream\n{digits}>\nendstream"
        )
    })
}

fn with_contents(pages: &[Sheet], stream: impl Fn(&str) -> String) -> Vec<u8> {
    let kids: String = (0..pages.len())
        .map(|i| format!("{} 0 R ", FREE + 2 * i))
        .collect();
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", pages.len()),
    ];
    objects.extend(FONTS.map(str::to_owned));
    for (index, page) in pages.iter().enumerate() {
        let entries = &page.entries;
        let contents = FREE + 2 * index + 1;
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] {entries} /Resources << /Font \
             << /F 3 0 R /J 4 0 R /V 5 0 R >> /XObject << /I 8 0 R >> >> /Contents {contents} 0 R >>"
        ));
        objects.push(stream(&page.content));
    }
    file(&objects)
}

/// A file of these objects, the first of which is the catalogue.
pub(crate) fn file(objects: &[String]) -> Vec<u8> {
    let mut file = String::from("%PDF-1.7\n");
    let mut offsets = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        offsets.push(file.len());
        writeln!(file, "{} 0 obj\n{object}\nendobj", index + 1).unwrap();
    }
    let start = file.len();
    let count = objects.len() + 1;
    write!(file, "xref\n0 {count}\n0000000000 65535 f \n").unwrap();
    for offset in offsets {
        writeln!(file, "{offset:010} 00000 n ").unwrap();
    }
    write!(
        file,
        "trailer\n<< /Size {count} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    )
    .unwrap();
    file.into_bytes()
}
