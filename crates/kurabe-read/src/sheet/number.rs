//! Number formats: what a sheet displays for the value of a cell (ECMA-376 part 1, 18.8.30/31).
//!
//! A workbook holds `45383` and a format, a reader of the sheet sees 令和6年4月1日. Built-in formats
//! that differ by language are those of Japanese.

mod builtin;
mod code;
mod date;
mod decimal;
mod digits;

pub(super) use builtin::code as builtin_code;
pub(super) use date::serial_of;

use code::{Section, Token};
use date::Epoch;
use decimal::Decimal;

/// A number format, ready to be used.
#[derive(Debug, Clone)]
pub(super) struct NumberFormat {
    sections: Vec<Section>,
}

impl NumberFormat {
    /// Reads the code of a format, such as `#,##0` or `[$-411]ggge"年"m"月"d"日"`.
    pub(super) fn parse(format: &str) -> Self {
        Self {
            sections: code::sections(format),
        }
    }

    /// What is displayed for a number; `is_1904` tells the day that dates count from.
    pub(super) fn number(&self, value: f64, is_1904: bool) -> String {
        let hides_all = self.sections.iter().all(|s| s.tokens.is_empty());
        let Some((section, sign)) = self.choose(value).filter(|_| !hides_all) else {
            return general(value);
        };
        if section.is_general() || !value.is_finite() {
            return section.around(&general(value));
        }
        if section.is_date() {
            let shown = date::show(section, value, Epoch::of(is_1904));
            return shown.unwrap_or_else(|| general(value));
        }
        let digits = digits::show(section, value.abs());
        let is_zero = !digits.contains(|c: char| matches!(c, '1'..='9' | '１'..='９'));
        match sign {
            Sign::Written if !is_zero => format!("-{digits}"),
            Sign::Written | Sign::InFormat => digits,
        }
    }

    /// What is displayed for text.
    pub(super) fn text(&self, value: &str) -> String {
        match self.sections.last() {
            Some(section) if section.holds_text() => section.around(value),
            _ => value.to_owned(),
        }
    }

    /// The section for a value, and whether a minus sign has to be written before it.
    fn choose(&self, value: f64) -> Option<(&Section, Sign)> {
        let own = if value < 0.0 {
            Sign::Written
        } else {
            Sign::InFormat
        };
        let numeric = match self.sections.as_slice() {
            [rest @ .., last] if rest.len() == 3 || (!rest.is_empty() && last.holds_text()) => rest,
            all => all,
        };
        if numeric.iter().any(|s| s.condition.is_some()) {
            let fits = |s: &&Section| s.condition.is_none_or(|condition| condition.holds(value));
            let section = numeric.iter().find(fits)?;
            let is_negative = section.condition.is_some_and(code::Condition::is_negative);
            return Some((section, if is_negative { Sign::InFormat } else { own }));
        }
        match numeric {
            [] => None,
            [all] => Some((all, own)),
            [_, negative, ..] if value < 0.0 => Some((negative, Sign::InFormat)),
            [_, _, zero] if value == 0.0 => Some((zero, Sign::InFormat)),
            [positive, ..] => Some((positive, Sign::InFormat)),
        }
    }
}

/// Who writes the sign of a negative number.
#[derive(Clone, Copy)]
enum Sign {
    Written,
    InFormat,
}

impl Section {
    /// Whether the section shows a value as it comes.
    fn is_general(&self) -> bool {
        let shows = |t: &Token| matches!(t, Token::General | Token::Text);
        self.is_fraction || self.tokens.iter().any(shows)
    }

    fn holds_text(&self) -> bool {
        self.tokens.iter().any(|t| matches!(t, Token::Text))
    }

    /// A value with the literal characters of the section around it.
    fn around(&self, value: &str) -> String {
        if self.is_fraction {
            return value.to_owned();
        }
        let pieces = self.tokens.iter().map(|token| match token {
            Token::Literal(text) => text.as_str(),
            Token::General | Token::Text => value,
            _ => "",
        });
        pieces.collect()
    }
}

