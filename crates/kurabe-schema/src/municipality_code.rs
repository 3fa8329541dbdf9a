//! Check digits of 全国地方公共団体コード (総務省「全国地方公共団体コード仕様」).
//!
//! Five digits, of which two are the prefecture, and a sixth to check them: the digits are
//! multiplied by 6, 5, 4, 3, 2 and added up; the last digit of 11 minus the remainder of the sum
//! by 11 is the check digit. (For sums below 11 the rule says 11 minus the sum: the same number.)

/// The check digit of the first five digits; `None` when they are not five ASCII digits.
///
/// ```
/// assert_eq!(kurabe_schema::municipality_code::check_digit("32206"), Some(7));
/// ```
pub fn check_digit(five: &str) -> Option<u8> {
    let digits = five.as_bytes();
    if digits.len() != 5 || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let sum: u8 = digits
        .iter()
        .zip([6, 5, 4, 3, 2])
        .map(|(digit, weight)| (digit - b'0') * weight)
        .sum();
    Some((11 - sum % 11) % 10)
}

/// Whether these are six ASCII digits of which the last is the right check digit.
///
/// ```
/// assert!(kurabe_schema::municipality_code::is_valid("322067"));
/// assert!(!kurabe_schema::municipality_code::is_valid("322068"));
/// ```
pub fn is_valid(six: &str) -> bool {
    six.split_at_checked(5).is_some_and(|(five, last)| {
        check_digit(five).is_some_and(|digit| last == digit.to_string())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const REFERENCE: &str = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/reference/municipality-codes.csv"
    );

    #[test]
    fn known_codes_are_right() {
        for code in ["322067", "322016", "322032", "063240", "010006", "011002"] {
            assert!(is_valid(code), "{code}");
        }
    }

    #[test]
    fn wrong_codes_are_refused() {
        for code in [
            "",
            "32206",
            "322060",
            "3220677",
            "32206七",
            "３２２０６７",
            "32206 ",
            "-32206",
        ] {
            assert!(!is_valid(code), "{code}");
        }
        assert_eq!(check_digit("3220"), None);
        assert_eq!(check_digit("3220a"), None);
    }

    #[test]
    fn every_one_digit_error_is_seen() {
        let code = "322067";
        for place in 0..5 {
            for digit in '0'..='9' {
                let mut wrong: Vec<char> = code.chars().collect();
                wrong[place] = digit;
                let wrong: String = wrong.into_iter().collect();
                assert_eq!(is_valid(&wrong), wrong == code, "{wrong}");
            }
        }
    }

    #[test]
    fn every_published_code_is_valid() {
        let Ok(text) = std::fs::read_to_string(REFERENCE) else {
            println!("skipped: {REFERENCE} is not there");
            return;
        };
        let codes: Vec<&str> = text
            .lines()
            .skip(1)
            .filter_map(|line| line.split(',').next())
            .collect();
        assert!(codes.len() > 1700, "only {} codes", codes.len());
        for code in codes {
            assert!(is_valid(code), "{code}");
        }
    }
}
