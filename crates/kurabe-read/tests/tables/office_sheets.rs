//! Workbooks of Office Open XML, made with rust_xlsxwriter and by hand.

use kurabe_page::{Page, Place, Unit};
use kurabe_read::{Hint, Limits, ReadError, read};
use kurabe_trace::{Code, Locator, Staged};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, XlsxError};

use crate::build::{Xlsx, xlsx_sheet};
use crate::{assert_accounted, detect, grid, of, paragraphs, shape, tables, written};

/// A workbook of one sheet.
fn workbook(fill: impl Fn(&mut rust_xlsxwriter::Worksheet) -> Result<(), XlsxError>) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("表 1").unwrap();
    fill(sheet).unwrap();
    book.save_to_buffer().unwrap()
}

fn page(bytes: &[u8]) -> Staged<Page> {
    let staged = detect(bytes).unwrap();
    assert_accounted(&staged.value);
    staged
}

#[test]
fn titles_tables_and_notes_are_told_apart() {
    let bytes = workbook(|sheet| {
        let format = Format::new();
        sheet.merge_range(0, 0, 0, 3, "取組一覧", &format)?;
        sheet.write(1, 0, "凡例\n○：実施")?;
        sheet.write_row(3, 0, ["区分", "番号", "取組", "課"])?;
        sheet.merge_range(4, 0, 5, 0, "窓口", &format)?;
        sheet.write_row(4, 1, ["1", "書かない", "市民課"])?;
        sheet.write_row(5, 1, ["2", "キャッシュレス", "会計課"])?;
        sheet.write(6, 0, "小計")?;
        sheet.write_row(7, 0, ["学校", "3", "端末", "教育"])?;
        sheet.write(8, 0, "※ 予定")?;
        sheet.write_row(10, 2, ["次の表", "値"])?;
        Ok(())
    });
    let staged = page(&bytes);
    let page = &staged.value;
    assert_eq!((page.reader.as_str(), page.unit), ("xlsx", Unit::Row));
    assert_eq!(paragraphs(page), ["取組一覧/凡例/○：実施", "※ 予定"]);
    let grids: Vec<String> = tables(page).into_iter().map(grid).collect();
    assert_eq!(
        grids,
        [
            "区分|番号|取組|課\n窓口<2x1>|1|書かない|市民課\n|2|キャッシュレス|会計課\n小計|||\n\
             学校|3|端末|教育",
            "次の表|値"
        ]
    );
    assert_eq!(page.places[1], page.places[2]);
    let place = Place::SheetRow {
        sheet: "表 1".to_owned(),
        row: 11,
        columns: vec![3, 4],
    };
    assert_eq!(page.places.last(), Some(&place));
    let located = page.locate(&Locator::cell(page.places.len() as u32, 2));
    assert_eq!(located.to_string(), "'表 1'!D11");
    assert_eq!(staged.findings, []);
}

#[test]
fn cells_hold_what_the_sheet_displays() {
    let bytes = workbook(|sheet| {
        let formats = [
            "yyyy/m/d",
            "yyyy\"年\"m\"月\"d\"日\"",
            "[$-411]ggge\"年\"m\"月\"d\"日\"",
            "m\"月\"d\"日\"",
            "[$-ja-JP]ge.m.d;@",
        ];
        let day = ExcelDateTime::from_ymd(2024, 4, 1)?;
        for (column, code) in (0..).zip(formats) {
            let format = Format::new().set_num_format(code);
            sheet.write_with_format(0, column, &day, &format)?;
        }
        let numbers: [(f64, &str); 5] = [
            (0.5, "0%"),
            (0.1234, "0.0%"),
            (1_234_567.0, "#,##0"),
            (5.0, "General"),
            (-3.0, "#,##0;▲#,##0"),
        ];
        for (column, (number, code)) in (0..).zip(numbers) {
            let format = Format::new().set_num_format(code);
            sheet.write_with_format(1, column, number, &format)?;
        }
        sheet.write(2, 0, true)?;
        sheet.write_string(2, 1, "00123")?;
        sheet.write_string(2, 2, "一行目\n二行目")?;
        sheet.write_string_with_format(2, 3, "令和5年", &Format::new().set_num_format("@"))?;
        sheet.write_formula(2, 4, Formula::new("=1+1").set_result("2"))?;
        Ok(())
    });
    let staged = page(&bytes);
    assert_eq!(
        grid(tables(&staged.value)[0]),
        "2024/4/1|2024年4月1日|令和6年4月1日|4月1日|R6.4.1\n50%|12.3%|1,234,567|5|▲3\n\
         TRUE|00123|一行目⏎二行目|令和5年|2"
    );
}

