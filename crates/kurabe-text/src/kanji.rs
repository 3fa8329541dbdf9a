//! Numbers written in kanji.

/// Value and length in bytes of the kanji number at the start of a text: `二十三`, `百`, `二〇二五`.
pub(crate) fn leading(s: &str) -> Option<(u32, usize)> {
    let mut reader = Reader::default();
    let mut len = 0;
    for c in s.chars() {
        if !reader.push(c) {
            break;
        }
        len += c.len_utf8();
    }
    (len > 0).then(|| (reader.total.saturating_add(reader.digits), len))
}

#[derive(Default)]
struct Reader {
    total: u32,
    digits: u32,
    positional: bool,
}

impl Reader {
    fn push(&mut self, c: char) -> bool {
        match (digit(c), place(c)) {
            (Some(d), _) => {
                self.positional |= self.digits > 0 || d == 0;
                self.digits = self.digits.saturating_mul(10).saturating_add(d);
                true
            }
            (None, Some(place)) if !self.positional => {
                self.total = self
                    .total
                    .saturating_add(self.digits.max(1).saturating_mul(place));
                self.digits = 0;
                true
            }
            _ => false,
        }
    }
}

fn digit(c: char) -> Option<u32> {
    "〇一二三四五六七八九"
        .chars()
        .position(|d| d == c)
        .and_then(|n| u32::try_from(n).ok())
}

fn place(c: char) -> Option<u32> {
    match c {
        '十' => Some(10),
        '百' => Some(100),
        '千' => Some(1000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::leading;

    #[test]
    fn reads_kanji_numbers() {
        let cases = [
            ("二十人", Some((20, 6))),
            ("三つ", Some((3, 3))),
            ("二十三年", Some((23, 9))),
            ("百二十", Some((120, 9))),
            ("二〇二五年", Some((2025, 12))),
            ("千人", Some((1000, 3))),
            ("人", None),
            ("", None),
        ];
        for (text, want) in cases {
            assert_eq!(leading(text), want, "{text}");
        }
    }
}
