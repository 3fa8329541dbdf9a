//! The same records under other header words, orders, merges and shapes, in made-up pages.
#![allow(
    clippy::unwrap_used,
    reason = "a test that meets something unexpected fails"
)]

use kurabe_layout::{Profile, RawDocument, RawKpi, RawMeasure, Words, lay_out};
use kurabe_page::{Block, Cell, Line, Node, Page, Row, Table};

const HEAD: &str = r#"
[municipality]
code = "131016"
name = "見本区"
prefecture = "東京都"
kind = "ward"
[document]
slug = "plan"
plan_id = "plan"
title = "見本計画"
publisher = "見本区"
kind = "plan"
[recognise]
title = ["見本計画"]
[words.status]
"運用中" = "operating"
[[region]]
name = "measures"
"#;

/// A page under construction: pieces get the next line.
#[derive(Default)]
struct Pages(Page);

impl Pages {
    fn number(&mut self) -> u32 {
        let number = u32::try_from(self.0.written_lines.len() + 1).unwrap();
        self.0.written_lines.push(number);
        number
    }

    fn text(mut self, text: &str) -> Self {
        let number = self.number();
        let text = text.to_owned();
        self.0
            .blocks
            .push(Block::Paragraph(vec![Line { number, text }]));
        self
    }

    /// A grid: cells are separated by `|`; `text*2x3` spans two rows and three columns.
    fn table(mut self, rows: &[&str]) -> Self {
        let rows = rows.iter().map(|row| Row {
            line: self.number(),
            cells: row.split('|').map(cell).collect(),
        });
        let rows = rows.collect();
        let table = Table {
            rows,
            is_grid: true,
        };
        self.0.blocks.push(Block::Table(table));
        self
    }

    fn read(self, profile: &str) -> RawDocument {
        let profile = Profile::parse(&format!("{HEAD}{profile}"), "sample.toml").unwrap();
        lay_out(&self.0, &profile).value
    }
}

fn cell(written: &str) -> Cell {
    let (text, spans) = written.split_once('*').unwrap_or((written, "1x1"));
    let (rows, columns) = spans.split_once('x').unwrap();
    let node = (!text.is_empty()).then(|| Node::Text(text.replace('/', "\n")));
    Cell {
        raw: text.to_owned(),
        content: node.into_iter().collect(),
        row_span: rows.parse().unwrap(),
        column_span: columns.parse().unwrap(),
    }
}

fn said(words: &Option<Words>) -> &str {
    words.as_ref().map_or("", |w| w.text.as_str())
}

fn all(words: &[Words]) -> Vec<&str> {
    words.iter().map(|w| w.text.as_str()).collect()
}

fn kpis(measure: &RawMeasure) -> Vec<String> {
    let shown = measure.kpis.iter().map(|kpi| match kpi {
        RawKpi::Statement(words) => words.text.clone(),
        RawKpi::Listed { name, values } => {
            let values = values.iter().map(|(l, v)| format!("{}={}", l.text, v.text));
            format!("{}: {}", name.text, values.collect::<Vec<_>>().join(", "))
        }
    });
    shown.collect()
}

const ROWS: &str = r#"
[region.prose]
list = "表紙"
[[region.table]]
record = "measure"
header = ["番号", "取組名"]
ignore = ["通番", "更新日"]
bands = { section = '^■(?<text>.+)$' }
[region.table.columns]
number = ["番号"]
title = ["取組名"]
departments = ["主管課", "関係課"]
status = ["上半期 状況"]
past = ["上半期 内容"]
note = ["課題 状況", "備考"]
kpis = ["指標"]
baseline = ["現状"]
target = ["目標"]
"#;

#[test]
fn lower_headings_are_told_apart_by_those_above() {
    let document = Pages::default()
        .table(&[
            "通番*2x1|番号*2x1|取組名*2x1|上半期*1x2||課題*1x1|備考*2x1",
            "|||状況|内容|状況|",
            "7|1|予約の受付|運用中|始めた|混雑|なし",
        ])
        .read(ROWS);
    let measure = &document.measures[0];
    assert_eq!(said(&measure.status), "運用中");
    assert_eq!(all(&measure.past), ["始めた"]);
    assert_eq!(all(&measure.note), ["混雑", "なし"]);
}

#[test]
fn bands_name_the_section_in_rows_and_above_tables() {
    let document = Pages::default()
        .text("■窓口")
        .table(&["番号|取組名|主管課|関係課", "1-1|予約の受付|市民課|税務課"])
        .table(&[
            "番号|取組名|主管課|関係課",
            "■税*1x4|||",
            "2-1|申告|税務課|",
        ])
        .read(ROWS);
    let sections: Vec<&str> = document.measures.iter().map(|m| said(&m.section)).collect();
    assert_eq!(sections, ["窓口", "税"]);
    assert_eq!(said(&document.measures[0].departments), "市民課、税務課");
    assert_eq!(said(&document.measures[0].number), "1-1");
    assert!(document.claims.unread().is_empty());
}

