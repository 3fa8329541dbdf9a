//! Binary workbooks, xls and xlsb, made by hand.

use kurabe_read::ReadError;
use kurabe_trace::Code;

use crate::against_calamine::assert_agrees;
use crate::build::{biff, biff_text, biff12, biff12_text, compound, longs, package, words};
use crate::{assert_accounted, detect, grid, of, tables};

/// Begins the workbook, or a sheet.
fn begin(is_sheet: bool) -> Vec<u8> {
    let kind = if is_sheet { 0x10 } else { 0x05 };
    biff(0x0809, &[&words(&[0x0600, kind, 0, 0]), &longs(&[0, 0])])
}

fn end() -> Vec<u8> {
    biff(0x000A, &[])
}

fn style(format: u16) -> Vec<u8> {
    biff(0x00E0, &[&words(&[0, format]), &[0; 16]])
}

fn sheet_entry(at: u32, state: u8, name: &str) -> Vec<u8> {
    biff(
        0x0085,
        &[&longs(&[at]), &[state, 0], &biff_text(name, true)],
    )
}

/// A workbook of BIFF8 with the records of its sheets.
fn xls(globals: &[Vec<u8>], sheets: &[(&str, u8, Vec<u8>)]) -> Vec<u8> {
    let entries = |at: u32| -> Vec<u8> {
        let mut at = at;
        let mut out = Vec::new();
        for (name, state, records) in sheets {
            out.extend(sheet_entry(at, *state, name));
            at += records.len() as u32;
        }
        out
    };
    let head = |at: u32| [begin(false), globals.concat(), entries(at), end()].concat();
    let length = head(0).len() as u32;
    let mut stream = head(length);
    sheets
        .iter()
        .for_each(|(.., records)| stream.extend(records));
    compound(&[("Workbook", &stream)])
}

fn number(row: u16, column: u16, style: u16, value: f64) -> Vec<u8> {
    biff(
        0x0203,
        &[&words(&[row, column, style]), &value.to_le_bytes()],
    )
}

fn shared(row: u16, column: u16, index: u32) -> Vec<u8> {
    biff(0x00FD, &[&words(&[row, column, 0]), &longs(&[index])])
}

/// A workbook with every kind of record that is read.
pub(crate) fn xls_book() -> Vec<u8> {
    let code = "[$-411]ggge\"年\"m\"月\"d\"日\"";
    let globals = [
        biff(0x041E, &[&words(&[164]), &biff_text(code, false)]),
        style(0),
        style(164),
        style(10),
        style(3),
        biff(
            0x00FC,
            &[
                &longs(&[2, 2]),
                &biff_text("窓口\r\n改善", false),
                &biff_text("市民課", false),
            ],
        ),
    ];
    let rk = |value: u32| longs(&[value]);
    let records = [
        begin(true),
        biff(0x007D, &[&words(&[4, 4, 0, 0, 1, 0])]),
        biff(0x0208, &[&words(&[2, 0, 9, 0, 0, 0]), &longs(&[0x20])]),
        shared(0, 0, 0),
        shared(0, 1, 1),
        number(0, 2, 1, 45_383.0),
        biff(0x027E, &[&words(&[0, 3, 2]), &rk((1234 << 2) | 3)]),
        shared(0, 4, 1),
        biff(
            0x00BD,
            &[
                &words(&[1, 0, 3]),
                &rk((1_234_567 << 2) | 2),
                &words(&[0]),
                &rk(0x4014_0000),
                &words(&[1]),
            ],
        ),
        biff(0x0205, &[&words(&[1, 2, 0]), &[1, 0]]),
        biff(0x0205, &[&words(&[1, 3, 0]), &[0x17, 1]]),
        biff(
            0x0006,
            &[&words(&[2, 0, 0]), &7.0_f64.to_le_bytes(), &[0; 8]],
        ),
        biff(
            0x0006,
            &[&words(&[3, 0, 0]), &[0, 0, 0, 0, 0, 0, 0xFF, 0xFF], &[0; 8]],
        ),
        biff(0x0207, &[&biff_text("結果", false)]),
        biff(
            0x0006,
            &[&words(&[3, 1, 0]), &[1, 0, 1, 0, 0, 0, 0xFF, 0xFF], &[0; 8]],
        ),
        biff(0x00E5, &[&words(&[1, 3, 3, 2, 3])]),
        biff(0x0204, &[&words(&[3, 2, 0]), &biff_text("末", false)]),
        end(),
    ]
    .concat();
    let hidden = [begin(true), number(0, 0, 0, 1.0), end()].concat();
    xls(&globals, &[("表 1", 0, records), ("裏", 2, hidden)])
}

