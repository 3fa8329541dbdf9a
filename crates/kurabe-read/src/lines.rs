//! Lines as a text editor counts them: CRLF, CR and LF each end one line.

/// A line of the source without its line end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct SourceLine<'a> {
    /// Line number, from 1.
    pub(crate) number: u32,
    /// Offset in the text of the first byte after the line and its line end.
    pub(crate) end: usize,
    /// The line as written.
    pub(crate) text: &'a str,
}

/// Iterates over the lines of a text.
pub(crate) struct Lines<'a> {
    text: &'a str,
    at: usize,
    number: u32,
}

impl<'a> Lines<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self {
            text,
            at: 0,
            number: 0,
        }
    }
}

impl<'a> Iterator for Lines<'a> {
    type Item = SourceLine<'a>;

    fn next(&mut self) -> Option<SourceLine<'a>> {
        let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
        let bytes = rest.as_bytes();
        let length = bytes
            .iter()
            .position(|b| matches!(b, b'\n' | b'\r'))
            .unwrap_or(rest.len());
        let line_end = match bytes.get(length..) {
            Some([b'\r', b'\n', ..]) => 2,
            Some([_, ..]) => 1,
            Some([]) | None => 0,
        };
        self.at += length + line_end;
        self.number = self.number.saturating_add(1);
        Some(SourceLine {
            number: self.number,
            end: self.at,
            text: rest.get(..length)?,
        })
    }
}

/// Numbers of the lines that hold the byte offsets `offsets` (ascending), each line once.
pub(crate) fn lines_of(text: &str, offsets: &[usize]) -> Vec<u32> {
    let mut numbers = Vec::new();
    let mut offsets = offsets.iter().peekable();
    for line in Lines::new(text) {
        let mut here = false;
        while offsets.next_if(|offset| **offset < line.end).is_some() {
            here = true;
        }
        if here {
            numbers.push(line.number);
        }
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_line_end_counts_once() {
        let texts: Vec<_> = Lines::new("a\r\nb\rc\n\nd")
            .map(|l| (l.number, l.text))
            .collect();
        assert_eq!(texts, [(1, "a"), (2, "b"), (3, "c"), (4, ""), (5, "d")]);
        assert_eq!(Lines::new("").count(), 0);
    }

    #[test]
    fn offsets_are_found_on_their_lines() {
        assert_eq!(lines_of("ab\ncd\r\nef", &[0, 1, 7]), [1, 3]);
    }
}