/// A number without format: all its digits up to the fifteenth, which is as exact as sheets are.
pub(super) fn general(value: f64) -> String {
    if !value.is_finite() {
        return value.to_string();
    }
    let sign = if value < 0.0 { "-" } else { "" };
    let digits = Decimal::of(value.abs());
    format!("{sign}{digits}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(code: &str, value: f64) -> String {
        NumberFormat::parse(code).number(value, false)
    }

    #[test]
    fn numbers_are_shown_as_in_the_sheet() {
        let cases: &[(&str, f64, &str)] = &[
            ("General", 5.0, "5"),
            ("General", -0.5, "-0.5"),
            ("General", 0.1 + 0.2, "0.3"),
            ("General", 1_234_567_890_123.0, "1234567890123"),
            ("General", 1e-12, "1E-12"),
            ("G/標準", 12.5, "12.5"),
            ("G/標準\"人\"", 12.5, "12.5人"),
            ("0", 2.5, "3"),
            ("0.0", 2.25, "2.3"),
            ("0.00", 1.005, "1.01"),
            ("0%", 0.5, "50%"),
            ("0.0%", 0.1234, "12.3%"),
            ("0.0%", 1.0, "100.0%"),
            ("#,##0", 1234.4, "1,234"),
            ("#,##0", 0.0, "0"),
            ("#,##0", 999_999.5, "1,000,000"),
            ("#,##0", -1234.0, "-1,234"),
            ("#,##0;▲#,##0", -1234.0, "▲1,234"),
            ("#,##0_);(#,##0)", -1234.0, "(1,234)"),
            ("#,##0_ ;[Red]\\-#,##0\\ ", -5.0, "-5 "),
            ("0;-0;;@", 0.0, ""),
            (";;;", 7.0, "7"),
            ("_ * #,##0_ ;_ * -#,##0_ ;_ * \"-\"_ ;_ @_ ", 0.0, "-"),
            ("\"¥\"#,##0", 1500.0, "¥1,500"),
            ("[$¥-411]#,##0", 1500.0, "¥1,500"),
            ("#,##0,\"千円\"", 1_234_567.0, "1,235千円"),
            ("000-0000", 6_900_001.0, "690-0001"),
            ("00000", 32_201.0, "32201"),
            ("000000", 1_100.0, "001100"),
            ("0.##", 1.5, "1.5"),
            ("#.##", 0.25, ".25"),
            ("0.00E+00", 12345.0, "1.23E+04"),
            ("##0.0E+0", 12345.0, "12.3E+3"),
            ("0.0E-0", 0.00123, "1.2E-3"),
            ("# ?/?", 0.5, "0.5"),
            ("[>=1000]#,##0;0.0", 12.0, "12.0"),
            ("[>=1000]#,##0;0.0", 1200.0, "1,200"),
            ("\"第\"0\"号\"", 3.0, "第3号"),
            ("0\"件\"", 12.0, "12件"),
            ("[DBNum3][$-411]0", 12.0, "１２"),
            ("0", -0.4, "0"),
            ("@", 7.0, "7"),
        ];
        for (code, value, expected) in cases {
            assert_eq!(show(code, *value), *expected, "{code} {value}");
        }
    }

    #[test]
    fn dates_are_shown_as_in_the_sheet() {
        let day = 45_383.0; // 2024-04-01, a Monday
        let cases: &[(&str, f64, &str)] = &[
            ("yyyy/m/d", day, "2024/4/1"),
            ("yyyy-mm-dd", day, "2024-04-01"),
            ("yyyy\"年\"m\"月\"d\"日\"", day, "2024年4月1日"),
            ("yyyy!年m!月", day, "2024年4月"),
            ("m\"月\"d\"日\"", day, "4月1日"),
            ("[$-411]ggge\"年\"m\"月\"d\"日\"", day, "令和6年4月1日"),
            ("[$-411]ge.m.d", day, "R6.4.1"),
            ("[$-411]gge\"年\"", day, "令6年"),
            (
                "[$-411]ggge\"年\"m\"月\"d\"日\";@",
                43_585.0,
                "平成31年4月30日",
            ),
            ("[$-411]ggge\"年\"", 43_586.0, "令和1年"),
            ("[$-ja-JP-x-gannen]ggge\"年\"", 43_586.0, "令和元年"),
            ("[$-411]ggge\"年\"", 32_515.0, "昭和64年"),
            ("[$-411]ggge\"年\"", 32_516.0, "平成1年"),
            ("[$-411]ggge\"年\"", 9_000.0, "大正13年"),
            ("aaaa", day, "月曜日"),
            ("m/d(aaa)", day, "4/1(月)"),
            ("ddd, mmm d", day, "Mon, Apr 1"),
            ("yy/mm/dd hh:mm", day + 0.5, "24/04/01 12:00"),
            ("h:mm AM/PM", 0.75, "6:00 PM"),
            ("h\"時\"mm\"分\"", 0.604_166_666_666_667, "14時30分"),
            ("[h]:mm", 1.25, "30:00"),
            ("mm:ss.0", 0.000_706_018_518, "01:01.0"),
            ("yyyy/m/d", 1.0, "1900/1/1"),
            ("yyyy/m/d", -1.0, "-1"),
            ("yyyy/m/d", 1e9, "1000000000"),
        ];
        for (code, value, expected) in cases {
            assert_eq!(show(code, *value), *expected, "{code} {value}");
        }
        let old = NumberFormat::parse("yyyy/m/d");
        assert_eq!(old.number(43_921.0, true), "2024/4/1");
    }

    #[test]
    fn text_keeps_its_words() {
        assert_eq!(NumberFormat::parse("@").text("001"), "001");
        assert_eq!(NumberFormat::parse("0;-0;0;@\"様\"").text("松江"), "松江様");
        assert_eq!(NumberFormat::parse("#,##0").text("未定"), "未定");
    }

    #[test]
    fn any_code_is_taken() {
        for code in [
            "", "\"", "[", "[h", "\\", "_", "*", "E+", "0E+", ",", ".", "%", ";;;;;", "e", "gggg",
        ] {
            for value in [0.0, -1.5, 1e300, 1e-300, f64::NAN, f64::INFINITY] {
                let _ = show(code, value);
            }
        }
    }
}