#[test]
fn cells_of_xls_hold_what_the_sheet_displays() {
    let bytes = xls_book();
    let staged = detect(&bytes).unwrap();
    assert_accounted(&staged.value);
    assert_eq!(staged.value.reader, "xls");
    assert_eq!(
        grid(tables(&staged.value)[0]),
        "窓口⏎改善|市民課|令和6年4月1日|1234.00%\n1,234,567|5|TRUE|#REF!\n結果|TRUE|末<1x2>|"
    );
    let raws: Vec<&str> = of(&staged, Code::HiddenSkipped)
        .iter()
        .filter_map(|f| f.raw.as_deref())
        .collect();
    assert_eq!(raws, ["'表 1'!A3", "'表 1'!E1", "裏"]);
    assert_eq!(
        of(&staged, Code::CellError)[0].locator.to_string(),
        "'表 1'!D2"
    );
    assert_agrees("hand-made.xls", &bytes);
}

#[test]
fn long_tables_of_strings_go_on_in_further_records() {
    let long: String = "あ".repeat(5000);
    let narrow: String = "a".repeat(4000);
    let units: Vec<u8> = long.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let (head, tail) = units.split_at(8000);
    // A rich text with a phonetic guide, cut inside its characters; the rest follows narrow.
    let first = [
        longs(&[3, 3]),
        words(&[5000]),
        vec![0x0D],
        words(&[1]),
        longs(&[4]),
        head.to_vec(),
    ]
    .concat();
    let second = [
        vec![1],
        tail.to_vec(),
        vec![0; 4],
        vec![9; 4],
        words(&[4000]),
        vec![0],
    ]
    .concat();
    let third = [vec![0], narrow.as_bytes().to_vec(), biff_text("終", false)].concat();
    let globals = [
        style(0),
        biff(0x00FC, &[&first]),
        biff(0x003C, &[&second]),
        biff(0x003C, &[&third]),
    ];
    let records = [
        begin(true),
        shared(0, 0, 0),
        shared(0, 1, 1),
        shared(0, 2, 2),
        end(),
    ]
    .concat();
    let bytes = xls(&globals, &[("表", 0, records)]);
    let staged = detect(&bytes).unwrap();
    let cells: Vec<&str> = tables(&staged.value)[0].rows[0]
        .cells
        .iter()
        .map(|cell| cell.raw.as_str())
        .collect();
    assert_eq!(cells, [long.as_str(), narrow.as_str(), "終"]);
    assert_agrees("continued.xls", &bytes);
}

#[test]
fn protected_and_old_xls_are_named() {
    let bytes = xls(&[biff(0x002F, &[&words(&[1])])], &[]);
    assert_eq!(detect(&bytes), Err(ReadError::Encrypted { format: "xls" }));
    let old = compound(&[("Book", &biff(0x0809, &[&words(&[0x0400, 5])]))]);
    let said = detect(&old).unwrap_err().to_string();
    assert!(said.contains("before Excel 5"), "{said}");
}

#[test]
fn excel_5_keeps_its_code_page() {
    let (name, ..) = encoding_rs::SHIFT_JIS.encode("表");
    let (text, ..) = encoding_rs::SHIFT_JIS.encode("市民課①");
    let short = |text: &[u8]| [&[text.len() as u8], text].concat();
    let begin = |kind| biff(0x0809, &[&words(&[0x0500, kind, 0, 0])]);
    let head = |at: u32| {
        [
            begin(5),
            biff(0x0042, &[&words(&[932])]),
            biff(0x041E, &[&words(&[50]), &short(b"0.0")]),
            biff(0x00E0, &[&words(&[0, 50]), &[0; 12]]),
            biff(0x0085, &[&longs(&[at]), &[0, 0], &short(&name)]),
            end(),
        ]
        .concat()
    };
    let records = [
        begin(0x10),
        biff(0x0204, &[&words(&[0, 0, 0, text.len() as u16]), &text]),
        number(0, 1, 0, 2.0),
        end(),
    ];
    let stream = [head(head(0).len() as u32), records.concat()].concat();
    let staged = detect(&compound(&[("Book", &stream)])).unwrap();
    assert_eq!(grid(tables(&staged.value)[0]), "市民課①|2.0");
}

#[test]
fn cells_of_xlsb_hold_what_the_sheet_displays() {
    let bytes = xlsb();
    let staged = detect(&bytes).unwrap();
    assert_accounted(&staged.value);
    assert_eq!(staged.value.reader, "xlsb");
    assert_eq!(
        grid(tables(&staged.value)[0]),
        "窓口|2024年4月1日|12.34\n広<1x2>||#N/A\n式|TRUE|0.5"
    );
    let raws: Vec<&str> = of(&staged, Code::HiddenSkipped)
        .iter()
        .filter_map(|f| f.raw.as_deref())
        .collect();
    assert_eq!(raws, ["表!A4:D4", "表!D1:D4"]);
    assert_agrees("hand-made.xlsb", &bytes);
}

