//! Workbooks of Office Open XML (ECMA-376): xlsx and xlsm.

mod cells;
mod strings;
mod styles;

use std::collections::BTreeMap;

use quick_xml::events::{BytesStart, Event};

use super::model::{Book, Gathering};
use super::value::Styles;
use super::xml::{Xml, attribute, is_set};
use crate::ReadError;
use crate::fault::{Fault, FaultKind};
use crate::zip_guard::Package;

/// What is read of the workbook itself.
#[derive(Default)]
pub(super) struct Outline {
    pub(super) is_1904: bool,
    pub(super) sheets: Vec<SheetEntry>,
}

/// A sheet as the workbook lists it.
pub(super) struct SheetEntry {
    pub(super) name: String,
    pub(super) is_hidden: bool,
    /// The relation that leads to its part.
    pub(super) relation: String,
}

/// Where a relation leads.
pub(super) struct Target {
    /// The last word of its type: `worksheet`, `styles`, …
    pub(super) kind: String,
    /// Name of the part.
    pub(super) part: String,
}

/// Relations of a part by their identifiers.
pub(super) type Relations = BTreeMap<String, Target>;

/// Reads a workbook; `format` is the name of its format.
pub(super) fn read(package: &mut Package, format: &'static str) -> Result<Book, ReadError> {
    let main = main_part(package, "xl/workbook.xml")?;
    let outline = outline(package, &main)?;
    let relations = relations(package, &main)?;
    let strings = match part_of(&relations, "sharedStrings") {
        Some(part) => strings::read(package, part)?,
        None => Vec::new(),
    };
    let mut styles = match part_of(&relations, "styles") {
        Some(part) => styles::read(package, part)?,
        None => Styles::default(),
    };
    styles.is_1904 = outline.is_1904;
    let mut gathering = Gathering::new(format, package.limits());
    for sheet in &outline.sheets {
        let Some(target) = relations.get(&sheet.relation) else {
            continue;
        };
        if target.kind == "worksheet" {
            gathering.begin(&sheet.name, sheet.is_hidden)?;
            cells::read(package, &target.part, &strings, &styles, &mut gathering)?;
            gathering.end();
        }
    }
    Ok(gathering.book())
}

/// The part of the first relation of that kind.
pub(super) fn part_of<'r>(relations: &'r Relations, kind: &str) -> Option<&'r str> {
    let mut targets = relations.values();
    let target = targets.find(|target| target.kind == kind)?;
    Some(target.part.as_str())
}

/// The part that the package begins with.
pub(super) fn main_part(package: &mut Package, usual: &str) -> Result<String, ReadError> {
    let relations = relations(package, "")?;
    let named = part_of(&relations, "officeDocument").filter(|part| package.has(part));
    Ok(named.unwrap_or(usual).to_owned())
}

/// The relations of a part; those of the package when the name is empty.
pub(super) fn relations(package: &mut Package, part: &str) -> Result<Relations, ReadError> {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    let path = format!("{folder}/_rels/{name}.rels");
    let format = package.format;
    let mut relations = Relations::new();
    let Some(source) = package.markup(&path)? else {
        return Ok(relations);
    };
    let mut xml = Xml::new(source, format, &path);
    while let Some(event) = xml.next()? {
        if let Event::Start(element) = &event
            && let Some((id, target)) = relation(element, folder)
        {
            relations.insert(id, target);
        }
    }
    Ok(relations)
}

fn relation(element: &BytesStart, folder: &str) -> Option<(String, Target)> {
    let id = attribute(element, "Id")?.into_owned();
    let kind = attribute(element, "Type")?;
    let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
    let part = resolved(folder, &attribute(element, "Target")?);
    Some((id, Target { kind, part }))
}

/// The name of a part that is given relative to a folder.
fn resolved(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let base = if target.starts_with('/') { "" } else { folder };
    let mut parts: Vec<&str> = Vec::new();
    for step in base.split('/').chain(target.split('/')) {
        match step {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            name => parts.push(name),
        }
    }
    parts.join("/")
}

fn outline(package: &mut Package, part: &str) -> Result<Outline, ReadError> {
    let format = package.format;
    let source = package.markup(part)?.ok_or_else(|| missing(format, part))?;
    let mut xml = Xml::new(source, format, part);
    let mut outline = Outline::default();
    while let Some(event) = xml.next()? {
        let Event::Start(element) = &event else {
            continue;
        };
        match element.local_name().as_ref() {
            "workbookPr" => outline.is_1904 = is_set(element, "date1904"),
            "sheet" => outline.sheets.push(entry(element)),
            _ => {}
        }
    }
    Ok(outline)
}

fn entry(element: &BytesStart) -> SheetEntry {
    let state = attribute(element, "state").unwrap_or_default();
    SheetEntry {
        name: attribute(element, "name").unwrap_or_default().into_owned(),
        is_hidden: matches!(&*state, "hidden" | "veryHidden"),
        relation: attribute(element, "id").unwrap_or_default().into_owned(),
    }
}

/// A part that has to be there is missing.
pub(super) fn missing(format: &'static str, part: &str) -> ReadError {
    ReadError::Damaged {
        format,
        detail: Fault::new(FaultKind::PartMissing).part(part),
    }
}

#[cfg(test)]
mod tests {
    use super::resolved;

    #[test]
    fn targets_are_relative_or_absolute() {
        assert_eq!(
            resolved("xl", "worksheets/sheet1.xml"),
            "xl/worksheets/sheet1.xml"
        );
        assert_eq!(resolved("xl", "/xl/styles.xml"), "xl/styles.xml");
        assert_eq!(resolved("xl/worksheets", "../a.xml"), "xl/a.xml");
        assert_eq!(resolved("", "..\\xl\\workbook.xml"), "xl/workbook.xml");
    }
}
