//! What is read of pages that are sound.

use kurabe_page::{Block, Page, Place};
use kurabe_trace::{Area, Code};

use crate::make::{Sheet, document};
use crate::pdf;

/// The page that is read of these sheets, without remarks.
fn read(sheets: &[Sheet]) -> Page {
    let staged = pdf(&document(sheets)).unwrap();
    assert_eq!(staged.findings, []);
    staged.value
}

/// Blocks in short: `#1 見出し`, `text`, `- item`, tables as rows of cells.
fn short(page: &Page) -> Vec<String> {
    let line = |block: &Block| match block {
        Block::Heading { level, line } => vec![format!("#{level} {}", line.text)],
        Block::Paragraph(lines) => lines.iter().map(|l| l.text.clone()).collect(),
        Block::Item(lines) => lines.iter().map(|l| format!("- {}", l.text)).collect(),
        Block::Table(table) => {
            let cells = |r: &kurabe_page::Row| {
                let texts: Vec<String> = r.cells.iter().map(kurabe_page::Cell::text).collect();
                format!("|{}|", texts.join("|"))
            };
            table.rows.iter().map(cells).collect()
        }
    };
    page.blocks.iter().flat_map(line).collect()
}

const XS: [f64; 4] = [50.0, 150.0, 300.0, 500.0];

#[test]
fn a_ruled_table_with_joined_cells() {
    let sheet = Sheet::default()
        .grid(&[50.0, 150.0], &[100.0, 160.0])
        .grid(&[150.0, 500.0], &[100.0, 130.0])
        .grid(&[150.0, 300.0, 500.0], &[130.0, 160.0])
        .text(54.0, 104.0, 10.0, "窓口")
        .text(154.0, 104.0, 10.0, "取組の概要")
        .text(154.0, 134.0, 10.0, "課")
        .text(304.0, 134.0, 10.0, "市民課");
    let page = read(&[sheet]);
    assert_eq!(short(&page), ["|窓口|取組の概要||", "||課|市民課|"]);
    let Block::Table(table) = &page.blocks[0] else {
        panic!("no table");
    };
    assert!(table.is_grid);
    let spans = |r: usize, c: usize| {
        let cell = &table.rows[r].cells[c];
        (cell.row_span, cell.column_span)
    };
    assert_eq!(
        [spans(0, 0), spans(0, 1), spans(1, 2)],
        [(2, 1), (1, 2), (1, 1)]
    );
    let Place::OnPage {
        page: 1,
        area,
        cells,
    } = &page.places[1]
    else {
        panic!("no place");
    };
    assert_eq!(*area, Area::new(50, 130, 500, 160));
    assert_eq!(cells[0], None);
    assert_eq!(cells[2], Some(Area::new(300, 130, 500, 160)));
}

#[test]
fn lines_in_a_cell_are_joined_where_print_breaks_them() {
    let sheet = Sheet::default()
        .grid(&[50.0, 114.0, 300.0], &[100.0, 180.0])
        .text(54.0, 104.0, 10.0, "窓口の改善")
        .text(54.0, 118.0, 10.0, "を進める")
        .text(54.0, 132.0, 10.0, "・受付")
        .text(54.0, 146.0, 10.0, "審査")
        .text(120.0, 104.0, 10.0, "市民課");
    let page = read(&[sheet]);
    assert_eq!(short(&page), ["|窓口の改善を進める\n・受付\n審査|市民課|"]);
}

