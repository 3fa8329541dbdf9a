//! Numbers in the digits that a format has places for.

use super::code::{Section, Token};
use super::decimal::{Decimal, printed};

/// Where the places of a section are.
struct Plan<'s> {
    section: &'s Section,
    /// Places before the point.
    before: usize,
    /// Places after the point.
    after: usize,
    /// Places of the exponent.
    exponent: usize,
    is_grouped: bool,
    /// Powers of ten that the value is multiplied with.
    shift: i32,
}

impl<'s> Plan<'s> {
    fn of(section: &'s Section) -> Self {
        let mut plan = Self {
            section,
            before: 0,
            after: 0,
            exponent: 0,
            is_grouped: false,
            shift: 0,
        };
        let mut commas = 0;
        let mut part = Part::Integer;
        for token in &section.tokens {
            match (token, part) {
                (Token::Digit(_), Part::Integer) => {
                    plan.is_grouped |= commas > 0 && plan.before > 0;
                    commas = 0;
                    plan.before += 1;
                }
                (Token::Digit(_), Part::Decimals) => plan.after += 1,
                (Token::Digit(_), Part::Exponent) => plan.exponent += 1,
                (Token::Group, Part::Integer | Part::Decimals) => commas += 1,
                (Token::Point, _) => part = Part::Decimals,
                (Token::Exponent { .. }, _) => part = Part::Exponent,
                (Token::Percent, _) => plan.shift += 2,
                _ => {}
            }
        }
        plan.shift -= 3 * commas;
        plan
    }

    fn is_scientific(&self) -> bool {
        let is_exponent = |t: &Token| matches!(t, Token::Exponent { .. });
        self.section.tokens.iter().any(is_exponent)
    }

    /// The exponent that leaves as many digits before the point as there are places.
    fn power(&self, value: &Decimal) -> i32 {
        if !self.is_scientific() {
            return 0;
        }
        let width = i32::try_from(self.before.max(1)).unwrap_or(1);
        value.exponent().div_euclid(width) * width
    }
}

#[derive(Clone, Copy)]
enum Part {
    Integer,
    Decimals,
    Exponent,
}

/// The digits of a value that is not negative, with everything that stands around them.
pub(super) fn show(section: &Section, value: f64) -> String {
    let plan = Plan::of(section);
    let value = Decimal::of(value).shifted(plan.shift);
    let mut power = plan.power(&value);
    let mut rounded = value.clone().shifted(-power).rounded(plan.after);
    if plan.is_scientific() && plan.power(&rounded) != 0 {
        power += plan.power(&rounded);
        rounded = value.shifted(-power).rounded(plan.after);
    }
    let mut writer = Writer {
        integer: rounded.integer(),
        decimals: rounded.decimals(plan.after),
        power,
        place: 0,
        part: Part::Integer,
        out: String::new(),
        plan,
    };
    for token in &section.tokens {
        writer.token(token);
    }
    if section.is_wide {
        return writer.out.chars().map(wide).collect();
    }
    writer.out
}

/// The full-width form of a digit.
fn wide(c: char) -> char {
    match c.to_digit(10).map(|digit| 0xFF10 + digit) {
        Some(code) => char::from_u32(code).unwrap_or(c),
        None => c,
    }
}

struct Writer<'s> {
    plan: Plan<'s>,
    integer: Vec<u8>,
    decimals: Vec<u8>,
    power: i32,
    /// Places of the current part that are filled.
    place: usize,
    part: Part,
    out: String,
}

impl Writer<'_> {
    fn token(&mut self, token: &Token) {
        match (token, self.part) {
            (Token::Literal(text), _) => self.out.push_str(text),
            (Token::Digit(kind), Part::Integer) => self.integer_place(*kind),
            (Token::Digit(kind), Part::Decimals) => self.decimal_place(*kind),
            (Token::Digit(_), Part::Exponent) => self.exponent_place(),
            (Token::Point, _) => self.enter(Part::Decimals, "."),
            (Token::Percent, _) => self.out.push('%'),
            (Token::Exponent { plus }, _) => {
                let sign = match (self.power < 0, plus) {
                    (true, _) => "E-",
                    (false, true) => "E+",
                    (false, false) => "E",
                };
                self.enter(Part::Exponent, sign);
            }
            _ => {}
        }
    }

    fn enter(&mut self, part: Part, sign: &str) {
        self.part = part;
        self.place = 0;
        self.out.push_str(sign);
    }

    /// One place before the point; the first takes all digits that have no place of their own.
    fn integer_place(&mut self, kind: char) {
        let places = self.plan.before;
        let left = places - self.place.min(places);
        let from = if self.place == 0 {
            self.integer.len().max(left)
        } else {
            left
        };
        for position in (left.saturating_sub(1)..from).rev() {
            self.integer_digit(position, kind);
        }
        self.place += 1;
    }

    /// The digit that stands so many places before the last.
    fn integer_digit(&mut self, position: usize, kind: char) {
        let index = self.integer.len().checked_sub(position + 1);
        let digit = index.and_then(|index| self.integer.get(index));
        match digit {
            Some(digit) => self.out.push(char::from(b'0' + digit)),
            None if kind == '0' => self.out.push('0'),
            None => return,
        }
        if self.plan.is_grouped && position > 0 && position.is_multiple_of(3) {
            self.out.push(',');
        }
    }

    fn decimal_place(&mut self, kind: char) {
        let rest = self.decimals.get(self.place..).unwrap_or_default();
        if let Some(digit) = rest.first()
            && (kind == '0' || rest.iter().any(|d| *d > 0))
        {
            self.out.push(char::from(b'0' + digit));
        }
        self.place += 1;
    }

    /// The first place of the exponent writes it whole.
    fn exponent_place(&mut self) {
        if self.place == 0 {
            let width = self.plan.exponent;
            let digits = Decimal::of(f64::from(self.power)).integer();
            let zeros = width.saturating_sub(digits.len());
            self.out.push_str(&"0".repeat(zeros));
            self.out.push_str(&printed(&digits));
        }
        self.place += 1;
    }
}
