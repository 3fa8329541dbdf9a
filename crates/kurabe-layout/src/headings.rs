//! The headings that are open in running text.

use crate::cursor::Cursor;
use crate::record::Words;
use kurabe_text::{number, width};
use kurabe_trace::{Code, Finding};
use std::collections::BTreeMap;

/// The headings above the text at hand, and the numbers that headings have used so far.
#[derive(Debug, Default)]
pub(crate) struct Headings {
    open: Vec<Heading>,
    /// Chapter and number of the last numbered heading, by depth.
    numbers: BTreeMap<usize, (u32, u32)>,
}

#[derive(Debug)]
struct Heading {
    depth: usize,
    words: Words,
    /// Whether a record names it.
    is_used: bool,
}

impl Headings {
    /// Opens a heading; the ones of its depth or below are closed. Gives those of them that no
    /// record names: they are all that the document says at their place.
    pub(crate) fn open(
        &mut self,
        cursor: &mut Cursor<'_>,
        depth: usize,
        words: &Words,
    ) -> Vec<Words> {
        let words = self.numbered(cursor, depth, words.clone());
        let text = cursor.heading(&words.text.replace('\n', " "), &words.locator);
        let words = Words::new(text, words.locator);
        let closed = self.close(depth);
        self.open.push(Heading {
            depth,
            words,
            is_used: false,
        });
        closed
    }

    /// Closes the headings of a depth and below; gives those that no record names.
    pub(crate) fn close(&mut self, depth: usize) -> Vec<Words> {
        let at = self.open.partition_point(|h| h.depth < depth);
        let closed = self.open.drain(at..).filter(|h| !h.is_used);
        closed.map(|h| h.words).collect()
    }

    /// The open headings above a depth as one group name; they count as used.
    pub(crate) fn path_above(&mut self, depth: usize) -> Option<String> {
        let open = self.open.iter_mut().filter(|h| h.depth < depth);
        let names: Vec<&str> = open
            .map(|h| {
                h.is_used = true;
                h.words.text.as_str()
            })
            .collect();
        (!names.is_empty()).then(|| names.join(" / "))
    }

    /// A number such as `1-3` with misread digits is put right when it then follows the heading
    /// before: `I-3` after 1-2.
    fn numbered(&mut self, cursor: &mut Cursor<'_>, depth: usize, words: Words) -> Words {
        let Some((printed, rest)) = words.text.split_once(char::is_whitespace) else {
            return words;
        };
        let Some((chapter, number)) = parts(printed) else {
            return words;
        };
        let right = format!("{chapter}-{number}");
        let before = self.numbers.insert(depth, (chapter, number));
        if right == width::nfkc(printed) || before != Some((chapter, number.saturating_sub(1))) {
            return words;
        }
        cursor.remark(
            Finding::new(
                Code::NumberRepaired,
                words.locator.clone(),
                format!("見出しの番号「{printed}」を前後の並びから「{right}」と読みました。"),
                format!(
                    "The number “{printed}” of a heading was read as “{right}” by its neighbours."
                ),
            )
            .raw(printed)
            .repaired(right.clone()),
        );
        Words::new(format!("{right} {rest}"), words.locator)
    }
}

/// Chapter and number of `1-3`.
fn parts(printed: &str) -> Option<(u32, u32)> {
    let (chapter, number) = printed.split_once('-')?;
    let value = |text: &str| Some(number::item_number(text)?.value);
    Some((value(chapter)?, value(number)?))
}