/// A page whose text is drawn on its side and which is turned when it is displayed.
#[test]
fn a_turned_page_has_places_as_displayed() {
    let at = |x: f64, y: f64, text: &str| {
        let codes: String = text.encode_utf16().map(|u| format!("{u:04X}")).collect();
        format!("BT /J 10 Tf 0 1 -1 0 {y} {x} Tm <{codes}> Tj ET")
    };
    let sheet = Sheet::default()
        .raw(&at(60.0, 110.0, "横長の表の注記"))
        .raw(&at(60.0, 130.0, "二行目の注記"));
    let displayed = read(&[sheet.clone().entry("/Rotate 90")]);
    assert_eq!(short(&displayed), ["横長の表の注記", "二行目の注記"]);
    let area = |page: &Page| match &page.places[0] {
        Place::OnPage { area, .. } => *area,
        other => panic!("{other:?}"),
    };
    assert_eq!(area(&displayed), Area::new(60, 101, 130, 111));
    let sideways = read(&[sheet]);
    assert_eq!(short(&sideways), ["横長の表の注記", "二行目の注記"]);
    assert_eq!(area(&sideways), Area::new(101, 712, 111, 782));
}

#[test]
fn a_table_on_its_side_is_read_as_a_table() {
    let at = |x: f64, y: f64, text: &str| {
        let codes: String = text.encode_utf16().map(|u| format!("{u:04X}")).collect();
        format!("BT /J 10 Tf 0 1 -1 0 {y} {x} Tm <{codes}> Tj ET")
    };
    let ruled = |xs: [f64; 3], ys: [f64; 3]| {
        let level = ys.map(|y| format!("{y} {} m {y} {} l S", xs[0], xs[2]));
        let upright = xs.map(|x| format!("{} {x} m {} {x} l S", ys[0], ys[2]));
        [level.join("\n"), upright.join("\n")].join("\n")
    };
    let sheet = Sheet::default()
        .raw(&ruled([50.0, 150.0, 300.0], [100.0, 130.0, 160.0]))
        .raw(&at(54.0, 114.0, "番号"))
        .raw(&at(154.0, 114.0, "取組"))
        .raw(&at(54.0, 144.0, "一"))
        .raw(&at(154.0, 144.0, "窓口の改善"));
    assert_eq!(short(&read(&[sheet])), ["|番号|取組|", "|一|窓口の改善|"]);
}

#[test]
fn vertical_writing_in_a_cell() {
    let sheet = Sheet::default()
        .grid(&[50.0, 90.0, 300.0], &[100.0, 200.0])
        .vertical(80.0, 94.0, 10.0, "市民サービスの")
        .vertical(65.0, 94.0, 10.0, "向上")
        .text(94.0, 104.0, 10.0, "窓口の改善");
    assert_eq!(
        short(&read(&[sheet])),
        ["|市民サービスの\n向上|窓口の改善|"]
    );
}

#[test]
fn text_that_is_drawn_twice_is_read_once() {
    let sheet = Sheet::default()
        .text(50.0, 100.0, 10.0, "計画の目的")
        .text(50.3, 100.0, 10.0, "計画の目的")
        .text(
            50.0,
            130.0,
            10.0,
            "この計画は、市民サービスの向上と業務の効率化を図る。",
        );
    let page = read(&[sheet]);
    let expected = [
        "#1 計画の目的",
        "この計画は、市民サービスの向上と業務の効率化を図る。",
    ];
    assert_eq!(short(&page), expected);
}

#[test]
fn headings_paragraphs_and_items() {
    let sheet = Sheet::default()
        .text(50.0, 60.0, 18.0, "大きな見出し")
        .text(50.0, 100.0, 14.0, "小さな見出し")
        .text(
            60.0,
            130.0,
            10.0,
            "字下げのある段落は一行目が下がり、二行目から先は左端に戻る。",
        )
        .text(50.0, 145.0, 10.0, "これはその続きである。")
        .text(60.0, 160.0, 10.0, "次の段落も字下げから始まる。")
        .text(50.0, 190.0, 10.0, "・中黒の行")
        .text(50.0, 205.0, 10.0, "・次の行")
        .latin(50.0, 230.0, 10.0, "- item of a list");
    let expected = [
        "#1 大きな見出し",
        "#2 小さな見出し",
        "字下げのある段落は一行目が下がり、二行目から先は左端に戻る。これはその続きである。",
        "次の段落も字下げから始まる。",
        "・中黒の行",
        "・次の行",
        "- item of a list",
    ];
    assert_eq!(short(&read(&[sheet])), expected);
}

