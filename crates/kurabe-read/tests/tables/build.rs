//! Files made by hand: packages, workbooks of OpenDocument, compound files, binary records.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// A file packed in ZIP.
pub(crate) fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, bytes) in parts {
        writer.start_file(*name, options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A workbook of OpenDocument with this content of its spreadsheet.
pub(crate) fn ods(styles: &str, sheets: &str) -> Vec<u8> {
    let content = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content>\
         <office:automatic-styles>{styles}</office:automatic-styles>\
         <office:body><office:spreadsheet>{sheets}</office:spreadsheet></office:body>\
         </office:document-content>"
    );
    package(&[
        (
            "mimetype",
            b"application/vnd.oasis.opendocument.spreadsheet",
        ),
        ("content.xml", content.as_bytes()),
    ])
}

/// The parts around the sheets of a workbook of Office Open XML.
pub(crate) struct Xlsx<'a> {
    /// `<sheet>` elements are made of names and states.
    pub(crate) sheets: &'a [(&'a str, &'a str, &'a str)],
    pub(crate) strings: &'a str,
    pub(crate) styles: &'a str,
}

impl Xlsx<'_> {
    /// The file.
    pub(crate) fn build(&self) -> Vec<u8> {
        let entries = self.sheets.iter().enumerate().map(|(i, (name, state, _))| {
            format!("<sheet name=\"{name}\" state=\"{state}\" sheetId=\"{i}\" r:id=\"s{i}\"/>")
        });
        let workbook = format!(
            "<workbook><sheets>{}</sheets></workbook>",
            entries.collect::<String>()
        );
        let base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        let targets = (0..self.sheets.len()).map(|i| {
            format!(
                "<Relationship Id=\"s{i}\" Type=\"{base}/worksheet\" Target=\"sheets/{i}.xml\"/>"
            )
        });
        let relations = format!(
            "<Relationships>{}<Relationship Id=\"a\" Type=\"{base}/sharedStrings\" \
             Target=\"strings.xml\"/><Relationship Id=\"b\" Type=\"{base}/styles\" \
             Target=\"/xl/styles.xml\"/></Relationships>",
            targets.collect::<String>()
        );
        let root = format!(
            "<Relationships><Relationship Id=\"r\" Type=\"{base}/officeDocument\" \
             Target=\"xl/workbook.xml\"/></Relationships>"
        );
        let strings = format!("<sst>{}</sst>", self.strings);
        let styles = format!("<styleSheet>{}</styleSheet>", self.styles);
        let names: Vec<String> = (0..self.sheets.len())
            .map(|i| format!("xl/sheets/{i}.xml"))
            .collect();
        let sheets: Vec<String> = self
            .sheets
            .iter()
            .map(|(.., content)| format!("<worksheet>{content}</worksheet>"))
            .collect();
        let mut parts: Vec<(&str, &[u8])> = vec![
            (
                "[Content_Types].xml",
                b"<Types>spreadsheetml.sheet.main+xml</Types>",
            ),
            ("_rels/.rels", root.as_bytes()),
            ("xl/workbook.xml", workbook.as_bytes()),
            ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
            ("xl/strings.xml", strings.as_bytes()),
            ("xl/styles.xml", styles.as_bytes()),
        ];
        for (name, sheet) in names.iter().zip(&sheets) {
            parts.push((name, sheet.as_bytes()));
        }
        package(&parts)
    }
}

/// One sheet of Office Open XML without strings and styles.
pub(crate) fn xlsx_sheet(content: &str) -> Vec<u8> {
    Xlsx {
        sheets: &[("表", "visible", content)],
        strings: "",
        styles: "",
    }
    .build()
}

const SECTOR: usize = 512;
const END: u32 = 0xFFFF_FFFE;

