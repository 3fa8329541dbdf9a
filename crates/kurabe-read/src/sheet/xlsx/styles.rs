//! Number formats of cells: `xl/styles.xml`.

use std::collections::BTreeMap;

use quick_xml::events::Event;

use crate::ReadError;
use crate::sheet::value::Styles;
use crate::sheet::xml::{Xml, attribute, number};
use crate::zip_guard::Package;

/// Reads the formats of all styles.
pub(super) fn read(package: &mut Package, part: &str) -> Result<Styles, ReadError> {
    let format = package.format;
    let Some(source) = package.markup(part)? else {
        return Ok(Styles::default());
    };
    let mut xml = Xml::new(source, format, part);
    let mut own = BTreeMap::new();
    let mut used = Vec::new();
    let mut in_cells = false;
    while let Some(event) = xml.next()? {
        match &event {
            Event::Start(element) => match element.local_name().as_ref() {
                "cellXfs" => in_cells = true,
                "numFmt" => {
                    let id = number(element, "numFmtId");
                    let id = id.and_then(|id| u16::try_from(id).ok());
                    if let Some((id, code)) = id.zip(attribute(element, "formatCode")) {
                        own.entry(id).or_insert(code.into_owned());
                    }
                }
                "xf" if in_cells => {
                    let id = number(element, "numFmtId").unwrap_or(0);
                    used.push(u16::try_from(id).unwrap_or(0));
                }
                _ => {}
            },
            Event::End(element) if element.local_name().as_ref() == "cellXfs" => in_cells = false,
            _ => {}
        }
    }
    Ok(Styles::new(&own, &used))
}