#[test]
fn words_are_kept_apart_and_lines_of_words_too() {
    let sheet = Sheet::default()
        .latin(
            50.0,
            100.0,
            10.0,
            "Digital transformation of the municipalities in the prefecture of",
        )
        .latin(50.0, 114.0, 10.0, "Shimane.")
        .latin(50.0, 150.0, 10.0, "A")
        .latin(60.0, 150.0, 10.0, "B");
    let page = read(&[sheet]);
    let joined = "Digital transformation of the municipalities in the prefecture of Shimane.";
    assert_eq!(short(&page), [joined, "A B"]);
}

#[test]
fn running_heads_and_page_numbers_are_left_out() {
    let sheets: Vec<Sheet> = (1..=4)
        .map(|n| {
            Sheet::default()
                .text(50.0, 30.0, 9.0, "架空市DX推進計画")
                .text(50.0, 100.0, 10.0, &format!("本文の段落その{n}"))
                .latin(290.0, 810.0, 9.0, &format!("- {n} -"))
        })
        .collect();
    let page = read(&sheets);
    assert_eq!(page.blocks.len(), 4);
    let rules: Vec<&str> = page.skipped.iter().map(|(_, rule)| *rule).collect();
    assert_eq!(rules, ["running_header", "page_number"].repeat(4));
    assert_eq!(page.written_lines.len(), 12);
}

fn split_table(closed: bool) -> [Sheet; 2] {
    let side = |mut sheet: Sheet, top: f64, bottom: f64| {
        for x in XS {
            sheet = sheet.line((x, top), (x, bottom));
        }
        sheet
    };
    let rule = |sheet: Sheet, y: f64| sheet.line((XS[0], y), (XS[3], y));
    let mut first = side(Sheet::default(), 700.0, 760.0);
    first = rule(rule(first, 700.0), 720.0)
        .text(54.0, 704.0, 10.0, "番号")
        .text(154.0, 704.0, 10.0, "取組")
        .text(304.0, 704.0, 10.0, "内容")
        .text(54.0, 724.0, 10.0, "一")
        .text(154.0, 724.0, 10.0, "窓口の改善")
        .text(
            304.0,
            724.0,
            10.0,
            "申請書を書かずに手続きができるようにする",
        )
        .text(
            304.0,
            738.0,
            10.0,
            "ため、窓口の端末で本人の確認を行い、必要",
        );
    let mut second = side(Sheet::default(), 50.0, 120.0);
    second = rule(rule(second, 80.0), 120.0)
        .text(304.0, 54.0, 10.0, "な書類を作る。")
        .text(54.0, 84.0, 10.0, "二")
        .text(154.0, 84.0, 10.0, "決済の拡充")
        .text(304.0, 84.0, 10.0, "手数料を払えるようにする。");
    if closed {
        (first, second) = (rule(first, 760.0), rule(second, 50.0));
    }
    [first, second]
}

#[test]
fn a_row_that_a_page_break_cuts_is_one_row() {
    for closed in [false, true] {
        let rows = [
            "|番号|取組|内容|",
            "|一|窓口の改善|申請書を書かずに手続きができるようにするため、窓口の端末で本人の確認を行い、\
             必要な書類を作る。|",
            "|二|決済の拡充|手数料を払えるようにする。|",
        ];
        assert_eq!(short(&read(&split_table(closed))), rows, "closed: {closed}");
    }
}

#[test]
fn a_table_without_lines_is_told_by_its_columns_and_remarked() {
    let mut sheet = Sheet::default().text(50.0, 60.0, 10.0, "担当課の一覧は次のとおりである。");
    for (row, names) in ["番号 課名 電話", "一 市民課 内線一", "二 税務課 内線二"]
        .iter()
        .enumerate()
    {
        let y = 100.0 + 16.0 * f64::from(u8::try_from(row).unwrap());
        for (name, x) in names.split(' ').zip([50.0, 150.0, 300.0]) {
            sheet = sheet.text(x, y, 10.0, name);
        }
    }
    let staged = pdf(&document(&[sheet])).unwrap();
    let rows = [
        "|番号|課名|電話|",
        "|一|市民課|内線一|",
        "|二|税務課|内線二|",
    ];
    assert_eq!(short(&staged.value)[1..], rows);
    let codes: Vec<Code> = staged.findings.iter().map(|f| f.code).collect();
    assert_eq!(codes, [Code::TableUncertain]);
}