/// A compound file of streams in its root. Streams are made long enough to lie in full sectors.
pub(crate) fn compound(streams: &[(&str, &[u8])]) -> Vec<u8> {
    let mut body = Vec::new();
    let mut next: Vec<u32> = Vec::new();
    let mut entries = vec![entry("Root Entry", 5, u32::MAX, 1, END, 0)];
    for (index, (name, bytes)) in streams.iter().enumerate() {
        let length = bytes.len().max(4096);
        let start = next.len() as u32;
        body.extend_from_slice(bytes);
        body.resize(
            body.len() - bytes.len() + length.next_multiple_of(SECTOR),
            0,
        );
        chain(&mut next, length.div_ceil(SECTOR));
        let sibling = if index + 1 < streams.len() {
            index as u32 + 2
        } else {
            u32::MAX
        };
        entries.push(entry(name, 2, sibling, u32::MAX, start, length as u32));
    }
    while entries.len() % 4 != 0 {
        entries.push(vec![0; 128]);
    }
    let directory = next.len() as u32;
    body.extend(entries.concat());
    chain(&mut next, entries.len() / 4);
    let table = next.len() as u32;
    let tables = (next.len() + 1).div_ceil(SECTOR / 4 - 1);
    next.extend(std::iter::repeat_n(0xFFFF_FFFD, tables));
    next.resize(tables * SECTOR / 4, u32::MAX);
    body.extend(next.iter().flat_map(|n| n.to_le_bytes()));
    [header(directory, table, tables), body].concat()
}

fn chain(next: &mut Vec<u32>, sectors: usize) {
    for left in (0..sectors).rev() {
        let following = next.len() as u32 + 1;
        next.push(if left == 0 { END } else { following });
    }
}

fn header(directory: u32, table: u32, tables: usize) -> Vec<u8> {
    let mut header = vec![0; SECTOR];
    header[..8].copy_from_slice(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    let mut put = |at: usize, bytes: &[u8]| header[at..at + bytes.len()].copy_from_slice(bytes);
    put(24, &[0x3E, 0, 3, 0, 0xFE, 0xFF, 9, 0, 6, 0]);
    put(44, &(tables as u32).to_le_bytes());
    put(48, &directory.to_le_bytes());
    put(56, &4096_u32.to_le_bytes());
    put(60, &END.to_le_bytes());
    put(68, &END.to_le_bytes());
    for at in 0..109 {
        let number = if at < tables {
            table + at as u32
        } else {
            u32::MAX
        };
        put(76 + at * 4, &number.to_le_bytes());
    }
    header
}

fn entry(name: &str, kind: u8, right: u32, child: u32, start: u32, size: u32) -> Vec<u8> {
    let mut entry = vec![0; 128];
    let units: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    entry[..units.len()].copy_from_slice(&units);
    let mut put = |at: usize, bytes: &[u8]| entry[at..at + bytes.len()].copy_from_slice(bytes);
    put(64, &(units.len() as u16 + 2).to_le_bytes());
    put(66, &[kind, 1]);
    put(68, &u32::MAX.to_le_bytes());
    put(72, &right.to_le_bytes());
    put(76, &child.to_le_bytes());
    put(116, &start.to_le_bytes());
    put(120, &size.to_le_bytes());
    entry
}

/// A record of BIFF8.
pub(crate) fn biff(id: u16, data: &[&[u8]]) -> Vec<u8> {
    let data = data.concat();
    [
        &id.to_le_bytes(),
        &(data.len() as u16).to_le_bytes(),
        data.as_slice(),
    ]
    .concat()
}

/// A string of BIFF8 in UTF-16, its length in one or two bytes.
pub(crate) fn biff_text(text: &str, is_short: bool) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let length = if is_short {
        vec![units.len() as u8]
    } else {
        (units.len() as u16).to_le_bytes().to_vec()
    };
    let units: Vec<u8> = units.into_iter().flat_map(u16::to_le_bytes).collect();
    [length, vec![1], units].concat()
}

/// Little-endian numbers of two bytes.
pub(crate) fn words(numbers: &[u16]) -> Vec<u8> {
    numbers.iter().flat_map(|n| n.to_le_bytes()).collect()
}

