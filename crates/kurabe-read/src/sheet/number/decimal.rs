//! Decimal digits of a number, rounded as sheets do: half away from zero, on what is printed.

use std::fmt;

/// A number of at most fifteen digits, not negative.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Decimal {
    /// Digits without zeros at either end; none for zero.
    digits: Vec<u8>,
    /// How many of them stand before the decimal point; negative for zeros after it.
    point: i32,
}

impl Decimal {
    /// The digits of a finite number.
    pub(super) fn of(value: f64) -> Self {
        let printed = format!("{:.14e}", value.abs());
        let (mantissa, exponent) = printed.split_once('e').unwrap_or((&printed, "0"));
        let digits = mantissa.bytes().filter(u8::is_ascii_digit);
        let digits: Vec<u8> = digits.map(|digit| digit - b'0').collect();
        let point = exponent.parse::<i32>().unwrap_or(0) + 1;
        Self { digits, point }.trimmed()
    }

    fn trimmed(mut self) -> Self {
        while self.digits.last() == Some(&0) {
            self.digits.pop();
        }
        let zeros = self.digits.iter().take_while(|d| **d == 0).count();
        self.digits.drain(..zeros);
        self.point -= i32::try_from(zeros).unwrap_or(0);
        if self.digits.is_empty() {
            self.point = 0;
        }
        self
    }

    /// The exponent of the first digit; 0 for zero.
    pub(super) fn exponent(&self) -> i32 {
        if self.digits.is_empty() {
            0
        } else {
            self.point - 1
        }
    }

    /// Times ten to the power of `places`.
    pub(super) fn shifted(mut self, places: i32) -> Self {
        if !self.digits.is_empty() {
            self.point = self.point.saturating_add(places);
        }
        self
    }

    /// Rounded to so many digits after the point.
    pub(super) fn rounded(mut self, decimals: usize) -> Self {
        let decimals = i32::try_from(decimals).unwrap_or(i32::MAX);
        let kept = self.point.saturating_add(decimals);
        let Ok(kept) = usize::try_from(kept) else {
            self.digits.clear();
            return self.trimmed();
        };
        let goes_up = self.digits.get(kept).is_some_and(|digit| *digit >= 5);
        self.digits.truncate(kept);
        if goes_up {
            self.increment();
        }
        self.trimmed()
    }

    fn increment(&mut self) {
        for digit in self.digits.iter_mut().rev() {
            if *digit < 9 {
                *digit += 1;
                return;
            }
            *digit = 0;
        }
        self.digits.insert(0, 1);
        self.point += 1;
    }

    /// The digits before the point; none when there are only zeros.
    pub(super) fn integer(&self) -> Vec<u8> {
        let length = usize::try_from(self.point).unwrap_or(0);
        let digits = self.digits.iter().copied().chain(std::iter::repeat(0));
        digits.take(length).collect()
    }

    /// So many digits after the point.
    pub(super) fn decimals(&self, count: usize) -> Vec<u8> {
        let zeros = usize::try_from(-self.point).unwrap_or(0);
        let skipped = usize::try_from(self.point).unwrap_or(0);
        let digits = self.digits.iter().copied().skip(skipped);
        let all = std::iter::repeat_n(0, zeros).chain(digits);
        all.chain(std::iter::repeat(0)).take(count).collect()
    }
}

/// The digits as characters.
pub(super) fn printed(digits: &[u8]) -> String {
    digits
        .iter()
        .map(|digit| char::from(b'0' + digit))
        .collect()
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !(-9..21).contains(&self.exponent()) {
            let (first, rest) = self.digits.split_at(1.min(self.digits.len()));
            let point = if rest.is_empty() { "" } else { "." };
            let sign = if self.exponent() < 0 { '-' } else { '+' };
            let exponent = self.exponent().unsigned_abs();
            let (first, rest) = (printed(first), printed(rest));
            return write!(f, "{first}{point}{rest}E{sign}{exponent:02}");
        }
        let integer = printed(&self.integer());
        f.write_str(if integer.is_empty() { "0" } else { &integer })?;
        let length = i32::try_from(self.digits.len()).unwrap_or(0) - self.point;
        match usize::try_from(length) {
            Ok(count @ 1..) => write!(f, ".{}", printed(&self.decimals(count))),
            _ => Ok(()),
        }
    }
}
