//! The few things that attributes say about how an element is shown.

use super::dom::Node;
use crate::numeral::{Case, Numeral};

/// The value of a property in the `style` attribute, in small letters.
fn property(node: &Node, name: &str) -> Option<String> {
    let style = node.attribute("style")?;
    let mut found = style.rsplit(';').filter_map(|declaration| {
        let (property, value) = declaration.split_once(':')?;
        property.trim().eq_ignore_ascii_case(name).then_some(value)
    });
    let value = found.next()?.to_ascii_lowercase();
    Some(value.replace("!important", "").trim().to_owned())
}

/// Whether an element is not shown.
pub(super) fn is_hidden(node: &Node) -> bool {
    let is = |name: &str, values: &[&str]| {
        property(node, name).is_some_and(|value| values.contains(&value.as_str()))
    };
    node.attribute("hidden").is_some()
        || is("display", &["none"])
        || is("visibility", &["hidden", "collapse"])
}

/// Whether white space in an element is shown as it is.
pub(super) fn is_preformatted(node: &Node) -> bool {
    let value = property(node, "white-space");
    value.is_some_and(|v| matches!(v.as_str(), "pre" | "pre-wrap" | "pre-line" | "break-spaces"))
}

/// How the numbers of a list or an item are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// A number and what follows it.
    Number(Numeral, &'static str),
    /// A bullet, or nothing.
    None,
}

/// What follows the numbers of most lists (CSS Counter Styles 3, 3.4).
const STOP: &str = ". ";
/// What follows Japanese numbers (CSS Counter Styles 3, 6 and 7).
const COMMA: &str = "、";

impl Mark {
    /// Numbers as lists have them that say nothing of them.
    pub(super) const USUAL: Self = Self::Number(Numeral::Decimal, STOP);

    /// What is printed before an item.
    pub(super) fn print(self, number: i32) -> Option<String> {
        let Self::Number(numeral, end) = self else {
            return None;
        };
        let printed = u32::try_from(number).map(|n| numeral.print(n));
        Some(printed.unwrap_or_else(|_| number.to_string()) + end)
    }
}

/// The mark that an element states by `type` or `list-style-type`.
pub(super) fn mark(node: &Node) -> Option<Mark> {
    let shown = property(node, "list-style-type").or_else(|| property(node, "list-style"));
    let shown = shown.and_then(|value| value.split_ascii_whitespace().find_map(named));
    shown.or_else(|| node.attribute("type").and_then(typed))
}

/// Values of the attribute `type`, where capitals matter (HTML Standard, 4.4.5).
fn typed(value: &str) -> Option<Mark> {
    Some(match value.trim() {
        "1" => Mark::USUAL,
        "a" => Mark::Number(Numeral::Letter(Case::Lower), STOP),
        "A" => Mark::Number(Numeral::Letter(Case::Upper), STOP),
        "i" => Mark::Number(Numeral::Roman(Case::Lower), STOP),
        "I" => Mark::Number(Numeral::Roman(Case::Upper), STOP),
        "disc" | "circle" | "square" | "none" => Mark::None,
        _ => return None,
    })
}

/// Values of `list-style-type` (CSS Counter Styles 3).
fn named(value: &str) -> Option<Mark> {
    Some(match value {
        "decimal" => Mark::USUAL,
        "decimal-leading-zero" => Mark::Number(Numeral::DecimalZero, STOP),
        "lower-alpha" | "lower-latin" => Mark::Number(Numeral::Letter(Case::Lower), STOP),
        "upper-alpha" | "upper-latin" => Mark::Number(Numeral::Letter(Case::Upper), STOP),
        "lower-roman" => Mark::Number(Numeral::Roman(Case::Lower), STOP),
        "upper-roman" => Mark::Number(Numeral::Roman(Case::Upper), STOP),
        "cjk-ideographic" | "japanese-informal" | "simp-chinese-informal" => {
            Mark::Number(Numeral::Kanji, COMMA)
        }
        "cjk-decimal" => Mark::Number(Numeral::KanjiDigits, COMMA),
        "cjk-heavenly-stem" => Mark::Number(Numeral::Stems, COMMA),
        "cjk-earthly-branch" => Mark::Number(Numeral::Branches, COMMA),
        "katakana" => Mark::Number(Numeral::AiueoFullWidth, COMMA),
        "hiragana" => Mark::Number(Numeral::AiueoHiragana, COMMA),
        "katakana-iroha" => Mark::Number(Numeral::IrohaFullWidth, COMMA),
        "hiragana-iroha" => Mark::Number(Numeral::IrohaHiragana, COMMA),
        "none" | "disc" | "circle" | "square" => Mark::None,
        _ => return None,
    })
}
