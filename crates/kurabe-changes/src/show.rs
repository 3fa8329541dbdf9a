//! Values as people read them.

use kurabe_schema::{ColumnSpec, ValueRef};

/// Characters that a text may have before it is shortened.
const WHOLE: usize = 48;

/// Characters that are kept of what is the same before and after a difference.
const CONTEXT: usize = 12;

/// The same in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Both {
    pub(crate) ja: String,
    pub(crate) en: String,
}

impl Both {
    /// What is the same in both languages.
    pub(crate) fn same(text: impl Into<String>) -> Self {
        let ja = text.into();
        Self { en: ja.clone(), ja }
    }

    pub(crate) fn new(ja: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            ja: ja.into(),
            en: en.into(),
        }
    }
}

/// A value; none when nothing is stated.
pub(crate) fn value(column: Option<&ColumnSpec>, value: ValueRef<'_>) -> Option<Both> {
    Some(match value {
        ValueRef::Null => return None,
        ValueRef::Text(text) => match column.and_then(|column| column.label(text)) {
            Some(label) => Both::new(label.ja, label.en),
            None => Both::same(line(text)),
        },
        ValueRef::Bool(true) => Both::new("はい", "yes"),
        ValueRef::Bool(false) => Both::new("いいえ", "no"),
        ValueRef::Int(number) => Both::same(number.to_string()),
        ValueRef::Float(number) => Both::same(number.to_string()),
        ValueRef::Date(date) => Both::same(date.to_string()),
    })
}

/// A text on one line, without characters that a terminal would act upon.
pub(crate) fn line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for part in text.lines().map(str::trim).filter(|part| !part.is_empty()) {
        if !line.is_empty() {
            line.push_str(" / ");
        }
        line.extend(part.chars().filter(|c| !c.is_control()));
    }
    line
}

/// The beginning of a long text.
pub(crate) fn short(text: &str) -> String {
    let text = line(text);
    cut(&text.chars().collect::<Vec<_>>(), WHOLE)
}

/// Two texts, long ones shortened to where they differ.
pub(crate) fn around(old: &str, new: &str) -> (String, String) {
    let (old, new): (Vec<char>, Vec<char>) = (old.chars().collect(), new.chars().collect());
    if old.len() <= WHOLE && new.len() <= WHOLE {
        return (old.into_iter().collect(), new.into_iter().collect());
    }
    let head = common(old.iter(), new.iter());
    let shorter = old.len().min(new.len()) - head;
    let tail = common(old.iter().rev(), new.iter().rev()).min(shorter);
    let window = |text: &[char]| {
        let from = head.saturating_sub(CONTEXT);
        let until = text.len() - tail.saturating_sub(CONTEXT);
        let before = if from > 0 { "…" } else { "" };
        let after = if until < text.len() { "…" } else { "" };
        format!(
            "{before}{}{after}",
            cut(&text[from..until], WHOLE + 2 * CONTEXT)
        )
    };
    (window(&old), window(&new))
}

/// At most so many characters: the beginning and the end where there are more.
fn cut(text: &[char], most: usize) -> String {
    if text.len() <= most {
        return text.iter().collect();
    }
    let (head, tail) = (most * 2 / 3, most / 3);
    let head: String = text[..head].iter().collect();
    let tail: String = text[text.len() - tail..].iter().collect();
    format!("{head}…{tail}")
}

fn common<'a>(old: impl Iterator<Item = &'a char>, new: impl Iterator<Item = &'a char>) -> usize {
    old.zip(new).take_while(|(old, new)| old == new).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_shortened_to_where_they_differ() {
        let head = "あ".repeat(100);
        let tail = "う".repeat(100);
        let (old, new) = around(&format!("{head}検討{tail}"), &format!("{head}運用中{tail}"));
        assert_eq!(old, format!("…{}検討{}…", "あ".repeat(12), "う".repeat(12)));
        assert_eq!(
            new,
            format!("…{}運用中{}…", "あ".repeat(12), "う".repeat(12))
        );
        assert_eq!(around("検討", "運用"), ("検討".into(), "運用".into()));
    }

    #[test]
    fn a_text_that_grows_by_itself_is_no_trap() {
        let old = "あ".repeat(60);
        let new = "あ".repeat(63);
        let (old, new) = around(&old, &new);
        assert_ne!(old, new);
        let (old, new) = around("", &"か".repeat(500));
        assert_eq!(old, "");
        assert!(new.chars().count() < 80, "{new}");
    }

    #[test]
    fn texts_stand_on_one_line() {
        assert_eq!(line("一\r\n\n 二\u{1b}[31m"), "一 / 二[31m");
        assert_eq!(short(&"あ".repeat(99)).chars().count(), 49);
    }
}
