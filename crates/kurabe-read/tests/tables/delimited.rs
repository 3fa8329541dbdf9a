//! CSV and its relatives.

use kurabe_page::{Node, Place, Unit};
use kurabe_read::{Hint, Kind, Limits, ReadError, read};
use kurabe_trace::{Code, Locator, Staged};

use crate::{assert_accounted, grid, of, paragraphs, shape, tables};

fn csv(text: &str) -> Staged<kurabe_page::Page> {
    with(text.as_bytes(), Hint::default())
}

fn with(bytes: &[u8], hint: Hint) -> Staged<kurabe_page::Page> {
    let hint = Hint {
        kind: Some(Kind::Csv),
        ..hint
    };
    let staged = read(bytes, &hint).unwrap();
    assert_accounted(&staged.value);
    staged
}

fn lines(page: &kurabe_page::Page) -> Vec<(u32, u32)> {
    let lines = page.places.iter().map(|place| match place {
        Place::Lines { first, last } => (*first, *last),
        other => panic!("{other:?}"),
    });
    lines.collect()
}

#[test]
fn records_become_the_rows_of_a_grid() {
    let staged = csv("番号,施策,施策\n1,窓口,\n2,学校,\n");
    let page = &staged.value;
    assert_eq!(page.reader, "csv");
    assert_eq!(page.unit, Unit::Line);
    assert_eq!(page.encoding, "UTF-8");
    assert_eq!(grid(tables(page)[0]), "番号|施策|施策\n1|窓口|\n2|学校|");
    assert_eq!(shape(tables(page)[0]), (3, 3));
    assert_eq!(staged.findings, []);
}

#[test]
fn records_know_their_lines_whatever_ends_them() {
    for end in ["\n", "\r\n", "\r"] {
        let text = "a,b\n\"一\n二\n\",\"x\"\"y\"\n\n\n3,\"x\n\"\n4,5".replace('\n', end);
        let page = csv(&text).value;
        assert_eq!(lines(&page), [(1, 1), (2, 4), (7, 8), (9, 9)], "{end:?}");
        assert_eq!(grid(tables(&page)[0]), "a|b\n一⏎二⏎|x\"y");
        assert_eq!(grid(tables(&page)[1]), "3|x⏎\n4|5");
    }
}

#[test]
fn blank_records_separate_tables() {
    let page = csv("A,B\n1,2\n,\nC,D\n3,4\n\n　, \nE,F\n").value;
    let grids: Vec<String> = tables(&page).into_iter().map(grid).collect();
    assert_eq!(grids, ["A|B\n1|2", "C|D\n3|4", "E|F"]);
}

#[test]
fn leading_records_of_one_cell_are_paragraphs() {
    let page = csv("事業一覧,,\n令和6年4月1日現在\n番号,名称,課\n1,窓口,\n合計,,\n").value;
    assert_eq!(paragraphs(&page), ["事業一覧/令和6年4月1日現在"]);
    assert_eq!(grid(tables(&page)[0]), "番号|名称|課\n1|窓口|\n合計||");
    let keyed = csv("#lang,ja\n#property,名称\n1,窓口\n").value;
    assert_eq!(paragraphs(&keyed), Vec::<String>::new());
    assert_eq!(shape(tables(&keyed)[0]), (3, 2));
}

#[test]
fn one_column_is_a_table_of_one_column() {
    let page = csv("施策名\n窓口\n学校\n").value;
    assert_eq!(shape(tables(&page)[0]), (3, 1));
}

#[test]
fn ragged_records_are_kept_and_reported() {
    let staged = csv("a,b,c\n1,2,3\n1,2\n1,2,3,4\n5,6,7\n");
    assert_eq!(
        grid(tables(&staged.value)[0]),
        "a|b|c\n1|2|3\n1|2\n1|2|3|4\n5|6|7"
    );
    assert!(!tables(&staged.value)[0].is_grid);
    let [finding] = staged.findings.as_slice() else {
        panic!("{:?}", staged.findings)
    };
    assert_eq!(finding.code, Code::RowsRagged);
    assert_eq!(finding.locator, Locator::lines(3, 4));
    assert!(finding.message_en.starts_with("2 records have not 3 cells"));
}

