//! Every page shape on small pages written for the purpose.
#![allow(
    clippy::unwrap_used,
    reason = "a test that meets something unexpected fails"
)]

use kurabe_layout::{Profile, RawDocument, RawKpi, Recognition, Words, lay_out};
use kurabe_page::{Block, Cell, Line, Node, Page, Row, Table};
use kurabe_trace::{Code, Finding};

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
edition = ["令和5年度版"]
edition_pattern = '令和\d+年度版'
"#;

fn profile(body: &str) -> Profile {
    Profile::parse(&format!("{HEAD}\n{body}"), "sample.toml").unwrap()
}

/// A page from text: tabs make tables, `# ` headings, `- ` items, blank lines end blocks.
fn page(text: &str) -> Page {
    let mut page = Page::default();
    let mut open = false;
    for (index, line) in text.lines().enumerate() {
        let number = u32::try_from(index + 1).unwrap();
        if line.trim().is_empty() {
            open = false;
            continue;
        }
        page.written_lines.push(number);
        add_line(&mut page, number, line, open);
        open = true;
    }
    page
}

fn add_line(page: &mut Page, number: u32, line: &str, open: bool) {
    let text = |t: &str| Line {
        number,
        text: t.to_owned(),
    };
    if line.contains('\t') {
        let row = Row {
            line: number,
            cells: line.split('\t').map(cell).collect(),
        };
        match page.blocks.last_mut().filter(|_| open) {
            Some(Block::Table(table)) => table.rows.push(row),
            _ => page.blocks.push(Block::Table(Table {
                rows: vec![row],
                is_grid: false,
            })),
        }
    } else if let Some(rest) = line.strip_prefix("# ") {
        page.blocks.push(Block::Heading {
            level: 1,
            line: text(rest),
        });
    } else if let Some(rest) = line.strip_prefix("- ") {
        page.blocks.push(Block::Item(vec![text(rest)]));
    } else {
        match page.blocks.last_mut().filter(|_| open) {
            Some(Block::Paragraph(lines)) => lines.push(text(line)),
            _ => page.blocks.push(Block::Paragraph(vec![text(line)])),
        }
    }
}

fn cell(text: &str) -> Cell {
    let blank = text.trim().is_empty();
    let content = if blank {
        Vec::new()
    } else {
        vec![Node::Text(text.to_owned())]
    };
    Cell {
        raw: text.to_owned(),
        content,
        ..Cell::default()
    }
}

fn read(body: &str, text: &str) -> (RawDocument, Vec<Finding>) {
    let staged = lay_out(&page(text), &profile(body));
    (staged.value, staged.findings)
}

fn codes(findings: &[Finding]) -> Vec<Code> {
    findings.iter().map(|f| f.code).collect()
}

fn said(words: &Option<Words>) -> Option<&str> {
    words.as_ref().map(|w| w.text.as_str())
}

const ROWS: &str = r#"
[words.status]
"運用中" = "operating"
"検討中" = "study"
[[region]]
name = "rows"
[[region.table]]
record = "measure"
header = ["番号", "取組名"]
carry = ["section"]
[region.table.columns]
section = ["区分"]
number = ["番号"]
title = ["取組名"]
departments = ["担当"]
status = ["状況"]
past = ["経過"]
start = ["開始"]
"#;

const ROWS_HEADER: &str = "区分\t番号\t取組名\t担当\t状況\t経過\t開始\n";

fn read_rows(rows: &str) -> (RawDocument, Vec<Finding>) {
    read(ROWS, &format!("{ROWS_HEADER}{rows}"))
}

#[test]
fn rows_carry_groups_over_page_breaks_and_go_on_without_a_header() {
    let (document, findings) = read_rows(
        "窓口\t1\t予約の受付\t市民課\t運用中\t\tR4.5月～\n\n\t2\t記帳台の廃止\t市民課\t検討中\t\t未定\n",
    );
    assert!(findings.is_empty(), "{findings:?}");
    let sections: Vec<_> = document.measures.iter().map(|m| said(&m.section)).collect();
    assert_eq!(sections, [Some("窓口"), Some("窓口")]);
    assert!(document.claims.unread().is_empty());
}

