//! Phases of a schedule and the stage they stand for.

use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

#[derive(Deserialize)]
struct Endings {
    endings: Vec<String>,
}

/// Endings with their stage, longest first.
static ENDINGS: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
    let data: BTreeMap<String, Endings> =
        toml::from_str(include_str!("../data/phases.toml")).unwrap_or_default();
    let mut endings: Vec<(String, String)> = data
        .into_iter()
        .flat_map(|(stage, e)| e.endings.into_iter().map(move |word| (word, stage.clone())))
        .collect();
    endings.sort_by(|a, b| b.0.chars().count().cmp(&a.0.chars().count()).then(a.cmp(b)));
    endings
});

/// Stages from the first thought to the last.
const ORDER: [&str; 6] = [
    "study",
    "trial",
    "build",
    "operating",
    "expanding",
    "completed",
];

/// Stage that a phase stands for, or `None` when no known word ends any of its parts.
///
/// A phase with an arrow counts as what stands behind the arrow. Of several parts, the first
/// decides when one of them is a study or a trial, otherwise the most advanced.
///
/// ```
/// use kurabe_layout::phase::stage;
/// use std::collections::BTreeMap;
/// let none = BTreeMap::new();
/// assert_eq!(stage("検討 → 試験運用", &none).as_deref(), Some("trial"));
/// assert_eq!(stage("導入に向けた検討", &none).as_deref(), Some("study"));
/// assert_eq!(stage("運用・利用拡大", &none).as_deref(), Some("expanding"));
/// assert_eq!(stage("自動操舵システム", &none), None);
/// ```
#[must_use]
pub fn stage(phase: &str, own: &BTreeMap<String, String>) -> Option<String> {
    let last = phase.rsplit(['→', '⇒', '➡']).next().unwrap_or(phase);
    let parts: Vec<String> = last
        .split(['・', '、', ',', '，', '\n', ' ', '\u{3000}'])
        .filter(|p| !p.trim().is_empty())
        .filter_map(|part| part_stage(part, own))
        .collect();
    let early = parts.iter().any(|s| s == "study" || s == "trial");
    if early {
        parts.into_iter().next()
    } else {
        parts.into_iter().max_by_key(|s| rank(s))
    }
}

/// Whether a text is nothing but a phase: every part is a known word with at most a short word
/// before it. The name of an item may end like a phase, but says more.
///
/// ```
/// use kurabe_layout::phase::is_plain;
/// assert!(is_plain("検討 → 試験運用"));
/// assert!(is_plain("機器導入"));
/// assert!(!is_plain("窓口用の台帳システムの導入"));
/// ```
#[must_use]
pub fn is_plain(phase: &str) -> bool {
    const LONGEST: usize = 8;
    let mut parts = phase
        .split(['→', '⇒', '➡', '・', '、', ' ', '\n'])
        .filter(|p| !p.trim().is_empty());
    parts.all(|part| {
        part.trim().chars().count() <= LONGEST && part_stage(part, &BTreeMap::new()).is_some()
    })
}

/// Position of a stage in the life of a measure.
#[must_use]
pub fn rank(stage: &str) -> usize {
    ORDER.iter().position(|s| *s == stage).unwrap_or(0)
}

fn part_stage(part: &str, own: &BTreeMap<String, String>) -> Option<String> {
    let word: String = part
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '※' | '（' | '）' | '(' | ')' | '。'))
        .collect();
    own.iter()
        .find(|(ending, _)| word.ends_with(ending.as_str()))
        .map(|(_, stage)| stage.clone())
        .or_else(|| {
            ENDINGS
                .iter()
                .find(|(e, _)| word.ends_with(e.as_str()))
                .map(|(_, s)| s.clone())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_words_are_read() {
        assert!(ENDINGS.len() > 60);
    }

    #[test]
    fn stages_of_phases() {
        let none = BTreeMap::new();
        for (phase, expected) in [
            ("検討", "study"),
            ("試験導入・検討", "trial"),
            ("検討・試行", "study"),
            ("導入・運用", "operating"),
            ("配信済", "completed"),
            ("継続して取組", "operating"),
            ("テレワークの本格運用に伴う実施率の増", "expanding"),
            ("計画策定※", "study"),
            ("検討 イベント開催", "study"),
        ] {
            assert_eq!(stage(phase, &none).as_deref(), Some(expected), "{phase}");
        }
    }
}