#[test]
fn a_table_that_is_ruled_between_rows_only() {
    let mut sheet = Sheet::default();
    for y in [100.0, 120.0, 160.0, 180.0] {
        sheet = sheet.line((50.0, y), (300.0, y));
    }
    let sheet = sheet
        .line((106.0, 140.0), (300.0, 140.0))
        .text(54.0, 104.0, 10.0, "分類")
        .text(110.0, 104.0, 10.0, "指標")
        .text(240.0, 104.0, 10.0, "目標")
        .text(54.0, 124.0, 10.0, "窓口")
        .text(110.0, 124.0, 10.0, "オンライン申請数")
        .text(240.0, 124.0, 10.0, "六十件")
        .text(110.0, 144.0, 10.0, "決済手段")
        .text(240.0, 144.0, 10.0, "八")
        .text(54.0, 164.0, 10.0, "全体の満足度")
        .text(240.0, 164.0, 10.0, "八割");
    let staged = pdf(&document(&[sheet])).unwrap();
    let rows = [
        "|分類|指標|目標|",
        "|窓口|オンライン申請数|六十件|",
        "||決済手段|八|",
        "|全体の満足度||八割|",
    ];
    assert_eq!(short(&staged.value), rows);
    let codes: Vec<Code> = staged.findings.iter().map(|f| f.code).collect();
    assert_eq!(codes, [Code::TableUncertain]);
}

/// Rows of a table without its lines: at these heights, in these columns.
fn written(mut sheet: Sheet, xs: &[f64], rows: &[(f64, &str)]) -> Sheet {
    for (y, row) in rows {
        for (text, x) in row.split(' ').zip(xs).filter(|(text, _)| *text != "_") {
            sheet = sheet.text(*x, *y, 10.0, text);
        }
    }
    sheet
}

fn shaded(sheet: Sheet, boxes: &[(f64, f64, f64, f64)]) -> Sheet {
    boxes.iter().fold(sheet, |sheet, (x, y, width, height)| {
        let bottom = 842.0 - y - height;
        sheet.raw(&format!("0.9 g {x} {bottom} {width} {height} re f 0 g"))
    })
}

fn remarks(sheet: &Sheet) -> (Vec<String>, Vec<String>) {
    let staged = pdf(&document(std::slice::from_ref(sheet))).unwrap();
    let remarks = staged.findings.iter();
    let remarks = remarks.map(|f| format!("{:?} {}", f.code, f.locator));
    (short(&staged.value), remarks.collect())
}

#[test]
fn rows_that_are_shaded_in_turn_are_rows() {
    let sheet = shaded(
        Sheet::default(),
        &[(50.0, 100.0, 300.0, 20.0), (50.0, 140.0, 300.0, 20.0)],
    );
    let rows = [
        (105.0, "番号 課名 電話"),
        (125.0, "一 市民課 内線一"),
        (145.0, "二 税務課 内線二"),
        (165.0, "三 会計課 内線三"),
    ];
    let (rows, remarks) = remarks(&written(sheet, &[54.0, 154.0, 254.0], &rows));
    let wanted = [
        "|番号|課名|電話|",
        "|一|市民課|内線一|",
        "|二|税務課|内線二|",
        "|三|会計課|内線三|",
    ];
    assert_eq!(rows, wanted);
    assert_eq!(remarks.len(), 1, "{remarks:?}");
}

