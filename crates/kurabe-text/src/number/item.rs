//! Item numbers and circled numbers.

use crate::width::narrow;

/// A printed item number and whether it had to be repaired.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NumberSlip {
    /// The number.
    pub value: u32,
    /// `true` when it was not printed as plain digits.
    pub repaired: bool,
}

/// The number in a circled digit, ① (1) to ㊿ (50).
///
/// ```
/// use kurabe_text::number::circled;
/// assert_eq!((circled('①'), circled('㉑'), circled('㊿')), (Some(1), Some(21), Some(50)));
/// assert_eq!(circled('1'), None);
/// ```
pub fn circled(c: char) -> Option<u32> {
    let code = u32::from(c);
    match c {
        '①'..='⑳' => Some(code - 0x2460 + 1),
        '㉑'..='㉟' => Some(code - 0x3251 + 21),
        '㊱'..='㊿' => Some(code - 0x32b1 + 36),
        _ => None,
    }
}

/// A printed item number, with the usual slips of recognition repaired: spaces inside, and `I`, `l`
/// and `|` for 1, `O` for 0. At most three digits; `None` for anything else.
///
/// ```
/// use kurabe_text::number::item_number;
/// assert_eq!(item_number("12").map(|n| (n.value, n.repaired)), Some((12, false)));
/// assert_eq!(item_number("I2").map(|n| (n.value, n.repaired)), Some((12, true)));
/// assert_eq!(item_number("(1)-1-2"), None);
/// ```
pub fn item_number(s: &str) -> Option<NumberSlip> {
    let (mut value, mut count, mut repaired) = (0, 0, false);
    for c in s.trim().chars().map(narrow) {
        if c.is_whitespace() {
            repaired = true;
            continue;
        }
        let digit = c.to_digit(10).or_else(|| look_alike(c))?;
        repaired |= !c.is_ascii_digit();
        value = value * 10 + digit;
        count += 1;
        if count > 3 || value == 0 {
            return None;
        }
    }
    (count > 0).then_some(NumberSlip { value, repaired })
}

fn look_alike(c: char) -> Option<u32> {
    match c {
        'I' | 'l' | '|' => Some(1),
        'O' | 'o' => Some(0),
        _ => None,
    }
}
