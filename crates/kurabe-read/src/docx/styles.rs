//! Styles: which paragraphs are headings, numbered or hidden by their style.

use std::collections::BTreeMap;

use super::xml::{El, Tree};

/// Most styles that may be based on each other.
const LONGEST: usize = 64;

/// The styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: BTreeMap<String, Style>,
    /// The style of paragraphs that name none.
    usual: Option<String>,
}

#[derive(Debug)]
struct Style {
    based_on: Option<String>,
    /// Level of the heading, `Some(None)` when the style says that it is none.
    heading: Option<Option<u8>>,
    numbering: Option<NumberingOf>,
    vanish: Option<bool>,
}

/// What a paragraph or a style says of its number.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct NumberingOf {
    /// The list; `0` takes the number off.
    pub(super) list: Option<String>,
    /// The level in it from 0.
    pub(super) level: Option<usize>,
    /// The style that says so.
    pub(super) style: Option<String>,
}

impl NumberingOf {
    /// What the properties of a paragraph say.
    pub(super) fn stated(properties: El) -> Option<Self> {
        let stated = properties.child("w:numPr")?;
        Some(Self {
            list: stated.value("w:numId").map(str::to_owned),
            level: stated.value("w:ilvl").and_then(|level| level.parse().ok()),
            style: None,
        })
    }
}

impl Styles {
    /// Reads `styles.xml`.
    pub(super) fn read(tree: &Tree) -> Self {
        let mut found = Self::default();
        for style in tree.all("w:style") {
            let Some(id) = style.attribute("styleId") else {
                continue;
            };
            let is_paragraph = style.attribute("type") == Some("paragraph");
            if is_paragraph && matches!(style.attribute("default"), Some("1" | "true" | "on")) {
                found.usual = Some(id.to_owned());
            }
            found.styles.insert(id.to_owned(), Style::read(id, style));
        }
        found
    }

    /// The styles that a style is made of, itself first.
    fn chain<'s>(&'s self, id: Option<&'s str>) -> impl Iterator<Item = &'s Style> {
        let id = id.or(self.usual.as_deref());
        let first = id.and_then(|id| self.styles.get(id));
        let based_on = |style: &&Style| self.styles.get(style.based_on.as_deref()?);
        std::iter::successors(first, based_on).take(LONGEST)
    }

    /// The level of the headings that a style makes.
    pub(super) fn heading(&self, id: Option<&str>) -> Option<u8> {
        match id.filter(|id| !self.styles.contains_key(*id)) {
            Some(unknown) => heading_by_name(unknown),
            None => self.chain(id).find_map(|style| style.heading).flatten(),
        }
    }

    /// The numbers that a style gives.
    pub(super) fn numbering(&self, id: Option<&str>) -> Option<NumberingOf> {
        let stated: Vec<&NumberingOf> = self
            .chain(id)
            .filter_map(|s| s.numbering.as_ref())
            .collect();
        let list = stated.iter().find(|n| n.list.is_some())?;
        let level = stated.iter().find_map(|n| n.level);
        Some(NumberingOf {
            level,
            ..(*list).clone()
        })
    }

    /// Whether a style hides text, where it says so.
    pub(super) fn vanish(&self, id: Option<&str>) -> Option<bool> {
        self.chain(id).find_map(|style| style.vanish)
    }
}

impl Style {
    fn read(id: &str, style: El) -> Self {
        let properties = style.child("w:pPr");
        let outline = properties.and_then(|p| p.value("w:outlineLvl"));
        let by_name = style.value("w:name").and_then(heading_by_name).map(Some);
        let numbering = properties.and_then(NumberingOf::stated);
        Self {
            based_on: style.value("w:basedOn").map(str::to_owned),
            heading: outline.map(outline_level).or(by_name),
            numbering: numbering.map(|n| NumberingOf {
                style: Some(id.to_owned()),
                ..n
            }),
            vanish: style.child("w:rPr").and_then(|p| p.switch("w:vanish")),
        }
    }
}

/// The level of a heading from 1 by its outline level from 0; body text has 9.
pub(super) fn outline_level(value: &str) -> Option<u8> {
    value
        .trim()
        .parse()
        .ok()
        .filter(|level| *level < 9)
        .map(|level: u8| level + 1)
}

/// The level that `heading 1` or `見出し 1` names.
fn heading_by_name(name: &str) -> Option<u8> {
    let name = name.to_lowercase();
    let rest = name
        .strip_prefix("heading")
        .or(name.strip_prefix("見出し"))?;
    let mut digits = rest.trim().chars();
    let level = match (digits.next()?, digits.next()) {
        (digit @ '1'..='9', None) => u32::from(digit) - u32::from('0'),
        (digit @ '１'..='９', None) => u32::from(digit) - u32::from('０'),
        _ => return None,
    };
    u8::try_from(level).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_known_by_their_names() {
        for (name, level) in [
            ("heading 1", Some(1)),
            ("Heading9", Some(9)),
            ("見出し 2", Some(2)),
            ("見出し３", Some(3)),
            ("見出し 1 (文字)", None),
            ("heading", None),
            ("heading 10", None),
            ("TOC Heading", None),
        ] {
            assert_eq!(heading_by_name(name), level, "{name}");
        }
        assert_eq!(outline_level("0"), Some(1));
        assert_eq!(outline_level("9"), None);
    }
}
