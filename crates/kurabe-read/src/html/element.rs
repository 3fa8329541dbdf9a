//! The elements of HTML and what they mean for the content of a cell.

/// What an element does to the text it stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// A paragraph.
    Paragraph,
    /// A list.
    List,
    /// An item of a list.
    Item,
    /// A table.
    Table,
    /// A group of rows.
    Section,
    /// A row of a table.
    Row,
    /// A cell of a table.
    Cell,
    /// Another block: text before, in and after it does not run together.
    Block,
    /// A line break.
    Break,
    /// Text goes on as if the tag were not there.
    Inline,
    /// What stands in it is not shown.
    Hidden,
}

/// Length of the longest name below.
const LONGEST: usize = 10;

/// The role of the element called `name` in any case; `None` when HTML has no such element.
/// The names are those of the HTML Standard, section 4 and the obsolete ones of section 16.2.
pub(super) fn role(name: &str) -> Option<Role> {
    let mut buffer = [0_u8; LONGEST];
    let lower = buffer.get_mut(..name.len())?;
    lower.copy_from_slice(name.as_bytes());
    lower.make_ascii_lowercase();
    structure(lower)
        .or_else(|| block(lower))
        .or_else(|| inline(lower))
}

fn structure(name: &[u8]) -> Option<Role> {
    Some(match name {
        b"p" => Role::Paragraph,
        b"ul" | b"ol" | b"menu" | b"dir" => Role::List,
        b"li" => Role::Item,
        b"table" => Role::Table,
        b"thead" | b"tbody" | b"tfoot" => Role::Section,
        b"tr" => Role::Row,
        b"td" | b"th" => Role::Cell,
        b"br" => Role::Break,
        b"script" | b"style" => Role::Hidden,
        _ => return None,
    })
}

fn block(name: &[u8]) -> Option<Role> {
    let block = matches!(
        name,
        b"div"
            | b"h1"
            | b"h2"
            | b"h3"
            | b"h4"
            | b"h5"
            | b"h6"
            | b"hgroup"
            | b"hr"
            | b"pre"
            | b"blockquote"
            | b"section"
            | b"article"
            | b"header"
            | b"footer"
            | b"main"
            | b"nav"
            | b"aside"
            | b"address"
            | b"figure"
            | b"figcaption"
            | b"dl"
            | b"dt"
            | b"dd"
            | b"details"
            | b"summary"
            | b"dialog"
            | b"fieldset"
            | b"legend"
            | b"form"
            | b"search"
            | b"center"
            | b"caption"
            | b"html"
            | b"head"
            | b"body"
            | b"title"
    );
    block.then_some(Role::Block)
}

fn inline(name: &[u8]) -> Option<Role> {
    let inline = matches!(
        name,
        b"a" | b"abbr"
            | b"acronym"
            | b"audio"
            | b"b"
            | b"bdi"
            | b"bdo"
            | b"big"
            | b"button"
            | b"canvas"
            | b"cite"
            | b"code"
            | b"col"
            | b"colgroup"
            | b"data"
            | b"datalist"
            | b"del"
            | b"dfn"
            | b"em"
            | b"embed"
            | b"font"
            | b"i"
            | b"iframe"
            | b"img"
            | b"input"
            | b"ins"
            | b"kbd"
            | b"label"
            | b"link"
            | b"mark"
            | b"meta"
            | b"meter"
            | b"nobr"
            | b"noscript"
            | b"object"
            | b"optgroup"
            | b"option"
            | b"output"
            | b"param"
            | b"picture"
            | b"progress"
            | b"q"
            | b"rb"
            | b"rp"
            | b"rt"
            | b"rtc"
            | b"ruby"
            | b"s"
            | b"samp"
            | b"select"
            | b"slot"
            | b"small"
            | b"source"
            | b"span"
            | b"strike"
            | b"strong"
            | b"sub"
            | b"sup"
            | b"svg"
            | b"template"
            | b"textarea"
            | b"time"
            | b"tt"
            | b"u"
            | b"var"
            | b"video"
            | b"wbr"
    );
    inline.then_some(Role::Inline)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_in_any_case() {
        assert_eq!(role("UL"), Some(Role::List));
        assert_eq!(role("figcaption"), Some(Role::Block));
        assert_eq!(role("KPI"), None);
        assert_eq!(role("DX推進"), None);
        assert_eq!(role("averylongname"), None);
        assert_eq!(role(""), None);
    }
}
