//! Whether a step is done, under way or not begun: `策定：済`, `検討を継続中`, `未実施`.

use crate::data;
use crate::width;
use serde::Deserialize;
use std::sync::LazyLock;

/// How far a step has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// 済, 完了.
    Done,
    /// 準備中, 検討を継続中.
    UnderWay,
    /// 未, 未実施.
    NotDone,
}

impl State {
    /// The word in the data: `done`, `under_way` or `not_done`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::UnderWay => "under_way",
            Self::NotDone => "not_done",
        }
    }
}

#[derive(Deserialize)]
struct Table {
    done: Words,
    under_way: Words,
    not_done: Words,
}

#[derive(Deserialize)]
struct Words {
    whole: Vec<String>,
    #[serde(default)]
    starts: Vec<String>,
    ends: Vec<String>,
}

static TABLE: LazyLock<Table> =
    LazyLock::new(|| data::load(include_str!("../data/milestones.toml")));

impl Words {
    fn fit(&self, said: &str) -> bool {
        self.whole.iter().any(|word| said == word)
            || self
                .starts
                .iter()
                .any(|word| said.starts_with(word.as_str()))
            || self.ends.iter().any(|word| said.ends_with(word.as_str()))
    }
}

/// What a result says of a step; `None` where it says something else. What stands before the last
/// colon names the step and does not count.
///
/// ```
/// use kurabe_text::milestone::{State, state};
/// assert_eq!(state("マニュアルの策定：済"), Some(State::Done));
/// assert_eq!(state("検討を継続中。"), Some(State::UnderWay));
/// assert_eq!(state("統合型GISの構築：未"), Some(State::NotDone));
/// assert_eq!(state("候補を選定。"), None);
/// ```
#[must_use]
pub fn state(text: &str) -> Option<State> {
    let tidy = width::tidy(text);
    let said = tidy.rsplit([':', '：']).next().unwrap_or(&tidy);
    let said = said.trim().trim_end_matches(['。', '.', ' ']);
    let known = [
        (State::NotDone, &TABLE.not_done),
        (State::UnderWay, &TABLE.under_way),
        (State::Done, &TABLE.done),
    ];
    let hit = known.into_iter().find(|(_, words)| words.fit(said));
    hit.map(|(state, _)| state)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_only_end_alike_say_nothing() {
        for text in [
            "決済",
            "キャッシュレス決済",
            "経済",
            "3回開催した",
            "公開可能な情報を公開した。",
        ] {
            assert_eq!(state(text), None, "{text}");
        }
    }

    #[test]
    fn reasons_may_follow() {
        assert_eq!(state("未導入のため実績なし"), Some(State::NotDone));
        assert_eq!(
            state("ルールの策定に関しては未実施。"),
            Some(State::NotDone)
        );
        assert_eq!(state("システム構築準備中"), Some(State::UnderWay));
    }
}