#[test]
fn errors_and_formulas_without_value_are_reported() {
    let sheet = "<sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>a</t></is></c>\
                 <c r=\"B1\" t=\"e\"><f>1/0</f><v>#DIV/0!</v></c><c r=\"C1\"><f>A1+1</f></c>\
                 <c r=\"D1\" t=\"str\"><f>\"\"</f><v></v></c>\
                 <c r=\"E1\" t=\"str\"><f>X</f><v>二_x000D_\n行</v></c></row></sheetData>";
    let staged = page(&xlsx_sheet(sheet));
    assert_eq!(grid(tables(&staged.value)[0]), "a|#DIV/0!|||二⏎行");
    let findings = of(&staged, Code::CellError);
    let places: Vec<String> = findings.iter().map(|f| f.locator.to_string()).collect();
    assert_eq!(places, ["表!B1", "表!C1"]);
    assert_eq!(findings[0].raw.as_deref(), Some("#DIV/0!"));
}

#[test]
fn many_errors_are_listed_up_to_a_number() {
    let row = |n: u32| {
        format!("<row r=\"{n}\"><c r=\"A{n}\" t=\"e\"><v>#N/A</v></c><c><v>1</v></c></row>")
    };
    let rows: String = (1..=50).map(row).collect();
    let staged = page(&xlsx_sheet(&format!("<sheetData>{rows}</sheetData>")));
    let findings = of(&staged, Code::CellError);
    assert_eq!(findings.len(), 21);
    assert!(findings[20].message_en.contains("30 more"));
}

#[test]
fn hidden_parts_are_left_out_and_reported() {
    let bytes = {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet().set_name("公開").unwrap();
        sheet.write_row(0, 0, ["番号", "担当者", "取組"]).unwrap();
        sheet.write_row(1, 0, ["1", "甲", "窓口"]).unwrap();
        sheet.write_row(2, 0, ["2", "乙", "内部"]).unwrap();
        sheet.write_row(3, 0, ["3", "丙", "学校"]).unwrap();
        sheet.set_row_hidden(2).unwrap();
        sheet.set_column_hidden(1).unwrap();
        let list = book.add_worksheet().set_name("選択肢").unwrap();
        list.write_row(0, 0, ["済", "未"]).unwrap();
        list.set_hidden(true);
        book.save_to_buffer().unwrap()
    };
    let staged = page(&bytes);
    let page = &staged.value;
    assert_eq!(grid(tables(page)[0]), "番号|取組\n1|窓口\n3|学校");
    let rules: Vec<&str> = page.skipped.iter().map(|(_, rule)| *rule).collect();
    assert_eq!(rules, ["hidden_row", "hidden_sheet"]);
    let places: Vec<String> = of(&staged, Code::HiddenSkipped)
        .iter()
        .map(|f| f.locator.to_string())
        .collect();
    assert_eq!(places, ["公開!A3:C3", "公開!B1:B4", "選択肢!A1:B1"]);
    let row = Place::SheetRow {
        sheet: "公開".to_owned(),
        row: 4,
        columns: vec![1, 3],
    };
    assert!(page.places.contains(&row));

    let all = read(
        &bytes,
        &Hint {
            hidden: true,
            ..Hint::default()
        },
    )
    .unwrap();
    assert_eq!(shape(tables(&all.value)[0]), (4, 3));
    assert_eq!(grid(tables(&all.value)[1]), "済|未");
    assert_eq!(all.findings, []);
}

