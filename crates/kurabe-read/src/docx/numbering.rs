//! Numbers of paragraphs as they are printed (ISO/IEC 29500-1, 17.9).

use std::collections::{BTreeMap, BTreeSet};

use super::styles::{NumberingOf, Styles};
use super::xml::{El, Tree};
use crate::numeral::{Case, Numeral};

/// Levels of a list.
const LEVELS: usize = 9;

/// Characters of a label that are read; word processors allow fewer.
const LONGEST: usize = 255;

/// What is printed before a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Label {
    /// A bullet.
    Bullet,
    /// A number with the signs around it and what separates it from the text.
    Number(String),
}

/// The lists of a document and how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    definitions: BTreeMap<String, Definition>,
    lists: BTreeMap<String, List>,
    /// For each definition, the numbers that its levels have reached.
    counters: BTreeMap<String, [Option<u32>; LEVELS]>,
    /// Lists and levels that have begun anew where their list says so.
    restarted: BTreeSet<(String, usize)>,
}

#[derive(Debug, Default)]
struct Definition {
    levels: [Level; LEVELS],
    /// The style that defines the list in its place.
    link: Option<String>,
}

#[derive(Debug, Default)]
struct List {
    definition: String,
    starts: BTreeMap<usize, u32>,
    levels: BTreeMap<usize, Level>,
}

#[derive(Debug, Clone, Default)]
struct Level {
    start: u32,
    format: Format,
    text: String,
    /// The level from 1 after which it begins anew; `0` for never.
    restart: Option<usize>,
    is_legal: bool,
    separator: &'static str,
    style: Option<String>,
}

/// What kind of sign a level prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Format {
    Bullet,
    Number(Numeral),
    /// Only the signs around the number.
    #[default]
    None,
}

impl Numbering {
    /// Reads `numbering.xml`.
    pub(super) fn read(tree: &Tree) -> Self {
        let definitions = tree.all("w:abstractNum").filter_map(|element| {
            let id = element.attribute("abstractNumId")?.to_owned();
            Some((id, Definition::read(element)))
        });
        let lists = tree.all("w:num").filter_map(|element| {
            let id = element.attribute("numId")?.to_owned();
            Some((id, List::read(element)?))
        });
        Self {
            definitions: definitions.collect(),
            lists: lists.collect(),
            ..Self::default()
        }
    }

    /// The label of the next paragraph of a list.
    pub(super) fn next(&mut self, of: &NumberingOf, styles: &Styles) -> Option<Label> {
        let id = of.list.as_deref().filter(|id| *id != "0")?;
        let list = self.lists.get(id)?;
        let definition_id = self.definition_of(list, styles);
        let definition = self.definitions.get(&definition_id)?;
        let level = of
            .level
            .or_else(|| definition.level_of(of.style.as_deref()));
        let level = level.unwrap_or(0).min(LEVELS - 1);
        let counters = self.counters.entry(definition_id.clone()).or_default();
        let restart = list.starts.get(&level).copied();
        let restart = restart.filter(|_| self.restarted.insert((id.to_owned(), level)));
        let levels = Levels { list, definition };
        levels.count(counters, level, restart);
        levels.label(counters, level)
    }

    /// The definition of a list, through the style that it may name.
    fn definition_of(&self, list: &List, styles: &Styles) -> String {
        let link = self
            .definitions
            .get(&list.definition)
            .and_then(|d| d.link.as_deref());
        let linked = link.and_then(|style| styles.numbering(Some(style))?.list);
        let linked = linked.and_then(|id| self.lists.get(&id));
        linked.unwrap_or(list).definition.clone()
    }
}

/// The levels of a list: its own, else those of its definition.
struct Levels<'n> {
    list: &'n List,
    definition: &'n Definition,
}

impl Levels<'_> {
    fn get(&self, level: usize) -> Option<&Level> {
        let own = self.list.levels.get(&level);
        own.or_else(|| self.definition.levels.get(level))
    }

    fn start(&self, level: usize) -> u32 {
        let own = self.list.starts.get(&level).copied();
        own.or_else(|| self.get(level).map(|l| l.start))
            .unwrap_or_default()
    }

    /// Counts one on a level; the levels below it begin anew.
    fn count(&self, counters: &mut [Option<u32>; LEVELS], level: usize, restart: Option<u32>) {
        for (at, counter) in counters.iter_mut().enumerate() {
            if at == level {
                let next = counter.map(|n| n.saturating_add(1));
                *counter = restart.or(next).or_else(|| Some(self.start(level)));
            } else if at > level {
                let after = self.get(at).and_then(|l| l.restart);
                if after.is_none_or(|after| level < after) {
                    *counter = None;
                }
            }
        }
    }

    fn label(&self, counters: &[Option<u32>; LEVELS], at: usize) -> Option<Label> {
        let level = self.get(at).filter(|level| !level.text.is_empty())?;
        if level.format == Format::Bullet {
            return Some(Label::Bullet);
        }
        let mut printed = String::new();
        let mut rest = level.text.chars().peekable();
        while let Some(c) = rest.next() {
            let digit = rest
                .peek()
                .and_then(|d| d.to_digit(10))
                .filter(|d| c == '%' && *d > 0);
            match digit.and_then(|d| usize::try_from(d).ok()) {
                Some(digit) => {
                    rest.next();
                    printed.push_str(&self.number(counters, digit - 1, level.is_legal));
                }
                None => printed.push(c),
            }
        }
        let visible = !printed.trim().is_empty();
        visible.then(|| Label::Number(printed + level.separator))
    }

    /// The number that a level has reached, as it prints numbers.
    fn number(&self, counters: &[Option<u32>; LEVELS], at: usize, is_legal: bool) -> String {
        let counted = counters.get(at).copied().flatten();
        let number = counted.unwrap_or_else(|| self.start(at));
        match self.get(at).map(|level| level.format) {
            Some(Format::Number(_)) if is_legal => Numeral::Decimal.print(number),
            Some(Format::Number(numeral)) => numeral.print(number),
            Some(Format::Bullet | Format::None) | None => String::new(),
        }
    }
}