#[test]
fn rows_that_have_moved_are_put_right() {
    let (document, findings) = read_rows(
        "\t税\t1\t申告の電子化\t税務課\t運用中\t済\n2\t案内の自動化\t税務課\t検討中\t\t未定\t\n",
    );
    let found: Vec<_> = document
        .measures
        .iter()
        .map(|m| (said(&m.number), said(&m.title)))
        .collect();
    assert_eq!(found[0], (Some("1"), Some("申告の電子化")));
    assert_eq!(found[1], (Some("2"), Some("案内の自動化")));
    assert_eq!(said(&document.measures[1].section), Some("税"));
    assert_eq!(
        codes(&findings),
        [Code::RowShifted, Code::CellLost, Code::RowShifted]
    );
}

#[test]
fn a_row_without_a_number_is_a_track_of_the_measure_before() {
    let (document, findings) = read_rows(
        "広報\t1\t情報の発信\t広報課\t運用中\tサイト ・公開した\tサイト R5.2月～\n\
         検討中\t\t\t\tアプリ ・方法を決める\tアプリ R5年度中\t\n",
    );
    assert_eq!(document.measures.len(), 1);
    let tracks = &document.measures[0].tracks;
    let names: Vec<_> = tracks.iter().map(|t| said(&t.name)).collect();
    assert_eq!(names, [Some("サイト"), Some("アプリ")]);
    assert_eq!(said(&tracks[1].start), Some("アプリ R5年度中"));
    assert_eq!(codes(&findings), [Code::RowShifted, Code::RowContinued]);
}

#[test]
fn numbers_that_start_anew_inside_a_section_go_on() {
    let (document, _) = read_rows(&format!(
        "内部\t1\tあ事業\t人事課\t検討中\t\t\n\t2\tい事業\t人事課\t検討中\t\t\n\n\
         {ROWS_HEADER}内部\t1\tう事業\t人事課\t検討中\t\t\n"
    ));
    let numbers: Vec<_> = document
        .measures
        .iter()
        .map(|m| m.number_by_sequence)
        .collect();
    assert_eq!(numbers, [None, None, Some(3)]);
}

#[test]
fn a_run_that_a_page_break_cuts_again_goes_on_in_the_same_way() {
    let row = |n: u32, title: &str| format!("内部\t{n}\t{title}\t人事課\t検討中\t\t\n");
    let (document, _) = read_rows(&format!(
        "{}\n{ROWS_HEADER}{}\n{ROWS_HEADER}{}",
        row(1, "あ事業"),
        row(1, "い事業"),
        row(2, "う事業")
    ));
    let numbers: Vec<_> = document
        .measures
        .iter()
        .map(|m| m.number_by_sequence)
        .collect();
    assert_eq!(numbers, [None, Some(2), Some(3)]);
}

#[test]
fn words_below_an_unknown_column_heading_are_kept_as_notes() {
    let text = format!(
        "{}窓口\t1\t予約の受付\t市民課\t運用中\t始めた\t\n",
        ROWS_HEADER.replace("経過", "所見")
    );
    let (document, findings) = read(ROWS, &text);
    assert_eq!(document.measures[0].note[0].text, "所見：始めた");
    assert_eq!(codes(&findings), [Code::HeadingUnknown]);
}

#[test]
fn a_row_that_is_no_measure_is_reported_and_stays_unread() {
    let (document, findings) =
        read_rows("窓口\t1\t予約の受付\t市民課\t運用中\t\t\n\t\t不明な行\t\t\t\t\n");
    assert_eq!(document.claims.unread(), [3]);
    assert_eq!(codes(&findings), [Code::RowUnread]);
}

const SHEETS: &str = r#"
[[region]]
name = "sheets"
[region.sheets]
first_row_mark = "【関連】"
[region.sheets.fields]
departments = ['^担当$']
kpis = ['^指標$']
schedule = ['^計画$']
actuals = ['^令和\d+年度末実績$']
"#;

const SHEET: &str = "1\t防犯カメラの設置\t【関連】\t\t\t\n担当\t総務課\t\t\t\t\n";