#[test]
fn merged_cells_shrink_with_what_is_hidden_in_them() {
    let sheet = "<cols><col min=\"3\" max=\"3\" hidden=\"1\"/></cols><sheetData>\
        <row r=\"1\" hidden=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>見出し</t></is></c></row>\
        <row r=\"2\"><c r=\"B2\"><v>1</v></c><c r=\"C2\"><v>2</v></c><c r=\"D2\"><v>3</v></c></row>\
        <row r=\"3\"><c r=\"B3\" t=\"inlineStr\"><is><t>広い</t></is></c></row></sheetData>\
        <mergeCells><mergeCell ref=\"A1:A3\"/><mergeCell ref=\"B3:D3\"/></mergeCells>";
    let staged = detect(&xlsx_sheet(sheet)).unwrap();
    assert_eq!(
        grid(tables(&staged.value)[0]),
        "見出し<2x1>|1|3\n|広い<1x2>|"
    );
}

#[test]
fn a_blank_row_inside_a_merged_cell_separates_nothing() {
    let sheet = "<sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"B1\"><v>2</v></c></row>\
        <row r=\"3\"><c r=\"B3\"><v>3</v></c></row><row r=\"5\"><c r=\"A5\"><v>4</v></c></row>\
        </sheetData><mergeCells><mergeCell ref=\"A1:A3\"/></mergeCells>";
    let staged = page(&xlsx_sheet(sheet));
    assert_eq!(grid(tables(&staged.value)[0]), "1<3x1>|2\n|\n|3");
    assert_eq!(paragraphs(&staged.value), ["4"]);
    assert_eq!(staged.value.written_lines, [1, 3, 4]);
}

#[test]
fn values_under_merged_cells_are_reported() {
    let sheet = "<sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"B1\"><v>2</v></c><c r=\"C1\"><v>3</v></c>\
        </row></sheetData><mergeCells><mergeCell ref=\"A1:B1\"/></mergeCells>";
    let staged = page(&xlsx_sheet(sheet));
    assert_eq!(grid(tables(&staged.value)[0]), "1<1x2>||3");
    assert_eq!(
        of(&staged, Code::HiddenSkipped)[0].raw.as_deref(),
        Some("表!B1")
    );
}

#[test]
fn a_merged_row_to_the_edge_does_not_widen_the_table() {
    let sheet = "<sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"B1\"><v>2</v></c></row>\
        <row r=\"2\"><c r=\"A2\"><v>3</v></c></row></sheetData>\
        <mergeCells><mergeCell ref=\"A2:XFD2\"/></mergeCells>";
    let staged = page(&xlsx_sheet(sheet));
    assert_eq!(grid(tables(&staged.value)[0]), "1|2\n3<1x2>|");
}

#[test]
fn phonetic_guides_are_no_text() {
    let strings = "<si><r><t>東京</t></r><r><t xml:space=\"preserve\"> 都</t></r><rPh sb=\"0\" eb=\"2\">\
                   <t>トウキョウ</t></rPh><phoneticPr fontId=\"1\"/></si><si><t>a&amp;b&#x3042;</t></si>";
    let sheet = "<sheetData><row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c><c t=\"s\"><v>9</v></c>\
                 <c t=\"inlineStr\"><is><t>松江</t><rPh><t>マツエ</t></rPh></is></c></row></sheetData>";
    let book = Xlsx {
        sheets: &[("表", "visible", sheet)],
        strings,
        styles: "",
    };
    let staged = page(&book.build());
    assert_eq!(grid(tables(&staged.value)[0]), "東京 都|a&bあ|9|松江");
    assert_eq!(of(&staged, Code::CellError).len(), 1);
}

