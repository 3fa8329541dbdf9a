//! The same documents in several formats.

use kurabe_page::{Block, Page};
use kurabe_trace::Code;

use crate::{assert_accounted, detect, of, paragraphs, shape, shared, tables};

fn page(path: &str) -> Option<Page> {
    let staged = detect(&shared(path)?).unwrap();
    assert_accounted(&staged.value);
    assert_eq!(staged.findings, [], "{path}");
    Some(staged.value)
}

/// The pages are the same cell by cell, spans and places included.
fn assert_same(one: &Page, other: &Page) {
    assert_eq!(one.places, other.places);
    assert_eq!(one.written_lines, other.written_lines);
    assert_eq!(one.blocks.len(), other.blocks.len());
    for (a, b) in one.blocks.iter().zip(&other.blocks) {
        if let (Block::Table(a), Block::Table(b)) = (a, b) {
            for (a, b) in a.rows.iter().zip(&b.rows) {
                for (a, b) in a.cells.iter().zip(&b.cells) {
                    assert_eq!(a, b);
                }
            }
        }
        assert_eq!(a, b);
    }
}

#[test]
fn matsue_is_the_same_in_every_format() {
    let Some(xlsx) = page("corpus-formats/matsue.xlsx") else {
        return;
    };
    let shapes: Vec<_> = tables(&xlsx).into_iter().map(shape).collect();
    assert_eq!(shapes, [(31, 9), (34, 9), (15, 9)]);
    assert!(tables(&xlsx).iter().all(|table| table.has_spans()));
    assert!(
        paragraphs(&xlsx)[0].starts_with("第1期実施計画 上半期振り返り（市民サービスの向上）/【")
    );
    for path in ["corpus-formats/matsue.xls", "corpus-formats/matsue.ods"] {
        assert_same(&xlsx, &page(path).unwrap());
    }
}

#[test]
fn yasugi_is_the_same_in_every_format() {
    let Some(xlsx) = page("corpus-formats/yasugi.xlsx") else {
        return;
    };
    assert_eq!(tables(&xlsx).len(), 46);
    assert_eq!(shape(tables(&xlsx)[0]), (11, 8));
    let first = &tables(&xlsx)[0].rows[0].cells;
    assert_eq!((first[1].column_span, first[5].column_span), (4, 3));
    assert_same(&xlsx, &page("corpus-formats/yasugi.ods").unwrap());
}

#[test]
fn matsue_as_csv_has_one_record_per_measure() {
    let Some(bytes) = shared("corpus-formats/matsue-cp932.csv") else {
        return;
    };
    let staged = detect(&bytes).unwrap();
    assert_accounted(&staged.value);
    assert_eq!(staged.value.encoding, "Shift_JIS");
    assert_eq!(shape(tables(&staged.value)[0]), (78, 10));
    let codes: Vec<Code> = staged.findings.iter().map(|f| f.code).collect();
    assert_eq!(codes, [Code::EncodingGuessed]);
    assert!(of(&staged, Code::RowsRagged).is_empty());
    let located = staged.value.locate(&kurabe_trace::Locator::lines(2, 2));
    assert_eq!(located.to_string(), "L2-7");
}
