//! The sheet for a municipality: there and back, and everything that is refused.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that meets something unexpected fails"
)]

mod common;

use common::{code, codes};
use kurabe_review::overrides::{Provenance, Source, merge};
use kurabe_review::reply::{
    Field, Lists, Reply, ReplyError, ReplyRow, code_changes, read_reply, write_reply_csv,
    write_reply_xlsx,
};
use kurabe_review::{Code, Coding, Problem, SheetError};

fn stages() -> Vec<Code> {
    vec![
        code("study", "検討", "Study"),
        code("operating", "運用中", "Operating"),
    ]
}

fn sent() -> Vec<ReplyRow> {
    let row = |id: &str, field, current: Option<&str>| ReplyRow {
        municipality: "例市".to_owned(),
        id: id.to_owned(),
        number: "007".to_owned(),
        name: "窓口予約,\"改\"\n二行目".to_owned(),
        field,
        current: current.map(str::to_owned),
        content_key: "0123456789abcdef".to_owned(),
    };
    vec![
        row("m-1", Field::Title, Some("=窓口予約")),
        row("m-1", Field::Departments, Some("総務課")),
        row("m-1", Field::Stage, Some("study")),
        row("m-1", Field::Primary, Some("frontyard")),
        row("m-1", Field::Secondary, Some("ai; security")),
        row("k-1", Field::Value, Some("-85.0")),
        row("k-1", Field::Year, None),
    ]
}

const HEADER: [&str; 12] = [
    "自治体",
    "種別",
    "ID",
    "番号",
    "名称",
    "項目",
    "現在の内容",
    "回答",
    "訂正後の内容",
    "備考",
    "計画の版",
    "内容キー",
];

/// The sheet as sent, with cells typed in by row of the spreadsheet and column.
fn filled(cells: &[(usize, &str, &str)]) -> Vec<u8> {
    let stages = stages();
    let codes = codes();
    let lists = Lists {
        codes: &codes,
        stages: &stages,
    };
    let bytes = write_reply_csv(&sent(), lists);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(bytes.strip_prefix("\u{feff}".as_bytes()).unwrap());
    let mut rows: Vec<Vec<String>> = reader
        .records()
        .map(|r| r.unwrap().iter().map(str::to_owned).collect())
        .collect();
    for (row, column, text) in cells {
        let place = HEADER.iter().position(|h| h == column).unwrap();
        rows[row - 1][place] = (*text).to_owned();
    }
    rows.retain(|row| row[2] != "delete");
    let mut writer = csv::Writer::from_writer(Vec::new());
    rows.iter()
        .for_each(|row| writer.write_record(row).unwrap());
    writer.into_inner().unwrap()
}

fn reply(cells: &[(usize, &str, &str)]) -> Result<Reply, ReplyError> {
    let stages = stages();
    let codes = codes();
    let lists = Lists {
        codes: &codes,
        stages: &stages,
    };
    read_reply(&filled(cells), &sent(), lists)
}