#[test]
fn built_in_formats_are_those_of_japanese() {
    let ids = [14, 31, 28, 9, 38, 49, 55];
    let xfs: String = ids
        .iter()
        .map(|id| format!("<xf numFmtId=\"{id}\"/>"))
        .collect();
    let styles =
        format!("<cellStyleXfs><xf numFmtId=\"10\"/></cellStyleXfs><cellXfs>{xfs}</cellXfs>");
    let cells: String = (0..ids.len())
        .map(|s| format!("<c s=\"{s}\"><v>45383</v></c>"))
        .collect();
    let dated = "<c s=\"1\" t=\"d\"><v>2024-04-01T00:00:00</v></c><c s=\"99\"><v>1E2</v></c>";
    let sheet = format!("<sheetData><row>{cells}{dated}</row></sheetData>");
    let book = Xlsx {
        sheets: &[("表", "visible", &sheet)],
        strings: "",
        styles: &styles,
    };
    assert_eq!(
        grid(tables(&page(&book.build()).value)[0]),
        "2024/4/1|2024年4月1日|令和6年4月1日|4538300%|45,383|45383|2024年4月|2024年4月1日|100"
    );
}

#[test]
fn sheets_follow_each_other_and_may_be_very_hidden() {
    let cell = |text: &str| {
        format!("<sheetData><row><c t=\"inlineStr\"><is><t>{text}</t></is></c></row></sheetData>")
    };
    let (a, b, c) = (cell("一"), cell("二"), cell("三"));
    let book = Xlsx {
        sheets: &[
            ("い", "visible", &a),
            ("ろ", "veryHidden", &b),
            ("は", "visible", &c),
        ],
        strings: "",
        styles: "",
    };
    let staged = page(&book.build());
    assert_eq!(paragraphs(&staged.value), ["一", "三"]);
    assert_eq!(
        of(&staged, Code::HiddenSkipped)[0].raw.as_deref(),
        Some("ろ")
    );
    let sheets: Vec<String> = written(&staged.value)
        .into_keys()
        .map(|(s, ..)| s)
        .collect();
    assert_eq!(sheets, ["い", "は"]);
}

#[test]
fn limits_hold() {
    let sheet = "<sheetData><row><c><v>1</v></c><c><v>2</v></c></row><row><c r=\"J2\"><v>3</v></c></row></sheetData>";
    let bytes = xlsx_sheet(sheet);
    let with = |limits| {
        read(
            &bytes,
            &Hint {
                limits,
                ..Hint::default()
            },
        )
    };
    assert!(
        with(Limits {
            cells: 20,
            ..Limits::default()
        })
        .is_ok()
    );
    for cells in [2, 19] {
        let error = with(Limits {
            cells,
            ..Limits::default()
        })
        .unwrap_err();
        assert_eq!(
            error,
            ReadError::TooLarge {
                limit: "cells",
                value: cells
            }
        );
    }
    let error = with(Limits {
        pages: 0,
        ..Limits::default()
    })
    .unwrap_err();
    assert_eq!(
        error,
        ReadError::TooLarge {
            limit: "pages",
            value: 0
        }
    );
    let error = with(Limits {
        unpacked_bytes: 10,
        ..Limits::default()
    })
    .unwrap_err();
    assert!(matches!(
        error,
        ReadError::TooLarge {
            limit: "unpacked_bytes",
            ..
        }
    ));
}

#[test]
fn damage_is_named() {
    let bytes = xlsx_sheet("<sheetData><row r=\"0\"><c r=\"A0\"><v>1</v></c></row></sheetData>");
    assert!(matches!(
        detect(&bytes),
        Err(ReadError::Damaged { format: "xlsx", .. })
    ));
    let half = &bytes[..bytes.len() / 2];
    let said = detect(half).unwrap_err().to_string();
    assert!(
        said.contains("damaged") && said.contains("fetch it again"),
        "{said}"
    );
    assert_eq!(detect(&xlsx_sheet("<sheetData/>")), Err(ReadError::Empty));
}