#[test]
fn a_sheet_is_read_field_by_field() {
    let text = format!(
        "{SHEET}指標\t・設置数：2台（令和7年度末） ・点検：年1回\t\t\t\t\n\
         計画\t令和4年度\t令和5年度\t令和6年度\t開始年度\t\n\
         \t\t検討\t導入\t令和6年度\t\n\
         令和5年度未実績\t設置数：1台\t\t\t\t\n"
    );
    let (document, findings) = read(SHEETS, &text);
    let measure = &document.measures[0];
    assert_eq!(measure.kpis.len(), 2);
    assert!(matches!(&measure.kpis[1], RawKpi::Statement(w) if w.text == "点検：年1回"));
    let row = &measure.schedules[0].rows[0];
    let phases: Vec<_> = row
        .cells
        .iter()
        .map(|c| (c.fiscal_year, c.phase.text.as_str()))
        .collect();
    assert_eq!(phases, [(2023, "検討"), (2024, "導入")]);
    assert_eq!(said(&row.start), Some("令和6年度"));
    assert_eq!(measure.actuals[0].words.text, "設置数：1台");
    assert_eq!(codes(&findings), [Code::HeadingRepaired]);
}

#[test]
fn an_unknown_field_is_reported_and_loses_nothing_else() {
    let text = format!("{SHEET}予算\t100円\t\t\t\t\n指標\t・点検：1回\t\t\t\t\n");
    let (document, findings) = read(SHEETS, &text);
    assert_eq!(document.measures[0].kpis.len(), 1);
    assert_eq!(document.measures[0].note[0].text, "予算：100円");
    assert!(document.claims.unread().is_empty());
    assert_eq!(codes(&findings), [Code::HeadingUnknown]);
}

#[test]
fn results_may_be_a_table_with_a_remark_below_it() {
    let text = format!(
        "{SHEET}令和5年度末実績\t契約年度\t令和4年度\t令和5年度\t主な利用\t\n\
         \t読取箇所数\t10箇所\t20箇所\t申請書\t\n※件数は想定\t\t\t\t\t\n"
    );
    let (document, findings) = read(SHEETS, &text);
    let series = &document.measures[0].series[0];
    assert_eq!(
        (series.label.as_str(), series.values.len()),
        ("読取箇所数", 3)
    );
    assert_eq!(series.note.as_deref(), Some("※件数は想定"));
    assert!(findings.is_empty() && document.claims.unread().is_empty());
}

/// Item, phases and start of a schedule row.
type Read = (Option<String>, Vec<(i32, String)>, Option<String>);

fn schedule(rows: &str) -> Vec<Read> {
    let head = "計画\t令和4年度\t令和5年度\t令和6年度\t令和7年度\t開始年度\t\n";
    let (document, _) = read(SHEETS, &format!("{SHEET}{head}{rows}"));
    let owned = |w: &Option<Words>| said(w).map(str::to_owned);
    document.measures[0].schedules[0]
        .rows
        .iter()
        .map(|r| {
            let cells = r
                .cells
                .iter()
                .map(|c| (c.fiscal_year, c.phase.text.clone()))
                .collect();
            (owned(&r.item), cells, owned(&r.start))
        })
        .collect()
}

fn phases(list: &[(i32, &str)]) -> Vec<(i32, String)> {
    list.iter().map(|(y, p)| (*y, (*p).to_owned())).collect()
}

#[test]
fn names_of_items_in_the_first_year_are_names() {
    let rows = schedule(
        "\t水位を見るカメラ\t試験導入\t運用\t\t令和5年度\t\n\t街のカメラ\t運用\t\t\t適宜\t\n",
    );
    assert_eq!(rows[0].0.as_deref(), Some("水位を見るカメラ"));
    assert_eq!(rows[0].1, phases(&[(2023, "試験導入"), (2024, "運用")]));
    assert_eq!(rows[1].0.as_deref(), Some("街のカメラ"));
}

