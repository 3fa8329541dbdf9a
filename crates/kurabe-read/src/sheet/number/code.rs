//! The code of a number format → sections of tokens.

/// One section of a format: `正;負;零;文字`.
#[derive(Debug, Clone, Default)]
pub(super) struct Section {
    pub(super) tokens: Vec<Token>,
    pub(super) condition: Option<Condition>,
    /// The first year of an era is written 元.
    pub(super) is_gannen: bool,
    /// Digits are full-width.
    pub(super) is_wide: bool,
    /// The value is shown as a fraction, which this program writes as a decimal number.
    pub(super) is_fraction: bool,
}

/// A piece of a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// Characters that stand there as they are.
    Literal(String),
    /// The value without format.
    General,
    /// The text of the cell.
    Text,
    /// Place of a digit: `0`, `#` or `?`.
    Digit(char),
    /// The decimal point.
    Point,
    /// A comma: groups of three digits, or thousands.
    Group,
    /// A per cent sign: a hundred times the value.
    Percent,
    /// The exponent, with its sign always written or not.
    Exponent { plus: bool },
    /// Letters of dates and times, and how many: `y m d h s g e a`.
    Field(char, usize),
    /// Minutes.
    Minute(usize),
    /// Hours, minutes or seconds that count on: `[h]`.
    Elapsed(char, usize),
    /// Digits of parts of a second.
    Fraction(usize),
    /// The words for the halves of the day.
    HalfDay(&'static str, &'static str),
}

/// The values that a section is for: `[>=100]`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Condition {
    sign: Comparison,
    limit: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Comparison {
    Less,
    LessEqual,
    Equal,
    NotEqual,
    GreaterEqual,
    Greater,
}

impl Condition {
    fn parse(text: &str) -> Option<Self> {
        let signs = [
            ("<=", Comparison::LessEqual),
            ("<>", Comparison::NotEqual),
            (">=", Comparison::GreaterEqual),
            ("<", Comparison::Less),
            (">", Comparison::Greater),
            ("=", Comparison::Equal),
        ];
        let parse = |(mark, sign): (&str, _)| Some((sign, text.strip_prefix(mark)?));
        let (sign, limit) = signs.into_iter().find_map(parse)?;
        let limit = limit.trim().parse().ok()?;
        Some(Self { sign, limit })
    }

    /// Whether the section is for `value`.
    pub(super) fn holds(self, value: f64) -> bool {
        match self.sign {
            Comparison::Less => value < self.limit,
            Comparison::LessEqual => value <= self.limit,
            Comparison::Equal => value == self.limit,
            Comparison::NotEqual => value != self.limit,
            Comparison::GreaterEqual => value >= self.limit,
            Comparison::Greater => value > self.limit,
        }
    }

    /// Whether the section is for negative values only, so that it writes their sign itself.
    pub(super) fn is_negative(self) -> bool {
        matches!(self.sign, Comparison::Less | Comparison::LessEqual) && self.limit <= 0.0
    }
}

impl Section {
    /// Whether the section shows a date or a time.
    pub(super) fn is_date(&self) -> bool {
        let is_date = |t: &Token| {
            matches!(
                t,
                Token::Field(..) | Token::Minute(_) | Token::Elapsed(..) | Token::HalfDay(..)
            )
        };
        self.tokens.iter().any(is_date)
    }

    fn literal(&mut self, c: char) {
        if let Some(Token::Literal(text)) = self.tokens.last_mut() {
            text.push(c);
        } else {
            self.tokens.push(Token::Literal(c.to_string()));
        }
    }

    /// Takes in what stands in brackets: a colour, a condition, a language, a running time.
    fn bracket(&mut self, inner: &str) {
        let lower = inner.to_ascii_lowercase();
        if let Some(currency) = inner.strip_prefix('$') {
            let sign = currency.split('-').next().unwrap_or_default();
            sign.chars().for_each(|c| self.literal(c));
            self.is_gannen |= lower.contains("gannen");
        } else if let Some(condition) = Condition::parse(inner) {
            self.condition = Some(condition);
        } else if lower == "dbnum3" {
            self.is_wide = true;
        } else if let Some(unit) = lower.chars().next()
            && matches!(unit, 'h' | 'm' | 's')
            && lower.chars().all(|c| c == unit)
        {
            self.tokens.push(Token::Elapsed(unit, lower.len()));
        }
    }

    /// Decides what depends on the neighbours: months or minutes, fractions.
    fn finish(&mut self) {
        self.minutes();
        self.seconds();
        let is_digit = |t: &Token| matches!(t, Token::Digit(_));
        let slash = |t: &Token| matches!(t, Token::Literal(text) if text.contains('/'));
        let at = self.tokens.iter().position(slash);
        self.is_fraction = !self.is_date()
            && at.is_some_and(|at| {
                let (before, after) = self.tokens.split_at(at);
                before.iter().any(is_digit) && after.iter().any(is_digit)
            });
    }

