//! CSV: RFC 4180 with CRLF, UTF-8 with a byte order mark, nothing that a spreadsheet would run.

use std::borrow::Cow;

use csv::ReaderBuilder;
use encoding_rs::SHIFT_JIS;

use super::{Grid, MAX_BYTES, MAX_COLUMNS, MAX_ROWS, Table, clean};
use crate::ReadError;

const BOM: &str = "\u{feff}";

/// What makes a spreadsheet run a cell or take it for a number (CSV injection, OWASP).
const STARTS: [char; 10] = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\n'];

/// The sheet as CSV; lists to choose from have no place in it.
pub(crate) fn write_csv(table: &Table<'_>) -> Vec<u8> {
    let mut out = BOM.to_owned();
    push_line(&mut out, table.columns.iter().map(|c| c.header.as_str()));
    for row in &table.rows {
        push_line(&mut out, row.iter().map(String::as_str));
    }
    out.into_bytes()
}

fn push_line<'t>(out: &mut String, cells: impl Iterator<Item = &'t str>) {
    for (place, cell) in cells.enumerate() {
        if place > 0 {
            out.push(',');
        }
        let cell = neutralize(&clean(cell));
        if cell.contains(['"', ',', '\n', '\t']) || cell.trim() != cell {
            out.push('"');
            out.push_str(&cell.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(&cell);
        }
    }
    out.push_str("\r\n");
}

/// Puts an apostrophe in front of what a spreadsheet would run, and of what [`restore`] would
/// otherwise take for such a text.
fn neutralize(text: &str) -> String {
    if text.trim_start_matches('\'').starts_with(STARTS) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// Undoes [`neutralize`].
fn restore(text: &str) -> String {
    match text.strip_prefix('\'') {
        Some(rest) if rest.trim_start_matches('\'').starts_with(STARTS) => rest.to_owned(),
        _ => text.to_owned(),
    }
}

/// Reads CSV in UTF-8 or, as Japanese Excel saves it, in CP932.
pub(crate) fn read_csv(bytes: &[u8]) -> Result<Grid, ReadError> {
    if bytes.len() > MAX_BYTES {
        return Err(ReadError::TooLarge { bytes: bytes.len() });
    }
    let text = decode(bytes)?;
    let text = text.strip_prefix(BOM).unwrap_or(&text);
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| ReadError::Unreadable {
            detail: error.to_string(),
        })?;
        if rows.len() > MAX_ROWS {
            return Err(ReadError::TooManyRows);
        }
        if record.len() > MAX_COLUMNS {
            return Err(ReadError::TooManyColumns);
        }
        rows.push(record.iter().map(|cell| restore(&clean(cell))).collect());
    }
    Grid::new(rows)
}

fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, ReadError> {
    if bytes.contains(&0) {
        return Err(ReadError::Encoding);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(Cow::Borrowed(text));
    }
    let (text, had_errors) = SHIFT_JIS.decode_without_bom_handling(bytes);
    if had_errors {
        return Err(ReadError::Encoding);
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_a_spreadsheet_would_run_gets_an_apostrophe() {
        for (raw, safe) in [
            ("=1+1", "'=1+1"),
            ("－5", "'－5"),
            ("'=1", "''=1"),
            ("'a", "'a"),
            ("a=b", "a=b"),
            ("'", "'"),
        ] {
            assert_eq!(neutralize(raw), safe);
            assert_eq!(restore(safe), raw);
        }
    }

    #[test]
    fn excel_in_japan_saves_cp932() {
        let (bytes, _, _) = SHIFT_JIS.encode("施策ID,施策名\r\na,窓口㈱\r\n");
        let grid = read_csv(&bytes).unwrap();
        assert_eq!(grid.rows, [["a", "窓口㈱"]]);
    }

    proptest! {
        #[test]
        fn restore_undoes_neutralize(text in "['=＝a\t-]{0,6}") {
            prop_assert_eq!(restore(&neutralize(&text)), text);
        }
    }
}
