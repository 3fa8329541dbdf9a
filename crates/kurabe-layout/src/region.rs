//! Regions: a page is split where the lines of a profile say so, and each stretch is read in
//! its own way.

use crate::cursor::Cursor;
use crate::headings::Headings;
use crate::profile::{Profile, Region as Spec};
use crate::record::Words;
use crate::{lists, outline, prose, rows, sheets, tables};
use kurabe_page::{Block, Line, Page, Table};
use kurabe_trace::Locator;

/// A piece of a page that a layout looks at: a block, or the part of a paragraph that belongs
/// to one region.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Unit<'p> {
    /// A heading with its depth.
    Heading(u8, &'p Line),
    /// Running text.
    Text(&'p [Line]),
    /// An item of a list.
    Item(&'p [Line]),
    /// A table.
    Table(&'p Table),
}

impl<'p> Unit<'p> {
    /// The written lines of the unit; for a table, one per row without its text.
    pub(crate) fn lines(&self) -> Vec<u32> {
        match self {
            Self::Heading(_, line) => vec![line.number],
            Self::Text(lines) | Self::Item(lines) => lines.iter().map(|l| l.number).collect(),
            Self::Table(table) => table.rows.iter().map(|r| r.line).collect(),
        }
    }

    /// The text lines of the unit; none for a table.
    pub(crate) fn text_lines(&self) -> &'p [Line] {
        match self {
            Self::Heading(_, line) => std::slice::from_ref(line),
            Self::Text(lines) | Self::Item(lines) => lines,
            Self::Table(_) => &[],
        }
    }

    /// The text of all lines, joined with line feeds, and where it stands.
    pub(crate) fn words(&self) -> Words {
        let lines = self.text_lines();
        let text: Vec<&str> = lines.iter().map(|l| l.text.trim()).collect();
        let first = lines.first().map_or(0, |l| l.number);
        let last = lines.last().map_or(0, |l| l.number);
        Words::new(text.join("\n"), Locator::lines(first, last))
    }
}

/// A stretch of units with the specification that reads it.
#[derive(Debug)]
pub(crate) struct Region<'p> {
    /// What the profile says of it.
    pub(crate) spec: &'p Spec,
    /// Part of the plan that its first line names.
    pub(crate) part: Option<Words>,
    /// Section of the plan that its first line names.
    pub(crate) section: Option<Words>,
    /// Its units, the first one being the line it starts with.
    pub(crate) units: Vec<Unit<'p>>,
}

impl Region<'_> {
    /// The heading that the region begins with.
    pub(crate) fn heading(&self) -> Option<String> {
        let first = self.units.first()?;
        let words = matches!(first, Unit::Heading(..)).then(|| first.words())?;
        Some(words.text)
    }
}

/// Splits a page into regions. What stands before the first region belongs to none.
pub(crate) fn split<'p>(page: &'p Page, profile: &'p Profile) -> Vec<Region<'p>> {
    let mut splitter = Splitter {
        profile,
        current: None,
        regions: Vec::new(),
    };
    if let Some(index) = profile.regions.iter().position(|r| r.starts.is_none()) {
        splitter.open(index, Named::default(), 0);
    }
    for block in &page.blocks {
        splitter.block(block);
    }
    splitter.regions
}

/// What the line that begins a region names.
#[derive(Debug, Default)]
struct Named {
    part: Option<String>,
    section: Option<String>,
}

struct Splitter<'p> {
    profile: &'p Profile,
    current: Option<usize>,
    regions: Vec<Region<'p>>,
}

impl<'p> Splitter<'p> {
    fn block(&mut self, block: &'p Block) {
        match block {
            Block::Heading { level, line } => {
                self.start(&line.text, line.number);
                self.push(Unit::Heading(*level, line));
            }
            Block::Paragraph(lines) => self.paragraph(lines),
            Block::Item(lines) => {
                if let Some(first) = lines.first() {
                    self.start(&first.text, first.number);
                }
                self.push(Unit::Item(lines));
            }
            Block::Table(table) => {
                let cells = table.rows.first().map_or(&[][..], |r| r.cells.as_slice());
                let texts: Vec<String> = cells.iter().map(|c| c.text().trim().to_owned()).collect();
                self.start(&texts.join("|"), block.first_line());
                self.push(Unit::Table(table));
            }
        }
    }

    /// A paragraph is cut where one of its lines starts a region.
    fn paragraph(&mut self, lines: &'p [Line]) {
        let mut from = 0;
        for (at, line) in lines.iter().enumerate() {
            if let Some((index, named)) = self.started(&line.text) {
                if from < at {
                    self.push(Unit::Text(&lines[from..at]));
                }
                from = at;
                self.open(index, named, line.number);
            }
        }
        if from < lines.len() {
            self.push(Unit::Text(&lines[from..]));
        }
    }