#[test]
fn other_rows_stand_above_a_header_and_rows_without_number_go_on() {
    let document = Pages::default()
        .table(&[
            "作成日|令和5年3月31日||||",
            "番号|取組名|指標|現状|目標|更新日",
            "1*2x1|予約の受付*2x1|予約数|10件|50件|4/1",
            "||満足度|60%|80%|",
        ])
        .read(ROWS);
    assert_eq!(document.measures.len(), 1);
    assert_eq!(
        kpis(&document.measures[0]),
        [
            "予約数: 現状値（現状）=10件, 目標値（目標）=50件",
            "満足度: 現状値（現状）=60%, 目標値（目標）=80%"
        ]
        .map(|text| text
            .replace("現状値（現状）", "現状")
            .replace("目標値（目標）", "目標"))
    );
    assert!(document.measures[0].note.is_empty());
    assert!(document.claims.unread().is_empty());
}

const SHEETS: &str = r#"
[region.sheets]
title = '^施策(?<number>\d+) (?<title>.+)$'
[region.sheets.fields]
departments = ['^所管課$']
status = ['^状況$']
summary = ['^概要$']
kpis = ['^指標$']
schedule = ['^日程$']
"#;

#[test]
fn a_sheet_has_several_headings_in_a_row_and_its_title_above() {
    let document = Pages::default()
        .text("施策1 予約の受付")
        .table(&[
            "基本*2x1|所管課*1x2||市民課|状況|運用中",
            "|概要*1x2||受け付ける。||",
        ])
        .text("施策2 記帳台の廃止")
        .table(&[
            "所管課|税務課|状況|運用中",
            "日程||令和5年度|令和6年度",
            "||検討|実施",
        ])
        .read(SHEETS);
    let [first, second] = document.measures.as_slice() else {
        panic!("{:?}", document.measures);
    };
    assert_eq!(
        (said(&first.number), said(&first.title)),
        ("1", "予約の受付")
    );
    assert_eq!(
        (said(&first.departments), said(&first.status)),
        ("市民課", "運用中")
    );
    assert_eq!(all(&first.summary), ["受け付ける。"]);
    assert_eq!(said(&second.departments), "税務課");
    assert_eq!(second.schedules[0].years, [2023, 2024]);
    assert!(document.claims.unread().is_empty());
}

const OUTLINE: &str = r#"
[region.outline]
measure = '^(?<number>\d+) (?<title>.+)$'
field_heading = '^(所管課|概要|日程|指標)$'
[region.outline.fields]
departments = ['^所管課$']
summary = ['^概要$']
schedule = ['^日程$']
kpis = ['^指標$']
"#;

#[test]
fn fields_stand_in_lines_or_in_a_table() {
    let lines = Pages::default()
        .text("1 予約の受付")
        .text("所管課")
        .text("市民課")
        .text("指標")
        .text("予約数")
        .text("・現状値（R5）：10件")
        .text("・目標値（R8）：50件")
        .read(OUTLINE);
    let table = Pages::default()
        .text("1 予約の受付")
        .table(&[
            "所管課|市民課",
            "指標|予約数/・現状値（R5）：10件/・目標値（R8）：50件",
        ])
        .read(OUTLINE);
    for document in [lines, table] {
        let measure = &document.measures[0];
        assert_eq!(said(&measure.departments), "市民課");
        assert_eq!(
            kpis(measure),
            ["予約数: 現状値（R5）=10件, 目標値（R8）=50件"]
        );
        assert!(document.claims.unread().is_empty());
    }
}

#[test]
fn indicators_and_years_stand_in_tables_with_two_header_rows() {
    let document = Pages::default()
        .text("1 予約の受付")
        .text("指標")
        .table(&[
            "指標名*2x1|単位*2x1|現状値（R5）*2x1|目標値*1x2|",
            "|||R6|R7",
            "予約数|件|10|30|50",
        ])
        .text("日程")
        .table(&[
            "項目*2x1|年度*1x2|",
            "|令和6年度|令和7年度",
            "受付|検討|実施",
        ])
        .read(OUTLINE);
    let measure = &document.measures[0];
    assert_eq!(
        kpis(measure),
        ["予約数: 現状値（R5）=10件, 目標値（R6）=30件, 目標値（R7）=50件"]
    );
    assert_eq!(measure.schedules[0].years, [2024, 2025]);
    assert_eq!(measure.schedules[0].rows[0].cells.len(), 2);
    assert!(document.claims.unread().is_empty());
}