impl Definition {
    fn read(element: El) -> Self {
        let mut definition = Self {
            link: element.value("w:numStyleLink").map(str::to_owned),
            ..Self::default()
        };
        for level in element.children().filter(|child| child.name() == "w:lvl") {
            if let Some(place) = index(level).and_then(|at| definition.levels.get_mut(at)) {
                *place = Level::read(level);
            }
        }
        definition
    }

    /// The level that a style stands for.
    fn level_of(&self, style: Option<&str>) -> Option<usize> {
        let style = style?;
        self.levels
            .iter()
            .position(|level| level.style.as_deref() == Some(style))
    }
}

impl List {
    fn read(element: El) -> Option<Self> {
        let mut list = Self {
            definition: element.value("w:abstractNumId")?.to_owned(),
            ..Self::default()
        };
        for own in element
            .children()
            .filter(|child| child.name() == "w:lvlOverride")
        {
            let Some(at) = index(own) else { continue };
            if let Some(level) = own.child("w:lvl") {
                list.levels.insert(at, Level::read(level));
            }
            if let Some(start) = own.value("w:startOverride").and_then(|n| n.parse().ok()) {
                list.starts.insert(at, start);
            }
        }
        Some(list)
    }
}

fn index(level: El) -> Option<usize> {
    level.attribute("ilvl")?.parse().ok()
}

impl Level {
    fn read(element: El) -> Self {
        let number = |name| element.value(name).and_then(|value| value.parse().ok());
        let text = element.value("w:lvlText").unwrap_or_default();
        Self {
            start: number("w:start").unwrap_or(0),
            format: element
                .value("w:numFmt")
                .map_or(Format::Number(Numeral::Decimal), format),
            text: text.chars().take(LONGEST).collect(),
            restart: element
                .value("w:lvlRestart")
                .and_then(|value| value.parse().ok()),
            is_legal: element.switch("w:isLgl").unwrap_or(false),
            separator: match element.value("w:suff") {
                Some("nothing") => "",
                // A tab only moves the text to its place.
                Some(_) | None => " ",
            },
            style: element.value("w:pStyle").map(str::to_owned),
        }
    }
}

/// The format that a word of `ST_NumberFormat` names; numbers of other scripts are given in digits.
fn format(word: &str) -> Format {
    Format::Number(match word {
        "bullet" => return Format::Bullet,
        "none" => return Format::None,
        "decimalZero" => Numeral::DecimalZero,
        "decimalFullWidth" | "decimalFullWidth2" => Numeral::DecimalFullWidth,
        "ordinal" => Numeral::Ordinal,
        "numberInDash" => Numeral::InDash,
        "upperRoman" => Numeral::Roman(Case::Upper),
        "lowerRoman" => Numeral::Roman(Case::Lower),
        "upperLetter" => Numeral::Letter(Case::Upper),
        "lowerLetter" => Numeral::Letter(Case::Lower),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => Numeral::Circled,
        "decimalEnclosedParen" => Numeral::Parenthesised,
        "decimalEnclosedFullstop" => Numeral::WithFullStop,
        "ideographEnclosedCircle" => Numeral::CircledKanji,
        "aiueo" => Numeral::Aiueo,
        "aiueoFullWidth" => Numeral::AiueoFullWidth,
        "iroha" => Numeral::Iroha,
        "irohaFullWidth" => Numeral::IrohaFullWidth,
        "japaneseCounting"
        | "chineseCounting"
        | "chineseCountingThousand"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand" => Numeral::Kanji,
        "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital" => {
            Numeral::KanjiDigits
        }
        "japaneseLegal" => Numeral::KanjiLegal,
        "ideographTraditional" => Numeral::Stems,
        "ideographZodiac" => Numeral::Branches,
        _ => Numeral::Decimal,
    })
}

/// How notes are numbered by a word of `ST_NumberFormat`.
pub(super) fn numeral(word: &str) -> Numeral {
    match format(word) {
        Format::Number(numeral) => numeral,
        Format::Bullet | Format::None => Numeral::Decimal,
    }
}
