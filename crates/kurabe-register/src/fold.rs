//! Forms of one character that are the same for looking up names.

use std::collections::BTreeMap;

use kurabe_text::width;
use serde::Deserialize;

/// Which characters are written for which.
#[derive(Debug, Clone, Default)]
pub(crate) struct Fold {
    standard: BTreeMap<char, char>,
}

/// `register/variants.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Variants {
    groups: Vec<String>,
}

impl Fold {
    /// Reads the groups of characters; each is folded to its first one.
    pub(crate) fn parse(text: &str) -> Result<Self, toml::de::Error> {
        let variants: Variants = toml::from_str(text)?;
        let mut standard = BTreeMap::new();
        for group in &variants.groups {
            let mut forms = group.chars();
            if let Some(first) = forms.next() {
                standard.extend(forms.map(|form| (form, first)));
            }
        }
        Ok(Self { standard })
    }

    /// The form of a name that is compared.
    pub(crate) fn fold(&self, name: &str) -> String {
        let plain = width::nfkc(name.trim());
        let meant = plain.chars().filter(|c| !is_selector(*c));
        let folded = meant.map(|c| self.standard.get(&c).copied().unwrap_or(c));
        folded.filter(|c| !c.is_whitespace()).collect()
    }
}

/// Selectors of glyphs, which stand behind a character.
fn is_selector(c: char) -> bool {
    matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_character_are_one() {
        let fold = Fold::parse("groups = [\"ケヶ\", \"竜龍\"]").unwrap();
        assert_eq!(fold.fold("龍ヶ崎市"), fold.fold(" 竜ケ崎 市"));
        assert_eq!(fold.fold("葛\u{e0100}城市"), "葛城市");
        assert_eq!(fold.fold("ｹ"), "ケ");
    }
}