    /// `m` after hours or before seconds are minutes.
    fn minutes(&mut self) {
        let is_field =
            |t: &&Token| matches!(t, Token::Field(..) | Token::Elapsed(..) | Token::Minute(_));
        for at in 0..self.tokens.len() {
            let (before, after) = self.tokens.split_at(at);
            let Some(Token::Field('m', count @ 1..=2)) = after.first() else {
                continue;
            };
            let previous = before.iter().rfind(is_field);
            let next = after.iter().skip(1).find(is_field);
            let is_minute =
                matches!(
                    previous,
                    Some(Token::Field('h', _) | Token::Elapsed('h', _))
                ) || matches!(next, Some(Token::Field('s', _) | Token::Elapsed('s', _)));
            let minute = Token::Minute(*count);
            if let Some(token) = self.tokens.get_mut(at).filter(|_| is_minute) {
                *token = minute;
            }
        }
    }

    /// `.00` after seconds are parts of a second.
    fn seconds(&mut self) {
        let mut joined: Vec<Token> = Vec::with_capacity(self.tokens.len());
        for token in std::mem::take(&mut self.tokens) {
            match (joined.as_mut_slice(), &token) {
                ([.., Token::Field('s', _) | Token::Elapsed('s', _)], Token::Point) => {
                    joined.push(Token::Fraction(0));
                }
                ([.., Token::Fraction(count)], Token::Digit('0')) => *count += 1,
                _ => joined.push(token),
            }
        }
        self.tokens = joined;
    }
}

/// The sections of a code, at least one.
pub(super) fn sections(code: &str) -> Vec<Section> {
    let mut done = Vec::new();
    let mut section = Section::default();
    let mut rest = code;
    while let Some(first) = rest.chars().next() {
        let length = if first == ';' {
            section.finish();
            done.push(std::mem::take(&mut section));
            1
        } else {
            take(&mut section, first, rest)
        };
        rest = rest.get(length..).unwrap_or_default();
    }
    section.finish();
    done.push(section);
    done
}

/// Words that stand for more than their letters.
const WORDS: &[(&str, Token)] = &[
    ("general", Token::General),
    ("g/標準", Token::General),
    ("am/pm", Token::HalfDay("AM", "PM")),
    ("a/p", Token::HalfDay("A", "P")),
    ("午前/午後", Token::HalfDay("午前", "午後")),
    ("上午/下午", Token::HalfDay("午前", "午後")),
];

/// Takes one token off the start of `rest` and gives its length in bytes.
fn take(section: &mut Section, first: char, rest: &str) -> usize {
    if let Some(length) = quoted(section, first, rest) {
        return length;
    }
    for (word, token) in WORDS {
        let head = rest.get(..word.len());
        if head.is_some_and(|head| head.to_lowercase() == *word) {
            section.tokens.push(token.clone());
            return word.len();
        }
    }
    let run = rest
        .chars()
        .take_while(|c| c.eq_ignore_ascii_case(&first))
        .count();
    let next = rest.chars().nth(1);
    match first.to_ascii_lowercase() {
        'e' if matches!(next, Some('+' | '-')) => {
            let plus = next == Some('+');
            section.tokens.push(Token::Exponent { plus });
            return 2;
        }
        field @ ('y' | 'm' | 'd' | 'h' | 's' | 'g' | 'e' | 'a') => {
            section.tokens.push(Token::Field(field, run));
            return run;
        }
        '0' | '#' | '?' => section.tokens.push(Token::Digit(first)),
        '.' => section.tokens.push(Token::Point),
        ',' => section.tokens.push(Token::Group),
        '%' => section.tokens.push(Token::Percent),
        '@' => section.tokens.push(Token::Text),
        _ => section.literal(first),
    }
    first.len_utf8()
}

/// Takes what is no token itself: quoted and escaped characters, room, brackets.
fn quoted(section: &mut Section, first: char, rest: &str) -> Option<usize> {
    let inner = rest.get(first.len_utf8()..).unwrap_or_default();
    match first {
        '"' => {
            let end = inner.find('"').unwrap_or(inner.len());
            let text = inner.get(..end).unwrap_or_default();
            text.chars().for_each(|c| section.literal(c));
            Some(end + 2)
        }
        '[' => {
            let end = inner.find(']').unwrap_or(inner.len());
            section.bracket(inner.get(..end).unwrap_or_default());
            Some(end + 2)
        }
        '\\' | '!' => {
            let escaped = inner.chars().next();
            if let Some(c) = escaped {
                section.literal(c);
            }
            Some(1 + escaped.map_or(0, char::len_utf8))
        }
        '_' | '*' => Some(1 + inner.chars().next().map_or(0, char::len_utf8)),
        _ => None,
    }
}