/// Little-endian numbers of four bytes.
pub(crate) fn longs(numbers: &[u32]) -> Vec<u8> {
    numbers.iter().flat_map(|n| n.to_le_bytes()).collect()
}

/// A record of BIFF12.
pub(crate) fn biff12(id: u16, data: &[&[u8]]) -> Vec<u8> {
    let data = data.concat();
    let mut record = if id < 128 {
        vec![id as u8]
    } else {
        vec![(id & 0x7F) as u8 | 0x80, (id >> 7) as u8]
    };
    let mut length = data.len();
    while length >= 128 {
        record.push((length & 0x7F) as u8 | 0x80);
        length >>= 7;
    }
    record.push(length as u8);
    record.extend(data);
    record
}

/// A string of BIFF12.
pub(crate) fn biff12_text(text: &str) -> Vec<u8> {
    let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    [longs(&[units.len() as u32 / 2]), units].concat()
}

/// A file packed in ZIP from parts as they are stored: name, method, bytes, declared size. The
/// checksums are wrong.
pub(crate) fn raw_package(parts: &[(&str, u16, &[u8], u32)]) -> Vec<u8> {
    let mut file = Vec::new();
    let mut list = Vec::new();
    for (name, method, bytes, size) in parts {
        let at = file.len() as u32;
        let common = [
            words(&[20, 0, *method, 0, 0x21]),
            longs(&[checksum(*method, bytes), bytes.len() as u32, *size]),
            words(&[name.len() as u16, 0]),
        ]
        .concat();
        file.extend([b"PK\x03\x04", common.as_slice(), name.as_bytes(), bytes].concat());
        list.extend(b"PK\x01\x02\x14\0");
        list.extend(common);
        list.extend([words(&[0, 0, 0]), longs(&[0, at]), name.as_bytes().to_vec()].concat());
    }
    let count = parts.len() as u16;
    let end = [
        words(&[0, 0, count, count]),
        longs(&[list.len() as u32, file.len() as u32]),
        words(&[0]),
    ];
    [file, list, b"PK\x05\x06".to_vec(), end.concat()].concat()
}

/// The checksum of stored parts (CRC-32); none for others, which are not read to their end.
fn checksum(method: u16, bytes: &[u8]) -> u32 {
    if method != 0 {
        return 0;
    }
    let step = |crc: u32, byte: &u8| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            (crc >> 1) ^ (0xEDB8_8320 & (crc & 1).wrapping_neg())
        })
    };
    !bytes.iter().fold(u32::MAX, step)
}

/// `head` and then its last letter over and over, at least `letters` times, in the DEFLATE format:
/// one block stored, one of repeats with the fixed codes (RFC 1951, 3.2.6).
pub(crate) fn deflated(head: &str, letters: usize) -> Vec<u8> {
    let length = head.len() as u16;
    let stored = [&[0], words(&[length, !length]).as_slice(), head.as_bytes()].concat();
    // Eight repeats of 258 letters at distance 1, each `11000101 00000`, make up 13 bytes.
    let bits: Vec<u8> = b"1100010100000"
        .repeat(8)
        .iter()
        .map(|bit| bit - b'0')
        .collect();
    let mut block: Vec<u8> = [1, 1, 0]
        .into_iter()
        .chain(bits.iter().copied().cycle().take(101))
        .collect();
    let first = packed(&block);
    block = bits.iter().copied().cycle().skip(101).take(104).collect();
    let rest = packed(&block);
    let repeats = letters / (258 * 8) + 1;
    [stored, first, rest.repeat(repeats)].concat()
}

/// Bits as bytes, the first bit lowest.
fn packed(bits: &[u8]) -> Vec<u8> {
    let byte = |bits: &[u8]| bits.iter().rev().fold(0, |byte, bit| byte << 1 | bit);
    bits.chunks(8).map(byte).collect()
}