#[test]
fn a_name_alone_in_the_first_year_stays_what_its_column_says() {
    let rows = schedule("\t自動操舵\t計画策定\t運用\t\t令和6年度\t\n");
    assert_eq!(rows[0].0, None);
    assert_eq!(rows[0].1[0], (2022, "自動操舵".to_owned()));
}

#[test]
fn a_start_in_the_last_year_moves_the_phases_that_touch_it() {
    let rows = schedule("\t試行\t\t導入・見直し\t適宜\t\t\n");
    assert_eq!(rows[0].1, phases(&[(2022, "試行"), (2025, "導入・見直し")]));
    assert_eq!(rows[0].2.as_deref(), Some("適宜"));
}

#[test]
fn a_start_behind_its_column_gives_the_last_phase_back_to_the_last_year() {
    let rows = schedule("\t\t試行\t\t\t導入・見直し\t適宜\n");
    assert_eq!(rows[0].1, phases(&[(2023, "試行"), (2025, "導入・見直し")]));
    assert_eq!(rows[0].2.as_deref(), Some("適宜"));
}

#[test]
fn a_name_in_the_key_column_moves_its_phases_back() {
    let rows =
        schedule("\t保育の仕組み\t検討\t運用\t\t\t\n給食の仕組み\t検討\t試行\t\t\t令和6年度\t\n");
    assert_eq!(rows[1].0.as_deref(), Some("給食の仕組み"));
    assert_eq!(rows[1].1, phases(&[(2023, "検討"), (2024, "試行")]));
}

#[test]
fn a_name_that_overwrote_a_year_moves_all_names_down() {
    let text = format!(
        "{SHEET}計画\t端末による管理\t令和5年度\t令和6年度\t令和7年度\t開始年度\t\n\
         \t架電の仕組み\t検討\t導入\t運用\t令和6年度\t\n\
         \t台帳の仕組み\t検討\t導入・運用\t\t令和6年度\t\n"
    );
    let (document, findings) = read(SHEETS, &text);
    let schedule = &document.measures[0].schedules[0];
    assert!(schedule.is_damaged);
    let names: Vec<_> = schedule.rows.iter().map(|r| said(&r.item)).collect();
    assert_eq!(names, [Some("端末による管理"), Some("架電の仕組み")]);
    assert!(codes(&findings).contains(&Code::SheetDamaged));
}

#[test]
fn a_heading_above_the_names_is_no_overwritten_year() {
    let text = format!(
        "{SHEET}計画\t項目\t令和5年度\t令和6年度\t開始年度\t\n\t窓口\t検討\t導入\t令和6年度\t\n"
    );
    let (document, _) = read(SHEETS, &text);
    let schedule = &document.measures[0].schedules[0];
    assert!(!schedule.is_damaged);
    assert_eq!(schedule.years, [2023, 2024]);
    assert_eq!(said(&schedule.rows[0].item), Some("窓口"));
}

const OUTLINE: &str = r#"
[[region]]
name = "outline"
[region.outline]
part = '^\((?<number>\d+)\)\s*(?<text>[^-].*)$'
section = '^(?<number>\(\d+\)-\d+)\s+(?<text>.+)$'
measure = '^(?<number>\(\d+\)-\d+-\d+)\s*(?<title>.+?)\s*\((?<departments>[^()]+)\)$'
field_heading = '^【[^】]+】$'
[region.outline.fields]
past = ['^【これまで】$']
schedule = ['^【予定】$']
kpis = ['^【指標】$']
[region.outline.schedule]
item = ["主な取組"]
departments = ["担当課"]
"#;