fn refused(cells: &[(usize, &str, &str)]) -> (usize, &'static str, Problem) {
    match reply(cells).unwrap_err() {
        ReplyError::Rows(mut errors) if errors.len() == 1 => {
            let SheetError {
                row,
                column,
                problem,
            } = errors.remove(0);
            (row, column, problem)
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_untouched_sheet_answers_nothing() {
    let stages = stages();
    let codes = codes();
    let lists = Lists {
        codes: &codes,
        stages: &stages,
    };
    let xlsx = write_reply_xlsx(&sent(), lists).unwrap();
    assert_eq!(write_reply_xlsx(&sent(), lists).unwrap(), xlsx);
    for bytes in [xlsx, write_reply_csv(&sent(), lists)] {
        let reply = read_reply(&bytes, &sent(), lists).unwrap();
        assert_eq!(reply.unanswered.len(), 7);
        assert_eq!((reply.changes.len(), reply.confirmed.len()), (0, 0));
    }
}

#[test]
fn corrections_and_confirmations() {
    let reply = reply(&[
        (2, "回答", "正しい"),
        (3, "回答", "該当なし"),
        (4, "訂正後の内容", "運用中"),
        (5, "回答", "訂正"),
        (5, "訂正後の内容", "AIの利用推進"),
        (5, "備考", "主はAI"),
        (7, "備考", "確認中"),
        (8, "訂正後の内容", "令和６年度"),
    ])
    .unwrap();
    let found: Vec<_> = reply
        .changes
        .iter()
        .map(|c| (c.id.as_str(), c.field, c.old.as_deref(), c.new.as_deref()))
        .collect();
    assert_eq!(
        found,
        [
            ("m-1", Field::Departments, Some("総務課"), None),
            ("m-1", Field::Stage, Some("study"), Some("operating")),
            ("m-1", Field::Primary, Some("frontyard"), Some("ai")),
            ("k-1", Field::Year, None, Some("2024")),
        ]
    );
    assert_eq!(reply.confirmed, [("m-1".to_owned(), Field::Title)]);
    assert_eq!(reply.unanswered.len(), 2);
    let remark = ("k-1".to_owned(), Field::Value, "確認中".to_owned());
    assert_eq!(reply.remarks, [remark]);
    let changes = code_changes(&reply, &sent(), &codes());
    assert_eq!(changes.len(), 1);
    assert_eq!(changes[0].old, Coding::new("frontyard", ["ai", "security"]));
    assert_eq!(changes[0].new, Coding::new("ai", ["security"]));
    let by = Provenance::new("例市", "2026-11-20", Source::MunicipalityReply).unwrap();
    let merged = merge(&[], &changes, &by);
    assert_eq!(merged[0].source.as_str(), "municipality_reply");
    assert_eq!(merged[0].why, "主はAI");
}

#[test]
fn the_same_value_again_is_a_confirmation() {
    let reply = reply(&[
        (4, "訂正後の内容", "検討"),
        (5, "訂正後の内容", "frontyard"),
    ])
    .unwrap();
    assert_eq!(reply.changes, []);
    assert_eq!(reply.confirmed.len(), 2);
}

#[test]
fn rows_that_do_not_fit_are_refused() {
    let missing = refused(&[(6, "ID", "delete")]);
    let id = "m-1 副分類".to_owned();
    assert_eq!(missing, (6, "ID", Problem::Missing { id }));
    let id = refused(&[(7, "ID", "k-2")]);
    let problem = Problem::Changed {
        expected: "k-1".to_owned(),
        found: "k-2".to_owned(),
    };
    assert_eq!(id, (7, "ID", problem));
    let field = refused(&[(7, "項目", "値段")]);
    assert_eq!((field.0, field.1), (7, "項目"));
    let current = refused(&[(7, "現在の内容", "90")]);
    let problem = Problem::Changed {
        expected: "-85.0".to_owned(),
        found: "90".to_owned(),
    };
    assert_eq!(current, (7, "現在の内容", problem));
    let key = refused(&[(2, "内容キー", "0")]);
    assert_eq!((key.0, key.1), (2, "内容キー"));
    let edition = refused(&[(8, "計画の版", "3.0")]);
    assert_eq!((edition.0, edition.1), (8, "計画の版"));
    let errors = reply(&[(8, "項目", "値")]).unwrap_err();
    let wanted = "row 8, column ID: the row of `k-1 年度` is missing: put it back, unchanged if there is nothing to change\n\
                  row 8, column ID: `k-1` already stands in row 7: keep one of the rows";
    assert_eq!(errors.message(false), wanted);
    assert_eq!(errors.message(true).lines().count(), 2);
}

#[test]
fn answers_that_do_not_fit_are_refused() {
    let answer = refused(&[(2, "回答", "たぶん")]);
    assert_eq!((answer.0, answer.1), (2, "回答"));
    let correction = refused(&[(2, "回答", "訂正")]);
    assert_eq!(correction, (2, "訂正後の内容", Problem::NoCorrection));
    let answer = "正しい".to_owned();
    let both = refused(&[(2, "回答", "正しい"), (2, "訂正後の内容", "x")]);
    assert_eq!(both, (2, "回答", Problem::Contradiction { answer }));
    for (row, text) in [(4, "運用"), (5, "rpa"), (6, "ai; rpa")] {
        let (at, column, problem) = refused(&[(row, "訂正後の内容", text)]);
        assert_eq!((at, column), (row, "訂正後の内容"));
        assert!(matches!(problem, Problem::Unknown { .. }));
    }
    let twice = refused(&[(6, "訂正後の内容", "ai、AI")]);
    let code = "ai".to_owned();
    assert_eq!(twice, (6, "訂正後の内容", Problem::Repeated { code }));
    let value = "来年".to_owned();
    let year = refused(&[(8, "訂正後の内容", "来年")]);
    assert_eq!(year, (8, "訂正後の内容", Problem::Year { value }));
}

#[test]
fn every_field_has_its_words() {
    for field in Field::ALL {
        assert!(!field.as_str().is_empty() && !field.label_ja().is_empty());
    }
}
