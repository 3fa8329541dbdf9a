//! What elements mean for the text in them.

use super::dom::{Dom, Id, Node};
use super::style;

/// What an element does to the text it stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// A heading of this level.
    Heading(u8),
    /// A paragraph, or another block that holds text as one does.
    Paragraph,
    /// A paragraph of which the white space is shown as it is.
    Preformatted,
    /// A list; `true` when its items are numbered.
    List(bool),
    /// An item of a list.
    Item,
    /// A table.
    Table,
    /// Text that belongs to a table and stands before it.
    Caption,
    /// A group of rows.
    Section(Section),
    /// A row of a table.
    Row,
    /// A cell of a table.
    Cell,
    /// Another block: text before, in and after it does not run together.
    Block,
    /// A line break.
    Break,
    /// Text goes on as if the element were not there.
    Inline,
    /// What stands in it is left out by the rule.
    Skipped(&'static str),
    /// What stands in it is no text of its own (readings of ruby, the parts of a list of choices).
    Silent,
}

/// Which group of rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
    Head,
    Body,
    Foot,
}

/// What the place of an element says about it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Around {
    /// Whether it stands in a table: names of classes do not make navigation there.
    pub(super) in_table: bool,
    /// Whether navigation is left out.
    pub(super) skips_navigation: bool,
}

/// Names of classes and ids that mark what is repeated on every page of a site, without the
/// hyphens and underscores in them.
const NAVIGATION: &[&str] = &[
    "breadcrumb",
    "breadcrumbs",
    "footer",
    "footernav",
    "globalfooter",
    "globalmenu",
    "globalnav",
    "globalnavi",
    "gnav",
    "gnavi",
    "lnav",
    "lnavi",
    "localnav",
    "localnavi",
    "pagefooter",
    "pagetop",
    "pankuzu",
    "pankuzulist",
    "sidebar",
    "sidemenu",
    "sidenav",
    "sitefooter",
    "skiplink",
    "topicpath",
];

/// The role of a node that is an element; `None` for any other.
pub(super) fn role(dom: &Dom, id: Id, around: Around) -> Option<Role> {
    let node = dom.node(id)?;
    if let Some(name) = node.foreign_name() {
        return Some(foreign(name));
    }
    let name: &str = node.html_name()?;
    let hidden = !matches!(name, "html" | "body" | "head") && style::is_hidden(node);
    if hidden {
        return Some(Role::Skipped("hidden"));
    }
    if around.skips_navigation && is_navigation(dom, id, name, around.in_table) {
        return Some(Role::Skipped("navigation"));
    }
    Some(skipped(name).unwrap_or_else(|| structure(name)))
}

/// Elements of SVG and MathML: the words of a drawing are blocks of their own.
fn foreign(name: &str) -> Role {
    match name {
        "text" => Role::Block,
        "title" | "desc" | "metadata" | "defs" | "annotation" | "annotation-xml" => Role::Silent,
        "script" | "style" => Role::Skipped("script"),
        _ => Role::Inline,
    }
}

fn skipped(name: &str) -> Option<Role> {
    Some(match name {
        "script" | "style" | "template" | "noscript" | "iframe" | "noembed" | "noframes"
        | "object" | "audio" | "video" | "canvas" => Role::Skipped("script"),
        "title" => Role::Skipped("title"),
        "select" | "button" | "textarea" | "datalist" | "progress" | "meter" | "input" => {
            Role::Skipped("form_control")
        }
        "rt" | "rp" | "rtc" => Role::Silent,
        _ => return None,
    })
}

fn structure(name: &str) -> Role {
    match name {
        "h1" => Role::Heading(1),
        "h2" => Role::Heading(2),
        "h3" => Role::Heading(3),
        "h4" => Role::Heading(4),
        "h5" => Role::Heading(5),
        "h6" => Role::Heading(6),
        "p" | "address" | "blockquote" | "figcaption" | "dt" | "dd" | "summary" | "legend" => {
            Role::Paragraph
        }
        "pre" | "xmp" | "listing" | "plaintext" => Role::Preformatted,
        "ul" | "menu" | "dir" => Role::List(false),
        "ol" => Role::List(true),
        "li" => Role::Item,
        "table" => Role::Table,
        "caption" => Role::Caption,
        "thead" => Role::Section(Section::Head),
        "tbody" => Role::Section(Section::Body),
        "tfoot" => Role::Section(Section::Foot),
        "tr" => Role::Row,
        "td" | "th" => Role::Cell,
        "br" => Role::Break,
        "html" | "head" | "body" | "div" | "section" | "article" | "main" | "header" | "footer"
        | "nav" | "aside" | "search" | "hgroup" | "hr" | "figure" | "dl" | "details" | "dialog"
        | "fieldset" | "form" | "center" | "option" | "optgroup" => Role::Block,
        _ => Role::Inline,
    }
}

/// Whether an element holds what a site repeats on its pages.
fn is_navigation(dom: &Dom, id: Id, name: &str, in_table: bool) -> bool {
    let Some(node) = dom.node(id) else {
        return false;
    };
    if matches!(name, "html" | "body" | "main" | "article") {
        return false;
    }
    let by_element = match name {
        "nav" | "search" => true,
        "header" | "footer" => !is_inside(dom, id, &["article", "aside", "main", "nav", "section"]),
        "aside" => !is_inside(dom, id, &["article", "section"]),
        _ => false,
    };
    let stated = by_element || has_navigation_role(node);
    (stated || (!in_table && has_navigation_name(node))) && !holds_content(dom, id)
}

fn has_navigation_role(node: &Node) -> bool {
    let roles = node.attribute("role").unwrap_or_default();
    roles.split_ascii_whitespace().any(|role| {
        let known = ["navigation", "banner", "contentinfo", "search"];
        known.iter().any(|k| role.eq_ignore_ascii_case(k))
    })
}

fn has_navigation_name(node: &Node) -> bool {
    let values = ["id", "class"].into_iter();
    let words = values.flat_map(|a| node.attribute(a).unwrap_or_default().split_whitespace());
    words.into_iter().any(|word| {
        let word = word.replace(['-', '_'], "").to_ascii_lowercase();
        NAVIGATION.binary_search(&word.as_str()).is_ok()
    })
}

/// Whether an element stands in one of these, by the parts that the HTML Standard counts as
/// sections: a `<header>` in an article is part of the article.
fn is_inside(dom: &Dom, id: Id, names: &[&str]) -> bool {
    let mut around = std::iter::successors(dom.parent(id), |id| dom.parent(*id));
    around.any(|id| {
        let name = dom.node(id).and_then(Node::html_name);
        name.is_some_and(|name| names.contains(&&**name))
    })
}

/// Whether the main content of the page stands in an element, whatever it is called.
fn holds_content(dom: &Dom, id: Id) -> bool {
    dom.below(id).any(|node| {
        let name = node
            .html_name()
            .is_some_and(|n| matches!(&**n, "main" | "article"));
        name || node.attribute("role").is_some_and(|role| role == "main")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_navigation_are_sorted() {
        assert!(NAVIGATION.is_sorted());
    }
}