    fn push(&mut self, unit: Unit<'p>) {
        if let Some(region) = self.regions.last_mut() {
            region.units.push(unit);
        }
    }

    fn start(&mut self, text: &str, number: u32) {
        if let Some((index, named)) = self.started(text) {
            self.open(index, named, number);
        }
    }

    fn open(&mut self, index: usize, named: Named, number: u32) {
        let spec = &self.profile.regions[index];
        self.current = Some(index);
        let words = |text| Words::new(text, Locator::line(number));
        self.regions.push(Region {
            spec,
            part: named.part.map(words),
            section: named.section.map(words),
            units: Vec::new(),
        });
    }

    /// The region that a line starts: the next one of the profile first, then any.
    fn started(&self, text: &str) -> Option<(usize, Named)> {
        if text.trim().is_empty() {
            return None;
        }
        let count = self.profile.regions.len();
        let after = self.current.map_or(0, |c| c + 1).min(count);
        (after..count).chain(0..after).find_map(|index| {
            let found = self.profile.regions[index].starts.as_ref()?.find(text)?;
            let group = |name| found.get(name).map(str::to_owned);
            let named = Named {
                part: group("part"),
                section: group("section"),
            };
            Some((index, named))
        })
    }
}

/// Reads a region in the way its specification names.
pub(crate) fn read<'p>(cursor: &mut Cursor<'p>, region: &Region<'p>) {
    if let Some(rule) = &region.spec.skip {
        for line in region.units.iter().flat_map(Unit::lines) {
            cursor.claims.skip(line, rule);
        }
    } else if let Some(spec) = &region.spec.sheets {
        sheets::read(cursor, region, spec);
    } else if let Some(spec) = &region.spec.outline {
        outline::read(cursor, region, spec);
    } else {
        flow(cursor, region);
    }
}

/// Reads a region unit by unit: tables by their specifications, text as lists or prose.
fn flow<'p>(cursor: &mut Cursor<'p>, region: &Region<'p>) {
    let mut state = Flow::default();
    tables::pairs(cursor, region);
    for unit in &region.units {
        if skip_lines(cursor, region.spec, unit) {
            continue;
        }
        if let Unit::Table(table) = unit {
            if !tables::read(cursor, region, table, &mut state) {
                prose::table(cursor, region, table, &mut state);
            }
            state.captions.clear();
            continue;
        }
        let taken = unit.lines().iter().all(|l| cursor.claims.is_claimed(*l));
        tables::inline(cursor, region, unit, None);
        if rows::is_band(region, &unit.words()) {
            unit.lines()
                .into_iter()
                .for_each(|l| cursor.claims.record(l));
        } else if !taken && !lists::read(cursor, region, unit, &mut state) {
            prose::read(cursor, region, unit, &mut state);
        }
        let words = unit.words();
        if !is_footnote(&words.text) {
            state.captions.push(words);
        }
    }
    prose::close(cursor, region, &mut state);
}

/// Whether a text is a footnote: it begins with a raised number. Such a text names no table and
/// ends none.
fn is_footnote(text: &str) -> bool {
    let first = text.trim_start().chars().next();
    first.is_some_and(|c| matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹'))
}

/// What the units before have set: headings, captions, the table that may go on.
#[derive(Debug, Default)]
pub(crate) struct Flow {
    /// Text since the last table, oldest first.
    pub(crate) captions: Vec<Words>,
    /// Headings that are open.
    pub(crate) headings: Headings,
    /// Group heading of a list and the lines that followed it.
    pub(crate) group: Option<(Words, Vec<Words>)>,
    /// Numbered list that is open.
    pub(crate) numbered: Option<usize>,
    /// Term whose definition is being read.
    pub(crate) term: Option<String>,
    /// State of the tables.
    pub(crate) tables: tables::Open,
}

impl Flow {
    /// The open headings as one group name.
    pub(crate) fn path(&mut self) -> Option<String> {
        self.headings.path_above(usize::MAX)
    }
}

/// Claims the lines of a unit that a rule of the region skips; whether all of them are.
pub(crate) fn skip_lines(cursor: &mut Cursor<'_>, spec: &Spec, unit: &Unit<'_>) -> bool {
    let lines = unit.text_lines();
    let mut skipped = 0;
    for line in lines {
        if let Some(rule) = spec
            .skip_lines
            .iter()
            .find(|s| s.pattern.is_match(&line.text))
        {
            cursor.claims.skip(line.number, &rule.rule);
            skipped += 1;
        }
    }
    skipped > 0 && skipped == lines.len()
}