#[test]
fn cells_that_are_shaded_are_cells() {
    let at = |row: u8, column: u8| {
        let (x, y) = (
            50.0 + 102.0 * f64::from(column),
            100.0 + 22.0 * f64::from(row),
        );
        (x, y, 100.0, 20.0)
    };
    let boxes: Vec<_> = (0..4)
        .flat_map(|row| (0..2).map(move |c| at(row, c)))
        .collect();
    let rows = [
        (105.0, "指標 目標"),
        (127.0, "申請数 六十"),
        (149.0, "決済 _"),
        (171.0, "満足 八割"),
    ];
    let sheet = written(shaded(Sheet::default(), &boxes), &[54.0, 156.0], &rows);
    assert_eq!(
        remarks(&sheet).0,
        ["|指標|目標|", "|申請数|六十|", "|決済||", "|満足|八割|"]
    );
}

#[test]
fn a_header_above_the_first_line_belongs_to_its_table() {
    let mut sheet = Sheet::default();
    for y in [120.0, 140.0, 160.0] {
        sheet = sheet.line((50.0, y), (350.0, y));
    }
    let rows = [
        (105.0, "番号 課名 電話"),
        (125.0, "一 市民課 内線一"),
        (145.0, "二 税務課 内線二"),
    ];
    let sheet = written(sheet, &[54.0, 154.0, 254.0], &rows);
    assert_eq!(
        remarks(&sheet).0,
        [
            "|番号|課名|電話|",
            "|一|市民課|内線一|",
            "|二|税務課|内線二|"
        ]
    );
}

#[test]
fn aligned_cells_of_several_lines_make_rows_where_these_are_clear() {
    let rows = [
        (100.0, "番号 取組の内容 担当"),
        (122.0, "一 窓口の手続きを進め _"),
        (134.0, "_ 来庁を不要にする 市民課"),
        (156.0, "二 決済の手段を増やす 会計課"),
        (178.0, "三 業務の標準化を行い 総務課"),
        (190.0, "_ 共通の仕組みに移る _"),
    ];
    let xs = [54.0, 104.0, 254.0];
    let (found, remarked) = remarks(&written(Sheet::default(), &xs, &rows));
    let wanted = [
        "|番号|取組の内容|担当|",
        "|一|窓口の手続きを進め来庁を不要にする|市民課|",
        "|二|決済の手段を増やす|会計課|",
        "|三|業務の標準化を行い共通の仕組みに移る|総務課|",
    ];
    assert_eq!(
        found
            .iter()
            .map(|r| r.replace('\n', ""))
            .collect::<Vec<_>>(),
        wanted
    );
    assert_eq!(remarked.len(), 1, "{remarked:?}");
    // Spaces of one height: which lines belong together is not told.
    let even = [
        (100.0, "番号 取組の内容 担当"),
        (116.0, "一 窓口の手続きを進め 市民課"),
        (132.0, "_ 来庁を不要にする _"),
        (148.0, "二 決済の手段を _"),
        (164.0, "_ 一つずつ増やす 会計課"),
    ];
    let (found, remarked) = remarks(&written(Sheet::default(), &xs, &even));
    assert!(found.iter().all(|row| !row.starts_with('|')), "{found:?}");
    assert_eq!(remarked.len(), 1, "{remarked:?}");
}

#[test]
fn two_columns_of_text_are_read_one_after_the_other() {
    let mut sheet = Sheet::default().text(
        50.0,
        60.0,
        10.0,
        "見出しではない一行が二つの段の上にかかっている場合の例である。",
    );
    for row in 0..6_u8 {
        let y = 100.0 + 15.0 * f64::from(row);
        sheet = sheet
            .text(50.0, y, 10.0, "左の段の文字が続いている行である")
            .text(300.0, y, 10.0, "右の段の文字が続いている行である");
    }
    let page = read(&[sheet]);
    let texts = short(&page);
    assert_eq!(texts.len(), 3, "{texts:?}");
    assert_eq!(texts[1], "左の段の文字が続いている行である".repeat(6));
    assert_eq!(texts[2], "右の段の文字が続いている行である".repeat(6));
}
