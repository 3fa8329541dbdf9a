//! Whatever stands in a file, it is read or refused; files damaged after they were made are in
//! `tests/mutated`.

use kurabe_read::{Hint, Kind, read};
use proptest::collection::vec;
use proptest::prelude::*;

proptest! {
    #[test]
    fn random_bytes_never_panic(head in 0_usize..5, bytes in vec(any::<u8>(), 0..600)) {
        let heads: [&[u8]; 5] = [b"", b"PK\x03\x04", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", b"a,b\n", b"<"];
        let bytes = [heads[head], &bytes].concat();
        for kind in [None, Some(Kind::Workbook), Some(Kind::Csv)] {
            let _ = read(&bytes, &Hint { kind, ..Hint::default() });
        }
    }

    #[test]
    fn no_cell_of_a_csv_is_lost(cells in vec(vec("[a-c\"',;\t\n\r あ<>]{0,6}", 1..5), 1..8)) {
        let quoted = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
        let rows = cells.iter().map(|row| row.iter().map(quoted).collect::<Vec<_>>().join(","));
        let text = rows.collect::<Vec<_>>().join("\n");
        let hint = Hint { kind: Some(Kind::Csv), delimiter: Some(','), ..Hint::default() };
        let count = |text: &str| text.matches('あ').count();
        if let Ok(staged) = read(text.as_bytes(), &hint) {
            crate::assert_accounted(&staged.value);
            let tables: String = crate::tables(&staged.value).into_iter().map(crate::grid).collect();
            let found = count(&tables) + count(&crate::paragraphs(&staged.value).concat());
            prop_assert_eq!(found, count(&text));
        } else {
            prop_assert_eq!(count(&text), 0);
        }
    }

    #[test]
    fn any_number_format_is_taken(code in "[#0?.,%ymdhsgeaE+@;\\[\\]\"_* \\-/$<>=1]{0,14}", value in any::<f64>()) {
        let escaped = code.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
        let styles = format!(
            "<numFmts><numFmt numFmtId=\"200\" formatCode=\"{escaped}\"/></numFmts>\
             <cellXfs><xf numFmtId=\"200\"/></cellXfs>"
        );
        let sheet = format!("<sheetData><row><c><v>{value:e}</v></c></row></sheetData>");
        let book = crate::build::Xlsx { sheets: &[("表", "visible", &sheet)], strings: "", styles: &styles };
        let _ = crate::detect(&book.build());
    }
}
