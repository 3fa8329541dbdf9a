//! The changes as lines for people.

use crate::compare::{Changes, TableChange};
use crate::shape::ShapeChange;
use crate::show::Both;
use crate::story::{Sentence, Story};
use crate::version::Level;
use crate::words;

/// The language of what is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lang {
    /// Japanese.
    Ja,
    /// English.
    En,
}

impl Lang {
    fn pick<'a>(self, ja: &'a str, en: &'a str) -> &'a str {
        match self {
            Self::Ja => ja,
            Self::En => en,
        }
    }

    fn of(self, both: Both) -> String {
        match self {
            Self::Ja => both.ja,
            Self::En => both.en,
        }
    }
}

/// A heading with the lines below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The heading.
    pub title: String,
    /// The lines.
    pub lines: Vec<String>,
}

/// How many rows of a table differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// Name of the table.
    pub name: String,
    /// What people call it.
    pub title: String,
    /// Numbers of added, removed and changed rows.
    pub rows: [usize; 3],
}

/// What changed, in sections: tables and columns, documents, measures, codes, KPIs. Of each at
/// most `most` lines are shown, and one that says how many more there are.
#[must_use]
pub fn sections(changes: &Changes, story: &Story, lang: Lang, most: usize) -> Vec<Section> {
    let mut all = vec![Section {
        title: lang.pick("表と列", "Tables and columns").to_owned(),
        lines: capped(changes.tables.iter().flat_map(shapes), lang, most),
    }];
    for (topic, sentences) in story.topics() {
        let title = match topic {
            "documents" => lang.pick("文書", "Documents"),
            "measures" => lang.pick("施策", "Measures"),
            "codes" => lang.pick("分類", "Codes"),
            _ => lang.pick("指標と値", "KPIs and their values"),
        };
        let said = sentences.iter().map(said);
        all.push(Section {
            title: title.to_owned(),
            lines: capped(said, lang, most),
        });
    }
    all.retain(|section| !section.lines.is_empty());
    all
}

fn said(sentence: &Sentence) -> Both {
    Both::new(&*sentence.ja, &*sentence.en)
}

/// The first lines, and how many more there are.
fn capped(lines: impl Iterator<Item = Both>, lang: Lang, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = lines.map(|both| lang.of(both)).collect();
    let more = lines.len().saturating_sub(most);
    if more > 0 {
        lines.truncate(most);
        lines.push(match lang {
            Lang::Ja => format!(
                "ほか{more}件。すべては `kurabe diff 前の版 この版 --format json` で見られる"
            ),
            Lang::En => {
                format!("{more} more; `kurabe diff OLD NEW --format json` shows all")
            }
        });
    }
    lines
}

/// What changed about a table and its columns.
fn shapes(table: &TableChange) -> Vec<Both> {
    let stored = table.new.as_ref().or(table.old.as_ref());
    let called = words::table(&table.name, stored);
    let mut lines = Vec::new();
    match (&table.old, &table.new) {
        (None, Some(new)) => lines.push(Both::new(
            format!("表「{}」が加わった（{}行）", called.ja, new.rows()),
            format!("The table {} was added ({} rows)", called.en, new.rows()),
        )),
        (Some(old), None) => lines.push(Both::new(
            format!("表「{}」がなくなった（{}行）", called.ja, old.rows()),
            format!("The table {} was removed ({} rows)", called.en, old.rows()),
        )),
        _ => {}
    }
    lines.extend(
        table
            .shape
            .iter()
            .map(|change| shape(table, &called, change)),
    );
    lines
}

