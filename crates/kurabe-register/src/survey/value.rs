//! Cells to values.

use kurabe_text::width;

use super::definition::{Survey, Unit};

/// A cell is no answer that the survey knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NoAnswer;

impl Survey {
    /// The value of a cell; `None` for a blank one and for words that say that there is none.
    pub(super) fn value(&self, unit: Unit, cell: &str) -> Result<Option<f64>, NoAnswer> {
        let is_one_of = |words: &[String]| words.iter().any(|word| word == cell);
        if cell.is_empty() || is_one_of(&self.words.none) {
            return Ok(None);
        }
        match unit {
            Unit::YesNo if is_one_of(&self.words.yes) => Ok(Some(1.0)),
            Unit::YesNo if is_one_of(&self.words.no) => Ok(Some(0.0)),
            Unit::YesNo => Err(NoAnswer),
            Unit::Percent => width::nfkc(cell)
                .strip_suffix('%')
                .and_then(number)
                .map(Some)
                .ok_or(NoAnswer),
            Unit::Count => number(&width::nfkc(cell).replace(',', ""))
                .filter(|number| number.fract() == 0.0)
                .map(Some)
                .ok_or(NoAnswer),
        }
    }
}

/// A number of digits with or without a decimal point; no sign, no exponent.
fn number(text: &str) -> Option<f64> {
    let text = text.trim();
    let is_plain = text.starts_with(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || c == '.');
    is_plain.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn survey() -> Survey {
        let text = "id = \"s\"\ntitle = \"S\"\nindicator = []\n[words]\nyes = [\"実施\"]\nno = \
                    [\"未実施\"]\nnone = [\"調査無し\", \"%\"]\n";
        Survey::parse(text).unwrap()
    }

    #[test]
    fn answers_have_values() {
        let value = |unit, cell| survey().value(unit, cell);
        assert_eq!(value(Unit::YesNo, "実施"), Ok(Some(1.0)));
        assert_eq!(value(Unit::YesNo, "未実施"), Ok(Some(0.0)));
        assert_eq!(value(Unit::YesNo, "調査無し"), Ok(None));
        assert_eq!(value(Unit::Percent, "78%"), Ok(Some(78.0)));
        assert_eq!(value(Unit::Percent, "６６．６％"), Ok(Some(66.6)));
        assert_eq!(value(Unit::Percent, "%"), Ok(None));
        assert_eq!(value(Unit::Percent, ""), Ok(None));
        assert_eq!(value(Unit::Count, "1,024"), Ok(Some(1024.0)));
    }

    #[test]
    fn anything_else_has_none() {
        let value = |unit, cell| survey().value(unit, cell);
        for (unit, cell) in [
            (Unit::YesNo, "検討中"),
            (Unit::YesNo, "1"),
            (Unit::Percent, "0.78"),
            (Unit::Percent, "-3%"),
            (Unit::Percent, "inf%"),
            (Unit::Percent, "1.2.3%"),
            (Unit::Count, "3.5"),
            (Unit::Count, "1e3"),
        ] {
            assert_eq!(value(unit, cell), Err(NoAnswer), "{cell}");
        }
    }
}
