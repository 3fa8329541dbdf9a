//! A number as printed: digits, separators, decimals, multipliers.

use crate::width::narrow;

/// The number in a cell that holds nothing else: `1,234`, `１２．５`, `△3`. No unit, no 万.
///
/// ```
/// use kurabe_text::number::parse_number;
/// assert_eq!(parse_number(" １，２３４ "), Some(1234.0));
/// assert_eq!(parse_number("▲0.5"), Some(-0.5));
/// assert_eq!(parse_number("3人"), None);
/// ```
pub fn parse_number(s: &str) -> Option<f64> {
    let chars: Vec<char> = s.trim().chars().map(narrow).collect();
    let (negative, digits) = match chars.split_first()? {
        ('-' | '△' | '▲', rest) => (true, rest),
        ('+', rest) => (false, rest),
        _ => (false, chars.as_slice()),
    };
    let (value, len) = digits_at(digits)?;
    (len == digits.len()).then_some(if negative { -value } else { value })
}

/// Value and length in characters of the plain number at the start: `37,000`, `98.8`.
///
/// A comma counts only before exactly three digits, a point only before a digit.
pub(super) fn digits_at(chars: &[char]) -> Option<(f64, usize)> {
    let mut text = String::new();
    let mut at = run(chars, 0, &mut text);
    if at == 0 {
        return None;
    }
    let short = at <= 3;
    while short && is_separator(chars, at) {
        at = run(chars, at + 1, &mut text);
    }
    if chars.get(at) == Some(&'.') && chars.get(at + 1).is_some_and(char::is_ascii_digit) {
        text.push('.');
        at = run(chars, at + 1, &mut text);
    }
    Some((text.parse().ok()?, at))
}

/// A separator of thousands stands at a place.
fn is_separator(chars: &[char], at: usize) -> bool {
    let digit = |i: usize| chars.get(i).is_some_and(char::is_ascii_digit);
    chars.get(at) == Some(&',') && (1..=3).all(|i| digit(at + i)) && !digit(at + 4)
}

/// Adds a run of digits and gives the place after it.
fn run(chars: &[char], from: usize, text: &mut String) -> usize {
    let digits = chars.iter().skip(from).take_while(|c| c.is_ascii_digit());
    let before = text.len();
    text.extend(digits);
    from + text.len() - before
}

/// The factor of a multiplier at the start, and its length in characters: 万, 百万, 千.
pub(super) fn multiplier(chars: &[char]) -> Option<(f64, usize)> {
    let small = match chars.first()? {
        '十' => 10.0,
        '百' => 100.0,
        '千' => 1000.0,
        other => return big(*other).map(|factor| (factor, 1)),
    };
    match chars.get(1).copied().and_then(big) {
        Some(factor) => Some((small * factor, 2)),
        None => Some((small, 1)),
    }
}

fn big(c: char) -> Option<f64> {
    match c {
        '万' => Some(1e4),
        '億' => Some(1e8),
        '兆' => Some(1e12),
        _ => None,
    }
}