fn shape(table: &TableChange, called: &Both, change: &ShapeChange) -> Both {
    let sentence = |column: &str, ja: String, en: String| {
        let stored = table
            .new
            .as_ref()
            .filter(|table| table.column(column).is_some());
        let name = words::column(&table.name, column, stored.or(table.old.as_ref()));
        let name = if name.ja == column {
            String::new()
        } else {
            format!("（{}）", name.ja)
        };
        Both::new(
            format!("表「{}」の列 {column}{name}{ja}", called.ja),
            format!("Table {}: the column {column} {en}", called.en),
        )
    };
    match change {
        ShapeChange::Added(name) => sentence(name, "が加わった".into(), "was added".into()),
        ShapeChange::Removed(name) => sentence(name, "がなくなった".into(), "was removed".into()),
        ShapeChange::Retyped { column, old, new } => sentence(
            column,
            format!("の型が {old:?} から {new:?} に変わった"),
            format!("changed its type from {old:?} to {new:?}"),
        ),
        ShapeChange::MayBeEmpty(name) => sentence(
            name,
            "は、空のことがあるようになった".into(),
            "may now be empty".into(),
        ),
        ShapeChange::NeverEmpty(name) => sentence(
            name,
            "は、空のことがなくなった".into(),
            "is never empty any more".into(),
        ),
        ShapeChange::Rekeyed { old, new } => {
            let (old, new) = (old.join(", "), new.join(", "));
            Both::new(
                format!(
                    "表「{}」の行を見分ける列が {old} から {new} に変わった",
                    called.ja
                ),
                format!(
                    "Table {}: rows are known by {new}, formerly by {old}",
                    called.en
                ),
            )
        }
    }
}

/// How many rows differ, table by table.
#[must_use]
pub fn counts(changes: &Changes, lang: Lang) -> Vec<Counted> {
    let differing = changes.tables.iter().filter(|table| !table.rows.is_empty());
    differing
        .map(|table| Counted {
            name: table.name.clone(),
            title: lang.of(words::table(
                &table.name,
                table.new.as_ref().or(table.old.as_ref()),
            )),
            rows: table.counts(),
        })
        .collect()
}

/// What a step of the version number means.
#[must_use]
pub fn meaning(level: Level, lang: Lang) -> &'static str {
    match level {
        Level::Major => lang.pick(
            "なくなったもの、意味の変わったものがある",
            "something is gone or means something else",
        ),
        Level::Minor => lang.pick("追加がある", "something was added"),
        Level::Patch => lang.pick("値の変更だけがある", "only values changed"),
    }
}

/// Sections and counts as Markdown; `heading` marks a section, such as `###`.
#[must_use]
pub fn markdown(sections: &[Section], counts: &[Counted], lang: Lang, heading: &str) -> String {
    let mut text = String::new();
    for section in sections {
        text += &format!("{heading} {}\n\n", section.title);
        for line in &section.lines {
            text += &format!("- {}\n", escaped(line));
        }
        text.push('\n');
    }
    if !counts.is_empty() {
        text += &format!("{heading} {}\n\n", rows_title(lang));
        text += lang.pick(
            "| 表 | 追加 | 削除 | 変更 |\n|---|--:|--:|--:|\n",
            "| table | added | removed | changed |\n|---|--:|--:|--:|\n",
        );
        for counted in counts {
            let [added, removed, changed] = counted.rows;
            let title = escaped(&counted.title);
            text += &format!("| {title} | {added} | {removed} | {changed} |\n");
        }
        text.push('\n');
    }
    text
}

/// Sections and counts as plain lines.
#[must_use]
pub fn text(sections: &[Section], counts: &[Counted], lang: Lang) -> String {
    let mut text = String::new();
    for section in sections {
        text += &format!("{}\n", section.title);
        for line in &section.lines {
            text += &format!("  {line}\n");
        }
        text.push('\n');
    }
    if !counts.is_empty() {
        text += &format!("{}\n", rows_title(lang));
        for counted in counts {
            let (title, [added, removed, changed]) = (&counted.title, counted.rows);
            text += &match lang {
                Lang::Ja => format!("  {title}：追加 {added}、削除 {removed}、変更 {changed}\n"),
                Lang::En => {
                    format!("  {title}: {added} added, {removed} removed, {changed} changed\n")
                }
            };
        }
    }
    text
}

fn rows_title(lang: Lang) -> &'static str {
    lang.pick("行の数", "Rows")
}

/// Text that Markdown shows as it is.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut is_code = false;
    for c in text.chars() {
        // Our own sentences put commands between back quotes; printed text has none there.
        if c == '`' && text.contains("`kurabe diff") {
            is_code = !is_code;
        } else if !is_code
            && matches!(
                c,
                '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#'
            )
        {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}
