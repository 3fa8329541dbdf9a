//! Damaged markup: what was noticed, on which lines, and the findings that follow.

use std::collections::BTreeMap;

use kurabe_trace::{Code, Finding, Locator};

/// A kind of damage in the markup of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Damage {
    /// A list without its end tag.
    ListOpen,
    /// A table without its end tag.
    TableOpen,
    /// An end tag of a block that was not open.
    EndWithoutStart,
    /// A tag that never ends; it was kept as text.
    TagUnfinished,
    /// Elements nested deeper than is read as structure.
    TooDeep,
}

impl Damage {
    /// The remark in Japanese and English.
    fn messages(self) -> (&'static str, &'static str) {
        match self {
            Self::ListOpen => (
                "セル内のリストが閉じられていません。次の段落かセルの終わりまでをリストとしました。",
                "Lists in cells are left open; each was read up to the next paragraph or the end of its cell.",
            ),
            Self::TableOpen => (
                "セル内の表が閉じられていません。セルの終わりまでを表としました。",
                "Tables in cells are left open; each was read up to the end of its cell.",
            ),
            Self::EndWithoutStart => (
                "開始タグのない終了タグがあります。無視しました。",
                "End tags stand in cells without their start tags; they were ignored.",
            ),
            Self::TagUnfinished => (
                "途中で切れたタグがあります。文字として残しました。",
                "Tags in cells are cut off; they were kept as text.",
            ),
            Self::TooDeep => (
                "入れ子が深すぎるマークアップがあります。文字だけを読みました。",
                "Markup in cells is nested too deeply; only its text was read.",
            ),
        }
    }
}

/// The lines on which each kind of damage was noticed, ascending.
#[derive(Debug, Default)]
pub(crate) struct DamageLog {
    lines: BTreeMap<Damage, Vec<u32>>,
}

impl DamageLog {
    /// Notes `damage` on `line`; a line is noted once for each kind.
    pub(crate) fn note(&mut self, damage: Damage, line: u32) {
        let lines = self.lines.entry(damage).or_default();
        if lines.last() != Some(&line) {
            lines.push(line);
        }
    }

    /// One finding for each kind of damage.
    pub(crate) fn findings(&self) -> impl Iterator<Item = Finding> + '_ {
        self.lines.iter().map(|(damage, lines)| {
            let (locator, raw) = place(lines);
            let (ja, en) = damage.messages();
            Finding::new(Code::MarkupDamaged, locator, ja, en).raw(raw)
        })
    }
}

/// The locator of a remark on several lines, and the list of the lines (`L12,L14-16`).
///
/// One run of lines is its own place; scattered lines are a remark on the document, so that
/// nothing between them is taken to be meant.
pub(crate) fn place(lines: &[u32]) -> (Locator, String) {
    let runs = runs(lines);
    let list: Vec<String> = runs.iter().map(ToString::to_string).collect();
    let locator = match runs.as_slice() {
        [only] => only.clone(),
        _ => Locator::Document,
    };
    (locator, list.join(","))
}

fn runs(lines: &[u32]) -> Vec<Locator> {
    lines
        .chunk_by(|a, b| a.checked_add(1) == Some(*b))
        .filter_map(|run| Some(Locator::lines(*run.first()?, *run.last()?)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_listed_in_runs() {
        assert_eq!(
            place(&[3, 5, 6, 7]),
            (Locator::Document, "L3,L5-7".to_owned())
        );
        assert_eq!(place(&[5, 6]), (Locator::lines(5, 6), "L5-6".to_owned()));
        assert_eq!(place(&[]), (Locator::Document, String::new()));
    }

    #[test]
    fn a_line_is_noted_once_for_each_kind() {
        let mut log = DamageLog::default();
        log.note(Damage::ListOpen, 2);
        log.note(Damage::ListOpen, 2);
        log.note(Damage::TooDeep, 2);
        let raws: Vec<_> = log.findings().filter_map(|f| f.raw).collect();
        assert_eq!(raws, ["L2", "L2"]);
    }
}