/// A binary workbook.
pub(crate) fn xlsb() -> Vec<u8> {
    let base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let types = b"<Types><Override ContentType=\"application/vnd.ms-excel.sheet.binary.macroEnabled.main\"/></Types>";
    let root = format!(
        "<Relationships><Relationship Id=\"r\" Type=\"{base}/officeDocument\" Target=\"xl/workbook.bin\"/></Relationships>"
    );
    let relations = format!(
        "<Relationships><Relationship Id=\"rId1\" Type=\"{base}/worksheet\" Target=\"worksheets/sheet1.bin\"/>\
         <Relationship Id=\"rId2\" Type=\"{base}/sharedStrings\" Target=\"sharedStrings.bin\"/>\
         <Relationship Id=\"rId3\" Type=\"{base}/styles\" Target=\"styles.bin\"/></Relationships>"
    );
    let workbook = [
        biff12(131, &[]),
        biff12(153, &[&longs(&[0, 0]), &biff12_text("")]),
        biff12(143, &[]),
        biff12(
            156,
            &[&longs(&[0, 1]), &biff12_text("rId1"), &biff12_text("表")],
        ),
        biff12(144, &[]),
        biff12(157, &[]),
        biff12(132, &[]),
    ]
    .concat();
    let strings = [
        biff12(159, &[&longs(&[1, 1])]),
        biff12(19, &[&[0], &biff12_text("窓口")]),
        biff12(160, &[]),
    ]
    .concat();
    let xf = |format: u16| biff12(47, &[&words(&[0, format]), &[0; 12]]);
    let styles = [
        biff12(278, &[]),
        biff12(615, &[&longs(&[1])]),
        biff12(
            44,
            &[&words(&[170]), &biff12_text("yyyy\"年\"m\"月\"d\"日\"")],
        ),
        biff12(616, &[]),
        biff12(626, &[&longs(&[1])]),
        xf(9),
        biff12(627, &[]),
        biff12(617, &[&longs(&[2])]),
        xf(0),
        xf(170),
        biff12(618, &[]),
        biff12(279, &[]),
    ]
    .concat();
    let parts: [(&str, &[u8]); 7] = [
        ("[Content_Types].xml", types),
        ("_rels/.rels", root.as_bytes()),
        ("xl/workbook.bin", &workbook),
        ("xl/_rels/workbook.bin.rels", relations.as_bytes()),
        ("xl/sharedStrings.bin", &strings),
        ("xl/styles.bin", &styles),
        ("xl/worksheets/sheet1.bin", &xlsb_sheet()),
    ];
    package(&parts)
}

fn xlsb_sheet() -> Vec<u8> {
    let head = |column: u32, style: u32| longs(&[column, style]);
    let row = |row: u32, is_hidden: bool| {
        let flags = if is_hidden { 0x10 } else { 0 };
        biff12(0, &[&longs(&[row, 0]), &[0, 0, 0, flags, 0], &longs(&[0])])
    };
    [
        biff12(129, &[]),
        biff12(148, &[&longs(&[0, 3, 0, 3])]),
        biff12(390, &[]),
        biff12(60, &[&longs(&[3, 3, 0, 0]), &words(&[1])]),
        biff12(391, &[]),
        biff12(145, &[]),
        row(0, false),
        biff12(7, &[&head(0, 0), &longs(&[0])]),
        biff12(5, &[&head(1, 1), &45_383.0_f64.to_le_bytes()]),
        biff12(2, &[&head(2, 0), &longs(&[(1234 << 2) | 3])]),
        biff12(5, &[&head(3, 0), &1.0_f64.to_le_bytes()]),
        row(1, false),
        biff12(6, &[&head(0, 0), &biff12_text("広")]),
        biff12(3, &[&head(2, 0), &[0x2A]]),
        row(2, false),
        biff12(8, &[&head(0, 0), &biff12_text("式"), &[0; 10]]),
        biff12(10, &[&head(1, 0), &[1], &[0; 10]]),
        biff12(9, &[&head(2, 0), &0.5_f64.to_le_bytes(), &[0; 10]]),
        row(3, true),
        biff12(5, &[&head(0, 0), &9.0_f64.to_le_bytes()]),
        biff12(5, &[&head(3, 0), &9.0_f64.to_le_bytes()]),
        biff12(146, &[]),
        biff12(177, &[&longs(&[1])]),
        biff12(176, &[&longs(&[1, 1, 0, 1])]),
        biff12(178, &[]),
        biff12(130, &[]),
    ]
    .concat()
}
