//! Workbooks of OpenDocument, made by hand.

use kurabe_read::{Hint, ReadError, read};
use kurabe_trace::Code;

use crate::build::ods;
use crate::{assert_accounted, detect, grid, of, paragraphs, tables};

fn sheet(rows: &str) -> String {
    format!("<table:table table:name=\"表\">{rows}</table:table>")
}

fn row(cells: &str) -> String {
    format!("<table:table-row>{cells}</table:table-row>")
}

fn cell(text: &str) -> String {
    format!("<table:table-cell><text:p>{text}</text:p></table:table-cell>")
}

#[test]
fn cells_hold_what_the_sheet_displays() {
    let cells = [
        "<table:table-cell office:value-type=\"float\" office:value=\"1234\"><text:p>1,234</text:p></table:table-cell>",
        "<table:table-cell office:value-type=\"date\" office:date-value=\"2024-04-01\"><text:p>令和6年4月1日</text:p></table:table-cell>",
        "<table:table-cell><text:p>一<text:s text:c=\"2\"/>二<text:line-break/>三</text:p><text:p>  四  五<text:tab/></text:p></table:table-cell>",
        "<table:table-cell><office:annotation><text:p>メモ</text:p></office:annotation><text:p>本<text:span>文</text:span>&amp;</text:p></table:table-cell>",
        "<table:table-cell><text:p><text:ruby><text:ruby-base>松江</text:ruby-base><text:ruby-text>まつえ</text:ruby-text></text:ruby>市</text:p></table:table-cell>",
        "<table:table-cell><draw:frame><draw:text-box><text:p>図</text:p></draw:text-box></draw:frame></table:table-cell>",
        "<table:table-cell><text:p>末</text:p></table:table-cell>",
    ];
    let staged = detect(&ods("", &sheet(&row(&cells.concat())))).unwrap();
    assert_accounted(&staged.value);
    assert_eq!(
        grid(tables(&staged.value)[0]),
        "1,234|令和6年4月1日|一  二⏎三⏎  四  五\t|本文&|松江市||末"
    );
}

#[test]
fn repeats_and_spans_are_followed() {
    let wide = "<table:table-cell table:number-columns-spanned=\"2\" table:number-rows-spanned=\"2\">\
                <text:p>広</text:p></table:table-cell><table:covered-table-cell/>";
    let rows = [
        row(&[cell("題").as_str()].concat()),
        format!("<table:table-row table:number-rows-repeated=\"2\">{}</table:table-row>",
            "<table:table-cell table:number-columns-repeated=\"1024\"/>"),
        row(&format!("{wide}{}", cell("右"))),
        row(&format!("<table:covered-table-cell table:number-columns-repeated=\"2\"/>{}", cell("下"))),
        "<table:table-row table:number-rows-repeated=\"2\"><table:table-cell \
         table:number-columns-repeated=\"3\"><text:p>0</text:p></table:table-cell></table:table-row>"
            .to_owned(),
        "<table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell \
         table:number-columns-repeated=\"16384\"/></table:table-row>".to_owned(),
    ];
    let staged = detect(&ods("", &sheet(&rows.concat()))).unwrap();
    assert_accounted(&staged.value);
    assert_eq!(paragraphs(&staged.value), ["題"]);
    assert_eq!(
        grid(tables(&staged.value)[0]),
        "広<2x2>||右\n||下\n0|0|0\n0|0|0"
    );
}

#[test]
fn hidden_parts_are_left_out_and_reported() {
    let styles = "<style:style style:name=\"ta1\" style:family=\"table\"><style:table-properties \
                  table:display=\"true\"/></style:style><style:style style:name=\"ta2\" \
                  style:family=\"table\"><style:table-properties table:display=\"false\"/></style:style>";
    let shown = format!(
        "<table:table table:name=\"公開\" table:style-name=\"ta1\"><table:table-column/>\
         <table:table-column table:visibility=\"collapse\"/><table:table-column/>{}\
         <table:table-row table:visibility=\"filter\">{}</table:table-row>{}</table:table>",
        row(&["甲", "乙", "丙"].map(cell).concat()),
        ["一", "二", "三"].map(cell).concat(),
        row(&["四", "五", "六"].map(cell).concat()),
    );
    let hidden = format!(
        "<table:table table:name=\"裏\" table:style-name=\"ta2\">{}</table:table>",
        row(&cell("秘"))
    );
    let bytes = ods(styles, &format!("{shown}{hidden}"));
    let staged = detect(&bytes).unwrap();
    assert_accounted(&staged.value);
    assert_eq!(grid(tables(&staged.value)[0]), "甲|丙\n四|六");
    let raws: Vec<&str> = of(&staged, Code::HiddenSkipped)
        .iter()
        .filter_map(|f| f.raw.as_deref())
        .collect();
    assert_eq!(raws, ["公開!A2:C2", "公開!B1:B3", "裏"]);
    let all = Hint {
        hidden: true,
        ..Hint::default()
    };
    let staged = read(&bytes, &all).unwrap();
    assert_eq!(
        grid(tables(&staged.value)[0]),
        "甲|乙|丙\n一|二|三\n四|五|六"
    );
    assert_eq!(paragraphs(&staged.value), ["秘"]);
}

#[test]
fn errors_and_formulas_without_value_are_reported() {
    let cells = "<table:table-cell table:formula=\"of:=1/0\" office:value-type=\"string\" \
                 calcext:value-type=\"error\"><text:p>#DIV/0!</text:p></table:table-cell>\
                 <table:table-cell table:formula=\"of:=1\"/>\
                 <table:table-cell table:formula=\"of:=&quot;&quot;\" office:value-type=\"string\"/>";
    let staged = detect(&ods("", &sheet(&row(cells)))).unwrap();
    let places: Vec<String> = of(&staged, Code::CellError)
        .iter()
        .map(|f| f.locator.to_string())
        .collect();
    assert_eq!(places, ["表!A1", "表!B1"]);
}

#[test]
fn written_repeats_are_limited() {
    let rows = "<table:table-row table:number-rows-repeated=\"1048576\"><table:table-cell \
                table:number-columns-repeated=\"16384\"><text:p>x</text:p></table:table-cell></table:table-row>";
    let error = detect(&ods("", &sheet(rows))).unwrap_err();
    assert!(matches!(error, ReadError::TooLarge { limit: "cells", .. }));
}
