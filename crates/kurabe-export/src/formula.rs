//! Cells that a spreadsheet would run (CSV injection, OWASP).

use std::borrow::Cow;

/// Text that no spreadsheet takes for a formula or a number: an apostrophe is put in front of
/// what begins with `= + - @`, their full-width forms, a tab or a line break.
#[must_use]
pub fn neutralize(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r', '\n']) {
        Cow::Owned(format!("'{text}"))
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_run_gets_an_apostrophe() {
        for text in [
            "=1+1", "+81", "-5", "@SUM", "\t=1", "\r=1", "＝1", "＋1", "－5", "＠x",
        ] {
            assert_eq!(neutralize(text.into()), format!("'{text}"));
        }
    }

    #[test]
    fn the_rest_stays() {
        for text in [
            "",
            "5",
            "安来市",
            "a=b",
            "1-2",
            "'=1",
            "▲5",
            "・項目",
            " =1",
        ] {
            assert_eq!(neutralize(text.into()), text);
        }
    }
}