#[test]
fn an_outline_gives_measures_with_their_fields() {
    let (document, findings) = read(
        OUTLINE,
        "(1) 町民サービス\n\n(1)-1 窓口\n\n（1）-1-1 手続きの電子化（総務課）\n\n【これまで】\n\n始めました。\n\n\
         【予定】\n\n主な取組\tR6年度\tR7年度\tR8年度\t担当課\n受付\t\t\t\t総務課\n\t構築\t運用\t\t\n\
         研修\t実施\t\t総務課\t\n\n【指標】\n\n受付件数\n\n- ・現状値（R5）：3件\n- ・目標値（R8）：9件\n",
    );
    let measure = &document.measures[0];
    assert_eq!(said(&measure.part), Some("町民サービス"));
    assert_eq!(said(&measure.section), Some("窓口"));
    assert_eq!(said(&measure.number), Some("（1）-1-1"));
    let rows = &measure.schedules[0].rows;
    assert_eq!(
        rows.len(),
        2,
        "a row without a name goes on with the one before"
    );
    assert_eq!(rows[0].cells.len(), 2);
    assert_eq!(said(&rows[1].department), Some("総務課"));
    assert!(matches!(&measure.kpis[0], RawKpi::Listed { values, .. } if values.len() == 2));
    assert_eq!(codes(&findings), [Code::RowContinued, Code::RowShifted]);
    assert!(document.claims.unread().is_empty());
}

#[test]
fn headings_of_figures_may_stand_in_a_second_header_row() {
    let (document, findings) = read(
        "[[region]]\nname = \"effects\"\n[[region.table]]\nrecord = \"outcome\"\nlist = \"実績\"\n\
         header = [\"年度\"]\n[region.table.columns]\nyear = [\"年度\"]\n\
         [[region.table.metrics]]\nmetric = \"業務時間\"\nbefore = \"導入前\"\nafter = \"導入後\"\n",
        "年度\t業務時間\t\n\t導入前\t導入後\nR4\t10h\t4h\n",
    );
    assert_eq!(codes(&findings), []);
    let figures: Vec<_> = document
        .outcomes
        .iter()
        .map(|o| (o.before.as_deref(), o.after.as_deref()))
        .collect();
    assert_eq!(figures, [(Some("10h"), Some("4h"))]);
}

#[test]
fn lists_take_their_term_from_the_lines_below_the_heading() {
    let (document, _) = read(
        "[[region]]\nname = \"lists\"\n[region.lists]\nrecord = \"measure\"\n\
         item = '^(?<number>\\d+)\\s+(?<title>\\S.*)$'\ngroup = '^(?<text>短期|長期)$'\nterm = true\nterm_mark = '^↳$'\n",
        "# 短期\n\nR4\n\n↳\n\nR5\n\n- 1 電子申請\n- 2 予約\n\n# 長期\n\nR4\n\n- 3 基盤\n",
    );
    let terms: Vec<_> = document
        .measures
        .iter()
        .filter_map(|m| m.term.as_ref())
        .map(|(name, years)| (name.text.as_str(), years.len()))
        .collect();
    assert_eq!(terms, [("短期", 2), ("短期", 2), ("長期", 1)]);
}

#[test]
fn a_document_is_known_by_its_words() {
    let profile = profile("");
    let known = |text: &str| profile.recognise(&page(text));
    assert_eq!(known("見本計画\n\n令和５年度版"), Recognition::Document);
    let found = "令和6年度版".to_owned();
    assert_eq!(
        known("見本計画\n\n令和6年度版"),
        Recognition::OtherEdition { found }
    );
    assert_eq!(known("別の計画\n\n令和5年度版"), Recognition::No);
}

#[test]
fn an_unknown_key_names_its_path_and_the_nearest_key() {
    let wrong = format!(
        "{HEAD}\n[[region]]\nname = \"a\"\n[[region.table]]\nrecord = \"measure\"\nheaders = [\"x\"]\n"
    );
    let message = Profile::parse(&wrong, "sample.toml")
        .unwrap_err()
        .to_string();
    assert!(message.contains("region[0].table.headers"), "{message}");
    assert!(message.contains("`header`"), "{message}");
    assert!(message.contains("sample.toml:"), "{message}");
}

#[test]
fn a_wrong_pattern_and_a_wrong_code_are_refused() {
    let wrong = format!("{HEAD}\n[[region]]\nname = \"a\"\nstarts = '('\n");
    assert!(
        Profile::parse(&wrong, "p")
            .unwrap_err()
            .to_string()
            .contains("not a pattern")
    );
    let wrong = HEAD.replace("131016", "13101");
    assert!(
        Profile::parse(&wrong, "p")
            .unwrap_err()
            .to_string()
            .contains("six digits")
    );
}
