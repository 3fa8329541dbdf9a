//! Makes pictures smaller: a shape that is drawn many times is described once.
//!
//! Characters of Type 3 fonts, as browsers write them, come as one outline per occurrence. The
//! pictures hold tags with quoted attributes only, no text between them.

use std::collections::BTreeMap;

/// A shorter description is not worth a name.
const WORTH: usize = 24;

/// The same picture with every shape described once and without blanks between tags.
pub(super) fn compact(svg: &str) -> String {
    let tags = || svg.split('<').skip(1).map(str::trim_end);
    let mut shapes: BTreeMap<&str, usize> = BTreeMap::new();
    for (shape, _) in tags().filter_map(shape) {
        *shapes.entry(shape).or_default() += 1;
    }
    shapes.retain(|shape, count| *count > 1 && shape.len() > WORTH);
    let names = shapes.keys().zip(0_usize..);
    let names: BTreeMap<&str, usize> = names.map(|(shape, name)| (*shape, name)).collect();
    let mut writer = Writer::default();
    for tag in tags() {
        if tag == "/svg>" && !names.is_empty() {
            writer.defs(&names);
        }
        let known = shape(tag).and_then(|(shape, rest)| Some((names.get(shape)?, rest)));
        match known {
            Some((name, rest)) => writer.tag(&format!("use xlink:href=\"#k{name}\"{rest}")),
            None => writer.tag(tag),
        }
    }
    writer.out
}

/// The shape of a path, and the attributes after it.
fn shape(tag: &str) -> Option<(&str, &str)> {
    tag.strip_prefix("path d=\"")?.split_once('"')
}

/// Whether a group does nothing but clip, so that two of them side by side are one.
fn only_clips(tag: &str) -> bool {
    tag.starts_with("g clip-path=\"") && tag.matches('=').count() == 1
}

#[derive(Default)]
struct Writer {
    out: String,
    open: Vec<String>,
    /// The opening tag of the group that ends here.
    closed: Option<String>,
}

impl Writer {
    fn tag(&mut self, tag: &str) {
        let before = self.closed.take();
        if only_clips(tag) && before.as_deref() == Some(tag) {
            self.out.truncate(self.out.len() - "</g>".len());
            self.open.push(tag.to_owned());
            return;
        }
        if tag.starts_with('/') {
            self.closed = self.open.pop();
        } else if !tag.ends_with("/>") {
            self.open.push(tag.to_owned());
        }
        self.out.push('<');
        self.out.push_str(tag);
    }

    fn defs(&mut self, names: &BTreeMap<&str, usize>) {
        self.tag("defs>");
        for (shape, name) in names {
            self.tag(&format!("path id=\"k{name}\" d=\"{shape}\"/>"));
        }
        self.tag("/defs>");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_and_clips_are_shared() {
        let shape = "M0,0 L1,0 L1,1 L0,1 L0,0 Z";
        let drawn = |x: u8| {
            format!(
                "    <g clip-path=\"url(#c0)\">\n        <path d=\"{shape}\" fill=\"#000\" \
                 transform=\"translate({x} 0)\"/>\n    </g>\n"
            )
        };
        let svg = format!(
            "<svg viewBox=\"0 0 9 9\">\n{}{}</svg>\n",
            drawn(1),
            drawn(2)
        );
        assert_eq!(
            compact(&svg),
            format!(
                "<svg viewBox=\"0 0 9 9\"><g clip-path=\"url(#c0)\"><use xlink:href=\"#k0\" \
                 fill=\"#000\" transform=\"translate(1 0)\"/><use xlink:href=\"#k0\" fill=\"#000\" \
                 transform=\"translate(2 0)\"/></g><defs><path id=\"k0\" d=\"{shape}\"/></defs></svg>"
            )
        );
    }

    #[test]
    fn groups_that_do_more_stay_apart() {
        let group = "<g clip-path=\"url(#c0)\" opacity=\"0.5\"><rect x=\"1\"/></g>";
        let svg = format!("<svg>{group}{group}</svg>");
        assert_eq!(compact(&svg), svg);
    }
}