#[test]
fn the_delimiter_is_found_and_reported() {
    for (delimiter, name) in [(';', ";"), ('\t', "TAB"), ('|', "|")] {
        let text = "番号,a,名称\n1,窓口、戸籍,\"x,y\"\n2,学校,z\n".replace("\"x,y\"", "x");
        let text = text.replace(',', &delimiter.to_string());
        let staged = csv(&text);
        assert_eq!(shape(tables(&staged.value)[0]), (3, 3), "{delimiter}");
        let finding = of(&staged, Code::DelimiterGuessed)[0];
        assert_eq!(finding.raw.as_deref(), Some(name));
        let named = Hint {
            delimiter: Some(delimiter),
            ..Hint::default()
        };
        assert_eq!(with(text.as_bytes(), named).findings, []);
    }
    let name = Hint {
        name: Some("a.tsv"),
        ..Hint::default()
    };
    assert_eq!(with(b"a\tb\n1\t2\n", name).findings, []);
}

#[test]
fn any_sign_may_be_named_as_the_delimiter() {
    let hint = Hint {
        delimiter: Some('、'),
        ..Hint::default()
    };
    let page = with("番号、名称\n1、\"窓口、戸籍\"\n".as_bytes(), hint).value;
    assert_eq!(grid(tables(&page)[0]), "番号|名称\n1|窓口、戸籍");
}

#[test]
fn apostrophes_may_enclose_cells() {
    let staged = csv("'番号','名称'\n'1','窓口,戸籍'\n");
    assert_eq!(grid(tables(&staged.value)[0]), "番号|名称\n1|窓口,戸籍");
    assert_eq!(of(&staged, Code::DelimiterGuessed).len(), 1);
}

#[test]
fn stray_quotes_stay_as_written() {
    let page = csv("a,b\n5\"画面,x\"y\"z\n").value;
    assert_eq!(grid(tables(&page)[0]), "a|b\n5\"画面|x\"y\"z");
}

#[test]
fn a_quote_that_is_never_closed_costs_nothing_but_itself() {
    let staged = csv("a,b\n1,2\n3,\"窓口\n4,5\n6,7\n");
    assert_eq!(
        grid(tables(&staged.value)[0]),
        "a|b\n1|2\n3|\"窓口\n4|5\n6|7"
    );
    let finding = of(&staged, Code::FileDamaged)[0];
    assert_eq!(finding.locator, Locator::line(3));
}

#[test]
fn encodings_are_found() {
    let (bytes, _, _) = encoding_rs::SHIFT_JIS.encode("部署,取組\r\n市民課,㈱①の導入\r\n");
    let staged = with(&bytes, Hint::default());
    assert_eq!(staged.value.encoding, "Shift_JIS");
    assert_eq!(
        grid(tables(&staged.value)[0]),
        "部署|取組\n市民課|㈱①の導入"
    );
    assert_eq!(of(&staged, Code::EncodingGuessed).len(), 1);
    let marked = [b"\xEF\xBB\xBF".as_slice(), "\"部署\",取組\n".as_bytes()].concat();
    let staged = with(&marked, Hint::default());
    assert_eq!(grid(tables(&staged.value)[0]), "部署|取組");
}

#[test]
fn markup_in_cells_is_read() {
    let page = csv("a,b\n1,<p>概要</p><ul><li>取組</li></ul>\n").value;
    let cell = &tables(&page)[0].rows[1].cells[1];
    assert_eq!(
        cell.content,
        [Node::Paragraph("概要".into()), Node::Item("取組".into())]
    );
}

#[test]
fn limits_hold() {
    let hint = |limits| Hint {
        kind: Some(Kind::Csv),
        limits,
        ..Hint::default()
    };
    let few = Limits {
        cells: 3,
        ..Limits::default()
    };
    let error = read(b"a,b\nc,d\n", &hint(few)).unwrap_err();
    assert!(matches!(error, ReadError::TooLarge { limit: "cells", .. }));
    let short = Limits {
        cell_characters: 3,
        ..Limits::default()
    };
    assert!(read("あああ,b\n".as_bytes(), &hint(short)).is_ok());
    let error = read("ああああ,b\n".as_bytes(), &hint(short)).unwrap_err();
    assert!(matches!(
        error,
        ReadError::TooLarge {
            limit: "cell_characters",
            ..
        }
    ));
}

#[test]
fn nothing_is_an_error() {
    for text in ["", "\n\n", ",,\n,,\n", "\"\"\n"] {
        let hint = Hint {
            kind: Some(Kind::Csv),
            ..Hint::default()
        };
        assert_eq!(
            read(text.as_bytes(), &hint),
            Err(ReadError::Empty),
            "{text:?}"
        );
    }
}
